"""Plans and documents that others may have touched, read in a process that can be killed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from edu_sheet.kit.reader.reader import StoppedError, asked
from edu_sheet.plan import (
    ClosingEdit,
    Issued,
    Loaded,
    RosterEdit,
    add_deadlines,
    add_units,
    converted,
    edit_closings,
    edit_leads,
    edit_roster,
    load_bytes,
    read_issued,
    write_keys,
)
from edu_sheet.words.errors import PlanError
from edu_sheet.words.settings import LeadRule

_WHY = {
    "time": "读取它需要的时间超过限度",
    "memory": "读取它需要的内存超过限度",
    "crashed": "读取它的程序异常中止",
}


def read_plan(data: bytes, name: str) -> Loaded:
    """Return what a plan workbook holds, as `load_bytes`; PlanError also if it goes over limits."""
    found: Loaded = _read(loaded, data, name)
    return replace(found, data=data)


class Changed(NamedTuple):
    """A plan workbook as it was read, and with what was written into it."""

    before: Loaded
    after: Loaded
    added: int  # deadlines


Change = Callable[..., tuple[Loaded, int]]  # of what was read and of what may be pickled


def read_and_change(data: bytes, name: str, change: Change, *options: object) -> Changed:
    """Return a plan workbook and what a change makes of it: its XML is taken apart in the reader.

    The change is one of those below. PlanError as it raises it, and as `read_plan`.
    """
    found: Changed = _read(changed, data, name, change, *options)
    before = replace(found.before, data=data)
    return Changed(before, replace(found.after, data=found.after.data or data), found.added)


def changed(data: bytes, name: str, change: Change, *options: object) -> Changed:
    """Return the same, without the bytes where they are what they were."""
    before = load_bytes(data, name)
    after, added = change(before, *options)
    same = after.data == data
    return Changed(replace(before, data=b""), replace(after, data=b"") if same else after, added)


def with_keys(loaded: Loaded) -> tuple[Loaded, int]:
    """Return a workbook with the keys that its tasks and units lack, unless it has errors."""
    return (loaded if loaded.errors else write_keys(loaded)), 0


def completed(loaded: Loaded, deadlines: bool) -> tuple[Loaded, int]:
    """Return a workbook with the units, keys and deadlines that it lacks, unless it has errors."""
    if loaded.errors:
        return loaded, 0
    keyed = write_keys(add_units(loaded))
    return add_deadlines(keyed) if deadlines else (keyed, 0)


def edited(loaded: Loaded, edit: RosterEdit) -> tuple[Loaded, int]:
    """Return a workbook with an edit entered in 单位名录."""
    return edit_roster(loaded, edit), 0


def led(loaded: Loaded, rule: LeadRule) -> tuple[Loaded, int]:
    """Return a workbook with it chosen who leads what has no lead."""
    return edit_leads(loaded, rule), 0


def closed(loaded: Loaded, edit: ClosingEdit) -> tuple[Loaded, int]:
    """Return a workbook with something closed or reopened in 办结."""
    return edit_closings(loaded, edit), 0


def read_document(data: bytes, name: str) -> Issued:
    """Return what a document holds, as `read_issued`; PlanError also if it goes over limits."""
    # Another program converts what is older than .docx: it would not do within these limits.
    found: Issued = _read(read_issued, *converted(data, name), name)
    return found


def loaded(data: bytes, name: str) -> Loaded:
    """Return what a plan workbook holds, without its bytes."""
    return replace(load_bytes(data, name), data=b"")


def _read(work: Any, data: bytes, name: str, *options: object) -> Any:
    try:
        return asked(work, data, name, *options)
    except StoppedError as stopped:
        raise PlanError(
            f"{name} 不像分工方案：{_WHY[stopped.fault]}，没有读取",
            "请用 Excel、Word 或 WPS 打开它，删去多余的内容后另存，或换用备份。",
        ) from stopped
