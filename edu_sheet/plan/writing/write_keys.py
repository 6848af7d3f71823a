"""Tasks' keys written into the hidden column of a workbook that a person edits.

Only that one sheet's XML is changed: a workbook that openpyxl saves has lost its charts, shapes
and text boxes.
"""

import zipfile
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.kit import files
from edu_sheet.plan import keys, layout
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.located import Located, locate, sheet_named
from edu_sheet.plan.workbook.task_rows import keyed, task_lines
from edu_sheet.plan.writing import package
from edu_sheet.words.columns import KEY, PLAN_COLUMNS

if TYPE_CHECKING:
    from lxml.etree import _Element
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTH = "12"

Cells = dict[tuple[int, int], str]  # row and column, from 1 → text


def write_keys(path: Path) -> int:
    """Give a key to every task that has none, or one that a copied row brought along.

    Returns how many were written; for none the file is not touched. All else in the workbook stays
    as it is. OutputError if it is open in Excel or cannot be written; PlanError if it cannot be
    read.
    """
    files.refuse_if_open(path)
    book = sheets.open_workbook(path, values=True)
    sheet = sheet_named(book, layout.PLAN_SHEET)
    located = locate(sheet, PLAN_COLUMNS) if sheet is not None else None
    if sheet is None or located is None:
        return 0  # `load` says what is missing
    column = located.columns.get(KEY) or _free_column(sheet)
    cells = _missing(located, column)
    if not cells:
        return 0
    count = len(cells)
    added = KEY not in located.columns
    if added:
        cells[located.header_row, column] = KEY.header
    data = _patched(path.read_bytes(), sheet.title, cells, hide=column if added else None)
    files.write_bytes(path, data)
    return count


def _missing(located: Located, column: int) -> Cells:
    lines = task_lines(located)
    wanted = keys.assign(keyed(lines))
    return {
        (line.row, column): key
        for line, key in zip(lines, wanted, strict=True)
        if line.plain(KEY) != key
    }


def _free_column(sheet: "Worksheet") -> int:
    """Return the first column right of all that the sheet holds."""
    used = (
        place
        for _, values in sheets.rows(sheet)
        for place, value in enumerate(values, 1)
        if value is not None
    )
    return max(used, default=0) + 1


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
