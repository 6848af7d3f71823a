"""A ledger to look at where nothing can be written: a copy in memory, which is then forgotten.

SQLite writes even to read: the index of its log needs room, and a folder that takes it. On a full
disk, or in a folder that is read-only, what is recorded can still be shown.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import quote

from edu_sheet.store.ledger import log

_TRIES = 5  # another program may write meanwhile, where it has the right to


def copy_of(path: Path) -> sqlite3.Connection:
    """Return a copy of a ledger as it stands, its log included; nothing is written beside it.

    sqlite3.Error or OSError if it cannot be read.
    """
    if _holds_something(path.with_name(f"{path.name}-journal")):  # on a network drive, after a kill
        raise sqlite3.OperationalError("a transaction was cut off, and cannot be taken back")
    for _ in range(_TRIES):
        before, copy = _stamp(path), sqlite3.connect(":memory:", isolation_level=None)
        with _source(path) as source:
            source.backup(copy)
        if _stamp(path) == before:
            break
        copy.close()
    else:
        raise sqlite3.OperationalError("the ledger is being written")
    return copy


@contextlib.contextmanager
def _source(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield the ledger opened in a way that makes no file beside it."""
    if not _holds_something(log.beside(path)[0]):
        with _opened(path, "mode=ro&immutable=1") as source:
            yield source
        return
    try:  # the index of the log in memory: the disk may be full, but files can be opened to write
        with _opened(path, "mode=rw") as source:
            source.execute("PRAGMA locking_mode = EXCLUSIVE")
            source.execute("PRAGMA schema_version").fetchone()
            yield source
    except sqlite3.OperationalError:
        import shutil
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            for one in (path, log.beside(path)[0]):
                shutil.copyfile(one, Path(folder, one.name))
            with _opened(Path(folder, path.name), "mode=rw") as source:
                yield source


@contextlib.contextmanager
def _opened(path: Path, how: str) -> Iterator[sqlite3.Connection]:
    source = sqlite3.connect(address(path.resolve(), how), uri=True, isolation_level=None)
    with contextlib.closing(source):
        yield source


def address(path: PurePath, how: str) -> str:
    """Return a ledger's address for SQLite; a share's computer is part of the path to it."""
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(place, safe='/:')}?{how}"


def _holds_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:  # there is none
        return False


def _stamp(path: Path) -> list[tuple[int, int] | None]:
    """Return what changes when the ledger or its log is written."""
    found: list[tuple[int, int] | None] = []
    for one in (path, log.beside(path)[0]):
        try:
            said = one.stat()
            found.append((said.st_size, said.st_mtime_ns))
        except OSError:
            found.append(None)
    return found
