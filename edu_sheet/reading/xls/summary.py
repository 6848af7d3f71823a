"""The properties beside an OLE workbook: custom ones, when it was saved, macros, embedded files.

[MS-OLEPS] 2.21 (property set stream), 2.18.2 (dictionary), 2.15 (typed values).
"""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from edu_sheet.reading.refusal import damaged
from edu_sheet.reading.values import cleaned

_DOCUMENT = "\x05DocumentSummaryInformation"
_SUMMARY = "\x05SummaryInformation"
_CUSTOM = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")  # FMTID_UserDefinedProperties
_SAVED = 13  # PIDSI_LASTSAVE_DTM
_UNICODE = 1200
_PROPERTIES = 1_000
_BROKEN = (OSError, LookupError, ValueError, TypeError, AttributeError, struct.error)


@dataclass(frozen=True, slots=True)
class Summary:
    """What an OLE file tells beside its workbook."""

    properties: dict[str, str] = field(default_factory=dict)
    modified: datetime | None = None
    macros: bool = False
    embedded: tuple[str, ...] = ()
    broken: bool = False  # properties or the time are not told, for their streams are broken


def summary(data: bytes) -> Summary:
    """Return what stands beside the workbook. Refusal if the container is damaged."""
    import olefile

    if not olefile.isOleFile(data=data):
        return Summary()
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            names = ["/".join(path) for path in container.listdir()]
            custom, saved, broken = _signals(container, names)
            return Summary(
                custom,
                saved,
                any(name.startswith("_VBA_PROJECT_CUR/") for name in names),
                tuple(sorted({name.partition("/")[0] for name in names if _is_embedded(name)})),
                broken,
            )
    except _BROKEN as error:
        raise damaged("xls_structure") from error


def _signals(container: Any, names: Sequence[str]) -> tuple[dict[str, str], datetime | None, bool]:
    """Return the custom properties, when it was saved, and whether any of it is broken."""
    custom: dict[str, str] = {}
    saved, broken = None, False
    try:
        if _DOCUMENT in names:
            custom = _custom(container.openstream(_DOCUMENT).read())
    except _BROKEN:
        broken = True
    try:
        if _SUMMARY in names:
            saved = _saved(container.openstream(_SUMMARY).read())
    except _BROKEN:
        broken = True
    return custom, saved, broken


def _is_embedded(name: str) -> bool:
    """Return whether a stream belongs to an embedded file: Excel keeps each in MBD…, by number."""
    return name.startswith("MBD") and "/" in name


def _sections(stream: bytes) -> dict[bytes, bytes]:
    """Return the sections of a property set stream by their format's id."""
    (count,) = struct.unpack_from("<I", stream, 24)
    found = {}
    for number in range(min(count, 2)):
        at = 28 + 20 * number
        (offset,) = struct.unpack_from("<I", stream, at + 16)
        found[stream[at : at + 16]] = stream[offset:]
    return found


def _offsets(section: bytes) -> dict[int, int]:
    (count,) = struct.unpack_from("<I", section, 4)
    if count > _PROPERTIES:
        raise ValueError(count)
    pairs = (struct.unpack_from("<II", section, 8 + 8 * number) for number in range(count))
    return dict(pairs)


def _custom(stream: bytes) -> dict[str, str]:
    section = _sections(stream).get(_CUSTOM)
    if section is None:
        return {}
    offsets = _offsets(section)
    page = struct.unpack_from("<H", section, offsets[1] + 4)[0] if 1 in offsets else _UNICODE
    names = _dictionary(section, offsets[0], page) if 0 in offsets else {}
    found = {}
    for number, name in names.items():
        value = _value(section, offsets[number], page) if number in offsets else None
        if value is not None:
            found[name] = cleaned(value)[0]
    return found


def _dictionary(section: bytes, at: int, page: int) -> dict[int, str]:
    """Return the names of the properties by number."""
    (count,) = struct.unpack_from("<I", section, at)
    at += 4
    found = {}
    for _ in range(min(count, _PROPERTIES)):
        number, length = struct.unpack_from("<II", section, at)
        size = 2 * length if page == _UNICODE else length
        found[number] = _decoded(section[at + 8 : at + 8 + size], page)
        at += 8 + (size + 3 & ~3 if page == _UNICODE else size)
    return found


def _value(section: bytes, at: int, page: int) -> str | None:
    """Return a property's value as text, None for types that no clerk's program writes."""
    (kind,) = struct.unpack_from("<I", section, at)
    if kind in (30, 31):  # VT_LPSTR, VT_LPWSTR: a count of bytes, or of characters
        (length,) = struct.unpack_from("<I", section, at + 4)
        size, page = (2 * length, _UNICODE) if kind == 31 else (length, page)
        return _decoded(section[at + 8 : at + 8 + size], page)
    if kind in (2, 3, 19, 22, 23):  # integers
        return str(struct.unpack_from("<h" if kind == 2 else "<i", section, at + 4)[0])
    if kind == 5:
        return f"{struct.unpack_from('<d', section, at + 4)[0]:.15g}"
    if kind == 11:
        return "true" if section[at + 4 : at + 6] != b"\0\0" else "false"
    return None


def _decoded(raw: bytes, page: int) -> str:
    encoding = {_UNICODE: "utf-16-le", 65001: "utf-8", 936: "gb18030"}.get(page, f"cp{page}")
    return raw.decode(encoding, "replace").rstrip("\0")


def _saved(stream: bytes) -> datetime | None:
    section = next(iter(_sections(stream).values()), b"")
    at = _offsets(section).get(_SAVED)
    if at is None:
        return None
    (ticks,) = struct.unpack_from("<Q", section, at + 4)  # of 100 ns, since 1601
    if not 0 < ticks < 3_000_000 * 10**12:
        return None
    return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
