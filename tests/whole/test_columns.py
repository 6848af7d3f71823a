"""A plan with one more column than the official seven: the column is a value, and goes all the way.

No test names a room that has to know of it; what is printed is looked for in what a person opens.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet import collect
from edu_sheet.facts.gather import for_summary
from edu_sheet.issue import generate
from edu_sheet.issue.differences import current_issues, plan_changes
from edu_sheet.kit.files import write_bytes
from edu_sheet.master.merging import merge as master
from edu_sheet.plan.workbook.load import load
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.ledger.plan_as_json import plan_from_json, plan_to_json
from edu_sheet.store.workspace import Workspace
from edu_sheet.summary.content.attachments import tasks_table
from edu_sheet.words.columns import (
    LIAISON,
    NUMBER,
    PLAN_COLUMNS,
    PROGRESS,
    REQUIREMENTS,
    ROLE,
    Column,
)
from edu_sheet.words.findings import Severity
from edu_sheet.words.forms_as_json import form_from_json, form_to_json
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import Submission, Verdict
from edu_sheet.words.settings import RedHead, StateAsked
from tests.support import builders
from tests.support.builders import CREATED, DECEMBER, EDUCATION, QUARTER, moment, small_plan

FINISH = Column(
    "finish", "完成时限", 12, required=False, shared=True, form=10, master=12, annex=900
)
KNOWN = (*PLAN_COLUMNS[:3], FINISH, *PLAN_COLUMNS[3:])  # behind 具体要求


def with_column(plan: Plan) -> Plan:
    """Return the plan with 完成时限: of task n, month n of 2023."""
    where = plan.columns.index(REQUIREMENTS) + 1
    tasks = [
        replace(one, others=((FINISH.field, f"2023年{one.number}月底"),)) for one in plan.tasks
    ]
    columns = (*plan.columns[:where], FINISH, *plan.columns[where:])
    return replace(plan, tasks=tuple(tasks), columns=columns)


class Desk:
    """A workspace whose plan is a value that may change."""

    def __init__(self, workspace: Workspace, ledger: Ledger) -> None:
        self.workspace = workspace
        self.ledger = ledger
        self.plan = small_plan()

    def generate(self, *, force: bool = False) -> generate.Generated:
        made = generate.generate(
            self.workspace, self.plan, self.ledger, DECEMBER, None, force=force, now=CREATED
        )
        return next(one for one in made if one.unit == EDUCATION)

    def form(self) -> bytes:
        return self.workspace.form(DECEMBER, EDUCATION).read_bytes()

    def receive(self, data: bytes, at: str = "2022-12-20") -> Submission:
        (self.workspace.inbox / "回复.xlsx").write_bytes(data)
        found = collect.collect(
            self.workspace, self.ledger, None, received_at=moment(at), now=moment(at)
        )
        (one,) = found.submissions
        return one

    def merge(self) -> Any:
        made = master.merge(self.workspace, self.plan, self.ledger, DECEMBER, now=CREATED)
        return openpyxl.load_workbook(io.BytesIO(made.path.read_bytes()))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, ledger = builders.new_workspace(tmp_path)
    with ledger:
        yield Desk(workspace, ledger)


def column(sheet: Any, header: str) -> list[str]:
    """Return what stands below a header, as a person finds it; the header may stand anywhere."""
    grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = next(at for at, texts in enumerate(grid) if header in texts and "目标任务" in texts)
    at = grid[row].index(header)
    return [str(texts[at] or "") for texts in grid[row + 1 :] if texts[0] is not None]


def headers(sheet: Any) -> list[str]:
    grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return next([one for one in texts if one] for texts in grid if "目标任务" in texts)


# ---------------------------------------------------------------- all the way


def test_a_further_column_goes_through_plan_form_return_master_and_annex(desk: Desk) -> None:
    write_bytes(desk.workspace.plan, write_workbook(with_column(small_plan())))
    loaded = load(desk.workspace.plan, KNOWN)
    assert loaded.errors == ()
    assert loaded.plan is not None
    assert loaded.plan.columns == with_column(small_plan()).columns
    desk.plan = loaded.plan
    ends = [f"2023年{number}月底" for number in range(1, 6)]

    desk.generate()
    sheet = openpyxl.load_workbook(io.BytesIO(desk.form()))["填报表"]
    assert column(sheet, "完成时限") == [ends[number - 1] for number in (1, 2, 3, 4, 5)]

    submission = desk.receive(builders.fill(desk.form(), {1: "已开工。", 3: "已验收。"}))
    assert submission.verdict is Verdict.ACCEPTED
    assert [one for one in submission.findings if one.severity is not Severity.INFO] == []

    book = desk.merge()
    for name in ("总表", "打印版"):
        assert column(book[name], "完成时限") == ends
        assert "【县教育局】\n已开工。" in column(book[name], "进展情况")[0]

    facts = for_summary(desk.ledger, desk.plan, QUARTER)
    annex = tasks_table(facts)
    where = [one.header for one in annex.columns].index("完成时限")
    assert [row[where] for row in annex.rows] == ends
    assert sum(one.width for one in annex.columns) <= 12756


def test_a_plan_that_has_not_the_further_column_is_as_it_was(desk: Desk) -> None:
    write_bytes(desk.workspace.plan, write_workbook(small_plan()))
    loaded = load(desk.workspace.plan, KNOWN)
    assert (loaded.errors, loaded.plan and loaded.plan.columns) == ((), small_plan().columns)


def test_what_is_merged_over_tasks_in_a_further_column_is_meant_for_each(desk: Desk) -> None:
    write_bytes(desk.workspace.plan, write_workbook(with_column(small_plan())))
    book = openpyxl.load_workbook(desk.workspace.plan)
    book["分工方案"].merge_cells("D4:D6")
    book.save(desk.workspace.plan)
    plan = load(desk.workspace.plan, KNOWN).plan
    assert plan is not None
    assert [one.text("finish") for one in plan.tasks][:4] == ["2023年1月底"] * 3 + ["2023年4月底"]


def test_a_text_typed_over_a_further_column_is_told_under_its_header(desk: Desk) -> None:
    desk.plan = with_column(desk.plan)
    desk.generate()
    book = openpyxl.load_workbook(io.BytesIO(builders.fill(desk.form(), {1: "已开工。"})))
    book["填报表"]["D5"] = "本项工作已经提前完成并通过验收。"
    stream = io.BytesIO()
    book.save(stream)
    (told,) = desk.receive(stream.getvalue()).findings[:1]
    assert (told.code, str(told.place)) == ("locked_cell_changed", "填报表!D5")


def test_the_ledger_keeps_a_plan_with_its_further_column() -> None:
    plan = with_column(small_plan())
    assert plan_from_json(plan_to_json(plan)) == plan


def test_a_plan_kept_by_a_program_that_knew_other_columns_is_read_again() -> None:
    data = json.loads(plan_to_json(small_plan()))
    del data["known"][0]
    assert plan_from_json(json.dumps(data)) is None


def test_a_red_head_that_an_older_ledger_kept_as_a_truth_value_is_read() -> None:
    data = json.loads(plan_to_json(small_plan()))
    for kept, meant in ((True, RedHead.PRINTED), (False, RedHead.NONE)):
        data["plan"]["settings"]["red_head"] = kept
        plan = plan_from_json(json.dumps(data))
        assert plan is not None
        assert plan.settings.red_head is meant


# ---------------------------------------------------------------- added after forms went out


def test_a_form_issued_before_the_column_comes_back_without_a_word_of_it(desk: Desk) -> None:
    desk.generate()
    before = desk.form()
    desk.plan = with_column(desk.plan)
    submission = desk.receive(builders.fill(before, {1: "已开工。"}))
    assert submission.verdict is Verdict.ACCEPTED
    assert "完成时限" not in " ".join(sentence(one) for one in submission.findings)
    again = desk.generate(force=True)
    assert again.outcome is generate.Outcome.REPLACED
    late = desk.receive(builders.fill(before, {1: "已开工。", 3: "已验收。"}), "2022-12-21")
    assert late.verdict is Verdict.ACCEPTED
    assert "完成时限" not in " ".join(sentence(one) for one in late.findings)


def test_a_form_that_lost_the_column_that_it_was_issued_with_is_told(desk: Desk) -> None:
    desk.plan = with_column(desk.plan)
    desk.generate()
    book = openpyxl.load_workbook(io.BytesIO(builders.fill(desk.form(), {1: "已开工。"})))
    book["填报表"].delete_cols(4)
    stream = io.BytesIO()
    book.save(stream)
    assert "“完成时限”" in " ".join(
        sentence(one) for one in desk.receive(stream.getvalue()).findings
    )


def test_generate_says_which_column_came_or_went_since_the_form_that_it_keeps(desk: Desk) -> None:
    desk.generate()
    old, desk.plan = desk.plan, with_column(desk.plan)
    kept = desk.generate()
    assert (kept.outcome, kept.reason) == (generate.Outcome.KEPT, "增加了“完成时限”一栏")
    desk.generate(force=True)
    desk.plan = old
    assert desk.generate().reason == "取消了“完成时限”一栏"


def test_generate_says_why_a_form_is_kept_whatever_differs(desk: Desk) -> None:
    desk.generate()
    columns = [LIAISON if one.field == LIAISON.field else one for one in desk.plan.columns]
    desk.plan = replace(desk.plan, columns=tuple(columns))
    assert desk.generate().reason == "“县教育局牵头联络股室”一栏改成了“牵头联络股室”"
    columns = [
        replace(one, form=60) if one.field == PROGRESS.field else one
        for one in small_plan().columns
    ]
    desk.plan = replace(small_plan(), columns=tuple(columns))
    assert desk.generate().reason == "表单编号或版式有变化"


def test_check_says_once_that_a_column_is_new_and_asks_for_no_new_forms(desk: Desk) -> None:
    desk.generate()
    (said,) = plan_changes(with_column(desk.plan), current_issues(desk.ledger), {})
    assert said.severity is Severity.INFO
    assert sentence(said) == (
        "“完成时限”一栏是方案里新增的，2022年12月已下发的填报表里没有：不影响填报，退回的照收。"
    )


def test_a_form_that_the_first_release_recorded_had_the_columns_of_then() -> None:
    for states in (False, True):
        plan = small_plan()
        plan = replace(
            plan,
            settings=replace(
                plan.settings, report_state=StateAsked.ALWAYS if states else StateAsked.NEVER
            ),
        )
        form = builders.small_form(plan=plan)
        data = json.loads(form_to_json(form))
        del data["columns"]
        for row in data["rows"]:
            del row["others"]
        data["liaison_header"] = "县教育局牵头联络股室"
        wide = tuple(replace(one, width=8) if one == ROLE else one for one in form.columns)
        assert form_from_json(json.dumps(data)) == replace(form, columns=wide)


# ---------------------------------------------------------------- a master that was edited


def test_a_master_that_the_clerk_edited_gets_the_new_column_beside_hers(desk: Desk) -> None:
    desk.generate()
    desk.receive(builders.fill(desk.form(), {1: "已开工。"}))
    desk.merge()
    path = desk.workspace.results(DECEMBER) / "总表.xlsx"
    book = openpyxl.load_workbook(path)
    book["总表"]["C4"] = "改过的要求。"
    book.save(path)
    desk.plan = with_column(desk.plan)
    for _ in range(2):
        sheet = desk.merge()["总表"]
        assert column(sheet, "具体要求")[0] == "改过的要求。"
        assert column(sheet, "完成时限") == [f"2023年{number}月底" for number in range(1, 6)]
        assert headers(sheet).count("完成时限") == 1
    assert NUMBER.header in headers(sheet)
