"""办结 entered in the plan workbook: a task or a deadline closed, or reopened."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.check import CheckedPlan
from edu_sheet.app.plan import load_changed, record_plan, save_plan, state_of
from edu_sheet.app.session import opened_to_write
from edu_sheet.kit import clock
from edu_sheet.words.errors import PlanError

if TYPE_CHECKING:
    from edu_sheet.plan.writing.edit_closings import ClosingEdit
    from edu_sheet.words.plan import Plan


def first_told_in_words(on: date, plan: "Plan | None" = None) -> str:
    """Return from which periods of a plan on papers say what was closed, or reopened, on a day."""
    from edu_sheet.rules import closings

    return closings.first_told_in_words(on, plan.settings.first_month if plan else None)


def covered_in_words(plan: "Plan | None") -> str:
    """Return what the newest closing covers of what comes every month or quarter, if anything."""
    from edu_sheet.rules import deadlines

    return deadlines.covered_in_words(plan) if plan else ""


def edit_closings(folder: Path, edit: "ClosingEdit", *, now: datetime | None = None) -> CheckedPlan:
    """Enter what is closed or reopened in sheet 办结; return what is in the workbook then.

    All else in the workbook stays as it is, and a copy of it goes into 存档/ first. PlanError if
    the plan has errors, what is closed is so on a day to come, or that cannot be entered;
    OutputError if the workbook is open in another program.
    """
    from edu_sheet.plan.changes import closed
    from edu_sheet.plan.writing.edit_closings import Close

    now = now or clock.now()
    if isinstance(edit, Close) and edit.on > clock.day(now):
        raise PlanError(
            f"{clock.chinese_date(edit.on)}还没有到，不能先记作办结",
            "请写已经办结的日期，或到那一天再记。",
        )
    with opened_to_write(folder) as (workspace, ledger):
        state = state_of(workspace)
        before, after, _ = load_changed(workspace, closed, edit)
        save_plan(workspace, before, after, now)
        record_plan(ledger, after)
        return CheckedPlan(after.plan, after.errors, after.doubts, state)
