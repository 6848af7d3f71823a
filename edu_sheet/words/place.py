"""Where something stands: a cell, an area or a sheet of a workbook, or a file in an archive."""

import re
from dataclasses import dataclass

from edu_sheet.words.text import visible

Position = tuple[int, int]  # row, column, as a person counts them

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; `NOWHERE` is the whole of a file. As text 填报表!C7."""

    sheet: str = ""
    row: int = 0  # 0: the whole sheet
    column: int = 0
    last: Position | None = None  # the last cell, where it is an area
    member: str = ""  # a file in an archive or a message, a part of a file

    def __bool__(self) -> bool:
        return bool(self.sheet or self.member)

    def __str__(self) -> str:
        return visible(self.member) or "!".join(part for part in (self.sheet, self.cell) if part)

    @property
    def cell(self) -> str:
        """The cell or area without its sheet: C7, A61:B90; "" for the whole sheet."""
        if not self.row:
            return ""
        first = f"{column_letter(self.column)}{self.row}"
        return f"{first}:{column_letter(self.last[1])}{self.last[0]}" if self.last else first


NOWHERE = Place()  # the whole of a file, or of all


def place_of(sheet: str, cell: str, member: str = "") -> Place:
    """Return the place of a cell or area as `Place.cell` writes it, or as a person does (c7).

    A cell that is none is no part of it.
    """
    first, _, last = cell.partition(":")
    found, end = _CELL.fullmatch(first.strip()), _CELL.fullmatch(last.strip())
    if not found:
        return Place(sheet, member=member)
    row, column = int(found[2]), column_number(found[1])
    area = (int(end[2]), column_number(end[1])) if end else None
    return Place(sheet, row, column, area, member)


def column_letter(column: int) -> str:
    """Return A for 1, AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
