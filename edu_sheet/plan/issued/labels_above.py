"""A card whose labels stand above their texts → the same, each label beside its text. Pure."""

from dataclasses import replace

from edu_sheet.plan.issued.blocks import Cells, Grid, GridCell
from edu_sheet.plan.issued.meaning import TASKS, UNITS, meaning_of
from edu_sheet.words.text import bare

_FEWEST = 2  # rows of labels


def labels_beside(grid: Grid) -> Grid:
    """Return a table of labels and texts in turn, row below row, with each text beside its label.

    任务名称 | 牵头单位 above 修路 | 县交通局, then 完成时限 | 联系人 above theirs. Any other is
    returned as it is: with one header above all rows, or a whole one above each task.
    """
    rows = [row for row, cells in enumerate(grid.rows) if _own(cells)]
    labelled = (len(_own(grid.rows[row])) > 1 and _labels(grid.rows[row]) for row in rows)
    # A title may stand above.
    top = next((at for at, labels in enumerate(labelled) if labels), len(rows))
    pairs = [*zip(rows[top::2], rows[top + 1 :: 2], strict=False)]
    if len(rows[top:]) % 2 or len(pairs) < _FEWEST:
        return grid
    if not all(_fit(grid.rows[upper], grid.rows[lower]) for upper, lower in pairs):
        return grid
    named = [{*map(meaning_of, _texts(grid.rows[upper]))} for upper, _ in pairs]
    whole = [bool(one & TASKS) and bool(one & UNITS) for one in named]
    if all(whole) or not any(one & TASKS for one in named) or not any(one & UNITS for one in named):
        return grid
    order: list[tuple[int, Cells]] = [(row, grid.rows[row]) for row in rows[:top]]
    for upper, lower in pairs:
        below = _own(grid.rows[lower])
        for at, label in _own(grid.rows[upper]).items():
            order.append((lower, (label, below.get(at, GridCell("")))))
    numbers = tuple(grid.numbers[row] if grid.numbers else grid.first + row for row, _ in order)
    return replace(grid, rows=tuple(cells for _, cells in order), numbers=numbers)


def _own(cells: Cells) -> dict[int, GridCell]:
    return {at: cell for at, cell in enumerate(cells) if cell.text.strip() and not cell.merged}


def _texts(cells: Cells) -> list[str]:
    return [cell.text for cell in _own(cells).values()]


def _labels(cells: Cells) -> bool:
    """Return whether a row holds nothing but labels, each another."""
    texts = _texts(cells)
    return bool(texts) and all(map(meaning_of, texts)) and len({*map(bare, texts)}) == len(texts)


def _fit(upper: Cells, lower: Cells) -> bool:
    """Return whether a row is one of labels, and the one below of a text under each at most."""
    texts = [meaning_of(text) for text in _texts(lower)]
    return _labels(upper) and not all(texts) and {*_own(lower)} <= {*_own(upper)}
