"""The ledger's tables, as the numbered migrations from each version to the next.

The version of a ledger is how many migrations it has been through, and stands in
`PRAGMA user_version`. A new ledger goes through them all; an older one is copied beside itself,
then goes through those that it lacks, all in one transaction: whatever happens meanwhile, it has
its old version or the newest.

To change the tables, add a migration at the end of `MIGRATIONS`; never change one that was
released, for ledgers out there have been through it. It is either SQL (statements that end with a
semicolon), or a function of the open database where the rows must be read and written anew. It may
rebuild a table (make the new one, copy, drop the old one, rename): foreign keys are off until all
is done, and are checked then. It does not begin or end a transaction, and uses no code that reads
or writes today's rows: that code will change, the migration must not. In
tests/store/test_migrations.py add what it must do to a ledger of the version before.
"""

import contextlib
import itertools
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from edu_sheet.kit import clock
from edu_sheet.kit.beneath import PRIVATE, create
from edu_sheet.kit.files import name_beside, put_in_place
from edu_sheet.store.ledger import faults
from edu_sheet.words import records

Migration = str | Callable[[sqlite3.Connection], None]

_FIRST = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE due (period TEXT PRIMARY KEY, day TEXT NOT NULL);
CREATE TABLE issue (
    id INTEGER PRIMARY KEY, period TEXT NOT NULL, unit TEXT NOT NULL, version INTEGER NOT NULL,
    number TEXT NOT NULL, token TEXT NOT NULL, form TEXT NOT NULL,
    file TEXT NOT NULL, sha256 TEXT NOT NULL, issued_at TEXT NOT NULL);
CREATE INDEX issue_of ON issue (period, unit);
CREATE INDEX issue_number ON issue (number);
CREATE INDEX issue_unit ON issue (unit, version);
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL, origin TEXT NOT NULL, sha256 TEXT NOT NULL,
    received_at TEXT NOT NULL, given INTEGER NOT NULL, settled INTEGER NOT NULL DEFAULT 0);
CREATE INDEX delivery_unsettled ON delivery (settled, sha256);
CREATE TABLE submission (
    id INTEGER PRIMARY KEY, delivery INTEGER NOT NULL REFERENCES delivery, file TEXT NOT NULL,
    sha256 TEXT NOT NULL, kind TEXT NOT NULL, verdict TEXT NOT NULL, received_at TEXT NOT NULL,
    unit TEXT, period TEXT, modified_at TEXT, approval TEXT, sender TEXT NOT NULL);
CREATE INDEX submission_sha ON submission (sha256);
CREATE INDEX submission_of ON submission (period, unit);
CREATE INDEX submission_delivery ON submission (delivery);
CREATE TABLE finding (
    submission INTEGER NOT NULL REFERENCES submission, line INTEGER NOT NULL, code TEXT NOT NULL,
    severity TEXT NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY (submission, line)) WITHOUT ROWID;
CREATE TABLE entry (
    submission INTEGER NOT NULL REFERENCES submission, line INTEGER NOT NULL, period TEXT NOT NULL,
    unit TEXT NOT NULL, task TEXT NOT NULL, role TEXT NOT NULL, text TEXT NOT NULL,
    place TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (submission, line)) WITHOUT ROWID;
CREATE INDEX entry_of ON entry (period, unit);
CREATE TABLE decision (
    id INTEGER PRIMARY KEY, submission INTEGER NOT NULL REFERENCES submission, action TEXT NOT NULL,
    decided_at TEXT NOT NULL, unit TEXT, period TEXT, place TEXT, task INTEGER);
CREATE TABLE address (address TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (address, unit));
CREATE TABLE mail_sent (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, period TEXT NOT NULL, unit TEXT NOT NULL,
    key TEXT NOT NULL, recipients TEXT NOT NULL, message_id TEXT NOT NULL, state TEXT NOT NULL,
    at TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '');
CREATE INDEX mail_sent_of ON mail_sent (period, kind);
CREATE TABLE mail_seen (
    mailbox TEXT NOT NULL, validity INTEGER NOT NULL, uid INTEGER NOT NULL, file TEXT NOT NULL,
    seen_at TEXT NOT NULL, PRIMARY KEY (mailbox, validity, uid)) WITHOUT ROWID;
CREATE TABLE output (
    file TEXT PRIMARY KEY, sha256 TEXT NOT NULL, written_at TEXT NOT NULL, base TEXT NOT NULL);
CREATE TABLE base (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, recorded_at TEXT NOT NULL, content BLOB NOT NULL);
CREATE INDEX base_of ON base (file);
CREATE TABLE edit (
    id INTEGER PRIMARY KEY, period TEXT NOT NULL, task TEXT NOT NULL, field TEXT NOT NULL,
    unit TEXT NOT NULL, text TEXT, over TEXT NOT NULL, edited_at TEXT NOT NULL);
CREATE INDEX edit_of ON edit (period, task, field, unit);
"""


def _findings_as_data(database: sqlite3.Connection) -> None:
    """Keep what a finding is about, not its sentence: of older ones the sentence is all there is.

    Their place was a text: a cell (填报表!C7), a sheet, or a file in an archive or a message.
    """
    rows = database.execute(
        "SELECT finding.submission, line, code, severity, place, message, kind"
        " FROM finding LEFT JOIN submission ON submission.id = finding.submission"
    ).fetchall()
    database.execute("DROP TABLE finding")
    database.execute(
        "CREATE TABLE finding (submission INTEGER NOT NULL REFERENCES submission,"
        " line INTEGER NOT NULL, code TEXT NOT NULL, variant TEXT NOT NULL,"
        " severity TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL, member TEXT NOT NULL,"
        " about TEXT NOT NULL, PRIMARY KEY (submission, line)) WITHOUT ROWID"
    )
    for submission, line, code, severity, place, message, kind in rows:
        sheet, _, cell = place.rpartition("!")
        if not re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}(:[A-Z]{1,3}[0-9]{1,7})?", cell):
            sheet, cell = place, ""
        where = ("", "", place) if kind in ("zip", "eml", "msg") else (sheet, cell, "")
        about = json.dumps({"told": message}, ensure_ascii=False)
        database.execute(
            "INSERT INTO finding VALUES (?, ?, ?, '', ?, ?, ?, ?, ?)",
            (submission, line, code, severity, *where, about),
        )


def _decisions_by_key(database: sqlite3.Connection) -> None:
    """Keep the key of the task that a text was taken for, in the place of its 序号.

    A number that means several tasks in the forms of the unit and period is the one for which the
    submission has a text; where that does not tell, the text waits again once its file is read.
    """
    database.execute("ALTER TABLE submission ADD COLUMN issue INTEGER")
    rows = database.execute(
        "SELECT decision.*, submission.unit AS owner, submission.period AS of_period"
        " FROM decision JOIN submission ON submission.id = decision.submission ORDER BY decision.id"
    )
    names = [column[0] for column in rows.description]
    decisions = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    database.execute("DROP TABLE decision")
    database.execute(
        "CREATE TABLE decision (id INTEGER PRIMARY KEY,"
        " submission INTEGER NOT NULL REFERENCES submission, action TEXT NOT NULL,"
        " decided_at TEXT NOT NULL, unit TEXT, period TEXT, finding TEXT, place TEXT, task TEXT)"
    )
    for one in decisions:
        sheet, _, cell = (one["place"] or "").rpartition("!")
        place = json.dumps([sheet, cell, ""], ensure_ascii=False) if one["place"] else None
        kept = [
            one[name] for name in ("id", "submission", "action", "decided_at", "unit", "period")
        ]
        database.execute(
            "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?)",
            (*kept, place, _key_of(database, one)),
        )


def _key_of(database: sqlite3.Connection, decision: dict[str, Any]) -> str | None:
    """Return the key of the task whose 序号 an older decision names, None if none is certain."""
    if decision["task"] is None:
        return None
    forms = database.execute(
        "SELECT id, form FROM issue WHERE unit = ? AND period = ?",
        (decision["owner"], decision["of_period"]),
    )
    keys = set()
    for issue, form in forms.fetchall():
        with records.legible(f"编号 {issue} 的填报表"):
            rows = json.loads(form)["rows"]
            keys |= {row["key"] for row in rows if row["number"] == decision["task"]}
    if len(keys) > 1:
        taken = database.execute(
            "SELECT task FROM entry WHERE submission = ?", (decision["submission"],)
        )
        keys &= {task for (task,) in taken.fetchall()}
    return keys.pop() if len(keys) == 1 else None


def _numbers_of_findings(database: sqlite3.Connection) -> None:
    """Give every error of a submission the number by which a person names it, for good.

    Those that are known already in their order, as the .txt in 待处理 lists them.
    """
    database.execute(
        "CREATE TABLE finding_number (submission INTEGER NOT NULL REFERENCES submission,"
        " number INTEGER NOT NULL, finding TEXT NOT NULL, PRIMARY KEY (submission, number))"
        " WITHOUT ROWID"
    )
    known: dict[int, dict[str, None]] = {}
    found = database.execute(
        "SELECT submission, code, sheet, cell, member, about FROM finding"
        " WHERE severity = 'error' ORDER BY submission, line"
    )
    for submission, code, sheet, cell, member, about in found:
        task = json.loads(about).get("task")
        key = task["task"][0] if isinstance(task, dict) and "task" in task else ""
        said = [code, sheet, cell, member, key]
        name = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        known.setdefault(submission, {})[name] = None
    database.executemany(
        "INSERT INTO finding_number VALUES (?, ?, ?)",
        [
            (submission, number, name)
            for submission, names in known.items()
            for number, name in enumerate(names, start=1)
        ],
    )


MIGRATIONS: list[Migration] = [
    _FIRST,  # version 1, as of release 0.1.0
    # Plans that were free of errors, by the workbook's digest. A program that reads a workbook
    # otherwise than the one before empties the table by a step of its own.
    "CREATE TABLE plan (sha256 TEXT PRIMARY KEY, content TEXT NOT NULL);",
    _findings_as_data,
    # What had been taken in when an output was made.
    "CREATE TABLE made_from (file TEXT PRIMARY KEY, taken_in TEXT NOT NULL);",
    # Whose each form was, whatever the unit is called now: the next plan fills it in by name.
    """
    ALTER TABLE issue ADD COLUMN unit_key TEXT NOT NULL DEFAULT '';
    CREATE INDEX issue_key ON issue (period, unit, unit_key);
    CREATE TABLE unit (
        key TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, current INTEGER NOT NULL,
        PRIMARY KEY (key, name)) WITHOUT ROWID;
    DELETE FROM plan;
    """,
    _decisions_by_key,
    # The ledger's own order of arrival, where the clock did not tell it: "" is received_at.
    """
    ALTER TABLE delivery ADD COLUMN arrived_at TEXT NOT NULL DEFAULT '';
    ALTER TABLE submission ADD COLUMN arrived_at TEXT NOT NULL DEFAULT '';
    """,
    _numbers_of_findings,
    # From which addresses a unit has reported is asked of each message that comes.
    "CREATE INDEX submission_unit ON submission (unit, verdict);",
    # Which part of what is said on a task a cell holds: a quarter's form asks for three.
    "ALTER TABLE entry ADD COLUMN part TEXT NOT NULL DEFAULT 'progress';",
    # Whose a hand edit was, whatever the units are called later: (name then, key), as JSON.
    "ALTER TABLE edit ADD COLUMN unit_keys TEXT NOT NULL DEFAULT '[]';",
    # Which letters did not arrive, at which of their addresses, and why.
    """
CREATE TABLE mail_bounced (
    letter INTEGER NOT NULL REFERENCES mail_sent, address TEXT NOT NULL, reason TEXT NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (letter, address)) WITHOUT ROWID;
CREATE INDEX mail_sent_message ON mail_sent (message_id);
""",
    # Which report a person confirmed, NULL where it was proved; what the letter was before.
    """
    ALTER TABLE mail_bounced ADD COLUMN report INTEGER;
    ALTER TABLE mail_bounced ADD COLUMN before TEXT NOT NULL DEFAULT 'sent';
    """,
    # The last letter of all when it became known: what went out later was sent in spite of it.
    """
    ALTER TABLE mail_bounced ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
    UPDATE mail_bounced SET known = letter;
    """,
    # What our letters said: what else stands in a letter that a unit quotes is its own.
    "ALTER TABLE mail_sent ADD COLUMN text TEXT NOT NULL DEFAULT '';",
]


def create_tables(database: sqlite3.Connection) -> None:
    """Take an empty database through them all, within the transaction that the caller began."""
    _migrate(database, MIGRATIONS)


def carry_forward(database: sqlite3.Connection, path: Path, *, keep: bool = True) -> None:
    """Take an open ledger through what it lacks, once a copy of it is kept beside it, if wanted.

    The copy is named after the version and the moment: 台账_版本1_20221231-100000.db.
    LedgerError if the ledger is newer than this program, damaged or none, or has what cannot be
    carried forward, OutputError if the copy cannot be written, sqlite3.Error for all else; the
    ledger is then as it was, and there is no copy.
    """
    if _version(database, path) == len(MIGRATIONS):
        return
    database.execute("PRAGMA foreign_keys = OFF")  # has no effect within a transaction
    database.execute("BEGIN IMMEDIATE")
    copy = None
    try:
        version = _version(database, path)  # another edu-sheet may have been faster
        if version < len(MIGRATIONS):
            copy = _keep_copy(path, version) if keep else None
            _migrate(database, MIGRATIONS[version:])
            _refuse_orphans(database, path)
        database.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            database.rollback()
        if copy:  # the ledger is as it was: each further try would leave one more
            with contextlib.suppress(OSError):
                copy.unlink()
        raise


def _version(database: sqlite3.Connection, path: Path) -> int:
    version: int = database.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise faults.newer(path, version, len(MIGRATIONS))
    tables = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('meta', 'issue')"
    known = database.execute(tables).fetchone()[0] == 2
    if version < 1 and known:
        raise faults.unversioned(path)
    if not known:
        raise faults.not_a_ledger(path)
    return version


def _migrate(database: sqlite3.Connection, migrations: list[Migration]) -> None:
    for migration in migrations:
        if callable(migration):
            migration(database)
        else:
            for statement in _statements(migration):
                database.execute(statement)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _statements(script: str) -> Iterator[str]:
    """Yield a script's statements: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"a statement without its semicolon: {statement.strip()}")


def _refuse_orphans(database: sqlite3.Connection, path: Path) -> None:
    """Raise LedgerError if a row belongs to one that is not there: to leave it out says nothing."""
    if found := database.execute("PRAGMA foreign_key_check").fetchone():
        table, row = found[0], found[1]
        if row is None:  # a table without rowid: its first column says whose the row is
            owner = f"SELECT submission FROM {table} WHERE submission NOT IN"
            row = database.execute(f"{owner} (SELECT id FROM submission)").fetchone()[0]
        raise faults.orphan(path, table, row)


def _keep_copy(path: Path, version: int) -> Path:
    """Keep a consistent copy of a ledger beside it, what its log holds included; return it."""
    copy = _free(path.with_name(f"{path.stem}_版本{version}_{clock.now():%Y%m%d-%H%M%S}.db"))
    beside = name_beside(copy)
    try:
        create(beside, mode=PRIVATE).close()
        with (
            contextlib.closing(sqlite3.connect(path)) as source,
            contextlib.closing(sqlite3.connect(beside)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # a single file, without its log
        put_in_place(beside, copy)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    return copy


def _free(path: Path) -> Path:
    """Return the path, or one with a number where a file stands there."""
    numbered = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in itertools.count(2))
    return next(one for one in itertools.chain([path], numbered) if not one.exists())
