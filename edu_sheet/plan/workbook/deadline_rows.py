"""Sheet 时限节点 → deadlines, with what is wrong in it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from edu_sheet.plan import layout
from edu_sheet.plan.issued.ordinals import number_of
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.rules.deadlines import parse_day, parse_recurrence
from edu_sheet.words.columns import NUMBER
from edu_sheet.words.place import Place
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
        task = _task(located, line, known, to)
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


class Known:
    """The tasks of a plan, to be found by key or by the number that is shown."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self.by_key: Mapping[str, Task] = {task.key: task for task in tasks}
        self.by_number: dict[str, list[Task]] = {}
        for task in self.by_key.values():
            self.by_number.setdefault(bare(task.shown), []).append(task)

    def named(self, said: str) -> Sequence[Task]:
        """Return the tasks that show a number: several where parts of the plan count anew."""
        number = number_of(said)
        return self.by_number.get(bare(said), self.by_number.get(str(number or ""), []))

    def shown(self, said: str) -> Task | None:
        """Return the one task that shows a number; None where none or several do."""
        found = self.named(said)
        return found[0] if len(found) == 1 else None

    def report_unknown(self, said: str, where: Place, to: Findings) -> None:
        """Note a number that does not name one task."""
        if several := len(self.named(said)):
            to.add("unknown_task:several", where, text=said, count=several)
        else:
            to.add("unknown_task", where, text=said)


def _task(located: Located, line: Line, known: Known, to: Findings) -> Task | None:
    """Return whose row it is: by its key, else by 序号."""
    key = line.plain(layout.NODE).partition("@")[0]
    where = located.place(line, NUMBER)
    if key:
        task = known.by_key.get(key)
        if task is None:
            if not to.errors:
                to.add("unknown_task:gone", where)
        elif task not in known.named(said := line.text(NUMBER).strip()):
            to.add("deadline_number", where, task=task.named, text=said)
        return task
    if line.values.keys() <= {layout.NOTE}:
        return None  # a remark below the table
    task = known.shown(line.text(NUMBER))
    if task is None and not to.errors:
        known.report_unknown(line.text(NUMBER).strip(), where, to)
    return task


def _report_reworded(located: Located, line: Line, task: Task, to: Findings) -> None:
    """Note words that were proposed and that the plan no longer has; the clerk's own are hers."""
    words = tidy(line.text(layout.WORDS))
    proposed = line.plain(layout.NODE) == node_key(task.key, words)
    said = (task.requirements, *dict(task.others).values())
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
