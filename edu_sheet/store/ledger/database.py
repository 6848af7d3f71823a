"""The ledger's file: one connection, transactions, and what SQLite says against them."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from edu_sheet.kit.network_drive import on_network
from edu_sheet.store.ledger import journal, numbers
from edu_sheet.store.ledger.faults import explained
from edu_sheet.words.errors import EduSheetError

_PATIENCE = 30  # seconds that one edu-sheet waits for another to end a transaction


class Database:
    """An open ledger file. Every method may raise LedgerError or OutputError."""

    def __init__(self, path: Path, copy: sqlite3.Connection | None = None) -> None:
        """Open the ledger's file, or take a copy of it that is open already."""
        self.path = path
        with self.translated():
            self.connection = copy or sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self._given: dict[str, int] = {}  # the highest number of each table ever given
        self._noted: list[journal.Line] = []  # in this transaction
        self._deferred = False
        self._counted = False  # whether this session has written the first page

    def configure(self) -> None:
        """Let readers and a writer work at once, and a transaction outlast a loss of power.

        On a network drive they work one after the other: the log that lets them work at once lies
        in memory that computers do not share (sqlite.org/wal.html).
        """
        self.run(f"PRAGMA journal_mode = {'DELETE' if on_network(self.path) else 'WAL'}")
        self.run("PRAGMA synchronous = FULL")
        self.run("PRAGMA foreign_keys = ON")

    def take_up_numbers(self) -> None:
        """Learn which numbers were given that the ledger may not know, and keep those it knows."""
        self._given = numbers.given(self.path)
        if self._risen():
            with contextlib.suppress(EduSheetError), self.transaction():
                pass  # busy or read-only: the next transaction keeps them

    def close(self) -> None:
        """Close the ledger; it cannot be used afterwards."""
        self.connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; may not be nested."""
        self.run("BEGIN IMMEDIATE")
        try:
            self._count_session()
            yield
            if self._noted:
                journal.append(self.path, self._noted, durable=not self._deferred)
            if not self._deferred:
                self._keep_numbers()
            self.run("COMMIT")
        except BaseException:
            self._counted = False
            with contextlib.suppress(sqlite3.Error):
                self.connection.rollback()
            raise
        finally:
            self._noted = []

    def _count_session(self) -> None:
        """Let the first page count this session, once: it tells whose log one is (log.py).

        SQLite counts where that page is written: here with the version that stands there.
        """
        if not self._counted:
            version = self.run("PRAGMA user_version")[0][0]
            self.run(f"PRAGMA user_version = {version}")
            self._counted = True

    def note(self, what: str, **columns: Any) -> None:
        """Note beside the ledger what is recorded in this transaction."""
        self._noted.append({"what": what, **columns})

    def noted(self, what: str) -> Iterator[journal.Line]:
        """Yield what was ever noted of that kind, oldest first."""
        return journal.lines(self.path, what)

    @contextlib.contextmanager
    def deferred(self) -> Iterator[None]:
        """In here a transaction is sure to outlast a loss of power only after `sync`.

        Each remains all or nothing, and in its order: to wait for the disk after every one of
        thousands takes longer than all else that is done for it.
        """
        self.run("PRAGMA synchronous = NORMAL")
        self._deferred = True
        try:
            yield
        finally:
            self._deferred = False
            self.run("PRAGMA synchronous = FULL")

    def sync(self) -> None:
        """Make durable all that was recorded in `deferred` so far."""
        self.run("PRAGMA synchronous = FULL")
        with self.transaction():
            # The log is one file: whoever waits for its end waits for it all.
            self.set_meta("synced", "")
            self._keep_numbers()
            journal.append(self.path, (), durable=True)
        self.run("PRAGMA synchronous = NORMAL")

    def given(self, table: str) -> int:
        """Return the highest id of a table that is known to have been given."""
        return self._given.get(table, 0)

    def next_id(self, table: str) -> int:
        """Return the id that the next row of a table gets, above all that were ever given."""
        return max(self.last_id(table), self._given.get(table, 0)) + 1

    def number_above(self, table: str, number: int) -> None:
        """Let the ids of a table go on above a number that is known to have been given."""
        self._given[table] = max(number, self._given.get(table, 0))

    def last_id(self, table: str) -> int:
        """Return the highest id that a table holds, 0 if it is empty."""
        number: int = self.run(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0]
        return number

    def _risen(self) -> dict[str, int]:
        """Return the highest number of each table that has risen above what is kept."""
        last = {table: self.last_id(table) for table in numbers.NUMBERED}
        return {
            table: number for table, number in last.items() if number > self._given.get(table, 0)
        }

    def _keep_numbers(self) -> None:
        """Keep the numbers given in this transaction, before it ends: no other gives any now."""
        if risen := self._risen():
            self._given = numbers.keep(self.path, self._given | risen)

    def meta(self, name: str) -> str | None:
        """Return the single fact that is kept under a name, None if there is none."""
        rows = self.run("SELECT value FROM meta WHERE name = ?", name)
        return rows[0][0] if rows else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a single fact under a name."""
        self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    def run(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """Return all rows that a statement gives."""
        try:  # not `translated`: that alone would take as long as a short statement
            return self.connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._explain(error)
            raise

    def each(self, statement: str, *values: Any) -> Iterator[sqlite3.Row]:
        """Yield rows as they are read: however many there are."""
        with self.translated():
            # `yield from` would close the cursor when nobody reads on, and by then the file may be.
            for row in self.connection.execute(statement, values):  # noqa: UP028
                yield row

    def run_each(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Execute a statement once for each row of values."""
        if not rows:
            return
        with self.translated():
            self.connection.executemany(statement, rows)

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """Turn what SQLite says into what the operator can mend."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            self._explain(error)
            raise

    def _explain(self, error: sqlite3.DatabaseError) -> None:
        """Raise what the operator can mend instead of what SQLite says, where that is known."""
        if said := explained(self.path, error):
            raise said from error
