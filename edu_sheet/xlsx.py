"""Workbooks written from nothing, in which a text is a text to the last character."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from edu_sheet.pieces import CELL_LIMIT, characters

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Between the first two characters of what looks like an escape, _x0041_: XlsxWriter escapes such a
# text once too often in runs, and wrongly where two overlap. Torn over two runs it needs no escape.
_ESCAPE = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)")

Run = tuple[str, "Format"]  # some of a cell's text, and its font

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_STREAMED = {"in_memory": False, "constant_memory": True}
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # a date must stand there; today would differ each day


def new_book(
    target: IO[bytes], title: str, created: datetime | None, *, streamed: bool = False
) -> "Workbook":
    """Return a new workbook; the same content and date give the same bytes. The caller closes it.

    A text that begins with = stays a text, and what looks like a number or a link stays text too.
    A `streamed` book keeps one row at a time in memory: each sheet is written from top to bottom.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(target, _OPTIONS | (_STREAMED if streamed else {}))
    moment = (created or _UNDATED).astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": title, "created": moment})
    return book


def write_text(sheet: "Worksheet", row: int, column: int, text: str, style: "Format") -> None:
    """Write a text into a cell exactly; rows and columns count from 0.

    ValueError for more than a cell holds: a caller cuts it into `pieces` first.
    """
    if not text:
        sheet.write_blank(row, column, None, style)
        return
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for the XML of a rich string; as runs it is escaped.
        write_runs(sheet, row, column, [(text[:1], style), (text[1:], style)], style)
        return
    if _ESCAPE.search(text):
        write_runs(sheet, row, column, [(text, style)], style)
        return
    _require_room(text)
    _require_done(sheet.write_string(row, column, text, style))


def write_runs(
    sheet: "Worksheet", row: int, column: int, runs: Sequence[Run], style: "Format"
) -> None:
    """Write a text in several fonts into a cell exactly; ValueError as in `write_text`."""
    filled = [(part, font) for text, font in runs for part in _ESCAPE.split(text) if part]
    if len(filled) < 2:
        write_text(sheet, row, column, "".join(text for text, _ in filled), style)
        return
    _require_room("".join(text for text, _ in filled))
    fragments = [part for text, font in filled for part in (font, text)]
    _require_done(sheet.write_rich_string(row, column, *fragments, style))


def _require_room(text: str) -> None:
    if 2 * len(text) > CELL_LIMIT and characters(text) > CELL_LIMIT:
        raise ValueError(f"{characters(text)} characters do not fit into a cell")


def _require_done(code: int) -> None:
    """XlsxWriter returns a negative number where it left something out."""
    if code < 0:
        raise ValueError(f"XlsxWriter refused a cell ({code})")
