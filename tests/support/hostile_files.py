"""Files that are built to take gigabytes or minutes, of every kind that comes in from outside."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from tests.support import hostile_ole, letters
from tests.support.returns import make_zip, repack
from tests.support.workbooks import (
    DRAWING,
    REL,
    XDR,
    Xlsx,
    archive,
    flat_ods,
    hostile,
    inline,
    ods,
    relations,
)

Make = Callable[[bytes], bytes]  # of a genuine form that is filled in
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def files() -> Iterator[tuple[str, str, Make]]:
    """Yield what each is, its ending, and how it is made of a genuine form."""
    for name, (data, _) in hostile().items():
        yield f"xlsx: {name}", "xlsx", partial(_as_it_is, data)
    for name, make in _WORKBOOKS.items():
        yield f"xlsx: {name}", "xlsx", make
    for ending, cases in _OTHERS.items():
        for name, made in cases.items():
            yield f"{ending}: {name}", ending, partial(_made, made)
    for name, ending, made in hostile_ole.files():
        yield f"{ending}: {name}", ending, partial(_made, made)


def _as_it_is(data: bytes, _: bytes) -> bytes:
    return data


def _made(make: Callable[[], bytes], _: bytes) -> bytes:
    return make()


# ---------------------------------------------------------------- genuine forms with more in them


def _member(form: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(form)) as package:
        return package.read(name)


def _with_cells(cells: str) -> Make:
    def make(form: bytes) -> bytes:
        name = "xl/worksheets/sheet1.xml"
        sheet = _member(form, name)
        head = sheet.index(b"<sheetData>") + len(b"<sheetData>")
        end = sheet.index(b'<row r="2"')
        row = f'<row r="1">{cells}</row>'.encode()
        return repack(form, {name: sheet[:head] + row + sheet[end:]})

    return make


def _columns() -> Iterator[str]:
    for number in range(2, 16_385):
        letters_, rest = "", number
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters_ = chr(65 + digit) + letters_
        yield letters_


def _beside(kind: str, part: str) -> Make:
    """Return a form whose first sheet has one more part beside it."""

    def make(form: bytes) -> bytes:
        rels = "xl/worksheets/_rels/sheet1.xml.rels"
        parts = {
            rels: relations({"rId77": (kind, "../hostile1.xml")}).encode(),
            "xl/hostile1.xml": part.encode(),
        }
        return repack(form, without=parts, added=parts)

    return make


def _nested(tag: str, depth: int, text: str) -> str:
    return f"<{tag}>" * depth + text + f"</{tag}>" * depth


def _threaded(depth: int, size: int) -> Make:
    inner = _nested("text", depth, "甲" * size)
    comment = '<threadedComment ref="D5">' * depth + inner + "</threadedComment>" * depth
    return _beside(
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        f'<ThreadedComments xmlns="{_THREADED}">{comment}</ThreadedComments>',
    )


def _shared(text: str, count: int) -> Make:
    """Return a form with a sheet beside it in which one string stands in many cells."""

    def make(_: bytes) -> bytes:
        rows = "".join(
            f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, count + 1)
        )
        return Xlsx(data=rows, strings=f"<si><t>{text}</t></si>").make()

    return make


def _comments(count: int) -> Make:
    inside = "".join(
        f'<comment ref="D{n}" authorId="0"><text><t>进展{n}</t></text></comment>'
        for n in range(1, count + 1)
    )
    part = (
        f'<comments xmlns="{_MAIN}"><authors><author/></authors>'
        f"<commentList>{inside}</commentList></comments>"
    )
    return _beside("comments", part)


def _drawing(depth: int, size: int) -> Make:
    text = f"<a:t>{'甲' * size}</a:t>"
    shape = f"<xdr:sp><xdr:txBody>{_nested('a:p', depth, text)}"
    part = (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{DRAWING}" xmlns:r="{REL}"><xdr:twoCellAnchor>'
        f"{shape}</xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
    )
    return _beside("drawing", part)


def _vml(depth: int, size: int) -> Make:
    part = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox>'
        f"{_nested('div', depth, '甲' * size)}</v:textbox></v:shape></xml>"
    )
    return _beside("vmlDrawing", part)


def _headers_and_footers() -> str:
    return "<headerFooter>" + "".join(
        f"<oddHeader>&amp;L进展{n}</oddHeader>" for n in range(100_000)
    )


_WORKBOOKS: dict[str, Make] = {
    "16,000 cells above the table": _with_cells(
        "".join(
            f'<c r="{column}1" t="inlineStr"><is><t>进展{column}</t></is></c>'
            for column in list(_columns())[:16_000]
        )
    ),
    "text in text in comments in comments": _threaded(48, 1_000_000),
    "text in text in comments, smaller": _threaded(20, 100_000),
    "one string of 300,000 letters in 20,000 cells": _shared("甲" * 300_000, 20_000),
    "one legal string in 20,000 cells": _shared("甲" * 32_767, 20_000),
    "forty long strings of blanks that look filled": _shared("\u200b" * 300_000, 20_000),
    "45,000 comments": _comments(45_000),
    "paragraphs in paragraphs in a drawing": _drawing(90, 1_000_000),
    "blocks in blocks in an old text box": _vml(90, 1_000_000),
    "a hundred thousand page headers": lambda _: Xlsx(
        data=inline("甲"), tail=f"{_headers_and_footers()}</headerFooter>"
    ).make(),
    "a hundred thousand merged areas": lambda _: Xlsx(
        data=inline("甲"),
        tail="<mergeCells>"
        + "".join(f'<mergeCell ref="A{n}:D{n + 9}"/>' for n in range(1, 100_000))
        + "</mergeCells>",
    ).make(),
    "names in names": lambda _: Xlsx(
        data=inline("甲"), book=_nested("definedName", 90, "甲" * 1_000_000)
    ).make(),
    "two hundred thousand rows of one task": lambda _: Xlsx(
        data="".join(
            f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 190_000)
        ),
        strings="<si><t>序号</t></si>",
    ).make(),
}


# ---------------------------------------------------------------- other kinds


def _overlapping() -> bytes:
    """Return a zip of 1,999 entries that all point at one member."""
    data = bytes(range(256)) * 400
    made = archive([("一.csv", data)])
    start = made.index(b"PK\x01\x02")
    end = made.index(b"PK\x05\x06")
    central = made[start:end]
    many = b"".join(
        central.replace("一.csv".encode(), f"{n:04}".encode().ljust(len("一.csv".encode()), b"_"))
        for n in range(1_999)
    )
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1_999, 1_999, len(many), start, 0)
    return made[:start] + many + tail


def _junk_zip(ending: str, content: bytes) -> bytes:
    return archive([(f"{n:04}.{ending}", content + str(n).encode()) for n in range(1_999)])


def _workbooks(count: int, text: str = "甲") -> bytes:
    """Return a zip of workbooks, no two of them alike."""
    made = (Xlsx(data=inline(f"{text}{n}")).make() for n in range(count))
    return archive([(f"{n:04}.xlsx", data) for n, data in enumerate(made)])


def _many(ending: str, content: bytes, count: int = 1_999) -> bytes:
    """Return a zip of files of a kind, no two of them alike."""
    return archive([(f"{n:04}.{ending}", content + b"%d,\r\n" % n) for n in range(count)])


def _mail(*, head: bytes = b"", body: bytes = b"", kind: bytes = b"text/plain") -> bytes:
    return (
        b"From: <a@b.test>\r\nTo: <c@d.test>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        + head
        + b"Content-Type: "
        + kind
        + b"\r\n\r\n"
        + body
    )


def _multiparts(depth: int, lines: int) -> bytes:
    head = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1)
        for n in range(depth)
    )
    return _mail(body=head + b"x\r\n" * lines, kind=b"multipart/mixed; boundary=b0")


def _letters_in_letters(page: bytes, count: int) -> bytes:
    parts = [
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + _mail(body=page, kind=b"text/html")
        for _ in range(count)
    ]
    body = b"\r\n".join([*parts, b"--b--"])
    return _mail(body=body, kind=b"multipart/mixed; boundary=b")


def _pieces_of_a_name(count: int) -> bytes:
    pieces = b"".join(b"; filename*%d=a" % n for n in range(count))
    return _mail(head=b"Content-Disposition: attachment" + pieces + b"\r\n")


def _endless_xls() -> bytes:
    bof = struct.pack("<HHHHHHLL", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    record = struct.pack("<HH", 0x00FC, 8) + struct.pack("<LL", 0x7FFFFFFF, 0x7FFFFFFF)
    return bof + record * 100_000


def _csv(text: str) -> bytes:
    return text.encode()


def _table(inside: str) -> str:
    return f'<table:table table:name="甲">{inside}</table:table>'


_CELL = "<table:table-cell><text:p>甲</text:p></table:table-cell>"
_WIDE = _CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="9999"')
_ENDLESS = f'<table:table-row table:number-rows-repeated="9999">{_WIDE}</table:table-row>'

_OTHERS: dict[str, dict[str, Callable[[], bytes]]] = {
    "ods": {
        "a cell that is repeated without end": lambda: ods(_table(_ENDLESS)),
        "spans in spans": lambda: ods(
            _table(
                "<table:table-row><table:table-cell><text:p>"
                f"{_nested('text:span', 90, '甲' * 900_000)}"
                "</text:p></table:table-cell></table:table-row>"
            )
        ),
        "two hundred thousand annotations": lambda: ods(
            _table(
                "<table:table-row><table:table-cell>"
                + "<office:annotation><text:p>甲</text:p></office:annotation>" * 200_000
                + "</table:table-cell></table:table-row>"
            )
        ),
        "a zip bomb": lambda: ods("", extra={"Pictures/a": bytes(150_000_000)}),
    },
    "fods": {
        "a cell that is repeated without end": lambda: flat_ods(_table(_ENDLESS)),
        "elements nested deeply": lambda: flat_ods("<a>" * 90_000 + "</a>" * 90_000),
        "a cell of thirty million letters": lambda: flat_ods(
            _table(f"<table:table-row>{_CELL.replace('甲', 'x' * 30_000_000)}</table:table-row>")
        ),
    },
    "xls": {
        "records without end": _endless_xls,
        "an OLE file that points at itself": lambda: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + bytes(range(1, 200)) * 5_000
        ),
    },
    "csv": {
        "ten million separators": lambda: _csv("," * 9_900_000),
        "two million rows": lambda: _csv("甲,乙\n" * 1_000_000),
        "one quotation mark": lambda: _csv('"' + "甲," * 2_000_000),
        "question marks among ideographs": lambda: ("进展?" * 2_000_000).encode("gb18030") + b",\n",
    },
    "zip": {
        "1,999 entries of one member": _overlapping,
        "1,999 pieces of junk": lambda: _junk_zip("bin", b"\0junk"),
        "a bomb": lambda: archive([("表.xlsx", bytes(180_000_000))]),
        "a zip in a zip in a zip": lambda: make_zip(
            {"a.zip": make_zip({"b.zip": make_zip({"c.zip": make_zip({"d.csv": b"a,b\n"})})})}
        ),
        "1,999 workbooks of nobody": lambda: _workbooks(1_999),
        "1,999 tables of text": lambda: _many("csv", "甲,乙\n".encode() * 3_000),
        "1,900 workbooks in two zips": lambda: make_zip(
            {f"{n}.zip": _workbooks(950, f"{n}") for n in range(2)}
        ),
        "letters in a zip in a letter": lambda: make_zip(
            {
                f"{n}.eml": letters.eml(letters.attachment(_many("eml", _mail(body=b"x"), 40)))
                for n in range(40)
            }
        ),
        "twenty thousand members": lambda: archive([(f"{n}", b"") for n in range(20_100)]),
    },
    "gz": {
        "a bomb": lambda: gzip.compress(archive([("甲.bin", b"")]) + bytes(60_000_000)),
        "a workbook of blanks": lambda: gzip.compress(Xlsx(data=b" " * 140_000_000).make()),
    },
    "eml": {
        "a megabyte of semicolons": lambda: _mail(
            head=b'Content-Disposition: attachment; x="' + b";" * 1_000_000 + b"\r\n"
        ),
        "300,000 quoted semicolons in a name": lambda: _mail(
            kind=b'text/plain; name="' + b'\\";' * 300_000
        ),
        "60,000 pieces of a file's name": lambda: _pieces_of_a_name(60_000),
        "90 multiparts around a million lines": lambda: _multiparts(90, 1_000_000),
        "a million parts": lambda: _mail(
            body=b"--b\r\n\r\nx\r\n" * 1_000_000, kind=b"multipart/mixed; boundary=b"
        ),
        "half a million headers": lambda: _mail(head=b"X-A: b\r\n" * 500_000),
        "200 letters of script tags": lambda: _letters_in_letters(b"<script" * 2_850, 200),
        "200 letters of comments": lambda: _letters_in_letters(b"<!--" * 5_000, 200),
        "ten thousand letters in each other": lambda: (
            b"Content-Type: message/rfc822\r\n\r\n" * 10_000 + _mail(body=b"x")
        ),
        "1,999 pieces of junk": lambda: letters.eml(
            *(
                letters.attachment(
                    b"\0junk%d" % n, b'Content-Disposition: attachment; filename="%d.bin"' % n
                )
                for n in range(1_999)
            )
        ),
        "a bomb in a zip": lambda: letters.eml(
            letters.attachment(archive([("a.xlsx", bytes(180_000_000))]))
        ),
    },
    "msg": {
        "an endless directory": lambda: letters.msg("x", "甲" * 3_000_000, "a@b.test", {}),
        "a thousand files": lambda: letters.msg(
            "x", "y", "a@b.test", {f"{n}.bin": b"\0%d" % n for n in range(500)}
        ),
    },
    "dat": {
        "properties without end": lambda: (
            struct.pack("<IH", 0x223E9F78, 1)
            + struct.pack("<BHHI", 2, 0x9002, 6, 0)
            + bytes(2)
            + struct.pack("<BHHI", 2, 0x9005, 6, 40_000_000)
            + struct.pack("<I", 0xFFFFFFFF)
            + bytes(40_000_000)
        ),
        "attributes that claim two gigabytes": lambda: (
            struct.pack("<IH", 0x223E9F78, 1)
            + (struct.pack("<BHHI", 2, 0x800F, 6, 0x7FFFFFFF) + bytes(9)) * 1_000_000
        ),
        "five hundred files": lambda: letters.winmail(
            *((f"{n}.bin", f"{n}.bin", b"\0%d" % n) for n in range(499))
        ),
    },
    "mbox": {
        "a megabyte of semicolons": lambda: (
            b"From a@b.test Mon Dec  5 09:00:00 2022\n"
            + _mail(head=b"Content-Disposition: attachment; x=" + b";" * 1_000_000 + b"\r\n")
        ),
    },
    "html": {
        "script tags without end": lambda: b"<html>" + b"<script" * 2_000_000,
    },
    "pdf": {
        "fifty megabytes of nothing": lambda: b"%PDF-1.7\n" + bytes(49_000_000),
    },
}
