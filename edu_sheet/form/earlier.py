"""What was reported before, as sheets for reading. Pure.

In a month that is the month before; in a quarter what each unit said month by month.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from edu_sheet.form import layout
from edu_sheet.rules.progress import speakers
from edu_sheet.rules.standing import Standing
from edu_sheet.words.forms import EarlierSheet, FormRow
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Plan, Task


def earlier_periods(plan: Plan, period: Period) -> tuple[Period, ...]:
    """Return the periods whose texts a form of this period shows, none before the first."""
    months = period.months if isinstance(period, Quarter) else ()
    shown: tuple[Period, ...] = (*months, period.previous())
    return tuple(one for one in shown if one.last >= plan.settings.first_month)


def earlier_sheets(
    plan: Plan,
    unit: str,
    period: Period,
    rows: Sequence[FormRow],
    standings: Mapping[Period, Standing],
) -> tuple[EarlierSheet, ...]:
    """Return a unit's sheets of earlier texts; `standings` holds those of `earlier_periods`.

    A period that `standings` does not hold, for nothing was issued then, is not shown. Before the
    first period stands what the plan itself tells.
    """
    sheets = []
    if isinstance(period, Quarter) and any(month in standings for month in period.months):
        sheets.append(_quarter_sheet(plan, unit, period, rows, standings))
    if (before := standings.get(period.previous())) is not None:
        sheets.append(_own_sheet(plan, unit, period.previous(), rows, before))
    elif period.previous().last < plan.settings.first_month:
        sheets += _plan_sheet(plan, rows)
    return tuple(sheets)


def _plan_sheet(plan: Plan, rows: Sequence[FormRow]) -> Iterator[EarlierSheet]:
    """Yield what the plan itself tells of a unit's tasks, where it tells anything."""
    said = {task.key: task.earlier for task in plan.tasks if task.earlier}
    told = tuple(
        (row.shown, row.goal, row.role.label, said[row.key]) for row in rows if row.key in said
    )
    if told:
        title = "方案印发时的进展情况（仅供查阅）"
        header = layout.headed(layout.EARLIER_HEADER, plan.columns)
        yield EarlierSheet(layout.EARLIER_SHEET, title, header, told)


def _own_sheet(
    plan: Plan, unit: str, period: Period, rows: Sequence[FormRow], said: Standing
) -> EarlierSheet:
    return EarlierSheet(
        layout.EARLIER_SHEET,
        f"{unit}{period.label}进展情况（上期填报内容，仅供查阅）",
        layout.headed(layout.EARLIER_HEADER, plan.columns),
        tuple((row.shown, row.goal, row.role.label, _text(said, unit, row.key)) for row in rows),
    )


def _quarter_sheet(
    plan: Plan,
    unit: str,
    period: Quarter,
    rows: Sequence[FormRow],
    standings: Mapping[Period, Standing],
) -> EarlierSheet:
    tasks = {task.key: task for task in plan.tasks}
    months: dict[Period, Standing] = {
        one: standings[one] for one in period.months if one in standings
    }
    led = all(tasks[row.key].leads for row in rows)
    return EarlierSheet(
        layout.QUARTER_SHEET,
        f"{unit}{'牵头' if led else ''}任务{period.label}各单位逐月进展情况（仅供查阅）",
        layout.headed(layout.QUARTER_HEADER, plan.columns),
        tuple(
            (row.shown, row.goal, *said)
            for row in rows
            for said in _month_by_month(plan, tasks[row.key], period, months)
        ),
    )


def _month_by_month(
    plan: Plan, task: Task, period: Quarter, months: Mapping[Period, Standing]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (unit, role, month, text); months in a row without a text share one line.

    Of a unit that the plan does not name for the task any more only its texts are shown.
    """
    now = plan.roles(task)
    for unit, role in speakers(plan, task, period, months).items():
        told = [
            (f"{month.month}月", entry.text if (entry := said.get((unit, task.key))) else "")
            for month in period.months
            if (said := months.get(month)) is not None
        ]
        for silent, some in groupby(told, key=lambda one: not one[1]):
            if not silent:
                yield from ((unit, role.label, month, text) for month, text in some)
            elif unit in now:
                names = "、".join(month for month, _ in some)
                yield unit, role.label, names, layout.NOT_REPORTED


def _text(said: Standing, unit: str, task: str) -> str:
    entry = said.get((unit, task))
    return entry.text if entry else layout.NOT_REPORTED
