"""What the ledger tells about a period: the facts of which master, summary and letters are made."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from edu_sheet.facts.left_out import LeftOut
from edu_sheet.rules.names import NO_NAMES, Names
from edu_sheet.rules.progress import Contribution, feeding_periods
from edu_sheet.rules.reminders import Reminded
from edu_sheet.rules.replaced import Replaced
from edu_sheet.rules.standing import Standing
from edu_sheet.words.forms import Issue
from edu_sheet.words.period import Month, Period
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.returns import Came, Edit, State, Submission, UnitStatus

REPORTED = "已报"  # of a unit of which any text was taken in
NO_PROGRESS = "没有填写进展成效"  # of one that filled in 完成状态 alone, or 无


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """One period, as plan and ledger have it. It holds no ledger: `facts.gather` has asked it.

    Which periods the mappings hold, and which fields are filled at all, is said by the functions
    of `facts.gather`; of the others nothing is known here.
    """

    plan: Plan
    period: Period
    today: date = date.max  # on which the paper is written: of a period that is over no matter
    texts: Mapping[Period, Standing] = field(default_factory=dict)  # those that stand
    edits: Sequence[Edit] = ()  # the clerk's, in the masters of those periods
    voices: Mapping[str, Sequence[Contribution]] = field(default_factory=dict)  # by task
    monthly: Mapping[tuple[str, str], Sequence[Contribution]] = field(default_factory=dict)
    """By (task, unit): what a unit said in the months of a quarter before the text that is heard of
    it, the newest first."""
    last_states: Mapping[str, Sequence[Contribution]] = field(default_factory=dict)
    """By task: what was last said by those who answer for it, in a period that asked for 完成状态,
    where this one does not."""
    later: Mapping[str, Sequence[Contribution]] = field(default_factory=dict)
    """By task: what its units have said in later periods, the newest first."""
    reported: Set[tuple[str, str]] = frozenset()
    """(unit, task) of which the period's own return holds a text, be it 无."""
    statuses: Mapping[Period, Sequence[UnitStatus]] = field(default_factory=dict)  # in order
    reminders: Mapping[Period, Mapping[str, Reminded]] = field(default_factory=dict)  # by unit
    submissions: Sequence[Submission] = ()  # of the periods that feed this one, oldest first each
    unassigned: Sequence[Submission] = ()  # that wait, and stand in no unit's line of any period
    history: tuple[Month, ...] = ()  # the last months for which forms went out, in order
    tasks_asked: Mapping[Period, Mapping[str, Set[str]]] = field(default_factory=dict)
    """Of every period that is shown, by unit: the keys of the tasks that its form asked for."""
    forms: Mapping[str, Issue] = field(default_factory=dict)  # each unit's newest, by first issue
    replaced: Sequence[Replaced] = ()  # tasks whose texts were reported on another wording
    before: "PeriodFacts | None" = None  # the quarter before a quarter
    names: Names = NO_NAMES  # what units are called now
    returned: Set[str] = frozenset()  # units whose last letter about this period came back
    left_out: Sequence[LeftOut] = ()  # texts of the feeding periods without a task
    edited_in_months: Sequence[Contribution] = ()  # as each month's master has it
    _lines: dict[tuple[Period, str], UnitStatus] = field(  # of `statuses`, once asked for
        default_factory=dict, init=False, repr=False, compare=False
    )
    _asked: set[str] = field(  # the keys of the tasks that a form which feeds the period asked for
        default_factory=set, init=False, repr=False, compare=False
    )
    _stated: dict[str, set[str]] = field(  # who has filled in 完成状态 alone, likewise by task
        default_factory=dict, init=False, repr=False, compare=False
    )

    def runs(self, period: Period) -> bool:
        """Return whether a period's returns may still come in time: its due date is not over."""
        return self.today <= self.plan.due(period)

    def came_of(self, unit: str, task: Task) -> str:
        """Return what a unit without a text on a task sent on the forms that asked it for that.

        In words: what waits, for it may hold the text; 没有填写进展成效 where 完成状态 was all;
        已报 if it has texts on other tasks; "" if it sent nothing.
        """
        lines = self._asking(unit, task)
        if waits := next((line for line in lines if line.state is State.ATTENTION), None):
            return (waits.came or Came.WAITING).label
        if task.key not in self._stated:
            said = self.voices.get(task.key, ())
            self._stated[task.key] = {one.unit for one in said if one.stated_alone}
        if unit in self._stated[task.key]:
            return NO_PROGRESS
        if any(line.reported for line in lines):
            return REPORTED
        if any(line.state in (State.RETURNED, State.LATE) for line in lines):
            return NO_PROGRESS
        return next((line.came.label for line in lines if line.came), "")

    def awaits(self, unit: str, task: Task) -> bool:
        """Return whether a file of a unit waits that may hold what it was asked for on a task."""
        return any(line.state is State.ATTENTION for line in self._asking(unit, task))

    def awaited(self, task: Task) -> list[str]:
        """Return the units of which a file waits that may hold something on a task."""
        return [unit for unit in self.plan.reporters(task) if self.awaits(unit, task)]

    def was_asked_of(self, unit: str, task: Task) -> bool:
        """Return whether a form that feeds the period asked a unit for a task, and it was owed."""
        return bool(self._asking(unit, task))

    def asked_in(self, period: Period, unit: str, task: Task) -> bool:
        """Return whether the form of one of these periods asked a unit for a task."""
        return task.key in self.tasks_asked.get(period, {}).get(unit, ())

    def unasked(self, task: Task) -> bool:
        """Return whether no form that feeds the period asked anybody for a task, and none told."""
        if not self._asked:
            feeding = (self.tasks_asked.get(one, {}) for one in feeding_periods(self.period))
            self._asked.update(key for units in feeding for keys in units.values() for key in keys)
        return task.key not in self._asked and not self.on(task) and not self.unused(task)

    def line_of(self, period: Period, unit: str) -> UnitStatus | None:
        """Return where a unit stands in one of these periods; None if it owed nothing."""
        if not self._lines:
            for one, lines in self.statuses.items():
                self._lines.update({(one, line.unit): line for line in lines})
        return self._lines.get((period, unit))

    def claimed_bounce(self, unit: str) -> bool:
        """Return whether a mail says, and does not prove, that our letter did not arrive."""
        line = self.line_of(self.period, unit)
        return line is not None and line.claimed_bounce

    def _asking(self, unit: str, task: Task) -> list[UnitStatus]:
        """Return where a unit stands in the periods whose forms asked for a task, newest first."""
        return [
            line
            for period in feeding_periods(self.period)
            if self.asked_in(period, unit, task) and (line := self.line_of(period, unit))
        ]

    def on(self, task: Task) -> Sequence[Contribution]:
        """Return what is printed of each unit on a task, the lead first."""
        return [one for one in self.voices.get(task.key, ()) if one.spoken]

    def unused(self, task: Task) -> Sequence[Contribution]:
        """Return the units that have reported on a task, and whose text the clerk took out."""
        return [one for one in self.voices.get(task.key, ()) if one.unused]

    @property
    def outdated(self) -> Sequence[tuple[Task, Contribution]]:
        """The texts that the clerk edited, and whose unit says something else by now."""
        return [
            (task, one)
            for task in self.plan.tasks
            for heard in self.voices.get(task.key, ())
            for one in (heard, heard.month)
            if one and one.newer is not None
        ]
