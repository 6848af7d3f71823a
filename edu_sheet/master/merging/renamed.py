"""What stands in a workbook that was written before units were renamed, in their names of now."""

from collections.abc import Mapping
from dataclasses import replace

from edu_sheet.master.base import BaseRow
from edu_sheet.master.threeway import Ours
from edu_sheet.rules.labels import renamed
from edu_sheet.rules.progress import PROGRESS_FIELD

Names = Mapping[str, str]  # what a unit was called → what it is called now


def base_now(row: BaseRow, names: Names) -> BaseRow:
    """Return what was written for a task."""
    return replace(
        row,
        fields=_fields(row.fields, names),
        returned=tuple((names.get(unit, unit), text) for unit, text in row.returned),
        new={names.get(unit, unit): text for unit, text in row.new.items()},
    )


def ours_now(ours: Ours, names: Names) -> Ours:
    """Return a task as it stands in the workbook."""
    new = frozenset(names.get(unit, unit) for unit in ours.new)
    return Ours(_fields(ours.fields, names), new)


def _fields(fields: dict[str, str], names: Names) -> dict[str, str]:
    if PROGRESS_FIELD not in fields:
        return fields
    return fields | {PROGRESS_FIELD: renamed(fields[PROGRESS_FIELD], names)}
