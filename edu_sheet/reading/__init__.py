"""Any file → a Book: kind by content, preflight, limits, one way to read a kind.

What others sent is read by these functions in a process that can be killed (`kit/reader`).

Everything here is a function of the bytes: nothing is written, no name or link inside a file is
followed, and what others sent raises nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from edu_sheet.reading import limits, refused
from edu_sheet.reading.container import (
    CONTAINERS,
    LETTERS,
    Listed,
    Member,
    Unpacked,
    head,
    listed,
    member,
    unpack,
)
from edu_sheet.reading.kind import kind_of
from edu_sheet.reading.letters.head import NAMES as HEADERS
from edu_sheet.reading.letters.head import Head
from edu_sheet.reading.letters.heads import heads, joined
from edu_sheet.reading.letters.letter import Attached, Bounce, Letter
from edu_sheet.reading.package import gunzipped
from edu_sheet.reading.refusal import Refusal, too_large
from edu_sheet.words.book import Book
from edu_sheet.words.letters import Noise
from edu_sheet.words.text import clipped, visible

__all__ = [
    "CONTAINERS",
    "HEADERS",
    "LETTERS",
    "Bounce",
    "Head",
    "Letter",
    "Listed",
    "Member",
    "Outline",
    "Unpacked",
    "head",
    "heads",
    "joined",
    "kind_of",
    "listed",
    "member",
    "outline",
    "read",
    "read_letter",
    "unpack",
]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a message is about."""

    sender: str
    subject: str
    arrived_at: datetime | None
    files: tuple[str, ...]  # their names
    form: bool  # a form may be in it, by what it brings or by a table in its text
    bounce: Bounce | None
    noise: Noise | None
    answers: tuple[str, ...]  # Message-IDs
    words: str  # its text, "" where it shows or brings anything beside it


# What may be an answer of a unit's, and is no form: a stranger's may be anything.
_NO_FORMS = {"pdf", "ofd", "image", "doc", "docx", "ppt", "pptx", "html", "xml", "json", "shortcut"}
_PACKED_ONCE_MORE = ("xlsx", "xlsm", "xls", "ods", "fods", "encrypted")  # as some servers do


def read(data: bytes, kind: str | None = None, *, password: str | None = None) -> Book:
    """Return what a file holds; an unreadable one is a Book whose findings say what to do next.

    `kind` is what `kind_of` says of it, where that has been asked before. An encrypted workbook is
    opened with Excel's default password, then with the one given.
    """
    kind = kind or kind_of(data)
    try:
        if len(data) > limits.FILE_BYTES:
            raise too_large("over_50_mb")
        return _read(data, kind, password)
    except Refusal as refusal:
        return Book(kind, findings=(refusal.finding,), readable=False)


def read_letter(data: bytes, kind: str) -> Book:
    """Return the tables in the text of a message; where there are none, the findings say why.

    What stands beside a table like a form's is a sheet of its own. Of one that brings files it is
    its text alone that is looked at.
    """
    from edu_sheet.reading.letters import mail, msg, page

    try:
        reader = msg if kind == "msg" else mail
        letter, sheets = reader.read_with_tables(data)
    except Refusal as refusal:
        return Book(kind, findings=(refusal.finding,), readable=False)
    if sheets and not letter.bounce:
        return Book(kind, (*sheets, *page.typed(letter.outside)))
    return Book(kind, findings=(letter.empty,), readable=False)


def outline(data: bytes) -> Outline | None:
    """Return what an .eml message is about, whatever its bytes look like; None if it is broken."""
    from edu_sheet.reading.letters import mail

    try:
        letter = mail.read(data)
    except Refusal:
        return None
    return Outline(
        letter.sender,
        letter.subject,
        letter.arrived_at,
        tuple(clipped(visible(one.name)) for one in letter.attached),
        letter.tabled or any(map(_may_be_form, letter.attached)),
        letter.bounce,
        letter.noise,
        letter.answers,
        "" if letter.shows or letter.pictures or letter.linked or letter.unseen else letter.text,
    )


def _may_be_form(one: Attached) -> bool:
    return kind_of(one.data) not in _NO_FORMS


def _read(data: bytes, kind: str, password: str | None) -> Book:
    if kind in ("xlsx", "xlsm"):
        from edu_sheet.reading.xlsx import workbook as xlsx

        return xlsx.read(data, kind)
    if kind == "csv":
        from edu_sheet.reading import csv_text

        return csv_text.read(data)
    if kind == "xls":
        from edu_sheet.reading.xls import workbook as xls

        return xls.read(data)
    if kind in ("ods", "fods"):
        from edu_sheet.reading.ods import workbook as ods

        return ods.read(data) if kind == "ods" else ods.read_flat(data)
    if kind == "gzip":
        plain = gunzipped(data)
        inner = kind_of(plain)
        if inner in _PACKED_ONCE_MORE:
            return _read(plain, inner, password)
    if kind == "encrypted":
        from edu_sheet.reading.encrypted import decrypted

        plain = decrypted(data, password)
        inner = kind_of(plain)
        if inner == "encrypted":
            raise refused.kind("encrypted")
        return _read(plain, inner, None)
    raise refused.kind(kind)
