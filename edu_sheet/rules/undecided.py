"""What was edited in the masters of a quarter's months, and what of it nobody has decided. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from edu_sheet.rules.progress import Contribution, feeding_periods
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.returns import Edit


def edited_in_months(
    plan: Plan,
    period: Period,
    edits: Iterable[Edit],
    voices: Callable[[Task, Period], Sequence[Contribution]],
) -> list[Contribution]:
    """Return what the clerk edited in the masters of a quarter's months, as each of them has it.

    `voices` gives what each unit says on a task in a month.
    """
    months = {*feeding_periods(period)} - {period}
    places = dict.fromkeys((one.task, one.period) for one in edits if one.period in months)
    tasks = {task.key: task for task in plan.tasks}
    return [
        one
        for key, month in places
        if key in tasks
        for one in voices(tasks[key], month)
        if one.edit
    ]


def undecided(
    edited: Iterable[Contribution], heard: Mapping[str, Sequence[Contribution]], period: Period
) -> list[Contribution]:
    """Return the edited texts of months whose unit says otherwise by now, and nobody hears.

    Where the month's text is what the quarter hears, it is told as the quarter's own, and what the
    clerk has decided there is decided.
    """
    by_unit = {(key, one.unit): one for key, some in heard.items() for one in some}
    return [
        one
        for one in edited
        if one.newer is not None
        and not _hears(by_unit.get((one.entry.task, one.unit)), one, period)
    ]


def _hears(heard: Contribution | None, month: Contribution, period: Period) -> bool:
    """Return whether what stands in a quarter is made of a month's text."""
    if heard is None or month.edit is None:
        return False
    own, of = month.edit.period, (heard.returned or heard.entry).period
    beside = heard.month is not None and heard.month.entry.period == own
    return beside or (of != period and own.last >= of.last)
