"""The table of a form in a returned sheet, whatever was inserted, sorted or renamed. Pure.

Columns are found by their headers, rows by key, then by the task's text, then by 序号: never by
position. Where headers are gone, a column is taken for what stands between its issued neighbours.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from edu_sheet.form import layout
from edu_sheet.form.identity import normalised
from edu_sheet.form.signal import labelled
from edu_sheet.words.book import Sheet
from edu_sheet.words.columns import (
    GOAL,
    KEY,
    NUMBER,
    PROGRESS,
    REQUIREMENTS,
    ROLE,
    STATE,
)
from edu_sheet.words.forms import Form, FormRow
from edu_sheet.words.place import Position
from edu_sheet.words.text import Once, bare

_HEADER_LIMIT = 30  # characters: a header that somebody added to is still no longer
_HEADER_FIELDS = 3  # so many headers in one row make it the header row
_NUMBER_MARKS = "第项.、,()[]#号 "  # what people put around a 序号; NFKC has made it half-width


@dataclass(frozen=True, slots=True)
class Table:
    """Where the tasks and fields of a form stand in a returned sheet."""

    sheet: Sheet
    header_row: int  # 0: the header is gone
    columns: Mapping[str, int]  # a column's field → where it stands
    rows: Mapping[str, int]  # a task's key → its row
    duplicates: tuple[tuple[str, int], ...] = ()  # more rows of a task that has one: key, row
    torn: tuple[tuple[int, str, str], ...] = ()  # row, whose key it has, whose text it has
    approval: Mapping[str, Position] = field(default_factory=dict)  # label → where the value stands

    def progress(self, key: str) -> Position | None:
        """Return where a task's 进展情况 stands; None if its row or the column is gone."""
        row, column = self.rows.get(key), self.columns.get(PROGRESS.field)
        return (row, column) if row and column else None

    def state(self, key: str) -> str:
        """Return what a task's 完成状态 says, "" where the form has no such column."""
        row, column = self.rows.get(key), self.columns.get(STATE.field)
        return self.sheet.text(row, column).strip() if row and column else ""


def find_table(sheet: Sheet, form: Form) -> Table | None:
    """Return the form's table in a sheet; None if no row of the sheet is one of its tasks.

    A sheet of earlier texts has 序号, 目标任务 and 进展情况 too, but no other column of a form.
    """
    header, columns = _header(sheet, form)
    _add_by_content(sheet, form, columns)
    if not _telling(form) & columns.keys():
        return None
    _add_between(sheet, form, header, columns)
    found = _Rows(sheet, form, header, columns)
    if not found.rows:
        return None
    return Table(
        sheet=sheet,
        header_row=header,
        columns=columns,
        rows=found.rows,
        duplicates=tuple(found.duplicates),
        torn=tuple(found.torn),
        approval=_approval(sheet, form, found.rows.values()),
    )


def table_as_issued(sheet: Sheet, form: Form) -> Table:
    """Return the table of a sheet in which all rows and columns stand where they were issued."""
    columns = {name: at for at, name in enumerate(form.fields, 1)}
    rows = {row.key: at for at, row in enumerate(form.rows, layout.FIRST_TASK_ROW)}
    return Table(sheet, layout.HEADER_ROW, columns, rows)


def _telling(form: Form) -> set[str]:
    """Return the columns that only the sheet to be filled in has."""
    own = (*layout.EARLIER_HEADER, *layout.QUARTER_HEADER, STATE.header, ROLE.header)
    return {column.field for column in form.columns if column.header not in own}


# ---------------------------------------------------------------- columns


def _header(sheet: Sheet, form: Form) -> tuple[int, dict[str, int]]:
    """Return the header's row, 0 if there is none, and the columns that it names."""
    names = {column.field: bare(column.header) for column in form.columns}
    exact: dict[int, dict[str, int]] = {}
    loose: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if len(cell.text) > _HEADER_LIMIT:
            continue
        text = bare(cell.text)
        for name, header in names.items():
            if text == header:
                exact.setdefault(row, {}).setdefault(name, column)
            elif header in text:
                loose.setdefault(row, {}).setdefault(name, column)
    rows = {row: loose.get(row, {}) | exact.get(row, {}) for row in sorted({*exact, *loose})}
    row = max(rows, key=lambda one: len(rows[one]), default=0)
    if row and len(rows[row]) >= min(_HEADER_FIELDS, len(names)):
        return row, _one_field_a_column(rows[row], exact.get(row, {}))
    return 0, {}


def _one_field_a_column(columns: dict[str, int], exact: dict[str, int]) -> dict[str, int]:
    """Drop the looser of two fields that claim one column."""
    taken = {column: name for name, column in exact.items()}
    return {name: column for name, column in columns.items() if taken.get(column, name) == name}


def _add_by_content(sheet: Sheet, form: Form, columns: dict[str, int]) -> None:
    """Find the columns whose header is gone by the texts and keys that were issued in them."""
    plain = Once(normalised)
    for column in (KEY, REQUIREMENTS, GOAL):
        if column.field in columns:
            continue
        issued = {normalised(row.text(column.field)) for row in form.rows} - {""}
        counted = Counter(
            where
            for (_, where), cell in sheet.cells.items()
            if where not in columns.values() and plain[cell.text] in issued
        )
        if counted:
            columns[column.field] = counted.most_common(1)[0][0]


def _add_between(sheet: Sheet, form: Form, header: int, columns: dict[str, int]) -> None:
    """Take a column without its header for what it was issued as, if both neighbours agree."""
    fields = form.fields
    for place, name in enumerate(fields):
        if name in columns or name == KEY.field:
            continue
        left = columns.get(fields[place - 1]) if place else 0
        right = columns.get(fields[place + 1])
        free = None
        if left is not None and right is not None and right - left == 2:
            free = left + 1
        elif left is not None and right is not None and name == PROGRESS.field:
            free = _named_like_progress(sheet, header, range(left + 1, right))
        if free and free not in columns.values():
            columns[name] = free


def _named_like_progress(sheet: Sheet, header: int, between: Iterable[int]) -> int | None:
    alike = [column for column in between if "进展" in bare(sheet.text(header, column))]
    return alike[0] if len(alike) == 1 else None


# ---------------------------------------------------------------- rows


class _Rows:
    """The rows of the tasks: found by key, then by text, then by 序号."""

    def __init__(self, sheet: Sheet, form: Form, header: int, columns: dict[str, int]) -> None:
        self.rows: dict[str, int] = {}
        self.duplicates: list[tuple[str, int]] = []
        self.torn: list[tuple[int, str, str]] = []
        self._sheet = sheet
        self._columns = columns
        # Of the rows that are no task's yet; a row is taken out of thousands.
        self._open = dict.fromkeys(sorted({row for row, _ in sheet.cells if row > header}))
        self._texts = _by_text(form.rows)
        self._find_by_key(form.rows)
        self._find_by_text()
        self._find_by_number(form.rows)

    def _find_by_key(self, tasks: Iterable[FormRow]) -> None:
        keys = {task.key for task in tasks}
        for row in tuple(self._open):
            key = self._cell(row, KEY.field).strip()
            if key not in keys:
                continue
            said = self._task_of_text(row)
            if said and said != key:
                self.torn.append((row, key, said))
                del self._open[row]
            else:
                self._claim(key, row)

    def _find_by_text(self) -> None:
        for row in tuple(self._open):
            if key := self._task_of_text(row):
                self._claim(key, row)

    def _find_by_number(self, tasks: Iterable[FormRow]) -> None:
        numbers = {str(task.number): task.key for task in tasks}
        for row in tuple(self._open):
            said = normalised(self._cell(row, NUMBER.field)).strip(_NUMBER_MARKS)
            key = numbers.get(said)
            if key and key not in self.rows:
                self._claim(key, row)

    def _claim(self, key: str, row: int) -> None:
        del self._open[row]
        if key in self.rows:
            self.duplicates.append((key, row))
        else:
            self.rows[key] = row

    def _task_of_text(self, row: int) -> str | None:
        """Return the task whose 具体要求, or else whose 目标任务, stands in a row."""
        for name in (REQUIREMENTS.field, GOAL.field):
            text = normalised(self._cell(row, name))
            if text and (key := self._texts.get((name, text))):
                return key
        return None

    def _cell(self, row: int, name: str) -> str:
        column = self._columns.get(name)
        return self._sheet.text(row, column) if column else ""


def _by_text(tasks: Iterable[FormRow]) -> dict[tuple[str, str], str]:
    """Return the texts that belong to one task alone, with its key."""
    owners: dict[tuple[str, str], set[str]] = {}
    for task in tasks:
        for name in (REQUIREMENTS.field, GOAL.field):
            owners.setdefault((name, normalised(task.text(name))), set()).add(task.key)
    return {text: keys.pop() for text, keys in owners.items() if len(keys) == 1}


# ---------------------------------------------------------------- approval


def _approval(sheet: Sheet, form: Form, task_rows: Iterable[int]) -> dict[str, Position]:
    """Return where the approval's fields stand: right of their labels, or in the label's cell."""
    if not form.quarterly:
        return {}
    rows = set(task_rows)
    labels: dict[str, Position] = {}
    heads: Once[str] = Once(lambda text: bare(text).partition(":")[0])
    for at, cell in sorted(sheet.cells.items()):
        head = heads[cell.text]
        for label in layout.APPROVAL_LABELS:
            if at[0] not in rows and head == bare(label):
                labels.setdefault(label, at)
    return {label: _value_place(sheet, at, labels.values()) for label, at in labels.items()}


def _value_place(sheet: Sheet, at: Position, labels: Iterable[Position]) -> Position:
    row, column = at
    if bare(sheet.text(row, column)).partition(":")[2]:
        return at
    others = {place for place in labels if place != at}
    last = max((where for line, where in sheet.cells if line == row), default=column)
    for right in range(column + 1, last + 1):
        if (row, right) in others:
            break
        if sheet.text(row, right).strip():
            return row, right
    return row, column + 1


def approval_text(sheet: Sheet, at: Position, label: str) -> str:
    """Return what stands for an approval field at its place, without a label before it."""
    text = sheet.text(*at).strip()
    if bare(text).partition(":")[0] != bare(label):
        return text
    return text.replace(":", "：").partition("：")[2].strip() or labelled(sheet, at, label)
