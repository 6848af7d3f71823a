"""Work that takes its process with it, for tests of what becomes of the rest."""

import os
from collections.abc import Sequence

from edu_sheet.check import examine
from edu_sheet.check.examine import Seen

BUG = b"one that the program stumbles over"
MARK = b"%PDF-1.7 deadly"


def double(number: int) -> int:
    if number == 3:
        os._exit(7)
    if number == 5:
        raise ValueError("five")
    return 2 * number


def process(number: int) -> int:
    """Return the process that this is done in."""
    if number == 3:
        os._exit(7)
    return os.getpid()


def seen(data: bytes, passwords: Sequence[str] = (), letters: bool = True) -> Seen:
    if data.startswith(MARK):
        os._exit(7)
    if data == BUG:
        raise RecursionError("deep")
    return examine.seen(data, passwords, letters)
