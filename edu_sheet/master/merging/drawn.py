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
_EXTENSION = re.compile(
    rb"""<(?:\w+:)?ext\b[^>]*?\buri=["']([^"']*)["'][^>]*>(.*?)</(?:\w+:)?ext>""", re.DOTALL
)
_RULE = re.compile(rb'<(?:\w+:)?cfRule\b[^>]*?\btype="([^"]*)"')
_EXTENSIONS = {  # what Excel 2010 and later keep apart from a sheet's older rules
    b"{78C0D931-6437-407D-A8EE-F0AAD7539E65}": "图标集或引用别的工作表的条件格式",
    b"{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}": "引用别的工作表的下拉列表",
    b"{05C60535-1F16-4FD2-B633-F4F36F0B64E0}": "迷你图",
}
_OTHER = (  # part of a member's name → what a person calls it
    ("xl/embeddings/", "嵌入的文件"),
    ("xl/activeX/", "控件"),
    ("xl/ctrlProps/", "控件"),
    ("xl/cellimages", "单元格里的图片"),
    ("xl/richData/", "单元格里的图片"),
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
        for sheet, part in _sheets(archive):
            found += [f"表“{sheet}”上的{what}" for what in _on_sheet(archive, sheet, part, charts)]
    return list(dict.fromkeys(found))


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield (sheet, its part) of every sheet."""
    book = archive.read("xl/workbook.xml")
    targets = {one[b"Id"]: one for one in _relations(archive, "xl/workbook.xml")}
    for sheet in _SHEET.findall(book):
        name, link = _NAME.search(sheet), _LINK.search(sheet)
        if name and link and link[1] in targets:
            yield _unescaped(name[1]), _part("xl/workbook.xml", targets[link[1]][b"Target"])


def _on_sheet(
    archive: zipfile.ZipFile, sheet: str, part: str, charts: Callable[[str], int]
) -> Iterator[str]:
    names = archive.namelist()
    for one in _relations(archive, part):
        target = _part(part, one[b"Target"])
        if one[b"Type"].endswith(b"/drawing") and target in names:
            shapes = _SHAPES.findall(archive.read(target))
            if shapes.count(_CHART) > charts(sheet) or set(shapes) - {_CHART}:
                yield "图形、图片或图表"
        if one[b"Type"].endswith(b"/image"):
            yield "背景图片"
    said = archive.read(part) if part in names else b""
    if b"legacyDrawingHF" in said:
        yield "页眉页脚里的图片"
    for uri, rules in _EXTENSION.findall(said):
        what = _EXTENSIONS.get(uri.upper())
        if what and set(_RULE.findall(rules)) != {b"dataBar"}:  # of a bar there is an older rule
            yield what


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
