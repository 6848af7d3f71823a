"""Where a program of the system lies: never in the current folder, which others write to."""

import os
import shutil
from pathlib import Path

_ENDINGS = (".exe",) if os.name == "nt" else ("",)  # .cmd and .bat would be given to a shell


def program_named(name: str) -> Path | None:
    """Return the absolute path of a program, None if the system's folders have none.

    On Windows `shutil.which` looks into the current folder first; relative folders of PATH are the
    same thing. With a folder in the name it adds no ending, before Python 3.12.
    """
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    kept = [one for one in folders if Path(one).is_absolute() and not _is_current(one)]
    for folder in kept:
        for ending in _ENDINGS:
            # With a folder in its name it looks there alone.
            found = shutil.which(str(Path(folder) / f"{name}{ending}"))
            if found:
                return Path(found)
    return None


def _is_current(folder: str) -> bool:
    try:
        return Path(folder).samefile(Path.cwd())
    except OSError:
        return False
