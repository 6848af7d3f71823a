"""The letters that went out."""

import sqlite3
from collections.abc import Mapping, Sequence
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
                " at, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                number,
                mail.kind.value,
                str(mail.period),
                mail.unit,
                mail.key,
                mail.recipients,
                mail.message_id,
                mail.state.value,
                mail.at.isoformat(),
                mail.text,
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

    def numbered(self, number: object) -> Mailed | None:
        """Return the letter of an id, None if there is none."""
        rows = self._db.run("SELECT * FROM mail_sent WHERE id = ?", number)
        with legible("邮件的记录"):
            return _mailed(rows[0]) if rows else None

    def about(self, period: Period, kind: MailKind) -> list[Mailed]:
        """Return the letters of a kind about a period, oldest first."""
        rows = self._db.run(
            "SELECT * FROM mail_sent WHERE period = ? AND kind = ? ORDER BY id",
            str(period),
            kind.value,
        )
        with legible("邮件的记录"):
            return [_mailed(row) for row in rows]

    def last_to(self, address: str, before: datetime | None = None) -> Mailed | None:
        """Return the last letter that went to an address (before a moment), None if none did."""
        rows = self._db.run(
            "SELECT * FROM mail_sent WHERE instr(';' || lower(recipients) || ';', ?) > 0"
            " AND state != ? ORDER BY id DESC",
            f";{address.lower()};",
            MailState.REFUSED.value,
        )
        with legible("邮件的记录"):
            found = map(_mailed, rows)
            return next((one for one in found if before is None or one.at <= before), None)

    def texts_to(self, unit: str) -> list[str]:
        """Return what the letters to a unit said, but for those of earlier releases."""
        rows = self._db.run(
            "SELECT DISTINCT text FROM mail_sent WHERE unit = ? AND text != ''", unit
        )
        return [row[0] for row in rows]

    def addresses(self) -> set[str]:
        """Return all addresses to which a letter went, in small letters."""
        rows = self._db.run("SELECT DISTINCT lower(recipients) FROM mail_sent")
        return {one for row in rows for one in row[0].split(";") if one}

    def last_of_each(self) -> list[Mailed]:
        """Return the last letter about each period that went out to each unit."""
        rows = self._db.run(
            "SELECT * FROM mail_sent WHERE id IN (SELECT max(id) FROM mail_sent"
            " WHERE state NOT IN (?, ?) GROUP BY unit, period) ORDER BY id",
            MailState.REFUSED.value,
            MailState.DRAFTED.value,
        )
        with legible("邮件的记录"):
            return [_mailed(row) for row in rows]

    def bounced(
        self,
        mail: Mailed,
        addresses: Sequence[str],
        reason: str,
        at: datetime,
        *,
        report: int | None = None,
    ) -> Mailed:
        """Record that a letter did not arrive at addresses of it; return it as it is now.

        It is returned (退回) once it has arrived at none of them. `report` is the submission that a
        person has confirmed; what is proved stands above that.
        """
        before = self._before(mail)
        insert = "INSERT OR IGNORE" if report else "INSERT OR REPLACE"
        with self._db.transaction():
            for one in addresses:
                self._db.run(
                    f"{insert} INTO mail_bounced (letter, address, reason, at, report, before,"
                    " known) VALUES (?, ?, ?, ?, ?, ?, (SELECT max(id) FROM mail_sent))",
                    mail.id,
                    one.lower(),
                    reason,
                    at.isoformat(),
                    report,
                    before.value,
                )
        return self._settled(mail, before)

    def not_bounced(self, mail: Mailed, report: int) -> Mailed:
        """Take back what a person had confirmed of a letter; return it as it is now."""
        confirmed = self._db.run(
            "SELECT 1 FROM mail_bounced WHERE letter = ? AND report = ?", mail.id, report
        )
        if not confirmed:
            return mail
        before = self._before(mail)
        with self._db.transaction():
            self._db.run(
                "DELETE FROM mail_bounced WHERE letter = ? AND report = ?", mail.id, report
            )
        return self._settled(mail, before)

    def _before(self, mail: Mailed) -> MailState:
        """Return what a letter was before any of it came back."""
        rows = self._db.run("SELECT before FROM mail_bounced WHERE letter = ? LIMIT 1", mail.id)
        with legible("退信的记录"):
            return MailState(rows[0]["before"]) if rows else mail.state

    def _settled(self, mail: Mailed, before: MailState) -> Mailed:
        """Record what a letter is by the addresses at which it did not arrive."""
        rows = self._db.run("SELECT address, reason FROM mail_bounced WHERE letter = ?", mail.id)
        gone = {row["address"]: row["reason"] for row in rows}
        left = {one.lower() for one in mail.recipients.split(";")} - gone.keys()
        state = before if left else MailState.RETURNED
        detail = "；".join(f"{one}：{why}" if why else one for one, why in gone.items())
        self.settle(mail, state, detail)
        return replace(mail, state=state, detail=detail)

    def dead(self) -> dict[str, str]:
        """Return the addresses that letters came back from, with the server's reason.

        None to which one was sent since that was known, and none from which a message came since.
        """
        rows = self._db.run("SELECT address, reason, at, known FROM mail_bounced ORDER BY known")
        last = {row["address"]: row for row in rows}
        found = {}
        for address, row in last.items():
            newest = self.last_to(address)
            with legible("退信的记录"):
                at = datetime.fromisoformat(row["at"])
            if newest and newest.id <= row["known"] and not self._heard_from(address, at):
                found[address] = row["reason"]
        return found

    def _heard_from(self, address: str, since: datetime) -> bool:
        """Return whether a message came from an address after a moment."""
        rows = self._db.run(
            "SELECT received_at FROM submission WHERE lower(sender) = ?", address.lower()
        )
        with legible("报送件的记录"):
            return any(datetime.fromisoformat(row["received_at"]) > since for row in rows)

    def returned(self, period: Period) -> list[Mailed]:
        """Return the last letter about a period to each unit that has an address of those dead.

        Returned (退回) where all its addresses are; `detail` names those that are, with the reason.
        """
        dead, last = self.dead(), dict[str, Mailed]()
        for one in sorted(
            (one for kind in MailKind for one in self.about(period, kind)), key=lambda one: one.id
        ):
            if one.state not in (MailState.REFUSED, MailState.DRAFTED):
                last[one.unit] = one
        return [found for one in last.values() if (found := _came_back(one, dead))]

    def handed_over(self, most: int) -> list[datetime]:
        """Return when the last letters, at most so many, went to a server that took them.

        It may have taken those that are uncertain; what a person sent is not among them.
        """
        rows = self._db.run(
            "SELECT at FROM mail_sent WHERE message_id != '' AND state IN (?, ?, ?, ?)"
            " ORDER BY id DESC LIMIT ?",
            MailState.SENT.value,
            MailState.RETURNED.value,
            MailState.UNCERTAIN.value,
            MailState.BEGUN.value,
            most,
        )
        with legible("邮件的记录"):
            return [datetime.fromisoformat(row["at"]) for row in rows]


def _came_back(mail: Mailed, dead: Mapping[str, str]) -> Mailed | None:
    """Return a letter as its dead addresses leave it, None where it has none."""
    every = mail.recipients.lower().split(";")
    gone = [one for one in every if one in dead]
    if not gone:
        return None
    detail = "；".join(f"{one}：{dead[one]}" if dead[one] else one for one in gone)
    state = MailState.RETURNED if len(gone) == len(every) else MailState.SENT
    return replace(mail, state=state, detail=detail)


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
        text=row["text"],
    )
