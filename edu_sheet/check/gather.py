"""Findings of one kind that ask nothing of a person, told once with all their places. Pure."""

from collections.abc import Sequence

from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, Severity, Value
from edu_sheet.words.place import Place

_SINGLY = 3  # so many of a kind are told one by one
_OF_TASKS = {"hidden_row", "missing_row", "looks_blank", "same_as_last_period"}
_OF_TEXTS = {"locked_cell_changed", "stray_text"}
_OF_COLUMNS = "column_missing"


def gathered(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings, many of a kind as one, where the first of them stood."""
    kinds: dict[object, list[Finding]] = {}
    for one in findings:
        kinds.setdefault(_kind(one) or id(one), []).append(one)
    told: list[Finding] = []
    for same in kinds.values():
        told += [_together(same)] if len(same) > _SINGLY else same
    return told


def _kind(one: Finding) -> tuple[str, str, Severity] | None:
    if one.severity is Severity.ERROR or one.variant not in ("", "emptied"):
        return None
    if one.code in _OF_TEXTS or one.code == _OF_COLUMNS or (one.code in _OF_TASKS and one.task):
        return one.code, one.place.sheet, one.severity
    return None


def _together(same: Sequence[Finding]) -> Finding:
    first = same[0]
    where = Place(first.place.sheet)
    if first.code in _OF_TASKS:
        tasks = sorted({task for one in same for task in one.tasks}, key=lambda task: task.number)
        return note(first.code, where, task=tuple(tasks))
    if first.code == _OF_COLUMNS:
        headers = tuple(one["header"] for one in same)
        return note(f"{_OF_COLUMNS}:several", where, count=len(same), headers=headers)
    cells: tuple[Value, ...] = tuple((one.place, *_said(one)) for one in same)
    return note(f"{first.code}:several", where, count=len(same), cells=cells)


def _said(one: Finding) -> tuple[Value, ...]:
    said = dict(one.about)
    return (said["text"],) if "text" in said else (said["old"], said.get("new", ""))
