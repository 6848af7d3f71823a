"""A return beside what the same unit has already reported. Pure."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from edu_sheet.rules.standing import newer, rank, says
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, NumberedTask, Value
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period
from edu_sheet.words.place import Place
from edu_sheet.words.returns import Entry, EntryCell


@dataclass(frozen=True, slots=True)
class Reported:
    """What stands in another period for the unit, which had a form then."""

    unit: str  # as its form of that period calls it
    asked: frozenset[str]  # keys of the tasks that the form asked for
    standing: Mapping[str, Entry] = field(default_factory=dict)  # by task key


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger holds about the unit beside the submission that is being checked."""

    standing: Mapping[str, Entry] = field(default_factory=dict)
    """What stands in this period, by task key: a text, or 完成状态 alone."""
    previous: Mapping[str, str] = field(default_factory=dict)  # last period's texts, by task key
    awaited: Period | None = None  # a later period's form went out and has not come back
    reported: Mapping[Period, Reported] = field(default_factory=dict)  # periods named beside this
    monthly: frozenset[str] = frozenset()  # keys of tasks on which a quarter's months have texts

    def says(self, task: str) -> bool:
        """Return whether the unit has a text on a task, of this period or a quarter's month."""
        whole = self.standing.get(task)
        return bool(whole and whole.text.strip()) or task in self.monthly

    def before(self, entry: Entry) -> Entry | None:
        """Return what an entry may change: of one without a text, all that stands.

        Where its own column says nothing, an older text of its part in another's.
        """
        if own := self.own(entry):
            return own
        older = (one for _, one in self.elsewhere(entry) if newer(one)[:2] < newer(entry)[:2])
        return next((one for one in older if one.part is entry.part), None)

    def own(self, entry: Entry) -> Entry | None:
        """Return what stands in an entry's own column: of one without a text, all that stands."""
        whole = self.standing.get(entry.task)
        if whole is None or not entry.text.strip():
            return whole
        found = whole.cell(entry.part) if whole.text.strip() else None
        return found.alone(whole) if found else None

    def stands(self, entry: Entry) -> bool:
        """Return whether what an entry says stands already."""
        before = self.own(entry)
        return before is not None and _says(entry, before) == (before.text, before.state)

    def elsewhere(self, entry: Entry) -> Iterator[tuple[Part, Entry]]:
        """Yield what stands of an entry's parts in other columns: (that column, what it says).

        A part may stand in another's column, under its label; the newest that says it stands.
        """
        whole = self.standing.get(entry.task)
        if whole is None:
            return
        for cell in whole.cells or (EntryCell.of(whole),):
            for part in Part if cell.part is not entry.part else ():
                if says(entry, part) and (said := says(cell, part)):
                    yield cell.part, replace(cell.alone(whole), text=said, part=part)


def wrong_period(entries: Sequence[Entry], known: Known, named: Period | None) -> Finding | None:
    """Return the finding of a form that may be filled in for another period than its own.

    A unit that has reported a period fills in its form again to correct it, or because it took
    last month's form for this month's. Where this month's has not come back, only a person can
    tell; the same where the file's name or its mail says another period: `named` is that one.
    """
    other = named or known.awaited
    if other is None or not entries:
        return None
    unit, period = entries[0].unit, entries[0].period
    values: dict[str, Value] = {"unit": unit, "period": period, "awaited": other}
    awaited = other == known.awaited
    if not any(map(known.says, known.standing)):
        return note("wrong_period:unreported", **values) if named and awaited else None
    same = all(
        (before := known.before(entry)) is not None and _says(entry, before)[0] == before.text
        for entry in entries
    )
    if same:
        values["awaited"] = known.awaited
        return note("last_period_again", **values) if known.awaited else None
    return note("wrong_period" if awaited else "wrong_period:named", **values)


def repeats(
    entries: Sequence[Entry],
    known: Known,
    tasks: Mapping[str, NumberedTask],
    places: Mapping[tuple[str, Part], Place],
) -> Iterator[Finding]:
    """Yield what each text changes, or what it no longer changes; tasks and places by key."""
    same = []
    answered = {(entry.task, entry.part) for entry in entries}
    for entry in entries:
        place, task = places.get((entry.task, entry.part)), tasks[entry.task]
        told = [*_replaced(entry, known, answered)]
        if before := known.own(entry):
            dropped = bool(entry.text.strip()) and _dropped(entry, before)
            if dropped:
                yield _told("superseded:nothing", entry, before, entry.text, place, task)
            if (before.text, before.state) != _says(entry, before):
                told.insert(0, before)
            elif not told and not dropped:
                same.append(before)
        elif whole := _of_another_state(entry, known):
            yield _changed(replace(entry, text=""), whole, place, task)
        for one in told:
            yield _changed(entry, one, place, task)
    if same and len(same) == len(entries):
        yield note("same_again", other=same[0].submission)


def _replaced(entry: Entry, known: Known, answered: Set[tuple[str, Part]]) -> Iterator[Entry]:
    """Yield what an entry takes the place of in another column, or what there takes its own.

    Not of a column that the same return answers too: that answer tells it.
    """
    for column, one in known.elsewhere(entry):
        apart = newer(entry)[:2] != newer(one)[:2] and says(entry, one.part) != one.text
        if apart and (entry.task, column) not in answered:
            yield one


def _of_another_state(entry: Entry, known: Known) -> Entry | None:
    """Return what stands for a task whose text is new in its column, if its 完成状态 is another."""
    whole = known.standing.get(entry.task)
    return replace(whole, text="") if whole and entry.state not in ("", whole.state) else None


def _changed(entry: Entry, before: Entry, place: Place | None, task: NumberedTask) -> Finding:
    text, _ = _says(entry, before)
    if entry.text.strip() and before.part is not entry.part:
        text = says(entry, before.part)
    return _told(_which(entry, before), entry, before, text, place, task)


def _told(
    code: str, entry: Entry, before: Entry, ours: str, place: Place | None, task: NumberedTask
) -> Finding:
    # A newer text keeps the state that it leaves empty; an older one says what it said.
    state = entry.state if code.startswith("superseded") else _says(entry, before)[1]
    return note(
        code,
        place,
        unit=entry.unit,
        period=entry.period,
        task=task,
        other=before.submission,
        theirs=before.text,
        their_state=before.state,
        ours=ours,
        our_state=state,
    )


def _says(entry: Entry, before: Entry) -> tuple[str, str]:
    """Return what stands by an entry alone, text and 完成状态: what it leaves empty stays."""
    return before.text if _dropped(entry, before) else entry.text, entry.state or before.state


def _dropped(entry: Entry, before: Entry) -> bool:
    """Return whether a text takes no place at all: an empty one, or 无 where something was said."""
    return not entry.text.strip() or rank(entry)[0] < rank(before)[0]


def _which(entry: Entry, before: Entry) -> str:
    since = 1 if _dropped(entry, before) else 0  # it is of its 完成状态 alone: time decides
    ours, theirs = rank(entry)[since:], rank(before)[since:]
    untold = (entry.modified_at is None) != (before.modified_at is None)  # when it was saved
    if ours == theirs or (untold and ours[:-1] == theirs[:-1]):
        return "tie"
    return "changed_by_newer" if ours > theirs else "superseded"
