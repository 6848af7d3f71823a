"""Which text stands for a task in a period: the one rule that master and summary share. Pure.

For each unit of a task: what the clerk made of its text in a master, else its quarter text, else
its latest month; the lead first. An edit belongs to the text that it was made on: one made in a
month's master counts for the quarter where that month's text does. Where the unit says something
else by now than what she edited, her text stands, and what it says now is told beside it.

After the units that the plan names for a task now stand those that have spoken on it before: a
unit that the task was taken from, that has become several, or that there is no more. Units bear the
names that they have now (`rules/names.py`).
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from edu_sheet.rules.labels import attributed, labels, sections
from edu_sheet.rules.stand_in import beside, month_in, told_in, without_mark
from edu_sheet.rules.standing import Standing, cells_of, says
from edu_sheet.words.parts import Part, Parts, parts_of, without_part
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Plan, Role, Task
from edu_sheet.words.returns import Edit, Entry, EntryCell
from edu_sheet.words.substance import says_something, worded
from edu_sheet.words.text import bare

PROGRESS_FIELD = "progress"  # of an Edit: the others are columns of the plan


Edits = Mapping[tuple[Period, str], Mapping[str, Edit]]  # (period, task key) → unit → the edit
_Edited = Mapping[str, tuple[str, str, Edit]]  # by unit: its text, what it was made on, the edit


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit says on one task, as master and summary print it.

    `entry` bears the text that is printed, "" of a unit that filled in 完成状态 alone; `returned`
    is the text as it was returned, None where there is none, and where the clerk wrote for a unit
    that has not reported; `edit` is what she changed, `over` the unit's text that she changed,
    `made_on` the returns that say that, `newer` what the unit says by now, None while that is the
    same, and `waits` the returns that say the newer.
    `month` is whose progress stands in for a quarter's text that tells of none: marked with the
    month that says it, it stands before what the quarter's own text says (`rules/stand_in.py`).
    `former` says that the plan does not name the unit for the task any more.
    """

    unit: str
    role: Role
    entry: Entry
    edit: Edit | None = None
    returned: Entry | None = None
    over: str = ""
    newer: str | None = None
    made_on: tuple[Entry, ...] = ()
    waits: tuple[Entry, ...] = ()
    month: "Contribution | None" = None
    former: bool = False
    state_of: Period | None = None  # whose 完成状态 it is, where its own text has none

    @property
    def spoken(self) -> bool:
        """Whether a text of the unit is printed."""
        return bool(self.entry.text.strip())

    @property
    def reworded(self) -> bool:
        """Whether its words are the clerk's: a cell edited as a whole has others' as they were."""
        return self.edit is not None and self.entry.text != self.over

    @property
    def parts(self) -> Parts:
        """What it says by its parts, without the mark before a month's progress."""
        parts = parts_of(self.entry.text)
        return replace(parts, progress=without_mark(parts.progress)) if self.month else parts

    @property
    def by_hand(self) -> bool:
        """Whether the clerk wrote it for a unit that had reported nothing there."""
        return self.returned is None or (self.edit is not None and not self.over.strip())

    @property
    def told_in(self) -> str:
        """Whose words a paper of another period prints: 据12月报送, 12月汇总时填写."""
        return told_in(self.entry.period, by_hand=self.by_hand)

    @property
    def stated_in(self) -> Period:
        """The period in which its 完成状态 was filled in."""
        return self.state_of or self.entry.period

    @property
    def cut(self) -> tuple[Part, ...]:
        """What its unit said, and the clerk took out of a text of which she left the rest."""
        if self.edit is None or not self.spoken:
            return ()
        said, left = parts_of(without_mark(self.over)), parts_of(without_mark(self.entry.text))
        every = bare(self.entry.text)
        return tuple(
            part
            for part in Part
            if says_something(said[part])
            and not worded(left[part])
            and bare(said[part]) not in every
        )

    @property
    def cut_cells(self) -> tuple[EntryCell, ...]:
        """The cells of which nothing is left, because the clerk took out all that they say."""
        return tuple(
            cell
            for entry in self.made_on
            for cell in cells_of(entry)
            if (said := self._shown(entry, cell)) and said <= {*self.cut}
        )

    def _shown(self, entry: Entry, cell: EntryCell) -> set[Part]:
        """Return what stood of a cell before she edited it: of a month's beside, the progress."""
        said = {part for part in Part if says_something(says(cell, part))}
        beside = len(self.made_on) > 1 and entry != self.made_on[0]
        return said & {Part.PROGRESS} if beside else said

    @property
    def unused(self) -> bool:
        """Whether the unit has reported, and the clerk took its text out: it is not missing."""
        return not self.spoken and self.returned is not None

    @property
    def stated_alone(self) -> bool:
        """Whether 完成状态 is all that the unit has filled in."""
        return bool(self.entry.state) and not self.spoken and self.returned is None

    @property
    def latest(self) -> str:
        """What the unit says by now, as it was returned where that is newer than the edit."""
        return self.entry.text if self.newer is None else self.newer


def answers(task: Task, one: Contribution) -> bool:
    """Return whether a unit answers for a task as a whole: it leads it, or nobody does."""
    return one.role is Role.LEAD or not task.leads


def says_nothing(text: str) -> bool:
    """Return whether a text is no more than an empty cell: 无, a dash or 没有进展 in each part."""
    parts = parts_of(text)
    return not any(says_something(parts[part]) for part in Part)


def tells_progress(text: str) -> bool:
    """Return whether a text says anything under 进展: 无, 没有进展 and the like do not."""
    return says_something(parts_of(text).progress)


def progress_of(one: Contribution) -> Contribution | None:
    """Return whose text says what a unit achieved of a task; None if none does.

    无, 没有进展 and the like say nothing: of a quarter's text that tells of no progress the last
    month's that does is heard, unless the clerk has written otherwise.
    """
    return one.month or (one if tells_progress(one.entry.text) else None)


def shows_months(task: Task, one: Contribution, period: Period) -> bool:
    """Return whether what a unit said in earlier months stands behind its text in a summary.

    It does where it answers for the task, and behind the text of its own form of the quarter,
    whoever leads by now.
    """
    return answers(task, one) or (one.returned is not None and one.returned.period == period)


def by_task(edits: Iterable[Edit]) -> Edits:
    """Return the edits of 进展情况, as `voices` takes them."""
    found: dict[tuple[Period, str], dict[str, Edit]] = {}
    for edit in edits:
        if edit.field == PROGRESS_FIELD:
            found.setdefault((edit.period, edit.task), {})[edit.unit] = edit
    return found


def voices(
    plan: Plan,
    task: Task,
    period: Period,
    by_period: Mapping[Period, Standing],
    edits: Edits | None = None,
    known: Set[str] = frozenset(),
) -> list[Contribution]:
    """Return what each unit says on a task in a period, the lead first, then in the plan's order.

    Those whose text the clerk took out are among them, without a text, and so are those that have
    filled in 完成状态 alone. Units that the plan does not name for it any more follow.

    In a quarter a unit's own quarter text wins over its latest month of that quarter, unless it
    says nothing (无); 完成状态 that it leaves empty stays as its last month has it. `edits` are
    the clerk's, as `by_task` gives them; without them, the texts are as returned. `known` are the
    names of all units.
    """
    roles = speakers(plan, task, period, by_period, edits, known)
    now = plan.roles(task)
    edited = {
        source: _of_units(
            (edits or {}).get((source, task.key), {}),
            tuple(roles),
            by_period.get(source, _NOTHING).by_task().get(task.key, ()),
            known | frozenset(roles),
        )
        for source in feeding_periods(period)
    }
    said = (
        _of_unit(unit, role, task, by_period, list(edited.items()))
        or _of_state(unit, role, task, [by_period.get(source, _NOTHING) for source in edited])
        for unit, role in roles.items()
    )
    return [
        _with_state(one if one.unit in now else _former(one), period, by_period)
        for one in said
        if one
    ]


def _former(one: Contribution) -> Contribution:
    return replace(one, former=True, month=replace(one.month, former=True) if one.month else None)


def _with_state(
    one: Contribution, period: Period, by_period: Mapping[Period, Standing]
) -> Contribution:
    """Return a contribution with the 完成状态 that stands: empty erases nothing."""
    for source in feeding_periods(period):
        state = by_period.get(source, _NOTHING).state((one.unit, one.entry.task))
        if state and source == one.entry.period:
            return one
        if state:
            return replace(one, entry=replace(one.entry, state=state), state_of=source)
    return one


def fed(by_period: Mapping[Period, Standing], period: Period) -> Standing:
    """Return what stands of each unit and task as returned, by `voices`' rule."""
    stands = Standing()
    for source in reversed(feeding_periods(period)):
        texts = by_period.get(source, _NOTHING)
        for key, said in texts.items():
            kept = said.state or stands.state(key)
            stands.states.pop(key, None)
            stands[key] = said if kept == said.state else replace(said, state=kept)
        for key, said in texts.states.items():
            if before := stands.get(key):
                stands[key] = replace(before, state=said.state)
            else:
                stands.states[key] = said
    return stands


def speakers(
    plan: Plan,
    task: Task,
    period: Period,
    by_period: Mapping[Period, Standing],
    edits: Edits | None = None,
    known: Set[str] = frozenset(),
) -> dict[str, Role]:
    """Return who may have a text on a task in a period, and what each is, or was, to it.

    First those that the plan names now; then, leads first, all others that have a text, or a
    完成状态, in one of the periods that feed it, or that the clerk has written for.
    """
    roles = plan.roles(task)
    former: dict[str, Role] = {}
    for source in feeding_periods(period):
        said = by_period.get(source, _NOTHING)
        for unit in said.by_task().get(task.key, ()):
            if unit not in roles:
                former.setdefault(unit, said[unit, task.key].role)
        for unit in said.stating().get(task.key, ()):
            if unit not in roles:
                former.setdefault(unit, said.states[unit, task.key].role)
    for source in feeding_periods(period):  # what a unit was, its own return of any period says
        for unit in _edited_units((edits or {}).get((source, task.key), {}), known):
            if unit not in roles:
                former.setdefault(unit, Role.RESPONSIBLE)
    return roles | dict(sorted(former.items(), key=lambda one: one[1] is not Role.LEAD))


_NOTHING = Standing()


def _edited_units(edits: Mapping[str, Edit], known: Set[str]) -> Iterable[str]:
    """Return the units that the clerk has written for, by themselves or in a whole cell."""
    for unit, edit in edits.items():
        yield from (unit,) if unit else labels(f"{edit.over}\n{edit.text}", known)


def feeding_periods(period: Period) -> tuple[Period, ...]:
    """Return the periods whose texts feed a period, the strongest first."""
    if isinstance(period, Quarter):
        return (period, *reversed(period.months))
    return (period,)


def _of_units(
    edits: Mapping[str, Edit], units: Sequence[str], told: Sequence[str], known: Set[str]
) -> _Edited:
    """Return each unit's edited text: of a cell edited as a whole, what seems to be the unit's.

    Such an edit is of the units that the cell held or holds, or that have reported since (`told`).
    """
    if whole := edits.get(""):
        texts = attributed(whole.text or "", units, known)
        over = sections(whole.over, units, known)
        over = attributed(whole.over, units, known) if over is None else over
        return {
            unit: (texts.get(unit, ""), over.get(unit, ""), whole)
            for unit in units
            if unit in texts or unit in over or unit in told
        }
    mine = {unit: edits[unit] for unit in units if unit in edits}
    return {unit: (edit.text or "", edit.over, edit) for unit, edit in mine.items()}


def _of_unit(
    unit: str,
    role: Role,
    task: Task,
    by_period: Mapping[Period, Standing],
    edited: Sequence[tuple[Period, _Edited]],
) -> Contribution | None:
    """Return what a unit says by the strongest of these periods in which it says anything.

    What says nothing (无) stands only where a weaker period says nothing either.
    """
    for place, (source, texts) in enumerate(edited):
        returned = by_period.get(source, _NOTHING).get((unit, task.key))
        weaker = edited[place + 1 :]
        if returned and weaker and _may_give_way(returned, texts.get(unit)):
            below = _of_unit(unit, role, task, by_period, weaker)
            if below and not says_nothing(below.entry.text):
                returned = None  # no more than an empty cell
        own = None
        if returned:
            own = Contribution(unit, role, returned, None, returned)
            own = _with_month(own, task, by_period, weaker)
        if unit in texts:
            if own is None and isinstance(source, Quarter):  # it was made on a month's text
                own = _of_unit(unit, role, task, by_period, weaker)  # and is that month's still
            blank = Contribution(unit, role, Entry(source, unit, task.key, role, "", ""))
            return _edited(own or blank, source, texts[unit], by_period)
        if own:
            return own
    return None


def _with_month(
    one: Contribution,
    task: Task,
    by_period: Mapping[Period, Standing],
    months: Sequence[tuple[Period, _Edited]],
) -> Contribution:
    """Return a text with the last month's progress before it, where it tells of none itself."""
    if not months or tells_progress(one.entry.text):
        return one
    for month in months:
        said = _of_unit(one.unit, one.role, task, by_period, [month])
        if said and isinstance(month[0], Month) and tells_progress(said.entry.text):
            text = beside(one.entry.text, said.told_in, said.entry.text)
            return replace(one, entry=replace(one.entry, text=text), month=said)
    return one


def _edited(
    one: Contribution,
    source: Period,
    edited: tuple[str, str, Edit],
    by_period: Mapping[Period, Standing],
) -> Contribution:
    """Return what a unit says as the clerk edited it in the master of a period.

    The progress that a month said before she edited it is that month's still.
    """
    text, over, edit = edited
    said = one.entry.text or one.newer is not None
    newer = None if not said or one.latest in (over, text) else one.latest
    said_in = tuple(filter(None, (one.returned, one.month.returned if one.month else None)))
    made_on, entry = said_in, one.entry
    if newer is not None:
        key = one.unit, one.entry.task
        made_on = _saying(over, key, source, by_period) or one.made_on
        if made_on and made_on[0].text == over:  # it is of the period of what she edited
            entry = made_on[0]
    return replace(
        one,
        entry=replace(entry, text=text, role=one.entry.role),
        edit=edit,
        over=over,
        newer=newer,
        made_on=made_on,
        waits=() if newer is None else one.waits or said_in,
        month=_month_edited(one, source, edited, by_period),
    )


def _month_edited(
    one: Contribution,
    source: Period,
    edited: tuple[str, str, Edit],
    by_period: Mapping[Period, Standing],
) -> Contribution | None:
    text, over, edit = edited
    month = month_in(over, source) if isinstance(source, Quarter) else None
    progress = without_mark(parts_of(text).progress)
    if month is None or not says_something(progress):
        return None
    returned = by_period.get(month, _NOTHING).get((one.unit, one.entry.task))
    said = one.month if one.month and one.month.entry.period == month else None
    if said is None:
        blank = Entry(month, one.unit, one.entry.task, one.role, "", "")
        said = Contribution(one.unit, one.role, returned or blank, returned=returned)
    entry, before = replace(said.entry, text=progress), without_mark(parts_of(over).progress)
    return replace(said, entry=entry, edit=edit, over=before)


def _saying(
    text: str, key: tuple[str, str], source: Period, by_period: Mapping[Period, Standing]
) -> tuple[Entry, ...]:
    """Return the returns, older ones too, that said what stood in a master of a period."""
    versions = {
        period: [one for one in (stands.get(key), *stands.earlier.get(key, ())) if one]
        for period in feeding_periods(source)
        if (stands := by_period.get(period))
    }
    for said in versions.values():
        if found := next((one for one in said if one.text == text), None):
            return (found,)
    month = month_in(text, source) if isinstance(source, Quarter) else None
    own, progress = without_part(text, Part.PROGRESS), without_mark(parts_of(text).progress)
    beside_it = (
        one for one in versions.get(source, ()) if without_part(one.text, Part.PROGRESS) == own
    )
    months = versions.get(month, ()) if month else ()
    told = (one for one in months if parts_of(one.text).progress == progress)
    return tuple(one for one in (next(beside_it, None), next(told, None)) if month and one)


def _may_give_way(returned: Entry, edited: tuple[str, str, Edit] | None) -> bool:
    """Return whether a text says nothing, and is none that the clerk has edited.

    In a quarter she may have edited the month's text that stands instead.
    """
    if edited and not isinstance(returned.period, Quarter):
        return False
    return (not edited or edited[1] not in ("", returned.text)) and says_nothing(returned.text)


def _of_state(
    unit: str, role: Role, task: Task, strongest_first: Iterable[Standing]
) -> Contribution | None:
    """Return what a unit without a text says: how the task stands, if anything."""
    stated = (texts.states.get((unit, task.key)) for texts in strongest_first)
    return next((Contribution(unit, role, said) for said in stated if said), None)
