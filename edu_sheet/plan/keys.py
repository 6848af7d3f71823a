"""The keys of tasks: given once, kept whatever becomes of 序号. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from edu_sheet.words.text import bare


@dataclass(frozen=True, slots=True)
class Keyed:
    """A task's row as far as its key is concerned; the key is "" where it has none yet."""

    key: str
    goal: str
    requirements: str


def derive(goal: str, requirements: str) -> str:
    """Return the key that a task's texts give: T and 8 hexadecimal digits."""
    texts = f"{bare(goal)}\n{bare(requirements)}"
    return f"T{hashlib.sha256(texts.encode()).hexdigest()[:8]}"


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
            keys[place] = _unused(derive(row.goal, row.requirements), used)
            used.add(keys[place])
    return tuple(keys[place] for place in range(len(rows)))


def _own(row: Keyed) -> bool:
    return row.key == derive(row.goal, row.requirements)


def _unused(key: str, used: set[str]) -> str:
    candidate, count = key, 1
    while candidate in used:
        count += 1
        candidate = f"{key}-{count}"
    return candidate
