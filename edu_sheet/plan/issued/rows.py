"""A table's rows → tasks: a row begins one, goes on with the one above, or stands beside. Pure."""

import re

from edu_sheet.plan.issued.asides import (
    NOTE,
    beside_tasks,
    head_row,
    heads_numbers_below,
    names_only,
)
from edu_sheet.plan.issued.blocks import Cells, Grid, GridCell
from edu_sheet.plan.issued.cells import carry_units, fill, units_in_text
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.draft import Draft, Source
from edu_sheet.plan.issued.meaning import UNITS, Meaning
from edu_sheet.plan.issued.ordinals import is_label
from edu_sheet.plan.issued.reader import REMARK, Reader, has, label_in, leave, own_text
from edu_sheet.plan.issued.subtotals import LIKE_CATEGORY, adds_up, of_figures
from edu_sheet.rules.units import is_unit_name, split
from edu_sheet.words.text import bare, tidy


def read_row(reader: Reader, grid: Grid, row: int) -> None:
    """Read a row below a header into what was read so far."""
    cells, place = grid.rows[row], grid.place(row)
    columns = reader.columns
    own = _owned(cells)
    if not own:
        return
    for cell in own.values():
        reader.read.sources.append(Source(place, cell.text))
    if beside_tasks(reader, cells, own, place) or adds_up(reader, grid, row, own):
        return
    number, label = label_in(columns, cells)
    goal = own_text(columns, own, Meaning.GOAL)
    if label and heads_numbers_below(columns, grid, row, label):
        head_row(reader, cells, place)
    elif label:
        _numbered_row(reader, cells, place, label, goal)
    elif number is not None and cells[number].up and reader.last:
        _row_under_number(reader, cells, place, own)
    elif goal and _goes_on_over_page(reader, number, own):
        _go_on_over_page(reader, cells, place)
    elif goal:
        _row_with_goal(reader, cells, place, own)
    elif reader.last:
        _row_without_goal(reader, cells, place, own)
    else:
        leave(reader, own, place, "没有用到的行", ask=True)


def _owned(cells: Cells) -> dict[int, GridCell]:
    """Return the cells of a row that show something of their own, by place."""
    return {at: cell for at, cell in enumerate(cells) if not cell.merged and has(cell)}


def _row_under_number(reader: Reader, cells: Cells, place: str, own: dict[int, GridCell]) -> None:
    """Read a row that shares its number with the one above: part of it, or a task beside it."""
    last, columns = reader.last, reader.columns
    if last is None:
        return
    goal = own_text(columns, own, Meaning.GOAL)
    apart = own_text(columns, own, *UNITS, Meaning.DEADLINE)
    if goal and apart and goal != last.text(Meaning.GOAL):
        _begin(reader, cells, place, last.label).beside = True
        return
    if goal and goal != last.text(Meaning.GOAL) and _below_category(columns, cells):
        _begin(reader, cells, place, last.label).beside = True
        begun = (one for one in reversed(reader.read.tasks) if not one.beside)
        first = next(begun, last)
        first.sharing.append(place)
        return
    _go_on(reader, cells, place, with_goal=True)
    if kind := own_text(columns, own, Meaning.CATEGORY):
        asked = f"{place}写着“{kind}”，接在了这一项后面，请核对"
        last.doubt(Meaning.CATEGORY, asked)
    if goal:
        last.doubt(Meaning.GOAL, f"{place}的文字接在了这一项后面：是不是另一项任务？请核对")
    elif _answers_alone(cells, own, columns):
        asked = f"{place}的单位与上一行不同，接在了这一项后面：是不是另一项任务？请核对"
        last.doubt(Meaning.DUTY, asked)


def _below_category(columns: Columns, cells: Cells) -> bool:
    """Return whether a row's category, and not its task, goes on from the row above."""
    return any(at < len(cells) and cells[at].up for at in columns.places(Meaning.CATEGORY))


def _goes_on_over_page(reader: Reader, number: int | None, own: dict[int, GridCell]) -> bool:
    """Return whether a row at the top of a page, without a number, goes on with the task above.

    Its task has not come to an end there, or nobody answers for the row who should.
    """
    last, columns = reader.last, reader.columns
    if last is None or number is None or not last.label or not reader.fresh or not reader.paged:
        return False
    said = last.text(Meaning.REQUIREMENTS) or last.text(Meaning.GOAL)
    lacks = any(not own_text(columns, own, meaning) for meaning in UNITS if columns.places(meaning))
    return lacks or not re.search(r"[。；;！]$", said)


def _go_on_over_page(reader: Reader, cells: Cells, place: str) -> None:
    _go_on(reader, cells, place)
    if reader.last:
        said = f"{place}接在了上一页最后这一项后面：是不是另一项任务？请核对"
        reader.last.doubt(Meaning.GOAL, said)


def _row_with_goal(reader: Reader, cells: Cells, place: str, own: dict[int, GridCell]) -> None:
    """Read a row without a number that names a task."""
    columns = reader.columns
    units = columns.places(*UNITS)
    shared = any(cells[at].up and has(cells[at]) for at in units if at < len(cells))
    if own_text(columns, own, *UNITS) or shared:
        _begin(reader, cells, place, "")
    elif NOTE.match(next(iter(own.values())).text):
        leave(reader, own, place, REMARK)
    else:
        draft = _begin(reader, cells, place, "")
        if not (draft.text(Meaning.LEAD) or draft.text(Meaning.DUTY)):  # else in its text, or above
            draft.doubt(Meaning.DUTY, "这一行没有写单位，也没有序号：是不是一项任务？")


def _row_without_goal(reader: Reader, cells: Cells, place: str, own: dict[int, GridCell]) -> None:
    """Read a row that has neither number nor task: it goes on with the one above."""
    columns = reader.columns
    if not columns.places(Meaning.NUMBER) and _answers_alone(cells, own, columns):
        _begin(reader, cells, place, "")
        return
    if reader.last and not reader.fresh and _asks_of_others(reader.last, own, columns):
        said = f"{place}的单位与上面的不同，接在了这一项后面：是不是另一项任务？请核对"
        reader.last.doubt(Meaning.DUTY, said)
    _go_on(reader, cells, place)
    merged = not columns.places(Meaning.NUMBER) or any(
        cells[at].up for at in columns.places(Meaning.GOAL) if at < len(cells)
    )
    if reader.last is None or reader.fresh or merged or _next_item(own, columns):
        return
    for meaning in dict.fromkeys(columns.meanings.get(at, Meaning.OTHER) for at in own):
        reader.last.doubt(meaning, f"{place}没有序号和任务，接在了这一项后面，请核对")


def _asks_of_others(last: Draft, own: dict[int, GridCell], columns: Columns) -> bool:
    """Return whether a row asks for something of units that do not answer for the task above."""
    named = {*split(last.text(Meaning.LEAD), {}), *split(last.text(Meaning.DUTY), {})}
    units = {*split(own_text(columns, own, *UNITS), {})}
    return bool(own_text(columns, own, Meaning.REQUIREMENTS)) and bool(units) and not units <= named


def _answers_alone(cells: Cells, own: dict[int, GridCell], columns: Columns) -> bool:
    """Return whether a row below a merged task asks for something else, of other units."""
    merged = any(cells[at].up for at in columns.places(Meaning.GOAL) if at < len(cells))
    units = columns.places(*UNITS)
    blank = any(at < len(cells) and not cells[at].text.strip() for at in units)
    asked = own_text(columns, own, Meaning.REQUIREMENTS)
    return merged and bool(asked) and bool(own_text(columns, own, *UNITS)) and not blank


def _next_item(own: dict[int, GridCell], columns: Columns) -> bool:
    """Return whether a row holds nothing but the next of the items ①②③ above it."""
    return all(
        columns.meanings.get(at) is Meaning.REQUIREMENTS and re.match("[②-⑳]", cell.text.strip())
        for at, cell in own.items()
    )


_GOES_ON = re.compile(r"[（(]?(?:接上页|续上页|续前|续)[）)]?$")


def _numbered_row(reader: Reader, cells: Cells, place: str, label: str, goal: str) -> None:
    columns = reader.columns
    last = reader.last
    if last and bare(label) == bare(last.label) and tidy(goal) in ("", last.text(Meaning.GOAL)):
        _go_on(reader, cells, place)  # a page break repeats the number
        if not reader.fresh and own_text(columns, _owned(cells), Meaning.REQUIREMENTS, *UNITS):
            asked = f"{place}写着同一个序号和任务，接在了这一项后面：是不是另一项任务？请核对"
            last.doubt(Meaning.GOAL, asked)
        return
    if last and (mark := _GOES_ON.search(bare(label))):  # 3（续）
        last.how[mark[0]] = "接着上一项"
        _go_on_over_page(reader, cells, place)
        return
    if not is_label(label) and NOTE.match(label):
        leave(reader, _owned(cells), place, REMARK, ask=bool(goal))  # 填表人：…
        return
    only = names_only(columns, cells)
    figure = bare(label).strip("（()）")[:1].isdigit()
    if only and reader.digits and not figure and not is_unit_name(label):
        head_row(reader, cells, place)
        return
    if not is_label(label) and only and not goal:
        said = {at: cell for at, cell in enumerate(cells) if cell.text.strip()}
        leave(reader, said, place, "没有用到的行", ask=True)
        return
    _begin(reader, cells, place, label)


def _begin(reader: Reader, cells: Cells, place: str, label: str) -> Draft:
    """Add a task that begins in a row; what is merged from above holds for it too."""
    draft = Draft([place], label)
    reader.read.tasks.append(draft)
    reader.last, reader.headed = draft, False
    fill(reader, draft, cells, place, merged=True)
    if not draft.text(Meaning.CATEGORY) and reader.category:
        draft.add(Meaning.CATEGORY, reader.category)
    reader.category = draft.text(Meaning.CATEGORY)
    draft.under = reader.headings.path()
    if reader.head:
        reader.below.append((reader.head, draft))
    units_in_text(draft)
    carry_units(reader, draft, cells)
    if of_figures(reader.columns, cells, _owned(cells)):
        draft.doubt(Meaning.DUTY, LIKE_CATEGORY)
    while reader.columns.asked:
        draft.doubt(*reader.columns.asked.pop(0))
    return draft


def _go_on(reader: Reader, cells: Cells, place: str, *, with_goal: bool = False) -> None:
    if reader.last is None:
        return
    reader.last.places.append(place)
    fill(reader, reader.last, cells, place, merged=False, page_break=reader.fresh and not with_goal)
