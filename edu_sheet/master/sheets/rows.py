"""Texts in rows that can be printed: what no row is tall enough for goes on in the next. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from edu_sheet.kit.pieces import CELL_LIMIT, filling
from edu_sheet.kit.row_height import LEAST, LIMIT, PIECE, measured, row_height
from edu_sheet.master.layout import CONTINUED


class Row(NamedTuple):
    """One printed row of a table: its texts, and its height in points."""

    texts: tuple[str, ...]
    height: float
    part: int = 0  # 0, or how many rows of the same content stand above


def rows_of(
    texts: Sequence[str], widths: Sequence[float], size: float, repeated: Sequence[int]
) -> list[Row]:
    """Return one row, or where it would be clipped, rows that go on where the last one ended.

    A column's texts put together are its text, except for the columns `repeated`: those stand in
    every row, the last of them marked （续） from the second row on.
    """
    pairs = list(zip(texts, widths, strict=True))
    if 2 * max(map(len, texts)) <= CELL_LIMIT or all(filling(text) == len(text) for text in texts):
        height = row_height(pairs, size, most=LIMIT)
        if height <= LIMIT:
            return [Row(tuple(texts), height)]
    heights = [row_height([pair], size, most=LIMIT) for pair in pairs]
    # What is not cut makes the first row tall anyway: let the pieces fill it.
    piece = max([PIECE, *(height for height in heights if height <= LIMIT)])
    columns = [measured(text, width, size, piece) for text, width in pairs]
    count = max(map(len, columns))
    if count == 1:
        return [Row(tuple(texts), max(heights))]
    found = []
    for part in range(count):
        cells, tall = [], [LEAST]
        for pieces in columns:
            text, height = pieces[part] if part < len(pieces) else ("", LEAST)
            cells.append(text)
            tall.append(height)
        if part:
            for column in repeated:
                cells[column] = texts[column]
            cells[repeated[-1]] = CONTINUED + texts[repeated[-1]]
            again = [(cells[column], widths[column]) for column in repeated]
            tall.append(row_height(again, size, most=LIMIT))
        found.append(Row(tuple(cells), min(max(tall), LIMIT), part))
    return found
