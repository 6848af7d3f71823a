"""Units that were typed into tasks, added to sheet 单位名录 of a workbook that a person edits.

Rows that are there are never changed, and nothing else in the workbook is.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from edu_sheet.plan import layout, package
from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.workbook.located import Located
from edu_sheet.words.plan import Unit
from edu_sheet.words.sheets import ROSTER_SHEET

if TYPE_CHECKING:
    from lxml.etree import _Element


def add_units(loaded: Loaded) -> Loaded:
    """Return the workbook with a row in 单位名录 for each unit that only its tasks name.

    As it is where there is none, or where the workbook has errors.
    """
    located = loaded.sheets.get(ROSTER_SHEET)
    if located is None or loaded.plan is None or loaded.errors or not loaded.typed:
        return loaded
    units = [unit for unit in loaded.plan.roster.units if unit.name in loaded.typed]
    data = load_bytes(_with_rows(loaded.data, located, units), loaded.name)
    # What was typed is told once, by the one who found it.
    told = tuple(one for one in loaded.doubts if one not in data.doubts)
    return replace(data, doubts=(*told, *data.doubts))


def add_members(loaded: Loaded, located: Located, names: Iterable[str]) -> Loaded:
    """Return the workbook with a row in 单位名录 for units that only a group's members name."""
    data = _with_rows(loaded.data, located, [*map(Unit, names)])
    return load_bytes(data, loaded.name)


def _with_rows(data: bytes, located: Located, units: list[Unit]) -> bytes:
    return package.with_rows(
        data,
        located.name,
        [partial(_fill, located=located, unit=unit) for unit in units],
        after=max([located.header_row, *(line.row for line in located.lines)]),
        model=min((line.row for line in located.lines), default=0),
        width=max(located.columns.values()),
    )


def _fill(
    row: "_Element", number: int, model: "_Element | None", *, located: Located, unit: Unit
) -> None:
    for column, text in (
        (layout.NAME, unit.name),
        (layout.GROUP, layout.YES if unit.group else ""),
        (layout.UNIT_KEY, unit.key),
    ):
        place = located.columns.get(column)
        if place is not None and text:
            cell = package.cell_of(row, number, place)
            package.set_text(cell, text)
            package.take_style(cell, model, place)
