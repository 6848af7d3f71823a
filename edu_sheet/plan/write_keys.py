"""Tasks' keys written into the hidden column of a workbook that a person edits.

Only that one sheet's XML is changed: a workbook that openpyxl saves has lost its charts, shapes
and text boxes.
"""

import posixpath
import zipfile
from collections.abc import Mapping
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet import files
from edu_sheet.book import column_letter, column_number
from edu_sheet.plan import keys, layout, sheets
from edu_sheet.plan.located import Located, locate, sheet_named
from edu_sheet.plan.task_rows import keyed, task_lines

if TYPE_CHECKING:
    from lxml.etree import _Element
    from openpyxl.worksheet.worksheet import Worksheet

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
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
    located = locate(sheet, layout.PLAN_COLUMNS) if sheet is not None else None
    if sheet is None or located is None:
        return 0  # `load` says what is missing
    column = located.columns.get(layout.KEY) or _free_column(sheet)
    cells = _missing(located, column)
    if not cells:
        return 0
    count = len(cells)
    added = layout.KEY not in located.columns
    if added:
        cells[located.header_row, column] = layout.KEY.header
    data = _patched(path.read_bytes(), sheet.title, cells, hide=column if added else None)
    files.write_bytes(path, data)
    return count


def _missing(located: Located, column: int) -> Cells:
    lines = task_lines(located)
    wanted = keys.assign(keyed(lines))
    return {
        (line.row, column): key
        for line, key in zip(lines, wanted, strict=True)
        if line.plain(layout.KEY) != key
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
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        member = _member(old, title)
        for info in old.infolist():
            content = old.read(info)
            if info.filename == member:
                content = _with_cells(content, cells, hide)
            new.writestr(info, content)
    return stream.getvalue()


def _member(book: zipfile.ZipFile, title: str) -> str:
    """Return the name of the member that holds a sheet."""
    workbook = _parse(book.read("xl/workbook.xml"))
    relation = next(
        element.get(f"{{{namespace}}}id")
        for element in workbook.iter("{*}sheet")
        for namespace in _RELATIONS
        if element.get("name") == title and element.get(f"{{{namespace}}}id")
    )
    targets = _parse(book.read("xl/_rels/workbook.xml.rels"))
    target = next(
        str(element.get("Target"))
        for element in targets.iter(f"{_PACKAGE}Relationship")
        if element.get("Id") == relation
    )
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _with_cells(content: bytes, cells: Cells, hide: int | None) -> bytes:
    from lxml import etree

    root = _parse(content)
    namespace = root.tag.removesuffix("worksheet")
    data = root.find(f"{namespace}sheetData")
    if data is None:
        return content
    rows = _numbered_rows(data)
    for (row, column), text in cells.items():
        if row in rows:
            _set(rows[row], row, column, text)
    if hide is not None:
        _hide(root, hide, data)
        _extend(root, hide)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _numbered_rows(data: "_Element") -> "Mapping[int, _Element]":
    """Return the rows by number; a row that does not say its number follows the one before."""
    rows = {}
    number = 0
    for row in data.iterchildren("{*}row"):
        number = int(row.get("r") or number + 1)
        rows[number] = row
    return rows


def _set(row: "_Element", number: int, column: int, text: str) -> None:
    """Put a text into a cell; its format stays."""
    cell = _cell(row, number, column)
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    inline = _add(cell, "is")
    _add(inline, "t").text = text


def _cell(row: "_Element", number: int, column: int) -> "_Element":
    """Return the cell of a row in a column, made where there is none."""
    place = 0
    follows = 0
    for index, cell in enumerate(row.iterchildren("{*}c")):
        letters = cell.get("r", "").rstrip("0123456789")
        place = column_number(letters) if letters else place + 1
        if place == column:
            return cell
        if place > column:
            break
        follows = index + 1
    made = row.makeelement(
        row.tag.removesuffix("row") + "c", {"r": f"{column_letter(column)}{number}"}
    )
    row.insert(follows, made)
    row.attrib.pop("spans", "")  # a hint for speed that is now too narrow
    return made


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


def _extend(root: "_Element", column: int) -> None:
    """Let the sheet's dimension reach as far as a column."""
    dimension = root.find("{*}dimension")
    if dimension is None:
        return
    first, _, last = dimension.get("ref", "A1").partition(":")
    letters = (last or first).rstrip("0123456789")
    if column_number(letters) < column:
        row = (last or first).removeprefix(letters)
        dimension.set("ref", f"{first}:{column_letter(column)}{row}")


def _add(parent: "_Element", name: str) -> "_Element":
    from lxml import etree

    return etree.SubElement(parent, parent.tag.rpartition("}")[0] + "}" + name)


def _parse(content: bytes) -> "_Element":
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
