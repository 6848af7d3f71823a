"""Any file → a Book: kind by content, preflight, limits, one reader per kind.

Everything here is a function of the bytes: nothing is written, no name or link inside a file is
followed, and what others sent raises nothing.
"""

from edu_sheet.book import Book
from edu_sheet.reading import limits, refused
from edu_sheet.reading.kind import kind_of
from edu_sheet.reading.refusal import Refusal, too_large

__all__ = ["kind_of", "read"]


def read(data: bytes, *, password: str | None = None) -> Book:
    """Return what a file holds; an unreadable one is a Book whose findings say what to do next."""
    kind = kind_of(data)
    try:
        if len(data) > limits.FILE_BYTES:
            raise too_large("超过 50 MB")
        return _read(data, kind)
    except Refusal as refusal:
        return Book(kind, findings=(refusal.finding,), readable=False)


def _read(data: bytes, kind: str) -> Book:
    if kind in ("xlsx", "xlsm"):
        from edu_sheet.reading import xlsx

        return xlsx.read(data, kind)
    raise refused.kind(kind)
