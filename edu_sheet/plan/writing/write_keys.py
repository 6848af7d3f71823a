"""Tasks' keys written into the hidden column of a workbook that a person edits.

Only that one sheet's XML is changed: a workbook that openpyxl saves has lost its charts, shapes
and text boxes.
"""

import zipfile
from copy import copy
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from edu_sheet.plan import keys, layout, package
from edu_sheet.plan.workbook.load import Loaded
from edu_sheet.plan.workbook.located import Line, Located
from edu_sheet.plan.workbook.task_rows import keyed, task_lines
from edu_sheet.words.columns import KEY

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDTH = "12"

Cells = dict[tuple[int, int], str]  # row and column, from 1 → text


def write_keys(loaded: Loaded) -> Loaded:
    """Return the workbook with a key for every task that had none, or one that a copied row had.

    It is the same plan, for these are the keys that its tasks were read with; what was found is
    what was found before. All else in the workbook stays as it is; where no key is missing, all.
    """
    located = loaded.sheets.get(layout.PLAN_SHEET)
    if located is None:
        return loaded
    column = located.columns.get(KEY) or located.last_column + 1
    cells = _missing(located, column)
    if not cells:
        return loaded
    with_keys = _with_keys(located, column, cells)
    added = KEY not in located.columns
    if added:
        cells[located.header_row, column] = KEY.header
    data = _patched(loaded.data, located.name, cells, hide=column if added else None)
    return replace(loaded, data=data, sheets={**loaded.sheets, layout.PLAN_SHEET: with_keys})


def _missing(located: Located, column: int) -> Cells:
    lines = task_lines(located)
    wanted = keys.assign(keyed(lines))
    return {
        (line.row, column): key
        for line, key in zip(lines, wanted, strict=True)
        if line.plain(KEY) != key
    }


def _with_keys(located: Located, column: int, cells: Cells) -> Located:
    """Return the sheet as it is read once these keys stand in it."""

    def keyed_line(line: Line) -> Line:
        key = cells.get((line.row, column))
        return replace(line, values=line.values | {KEY: key}) if key else line

    return replace(
        located,
        columns=located.columns | {KEY: column},
        headers={KEY: KEY.header} | located.headers,
        lines=tuple(map(keyed_line, located.lines)),
        last_column=max(located.last_column, column),
    )


def _patched(data: bytes, title: str, cells: Cells, hide: int | None) -> bytes:
    """Return a workbook with texts in cells of one sheet, every other member as it was."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        member = package.member_of(book, title)
        content = book.read(member)
    return package.rewritten(data, {member: _with_cells(content, cells, hide)})


def _with_cells(content: bytes, cells: Cells, hide: int | None) -> bytes:
    root = package.parse(content)
    data = root.find("{*}sheetData")
    if data is None:
        return content
    rows = package.numbered_rows(data)
    for (row, column), text in cells.items():
        if row in rows:
            package.set_text(package.cell_of(rows[row], row, column), text)
    if hide is not None:
        _hide(root, hide, data)
        package.extend(root, 1, hide)
    return package.serialised(root)


def _hide(root: "_Element", column: int, data: "_Element") -> None:
    """Hide a column: cut it out of the ranges of <cols>, and add its own."""
    namespace = root.tag.removesuffix("worksheet")
    columns = root.find(f"{namespace}cols")
    if columns is None:
        columns = root.makeelement(f"{namespace}cols")
        data.addprevious(columns)
    for old in list(columns):
        first, last = int(old.get("min", "1")), int(old.get("max", "1"))
        if not first <= column <= last:
            continue
        for start, end in ((first, column - 1), (column + 1, last)):
            if start <= end:
                piece = copy(old)
                piece.set("min", str(start))
                piece.set("max", str(end))
                old.addprevious(piece)
        columns.remove(old)
    own = columns.makeelement(
        f"{namespace}col",
        {
            "min": str(column),
            "max": str(column),
            "width": _WIDTH,
            "hidden": "1",
            "customWidth": "1",
        },
    )
    before = [child for child in columns if int(child.get("max", "1")) < column]
    columns.insert(len(before), own)
