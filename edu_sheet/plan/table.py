"""A document's tables → the plan's rows: broken over pages, merged, continued. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from edu_sheet.plan import layout
from edu_sheet.rules.units import tidy_list
from edu_sheet.words.columns import GOAL, LIAISON, NUMBER, PLAN_COLUMNS, Column
from edu_sheet.words.errors import PlanError
from edu_sheet.words.text import bare, tidy

_NUMBER = re.compile(r"[(第]?(\d{1,4})(?:\.0*)?[)项.、]?")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table's grid; of a merged area every cell has the text."""

    text: str
    merged: bool = False  # shows what a cell above or to the left of it holds
    counted: bool = False  # the word processor numbers it by itself


Grid = tuple[tuple[GridCell, ...], ...]
Block = str | Grid  # a document is paragraphs and tables, in order
EMPTY = GridCell("")


@dataclass(slots=True)
class Row:
    """One task as a document shows it; texts by column, tidied."""

    number: int
    texts: dict[Column, str] = field(default_factory=dict)

    def text(self, column: Column) -> str:
        """Return the text in a column, "" where there is none."""
        return self.texts.get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The plan's table, put together again."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]  # of the plan that it holds


def number_of(text: str) -> int | None:
    """Return the number that a cell of 序号 shows (1, 1.0, １, 1.), None if it shows none."""
    found = _NUMBER.fullmatch(bare(text))
    return int(found[1]) if found and int(found[1]) else None


def has_table(block: Block) -> bool:
    """Return whether a block is a table with the plan's header."""
    return not isinstance(block, str) and any(
        layout.is_header(
            layout.columns_of((cell.text for cell in cells), PLAN_COLUMNS),
            layout.TABLE_COLUMNS,
        )
        for cells in block
    )


def find_table(grids: Iterable[Grid]) -> Table | None:
    """Return the plan's table out of all tables of a document, None if there is none.

    A header that is repeated goes on with the same table, and so does a table without a header
    that has as many columns. A row without 序号 goes on with the row before it, and so does one
    that repeats its 序号 and names no other goal. PlanError for a 序号 that none can be.
    """
    columns: Mapping[int, Column] = {}
    width = 0
    header = ""
    there: set[Column] = set()
    rows: list[Row] = []
    for grid in grids:
        going_on = bool(columns) and bool(grid) and max(map(len, grid)) == width
        for cells in grid:
            texts = [cell.text for cell in cells]
            found = layout.columns_of(texts, PLAN_COLUMNS)
            if layout.is_header(found, layout.TABLE_COLUMNS):
                columns, width, going_on = found, len(cells), True
                there.update(found.values())
                header = header or _header_of(LIAISON, texts, found)
            elif going_on:
                _take(rows, cells, columns)
    issued = layout.as_issued(PLAN_COLUMNS, there, header)
    return Table(tuple(rows), issued) if columns else None


def _take(rows: list[Row], cells: Sequence[GridCell], columns: Mapping[int, Column]) -> None:
    """Add a row of a grid to the rows, or to the last of them."""
    number = _own_number(cells, columns, rows)
    texts = _texts(cells, columns, with_merged=number is not None)
    if number is not None and not (rows and _goes_on(rows[-1], number, texts)):
        rows.append(Row(number, texts))
    elif rows:
        for column, text in texts.items():
            before = rows[-1].text(column)
            if text != before:
                rows[-1].texts[column] = _clean(column, _joined(column, before, text))


def _goes_on(row: Row, number: int, texts: Mapping[Column, str]) -> bool:
    """Return whether a row with a number of its own is the last one's continuation all the same."""
    return number == row.number and texts.get(GOAL, "") in ("", row.text(GOAL))


def _own_number(
    cells: Sequence[GridCell], columns: Mapping[int, Column], rows: Sequence[Row]
) -> int | None:
    """Return the 序号 that stands in the row itself, None if there is none.

    PlanError for a number that none can be.
    """
    for place, cell in enumerate(cells):
        if columns.get(place) is not NUMBER or cell.merged:
            continue
        if cell.counted and not bare(cell.text):
            return rows[-1].number + 1 if rows else 1
        if (number := number_of(cell.text)) is not None:
            return number
        if bare(cell.text).isdecimal():  # its texts would go on the task before
            raise PlanError(
                f"序号“{bare(cell.text)[:20]}”不能用", "序号是从 1 起的整数，最多四位：请改正。"
            )
    return None


def _texts(
    cells: Sequence[GridCell], columns: Mapping[int, Column], *, with_merged: bool
) -> dict[Column, str]:
    """Return the texts of a row by column; a cell that spans a column twice counts once."""
    texts: dict[Column, str] = {}
    for place, cell in enumerate(cells):
        column = columns.get(place)
        if column is None or column is NUMBER or (cell.merged and not with_merged):
            continue
        text = _clean(column, cell.text)
        if text and text != texts.get(column):
            texts[column] = _joined(column, texts.get(column, ""), text)
    return texts


def _clean(column: Column, text: str) -> str:
    plain = unicodedata.normalize("NFC", text)
    return tidy_list(plain) if column.names else tidy(plain)


def _joined(column: Column, before: str, after: str) -> str:
    """Return two parts of a cell that a page break parted, or a merge.

    A list goes on in the middle of a name as often as after one: no separator is made up.
    """
    if not before or not after:
        return before + after
    return before + after if column.names else tidy(f"{before} {after}")


def _header_of(wanted: Column, texts: Sequence[str], found: Mapping[int, Column]) -> str:
    return next((bare(texts[place]) for place, column in found.items() if column is wanted), "")
