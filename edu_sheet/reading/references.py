"""References of cells and areas, as sheets write them: C7, $A$1:B2."""

import re
from functools import lru_cache

from edu_sheet.reading import limits
from edu_sheet.reading.refusal import damaged, too_large
from edu_sheet.words.place import Position, column_number

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@lru_cache(maxsize=4096)  # the places of one form are those of the next
def position(reference: str) -> Position:
    """Return row and column of `C7`. Refusal if it is none, or outside of a sheet."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise damaged("reference", reference=reference)
    row, column = int(match[2]), column_number(match[1])
    if not 1 <= row <= limits.ROWS or column > limits.COLUMNS:
        raise too_large("reference_outside", reference=reference)
    return row, column


def area(reference: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row and last column of `A1:B2`."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
