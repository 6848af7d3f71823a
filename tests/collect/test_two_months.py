"""Two months side by side in a return: each text is its own month's, and what is news waits."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
import pytest

from edu_sheet.collect.choices import Way, choices
from edu_sheet.facts.status import unit_status
from edu_sheet.sentences import sentence
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.findings import Severity
from edu_sheet.words.period import Month
from edu_sheet.words.returns import State, Submission, Verdict
from tests.collect.test_resolve import edited
from tests.support.builders import DECEMBER, EDUCATION, NOVEMBER, fill
from tests.support.inbox import Desk

REPORTED = {1: "十一月的第一项。", 3: "十一月的第三项。"}
TOLD = "更早的内容，已经完成。"
OWN = {1: "十二月的第一项。", 3: "十二月的第三项。"}


def beside(
    texts: Mapping[int, str], header: str = "11月进展情况", *, hidden: bool = False
) -> Callable[[Any], None]:
    """Write a column of texts, by 序号, right of the table."""

    def change(book: Any) -> None:
        sheet = book["填报表"]
        sheet["L4"] = header
        sheet.column_dimensions["L"].hidden = hidden
        for number, text in texts.items():
            sheet[f"L{number + 4}"] = text

    return change


def on_a_sheet(texts: Mapping[int, str], name: str = "11月") -> Callable[[Any], None]:
    """Copy the form to a sheet of another month's, with these texts."""

    def change(book: Any) -> None:
        sheet = book.copy_worksheet(book["填报表"])
        sheet.title = name
        for number in OWN:
            sheet[f"D{number + 4}"] = texts.get(number)

    return change


def real_sheet(desk: Desk, texts: Mapping[int, str], name: str = "11月") -> Callable[[Any], None]:
    """Copy the sheet of November's own form into the book, 表单编号 and all."""

    def change(book: Any) -> None:
        theirs = openpyxl.load_workbook(io.BytesIO(fill(desk.form(period=NOVEMBER), texts)))
        sheet = book.create_sheet(name)
        for row in theirs["填报表"].iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet[cell.coordinate] = cell.value

    return change


def both(desk: Desk, change: Callable[[Any], None], own: Mapping[int, str] = OWN) -> Submission:
    """Return what becomes of December's form with November's texts beside it."""
    return desk.receive(edited(fill(desk.form(), own), change), "十二月.xlsx", "2022-12-30")


@pytest.fixture
def reported(desk: Desk) -> Desk:
    desk.receive(fill(desk.form(period=NOVEMBER), REPORTED), "十一月.xlsx", "2022-11-29")
    return desk


def told(one: Submission, code: str) -> list[Any]:
    return [finding for finding in one.findings if finding.code == code]


@pytest.mark.parametrize("header", ["11月进展情况", "上月进展情况", "2022年11月情况", "上期进展"])
def test_what_was_reported_for_the_other_month_is_no_more_than_told(
    reported: Desk, header: str
) -> None:
    one = both(reported, beside({1: "十一月的 第一项。", 3: REPORTED[3]}, header))
    assert (one.verdict, reported.texts()) == (Verdict.ACCEPTED, OWN)
    (same,) = told(one, "other_period_column")
    assert same.severity is Severity.INFO
    assert "2022年11月" in sentence(same)


def test_a_sheet_of_what_was_reported_for_the_other_month_is_no_more_than_told(
    reported: Desk,
) -> None:
    one = both(reported, on_a_sheet(REPORTED))
    assert (one.verdict, reported.texts()) == (Verdict.ACCEPTED, OWN)
    (same,) = told(one, "copied_sheet")
    assert same.severity is Severity.INFO


@pytest.mark.parametrize("where", [beside, on_a_sheet])
def test_a_text_that_differs_from_the_other_month_s_waits_and_is_taken_for_that_month(
    reported: Desk, where: Callable[[Mapping[int, str]], Callable[[Any], None]]
) -> None:
    one = both(reported, where({1: "更正：十一月的第一项。", 3: REPORTED[3]}))
    assert (one.verdict, reported.texts()) == (Verdict.ATTENTION, OWN)
    (news,) = told(one, "other_period_text")
    assert REPORTED[1] in sentence(news)
    (take, *_) = choices(reported.ledger, one)
    assert (take.way, take.period, take.number) == (Way.TAKE, NOVEMBER, news.number)
    (note,) = reported.workspace.pending.glob("*.txt")
    assert "收作 2022年11月 该项的进展" in note.read_text(encoding="utf-8-sig")
    done = reported.resolve(one.id, take=str(news.number), task=1)
    assert (done.verdict, reported.texts()) == (Verdict.ACCEPTED, OWN)
    assert reported.texts(period=NOVEMBER) == {1: "更正：十一月的第一项。", 3: REPORTED[3]}
    (taken,) = told(done, "taken")
    assert REPORTED[1] in sentence(taken), "what it replaces is quoted"
    reported.resolve(one.id, undo=True)
    assert reported.texts(period=NOVEMBER) == REPORTED


def test_a_text_of_a_month_that_was_not_reported_waits_and_makes_the_unit_reported(
    desk: Desk,
) -> None:
    one = both(desk, beside({1: "十一月补报的。"}))
    assert (one.verdict, desk.texts()) == (Verdict.ATTENTION, OWN)
    (news,) = told(one, "other_period_text")
    assert "还没有报过" in sentence(news)
    assert standing(desk, NOVEMBER) is State.ATTENTION  # it waits beside December's
    desk.resolve(one.id, take=str(news.number), task=1)
    assert desk.texts(period=NOVEMBER) == {1: "十一月补报的。"}
    assert standing(desk, NOVEMBER) is State.LATE, "it came in December"


def standing(desk: Desk, period: Month) -> State:
    return next(one.state for one in unit_status(desk.ledger, period) if one.unit == EDUCATION)


def test_accepted_without_it_the_other_months_text_is_not_taken(reported: Desk) -> None:
    one = both(reported, beside({1: "更正的。"}))
    done = reported.resolve(one.id, accept=True)
    assert done.verdict is Verdict.ACCEPTED
    assert reported.texts(period=NOVEMBER) == REPORTED
    assert told(done, "other_period_text")


def test_a_text_taken_for_a_month_that_was_corrected_since_says_which_stands(
    reported: Desk,
) -> None:
    one = both(reported, beside({1: "更正的。"}))
    later = fill(reported.form(period=NOVEMBER), {1: "后来又更正的。"})
    assert reported.receive(later, "更正.xlsx", "2022-12-31").verdict is Verdict.ACCEPTED
    done = reported.resolve(one.id, take="L5", task=1)
    assert reported.texts(period=NOVEMBER)[1] == "后来又更正的。"
    (taken,) = told(done, "taken")
    assert (taken.severity, "以那份为准" in sentence(taken)) == (Severity.WARNING, True)


def test_a_hidden_column_of_the_other_month_is_told_and_does_not_wait(reported: Desk) -> None:
    one = both(reported, beside({1: "藏着的旧稿。"}, hidden=True))
    assert (one.verdict, reported.texts()) == (Verdict.ACCEPTED, OWN)
    assert told(one, "other_period_column")[0].severity is Severity.WARNING


@pytest.mark.parametrize("header", ["10月进展情况", "去年进展情况"])
def test_a_column_of_a_month_without_a_form_is_told_and_does_not_wait(
    reported: Desk, header: str
) -> None:
    one = both(reported, beside({1: "更早的。"}, header))
    assert (one.verdict, reported.texts()) == (Verdict.ACCEPTED, OWN)
    assert told(one, "other_period_column")[0].severity is Severity.WARNING


def test_a_text_is_not_taken_for_a_task_that_the_form_of_the_month_did_not_have(
    reported: Desk,
) -> None:
    one = both(reported, beside({1: "更正的。"}))
    with pytest.raises(EduSheetError, match="没有第 9 项"):
        reported.resolve(one.id, take="L5", task=9)
    assert reported.texts(period=NOVEMBER) == REPORTED
    assert reported.texts(period=DECEMBER) == OWN


@pytest.mark.parametrize("header", ["进展情况（11月）", "11月份完成情况"])
def test_beside_an_empty_form_another_months_text_is_offered_for_that_month(
    reported: Desk, header: str
) -> None:
    one = both(reported, beside({1: "更正：十一月的第一项。", 2: "补报。"}, header), {})
    assert one.verdict is Verdict.ATTENTION
    news, added = told(one, "other_period_text")
    assert not told(one, "answer_out_of_place")
    assert {choice.period for choice in choices(reported.ledger, one)[:2]} == {NOVEMBER}
    reported.resolve(one.id, take=str(news.number), task=1)
    done = reported.resolve(one.id, take=str(added.number), task=2)
    assert (done.verdict, reported.texts()) == (Verdict.ACCEPTED, {})
    assert reported.texts(period=NOVEMBER) == {**REPORTED, 1: "更正：十一月的第一项。", 2: "补报。"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (beside({1: TOLD}, "9月进展情况"), "other_period_column"),
        (beside({1: TOLD}, "去年进展情况"), "other_period_column"),
        (beside({1: TOLD}, "9月进展情况", hidden=True), "other_period_column"),
        (on_a_sheet({1: TOLD}, "9月"), "copied_sheet"),
        (on_a_sheet({1: TOLD}, "上上月"), "copied_sheet"),
    ],
    ids=["column", "year", "hidden", "sheet", "before last"],
)
def test_beside_an_empty_form_a_month_without_a_form_is_named_and_offered_for_no_month(
    reported: Desk, change: Callable[[Any], None], code: str
) -> None:
    one = both(reported, change, {})
    assert (one.verdict, reported.texts()) == (Verdict.ATTENTION, {})
    (named,) = told(one, code)
    assert named.severity is Severity.ERROR
    assert TOLD in sentence(named)
    assert [choice.way for choice in choices(reported.ledger, one)] == [Way.ACCEPT, Way.REJECT]
    (note,) = reported.workspace.pending.glob("*.txt")
    assert "--take" not in note.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("own", [OWN, {}], ids=["filled", "empty"])
@pytest.mark.parametrize("name", ["11月", "Sheet2"])
def test_a_sheet_of_the_other_months_own_form_is_that_months_whatever_was_assigned(
    desk: Desk, name: str, own: Mapping[int, str]
) -> None:
    one = both(desk, real_sheet(desk, REPORTED, name), own)
    assert told(one, "period_contradiction")
    ruled = desk.resolve(one.id, unit=EDUCATION, period=DECEMBER)
    assert (ruled.verdict, desk.texts()) == (Verdict.ATTENTION, own)
    assert not told(ruled, "copied_sheet")
    assert not told(ruled, "answer_out_of_place")
    news = told(ruled, "other_period_text")
    assert {dict(finding.about)["text"] for finding in news} == {*REPORTED.values()}
    takes = [choice for choice in choices(desk.ledger, ruled) if choice.way is Way.TAKE]
    assert {choice.period for choice in takes} == {NOVEMBER}
    for finding in news:
        desk.resolve(one.id, take=str(finding.number), task=finding.task.number)
    assert desk.texts() == own
    assert desk.texts(period=NOVEMBER) == REPORTED


def test_this_months_sheet_beside_the_other_months_assigned_is_this_months(desk: Desk) -> None:
    one = both(desk, real_sheet(desk, REPORTED))
    ruled = desk.resolve(one.id, unit=EDUCATION, period=NOVEMBER)
    assert desk.texts(period=NOVEMBER) == REPORTED
    assert not told(ruled, "answer_out_of_place")
    news = told(ruled, "other_period_text")
    assert [finding.period("period") for finding in news] == [DECEMBER] * len(OWN)


def test_of_another_months_sheet_a_text_like_this_months_is_still_that_months(desk: Desk) -> None:
    one = both(desk, on_a_sheet(OWN))
    assert one.verdict is Verdict.ATTENTION
    assert [dict(finding.about)["text"] for finding in told(one, "other_period_text")] == [
        *OWN.values()
    ]


def test_last_months_form_assigned_as_a_whole_is_this_months(desk: Desk) -> None:
    one = desk.receive(fill(desk.form(period=NOVEMBER), OWN), "12月.xlsx", "2022-12-30")
    ruled = desk.resolve(one.id, unit=EDUCATION, period=DECEMBER)
    assert (ruled.verdict, desk.texts()) == (Verdict.ACCEPTED, OWN)
