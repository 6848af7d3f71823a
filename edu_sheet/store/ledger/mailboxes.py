"""What was fetched from mail boxes."""

from collections.abc import Iterable
from datetime import datetime

from edu_sheet.store.ledger.database import Database


class Mailboxes:
    """Every message that was fetched, or looked at."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def fetched(self, mailbox: str, validity: int) -> set[int]:
        """Return the UIDs of a mail box that were fetched, or looked at, under a UIDVALIDITY."""
        rows = self._db.run(
            "SELECT uid FROM mail_seen WHERE mailbox = ? AND validity = ?", mailbox, validity
        )
        return {row[0] for row in rows}

    def knows(self, mailbox: str) -> bool:
        """Return whether anything was ever fetched from a mail box, under any UIDVALIDITY."""
        return bool(self._db.run("SELECT 1 FROM mail_seen WHERE mailbox = ? LIMIT 1", mailbox))

    def record(
        self, mailbox: str, validity: int, uids: Iterable[int], file: str, seen_at: datetime
    ) -> None:
        """Record that messages need not be fetched again; `file` is "" of those that stay there."""
        with self._db.transaction():
            for uid in uids:
                self._db.run(
                    "INSERT OR REPLACE INTO mail_seen VALUES (?, ?, ?, ?, ?)",
                    mailbox,
                    validity,
                    uid,
                    file,
                    seen_at.isoformat(),
                )
