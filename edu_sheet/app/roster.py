"""单位名录 edited in place: an alias confirmed, a group's members, a mail address."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.check import CheckedPlan
from edu_sheet.app.create import Preview
from edu_sheet.app.plan import load_changed, record_plan, save_plan, state_of
from edu_sheet.app.session import opened_to_write
from edu_sheet.kit import clock

if TYPE_CHECKING:
    from edu_sheet.plan import RosterEdit


def edit_roster(folder: Path, edit: "RosterEdit", *, now: datetime | None = None) -> CheckedPlan:
    """Enter an alias, members or a mail address in the plan workbook; return what is in it then.

    All else in the workbook stays as it is, and a copy of it goes into 存档/ first. PlanError if
    that cannot be entered; OutputError if the workbook is open in another program.
    """
    from edu_sheet.app.reader import edited

    with opened_to_write(folder) as (workspace, ledger):
        state = state_of(workspace)
        before, after, _ = load_changed(workspace, edited, edit)
        save_plan(workspace, before, after, now or clock.now())
        if not after.errors:
            record_plan(ledger, after)
        return CheckedPlan(after.plan, after.errors, after.doubts, state)


def edit_preview(preview: Preview, edit: "RosterEdit") -> Preview:
    """Return what a new workspace would get, with that entered; PlanError if it cannot be."""
    from edu_sheet.plan import edit_roster as entered

    return replace(preview, workbook=entered(preview.workbook, edit))
