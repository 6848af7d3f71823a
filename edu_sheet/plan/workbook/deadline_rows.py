"""Sheet 时限节点 → deadlines, with what is wrong in it."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from edu_sheet.plan import layout
from edu_sheet.plan.table import number_of
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.rules.deadlines import parse_day, parse_recurrence
from edu_sheet.words.columns import NUMBER
from edu_sheet.words.plan import Deadline, DeadlineKind, Recurrence, Task
from edu_sheet.words.text import bare, tidy

_FALLBACK = "请改为“时限”“每年”“数量”或“不跟踪”"


def node_key(task: str, words: str) -> str:
    """Return the key of a deadline's row: the task's, and a digest of the words as proposed."""
    return f"{task}@{hashlib.sha256(bare(words).encode()).hexdigest()[:8]}"


def read_deadlines(located: Located, tasks: Iterable[Task], to: Findings) -> tuple[Deadline, ...]:
    """Return the rows in the order of the sheet; those that belong to no task are only reported."""
    known = _Known(tasks)
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
            to.doubt(
                "deadline_without_date",
                located.place(line, layout.WHEN),
                "没有日期，不会提醒：请填日期，或把类型改为“不跟踪”",
            )
        note = tidy(line.text(layout.NOTE))
        marker = line.text(layout.MARKER).strip()
        found.append(Deadline(task.key, marker, words, kind, when, note, tracked))
    return tuple(found)


def present(located: Located, tasks: Iterable[Task]) -> set[str]:
    """Return the keys of the rows that are there, also of those that a clerk wrote herself."""
    known = _Known(tasks)
    keys = {line.plain(layout.NODE) for line in located.lines}
    for line in located.lines:
        if task := known.by_number.get(number_of(line.text(NUMBER)) or 0):
            keys.add(node_key(task.key, tidy(line.text(layout.WORDS))))
    return keys


class _Known:
    def __init__(self, tasks: Iterable[Task]) -> None:
        self.by_key: Mapping[str, Task] = {task.key: task for task in tasks}
        self.by_number: Mapping[int, Task] = {task.number: task for task in self.by_key.values()}


def _task(located: Located, line: Line, known: _Known, to: Findings) -> Task | None:
    """Return whose row it is: by its key, else by 序号."""
    key = line.plain(layout.NODE).partition("@")[0]
    where = located.place(line, NUMBER)
    number = number_of(line.text(NUMBER))
    if key:
        task = known.by_key.get(key)
        if task is None:
            to.doubt(
                "unknown_task",
                where,
                "这一行的任务在方案里已经没有了，不再提醒：请删除这一行",
            )
        elif number != task.number:
            to.doubt(
                "deadline_number",
                where,
                f"这一行是第{task.number}项任务的，序号写的是"
                f"“{line.text(NUMBER).strip()}”：按第{task.number}项读取，请改正序号",
            )
        return task
    if line.values.keys() <= {layout.NOTE}:
        return None  # a remark below the table
    task = known.by_number.get(number or 0)
    if task is None:
        to.doubt(
            "unknown_task",
            where,
            f"序号“{line.text(NUMBER).strip()}”不是方案里的任务，这一行没有采用：请改正序号",
        )
    return task


def _report_reworded(located: Located, line: Line, task: Task, to: Findings) -> None:
    """Note words that were proposed and that the plan no longer has; the clerk's own are hers."""
    words = tidy(line.text(layout.WORDS))
    proposed = line.plain(layout.NODE) == node_key(task.key, words)
    if proposed and bare(words) not in bare(task.requirements):
        to.doubt(
            "deadline_reworded",
            located.place(line, layout.WORDS),
            f"第{task.number}项的具体要求里已经没有这些文字：请核对日期，不再需要的请删除这一行",
        )


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
        to.doubt("unknown_kind", where, f"不认识的类型“{said}”，{_FALLBACK}")
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
        to.error(
            "malformed_date",
            located.place(line, layout.WHEN),
            f"日期“{said}”不对，请写成 2025-12-31、2025年底，或“每年12月31日”，不提醒的留空",
        )
