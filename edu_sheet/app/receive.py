"""收件箱: a file put there as a clerk would put it, from wherever it comes."""

import os
import unicodedata
from pathlib import Path
from typing import IO

from edu_sheet.kit.beneath import create, discard, make_folder, rename
from edu_sheet.kit.files import name_beside, reporting, short_name, sync_folder
from edu_sheet.store.workspace import find_workspace
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.text import visible

_LIMIT = 70  # characters: in UTF-8 well below the 255 bytes that a name may have
_CHUNK = 1 << 20
_NAMELESS = "未命名"


def receive(folder: Path, name: str, stream: IO[bytes]) -> Path:
    """Put a file into 收件箱/ under a name like its own and return where it lies.

    The name is short, safe on Windows, keeps its suffix and is nobody else's there; `collect` sees
    the file only once it is complete. EduSheetError for what `collect` would leave there for its
    name, as it came or as it is made safe; OutputError if it cannot be written: nothing is there
    then.
    """
    from edu_sheet.collect.inbox import left_for_its_name

    workspace = find_workspace(folder)
    inbox, root = workspace.inbox, workspace.root
    own = unicodedata.normalize("NFC", _last_part(name)).strip()
    safe = short_name(own, _LIMIT)
    if reason := left_for_its_name(own) or left_for_its_name(safe):
        raise EduSheetError(f"“{visible(own)}”{reason}", "")
    with reporting(inbox):
        make_folder(inbox, root)
        written, path = name_beside(inbox / "新"), None
        target = create(written, root)
    try:
        with reporting(inbox / own), target:
            while chunk := stream.read(_CHUNK):
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        path = _reserved(inbox, safe, root)
        with reporting(path):
            rename(written, path, root)
            sync_folder(inbox)
    except BaseException:
        for left in (written, path):
            if left:
                discard(left, root)
        raise
    return path


def inbox_files(folder: Path) -> tuple[str, ...]:
    """Return the names of the files that lie in 收件箱/ to be collected; nothing is read."""
    from edu_sheet.collect.inbox import lying

    return lying(find_workspace(folder))


def _last_part(name: str) -> str:
    """Return what a path ends with, 未命名 where that names no file."""
    last = name.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    return last if last.strip(". ") else _NAMELESS


def _reserved(inbox: Path, name: str, root: Path) -> Path:
    """Return a place that nobody has, with an empty file there that is ours to replace.

    `collect` leaves a file alone that is as new as that one.
    """
    first = inbox / name
    path, number = first, 1
    while True:
        with reporting(path):
            try:
                create(path, root).close()
            except FileExistsError:
                number += 1
                path = first.with_name(f"{first.stem}（{number}）{first.suffix}")
            else:
                return path
