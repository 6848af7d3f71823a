"""送达: the files that arrived."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from edu_sheet.store.ledger.as_json import moment_or_none
from edu_sheet.store.ledger.database import Database
from edu_sheet.words.records import legible

_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """送达: one file that arrived, with the submissions in it; settled once it left the inbox."""

    id: int
    file: str
    origin: str
    sha256: str
    received_at: datetime
    settled: bool
    given: bool = False  # a person said when it came
    arrived_at: datetime | None = None  # its place in the ledger's order; None: received_at


class Deliveries:
    """Every file that arrived, with where it came from and whether it left the inbox."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def next_moment(self, now: datetime) -> datetime:
        """Return the moment by which what arrives now is ordered: after all that arrived before.

        That is now, unless the clock stands before what it said at the last arrival.
        """
        rows = self._db.run(
            "SELECT COALESCE(NULLIF(arrived_at, ''), received_at) AS arrived FROM delivery"
            " WHERE NOT given ORDER BY julianday(arrived) DESC, id DESC LIMIT 1"
        )
        last = datetime.fromisoformat(rows[0][0]) if rows else now
        return now if now >= last else last + _AFTER

    def place_given(self, received_at: datetime) -> datetime:
        """Return the moment by which what a person dates is ordered: hers, after all that bear it.

        What an earlier run was given the same date for arrived earlier, however little.
        """
        rows = self._db.run(
            "SELECT DISTINCT COALESCE(NULLIF(arrived_at, ''), received_at) AS arrived"
            " FROM delivery WHERE given AND abs(julianday(arrived) - julianday(?)) < 1",
            received_at.isoformat(),
        )
        taken = {datetime.fromisoformat(row[0]) for row in rows}
        while received_at in taken:
            received_at += _AFTER
        return received_at

    def begin(
        self,
        files: Sequence[tuple[str, str, str]],
        received_at: datetime,
        *,
        given: bool = False,
        arrived_at: datetime | None = None,
    ) -> list[Delivery]:
        """Return for each (file, origin, sha256) its unsettled delivery, a new one if none is.

        `given` says that a person named the moment: a message's own is not asked then. By
        `arrived_at` the ledger orders them, where that is another moment.
        """
        with self._db.transaction():
            arrived_at = arrived_at or received_at
            return [self._begun(*one, received_at, given, arrived_at) for one in files]

    def unsettled(self) -> list[Delivery]:
        """Return the deliveries that an earlier run could not finish."""
        rows = self._db.run("SELECT * FROM delivery WHERE settled = 0 ORDER BY id")
        return [_delivery(row) for row in rows]

    def settle(self, *deliveries: Delivery) -> None:
        """Record that these deliveries are done with: their files have left the inbox."""
        with self._db.transaction():
            for delivery in deliveries:
                self._db.run("UPDATE delivery SET settled = 1 WHERE id = ?", delivery.id)

    def _begun(
        self,
        file: str,
        origin: str,
        sha256: str,
        received_at: datetime,
        given: bool,
        arrived_at: datetime,
    ) -> Delivery:
        rows = self._db.run(
            "SELECT * FROM delivery WHERE settled = 0 AND sha256 = ? AND origin = ?",
            sha256,
            origin,
        )
        if rows:
            return _delivery(rows[0])
        settled = False
        begun = Delivery(0, file, origin, sha256, received_at, settled, given, arrived_at)
        return self._recorded(begun)

    def lost(self) -> list[Delivery]:
        """Return the deliveries of what the ledger does not know that were noted beside it.

        Each has the id that it had, or 0 where another one has that by now.
        """
        known = self.digests()
        taken = {row[0] for row in self._db.run("SELECT id FROM delivery")}
        noted = [one for one in self._db.noted("delivery") if one["sha256"] not in known]
        last = {one["id"]: place for place, one in enumerate(noted)}
        return [
            Delivery(
                one["id"] if one["id"] not in taken and last[one["id"]] == place else 0,
                one["file"],
                one["origin"],
                one["sha256"],
                datetime.fromisoformat(one["received_at"]),
                settled=False,
                given=bool(one["given"]),
                arrived_at=moment_or_none(one["arrived_at"]),
            )
            for place, one in enumerate(noted)
        ]

    def restore(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Record deliveries under the ids that they have, or new ones for id 0; return them."""
        with self._db.transaction():
            return [self._recorded(one) for one in deliveries]

    def of_submission(self, submission: int) -> Delivery:
        """Return the delivery that a submission came with."""
        rows = self._db.run(
            "SELECT delivery.* FROM submission JOIN delivery ON delivery.id = submission.delivery"
            " WHERE submission.id = ?",
            submission,
        )
        return _delivery(rows[0])

    def digests(self) -> set[str]:
        """Return the digests of all that came, and of all that was found in it."""
        return {
            row[0]
            for row in self._db.each(
                "SELECT sha256 FROM delivery UNION SELECT sha256 FROM submission"
            )
        }

    def _recorded(self, one: Delivery) -> Delivery:
        recorded = replace(one, id=one.id or self._db.next_id("delivery"))
        self._db.run(
            "INSERT INTO delivery (id, file, origin, sha256, received_at, given, arrived_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            *_columns(recorded).values(),
        )
        if not one.id:
            self._db.note("delivery", **_columns(recorded))
        return recorded


def _columns(one: Delivery) -> dict[str, str | int]:
    return {
        "id": one.id,
        "file": one.file,
        "origin": one.origin,
        "sha256": one.sha256,
        "received_at": one.received_at.isoformat(),
        "given": int(one.given),
        "arrived_at": one.arrived_at.isoformat() if one.arrived_at else "",
    }


def _delivery(row: sqlite3.Row) -> Delivery:
    with legible(f"编号 {row['id']} 的送达记录"):
        return Delivery(
            row["id"],
            row["file"],
            row["origin"],
            row["sha256"],
            datetime.fromisoformat(row["received_at"]),
            settled=bool(row["settled"]),
            given=bool(row["given"]),
            arrived_at=moment_or_none(row["arrived_at"]),
        )
