"""All that a master is built from, and what follows from it for every sheet. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.master.layout import main_columns
from edu_sheet.master.threeway import Outcome, Theirs, unedited
from edu_sheet.rules.progress import (
    PROGRESS_FIELD,
    Contribution,
    Edits,
    by_task,
    feeding_periods,
    voices,
)
from edu_sheet.words.columns import KEY, Column
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Plan, Role, Task
from edu_sheet.words.returns import Edit, Entry, Submission


@dataclass(frozen=True)
class Source:
    """One period's facts, what the clerk made of them, and what a person should know of both."""

    facts: PeriodFacts
    merged: Mapping[str, Outcome] = field(default_factory=dict)  # with the clerk's edits, by key
    notes: Sequence[Finding] = ()  # what else a person should know of the master

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        return self.facts.plan

    @property
    def period(self) -> Period:
        """The period whose master this is."""
        return self.facts.period

    @cached_property
    def submissions(self) -> tuple[Submission, ...]:
        """The returns of the periods that feed this one, then those that no line shows."""
        feeding = feeding_periods(self.period)
        elsewhere = (one for one in self.facts.unassigned if one.period not in feeding)
        return (*self.facts.submissions, *elsewhere)

    @property
    def made_on(self) -> datetime | None:
        """The moment up to which the content is known, None if nothing has come."""
        return max((one.received_at for one in self.submissions), default=None)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of 总表, the hidden one with the task's key included."""
        return main_columns(self.plan.columns)

    @cached_property
    def returned(self) -> dict[str, list[Contribution]]:
        """What each unit says without the edits made in this very master: each task by its key."""
        return {
            task.key: voices(self.plan, task, self.period, self.facts.texts, self._edits_elsewhere)
            for task in self.plan.tasks
        }

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        """What stands in the rows of 总表, by the task's key."""
        return {
            task.key: self.merged.get(task.key) or unedited(self.theirs(task))
            for task in self.plan.tasks
        }

    def theirs(self, task: Task) -> Theirs:
        """Return a task's cells as plan and returns have them."""
        fields = {
            column.field: task.text(column.field)
            for column in self.columns
            if column.field not in (PROGRESS_FIELD, KEY.field)
        }
        heard = self.returned[task.key]
        said = tuple((one.unit, one.latest) for one in heard if one.latest.strip())
        inherited = tuple(
            Edit(
                self.period,
                task.key,
                PROGRESS_FIELD,
                one.unit,
                one.entry.text,
                one.over,
                one.edit.edited_at,
            )
            for one in heard
            if one.edit and one.newer is not None
        )
        return Theirs(self.period, task.key, fields, said, self.reporting(task.key), inherited)

    def assignments(self, period: Period) -> dict[str, tuple[tuple[Task, Role], ...]]:
        """Return who reports on what in a period, as the plan has it now."""
        if period not in self._assignments:
            self._assignments[period] = self.plan.assignments(period)
        return self._assignments[period]

    @cached_property
    def _assignments(self) -> dict[Period, dict[str, tuple[tuple[Task, Role], ...]]]:
        return {}

    def reporting(self, key: str) -> tuple[str, ...]:
        """Return who may report on a task, in the order in which they stand in its cell."""
        return self._reporting.get(key, ())

    @cached_property
    def _reporting(self) -> dict[str, tuple[str, ...]]:
        return {task.key: self.plan.reporters(task) for task in self.plan.tasks}

    @cached_property
    def said(self) -> dict[str, list[Contribution]]:
        """What is printed of each unit, the clerk's edits included: each task by its key."""
        return {key: [one for one in heard if one.spoken] for key, heard in self.own_voices.items()}

    @cached_property
    def own_voices(self) -> dict[str, list[Contribution]]:
        """What each unit says in the end, those included whose text the clerk took out."""
        return {task.key: self.voices(task, self.period) for task in self.plan.tasks}

    def voices(self, task: Task, period: Period) -> list[Contribution]:
        """Return what each unit says on a task in a period, the clerk's edits included."""
        key = task.key, period
        if period == self.period and not self._edited(task):
            return self.returned[task.key]
        if key not in self._voices:
            self._voices[key] = voices(self.plan, task, period, self.facts.texts, self._all_edits)
        return self._voices[key]

    def _edited(self, task: Task) -> bool:
        return task.key in self.merged and bool(self.merged[task.key].edits)

    @cached_property
    def _voices(self) -> dict[tuple[str, Period], list[Contribution]]:
        return {}

    @cached_property
    def _edits_elsewhere(self) -> Edits:
        """The edits that were made in the masters of other periods."""
        return by_task(one for one in self.facts.edits if one.period != self.period)

    @cached_property
    def _all_edits(self) -> Edits:
        own = [edit for one in self.merged.values() for edit in one.edits.values()]
        return {**self._edits_elsewhere, **by_task(own)}

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
            for entry in self.facts.texts.get(period, {}).values()
            if entry not in placed
        ]

    @cached_property
    def adopted(self) -> set[Entry]:
        """Every entry that stands in a cell of the master, as it was returned."""
        return {one.returned for told in self.said.values() for one in told if one.returned}

    @cached_property
    def edited(self) -> set[Entry]:
        """Every entry that stands in a cell of the master as the clerk edited it."""
        said = [one for told in self.said.values() for one in told if one.edit]
        return {one.returned for one in said if one.returned}

    @cached_property
    def waiting(self) -> set[Entry]:
        """Every entry that waits beside a text which the clerk edited before it came."""
        heard = [one for some in self.own_voices.values() for one in some]
        return {one.returned for one in heard if one.returned and one.newer is not None}

    @cached_property
    def taken_out(self) -> set[Entry]:
        """Every entry that was reported, and whose text the clerk took out."""
        heard = [one for some in self.own_voices.values() for one in some]
        return {one.returned for one in heard if one.returned and one.unused}

    @cached_property
    def unsigned(self) -> set[int]:
        """The ids of the returns of a quarter that do not say who approved them, and when."""
        return {
            one.id
            for one in self.submissions
            if isinstance(one.period, Quarter) and not (one.approval and one.approval.signed)
        }

    def _entries(self, task: Task) -> Iterator[Entry]:
        for unit in self.plan.reporters(task):
            for period in feeding_periods(self.period):
                if entry := self.facts.texts.get(period, {}).get((unit, task.key)):
                    yield entry
