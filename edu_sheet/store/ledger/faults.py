"""What SQLite says against a ledger, as what the operator can mend.

A ledger is called damaged only where SQLite has read it and found it so. A disk that is full or
faulty, a lock, a folder that cannot be written say nothing about the ledger: to put a backup in
its place would lose what was collected since.
"""

import sqlite3
from pathlib import Path

from edu_sheet.words.errors import EduSheetError, LedgerError, OutputError
from edu_sheet.words.records import REPLACE
from edu_sheet.words.step import AGAIN, Step, Verb

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUG = {  # what a statement or its values do; 0: what the module itself says, before SQLite
    0,
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_MISUSE,
    sqlite3.SQLITE_RANGE,
    sqlite3.SQLITE_TOOBIG,
}
_ROOM = 1_000_000  # bytes that a transaction and its log may need; with fewer, the disk is full


def explained(path: Path, error: sqlite3.DatabaseError) -> EduSheetError | None:
    """Return what is wrong with the ledger and what to do; None for a bug of the program."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # what is above tells details
    if code in _BUSY:
        return busy()
    if code in _DAMAGED:
        return damaged(path, str(error))
    if code == sqlite3.SQLITE_FULL:
        return _full()
    if code in _UNWRITABLE:
        return _full() if _no_room(path) else _unwritable(path)
    if code in _BUG:
        return None
    # SQLITE_IOERR as a rule: of a full disk too, where the log's index cannot be made.
    return _full() if _no_room(path) else _faulty(path, error)


def busy() -> LedgerError:
    """Return that another program is writing."""
    return LedgerError("台账正被另一个 edu-sheet 使用", "请等它结束，或关掉那个窗口。", AGAIN)


def forbidden(path: Path) -> LedgerError:
    """Return that the folder is for its owner alone."""
    return LedgerError(
        f"没有权限打开 {path.parent}",
        "“存档”只有建立工作区的帐号能打开：请换用那个帐号，"
        "或者请有权限的人在文件夹属性里把“存档”的完全控制也给您。",
    )


def damaged(path: Path, reason: str) -> LedgerError:
    """Return that the ledger has been read, and cannot be used."""
    return LedgerError(
        f"台账 {path} 已损坏，无法读取（{reason}）",
        f"原件都在 存档/原件 里，没有丢失。{REPLACE}；没有备份时，"
        "请把它改名保存，并联系技术人员。不要直接删除。",
    )


def empty(path: Path) -> LedgerError:
    """Return that the ledger's file holds nothing: a copy that was cut off, as a rule."""
    return LedgerError(
        f"台账 {path} 是空文件（0 字节）",
        "多半是复制或同步时中断了：同步盘或回收站里若有完整的 台账.db，也可当作备份。"
        f"{REPLACE}。原件都在 存档/原件 里，没有丢失。",
    )


def foreign_log(path: Path) -> LedgerError:
    """Return that the log beside the ledger is another one's: played into it, it would ruin it."""
    return LedgerError(
        f"台账 {path} 和旁边的 {path.name}-wal 对不上",
        "多半是换用了备份的台账，而旧的 -wal 还留在旁边；台账没有改动。"
        "修复会把它改名留在存档里，再补登记备份以后的内容。",
        Step(Verb.CHECK, repair=True),
    )


def not_a_ledger(path: Path) -> LedgerError:
    """Return that the file is another program's database."""
    return LedgerError(
        f"{path} 不是 edu-sheet 的台账",
        f"{REPLACE}；没有备份时，请把它改名保存，并联系技术人员。",
    )


def a_folder(path: Path) -> LedgerError:
    """Return that a folder lies where the ledger should."""
    return LedgerError(
        f"{path} 是一个文件夹，台账应当是文件",
        f"请把这个文件夹改名移走，再把 {path.name} 放回原处；找不到的，用备份的。",
    )


def unversioned(path: Path) -> LedgerError:
    """Return that this is a ledger, but says of no version that it is."""
    return LedgerError(
        f"台账 {path} 没有版本号：是正式发布以前的 edu-sheet 写的，或被别的软件改过",
        f"台账没有改动。{REPLACE}；没有备份时，请联系技术人员。",
    )


def orphan(path: Path, table: str, number: object) -> LedgerError:
    """Return that a row of the ledger belongs to what the ledger does not have."""
    return LedgerError(
        f"台账 {path} 里有的内容（{table} 表，编号 {number}）找不到所属的记录，不能升级",
        f"多半是被别的软件改过；台账没有改动。{REPLACE}；没有备份时，请联系技术人员。",
    )


def newer(path: Path, version: int, known: int) -> LedgerError:
    """Return that a later version of the program has written the ledger."""
    return LedgerError(
        f"台账 {path} 是更新的 edu-sheet 写的：它的版本是 {version}，本程序只认识到版本 {known}",
        "请把 edu-sheet 升级到最新版本后再打开；台账没有改动。",
    )


def _full() -> OutputError:
    return OutputError("磁盘已满，台账没有写成", "此前已登记的内容都在；请清理磁盘。", AGAIN)


def _unwritable(path: Path) -> OutputError:
    return OutputError(f"无法写入台账 {path}", "请检查文件夹权限，或把工作区移到可写的位置。")


def _faulty(path: Path, error: sqlite3.DatabaseError) -> OutputError:
    return OutputError(
        f"读写台账 {path} 时磁盘出错（{error}）",
        "台账没有查出损坏，不要替换它：请检查磁盘或网络盘是否连好，空间或配额是否已用完。",
        AGAIN,
    )


def _no_room(path: Path) -> bool:
    import shutil

    try:
        return shutil.disk_usage(path.parent).free < _ROOM
    except OSError:  # a folder that is gone
        return False
