"""What a person should know of the master itself: new texts, rows without a task. Pure."""

from collections.abc import Iterator

from edu_sheet.master.base import Base
from edu_sheet.master.merging.clerk import Clerk
from edu_sheet.master.source import Note, Source
from edu_sheet.master.table import Kind, RowKey
from edu_sheet.words.findings import Severity
from edu_sheet.words.plan import Task


def notes(source: Source, clerk: Clerk | None, base: Base | None) -> tuple[Note, ...]:
    """Return what the merge leaves for a person to decide."""
    found = [one for task in source.plan.tasks for one in _of_task(source, task)]
    if clerk and base:
        found += [*_of_rows(clerk, base, source), *_gone(clerk, base, source)]
    return tuple(found)


def dropped(clerk: Clerk, base: Base, source: Source) -> tuple[RowKey, ...]:
    """Return the rows in which the clerk wrote though their tasks have left the plan."""
    ours = clerk.ours()
    return tuple(
        key
        for key in clerk.rows
        if key.task not in source.merged
        and key.task in ours
        and any(
            base.rows[key.task].fields.get(name) != text
            for name, text in ours[key.task].fields.items()
        )
    )


def _of_task(source: Source, task: Task) -> Iterator[Note]:
    outcome = source.outcomes[task.key]
    for unit, text in outcome.new.items():
        yield Note(
            Severity.WARNING,
            unit,
            f"总表 任务{task.number}",
            f"总表里这段文字有人工修改，改后该单位又报来新的内容：{text}",
            "人工修改的文字没有动，新内容在总表该任务下面标黄的“新报送”一行。"
            "请对照取舍，处理完后删除那一行，再合并一次。",
        )
    headers = {column.field: column.header for column in source.columns}
    for name in outcome.differing:
        yield Note(
            Severity.WARNING,
            "",
            f"总表 任务{task.number}",
            f"总表里“{headers[name]}”有人工修改，而方案此后改成："
            f"{source.theirs(task).fields[name]}",
            "人工修改的文字没有动。请核对：如以方案为准，请把总表里的文字改成与方案一致。",
        )


def _of_rows(clerk: Clerk, base: Base, source: Source) -> Iterator[Note]:
    for text in clerk.strangers.values():
        yield Note(
            Severity.WARNING,
            "",
            "总表",
            f"总表里有一行对应不上任何任务，文字没有合并，原样留在那里：{text}",
            "如是某项任务的进展，请抄到该任务的“进展情况”里，再删除这一行。",
        )
    for key in dropped(clerk, base, source):
        if key.kind is Kind.TASK:
            text = clerk.ours()[key.task].fields.get("progress", "")
            yield Note(
                Severity.WARNING,
                "",
                "总表",
                f"方案里已没有这项任务，而总表里它的一行有人工修改，原样留着：{text}",
                "不再需要时，请在总表里删除这一行。",
            )


def _gone(clerk: Clerk, base: Base, source: Source) -> Iterator[Note]:
    found = clerk.ours()
    for task in source.plan.tasks:
        if task.key in base.rows and task.key not in found:
            yield Note(
                Severity.INFO,
                "",
                f"总表 任务{task.number}",
                "总表里这项任务的行被删除了，已按报送内容补上。",
                "方案里的任务都要在总表里；如任务已取消，请在 分工方案.xlsx 里删除。",
            )
