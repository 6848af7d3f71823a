"""编号: the highest numbers that were ever given, kept in a file beside the ledger.

A number of a submission stands in 待处理, in a person's notes, on paper; a form's in the form. Once
a backup of the ledger was put back, the ledger alone would give the numbers of the lost days once
more, to others. The file is what the backup did not take along. It only helps: without it, or if
nobody can read or write it, numbers go on from what the ledger knows.
"""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path

from edu_sheet.kit.beneath import PRIVATE, read_plain
from edu_sheet.kit.files import write_bytes
from edu_sheet.words.errors import OutputError

NUMBERED = ("issue", "delivery", "submission", "decision")  # the tables whose ids are told outside
_HIGHEST = 2**53  # what is above was not written here


def beside(ledger: Path) -> Path:
    """Return where the numbers of a ledger are kept: 台账_编号.json."""
    return ledger.with_name(f"{ledger.stem}_编号.json")


def given(ledger: Path) -> dict[str, int]:
    """Return the highest number of each table as the file tells; 0 where it tells none."""
    try:
        told = json.loads(read_plain(beside(ledger), ledger.parent))
    except (OSError, ValueError, RecursionError):
        told = {}
    found = told if isinstance(told, dict) else {}
    return {table: _number(found.get(table)) for table in NUMBERED}


def keep(ledger: Path, highest: Mapping[str, int]) -> dict[str, int]:
    """Raise the numbers in the file to these, and return what holds now; none is ever lowered."""
    before = given(ledger)
    now = {table: max(before[table], highest.get(table, 0)) for table in NUMBERED}
    if now != before:
        with contextlib.suppress(OutputError):
            write_bytes(
                beside(ledger), json.dumps(now).encode("utf-8"), mode=PRIVATE, root=ledger.parent
            )
    return now


def _number(told: object) -> int:
    return told if isinstance(told, int) and 0 < told < _HIGHEST else 0
