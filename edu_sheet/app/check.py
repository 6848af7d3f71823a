"""`check`: the plan workbook's errors and doubts, its tasks' keys, and its deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edu_sheet.app.plan import (
    KnownPlan,
    PlanState,
    load_changed,
    record_keyed,
    save_plan,
    seen_plan,
    state_of,
    with_moved_keys,
)
from edu_sheet.app.session import opened_to_look, opened_to_write
from edu_sheet.kit import clock
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan


def known_plan(folder: Path) -> KnownPlan:
    """Return the plan as it was last saved, else the last that had no errors; nothing is written.

    PlanError if there is neither.
    """
    with opened_to_look(folder) as (workspace, ledger):
        return seen_plan(workspace, ledger)


def unsought_deadlines(folder: Path) -> int:
    """Return how many days the plan's tasks name that nobody has had looked for; else 0.

    PlanError if the plan cannot be used and never could.
    """
    from edu_sheet.plan.workbook.requirements import unsought

    return unsought(known_plan(folder).plan)


@dataclass(frozen=True, slots=True)
class CheckedPlan:
    """What was found in the plan workbook; with errors the plan is what could be read, or None."""

    plan: Plan | None
    errors: tuple[Finding, ...]
    doubts: tuple[Finding, ...]
    state: PlanState
    added: int | None = None  # deadlines; None where nobody looked for them
    next: Month | None = None  # the first month that no form went out for, where it is known


def check(folder: Path, *, deadlines: bool = False, now: datetime | None = None) -> CheckedPlan:
    """Return what is wrong in the plan workbook, and how it differs from the forms that went out.

    Without errors its tasks are given the keys that they lack, 单位名录 the units that only the
    tasks name (where 设置 wants that), and, if `deadlines`, sheet 时限节点
    the rows that it lacks; a copy of the workbook goes into 存档/ before those. PlanError if it
    cannot be read; OutputError if something is to be written and it is open in another program.
    """
    from edu_sheet.issue.differences import current_issues, left_units, plan_changes
    from edu_sheet.plan.changes import completed
    from edu_sheet.plan.workbook.requirements import unsought_since

    with opened_to_write(folder) as (workspace, ledger):
        state = state_of(workspace)
        loaded, checked, added = load_changed(workspace, completed, deadlines)
        loaded = with_moved_keys(ledger, loaded)
        if loaded.errors:
            return CheckedPlan(loaded.plan, loaded.errors, loaded.doubts, state)
        save_plan(workspace, loaded, checked, (now or clock.now()) if added else None)
        plan = record_keyed(ledger, checked)
        periods = ledger.forms.periods()
        names = ledger.units.names(*periods)
        changes = plan_changes(plan, current_issues(ledger), checked.places, names, periods)
        left = left_units(ledger, names, periods)
    unsought = () if deadlines else unsought_since(plan)
    named = tuple(task.named for task in unsought)
    told = [note("deadlines_unsought", task=named)] if named else []
    doubts = (*checked.doubts, *changes, *left, *told)
    return CheckedPlan(
        plan, (), doubts, state, added if deadlines else None, _next_month(plan, periods)
    )


def _next_month(plan: Plan, issued: Sequence[Period]) -> Month:
    """Return the plan's first month, or else the month after the last that forms went out for."""
    last = max((one for one in issued if isinstance(one, Month)), default=None)
    first = plan.settings.first_month
    return max(first, last.plus(1)) if last else first
