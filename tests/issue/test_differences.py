"""A plan that changes after forms have gone out: what is told, and that no history is lost."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet import collect, summary
from edu_sheet.app import long_table
from edu_sheet.cli.as_json import in_words
from edu_sheet.issue import generate
from edu_sheet.issue.differences import current_issues, plan_changes, replaced_tasks
from edu_sheet.kit.files import write_bytes
from edu_sheet.master.merging import merge as master
from edu_sheet.plan.workbook.load import load
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.period import Period
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import Submission, Verdict
from tests.support import builders
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    POLICE,
    QUARTER,
    TOWNS,
    moment,
    small_plan,
    task,
    with_task,
)

PLACES = {
    ("T02", "requirements"): Place("分工方案", 5, 3),
    ("T02", "number"): Place("分工方案", 5, 1),
}


class Desk:
    """A workspace whose plan workbook is edited between periods."""

    def __init__(self, workspace: Workspace, ledger: Ledger) -> None:
        self.workspace = workspace
        self.ledger = ledger
        write_bytes(workspace.plan, write_workbook(small_plan()))

    @property
    def plan(self) -> Plan:
        return load(self.workspace.plan).valid()

    def generate(self, period: Period, *, force: bool = False) -> list[generate.Generated]:
        return generate.generate(
            self.workspace, self.plan, self.ledger, period, None, force=force, now=CREATED
        )

    def form(self, period: Period, unit: str = EDUCATION) -> bytes:
        return self.workspace.form(period, unit).read_bytes()

    def receive(self, data: bytes, name: str, at: str) -> Submission:
        (self.workspace.inbox / name).write_bytes(data)
        when = moment(at)
        found = collect.collect(self.workspace, self.ledger, None, received_at=when, now=when)
        (one,) = found.submissions
        return one

    def edit(self, cell: str, value: str | int) -> None:
        book = openpyxl.load_workbook(self.workspace.plan)
        book["分工方案"][cell] = value
        book.save(self.workspace.plan)

    def changes(self) -> list[Finding]:
        loaded = load(self.workspace.plan)
        assert loaded.plan is not None
        return plan_changes(loaded.plan, current_issues(self.ledger), loaded.places)

    def exported(self, period: Period) -> list[dict[str, object]]:
        numbers = {one.key: one.number for one in self.plan.tasks}
        return long_table.rows(self.ledger, period, numbers)

    def master(self, period: Period) -> Any:
        made = master.merge(self.workspace, self.plan, self.ledger, period, now=CREATED)
        return openpyxl.load_workbook(io.BytesIO(made.path.read_bytes()))


@pytest.fixture
def desk(workspace: Workspace, ledger: Ledger) -> Desk:
    return Desk(workspace, ledger)


@pytest.fixture
def issued(desk: Desk) -> Desk:
    for period in (NOVEMBER, DECEMBER, QUARTER):
        desk.generate(period)
    return desk


def told(desk: Desk, plan: Plan) -> list[str]:
    found = plan_changes(plan, current_issues(desk.ledger), PLACES)
    assert {one.code for one in found} <= {"plan_changed"}
    return [f"{one.severity.value} {one.place} {in_words(one, Path())}" for one in found]


# ---------------------------------------------------------------- what is told


def test_nothing_is_told_while_the_forms_are_as_the_plan(issued: Desk) -> None:
    assert told(issued, issued.plan) == []


def test_nothing_is_told_before_any_form_has_gone_out(desk: Desk) -> None:
    assert desk.changes() == []


def test_a_reworded_task_is_told_at_its_cell_with_what_to_do(issued: Desk) -> None:
    plan = with_task(small_plan(), 2, requirements="①第2项的第一条要求。②第2项的新要求。")
    assert told(issued, plan) == [
        (
            "warning 分工方案!C5 第2项的具体要求改了，2022年12月、2022年第四季度已下发的填报表"
            "还是原来的。原来：“……的第一条要求。②第2项的第二条要求。”"
            "　现在：“……的第一条要求。②第2项的新要求。”"
        ),
        (
            "warning  2022年12月有 3 个单位的填报表与现在的方案不同（县教育局、县财政局、县委组织部）。"
            "该期还在填报的，请重新生成并重发；按旧表退回的照收。请运行："
            'edu-sheet generate 2022-12 --unit "县教育局" --unit "县财政局" --unit "县委组织部" --force'
        ),
        (
            "warning  2022年第四季度有 1 个单位的填报表与现在的方案不同（县委组织部）。"
            "该期还在填报的，请重新生成并重发；按旧表退回的照收。请运行："
            'edu-sheet generate 2022Q4 --unit "县委组织部" --force'
        ),
    ]


def test_a_new_number_alone_is_no_reason_to_issue_again(issued: Desk) -> None:
    plan = small_plan()
    tasks = [replace(one, number=9) if one.key == "T02" else one for one in plan.tasks]
    (said,) = told(issued, replace(plan, tasks=tuple(tasks)))
    assert said.startswith("info 分工方案!A5 序号由 2 改为 9")


def test_a_task_added_or_dropped_is_told_with_the_units_that_it_concerns(issued: Desk) -> None:
    plan = small_plan()
    added = told(issued, replace(plan, tasks=(*plan.tasks, task(6, [EDUCATION], [POLICE]))))
    assert added[0].startswith("warning  第6项是新增的任务，2022年12月、2022年第四季度")
    assert "（县教育局、县公安局）" in added[1]
    dropped = told(issued, replace(plan, tasks=plan.tasks[1:]))
    assert dropped[0].startswith("warning  原第1项“坚持教育优先发展战略地位。”在方案里没有了")
    assert "（县教育局、县财政局、各乡镇党委、政府）" in dropped[1]


def test_a_task_given_to_another_unit_is_told_of_both(issued: Desk) -> None:
    plan = with_task(small_plan(), 4, leads=(POLICE,), lead_text=POLICE)
    said = "\n".join(told(issued, plan))
    assert "第4项的牵头部门改了" in said
    assert "“县公安局”现在要报第4项" in said
    assert "“县财政局”现在不再报第4项" in said
    assert "2022年第四季度还没有填报表的单位：县公安局" in said
    assert "2022年第四季度下发过填报表、现在没有任务的单位：县财政局。" in said


def test_members_entered_for_a_group_are_told_as_units_without_a_form(issued: Desk) -> None:
    said = told(issued, builders.with_members(small_plan(), TOWNS, ["甲镇", "乙镇"]))
    assert any("还没有填报表的单位：甲镇、乙镇" in one for one in said)
    assert any("现在没有任务的单位：各乡镇党委、政府" in one for one in said)


def test_a_very_long_text_is_told_by_what_changed_in_it(issued: Desk) -> None:
    plan = with_task(small_plan(), 3, requirements="①" + "落实到位，" * 20 + "新。" * 90)
    first, *_ = told(issued, plan)
    assert len(first) < 400


def test_once_generated_again_nothing_is_told(issued: Desk) -> None:
    issued.edit("C5", "①第2项的新要求。")
    assert [str(one.place) for one in issued.changes() if one.place] == ["分工方案!C5"]
    for period in (DECEMBER, QUARTER):
        issued.generate(period, force=True)
    assert issued.changes() == []


# ---------------------------------------------------------------- no history is lost


def test_a_return_of_the_earlier_version_is_collected_by_its_keys(desk: Desk) -> None:
    desk.generate(DECEMBER)
    old = desk.form(DECEMBER)
    desk.edit("C4", "①第1项的新要求。")
    desk.edit("A4", 11)
    desk.generate(DECEMBER, force=True)
    taken = desk.receive(builders.fill(old, {1: "按旧表填报。"}), "旧表.xlsx", "2022-12-20")
    assert taken.verdict is Verdict.ACCEPTED
    assert [one.code for one in taken.findings] == ["earlier_version"]
    assert [(row["task"], row["text"]) for row in desk.exported(DECEMBER)] == [(11, "按旧表填报。")]
    newer = desk.receive(
        builders.fill(desk.form(DECEMBER), {11: "按新表填报。"}), "新表.xlsx", "2022-12-21"
    )
    assert newer.verdict is Verdict.ACCEPTED
    assert [row["text"] for row in desk.exported(DECEMBER)] == ["按新表填报。"]


def test_a_task_keeps_its_history_when_it_is_reworded_and_renumbered(desk: Desk) -> None:
    desk.generate(NOVEMBER)
    texts = {1: "十一月：完成摸底。", 3: "十一月：开工。"}
    desk.receive(builders.fill(desk.form(NOVEMBER), texts), "十一月.xlsx", "2022-11-29")
    desk.edit("B4", "全面落实教育优先发展。")
    desk.edit("C4", "①改写后的要求。")
    desk.edit("A4", 33)
    desk.generate(DECEMBER)
    december = builders.fill(desk.form(DECEMBER), {33: "十二月：已验收。"})
    desk.receive(december, "十二月.xlsx", "2022-12-29")
    assert [(row["task"], row["text"]) for row in desk.exported(NOVEMBER)] == [
        (3, "十一月：开工。"),
        (33, "十一月：完成摸底。"),
    ]
    assert [(row["task"], row["text"]) for row in desk.exported(DECEMBER)] == [
        (33, "十二月：已验收。")
    ]
    # The form shows what was said before, and the master has both months in one row.
    earlier = openpyxl.load_workbook(io.BytesIO(desk.form(DECEMBER)))["上期进展"]
    assert [earlier.cell(3, column).value for column in (1, 4)] == [33, "十一月：完成摸底。"]
    details = desk.master(QUARTER)["明细"]
    rows = [[cell.value for cell in row] for row in details.iter_rows(min_row=4)]
    said = {(row[0], row[4]): row[5] for row in rows if row[0] == 33}
    assert set(said.values()) == {"十二月：已验收。", "十一月：完成摸底。"}


def test_a_dropped_task_keeps_its_history(desk: Desk) -> None:
    desk.generate(NOVEMBER)
    desk.receive(
        builders.fill(desk.form(NOVEMBER, FINANCE), {4: "十一月：已拨付。"}),
        "财政.xlsx",
        "2022-11-29",
    )
    book = openpyxl.load_workbook(desk.workspace.plan)
    book["分工方案"].delete_rows(7)
    book.save(desk.workspace.plan)
    assert next(one.severity for one in desk.changes()) is Severity.WARNING
    assert [(row["task"], row["text"]) for row in desk.exported(NOVEMBER)] == [
        ("T04", "十一月：已拨付。")
    ]
    details = desk.master(NOVEMBER)["明细"]
    texts = [cell.value for row in details.iter_rows(min_row=4) for cell in row]
    assert "十一月：已拨付。" in texts


def test_a_task_typed_over_another_is_asked_about_and_its_old_texts_are_kept_apart(
    desk: Desk,
) -> None:
    desk.generate(NOVEMBER)
    builders.report(desk.ledger, EDUCATION, NOVEMBER, {2: "旧任务的进展"}, plan=desk.plan)
    another = with_task(
        desk.plan,
        2,
        goal="改造乡镇卫生院",
        requirements="年内完成三所卫生院的主体工程和设备采购。",
    )
    write_bytes(desk.workspace.plan, write_workbook(another))
    (asked,) = [one for one in desk.changes() if one.variant == "replaced"]
    assert "如是另一项任务" in sentence(asked)
    assert "改造乡镇卫生院" in sentence(asked)
    (before,) = replaced_tasks(desk.plan, desk.ledger, DECEMBER)
    assert before.task == asked.task
    forms = {one.unit: one.form for one in desk.generate(DECEMBER)}
    (earlier,) = forms[EDUCATION].earlier
    texts = {row[0]: row[-1] for row in earlier.rows}
    assert "当时是另一项任务" in texts["2"]
    assert "旧任务的进展" not in texts["2"]
    for period in (NOVEMBER, QUARTER):
        merged = master.merge(desk.workspace, desk.plan, desk.ledger, period, CREATED)
        (told,) = [one for one in merged.findings if one.code == "replaced_task"]
        assert merged.needs_a_person
        assert told["period"] == NOVEMBER
    found = summary.report(desk.workspace, desk.plan, desk.ledger, QUARTER, now=CREATED)
    assert "replaced_task" in [one.code for one in found.findings]


def test_a_task_that_is_only_worded_better_is_not_asked_about(desk: Desk) -> None:
    desk.generate(NOVEMBER)
    builders.report(desk.ledger, EDUCATION, NOVEMBER, {2: "进展"}, plan=desk.plan)
    plan = desk.plan
    two = next(one for one in plan.tasks if one.number == 2)
    better = with_task(
        plan, 2, goal=f"切实{two.goal}", requirements=f"{two.requirements}抓好落实。"
    )
    write_bytes(desk.workspace.plan, write_workbook(better))
    assert not [one for one in desk.changes() if one.variant == "replaced"]
    assert replaced_tasks(desk.plan, desk.ledger, DECEMBER) == []
    merged = master.merge(desk.workspace, desk.plan, desk.ledger, NOVEMBER, CREATED)
    assert "replaced_task" not in [one.code for one in merged.findings]
