"""The clerk's workbook with what has changed put into it: her widths, fonts and notes stay."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from edu_sheet.master.base import Base
from edu_sheet.master.merging.clerk import Clerk, cell_text
from edu_sheet.master.merging.escapes import encode
from edu_sheet.master.merging.shift import delete_row, insert_row
from edu_sheet.master.merging.transplant import show, transplant
from edu_sheet.master.sheets.main import FILLS
from edu_sheet.master.table import MainRow, RowKey
from edu_sheet.rules.labels import label_parts
from edu_sheet.rules.progress import PROGRESS_FIELD
from edu_sheet.words.columns import GOAL, KEY, Column
from edu_sheet.words.sheets import MAIN_SHEET

if TYPE_CHECKING:
    from openpyxl import Workbook

Cell = Any  # openpyxl's stubs know neither merged cells nor proxies of styles as what they are

_SAME_HEIGHT = 1.5  # points: programs round heights to pixels when they save


def change(
    clerk: Clerk,
    first: str,
    rows: Sequence[MainRow],
    head: Sequence[str],
    columns: Sequence[Column],
    before: Base,
    marks: Mapping[str, str],
    fresh: bytes,
    labels: Mapping[str, Sequence[str]],
    kept: Iterable[RowKey],
) -> bytes:
    """Return the clerk's workbook with these rows and head, and the other sheets as in `fresh`.

    It opens with the sheet `first`. Of `columns` those are added that no master of this file ever
    had. `before` is what was last written, `marks` what the workbook is known by (its custom
    properties), `labels` who may report on each task; rows `kept` stay though no longer among
    `rows`.
    """
    _set_head(clerk, head, before)
    _part(clerk, rows)
    _set_rows(clerk, rows, set(kept))
    _add_columns(clerk, columns, before)
    for row in rows:
        _fill(clerk, row, before, labels[row.key.task])
    _cover(clerk)
    transplant(clerk.book, fresh, own=MAIN_SHEET)
    show(clerk.book, (first, clerk.sheet.title))
    for name, value in marks.items():
        _bear(clerk.book, name, value)
    return _saved(clerk.book)


def _set_head(clerk: Clerk, head: Sequence[str], before: Base) -> None:
    """Write title and line anew where they still say what the program wrote."""
    changed = {old: new for old, new in zip(before.head, head, strict=False) if old != new}
    for row in clerk.sheet.iter_rows(max_row=max(clerk.header - 1, 1)):
        for cell in row:
            if (new := changed.get(cell_text(cell.value))) is not None:
                cell.value = new


def _part(clerk: Clerk, rows: Sequence[MainRow]) -> None:
    """Take cells apart that were merged over something that is to be shown."""
    names = {column: name for name, column in clerk.columns.items() if name != "key"}
    wanted = {clerk.rows[row.key]: row.fields for row in rows if row.key in clerk.rows}
    for area in list(clerk.sheet.merged_cells.ranges):
        first: Cell = clerk.sheet.cell(area.min_row, area.min_col)
        cells = [(row, column) for row, column in _cells_of(area) if row in wanted]
        said = {at: wanted[at[0]].get(names[at[1]], "") for at in cells if at[1] in names}
        shown = said.get((first.row, first.column), cell_text(first.value))
        if any(text != shown for text in said.values()):
            clerk.sheet.unmerge_cells(area.coord)
            for row, column in cells:
                _look_like(clerk.sheet.cell(row, column), first)


def _cells_of(area: Any) -> Iterator[tuple[int, int]]:
    for row in range(area.min_row, area.max_row + 1):
        for column in range(area.min_col, area.max_col + 1):
            yield row, column


def _set_rows(clerk: Clerk, rows: Sequence[MainRow], kept: set[RowKey]) -> None:
    """Remove the rows that are gone, and insert the new ones, each below its task."""
    wanted = {row.key for row in rows}
    for key, row in sorted(clerk.rows.items(), key=lambda one: -one[1]):
        if key not in wanted and key not in kept:
            delete_row(clerk.sheet, row)
            _renumber(clerk, row + 1, -1)
            del clerk.rows[key]
    above = clerk.header
    for one in rows:
        if one.key in clerk.rows:
            above = clerk.rows[one.key]
            continue
        insert_row(clerk.sheet, above + 1)
        _renumber(clerk, above + 1, 1)
        clerk.rows[one.key] = above + 1
        _dress(clerk, above + 1, above if above != clerk.header else above + 2)
        above += 1


def _renumber(clerk: Clerk, at: int, by: int) -> None:
    clerk.rows = {key: row + by if row >= at else row for key, row in clerk.rows.items()}


def _dress(clerk: Clerk, row: int, like: int) -> None:
    """Let a new row look like the one beside it."""
    for cell in list[Cell](clerk.sheet[like]):
        _look_like(clerk.sheet.cell(row, cell.column), cell)


def _look_like(cell: Cell, like: Cell) -> None:
    if like.has_style:
        cell.font, cell.border = copy(like.font), copy(like.border)
        cell.alignment, cell.number_format = copy(like.alignment), like.number_format
        cell.fill, cell.protection = copy(like.fill), copy(like.protection)


def _add_columns(clerk: Clerk, columns: Sequence[Column], before: Base) -> None:
    """Add the plan's new columns right of all that is there, each looking like 目标任务.

    A column that was written before and is gone was deleted by the clerk, and stays away.
    """
    from openpyxl.utils import get_column_letter

    written = {name for row in before.rows.values() for name in row.fields}
    like = clerk.columns.get(GOAL.field) or clerk.columns[PROGRESS_FIELD]
    for column in columns:
        if column.field in {*clerk.columns, *written, KEY.field} or not clerk.header:
            continue
        at = clerk.sheet.max_column + 1
        clerk.columns[column.field] = at
        clerk.sheet.column_dimensions[get_column_letter(at)].width = column.width
        for row in (clerk.header, *clerk.rows.values()):
            _look_like(clerk.sheet.cell(row, at), clerk.sheet.cell(row, like))
        clerk.sheet.cell(clerk.header, at).value = column.header


def _fill(clerk: Clerk, row: MainRow, before: Base, labels: Sequence[str]) -> None:
    """Write the cells that differ, and the row's height unless the clerk set one."""
    number = clerk.rows[row.key]
    for name, text in row.fields.items():
        if clerk.text(number, name) in (text, None):
            continue
        cell: Cell = clerk.sheet.cell(number, clerk.columns[name])
        if name == PROGRESS_FIELD:
            _write_progress(cell, text, labels)
        elif name == "number" and text.isdecimal():
            cell.value = int(text)
        else:
            write_exactly(cell, text)
    _tint(clerk, number, row.key)
    _write_key(clerk, number, row.key)
    written = before.rows[row.key.task].heights if row.key.task in before.rows else {}
    stands = clerk.sheet.row_dimensions[number].height
    last = written.get(str(row.key))
    if stands is None or last is None or abs(stands - last) <= _SAME_HEIGHT:
        clerk.sheet.row_dimensions[number].height = row.height


def _write_progress(cell: Cell, text: str, labels: Sequence[str]) -> None:
    """Write a text with its labels in bold, in the font that the cell has."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    parts = label_parts(text, labels)
    if len(parts) < 2:
        write_exactly(cell, text)
        return
    font = cell.font
    looks = {"rFont": font.name, "sz": font.sz, "color": font.color}
    bold, plain = InlineFont(**looks, b=True), InlineFont(**looks)
    cell.value = CellRichText([TextBlock(bold if one else plain, part) for part, one in parts])


def write_exactly(cell: Cell, text: str) -> None:
    """Write a text into a cell as text, even where it begins with =."""
    cell.value = text or None
    if text:
        cell.data_type = "s"


def _tint(clerk: Clerk, number: int, key: RowKey) -> None:
    from openpyxl.styles import PatternFill

    if fills := FILLS.get(key.kind):
        for column in clerk.columns.values():
            fill = PatternFill("solid", fgColor=f"FF{fills.removeprefix('#')}")
            clerk.sheet.cell(number, column).fill = fill


def _write_key(clerk: Clerk, number: int, key: RowKey) -> None:
    """Write the row's key, into a new hidden column where the clerk has deleted the old one."""
    from openpyxl.utils import get_column_letter

    if "key" not in clerk.columns:
        column = clerk.sheet.max_column + 1
        clerk.columns["key"] = column
        clerk.sheet.column_dimensions[get_column_letter(column)].hidden = True
        if clerk.header:
            clerk.sheet.cell(clerk.header, column).value = KEY.header
    cell: Cell = clerk.sheet.cell(number, clerk.columns["key"])
    write_exactly(cell, str(key))


def _cover(clerk: Clerk) -> None:
    """Let the print area reach down to the last row of the table."""
    area = clerk.sheet.print_area
    found = re.fullmatch(r"(?:.*!)?(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?)(\d+)", area or "")
    last = max(clerk.rows.values())
    if found and int(found[2]) < last:
        clerk.sheet.print_area = f"{found[1]}{last}".replace("$", "")


def _bear(book: "Workbook", name: str, value: str) -> None:
    """Mark the workbook with what it is known by."""
    from openpyxl.packaging.custom import StringProperty

    properties = book.custom_doc_props  # type: ignore[attr-defined]  # the stub lacks it
    if name in properties.names:
        del properties[name]
    properties.append(StringProperty(name=name, value=value))


def _saved(book: "Workbook") -> bytes:
    encode(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
