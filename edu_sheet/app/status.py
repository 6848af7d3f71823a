"""`status`: who has reported in a period, and what is near or past its day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import PlanState, seen_plan
from edu_sheet.app.session import opened_to_look
from edu_sheet.kit import clock
from edu_sheet.words.letters import Mailed
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Closing, Plan, Task
from edu_sheet.words.returns import State, Submission, UnitStatus

if TYPE_CHECKING:
    from edu_sheet.rules.deadlines import Due
    from edu_sheet.rules.lights import LightCount


@dataclass(frozen=True, slots=True)
class Status:
    """Where a period stands."""

    period: Period
    units: tuple[UnitStatus, ...]  # in the order of first issue
    unassigned: tuple[Submission, ...]  # that wait, and stand in no unit's line of any period
    lights: "tuple[LightCount, ...]"  # 红黄绿 by lead unit, the sum last; () where nobody is asked
    due: "tuple[Due, ...]"  # deadlines that are near or have passed, with what closed them
    deadlines: str  # how many have passed, are near and were closed early; "" where none has
    closed: tuple[Task, ...]  # 办结, as a whole
    closings: Mapping[str, Closing]  # on which day and what ground, by the task's key
    returned: tuple[Mailed, ...]  # the letters that did not arrive, and none went out since
    pending: Path  # 待处理
    state: PlanState
    apart: Mapping[str, str] = field(default_factory=dict)
    """By task key: what stands before its number, where several bear that one."""

    @property
    def counts(self) -> Mapping[State, int]:
        """How many units stand how."""
        return {state: sum(one.state is state for one in self.units) for state in State}

    @property
    def states(self) -> tuple[str, ...]:
        """The states that a table of the lights has columns for."""
        from edu_sheet.rules.lights import columns_of

        return columns_of(self.lights)

    @property
    def incomplete(self) -> int:
        """How many units have returned something, but not for every task."""
        return sum(one.incomplete for one in self.units)

    @property
    def past(self) -> int:
        """How many of the deadlines have passed and are open."""
        return sum(one.missed for one in self.due)

    @property
    def needs_a_person(self) -> bool:
        """Whether something is missing, incomplete, or waits."""
        waits = (State.MISSING, State.ATTENTION)
        return bool(self.unassigned or self.returned) or any(
            one.incomplete or one.claimed_bounce or one.state in waits for one in self.units
        )


def status(folder: Path, period: Period, *, today: date | None = None) -> Status:
    """Return where each unit stands in a period today; EduSheetError if no form was issued for it.

    PlanError if the plan cannot be used and never could.
    """
    from edu_sheet.facts.returned import returned_letters
    from edu_sheet.facts.status import lead_lights, unit_status
    from edu_sheet.facts.waiting import waiting
    from edu_sheet.rules.closings import closed_tasks
    from edu_sheet.rules.told_apart import told_apart

    with opened_to_look(folder) as (workspace, ledger):
        known = seen_plan(workspace, ledger)
        closed = closed_tasks(known.plan, period)
        waits = waiting(ledger)
        due, deadlines = _deadlines(known.plan, period, today or clock.now().date())
        return Status(
            period,
            units=tuple(unit_status(ledger, period, waits=waits)),
            unassigned=tuple(waits.nobodys),
            lights=tuple(lead_lights(ledger, period)),
            due=due,
            deadlines=deadlines,
            closed=tuple(one for one in known.plan.tasks if one.key in closed),
            closings=closed,
            returned=tuple(returned_letters(ledger, period)),
            pending=workspace.pending,
            state=known.state,
            apart={one.key: told_apart(known.plan, one) for one in known.plan.tasks},
        )


def _deadlines(plan: Plan, period: Period, today: date) -> "tuple[tuple[Due, ...], str]":
    """Return the deadlines that are near or have passed, and what is said of all; () and ""."""
    if not plan.deadlines:
        return (), ""
    from edu_sheet.rules.deadlines import all_tracked, counted_in_words, due_soon

    due, tracked = tuple(due_soon(plan, period, today)), all_tracked(plan, period, today)
    worth_saying = due or any(one.early for one in tracked)
    return due, counted_in_words(tracked) if worth_saying else ""
