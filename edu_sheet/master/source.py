"""All that a master is built from, and what follows from it for every sheet. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    progress_of,
    speakers,
    voices,
)
from edu_sheet.rules.standing import cells_of
from edu_sheet.rules.told_apart import numbers_of
from edu_sheet.rules.undecided import edited_in_months
from edu_sheet.words.columns import KEY, Column
from edu_sheet.words.findings import Finding
from edu_sheet.words.parts import Part, without_part
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Plan, Role, Task
from edu_sheet.words.returns import Edit, Entry, EntryCell, Submission


@dataclass(frozen=True)
class Source:
    """One period's facts, what the clerk made of them, and what a person should know of both."""

    facts: PeriodFacts
    merged: Mapping[str, Outcome] = field(default_factory=dict)  # with the clerk's edits, by key
    notes: Sequence[Finding] = ()  # what else a person should know of the master

    def with_edits(self, merged: Mapping[str, Outcome]) -> "Source":
        """Return it with the clerk's edits; what the units say without them is not asked again."""
        found = replace(self, merged=merged)
        found.__dict__["returned"] = self.returned  # where a cached property keeps it
        return found

    def with_notes(self, notes: Sequence[Finding]) -> "Source":
        """Return it with what else a person should know; nothing else is worked out again."""
        found = replace(self, notes=notes)
        found.__dict__.update(self.__dict__ | {"notes": notes})
        return found

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
        return (*self.facts.submissions, *self.facts.unassigned)

    @property
    def made_on(self) -> datetime | None:
        """The moment up to which the content is known, None if nothing has come."""
        return max((one.received_at for one in self.submissions), default=None)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each task by its key, as sheets print it beside its goal: 3, 管理类3."""
        return numbers_of(self.plan)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of 总表, the hidden one with the task's key included."""
        return main_columns(self.plan.columns)

    @cached_property
    def returned(self) -> dict[str, list[Contribution]]:
        """What each unit says without the edits made in this very master: each task by its key."""
        return {
            task.key: self._heard(task, self.period, self._edits_elsewhere)
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
        units, known = self.reporting(task.key), self.facts.names.known
        return Theirs(self.period, task.key, fields, said, units, inherited, known)

    def reporting(self, key: str) -> tuple[str, ...]:
        """Return who may have a text on a task, in the order in which they stand in its cell."""
        return tuple(self._speakers.get(key, ()))

    def speakers(self, task: Task, periods: Iterable[Period]) -> dict[str, Role]:
        """Return who may have a text on a task in some periods: first those of the plan now."""
        roles = dict(self._speakers[task.key])
        for period in periods:
            roles = roles | {
                unit: role
                for unit, role in self._speakers_of(task, period).items()
                if unit not in roles
            }
        return roles

    @cached_property
    def _speakers(self) -> dict[str, dict[str, Role]]:
        return {task.key: self._speakers_of(task, self.period) for task in self.plan.tasks}

    def _speakers_of(self, task: Task, period: Period) -> dict[str, Role]:
        known = self.facts.names.known
        return speakers(self.plan, task, period, self.facts.texts, self._held_edits, known)

    @cached_property
    def _held_edits(self) -> Edits:
        """All edits, those of this master as far as they are known."""
        return self._all_edits if self.merged else by_task(self.facts.edits)

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
            self._voices[key] = self._heard(task, period, self._all_edits)
        return self._voices[key]

    def _heard(self, task: Task, period: Period, edits: Edits) -> list[Contribution]:
        facts = self.facts
        return voices(self.plan, task, period, facts.texts, edits, facts.names.known)

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

    def progress(self, task: Task, period: Period) -> dict[str, Period]:
        """Return who has reported progress on a task for a period, and of which one it is.

        In a quarter a month's counts where the quarter's own text has none.
        """
        found: dict[str, Period] = {}
        for source in feeding_periods(period):
            for one in self.voices(task, source):
                told = progress_of(one)
                if one.returned and (one.unused or told):
                    found.setdefault(one.unit, (told or one).entry.period)
        return found

    @cached_property
    def placed(self) -> list[tuple[Task, Entry]]:
        """Every entry of a task of the plan: by task, lead first, strongest period first.

        In a quarter these are also the months' texts that a later one stands before.
        """
        return [(task, entry) for task in self.plan.tasks for entry in self._entries(task)]

    @cached_property
    def adopted(self) -> set[Entry]:
        """Every entry that stands in a cell of the master, as it was returned or edited."""
        said = [one for told in self.said.values() for one in told]
        return {entry for one in said for entry in (one.returned, month_of(one)) if entry}

    @cached_property
    def with_month(self) -> set[Entry]:
        """Every quarter's entry that tells of no progress, so that a month's stands before it."""
        said = [one for told in self.said.values() for one in told if one.month]
        return {one.returned for one in said if one.returned}

    @cached_property
    def standing_in(self) -> set[Entry]:
        """Every month's entry of which the progress alone stands, and that says more."""
        said = [one for told in self.said.values() for one in told]
        months = {entry for one in said if (entry := month_of(one))}
        return {one for one in months if without_part(one.text, Part.PROGRESS)}

    @cached_property
    def edited(self) -> set[Entry]:
        """Every entry that stands in a cell of the master as the clerk edited it."""
        said = [one for told in self.said.values() for one in told]
        months = [one.month for one in said if one.month and one.month.reworded]
        own = [one for one in said if one.reworded and not (one.month and _same_beside(one))]
        return {one.returned for one in (*own, *months) if one.returned}

    @cached_property
    def edited_cells(self) -> dict[EntryCell, bool]:
        """Every cell edited before newer words came, and whether the clerk's are printed."""
        heard = [one for some in self.own_voices.values() for one in some if one.newer is not None]
        edited = [(entry, one.spoken) for one in heard for entry in one.made_on]
        gone = [one for one in self.edited_in_months if one.newer is not None and one.unused]
        edited += [(entry, False) for one in gone for entry in one.made_on]
        return {cell: spoken for entry, spoken in edited for cell in cells_of(entry)}

    @cached_property
    def cut_cells(self) -> set[EntryCell]:
        """Every cell that the clerk took out of a text of which she left the rest."""
        heard = [one for some in self.own_voices.values() for one in some]
        return {cell for one in heard for cell in one.cut_cells}

    @cached_property
    def waiting(self) -> set[Entry]:
        """Every entry that waits beside a text which the clerk edited before it came."""
        return {entry for some in self.own_voices.values() for one in some for entry in one.waits}

    @cached_property
    def edited_in_months(self) -> list[Contribution]:
        """What the clerk edited in the masters of a quarter's months, as each of them has it."""
        return edited_in_months(self.plan, self.period, self.facts.edits, self.voices)

    @cached_property
    def taken_out(self) -> set[Entry]:
        """Every entry that was reported, and whose text the clerk took out."""
        heard = [one for some in self.own_voices.values() for one in some]
        gone = [one for one in heard if one.unused]
        return {entry for one in gone for entry in (one.returned, month_of(one)) if entry}

    @cached_property
    def unsigned(self) -> set[int]:
        """The ids of the returns of a quarter that do not say who approved them, and when."""
        return {
            one.id
            for one in self.submissions
            if isinstance(one.period, Quarter) and not (one.approval and one.approval.signed)
        }

    def _entries(self, task: Task) -> Iterator[Entry]:
        for unit in self._speakers[task.key]:
            for period in feeding_periods(self.period):
                texts = self.facts.texts.get(period)
                own = unit, task.key
                if texts is not None and (entry := texts.get(own) or texts.states.get(own)):
                    yield entry


def month_of(one: Contribution) -> Entry | None:
    """Return the month's entry whose progress stands in a quarter's text; None where none does."""
    return one.month.returned if one.month else None


def _same_beside(one: Contribution) -> bool:
    """Return whether the clerk left as it was what a quarter's text says beside a month's."""
    own, over = (without_part(text, Part.PROGRESS) for text in (one.entry.text, one.over))
    return own == over
