"""Which text stands for a task in a period: the one rule that master and summary share. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from edu_sheet.model import Entry, Plan, Role, Task
from edu_sheet.period import Period, Quarter

Standing = dict[tuple[str, str], Entry]  # (unit, task key) → the entry that stands


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit says on one task, as master and summary print it."""

    unit: str
    role: Role
    entry: Entry


def newer(entry: Entry) -> tuple[datetime, datetime, int]:
    """Return the key by which entries are ordered in time: docs/design.md, "Newer"."""
    earliest = datetime.min.replace(tzinfo=entry.received_at.tzinfo if entry.received_at else None)
    received = entry.received_at or earliest
    modified = entry.modified_at or earliest
    return received, modified.replace(tzinfo=modified.tzinfo or received.tzinfo), entry.submission


def standing(entries: Iterable[Entry]) -> Standing:
    """Return the newest text of each unit and task among the entries of one period.

    An empty text erases nothing, so that it never stands.
    """
    chosen: Standing = {}
    for entry in sorted((entry for entry in entries if entry.text.strip()), key=newer):
        chosen[entry.unit, entry.task] = entry
    return chosen


def contributions(
    plan: Plan, task: Task, period: Period, by_period: dict[Period, Standing]
) -> list[Contribution]:
    """Return what each unit says on a task in a period, the lead first, then in the plan's order.

    In a quarter a unit's own quarter text wins over its latest month of that quarter.
    """
    leads = {unit for name in task.leads for unit in plan.roster.reporters(name)}
    said = []
    for unit in plan.reporters(task):
        if entry := _entry_of(unit, task.key, period, by_period):
            role = Role.LEAD if unit in leads else Role.RESPONSIBLE
            said.append(Contribution(unit, role, entry))
    return sorted(said, key=lambda one: one.role is not Role.LEAD)


def feeding_periods(period: Period) -> tuple[Period, ...]:
    """Return the periods whose texts feed a period, the strongest first."""
    if isinstance(period, Quarter):
        return (period, *reversed(period.months))
    return (period,)


def _entry_of(
    unit: str, task: str, period: Period, by_period: dict[Period, Standing]
) -> Entry | None:
    for source in feeding_periods(period):
        if entry := by_period.get(source, {}).get((unit, task)):
            return entry
    return None
