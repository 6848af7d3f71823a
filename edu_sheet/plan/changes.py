"""What the reader does with a plan workbook: it reads it, and writes into it what it lacks.

Each is a function of the workbook's bytes, or of what was read, and of what may be pickled. What
they need is imported where they run: whoever asks for them reads and writes no workbook.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from edu_sheet.plan.read_plan import ReadPlan
from edu_sheet.words.settings import LeadRule

if TYPE_CHECKING:
    from edu_sheet.plan.workbook.load import Loaded
    from edu_sheet.plan.writing.edit_closings import ClosingEdit
    from edu_sheet.plan.writing.edit_roster import RosterEdit


class Changed(NamedTuple):
    """A plan workbook as it was read, and with what was written into it."""

    before: ReadPlan
    after: ReadPlan
    added: int  # deadlines


Change = Callable[..., Any]  # one of those below: the workbook with it, deadlines added


def loaded(data: bytes, name: str) -> ReadPlan:
    """Return what a plan workbook holds, without its bytes."""
    from edu_sheet.plan.workbook.load import load_bytes

    return replace(load_bytes(data, name).read, data=b"")


def changed(data: bytes, name: str, change: Change, *options: object) -> Changed:
    """Return a plan workbook and what a change makes of it.

    The bytes are left out where they are what they were.
    """
    from edu_sheet.plan.workbook.load import load_bytes

    before = load_bytes(data, name)
    after, added = change(before, *options)
    said = after.read
    if said.data == data:
        said = replace(said, data=b"")
    return Changed(replace(before.read, data=b""), said, added)


def with_keys(loaded: "Loaded") -> "tuple[Loaded, int]":
    """Return a workbook with the keys that its tasks and units lack, unless it has errors."""
    from edu_sheet.plan.writing.write_keys import write_keys

    return (loaded if loaded.errors else write_keys(loaded)), 0


def completed(loaded: "Loaded", deadlines: bool) -> "tuple[Loaded, int]":
    """Return a workbook with the units, keys and deadlines that it lacks, unless it has errors."""
    from edu_sheet.plan.writing.add_units import add_units
    from edu_sheet.plan.writing.write_keys import write_keys

    if loaded.errors:
        return loaded, 0
    keyed = write_keys(add_units(loaded))
    if not deadlines:
        return keyed, 0
    from edu_sheet.plan.writing.add_deadlines import add_deadlines

    return add_deadlines(keyed)


def edited(loaded: "Loaded", *edits: "RosterEdit") -> "tuple[Loaded, int]":
    """Return a workbook with edits entered in 单位名录, one after the other: all, or none."""
    from edu_sheet.plan.writing.edit_roster import edit_roster

    return reduce(edit_roster, edits, loaded), 0


def led(loaded: "Loaded", rule: LeadRule) -> "tuple[Loaded, int]":
    """Return a workbook with it chosen who leads what has no lead."""
    from edu_sheet.plan.writing.edit_leads import edit_leads

    return edit_leads(loaded, rule), 0


def closed(loaded: "Loaded", edit: "ClosingEdit") -> "tuple[Loaded, int]":
    """Return a workbook with something closed or reopened in 办结."""
    from edu_sheet.plan.writing.edit_closings import edit_closings

    return edit_closings(loaded, edit), 0
