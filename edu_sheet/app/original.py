"""An original as a person can look at it: a copy with its name and the ending that it should have.

In 存档/原件 it lies under its digest, without an ending, and must stay as it came.
"""

import itertools
import stat
from dataclasses import dataclass
from pathlib import Path

from edu_sheet.app.session import opened
from edu_sheet.kit.beneath import lies, read_plain
from edu_sheet.kit.files import reporting, sha256, short_name, write_bytes
from edu_sheet.words.errors import LedgerError

_NAME_LIMIT = 70  # characters
_TO_LOOK_AT = stat.S_IREAD | stat.S_IRGRP  # and not to be written into
_NO_PROGRAM = ".bin"  # so that no system starts what may be a program
# The endings that are right for what a file is; the first where its own name has none of them.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "xlsx": (".xlsx",),
    "xlsm": (".xlsm",),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".et"),
    "encrypted": (".xlsx", ".xls", ".xlsm", ".et", ".docx", ".doc"),
    "ods": (".ods",),
    "fods": (".fods",),
    "csv": (".csv", ".txt"),
    "pdf": (".pdf",),
    "ofd": (".ofd",),
    "docx": (".docx", ".odt", ".docm", ".wps"),
    "doc": (".doc", ".wps", ".rtf"),
    "pptx": (".pptx", ".odp"),
    "ppt": (".ppt", ".dps"),
    "image": (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp"),
    "zip": (".zip",),
    "rar": (".rar",),
    "eml": (".eml",),
    "msg": (".msg",),
    "mbox": (".mbox",),
    "tnef": (".dat",),
    "signed": (".p7m",),
    "sealed": (".p7m", ".asc"),
}


@dataclass(frozen=True, slots=True)
class OriginalCopy:
    """A copy to look at, read-only; `safe`: a document, which may be opened without a thought."""

    path: Path
    safe: bool


def original_of(folder: Path, number: int) -> OriginalCopy:
    """Return a submission's original as a copy in 存档/查看, under its number and name.

    A copy that is there already is that one; one that a person changed stays, and another is made.
    LedgerError if there is no such submission or its original is gone.
    """
    from edu_sheet.reading import kind_of

    with opened(folder) as (workspace, ledger):
        submission = ledger.returns.submission(number)
        original = workspace.original(submission.sha256)
        if not original.exists():
            raise LedgerError(
                f"存档里找不到编号 {number} 的原件（{workspace.relative(original)}）",
                "请从备份恢复 存档/原件。",
            )
        with reporting(original):
            data = workspace.read_original(submission.sha256)
        name, safe = _named(submission.file.rpartition("/")[2], kind_of(data))
        wanted = workspace.viewing / f"{number:04d}_{name}"
    for again in itertools.count(1):
        mark = "" if again == 1 else f"（{again}）"
        path = wanted.with_name(f"{wanted.stem}{mark}{wanted.suffix}")
        with reporting(path):
            if not lies(path, workspace.root):
                break
            if sha256(read_plain(path, workspace.root)) == submission.sha256:
                return OriginalCopy(path, safe)
    write_bytes(path, data, mode=_TO_LOOK_AT, root=workspace.root)
    return OriginalCopy(path, safe)


def _named(name: str, kind: str) -> tuple[str, bool]:
    """Return a safe name with the ending that fits what the file is, and whether it is known."""
    fitting = _ENDINGS.get(kind, ())
    wanted = fitting[0] if fitting else _NO_PROGRAM
    if not name.lower().endswith(fitting or _NO_PROGRAM):
        name = f"{short_name(name, _NAME_LIMIT - len(wanted))}{wanted}"
    return short_name(name, _NAME_LIMIT), bool(fitting)
