"""The screen shown: as a window of Edge where it is found, else in the default browser."""

import os
import subprocess
from pathlib import Path

from edu_sheet.kit.opening import show
from edu_sheet.kit.programs import program_named

_EDGE = Path("Microsoft", "Edge", "Application", "msedge.exe")


def open_window(address: str) -> bool:
    """Show an address of the screen; return whether something showed it."""
    edge = find_edge()
    if edge is None:
        return show(address)
    try:
        subprocess.Popen(  # noqa: S603 - by absolute path; the address is our own
            [edge, f"--app={address}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return show(address)
    return True


def find_edge() -> Path | None:
    """Return where Edge lies, None where it does not."""
    if os.name != "nt":
        shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        return program_named("microsoft-edge") if shown else None
    for name in ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA"):
        if (base := os.environ.get(name)) and (found := Path(base) / _EDGE).is_file():
            return found
    return None
