"""送达: the files that arrived."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from edu_sheet.store.ledger.database import Database

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
        number = self._db.next_id("delivery")
        self._db.run(
            "INSERT INTO delivery (id, file, origin, sha256, received_at, given, arrived_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            number,
            file,
            origin,
            sha256,
            received_at.isoformat(),
            int(given),
            arrived_at.isoformat(),
        )
        settled = False
        return Delivery(number, file, origin, sha256, received_at, settled, given, arrived_at)


def _delivery(row: sqlite3.Row) -> Delivery:
    received_at = datetime.fromisoformat(row["received_at"])
    return Delivery(
        row["id"],
        row["file"],
        row["origin"],
        row["sha256"],
        received_at,
        settled=bool(row["settled"]),
        given=bool(row["given"]),
        arrived_at=datetime.fromisoformat(row["arrived_at"]) if row["arrived_at"] else None,
    )
