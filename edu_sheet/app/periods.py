"""期次: which there are, and which one is current."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from edu_sheet.app.plan import seen_plan
from edu_sheet.app.session import opened_to_look
from edu_sheet.kit import clock
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period that can be worked on."""

    period: Period
    due: date
    issued: int  # forms that went out, one a unit
    current: bool


def periods(folder: Path, *, today: date | None = None) -> tuple[PeriodLine, ...]:
    """Return the periods from the plan's first month to the next one, and all that was issued.

    Forms go out before their month begins. In order of time, a quarter after its months.
    PlanError if the plan cannot be used and never could.
    """
    with opened_to_look(folder) as (workspace, ledger):
        plan = seen_plan(workspace, ledger).plan
        issued = {one: len(ledger.forms.tasks_asked(one)) for one in ledger.forms.periods()}
    day = today or clock.now().date()
    now = current_period(plan, list(issued), day)
    every = {*issued, now, *_months(plan, Month(day.year, day.month).plus(1))}
    every |= {one.quarter for one in every if isinstance(one, Month)}
    return tuple(
        PeriodLine(one, plan.due(one), issued.get(one, 0), one == now)
        for one in sorted(every, key=_by_time)
    )


def current_period(plan: Plan, issued: list[Period], today: date) -> Period:
    """Return the last period that forms were issued for and that has begun; else this month.

    A quarter begins, for this, with its last month: its forms go out at its end. Never a month
    before the plan's first.
    """
    begun = [one for one in issued if one.last.day(1) <= today]
    if begun:
        return max(begun, key=_by_time)
    return max(Month(today.year, today.month), plan.settings.first_month)


def _months(plan: Plan, last: Month) -> list[Month]:
    months = [plan.settings.first_month]
    while months[-1] < last:
        months.append(months[-1].plus(1))
    return months


def _by_time(period: Period) -> tuple[int, int, int]:
    return (period.last.year, period.last.month, len(period.months))
