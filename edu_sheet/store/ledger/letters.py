"""The letters that went out."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from edu_sheet.store.ledger.database import Database
from edu_sheet.words.letters import Mailed, MailKind, MailState
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.records import legible


class Letters:
    """Every letter that was drafted or sent."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def begin(self, mail: Mailed) -> Mailed:
        """Record a letter before it goes out, or that it was drafted; return it with its id."""
        with self._db.transaction():
            number = self._db.next_id("mail_sent")
            self._db.run(
                "INSERT INTO mail_sent (id, kind, period, unit, key, recipients, message_id, state,"
                " at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                number,
                mail.kind.value,
                str(mail.period),
                mail.unit,
                mail.key,
                mail.recipients,
                mail.message_id,
                mail.state.value,
                mail.at.isoformat(),
            )
        return replace(mail, id=number)

    def settle(self, mail: Mailed, state: MailState, detail: str = "") -> None:
        """Record what became of a letter."""
        with self._db.transaction():
            self._db.run(
                "UPDATE mail_sent SET state = ?, detail = ? WHERE id = ?",
                state.value,
                detail,
                mail.id,
            )

    def of_message(self, message_ids: Sequence[str]) -> Mailed | None:
        """Return the letter that bears the first known of these Message-IDs, None if none does."""
        for one in message_ids:
            rows = self._db.run("SELECT * FROM mail_sent WHERE message_id = ?", one)
            with legible("邮件的记录"):
                if rows:
                    return _mailed(rows[0])
        return None

    def about(self, period: Period, kind: MailKind) -> list[Mailed]:
        """Return the letters of a kind about a period, oldest first."""
        rows = self._db.run(
            "SELECT * FROM mail_sent WHERE period = ? AND kind = ? ORDER BY id",
            str(period),
            kind.value,
        )
        with legible("邮件的记录"):
            return [_mailed(row) for row in rows]

    def handed_over(self, most: int) -> list[datetime]:
        """Return when the last letters, at most so many, went to a server that took them.

        It may have taken those that are uncertain; what a person sent is not among them.
        """
        rows = self._db.run(
            "SELECT at FROM mail_sent WHERE message_id != '' AND state IN (?, ?, ?)"
            " ORDER BY id DESC LIMIT ?",
            MailState.SENT.value,
            MailState.UNCERTAIN.value,
            MailState.BEGUN.value,
            most,
        )
        with legible("邮件的记录"):
            return [datetime.fromisoformat(row["at"]) for row in rows]


def _mailed(row: sqlite3.Row) -> Mailed:
    return Mailed(
        id=row["id"],
        kind=MailKind(row["kind"]),
        period=parse_period(row["period"]),
        unit=row["unit"],
        key=row["key"],
        recipients=row["recipients"],
        message_id=row["message_id"],
        state=MailState(row["state"]),
        at=datetime.fromisoformat(row["at"]),
        detail=row["detail"],
    )
