"""Sheet 办结 → what was closed, with what is wrong in it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from edu_sheet.plan import layout
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.known import Known
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.rules.closings import stand_side_by_side
from edu_sheet.words.columns import KEY, NUMBER, Column
from edu_sheet.words.plan import Closing, Deadline, Task
from edu_sheet.words.text import tidy

_YEAR = re.compile(r"(\d{4})年?度?")


def read_closings(
    located: Located, tasks: Iterable[Task], deadlines: Sequence[Deadline], to: Findings
) -> tuple[Closing, ...]:
    """Return the rows in the order of the sheet; those that cannot be used are only reported."""
    known = Known(tasks)
    items = {(one.task, one.item) for one in deadlines}
    rows: list[tuple[int, Closing]] = []
    for line in located.lines:
        task = task_of(located, line, known, to)
        found = _closing(located, line, task, to) if task else None
        if task is None or found is None:
            continue
        if found.item and (task.key, found.item) not in items:
            where = located.place(line, layout.CLOSED_ITEM)
            to.add("unknown_item", where, task=task.named, text=found.item)
        if twice := next((row for row, one in rows if stand_side_by_side(one, found)), None):
            to.add("closed_twice", located.place(line, NUMBER), task=task.named, row=twice)
        rows.append((line.row, found))
    return tuple(one for _, one in rows)


def closing_keys(located: Located, tasks: Iterable[Task]) -> dict[int, str]:
    """Return the task's key of every row that names one by 序号, by the row's number."""
    known = Known(tasks)
    return {
        line.row: task.key
        for line in located.lines
        if not line.plain(KEY) and (task := known.shown(line.text(NUMBER)))
    }


def task_of(located: Located, line: Line, known: Known, to: Findings) -> Task | None:
    """Return whose row it is: by its key, else by 序号; None for a remark below the table."""
    return known.of_row(located, line, line.plain(KEY), "closed", layout.BASIS, to)


def _closing(located: Located, line: Line, task: Task, to: Findings) -> Closing | None:
    basis = tidy(line.text(layout.BASIS))
    if not basis:
        to.add("closing_without_basis", located.place(line, layout.BASIS))
    year = _year(located, line, to)
    closed = _day(located, line, layout.CLOSED_ON, to)
    reopened = _day(located, line, layout.REOPENED_ON, to)
    if closed is None:
        if not line.text(layout.CLOSED_ON).strip():
            to.add("closing_without_date", located.place(line, layout.CLOSED_ON))
        return None
    if reopened and reopened < closed:
        to.add("reopened_before", located.place(line, layout.REOPENED_ON))
    marker = line.text(layout.CLOSED_ITEM).strip()
    return Closing(task.key, marker, year, closed, basis, reopened)


def _year(located: Located, line: Line, to: Findings) -> int | None:
    said = line.plain(layout.YEAR)
    found = _YEAR.fullmatch(said)
    if said and not found:
        to.add("malformed_year", located.place(line, layout.YEAR), text=said)
    return int(found[1]) if found else None


def _day(located: Located, line: Line, column: Column, to: Findings) -> date | None:
    value = line.values.get(column)
    found = None if value is None else sheets.day(value)
    if value is not None and found is None:
        where = located.place(line, column)
        text = sheets.text(value).strip()
        to.add("malformed_date:period", where, header=column.header, text=text)
    return found
