"""Which text of a unit stands for a task in one period, and what stood before it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from edu_sheet.words.parts import Part, joined, parts_of, without_part
from edu_sheet.words.returns import Entry, EntryCell
from edu_sheet.words.substance import says_something, worded
from edu_sheet.words.text import bare

_Key = TypeVar("_Key")


class Standing(dict[tuple[str, str], Entry]):
    """The entry that stands, by (unit, task key); `states` those that say 完成状态 and no more.

    `earlier` are the texts, whole, that stood before it, where a unit has sent another one since.
    """

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[tuple[str, str], Entry] = {}
        self.earlier: dict[tuple[str, str], tuple[Entry, ...]] = {}

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


def newer(entry: Entry) -> tuple[datetime, datetime, int]:
    """Return the key by which entries are ordered in time: docs/design.md, "Newer"."""
    arrived = entry.arrived_at or entry.received_at
    earliest = datetime.min.replace(tzinfo=arrived.tzinfo if arrived else None)
    arrived = arrived or earliest
    modified = entry.modified_at or earliest
    return arrived, modified.replace(tzinfo=modified.tzinfo or arrived.tzinfo), entry.submission


def _order(entry: Entry) -> tuple[datetime, int, datetime, int]:
    """Return the key by which of two texts in one place one stands: `newer`, a decision told apart.

    Of files that came at one moment the one stands that a person took over the other, last.
    """
    arrived, modified, submission = newer(entry)
    return arrived, entry.ruled, modified, submission


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
    older: dict[tuple[str, str], list[Entry]] = {}  # the texts that do not stand
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
        if gone:
            older.setdefault(key, []).append(gone)
    for key in dict.fromkeys((*beside, *older)):
        cells = [*filter(None, [chosen.get(key)]), *beside.get(key, {}).values()]
        chosen[key] = _with_replaced(_whole(cells) if key in beside else cells[0], older.get(key))
        if before := _stood_before((*cells, *older.get(key, ()))):
            chosen.earlier[key] = before
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
    if known is None or _order(entry) >= _order(known):
        chosen[key] = entry
        return known
    return entry


def _keep_higher(chosen: dict[_Key, Entry], key: _Key, entry: Entry) -> Entry | None:
    """Keep the one of two that stands by `rank`; return the other one."""
    known = chosen.get(key)
    if known is None or (rank(entry)[0], _order(entry)) >= (rank(known)[0], _order(known)):
        chosen[key] = entry
        return known
    return entry


def _stood_before(cells: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the whole texts that stood before the newest of these came, the last one first."""
    found = []
    for moment in sorted(set(map(_order, cells)))[:-1]:
        there: dict[Part, Entry] = {}
        for one in cells:
            if _order(one) <= moment:
                _keep_higher(there, one.part, one)
        found.append(_whole([*there.values()]))
    return tuple(reversed(found))


def _with_replaced(whole: Entry, older: Iterable[Entry] | None) -> Entry:
    """Return what stands with the older texts that do not: each whole, the same words once.

    A newer text takes the place of a whole cell; what it does not say again is not lost from sight.
    """
    if not older:
        return whole
    known = {(one.part, bare(one.text)) for one in (*(whole.cells or (whole,)), *whole.replaced)}
    found = []
    for one in sorted(older, key=_order, reverse=True):
        words = one.part, bare(one.text)
        if says_something(one.text) and words not in known:
            known.add(words)
            found.append(EntryCell.of(one))
    return replace(whole, replaced=(*whole.replaced, *found)) if found else whole


def _whole(cells: Sequence[Entry]) -> Entry:
    """Return what the cells of one task say together, as of the newest of them.

    Of a part the newest cell that says it stands, in its own column or under a label in another's;
    a cell of which nothing stands, or only some, is among those `replaced`.
    """
    in_order = sorted(cells, key=lambda one: [*Part].index(one.part))
    newest = max(cells, key=_order)
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
        if any(texts.values()) and not worded(texts.get(part, "")):
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
    return next((one for one in cells_of(entry) if says(one, part)), None)


def cells_of(entry: Entry) -> tuple[EntryCell, ...]:
    """Return the cells that make up a text."""
    return entry.cells or (EntryCell.of(entry),)
