"""OLE files (.msg, .xls, .doc, .ppt) whose tables lead in circles, or claim what is not there."""

import struct
from collections.abc import Callable, Iterator

from tests.support import letters

_SECTOR = 512
_LEAST = 0xFFFFFFFA  # from here on a number is a mark, not a sector
_ENTRY = 128  # bytes of an entry of the directory
_FILLED = bytes(1_500_000)
_KINDS: dict[str, Callable[[], bytes]] = {
    "msg": lambda: letters.msg("报送", "甲" * 5_000, "a@b.test", {"a.xlsx": _FILLED}),
    "xls": lambda: letters.ole({"Workbook": _FILLED}),
    "doc": lambda: letters.ole({"WordDocument": _FILLED}),
    "ppt": lambda: letters.ole({"PowerPoint Document": _FILLED}),
}


def files() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Yield what each is, its ending, and how it is made."""
    for ending, made in _KINDS.items():
        for name, change in _CHANGES.items():
            yield (
                name,
                ending,
                lambda made=made, change=change: bytes(  # type: ignore[misc]
                    change(bytearray(made()))
                ),
            )


def _tables(data: bytearray) -> Iterator[int]:
    """Yield where the sectors of the allocation table begin."""
    for number in struct.unpack_from("<109I", data, 76):
        if number < _LEAST:
            yield (number + 1) * _SECTOR


def _chained(data: bytearray, following: Callable[[int], int]) -> bytearray:
    """Return a file in which each sector is followed by another one than it was."""
    number = 0
    for table in [*_tables(data)]:
        for at in range(table, table + _SECTOR, 4):
            (told,) = struct.unpack_from("<I", data, at)
            if told < _LEAST or told == 0xFFFFFFFE:
                struct.pack_into("<I", data, at, following(number))
            number += 1
    return data


def _entries(data: bytearray) -> Iterator[int]:
    """Yield where the entries of the directory's first sectors begin."""
    (first,) = struct.unpack_from("<I", data, 48)
    start = (first + 1) * _SECTOR
    yield from range(start, min(start + 4 * _SECTOR, len(data) - _ENTRY), _ENTRY)


def _endless(data: bytearray) -> bytearray:
    for entry in _entries(data):
        struct.pack_into("<I", data, entry + 120, 0x7FFFFFFF)
    return _chained(data, lambda number: number ^ 1)


def _siblings(data: bytearray) -> bytearray:
    for number, entry in enumerate(_entries(data)):
        struct.pack_into("<3I", data, entry + 68, number, number, max(number - 1, 0))
    return data


def _tables_of_tables(data: bytearray) -> bytearray:
    struct.pack_into("<5I", data, 60, 1, 0x7FFFFFFF, 0, 0x7FFFFFFF, 0)
    return data


_CHANGES: dict[str, Callable[[bytearray], bytearray]] = {
    "sectors that follow themselves": lambda data: _chained(data, lambda number: number),
    "two gigabytes in two sectors": _endless,
    "storages in themselves": _siblings,
    "tables without end": _tables_of_tables,
}
