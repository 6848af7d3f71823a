"""All that a master is built from, and what follows from it for every sheet. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from edu_sheet.model import Entry, Plan, Submission, Task, UnitStatus
from edu_sheet.period import Period
from edu_sheet.progress import Contribution, Standing, contributions, feeding_periods


@dataclass(frozen=True)
class Source:
    """One period's plan, texts, returns and findings."""

    plan: Plan
    period: Period
    by_period: dict[Period, Standing]
    statuses: Mapping[Period, Sequence[UnitStatus]]
    submissions: Sequence[Submission]
    made_on: datetime | None  # as of when

    @cached_property
    def said(self) -> dict[str, list[Contribution]]:
        """What the master's cells say: each task's contributions by its key."""
        return {
            task.key: contributions(self.plan, task, self.period, self.by_period)
            for task in self.plan.tasks
        }

    @cached_property
    def placed(self) -> list[tuple[Task, Entry]]:
        """Every entry of a task and unit of the plan: by task, lead first, strongest period first.

        In a quarter these are also the months' texts that a later one stands before.
        """
        return [(task, entry) for task in self.plan.tasks for entry in self._entries(task)]

    @cached_property
    def left_out(self) -> list[Entry]:
        """Entries that have no place in the plan as it is now: the task or the duty has gone."""
        placed = {entry for _, entry in self.placed}
        return [
            entry
            for period in feeding_periods(self.period)
            for entry in self.by_period.get(period, {}).values()
            if entry not in placed
        ]

    @cached_property
    def adopted(self) -> set[Entry]:
        """Every entry that stands in a cell of the master."""
        return {one.entry for told in self.said.values() for one in told}

    def _entries(self, task: Task) -> Iterator[Entry]:
        for unit in self.plan.reporters(task):
            for period in feeding_periods(self.period):
                if entry := self.by_period.get(period, {}).get((unit, task.key)):
                    yield entry
