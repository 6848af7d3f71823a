"""Hand edits of the masters, and the bases that they are told by."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from edu_sheet.store.ledger.database import Database
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.records import legible
from edu_sheet.words.returns import Edit


class Edits:
    """The clerk's edits; a base is what a master said when it was last written."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def standing(self, periods: Iterable[Period]) -> list[Edit]:
        """Return the clerk's edits in the masters of these periods that hold, oldest first."""
        return [one for one in self.newest(periods) if one.text is not None]

    def newest(self, periods: Iterable[Period]) -> list[Edit]:
        """Return what the clerk did last in each place, edits taken back included, oldest first."""
        names = [str(period) for period in periods]
        rows = self._db.run(
            "SELECT * FROM edit WHERE id IN (SELECT max(id) FROM edit"
            f" WHERE period IN ({', '.join('?' * len(names))})"
            " GROUP BY period, task, field, unit, unit_keys) ORDER BY id",
            *names,
        )
        with legible("在总表里改过的文字"):
            return [_edit(row) for row in rows]

    def record(
        self, file: str, base: str, content: bytes, edits: Iterable[Edit], recorded_at: datetime
    ) -> None:
        """Record hand edits, and what is about to be written to a master, by its id.

        Nothing is replaced: an edit that changes or is taken back is a further row.
        """
        with self._db.transaction():
            self._db.run(
                "INSERT OR REPLACE INTO base VALUES (?, ?, ?, ?)",
                base,
                file,
                recorded_at.isoformat(),
                content,
            )
            for edit in edits:
                self._db.run(
                    "INSERT INTO edit (period, task, field, unit, text, over, edited_at, unit_keys)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    str(edit.period),
                    edit.task,
                    edit.field,
                    edit.unit,
                    edit.text,
                    edit.over,
                    edit.edited_at.isoformat(),
                    json.dumps(edit.keys, ensure_ascii=False),
                )

    def base(self, identity: str) -> tuple[str, bytes] | None:
        """Return the file that a base was written to, and the base; None if there is none."""
        rows = self._db.run("SELECT file, content FROM base WHERE id = ?", identity)
        return (rows[0]["file"], rows[0]["content"]) if rows else None

    def last_base(self, file: str) -> bytes | None:
        """Return the base that was last written to a file."""
        rows = self._db.run(
            "SELECT content FROM base WHERE file = ? ORDER BY recorded_at DESC, rowid DESC LIMIT 1",
            file,
        )
        return rows[0]["content"] if rows else None


def _edit(row: sqlite3.Row) -> Edit:
    return Edit(
        period=parse_period(row["period"]),
        task=row["task"],
        field=row["field"],
        unit=row["unit"],
        text=row["text"],
        over=row["over"],
        edited_at=datetime.fromisoformat(row["edited_at"]),
        keys=tuple((str(name), str(key)) for name, key in json.loads(row["unit_keys"])),
    )
