"""One file's bytes → what it gives.

Reading is a function of the bytes; the check then stands them beside what the ledger knows.
"""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from edu_sheet import form, reading
from edu_sheet.book import Book
from edu_sheet.check import (
    Arrival,
    Checked,
    Identified,
    Issued,
    Known,
    Names,
    Ruling,
    check,
    identify,
    named_period,
    not_a_return,
    say,
    weighed,
)
from edu_sheet.errors import EduSheetError
from edu_sheet.ledger import Ledger
from edu_sheet.model import Decision, Entry, Finding, Form, Severity, Submission, Verdict
from edu_sheet.period import Period
from edu_sheet.progress import standing


def read(data: bytes, passwords: Sequence[str] = ()) -> Book:
    """Return what a file holds, opened with the first password that fits. Pure, and picklable."""
    book = reading.read(data)
    for password in passwords:
        if not any(finding.code == "encrypted" for finding in book.findings):
            break
        book = reading.read(data, password=password)
    return book


_KEPT = "by_mail"  # what the message said stays with the file that it brought


class Judge:
    """Says what a returned file is worth, by what was issued and what was already reported."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        index = ledger.issue_index()
        self._issued = Issued(index, ledger.plan_id, ledger.secret)
        self._names = Names(unit for _, _, unit, *_ in index)
        self._periods = ledger.issued_periods()

    def judged(
        self,
        arrived: Submission,
        opened: Callable[[], Book],
        *,
        decisions: Sequence[Decision] = (),
    ) -> tuple[Submission, tuple[Entry, ...]]:
        """Return a submission with its verdict and findings, and what it gives.

        `arrived` says its number (0 for a new one), name and time; `opened` gives what the file
        holds, as `read` returns it. A fault of the program in here is a finding of this one file:
        the rest goes on.
        """
        ruling = Ruling.of(decisions)
        try:
            book = opened()
            checked = self._checked(book, arrived, ruling)
        except EduSheetError:
            raise
        except Exception as error:  # noqa: BLE001 - the one broad except: one file never stops the rest
            book, checked = Book(arrived.kind), _fault(error, ruling)
        submission = replace(
            arrived,
            kind=book.kind,
            verdict=checked.verdict,
            unit=checked.unit,
            period=checked.period,
            modified_at=book.modified,
            approval=checked.approval,
            findings=(*checked.findings, *(one for one in arrived.findings if one.code == _KEPT)),
        )
        return submission, checked.entries

    def _checked(self, book: Book, arrived: Submission, ruling: Ruling) -> Checked:
        file, received_at, own = arrived.file, arrived.received_at, arrived.id
        found = form.signals(book)
        identified = identify(found, self._issued, forced=ruling.owner)
        if not book.readable:
            identified = Identified()
        elif not identified.forced and not identified.unit and (other := not_a_return(book)):
            identified = Identified(findings=(other,))
        else:
            units = self._ledger.units_of(arrived.sender) if arrived.sender else set()
            identified = weighed(identified, arrived.sender, units)
        unit, period = identified.unit, identified.period
        if not (unit and period):
            arrival = Arrival(received_at, book.modified)
            return check(book, identified, (), known=Known(), arrival=arrival, ruling=ruling)
        known = self._known(unit, period, received_at, own)
        checked = check(
            *(book, identified, self._ledger.issues(period, unit)),
            known=known,
            arrival=Arrival(received_at, book.modified, named_period(file, known.awaited)),
            ruling=ruling,
            also=self._also(book, identified),
        )
        return self._with_name(checked, file)

    def _known(self, unit: str, period: Period, received_at: datetime, own: int) -> Known:
        said = [one for one in self._ledger.entries([period], unit) if one.submission != own]
        before = self._ledger.entries([period.previous()], unit)
        return Known(
            {key: entry for (_, key), entry in standing(said).items()},
            {key: entry.text for (_, key), entry in standing(before).items()},
            self._awaited(unit, period, received_at, own),
        )

    def _awaited(self, unit: str, period: Period, received_at: datetime, own: int) -> Period | None:
        """Return the last later period that had begun, went out to the unit and is not reported.

        A quarter has begun, for this, with its last month: its forms go out at its end.
        """
        for later in reversed(self._periods):
            begun = received_at.date() >= later.last.day(1)
            if type(later) is not type(period) or later.last <= period.last or not begun:
                continue
            said = self._ledger.entries([later], unit)
            if self._ledger.issues(later, unit) and not any(one.submission != own for one in said):
                return later
        return None

    def _also(self, book: Book, identified: Identified) -> list[Form]:
        """Return the forms that an assigned workbook says it is: their texts are no change."""
        if not identified.forced:
            return []
        claimed = identify(form.signals(book), self._issued)
        if not (claimed.unit and claimed.period):
            return []
        return [one.form for one in self._ledger.issues(claimed.period, claimed.unit)]

    def _with_name(self, checked: Checked, file: str) -> Checked:
        """Add a warning where the file's name says another unit: a hint, and no more."""
        named = self._names.in_file(file)
        if not named or not checked.unit or checked.verdict is Verdict.IGNORED:
            return checked
        if named in checked.unit or checked.unit in named:
            return checked
        told = say("file_name_differs", named=named, unit=checked.unit)
        return replace(checked, findings=(*checked.findings, told))


def _fault(error: Exception, ruling: Ruling) -> Checked:
    """Return what becomes of a file that the program stumbles over."""
    if ruling.rejected:
        return Checked(Verdict.IGNORED, findings=(say("rejected"),))
    told = say("internal_error", kind=type(error).__name__)
    trace = "".join(traceback.format_exception(error))
    more = Finding("internal_error_trace", Severity.INFO, "", trace)
    return Checked(Verdict.ATTENTION, findings=(told, more))
