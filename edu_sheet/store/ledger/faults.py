"""What SQLite says against a ledger, as what the operator can mend."""

import sqlite3
from pathlib import Path

from edu_sheet.words.errors import LedgerError, OutputError
from edu_sheet.words.step import AGAIN


def explained(path: Path, error: sqlite3.DatabaseError) -> LedgerError | OutputError:
    """Return what is wrong with the ledger, and what to do."""
    if isinstance(error, sqlite3.OperationalError):
        return _operational(path, error)
    return _damaged(path, error)


def busy() -> LedgerError:
    """Return that another program is writing."""
    return LedgerError("台账正被另一个 edu-sheet 使用", "请等它结束，或关掉那个窗口。", AGAIN)


def _operational(path: Path, error: sqlite3.OperationalError) -> LedgerError | OutputError:
    said = str(error)
    if "locked" in said or "busy" in said:
        return busy()
    if "full" in said:
        return OutputError("磁盘已满，台账没有写成", "此前已登记的内容都在；请清理磁盘。", AGAIN)
    if "readonly" in said or "unable to open" in said:
        return OutputError(f"无法写入台账 {path}", "请检查文件夹权限，或把工作区移到可写的位置。")
    return _damaged(path, error)


def _damaged(path: Path, error: sqlite3.Error) -> LedgerError:
    return LedgerError(
        f"台账 {path} 已损坏，无法读取（{error}）",
        "原件都在 存档/原件 里，没有丢失。请用备份的 台账.db 替换它；没有备份时，"
        "请把它改名保存，并联系技术人员。不要直接删除。",
    )
