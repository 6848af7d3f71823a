"""A document's tables → tasks: every table and sheet that names tasks and units. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from edu_sheet.plan.issued.abreast import each_of_several, one_below_the_other
from edu_sheet.plan.issued.around import is_measure
from edu_sheet.plan.issued.asides import as_title
from edu_sheet.plan.issued.blocks import Grid
from edu_sheet.plan.issued.cards import is_card, read_card
from edu_sheet.plan.issued.cells import mark_helpers
from edu_sheet.plan.issued.chapters import Chapters, head_first
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.draft import MEASURE, Draft, Headings, Left, Read, column_name
from edu_sheet.plan.issued.first_leads import first_leads_in
from edu_sheet.plan.issued.header import columns_at
from edu_sheet.plan.issued.matrix import explained
from edu_sheet.plan.issued.meaning import TASKS, UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.next_header import goes_on, is_task_row, unknown_names
from edu_sheet.plan.issued.ordinals import is_label, ordinal_of
from edu_sheet.plan.issued.other_tables import CONTACTS, DUTIES, holds_tasks, other_table_at
from edu_sheet.plan.issued.reader import REMARK, Reader
from edu_sheet.plan.issued.rows import read_row
from edu_sheet.plan.issued.titles import (
    HEADING_ROW,
    Named,
    chosen,
    give_lead,
    propose_lead,
    same_units,
    standing_over,
    titles_over,
)
from edu_sheet.rules.units import is_unit_name
from edu_sheet.words.text import bare, tidy

OUTSIDE = "表外文字"
_TELEPHONE = re.compile(r"\d{7,}")
_TOLD_ROWS = 3
_OF_FORM = re.compile("(?:填[报表]|报送|上报|制表|编制)(?:单位|部门)[：:]")  # below a title
_SECOND = re.compile(r"[；;。\n]\s*2[.．、](?!\d)")


def read_tables(grids: list[Grid], read: Read, beside: Iterable[str] = ()) -> None:
    """Add what the tables hold to what was read; `beside` are the texts around them."""
    cells = (cell.text for grid in grids for row in grid.rows for cell in row if not cell.merged)
    reader = Reader(read, explained=explained((*beside, *cells)), grids=grids)
    chapters = Chapters(read)
    for grid in grids:
        before = len(read.tasks)
        reader.standing = chapters.enter(grid)
        for one in each_of_several(grid):
            _read_grid(reader, one_below_the_other(one))
        chapters.note(grid, read.tasks[before:])
    chapters.give()
    _ask_of_titles(reader)
    mark_helpers(read.tasks)
    beside_rows = (one for one in read.left if one.what in (REMARK, OUTSIDE))
    notes = (first_leads_in(one.text) for one in beside_rows)
    read.first_leads = read.first_leads or next(filter(None, notes), "")


def _read_grid(reader: Reader, grid: Grid) -> None:
    read = reader.read
    if is_card(grid) and read_card(reader, grid):
        return
    before, left_before = len(read.tasks), len(read.left)
    width = max(map(len, grid.rows), default=0)
    other = width == reader.other and _calls(grid)  # a list of contacts on another page
    going_on = 0 < width == reader.columns.width and not _titled(grid) and not other
    reader.other = width if other else 0
    reader.fresh, reader.paged = True, going_on
    held, row = False, 0
    heads: list[tuple[int, int, Columns]] = []
    while row < len(grid.rows):
        if end := _other_table(reader, grid, row):
            row = end
            continue
        if found := _header_at(reader, grid, row, begun=bool(heads), going_on=going_on):
            columns, height = _enter(reader, grid.place(row), found, begun=bool(heads))
            held = going_on = True
            reader.digits = _in_digits(grid, columns)
            heads.append((row, height, columns))
            row += height
            continue
        if going_on and reader.columns.width:
            held = True
            read_row(reader, grid, row)
            reader.fresh = reader.fresh and not any(c.text.strip() for c in grid.rows[row])
        else:
            _leave_row(reader, grid, row)
        row += 1
    if held:
        _number_in_text(reader, read.tasks[before:])
        top = heads[0][0] if heads else 0
        _lead_as_titled(reader, grid, top, read.tasks[before:])
        head_first(read, grid, top, read.tasks[before:])
    if not held and read_card(reader, grid):
        del read.left[left_before : len(read.left) - read.counted[-1][3]]
        return
    if not held:
        _tell_unused(reader, grid, left_before)
        return
    read.left += _unused_heads(grid, heads, read.tasks[before:])
    left = sum(one.place.startswith(grid.name) for one in read.left[left_before:])
    read.counted.append((grid.name, len(grid.rows), len(read.tasks) - before, left))


def _calls(grid: Grid) -> bool:
    """Return whether each row of a table tells a telephone."""
    return all(any(_TELEPHONE.search(bare(one.text)) for one in row) for row in grid.rows)


def _enter(
    reader: Reader, place: str, found: tuple[Columns, int], *, begun: bool
) -> tuple[Columns, int]:
    """Let the columns of a header hold from here on; return them, and its height."""
    columns, height = found
    reader.paged = reader.columns.headers == columns.headers
    if begun and not reader.paged:
        _ask_of_header(reader, place, columns)
    if reader.paged:
        columns = reader.columns  # repeated: what was a category stays one
    else:
        reader.last, reader.category, reader.above = None, "", {}
        if not (begun and reader.headed):  # else the row right above heads this table
            reader.headings, reader.head = Headings(), None
        _tell_columns(reader, columns)
    reader.fresh = True
    reader.columns = columns
    return columns, height


def _other_table(reader: Reader, grid: Grid, row: int) -> int:
    """Leave a table that holds no tasks, and begins in a row, out; return where it ends, or 0.

    What each unit is there for is a plan where nothing else in the document is.
    """
    other = other_table_at(grid, row)
    if other is None or (other.what == DUTIES and not holds_tasks(reader.grids)):
        return 0
    reader.read.left.append(Left(grid.place(row), other.what, other.text, ask=other.ask))
    reader.other = max(map(len, grid.rows)) if other.what == CONTACTS else 0
    return other.end


def _header_at(
    reader: Reader, grid: Grid, row: int, *, begun: bool, going_on: bool
) -> tuple[Columns, int] | None:
    """Return a header as `columns_at`; None where columns hold and the row is a task of them."""
    found, before = columns_at(grid, row), reader.columns
    said = {at: tidy(cell.text.replace("\n", "")) for at, cell in enumerate(grid.rows[row])}
    if found is None and going_on and any(said.values()) and said == before.headers:
        return before, 1  # written again over the next sheet, whose unit nothing names
    if found is None or not before.width or not (begun or going_on):
        return found
    columns, height = found
    if begun:
        return found if goes_on(grid, row, height, columns, before) else None
    task = not columns.marked and is_task_row(grid.rows[row], before)
    return None if task else found


def _ask_of_header(reader: Reader, place: str, columns: Columns) -> None:
    """Ask of a header in the middle of a table that has names nobody knows: it may be a task."""
    if unknown_names(columns):
        texts = " | ".join(dict.fromkeys(filter(None, columns.headers.values())))
        reader.read.left.append(Left(place, "表中间的表头", texts, ask=True))


def _lead_as_titled(reader: Reader, grid: Grid, top: int, drafts: Sequence[Draft]) -> None:
    """Let the unit lead that a heading row, or a title above a table, names; or ask of it."""
    columns, below = reader.columns, [*reader.below]
    reader.below = []
    if columns.places(Meaning.LEAD) or not drafts:
        return
    for named in dict.fromkeys(one for one, _ in below):
        _lead_by(reader, (named,), [draft for one, draft in below if one is named])
    over = tuple(titles_over(grid, top))
    if not over and not grid.above and not top and grid.title == reader.sheet:
        over = reader.over  # it goes on with the table before
    over = over or standing_over(reader.standing)
    reader.over, reader.sheet = over, grid.title
    _lead_by(reader, over, drafts)


def _lead_by(reader: Reader, named: tuple[Named, ...], drafts: Sequence[Draft]) -> None:
    if (leading := chosen(named, reader.columns)) is None:
        reader.titled.append((named, [*drafts]))
    elif give_lead(drafts, leading):
        reader.read.used[bare(leading.text)] = "其中的单位用作牵头单位"


def _ask_of_titles(reader: Reader) -> None:
    """Ask whether those lead that titles name, where each of several tables names another."""
    units = {one.unit for named, _ in reader.titled for one in named}
    for named, drafts in reader.titled:
        apart = len(units) > 1 or any(one.where == HEADING_ROW for one in named)
        if apart and not all(same_units(drafts, one.unit) for one in named):
            propose_lead(drafts, named)


def _titled(grid: Grid) -> bool:
    """Return whether a table begins with lines of one text each and a header of its own."""
    for row, cells in enumerate(grid.rows[:_TOLD_ROWS]):
        if columns_at(grid, row):
            return row > 0
        texts = [cell.text for cell in cells if cell.text.strip() and not cell.merged]
        if len(texts) > 1 and not _OF_FORM.match(bare(texts[0])):
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
        read = {*named, *(columns.headers.get(at) for at in _inner_numbers(columns))}
        lost = [one for one in texts if one not in read and column_name(one) not in read]
        if not tasks or (height > 1 and lost):
            yield Left(grid.place(row), "表头", " | ".join(lost if tasks else texts))


def _inner_numbers(columns: Columns) -> list[int]:
    """Return where numbers stand under a header that names more: 任务内容 over 序号."""
    numbers = columns.places(Meaning.NUMBER)
    return [at for at in numbers if meaning_of(columns.headers[at]) is not Meaning.NUMBER]


def _number_in_text(reader: Reader, drafts: Sequence[Draft]) -> None:
    """Take the numbers out of the tasks' texts, where no column has any and all texts have one."""
    if reader.columns.places(Meaning.NUMBER) or not drafts:
        return
    found = [ordinal_of(one.text(Meaning.GOAL)) for one in drafts]
    styles = {one.style if one and one.rest.strip() else "" for one in found}
    if len(styles) > 1 or styles <= {"", "circled"}:
        return
    if any(one and one.label[:1] == "1" and _SECOND.search(one.rest) for one in found):
        return  # 1.…；2.… are a list that each task has
    for draft, ordinal in zip(drafts, found, strict=True):
        if ordinal and not draft.label:
            draft.label = ordinal.label.rstrip("、.．,，是 ")
            draft.texts[Meaning.GOAL] = ordinal.rest.strip()


def _tell_columns(reader: Reader, columns: Columns) -> None:
    rules = (first_leads_in(columns.headers[place]) for place in columns.places(*UNITS))
    reader.read.first_leads = reader.read.first_leads or next(filter(None, rules), "")
    for place in columns.further:
        reader.read.headers.setdefault(column_name(columns.name(place)), columns.meanings[place])


def _in_digits(grid: Grid, columns: Columns) -> bool:
    """Return whether tasks are numbered in figures: rows that are not (一、) may be headings."""
    numbers = columns.places(Meaning.NUMBER)
    texts = [cells[at].text for cells in grid.rows for at in numbers if at < len(cells)]
    return any(bare(text)[:1].isdigit() for text in texts)


def _leave_row(reader: Reader, grid: Grid, row: int) -> None:
    texts = [cell.text for cell in grid.rows[row] if cell.text.strip() and not cell.merged]
    if texts:
        reader.titles |= set(map(as_title, texts))
        what = MEASURE if len(texts) == 1 and is_measure(texts[0]) else OUTSIDE
        reader.read.left.append(Left(grid.place(row), what, " | ".join(map(tidy, texts))))


def _tell_unused(reader: Reader, grid: Grid, left_before: int) -> None:
    """Note a table that holds no tasks as one thing."""
    kinds = {one.what: one.ask for one in reader.read.left[left_before:]}
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
    asked = _asks(header) or _asks(labels) or _like_tasks(told)
    reader.read.left.append(
        Left(
            grid.name,
            f"没有用到的表（{len(told)}行）",
            text,
            ask=kinds.get(CONTACTS, asked),
        )
    )


def _like_tasks(rows: list[list[str]]) -> bool:
    """Return whether rows may be tasks that go on from another page: 3 | 建校 | 县教育局.

    Lists of whom to call are none.
    """
    numbered = [cells for cells in rows if len(cells) > 1 and is_label(cells[0])]
    units = [cells for cells in numbered if any(is_unit_name(one) for one in cells[1:])]
    called = any(_TELEPHONE.search(one) for cells in rows for one in cells)
    return len(rows) <= 2 * len(units) and not called


def _asks(header: list[str]) -> bool:
    return any(meaning_of(text) in TASKS | UNITS for text in header)
