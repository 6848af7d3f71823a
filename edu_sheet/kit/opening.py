"""A document or a folder shown by the program that the system has for it."""

import os
import subprocess
import sys
from pathlib import Path

from edu_sheet.kit.programs import program_named


def show(what: Path | str) -> bool:
    """Open a path or an address as a double click would; return whether something opened it."""
    if sys.platform == "win32":
        try:
            os.startfile(what)  # noqa: S606 - a document, by what its content is
        except OSError:  # no program is known for it
            return False
        return True
    screen = (
        sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    opener = program_named("open" if sys.platform == "darwin" else "xdg-open")
    if not (screen and opener):
        return False
    quiet = subprocess.DEVNULL
    done = subprocess.run([opener, what], stdout=quiet, stderr=quiet, check=False)  # noqa: S603
    return done.returncode == 0
