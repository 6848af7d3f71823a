"""A Form as sheets of cells: what stands where, how it looks, how tall its rows are. Pure.

The one source of a form's layout: `write` renders these sheets, and `issued_cells` says what was
issued, so that the two cannot drift apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from edu_sheet.form import layout
from edu_sheet.form.compose import row_texts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.kit.row_height import LIMIT, headed, row_height, split
from edu_sheet.words.columns import ANSWERS, NUMBER, PROBLEMS, PROGRESS, ROLE, STATE
from edu_sheet.words.forms import EarlierSheet, Form, FormRow
from edu_sheet.words.parts import Part
from edu_sheet.words.place import Position
from edu_sheet.words.plan import Light, Role

_SIZES = (11.0, 10.5, 10.0, 9.0, 8.0)  # a text too tall for a row gets the largest that fits
_MONTH_ROOM = 72.0  # points: four lines in 进展情况 at least
_QUARTER_ROOM = 290.0  # 600 characters in 进展成效, and two tasks on a page
_QUARTER_SIZE = 10.0
_WISHED = 300  # characters of a text that a summary can print as it is


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks, and whether it can be typed into."""

    size: float = _SIZES[0]
    bold: bool = False
    align: str = "left"
    valign: str = "top"
    fill: str = ""
    border: bool = True
    unlocked: bool = False


_FILL_IN = "FFFBE0"  # pale yellow: what the unit fills in
_LEAD_FILL = "E3EEF9"  # pale blue: the unit leads this task
_TITLE = Style(size=18, bold=True, align="center", valign="vcenter", border=False)
_SMALL_TITLE = replace(_TITLE, size=14)
_INFO = Style(valign="vcenter", border=False)
_HEADER = Style(bold=True, align="center", valign="vcenter", fill="D9E2EC")
_LOCKED = Style()
_CENTRED = Style(align="center")
_PROGRESS = Style(fill=_FILL_IN, unlocked=True)
_QUARTER_PROGRESS = replace(_PROGRESS, size=_QUARTER_SIZE)
_LABEL = Style(align="right", valign="vcenter", border=False)
_STATE = Style(align="center", valign="vcenter", fill=_FILL_IN, unlocked=True)
_APPROVAL = Style(valign="vcenter", fill=_FILL_IN, unlocked=True)

_MONTH_HINT = "请填写本单位本月对该项任务做了什么、进展到什么程度、下一步打算。换行请按 Alt+Enter。"
_QUARTER_HINT = (
    "请填写本季度该项任务的总体进展（含各责任部门），须经主要领导审定。换行请按 Alt+Enter。"
)

_PART_HINTS = {
    Part.PROGRESS: "请填写本季度该项任务的进展和成效（含各责任部门），"
    f"建议{_WISHED}字以内，须经主要领导审定。换行请按 Alt+Enter。",
    Part.PROBLEMS: "请填写推进该项任务存在的主要问题和困难，没有的可以不填。建议150字以内。",
    Part.NEXT_STEPS: "请填写下一步的打算、措施和时间。建议150字以内。",
}
_STATE_HINT = "请从下拉列表中选择一项。"

_TEXT_WIDTHS = {"序号": 5.0, "单位": 17.0, "角色": 6.0, "月份": 9.0, "栏目": 14.0}
_GOAL_WIDTH = 28.0  # of the column of tasks, whatever the plan calls it
_TEXT_SHEET_WIDTH = 140.0  # all columns together; the last takes what the others leave
_LABELS_NEED = 3  # columns before 进展情况: two for a label, one for what is filled in
_NARROW = 10.0  # columns below this width are centred


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as it is issued."""

    text: str
    style: Style
    number: bool = False  # a number to the spreadsheet, not a text
    span: int = 1  # so many columns merged into one
    hint: str = ""  # what the program shows when the cell is entered
    title: str = ""  # above it
    choices: tuple[str, ...] = ()  # the texts that the cell takes; () is any


@dataclass(frozen=True, eq=False)
class Line:
    """One row as it is issued: its cells from column A on. The same row of many forms is one."""

    cells: tuple[GridCell, ...]
    height: float = 0.0  # in points, at least
    labels: bool = False  # short ones: no taller than that

    @cached_property
    def places(self) -> tuple[tuple[int, GridCell], ...]:
        """Each cell with its column, from 1; a merged cell appears under every column it spans."""
        ends = accumulate((cell.span for cell in self.cells), initial=1)
        return tuple(zip(ends, self.cells, strict=False))

    @cached_property
    def texts(self) -> tuple[tuple[int, str], ...]:
        """Each text with its column, without those that are empty."""
        return tuple((column, cell.text) for column, cell in self.places if cell.text)

    @cached_property
    def styles(self) -> tuple[Style, ...]:
        """The styles of its cells, each once."""
        return tuple(dict.fromkeys(cell.style for cell in self.cells))

    @cached_property
    def merged(self) -> tuple[tuple[int, int], ...]:
        """The first and last column, from 0, of each cell that spans several."""
        return tuple(
            (column - 1, column + cell.span - 2) for column, cell in self.places if cell.span > 1
        )

    @cached_property
    def advised(self) -> tuple[tuple[int, GridCell], ...]:
        """Each cell that shows a hint, with its column."""
        return tuple((column, cell) for column, cell in self.places if cell.hint)

    @cached_property
    def unlocked(self) -> tuple[int, ...]:
        """The columns that can be typed into."""
        return tuple(column for column, cell in self.places if cell.style.unlocked)


@dataclass(slots=True)
class Grid:
    """One sheet as it is issued; sizes and heights are right once it is `fitted`."""

    name: str
    widths: tuple[float, ...]  # in characters; 0 is hidden
    header_row: int  # repeated on every page
    footer: str  # left of the page number
    lines: dict[int, Line] = field(default_factory=dict)  # by row

    @property
    def cells(self) -> dict[Position, GridCell]:
        """Every cell by its place."""
        return {
            (row, column): cell for row, line in self.lines.items() for column, cell in line.places
        }

    @property
    def heights(self) -> dict[int, float]:
        """Every row's height in points."""
        return {row: line.height for row, line in self.lines.items()}

    @property
    def last_row(self) -> int:
        """The last row that holds anything."""
        return max(self.lines)

    @property
    def printed_columns(self) -> int:
        """How many columns are printed: hidden ones stand behind them."""
        return sum(width > 0 for width in self.widths)

    def put(self, row: int, *cells: GridCell, height: float = 0.0, labels: bool = False) -> None:
        """Place a row."""
        self.lines[row] = Line(cells, height, labels)

    def fitted(self) -> "Grid":
        """Return the grid, each text in the largest size at which its row can show it all."""
        self.lines = {row: _fitted(line, self.widths) for row, line in self.lines.items()}
        return self


@lru_cache(maxsize=2048)
def _fitted(line: Line, widths: tuple[float, ...]) -> Line:
    cells, heights = [], [line.height]
    for column, cell in line.places:
        width = sum(widths[column - 1 : column - 1 + cell.span])
        size, height = _fitting(cell.text, width, cell.style.size)
        heights.append(height)
        cells.append(
            cell if size == cell.style.size else replace(cell, style=replace(cell.style, size=size))
        )
    return Line(tuple(cells), line.height if line.labels else max(heights))


def grids(form: Form) -> tuple[Grid, ...]:
    """Return the sheets of a form but the metadata sheet, the one to fill in first."""
    return tuple(grid.fitted() for grid in _placed(form))


def _placed(form: Form) -> list[Grid]:
    clipped = tuple(_clipped(form))
    sheets = [_form_grid(form, clipped)]
    sheets += [_text_grid(form, sheet) for sheet in form.earlier]
    if clipped:
        title = "行高放不下的任务内容全文（仅供查阅）"
        full = EarlierSheet(layout.FULL_TEXT_SHEET, title, layout.FULL_TEXT_HEADER, clipped)
        sheets.append(_text_grid(form, full))
    return sheets


def issued_cells(form: Form) -> dict[str, dict[Position, str]]:
    """Return every cell that is not empty as it was issued, by sheet; not the metadata sheet.

    A merged cell stands at its upper left place. 序号 is there as text.
    """
    return {
        grid.name: {
            (row, column): text for row, line in grid.lines.items() for column, text in line.texts
        }
        for grid in _placed(form)
    }


def progress_places(form: Form) -> dict[str, Position]:
    """Return where each task's 进展情况 stands on the form's first sheet, by the task's key."""
    return answer_places(form, Part.PROGRESS)


def answer_places(form: Form, part: Part) -> dict[str, Position]:
    """Return where a part of what is said on each task stands, by the task's key."""
    field = next(name for name, asked in form.answers.items() if asked is part)
    column = form.fields.index(field) + 1
    return {row.key: (layout.FIRST_TASK_ROW + line, column) for line, row in enumerate(form.rows)}


def approval_places(form: Form) -> dict[str, Position]:
    """Return where each approval field is filled in, by its label; none on a month's form."""
    if not form.quarterly:
        return {}
    # Two fields a line, one blank line below the table.
    first = layout.FIRST_TASK_ROW + len(form.rows) + 1
    progress = form.column_of(PROGRESS)
    # Of a form that has little before 进展情况 the fields stand one below the other.
    columns = (progress - 1, _behind(form)) if progress > _LABELS_NEED else (progress,)
    return {
        label: (first + index // len(columns), columns[index % len(columns)])
        for index, label in enumerate(layout.APPROVAL_LABELS)
    }


def _behind(form: Form) -> int:
    """Return the first column behind those that the unit fills in, from 1."""
    return form.column_of(PROGRESS) + 1 + form.states


# ---------------------------------------------------------------- the sheet to fill in


def _form_grid(form: Form, clipped: Sequence[tuple[str, ...]]) -> Grid:
    widths = tuple(column.width for column in form.columns)
    grid = Grid(layout.FORM_SHEET, widths, layout.HEADER_ROW, footer(form))
    _put_head(grid, form, clipped)
    header = tuple(column.header for column in form.columns)
    grid.lines[layout.HEADER_ROW] = _header_line(header, widths)
    fields = form.fields
    for row, task in enumerate(form.rows, layout.FIRST_TASK_ROW):
        grid.lines[row] = _task_line(task, fields, quarterly=form.quarterly)
    _put_approval(grid, form)
    return grid


def _put_head(grid: Grid, form: Form, clipped: Sequence[tuple[str, ...]]) -> None:
    left, right = form.column_of(PROGRESS), _behind(form)
    rest = grid.printed_columns - right + 1
    instructions = form.instructions
    if clipped:
        numbers = "、".join(dict.fromkeys(row[0] for row in clipped))
        instructions += f"第{numbers}项内容较长，全文见“{layout.FULL_TEXT_SHEET}”表。"
    grid.put(layout.TITLE_ROW, GridCell(form.title, _TITLE, span=grid.printed_columns), height=36.0)
    grid.put(
        layout.INFO_ROW,
        _info(left - 1, layout.UNIT_LABEL, form.identity.unit),
        _info(right - left, layout.PERIOD_LABEL, form.identity.period.label),
        _info(rest, layout.DUE_LABEL, chinese_date(form.due)),
        height=24.0,
    )
    grid.put(
        layout.INSTRUCTIONS_ROW,
        _info(right - 1, layout.INSTRUCTIONS_LABEL, instructions),
        _info(rest, layout.NUMBER_LABEL, form.number),
        height=24.0,
    )


def _info(span: int, label: str, value: str) -> GridCell:
    return GridCell(f"{label}：{value}", _INFO, span=span)


@lru_cache(maxsize=16)
def _header_line(texts: tuple[str, ...], widths: tuple[float, ...]) -> Line:
    shown = (headed(text, width, _HEADER.size) for text, width in zip(texts, widths, strict=True))
    return Line(tuple(GridCell(text, _HEADER) for text in shown), 34.0)


@lru_cache(maxsize=1024)  # the same tasks stand in the forms of many units
def _task_line(row: FormRow, fields: tuple[str, ...], *, quarterly: bool) -> Line:
    lead = row.role is Role.LEAD
    cells = []
    for name, text in zip(fields, row_texts(row, fields), strict=True):
        if name in ANSWERS:
            hint = _hint(ANSWERS[name], parts=PROBLEMS.field in fields, quarterly=quarterly)
            title = ANSWERS[name].label if PROBLEMS.field in fields else PROGRESS.header
            style = _QUARTER_PROGRESS if quarterly else _PROGRESS
            cells.append(GridCell(text, style, hint=hint, title=title))
        elif name == STATE.field:
            cells.append(GridCell(text, _STATE, hint=_STATE_HINT, choices=tuple(Light)))
        else:
            centred = name in (NUMBER.field, ROLE.field)
            style = _task_style(lead=lead, centred=centred, bold=lead and name == ROLE.field)
            cells.append(GridCell(text, style, number=name == NUMBER.field))
    return Line(tuple(cells), _QUARTER_ROOM if quarterly else _MONTH_ROOM)


def _hint(part: Part, *, parts: bool, quarterly: bool) -> str:
    """Return what is said beside a cell that the unit answers in."""
    if not quarterly:
        return _MONTH_HINT
    return _PART_HINTS[part] if parts else _QUARTER_HINT


@cache
def _task_style(*, lead: bool, centred: bool, bold: bool) -> Style:
    return Style(
        align="center" if centred else "left",
        valign="vcenter",
        fill=_LEAD_FILL if lead else "",
        bold=bold,
    )


def _put_approval(grid: Grid, form: Form) -> None:
    """Place two fields a line, or one: behind a wide label, and as wide as what is left."""
    by_row: dict[int, list[GridCell]] = {}
    for label, (row, column) in approval_places(form).items():
        cells = by_row.setdefault(row, [])
        if not cells:
            cells += [GridCell(f"{label}：", _LABEL, span=column - 1), GridCell("", _APPROVAL)]
            continue
        taken = sum(cell.span for cell in cells)
        cells += [GridCell("", _LABEL)] * (column - 2 - taken)
        cells += [
            GridCell(f"{label}：", _LABEL),
            GridCell("", _APPROVAL, span=grid.printed_columns - column + 1),
        ]
    for row, cells in by_row.items():
        grid.put(row, *cells, height=28.0, labels=True)


def footer(form: Form) -> str:
    """Return what is printed below each page of a form, left of the page number."""
    return f"{form.identity.unit}　{form.identity.period.label}　{form.number}"


# ---------------------------------------------------------------- sheets for reading


def _text_grid(form: Form, sheet: EarlierSheet) -> Grid:
    widths = [_TEXT_WIDTHS.get(header, _GOAL_WIDTH) for header in sheet.header[:-1]]
    widths.append(_TEXT_SHEET_WIDTH - sum(widths))
    grid = Grid(sheet.name, tuple(widths), 2, footer(form))
    grid.put(1, GridCell(sheet.title, _SMALL_TITLE, span=len(widths)), height=32.0)
    grid.put(2, *(GridCell(header, _HEADER) for header in sheet.header), height=24.0)
    kinds = tuple(
        (header == NUMBER.header, width < _NARROW)
        for header, width in zip(sheet.header, widths, strict=True)
    )
    for number, row in enumerate(_continued(sheet.rows, widths[-1]), 3):
        grid.lines[number] = _text_line(row, kinds)
    return grid


@lru_cache(maxsize=1024)  # who has not reported has the same rows
def _text_line(texts: tuple[str, ...], kinds: tuple[tuple[bool, bool], ...]) -> Line:
    """Return a row of texts; `kinds` says of each column whether it holds numbers or is narrow."""
    return Line(
        tuple(
            GridCell(text, _CENTRED if narrow else _LOCKED, number=numbers and text.isdecimal())
            for text, (numbers, narrow) in zip(texts, kinds, strict=True)
        )
    )


def _continued(rows: Sequence[tuple[str, ...]], width: float) -> Iterator[tuple[str, ...]]:
    """Yield the rows, a text too tall for one row going on in rows marked （续）."""
    for row in rows:
        first, *more = split(row[-1], width, _SIZES[0])
        yield (*row[:-1], first)
        for piece in more:
            yield (row[0], layout.CONTINUED, *[""] * (len(row) - 3), piece)


def _clipped(form: Form) -> Iterator[tuple[str, ...]]:
    """Yield (序号, column, text) of what no row is tall enough for, even in the smallest size."""
    fields, widths = form.fields, tuple(column.width for column in form.columns)
    for row in form.rows:
        for place in _too_long(row, fields, widths):
            yield row.shown, form.columns[place].header, row.text(fields[place])


@lru_cache(maxsize=1024)  # the same tasks stand in the forms of many units
def _too_long(row: FormRow, fields: tuple[str, ...], widths: tuple[float, ...]) -> tuple[int, ...]:
    """Return which of the row's columns, from 0, hold a text that no row is tall enough for."""
    return tuple(
        place
        for place, (text, width) in enumerate(zip(row_texts(row, fields), widths, strict=True))
        if width and row_height([(text, width)], _SIZES[-1], most=LIMIT) > LIMIT
    )


@lru_cache(maxsize=4096)  # the texts of a plan stand in every form
def _fitting(text: str, width: float, size: float) -> tuple[float, float]:
    """Return the largest size, at most that one, at which a row can show a text, and its height."""
    for one in (size, *_SIZES):
        height = row_height([(text, width)], one) if width else 0
        if height <= LIMIT:
            return one, height
    return _SIZES[-1], LIMIT
