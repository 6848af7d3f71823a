"""Every way in which a form comes back: docs/returns.md, made from any issued form.

A case is a function of what was issued to the files that reach the inbox. `TEXTS` is what the unit
wrote; what a case does to it, and what the clerk should get, stands beside it in
tests/collect/test_returns.py.
"""

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from edu_sheet import form
from edu_sheet.form.layout import FORM_SHEET, META_SHEET
from edu_sheet.words.forms import Form
from edu_sheet.words.place import Position, column_letter
from tests.support.builders import fill

TEXTS = {
    1: "召开专题会议2次，印发方案。",
    2: "①完成摸底；\n②组织培训1次。",
    3: "已完成85%，其余按计划推进。",
    4: "=配合牵头部门完成数据核对",
    5: "与公安部门联合检查3次，𠮷家坪小学已整改。",
}


@dataclass(frozen=True)
class Issued:
    """What the unit got, and what it sends back when nothing goes wrong."""

    form: Form
    blank: bytes  # the form as it was issued
    other_unit: bytes  # another unit's form, filled in
    last_month: bytes  # the unit's own form of the month before, filled in
    master: bytes  # a master workbook that the program wrote
    plan: bytes  # the plan workbook

    @property
    def filled(self) -> bytes:
        return fill(self.blank, self.own(TEXTS))

    @property
    def places(self) -> dict[int, Position]:
        """序号 → row and column of its 进展情况."""
        by_key = form.progress_places(self.form)
        return {row.number: by_key[row.key] for row in self.form.rows}

    def own(self, texts: dict[int, str]) -> dict[int, str]:
        return {number: text for number, text in texts.items() if number in self.places}


Files = dict[str, bytes]
Make = Callable[[Issued], Files]


def one(data: bytes, name: str = "县教育局.xlsx") -> Files:
    return {name: data}


# ---------------------------------------------------------------- tools


def edit(data: bytes, change: Callable[[Worksheet, Any], object]) -> bytes:
    """Open a workbook with openpyxl, change its form sheet, and save it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book[FORM_SHEET], book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def edited(change: Callable[[Worksheet, Any, Issued], object]) -> Make:
    """Return a case: the filled form with one change."""
    return lambda issued: one(edit(issued.filled, lambda sheet, book: change(sheet, book, issued)))


def repack(
    data: bytes,
    changed: dict[str, bytes] | None = None,
    *,
    without: Iterable[str] = (),
    added: dict[str, bytes] | None = None,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Return a zip file with some members replaced, left out or added."""
    stream = io.BytesIO()
    left_out = set(without)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            if name not in left_out:
                new.writestr(name, (changed or {}).get(name, old.read(name)))
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode("utf-8")


def set_modified(data: bytes, at: str) -> bytes:
    """Return a workbook that says it was last saved at a moment: the same bytes whenever."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            held = old.read(part)
            if part == "docProps/core.xml":
                held = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + at.encode(), held)
            new.writestr(zipfile.ZipInfo(part), held)  # which says no time of its own
    return stream.getvalue()


def patched(name: str, change: Callable[[str], str]) -> Make:
    """Return a case: the filled form with the XML of one part changed."""

    def make(issued: Issued) -> Files:
        text = member(issued.filled, name)
        new = change(text)
        assert new != text, f"{name} was not changed"
        return one(repack(issued.filled, {name: new.encode("utf-8", "surrogatepass")}))

    return make


SHEET = "xl/worksheets/sheet1.xml"


def cell_xml(number: int, content: str) -> Make:
    """Return a case: the XML of one progress cell replaced by `content`, with {ref} and {style}."""

    def make(issued: Issued) -> Files:
        row, column = issued.places[number]
        ref = f"{column_letter(column)}{row}"
        text = member(issued.filled, SHEET)
        old = re.search(rf'<c r="{ref}"(?: s="(\d+)")?[^>]*?(?:/>|>.*?</c>)', text, re.DOTALL)
        assert old, ref
        new = content.format(ref=ref, style=old[1] or "0")
        data = repack(issued.filled, {SHEET: text.replace(old[0], new).encode()})
        return one(data)

    return make


def progress(issued: Issued, sheet: Worksheet, number: int) -> Any:
    return sheet.cell(*issued.places[number])


def typed(number: int, value: Any, number_format: str | None = None) -> Make:
    """Return a case: something that is no text stands in a progress cell."""

    def change(sheet: Worksheet, book: Any, issued: Issued) -> None:
        cell = progress(issued, sheet, number)
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return edited(change)


def written(number: int, text: str) -> Make:
    """Return a case: this text stands in a progress cell."""
    return lambda issued: one(fill(issued.blank, issued.own(TEXTS | {number: text})))


def png() -> bytes:
    """Return a picture of one grey dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\x80")
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


# ---------------------------------------------------------------- 1. names


def named(name: str) -> Make:
    return lambda issued: one(issued.filled, name)


# ---------------------------------------------------------------- 3. formats


def zipped(files: Callable[[Issued], Files], name: str = "报送材料.zip") -> Make:
    return lambda issued: one(make_zip(files(issued)), name)


def make_zip(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return stream.getvalue()


def gbk_zip(files: Files) -> bytes:
    """Return a zip whose names are GBK without saying so, as Windows makes them."""
    marks = {
        name: f"{'x' * (len(name.encode('gbk')) - 4)}.{index:03d}"
        for index, name in enumerate(files)
    }
    data = make_zip({marks[name]: content for name, content in files.items()})
    for name, mark in marks.items():
        data = data.replace(mark.encode("ascii"), name.encode("gbk"))
    return data


def as_csv(issued: Issued, encoding: str) -> bytes:
    """Return the filled form's sheet as a spreadsheet program saves it as CSV."""
    import csv

    sheet = openpyxl.load_workbook(io.BytesIO(issued.filled))[FORM_SHEET]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for row in sheet.iter_rows(values_only=True):
        writer.writerow(["" if value is None else value for value in row])
    return stream.getvalue().encode(encoding, "replace")


def encrypted(data: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def pasted(issued: Issued) -> bytes:
    """Return all cells' values pasted into a new workbook: no metadata, no protection."""
    old = openpyxl.load_workbook(io.BytesIO(issued.filled))[FORM_SHEET]
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in old.iter_rows():
        for cell in row:
            if cell.value is not None:
                new = sheet.cell(cell.row, cell.column)
                new.value = cell.value
                new.data_type = cell.data_type
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# ---------------------------------------------------------------- 4. structure


def unprotect(sheet: Worksheet, book: Any, issued: Issued) -> None:
    sheet.protection.disable()


def insert_row(sheet: Worksheet, book: Any, issued: Issued) -> None:
    insert_rows_keeping_heights(sheet, issued.places[2][0])


def insert_rows_keeping_heights(sheet: Worksheet, row: int) -> None:
    sheet.insert_rows(row)


def insert_row_with_text(sheet: Worksheet, book: Any, issued: Issued) -> None:
    row, column = issued.places[2]
    sheet.insert_rows(row)
    sheet.cell(row, column).value = "（接上）另完成整改2处。"


def delete_row(sheet: Worksheet, book: Any, issued: Issued) -> None:
    sheet.delete_rows(issued.places[4][0])


def copy_row(sheet: Worksheet, source: int, target: int) -> None:
    for column in range(1, 10):
        sheet.cell(target, column).value = sheet.cell(source, column).value


def duplicate_row(text: str | None) -> Callable[[Worksheet, Any, Issued], None]:
    def change(sheet: Worksheet, book: Any, issued: Issued) -> None:
        row, column = issued.places[2]
        sheet.insert_rows(row + 1)
        copy_row(sheet, row, row + 1)
        if text is not None:
            sheet.cell(row + 1, column).value = text

    return change


def sort_rows(sheet: Worksheet, book: Any, issued: Issued) -> None:
    rows = sorted(place[0] for place in issued.places.values())
    lines = [[sheet.cell(row, column).value for column in range(1, 10)] for row in rows]
    for row, line in zip(rows, reversed(lines), strict=True):
        for column, value in enumerate(line, 1):
            cell = sheet.cell(row, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"


def hide_row(sheet: Worksheet, book: Any, issued: Issued) -> None:
    sheet.row_dimensions[issued.places[3][0]].hidden = True


def insert_column(sheet: Worksheet, book: Any, issued: Issued) -> None:
    sheet.insert_cols(issued.places[1][1])


def header_row(issued: Issued) -> int:
    return min(place[0] for place in issued.places.values()) - 1


def header(text: str | None) -> Callable[[Worksheet, Any, Issued], None]:
    def change(sheet: Worksheet, book: Any, issued: Issued) -> None:
        sheet.cell(header_row(issued), issued.places[1][1]).value = text

    return change


def add_title_rows(sheet: Worksheet, book: Any, issued: Issued) -> None:
    merged = [str(area) for area in sheet.merged_cells.ranges]
    for area in merged:
        sheet.unmerge_cells(area)
    sheet.insert_rows(1, 2)
    sheet.cell(1, 1).value = "××局文件"


def renumber(form_of: Callable[[int], Any]) -> Callable[[Worksheet, Any, Issued], None]:
    def change(sheet: Worksheet, book: Any, issued: Issued) -> None:
        for number, (row, _) in issued.places.items():
            sheet.cell(row, 1).value = form_of(number)

    return change


def rename_sheet(sheet: Worksheet, book: Any, issued: Issued) -> None:
    sheet.title = "Sheet1"


def copy_sheet(sheet: Worksheet, book: Any, issued: Issued) -> None:
    book.copy_worksheet(sheet)


def copy_sheet_with_other_text(sheet: Worksheet, book: Any, issued: Issued) -> None:
    copy = book.copy_worksheet(sheet)
    copy.cell(*issued.places[1]).value = "副本里另写的内容。"


def without_metadata(sheet: Worksheet, book: Any, issued: Issued) -> None:
    del book[META_SHEET]
    book.custom_doc_props.props.clear()
    for name in list(book.defined_names):
        del book.defined_names[name]


def without_hidden_sheet(sheet: Worksheet, book: Any, issued: Issued) -> None:
    del book[META_SHEET]


def without_properties(sheet: Worksheet, book: Any, issued: Issued) -> None:
    book.custom_doc_props.props.clear()


def change_locked(sheet: Worksheet, book: Any, issued: Issued) -> None:
    sheet.cell(issued.places[1][0], 3).value = "①本单位自行改动的要求。"


def change_unit_title(sheet: Worksheet, book: Any, issued: Issued) -> None:
    for row in sheet.iter_rows(max_row=header_row(issued) - 1):
        for cell in row:
            if isinstance(cell.value, str) and "填报单位" in cell.value:
                cell.value = "填报单位：县财政局"


def change_period_title(sheet: Worksheet, book: Any, issued: Issued) -> None:
    for row in sheet.iter_rows(max_row=header_row(issued) - 1):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("期次"):
                cell.value = "期次：2023年1月"


def merge_progress(sheet: Worksheet, book: Any, issued: Issued) -> None:
    first, second = issued.places[1], issued.places[2]
    sheet.merge_cells(
        start_row=first[0], end_row=second[0], start_column=first[1], end_column=first[1]
    )


def forged_token(sheet: Worksheet, book: Any, issued: Issued) -> None:
    for item in book.custom_doc_props.props:
        item.value = item.value.replace("县教育局", "县财政局")


# ---------------------------------------------------------------- 5. answers in the wrong place


def write_at(rows: int, columns: int, text: str) -> Callable[[Worksheet, Any, Issued], None]:
    """Write beside the last task's progress cell: so many rows below, columns to the right."""

    def change(sheet: Worksheet, book: Any, issued: Issued) -> None:
        row, column = max(issued.places.values())
        sheet.cell(row + rows, column + columns).value = text

    return change


def answer_in_locked_cell(sheet: Worksheet, book: Any, issued: Issued) -> None:
    row, column = issued.places[1]
    sheet.cell(row, column).value = None
    sheet.cell(row, 3).value = "本单位已召开专题会议2次。"


def comment(sheet: Worksheet, book: Any, issued: Issued) -> None:
    progress(issued, sheet, 1).comment = Comment("批注里写的进展：已完成。", "科员")


def picture(sheet: Worksheet, book: Any, issued: Issued) -> None:
    row, column = issued.places[1]
    place = f"{column_letter(column)}{row}"
    sheet.add_image(Image(io.BytesIO(png())), place)


def extra_sheet(sheet: Worksheet, book: Any, issued: Issued) -> None:
    book.create_sheet("补充说明")["B3"].value = "另附：寄宿制学校建设已开工5所。"


def text_box(issued: Issued) -> Files:
    """Put a text box on the form, as Excel and WPS write one."""
    spaces = (
        'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    drawing = (
        f"<xdr:wsDr {spaces}><xdr:twoCellAnchor><xdr:from><xdr:col>3</xdr:col>"
        "<xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col>"
        "<xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/>'
        '<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r>'
        "<a:t>文本框里写的进展：已完成。</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )
    return one(_with_drawing(issued.filled, drawing))


def _with_drawing(data: bytes, drawing: str) -> bytes:
    return _with_part(
        data,
        "xl/drawings/drawing9.xml",
        drawing,
        "application/vnd.openxmlformats-officedocument.drawing+xml",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing",
        in_sheet='<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships" r:id="rIdNine"/>',
    )


def _with_part(
    data: bytes, name: str, content: str, kind: str, relation: str, in_sheet: str = ""
) -> bytes:
    """Return the workbook with one more part that its first sheet refers to."""
    relations = "xl/worksheets/_rels/sheet1.xml.rels"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    entry = f'<Relationship Id="rIdNine" Type="{relation}" Target="/{name}"/>'
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        names = old.namelist()
    changed = {
        "[Content_Types].xml": member(data, "[Content_Types].xml").replace(
            "</Types>", f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        )
    }
    added = {name: content.encode("utf-8")}
    if relations in names:
        changed[relations] = member(data, relations).replace(
            "</Relationships>", f"{entry}</Relationships>"
        )
    else:
        added[relations] = f'<Relationships xmlns="{package}">{entry}</Relationships>'.encode()
    if in_sheet:
        sheet = member(data, SHEET)
        before = "<legacyDrawing" if "<legacyDrawing" in sheet else "</worksheet>"
        changed[SHEET] = sheet.replace(before, in_sheet + before, 1)
    return repack(data, {key: text.encode("utf-8") for key, text in changed.items()}, added=added)


def threaded_comment(issued: Issued) -> Files:
    content = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="D5" dT="2022-12-29T08:00:00.00" '
        'personId="{00000000-0000-0000-0000-000000000001}" '
        'id="{00000000-0000-0000-0000-000000000002}"><text>会话批注里写的进展：已完成。</text>'
        "</threadedComment></ThreadedComments>"
    )
    return one(
        _with_part(
            issued.filled,
            "xl/threadedComments/threadedComment1.xml",
            content,
            "application/vnd.ms-excel.threadedcomments+xml",
            "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        )
    )


def embedded(issued: Issued) -> Files:
    return one(
        _with_part(
            issued.filled,
            "xl/embeddings/进展.docx",
            "PK not read",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package",
        )
    )


def strike(sheet: Worksheet, book: Any, issued: Issued) -> None:
    progress(issued, sheet, 1).font = Font(strike=True)


# ---------------------------------------------------------------- 8. hostile


def bomb_in_sheet(issued: Issued) -> Files:
    text = member(issued.filled, SHEET)
    blanks = " " * 300_000_000
    return one(
        repack(issued.filled, {SHEET: text.replace("<sheetData>", f"{blanks}<sheetData>").encode()})
    )


def bomb_in_media(issued: Issued) -> Files:
    return one(repack(issued.filled, added={"xl/media/image9.png": b"\0" * 300_000_000}))


def entity(doctype: str) -> Make:
    def change(text: str) -> str:
        head, _, body = text.partition("?>")
        return f"{head}?>{doctype}{body}"

    return patched(SHEET, change)


BILLION_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(9))
    + "]>"
)
EXTERNAL_ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def macros(issued: Issued) -> Files:
    types = member(issued.filled, "[Content_Types].xml").replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    data = repack(
        issued.filled,
        {"[Content_Types].xml": types.encode()},
        added={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 no code"},
    )
    return one(data, "县教育局.xlsm")


def share_texts(sheet: str) -> str:
    """Let the cells name shared strings, of which the workbook has none."""
    return re.sub(r't="inlineStr"><is>.*?</is>', 't="s"><v>0</v>', sheet, flags=re.DOTALL)


def stray_far_cell(text: str) -> str:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远处</t></is></c></row>'
    return text.replace("</sheetData>", f"{far}</sheetData>")


def million_rows(text: str) -> str:
    rows = "".join(f'<row r="{row}" ht="20" customHeight="1"/>' for row in range(1000, 1_001_000))
    return text.replace("</sheetData>", f"{rows}</sheetData>")


def dimension(area: str) -> Make:
    return patched(
        SHEET, lambda text: re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{area}"', text)
    )


def duplicate_member(issued: Issued) -> Files:
    import warnings

    text = member(issued.filled, SHEET).replace("专题会议2次", "专题会议9次")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return one(repack(issued.filled, added={SHEET: text.encode()}))


def strict(issued: Issued) -> Files:
    """Return the form in the Strict variant's namespaces."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(io.BytesIO(issued.filled)) as package:
        changed = {
            name: package.read(name)
            .decode("utf-8")
            .replace(main, "http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(relations, "http://purl.oclc.org/ooxml/officeDocument/relationships")
            .encode()
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
    return one(repack(issued.filled, changed))


def nfd(name: str) -> str:
    return unicodedata.normalize("NFD", name)


# ---------------------------------------------------------------- other programs


def backslashed(issued: Issued) -> Files:
    """Return the form as some programs of Windows pack it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(issued.filled)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name.replace("/", "\\")), old.read(name))
    return one(stream.getvalue())


def typed_as_sheetjs(issued: Issued) -> Files:
    part = "[Content_Types].xml"
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    listed = f'<Default Extension="bin" ContentType="{binary}"/>'
    types = member(issued.filled, part).replace("<Default ", f"{listed}<Default ", 1)
    return one(repack(issued.filled, {part: types.encode()}))


def broken_core(issued: Issued) -> Files:
    return one(repack(issued.filled, {"docProps/core.xml": b"<cp:coreProperties"}))


def _related(issued: Issued, kind: str, target: str) -> bytes:
    """Return the filled form whose sheet points to a part."""
    part = "xl/worksheets/_rels/sheet1.xml.rels"
    space = "http://schemas.openxmlformats.org"
    relation = (
        f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="rX"'
        f' Type="{space}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        "</Relationships>"
    )
    return repack(issued.filled, without=[part], added={part: relation.encode()})


def dangling(issued: Issued) -> Files:
    return one(_related(issued, "comments", "../comments7.xml"))


def form_control(issued: Issued) -> Files:
    data = _related(issued, "ctrlProp", "../ctrlProps/ctrlProp1.xml")
    return one(repack(data, added={"xl/ctrlProps/ctrlProp1.xml": b"<formControlPr/>"}))


def rows_without_place(text: str) -> str:
    return re.sub(r'<row r="\d+"', "<row", text)


def page_header(text: str) -> Make:
    written = f"<oddHeader>&amp;C{text}</oddHeader>"
    return patched(SHEET, lambda sheet: sheet.replace("<oddFooter>", f"{written}<oddFooter>"))
