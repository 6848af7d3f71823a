"""What a person should know of the master itself: new texts, rows without a task. Pure."""

from collections.abc import Iterator

from edu_sheet.master.base import Base
from edu_sheet.master.merging.clerk import Clerk
from edu_sheet.master.source import Source
from edu_sheet.master.table import Kind, RowKey
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, NumberedTask
from edu_sheet.words.plan import Task


def notes(source: Source, clerk: Clerk | None, base: Base | None) -> tuple[Finding, ...]:
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


def _of_task(source: Source, task: Task) -> Iterator[Finding]:
    outcome = source.outcomes[task.key]
    named = _named(task)
    for unit, text in outcome.new.items():
        yield note("new_text", task=named, unit=unit, text=text)
    headers = {column.field: column.header for column in source.columns}
    for name in outcome.differing:
        text = source.theirs(task).fields[name]
        yield note("plan_differs", task=named, header=headers[name], text=text)


def _of_rows(clerk: Clerk, base: Base, source: Source) -> Iterator[Finding]:
    for text in clerk.strangers.values():
        yield note("stranger_row", text=text)
    for key in dropped(clerk, base, source):
        if key.kind is Kind.TASK:
            text = clerk.ours()[key.task].fields.get("progress", "")
            yield note("dropped_row", text=text)


def _gone(clerk: Clerk, base: Base, source: Source) -> Iterator[Finding]:
    found = clerk.ours()
    for task in source.plan.tasks:
        if task.key in base.rows and task.key not in found:
            yield note("restored_row", task=_named(task))


def _named(task: Task) -> NumberedTask:
    return NumberedTask(task.key, task.number)
