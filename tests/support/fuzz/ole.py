"""Compound files: their tables and directory, and the records and storages inside, changed."""

import io
import random
import struct
from collections.abc import Iterator
from functools import lru_cache

import olefile

from tests.support import letters
from tests.support.fuzz import octets

_DOCUMENT = "\x05DocumentSummaryInformation"
_ENTRY = ((64, 2), (66, 1), (67, 1), (68, 4), (72, 4), (76, 4), (116, 4), (120, 4), (124, 4))
_STREAM_NAMES = (
    "Workbook", "Book", "__properties_version1.0", "__substg1.0_3701000D", "__substg1.0_37010102",
    "__substg1.0_3707001F", "__substg1.0_0037001E", "__attach_version1.0_#00000001", "_VBA_PROJECT",
    "EncryptedPackage", "\x05SummaryInformation", "x" * 31,
)  # fmt: skip
_RECORDS = (
    0x0A,
    0x3C,
    0x85,
    0x809,
    0xFC,
    0xFD,
    0xE5,
    0x1C,
    0x1B6,
    0xEC,
    0x5D,
    0x31,
    0xE0,
    0x41E,
    6,
)


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return a compound file with numbers in its header, its tables or its directory changed."""
    made = bytearray(data)
    sectors = len(made) // 512
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        way = chance.random()
        number = chance.choice((*octets.NUMBERS, chance.randrange(max(1, sectors))))
        if way < 0.25:
            at, width = 24 + 2 * chance.randrange(26), chance.choice((2, 4))
        elif way < 0.5:
            table = int.from_bytes(data[76:80], "little")
            at, width = (table + 1) * 512 + 4 * chance.randrange(128), 4
        elif way < 0.9:
            directory = int.from_bytes(data[48:52], "little")
            place, width = chance.choice(_ENTRY)
            at = (directory + 1) * 512 + 128 * chance.randrange(24) + place
        else:
            return octets.changed(data, chance)
        if at + width <= len(made):
            made[at : at + width] = (number & (256**width - 1)).to_bytes(width, "little")
    return bytes(made)


# ---------------------------------------------------------------- xls


@lru_cache(8)
def _streams(data: bytes) -> tuple[tuple[tuple[int, bytes], ...], bytes]:
    """Return the records of a workbook's stream, and its document properties."""
    with olefile.OleFileIO(io.BytesIO(data)) as opened:
        workbook = opened.openstream("Workbook").read()
        beside = opened.openstream(_DOCUMENT).read() if opened.exists(_DOCUMENT) else b""
    return tuple(_records(workbook)), beside


def undated(data: bytes) -> bytes:
    """Return an xls without the stream that says when it was made."""
    with olefile.OleFileIO(io.BytesIO(data)) as opened:
        return letters.ole({one: opened.openstream(one).read() for one in ("Workbook", _DOCUMENT)})


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def workbook(data: bytes, chance: random.Random) -> bytes:
    """Return an xls with some records changed, gone, twice or elsewhere."""
    found, beside = _streams(data)
    records = [*found]
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        at, way = chance.randrange(len(records)), chance.random()
        kind, content = records[at]
        if way < 0.5 and content:
            records[at] = kind, _numbers(content, chance)
        elif way < 0.65:
            del records[at]
        elif way < 0.75:
            records[at:at] = [records[at]] * chance.choice((1, 1, 50))
        elif way < 0.85:
            records.insert(chance.randrange(len(records)), records[at])
        elif way < 0.92:
            records[at] = chance.choice(_RECORDS), content
        else:
            records[at] = kind, octets.changed(content, chance)[:8224]
    stream = b"".join(struct.pack("<HH", kind, len(content)) + content for kind, content in records)
    if beside and chance.random() < 0.1:
        beside = octets.changed(beside, chance)
    return letters.ole({"Workbook": stream} | ({_DOCUMENT: beside} if beside else {}))


def _numbers(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return b"\0"
    made = bytearray(content)
    width = chance.choice((1, 2, 2, 4))
    at = chance.randrange(max(1, len(made) - width + 1))
    number = chance.choice((*octets.NUMBERS, chance.randrange(64), made[at] + 1))
    made[at : at + width] = (number & (256**width - 1)).to_bytes(width, "little")
    return bytes(made)


# ---------------------------------------------------------------- messages


def message(attached: bytes, chance: random.Random) -> bytes:
    """Return an Outlook message with a file, its storages or properties changed."""
    tree = dict(letters.msg_tree("报送", "正文", "a@xian.test", {"表.xlsx": attached}, head=32))
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        _change(tree, chance)
    return letters.ole(tree)


def _change(tree: dict[str, "bytes | letters.Tree"], chance: random.Random) -> None:
    if not tree:
        return
    name, way = chance.choice([*tree]), chance.random()
    content = tree[name]
    if not isinstance(content, bytes) and way < 0.6:
        inner = dict(content)
        _change(inner, chance)
        tree[name] = inner
    elif way < 0.15:
        del tree[name]
    elif way < 0.35:
        tree[chance.choice((*_STREAM_NAMES, name[:-1] + chance.choice("012EF")))] = tree.pop(name)
    elif way < 0.45:
        tree[name] = {"x": content, "__properties_version1.0": bytes(32)}
    elif isinstance(content, bytes) and way < 0.75:
        tree[name] = _numbers(content, chance)
    elif isinstance(content, bytes):
        tree[name] = octets.changed(content, chance)
    else:
        tree[f"{name[:-1]}{chance.randrange(10)}"] = content


# ---------------------------------------------------------------- winmail.dat


def winmail(data: bytes, chance: random.Random) -> bytes:
    """Return TNEF with some attributes changed, gone, twice or of a wrong length."""
    found, at = list[bytes](), 6
    while at + 9 <= len(data):
        (size,) = struct.unpack_from("<I", data, at + 5)
        found.append(data[at : at + 9 + size + 2])
        at += 9 + size + 2
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not found:
            break
        at, way = chance.randrange(len(found)), chance.random()
        if way < 0.15:
            del found[at]
        elif way < 0.3:
            found.insert(chance.randrange(len(found)), found[at])
        elif way < 0.6:
            found[at] = found[at][:9] + _numbers(found[at][9:], chance)
        elif way < 0.85:
            found[at] = _numbers(found[at][:9], chance) + found[at][9:]
        else:
            found[at] = octets.changed(found[at], chance)
    return data[:6] + b"".join(found)
