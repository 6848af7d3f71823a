"""Which units' texts of 总表 stand under another unit's label, or in another task's cell. Pure.

The labels divide a cell, and each piece is somebody's. A piece that has left its label and stands
word for word, or much alike, under another one was moved, or the labels were: whose it is now, only
a person can say. One that still stands where it was is a copy, and hers.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from edu_sheet.rules.labels import parted
from edu_sheet.words.text import bare, likeness

_BIT = 0.001
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
    own = {(one.task, one.unit): one.text for one in before}
    return [
        Moved(one, other)
        for other in came
        for one in gone
        if (one.task, one.unit) != (other.task, other.unit)
        and _is_of(other.text, one.text, own.get((other.task, other.unit), ""))
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


def _is_of(text: str, other: str, own: str) -> bool:
    """Return whether a piece holds the lines of another, or is much more like it than its own."""
    lines, wanted = _lines(text), _lines(other)
    starts = range(len(lines) - len(wanted) + 1)
    if any(lines[at : at + len(wanted)] == wanted for at in starts):
        return wanted != _lines(own)
    return likeness(text, other) >= max(_MOVED, likeness(text, own) + _BIT)


def _lines(text: str) -> list[str]:
    return [line for line in map(bare, text.splitlines()) if line]
