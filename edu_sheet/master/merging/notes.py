"""What a person should know of the master itself: new texts, rows without a task. Pure."""

from collections.abc import Iterator

from edu_sheet.facts.findings import replaced_findings, undecided_findings
from edu_sheet.facts.label_findings import label_findings
from edu_sheet.master.base import Base
from edu_sheet.master.merging.hers import Hers
from edu_sheet.master.source import Source
from edu_sheet.master.table import Kind, RowKey
from edu_sheet.rules.labels import labels
from edu_sheet.rules.progress import PROGRESS_FIELD, feeding_periods
from edu_sheet.rules.told_apart import named
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, NumberedTask
from edu_sheet.words.plan import Task


def notes(source: Source, hers: Hers | None, base: Base | None) -> tuple[Finding, ...]:
    """Return what the merge leaves for a person to decide."""
    found = [one for task in source.plan.tasks for one in _of_task(source, task)]
    found += undecided_findings(
        source.plan, source.period, source.edited_in_months, source.own_voices, source.plan.tasks
    )
    found += replaced_findings(source.facts)
    if hers and base:
        found += [*_of_rows(hers, base, source), *_gone(hers, base, source)]
    return tuple(found)


def dropped(hers: Hers, base: Base, source: Source) -> tuple[RowKey, ...]:
    """Return the rows in which the clerk wrote though their tasks have left the plan."""
    return tuple(
        key
        for key in hers.rows
        if key.task not in source.merged
        and key.task in hers.ours
        and any(
            base.rows[key.task].fields.get(name) != text
            for name, text in hers.ours[key.task].fields.items()
        )
    )


def _of_task(source: Source, task: Task) -> Iterator[Finding]:
    outcome = source.outcomes[task.key]
    called = named(source.plan, task)
    for unit, text in outcome.new.items():
        yield note("new_text", task=called, unit=unit, text=text)
    if gone := _withdrawn(source, task):
        yield note("withdrawn_text", task=called, units=gone)
    yield from _of_labels(source, task)
    headers = {column.field: column.header for column in source.columns}
    for name in outcome.differing:
        text = source.theirs(task).fields[name]
        yield note("plan_differs", task=called, header=headers[name], text=text)


def _withdrawn(source: Source, task: Task) -> tuple[str, ...]:
    """Return the units whose texts were edited here, and that no longer say anything at all."""
    said = {unit for unit, text in source.theirs(task).returned if text.strip()}
    edited = [
        (edit.unit,) if edit.unit else labels(edit.over, source.facts.names.known)
        for edit in source.outcomes[task.key].edits.values()
        if edit.field == PROGRESS_FIELD and edit.over.strip() and (edit.text or "").strip()
    ]
    return tuple(dict.fromkeys(unit for units in edited for unit in units if unit not in said))


def _of_labels(source: Source, task: Task) -> Iterator[Finding]:
    """Yield what labels leave unsure, here and in the months that this master shows."""
    known, feeding = source.facts.names.known, feeding_periods(source.period)
    own = source.outcomes[task.key].edits.values()
    others = [
        one for one in source.facts.edits if one.period in feeding and one.period != source.period
    ]
    yield from label_findings(source.plan, task, (*own, *others), known)
    gone = [
        (edit.unit,) if edit.unit else labels(edit.over, known)
        for edit in own
        if edit.field == PROGRESS_FIELD and edit.over.strip() and not (edit.text or "").strip()
    ]
    if gone:
        units = dict.fromkeys(unit for units in gone for unit in units)
        yield note("cleared", task=named(source.plan, task), units=tuple(units))
    for one in source.own_voices[task.key]:
        if one.cut and one.edit in own:
            parts = tuple(part.label for part in one.cut)
            yield note("cleared:parts", task=named(source.plan, task), unit=one.unit, parts=parts)


def _of_rows(hers: Hers, base: Base, source: Source) -> Iterator[Finding]:
    for text in hers.strangers:
        yield note("stranger_row", text=text)
    for text in hers.remarks:
        yield note("remark_row", text=text)
    yield from _of_torn(hers, base)
    if followed := [one.task for one in hers.followed if one.kind is Kind.TASK]:
        yield note("sorted_rows", tasks=tuple(_numbered(base, key) for key in followed))
    headers = {column.field: column.header for column in source.columns}
    for task, name, text in hers.formulas:
        yield note("formula_typed", task=_numbered(base, task), header=headers[name], text=text)
    for merged in hers.merged:
        for task in merged.tasks:
            yield note("merged_cells", task=_numbered(base, task), cells=merged.area)
    for key in dropped(hers, base, source):
        if key.kind is Kind.TASK:
            text = hers.ours[key.task].fields.get("progress", "")
            yield note("dropped_row", text=text)


def _gone(hers: Hers, base: Base, source: Source) -> Iterator[Finding]:
    torn = {key for one in hers.torn for key in one.tasks}
    for task in source.plan.tasks:
        if task.key in base.rows and task.key not in hers.ours and task.key not in torn:
            edited = bool(source.outcomes[task.key].edits)
            yield note(
                "restored_row:edited" if edited else "restored_row", task=named(source.plan, task)
            )


def _of_torn(hers: Hers, base: Base) -> Iterator[Finding]:
    for one in hers.torn:
        tasks = tuple(_numbered(base, key) for key in one.tasks)
        if one.moved:
            yield note(
                "moved_text" if one.known else "moved_text:edited",
                task=tasks[0],
                unit=one.moved.now.unit,
                other=tasks[-1],
                owner=one.moved.was.unit,
                cell=_numbered(base, one.at),
                text=one.text,
            )
        elif one.cell:
            name = "torn_progress" if one.known else "torn_progress:edited"
            yield note(name, task=tasks[0], other=tasks[-1], text=one.text)
        else:
            yield note("torn_edit:known" if one.known else "torn_edit", tasks=tasks, text=one.text)


def _numbered(base: Base, key: str) -> NumberedTask:
    """Return a task with the 序号 that it had when the master was written."""
    number = base.rows[key].fields.get("number", "")
    plain = number.isdecimal()
    return NumberedTask(key, int(number) if plain else 0, "" if plain else number)
