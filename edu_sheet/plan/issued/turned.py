"""A table whose rows are the fields and whose columns are the tasks → the same, turned. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from edu_sheet.plan.issued.blocks import EMPTY, Cells, Grid, GridCell
from edu_sheet.plan.issued.meaning import TASKS, UNITS, Meaning, meaning_of
from edu_sheet.rules.units import is_unit_name
from edu_sheet.words.text import bare, tidy

_FEWEST = 2  # tasks side by side
_LABEL_LENGTH = 14  # characters
_COUNTED = re.compile(
    r"(?P<word>(?:任务|项目|事项|问题|工作)?)(?P<number>[（(]?[一二三四五六七八九十\d]{1,3}[）)]?)"
)


def upright(grid: Grid) -> Grid:
    """Return a table with its rows as columns where each of its columns is a task.

    任务名称 | 修路 | 修桥; 牵头单位 | 县交通局 | 县住建局. Any other table is returned as it is.
    """
    top = next((row for row, cells in enumerate(grid.rows) if _fields(cells) > 1), 0)
    return _turned(grid, top) if _is_turned(grid.rows[top:]) else grid


def _fields(cells: Cells) -> int:
    return sum(bool(cell.text.strip()) and not cell.merged for cell in cells)


def _is_turned(rows: Sequence[Cells]) -> bool:
    """Return whether a table has labels in its first column, and in each other one a task."""
    labels = [_label(cells) for cells in rows]
    meanings = [meaning_of(label) for label in labels]
    width = max(map(len, rows), default=0)
    if width <= _FEWEST or any(len(label) > _LABEL_LENGTH for label in labels):
        return False
    told = [one for one in meanings if one]
    if 3 * len(told) < 2 * len(labels) or not {*told} & UNITS or not {*told} & TASKS:
        return False
    goals = [cells for cells, one in zip(rows, meanings, strict=True) if one is Meaning.GOAL]
    units = [cells for cells, one in zip(rows, meanings, strict=True) if one in UNITS]
    named = [cell for cells in units for cell in cells[1:] if cell.text.strip()]
    apart = any(len({bare(cell.text) for cell in cells[1:]} - {""}) >= _FEWEST for cells in goals)
    return (
        apart
        and all(_is_text(cell) for cells in rows for cell in cells[1:])
        and bool(named)
        and all(is_unit_name(re.split(r"[、，,；;\s（(]", one.text.strip())[0]) for one in named)
    )


def _label(cells: Cells) -> str:
    return tidy(cells[0].text) if cells and not cells[0].merged else ""


def _is_text(cell: GridCell) -> bool:
    """Return whether a cell is no label of another one beside it."""
    said = bare(cell.text)
    return meaning_of(said) is None or bool(_COUNTED.fullmatch(said)) or len(said) > _LABEL_LENGTH


def _turned(grid: Grid, top: int) -> Grid:
    rows = grid.rows[top:]
    width = max(map(len, rows))
    columns = [
        tuple(_across(cells[at]) if at < len(cells) else EMPTY for cells in rows)
        for at in range(width)
    ]
    header, *tasks = columns
    counts = (at for at in range(len(rows)) if all(_count(task[at]) for task in tasks))
    if (counted := next(counts, None)) is not None:  # 事项 | 任务一 | 任务二
        header = _with(header, counted, GridCell(Meaning.NUMBER.value))
        tasks = [_with(task, counted, GridCell(_count(task[counted]))) for task in tasks]
    return replace(grid, rows=(*grid.rows[:top], header, *tasks), turned=top)


def _count(cell: GridCell) -> str:
    """Return the number that a cell counts with, 一 of 任务一; "" if it says anything else."""
    found = _COUNTED.fullmatch(bare(cell.text))
    return found["number"] if found else ""


def _with(cells: Cells, at: int, cell: GridCell) -> Cells:
    return (*cells[:at], cell, *cells[at + 1 :])


def _across(cell: GridCell) -> GridCell:
    """Return a cell of a turned table: what went on to the right goes on below."""
    return replace(cell, up=not cell.up) if cell.merged else cell
