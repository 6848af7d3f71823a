"""收件记录: what came in and was decided, a line each, in a file beside the ledger.

It is what a backup of the ledger does not take along: once one was put back, what is here and not
there is recorded again, under its own number, name and moment. Lines are only ever added, before
the transaction that they tell of ends. It only helps: without it the originals themselves are
still there, with the moment at which they were kept.
"""

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from edu_sheet.kit import beneath
from edu_sheet.kit.files import reporting
from edu_sheet.words.errors import OutputError

Line = dict[str, Any]  # "what" it is, and its columns in the ledger
COLUMNS = {
    "delivery": ("id", "file", "origin", "sha256", "received_at", "given", "arrived_at"),
    "submission": ("id", "delivery", "sha256", "file"),
    "decision": (
        "id",
        "submission",
        "action",
        "decided_at",
        "unit",
        "period",
        "finding",
        "place",
        "task",
    ),
}


def beside(ledger: Path) -> Path:
    """Return where what came in is noted: 台账_收件.jsonl."""
    return ledger.with_name(f"{ledger.stem}_收件.jsonl")


def append(ledger: Path, lines: Sequence[Line], *, durable: bool) -> None:
    """Add lines, in their order; `durable`: with all that was added before, sure to be kept."""
    path = beside(ledger)
    # The line's end comes first, too: whatever a loss of power cut off ends there.
    said = "".join(
        f"\n{json.dumps(one, ensure_ascii=False, separators=(',', ':'))}\n" for one in lines
    )
    with contextlib.suppress(OutputError), reporting(path):
        if not lines and not path.exists():
            return
        with beneath.append(path, ledger.parent) as stream:
            stream.write(said.encode("utf-8"))
            stream.flush()
            if durable:
                os.fsync(stream.fileno())


def lines(ledger: Path, what: str) -> Iterator[Line]:
    """Yield the lines of that kind, oldest first; what is no line of ours is passed over."""
    try:
        stream = beneath.open_plain(beside(ledger), ledger.parent)
    except OSError:
        return
    with stream:
        for raw in stream:
            try:
                line = json.loads(raw)
            except (ValueError, RecursionError):
                continue
            known = isinstance(line, dict) and line.get("what") == what
            if known and line.keys() >= {*COLUMNS[what]}:
                yield line
