"""Odd and hostile workbooks, part by part: what no writing library would make."""

import gzip
import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
THREADED_REL = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Part = str | bytes


def archive(members: Iterable[tuple[str, Part]], *, packed: bool = True) -> bytes:
    """Return a zip of these members, in this order, duplicates and all."""
    stream = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            file.writestr(info, data)
    return stream.getvalue()


def gbk_named(name: str, data: bytes) -> bytes:
    """Return a zip as Chinese Windows makes it: the name in GBK, no flag that says so."""
    stand_in = "x" * len(name.encode("gbk"))
    made = archive([(stand_in, data)], packed=False)
    return made.replace(stand_in.encode(), name.encode("gbk"))


def flagged(made: bytes, bit: int) -> bytes:
    """Return a zip of one member with a bit of its flags set, in both of its headers."""
    changed = bytearray(made)
    central = made.rindex(b"PK\x01\x02")
    for at in (6, central + 8):
        (flags,) = struct.unpack_from("<H", changed, at)
        struct.pack_into("<H", changed, at, flags | bit)
    return bytes(changed)


def relations(entries: Mapping[str, tuple[str, str]], space: str = REL) -> str:
    """Return a relationships part: id → (type's last word or whole type, target)."""
    items = ""
    for key, (kind, target) in entries.items():
        full = kind if ":" in kind else f"{space}/{kind}"
        outside = ' TargetMode="External"' if target.startswith("external:") else ""
        goal = target.removeprefix("external:")
        items += f'<Relationship Id="{key}" Type="{full}" Target="{goal}"{outside}/>'
    return f'{_HEAD}<Relationships xmlns="{PACKAGE_REL}">{items}</Relationships>'


@dataclass
class Xlsx:
    """An xlsx with one sheet, 填报表, that can be bent out of shape before it is made."""

    data: Part = ""  # what stands in sheetData
    tail: str = ""  # what stands after sheetData
    before: str = ""  # what stands before sheetData
    strings: str | None = None  # the si elements
    styles: str | None = None  # what stands inside styleSheet
    book: str = ""  # what stands in the workbook after its sheets
    properties: str = ""  # workbookPr's attributes
    sheet_relations: dict[str, tuple[str, str]] = field(default_factory=dict)
    book_relations: dict[str, tuple[str, str]] = field(default_factory=dict)
    root_relations: dict[str, tuple[str, str]] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    strict: bool = False
    doctype: str = ""

    def members(self) -> list[tuple[str, Part]]:
        """Return the parts, in the order in which Excel writes them."""
        main, rel = (STRICT, STRICT_REL) if self.strict else (MAIN, REL)
        book_relations = {"rId1": ("worksheet", "worksheets/sheet1.xml"), **self.book_relations}
        parts: dict[str, Part] = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": relations(
                {"rId1": ("officeDocument", "xl/workbook.xml"), **self.root_relations}, rel
            ),
            "xl/workbook.xml": (
                f'{_HEAD}<workbook xmlns="{main}" xmlns:r="{rel}"><workbookPr {self.properties}/>'
                f'<sheets><sheet name="填报表" sheetId="1" r:id="rId1"/></sheets>{self.book}'
                "</workbook>"
            ),
        }
        if self.strings is not None:
            book_relations["rId8"] = ("sharedStrings", "sharedStrings.xml")
            parts["xl/sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{main}">{self.strings}</sst>'
        if self.styles is not None:
            book_relations["rId9"] = ("styles", "/xl/styles.xml")
            parts["xl/styles.xml"] = f'{_HEAD}<styleSheet xmlns="{main}">{self.styles}</styleSheet>'
        parts["xl/_rels/workbook.xml.rels"] = relations(book_relations, rel)
        parts["xl/worksheets/sheet1.xml"] = self._sheet(main, rel)
        if self.sheet_relations:
            name = "xl/worksheets/_rels/sheet1.xml.rels"
            parts[name] = relations(self.sheet_relations, rel)
        parts |= self.parts
        return [(name, part) for name, part in parts.items() if name not in self.without]

    def _sheet(self, main: str, rel: str) -> bytes:
        data = self.data if isinstance(self.data, bytes) else self.data.encode()
        head = (
            f'{_HEAD}{self.doctype}<worksheet xmlns="{main}" xmlns:r="{rel}">'
            f"{self.before}<sheetData>"
        )
        return head.encode() + data + f"</sheetData>{self.tail}</worksheet>".encode()

    def make(self) -> bytes:
        """Return the file."""
        return archive(self.members())


def _content_types() -> str:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
    )


def inline(text: str, cell: str = "A1") -> str:
    """Return a row with one cell that holds a text inside the sheet; text is XML already."""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def typed(text: str) -> bytes:
    """Return the plainest workbook that holds one text in A1."""
    return Xlsx(data=inline(text)).make()


def styles(*codes: str, struck: bool = False) -> str:
    """Return the inside of a styleSheet whose style n + 1 has the nth of these number formats."""
    formats = "".join(
        f'<numFmt numFmtId="{170 + n}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for n, code in enumerate(codes)
    )
    xfs = "".join(f'<xf numFmtId="{170 + n}" fontId="0"/>' for n in range(len(codes)))
    font = "<font><strike/></font>" if struck else "<font/>"
    return (
        f'<numFmts count="{len(codes)}">{formats}</numFmts><fonts>{font}</fonts>'
        f'<cellXfs><xf numFmtId="0" fontId="0"/>{xfs}</cellXfs>'
    )


def drawing(anchored: str, column: int = 3, row: int = 6) -> str:
    """Return a drawing part with one anchor at a column and row counted from 0."""
    return (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{DRAWING}" xmlns:r="{REL}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f"{anchored}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )


def text_box(*paragraphs: str) -> str:
    """Return a shape with text."""
    inside = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<xdr:sp><xdr:txBody>{inside}</xdr:txBody></xdr:sp>"


# ---------------------------------------------------------------- hostile


def _laughs() -> str:
    entities = ""
    for number in range(1, 10):
        ten = f"&l{number - 1};" * 10
        entities += f'<!ENTITY l{number} "{ten}">'
    return f'<!DOCTYPE worksheet [<!ENTITY l0 "哈">{entities}]>'


def _million_rows() -> bytes:
    rows = (
        f'<row r="{n}" s="1"><c r="A{n}" s="1"/><c r="B{n}" s="2"/></row>' for n in range(2, 10**6)
    )
    return inline("甲").encode() + "".join(rows).encode()


def hostile() -> dict[str, tuple[bytes, str]]:
    """Return hostile files by what they are, each with the code of the finding expected."""
    plain = Xlsx(data=inline("甲"))
    blanks = b" " * 150_000_000
    deep = "<a>" * 90_000 + "</a>" * 90_000
    return {
        "zip bomb in the sheet": (Xlsx(data=blanks).make(), "hostile"),
        "zip bomb in unused media": (
            Xlsx(data=inline("甲"), parts={"xl/media/a.bin": blanks}).make(),
            "hostile",
        ),
        "more than 200 MB in many parts": (
            Xlsx(parts={f"xl/m{n}.bin": b"\0" * 9_000_000 for n in range(25)}).make(),
            "too_large",
        ),
        "entity expansion": (Xlsx(data=inline("&l9;"), doctype=_laughs()).make(), "hostile"),
        "external entity": (
            Xlsx(
                data=inline("&x;"),
                doctype='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            ).make(),
            "hostile",
        ),
        "a bare DOCTYPE": (Xlsx(doctype="<!DOCTYPE w>").make(), "hostile"),
        "path in a member's name": (
            Xlsx(parts={"../../evil.xml": "<a/>"}).make(),
            "hostile",
        ),
        "absolute member's name": (Xlsx(parts={"/etc/evil": "<a/>"}).make(), "hostile"),
        "drive letter": (Xlsx(parts={"C:evil": "<a/>"}).make(), "hostile"),
        "path in a target": (
            Xlsx(sheet_relations={"r1": ("drawing", "../../../../etc/passwd")}).make(),
            "hostile",
        ),
        "packed twice, the second time without end": (
            gzip.compress(archive([("甲.bin", b"")]) + bytes(60_000_000)),
            "too_large",
        ),
        "a path in a member's name, with backslashes": (
            Xlsx(parts={"xl\\..\\..\\evil.xml": "<a/>"}).make(),
            "hostile",
        ),
        "the same part with slashes and with backslashes": (
            Xlsx(parts={"xl\\worksheets\\sheet1.xml": "<a/>"}).make(),
            "hostile",
        ),
        "a flat ods with a DOCTYPE": (
            flat_ods("").replace(b"<office:document", b"<!DOCTYPE a><office:document", 1),
            "hostile",
        ),
        "a cell of a flat ods without end": (
            flat_ods(f'<table:table table:name="甲">{_endless_row()}</table:table>'),
            "too_large",
        ),
        "duplicate part": (
            archive([*plain.members(), ("xl/Worksheets/Sheet1.xml", "<a/>")]),
            "hostile",
        ),
        "the same cell twice": (Xlsx(data=inline("甲") + inline("乙")).make(), "hostile"),
        "overlapping columns": (
            Xlsx(before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 9 + "</cols>").make(),
            "hostile",
        ),
        "too many members": (
            archive([*plain.members(), *((f"xl/x{n}", "") for n in range(2_100))]),
            "too_large",
        ),
        "too many cells": (
            Xlsx(
                data="".join(
                    f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 200_100)
                )
            ).make(),
            "too_large",
        ),
        "a row beyond the last": (Xlsx(data=inline("甲", "A1048577")).make(), "too_large"),
        "a column beyond the last": (Xlsx(data=inline("甲", "XFE1")).make(), "too_large"),
        "a text of five million characters": (
            Xlsx(data=inline("".join(chr(0x4E00 + n % 20_000) for n in range(5_000_000)))).make(),
            "too_large",
        ),
        "more elements than a tree may hold": (
            Xlsx(book="<a/>" * 400_000).make(),
            "too_large",
        ),
        "elements nested deeply": (Xlsx(data=inline("甲"), book=deep).make(), "hostile"),
        "one part named a thousand times": (_named_again(), "too_large"),
        "a number format that takes long": (_slow_formats(), ""),
        "shared formulas that take long": (_slow_formulas(), ""),
        "strings without end": (
            Xlsx(data=inline("甲"), strings="<si/>" * 790_000).make(),
            "",
        ),
        "attributes without end": (
            Xlsx(
                data=inline("甲"), tail="<a " + " ".join(f'a{n}=""' for n in range(300_000)) + "/>"
            ).make(),
            "",
        ),
        "a million formatted rows": (Xlsx(data=_million_rows()).make(), ""),
        "a stray cell in the last corner": (
            Xlsx(data=inline("甲") + inline("乙", "XFD1048576")).make(),
            "",
        ),
        "dimension of one cell": (
            Xlsx(before='<dimension ref="A1"/>', data=inline("甲") + inline("乙", "C9")).make(),
            "",
        ),
        "dimension of the whole sheet": (
            Xlsx(before='<dimension ref="A1:XFD1048576"/>', data=inline("甲")).make(),
            "",
        ),
        "truncated": (plain.make()[:-200], "damaged"),
        "shared strings missing": (
            Xlsx(data='<row r="1"><c r="A1" t="s"><v>0</v></c></row>').make(),
            "damaged",
        ),
        "sheet part missing": (
            Xlsx(data=inline("甲"), without=("xl/worksheets/sheet1.xml",)).make(),
            "damaged",
        ),
        "workbook part missing": (
            Xlsx(data=inline("甲"), without=("xl/workbook.xml",)).make(),
            "damaged",
        ),
        "relationships missing": (
            Xlsx(data=inline("甲"), without=("_rels/.rels",)).make(),
            "damaged",
        ),
        "bad checksum": (_bad_checksum(), "damaged"),
        "no XML": (Xlsx(parts={"xl/workbook.xml": "plain text"}).make(), "damaged"),
        "a tag left open": (Xlsx(data='<row r="1">').make(), "damaged"),
        "empty": (b"", "empty_file"),
        "random bytes": (
            bytes((n * 7919 + n // 256) % 256 for n in range(5_000)),
            "format_unknown",
        ),
    }


def _endless_row() -> str:
    cell = "<table:table-cell><text:p>甲</text:p></table:table-cell>"
    wide = cell.replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="9999"'
    )
    return f'<table:table-row table:number-rows-repeated="9999">{wide}</table:table-row>'


def _named_again() -> bytes:
    noise = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(1_000_000))
    part = f"<comments><commentList/><x>{noise}</x></comments>"
    again = {f"r{n}": ("comments", "../comments1.xml") for n in range(1_000)}
    return Xlsx(sheet_relations=again, parts={"xl/comments1.xml": part}).make()


def _slow_formats() -> bytes:
    codes = [f"{'mhsm' * 60}&quot;{n}&quot;" for n in range(2_000)]
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="{n % 2_000 + 1}"><v>{n}.5</v></c></row>'
        for n in range(2, 60_000)
    )
    return Xlsx(data=inline("甲") + rows, styles=styles(*codes)).make()


def _slow_formulas() -> bytes:
    master = "+".join(["B1"] * 2_000)
    shared = '<c r="A{0}"><f t="shared" si="0">{1}</f></c>'
    rows = (
        f'<row r="{n}">{shared.format(n, master if n == 2 else "")}</row>' for n in range(2, 50_000)
    )
    return Xlsx(data=inline("甲") + "".join(rows)).make()


def _bad_checksum() -> bytes:
    made = bytearray(archive(Xlsx(data=inline("甲乙丙丁")).members(), packed=False))
    at = made.index("甲乙丙丁".encode())
    made[at : at + 3] = "戊".encode()
    return bytes(made)


# ---------------------------------------------------------------- other kinds


_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
    )
)
_SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def ods(
    body: str, *, styles: str = "", meta: str = "", extra: Mapping[str, Part] | None = None
) -> bytes:
    """Return an ods whose spreadsheet holds this body."""
    content = (
        f"{_HEAD}<office:document-content {_SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts: dict[str, Part] = {
        "mimetype": SPREADSHEET,
        "content.xml": content,
        "meta.xml": (
            f"{_HEAD}<office:document-meta {_SPACES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>"
        ),
        **(extra or {}),
    }
    return archive(parts.items())


def page_styles(header: str, footer: str = "") -> str:
    """Return the master styles of an ods whose pages have this header and footer."""
    return (
        '<office:master-styles><style:master-page style:name="Default">'
        f"<style:header>{header}</style:header><style:footer>{footer}</style:footer>"
        "</style:master-page></office:master-styles>"
    )


def styles_part(inside: str) -> str:
    """Return the part of an ods that holds its page styles."""
    return f"{_HEAD}<office:document-styles {_SPACES}>{inside}</office:document-styles>"


def flat_ods(body: str, *, meta: str = "", masters: str = "") -> bytes:
    """Return the same as one XML file (.fods)."""
    return (
        f'{_HEAD}<office:document {_SPACES} office:mimetype="{SPREADSHEET}">'
        f"<office:meta>{meta}</office:meta>{masters}<office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document>"
    ).encode()
