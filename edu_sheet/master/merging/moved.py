"""Which units' texts of 总表 stand under another unit's label, or in another task's cell. Pure.

The labels divide a cell, and each piece is somebody's. A piece that has left its label and stands
word for word, or much alike, under another one was moved, or the labels were: whose it is now, only
a person can say. One that still stands where it was is a copy, and hers.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from edu_sheet.rules.labels import parted
from edu_sheet.words.text import bare, pairs, shared

_BIT = 0.001
_TELLING = 8  # characters: lines that are shorter are like those of many
_MOVED = 0.6  # likeness of a text that was edited and moved to where it came from


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands under one label of one task's cell."""

    task: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A text, where it was, and where it stands now."""

    was: Piece
    now: Piece


def moved(cells: Mapping[str, tuple[str, str]], units: Set[str]) -> list[Moved]:
    """Return the texts that stand under another label; `cells`: task → (as written, as it is)."""
    changed = {task: both for task, both in cells.items() if bare(both[0]) != bare(both[1])}
    before = [one for task, (text, _) in changed.items() for one in _pieces(task, text, units)]
    after = [
        one
        for task, (was, now) in changed.items()
        for one in _pieces(task, now, units, [unit for unit, _ in parted(was, units)])
    ]
    stood, stands = ({_same(one) for one in some} for some in (before, after))
    gone = [one for one in before if one.text.strip() and _same(one) not in stands]
    came = [one for one in after if one.text.strip() and _same(one) not in stood]
    own = {(one.task, one.unit): _Said(one.text) for one in before}
    left = [(one, _Said(one.text)) for one in gone]
    nothing = _Said("")
    return [
        Moved(one, other)
        for other, said in [(one, _Said(one.text)) for one in came]
        for one, wanted in left
        if (one.task, one.unit) != (other.task, other.unit)
        and _is_of(said, wanted, own.get((other.task, other.unit), nothing))
    ]


def _pieces(task: str, cell: str, units: Set[str], order: Sequence[str] = ()) -> Iterator[Piece]:
    """Yield the pieces of a cell; what has no label is the first unit's that has lost its own."""
    found = parted(cell, units)
    labelled = {unit for unit, _ in found}
    first = next((unit for unit in order if unit not in labelled), "")
    for unit, text in found:
        yield Piece(task, unit or first, text)


def _same(piece: Piece) -> tuple[str, str, str]:
    return piece.task, piece.unit, bare(piece.text)


class _Said:
    """The lines of a piece, and the pairs of letters in so many of them as follow one another."""

    def __init__(self, text: str) -> None:
        self.lines = [line for line in map(bare, text.splitlines()) if line]
        self._runs: dict[int, list[frozenset[str]]] = {}

    @property
    def whole(self) -> list[frozenset[str]]:
        """All of its lines as the only run."""
        return self.runs(len(self.lines))

    def runs(self, length: int) -> list[frozenset[str]]:
        """Return the pairs of letters of each run of so many lines."""
        if length not in self._runs:
            starts = range(len(self.lines) - length + 1) if length else ()
            runs = ("".join(self.lines[at : at + length]) for at in starts)
            self._runs[length] = [pairs(run) for run in runs]
        return self._runs[length]


def _is_of(said: _Said, other: _Said, own: _Said) -> bool:
    """Return whether a piece holds the lines of another, or is much more like it than its own."""
    count = len(other.lines)
    starts = range(len(said.lines) - count + 1)
    if any(said.lines[at : at + count] == other.lines for at in starts):
        return other.lines != own.lines
    if any(_much_like(one, other, own.whole) for one in said.whole):
        return True
    telling = sum(map(len, other.lines)) >= _TELLING
    return telling and any(_much_like(one, other, own.runs(count)) for one in said.runs(count))


def _much_like(said: Set[str], other: _Said, own: Sequence[Set[str]]) -> bool:
    """Return whether some lines are like those of another, and more so than like their own."""
    (wanted,) = other.whole
    like = shared(said, wanted)
    return like >= _MOVED and all(like >= shared(said, one) + _BIT for one in own)
