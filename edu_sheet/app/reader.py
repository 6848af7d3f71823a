"""Plans and documents that others may have touched, read in a process that can be killed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edu_sheet.kit.reader.reader import StoppedError, asked
from edu_sheet.plan.changes import Change, Changed, changed, loaded
from edu_sheet.plan.read_plan import ReadPlan
from edu_sheet.words.errors import PlanError

if TYPE_CHECKING:
    from edu_sheet.plan.documents import Issued

_WHY = {
    "time": "读取它需要的时间超过限度",
    "memory": "读取它需要的内存超过限度",
    "crashed": "读取它的程序异常中止",
}


def read_plan(data: bytes, name: str) -> ReadPlan:
    """Return what a plan workbook holds, without errors or with; PlanError if it cannot be read."""
    found: ReadPlan = _read(loaded, data, name)
    return replace(found, data=data)


def read_and_change(data: bytes, name: str, change: Change, *options: object) -> Changed:
    """Return a plan workbook and what a change makes of it: its XML is taken apart in the reader.

    The change is one of `plan.changes`. PlanError as it raises it, and as `read_plan`.
    """
    found: Changed = _read(changed, data, name, change, *options)
    before = replace(found.before, data=data)
    return Changed(before, replace(found.after, data=found.after.data or data), found.added)


def read_document(data: bytes, name: str) -> "Issued":
    """Return what a document holds, as `read_issued`; PlanError also if it goes over limits."""
    from edu_sheet.plan.documents import converted, read_issued

    # Another program converts what is older than .docx: it would not do within these limits.
    found: Issued = _read(read_issued, *converted(data, name), name)
    return found


def _read(work: Any, data: bytes, name: str, *options: object) -> Any:
    try:
        return asked(work, data, name, *options)
    except StoppedError as stopped:
        raise PlanError(
            f"{name} 不像分工方案：{_WHY[stopped.fault]}，没有读取",
            "请用 Excel、Word 或 WPS 打开它，删去多余的内容后另存，或换用备份。",
        ) from stopped
