"""The table of a form in a returned sheet, whatever was inserted, sorted or renamed. Pure.

Columns are found by their headers (`headings`), rows by what speaks for their task (`rules.rows`):
never by position.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from edu_sheet.form import layout
from edu_sheet.form.headings import find_headings
from edu_sheet.form.signal import labelled
from edu_sheet.rules.rows import PARTIES, WORDING, Owners, RowSaid
from edu_sheet.words.book import Sheet
from edu_sheet.words.columns import ANSWERS, KEY, NUMBER, PROGRESS, STATE
from edu_sheet.words.forms import Form
from edu_sheet.words.parts import Part
from edu_sheet.words.place import Position
from edu_sheet.words.text import Once, bare


class TornRow(NamedTuple):
    """A row of which it cannot be said whose it is."""

    row: int
    tasks: tuple[str, ...]  # keys of those that it may be, the likeliest first


@dataclass(frozen=True, slots=True)
class Table:
    """Where the tasks and fields of a form stand in a returned sheet."""

    sheet: Sheet
    header_row: int  # 0: the header is gone
    columns: Mapping[str, int]  # a column's field → where it stands
    rows: Mapping[str, int]  # a task's key → its row
    duplicates: tuple[tuple[str, int], ...] = ()  # more rows of a task that has one: key, row
    torn: tuple[TornRow, ...] = ()
    doubtful: tuple[int, ...] = ()  # columns that may be 进展情况, where none is known to be
    other_periods: tuple[int, ...] = ()  # columns of texts that name another period
    approval: Mapping[str, Position] = field(default_factory=dict)  # label → where the value stands

    def progress(self, key: str) -> Position | None:
        """Return where a task's 进展情况 stands; None if its row or the column is gone."""
        return self.answer(key, PROGRESS.field)

    def answer(self, key: str, field: str) -> Position | None:
        """Return where a task's cell of that field stands; None if its row or column is gone."""
        row, column = self.rows.get(key), self.columns.get(field)
        return (row, column) if row and column else None

    @property
    def answers(self) -> dict[int, Part]:
        """The columns that the unit answers in, with the part that each asks for."""
        return {self.columns[name]: part for name, part in ANSWERS.items() if name in self.columns}

    def state(self, key: str) -> str:
        """Return what a task's 完成状态 says, "" where the form has no such column."""
        row, column = self.rows.get(key), self.columns.get(STATE.field)
        return self.sheet.text(row, column).strip() if row and column else ""


def find_table(sheet: Sheet, form: Form) -> Table | None:
    """Return the form's table in a sheet; None if no row of the sheet may be one of its tasks.

    A sheet of earlier texts has 序号, 目标任务 and 进展情况 too, but no other column of a form.
    """
    found = find_headings(sheet, form)
    if found is None:
        return None
    rows, duplicates, torn = _rows(sheet, form, found.row, found.columns)
    if not rows and not torn:
        return None
    return Table(
        sheet=sheet,
        header_row=found.row,
        columns=found.columns,
        rows=rows,
        duplicates=tuple(duplicates),
        torn=tuple(torn),
        doubtful=found.doubtful,
        other_periods=found.other_periods,
        approval=_approval(sheet, form, [*rows.values(), *(one.row for one in torn)]),
    )


def table_as_issued(sheet: Sheet, form: Form) -> Table:
    """Return the table of a sheet in which all rows and columns stand where they were issued."""
    columns = {name: at for at, name in enumerate(form.fields, 1)}
    rows = {row.key: at for at, row in enumerate(form.rows, layout.FIRST_TASK_ROW)}
    return Table(sheet, layout.HEADER_ROW, columns, rows)


# ---------------------------------------------------------------- rows


def _rows(
    sheet: Sheet, form: Form, header: int, columns: Mapping[str, int]
) -> tuple[dict[str, int], list[tuple[str, int]], list[TornRow]]:
    """Return each task's row, its further rows, and the rows that may be several tasks'.

    Of two rows of a task the one that a person sees counts.
    """
    rows: dict[str, int] = {}
    duplicates: list[tuple[str, int]] = []
    torn: list[TornRow] = []
    lines = [row for row in sorted({row for row, _ in sheet.cells}) if row > header]
    owners = Owners(form.rows).of([row_said(sheet, row, columns) for row in lines])
    seen_first = sorted(
        zip(lines, owners, strict=True), key=lambda one: one[0] in sheet.hidden_rows
    )
    for row, owner in seen_first:
        if owner is None:
            continue
        if owner.torn:
            torn.append(TornRow(row, owner.tasks))
        elif owner.tasks[0] in rows:
            duplicates.append((owner.tasks[0], row))
        else:
            rows[owner.tasks[0]] = row
    return rows, duplicates, torn


def row_said(sheet: Sheet, row: int, columns: Mapping[str, int]) -> RowSaid:
    """Return what a row says of its task."""
    fields = (KEY.field, NUMBER.field, *WORDING, *PARTIES)
    texts = {name: sheet.text(row, columns[name]) for name in fields if name in columns}
    key, number = texts.pop(KEY.field, ""), texts.pop(NUMBER.field, "")
    return RowSaid(key, number, texts)


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
