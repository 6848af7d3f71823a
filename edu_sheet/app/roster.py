"""What a clerk settles in the plan workbook: an alias, members, an address; who leads."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.check import CheckedPlan
from edu_sheet.app.create import Preview
from edu_sheet.app.plan import load_changed, record_plan, save_plan, seen_plan, state_of
from edu_sheet.app.session import opened_to_look, opened_to_write
from edu_sheet.kit import clock
from edu_sheet.words.columns import RESPONSIBLE
from edu_sheet.words.errors import PlanError
from edu_sheet.words.plan import Plan, Roster, Task
from edu_sheet.words.settings import LeadRule
from edu_sheet.words.text import tidy

if TYPE_CHECKING:
    from edu_sheet.plan.changes import Change
    from edu_sheet.plan.writing.edit_roster import Alias, RosterEdit
    from edu_sheet.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Joined:
    """What a unit has that is to become an alias of another."""

    tasks: tuple[Task, ...]  # that it leads or is responsible for


def edit_roster(folder: Path, *edits: "RosterEdit", now: datetime | None = None) -> CheckedPlan:
    """Enter aliases, members or mail addresses in the plan workbook; return what is in it then.

    All of them or, where one is refused, none. All else in the workbook stays as it is, and a copy
    of it goes into 存档/ first. PlanError if one cannot be entered, or if an alias is the name of a
    unit that forms went out to; OutputError if the workbook is open in another program.
    """
    from edu_sheet.plan.changes import edited

    return _enter(folder, edited, now, *edits)


def joined(folder: Path, edit: "Alias") -> Joined | None:
    """Return what an alias would take from the unit that bears the name so far.

    None if no unit does, or if the two look alike, so that a person was asked whether they are one.
    PlanError if it cannot be entered: forms went out to that unit, or its row says what would be
    lost.
    """
    from edu_sheet.plan.changes import edited

    with opened_to_look(folder) as (workspace, ledger):
        known, alias = seen_plan(workspace, ledger), tidy(edit.alias)
        plan, pair = known.plan, {edit.unit, alias}
        if alias == edit.unit or not plan.roster.get(alias) or pair in map(set, known.look_alikes):
            return None
        _refuse_at_work(ledger, plan.roster, edit)
        load_changed(workspace, edited, edit)
        return Joined(tuple(one for one in plan.tasks if alias in (*one.leads, *one.responsible)))


def edit_leads(folder: Path, rule: LeadRule, *, now: datetime | None = None) -> CheckedPlan:
    """Choose in 设置 who leads the tasks that have no lead, and else as `edit_roster`."""
    from edu_sheet.plan.changes import led

    return _enter(folder, led, now, rule)


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


def _enter(folder: Path, change: "Change", now: datetime | None, *edits: object) -> CheckedPlan:
    with opened_to_write(folder) as (workspace, ledger):
        state = state_of(workspace)
        before, after, _ = load_changed(workspace, change, *edits)
        if before.plan:
            for edit in edits:
                _refuse_at_work(ledger, before.plan.roster, edit)
        save_plan(workspace, before, after, now or clock.now())
        if not after.errors:
            record_plan(ledger, after)
        return CheckedPlan(after.plan, after.errors, after.doubts, state)


def _refuse_at_work(ledger: "Ledger", roster: Roster, edit: object) -> None:
    """Raise PlanError for an alias that is the name of a unit which forms went out to.

    It would vanish from the roster with them.
    """
    from edu_sheet.plan.writing.edit_roster import Alias

    if not isinstance(edit, Alias) or edit.unit == (alias := tidy(edit.alias)):
        return
    own = roster.get(alias)
    if own is None and not any(alias in unit.members for unit in roster.units):
        return
    periods = ledger.forms.periods_of(alias, own.key if own else "")
    if not periods:
        return
    sent = sum(
        len(ledger.entries.of([period], name))
        for period in periods
        for name in ledger.units.names(period).called(alias, period)
    )
    labels = "、".join(one.label for one in periods)
    raise PlanError(
        f"“{alias}”自己是一个报送单位，不能当作“{edit.unit}”的别名：已下发过它 {labels} 的填报表"
        + (f"，已收下它报的 {sent} 条进展" if sent else ""),
        "方案没有改动。写错单位的，请改正别名；两个单位确实已合并成一个、以后只报一份的，"
        f"请用 Excel 打开分工方案，把各项任务里的“{alias}”改成“{edit.unit}”，再检查方案。",
    )
