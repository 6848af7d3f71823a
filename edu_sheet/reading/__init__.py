"""Any file → a Book: kind by content, preflight, limits, one reader per kind.

Everything here is a function of the bytes: nothing is written, no name or link inside a file is
followed, and what others sent raises nothing.
"""

from edu_sheet.reading import limits, refused
from edu_sheet.reading.container import CONTAINERS, Member, Unpacked, unpack
from edu_sheet.reading.glance import glance
from edu_sheet.reading.kind import kind_of
from edu_sheet.reading.letters.letter import Letter
from edu_sheet.reading.package import gunzipped
from edu_sheet.reading.refusal import Refusal, too_large
from edu_sheet.words.book import Book

__all__ = [
    "CONTAINERS",
    "Letter",
    "Member",
    "Unpacked",
    "glance",
    "kind_of",
    "message",
    "read",
    "unpack",
]


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


def message(data: bytes) -> Letter | None:
    """Return an .eml message, whatever its bytes look like; None if it is broken."""
    from edu_sheet.reading.letters import mail

    try:
        return mail.read(data)
    except Refusal:
        return None


def _read(data: bytes, kind: str, password: str | None) -> Book:
    if kind in ("xlsx", "xlsm"):
        return _read_package(data, kind)
    if kind == "csv":
        from edu_sheet.reading import csv_text

        return csv_text.read(data)
    from edu_sheet.reading import child

    if kind in ("xls", "ods", "fods"):
        book: Book = child.run(kind, data)
        return book
    if kind == "gzip":
        plain = gunzipped(data)
        inner = kind_of(plain)
        if inner in _PACKED_ONCE_MORE:
            return _read(plain, inner, password)
    if kind == "encrypted":
        plain = child.run("decrypt", data, password)
        inner = kind_of(plain)
        if inner == "encrypted":
            raise refused.kind("encrypted")
        return _read(plain, inner, None)
    raise refused.kind(kind)


def _read_package(data: bytes, kind: str) -> Book:
    """Read an xlsx: one of a form's size here, a larger one where it can be stopped."""
    from edu_sheet.reading import child
    from edu_sheet.reading.package import Package
    from edu_sheet.reading.xlsx import workbook as xlsx

    package = Package(data)
    if package.markup_bytes > limits.IN_PROCESS_BYTES:
        book: Book = child.run("xlsx", data, kind)
        return book
    return xlsx.read_package(package, kind)
