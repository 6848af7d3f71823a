"""What the ledger keeps of the plan: its identity, due dates and mail addresses."""

from collections.abc import Iterable
from datetime import date

from edu_sheet.store.ledger import key
from edu_sheet.store.ledger.database import Database
from edu_sheet.store.ledger.plan_as_json import plan_from_json, plan_to_json
from edu_sheet.store.ledger.units import Units
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.records import legible


class PlanRecord:
    """The plan as it was last found free of errors."""

    def __init__(self, database: Database) -> None:
        self._db = database

    @property
    def id(self) -> str:
        """The plan's id, part of every form's identity."""
        return self._db.meta("plan_id") or ""

    @property
    def secret(self) -> bytes:
        """The key that signs forms; it never leaves the workspace. LedgerError if it is missing."""
        return key.read(self._db)

    @property
    def known_by_record(self) -> frozenset[str]:
        """The tokens of forms that went out under a key that is lost; as a rule there are none."""
        return key.known_by_record(self._db)

    @property
    def sha256(self) -> str | None:
        """The digest of the plan workbook that was last found free of errors."""
        return self._db.meta("plan_sha256")

    @property
    def keyed(self) -> str | None:
        """The digest of the last plan workbook in which no task and no unit lacked a key."""
        return self._db.meta("keyed_sha256")

    @keyed.setter
    def keyed(self, sha256: str) -> None:
        with self._db.transaction():
            self._db.set_meta("keyed_sha256", sha256)

    @property
    def last(self) -> Plan | None:
        """What that plan workbook holds; None where an older program found it free of errors."""
        rows = self._db.run("SELECT content FROM plan WHERE sha256 = ?", self.sha256 or "")
        return plan_from_json(rows[0][0]) if rows else None

    def record(
        self,
        sha256: str,
        due: dict[Period, date],
        addresses: Iterable[tuple[str, str]] = (),
        *,
        plan: Plan | None = None,
    ) -> None:
        """Record that this plan workbook is free of errors, what it gives, and what it holds.

        `addresses` are the roster's (mail address, unit).
        """
        with self._db.transaction():
            self._db.run("DELETE FROM address")
            for address, unit in addresses:
                self._db.run("INSERT OR IGNORE INTO address VALUES (?, ?)", address.lower(), unit)
            self._db.set_meta("plan_sha256", sha256)
            if plan:
                content = plan_to_json(plan)
                self._db.run("INSERT OR REPLACE INTO plan VALUES (?, ?)", sha256, content)
                Units(self._db).keep(plan.roster.units)
            for period, day in due.items():
                self._db.run(
                    "INSERT OR REPLACE INTO due VALUES (?, ?)", str(period), day.isoformat()
                )

    def due(self, period: Period) -> date | None:
        """Return the period's due date as the plan last gave it."""
        rows = self._db.run("SELECT day FROM due WHERE period = ?", str(period))
        with legible(f" {period} 的截止日期"):
            return date.fromisoformat(rows[0][0]) if rows else None

    def addresses_of(self, units: Iterable[str]) -> set[str]:
        """Return the mail addresses, in small letters, that the roster gives for these units."""
        names = [*units]
        marks = ", ".join("?" * len(names))
        rows = self._db.run(f"SELECT address FROM address WHERE unit IN ({marks})", *names)
        return {row[0] for row in rows}

    def units_of(self, address: str) -> set[str]:
        """Return the units that the roster gives a mail address for."""
        rows = self._db.run("SELECT unit FROM address WHERE address = ?", address.lower())
        return {row[0] for row in rows}
