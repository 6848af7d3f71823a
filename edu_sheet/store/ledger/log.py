"""台账.db-wal: what SQLite wrote last, and after a kill has yet to put into the ledger's file.

Where a backup is put in the place of the ledger and its log stays, SQLite plays the one into the
other: the pages of two ledgers become one file that is neither, and may well look sound. It shows
before that in a look that changes nothing: the first page of a database counts the sessions that
changed it, and a log goes on where its database stands.
"""

import contextlib
import sqlite3
import struct
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from edu_sheet.kit.files import reporting

_RUINED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_HEAD, _FRAME = struct.Struct(">4xII4x8s"), struct.Struct(">I4x8s")  # as SQLite's format has them
_HEAD_BYTES, _FRAME_BYTES = 32, 24
_COUNTER = slice(24, 28)  # of the first page


def is_foreign(ledger: Path) -> bool:
    """Return whether the log beside a ledger is not its own; no log is none of another's.

    It stands there with something in it only after a kill, or while another process writes.
    """
    log = beside(ledger)[0]
    try:
        if not log.stat().st_size:
            return False
        with ledger.open("rb") as stream:
            stands = int.from_bytes(stream.read(100)[_COUNTER])
        goes_on = next(_counters(log), stands)
    except OSError:  # there is none
        return False
    # One session may be under way; a log that was begun anew goes on with the count as it is.
    return goes_on > stands + 1 or (_ruined(ledger, "mode=ro") and not _ruined(ledger, _ALONE))


def set_aside(ledger: Path, now: datetime) -> None:
    """Give another name to a log that is not the ledger's; OutputError if that cannot be done.

    It is kept: 台账_遗留_20221231-100000.db-wal.
    """
    if not is_foreign(ledger):
        return
    for one in beside(ledger):
        with reporting(one), contextlib.suppress(FileNotFoundError):
            ending = one.name.removeprefix(ledger.stem)
            one.rename(one.with_name(f"{ledger.stem}_遗留_{now:%Y%m%d-%H%M%S}{ending}"))


def _counters(log: Path) -> Iterator[int]:
    """Yield what each first page in a log counts, as far as the log is of one piece."""
    with log.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
        if len(head) < _HEAD_BYTES:
            return
        _, size, salt = _HEAD.unpack_from(head)
        while len(frame := stream.read(_FRAME_BYTES)) == _FRAME_BYTES:
            page, same = _FRAME.unpack_from(frame)
            content = stream.read(size)
            if same != salt or len(content) < size:
                return
            if page == 1:
                yield int.from_bytes(content[_COUNTER])


_ALONE = "mode=ro&immutable=1"  # the ledger's file without its log


def _ruined(ledger: Path, how: str) -> bool:
    """Return whether SQLite, opened so, finds the ledger damaged."""
    try:
        # Read-only: to close it puts nothing of the log into the ledger.
        address = f"{ledger.resolve().as_uri()}?{how}"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
            (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:  # busy, or no such address: it is opened as always
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _RUINED
    return bool(said != "ok")


def beside(ledger: Path) -> tuple[Path, Path]:
    """Return where SQLite keeps a ledger's log, and its index."""
    return ledger.with_name(f"{ledger.name}-wal"), ledger.with_name(f"{ledger.name}-shm")
