"""A plan workbook's package and XML: one sheet changed or added, every other member as it was.

A workbook that openpyxl saves has lost its charts, shapes and text boxes, and with them what a
person drew.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from io import BytesIO
from typing import TYPE_CHECKING

from edu_sheet.words.place import column_letter, column_number

if TYPE_CHECKING:
    from lxml.etree import _Element

    Fill = Callable[[_Element, int, "_Element | None"], None]

_WIDTH = "12"  # of a hidden column
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def rewritten(data: bytes, contents: Mapping[str, bytes]) -> bytes:
    """Return a package with these members in place of their namesakes, or added behind the rest."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            content = contents.get(info.filename)
            new.writestr(info, old.read(info) if content is None else content)
        for name in contents.keys() - set(old.namelist()):
            new.writestr(name, contents[name], zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def members(data: bytes) -> dict[str, str]:
    """Return the name of the member that holds each sheet, by the sheet's title.

    KeyError if a member is missing that another one needs.
    """
    with zipfile.ZipFile(BytesIO(data)) as book:
        return _members(book)


def member_of(book: zipfile.ZipFile, title: str) -> str:
    """Return the name of the member that holds a sheet; KeyError where there is none."""
    return _members(book)[title]


def _members(book: zipfile.ZipFile) -> dict[str, str]:
    workbook = _workbook_of(book)
    folder, name = posixpath.split(workbook)
    targets = _targets(book, folder, f"{folder}/_rels/{name}.rels")
    return {
        element.get("name", ""): targets[relation][0]
        for element in parse(book.read(workbook)).iter("{*}sheet")
        for namespace in RELATIONS
        if (relation := element.get(f"{{{namespace}}}id")) in targets
    }


def _workbook_of(book: zipfile.ZipFile) -> str:
    """Return the name of the member that names the sheets, be it the usual one or another."""
    if "_rels/.rels" in book.namelist():
        for target, kind in _targets(book, "", "_rels/.rels").values():
            if kind.endswith("/officeDocument"):
                return target
    return "xl/workbook.xml"


def _targets(book: zipfile.ZipFile, folder: str, relations: str) -> dict[str, tuple[str, str]]:
    """Return the member and the kind of each relation of a member in that folder, by its Id."""
    found = {}
    for one in parse(book.read(relations)).iter(f"{_PACKAGE}Relationship"):
        member = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        found[one.get("Id", "")] = (member, one.get("Type", ""))
    return found


def parse(content: bytes) -> "_Element":
    """Return the root of a member's XML, whatever entities it names left alone."""
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def serialised(root: "_Element") -> bytes:
    """Return a member's XML as bytes."""
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def computed_cells(data: bytes, title: str) -> dict[tuple[int, int], bool]:
    """Return the cells of a sheet whose value is not what a person typed, by row and column.

    True for a formula, False for an error that stands there without one.
    """
    return {place: cell.find("{*}f") is not None for place, cell in _computed(data, title).items()}


def unanswered_formulas(data: bytes, title: str) -> dict[tuple[int, int], str]:
    """Return the formulas of a sheet that have no result, by row and column.

    A program that is no spreadsheet wrote them: nobody has seen what they give.
    """
    return {
        place: f"={(formula.text or '').strip()}"
        for place, cell in _computed(data, title).items()
        if (formula := cell.find("{*}f")) is not None
        and not cell.findtext("{*}v")
        and cell.find("{*}is") is None
    }


_MARKS = (b"<f", b":f", b'="e"', b"='e'")  # at the least, and found much faster
_MAY_COMPUTE = re.compile(rb"<(?:\w+:)?f[\s/>]|\bt=[\"']e[\"']")


def _computed(data: bytes, title: str) -> "dict[tuple[int, int], _Element]":
    """Return the cells of a sheet that hold a formula or an error."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        member = book.read(member_of(book, title))
    plain = not any(mark in member for mark in _MARKS) or not _MAY_COMPUTE.search(member)
    if plain and b"\0" not in member[:4]:
        return {}  # the usual sheet, told without taking it apart
    cells = parse(member).find("{*}sheetData")
    found = {}
    for number, row in numbered_rows(cells).items() if cells is not None else ():
        column = 0
        for cell in row.iterchildren("{*}c"):
            letters = cell.get("r", "").rstrip("0123456789")
            column = column_number(letters) if letters else column + 1
            if cell.get("t") == "e" or cell.find("{*}f") is not None:
                found[number, column] = cell
    return found


def add(parent: "_Element", name: str, attributes: dict[str, str] | None = None) -> "_Element":
    """Return a new last child in its parent's namespace."""
    from lxml import etree

    return etree.SubElement(parent, parent.tag.rpartition("}")[0] + "}" + name, attributes or {})


def numbered_rows(data: "_Element") -> "dict[int, _Element]":
    """Return the rows by number; a row that does not say its number follows the one before."""
    rows = {}
    number = 0
    for row in data.iterchildren("{*}row"):
        number = int(row.get("r") or number + 1)
        rows[number] = row
    return rows


def new_row(cells: "_Element", rows: "dict[int, _Element]", number: int) -> "_Element":
    """Return a new row of a sheet in its place among the others."""
    row = add(cells, "row", {"r": str(number)})
    following = [rows[other] for other in sorted(rows) if other > number]
    if following:
        following[0].addprevious(row)
    rows[number] = row
    return row


def set_text(cell: "_Element", text: str) -> None:
    """Put a text into a cell, or nothing for ""; its format stays."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    if not text:
        return
    cell.set("t", "inlineStr")
    inline = add(cell, "is")
    add(inline, "t").text = text


def with_texts(
    data: bytes, title: str, cells: Mapping[tuple[int, int], str], hide: int | None = None
) -> bytes:
    """Return a workbook with texts in cells of one sheet, every other member as it was.

    `cells` are (row, column) → text, rows that are there; "" empties one. `hide` hides a column.
    """

    def put(root: "_Element", sheet: "_Element") -> None:
        rows = numbered_rows(sheet)
        for (row, column), text in cells.items():
            if row in rows:
                set_text(cell_of(rows[row], row, column), text)
        if hide is not None:
            _hide(root, hide, sheet)
            extend(root, 1, hide)

    return _changed(data, title, put)


def with_rows(
    data: bytes, title: str, fills: "Sequence[Fill]", *, after: int, model: int, width: int
) -> bytes:
    """Return a workbook with rows below one of a sheet, every other member as it was.

    Each of `fills` is given its row, the row's number and the row numbered `model`, whose look the
    new ones may take: None where there is none. `width` is the last column that they reach.
    """

    def put(root: "_Element", sheet: "_Element") -> None:
        rows = numbered_rows(sheet)
        like = rows.get(model)
        for number, fill in enumerate(fills, after + 1):
            row = rows.get(number)
            fill(new_row(sheet, rows, number) if row is None else row, number, like)
            extend(root, number, width)

    return _changed(data, title, put)


def _changed(data: bytes, title: str, change: "Callable[[_Element, _Element], None]") -> bytes:
    """Return a workbook in which one sheet was changed, as it was where that has no cells."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        member = member_of(book, title)
        root = parse(book.read(member))
    sheet = root.find("{*}sheetData")
    if sheet is None:
        return data
    change(root, sheet)
    return rewritten(data, {member: serialised(root)})


def set_number(cell: "_Element", number: str) -> None:
    """Put a number into a cell; its format stays."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    add(cell, "v").text = number


def style_of(row: "_Element | None", column: int) -> str:
    """Return the number of the format of a row's cell, "" where it has none."""
    cells = row.iterchildren("{*}c") if row is not None else ()
    wanted = column_letter(column)
    return next(
        (one.get("s", "") for one in cells if one.get("r", "").rstrip("0123456789") == wanted), ""
    )


def take_style(cell: "_Element", model: "_Element | None", column: int) -> None:
    """Give a cell that has no style the one that a row has in a column."""
    style = style_of(model, column)
    if style and not cell.get("s"):
        cell.set("s", style)


def cell_of(row: "_Element", number: int, column: int) -> "_Element":
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


def extend(root: "_Element", row: int, column: int) -> None:
    """Extend the sheet's dimension to include a cell."""
    dimension = root.find("{*}dimension")
    if dimension is None:
        return
    first, _, last = dimension.get("ref", "A1").partition(":")
    letters = (last or first).rstrip("0123456789")
    rows = int((last or first).removeprefix(letters))
    corner = f"{column_letter(max(column, column_number(letters)))}{max(row, rows)}"
    dimension.set("ref", f"{first}:{corner}")


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
