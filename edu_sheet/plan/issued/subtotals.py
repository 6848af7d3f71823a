"""Rows of a table that name a category and add up what is below it: 一、交通 | 91000. Pure."""

import re
from collections.abc import Iterator

from edu_sheet.plan.issued.asides import counts_below, head_row
from edu_sheet.plan.issued.blocks import Cells, Grid, GridCell
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.draft import Left
from edu_sheet.plan.issued.meaning import UNITS, Meaning
from edu_sheet.plan.issued.ordinals import is_label, ordinal_of
from edu_sheet.plan.issued.placeholders import says_nothing
from edu_sheet.plan.issued.reader import Reader, label_in, leave
from edu_sheet.words.text import bare, tidy

_FIGURE = re.compile(
    r"-?\d[\d,，]*(?:\.\d+)?(?:[十百千万亿]{0,2}(?:元|个|项|件|条|家|处|户|人|亩|公里|米|吨|平方米|㎡)?|[%％])"
)
_COUNTED = re.compile(r"[（(]?(?:共|合计)?计?\d+(?:个|项|件|条|家|处)(?:项目|任务|事项)?[）)]?$")
_ADDS_UP = re.compile(r"(?:合计|总计|小计|共计)(?:[（(][^（）()]*[）)])?[：:]?$")
_NAMED = frozenset({Meaning.NUMBER, Meaning.CATEGORY, Meaning.GOAL})
_LONGEST_NAME = 40  # characters
_LOOKED_AT = 300  # rows that may add up to a figure
LIKE_CATEGORY = (
    "这一行只有名称和数字，没有写单位：是不是类别或小计？是的，请把这一行删去；不是，请补填单位"
)


def adds_up(reader: Reader, grid: Grid, row: int, own: dict[int, GridCell]) -> bool:
    """Deal with a row of a name and of figures alone: a category, or a sum; say whether it is one.

    What its number, the count behind its name or the rows below show to be a category is one; the
    figures are noted as not used.
    """
    columns, cells, place = reader.columns, grid.rows[row], grid.place(row)
    if not of_figures(columns, cells, own):
        return False
    named = _names(columns, own)
    names = [cell for cell in named.values() if not is_label(cell.text or cell.number)]
    if names and _ADDS_UP.search(bare(names[-1].text)):
        leave(reader, own, place, "合计行")
        return True
    _, label = label_in(columns, cells)
    outer = _outer(reader, named) or bool(label and counts_below(columns, grid, row, label))
    sure = _is_sum(columns, grid, row, own, fewest=1 if outer else 2)
    if not (sure or outer or any(map(_counts, named.values()))):
        return False
    head_row(reader, tuple(named.values()), place)
    _note_figures(reader, {at: cell for at, cell in own.items() if at not in named}, place)
    if not sure:
        said = f"{place}只有名称和数字，读作这一项上面的类别，不是任务；数字没有用到，请核对"
        columns.asked.append((Meaning.GOAL, said))
    return True


def of_figures(columns: Columns, cells: Cells, own: dict[int, GridCell]) -> bool:
    """Return whether a row says a short name and figures, and nothing of who answers."""
    if any(_names_units(columns, at, cell) for at, cell in enumerate(cells)):
        return False
    named = _names(columns, own)
    rest = [cell for at, cell in own.items() if at not in named]
    told = [cell for cell in rest if not says_nothing(cell.text)]
    short = sum(len(tidy(cell.text)) for cell in named.values()) <= _LONGEST_NAME
    return bool(named and told) and short and all(_is_figure(cell.text) for cell in told)


def _names(columns: Columns, own: dict[int, GridCell]) -> dict[int, GridCell]:
    """Return the cells of a row that name what it is: its number, category and task."""
    return {at: cell for at, cell in own.items() if columns.meanings.get(at) in _NAMED}


def _names_units(columns: Columns, at: int, cell: GridCell) -> bool:
    """Return whether a cell says who answers, its own or merged from above."""
    if columns.meanings.get(at) not in UNITS or says_nothing(cell.text):
        return False
    return bool(cell.text.strip()) and (cell.up or not cell.merged)


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(bare(text)))


def _counts(cell: GridCell) -> bool:
    """Return whether a name counts what it stands above: 基础设施（2个）."""
    return bool(_COUNTED.search(bare(cell.text)))


def _outer(reader: Reader, named: dict[int, GridCell]) -> bool:
    """Return whether a row is numbered as headings are, 一 or （一）, where tasks have figures."""
    first = bare(next(iter(named.values())).text)
    numeral = is_label(first) and not re.search(r"[\dA-Za-z]", first)
    ordinal = ordinal_of(first)
    if ordinal is None or not ordinal.style.startswith("chinese"):
        return reader.digits and numeral
    before = (ordinal_of(text) for _, text in reader.headings.above)  # a category as this one is
    return reader.digits or any(one and one.style == ordinal.style for one in before)


def _is_sum(
    columns: Columns, grid: Grid, row: int, own: dict[int, GridCell], *, fewest: int
) -> bool:
    """Return whether each figure of a row is what so many of the rows right below add up to."""
    figures = {
        at: _value(cell.text)
        for at, cell in own.items()
        if _is_figure(cell.text) and columns.meanings.get(at) not in _NAMED
    }
    sums = dict.fromkeys(figures, 0.0)
    for count, cells in enumerate(_with_units(columns, grid, row), 1):
        for at in sums:
            sums[at] += _value(cells[at].text) if at < len(cells) else 0.0
        if count >= fewest and all(
            abs(sums[at] - figure) < 0.005 for at, figure in figures.items()
        ):
            return any(figures.values())
    return False


def _with_units(columns: Columns, grid: Grid, row: int) -> Iterator[Cells]:
    """Yield the rows below that say who answers."""
    for cells in grid.rows[row + 1 : row + 1 + _LOOKED_AT]:
        if any(_names_units(columns, at, cell) for at, cell in enumerate(cells)):
            yield cells


def _value(text: str) -> float:
    found = re.match(r"-?\d+(?:\.\d+)?", re.sub("[,，]", "", bare(text)))
    return float(found[0]) if found else 0.0


def _note_figures(reader: Reader, figures: dict[int, GridCell], place: str) -> None:
    """Note the figures of a category, each with the header above it."""
    told = []
    for at, cell in figures.items():
        header = reader.columns.headers.get(at, "")
        told.append(f"{header}：{tidy(cell.text)}" if header else tidy(cell.text))
    reader.read.left.append(Left(place, "类别行的合计数", "；".join(told)))
