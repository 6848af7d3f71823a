"""Real workbooks, mutated: the readers answer each, in time, with cells or with a finding.

`python -m tests.support.fuzz_reading 10000 1 FILE …` is the long run; tests/reading/test_fuzz.py
the short.
"""

import collections
import io
import random
import re
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from edu_sheet import reading
from edu_sheet.reading import csv_text
from edu_sheet.reading.ods import workbook as ods
from edu_sheet.reading.refusal import Refusal
from edu_sheet.reading.xls import workbook as xls
from edu_sheet.reading.xlsx import workbook as xlsx
from edu_sheet.words.book import Book

_VALUES = (
    b"",
    b"-1",
    b"99999999999",
    b"abc",
    "甲".encode(),
    b"1e999",
    b"NaN",
    b"../../x",
    b"A0",
    b"XFD1048577",
    b"&#11;",
    b"&#xD800;",
    b"\x01",
    b"_xD800_",
)
_SPOT = re.compile(rb'"[^"]*"|>[^<>]+<|<[^<>]*>')
_READERS = {
    "xlsx": xlsx.read,
    "xlsm": xlsx.read,
    "xls": xls.read,
    "ods": ods.read,
    "fods": ods.read_flat,
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file changed in a few places; of an archive mostly one of its XML parts."""
    if data[:2] == b"PK" and chance.random() < 0.8:
        return _in_one_part(data, chance)
    if data.startswith(b"<") and chance.random() < 0.8:
        return _in_markup(data, chance)
    return _in_bytes(data, chance)


def _in_bytes(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        if not changed:
            break
        at, other = chance.randrange(len(changed)), chance.randrange(len(changed))
        way = chance.random()
        if way < 0.5:
            changed[at] = chance.randrange(256)
        elif way < 0.65:
            del changed[at : at + chance.randrange(1, 40)]
        elif way < 0.8:
            changed[at:at] = changed[other : other + chance.randrange(1, 60)]
        elif way < 0.9:
            changed[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\xff\x7f\0\0"])
        else:
            del changed[at + 1 :]
    return bytes(changed)


def _in_one_part(data: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels", ".vml"))]
        victim = chance.choice(names)
        for info in old.infolist():
            part = old.read(info)
            if info.filename == victim:
                part = (
                    _in_markup(part, chance) if chance.random() < 0.8 else _in_bytes(part, chance)
                )
            new.writestr(info.filename, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _in_markup(part: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 1, 2, 3])):
        spots = list(_SPOT.finditer(part))
        if not spots:
            break
        spot = chance.choice(spots)
        old, value = spot.group(), chance.choice(_VALUES)
        new = {b'"': b'"' + value + b'"', b">": b">" + value + b"<"}.get(
            old[:1], chance.choice([b"", old + old])
        )
        part = part[: spot.start()] + new + part[spot.end() :]
    return part


def read(data: bytes) -> str:
    """Return what became of a file: "read" or the code of its finding; a bug raises.

    xls and ods are read in this process, where a bug keeps its traceback.
    """
    kind = reading.kind_of(data)
    try:
        if kind == "csv":
            csv_text.read(data)
        elif kind in _READERS:
            book: Book = _READERS[kind](data)
            assert book.readable
        else:
            return kind
    except Refusal as refusal:
        return refusal.finding.code
    return "read"


def run(files: Sequence[bytes], count: int, seed: int) -> tuple[collections.Counter[str], float]:
    """Return how many of each outcome there were, and the longest processor time in seconds."""
    chance = random.Random(seed)
    outcomes: collections.Counter[str] = collections.Counter()
    longest = 0.0
    for _ in range(count):
        data = mutated(chance.choice(files), chance)
        started = time.process_time()
        outcomes[read(data)] += 1
        longest = max(longest, time.process_time() - started)
    return outcomes, longest


if __name__ == "__main__":
    found, slowest = run(
        [Path(name).read_bytes() for name in sys.argv[3:]], int(sys.argv[1]), int(sys.argv[2])
    )
    sys.stdout.write(f"{dict(found.most_common())}, slowest {slowest:.3f} s\n")
