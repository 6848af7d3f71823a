"""What an output on some periods tells of, in a few numbers: other numbers, other texts."""

import json
from collections.abc import Sequence
from typing import NamedTuple, Self

from edu_sheet.store.ledger.database import Database
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Verdict


class TakenIn(NamedTuple):
    """What had been taken in at a moment; equal if nothing came and nothing was decided since.

    What was not used, as a duplicate, says nothing new.
    Nor was anything issued, or changed in what papers print of the plan.
    """

    last: int  # the newest submission
    submissions: int
    waiting: int
    texts: int
    characters: int
    decision: int  # the newest
    form: int = 0  # the newest that was issued
    plan: str = ""  # the digest of what is printed of it; "" where nobody noted it

    def as_json(self) -> str:
        """Return it as a text."""
        return json.dumps(self)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return what `as_json` gave."""
        return cls(*json.loads(text))


def came_since(database: Database, periods: Sequence[Period], last: int) -> set[int]:
    """Return the numbers of what came for these periods after a number, whatever was settled."""
    names = [str(period) for period in periods]
    rows = database.run(
        f"SELECT id FROM submission WHERE period IN ({', '.join('?' * len(names))})"
        " AND verdict <> ? AND id > ?",
        *names,
        Verdict.IGNORED.value,
        last,
    )
    return {row[0] for row in rows}


def taken_in(database: Database, periods: Sequence[Period]) -> TakenIn:
    """Return what has been taken in for these periods."""
    names = [str(period) for period in periods]
    of = f"period IN ({', '.join('?' * len(names))})"
    last, count, waiting = database.run(
        f"SELECT coalesce(max(id), 0), count(*), coalesce(sum(verdict = ?), 0) FROM submission"
        f" WHERE {of} AND verdict <> ?",
        Verdict.ATTENTION.value,
        *names,
        Verdict.IGNORED.value,
    )[0]
    texts, characters = database.run(
        f"SELECT count(*), coalesce(sum(length(text)), 0) FROM entry WHERE {of}", *names
    )[0]
    decision = database.run(
        "SELECT coalesce(max(decision.id), 0) FROM decision"
        f" JOIN submission ON submission.id = decision.submission WHERE submission.{of}",
        *names,
    )[0][0]
    form = database.run(f"SELECT coalesce(max(id), 0) FROM issue WHERE {of}", *names)[0][0]
    return TakenIn(last, count, waiting, texts, characters, decision, form)
