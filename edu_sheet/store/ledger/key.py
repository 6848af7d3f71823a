"""The key that signs forms, in a file of its own beside the ledger, for its owner alone.

Whoever can read it can make forms that pass for ours: it is no part of the ledger, which is
copied, sent to technicians and read by other programs. It travels with the folder, so that a
workspace works on another computer. The ledger knows by a digest which key is its own; forms that
went out under one that was lost are known by the ledger's own record of them.
"""

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.kit.beneath import PRIVATE, LinkError, read_plain, rename
from edu_sheet.kit.files import reporting, write_bytes
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.step import Step, Verb

if TYPE_CHECKING:
    from edu_sheet.store.ledger.database import Database

_BYTES = 32
_OWN = "key_id"  # meta: the digest of the ledger's own key
_RECORDED = "known_by_record"  # meta: up to which issue a form's token is told by the record
_HELD_BEFORE = "secret"  # meta: the key itself, in a ledger of before


def beside(ledger: Path) -> Path:
    """Return where the key lies: 台账_密钥.txt."""
    return ledger.with_name(f"{ledger.stem}_密钥.txt")


def read(database: "Database") -> bytes:
    """Return the key; LedgerError if it is missing, none, or another ledger's."""
    path = beside(database.path)
    found = _held(path)
    if found is None:
        raise _missing(f"找不到填报表的密钥 {path}，或者它不完整")
    if _digest(found) != database.meta(_OWN):
        raise _missing(f"{path} 是另一个台账的密钥")
    return found


def make(ledger: Path) -> None:
    """Make a new key, if there is none."""
    if not os.path.lexists(beside(ledger)):
        _keep(ledger, _new())


def take_up(database: "Database", ledger: Path) -> None:
    """Let a new ledger, which is still being made, know the key that lies in its place."""
    if found := _held(beside(ledger)):
        database.set_meta(_OWN, _digest(found))


def move_out(database: "Database") -> None:
    """Move the key out of a ledger that still holds it, and leave no trace of it in there.

    What lies in its place and is another one is kept under another name. A run that was cut off in
    between is taken up by the next one.
    """
    said = database.meta(_HELD_BEFORE)
    if said is None:
        return
    try:
        own = bytes.fromhex(said)
    except ValueError:
        own = b""
    if own and _held(beside(database.path)) != own:
        _set_aside(database.path)
        _keep(database.path, own)
    database.run("PRAGMA secure_delete = ON")
    with database.transaction():
        database.set_meta(_OWN, _digest(own))
        database.run("DELETE FROM meta WHERE name = ?", _HELD_BEFORE)
    database.run("PRAGMA wal_checkpoint(TRUNCATE)")


def renew(database: "Database") -> bool:
    """Let the ledger go on without its key; return whether it had to.

    A key that lies there becomes its own, or else a new one. What went out so far is known by the
    ledger's record of it.
    """
    found = _held(beside(database.path))
    if found and _digest(found) == database.meta(_OWN):
        return False
    if found is None:
        _set_aside(database.path)
        found = _new()
        _keep(database.path, found)
    with database.transaction():
        database.set_meta(_RECORDED, str(database.last_id("issue")))
        database.set_meta(_OWN, _digest(found))
    return True


def known_by_record(database: "Database") -> frozenset[str]:
    """Return the tokens of the forms that went out under a key that is lost."""
    last = int(database.meta(_RECORDED) or 0)
    rows = database.run("SELECT token FROM issue WHERE id <= ?", last) if last else ()
    return frozenset(row[0] for row in rows)


def _held(path: Path) -> bytes | None:
    """Return the key in a file; None if there is none."""
    with reporting(path), contextlib.suppress(FileNotFoundError, LinkError, ValueError):
        found = bytes.fromhex(read_plain(path).decode("ascii").strip())
        return found if len(found) == _BYTES else None
    return None


def _new() -> bytes:
    import secrets

    return secrets.token_bytes(_BYTES)


def _digest(key: bytes) -> str:
    return hashlib.sha256(b"edu-sheet key " + key).hexdigest()[:_BYTES]


def _set_aside(ledger: Path) -> None:
    path = beside(ledger)
    if os.path.lexists(path):
        with reporting(path):
            rename(path, path.with_name(f"{path.stem}_{os.urandom(4).hex()}.txt"))


def _keep(ledger: Path, key: bytes) -> None:
    write_bytes(beside(ledger), f"{key.hex()}\n".encode("ascii"), mode=PRIVATE, root=ledger.parent)


def _missing(what: str) -> LedgerError:
    return LedgerError(
        what,
        "它和台账放在一起，下发和认表要用：请从原来的文件夹或备份拷来。确实找不回的，请补登记："
        "另做一个密钥，已下发的表凭台账里的记录照样认得。",
        Step(Verb.CHECK, repair=True),
    )
