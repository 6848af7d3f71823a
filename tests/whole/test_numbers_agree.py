"""Every number that is printed of a quarter is the ledger's, counted by hand, in all papers."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from edu_sheet import summary
from edu_sheet.facts.gather import for_summary
from edu_sheet.facts.status import lead_lights, unit_status
from edu_sheet.kit.clock import zone
from edu_sheet.master.merging import merge as master
from edu_sheet.rules.closings import closed_tasks
from edu_sheet.rules.deadlines import due_soon
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.summary.content.bulletin import bulletin_content
from edu_sheet.summary.content.slides import slides_content
from edu_sheet.summary.content.supervision import matters
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Closing, Deadline, DeadlineKind, Plan
from edu_sheet.words.returns import Submission, Verdict
from edu_sheet.words.settings import SummaryStyle
from tests.summary.test_one_truth import NEXT, PROBLEMS, PROGRESS, filed, wrong_form
from tests.summary.test_who_leads import said_in
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    POLICE,
    QUARTER,
    SCHOOLS,
    TOWNS,
    moment,
    new_workspace,
    report,
    small_plan,
    with_members,
    with_task,
)
from tests.support.records import begin_delivery
from tests.support.summary_sample import issue

PERIODS: tuple[Period, ...] = (NOVEMBER, DECEMBER, QUARTER)
_STATES = ("已办结", "已完成", "推进中", "滞后", "未启动", "未填")


def mixed_plan() -> Plan:
    """Return the small plan with a group of towns, two leads of a task, days and closings."""
    plan = with_members(small_plan(), TOWNS, ["甲镇", "乙镇", "丙镇"])
    plan = with_task(plan, 3, leads=(EDUCATION, FINANCE), lead_text=f"{EDUCATION}、{FINANCE}")
    days = [("T01", "①"), ("T01", "①"), ("T03", "②"), ("T04", "①"), ("T05", "②")]
    return replace(
        plan,
        deadlines=tuple(
            Deadline(task, item, f"第{n}件", DeadlineKind.DATE, date(2022 + (n > 3), 12 - n, 28))
            for n, (task, item) in enumerate(days)
        ),
        closings=(
            Closing("T04", "", None, date(2022, 12, 20), "文件"),
            Closing("T03", "②", None, date(2022, 12, 21), "文件"),
        ),
    )


@pytest.fixture
def lived(tmp_path: Path) -> Iterator[tuple[Workspace, Ledger, Plan]]:
    """A quarter with all that may happen: late, partly, corrected, waiting, empty, never."""
    plan = mixed_plan()
    workspace, ledger = new_workspace(tmp_path / "督办")
    with ledger:
        ledger.plan.record("digest", {period: plan.due(period) for period in PERIODS}, plan=plan)
        for period in PERIODS:
            issue(ledger, plan, period)
        for unit, day, texts in (
            (EDUCATION, "11-29", {1: "甲。", 2: "乙。", 3: "丙。", 4: "丁。", 5: "戊。"}),
            (FINANCE, "12-04", {1: "甲。", 2: "乙。"}),
            (POLICE, "11-29", {5: "甲。"}),
            ("甲镇", "11-29", {1: "甲。"}),
        ):
            at = moment(f"2022-{day}")
            report(ledger, unit, NOVEMBER, texts, plan=plan, at=at)
        report(ledger, EDUCATION, DECEMBER, {1: "进展。", 5: "存在问题：缺人。"}, plan=plan)
        correction = moment("2023-01-09")
        report(ledger, EDUCATION, DECEMBER, {2: "补报。"}, plan=plan, at=correction)
        report(ledger, SCHOOLS, DECEMBER, {}, plan=plan)
        wrong_form(ledger, POLICE)
        _unknown_period(ledger, "乙镇")
        cells = {(1, PROGRESS): "甲。", (3, PROBLEMS): "缺钱。", (5, NEXT): "打算。"}
        filed(ledger, EDUCATION, cells, {1: "滞后", 3: "推进中", 5: "未启动"}, plan=plan)
        filed(ledger, FINANCE, {(3, PROGRESS): "乙。"}, {3: "已完成"}, plan=plan)
        yield workspace, ledger, plan


def _unknown_period(ledger: Ledger, unit: str) -> None:
    at = moment("2022-12-29")
    told = (note("unknown_period", unit=unit),)
    about = (Verdict.ATTENTION, at, unit, None, None, None, told)
    delivery = begin_delivery(ledger, "期次", "收件箱/期次", "d" * 64, at)
    ledger.returns.record(delivery, Submission(0, "期次.xlsx", "d" * 64, "xlsx", *about), [])
    ledger.deliveries.settle(delivery)


_WAITS = {NOVEMBER: {"乙镇"}, DECEMBER: {POLICE, "乙镇"}, QUARTER: set[str]()}


def counted_by_hand(ledger: Ledger, plan: Plan, period: Period) -> dict[str, tuple[str, int, int]]:
    """Return (state, tasks owed, tasks reported) of each unit, from forms and texts alone."""
    closed = closed_tasks(plan, period)
    given = [one for one in ledger.entries.of([period]) if one.text.strip()]
    found = {}
    for unit, form in ledger.forms.latest(period).items():
        mine = [one for one in given if one.unit == unit]
        told = {one.task for one in mine}
        owed = {row.key for row in form.form.rows if row.key not in closed or row.key in told}
        if not owed:
            continue
        days = [one.received_at.astimezone(zone()).date() for one in mine if one.received_at]
        state = "late" if days and min(days) > plan.due(period) else "returned"
        state = "attention" if unit in _WAITS[period] else state if days else "missing"
        found[unit] = (state, len(owed), len(owed & told))
    return found


def counts(lines: dict[str, tuple[str, int, int]]) -> dict[str, int]:
    states = Counter(state for state, _, _ in lines.values())
    partly = sum(
        state in ("returned", "late") and told < owed for state, owed, told in lines.values()
    )
    return {
        "应报": len(lines),
        "已报": states["returned"] + states["late"],
        "迟报": states["late"],
        "未报全": partly,
        "未报": states["missing"],
        "待核实": states["attention"],
    }


def _said(text: str, name: str) -> int:
    found = re.search(rf"{name}(\d+)个", text)
    return int(found[1]) if found else 0


def test_who_reported_is_the_same_in_status_papers_and_masters(
    lived: tuple[Workspace, Ledger, Plan],
) -> None:
    workspace, ledger, plan = lived
    by_hand = {period: counted_by_hand(ledger, plan, period) for period in PERIODS}
    assert {state for some in by_hand.values() for state, _, _ in some.values()} == {
        "returned",
        "late",
        "missing",
        "attention",
    }, "the quarter holds each kind"
    facts = for_summary(ledger, plan, QUARTER)
    papers = {
        style: "\n".join(said_in(summary.quarter_content(facts, style))) for style in SummaryStyle
    }
    book = openpyxl.load_workbook(
        master.merge(workspace, plan, ledger, QUARTER, moment("2023-01-10")).path
    )
    grid = [[cell.value for cell in row] for row in book["报送情况"].iter_rows()]
    head = next(row for row in grid if row[0] == "单位")
    for period, lines in by_hand.items():
        status = unit_status(ledger, period)
        assert {one.unit: (one.state.value, one.tasks, one.reported) for one in status} == lines
        expected = counts(lines)
        name = period.label.split("年", 1)[1]
        for text in papers.values():
            said = re.search(
                rf"{name}(?:牵头单位书面材料，)?(?:应报|已报)[^。；]*(?:；未报[^。]*)?[。；]", text
            )
            assert said
            of_all = re.search("应报单位均为([0-9]+个，)", text)  # said once where months are alike
            told = said[0] if "应报" in said[0] or not of_all else f"应报{of_all[1]}{said[0]}"
            assert {one: _said(told, one) for one in expected} == expected, (name, told)
            silent = re.search(rf"{name}未报送的单位(\d+)个：([^。]*)。", text)
            of_no_use = re.search(rf"{name}报送未能采用的单位(\d+)个", text)
            missing = sum(int(one[1]) for one in (silent, of_no_use) if one)
            assert missing == expected["未报"]
        column = head.index(period.label)
        totals = {str(row[0]): row[column] for row in grid if str(row[0]).startswith("合计：")}
        assert totals["合计：应报"] == expected["应报"]
        assert totals["合计：按时"] == expected["已报"] - expected["迟报"]
        assert totals["合计：待处理"] == expected["待核实"]
        assert totals["合计：未报"] == expected["未报"]
        assert totals["合计：未报全"] == expected["未报全"]
    owing = str(book["未报送单位"].cell(2, 4).value or [*book["未报送单位"].values][1])
    every = [counts(lines) for lines in by_hand.values()]
    assert f"未报 {sum(one['未报'] for one in every)} 家次" in owing
    assert f"未报全 {sum(one['未报全'] for one in every)} 家次" in owing


def test_a_months_bulletin_and_papers_of_account_are_of_the_same_units(
    lived: tuple[Workspace, Ledger, Plan],
) -> None:
    _, ledger, plan = lived
    lines = counted_by_hand(ledger, plan, DECEMBER)
    facts = for_summary(ledger, plan, DECEMBER)
    assert isinstance(facts.period, Month)
    text = "\n".join(said_in(bulletin_content(facts, facts.period)))
    expected = counts(lines)
    assert _said(text, "应报") == expected["应报"]
    assert _said(text, "已报") == expected["已报"]
    assert _said(text, "报送件待核实的单位") == expected["待核实"]
    owed = matters(facts, date(2023, 1, 20))
    silent = [one.unit for one in owed if "进展情况未报送" in one.what]
    assert sorted(silent) == sorted(unit for unit, one in lines.items() if one[0] == "missing")
    partly = Counter(one.unit for one in owed if one.what.endswith("未报送进展"))
    assert partly == {
        unit: owed - told
        for unit, (state, owed, told) in lines.items()
        if state in ("returned", "late") and told < owed
    }


def test_states_and_deadlines_are_the_same_on_paper_slides_screen_and_sheets(
    lived: tuple[Workspace, Ledger, Plan],
) -> None:
    workspace, ledger, plan = lived
    states = {"T01": "滞后", "T02": "未填", "T03": "推进中", "T04": "已办结", "T05": "未启动"}
    each = Counter(states.values())
    said = "、".join(f"{one}{each[one]}项" for one in _STATES if each[one])
    facts = for_summary(ledger, plan, QUARTER)
    deck = slides_content(facts)
    slides = "\n".join(one.said.text for slide in deck.slides for one in slide.items)
    paper = "\n".join(said_in(summary.quarter_content(facts)))
    for text in (paper, slides):
        found = re.search(r"5项任务中，([^。]*)。", text)
        assert found
        assert re.sub("（[^）]*）", "", found[1]) == said
    assert lead_lights(ledger, QUARTER)[-1].tasks == 5
    book = openpyxl.load_workbook(
        master.merge(workspace, plan, ledger, QUARTER, moment("2023-01-10")).path
    )
    glance = [row for row in book["一览"].iter_rows(min_row=4, values_only=True) if row[0]]
    head = [cell.value for cell in book["一览"][3]]
    assert Counter(row[head.index("完成状态")] for row in glance) == each
    lights = str([*book["红黄绿"].values][1])
    assert "5 项任务：" in lights
    assert {
        one: int(found[1]) if (found := re.search(rf"{one}(\d+)项", lights)) else 0
        for one in _STATES
    } == {one: each[one] for one in _STATES}
    due = due_soon(plan, QUARTER, date(2023, 1, 10))
    gone = sum(one.passed for one in due)
    closed = sum(one.passed and one.closing is not None for one in due)
    assert (gone, closed) == (4, 2)
    for text in (paper, slides):
        counted = re.search(r"已到期的时限节点(\d+)项，已办结(\d+)项[^、]*、待核实(\d+)项", text)
        assert counted
        assert [*map(int, counted.groups())] == [gone, closed, gone - closed]
        assert f"已到期的节点中待核实的{gone - closed}项" in text
    assert f"已到期{gone}项（已办结{closed}项，未办结{gone - closed}项）" in str(
        [*book["时限节点"].values][1]
    )
    red = [one for one in matters(facts, date(2023, 1, 20)) if "时限" in one.since]
    assert len({one.what for one in red if one.colour.value == "红"}) == gone - closed
