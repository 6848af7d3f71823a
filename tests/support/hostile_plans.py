"""Plans, and plan workbooks, that are built to take gigabytes or minutes."""

import io
import zipfile
from collections.abc import Callable

from tests.support.returns import repack
from tests.support.workbooks import Xlsx, archive, hostile, inline

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def _docx(body: str) -> bytes:
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return archive(
        [
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ]
    )


def documents() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Return documents by what they are: ending, and how each is made."""
    tables = "<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000
    span = '<w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
    cell = f"<w:tc>{span}<w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
    return {
        "docx: tables in tables": ("docx", lambda: _docx(tables)),
        "docx: a text of 100 MB": (
            "docx",
            lambda: _docx(f"<w:p><w:r><w:t>{'x' * 100_000_000}</w:t></w:r></w:p>"),
        ),
        "docx: cells over all columns": (
            "docx",
            lambda: _docx(f"<w:tbl>{f'<w:tr>{cell * 20}</w:tr>' * 20_000}</w:tbl>"),
        ),
        "docx: two million paragraphs": ("docx", lambda: _docx("<w:p/>" * 2_000_000)),
        "docx: a zip bomb": (
            "docx",
            lambda: archive([("word/document.xml", b" " * 180_000_000)]),
        ),
        "md: a row of ten million bars": ("md", lambda: b"|" * 10_000_000 + b"\n|---|\n"),
        "md: a rule of a million dashes": (
            "md",
            lambda: b"|a|\n" + b"|:" + b"-" * 1_000_000 + b"x\n",
        ),
        "md: tags without end": ("md", lambda: b"<" * 5_000_000),
        "xlsx: a cell of 300 MB": ("xlsx", lambda: Xlsx(data=b" " * 300_000_000).make()),
        "xlsx: a stray cell in the last corner": (
            "xlsx",
            lambda: Xlsx(data=inline("甲") + inline("乙", "XFD1048576")).make(),
        ),
        **{
            f"xlsx: {name}": ("xlsx", lambda data=data: data)  # type: ignore[misc]
            for name, (data, _) in hostile().items()
            if name in {"entity expansion", "a million formatted rows", "strings without end"}
        },
    }


def workbooks() -> dict[str, Callable[[bytes], bytes]]:
    """Return what is done to a plan workbook, by what it is then."""
    return {
        "a cell of 300 MB": lambda plan: _with(plan, inline("x" * 300_000_000, "A9000")),
        "a stray cell in the last corner": lambda plan: _with(plan, inline("乙", "XFD1048576")),
        "a million formatted rows": lambda plan: _with(
            plan, "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(9_000, 1_000_000))
        ),
        "a zip bomb beside the sheets": lambda plan: _beside(plan, bytes(400_000_000)),
        "a roster of a million cells": lambda plan: _with(
            plan,
            "".join(f'<row r="{n}">{inline("甲", f"A{n}")}</row>' for n in range(9_000, 600_000)),
            "xl/worksheets/sheet2.xml",
        ),
        "a unit list of two million letters": lambda plan: _with(
            plan, f'<row r="900">{inline("县教育局等" * 400_000, "C900")}</row>'
        ),
    }


def masters() -> dict[str, Callable[[bytes], bytes]]:
    """Return what is done to a master, by what it is then."""
    return {
        "a cell of 300 MB": lambda made: _with(made, inline("x" * 300_000_000, "A9000")),
        "a stray cell in the last corner": lambda made: _with(made, inline("乙", "XFD1048576")),
        "a million formatted rows": lambda made: _with(
            made, "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(9_000, 1_000_000))
        ),
        "half a million texts": lambda made: _with(
            made,
            "".join(f'<row r="{n}">{inline("甲", f"A{n}")}</row>' for n in range(9_000, 500_000)),
        ),
        "a zip bomb beside the sheets": lambda made: _beside(made, bytes(400_000_000)),
        "no workbook at all": lambda _: b"PK\x03\x04" + bytes(1_000_000),
    }


def _beside(book: bytes, content: bytes) -> bytes:
    return repack(book, {"xl/drawings/drawing99.xml": content, "xl/media/a.png": content})


def _with(plan: bytes, rows: str, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(plan)) as package:
        sheet = package.read(name)
    return repack(plan, {name: sheet.replace(b"</sheetData>", rows.encode() + b"</sheetData>", 1)})
