"""A file's bytes and what the ledger knows of its form → what it gives. Pure, and picklable.

Reading and checking take nearly all of the time that a file takes, and can be done anywhere. Whose
form a file is shows only once it is read; so the check may be done under a guess, and counts where
the guess turns out right.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from edu_sheet import form, reading
from edu_sheet.check import Arrival, Checked, Identified, Known, Ruling, check
from edu_sheet.form import Signal
from edu_sheet.store.ledger.as_json import IssueRow, issue_from_row
from edu_sheet.words.book import Book
from edu_sheet.words.forms import Form
from edu_sheet.words.period import Period


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


class Examined(NamedTuple):
    """What a file holds, as far as is needed after the check."""

    kind: str
    modified: datetime | None
    signals: Sequence[Signal]
    book: Book | None  # None where it has been checked under a guess: it may be large
    checked: Checked | None = None  # under the guess, where there was one


def examine(
    data: bytes, kind: str, passwords: Sequence[str] = (), guess: Grounds | None = None
) -> Examined:
    """Return what a file of that kind holds, checked if a guess on what is given."""
    book = read(data, kind, passwords)
    signals = form.signals(book)
    if guess is None or not book.readable:
        return Examined(book.kind, book.modified, signals, book)
    return Examined(book.kind, book.modified, signals, None, checked(book, guess))


def read(data: bytes, kind: str, passwords: Sequence[str] = ()) -> Book:
    """Return what a file holds, opened with the first password that fits."""
    book = reading.read(data, kind)
    for password in passwords:
        if not any(finding.code == "encrypted" for finding in book.findings):
            break
        book = reading.read(data, kind, password=password)
    return book


def checked(book: Book, on: Grounds) -> Checked:
    """Return what a workbook gives."""
    return check(
        book,
        on.identified,
        [issue_from_row(row) for row in on.issues],
        known=on.known,
        arrival=Arrival(on.received_at, book.modified, on.named, on.arrived_at),
        ruling=on.ruling,
        also=on.also,
    )
