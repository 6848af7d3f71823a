"""A document's tables → tasks: every table and sheet that names tasks and units. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from edu_sheet.plan.issued.abreast import one_below_the_other
from edu_sheet.plan.issued.blocks import Cells, Grid, GridCell
from edu_sheet.plan.issued.columns import EARLIER, Columns, columns_at
from edu_sheet.plan.issued.draft import (
    Draft,
    Headings,
    Left,
    Read,
    Source,
    column_name,
)
from edu_sheet.plan.issued.matrix import explained, is_mark, part_of
from edu_sheet.plan.issued.meaning import (
    TASKS,
    UNITS,
    Meaning,
    meaning_of,
    names_persons,
    names_several,
)
from edu_sheet.plan.issued.ordinals import is_label, ordinal_of
from edu_sheet.plan.issued.passages import without_roles
from edu_sheet.plan.issued.persons import bracketed_persons, lines_of_names, without_persons
from edu_sheet.plan.issued.placeholders import (
    NO_UNIT,
    SAME_AS_ABOVE,
    says_nothing,
    says_same,
)
from edu_sheet.plan.issued.prose import first_leads_in
from edu_sheet.plan.issued.roles import Said, said_in
from edu_sheet.rules.units import glued, is_unit_name, tidy_list
from edu_sheet.words.text import bare, tidy

_NOTE = re.compile(
    r"\s*[（(]?(?:注|备注|说明|填表|填报|附[：:注]|联系|制表|审核|此表|合计|总计|小计|单位[：:])"
)
_REMARK = "说明"
_SUM = re.compile(r"(?:合计|总计|小计|共计|总合计)[：:]?")
_TASK_LENGTH = 30  # characters; a row with one text is a heading if it is shorter
_TOLD_ROWS = 3
_HEADINGS = ("chapter", "section", "chinese", "chinese_brackets")


@dataclass(slots=True)
class _Reader:
    """Reads one table after the other; a table without a header goes on with the one before."""

    read: Read
    columns: Columns = field(default_factory=Columns)  # none, as long as it has no width
    last: Draft | None = None
    headings: Headings = field(default_factory=Headings)
    above: dict[int, str] = field(default_factory=dict)  # units of the row above, by place
    category: str = ""  # of a column, where its cell is left empty from then on
    fresh: bool = True  # at the top of a page: nothing but a header stood above
    paged: bool = False  # and the table goes on with the one before
    digits: bool = False  # the tasks are numbered in figures
    explained: dict[str, Meaning] = field(default_factory=dict)  # parts by the marks for them
    titles: set[str] = field(default_factory=set)  # what stood above the tables


def read_tables(grids: list[Grid], read: Read, beside: Iterable[str] = ()) -> None:
    """Add what the tables hold to what was read; `beside` are the texts around them."""
    cells = (cell.text for grid in grids for row in grid.rows for cell in row if not cell.merged)
    reader = _Reader(read, explained=explained((*beside, *cells)))
    for grid in grids:
        _read_grid(reader, one_below_the_other(grid))
    notes = (first_leads_in(one.text) for one in read.left if one.what == _REMARK)
    read.first_leads = read.first_leads or next(filter(None, notes), "")


def _read_grid(reader: _Reader, grid: Grid) -> None:
    read = reader.read
    before, left_before = len(read.tasks), len(read.left)
    going_on = (
        bool(reader.columns.width)
        and bool(grid.rows)
        and (max(map(len, grid.rows)) == reader.columns.width)
        and not _titled(grid)
    )
    reader.fresh, reader.paged = True, going_on
    held, row = False, 0
    heads: list[tuple[int, int, Columns]] = []
    while row < len(grid.rows):
        if found := columns_at(grid, row):
            columns, height = found
            reader.paged = reader.columns.headers == columns.headers
            if reader.paged:
                columns = reader.columns  # repeated: what was a category stays one
            else:
                reader.last, reader.category, reader.headings = None, "", Headings()
                reader.above = {}
                _tell_columns(reader, columns)
            reader.fresh = True
            reader.columns, held, going_on = columns, True, True
            reader.digits = _in_digits(grid, columns)
            heads.append((row, height, columns))
            row += height
            continue
        if going_on and reader.columns.width:
            held = True
            _read_row(reader, grid, row)
            reader.fresh = reader.fresh and not any(c.text.strip() for c in grid.rows[row])
        else:
            _leave_row(reader, grid, row)
        row += 1
    if held:
        _number_in_text(reader, read.tasks[before:])
    if not held and _read_card(reader, grid):
        del read.left[left_before : len(read.left) - read.counted[-1][3]]
        return
    if not held:
        _tell_unused(reader, grid, left_before)
        return
    read.left += _unused_heads(grid, heads, read.tasks[before:])
    left = sum(one.place.startswith(grid.name) for one in read.left[left_before:])
    read.counted.append((grid.name, len(grid.rows), len(read.tasks) - before, left))


def _titled(grid: Grid) -> bool:
    """Return whether a table begins with lines of one text each and a header of its own."""
    for row, cells in enumerate(grid.rows[:_TOLD_ROWS]):
        if columns_at(grid, row):
            return row > 0
        if sum(bool(cell.text.strip()) and not cell.merged for cell in cells) > 1:
            return False
    return False


def _unused_heads(
    grid: Grid, heads: list[tuple[int, int, Columns]], tasks: list[Draft]
) -> Iterator[Left]:
    """Yield the headers that no task names: of a table without tasks, and of a second row.

    What was taken for the second row of a header may have been a row of its own.
    """
    named = {name for task in tasks for name in (*task.how, *task.others)}
    for row, height, columns in heads:
        texts = [one for one in columns.headers.values() if one]
        lost = [one for one in texts if one not in named and column_name(one) not in named]
        if not tasks or (height > 1 and lost):
            yield Left(grid.place(row), "表头", " | ".join(lost if tasks else texts))


def _number_in_text(reader: _Reader, drafts: Sequence[Draft]) -> None:
    """Take the numbers out of the tasks' texts, where no column has any and all texts have one."""
    if reader.columns.places(Meaning.NUMBER) or not drafts:
        return
    found = [ordinal_of(one.text(Meaning.GOAL)) for one in drafts]
    styles = {one.style if one and one.rest.strip() else "" for one in found}
    if len(styles) > 1 or styles <= {"", "circled"}:
        return
    for draft, ordinal in zip(drafts, found, strict=True):
        if ordinal and not draft.label:
            draft.label = ordinal.label.rstrip("、.．,，是 ")
            draft.texts[Meaning.GOAL] = ordinal.rest.strip()


def _tell_columns(reader: _Reader, columns: Columns) -> None:
    for place in columns.further:
        reader.read.headers.setdefault(column_name(columns.name(place)), columns.meanings[place])


def _in_digits(grid: Grid, columns: Columns) -> bool:
    """Return whether tasks are numbered in figures: rows that are not (一、) may be headings."""
    numbers = columns.places(Meaning.NUMBER)
    texts = [cells[at].text for cells in grid.rows for at in numbers if at < len(cells)]
    return any(bare(text)[:1].isdigit() for text in texts)


def _leave_row(reader: _Reader, grid: Grid, row: int) -> None:
    texts = [cell.text for cell in grid.rows[row] if cell.text.strip() and not cell.merged]
    if texts:
        reader.titles |= set(map(_as_title, texts))
        reader.read.left.append(Left(grid.place(row), "表外文字", " | ".join(map(tidy, texts))))


def _tell_unused(reader: _Reader, grid: Grid, left_before: int) -> None:
    """Note a table that holds no tasks as one thing."""
    del reader.read.left[left_before:]
    rows = [[tidy(c.text) for c in cells if c.text.strip() and not c.merged] for cells in grid.rows]
    told = [cells for cells in rows if cells]
    if not told:
        return
    header = max(told[:_TOLD_ROWS], key=len)
    if len(header) > 1:
        reader.read.seen.append(tuple(header))
    text = "；".join(" | ".join(cells) for cells in told)
    labels = [cells[0] for cells in told]  # those of a table that is one task
    reader.read.left.append(
        Left(grid.name, f"没有用到的表（{len(told)}行）", text, ask=_asks(header) or _asks(labels))
    )


def _asks(header: list[str]) -> bool:
    return any(meaning_of(text) in TASKS | UNITS for text in header)


# --- a row


def _read_row(reader: _Reader, grid: Grid, row: int) -> None:
    cells, place = grid.rows[row], grid.place(row)
    columns = reader.columns
    own = {at: cell for at, cell in enumerate(cells) if not cell.merged and _has(cell)}
    if not own:
        return
    for cell in own.values():
        reader.read.sources.append(Source(place, cell.text))
    if _beside_tasks(reader, cells, own, place):
        return
    number, label = _label(columns, cells)
    goal = _own(columns, own, Meaning.GOAL)
    if label and _heads_numbers_below(columns, grid, row, label):
        _head_row(reader, cells, place)
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
        _leave(reader, own, place, "没有用到的行", ask=True)


def _beside_tasks(reader: _Reader, cells: Cells, own: dict[int, GridCell], place: str) -> bool:
    """Deal with a row that is no task: a sum, a heading, a remark; return whether it is one."""
    if len(own) == 1 and _alone(reader, cells, own, place):
        return True
    if _SUM.fullmatch(bare(next(iter(own.values())).text)):
        _leave(reader, own, place, "合计行")
        return True
    return _section(reader, cells, own, place)


def _row_under_number(reader: _Reader, cells: Cells, place: str, own: dict[int, GridCell]) -> None:
    """Read a row that shares its number with the one above: part of it, or a task beside it."""
    last, columns = reader.last, reader.columns
    if last is None:
        return
    goal = _own(columns, own, Meaning.GOAL)
    apart = _own(columns, own, *UNITS, Meaning.DEADLINE)
    if goal and apart and goal != last.text(Meaning.GOAL):
        _begin(reader, cells, place, last.label).beside = True
        return
    _go_on(reader, cells, place, with_goal=True)
    if goal:
        last.doubt(Meaning.GOAL, f"{place}的文字接在了这一项后面：是不是另一项任务？请核对")
    elif _answers_alone(cells, own, columns):
        asked = f"{place}的单位与上一行不同，接在了这一项后面：是不是另一项任务？请核对"
        last.doubt(Meaning.DUTY, asked)


def _goes_on_over_page(reader: _Reader, number: int | None, own: dict[int, GridCell]) -> bool:
    """Return whether a row at the top of a page, without a number, goes on with the task above.

    Its task has not come to an end there, or nobody answers for the row who should.
    """
    last, columns = reader.last, reader.columns
    if last is None or number is None or not last.label or not reader.fresh or not reader.paged:
        return False
    said = last.text(Meaning.REQUIREMENTS) or last.text(Meaning.GOAL)
    lacks = any(not _own(columns, own, meaning) for meaning in UNITS if columns.places(meaning))
    return lacks or not re.search(r"[。；;！]$", said)


def _go_on_over_page(reader: _Reader, cells: Cells, place: str) -> None:
    _go_on(reader, cells, place)
    if reader.last:
        said = f"{place}接在了上一页最后这一项后面：是不是另一项任务？请核对"
        reader.last.doubt(Meaning.GOAL, said)


def _row_with_goal(reader: _Reader, cells: Cells, place: str, own: dict[int, GridCell]) -> None:
    """Read a row without a number that names a task."""
    columns = reader.columns
    units = columns.places(*UNITS)
    shared = any(cells[at].up and _has(cells[at]) for at in units if at < len(cells))
    if _own(columns, own, *UNITS) or shared:
        _begin(reader, cells, place, "")
    elif _NOTE.match(next(iter(own.values())).text):
        _leave(reader, own, place, _REMARK)
    else:
        draft = _begin(reader, cells, place, "")
        draft.doubt(Meaning.DUTY, "这一行没有写单位，也没有序号：是不是一项任务？")


def _row_without_goal(reader: _Reader, cells: Cells, place: str, own: dict[int, GridCell]) -> None:
    """Read a row that has neither number nor task: it goes on with the one above."""
    columns = reader.columns
    if not columns.places(Meaning.NUMBER) and _answers_alone(cells, own, columns):
        _begin(reader, cells, place, "")
        return
    _go_on(reader, cells, place)
    merged = not columns.places(Meaning.NUMBER) or any(
        cells[at].up for at in columns.places(Meaning.GOAL) if at < len(cells)
    )
    if reader.last is None or reader.fresh or merged or _next_item(own, columns):
        return
    for meaning in {columns.meanings.get(at, Meaning.OTHER) for at in own}:
        reader.last.doubt(meaning, f"{place}没有序号和任务，接在了这一项后面，请核对")


def _answers_alone(cells: Cells, own: dict[int, GridCell], columns: Columns) -> bool:
    """Return whether a row below a merged task asks for something else, of other units."""
    merged = any(cells[at].up for at in columns.places(Meaning.GOAL) if at < len(cells))
    units = columns.places(*UNITS)
    blank = any(at < len(cells) and not cells[at].text.strip() for at in units)
    asked = _own(columns, own, Meaning.REQUIREMENTS)
    return merged and bool(asked) and bool(_own(columns, own, *UNITS)) and not blank


def _has(cell: GridCell) -> bool:
    return bool(cell.text.strip() or cell.number)


def _own(columns: Columns, own: dict[int, GridCell], *wanted: Meaning) -> str:
    return "".join(own[at].text for at in columns.places(*wanted) if at in own).strip()


def _label(columns: Columns, cells: Cells) -> tuple[int | None, str]:
    """Return where the numbers stand, and the one that stands in the row itself."""
    for at in columns.places(Meaning.NUMBER):
        if at < len(cells):
            cell = cells[at]
            return at, "" if cell.merged else tidy(cell.text) or cell.number
    return None, ""


def _alone(reader: _Reader, cells: Cells, own: dict[int, GridCell], place: str) -> bool:
    """Deal with a row that holds one text: a heading, a remark, or part of the row above."""
    columns = reader.columns
    ((at, cell),) = own.items()
    text = tidy(cell.text)
    meaning = columns.meanings.get(at, Meaning.OTHER)
    spans = sum(one.text == cell.text for one in cells) > 1
    below = any(one.up for one in cells)  # other columns go on from above
    if below and not spans:
        return False
    if spans and _as_title(cell.text) in {*reader.titles, ""}:
        _leave(reader, own, place, "再写一次的标题")
    elif not cell.text.strip() or (meaning is Meaning.NUMBER and is_label(text)):
        _leave(reader, own, place, "只有序号的行")
    elif _NOTE.match(text):
        _leave(reader, own, place, _REMARK)
    elif (meaning is Meaning.REQUIREMENTS or meaning in UNITS) and not spans and reader.last:
        return False
    elif (spans or meaning in (Meaning.NUMBER, Meaning.CATEGORY, Meaning.GOAL)) and _heading(text):
        _head(reader, text)
        _leave(reader, own, place, "类别行", ask=not spans and not _outer(reader, text))
    else:
        _leave(reader, own, place, "只有一格有文字的行", ask=True)
    return True


def _section(reader: _Reader, cells: Cells, own: dict[int, GridCell], place: str) -> bool:
    """Deal with a number and a text that spans all columns behind it, of units too: a heading."""
    columns = reader.columns
    number, label = _label(columns, cells)
    beside = [at for at in own if at != number]
    if not label or number not in own or len(beside) != 1:
        return False
    text = own[beside[0]].text
    units = [at for at in columns.places(*UNITS) if at < len(cells) and at not in own]
    spanned = [cells[at].merged and not cells[at].up and cells[at].text == text for at in units]
    if not spanned or not all(spanned) or len(text) > 2 * _TASK_LENGTH:
        return False
    joint = "" if re.search(r"\W$", label) else "、"
    _head(reader, f"{label}{joint}{tidy(text)}")
    _leave(reader, own, place, "类别行")
    return True


def _as_title(text: str) -> str:
    return re.sub(r"[（(]?(?:续上?表?|接上[页表])[）)]?$", "", bare(text))


def _head(reader: _Reader, text: str) -> None:
    ordinal = ordinal_of(text)
    reader.headings.add(ordinal.depth if ordinal else 50, text)
    reader.category = ""


def _heading(text: str) -> bool:
    return (bool(ordinal_of(text)) and len(text) <= 2 * _TASK_LENGTH) or (
        len(text) <= _TASK_LENGTH and not re.search("[。；;]", text)
    )


def _outer(reader: _Reader, text: str) -> bool:
    """Return whether a text is numbered like a heading, and not like the tasks are."""
    ordinal = ordinal_of(text)
    like = ordinal_of(reader.last.text(Meaning.GOAL)) if reader.last else None
    return (
        ordinal is not None
        and ordinal.style in _HEADINGS
        and (like is None or like.style != ordinal.style)
    )


def _next_item(own: dict[int, GridCell], columns: Columns) -> bool:
    """Return whether a row holds nothing but the next of the items ①②③ above it."""
    return all(
        columns.meanings.get(at) is Meaning.REQUIREMENTS and re.match("[②-⑳]", cell.text.strip())
        for at, cell in own.items()
    )


def _leave(
    reader: _Reader, own: dict[int, GridCell], place: str, what: str, *, ask: bool = False
) -> None:
    text = " | ".join(tidy(cell.text) or cell.number for cell in own.values())
    reader.read.left.append(Left(place, what, text, ask))


def _heads_numbers_below(columns: Columns, grid: Grid, row: int, label: str) -> bool:
    """Return whether a row names but a number and a text, and 1.1 follows its 1."""
    if not _names_only(columns, grid.rows[row]):
        return False
    below = (_label(columns, cells)[1] for cells in grid.rows[row + 1 :])
    first = bare(next(filter(None, below), ""))
    return bool(re.match(rf"{re.escape(bare(label).rstrip('.、．'))}[.．\-－—]\d", first))


def _names_only(columns: Columns, cells: Cells) -> bool:
    """Return whether a row holds a number and a text, and nothing of who answers."""
    named = {Meaning.NUMBER, Meaning.GOAL, Meaning.CATEGORY}
    return {columns.meanings.get(at) for at, cell in enumerate(cells) if cell.text.strip()} <= named


def _head_row(reader: _Reader, cells: Cells, place: str) -> None:
    said = [at for at in range(len(cells)) if cells[at].text.strip()]
    texts = dict.fromkeys(cells[at].text.strip() for at in said)
    _head(reader, tidy("".join(f"{one}." if one.isdecimal() else one for one in texts)))
    _leave(reader, {at: cells[at] for at in said if not cells[at].merged}, place, "类别行")


_GOES_ON = re.compile(r"[（(]?(?:接上页|续上页|续前|续)[）)]?$")


def _numbered_row(reader: _Reader, cells: Cells, place: str, label: str, goal: str) -> None:
    columns = reader.columns
    last = reader.last
    if last and bare(label) == bare(last.label) and tidy(goal) in ("", last.text(Meaning.GOAL)):
        _go_on(reader, cells, place)  # a page break repeats the number
        return
    if last and (mark := _GOES_ON.search(bare(label))):  # 3（续）
        last.how[mark[0]] = "接着上一项"
        _go_on_over_page(reader, cells, place)
        return
    only = _names_only(columns, cells)
    figure = bare(label).strip("（()）")[:1].isdigit()
    if only and reader.digits and not figure and not is_unit_name(label):
        _head_row(reader, cells, place)
        return
    if not is_label(label) and only and not goal:
        said = {at: cell for at, cell in enumerate(cells) if cell.text.strip()}
        _leave(reader, said, place, "没有用到的行", ask=True)
        return
    _begin(reader, cells, place, label)


def _begin(reader: _Reader, cells: Cells, place: str, label: str) -> Draft:
    """Add a task that begins in a row; what is merged from above holds for it too."""
    draft = Draft([place], label)
    reader.read.tasks.append(draft)
    reader.last = draft
    _fill(reader, draft, cells, place, merged=True)
    if not draft.text(Meaning.CATEGORY) and reader.category:
        draft.add(Meaning.CATEGORY, reader.category)
    reader.category = draft.text(Meaning.CATEGORY)
    draft.under = reader.headings.path()
    _roles_in_text(draft)
    if reader.columns.second:
        (lead, other), reader.columns.second = reader.columns.second, None
        said = f"“{lead}”读作牵头单位，“{other}”读作责任单位：各项任务都是这样读的，请核对"
        draft.doubt(Meaning.LEAD, said)
    return draft


def _go_on(reader: _Reader, cells: Cells, place: str, *, with_goal: bool = False) -> None:
    if reader.last is None:
        return
    reader.last.places.append(place)
    _fill(
        reader, reader.last, cells, place, merged=False, page_break=reader.fresh and not with_goal
    )


def _fill(
    reader: _Reader,
    draft: Draft,
    cells: Cells,
    place: str,
    *,
    merged: bool,
    page_break: bool = False,
) -> None:
    columns = reader.columns
    said: set[tuple[object, str]] = set()
    for at, cell in enumerate(cells):
        meaning = columns.meanings.get(at)
        text = cell.text.strip()
        if not text or meaning in (None, Meaning.NUMBER) or (cell.merged and not merged):
            if meaning is None and text and not cell.merged:
                reader.read.left.append(Left(place, "表头以外的格", tidy(text), ask=True))
            continue
        if at in columns.marked:
            _add_marked(reader, draft, at, text)
            continue
        if cell.merged and not cell.up and (meaning, text) in said:
            continue
        said.add((meaning, text))
        _add_cell(reader, draft, at, text, page_break=page_break)


def _add_cell(reader: _Reader, draft: Draft, at: int, text: str, *, page_break: bool) -> None:
    """Give a draft what a cell under a header says."""
    columns = reader.columns
    meaning, header = columns.meanings[at], columns.headers.get(at, "")
    text = _meant(reader, draft, at, text)
    if meaning in UNITS:
        draft.how[header] = meaning.value
        if at in columns.persons:
            text = _keep_persons(reader, draft, meaning, text)
        if text:
            # Of several columns for one thing nobody can say whose text a page parted.
            alone = len(columns.places(*_field_of(meaning))) == 1
            _add_units(
                draft, text, meaning, both=at in columns.both, page_break=page_break and alone
            )
    elif meaning in (Meaning.GOAL, Meaning.REQUIREMENTS, Meaning.LIAISON, Meaning.CATEGORY):
        draft.how[header] = meaning.value
        listed = meaning is Meaning.LIAISON
        if page_break and listed:
            _glue(draft, meaning, text)
        else:
            draft.add(meaning, text if listed else _in_a_line(text, meaning), " ")
    else:
        draft.also(columns.name(at), _in_a_line(text, meaning))


def _add_marked(reader: _Reader, draft: Draft, at: int, mark: str) -> None:
    """Give a draft the unit that heads a column, in the part that the mark in its cell says."""
    unit, shown = reader.columns.marked[at], tidy(mark)
    if says_nothing(mark) and not is_mark(mark):
        draft.how[shown] = NO_UNIT
        return
    if not is_mark(mark):
        draft.also(unit, mark)
        draft.doubt(Meaning.DUTY, f"“{unit}”一栏写的是“{shown}”：这个单位是不是责任单位？请核对")
        return
    part = part_of(mark, reader.explained)
    if part is None:
        part = part_of(mark, reader.columns.parts) or Meaning.DUTY
        said = f"“{shown}”在原文里没有说明，读作{part.value}，请核对"
        draft.doubt(_FIELDS[part], said)
    draft.how[shown] = f"这一栏的单位是{part.value}"
    field = _FIELDS[part]
    before = draft.text(field)
    draft.texts[field] = f"{before}、{unit}" if before else unit


_FIELDS = {Meaning.LEAD: Meaning.LEAD, Meaning.DUTY: Meaning.DUTY, Meaning.HELP: Meaning.DUTY}
_SAME_AS_ABOVE = frozenset({*UNITS, Meaning.DEADLINE, Meaning.PERSON, Meaning.LIAISON})


def _meant(reader: _Reader, draft: Draft, at: int, text: str) -> str:
    """Return what a cell means: what the row above says for 同上, "" for a dash among units."""
    meaning = reader.columns.meanings[at]
    if meaning in UNITS and says_nothing(text):
        draft.how[tidy(text)] = NO_UNIT
        text = ""
    elif meaning in _SAME_AS_ABOVE and says_same(text) and at in reader.above:
        text, same = reader.above[at], tidy(text)
        draft.how[same] = SAME_AS_ABOVE
        said = f"“{same}”照上一行读作“{tidy_list(text) or '无'}”，请核对"
        draft.doubt(_FIELDS.get(meaning, meaning), said)
    reader.above[at] = text
    return text


_COUNTS = re.compile(r"\s*(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]是|[①-⑳])")


def _in_a_line(text: str, meaning: Meaning | None) -> str:
    """Return a text of several lines with a mark where a line break alone parts two things."""
    if meaning is Meaning.PERSON:
        return lines_of_names(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [
        line + "；" if _COUNTS.match(behind) and not re.search(r"\W$", line) else line
        for line, behind in pairwise(lines)
    ]
    return "\n".join([*marked, *lines[-1:]])


_PERSONS = {Meaning.LEAD: "牵头责任人", Meaning.DUTY: "责任人", Meaning.HELP: "配合责任人"}


def _keep_persons(reader: _Reader, draft: Draft, meaning: Meaning, text: str) -> str:
    """Return the units of a cell of units and persons; what it says is kept apart as well."""
    units = without_persons(text)
    if not units or bare(units) == bare(text):
        return text
    name = _PERSONS[meaning]
    reader.read.headers.setdefault(name, Meaning.PERSON)
    draft.also(name, re.sub(r"(?<=[^，,；;、])\n\s*", "；", text.strip()))
    field = Meaning.LEAD if meaning is Meaning.LEAD else Meaning.DUTY
    said = f"这一栏单位和人写在一起：单位读作“{tidy_list(units)}”，原文另列在“{name}”，请核对"
    draft.doubt(field, said)
    return units


@lru_cache(maxsize=1024)  # the same list stands in many tasks; what it says is only read here
def _said_in(text: str, default: Meaning | None) -> Said:
    return said_in(text, default)


def _add_units(draft: Draft, text: str, meaning: Meaning, *, both: bool, page_break: bool) -> None:
    said = _said_in(text, None if both else meaning)
    if page_break and not said.split and not said.labels:
        _glue(draft, Meaning.LEAD if meaning is Meaning.LEAD else Meaning.DUTY, text)
        return
    _take(draft, said)
    field = Meaning.LEAD if said.lead else Meaning.DUTY
    for odd in said.odd:
        draft.doubt(field, f"“{odd}”不像单位名称，请核对")
    for odd in bracketed_persons(text):
        draft.doubt(field, f"“{odd}”像是人名，算在了单位名称里，请核对")
    for odd in glued(text):
        draft.doubt(field, f"“{odd}”按一个单位读，是两个单位的请用顿号隔开")
    if both and not said.split and not said.labels and "、" in text:
        draft.doubt(Meaning.LEAD, "这一栏牵头、配合单位写在一起，没有分清，请核对")


def _take(draft: Draft, said: Said) -> None:
    """Give a draft what a text says of its units, and what else stands in that text."""
    draft.add(Meaning.LEAD, said.lead)
    draft.add(Meaning.DUTY, said.duty)
    for label in said.labels:
        draft.how.setdefault(label, "")
    draft.heed(said.rules, said.words)
    for label, what, held in said.others:
        draft.also(label or what.value, held)


def _field_of(meaning: Meaning) -> tuple[Meaning, ...]:
    """Return the meanings that end in one list of units with this one."""
    return (Meaning.LEAD,) if meaning is Meaning.LEAD else (Meaning.DUTY, Meaning.HELP)


def _glue(draft: Draft, meaning: Meaning, text: str) -> None:
    """Put a list together that a page parted, in the middle of a name as often as after one."""
    before = draft.text(meaning)
    first = re.split("[、，,；;\n]", text)[0].strip()
    last = re.split("[、，,；;\n]", before)[-1].strip()
    whole = bool(first) and is_unit_name(first) and is_unit_name(last)
    joint = "\n" if whole and meaning is not Meaning.LIAISON else ""
    draft.texts[meaning] = f"{before}{joint}{text}" if before else text


def _roles_in_text(draft: Draft) -> None:
    """Take units out of the task's own text, where no column names them."""
    if draft.text(Meaning.LEAD) or draft.text(Meaning.DUTY):
        return
    for meaning in (Meaning.REQUIREMENTS, Meaning.GOAL):
        rest, said = without_roles(draft.text(meaning))
        if said is None or not said.names_units or not rest.strip():
            continue
        draft.texts[meaning] = rest
        _take(draft, said)
        return


# --- a table for each task: 督办事项 | …, 责任单位 | …


def _read_card(reader: _Reader, grid: Grid) -> bool:
    """Read a table that is one task, labels and texts side by side; return whether it is one."""
    draft = Draft([grid.name])
    rest: list[str] = []
    for cells in grid.rows:
        own = [cell for cell in cells if not cell.merged and _has(cell)]
        at = 0
        while at < len(own):
            meaning = _labels(own[at].text)
            if meaning is None or at + 1 == len(own) or _labels(own[at + 1].text):
                rest.append(tidy(own[at].text))
                at += 1
                continue
            _take_pair(reader, draft, tidy(own[at].text), meaning, own[at + 1].text)
            at += 2
    answered = draft.text(Meaning.LEAD) or draft.text(Meaning.DUTY)
    if not draft.text(Meaning.GOAL) or not answered:
        return False
    reader.read.tasks.append(draft)
    reader.read.counted.append((grid.name, len(grid.rows), 1, len(rest)))
    for cells in grid.rows:
        reader.read.sources += [
            Source(grid.name, cell.text) for cell in cells if not cell.merged and _has(cell)
        ]
    reader.read.left += [Left(grid.name, "没有用到的格", text, ask=True) for text in rest]
    return True


def _labels(text: str) -> Meaning | None:
    """Return what a cell names as a label; 明确责任单位。 is a text, as its full stop says."""
    return None if text.rstrip().endswith(("。", "；", "！")) else meaning_of(text)


def _take_pair(reader: _Reader, draft: Draft, label: str, meaning: Meaning, text: str) -> None:
    draft.how[label] = meaning.value
    if meaning in UNITS:
        if names_persons(label):
            text = _keep_persons(reader, draft, meaning, text)
        _add_units(draft, text, meaning, both=names_several(label), page_break=False)
    elif meaning is Meaning.NUMBER:
        draft.label = tidy(text)
    elif meaning is Meaning.GOAL and draft.text(Meaning.GOAL):
        draft.how[label] = Meaning.REQUIREMENTS.value
        draft.add(Meaning.REQUIREMENTS, text, " ")
    elif meaning in (Meaning.GOAL, Meaning.REQUIREMENTS, Meaning.LIAISON, Meaning.CATEGORY):
        draft.add(meaning, text, " ")
    else:
        draft.also(label if meaning is not Meaning.PROGRESS else EARLIER, text)
