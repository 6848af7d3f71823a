"""A returned file laid open, a decision tried before it is made, and one taken back."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.collect import Way
from edu_sheet.words.errors import EduSheetError, LedgerError
from edu_sheet.words.returns import Action, Decision, Submission, Verdict
from tests.app.conftest import Office
from tests.support.builders import DECEMBER, EDUCATION, NOVEMBER, POLICE, fill, moment

NOW = moment("2023-01-02T09:00")


@pytest.fixture
def stray(office: Office) -> Submission:
    """Return what became of 县教育局's form, with an answer beside the table."""
    office.report(EDUCATION, {1: "十一月的进展。"}, NOVEMBER)
    data = fill(office.form(EDUCATION), {1: "十二月的进展。"})
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["填报表"]["L7"].value = "写错地方的进展，已经完成了三个项目。"
    stream = io.BytesIO()
    book.save(stream)
    (one,) = office.take(stream.getvalue(), "县教育局.xlsx")
    assert one.verdict is Verdict.ATTENTION
    return one


def rows(shown: app.Detail) -> dict[int, app.DetailRow]:
    return {one.row.number: one for one in shown.rows}


def dump(office: Office) -> list[str]:
    """Return all that the ledger holds."""
    with closing(sqlite3.connect(office.workspace.ledger)) as database:
        return list(database.iterdump())


def take(office: Office, one: Submission, number: int) -> Decision:
    """Return the decision that a button would make: the first text that can be taken."""
    shown = app.detail(office.root, one.id)
    choice = next(choice for choice in shown.choices if choice.way is Way.TAKE)
    task = next(task for task in choice.tasks if task.number == number)
    return Decision(
        one.id, Action.TAKE, NOW, finding=choice.finding, place=choice.place, task=task.key
    )


@pytest.fixture
def unchanged(office: Office, stray: Submission) -> Iterator[None]:
    """Hold that nothing is recorded, nor put into 待处理."""
    del stray
    before = dump(office), sorted(office.workspace.pending.iterdir())
    yield
    assert (dump(office), sorted(office.workspace.pending.iterdir())) == before


@pytest.mark.usefixtures("unchanged")
def test_each_task_is_shown_as_issued_reported_and_returned(
    office: Office, stray: Submission
) -> None:
    shown = app.detail(office.root, stray.id)
    assert shown.submission == stray
    assert [one.row.number for one in shown.rows] == [1, 2, 3, 4, 5]
    first = rows(shown)[1]
    assert first.row.goal == "坚持教育优先发展战略地位。"
    assert (first.earlier, first.returned) == ("十一月的进展。", "十二月的进展。")
    assert rows(shown)[2].returned == ""
    told = [*shown.findings, *(finding for row in shown.rows for finding in row.findings)]
    assert sorted(map(repr, told)) == sorted(map(repr, stray.findings))
    assert {Way.TAKE, Way.ACCEPT, Way.REJECT} <= {one.way for one in shown.choices}
    assert shown.decisions == ()
    assert shown.original.exists()


@pytest.mark.usefixtures("unchanged")
def test_what_a_decision_would_take_is_shown_and_not_recorded(
    office: Office, stray: Submission
) -> None:
    decision = take(office, stray, 3)
    would = app.would(office.root, decision)
    texts = {one.task[-1]: one.text for one in would.texts}
    assert len(texts) == 2
    assert any(text.startswith("写错地方的进展") for text in texts.values())
    rejected = app.would(office.root, Decision(stray.id, Action.REJECT, NOW))
    assert (rejected.submission.verdict, rejected.texts) == (Verdict.IGNORED, ())


def test_what_was_shown_is_what_is_recorded(office: Office, stray: Submission) -> None:
    decision = take(office, stray, 3)
    would = app.would(office.root, decision)
    settled = app.decide(office.root, decision).result
    assert settled == would.submission
    assert settled.verdict is Verdict.ACCEPTED
    shown = app.detail(office.root, stray.id)
    assert {one.task: one.text for one in would.texts} == {
        row.row.key: row.taken for row in shown.rows if row.taken
    }
    assert shown.decisions == (decision,)
    assert shown.choices == ()
    assert app.waiting(office.root) == ()


def test_a_decision_is_taken_back_and_the_file_waits_again(
    office: Office, stray: Submission
) -> None:
    app.decide(office.root, take(office, stray, 3))
    back = app.undo(office.root, stray.id, now=NOW).result
    assert back.verdict is Verdict.ATTENTION
    assert [one.id for one in app.waiting(office.root)] == [stray.id]
    assert app.detail(office.root, stray.id).decisions == ()
    assert list(office.workspace.pending.iterdir())
    with pytest.raises(EduSheetError, match="没有可以撤回"):
        app.undo(office.root, stray.id, now=NOW)


def test_what_another_file_says_stands_beside_it(office: Office) -> None:
    office.report(POLICE, {5: "先报的。"})
    later = fill(office.form(POLICE), {5: "后报的。"})
    (one,) = office.take(later, "县公安局补报.xlsx", at="2022-12-31T12:00")
    (row,) = app.detail(office.root, one.id).rows
    assert (row.stands, row.taken, row.returned) == ("先报的。", "后报的。", "后报的。")


def test_a_file_of_nobody_knows_whom_has_no_rows_but_choices(office: Office) -> None:
    (one,) = office.take(b"nothing", "说明.xlsx")
    shown = app.detail(office.root, one.id)
    assert shown.rows == ()
    assert shown.findings == one.findings
    assert Way.REJECT in {choice.way for choice in shown.choices}


def test_a_number_that_is_none_is_refused(office: Office) -> None:
    with pytest.raises(LedgerError, match="编号为 9"):
        app.detail(office.root, 9)


def test_a_decision_that_would_be_refused_is_refused_beforehand(
    office: Office, stray: Submission
) -> None:
    decision = take(office, stray, 3)
    app.decide(office.root, decision)
    with pytest.raises(EduSheetError, match="已经收取"):
        app.would(office.root, Decision(stray.id, Action.ACCEPT, NOW))
    assert app.status(office.root, DECEMBER).unassigned == ()
