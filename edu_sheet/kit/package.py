"""A package of members that are compressed once, however many packages they go into.

zipfile has no public way to take a member that is compressed already, and spends as long on ten
small ones as on compressing them. What is written is plain: no member is larger than 4 GB, none
has a date, their names are ASCII. Source: PKWARE's APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16.
"""

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

_LOCAL, _ENTRY, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), "<4s4H2IH"
_VERSION, _DEFLATED = 20, 8
_DAY = (1 << 5) | 1  # 1 January 1980: a date must stand there


class Member(NamedTuple):
    """A member as it stands in a package."""

    name: bytes
    checksum: int
    size: int  # in bytes, of the content
    packed: bytes


def member(name: str, content: str) -> Member:
    """Return a member, its content as UTF-8."""
    data = content.encode()
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return Member(
        name.encode(), zlib.crc32(data), len(data), packer.compress(data) + packer.flush()
    )


def package(members: Iterable[Member]) -> bytes:
    """Return the package that holds these members in their order."""
    written, entries, count = bytearray(), bytearray(), 0
    for one in members:
        facts = (_DEFLATED, 0, _DAY, one.checksum, len(one.packed), one.size, len(one.name))
        head = _ENTRY.pack(b"PK\1\2", _VERSION, _VERSION, 0, *facts, 0, 0, 0, 0, 0, len(written))
        entries += head + one.name
        written += _LOCAL.pack(b"PK\3\4", _VERSION, 0, *facts, 0) + one.name + one.packed
        count += 1
    end = struct.pack(_END, b"PK\5\6", 0, 0, count, count, len(entries), len(written), 0)
    return bytes(written + entries + end)
