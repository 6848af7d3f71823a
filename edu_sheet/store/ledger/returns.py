"""报送件: what came back, what was found in it, and what a person decided about it."""

import itertools
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from edu_sheet.store.ledger import journal
from edu_sheet.store.ledger.as_json import (
    approval_from_json,
    approval_to_json,
    finding_from_row,
    finding_key_from_json,
    finding_key_to_json,
    finding_to_row,
    moment_or_none,
    place_from_json,
    place_to_json,
)
from edu_sheet.store.ledger.database import Database
from edu_sheet.store.ledger.deliveries import Delivery
from edu_sheet.store.ledger.taken_in import TakenIn, came_since, taken_in
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.records import legible
from edu_sheet.words.returns import OF_STRANGERS, Action, Decision, Entry, Submission, Verdict

_LOST = 100_000  # submissions that a backup may lack: more than a county has in ten years
_AT_ONCE = 500  # ids that one statement names; older SQLite takes 999 at most


class Returns:
    """Every submission with its findings, the texts that were taken from it, and decisions."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def record(
        self, delivery: Delivery, submission: Submission, entries: Sequence[Entry]
    ) -> Submission:
        """Record a submission with its findings and entries, and return it with its id.

        Id 0 is a new one; any other takes the place of what was recorded under it.
        """
        with self._db.transaction():
            return self._record(delivery.id, submission, entries)

    def number_above(self, numbers: Iterable[int]) -> None:
        """Let new submissions be numbered above those that files bear, if they may be ours.

        A name that somebody made up would else set the numbers for good.
        """
        most = self._db.next_id("submission") + _LOST
        known = [number for number in numbers if number <= most]
        self._db.number_above("submission", max(known, default=0))

    def decide(
        self, decision: Decision, submission: Submission, entries: Sequence[Entry]
    ) -> Submission:
        """Record a decision and what the submission became by it, in one transaction."""
        with self._db.transaction():
            columns = {"id": self._db.next_id("decision"), **_decision_columns(decision)}
            self._insert_decision(columns)
            self._db.note("decision", **columns)
            row = self._db.run("SELECT delivery FROM submission WHERE id = ?", submission.id)[0]
            return self._record(row[0], submission, entries)

    def tell(
        self, submission: Submission, finding: Finding, verdict: Verdict | None = None
    ) -> Submission:
        """Add a finding to what is recorded of a submission (and change its verdict), once."""
        if finding in submission.findings:
            return submission
        with self._db.transaction():
            findings = self._numbered(submission.id, (*submission.findings, finding))
            told = replace(submission, findings=findings, verdict=verdict or submission.verdict)
            self._db.run(
                "UPDATE submission SET verdict = ? WHERE id = ?", told.verdict.value, told.id
            )
            self._db.run(
                "INSERT INTO finding"
                " (submission, line, code, variant, severity, sheet, cell, member, about)"
                " SELECT ?, COALESCE(MAX(line), -1) + 1, ?, ?, ?, ?, ?, ?, ?"
                " FROM finding WHERE submission = ?",
                told.id,
                *finding_to_row(finding),
                told.id,
            )
        return told

    def lost_numbers(self) -> dict[tuple[int, str, str], int]:
        """Return the number of each submission, by delivery, digest and file, that is not known.

        They were noted beside the ledger.
        """
        known = {row[0] for row in self._db.run("SELECT id FROM submission")}
        return {
            (line["delivery"], line["sha256"], line["file"]): line["id"]
            for line in self._db.noted("submission")
            if line["id"] not in known
        }

    def restore_decisions(self) -> list[int]:
        """Record the decisions that were noted beside the ledger about what it knows.

        Returns the submissions that they are about; these are as they were until `record`.
        """
        with self._db.transaction():
            known = {row[0] for row in self._db.run("SELECT id FROM decision")}
            numbers = {row[0] for row in self._db.run("SELECT id FROM submission")}
            lost = [
                line
                for line in self._db.noted("decision")
                if line["id"] not in known and line["submission"] in numbers
            ]
            for line in lost:
                self._insert_decision({name: line[name] for name in journal.COLUMNS["decision"]})
        return [*dict.fromkeys(line["submission"] for line in lost)]

    def submission(self, number: int) -> Submission:
        """Return a submission by its id; LedgerError if there is none."""
        rows = self._db.run("SELECT * FROM submission WHERE id = ?", number)
        if not rows:
            raise LedgerError(
                f"台账里没有编号为 {number} 的报送件",
                "编号见待处理文件名开头的数字，或收取时的列表。待处理里若有这个编号的文件，"
                "多半是换用过备份的台账：请把它移进收件箱重新收取，得到新的编号。",
            )
        return self._submissions(rows)[0]

    def submissions(self, period: Period | None = None) -> list[Submission]:
        """Return every submission (of a period), oldest first."""
        where, values = ("period = ?", [str(period)]) if period else ("1", [])
        rows = self._db.run(f"SELECT * FROM submission WHERE {where} ORDER BY id", *values)
        return self._submissions(rows)

    def taken_in(self, periods: Sequence[Period]) -> TakenIn:
        """Return what has been taken in for these periods, to tell by whether more came."""
        return taken_in(self._db, periods)

    def came_since(self, periods: Sequence[Period], last: int) -> set[int]:
        """Return the numbers of what came for these periods after a number, and was not ignored."""
        return came_since(self._db, periods, last)

    def senders_of(self, units: Collection[str]) -> set[str]:
        """Return the addresses from which a return of these units was ever accepted.

        Without those of which there was a doubt: nobody is a unit by sending what it had sent.
        """
        rows = self._db.run(
            "SELECT DISTINCT sender FROM submission WHERE verdict = ? AND sender <> ''"
            f" AND unit IN ({', '.join('?' * len(units))})"
            " AND NOT EXISTS (SELECT 1 FROM finding WHERE finding.submission = submission.id"
            f" AND code IN ({', '.join('?' * len(OF_STRANGERS))}))",
            Verdict.ACCEPTED.value,
            *units,
            *OF_STRANGERS,
        )
        return {row[0].lower() for row in rows}

    def knows_sender(self, address: str) -> bool:
        """Return whether a return that came from an address was ever accepted."""
        found = self._db.run(
            "SELECT 1 FROM submission WHERE lower(sender) = ? AND verdict = ? LIMIT 1",
            address.lower(),
            Verdict.ACCEPTED.value,
        )
        return bool(found)

    def of_sender(self, address: str) -> list[Submission]:
        """Return the submissions that messages from an address have brought, oldest first."""
        rows = self._db.run(
            "SELECT * FROM submission WHERE lower(sender) = ? ORDER BY id", address.lower()
        )
        return self._submissions(rows)

    def waiting_of(self, period: Period, unit: str) -> list[Submission]:
        """Return the submissions in attention of a unit's period, oldest first."""
        rows = self._db.run(
            "SELECT * FROM submission WHERE period = ? AND unit = ? AND verdict = ? ORDER BY id",
            str(period),
            unit,
            Verdict.ATTENTION.value,
        )
        return self._submissions(rows)

    def waiting(self) -> list[Submission]:
        """Return every submission in attention, of whatever period, oldest first."""
        attention = Verdict.ATTENTION.value
        rows = self._db.run("SELECT * FROM submission WHERE verdict = ? ORDER BY id", attention)
        return self._submissions(rows)

    def of_no_period(self) -> list[Submission]:
        """Return the submissions of which nobody knows the period, oldest first."""
        rows = self._db.run("SELECT * FROM submission WHERE period IS NULL ORDER BY id")
        return self._submissions(rows)

    def numbered(self, numbers: Sequence[int]) -> Iterator[Submission]:
        """Yield the submissions of these ids, in their order."""
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            rows = self._db.run(
                f"SELECT * FROM submission WHERE id IN ({', '.join('?' * len(some))})", *some
            )
            found = {one.id: one for one in self._submissions(rows)}
            yield from (found[number] for number in some)

    def of_bytes(self, sha256: str) -> list[Submission]:
        """Return the submissions of these very bytes, oldest first."""
        rows = self._db.run("SELECT * FROM submission WHERE sha256 = ? ORDER BY id", sha256)
        return self._submissions(rows)

    def of_delivery(self, delivery: Delivery) -> list[Submission]:
        """Return the submissions that a delivery has been found to hold so far."""
        rows = self._db.run("SELECT * FROM submission WHERE delivery = ? ORDER BY id", delivery.id)
        return self._submissions(rows)

    def decisions(self, submission: int) -> list[Decision]:
        """Return what was decided about a submission, oldest first."""
        rows = self._db.run("SELECT * FROM decision WHERE submission = ? ORDER BY id", submission)
        with legible(f"编号 {submission} 的报送件的裁定"):
            return [_decision(row) for row in rows]

    def _record(
        self, delivery: int, submission: Submission, entries: Sequence[Entry]
    ) -> Submission:
        number = submission.id or self._db.next_id("submission")
        self._write(number, delivery, submission)
        if submission.id:
            self._db.run("DELETE FROM finding WHERE submission = ?", number)
            self._db.run("DELETE FROM entry WHERE submission = ?", number)
        self._db.run_each(
            "INSERT INTO finding"
            " (submission, line, code, variant, severity, sheet, cell, member, about)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, line, *finding_to_row(one)) for line, one in enumerate(submission.findings)],
        )
        self._db.run_each(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, line, *_entry_to_row(one)) for line, one in enumerate(entries)],
        )
        if not submission.id:
            self._db.note(
                "submission",
                id=number,
                delivery=delivery,
                sha256=submission.sha256,
                file=submission.file,
            )
        return replace(submission, id=number, findings=self._numbered(number, submission.findings))

    def _write(self, number: int, delivery: int, submission: Submission) -> None:
        """Write a submission's own row, over the one that it had before."""
        approval = submission.approval
        values = (
            delivery,
            submission.file,
            submission.sha256,
            submission.kind,
            submission.verdict.value,
            submission.received_at.isoformat(),
            submission.unit,
            str(submission.period) if submission.period else None,
            submission.modified_at.isoformat() if submission.modified_at else None,
            approval_to_json(approval) if approval else None,
            submission.sender,
            submission.arrived_at.isoformat() if submission.arrived_at else "",
            submission.issue,
        )
        self._db.run(
            "INSERT INTO submission (id, delivery, file, sha256, kind, verdict, received_at, unit,"
            " period, modified_at, approval, sender, arrived_at, issue)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET delivery = excluded.delivery, kind = excluded.kind,"
            " verdict = excluded.verdict, received_at = excluded.received_at,"
            " unit = excluded.unit, period = excluded.period,"
            " modified_at = excluded.modified_at, approval = excluded.approval,"
            " sender = excluded.sender, arrived_at = excluded.arrived_at, issue = excluded.issue",
            number,
            *values,
        )

    def _numbered(self, submission: int, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return findings with the number of each error: the same for good, whatever comes."""
        if not any(one.severity is Severity.ERROR for one in findings):
            return tuple(findings)
        given = self._numbers([submission]).get(submission, {})
        new = dict.fromkeys(
            key
            for one in findings
            if one.severity is Severity.ERROR and (key := finding_key_to_json(one.key)) not in given
        )
        numbers = given | dict(zip(new, itertools.count(len(given) + 1), strict=False))
        self._db.run_each(
            "INSERT INTO finding_number (submission, number, finding) VALUES (?, ?, ?)",
            [(submission, numbers[key], key) for key in new],
        )
        return tuple(_with_number(one, numbers) for one in findings)

    def _numbers(self, submissions: Sequence[int]) -> dict[int, dict[str, int]]:
        """Return the numbers of these submissions' errors, those that there are by now and were."""
        found: dict[int, dict[str, int]] = {}
        for row in self._db.run(
            "SELECT submission, number, finding FROM finding_number"
            f" WHERE submission IN ({', '.join('?' * len(submissions))})",
            *submissions,
        ):
            found.setdefault(row["submission"], {})[row["finding"]] = row["number"]
        return found

    def _insert_decision(self, columns: Mapping[str, object]) -> None:
        self._db.run(
            "INSERT INTO decision (id, submission, action, decided_at, unit, period, finding,"
            " place, task) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(columns[name] for name in journal.COLUMNS["decision"]),
        )

    def _submissions(self, rows: Sequence[sqlite3.Row]) -> list[Submission]:
        if not rows:
            return []
        findings = self._findings([row["id"] for row in rows])
        return [_submission(row, tuple(findings.get(row["id"], ()))) for row in rows]

    def _findings(self, submissions: Sequence[int]) -> dict[int, list[Finding]]:
        """Return the findings of these submissions, those that have any."""
        found: dict[int, list[Finding]] = {}
        for start in range(0, len(submissions), _AT_ONCE):
            some = submissions[start : start + _AT_ONCE]
            numbers = self._numbers(some)
            for row in self._db.run(
                f"SELECT * FROM finding WHERE submission IN ({', '.join('?' * len(some))})"
                " ORDER BY submission, line",
                *some,
            ):
                number = row["submission"]
                with legible(f"编号 {number} 的报送件的第 {row['line'] + 1} 条问题"):
                    one = finding_from_row(row)
                found.setdefault(number, []).append(_with_number(one, numbers.get(number, {})))
        return found


def _with_number(finding: Finding, numbers: Mapping[str, int]) -> Finding:
    if finding.severity is not Severity.ERROR or not numbers:
        return finding
    return replace(finding, number=numbers.get(finding_key_to_json(finding.key), 0))


def _submission(row: sqlite3.Row, findings: tuple[Finding, ...]) -> Submission:
    with legible(f"编号 {row['id']} 的报送件"):
        return _as_recorded(row, findings)


def _as_recorded(row: sqlite3.Row, findings: tuple[Finding, ...]) -> Submission:
    return Submission(
        id=row["id"],
        file=row["file"],
        sha256=row["sha256"],
        kind=row["kind"],
        verdict=Verdict(row["verdict"]),
        received_at=datetime.fromisoformat(row["received_at"]),
        unit=row["unit"],
        period=parse_period(row["period"]) if row["period"] else None,
        modified_at=moment_or_none(row["modified_at"]),
        approval=approval_from_json(row["approval"]) if row["approval"] else None,
        findings=findings,
        sender=row["sender"],
        arrived_at=moment_or_none(row["arrived_at"]),
        issue=row["issue"],
    )


def _entry_to_row(one: Entry) -> tuple[str, ...]:
    """Return what a row of `entry` holds behind its submission and line."""
    return (
        str(one.period),
        one.unit,
        one.task,
        one.role.value,
        one.text,
        one.place,
        one.state,
        one.part.value,
    )


def _decision_columns(decision: Decision) -> dict[str, object]:
    return {
        "submission": decision.submission,
        "action": decision.action.value,
        "decided_at": decision.decided_at.isoformat(),
        "unit": decision.unit,
        "period": str(decision.period) if decision.period else None,
        "finding": finding_key_to_json(decision.finding) if decision.finding else None,
        "place": place_to_json(decision.place) if decision.place else None,
        "task": decision.task,
    }


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        submission=row["submission"],
        action=Action(row["action"]),
        decided_at=datetime.fromisoformat(row["decided_at"]),
        unit=row["unit"],
        period=parse_period(row["period"]) if row["period"] else None,
        finding=finding_key_from_json(row["finding"]) if row["finding"] else None,
        place=place_from_json(row["place"]) if row["place"] else None,
        task=row["task"],
    )
