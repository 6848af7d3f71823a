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
from datetime import datetime
from typing import TypeVar

from edu_sheet.rules.labels import attributed, labels, sections
from edu_sheet.words.parts import Part, joined, parts_of, without_part
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Plan, Role, Task
from edu_sheet.words.returns import Edit, Entry, EntryCell
from edu_sheet.words.substance import letters_of, says_something

_Key = TypeVar("_Key")
PROGRESS_FIELD = "progress"  # of an Edit: the others are columns of the plan


class Standing(dict[tuple[str, str], Entry]):
    """The entry that stands, by (unit, task key); `states` those that say 完成状态 and no more."""

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[tuple[str, str], Entry] = {}

    def state(self, key: tuple[str, str]) -> str:
        """Return the 完成状态 that stands, "" where none does."""
        said = self.get(key) or self.states.get(key)
        return said.state if said else ""

    def by_task(self) -> Mapping[str, Sequence[str]]:
        """Return the units that have a text on each task, in the order of their first ones."""
        if self._units is None:
            self._units = _units_by_task(self)
        return self._units

    def stating(self) -> Mapping[str, Sequence[str]]:
        """Return the units that say of each task how it stands, and no more."""
        if self._stating is None:
            self._stating = _units_by_task(self.states)
        return self._stating

    _units: Mapping[str, Sequence[str]] | None = None
    _stating: Mapping[str, Sequence[str]] | None = None


def _units_by_task(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit, task in keys:
        found.setdefault(task, []).append(unit)
    return found


Edits = Mapping[tuple[Period, str], Mapping[str, Edit]]  # (period, task key) → unit → the edit
_Edited = Mapping[str, tuple[str, str, Edit]]  # by unit: its text, what it was made on, the edit


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit says on one task, as master and summary print it.

    `entry` bears the text that is printed, "" of a unit that filled in 完成状态 alone; `returned`
    is the text as it was returned, None where there is none, and where the clerk wrote for a unit
    that has not reported; `edit` is what she changed, `over` the unit's text that she changed, and
    `newer` what the unit says by now, None while that is the same.
    `former` says that the plan does not name the unit for the task any more.
    """

    unit: str
    role: Role
    entry: Entry
    edit: Edit | None = None
    returned: Entry | None = None
    over: str = ""
    newer: str | None = None
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
    def stated_in(self) -> Period:
        """The period in which its 完成状态 was filled in."""
        return self.state_of or self.entry.period

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


def shows_months(task: Task, one: Contribution, period: Period) -> bool:
    """Return whether what a unit said in earlier months stands behind its text in a summary.

    It does where it answers for the task, and behind the text of its own form of the quarter,
    whoever leads by now.
    """
    return answers(task, one) or (one.returned is not None and one.returned.period == period)


def newer(entry: Entry) -> tuple[datetime, datetime, int]:
    """Return the key by which entries are ordered in time: docs/design.md, "Newer"."""
    arrived = entry.arrived_at or entry.received_at
    earliest = datetime.min.replace(tzinfo=arrived.tzinfo if arrived else None)
    arrived = arrived or earliest
    modified = entry.modified_at or earliest
    return arrived, modified.replace(tzinfo=modified.tzinfo or arrived.tzinfo), entry.submission


def rank(entry: Entry) -> tuple[bool, datetime, datetime]:
    """Return the key by which, of two texts in the same column of a task, one stands: the higher.

    A newer text stands for an older one; but progress that says nothing (无, 没有进展) does no more
    than an empty cell, and takes the place of none that says something.
    """
    arrived, modified, _ = newer(entry)
    return entry.part is not Part.PROGRESS or says_something(entry.text), arrived, modified


def standing(entries: Iterable[Entry], renamed: Mapping[str, str] | None = None) -> Standing:
    """Return the newest text of each unit and task among the entries of one period.

    An empty text erases nothing, so that it never stands, nor one that says nothing where another
    says something of progress (`rank`); nor does a newer 存在问题 erase what was
    said of progress before, nor an empty 完成状态 one that was filled in. `renamed` says what units
    are called now that were called otherwise then, as `Names.changed` gives it.
    """
    chosen = Standing()
    beside: dict[tuple[str, str], dict[Part, Entry]] = {}  # of those with more than progress
    older: dict[tuple[str, str], list[Entry]] = {}  # of those that say more than their column asks
    states: dict[tuple[str, str], Entry] = {}  # the newest that says one
    for entry in entries:  # one pass: they may come straight from the ledger, and be many
        filled = bool(entry.text.strip())
        if not filled and not entry.state:
            continue
        if renamed and entry.unit in renamed:
            entry = replace(entry, unit=renamed[entry.unit])  # noqa: PLW2901 - the same entry
        key = entry.unit, entry.task
        if entry.state:
            _keep_newer(states, key, entry)
        if not filled:
            continue
        if entry.part is Part.PROGRESS:
            gone = _keep_higher(chosen, key, entry)
        else:
            gone = _keep_newer(beside.setdefault(key, {}), entry.part, entry)
        if gone and any(says(gone, part) for part in Part if part is not gone.part):
            older.setdefault(key, []).append(gone)
    for key, parts in beside.items():
        chosen[key] = _whole([*filter(None, [chosen.get(key)]), *parts.values()])
    for key, gone_ones in older.items():
        chosen[key] = _with_replaced(chosen[key], gone_ones)
    _add_states(chosen, states)
    return chosen


def _add_states(chosen: Standing, states: Mapping[tuple[str, str], Entry]) -> None:
    for key, said in states.items():
        if key not in chosen:
            chosen.states[key] = said
        elif chosen[key].state != said.state:
            chosen[key] = replace(chosen[key], state=said.state)


def _keep_newer(chosen: dict[_Key, Entry], key: _Key, entry: Entry) -> Entry | None:
    """Keep the newer of two; return the other one."""
    known = chosen.get(key)
    if known is None or newer(entry) >= newer(known):
        chosen[key] = entry
        return known
    return entry


def _keep_higher(chosen: dict[_Key, Entry], key: _Key, entry: Entry) -> Entry | None:
    """Keep the one of two that stands by `rank`; return the other one."""
    known = chosen.get(key)
    if known is None or (rank(entry), entry.submission) >= (rank(known), known.submission):
        chosen[key] = entry
        return known
    return entry


def _with_replaced(whole: Entry, older: Sequence[Entry]) -> Entry:
    """Return what stands with those older texts of the same cells that say a part it leaves out.

    A newer text takes the place of a whole cell; what it does not say again is not lost from sight.
    """
    stands = parts_of(whole.text)
    open_parts = {part for part in Part if not stands[part]}
    found = []
    for one in sorted(older, key=newer, reverse=True):
        told = {part for part in open_parts if part is not one.part and says(one, part)}
        if told:
            found.append(EntryCell.of(one))
            open_parts -= told
    return replace(whole, replaced=(*whole.replaced, *found)) if found else whole


def _whole(cells: Sequence[Entry]) -> Entry:
    """Return what the cells of one task say together, as of the newest of them.

    Of a part the newest cell that says it stands, in its own column or under a label in another's;
    a cell of which nothing stands, or only some, is among those `replaced`.
    """
    in_order = sorted(cells, key=lambda one: [*Part].index(one.part))
    newest = max(cells, key=newer)
    texts = {one.part: one.text for one in cells}
    if len({newer(one)[:2] for one in cells}) > 1:
        for part in Part:
            speaking = [one for one in cells if says(one, part)]
            last = max((newer(one)[:2] for one in speaking), default=None)
            for one in speaking:
                if newer(one)[:2] != last:
                    texts[one.part] = without_part(texts[one.part], part, one.part)
    changed = [one for one in in_order if texts[one.part].strip() != one.text.strip()]
    in_order = [one for one in in_order if one not in changed or texts[one.part].strip()]
    for part in (Part.PROBLEMS, Part.NEXT_STEPS):
        others = [parts_of(text, own)[part] for own, text in texts.items() if own is not part]
        if any(map(says_something, others)) and not says_something(texts.get(part, "")):
            texts[part] = ""  # 无 beside what another column says of it under a label
        if any(texts.values()) and not letters_of(texts.get(part, "")):
            texts[part] = ""  # a dash is an empty cell
    return replace(
        newest,
        part=Part.PROGRESS,
        text=joined(texts),
        place="、".join(one.place for one in in_order),
        cells=tuple(map(EntryCell.of, in_order)),
        replaced=tuple(map(EntryCell.of, changed)),
    )


def says(cell: Entry | EntryCell, part: Part) -> str:
    """Return what a cell says of a part, in its own column or under a label; "" if nothing."""
    return parts_of(cell.text, cell.part)[part]


def cell_saying(entry: Entry, part: Part) -> EntryCell | None:
    """Return the cell of a text that says a part of it; None if none does."""
    return next((one for one in entry.cells or (EntryCell.of(entry),) if says(one, part)), None)


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
        )
        for source in feeding_periods(period)
    }
    said = (
        _of_unit(unit, role, task, by_period, list(edited.items()))
        or _of_state(unit, role, task, [by_period.get(source, _NOTHING) for source in edited])
        for unit, role in roles.items()
    )
    return [
        _with_state(one if one.unit in now else replace(one, former=True), period, by_period)
        for one in said
        if one
    ]


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


def _of_units(edits: Mapping[str, Edit], units: Sequence[str], told: Sequence[str]) -> _Edited:
    """Return each unit's edited text: of a cell edited as a whole, what seems to be the unit's.

    Such an edit is of the units that the cell held or holds, or that have reported since (`told`).
    """
    if whole := edits.get(""):
        texts = attributed(whole.text or "", units)
        over = sections(whole.over, units)
        over = attributed(whole.over, units) if over is None else over
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
        if unit in texts:
            text, over, edit = texts[unit]
            now = returned.text if returned else None
            said = returned or Entry(source, unit, task.key, role, "", "")
            if returned is None and isinstance(source, Quarter):  # it was made on a month's text
                below = _of_unit(unit, role, task, by_period, weaker)
                if below:  # and is that month's still
                    said, returned, now = below.entry, below.returned, below.latest
            newer = None if now in (None, over, text) else now
            return Contribution(unit, role, replace(said, text=text), edit, returned, over, newer)
        if returned:
            return Contribution(unit, role, returned, None, returned)
    return None


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
