"""办结: what is closed on a day, and what a closing covers. Pure."""

from collections.abc import Iterable
from datetime import date

from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Closing, Plan

CLOSED = "已办结"


def looked_at_on(period: Period) -> date:
    """Return the day on which it is asked what a period's papers say is closed.

    They are written in the month after it, and what is closed by the end of that is closed.
    """
    return period.last.plus(1).day(None)


def first_told(on: date) -> tuple[Month, Quarter]:
    """Return the first month and quarter whose papers look at a day: those before do not."""
    month = Month(on.year, on.month).plus(-1)
    return month, month.quarter


def first_told_in_words(on: date, first: Month | None = None) -> str:
    """Return from which periods on papers say what is closed, or open again, on a day.

    `first`: the plan's first month; nothing is said of what would be before it.
    """
    month, quarter = first_told(on)
    if first and month <= first:
        return "各月、各季度的总表、总结都这样写，季度里各月缺几项也这样算。"
    return (
        f"{month.label}、{quarter.label}及以后的总表、总结这样写，季度里各月缺几项也这样算；"
        "更早的期次自己的总表、通报只看到次月末，照旧。"
    )


def stands(closing: Closing, day: date) -> bool:
    """Return whether a closing stands on a day: it was closed by then, and not reopened."""
    return closing.on <= day and (closing.reopened is None or closing.reopened > day)


def closed_tasks(plan: Plan, period: Period) -> dict[str, Closing]:
    """Return what closes whole tasks for a period, by the task's key."""
    return {one.task: one for one in _standing(plan, period) if not one.item and not one.year}


def closing_of(plan: Plan, period: Period, task: str, item: str, due: date) -> Closing | None:
    """Return what closes one of a task's deadlines, the first of several; None if it is open."""
    covering = (one for one in _standing(plan, period) if covers(one, task, item, due))
    return min(covering, key=lambda one: one.on, default=None)


def covers(closing: Closing, task: str, item: str, due: date) -> bool:
    """Return whether a closing is about the day of a deadline: its task's, its own, its year's."""
    return closing.task == task and closing.item in ("", item) and closing.year in (None, due.year)


def stand_side_by_side(one: Closing, other: Closing) -> bool:
    """Return whether two rows close the very same thing, and neither was reopened."""
    same = (one.task, one.item, one.year) == (other.task, other.item, other.year)
    return same and one.reopened is None and other.reopened is None


def _standing(plan: Plan, period: Period) -> Iterable[Closing]:
    day = looked_at_on(period)
    return (one for one in plan.closings if stands(one, day))
