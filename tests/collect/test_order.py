"""Which text is the newer one: what arrived later by the ledger's order, whatever a clock says."""

from datetime import datetime

from edu_sheet import collect
from edu_sheet.words.returns import Submission, Verdict
from tests.support import letters
from tests.support.builders import DECEMBER, FINANCE, fill, moment
from tests.support.inbox import Desk

SET_BACK = moment("2021-01-01T08:00")
AHEAD = moment("2030-01-01T08:00")


def receive(
    desk: Desk, data: bytes, now: datetime, name: str = "表.xlsx", received: str | None = None
) -> Submission:
    """Return what became of a file that was collected when the clock said `now`."""
    desk.drop(name, data)
    given = moment(received) if received else None
    found = collect.collect(desk.workspace, desk.ledger, None, received_at=given, now=now)
    return found.submissions[0]


def form(desk: Desk, text: str) -> bytes:
    return fill(desk.form(FINANCE), {1: text})


def text(desk: Desk) -> str:
    return desk.texts(FINANCE, DECEMBER)[1]


def test_a_correction_stands_though_the_clock_was_set_back(desk: Desk) -> None:
    receive(desk, form(desk, "原文"), moment("2022-12-30"))
    one = receive(desk, form(desk, "更正"), SET_BACK)
    assert [finding.code for finding in one.findings] == ["changed_by_newer"]
    assert text(desk) == "更正"
    again = receive(desk, form(desk, "再更正"), SET_BACK)
    assert (again.verdict, text(desk)) == (Verdict.ACCEPTED, "再更正")
    receive(desk, form(desk, "三更正"), moment("2022-12-31"))
    assert text(desk) == "三更正"


def test_a_correction_stands_after_a_clock_that_once_ran_ahead(desk: Desk) -> None:
    receive(desk, form(desk, "原文"), AHEAD)
    one = receive(desk, form(desk, "更正"), moment("2022-12-30"))
    assert text(desk) == "更正"
    assert one.received_at == moment("2022-12-30"), "when it came is what the clock said"


def test_a_file_that_a_person_dates_takes_its_place_in_time(desk: Desk) -> None:
    receive(desk, form(desk, "新"), moment("2022-12-30"))
    one = receive(desk, form(desk, "旧"), moment("2022-12-31"), received="2022-12-20")
    assert [finding.code for finding in one.findings] == ["superseded"]
    assert text(desk) == "新"
    receive(desk, form(desk, "更新"), SET_BACK, received="2022-12-31")
    assert text(desk) == "更新"


def test_a_message_is_as_old_as_it_says_but_never_newer_than_its_arrival(desk: Desk) -> None:
    receive(desk, form(desk, "新"), moment("2022-12-31"))
    part = letters.attachment(
        form(desk, "旧"), b'Content-Disposition: attachment; filename="a.xlsx"'
    )
    old = receive(desk, letters.eml(part), moment("2023-01-02"), "信.eml")
    assert old.received_at == moment("2022-12-30T09:00")
    assert text(desk) == "新"


def test_the_ledger_knows_the_last_moment_that_a_clock_gave_it(desk: Desk) -> None:
    receive(desk, form(desk, "甲"), moment("2022-12-30"))
    receive(desk, form(desk, "乙"), moment("2022-12-30"), received="2035-01-01")
    assert desk.ledger.last_moment() == moment("2022-12-30")
