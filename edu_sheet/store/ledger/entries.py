"""The texts that were taken from what came back."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from edu_sheet.store.ledger.as_json import moment_or_none
from edu_sheet.store.ledger.database import Database
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.plan import Role
from edu_sheet.words.records import legible
from edu_sheet.words.returns import Entry
from edu_sheet.words.substance import says_something

_ROLES = {role.value: role for role in Role}
_PARTS = {part.value: part for part in Part}


_RULED = (  # what a person took over another file of its moment, and by which decision
    "SELECT submission, max(id) AS decision FROM decision WHERE action = 'accept' AND EXISTS"
    " (SELECT 1 FROM finding WHERE finding.submission = decision.submission AND code = 'tie')"
    " GROUP BY submission"
)


class Entries:
    """Every text taken; `returns` records them, each with the submission that it came in."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, periods: Iterable[Period], unit: str | None = None) -> list[Entry]:
        """Return every text taken for these periods, oldest submission first.

        More than one may speak for a unit and task: `progress.standing` says which stands.
        """
        return list(self.each(periods, unit))

    def each(self, periods: Iterable[Period], unit: str | None = None) -> Iterator[Entry]:
        """Yield what `of` returns, one at a time: however many files came back."""
        by_name = {str(period): period for period in periods}
        values = list(by_name)
        where = f"entry.period IN ({', '.join('?' * len(values))})"
        if unit is not None:
            where, values = f"{where} AND entry.unit = ?", [*values, unit]
        rows = self._db.each(
            # By submission, whose texts lie together: to sort all texts would take as long again.
            "SELECT submission.id, submission.file, submission.sha256, submission.received_at,"
            " submission.arrived_at, submission.modified_at, entry.period, entry.unit, entry.task,"
            " entry.role, entry.text, entry.place, entry.state, entry.part, ruled.decision"
            " FROM submission CROSS JOIN entry ON entry.submission = submission.id"
            f" LEFT JOIN ({_RULED}) AS ruled ON ruled.submission = submission.id"
            f" WHERE submission.id IN (SELECT entry.submission FROM entry WHERE {where})"
            f" AND {where} ORDER BY submission.id, entry.line",
            *values,
            *values,
        )
        with legible("收下的文字"):
            yield from _entries(rows, by_name)

    def given_by(self, submission: int) -> list[Entry]:
        """Return the texts that a submission gave, of whatever periods."""
        rows = self._db.run("SELECT DISTINCT period FROM entry WHERE submission = ?", submission)
        periods = [parse_period(row[0]) for row in rows]
        return [one for one in self.each(periods) if one.submission == submission]

    def reported(self, period: Period) -> Iterator[tuple[int, str, str, bool]]:
        """Yield (submission, unit, task key, says) of every text of a period that is not blank.

        `says`: whether it says anything; 无 and the like do not.
        """
        for submission, unit, task, text in self._db.each(
            "SELECT submission, unit, task, text FROM entry WHERE period = ?", str(period)
        ):
            if text.strip():
                yield submission, unit, task, says_something(text)

    def stating(self, period: Period) -> set[int]:
        """Return the submissions that gave a 完成状态 for a period, with a text or without."""
        rows = self._db.run(
            "SELECT DISTINCT submission FROM entry WHERE period = ? AND state <> ''", str(period)
        )
        return {row[0] for row in rows}


def _entries(rows: Iterable[sqlite3.Row], by_name: Mapping[str, Period]) -> Iterator[Entry]:
    """Yield the entries of `each`: what many share (unit, task, file, moment) is one object.

    The rows of a submission stand together.
    """
    known: dict[str, str] = {}
    share = known.setdefault
    last, file, sha256 = 0, "", ""
    received_at, arrived_at, modified_at = None, None, None
    for row in rows:
        (
            number,
            name,
            digest,
            received,
            arrived,
            modified,
            period,
            unit,
            task,
            role,
            text,
            place,
            state,
            part,
            ruled,
        ) = row
        if number != last:
            last, file, sha256 = number, name, digest
            received_at, modified_at = moment_or_none(received), moment_or_none(modified)
            arrived_at = moment_or_none(arrived) if arrived and arrived != received else None
        yield Entry(
            period=by_name[period],
            unit=share(unit, unit),
            task=share(task, task),
            role=_ROLES[role],
            text=text,
            place=share(place, place),
            file=file,
            sha256=sha256,
            received_at=received_at,
            arrived_at=arrived_at,
            modified_at=modified_at,
            submission=number,
            state=share(state, state),
            part=_PARTS[part],
            ruled=ruled or 0,
        )
