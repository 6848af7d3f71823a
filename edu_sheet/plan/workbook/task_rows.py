"""Sheet 分工方案 → tasks, with what is wrong in it."""

import difflib
import unicodedata
from collections.abc import Mapping, Sequence

from edu_sheet.plan import keys, layout
from edu_sheet.plan.table import number_of
from edu_sheet.plan.tasks import task
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.rules import units
from edu_sheet.rules.units import tidy_list
from edu_sheet.words.columns import (
    GOAL,
    KEY,
    LEAD,
    NUMBER,
    PROGRESS,
    REQUIREMENTS,
    RESPONSIBLE,
    Column,
)
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Task
from edu_sheet.words.text import tidy

_CLOSE = 0.5  # of difflib; 县教育居 finds 县教育局, 新华书店 finds nothing


def read_tasks(
    located: Located,
    spellings: Mapping[str, str] | None,
    columns: Sequence[Column],
    to: Findings,
) -> tuple[Task, ...]:
    """Return the tasks in the order of the sheet; rows without a usable 序号 are only reported.

    `columns` are the plan's, as `layout.as_issued` gives them. Without spellings (there is no
    roster to be had) names are not checked.
    """
    lines = task_lines(located)
    _report_stray(located, lines, to)
    if not lines:
        to.add("empty_plan", located.whole)
    own = keys.assign(keyed(lines))
    _report_keys(located, lines, own, to)
    seen: dict[int, int] = {}
    tasks = []
    for line, key in zip(lines, own, strict=True):
        _report_texts(located, line, to)
        if spellings is not None:
            _report_units(located, line, spellings, to)
        number = _number(located, line, seen, to)
        if number is not None:
            tasks.append(task(number, texts(line), key, spellings or {}, columns))
    return tuple(tasks)


def task_lines(located: Located) -> tuple[Line, ...]:
    """Return the lines that are tasks: all but remarks that stand in a cell of their own."""
    return tuple(
        line
        for line in located.lines
        if any(line.values.get(column) for column in layout.texts_in(located.columns))
        or number_of(line.text(NUMBER)) is not None
    )


def task_places(located: Located) -> dict[tuple[str, str], Place]:
    """Return where each column of each task stands, by the task's key and the column's field."""
    lines = task_lines(located)
    return {
        (key, column.field): located.place(line, column)
        for line, key in zip(lines, keys.assign(keyed(lines)), strict=True)
        for column in located.columns
    }


def keyed(lines: Sequence[Line]) -> list[keys.Keyed]:
    """Return what the keys of those lines follow from."""
    found = []
    for line in lines:
        held = texts(line)
        goal, requirements = (held.get(column.field, "") for column in (GOAL, REQUIREMENTS))
        found.append(keys.Keyed(line.plain(KEY), keys.of_task(goal, requirements)))
    return found


def texts(line: Line) -> dict[str, str]:
    """Return a line's texts by their column's field, tidied; empty ones are left out."""
    return {
        column.field: (tidy_list if column.names else tidy)(
            unicodedata.normalize("NFC", line.text(column))
        )
        for column in layout.texts_in(line.values)
    }


def _number(located: Located, line: Line, seen: dict[int, int], to: Findings) -> int | None:
    where = located.place(line, NUMBER)
    text = line.text(NUMBER)
    number = number_of(text)
    if not text.strip():
        to.add("missing_number", where)
    elif number is None:
        to.add("malformed_number", where, text=text.strip())
    elif number in seen:
        to.add("duplicate_number", where, number=number, row=seen[number])
    else:
        seen[number] = line.row
        return number
    return None


def _report_texts(located: Located, line: Line, to: Findings) -> None:
    for column, code in ((GOAL, "no_goal"), (LEAD, "no_lead")):
        if column in located.columns and not line.text(column):
            to.add(code, located.place(line, column), header=column.header)
    if REQUIREMENTS in located.columns and not line.text(REQUIREMENTS):
        to.add("no_requirements", located.place(line, REQUIREMENTS))
    if line.text(PROGRESS):
        to.add("progress_in_plan", located.place(line, PROGRESS))


def _report_units(located: Located, line: Line, spellings: Mapping[str, str], to: Findings) -> None:
    held = texts(line)
    for column in (LEAD, RESPONSIBLE):
        for piece in units.pieces(held.get(column.field, ""), spellings):
            if piece.unit is None:
                near = _closest(piece.text, spellings)
                where = located.place(line, column)
                to.add("unknown_unit:plan", where, text=piece.text, near=near)


def _closest(name: str, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the units whose names are most like a text."""
    near = difflib.get_close_matches(name, spellings, n=3, cutoff=_CLOSE)
    return tuple(dict.fromkeys(spellings[spelling] for spelling in near))


def _report_stray(located: Located, lines: Sequence[Line], to: Findings) -> None:
    for line in located.lines:
        if line not in lines and line.text(NUMBER):
            text = tidy(line.text(NUMBER))
            where = located.place(line, NUMBER)
            to.add("stray_text:plan", where, text=text)


def _report_keys(located: Located, lines: Sequence[Line], own: Sequence[str], to: Findings) -> None:
    for line, key in zip(lines, own, strict=True):
        carried = line.plain(KEY)
        if carried and carried != key:
            to.add("duplicate_key", located.place(line, KEY), row=line.row)
