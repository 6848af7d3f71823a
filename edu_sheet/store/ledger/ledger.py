"""An open ledger; SQLite beside the originals.

One transaction a submission. Nothing is ever deleted; a submission that is read again (it was set
aside, or a person decided about it) keeps its id and its decisions.
"""

import contextlib
import sqlite3
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from edu_sheet.kit.beneath import PRIVATE, LinkError, create, is_link, make_folder
from edu_sheet.kit.files import name_beside, put_in_place, reporting
from edu_sheet.store.ledger import faults, in_memory, key, log, migrations
from edu_sheet.store.ledger.database import Database
from edu_sheet.store.ledger.deliveries import Deliveries
from edu_sheet.store.ledger.edits import Edits
from edu_sheet.store.ledger.entries import Entries
from edu_sheet.store.ledger.forms import Forms
from edu_sheet.store.ledger.letters import Letters
from edu_sheet.store.ledger.mailboxes import Mailboxes
from edu_sheet.store.ledger.outputs import Outputs
from edu_sheet.store.ledger.plan import PlanRecord
from edu_sheet.store.ledger.returns import Returns
from edu_sheet.store.ledger.units import Units
from edu_sheet.words.errors import LedgerError, OutputError
from edu_sheet.words.step import Step, Verb

# Where the clock's moments stand: table, column, and which rows.
_CLOCKED = (
    ("issue", "issued_at", "1"),
    ("delivery", "received_at", "NOT given"),
    ("decision", "decided_at", "1"),
    ("mail_sent", "at", "1"),
    ("output", "written_at", "1"),
)


class Ledger:
    """An open ledger, by subject: `ledger.forms.latest(period)`.

    Every method of a subject may raise LedgerError (damaged, busy) or OutputError (disk full,
    read-only).
    """

    def __init__(self, database: Database, unwritable: OutputError | None = None) -> None:
        self.database = database
        self.unwritable = unwritable  # why this is a copy to look at, None if it is none
        self.plan = PlanRecord(database)
        self.units = Units(database)
        self.forms = Forms(database)
        self.deliveries = Deliveries(database)
        self.returns = Returns(database)
        self.entries = Entries(database)
        self.outputs = Outputs(database)
        self.edits = Edits(database)
        self.letters = Letters(database)
        self.mailboxes = Mailboxes(database)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Return a new, empty ledger with a plan id and a signing key of its own.

        LedgerError if one stands there. It is made beside its place: a kill leaves a whole one
        there, or none.
        """
        if path.exists():
            raise LedgerError(f"台账 {path} 已经存在", "没有改动它。")
        with reporting(path):
            make_folder(path.parent, path.parent.parent, private=True)
        key.make(path)
        beside = name_beside(path)
        try:
            with reporting(path):
                create(beside, path.parent, PRIVATE).close()
            with contextlib.closing(Database(beside)) as database:
                _begin(database, path)
            put_in_place(beside, path)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink()
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the ledger that stands there, carried forward to this program's version.

        LedgerError if it is missing, empty, damaged or of a newer version; OutputError if it cannot
        be written.
        """
        _refuse_links(path)
        if not _is_there(path):
            raise LedgerError(
                f"找不到台账 {path}",
                "若曾移动或删除，请放回原处；若是新工作区，请重新建立。",
                Step(Verb.CREATE),
            )
        if path.is_dir():
            raise faults.a_folder(path)
        with reporting(path):
            if path.stat().st_size == 0:
                raise faults.empty(path)
        if log.is_foreign(path):
            raise faults.foreign_log(path)
        database = Database(path)
        try:
            with database.translated():
                migrations.carry_forward(database.connection, path)
            database.configure()
            key.move_out(database)
            database.take_up_numbers()
        except BaseException:
            database.close()
            raise
        return cls(database)

    @classmethod
    def open_to_look(cls, path: Path) -> Self:
        """Return the ledger that stands there; where it cannot be written, a copy in memory.

        `unwritable` then says why, and what is recorded in the copy is forgotten. Errors as `open`
        raises them, where that cannot be read either.
        """
        try:
            return cls.open(path)
        except OutputError as error:
            try:
                copy = in_memory.copy_of(path)
            except (sqlite3.Error, OSError):
                raise error from None
            database = Database(path, copy)
            try:
                with database.translated():
                    migrations.carry_forward(copy, path, keep=False)
            except BaseException:
                database.close()
                raise
            return cls(database, error)

    def last_moment(self) -> datetime | None:
        """Return the latest moment that this machine's clock has given the ledger, None if none.

        Moments that a person or a message named are none of them.
        """
        found = [
            datetime.fromisoformat(row[0])
            for table, column, where in _CLOCKED
            for row in self.database.run(
                f"SELECT {column} FROM {table} WHERE {where} ORDER BY julianday({column}) DESC"
                " LIMIT 1"
            )
        ]
        return max(found, default=None)

    @property
    def root(self) -> str:
        """Where its workspace lay when somebody last collected or decided, "" if nobody did."""
        return self.database.meta("root") or ""

    @root.setter
    def root(self, place: str) -> None:
        with self.database.transaction():
            self.database.set_meta("root", place)

    def renew_key(self) -> bool:
        """Go on without the key that signed what went out, where it is lost; return whether so."""
        return key.renew(self.database)

    def close(self) -> None:
        """Close the ledger; it cannot be used afterwards."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def deferred(self) -> AbstractContextManager[None]:
        """In here a transaction is sure to outlast a loss of power only after `sync`."""
        return self.database.deferred()

    def sync(self) -> None:
        """Make durable all that was recorded in `deferred` so far."""
        self.database.sync()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError as error:
        raise faults.forbidden(path) from error


def _refuse_links(path: Path) -> None:
    """Raise OutputError if ledger, log or folder is a link: SQLite would follow it."""
    for one in (path.parent, path, *log.beside(path)):
        if is_link(one):
            with reporting(one):
                raise LinkError(one)


def _begin(database: Database, path: Path) -> None:
    import secrets

    with database.transaction():
        with database.translated():
            migrations.create_tables(database.connection)
        database.set_meta("plan_id", secrets.token_hex(4))
        key.take_up(database, path)
