"""What xlrd does not show of a BIFF8 stream: text boxes, pictures, charts, which cells compute.

[MS-XLS]: OBJ 2.4.181, TXO 2.4.329, MSODRAWING 2.4.171, BOUNDSHEET 2.4.28, SUPBOOK 2.4.271.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from edu_sheet.reading.refusal import damaged
from edu_sheet.words.book import ObjectKind

_BOF, _EOF, _BOUNDSHEET, _FORMULA, _CONTINUE = 0x809, 0x0A, 0x85, 0x06, 0x3C
_OBJ, _TXO, _DRAWING, _SUPBOOK = 0x5D, 0x1B6, 0xEC, 0x1AE
_PAGE_TEXTS = (0x14, 0x15)  # HEADER, FOOTER
_WORKSHEET, _MACROS, _CHART_SHEET = 0, 1, 2
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"  # OfficeArtClientAnchorSheet and its length, 18
_CHART, _PICTURE, _NOTE, _COMBO = 5, 8, 0x19, 0x14
_EMBEDDED_PICTURE = b"\x09\x00"  # ftPictFmla stands in the OBJ of an embedded file
_OWN_BOOK = (b"\x01\x04", b"\x01\x3a")  # a SUPBOOK of this very workbook, or of add-ins


@dataclass(slots=True)
class Drawn:
    """An object as its records tell it; row and column from 0, -1 where no anchor says."""

    kind: ObjectKind
    row: int = -1
    column: int = -1
    text: str = ""
    certain: bool = True  # a shape counts only if it has text


@dataclass(slots=True)
class Extras:
    """What lies on one sheet beside what xlrd shows."""

    formulas: dict[tuple[int, int], bytes] = field(default_factory=dict)  # as they are stored
    page_texts: list[str] = field(default_factory=list)
    objects: list[Drawn] = field(default_factory=list)
    broken: bool = False  # some of it could not be read


@dataclass(slots=True)
class Beside:
    """What a workbook holds beside what xlrd shows."""

    sheets: list[Extras] = field(default_factory=list)  # of worksheets, as xlrd counts them
    charts: list[str] = field(default_factory=list)  # the names of sheets that are charts
    macros: bool = False  # there is a sheet of Excel 4 macros
    linked: bool = False


def extras(data: bytes) -> Beside:
    """Return the extras of each worksheet, in the workbook's order. Refusal if it is damaged."""
    stream = _workbook(data)
    found = Beside()
    if stream[:2] != b"\x09\x08" or stream[4:6] != b"\x00\x06":
        return found  # BIFF5 and older keep their objects otherwise; no program writes them now
    try:
        for kind, body in _records(stream, 0):
            if kind == _BOUNDSHEET:
                _take_sheet(found, stream, body)
            elif kind == _SUPBOOK and body[2:4] not in _OWN_BOOK:
                found.linked = True
    except (struct.error, IndexError) as error:
        raise damaged("xls_records") from error
    return found


def _take_sheet(found: Beside, stream: bytes, body: bytes) -> None:
    """Take in a sheet by its BOUNDSHEET: where it begins, what it is, its name."""
    offset, kind = struct.unpack_from("<IxB", body)
    if kind == _WORKSHEET:
        found.sheets.append(_extras(stream, offset))
    elif kind == _CHART_SHEET:
        found.charts.append(_text(body[7:]))
    found.macros = found.macros or kind == _MACROS


def _workbook(data: bytes) -> bytes:
    import olefile

    if not olefile.isOleFile(data=data):
        return data  # a bare BIFF stream
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for name in ("Workbook", "Book"):
                if container.exists(name):
                    stream: bytes = container.openstream(name).read()
                    return stream
    except (OSError, LookupError, ValueError, TypeError, AttributeError, struct.error) as error:
        raise damaged("xls_structure") from error
    raise damaged("workbook_missing")


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a BOF to its EOF; those of charts inside it are left out."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + size]
        offset += 4 + size
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, body


def _extras(stream: bytes, offset: int) -> Extras:
    """Return what lies on a sheet: all that was found before a record that is broken."""
    found = Extras()
    try:
        _take_records(found, stream, offset)
    except (struct.error, IndexError, ValueError):
        found.broken = True
    found.objects = [item for item in found.objects if item.certain or item.text.strip()]
    return found


def _take_records(found: Extras, stream: bytes, offset: int) -> None:
    current: Drawn | None = None
    left = 0  # characters of a text that are still to come
    anchor = -1, -1
    for kind, body in _records(stream, offset):
        if kind == _FORMULA:
            row, column = struct.unpack_from("<HH", body)
            found.formulas[row, column] = body[20:]
        elif kind in _PAGE_TEXTS and len(body) > 3:
            found.page_texts.append(_text(body[2:]))
        elif kind == _DRAWING:
            anchor = _place(body) or anchor
        elif kind == _OBJ:
            current = _object(body, anchor)
            if current:
                found.objects.append(current)
        elif kind == _TXO:
            (left,) = struct.unpack_from("<H", body, 10)
        elif kind == _CONTINUE and left > 0:
            text = _text(body)
            left -= len(text)
            if current:
                current.text += text


def _place(body: bytes) -> tuple[int, int] | None:
    at = body.rfind(_ANCHOR)
    if at < 0:
        return None
    column, _, row = struct.unpack_from("<HHH", body, at + len(_ANCHOR) + 2)
    return row, column


def _object(body: bytes, anchor: tuple[int, int]) -> Drawn | None:
    """Return what an OBJ record stands for, None for comments and drop-down arrows."""
    if body[:2] != b"\x15\x00":
        return None
    (kind,) = struct.unpack_from("<H", body, 4)
    if kind in (_NOTE, _COMBO):
        return None  # xlrd shows the comments
    if kind == _CHART:
        return Drawn(ObjectKind.CHART, *anchor)
    if kind == _PICTURE:
        embedded = _EMBEDDED_PICTURE in _parts(body)
        return Drawn(ObjectKind.EMBEDDED if embedded else ObjectKind.PICTURE, *anchor)
    return Drawn(ObjectKind.TEXT_BOX, *anchor, certain=False)


def _parts(body: bytes) -> set[bytes]:
    """Return the types of the sub-records of an OBJ record."""
    found, at = set(), 0
    while at + 4 <= len(body):
        found.add(body[at : at + 2])
        at += 4 + struct.unpack_from("<H", body, at + 2)[0]
    return found


def _text(body: bytes) -> str:
    wide = body[:1] == b"\x01"
    return body[1:].decode(
        "utf-16-le" if wide else "latin-1", "surrogatepass" if wide else "strict"
    )
