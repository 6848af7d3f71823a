"""An attachment's table (GB/T 9704-2012, clause 8)."""

from collections.abc import Iterator
from functools import lru_cache

from edu_sheet.summary.content.content import Attachment, AttachmentColumn
from edu_sheet.summary.content.wording import width
from edu_sheet.summary.typeset import styles
from edu_sheet.summary.typeset.page import BOTTOM, LEFT, LONG, RIGHT, SHORT, TOP
from edu_sheet.summary.typeset.styles import CELL_MARGIN, Style
from edu_sheet.summary.typeset.wordml import paragraph, run, tag

# Lines: such a row stays on one page; a taller one may be split, or it would leave half-empty
# pages (a landscape page holds about 20).
_SHORT_ROW = 10
_ON_ONE_PAGE = tag("trPr", tag("cantSplit"))
_CLOSER = 280  # a line's height where the table just fits a page so: 小四 still has room
_RULE = 10
_HEAD = 2 * styles.BODY_LINE + styles.TITLE_LINE + styles.ATTACHMENT_TITLE.after
_ROOM = {False: LONG - TOP - BOTTOM - _HEAD, True: SHORT - LEFT - RIGHT - _HEAD}  # by landscape


def table(attachment: Attachment) -> Iterator[str]:
    """Yield an attachment's table, row by row: fixed widths, a header on every page (clause 8).

    One that goes over its page by a few rows has its lines closer to each other.
    """
    columns = attachment.columns
    closer = _line(_CLOSER) if _just_over(attachment) else ""
    properties = tag(
        "tblPr",
        tag("tblStyle", val=styles.TABLE_ID),
        tag("tblW", w=sum(column.width for column in columns), type="dxa"),
        tag("tblLayout", type="fixed"),
        tag(
            "tblLook",
            val="0020",
            firstRow=1,
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
    )
    grid = tag("tblGrid", *(tag("gridCol", w=column.width) for column in columns))
    head = tag(
        "tr",
        tag("trPr", tag("cantSplit"), tag("tblHeader")),
        *(_cell(column.header, column.width, styles.TABLE_HEAD, closer) for column in columns),
    )
    yield f"<w:tbl>{properties}{grid}{head}"
    for row in attachment.rows:
        yield _row(columns, row, closer)
    yield "</w:tbl>"


def _line(height: int) -> str:
    return tag("spacing", before=0, after=0, line=height, lineRule="exact")


def _just_over(attachment: Attachment) -> bool:
    """Return whether a table has room on one page with closer lines, and not without."""
    widths = [column.width for column in attachment.columns]
    rows = ([column.header for column in attachment.columns], *attachment.rows)
    count = sum(max(map(_lines, row, widths)) for row in rows)
    beside = sum(1 for text in (attachment.explained, attachment.note) if text)
    room = _ROOM[attachment.landscape] - beside * styles.TABLE_LINE - len(rows) * _RULE
    return count * _CLOSER <= room < count * styles.TABLE_LINE


def _row(columns: tuple[AttachmentColumn, ...], row: tuple[str, ...], closer: str) -> str:
    cells = list(zip(row, columns, strict=True))
    tall = any(_lines(text, column.width) > _SHORT_ROW for text, column in cells)
    written = (
        _cell(
            text,
            column.width,
            styles.TABLE_CENTRE if column.centred else styles.TABLE_TEXT,
            closer,
            middle=not tall,
        )
        for text, column in cells
    )
    return f"<w:tr>{'' if tall else _ON_ONE_PAGE}{''.join(written)}</w:tr>"


def _cell(
    text: str, cell_width: int, style: Style, closer: str = "", *, middle: bool = True
) -> str:
    lines = (paragraph(style.id, run(line), properties=closer) for line in text.split("\n"))
    return f"{_cell_start(cell_width, middle=middle)}{''.join(lines)}</w:tc>"


@lru_cache(maxsize=64)
def _cell_start(cell_width: int, *, middle: bool) -> str:
    width_of_cell = tag("tcW", w=cell_width, type="dxa")
    return f"<w:tc>{tag('tcPr', width_of_cell, tag('vAlign', val='center') if middle else '')}"


def _lines(text: str, cell_width: int) -> int:
    """Return about how many lines a text takes in a cell."""
    fitting = (cell_width - 2 * CELL_MARGIN) // (styles.TABLE_TEXT.size * 10)
    return sum(max(1, -int(-width(line) // fitting)) for line in text.split("\n"))
