"""A row below a table's header that reads like a header: another one, or a task. Pure."""

import re
from collections.abc import Iterable

from edu_sheet.plan.issued.blocks import Cells, Grid
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.matrix import is_mark
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.ordinals import is_label
from edu_sheet.rules.units import is_unit_name
from edu_sheet.words.text import bare, tidy

_FIGURES = re.compile(r"\d")
_FIRST = re.compile(r"[、，,；;\s]")  # of several units


def is_task_row(cells: Cells, before: Columns) -> bool:
    """Return whether a row is surely a task under the columns that hold: 2 | 责任落实 | 县发改局.

    It has a number where the numbers stand, a unit where the units do, or a mark under one.
    """
    said = {at: cell.text.strip() or cell.number for at, cell in enumerate(cells) if not cell.up}
    own = {at: text for at, text in said.items() if text}
    if _names(own.values()) & _names(before.headers.values()):
        return False  # the header again, under other numbers
    if any(at in own and is_label(own[at]) for at in before.places(Meaning.NUMBER)):
        return True
    if any(at in own and is_mark(own[at]) for at in before.marked):
        return True
    units = [own[at] for at in before.places(*UNITS) if at in own and at not in before.marked]
    return any(meaning_of(text) is None and is_unit_name(_FIRST.split(text)[0]) for text in units)


def goes_on(grid: Grid, row: int, height: int, found: Columns, before: Columns) -> bool:
    """Return whether a header in the middle of a table is one: it repeats the one before.

    Or another table begins there: nearly all its texts are names of columns, and no figures.
    """
    rows = grid.rows[row : row + height]
    if any(is_task_row(cells, before) for cells in rows):
        return False
    texts = _names(cell.text for cells in rows for cell in cells)
    if 2 * len(texts & _names(before.headers.values())) >= len(texts):
        return True
    names = [text for text in texts if text not in map(bare, found.marked.values())]
    known = [text for text in names if meaning_of(text) is not None]
    return 3 * len(known) >= 2 * len(names) and not any(map(_FIGURES.search, names))


def unknown_names(found: Columns) -> list[str]:
    """Return the headers that name nothing known: of them nobody can say that they are headers."""
    return [
        text
        for at, text in found.headers.items()
        if text and at not in found.marked and meaning_of(text) is None
    ]


def _names(texts: Iterable[str]) -> set[str]:
    """Return texts as they are compared, the parts of a header of two rows apart."""
    parts = (part for text in texts for part in re.split("[（）]", tidy(text.replace("\n", ""))))
    return {bare(part) for part in parts if part.strip()}
