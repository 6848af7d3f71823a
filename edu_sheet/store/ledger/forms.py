"""下发: the forms that went out."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from edu_sheet.store.ledger.database import Database
from edu_sheet.store.ledger.faults import busy
from edu_sheet.words.forms import Form, Issue
from edu_sheet.words.forms_as_json import IssueRow, form_from_json, form_to_json, issue_from_row
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.records import legible, unreadable

_ISSUE = ", ".join(IssueRow._fields)
_NEWEST = (  # each unit's newest form of a period; `first` is its first one
    "(SELECT min(id) AS first, max(id) AS last FROM issue WHERE period = ? GROUP BY unit)"
    " JOIN issue ON issue.id = last"
)


class Forms:
    """Every form that was issued; an issue is one form of one version for one unit and period."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def record(self, forms: Iterable[tuple[Form, str, str, int]], issued_at: datetime) -> None:
        """Record that forms went out: (form, file, sha256, the id printed into it) of each.

        All or none: LedgerError if an id has been taken meanwhile, for the form names its own.
        """
        with self._db.transaction():
            for form, file, sha256, number in forms:
                if number < self.next_id():
                    raise busy()
                self._insert(Issue(number, form, file, sha256, issued_at))

    def restore(self, issues: Iterable[Issue]) -> list[Issue]:
        """Record issues that the ledger does not know under their own ids, where these are free."""
        restored = []
        with self._db.transaction():
            for one in issues:
                taken = self._db.run("SELECT 1 FROM issue WHERE id = ?", one.id)
                restored.append(replace(one, id=self.next_id() if taken else one.id))
                self._insert(restored[-1])
        return restored

    def digests(self) -> dict[str, set[str]]:
        """Return the digests of all forms that went out, by their files."""
        found: dict[str, set[str]] = {}
        for file, sha256 in self._db.run("SELECT file, sha256 FROM issue"):
            found.setdefault(file, set()).add(sha256)
        return found

    def missing(self) -> bool:
        """Return whether forms went out that the ledger does not know, as far as it can tell.

        Not once they were sought: what is not found is no longer there.
        """
        given = self._db.given("issue")
        return given > max(self._db.last_id("issue"), int(self._db.meta("issues_sought") or 0))

    def note_sought(self) -> None:
        """Record that all forms were sought that were given a number so far."""
        with self._db.transaction():
            self._db.set_meta("issues_sought", str(self._db.given("issue")))

    def numbers(self) -> set[tuple[int, str]]:
        """Return the id and the 表单编号 of every form that went out."""
        return {(row[0], row[1]) for row in self._db.run("SELECT id, number FROM issue")}

    def next_id(self) -> int:
        """Return the id that the next form to be recorded gets: it is printed into the form."""
        return self._db.next_id("issue")

    def issued(self, period: Period, unit: str | None = None) -> list[Issue]:
        """Return every form issued for a period (to a unit), oldest first."""
        return [issue_from_row(row) for row in self.rows(period, unit)]

    def rows(self, period: Period, unit: str | None = None) -> list[IssueRow]:
        """Return what `issued` returns, as the ledger keeps it."""
        where, values = "period = ?", [str(period)]
        if unit is not None:
            where, values = f"{where} AND unit = ?", [*values, unit]
        rows = self._db.run(f"SELECT {_ISSUE} FROM issue WHERE {where} ORDER BY id", *values)
        return [IssueRow(*row) for row in rows]

    def latest(self, period: Period) -> dict[str, Issue]:
        """Return the newest form of each unit in a period, in the order of first issue."""
        return {issue.form.identity.unit: issue for issue in self.issued(period)}

    def tasks_asked(self, period: Period) -> list[tuple[str, date, tuple[str, ...]]]:
        """Return (unit, due, task keys) of each unit's newest form, in the order of first issue.

        SQLite picks them out of the forms, which hold the tasks' texts and other periods' too.
        """
        rows = self._in_forms(
            "SELECT unit, json_extract(form, '$.due'), json_extract(value, '$.key')"
            f" FROM {_NEWEST} LEFT JOIN json_each(form, '$.rows') ORDER BY first, json_each.key",
            period,
        )
        tasks: dict[tuple[str, str], list[str]] = {}
        for unit, due, task in rows:
            keys = tasks.setdefault((unit, due), [])
            if task is not None:
                keys.append(task)
        with legible(f" {period} 的填报表"):
            return [
                (unit, date.fromisoformat(due), tuple(keys)) for (unit, due), keys in tasks.items()
            ]

    def wordings(self, period: Period) -> dict[str, set[tuple[str, str]]]:
        """Return (目标任务, 具体要求) of each task, by its key, in a period's newest forms."""
        rows = self._in_forms(
            "SELECT DISTINCT json_extract(value, '$.key'), json_extract(value, '$.goal'),"
            f" json_extract(value, '$.requirements') FROM {_NEWEST}, json_each(form, '$.rows')",
            period,
        )
        found: dict[str, set[tuple[str, str]]] = {}
        for key, goal, requirements in rows:
            found.setdefault(key, set()).add((goal, requirements))
        return found

    def asking_states(self, period: Period) -> list[Form]:
        """Return the newest form of each unit that is asked for 完成状态, in the order of issue."""
        rows = self._in_forms(
            f"SELECT id, form FROM {_NEWEST} WHERE json_extract(form, '$.states') ORDER BY first",
            period,
        )
        found = []
        for row in rows:
            with legible(f"编号 {row['id']} 的填报表"):
                found.append(form_from_json(row["form"]))
        return found

    def index(self) -> Iterator[tuple[int, str, str, str, int]]:
        """Yield (id, period, unit, number, version) of every issued form, oldest first."""
        rows = self._db.each("SELECT id, period, unit, number, version FROM issue ORDER BY id")
        return (tuple(row) for row in rows)

    def last_of(self, unit: str, *, quarterly: bool) -> Issue | None:
        """Return the unit's newest form of that kind in any period; its version is the last."""
        rows = self._db.run(
            f"SELECT {_ISSUE} FROM issue WHERE unit = ? AND (period LIKE '%Q%') = ?"
            " ORDER BY version DESC, id DESC LIMIT 1",
            unit,
            int(quarterly),
        )
        return issue_from_row(IssueRow(*rows[0])) if rows else None

    def periods(self) -> list[Period]:
        """Return the periods that forms were issued for, in order of time, months first."""
        rows = self._db.run("SELECT DISTINCT period FROM issue")
        with legible("下发过的期次"):
            return sorted((parse_period(row[0]) for row in rows), key=_by_time)

    def periods_of(self, unit: str, key: str) -> list[Period]:
        """Return the periods that forms were issued for to a unit, by its key or, without, name."""
        rows = self._db.run(
            "SELECT DISTINCT period FROM issue"
            " WHERE (unit_key = ? AND ? <> '') OR (unit = ? AND (unit_key = '' OR ? = ''))",
            key,
            key,
            unit,
            key,
        )
        with legible("下发过的期次"):
            return sorted((parse_period(row[0]) for row in rows), key=_by_time)

    def _in_forms(self, statement: str, period: Period) -> list[sqlite3.Row]:
        """Return what SQLite finds in a period's forms; LedgerError if one is no JSON any more."""
        try:
            return self._db.run(statement, str(period))
        except sqlite3.OperationalError as error:
            broken = self._db.run(
                "SELECT id FROM issue WHERE period = ? AND NOT json_valid(form)", str(period)
            )
            if not broken:
                raise
            raise unreadable(f"编号 {broken[0][0]} 的填报表", error) from error

    def _insert(self, issue: Issue) -> None:
        form, identity = issue.form, issue.form.identity
        self._db.run(
            "INSERT INTO issue (id, period, unit, version, number, token, form, file, sha256,"
            " issued_at, unit_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            issue.id,
            str(identity.period),
            identity.unit,
            identity.version,
            form.number,
            form.token,
            form_to_json(form),
            issue.file,
            issue.sha256,
            issue.issued_at.isoformat(),
            form.unit_key,
        )


def _by_time(period: Period) -> tuple[int, int, int]:
    return (period.last.year, period.last.month, len(period.months))
