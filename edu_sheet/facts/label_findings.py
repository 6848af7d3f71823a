"""Edits of 进展情况 whose labels do not say for sure whose every text is. Pure."""

from collections.abc import Iterable, Iterator, Set

from edu_sheet.rules.labels import cut_out, labels, parted, unknown_labels
from edu_sheet.rules.progress import PROGRESS_FIELD
from edu_sheet.rules.told_apart import named
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.returns import Edit


def label_findings(
    plan: Plan, task: Task, edits: Iterable[Edit], known: Set[str]
) -> Iterator[Finding]:
    """Yield what is doubtful about the labels of a task's edits; `known` are all units' names."""
    roles = plan.roles(task)
    for edit in edits:
        if edit.field != PROGRESS_FIELD or edit.task != task.key or not (edit.text or "").strip():
            continue
        for name, units in _doubts(edit, known | roles.keys(), roles.keys()):
            yield note(f"label:{name}", task=named(plan, task), edited=edit.period, units=units)


def _doubts(edit: Edit, known: Set[str], roles: Set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = edit.text or ""
    if edit.unit:
        before = {edit.unit} if edit.over.strip() else set()
        there = [edit.unit]
        cut = False
    else:
        over, now = parted(edit.over, known), parted(text, known)
        before = {unit for unit, _ in over} - {""}
        there = [unit for unit, _ in now]
        cut = "" not in there and bool(now) and cut_out(dict(over), dict(now))
    if (missing := tuple(unit for unit in before if unit not in there)) and not cut:
        yield "missing", tuple(sorted(missing))
    elif not labels(text, known) and not edit.unit:
        yield "none", ()
    if doubled := tuple(dict.fromkeys(unit for unit in there if there.count(unit) > 1)):
        yield "doubled", doubled
    if foreign := tuple(unit for unit in there if unit and unit not in roles | before):
        yield "foreign", foreign
    if unknown := unknown_labels(text, known | {*unknown_labels(edit.over, known)}):
        yield "unknown", unknown
