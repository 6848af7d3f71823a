"""分工方案.xlsx for the verbs: opened once at most, and not at all for a plan that is known.

The ledger has the last plan that was free of errors, by the digest of its workbook. Whoever only
looks can go on with it while the workbook cannot be used; whoever makes something of the plan
cannot. To have it open in Excel stops nobody but who writes into it: its saved content is read.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from edu_sheet.kit.copies import keep_copy
from edu_sheet.kit.files import (
    NoPlainFileError,
    open_elsewhere,
    read_file,
    refuse_if_open,
    reporting,
    sha256,
    write_bytes,
)
from edu_sheet.rules.moved_keys import moved_keys
from edu_sheet.rules.progress import feeding_periods
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.columns import NUMBER
from edu_sheet.words.errors import OutputError, PlanError
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.step import AGAIN

if TYPE_CHECKING:
    from edu_sheet.plan.changes import Change, Changed
    from edu_sheet.plan.read_plan import ReadPlan


_T = TypeVar("_T")


class PlanState(StrEnum):
    """What a plan that was used is to the workbook as it stands there."""

    CURRENT = "current"  # what it holds
    OPEN_ELSEWHERE = "open_elsewhere"  # what was last saved: it is open in Excel or WPS
    LAST_VALID = "last_valid"  # what it held when it could last be read and was free of errors


@dataclass(frozen=True, slots=True)
class KnownPlan:
    """A plan, and what it is to the workbook."""

    plan: Plan
    state: PlanState

    @property
    def look_alikes(self) -> tuple[tuple[str, str], ...]:
        """Names that may be another unit's: each with that unit."""
        from edu_sheet.plan.workbook.roster_rows import look_alikes

        return look_alikes(self.plan.roster)


@dataclass(frozen=True, slots=True)
class Made(Generic[_T]):
    """What a room made of a plan, and what that plan is to the workbook."""

    result: _T
    state: PlanState


def usable_plan(
    workspace: Workspace, ledger: Ledger, period: Period | None = None, *, to_look: bool = False
) -> KnownPlan:
    """Return the plan as it was last saved; PlanError if it has errors.

    Where another program lets nobody read it, that is the last plan that could be read. `to_look`:
    it need not be recorded, if the ledger cannot be written.

    PeriodError for a period before its first month, unless forms went out for it.
    """
    known = _as_saved(workspace, ledger, to_look=to_look)
    if period:
        require(known.plan, ledger, period)
    return known


def require(plan: Plan, ledger: Ledger, period: Period) -> None:
    """Raise PeriodError for a period before the plan's first month that no form went out for.

    The first month may have been moved since: what was reported before stays in use.
    """
    if not set(feeding_periods(period)) & {*ledger.forms.periods()}:
        plan.require(period)


def seen_plan(workspace: Workspace, ledger: Ledger) -> KnownPlan:
    """Return the plan as it was last saved, else the last that had no errors, for looking.

    PlanError if there is neither.
    """
    try:
        return _as_saved(workspace, ledger, to_look=True)
    except PlanError:
        if known := ledger.plan.last:
            return KnownPlan(known, PlanState.LAST_VALID)
        raise


def load_changed(workspace: Workspace, change: "Change", *options: object) -> "Changed":
    """Return the workbook as it was last saved, opened, and what a change makes of it.

    PlanError if it cannot be read, and as the change raises it.
    """
    from edu_sheet.app.reader import read_and_change

    return read_and_change(_saved(workspace), workspace.plan.name, change, *options)


def record_plan(ledger: Ledger, loaded: "ReadPlan") -> Plan:
    """Keep the plan of a workbook in the ledger and return it; PlanError if it has errors."""
    plan = with_moved_keys(ledger, loaded).valid()
    if loaded.sha256 != ledger.plan.sha256 or not ledger.plan.last:
        periods = {*plan.periods, *ledger.forms.periods()}
        ledger.plan.record(
            loaded.sha256,
            {period: plan.due(period) for period in periods},
            [(mail, unit.name) for unit in plan.roster.units for mail in unit.mail.split(";")],
            plan=plan,
        )
    return plan


def keyed_plan(workspace: Workspace, ledger: Ledger) -> Plan:
    """Return the plan, and write the keys that its tasks and units lack into the workbook.

    The workbook is not opened where it is known to be free of errors and to lack none. PlanError if
    it has errors or cannot be read; OutputError if keys are to be written and it is open elsewhere.
    """
    data = _saved(workspace)
    if sha256(data) == ledger.plan.keyed and (known := _known(ledger, data)):
        return known
    from edu_sheet.app.reader import read_and_change
    from edu_sheet.plan.changes import with_keys

    loaded, keyed, _ = read_and_change(data, workspace.plan.name, with_keys)
    loaded.valid()
    save_plan(workspace, loaded, keyed)
    return record_keyed(ledger, keyed)


def record_keyed(ledger: Ledger, loaded: "ReadPlan") -> Plan:
    """Keep the plan of a workbook that has its keys, as `record_plan`."""
    plan = record_plan(ledger, loaded)
    ledger.plan.keyed = loaded.sha256
    return plan


def with_moved_keys(ledger: Ledger, loaded: "ReadPlan") -> "ReadPlan":
    """Return what was read, with an error for each row that bears another known task's key."""
    before = ledger.plan.last
    if loaded.plan is None or before is None or not ledger.forms.periods():
        return loaded
    found = tuple(
        note("moved_key", loaded.places.get((task.key, NUMBER.field)), task=meant.named)
        for task, meant in moved_keys(before, loaded.plan)
    )
    return replace(loaded, errors=(*loaded.errors, *found)) if found else loaded


def save_plan(
    workspace: Workspace, before: "ReadPlan", after: "ReadPlan", copied_at: datetime | None = None
) -> None:
    """Write the workbook where something was added to what was read, and only then.

    With a moment, what was read is first copied into 存档/ under it. OutputError, and nothing
    written, if it is open in another program or was saved since it was read.
    """
    if after.data == before.data:
        return
    path = workspace.plan
    refuse_if_open(path)
    with reporting(path):
        if read_file(path) != before.data:
            raise OutputError(f"{path.name} 在运行当中又有改动，没有写入", "", AGAIN)
    if copied_at:
        keep_copy(workspace.root, workspace.archive, path.name, before.data, copied_at)
    write_bytes(path, after.data)


def _as_saved(workspace: Workspace, ledger: Ledger, *, to_look: bool) -> KnownPlan:
    try:
        data = _saved(workspace)
    except PlanError:
        if known := ledger.plan.last:  # held by another program: nothing says that it is wrong
            return KnownPlan(known, PlanState.LAST_VALID)
        raise
    state = state_of(workspace)
    if known := _known(ledger, data):
        return KnownPlan(known, state)
    from edu_sheet.app.reader import read_plan

    loaded = read_plan(data, workspace.plan.name)
    try:
        return KnownPlan(record_plan(ledger, loaded), state)
    except OutputError:  # of the ledger
        if not to_look:
            raise
        return KnownPlan(with_moved_keys(ledger, loaded).valid(), state)


def _known(ledger: Ledger, data: bytes) -> Plan | None:
    """Return the plan that a workbook holds where that is known, without opening it."""
    return ledger.plan.last if sha256(data) == ledger.plan.sha256 else None


def _saved(workspace: Workspace) -> bytes:
    try:
        return read_file(workspace.plan)
    except NoPlainFileError:
        raise PlanError(
            f"{workspace.plan} 不是普通文件（是管道或设备）", "请把它移走，换成真正的文件。", AGAIN
        ) from None
    except OSError as error:
        raise PlanError(
            f"无法读取 {workspace.plan}",
            "文件可能正在 Excel 或 WPS 中打开，或没有读取权限：请关闭该文件。",
            AGAIN,
        ) from error


def state_of(workspace: Workspace) -> PlanState:
    """Return whether the workbook is open in another program."""
    if open_elsewhere(workspace.plan):
        return PlanState.OPEN_ELSEWHERE
    return PlanState.CURRENT
