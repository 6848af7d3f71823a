"""Tables set side by side: the same one in two blocks, or several of their own. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from edu_sheet.plan.issued.blocks import EMPTY, Cells, Grid
from edu_sheet.plan.issued.meaning import TASKS, UNITS, Meaning, meaning_of, speaks_of_units
from edu_sheet.words.text import bare

_FEWEST = 2  # columns of a block, and tables side by side
_LONGEST = 100  # characters of a header's cell, with a rule that it states


def one_below_the_other(grid: Grid) -> Grid:
    """Return a table whose header stands twice in one row with the right block below the left.

    Any other table is returned as it is. Rows keep their numbers; what spans all blocks parts them.
    """
    for row, header in enumerate(grid.rows):
        blocks = _blocks(header) if _may_head(header) else []
        if len(blocks) > 1:
            return _stacked(grid, row, blocks)
    return grid


def each_of_several(grid: Grid) -> list[Grid]:
    """Return the tables that stand side by side in one grid, each with a header of its own.

    A blank column parts them, or the numbers of another begin. Most often it is one alone.
    """
    for row, header in enumerate(grid.rows):
        starts = _starts(header, grid.rows[row:]) if _may_head(header) else []
        if len(starts) < _FEWEST or len(_blocks(header)) > 1:
            continue
        areas = [*zip(starts, (*starts[1:], max(map(len, grid.rows))), strict=True)]
        if all(_names_task({bare(one.text): 0 for one in header[a:b]}) for a, b in areas):
            cut = [tuple(cells[a:b] for cells in grid.rows) for a, b in areas]
            return [replace(grid, rows=rows) for rows in cut]
    return [grid]


def _may_head(cells: Cells) -> bool:
    """Return whether a row may be a header that names units: asked of every row."""
    if any(len(cell.text) > _LONGEST for cell in cells):
        return False
    return any(speaks_of_units(cell.text) for cell in cells)


def _starts(header: Cells, rows: Sequence[Cells]) -> list[int]:
    """Return where tables begin in a header: behind a blank column, or with numbers again."""
    starts, numbers = [0], 0
    for place, cell in enumerate(header):
        counts = meaning_of(cell.text) is Meaning.NUMBER and not cell.merged
        blank = place > 0 and not any(
            row[place - 1].text.strip() for row in rows if place <= len(row)
        )
        numbers += counts
        if (counts and numbers > 1) or (blank and cell.text.strip() and not cell.merged):
            starts.append(place)
    return starts


def _blocks(header: Cells) -> list[dict[str, int]]:
    """Return the columns of each block by their headers, the first block's the most; else []."""
    found: list[dict[str, int]] = [{}]
    for place, cell in enumerate(header):
        name = bare(cell.text)
        if not name or cell.merged:
            continue
        if name in found[-1]:
            found.append({})
        found[-1][name] = place
    complete = all(_names_task(block) and block.keys() <= found[0].keys() for block in found)
    return found if complete and len(found[0]) >= _FEWEST else []


def _names_task(block: dict[str, int]) -> bool:
    meanings = set(map(meaning_of, block))
    return bool(meanings & UNITS) and bool(meanings & TASKS)


def _stacked(grid: Grid, header: int, blocks: Sequence[dict[str, int]]) -> Grid:
    starts = [min(block.values()) for block in blocks]
    width = starts[1]
    wide = max(map(len, grid.rows))
    order: list[tuple[int, Cells]] = []
    held: list[list[tuple[int, Cells]]] = [[] for _ in blocks]
    for row, cells in enumerate(grid.rows):
        if row < header or _spans(cells, starts):
            order += [one for block in held for one in block]
            held = [[] for _ in blocks]
            order.append((row, cells[:width] if row > header else cells))
            continue
        held[0].append((row, cells[:width]))
        for at, block in enumerate(blocks[1:], 1):
            end = starts[at + 1] if at + 1 < len(starts) else wide
            own = _moved(cells, block, blocks[0], (starts[at], end), width)
            if row > header and any(cell.text.strip() for cell in own):
                held[at].append((row, own))
    order += [one for block in held for one in block]
    numbers = tuple(grid.numbers[row] if grid.numbers else grid.first + row for row, _ in order)
    return replace(grid, rows=tuple(cells for _, cells in order), numbers=numbers)


def _spans(cells: Cells, starts: Sequence[int]) -> bool:
    """Return whether a row's text reaches from one block into the next."""
    return any(
        start < len(cells) and cells[start].merged and not cells[start].up and cells[start].text
        for start in starts[1:]
    )


def _moved(
    cells: Cells, block: dict[str, int], first: dict[str, int], area: tuple[int, int], width: int
) -> Cells:
    """Return the cells of a block in the places of the first one; what is under no header last."""
    line = [EMPTY] * width
    begin, end = area
    for place, cell in enumerate(cells[begin:end], begin):
        header = max((at for at in block.values() if at <= place), default=begin)
        name = next((name for name, at in block.items() if at == header), "")
        target = first.get(name, 0) + place - header
        beside = place != header and target in first.values()  # that place is another column's
        if target < width and not beside:
            line[target] = cell
        elif cell.text.strip():
            line.append(cell)
    return tuple(line)
