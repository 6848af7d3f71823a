"""What a person drew into a master: openpyxl drops it on saving, so that it must be known before.

Pure but for reading the bytes given.
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator

_RELATION = re.compile(rb"<Relationship\b[^>]*?>")
_ATTRIBUTE = re.compile(rb'(Type|Target|Id)="([^"]*)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?>")
_NAME = re.compile(rb'\bname="([^"]*)"')
_LINK = re.compile(rb'\b\w+:id="([^"]*)"')
_SHAPES = re.compile(rb"<(?:\w+:)?(sp|pic|cxnSp|grpSp|graphicFrame)\b")
_CHART = b"graphicFrame"
_OTHER = (  # part of a member's name → what a person calls it
    ("xl/embeddings/", "嵌入的文件"),
    ("xl/activeX/", "控件"),
    ("xl/ctrlProps/", "控件"),
    ("xl/cellimages", "单元格里的图片"),
    ("xl/threadedComments/", "带回复的批注"),
    ("xl/slicers/", "切片器"),
    ("xl/vbaProject", "宏"),
)


def drawn(data: bytes, charts: Callable[[str], int]) -> list[str]:
    """Return what a person put into a workbook that would be lost, as 表“总表”上的图形.

    `charts` says how many charts of the program's a sheet of that name has.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        found = [what for part, what in _OTHER if any(part in name for name in names)]
        for sheet, drawing in _drawings(archive):
            shapes = _SHAPES.findall(archive.read(drawing))
            if shapes.count(_CHART) > charts(sheet) or set(shapes) - {_CHART}:
                found.append(f"表“{sheet}”上的图形、图片或图表")
    return list(dict.fromkeys(found))


def _drawings(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield (sheet, drawing part) of every sheet that has one."""
    book = archive.read("xl/workbook.xml")
    targets = {one[b"Id"]: one for one in _relations(archive, "xl/workbook.xml")}
    for sheet in _SHEET.findall(book):
        name, link = _NAME.search(sheet), _LINK.search(sheet)
        if not name or not link or link[1] not in targets:
            continue
        part = _part("xl/workbook.xml", targets[link[1]][b"Target"])
        for one in _relations(archive, part):
            if one[b"Type"].endswith(b"/drawing"):
                drawing = _part(part, one[b"Target"])
                if drawing in archive.namelist():
                    yield _unescaped(name[1]), drawing


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[dict[bytes, bytes]]:
    folder, name = posixpath.split(part)
    member = f"{folder}/_rels/{name}.rels"
    if member in archive.namelist():
        for one in _RELATION.findall(archive.read(member)):
            yield dict(_ATTRIBUTE.findall(one))


def _part(source: str, target: bytes) -> str:
    path = target.decode()
    if path.startswith("/"):
        return path[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))


def _unescaped(name: bytes) -> str:
    return html.unescape(name.decode())
