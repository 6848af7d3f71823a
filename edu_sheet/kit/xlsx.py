"""Workbooks written from nothing, in which a text is a text to the last character."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from edu_sheet.kit.pieces import require_room
from edu_sheet.kit.spreadsheet_xml import torn

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Run = tuple[str, "Format | None"]  # some of a cell's text, and its font

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
    require_room(text)
    if torn := separated(text, style):
        fragments = [part for piece, font in torn for part in (font, piece)]
        _require_done(sheet.write_rich_string(row, column, *fragments, style))
        return
    _require_done(sheet.write_string(row, column, text, style))


def separated(text: str, style: "Format | None") -> list[Run]:
    """Return the runs in which a text must be written to stay exact; [] if it may stand alone.

    XlsxWriter escapes what looks like an escape once too often in runs, and wrongly where two
    overlap: torn over two runs it needs none.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for the XML of a rich string; as runs it is escaped.
        return whole([(text[:1], style), (text[1:], style)])
    return whole([(text, style)]) if len(torn(text)) > 1 else []


def whole(runs: Sequence[Run]) -> list[Run]:
    """Return the runs split so that none is empty or looks like an escape."""
    return [(part, font) for text, font in runs for part in torn(text) if part]


def _require_done(code: int) -> None:
    """XlsxWriter returns a negative number where it left something out."""
    if code < 0:
        raise ValueError(f"XlsxWriter refused a cell ({code})")
