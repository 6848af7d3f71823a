"""Work that takes its process with it, for tests of what becomes of the rest."""

import os
from collections.abc import Sequence

from edu_sheet.collect import examine as room
from edu_sheet.collect.examine import Examined, Grounds

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


def examine(
    data: bytes, kind: str, passwords: Sequence[str] = (), guess: Grounds | None = None
) -> Examined:
    if data.startswith(MARK):
        os._exit(7)
    return room.examine(data, kind, passwords, guess)
