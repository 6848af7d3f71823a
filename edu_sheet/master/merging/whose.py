"""Whose a row of an edited 总表 is: what its hidden key and its visible texts say together. Pure.

A row is who two things say it is. Where key and wording agree it is that task's, whatever else was
edited in it. Where the key is one task's and every visible text another's, the rows were sorted
without their keys, and the wording is followed. Anything else is torn: nothing in it is taken for
an edit, and its words wait for a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from edu_sheet.master.merging.moved import Moved, moved
from edu_sheet.master.table import Kind, RowKey
from edu_sheet.rules.labels import parted
from edu_sheet.rules.progress import PROGRESS_FIELD
from edu_sheet.words.columns import GOAL, NUMBER, REQUIREMENTS
from edu_sheet.words.text import alike, bare, likeness

Texts = Mapping[str, str]  # by field; what is gone, or lies under merged cells, is not in it
Written = Mapping[RowKey, Texts]  # every row as the program wrote it

_TOLD = {Kind.NEW, Kind.CUT}  # rows that tell her something: what she writes there is her own
_WORDING = (GOAL.field, REQUIREMENTS.field)
_BIT = 0.001
_MOVED = 0.6  # likeness of a text that was edited and moved to where it came from


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: its number, its key if that is one of the program's, and its texts."""

    row: int
    key: RowKey | None
    texts: Texts


@dataclass(frozen=True, slots=True)
class Torn:
    """A row, or its cell of 进展情况 alone, of which it is not sure whose it is.

    `known` says that no word in it is a person's: what the program wrote can be put back over it.
    """

    row: int
    tasks: tuple[str, ...]  # the keys of the tasks whose it may be, the one of its key first
    text: str  # what it says
    known: bool
    cell: bool = False
    moved: Moved | None = None  # the text of one unit that stands under another's name
    at: str = ""  # the key of the task whose cell it is, where a text was `moved`


@dataclass
class Whose:
    """Each row that is sure by its key, the rows that were sorted without it, and what is torn."""

    rows: dict[RowKey, int] = field(default_factory=dict)
    followed: list[RowKey] = field(default_factory=list)
    torn: list[Torn] = field(default_factory=list)
    strangers: list[int] = field(default_factory=list)
    rewritten: set[RowKey] = field(default_factory=set)  # rows 新报送 that are hers by now
    unsure: set[str] = field(default_factory=set)  # tasks of which nothing is an edit
    unsure_cells: set[str] = field(default_factory=set)  # tasks whose 进展情况 is none


def whose(
    lines: Sequence[Line],
    written: Written,
    left: Sequence[str],
    right: Sequence[str],
    units: Set[str] = frozenset(),
) -> Whose:
    """Return whose each line is; `left` and `right` are the columns beside 进展情况.

    The labels of `units` divide a cell of it.
    """
    return _Finder(lines, written, (left, right), units).found


class _Finder:
    """Decides about the lines, the surest first."""

    def __init__(
        self,
        lines: Sequence[Line],
        written: Written,
        sides: Sequence[Sequence[str]],
        units: Set[str],
    ) -> None:
        self._written = written
        self._units = units
        self._sides = sides
        self._places = _places(written)
        self.found = Whose()
        keyed = [one for one in lines if one.key]
        own = [one for one in keyed if self._is_own(one)]
        displaced = [one for one in keyed if one not in own]
        self._take_own(own)
        displaced = self._follow([*displaced, *(one for one in lines if not one.key)])
        for one in displaced:
            self._leave(one)
        new = {one.key for one in keyed if one.key and one.key.kind is Kind.NEW}
        self.found.rewritten |= new - self.found.rows.keys()
        by_row = {one.row: one for one in lines}
        settled = {key: by_row[row] for key, row in self.found.rows.items()}
        self._check_progress(settled)
        self._check_labels(settled)
        self._tear_rest(by_row)

    # ------------------------------------------------------------ what a line says

    def _same(self, line: Line, key: RowKey, name: str) -> bool:
        """Return whether a line says in a column what was written for a key."""
        return bare(line.texts[name]) == bare(self._written[key].get(name, ""))

    def _elsewhere(self, line: Line, key: RowKey | None, name: str) -> set[RowKey]:
        """Return the other rows whose text stands word for word in a column of the line."""
        text = bare(line.texts.get(name, ""))
        if not text or (key and text == bare(self._written[key].get(name, ""))):
            return set()
        return self._places[name].get(text, set()) - {key}

    def _wording(self, line: Line, key: RowKey | None) -> set[RowKey]:
        """Return the other rows that the wording of a line names."""
        names = _WORDING if not key or key.kind is Kind.TASK else (GOAL.field,)
        return {one for name in names for one in self._elsewhere(line, key, name)}

    def _is_own(self, line: Line) -> bool:
        """Return whether the wording of a line agrees with its key, edited as it may be."""
        key = line.key
        if key is None or self._wording(line, key):
            return False
        if key.kind in _TOLD:
            return PROGRESS_FIELD not in line.texts or self._same(line, key, PROGRESS_FIELD)
        names = [name for name in _WORDING if name in line.texts]
        if key.kind is not Kind.TASK:
            names = [name for name in names if name == GOAL.field]
        said = [name for name in names if self._written[key].get(name, "").strip()]
        if any(
            self._same(line, key, name) or alike(line.texts[name], self._written[key][name])
            for name in said
        ):
            return True
        if len(said) == len(_WORDING):
            return False
        voices = [
            name for name in line.texts if name not in _WORDING and self._same(line, key, name)
        ]
        return PROGRESS_FIELD in voices or NUMBER.field in voices or not line.texts

    def _full(self, line: Line, key: RowKey) -> bool:
        """Return whether all that a line says is what was written for a key."""
        return any(line.texts.values()) and all(
            self._same(line, key, name) for name in line.texts if name in self._written[key]
        )

    def _edited(self, line: Line, key: RowKey) -> bool:
        """Return whether a line says what was written for a key on both sides of 进展情况.

        Its text was edited there before the rows were sorted: it lies between the two.
        """
        others = [name for name in line.texts if name != PROGRESS_FIELD]
        if key.kind is not Kind.TASK or not all(self._same(line, key, name) for name in others):
            return False
        if self._elsewhere(line, key, PROGRESS_FIELD):
            return False
        before = self._written.get(line.key, {}) if line.key else {}
        return all(
            any(bare(line.texts.get(name, "")) != bare(before.get(name, "")) for name in side)
            for side in self._sides
        )

    def _two_voices(self, line: Line, key: RowKey) -> bool:
        """Return whether two texts of a line without a key, a wording among them, name a row."""
        if key.kind in _TOLD and not self._same(line, key, PROGRESS_FIELD):
            return False
        names = {*_WORDING, NUMBER.field, PROGRESS_FIELD}
        said = {name for name in names if line.texts.get(name, "").strip()}
        agree = {name for name in said if self._same(line, key, name)}
        against = [
            name for name in _WORDING if name in said - agree and self._elsewhere(line, key, name)
        ]
        return len(agree) > 1 and not agree.isdisjoint(_WORDING) and not against

    # ------------------------------------------------------------ what becomes of it

    def _take_own(self, own: Iterable[Line]) -> None:
        """Give every key its line; of several with one key that which is as it was written."""
        by_key: dict[RowKey, list[Line]] = defaultdict(list)
        for one in own:
            if one.key:
                by_key[one.key].append(one)
        for key, lines in by_key.items():
            chosen = next((one for one in lines if self._full(one, key)), lines[0])
            self.found.rows[key] = chosen.row
            self.found.strangers += [one.row for one in lines if one is not chosen]

    def _follow(self, lines: Sequence[Line]) -> list[Line]:
        """Give lines the key that all their texts name, if it is free; return the others."""
        rest = list(lines)
        for agrees in (self._full, self._edited, self._two_voices):
            for line in list(rest):
                if agrees == self._two_voices and line.key:
                    continue
                named = [
                    key
                    for key in self._wording(line, line.key)
                    if key not in self.found.rows and agrees(line, key)
                ]
                if len(named) == 1:
                    self.found.rows[named[0]] = line.row
                    rest.remove(line)
                    if line.key:
                        self.found.followed.append(named[0])
        return rest

    def _leave(self, line: Line) -> None:
        """Set a line aside that is nobody's for sure."""
        key = line.key
        if key is None or (key.kind in _TOLD and not self._wording(line, key)):
            self.found.strangers.append(line.row)
            more = [one.task for one in self._wording(line, None) if one.kind is Kind.MORE]
            self.found.unsure.update(more)  # the end of its text may be this one
            return
        if key not in self.found.rows and self._quoted(line)[1]:
            self.found.rows[key] = line.row
        self._tear(line, key)

    def _tear(self, line: Line, key: RowKey) -> None:
        """Set a line aside; what the program wrote is put back over it if it got the key's row."""
        tasks = tuple(dict.fromkeys((key.task, *sorted(o.task for o in self._wording(line, key)))))
        quoted, known = self._quoted(line)
        back = known and self.found.rows.get(key) == line.row
        if back or key.kind is Kind.MORE:  # without its end, a task's text is no edit
            self.found.unsure.add(key.task)
        if not back and self.found.rows.get(key) == line.row:
            del self.found.rows[key]
        if any(line.texts.values()):
            self.found.torn.append(Torn(line.row, tasks, quoted, back))

    def _quoted(self, line: Line) -> tuple[str, bool]:
        """Return what is to be quoted of a line, and whether no word in it is a person's."""
        unknown = [
            text
            for name, text in line.texts.items()
            if name != PROGRESS_FIELD and text and bare(text) not in self._places[name]
        ]
        text = line.texts.get(PROGRESS_FIELD, "")
        known = not unknown and (not text or bare(text) in self._places[PROGRESS_FIELD])
        return "／".join(filter(None, (text, *unknown))) or line.texts.get(GOAL.field, ""), known

    def _tear_rest(self, by_row: Mapping[int, Line]) -> None:
        """Set aside what else was edited in tasks of which nothing is taken."""
        torn = {one.row for one in self.found.torn}
        for key, row in list(self.found.rows.items()):
            line = by_row[row]
            if key.task in self.found.unsure and row not in torn and not self._full(line, key):
                self._tear(line, key)

    def _check_progress(self, settled: Mapping[RowKey, Line]) -> None:
        """Set texts of 进展情况 aside that were moved to the row of another task."""
        moved = {
            key: source
            for key, line in settled.items()
            if key.kind is Kind.TASK
            and key.task not in self.found.unsure
            and (source := self._source(key, line, settled))
        }
        for key, source in moved.items():
            line = settled[key]
            text = line.texts[PROGRESS_FIELD]
            known = not text or bare(text) in self._places[PROGRESS_FIELD]
            if known:
                self.found.unsure_cells.add(key.task)
            else:
                del self.found.rows[key]
            if text:
                torn = Torn(line.row, (key.task, source.task), text, known, cell=True)
                self.found.torn.append(torn)

    def _check_labels(self, settled: Mapping[RowKey, Line]) -> None:
        """Set cells aside in which one unit's text stands under another's name, or has left."""
        lines = {
            key.task: line
            for key, line in settled.items()
            if key.kind is Kind.TASK and PROGRESS_FIELD in line.texts
        }
        there = {key.task for key in settled if key.kind is Kind.TASK}
        cells = {
            key.task: (texts.get(PROGRESS_FIELD, ""), lines[key.task].texts[PROGRESS_FIELD])
            if key.task in lines
            else (texts.get(PROGRESS_FIELD, ""), "")  # its row is gone, or torn
            for key, texts in self._written.items()
            if key.kind is Kind.TASK and (key.task in lines or key.task not in there)
        }
        done = self.found.unsure | self.found.unsure_cells
        for one in moved(cells, self._units):
            for task in (one.now.task, one.was.task):
                if task not in done and RowKey(task) in self.found.rows:
                    done.add(task)
                    self._tear_cell(task, lines[task], one)

    def _tear_cell(self, task: str, line: Line, one: Moved) -> None:
        """Put back a cell in which every line is the program's; leave any other to a person."""
        text = line.texts[PROGRESS_FIELD]
        lines = [bare(line) for _, said in parted(text, self._units) for line in said.splitlines()]
        known = all(line in self._said for line in lines if line)
        if known:
            self.found.unsure_cells.add(task)
        else:
            del self.found.rows[RowKey(task)]
        if text.strip():
            tasks = (one.now.task, one.was.task)
            self.found.torn.append(Torn(line.row, tasks, text, known, True, one, task))

    @cached_property
    def _said(self) -> set[str]:
        """Every line of 进展情况 as the program wrote it."""
        texts = (texts.get(PROGRESS_FIELD, "") for texts in self._written.values())
        pieces = (said for text in texts for _, said in parted(text, self._units))
        return {bare(line) for said in pieces for line in said.splitlines()}

    def _source(self, key: RowKey, line: Line, settled: Mapping[RowKey, Line]) -> RowKey | None:
        """Return the row that a row's text of 进展情况 came from, None if it is its own.

        A row whose text has moved away has lost it to that one.
        """
        text = line.texts.get(PROGRESS_FIELD)
        own = self._written[key].get(PROGRESS_FIELD, "")
        if text is None or bare(text) == bare(own):
            return None
        gone_to = next(
            (
                other
                for other, one in settled.items()
                if other != key and key in self._elsewhere(one, other, PROGRESS_FIELD)
            ),
            None,
        )
        if not text.strip():
            return gone_to
        for other in sorted(self._elsewhere(line, key, PROGRESS_FIELD), key=str):
            stays = other in settled and bare(settled[other].texts.get(PROGRESS_FIELD, "")) == bare(
                text
            )
            if not stays:  # else it is a copy of it, and hers
                return other
        return gone_to or self._alike(key, text, own, settled)

    def _alike(
        self, key: RowKey, text: str, own: str, settled: Mapping[RowKey, Line]
    ) -> RowKey | None:
        """Return the row that an edited text came from, if it is much more like that one's."""
        here = likeness(text, own)
        for other, line in settled.items():
            there = self._written[other].get(PROGRESS_FIELD, "")
            gone = bare(line.texts.get(PROGRESS_FIELD, "")) != bare(there)
            if (
                other != key
                and gone
                and there
                and likeness(text, there) >= max(_MOVED, here + _BIT)
            ):
                return other
        return None


def _places(written: Written) -> Mapping[str, dict[str, set[RowKey]]]:
    """Return which rows have a text, by column and text."""
    found: dict[str, dict[str, set[RowKey]]] = defaultdict(lambda: defaultdict(set))
    for key, texts in written.items():
        for name, text in texts.items():
            if text.strip():
                found[name][bare(text)].add(key)
    return found
