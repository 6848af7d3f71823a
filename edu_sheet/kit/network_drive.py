"""Whether a folder lies on another computer: there SQLite's log in shared memory cannot be used."""

import sys
from collections.abc import Callable
from pathlib import Path

_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW


def on_network(path: Path) -> bool:
    """Return whether a path lies on a network drive of Windows; elsewhere that is not asked."""
    if sys.platform == "win32":
        import ctypes

        return is_remote(path.absolute().anchor, ctypes.windll.kernel32.GetDriveTypeW)
    return False


def is_remote(anchor: str, drive_type: Callable[[str], int]) -> bool:
    """Return whether a drive, or the share that a path begins with, is another computer's."""
    plain = anchor.replace("/", "\\")
    if plain.startswith("\\\\?\\") and not plain.upper().startswith("\\\\?\\UNC\\"):
        plain = plain[4:]  # a drive of this computer, in the long spelling
    return plain.startswith("\\\\") or drive_type(plain) == _REMOTE
