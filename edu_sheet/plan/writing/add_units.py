"""Units that were typed into tasks, added to sheet 单位名录 of a workbook that a person edits.

Rows that are there are never changed, and nothing else in the workbook is.
"""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from edu_sheet.plan import layout, package
from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.workbook.located import Located
from edu_sheet.words.plan import Unit

if TYPE_CHECKING:
    from lxml.etree import _Element


def add_units(loaded: Loaded) -> Loaded:
    """Return the workbook with a row in 单位名录 for each unit that only its tasks name.

    As it is where there is none, or where the workbook has errors.
    """
    located = loaded.sheets.get(layout.ROSTER_SHEET)
    if located is None or loaded.plan is None or loaded.errors or not loaded.typed:
        return loaded
    units = [unit for unit in loaded.plan.roster.units if unit.name in loaded.typed]
    data = load_bytes(_with_rows(loaded.data, located, units), loaded.name)
    # What was typed is told once, by the one who found it.
    told = tuple(one for one in loaded.doubts if one not in data.doubts)
    return replace(data, doubts=(*told, *data.doubts))


def _with_rows(data: bytes, located: Located, units: list[Unit]) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as book:
        member = package.member_of(book, located.name)
        root = package.parse(book.read(member))
    cells = root.find("{*}sheetData")
    if cells is None:
        return data
    rows = package.numbered_rows(cells)
    last = max([located.header_row, *(line.row for line in located.lines)])
    model = rows.get(min((line.row for line in located.lines), default=0))
    for number, unit in enumerate(units, last + 1):
        row = rows.get(number)
        if row is None:
            row = package.new_row(cells, rows, number)
        for column, text in (
            (layout.NAME, unit.name),
            (layout.GROUP, layout.YES if unit.group else ""),
            (layout.UNIT_KEY, unit.key),
        ):
            _fill(row, number, model, located.columns.get(column), text)
        package.extend(root, number, max(located.columns.values()))
    return package.rewritten(data, {member: package.serialised(root)})


def _fill(
    row: "_Element", number: int, model: "_Element | None", place: int | None, text: str
) -> None:
    if place is None or not text:
        return
    cell = package.cell_of(row, number, place)
    package.set_text(cell, text)
    style = package.style_of(model, place)
    if style and not cell.get("s"):
        cell.set("s", style)
