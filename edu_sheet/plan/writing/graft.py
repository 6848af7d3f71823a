"""A sheet of a workbook of our own set into a workbook that a person edits."""

import zipfile
from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING

from edu_sheet.plan import package

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_RELATED, _TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_OWN_FORMATS = 164  # number formats below are the program's own
_BEFORE_NAMES = ("externalReferences", "functionGroups")  # the order that the schema asks for
_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


def with_sheet(data: bytes, donor: bytes) -> bytes:
    """Return a workbook with the only sheet of another behind its own, looks included.

    All else stays as it is. The donor is a workbook that XlsxWriter wrote, without drawings.
    """
    with zipfile.ZipFile(BytesIO(data)) as book, zipfile.ZipFile(BytesIO(donor)) as given:
        names = set(book.namelist())
        workbook = package.parse(book.read(_WORKBOOK))
        namespace = workbook.tag.removesuffix("workbook")
        styles = package.parse(book.read(_STYLES))
        looks = _merged(styles, _read(given, _STYLES, namespace))
        sheet = _read(given, "xl/worksheets/sheet1.xml", namespace)
        _bring(sheet, _strings(_read(given, "xl/sharedStrings.xml", namespace)), looks)
        source = _read(given, _WORKBOOK, namespace)
        number = next(n for n in range(1, 10_000) if f"xl/worksheets/sheet{n}.xml" not in names)
        related = package.parse(book.read(_RELATED))
        relation = _relate(related, workbook, number)
        _register(workbook, source, relation)
        types = package.parse(book.read(_TYPES))
        part = {"PartName": f"/xl/worksheets/sheet{number}.xml", "ContentType": _SHEET_TYPE}
        package.add(types, "Override", part)
    changed = {_WORKBOOK: workbook, _STYLES: styles, _RELATED: related, _TYPES: types}
    changed[f"xl/worksheets/sheet{number}.xml"] = sheet
    return package.rewritten(
        data, {name: package.serialised(root) for name, root in changed.items()}
    )


def _read(given: zipfile.ZipFile, member: str, namespace: str) -> "_Element":
    """Return a member of ours in the namespace of the person's workbook, strict or not."""
    content = given.read(member)
    ours = package.parse(content).tag.partition("}")[0] + "}"
    return package.parse(content.replace(ours[1:-1].encode(), namespace[1:-1].encode()))


def _strings(shared: "_Element") -> list[str]:
    return ["".join(text.text or "" for text in one.iter("{*}t")) for one in shared]


def _merged(styles: "_Element", own: "_Element") -> int:
    """Add our looks to a workbook's; return how far ours have moved."""
    moved = {name: _append(styles, own, group) for name, group in _PARTS.items()}
    formats = _number_formats(styles, own)
    cells, ours = styles.find("{*}cellXfs"), own.find("{*}cellXfs")
    if cells is None or ours is None:
        return 0
    first = len(cells)
    for look in map(deepcopy, ours):
        for name, offset in moved.items():
            look.set(name, str(int(look.get(name, "0")) + offset))
        number = look.get("numFmtId", "0")
        look.set("numFmtId", formats.get(number, number))
        look.set("xfId", "0")
        cells.append(look)
    cells.set("count", str(len(cells)))
    return first


def _append(styles: "_Element", own: "_Element", group: str) -> int:
    """Add one kind of look behind those that are there; return how many those are."""
    there, ours = styles.find(f"{{*}}{group}"), own.find(f"{{*}}{group}")
    if there is None or ours is None:
        return 0
    count = len(there)
    for one in ours:
        there.append(deepcopy(one))
    there.set("count", str(len(there)))
    return count


def _number_formats(styles: "_Element", own: "_Element") -> Mapping[str, str]:
    """Add our number formats under free numbers; return the numbers, old → new."""
    ours = own.find("{*}numFmts")
    if ours is None:
        return {}
    there = styles.find("{*}numFmts")
    if there is None:
        there = styles.makeelement(styles.tag.removesuffix("styleSheet") + "numFmts")
        styles.insert(0, there)
    free = max([_OWN_FORMATS, *(int(one.get("numFmtId", "0")) + 1 for one in there)])
    numbers = {}
    for number, one in enumerate(map(deepcopy, ours), free):
        numbers[one.get("numFmtId", "")] = str(number)
        one.set("numFmtId", str(number))
        there.append(one)
    there.set("count", str(len(there)))
    return numbers


def _bring(sheet: "_Element", strings: list[str], looks: int) -> None:
    """Make a sheet of ours independent of its workbook: texts in their cells, looks moved."""
    for view in sheet.iter("{*}sheetView"):
        view.attrib.pop("tabSelected", "")
    for element in sheet.iter("{*}c", "{*}row", "{*}col"):
        name = "style" if element.tag.endswith("}col") else "s"
        if element.get(name):
            element.set(name, str(int(element.get(name, "0")) + looks))
    for cell in sheet.iter("{*}c"):
        if cell.get("t") == "s":
            package.set_text(cell, strings[int(cell.findtext("{*}v") or 0)])


def _relate(related: "_Element", workbook: "_Element", number: int) -> str:
    used = {one.get("Id") for one in related}
    relation = next(f"rId{n}" for n in range(1, 10_000) if f"rId{n}" not in used)
    strict = "purl.oclc.org" in workbook.tag
    attributes = {
        "Id": relation,
        "Type": f"{package.RELATIONS[strict]}/worksheet",
        "Target": f"worksheets/sheet{number}.xml",
    }
    package.add(related, "Relationship", attributes)
    return relation


def _register(workbook: "_Element", source: "_Element", relation: str) -> None:
    """Name the sheet in its new workbook, and with it what is printed of it."""
    listed, own = workbook.find("{*}sheets"), source.find("{*}sheets/{*}sheet")
    if listed is None or own is None:
        return
    place = len(listed)
    number = max((int(one.get("sheetId", "0")) for one in listed), default=0) + 1
    strict = "purl.oclc.org" in workbook.tag
    attributes = {
        "name": own.get("name", ""),
        "sheetId": str(number),
        f"{{{package.RELATIONS[strict]}}}id": relation,
    }
    package.add(listed, "sheet", attributes)
    names = workbook.find("{*}definedNames")
    if names is None:
        names = workbook.makeelement(workbook.tag.removesuffix("workbook") + "definedNames")
        after = [workbook.find(f"{{*}}{name}") for name in _BEFORE_NAMES]
        next(one for one in (*after, listed) if one is not None).addnext(names)
    for one in map(deepcopy, source.iter("{*}definedName")):
        one.set("localSheetId", str(place))
        names.append(one)
