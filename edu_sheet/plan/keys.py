"""The keys of tasks and of units: given once, kept whatever becomes of 序号 and of names. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from edu_sheet.words.text import bare


@dataclass(frozen=True, slots=True)
class Keyed:
    """A row as far as its key is concerned; `key` is "" where it has none yet."""

    key: str
    derived: str  # the key that what it says gives


def of_task(goal: str, requirements: str) -> str:
    """Return the key that a task's texts give: T and 8 hexadecimal digits."""
    return f"T{_digits(goal, requirements)}"


def of_unit(name: str) -> str:
    """Return the key that a unit's name gives: U and 8 hexadecimal digits."""
    return f"U{_digits(name)}"


def assign(rows: Sequence[Keyed]) -> tuple[str, ...]:
    """Return every row's key, each different from all others.

    A row keeps the key that it carries. Where several carry the same, as after a row was copied,
    the one whose texts give that key keeps it, else the first; the others get a new one.
    """
    owners: dict[str, int] = {}
    for place, row in enumerate(rows):
        if not row.key:
            continue
        holder = owners.setdefault(row.key, place)
        if holder != place and not _own(rows[holder]) and _own(row):
            owners[row.key] = place
    keys = {place: key for key, place in owners.items()}
    used = set(owners)
    for place, row in enumerate(rows):
        if place not in keys:
            keys[place] = _unused(row.derived, used)
            used.add(keys[place])
    return tuple(keys[place] for place in range(len(rows)))


def _digits(*texts: str) -> str:
    return hashlib.sha256("\n".join(map(bare, texts)).encode()).hexdigest()[:8]


def _own(row: Keyed) -> bool:
    return row.key == row.derived


def _unused(key: str, used: set[str]) -> str:
    candidate, count = key, 1
    while candidate in used:
        count += 1
        candidate = f"{key}-{count}"
    return candidate
