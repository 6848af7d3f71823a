"""Base, ours and theirs of one task: what the clerk changed, and what then stands. Pure.

Base is what the program last wrote, ours what stands in the workbook now, theirs what the returns
say. They are compared per column, in 进展情况 per 【单位】 section; where a label is damaged or out
of place, the whole cell is the section.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime

from edu_sheet.master.base import BaseRow
from edu_sheet.rules.labels import cut_out, labelled, labels, sections, set_in, set_out
from edu_sheet.rules.progress import PROGRESS_FIELD
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Edit

WHOLE = ""  # the unit of an edit of a whole cell
TaskEdits = dict[tuple[str, str], Edit]  # (field, unit) → the edit that holds


@dataclass(frozen=True, slots=True)
class Ours:
    """One task as it stands in the workbook; `new` names the units whose row 新报送 is there."""

    fields: dict[str, str]
    new: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Theirs:
    """One task as plan and returns have it.

    `units` are all that may have a text on it, in their order; `known` are the names of all units.
    `inherited` are the edits of months' masters that this one's cell shows, and under which the
    unit has said something else since: they are in conflict here as well, per unit.
    """

    period: Period
    key: str
    fields: dict[str, str]  # the plan's columns
    returned: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    inherited: tuple[Edit, ...] = ()
    known: Set[str] = frozenset()

    @property
    def names(self) -> Set[str]:
        """Whose label a line of a text may be taken for."""
        return self.known | frozenset(self.units)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What then stands: the cells, the new texts that wait for the clerk, the edits to record."""

    fields: dict[str, str]
    new: dict[str, str] = field(default_factory=dict)  # by unit; WHOLE is never a key
    edits: TaskEdits = field(default_factory=dict)  # that hold
    changed: tuple[Edit, ...] = ()  # to be recorded
    differing: tuple[str, ...] = ()  # columns in which the plan has changed under an edit


def merge_task(
    theirs: Theirs, base: BaseRow | None, ours: Ours | None, edits: TaskEdits, now: datetime
) -> Outcome:
    """Return what stands in a task's rows. Without `ours` the workbook is as it was written."""
    inherited = _inherited(theirs, edits)
    held = inherited | edits
    if base and ours:
        _take_fields(held, theirs, base, ours, now)
        _take_progress(held, theirs, base, ours, now)
        _acknowledge(held, theirs, base, ours)
    _drop_what_agrees(held, theirs)
    new = _new_texts(held, theirs)
    own = {place: edit for place, edit in held.items() if inherited.get(place) != edit}
    changed = [edit for place, edit in own.items() if edits.get(place) != edit]
    gone = [replace(edit, text=None) for place, edit in edits.items() if place not in held]
    fields = dict(theirs.fields)
    differing = []
    for (name, _), edit in held.items():
        if name != PROGRESS_FIELD and edit.text is not None:
            if fields[name] != edit.over:
                differing.append(name)
            fields[name] = edit.text
    fields[PROGRESS_FIELD] = _cell(held, theirs)
    return Outcome(fields, new, own, (*gone, *changed), tuple(differing))


def unedited(theirs: Theirs) -> Outcome:
    """Return what stands where the clerk has changed nothing in this master."""
    held = _inherited(theirs, {})
    fields = {**theirs.fields, PROGRESS_FIELD: _cell(held, theirs)}
    return Outcome(fields, _new_texts(held, theirs))


def _inherited(theirs: Theirs, edits: TaskEdits) -> TaskEdits:
    """Return the months' edits that hold here, unless the whole cell was edited here."""
    if (PROGRESS_FIELD, WHOLE) in edits:
        return {}
    return {(one.field, one.unit): one for one in theirs.inherited}


def _take_fields(held: TaskEdits, theirs: Theirs, base: BaseRow, ours: Ours, now: datetime) -> None:
    """Take what the clerk changed in the plan's columns."""
    for name in theirs.fields:
        text = ours.fields.get(name)
        if text is not None and text != base.fields.get(name):
            _take(held, theirs, (name, WHOLE), text, base.fields.get(name, ""), now)


def _take_progress(
    held: TaskEdits, theirs: Theirs, base: BaseRow, ours: Ours, now: datetime
) -> None:
    """Take what the clerk changed in 进展情况, section by section where the labels allow it."""
    written = base.fields.get(PROGRESS_FIELD, "")
    text = ours.fields.get(PROGRESS_FIELD)
    if text is None or text == written:
        return
    seen = dict(base.returned)  # what the clerk knows of, unit by unit
    order = _order(theirs, written, text)
    before = sections(written, order, theirs.names)
    mine = {} if before and not text.strip() else sections(text, order, theirs.names)
    if mine is None or before is None or not cut_out(before, mine):
        for name, unit in [place for place in held if place[0] == PROGRESS_FIELD]:
            if unit != WHOLE:
                seen[unit] = held.pop((name, unit)).over
        shown = ((unit, said) for unit, said in seen.items() if said)
        over = labelled(shown, theirs.names)
        _take(held, theirs, (PROGRESS_FIELD, WHOLE), text, over, now)
        return
    whole = held.pop((PROGRESS_FIELD, WHOLE), None)
    under = (_sections(whole.over, theirs) or {}) if whole else {}
    seen |= under
    for unit, section in mine.items():
        if section != (seen.get(unit) if whole else before.get(unit)):
            _take(held, theirs, (PROGRESS_FIELD, unit), section, seen.get(unit, ""), now)
    for unit in dict.fromkeys((*before, *under)):
        if unit not in mine:
            _take_out(held, theirs, unit, seen.get(unit, ""), now)


def _take_out(held: TaskEdits, theirs: Theirs, unit: str, over: str, now: datetime) -> None:
    """Take a section that is gone, label and all, as emptied: who had none has still to speak."""
    if over.strip():
        _take(held, theirs, (PROGRESS_FIELD, unit), "", over, now)
    else:  # what stood there was the clerk's own
        held.pop((PROGRESS_FIELD, unit), None)


def _sections(cell: str, theirs: Theirs) -> dict[str, str] | None:
    return sections(cell, _order(theirs, cell), theirs.names)


def _order(theirs: Theirs, written: str, text: str = "") -> tuple[str, ...]:
    """Return the units whose labels divide a cell, in the order in which it was written.

    Every unit's label does, also of one that the task does not concern: what follows it is no
    neighbour's text.
    """
    units = theirs.names
    there = labels(written, units)
    order = tuple(unit for unit in theirs.units if unit in there)
    first = theirs.units if order == there else (*there, *theirs.units)
    return tuple(dict.fromkeys((*first, *there, *labels(text, units))))


def _take(
    held: TaskEdits, theirs: Theirs, place: tuple[str, str], text: str, over: str, now: datetime
) -> None:
    """Hold an edit; one that held before keeps what it stands over, and the same text its time."""
    known = held.get(place)
    if known is None:
        held[place] = Edit(theirs.period, theirs.key, *place, text, over, now)
    elif known.text != text:
        held[place] = replace(known, text=text, edited_at=now)


def _acknowledge(held: TaskEdits, theirs: Theirs, base: BaseRow, ours: Ours) -> None:
    """Let a new text whose row the clerk has deleted be the base from now on."""
    for unit, shown in base.new.items():
        if unit in ours.new:
            continue
        text = set_out(shown, theirs.names)
        if edit := held.get((PROGRESS_FIELD, unit)):
            held[PROGRESS_FIELD, unit] = replace(edit, over=text)
        elif whole := held.get((PROGRESS_FIELD, WHOLE)):
            order = [one for one, _ in base.returned]
            seen = sections(whole.over, order, theirs.names) or {}
            seen[unit] = text
            over = labelled(((one, seen[one]) for one in order if one in seen), theirs.names)
            held[PROGRESS_FIELD, WHOLE] = replace(whole, over=over)


def _drop_what_agrees(held: TaskEdits, theirs: Theirs) -> None:
    """Let go of edits that say what plan and returns say by now."""
    returned = dict(theirs.returned)
    for (name, unit), edit in list(held.items()):
        if name != PROGRESS_FIELD:
            said = theirs.fields.get(name)
        elif unit == WHOLE:
            said = labelled(theirs.returned, theirs.names)
        else:
            said = returned.get(unit)
        if edit.text == said:
            del held[name, unit]


def _new_texts(held: TaskEdits, theirs: Theirs) -> dict[str, str]:
    """Return what the returns say by now in the place of what the clerk has edited, by unit.

    It stands as it would in the cell above, to which she may copy it.
    """
    new = _newer(held, theirs)
    return {unit: set_in(text, theirs.names) for unit, text in new.items()}


def _newer(held: TaskEdits, theirs: Theirs) -> dict[str, str]:
    returned = dict(theirs.returned)
    if whole := held.get((PROGRESS_FIELD, WHOLE)):
        seen = _sections(whole.over, theirs)
        if seen is None:
            same = whole.over == labelled(theirs.returned, theirs.names)
            return {} if same else returned
        return {unit: text for unit, text in returned.items() if seen.get(unit) != text}
    return {
        unit: returned[unit]
        for (name, unit), edit in held.items()
        if name == PROGRESS_FIELD and unit in returned and returned[unit] != edit.over
    }


def _cell(held: Mapping[tuple[str, str], Edit], theirs: Theirs) -> str:
    """Return the text of 进展情况."""
    if whole := held.get((PROGRESS_FIELD, WHOLE)):
        return whole.text or ""
    texts = dict(theirs.returned) | {
        unit: edit.text or "" for (name, unit), edit in held.items() if name == PROGRESS_FIELD
    }
    gone = {unit for (_, unit), edit in held.items() if edit.over.strip()}
    gone |= {one.unit for one in theirs.inherited}
    texts = {unit: text for unit, text in texts.items() if text.strip() or unit not in gone}
    order = dict.fromkeys((*theirs.units, *texts))
    return labelled(((unit, texts[unit]) for unit in order if unit in texts), theirs.names)
