"""Sheet 时限节点 → deadlines, with what is wrong in it."""

import hashlib
from collections.abc import Iterable
from datetime import date

from edu_sheet.plan import layout
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.known import Known
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.rules.deadlines import OFTEN, parse_day, parse_recurrence
from edu_sheet.words.columns import NUMBER
from edu_sheet.words.plan import Deadline, DeadlineKind, Recurrence, Task
from edu_sheet.words.text import bare, tidy


def node_key(task: str, words: str) -> str:
    """Return the key of a deadline's row: the task's, and a digest of the words as proposed."""
    return f"{task}@{hashlib.sha256(bare(words).encode()).hexdigest()[:8]}"


def read_deadlines(located: Located, tasks: Iterable[Task], to: Findings) -> tuple[Deadline, ...]:
    """Return the rows in the order of the sheet; those that belong to no task are only reported."""
    known = Known(tasks)
    found = []
    for line in located.lines:
        key = line.plain(layout.NODE).partition("@")[0]
        task = known.of_row(located, line, key, "gone", layout.NOTE, to)
        if task is None:
            continue
        words = tidy(line.text(layout.WORDS))
        _report_reworded(located, line, task, to)
        tracked = not _untracked(line)
        when = _parsed(line)
        if tracked:
            _report_date(located, line, when, to)
        kind = _kind(located, line, when, to)
        dateless = when is None and kind is not DeadlineKind.FIGURE
        if tracked and dateless and not line.text(layout.WHEN):
            to.add("deadline_without_date", located.place(line, layout.WHEN))
        note = tidy(line.text(layout.NOTE))
        marker = line.text(layout.MARKER).strip()
        found.append(Deadline(task.key, marker, words, kind, when, note, tracked))
    return tuple(found)


def present(located: Located, tasks: Iterable[Task]) -> set[str]:
    """Return the keys of the rows that are there, also of those that a clerk wrote herself."""
    known = Known(tasks)
    keys = {line.plain(layout.NODE) for line in located.lines}
    for line in located.lines:
        for task in known.named(line.text(NUMBER)):
            keys.add(node_key(task.key, tidy(line.text(layout.WORDS))))
    return keys


def _report_reworded(located: Located, line: Line, task: Task, to: Findings) -> None:
    """Note words that were proposed and that the plan no longer has; the clerk's own are hers."""
    words = tidy(line.text(layout.WORDS))
    proposed = line.plain(layout.NODE) == node_key(task.key, words)
    said = (task.goal, task.requirements, *dict(task.others).values())
    if proposed and not any(bare(words) in bare(one) for one in said):
        where = located.place(line, layout.WORDS)
        to.add("deadline_reworded", where, task=task.named)


def _untracked(line: Line) -> bool:
    cells = (line.plain(column) for column in (layout.KIND, layout.WHEN, layout.NOTE))
    return any(text.startswith(layout.NOT_TRACKED) for text in cells)


def _kind(
    located: Located, line: Line, when: date | Recurrence | None, to: Findings
) -> DeadlineKind:
    said = line.plain(layout.KIND)
    fitting = DeadlineKind.RECURRING if isinstance(when, Recurrence) else DeadlineKind.DATE
    if not said or said.startswith(layout.NOT_TRACKED):
        return fitting if said or when else DeadlineKind.FIGURE
    if said in OFTEN:
        return DeadlineKind.RECURRING
    try:
        return DeadlineKind(said)
    except ValueError:
        where = located.place(line, layout.KIND)
        to.add("unknown_kind", where, text=said)
        return fitting


def _parsed(line: Line) -> date | Recurrence | None:
    said = line.plain(layout.WHEN)
    day = sheets.day(line.values.get(layout.WHEN)) if said else None
    return day or parse_day(said) or parse_recurrence(said)


def _report_date(
    located: Located, line: Line, when: date | Recurrence | None, to: Findings
) -> None:
    said = line.plain(layout.WHEN)
    if said and when is None:
        to.add("malformed_date", located.place(line, layout.WHEN), text=said)
