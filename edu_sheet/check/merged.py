"""Which cells of a sheet lie under another one that they were merged with. Pure."""

from bisect import bisect, bisect_left
from collections.abc import Iterable

from edu_sheet.words.book import Sheet
from edu_sheet.words.place import Position


def covered(sheet: Sheet, places: Iterable[Position]) -> dict[Position, Position]:
    """Return those of some cells that lie in a merged area and are not its first, with that one."""
    if not sheet.merges:
        return {}
    columns: dict[int, list[int]] = {}
    for row, column in places:
        columns.setdefault(row, []).append(column)
    rows = sorted(columns)
    return {
        (row, column): (top, left)
        for top, left, bottom, right in {*sheet.merges}
        for row in rows[bisect_left(rows, top) : bisect(rows, bottom)]
        for column in columns[row]
        if left <= column <= right and (row, column) != (top, left)
    }
