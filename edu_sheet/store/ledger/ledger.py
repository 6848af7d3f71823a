"""An open ledger; SQLite beside the originals.

One transaction a submission. Nothing is ever deleted; a submission that is read again (it was set
aside, or a person decided about it) keeps its id and its decisions.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from edu_sheet.kit.files import name_beside, put_in_place, reporting
from edu_sheet.store.ledger import migrations
from edu_sheet.store.ledger.as_json import (
    IssueRow,
    approval_from_json,
    approval_to_json,
    form_from_json,
    form_to_json,
    issue_from_row,
)
from edu_sheet.words.errors import LedgerError, OutputError
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.forms import Form, Issue
from edu_sheet.words.letters import Mailed, MailKind, MailState
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.plan import Role
from edu_sheet.words.returns import Action, Decision, Edit, Entry, Submission, Verdict
from edu_sheet.words.step import AGAIN, Step, Verb

_ISSUE = ", ".join(IssueRow._fields)
_AT_ONCE = 500  # ids that one statement names; older SQLite takes 999 at most
_NEWEST = (  # each unit's newest form of a period; `first` is its first one
    "(SELECT min(id) AS first, max(id) AS last FROM issue WHERE period = ? GROUP BY unit)"
    " JOIN issue ON issue.id = last"
)
_ROLES = {role.value: role for role in Role}


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


@dataclass(frozen=True, slots=True)
class Output:
    """What was last written to an output file; `base` is the digest of what it was made from."""

    file: str
    sha256: str
    written_at: datetime
    base: str


class Ledger:
    """An open ledger. Every method may raise LedgerError: damaged, busy, or of another version."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._translated():
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.row_factory = sqlite3.Row

    @classmethod
    def create(cls, path: Path) -> Self:
        """Return a new, empty ledger with a plan id and a signing key of its own.

        LedgerError if one stands there. It is made beside its place: a kill leaves a whole one
        there, or none.
        """
        if path.exists():
            raise LedgerError(f"台账 {path} 已经存在", "没有改动它。")
        with reporting(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        beside = name_beside(path)
        try:
            with cls(beside) as ledger:
                ledger._begin_anew()
            put_in_place(beside, path)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink()
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the ledger that stands there, carried forward to this program's version.

        LedgerError if it is missing, damaged or of a newer version.
        """
        if not path.exists():
            raise LedgerError(
                f"找不到台账 {path}",
                "若曾移动或删除，请放回原处；若是新工作区，请重新建立。",
                Step(Verb.CREATE),
            )
        ledger = cls(path)
        try:
            with ledger._translated():
                migrations.carry_forward(ledger._db, path)
            ledger._configure()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Close the ledger; it cannot be used afterwards."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; may not be nested."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.rollback()
            raise

    @contextlib.contextmanager
    def deferred(self) -> Iterator[None]:
        """In here a transaction is sure to outlast a loss of power only after `sync`.

        Each remains all or nothing, and in its order: to wait for the disk after every one of
        thousands takes longer than all else that is done for it.
        """
        self._run("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self._run("PRAGMA synchronous = FULL")

    def sync(self) -> None:
        """Make durable all that was recorded in `deferred` so far."""
        self._run("PRAGMA synchronous = FULL")
        self._set("synced", "")  # the log is one file: whoever waits for its end waits for it all
        self._run("PRAGMA synchronous = NORMAL")

    # ------------------------------------------------------------ the plan

    @property
    def plan_id(self) -> str:
        """The plan's id, part of every form's identity."""
        return self._get("plan_id") or ""

    @property
    def secret(self) -> bytes:
        """The key that signs forms; it never leaves the workspace."""
        return bytes.fromhex(self._get("secret") or "")

    @property
    def plan_sha256(self) -> str | None:
        """The digest of the plan workbook that was last found free of errors."""
        return self._get("plan_sha256")

    @property
    def has_deadlines(self) -> bool:
        """Whether that plan workbook has deadlines to be told of."""
        return self._get("deadlines") == "1"

    def record_plan(
        self,
        sha256: str,
        due: dict[Period, date],
        addresses: Iterable[tuple[str, str]] = (),
        *,
        deadlines: bool = False,
    ) -> None:
        """Keep that this plan workbook is free of errors, and the due dates that it gives.

        `addresses` are the roster's (mail address, unit).
        """
        with self.transaction():
            self._run("DELETE FROM address")
            for address, unit in addresses:
                self._run("INSERT OR IGNORE INTO address VALUES (?, ?)", address.lower(), unit)
            self._set("plan_sha256", sha256)
            self._set("deadlines", "1" if deadlines else "0")
            for period, day in due.items():
                self._run("INSERT OR REPLACE INTO due VALUES (?, ?)", str(period), day.isoformat())

    def due(self, period: Period) -> date | None:
        """Return the period's due date as the plan last gave it."""
        rows = self._run("SELECT day FROM due WHERE period = ?", str(period))
        return date.fromisoformat(rows[0][0]) if rows else None

    def units_of(self, address: str) -> set[str]:
        """Return the units that the roster gives a mail address for."""
        rows = self._run("SELECT unit FROM address WHERE address = ?", address.lower())
        return {row[0] for row in rows}

    # ------------------------------------------------------------ forms

    def record_issue(self, form: Form, file: str, sha256: str, issued_at: datetime) -> Issue:
        """Keep that a form went out."""
        with self.transaction():
            number = self._issued(form, file, sha256, issued_at)
        return Issue(number, form, file, sha256, issued_at)

    def record_issues(
        self, forms: Iterable[tuple[Form, str, str, int]], issued_at: datetime
    ) -> None:
        """Keep that forms went out: (form, file, sha256, the id printed into it) of each.

        All or none: LedgerError if an id has been taken meanwhile, for the form names its own.
        """
        with self.transaction():
            for form, file, sha256, number in forms:
                if self._issued(form, file, sha256, issued_at) != number:
                    raise _busy()

    def next_issue(self) -> int:
        """Return the id that the next form to be recorded gets: it is printed into the form."""
        number: int = self._run("SELECT coalesce(max(id), 0) + 1 FROM issue")[0][0]
        return number

    def issues(self, period: Period, unit: str | None = None) -> list[Issue]:
        """Return every form issued for a period (to a unit), oldest first."""
        return [issue_from_row(row) for row in self.issue_rows(period, unit)]

    def issue_rows(self, period: Period, unit: str | None = None) -> list[IssueRow]:
        """Return what `issues` returns, as the ledger keeps it."""
        where, values = "period = ?", [str(period)]
        if unit is not None:
            where, values = f"{where} AND unit = ?", [*values, unit]
        rows = self._run(f"SELECT {_ISSUE} FROM issue WHERE {where} ORDER BY id", *values)
        return [IssueRow(*row) for row in rows]

    def latest_issues(self, period: Period) -> dict[str, Issue]:
        """Return the newest form of each unit in a period, in the order of first issue."""
        return {issue.form.identity.unit: issue for issue in self.issues(period)}

    def asked(self, period: Period) -> list[tuple[str, date, tuple[str, ...]]]:
        """Return (unit, due, task keys) of each unit's newest form, in the order of first issue.

        SQLite picks them out of the forms, which hold the tasks' texts and other periods' too.
        """
        rows = self._run(
            "SELECT unit, json_extract(form, '$.due'), json_extract(value, '$.key')"
            f" FROM {_NEWEST} LEFT JOIN json_each(form, '$.rows') ORDER BY first, json_each.key",
            str(period),
        )
        tasks: dict[tuple[str, str], list[str]] = {}
        for unit, due, task in rows:
            keys = tasks.setdefault((unit, due), [])
            if task is not None:
                keys.append(task)
        return [(unit, date.fromisoformat(due), tuple(keys)) for (unit, due), keys in tasks.items()]

    def forms_with_states(self, period: Period) -> list[Form]:
        """Return the newest form of each unit that is asked for 完成状态, in the order of issue."""
        rows = self._run(
            f"SELECT form FROM {_NEWEST} WHERE json_extract(form, '$.states') ORDER BY first",
            str(period),
        )
        return [form_from_json(row["form"]) for row in rows]

    def issue(self, number: int) -> Issue:
        """Return an issued form by its id."""
        rows = self._run(f"SELECT {_ISSUE} FROM issue WHERE id = ?", number)
        return issue_from_row(IssueRow(*rows[0]))

    def issue_index(self) -> Iterator[tuple[int, str, str, str, int]]:
        """Yield (id, period, unit, number, version) of every issued form, oldest first."""
        rows = self._each("SELECT id, period, unit, number, version FROM issue ORDER BY id")
        return (tuple(row) for row in rows)

    def last_version(self, unit: str, *, quarterly: bool) -> Issue | None:
        """Return the unit's newest form of that kind in any period; its version is the last."""
        rows = self._run(
            f"SELECT {_ISSUE} FROM issue WHERE unit = ? AND (period LIKE '%Q%') = ?"
            " ORDER BY version DESC, id DESC LIMIT 1",
            unit,
            int(quarterly),
        )
        return issue_from_row(IssueRow(*rows[0])) if rows else None

    def issued_periods(self) -> list[Period]:
        """Return the periods that forms were issued for, in order of time, months first."""
        rows = self._run("SELECT DISTINCT period FROM issue")
        return sorted((parse_period(row[0]) for row in rows), key=_by_time)

    # ------------------------------------------------------------ deliveries

    def begin_delivery(
        self, file: str, origin: str, sha256: str, received_at: datetime, *, given: bool = False
    ) -> Delivery:
        """Return the unsettled delivery of these bytes from that place, a new one if none is.

        `given` says that a person named the moment: a message's own is not asked then.
        """
        (delivery,) = self.begin_deliveries([(file, origin, sha256)], received_at, given=given)
        return delivery

    def begin_deliveries(
        self, files: Sequence[tuple[str, str, str]], received_at: datetime, *, given: bool = False
    ) -> list[Delivery]:
        """Begin a delivery for each (file, origin, sha256) as `begin_delivery`, all at once."""
        with self.transaction():
            return [self._begun(*one, received_at, given=given) for one in files]

    def unsettled(self) -> list[Delivery]:
        """Return the deliveries that an earlier run could not finish."""
        rows = self._run("SELECT * FROM delivery WHERE settled = 0 ORDER BY id")
        return [_delivery(row) for row in rows]

    def settle(self, *deliveries: Delivery) -> None:
        """Keep that all of these deliveries is recorded and their files have left the inbox."""
        with self.transaction():
            for delivery in deliveries:
                self._run("UPDATE delivery SET settled = 1 WHERE id = ?", delivery.id)

    # ------------------------------------------------------------ submissions

    def record(
        self, delivery: Delivery, submission: Submission, entries: Sequence[Entry]
    ) -> Submission:
        """Keep a submission with its findings and entries; id 0 is a new one, else it is replaced.

        The submission comes back with its id.
        """
        with self.transaction():
            return self._record(delivery.id, submission, entries)

    def rerecord(
        self, decision: Decision, submission: Submission, entries: Sequence[Entry]
    ) -> Submission:
        """Keep a decision and what the submission became by it, in one transaction."""
        with self.transaction():
            self._run(
                "INSERT INTO decision (submission, action, decided_at, unit, period, place, task)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                decision.submission,
                decision.action.value,
                decision.decided_at.isoformat(),
                decision.unit,
                str(decision.period) if decision.period else None,
                decision.place,
                decision.task,
            )
            row = self._run("SELECT delivery FROM submission WHERE id = ?", submission.id)[0]
            return self._record(row[0], submission, entries)

    def submission(self, number: int) -> Submission:
        """Return a submission by its id; LedgerError if there is none."""
        rows = self._run("SELECT * FROM submission WHERE id = ?", number)
        if not rows:
            raise LedgerError(
                f"台账里没有编号为 {number} 的报送件",
                "编号见待处理文件名开头的数字，或收取时的列表。",
            )
        return self._submissions(rows)[0]

    def submissions(self, period: Period | None = None) -> list[Submission]:
        """Return every submission (of a period), oldest first."""
        where, values = ("period = ?", [str(period)]) if period else ("1", [])
        rows = self._run(f"SELECT * FROM submission WHERE {where} ORDER BY id", *values)
        return self._submissions(rows)

    def submissions_of(self, numbers: Sequence[int]) -> Iterator[Submission]:
        """Yield the submissions of these ids, in their order."""
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            rows = self._run(
                f"SELECT * FROM submission WHERE id IN ({', '.join('?' * len(some))})", *some
            )
            found = {one.id: one for one in self._submissions(rows)}
            yield from (found[number] for number in some)

    def unissued(self, verdict: Verdict) -> list[Submission]:
        """Return the submissions of that verdict for whose unit and period no form went out."""
        rows = self._run(
            "SELECT * FROM submission WHERE verdict = ? AND NOT EXISTS (SELECT 1 FROM issue"
            " WHERE issue.period = submission.period AND issue.unit = submission.unit) ORDER BY id",
            verdict.value,
        )
        return self._submissions(rows)

    def same_bytes(self, sha256: str) -> list[Submission]:
        """Return the submissions of these very bytes, oldest first."""
        rows = self._run("SELECT * FROM submission WHERE sha256 = ? ORDER BY id", sha256)
        return self._submissions(rows)

    def of_delivery(self, delivery: Delivery) -> list[Submission]:
        """Return the submissions that a delivery has been found to hold so far."""
        rows = self._run("SELECT * FROM submission WHERE delivery = ? ORDER BY id", delivery.id)
        return self._submissions(rows)

    def decisions(self, submission: int) -> list[Decision]:
        """Return what was decided about a submission, oldest first."""
        rows = self._run("SELECT * FROM decision WHERE submission = ? ORDER BY id", submission)
        return [_decision(row) for row in rows]

    def entries(self, periods: Iterable[Period], unit: str | None = None) -> list[Entry]:
        """Return every text taken for these periods, oldest submission first.

        More than one may speak for a unit and task: `progress.standing` says which stands.
        """
        return list(self.each_entry(periods, unit))

    def each_entry(self, periods: Iterable[Period], unit: str | None = None) -> Iterator[Entry]:
        """Yield what `entries` returns, one at a time: however many files came back."""
        by_name = {str(period): period for period in periods}
        values = list(by_name)
        where = f"entry.period IN ({', '.join('?' * len(values))})"
        if unit is not None:
            where, values = f"{where} AND entry.unit = ?", [*values, unit]
        rows = self._each(
            # By submission, whose texts lie together: to sort all texts would take as long again.
            "SELECT submission.id, submission.file, submission.sha256, submission.received_at,"
            " submission.modified_at, entry.period, entry.unit, entry.task, entry.role,"
            " entry.text, entry.place, entry.state"
            " FROM submission CROSS JOIN entry ON entry.submission = submission.id"
            f" WHERE submission.id IN (SELECT entry.submission FROM entry WHERE {where})"
            f" AND {where} ORDER BY submission.id, entry.line",
            *values,
            *values,
        )
        yield from _entries(rows, by_name)

    def told(self, period: Period) -> Iterator[tuple[int, str, str]]:
        """Yield (submission, unit, task key) of every text taken for a period that is not blank."""
        for submission, unit, task, text in self._each(
            "SELECT submission, unit, task, text FROM entry WHERE period = ?", str(period)
        ):
            if text.strip():
                yield submission, unit, task

    # ------------------------------------------------------------ outputs

    def output(self, file: str) -> Output | None:
        """Return what was last written to an output, None if nothing was."""
        rows = self._run("SELECT * FROM output WHERE file = ?", file)
        if not rows:
            return None
        written = datetime.fromisoformat(rows[0]["written_at"])
        return Output(rows[0]["file"], rows[0]["sha256"], written, rows[0]["base"])

    def record_output(self, output: Output) -> None:
        """Keep what was written to an output."""
        with self.transaction():
            self._run(
                "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?)",
                output.file,
                output.sha256,
                output.written_at.isoformat(),
                output.base,
            )

    # ------------------------------------------------------------ hand edits

    def edits(self, periods: Iterable[Period]) -> list[Edit]:
        """Return the clerk's edits in the masters of these periods that hold, oldest first."""
        names = [str(period) for period in periods]
        rows = self._run(
            "SELECT * FROM edit WHERE text IS NOT NULL AND id IN (SELECT max(id) FROM edit"
            f" WHERE period IN ({', '.join('?' * len(names))})"
            " GROUP BY period, task, field, unit) ORDER BY id",
            *names,
        )
        return [_edit(row) for row in rows]

    def record_merge(
        self, file: str, base: str, content: bytes, edits: Iterable[Edit], recorded_at: datetime
    ) -> None:
        """Keep hand edits, and what is about to be written to a master, by its id.

        Nothing is replaced: an edit that changes or is taken back is a further row.
        """
        with self.transaction():
            self._run(
                "INSERT OR REPLACE INTO base VALUES (?, ?, ?, ?)",
                base,
                file,
                recorded_at.isoformat(),
                content,
            )
            for edit in edits:
                self._run(
                    "INSERT INTO edit (period, task, field, unit, text, over, edited_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    str(edit.period),
                    edit.task,
                    edit.field,
                    edit.unit,
                    edit.text,
                    edit.over,
                    edit.edited_at.isoformat(),
                )

    def base(self, identity: str) -> tuple[str, bytes] | None:
        """Return the file that a base was written to, and the base; None if there is none."""
        rows = self._run("SELECT file, content FROM base WHERE id = ?", identity)
        return (rows[0]["file"], rows[0]["content"]) if rows else None

    def last_base(self, file: str) -> bytes | None:
        """Return the base that was last written to a file."""
        rows = self._run(
            "SELECT content FROM base WHERE file = ? ORDER BY recorded_at DESC, rowid DESC LIMIT 1",
            file,
        )
        return rows[0]["content"] if rows else None

    # ------------------------------------------------------------ mail

    def begin_mail(self, mail: Mailed) -> Mailed:
        """Keep a letter before it goes out (or that it was drafted); it comes back with its id."""
        with self.transaction():
            self._run(
                "INSERT INTO mail_sent (kind, period, unit, key, recipients, message_id, state, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                mail.kind.value,
                str(mail.period),
                mail.unit,
                mail.key,
                mail.recipients,
                mail.message_id,
                mail.state.value,
                mail.at.isoformat(),
            )
            number = self._run("SELECT last_insert_rowid()")[0][0]
        return replace(mail, id=number)

    def settle_mail(self, mail: Mailed, state: MailState, detail: str = "") -> None:
        """Keep what became of a letter."""
        with self.transaction():
            self._run(
                "UPDATE mail_sent SET state = ?, detail = ? WHERE id = ?",
                state.value,
                detail,
                mail.id,
            )

    def mails(self, period: Period, kind: MailKind) -> list[Mailed]:
        """Return the letters of a kind about a period, oldest first."""
        rows = self._run(
            "SELECT * FROM mail_sent WHERE period = ? AND kind = ? ORDER BY id",
            str(period),
            kind.value,
        )
        return [_mailed(row) for row in rows]

    def seen(self, mailbox: str, validity: int) -> set[int]:
        """Return the UIDs of a mail box that were fetched, or looked at, under a UIDVALIDITY."""
        rows = self._run(
            "SELECT uid FROM mail_seen WHERE mailbox = ? AND validity = ?", mailbox, validity
        )
        return {row[0] for row in rows}

    def knows_mailbox(self, mailbox: str) -> bool:
        """Return whether anything was ever fetched from a mail box, under any UIDVALIDITY."""
        return bool(self._run("SELECT 1 FROM mail_seen WHERE mailbox = ? LIMIT 1", mailbox))

    def record_seen(
        self, mailbox: str, validity: int, uid: int, file: str, seen_at: datetime
    ) -> None:
        """Keep that a message need not be fetched again; `file` is "" if it had no attachment."""
        with self.transaction():
            self._run(
                "INSERT OR REPLACE INTO mail_seen VALUES (?, ?, ?, ?, ?)",
                mailbox,
                validity,
                uid,
                file,
                seen_at.isoformat(),
            )

    # ------------------------------------------------------------ inside

    def _issued(self, form: Form, file: str, sha256: str, issued_at: datetime) -> int:
        identity = form.identity
        self._run(
            "INSERT INTO issue (period, unit, version, number, token, form, file, sha256,"
            " issued_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            str(identity.period),
            identity.unit,
            identity.version,
            form.number,
            form.token,
            form_to_json(form),
            file,
            sha256,
            issued_at.isoformat(),
        )
        number: int = self._run("SELECT last_insert_rowid()")[0][0]
        return number

    def _begun(
        self, file: str, origin: str, sha256: str, received_at: datetime, *, given: bool
    ) -> Delivery:
        rows = self._run(
            "SELECT * FROM delivery WHERE settled = 0 AND sha256 = ? AND origin = ?",
            sha256,
            origin,
        )
        if rows:
            return _delivery(rows[0])
        self._run(
            "INSERT INTO delivery (file, origin, sha256, received_at, given)"
            " VALUES (?, ?, ?, ?, ?)",
            file,
            origin,
            sha256,
            received_at.isoformat(),
            int(given),
        )
        number = self._run("SELECT last_insert_rowid()")[0][0]
        return Delivery(number, file, origin, sha256, received_at, settled=False, given=given)

    def _begin_anew(self) -> None:
        import secrets

        with self.transaction():
            with self._translated():
                migrations.create_tables(self._db)
            self._set("plan_id", secrets.token_hex(4))
            self._set("secret", secrets.token_hex(32))

    def _configure(self) -> None:
        self._run("PRAGMA journal_mode = WAL")
        self._run("PRAGMA synchronous = FULL")
        self._run("PRAGMA foreign_keys = ON")

    def _record(
        self, delivery: int, submission: Submission, entries: Sequence[Entry]
    ) -> Submission:
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
        )
        self._run(
            "INSERT INTO submission (id, delivery, file, sha256, kind, verdict, received_at, unit,"
            " period, modified_at, approval, sender) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET delivery = excluded.delivery, kind = excluded.kind,"
            " verdict = excluded.verdict, received_at = excluded.received_at,"
            " unit = excluded.unit, period = excluded.period,"
            " modified_at = excluded.modified_at, approval = excluded.approval,"
            " sender = excluded.sender",
            submission.id or None,
            *values,
        )
        number = submission.id or self._run("SELECT last_insert_rowid()")[0][0]
        if submission.id:
            self._run("DELETE FROM finding WHERE submission = ?", number)
            self._run("DELETE FROM entry WHERE submission = ?", number)
        self._run_each(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, line, one.code, one.severity.value, one.place, one.message)
                for line, one in enumerate(submission.findings)
            ],
        )
        self._run_each(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    number,
                    line,
                    str(one.period),
                    one.unit,
                    one.task,
                    one.role.value,
                    one.text,
                    one.place,
                    one.state,
                )
                for line, one in enumerate(entries)
            ],
        )
        return replace(submission, id=number)

    def _submissions(self, rows: Sequence[sqlite3.Row]) -> list[Submission]:
        findings = self._findings([row["id"] for row in rows])
        return [_submission(row, tuple(findings.get(row["id"], ()))) for row in rows]

    def _findings(self, submissions: Sequence[int]) -> dict[int, list[Finding]]:
        """Return the findings of these submissions, those that have any."""
        found: dict[int, list[Finding]] = {}
        for start in range(0, len(submissions), _AT_ONCE):
            numbers = submissions[start : start + _AT_ONCE]
            for row in self._run(
                f"SELECT * FROM finding WHERE submission IN ({', '.join('?' * len(numbers))})"
                " ORDER BY submission, line",
                *numbers,
            ):
                found.setdefault(row["submission"], []).append(_finding(row))
        return found

    def _get(self, name: str) -> str | None:
        rows = self._run("SELECT value FROM meta WHERE name = ?", name)
        return rows[0][0] if rows else None

    def _set(self, name: str, value: str) -> None:
        self._run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    def _run(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        with self._translated():
            return self._db.execute(statement, values).fetchall()

    def _each(self, statement: str, *values: Any) -> Iterator[sqlite3.Row]:
        """Yield rows as they are read: however many there are."""
        with self._translated():
            yield from self._db.execute(statement, values)

    def _run_each(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with self._translated():
            self._db.executemany(statement, rows)

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _operational(self.path, error) from error
        except sqlite3.DatabaseError as error:
            raise _damaged(self.path, error) from error


def _operational(path: Path, error: sqlite3.OperationalError) -> LedgerError | OutputError:
    said = str(error)
    if "locked" in said or "busy" in said:
        return _busy()
    if "full" in said:
        return OutputError("磁盘已满，台账没有写成", "此前已登记的内容都在；请清理磁盘。", AGAIN)
    if "readonly" in said or "unable to open" in said:
        return OutputError(f"无法写入台账 {path}", "请检查文件夹权限，或把工作区移到可写的位置。")
    return _damaged(path, error)


def _busy() -> LedgerError:
    return LedgerError("台账正被另一个 edu-sheet 使用", "请等它结束，或关掉那个窗口。", AGAIN)


def _damaged(path: Path, error: sqlite3.Error) -> LedgerError:
    return LedgerError(
        f"台账 {path} 已损坏，无法读取（{error}）",
        "原件都在 存档/原件 里，没有丢失。请用备份的 台账.db 替换它；没有备份时，"
        "请把它改名保存，并联系技术人员。不要直接删除。",
    )


def _by_time(period: Period) -> tuple[int, int, int]:
    return (period.last.year, period.last.month, len(period.months))


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
    )


def _submission(row: sqlite3.Row, findings: tuple[Finding, ...]) -> Submission:
    return Submission(
        id=row["id"],
        file=row["file"],
        sha256=row["sha256"],
        kind=row["kind"],
        verdict=Verdict(row["verdict"]),
        received_at=datetime.fromisoformat(row["received_at"]),
        unit=row["unit"],
        period=parse_period(row["period"]) if row["period"] else None,
        modified_at=_moment(row["modified_at"]),
        approval=approval_from_json(row["approval"]) if row["approval"] else None,
        findings=findings,
        sender=row["sender"],
    )


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        submission=row["submission"],
        action=Action(row["action"]),
        decided_at=datetime.fromisoformat(row["decided_at"]),
        unit=row["unit"],
        period=parse_period(row["period"]) if row["period"] else None,
        place=row["place"],
        task=row["task"],
    )


def _finding(row: sqlite3.Row) -> Finding:
    return Finding(row["code"], Severity(row["severity"]), row["place"], row["message"])


def _entries(rows: Iterable[sqlite3.Row], by_name: Mapping[str, Period]) -> Iterator[Entry]:
    """Yield the entries of `each_entry`: what many share (unit, task, file, moment) is one object.

    The rows of a submission stand together.
    """
    known: dict[str, str] = {}
    share = known.setdefault
    last, file, sha256 = 0, "", ""
    received_at, modified_at = None, None
    for row in rows:
        number, name, digest, received, modified, period, unit, task, role, text, place, state = row
        if number != last:
            last, file, sha256 = number, name, digest
            received_at, modified_at = _moment(received), _moment(modified)
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
            modified_at=modified_at,
            submission=number,
            state=share(state, state),
        )


def _edit(row: sqlite3.Row) -> Edit:
    return Edit(
        period=parse_period(row["period"]),
        task=row["task"],
        field=row["field"],
        unit=row["unit"],
        text=row["text"],
        over=row["over"],
        edited_at=datetime.fromisoformat(row["edited_at"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
