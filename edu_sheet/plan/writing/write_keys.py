"""Tasks' and units' keys written into the hidden columns of a workbook that a person edits.

Only the XML of those two sheets is changed: a workbook that openpyxl saves has lost its charts,
shapes and text boxes.
"""

from collections.abc import Mapping
from dataclasses import replace

from edu_sheet.plan import keys, layout, package
from edu_sheet.plan.workbook.closing_rows import closing_keys
from edu_sheet.plan.workbook.load import Loaded
from edu_sheet.plan.workbook.located import Line, Located
from edu_sheet.plan.workbook.roster_rows import unit_keys
from edu_sheet.plan.workbook.task_rows import keyed, task_lines
from edu_sheet.words.columns import KEY, Column
from edu_sheet.words.sheets import CLOSINGS_SHEET, PLAN_SHEET, ROSTER_SHEET

Cells = dict[tuple[int, int], str]  # row and column, from 1 → text


def write_keys(loaded: Loaded) -> Loaded:
    """Return the workbook with the keys that its tasks, units and closings were read with.

    A key is written for each that had none, or one that a copied row had. It is the same plan; what
    was found is what was found before. All else in the workbook stays as it is; where no key is
    missing, all.
    """
    for name, column, keys_of in (
        (PLAN_SHEET, KEY, _of_tasks),
        (ROSTER_SHEET, layout.UNIT_KEY, unit_keys),
    ):
        if located := loaded.sheets.get(name):
            loaded = _with_column(loaded, name, column, keys_of(located))
    if (located := loaded.sheets.get(CLOSINGS_SHEET)) and loaded.plan:
        keys_of_rows = closing_keys(located, loaded.plan.tasks)
        loaded = _with_column(loaded, CLOSINGS_SHEET, KEY, keys_of_rows)
    return loaded


def _of_tasks(located: Located) -> dict[int, str]:
    """Return the key of every row that is a task, by the row's number."""
    lines = task_lines(located)
    return {line.row: key for line, key in zip(lines, keys.assign(keyed(lines)), strict=True)}


def _with_column(loaded: Loaded, name: str, key: Column, wanted: Mapping[int, str]) -> Loaded:
    """Return the workbook with these keys, by row, in a column of one sheet."""
    located = loaded.sheets[name]
    column = located.columns.get(key) or located.last_column + 1
    cells = {
        (line.row, column): wanted[line.row]
        for line in located.lines
        if line.row in wanted and line.plain(key) != wanted[line.row]
    }
    if not cells:
        return loaded
    with_keys = _with_keys(located, key, column, cells)
    added = key not in located.columns
    if added:
        cells[located.header_row, column] = key.header
    hide = column if added else None
    data = package.with_texts(loaded.data, located.name, cells, hide)
    return replace(loaded, data=data, sheets={**loaded.sheets, name: with_keys})


def _with_keys(located: Located, key: Column, column: int, cells: Cells) -> Located:
    """Return the sheet as it is read once these keys stand in it."""

    def keyed_line(line: Line) -> Line:
        said = cells.get((line.row, column))
        return replace(line, values=line.values | {key: said}) if said else line

    return replace(
        located,
        columns=located.columns | {key: column},
        headers={key: key.header} | located.headers,
        lines=tuple(map(keyed_line, located.lines)),
        last_column=max(located.last_column, column),
    )
