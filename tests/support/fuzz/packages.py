"""Zip files taken apart once and put together often, right or wrong in every field."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tests.support.fuzz import octets

_LOCAL, _CENTRAL, _END = (
    struct.Struct("<4s5H3I2H"),
    struct.Struct("<4s6H3I5H2I"),
    struct.Struct("<4s4H2IH"),
)
_FIELDS = ("version", "flags", "method", "time", "date", "crc", "packed", "size")
_WIDE = ("crc", "packed", "size", "offset", "attributes")
_NAMES = (
    b"", b"../x", b"/etc/x", b"C:\\x", b"xl\\workbook.xml", b"\0", b"a" * 300, b"_rels/.rels", b"x/",
    b"xl/workbook.xml", b"XL/WORKBOOK.XML", b"[Content_Types].xml", b"xl/sharedStrings.xml", b"\xff",
    b"content.xml", b"mimetype", b"word/document.xml", b"xl/vbaProject.bin", b"~$x.xlsx",
    b"__MACOSX/._x", "表.xlsx".encode("gbk"), "表.xlsx".encode(), b"con", b"a.zip/b", b"\xe2\x80\xaex",
)  # fmt: skip
_DATES = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT[\d:.]+Z?(?=<)")


class Part(NamedTuple):
    """A member: its name, what it holds, and that as it is packed."""

    name: bytes
    raw: bytes
    packed: bytes
    crc: int
    utf8: bool = True


class _Member(NamedTuple):
    part: Part
    method: int = 8
    said: Mapping[str, int] = {}  # what its own header says instead of the truth
    listed: Mapping[str, int] = {}  # what the list says instead
    listed_name: bytes | None = None


@lru_cache(4096)
def part(name: bytes, raw: bytes) -> Part:
    """Return a member, packed once."""
    pack = zlib.compressobj(1, zlib.DEFLATED, -15)
    return Part(name, raw, pack.compress(raw) + pack.flush(), zlib.crc32(raw))


@lru_cache(64)
def parts(data: bytes) -> tuple[Part, ...]:
    """Return the members of a zip file that is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return tuple(part(one.filename.encode(), opened.read(one)) for one in opened.infolist())


def fresh(name: bytes, raw: bytes) -> Part:
    """Return a member that will not come again, packed in the least time."""
    pack = zlib.compressobj(1, zlib.DEFLATED, -15)
    return Part(name, raw, pack.compress(raw) + pack.flush(), zlib.crc32(raw))


def plain(data: bytes) -> bytes:
    """Return a zip file of Office's without the moment it was made: the next one is the same."""
    found = (part(one.name, undated(one.raw)) for one in parts(data))
    return packed([*found])


def undated(raw: bytes) -> bytes:
    """Return XML with one moment for all moments."""
    return _DATES.sub(b"2022-12-08T09:00:00Z", raw)


def packed(members: Sequence[Part]) -> bytes:
    """Return a zip file, right in every field."""
    return _packed([_Member(one) for one in members])


def changed(members: Sequence[Part], chance: random.Random) -> bytes:
    """Return a zip file with something wrong in it as a zip file."""
    made = [_Member(one) for one in members]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        if made:
            _change(made, chance)
    end: dict[str, int] = {}
    if chance.random() < 0.15:
        end[chance.choice(("disk", "here", "count", "size", "offset"))] = _number(chance) & 0xFFFF
    data = _packed(made, end, chance.choice((b"", b"", b"", b"x", b"PK\5\6" + bytes(18))))
    way = chance.random()
    if way < 0.06:
        return chance.choice((b"MZ", b"\r\n", bytes(3000), b"From: a\r\n")) + data
    if way < 0.1:
        return data[: chance.randrange(len(data))]
    return data + bytes(chance.randrange(70)) if way < 0.13 else data


def _change(made: list[_Member], chance: random.Random) -> None:
    at, way = chance.randrange(len(made)), chance.random()
    one = made[at]
    if way < 0.15:
        del made[at]
    elif way < 0.25:
        made.insert(chance.randrange(len(made)), one)
    elif way < 0.35:
        name = chance.choice((*_NAMES, one.part.name.upper(), chance.choice(made).part.name))
        made[at] = one._replace(part=one.part._replace(name=name))
    elif way < 0.4:
        made[at] = one._replace(listed_name=chance.choice(_NAMES))
    elif way < 0.45:
        made.insert(at, _Member(fresh(chance.choice(_NAMES), chance.choice(made).part.raw)))
    elif way < 0.5:
        made[at] = one._replace(method=0)
    elif way < 0.55:
        chance.shuffle(made)
    elif way < 0.65:
        made[at] = one._replace(
            part=one.part._replace(packed=octets.changed(one.part.packed, chance))
        )
    elif way < 0.7:
        made[at] = one._replace(part=one.part._replace(utf8=False))
    else:
        field, number = chance.choice((*_FIELDS, "offset", "attributes", "extra")), _number(chance)
        wrong = {field: number}
        which = chance.choice(("said", "listed", "both"))
        said = {**one.said, **wrong} if which != "listed" else one.said
        listed = {**one.listed, **wrong} if which != "said" else one.listed
        made[at] = one._replace(said=said, listed=listed)


def _number(chance: random.Random) -> int:
    return chance.choice(
        (*octets.NUMBERS, 9, 12, 14, 95, 99, 0o120777 << 16, chance.randrange(2**20))
    )


def _packed(
    made: Sequence[_Member], end: Mapping[str, int] | None = None, comment: bytes = b""
) -> bytes:
    out, listed, at = list[bytes](), list[bytes](), 0
    for one in made:
        body = one.part.packed if one.method == 8 else one.part.raw
        true = {
            "version": 20, "flags": 0x800 * one.part.utf8, "method": one.method, "time": 0,
            "date": 0x5588, "crc": one.part.crc, "packed": len(body), "size": len(one.part.raw),
            "offset": at, "attributes": 0, "extra": 0,
        }  # fmt: skip
        name = one.part.name
        head = _LOCAL.pack(b"PK\3\4", *_said(true, one.said), len(name), 0)
        said = _said(true, one.listed)
        shown = name if one.listed_name is None else one.listed_name
        rest = true | dict(one.listed)
        extra = struct.pack("<HH", 1, 0)[: rest["extra"] & 4]
        listed += (
            _CENTRAL.pack(
                b"PK\1\2", 20, *said, len(shown), len(extra), 0, 0, 0,
                rest["attributes"] & 0xFFFFFFFF, rest["offset"] & 0xFFFFFFFF,
            ),
            shown,
            extra,
        )  # fmt: skip
        out += (head, name, body)
        at += len(head) + len(name) + len(body)
    tail = b"".join(listed)
    count = len(made)
    true = {"disk": 0, "here": count, "count": count, "size": len(tail), "offset": at} | dict(
        end or {}
    )
    fields = (true["disk"] & 0xFFFF, 0, true["here"] & 0xFFFF, true["count"] & 0xFFFF)
    last = _END.pack(b"PK\5\6", *fields, true["size"], true["offset"], len(comment))
    return b"".join((*out, tail, last, comment))


def _said(true: Mapping[str, int], wrong: Mapping[str, int]) -> list[int]:
    merged = {**true, **wrong}
    return [merged[name] & (0xFFFFFFFF if name in _WIDE else 0xFFFF) for name in _FIELDS]
