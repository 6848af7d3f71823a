"""A file's bytes and what the ledger knows of its form → what it gives: the work of the reader.

A file is read first, and shows whose form it seems to be; what it is checked on is found by that,
and the workbook is checked where it was read. It never leaves the reader. The verdict is
imported where it is worked out: whoever asks for it checks no workbook.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from edu_sheet import form, reading
from edu_sheet.check.checked import Arrival, Checked, Ruling
from edu_sheet.check.identify import Identified
from edu_sheet.check.other import not_a_return
from edu_sheet.check.place import texts_at
from edu_sheet.check.repeats import Known
from edu_sheet.form import Signal
from edu_sheet.words.book import Book
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Form
from edu_sheet.words.forms_as_json import IssueRow, issue_from_row
from edu_sheet.words.period import Period
from edu_sheet.words.place import Place


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a file is checked on, beside its bytes."""

    identified: Identified
    received_at: datetime
    arrived_at: datetime
    ruling: Ruling
    issues: tuple[IssueRow, ...] = ()  # the unit's forms of that period, oldest first
    known: Known = field(default_factory=Known)
    named: Period | None = None  # the period that the file's name alone says
    also: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file shows before it is checked."""

    kind: str
    readable: bool = False
    container: bool = False  # an archive or a message: what it holds is read one by one
    modified: datetime | None = None
    findings: tuple[Finding, ...] = ()  # of the file as a whole
    signals: tuple[Signal, ...] = ()
    other: Finding | None = None  # what it is that nobody was sent to fill in
    above: tuple[str, ...] = ()  # what stands above the tables of a message, and names a period
    quoted: bool = False  # the tables of a message stand in the letter that it answers

    @property
    def encrypted(self) -> bool:
        """Whether it has a password that was not given."""
        return any(finding.code == "encrypted" for finding in self.findings)


# The workbook that this process has read last. Work on it follows at once.
_open: list[Book] = []


def seen(data: bytes, passwords: Sequence[str] = (), letters: bool = True) -> Seen:
    """Return what a file shows, opened with the first password that fits; it stays open here.

    Of a message the text is read, unless `letters` says that what it is will do.
    """
    _open.clear()
    kind = reading.kind_of(data)
    text = letters and kind in reading.LETTERS
    book = reading.read_letter(data, kind) if text else _read(data, kind, passwords)
    _open.append(book)
    if not book.readable:
        return Seen(book.kind, container=kind in reading.CONTAINERS, findings=book.findings)
    return Seen(
        book.kind,
        readable=True,
        container=kind in reading.CONTAINERS,
        modified=book.modified,
        findings=book.findings,
        signals=tuple(form.signals(book)),
        other=not_a_return(book),
        above=tuple(one.above for one in book.sheets if one.above),
        quoted=any(one.quoted for one in book.sheets),
    )


def checked(_: bytes, on: Grounds) -> Checked:
    """Return what the open workbook gives."""
    return judged(_open[0], on)


def judged(book: Book, on: Grounds) -> Checked:
    """Return what a workbook gives."""
    from edu_sheet.check.verdict import check

    return check(
        book,
        on.identified,
        [issue_from_row(row) for row in on.issues],
        known=on.known,
        arrival=Arrival(on.received_at, book.modified, on.named, on.arrived_at),
        ruling=on.ruling,
        also=on.also,
    )


def texts(_: bytes, where: Place) -> tuple[str, ...]:
    """Return the texts at a place of the open workbook."""
    return texts_at(_open[0], where)


def _read(data: bytes, kind: str, passwords: Sequence[str]) -> Book:
    book = reading.read(data, kind)
    for password in passwords:
        if not any(finding.code == "encrypted" for finding in book.findings):
            break
        book = reading.read(data, kind, password=password)
    return book
