"""Copies of what a person changed, in 存档/: before it is replaced, and never overwritten."""

import itertools
from datetime import datetime
from pathlib import Path

from edu_sheet.kit.files import reporting, write_bytes


def keep_copy(folder: Path, name: str, data: bytes, at: datetime) -> Path:
    """Keep a version of a file in a folder under its name and a moment; return where it lies.

    The name is 总表_20221231-100000.xlsx. Nothing is written where an earlier copy of that file
    says the same. OutputError if that cannot be done.
    """
    file = Path(name)
    with reporting(folder):
        for copy in sorted(folder.iterdir()) if folder.is_dir() else ():
            alike = copy.name.startswith(f"{file.stem}_") and copy.suffix == file.suffix
            if alike and copy.is_file() and copy.read_bytes() == data:
                return copy
    stem = f"{file.stem}_{at:%Y%m%d-%H%M%S}"
    for number in itertools.count(1):
        place = folder / f"{stem}{f'-{number}' if number > 1 else ''}{file.suffix}"
        if not place.exists():
            break
    write_bytes(place, data)
    return place
