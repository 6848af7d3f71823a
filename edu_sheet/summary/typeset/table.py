"""An attachment's table (GB/T 9704-2012, clause 8)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product

from edu_sheet.summary.content.content import Attachment, AttachmentColumn
from edu_sheet.summary.content.wording import width
from edu_sheet.summary.typeset import styles
from edu_sheet.summary.typeset.page import BOTTOM, LEFT, LONG, RIGHT, SHORT, TOP
from edu_sheet.summary.typeset.styles import CELL_MARGIN, Style
from edu_sheet.summary.typeset.wordml import paragraph, run, tag

_SHORT_ROW = 10  # lines: what stands beside them is centred; beside more it stands at the top
_ON_ONE_PAGE = tag("trPr", tag("cantSplit"))
# Of a page: a taller row may be torn. Lines are counted by guess, and LibreOffice cuts the end of a
# row off that may not be torn and is taller than its page.
_WHOLE = 2 / 3
_SAMPLE = 60  # rows, by which columns are made wider and narrower
_STEPS = (240, 480, 960)  # of a width: one, two and four characters
_WIDE = 2500  # of a width: such a column of long texts may give some of it
_CLOSER = 280  # a line's height where the table just fits a page so: 小四 still has room
_RULE = 10
_STRANDED = 2  # rows that do not stand on a page alone
_HEAD = 2 * styles.BODY_LINE + styles.TITLE_LINE + styles.ATTACHMENT_TITLE.after
_PAGE = {False: LONG - TOP - BOTTOM, True: SHORT - LEFT - RIGHT}  # by landscape
_ROOM = {landscape: height - _HEAD for landscape, height in _PAGE.items()}


def table(attachment: Attachment, foot: int = 0) -> Iterator[str]:
    """Yield an attachment's table, row by row: fixed widths, a header on every page (clause 8).

    One that goes over its page by a few rows, or over its last by one or two, has its lines closer
    to each other, unless what stands at the foot of its last page, so high, had no room there. So
    has one with tall rows, and wide columns with little in them give room to those with much.
    """
    tall = _has_tall_rows(attachment)
    attachment = _evened(attachment) if tall else attachment
    columns = attachment.columns
    line = _CLOSER if tall or _just_over(attachment, foot) else styles.TABLE_LINE
    closer = _line(line) if line == _CLOSER else ""
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
    widths = [column.width for column in columns]
    most = _WHOLE * _page(attachment, widths, line)
    for row in attachment.rows:
        yield _row(columns, row, closer, whole=_height(row, widths) <= most)
    yield "</w:tbl>"


def _line(height: int) -> str:
    return tag("spacing", before=0, after=0, line=height, lineRule="exact")


def _just_over(attachment: Attachment, foot: int) -> bool:
    """Return whether closer lines put a table on one page, or a row or two on the page before.

    Or whether they give room to what stands at its foot, which would be alone on the next page.
    """
    loose, before = _on_pages(attachment, styles.TABLE_LINE)
    close, left = _on_pages(attachment, _CLOSER)
    if len(close) == len(loose):
        return before < foot <= left
    return left >= foot and (len(close) == 1 or loose[-1] <= _STRANDED)


def _on_pages(attachment: Attachment, line: int) -> tuple[list[int], int]:
    """Return how many rows stand on each page with lines of that height, and the room that is left.

    By guess, as lines are counted.
    """
    widths = [column.width for column in attachment.columns]
    head = _height([column.header for column in attachment.columns], widths) * line + _RULE
    across = sum(widths) + 2 * CELL_MARGIN
    told = (attachment.explained, attachment.note)
    beside = sum(_lines(text, across) for text in told if text)
    room = _ROOM[attachment.landscape] - beside * styles.TABLE_LINE - head
    rows = [0]
    for row in attachment.rows:
        height = _height(row, widths) * line + _RULE
        if height > room and rows[-1]:
            rows.append(0)
            room = _PAGE[attachment.landscape] - head
        rows[-1] += 1
        room -= height
    return rows, room


def _has_tall_rows(attachment: Attachment) -> bool:
    widths = [column.width for column in attachment.columns]
    return any(_height(row, widths) > _SHORT_ROW for row in attachment.rows)


def _evened(attachment: Attachment) -> Attachment:
    """Return a table with its columns so wide that its rows take fewer lines."""
    columns = attachment.columns
    widths = [column.width for column in columns]
    sample = attachment.rows[:_SAMPLE]
    giving = [at for at, width in enumerate(widths) if width >= _WIDE]
    least = {at: widths[at] // 2 for at in giving}
    taking = [at for at, column in enumerate(columns) if not column.centred]

    def lines(widths: list[int]) -> int:
        return sum(_height(row, widths) for row in sample)

    def moved() -> Iterator[list[int]]:
        for wide, other, step in product(giving, taking, _STEPS):
            if wide != other and widths[wide] - step >= least[wide]:
                tried = list(widths)
                tried[wide] -= step
                tried[other] += step
                yield tried

    while (better := min(moved(), key=lines, default=widths)) and lines(better) < lines(widths):
        widths = better
    shown = (replace(one, width=width) for one, width in zip(columns, widths, strict=True))
    return replace(attachment, columns=tuple(shown))


def _height(row: Sequence[str], widths: Sequence[int]) -> int:
    return max(map(_lines, row, widths))


def _page(attachment: Attachment, widths: Sequence[int], line: int) -> float:
    """Return how many lines a page has room for below the header."""
    header = _height([column.header for column in attachment.columns], widths)
    return _PAGE[attachment.landscape] / line - header


def _row(
    columns: tuple[AttachmentColumn, ...], row: tuple[str, ...], closer: str, *, whole: bool
) -> str:
    cells = list(zip(row, columns, strict=True))
    tall = _height(row, [column.width for column in columns]) > _SHORT_ROW
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
    return f"<w:tr>{_ON_ONE_PAGE if whole else ''}{''.join(written)}</w:tr>"


def _cell(
    text: str, cell_width: int, style: Style, closer: str = "", *, middle: bool = True
) -> str:
    lines = (paragraph(style.id, run(line), properties=closer) for line in text.split("\n"))
    return f"{_cell_start(cell_width, middle=middle)}{''.join(lines)}</w:tc>"


@lru_cache(maxsize=64)
def _cell_start(cell_width: int, *, middle: bool) -> str:
    width_of_cell = tag("tcW", w=cell_width, type="dxa")
    return f"<w:tc>{tag('tcPr', width_of_cell, tag('vAlign', val='center') if middle else '')}"


@lru_cache(maxsize=4096)
def _lines(text: str, cell_width: int) -> int:
    """Return about how many lines a text takes in a cell."""
    fitting = (cell_width - 2 * CELL_MARGIN) // (styles.TABLE_TEXT.size * 10)
    return sum(max(1, -int(-width(line) // fitting)) for line in text.split("\n"))
