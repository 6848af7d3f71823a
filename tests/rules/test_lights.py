"""红黄绿: a column that is off by default, what units pick in it, and where it shows."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet import collect, form
from edu_sheet.app import long_table
from edu_sheet.cli.show import lights_table
from edu_sheet.cli.steps import decision_step
from edu_sheet.collect.resolve import resolve
from edu_sheet.facts.gather import for_summary
from edu_sheet.facts.status import lead_lights, unit_status
from edu_sheet.issue import generate
from edu_sheet.kit.files import write_bytes
from edu_sheet.master.merging import merge as master
from edu_sheet.plan.workbook.load import load
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.rules.lights import columns_of, counts, of_plan
from edu_sheet.rules.progress import voices
from edu_sheet.rules.standing import Standing, standing
from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.summary.content import tracked
from edu_sheet.summary.content.leads import silent_leads
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Light, Plan
from edu_sheet.words.returns import State, Submission, Verdict
from edu_sheet.words.settings import StateAsked
from tests.support import builders, office
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    QUARTER,
    moment,
    small_plan,
)

STATES = ("未启动", "推进中", "已完成", "滞后")


def with_states(plan: Plan | None = None) -> Plan:
    plan = plan or small_plan()
    return replace(plan, settings=replace(plan.settings, report_state=StateAsked.ALWAYS))


def sheet_of(data: bytes, name: str = "填报表") -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def headers(data: bytes) -> list[object]:
    return [cell.value for cell in sheet_of(data)[4]]


def picked(data: bytes, states: Mapping[int, str]) -> bytes:
    """Return a form's workbook with these states beside the tasks of these 序号."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["填报表"]
    column = [cell.value for cell in sheet[4]].index("完成状态") + 1
    rows = {sheet.cell(row, 1).value: row for row in range(5, sheet.max_row + 1)}
    for number, state in states.items():
        sheet.cell(rows[number], column).value = state
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# ---------------------------------------------------------------- the form


def test_without_the_setting_a_form_has_the_official_columns() -> None:
    assert "完成状态" not in headers(builders.written())
    assert headers(builders.written())[:8] == [
        "序号",
        "目标任务",
        "具体要求",
        "进展情况",
        "牵头部门",
        "责任部门",
        "县教育局牵头联络股室",
        "本单位角色",
    ]


@pytest.mark.parametrize("period", [DECEMBER, QUARTER])
def test_with_the_setting_a_unit_picks_from_a_list_beside_its_text(period: Period) -> None:
    sheet = sheet_of(builders.written(period=period, plan=with_states()))
    headers = [cell.value for cell in sheet[4]]
    asked = ["进展成效", "存在问题", "下一步打算"] if period == QUARTER else ["进展情况"]
    assert headers[3 : 5 + len(asked)] == [*asked, "完成状态", "牵头部门"]
    locked = [sheet.cell(5, column).protection.locked for column in range(3, 6 + len(asked))]
    assert locked == [True, *[False] * len(asked), False, True]
    lists = {
        str(one.sqref): one.formula1
        for one in sheet.data_validations.dataValidation
        if one.type == "list"
    }
    assert set(lists.values()) == {f'"{",".join(STATES)}"'}
    assert [*lists] == ["G5:G7" if period == QUARTER else "E5:E9"]
    assert f"“{'”“'.join(asked)}”和“完成状态”" in str(sheet["A3"].value)
    made = builders.small_form(period=period, plan=with_states())
    for label, (row, column) in form.approval_places(made).items():
        assert sheet.cell(row, column - (1 if column > 3 else 2)).value == f"{label}："
        assert not sheet.cell(row, column).protection.locked


def test_a_form_keeps_its_identity_when_the_column_comes() -> None:
    before, after = builders.small_form(), builders.small_form(plan=with_states())
    assert before.identity == after.identity
    assert before != after


def test_the_setting_is_read_and_written(tmp_path: Path) -> None:
    path = tmp_path / "分工方案.xlsx"
    path.write_bytes(write_workbook(with_states()))
    assert load(path).valid().settings.report_state is StateAsked.ALWAYS
    path.write_bytes(write_workbook(small_plan()))
    assert load(path).valid().settings.report_state is StateAsked.QUARTERS


@pytest.mark.office
def test_in_libreoffice_a_person_can_pick_beside_her_text_and_nowhere_else(
    tmp_path: Path,
) -> None:
    source = tmp_path / "表.xlsx"
    source.write_bytes(builders.written(plan=with_states()))
    cells = office.drive(
        source,
        [
            ("type", "填报表", "D5", "召开会议2次。"),
            ("type", "填报表", "E5", "推进中"),
            ("type", "填报表", "F5", "改动锁定的格"),
        ],
        tmp_path / "回.xlsx",
    )
    assert cells[:2] == ["召开会议2次。", "推进中"]
    assert cells[2] == EDUCATION


# ---------------------------------------------------------------- what comes back


@dataclass
class Desk:
    workspace: Workspace
    ledger: Ledger
    plan: Plan

    def receive(self, data: bytes, name: str = "表.xlsx", at: str = "2022-12-30") -> Submission:
        (self.workspace.inbox / name).write_bytes(data)
        when = moment(at)
        found = collect.collect(self.workspace, self.ledger, None, received_at=when, now=when)
        (one,) = found.submissions
        return one

    def returned(
        self,
        texts: Mapping[int, str],
        states: Mapping[int, str],
        unit: str = EDUCATION,
        period: Period = DECEMBER,
        at: str = "2022-12-30",
    ) -> Submission:
        data = self.workspace.form(period, unit).read_bytes()
        name = f"{unit}{at}.xlsx"
        return self.receive(picked(builders.fill(data, texts), states), name, at)

    def states(self, unit: str = EDUCATION) -> dict[str, str]:
        said = standing(self.ledger.entries.of([DECEMBER], unit))
        return {key: entry.state for (_, key), entry in said.items()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, ledger = builders.new_workspace(tmp_path)
    plan = with_states()
    write_bytes(workspace.plan, write_workbook(plan))
    with ledger:
        for period in (DECEMBER, QUARTER):
            generate.generate(workspace, plan, ledger, period, None, force=False, now=CREATED)
        yield Desk(workspace, ledger, plan)


def codes(submission: Submission) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in submission.findings]


def test_what_a_unit_picks_is_kept_with_its_text(desk: Desk) -> None:
    taken = desk.returned({1: "完成摸底。", 3: "正在采购。"}, {1: "已完成", 3: "推进中"})
    assert (taken.verdict, taken.findings) == (Verdict.ACCEPTED, ())
    assert desk.states() == {"T01": "已完成", "T03": "推进中"}
    numbers = {task.key: task.number for task in desk.plan.tasks}
    rows = long_table.rows(desk.ledger, DECEMBER, numbers)
    assert [(row["task"], row["state"]) for row in rows] == [(1, "已完成"), (3, "推进中")]


def test_a_text_that_is_not_in_the_list_is_kept_as_it_is_and_told(desk: Desk) -> None:
    taken = desk.returned({1: "完成摸底。"}, {1: "快完成了"})
    assert taken.verdict is Verdict.ACCEPTED
    assert codes(taken) == [("state_unknown", "填报表!E5")]
    assert desk.states() == {"T01": "快完成了"}


def test_a_state_without_a_text_is_told_and_counts_in_all_papers(desk: Desk) -> None:
    taken = desk.returned({1: "完成摸底。"}, {1: "已完成", 3: "滞后"})
    assert taken.verdict is Verdict.ACCEPTED
    assert codes(taken) == [("state_without_text", "填报表!E7")]
    assert desk.states() == {"T01": "已完成"}
    numbers = {task.key: task.number for task in desk.plan.tasks}
    rows = long_table.rows(desk.ledger, DECEMBER, numbers)
    assert [(row["task"], row["text"], row["state"]) for row in rows][1:] == [(3, "", "滞后")]
    assert lead_lights(desk.ledger, DECEMBER)[-1].by_light[Light.BEHIND] == 1
    for period in (DECEMBER, QUARTER):
        facts = for_summary(desk.ledger, desk.plan, period)
        assert "滞后1项（序号3）" in tracked.states(facts)
        assert silent_leads(facts, desk.plan.tasks[2]) == [f"{EDUCATION}（没有填写进展成效）"]
    assert desk.returned({}, {3: "滞后"}, at="2022-12-31").findings[-1].code == "same_again"
    desk.returned({3: "正在采购。"}, {}, at="2023-01-01")
    assert desk.states() == {"T01": "已完成", "T03": "滞后"}


def test_a_form_with_nothing_but_states_is_no_empty_one(desk: Desk) -> None:
    only = desk.returned({}, {3: "滞后"}, period=QUARTER)
    assert (only.verdict, [one.code for one in only.findings]) == (
        Verdict.ACCEPTED,
        ["state_without_text"],
    )
    line = next(one for one in unit_status(desk.ledger, QUARTER) if one.unit == EDUCATION)
    assert (line.state, line.came, line.reported) == (State.RETURNED, None, 0)
    facts = for_summary(desk.ledger, desk.plan, QUARTER)
    assert facts.came_of(EDUCATION, desk.plan.tasks[0]) == "没有填写进展成效"
    made = master.merge(desk.workspace, desk.plan, desk.ledger, QUARTER, now=CREATED)
    data = made.path.read_bytes()
    (row,) = [
        row for row in sheet_of(data, "明细").iter_rows(min_row=4, values_only=True) if row[5]
    ]
    assert (row[0], row[5], row[10]) == (3, "（没有填写进展成效，完成状态：滞后）", "只有完成状态")
    glance = {row[0]: row for row in sheet_of(data, "一览").iter_rows(min_row=3, values_only=True)}
    assert glance[3][3] == "滞后"
    assert f"{EDUCATION}（没有填写进展成效）" in glance[3][5]


def test_an_answer_typed_into_the_state_waits_for_a_person(desk: Desk) -> None:
    waits = desk.returned({1: "完成摸底。"}, {3: "已召开会议2次，完成采购。"})
    assert waits.verdict is Verdict.ATTENTION
    assert codes(waits) == [("answer_out_of_place", "填报表!E7")]
    taken = resolve(
        desk.workspace,
        desk.ledger,
        decision_step(waits.id, take="填报表!E7", task=3),
        now=moment("2022-12-31"),
    )
    assert taken.verdict is Verdict.ACCEPTED
    said = standing(desk.ledger.entries.of([DECEMBER], EDUCATION))[EDUCATION, "T03"]
    assert (said.text, said.state) == ("已召开会议2次，完成采购。", "")


def test_a_newer_state_under_the_same_text_counts_and_is_told(desk: Desk) -> None:
    desk.returned({1: "完成摸底。"}, {1: "推进中"})
    newer = desk.returned({1: "完成摸底。"}, {1: "已完成"}, at="2022-12-31")
    assert [one.code for one in newer.findings] == ["changed_by_newer"]
    assert "推进中" in sentence(newer.findings[0])
    assert "已完成" in sentence(newer.findings[0])
    assert desk.states() == {"T01": "已完成"}


def test_a_newer_form_that_leaves_the_state_empty_does_not_wipe_it(desk: Desk) -> None:
    desk.returned({1: "完成摸底。"}, {1: "推进中"})
    again = desk.returned({1: "完成摸底。", 3: "采购。"}, {3: "滞后"}, at="2022-12-30")
    assert [one.code for one in again.findings] == []
    assert desk.states() == {"T01": "推进中", "T03": "滞后"}
    newer = desk.returned({1: "完成培训。"}, {}, at="2022-12-31")
    assert sentence(newer.findings[0]).endswith("完成培训。（完成状态：推进中）")
    assert desk.states() == {"T01": "推进中", "T03": "滞后"}


def test_an_older_form_without_a_state_is_not_told_with_the_newer_one_s(desk: Desk) -> None:
    desk.returned({1: "完成培训。"}, {1: "已完成"}, at="2022-12-30")
    older = desk.returned({1: "完成摸底。"}, {}, at="2022-12-29")
    assert [one.code for one in older.findings] == ["superseded"]
    told = sentence(older.findings[0])
    assert told.endswith("那份：完成培训。（完成状态：已完成）　本件：完成摸底。")


def test_a_form_with_nothing_but_a_state_corrects_the_state(desk: Desk) -> None:
    desk.returned({1: "完成摸底。"}, {1: "推进中"})
    newer = desk.returned({}, {1: "已完成", 3: "滞后"}, at="2022-12-31")
    assert newer.verdict is Verdict.ACCEPTED
    assert codes(newer) == [("state_without_text", "填报表!E7"), ("changed_by_newer", "填报表!E5")]
    assert desk.states() == {"T01": "已完成"}
    assert "已完成" in sentence(newer.findings[-1])
    again = desk.returned({}, {1: "已完成"}, at="2023-01-01")
    assert [one.code for one in again.findings] == ["same_again"]


def test_a_quarters_form_with_nothing_but_states_is_not_empty_where_a_month_spoke(
    desk: Desk,
) -> None:
    desk.returned({1: "完成摸底。"}, {1: "滞后"})
    only = desk.returned({}, {1: "推进中"}, period=QUARTER, at="2022-12-31")
    assert (only.verdict, codes(only)) == (Verdict.ACCEPTED, [])
    line = next(one for one in unit_status(desk.ledger, QUARTER) if one.unit == EDUCATION)
    assert (line.state, line.came, line.reported) == (State.RETURNED, None, 0)
    assert lead_lights(desk.ledger, QUARTER)[-1].by_light[Light.UNDER_WAY] == 1
    facts = for_summary(desk.ledger, desk.plan, QUARTER)
    (said,) = facts.on(desk.plan.tasks[0])
    assert (said.entry.text, said.entry.state) == ("完成摸底。", "推进中")


def test_an_older_form_with_nothing_but_a_state_changes_nothing(desk: Desk) -> None:
    desk.returned({1: "完成摸底。"}, {1: "推进中"}, at="2022-12-31")
    older = desk.returned({}, {1: "滞后"}, at="2022-12-29")
    assert [one.code for one in older.findings] == ["superseded"]
    assert desk.states() == {"T01": "推进中"}


def test_a_form_issued_before_the_column_came_is_still_collected(tmp_path: Path) -> None:
    workspace, ledger = builders.new_workspace(tmp_path)
    with ledger:
        desk = Desk(workspace, ledger, small_plan())
        generate.generate(workspace, small_plan(), ledger, DECEMBER, None, force=False, now=CREATED)
        old = workspace.form(DECEMBER, EDUCATION).read_bytes()
        made = generate.generate(
            workspace, with_states(), ledger, DECEMBER, None, force=False, now=CREATED
        )
        assert {one.outcome for one in made} == {generate.Outcome.KEPT}
        assert "完成状态" in made[0].reason
        generate.generate(workspace, with_states(), ledger, DECEMBER, None, force=True, now=CREATED)
        taken = desk.receive(builders.fill(old, {1: "完成摸底。"}))
        assert (taken.verdict, taken.findings) == (Verdict.ACCEPTED, ())
        assert desk.states() == {"T01": ""}
        newer = desk.returned({3: "正在采购。"}, {3: "推进中"}, at="2022-12-31")
        assert (newer.verdict, newer.findings) == (Verdict.ACCEPTED, ())
        assert desk.states() == {"T01": "", "T03": "推进中"}


# ---------------------------------------------------------------- where it shows


def test_lights_are_counted_by_lead_unit_and_in_total(desk: Desk) -> None:
    desk.returned({1: "完成。", 3: "推进。", 5: "快了。"}, {1: "已完成", 3: "滞后", 5: "快了"})
    desk.returned({1: "配合。", 4: "推进。"}, {1: "滞后", 4: "推进中"}, FINANCE)
    lines = lead_lights(desk.ledger, DECEMBER)
    shown = columns_of(lines)
    assert [(one.unit, tuple(map(one.number, shown))) for one in lines] == [
        (EDUCATION, (1, 0, 0, 1, 1)),
        (FINANCE, (0, 0, 1, 0, 0)),
        ("县委组织部", (0, 0, 0, 0, 1)),
        ("合计", (1, 0, 1, 1, 2)),
    ]
    assert lines[-1].sentence == "已完成1项、推进中1项、滞后1项、未填2项"
    assert lights_table(lines).row_count == 4
    by_period: dict[Period, Standing] = {DECEMBER: standing(desk.ledger.entries.of([DECEMBER]))}
    said = {one.key: voices(desk.plan, one, DECEMBER, by_period) for one in desk.plan.tasks}
    assert counts(of_plan(desk.plan, said))[-1] == lines[-1]


def test_the_master_shows_them_readable_in_black_and_white(desk: Desk) -> None:
    desk.returned({1: "完成。", 3: "推进。", 5: "快了。"}, {1: "已完成", 3: "滞后", 5: "快了"})
    desk.returned({1: "配合。", 4: "推进。"}, {1: "滞后", 4: "推进中"}, FINANCE)
    made = master.merge(desk.workspace, desk.plan, desk.ledger, DECEMBER, now=CREATED)
    sheet = sheet_of(made.path.read_bytes(), "红黄绿")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=12)]
    assert rows[0][3:8] == ["滞后", "未启动", "推进中", "已完成", "未填"]
    marks = {row[0]: row[3:9] for row in rows if isinstance(row[0], int)}
    assert marks[1] == [None, None, None, "●", None, "滞后：县财政局；未填 1"]
    assert marks[3][:5] == ["●", None, None, None, None]
    assert marks[5][:5] == [None, None, None, None, "快了"]
    assert marks[4][:5] == [None, None, "●", None, None]
    sums = {row[0]: row[3:8] for row in rows if isinstance(row[0], str)}
    assert sums["合计 5 项"] == [1, 0, 1, 1, 2]
    filled = {
        (row[0].value, cell.fill.fgColor.rgb)
        for row in sheet.iter_rows(min_row=4, max_row=12)
        for cell in row[3:7]
        if cell.value == "●"
    }
    assert filled == {(1, "FFC6E0B4"), (3, "FFF4B6B6"), (4, "FFFFE699")}


def test_without_the_setting_nobody_sees_lights(tmp_path: Path) -> None:
    workspace, ledger = builders.new_workspace(tmp_path)
    with ledger:
        plan = small_plan()
        generate.generate(workspace, plan, ledger, DECEMBER, None, force=False, now=CREATED)
        builders.report(ledger, EDUCATION, DECEMBER, {1: "完成。"})
        made = master.merge(workspace, plan, ledger, DECEMBER, now=CREATED)
        assert "红黄绿" not in openpyxl.load_workbook(made.path).sheetnames
        assert lead_lights(ledger, DECEMBER) == []


def test_every_light_has_a_name_that_the_forms_offer() -> None:
    assert tuple(Light) == STATES
