"""Each verb as a front end calls it: values in, values out, nothing left open."""

import gc
import warnings
from pathlib import Path

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.app import PlanState
from edu_sheet.cli.steps import decision_step
from edu_sheet.issue.generate import Outcome
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.errors import (
    EduSheetError,
    OutputError,
    PeriodError,
    PlanError,
    WorkspaceError,
)
from edu_sheet.words.letters import How, MailKind
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Roster, Unit
from edu_sheet.words.returns import Verdict
from tests.app.conftest import Office
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    NOVEMBER,
    POLICE,
    QUARTER,
    UNITS,
    fill,
    moment,
    small_plan,
)


def test_no_verb_leaves_a_ledger_open(office: Office) -> None:
    """An open connection that nobody holds any more is a ResourceWarning from Python 3.13 on."""
    office.report(POLICE, {5: "甲"})
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        app.check(office.root)
        app.status(office.root, DECEMBER)
        app.overview(office.root)
        app.merge(office.root, DECEMBER)
        app.export(office.root, DECEMBER)
        gc.collect()
    (office.workspace.archive / "台账.db").rename(office.workspace.archive / "别名.db")


def test_what_a_form_has_settled_is_no_error_that_a_master_asks_to_mend(office: Office) -> None:
    office.take(b"%PDF-1.7\n", f"{POLICE}2022年12月.pdf", at="2022-12-29T12:00")
    assert app.merge(office.root, DECEMBER).result.errors
    form, _ = office.take(fill(office.form(POLICE), {5: "甲"}))
    made = app.merge(office.root, DECEMBER).result
    assert made.errors == 0
    rows = [*openpyxl.load_workbook(made.path)["问题清单"].iter_rows(min_row=4, values_only=True)]
    lines = {str(row[4]): row for row in rows if row[4]}
    pdf = lines[f"{POLICE}2022年12月.pdf"]
    assert (pdf[1], pdf[7]) == ("说明", "不必处理。")
    assert f"编号 {form.id}" in str(pdf[6])


# ---------------------------------------------------------------- a new workspace


def test_a_plan_is_shown_before_anything_is_made(tmp_path: Path) -> None:
    plan = small_plan()
    units = (*plan.roster.units, Unit("辰溪县教育局"), Unit("各街道", group=True))
    data = write_workbook(plan.__class__(plan.settings, Roster(units), plan.tasks))
    preview = app.preview_plan(data, "重点任务.xlsx")
    assert preview.plan
    assert len(preview.plan.tasks) == 5
    assert preview.groups == ("各街道",)
    assert [suggested for _, suggested in preview.look_alikes] == [EDUCATION]
    assert "look_alike" in [one.code for one in preview.doubts]
    assert not list(tmp_path.iterdir())


def test_a_document_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "说明.md"
    document.write_text("没有表格", encoding="utf-8")
    with pytest.raises(PlanError, match="没有找到"):
        app.preview_file(document)
    with pytest.raises(PlanError, match="找不到文件"):
        app.preview_file(tmp_path / "没有.docx")


def test_a_workspace_is_made_once(tmp_path: Path) -> None:
    made = app.create(tmp_path / "督办")
    assert made.plan.exists()
    with pytest.raises(WorkspaceError, match="已有"):
        app.create(tmp_path / "督办")
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(WorkspaceError, match="不是文件夹"):
        app.create(tmp_path / "文件")


# ---------------------------------------------------------------- forms


def test_forms_are_told_as_they_are_made(office: Office) -> None:
    told: list[tuple[int, int]] = []
    issued = app.generate(
        office.root,
        QUARTER,
        now=CREATED,
        progress=lambda done, every: told.append((done, every)),
    )
    assert told == [(number, 3) for number in range(4)]
    assert [one.outcome for one in issued.forms] == [Outcome.NEW] * 3
    assert (issued.folder, issued.kept) == (office.workspace.issued(QUARTER), ())
    assert issued.state is PlanState.CURRENT


def test_a_form_that_a_person_changed_is_kept_and_told(office: Office) -> None:
    path = office.workspace.form(DECEMBER, POLICE)
    path.write_bytes(fill(path.read_bytes(), {5: "改过"}))
    issued = app.generate(office.root, DECEMBER, [POLICE], now=CREATED)
    assert [one.unit for one in issued.kept] == [POLICE]
    forced = app.generate(office.root, DECEMBER, [POLICE], force=True, now=CREATED)
    assert forced.kept == ()


def test_a_period_before_the_plan_is_refused(office: Office) -> None:
    early = Month(2022, 9)
    for verb in (app.generate, app.merge, app.report, app.export):
        with pytest.raises(PeriodError, match="2022-10"):
            verb(office.root, early)


# ---------------------------------------------------------------- returns and what is made of them


def test_nothing_was_received_on_a_day_to_come(office: Office) -> None:
    path = office.workspace.inbox / "县公安局.xlsx"
    path.write_bytes(fill(office.form(POLICE), {5: "甲"}))
    now, later = moment("2022-12-30T12:00"), moment("2032-12-30T00:00")
    with pytest.raises(EduSheetError, match="2032-12-30 还没有到"):
        app.collect(office.root, received_at=later, now=now)
    assert path.exists()
    assert app.received(office.root, DECEMBER) == ()


def test_what_was_collected_can_be_read_after_the_ledger_was_closed(office: Office) -> None:
    told: list[tuple[int, int]] = []
    path = office.workspace.inbox / "县公安局.xlsx"
    path.write_bytes(fill(office.form(POLICE), {5: "甲"}))
    (office.workspace.inbox / "~$县公安局.xlsx").write_bytes(b"")
    found = app.collect(office.root, progress=lambda done, every: told.append((done, every)))
    (one,) = found.submissions
    assert (one.unit, one.period, one.verdict) == (POLICE, DECEMBER, Verdict.ACCEPTED)
    assert found.counts[Verdict.ACCEPTED] == 1
    assert [left.file for left in found.left] == ["~$县公安局.xlsx"]
    assert not found.needs_a_person
    assert told == [(0, 1), (1, 1)]


def test_what_waits_needs_a_person(office: Office) -> None:
    (one,) = office.take(b"nothing", "说明.xlsx")
    found = app.collect(office.root, [office.workspace.pending / f"{one.id:04d}_说明.xlsx"])
    assert found.needs_a_person


def test_status_counts_the_units(office: Office) -> None:
    office.report(POLICE, {5: "甲"})
    office.report(EDUCATION, {1: "甲"})
    shown = app.status(office.root, DECEMBER)
    assert {state.value: number for state, number in shown.counts.items() if number} == {
        "returned": 2,
        "missing": 4,
    }
    assert (shown.incomplete, shown.unassigned, shown.needs_a_person) == (1, (), True)


def test_letters_come_back_as_values_with_their_fate(office: Office) -> None:
    made = app.mail(office.root, DECEMBER, MailKind.FORM, How.PREVIEW)
    assert [one.unit for one in made.result.without] == list(UNITS)
    assert made.result.posted == []
    assert made.result.needs_a_person


def test_outputs_are_written_and_told(office: Office) -> None:
    office.report(POLICE, {5: "甲"})
    merged = app.merge(office.root, DECEMBER).result
    assert merged.path.exists()
    reported = app.report(office.root, DECEMBER).result
    assert reported.path.exists()
    again = app.merge(office.root, DECEMBER).result
    assert not again.written


def test_the_long_table_is_returned_or_written(office: Office, tmp_path: Path) -> None:
    office.report(POLICE, {5: "甲"})
    table = app.export(office.root, DECEMBER)
    assert (table.rows, table.path) == (1, None)
    assert "甲" in table.data.decode()
    written = app.export(office.root, DECEMBER, tmp_path / "表.json")
    assert written.path
    assert written.path.read_bytes() == written.data
    with pytest.raises(OutputError, match="csv"):
        app.export(office.root, DECEMBER, tmp_path / "表.docx")


def test_a_decision_is_recorded_and_told(office: Office) -> None:
    one = office.report(POLICE, {5: "甲"})
    settled = app.resolve(
        office.root, decision_step(one.id, reject=True), now=moment("2023-01-02")
    ).result
    assert settled.verdict is Verdict.IGNORED
    assert app.status(office.root, DECEMBER).counts
    assert app.waiting(office.root) == ()
    assert app.matrix(office.root, [NOVEMBER, DECEMBER]).units[POLICE][DECEMBER].reported == 0
