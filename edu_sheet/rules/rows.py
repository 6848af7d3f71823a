"""Whose row a row of a table is: its task is who two things say it is. Pure.

Key, 序号, wording (目标任务, 具体要求), 牵头部门, 责任部门 and 联络股室 each speak for a row. Rows
are sorted without a hidden column, renumbered, copied by hand: one of them alone proves nothing.
What speaks has to agree, and the words of the row have to single out the task; else it is torn.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from edu_sheet.words.columns import GOAL, LEAD, LIAISON, REQUIREMENTS, RESPONSIBLE
from edu_sheet.words.text import Once, bare, pairs

WORDING = (REQUIREMENTS.field, GOAL.field)  # what a task is about, what tells most first
PARTIES = (LEAD.field, RESPONSIBLE.field, LIAISON.field)  # many tasks share them
_NUMBER_MARKS = "第项.、,()[]#号 "  # what people put around a 序号; NFKC has made it half-width
_WHOLE = re.compile(r"(\d+)\.0+")
_ALIKE = 0.6  # of its pairs of letters a shortened or lengthened text shares with the issued one
_CLOSE = 0.05  # so much behind the likest text, another is as like
_SHORTEST = 4  # characters: less is like anything
_TELLING = 2000  # characters of a text that are compared
_AS_ISSUED = 3  # columns of wording and parties: a row that says fewer was not issued so
_COMPARED = 2000  # texts that were not issued and are compared at all: no table has more rows


class Described(Protocol):
    """A task, in a plan or in a form."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def shown(self) -> str:
        """Its 序号, as issued."""

    def text(self, field: str) -> str:
        """Return what was issued in a column."""


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What a row says of the task that it is for, as it stands there."""

    key: str
    number: str
    texts: Mapping[str, str]  # of wording and parties, by field


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose row a row is: one task's, or torn between several."""

    tasks: tuple[str, ...]  # keys, the likeliest first
    torn: bool = False


class Owners:
    """The tasks of one table, and whose each of its rows is."""

    def __init__(self, tasks: Iterable[Described]) -> None:
        self._tasks = {task.key: task for task in tasks}
        numbers = Counter(_number(task.shown) for task in self._tasks.values())
        self._numbers = {
            said: task.key
            for task in self._tasks.values()
            if numbers[said := _number(task.shown)] == 1
        }
        self._issued: dict[str, dict[str, set[str]]] = {}
        self._pairs = Once(pairs)
        self._alike: dict[tuple[str, str], set[str]] = {}
        for field in (*WORDING, *PARTIES):
            texts = self._issued[field] = {}
            for task in self._tasks.values():
                if said := bare(task.text(field)):
                    texts.setdefault(said, set()).add(task.key)

    def of(self, rows: Sequence[RowSaid]) -> list[Owner | None]:
        """Return whose each row is, rows from the top down; None for one that is no task's."""
        running = self._renumbered(rows)
        owners = [self._owner(row, running=running) for row in rows]
        torn = [one.tasks for one in owners if one and one.torn]
        return [
            _as_unsure(one, torn) if one and _thin(row) else one
            for row, one in zip(rows, owners, strict=True)
        ]

    def like(self, field: str, text: str) -> set[str]:
        """Return the tasks that a text may be meant for: none where it is like no issued one."""
        said, issued = bare(text), self._issued[field]
        if said in issued or field in PARTIES or len(said) < _SHORTEST:
            return issued.get(said, set())
        if (field, said) not in self._alike and len(self._alike) < _COMPARED:
            self._alike[field, said] = self._likest(said[:_TELLING], issued)
        return self._alike.get((field, said), set())

    def _likest(self, said: str, issued: Mapping[str, set[str]]) -> set[str]:
        """Return the tasks whose text is likest to a text, if any is like it."""
        asked = pairs(said)
        alike = {
            one: len(asked & self._pairs[one]) / min(len(asked), len(self._pairs[one]))
            for one in issued
            if len(one) >= _SHORTEST
        }
        best = max(alike.values(), default=0.0)
        likest = (issued[one] for one in alike if alike[one] >= best - _CLOSE)
        return set().union(*likest) if best >= _ALIKE else set()

    def _renumbered(self, rows: Sequence[RowSaid]) -> bool:
        """Return whether 序号 was filled in anew, down the rows as they now stand."""
        said = [
            int(one)
            for one in (_number(row.number) for row in rows)
            if one.isdecimal() and len(one) < 10
        ]
        return len(said) > 1 and all(after - one == 1 for one, after in pairwise(said))

    def _owner(self, row: RowSaid, *, running: bool) -> Owner | None:
        key = {row.key.strip()} & self._tasks.keys()
        number = {self._numbers[said]} if (said := _number(row.number)) in self._numbers else set()
        words = {field: self.like(field, row.texts.get(field, "")) for field in self._issued}
        wording = [words[field] for field in WORDING if words[field]]
        parties = [words[field] for field in PARTIES if words[field]]
        if not (key or number or wording):
            return None
        content = set(self._tasks).intersection(*wording, *parties)
        if running and key and wording and key <= content:
            # All else agrees: the numbers alone were written anew, and speak for nothing.
            number = set()
        agreed = content.intersection(*filter(None, (key, number)))
        voices = len(wording) + bool(key) + bool(number) + bool(parties)
        if len(agreed) == 1 and voices > 1:
            (task,) = agreed
            told_apart = bool(wording) and set.intersection(*wording) == agreed
            if told_apart or ((key or number) and self._as_issued(task, row)):
                return Owner((task,))
        likely = agreed or key | number
        return Owner(self._candidates(likely, [key, number, *wording, *parties]), torn=True)

    def _candidates(self, likely: set[str], voices: Iterable[set[str]]) -> tuple[str, ...]:
        """Return the tasks that a torn row may be, those that most speaks for first.

        They are the likely ones and those for which nearly as much speaks as for any.
        """
        votes: Counter[str] = Counter()
        for voice in voices:
            votes.update(dict.fromkeys(voice, 1))
        order = {key: place for place, key in enumerate(self._tasks)}
        most = max(votes.values())
        likely = likely | {key for key, count in votes.items() if count * 2 > most}
        return tuple(sorted(likely, key=lambda key: (-votes[key], order[key])))

    def _as_issued(self, task: str, row: RowSaid) -> bool:
        """Return whether every word of a row is as it was issued for a task, none left out."""
        if not {*WORDING} <= row.texts.keys():
            return False
        texts = {field: bare(text) for field, text in row.texts.items()}
        return all(text == bare(self._tasks[task].text(field)) for field, text in texts.items())


def _thin(row: RowSaid) -> bool:
    """Return whether a row names its task by a little of what was issued, and bears no key.

    Such a row was inserted below another one.
    """
    said = [field for field, text in row.texts.items() if bare(text)]
    return not row.key.strip() and len(said) < _AS_ISSUED < len(row.texts)


def _as_unsure(owner: Owner, torn: Iterable[tuple[str, ...]]) -> Owner:
    """Return whose an inserted row is, where the rows that may be its task's are torn."""
    more = [task for tasks in torn if not {*owner.tasks}.isdisjoint(tasks) for task in tasks]
    return Owner(tuple(dict.fromkeys((*owner.tasks, *more))), torn=True) if more else owner


def _number(text: str) -> str:
    said = bare(text).strip(_NUMBER_MARKS)
    whole = _WHOLE.fullmatch(said)
    return whole[1] if whole else said
