"""What a clerk settles in the plan workbook: an alias, members, an address; who leads."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.check import CheckedPlan
from edu_sheet.app.create import Preview
from edu_sheet.app.plan import load_changed, record_plan, save_plan, state_of
from edu_sheet.app.session import opened_to_write
from edu_sheet.kit import clock
from edu_sheet.words.columns import RESPONSIBLE
from edu_sheet.words.plan import Plan
from edu_sheet.words.settings import LeadRule

if TYPE_CHECKING:
    from edu_sheet.plan.changes import Change
    from edu_sheet.plan.writing.edit_roster import RosterEdit


def edit_roster(folder: Path, edit: "RosterEdit", *, now: datetime | None = None) -> CheckedPlan:
    """Enter an alias, members or a mail address in the plan workbook; return what is in it then.

    All else in the workbook stays as it is, and a copy of it goes into 存档/ first. PlanError if
    that cannot be entered; OutputError if the workbook is open in another program.
    """
    from edu_sheet.plan.changes import edited

    return _enter(folder, edited, edit, now)


def edit_leads(folder: Path, rule: LeadRule, *, now: datetime | None = None) -> CheckedPlan:
    """Choose in 设置 who leads the tasks that have no lead, and else as `edit_roster`."""
    from edu_sheet.plan.changes import led

    return _enter(folder, led, rule, now)


def helpers_alone(plan: Plan) -> str:
    """Return the header of a plan's units if none but those that help stand under it, else ""."""
    from edu_sheet.plan.layout import helpers_alone

    named = (one.header for one in plan.columns if one.field == RESPONSIBLE.field)
    return helpers_alone(next(named, ""))


def edit_preview(preview: Preview, edit: "RosterEdit | LeadRule") -> Preview:
    """Return what a new workspace would get, with that entered; PlanError if it cannot be."""
    from edu_sheet.plan.writing.edit_leads import edit_leads
    from edu_sheet.plan.writing.edit_roster import edit_roster

    workbook = preview.workbook
    if isinstance(edit, LeadRule):
        return replace(preview, workbook=edit_leads(workbook, edit))
    return replace(preview, workbook=edit_roster(workbook, edit))


def _enter(folder: Path, change: "Change", edit: object, now: datetime | None) -> CheckedPlan:
    with opened_to_write(folder) as (workspace, ledger):
        state = state_of(workspace)
        before, after, _ = load_changed(workspace, change, edit)
        save_plan(workspace, before, after, now or clock.now())
        if not after.errors:
            record_plan(ledger, after)
        return CheckedPlan(after.plan, after.errors, after.doubts, state)
