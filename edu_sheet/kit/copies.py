"""Copies of what a person changed, in 存档/: before it is replaced, and never overwritten."""

import itertools
import os
from datetime import datetime
from pathlib import Path

from edu_sheet.kit.beneath import PRIVATE, is_link
from edu_sheet.kit.files import reporting, write_bytes


def keep_copy(root: Path, folder: Path, name: str, data: bytes, at: datetime) -> Path:
    """Keep a version of a file in a folder under its name and a moment; return where it lies.

    No part of the way from `root` to the folder may be a link.

    The name is 总表_20221231-100000.xlsx. Nothing is written where an earlier copy of that file
    says the same. OutputError if that cannot be done.
    """
    file = Path(name)
    with reporting(folder):
        for copy in sorted(folder.iterdir()) if folder.is_dir() else ():
            alike = copy.name.startswith(f"{file.stem}_") and copy.suffix == file.suffix
            if alike and copy.is_file() and not is_link(copy) and copy.read_bytes() == data:
                return copy
    stem = f"{file.stem}_{at:%Y%m%d-%H%M%S}"
    for number in itertools.count(1):
        place = folder / f"{stem}{f'-{number}' if number > 1 else ''}{file.suffix}"
        if not os.path.lexists(place):
            break
    write_bytes(place, data, mode=PRIVATE, root=root)
    return place
