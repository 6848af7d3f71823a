"""LibreOffice, where it is installed: found, and run with a profile of its own."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from edu_sheet.kit.programs import program_named

_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/opt/libreoffice/program/soffice"),
    Path("/snap/bin/libreoffice"),
)


def find_office() -> Path | None:
    """Return LibreOffice's program, None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := program_named(name):
            return found
    return next((place for place in _PLACES if place.exists()), None)


def run_office(
    program: Path,
    folder: Path,
    source: Path,
    kind: str,
    seconds: float,
    options: Sequence[str] = (),
) -> str | None:
    """Convert a file to that kind, beside it; return what was said, None if out of time.

    The profile lies in the folder, so that a LibreOffice that is open already is no hindrance.
    OSError if the program cannot be run.
    """
    _write_profile(folder / "profile")
    profile = (folder / "profile").as_uri()
    command = [str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += [*options, "--convert-to", kind, "--outdir", str(folder), str(source)]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows: no black box
    try:
        done = subprocess.run(  # noqa: S603 - the program was looked up, the file is our own
            command, capture_output=True, timeout=seconds, check=False, creationflags=hidden
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stderr.decode("utf-8", "replace").strip()[-200:]


# Of the folder that the program is started with: no macro runs, nothing is fetched or updated.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
"""
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
)


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}"'
        f' oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    folder = profile / "user"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "registrymodifications.xcu").write_text(
        f"{_PROFILE}{items}</oor:items>\n", encoding="utf-8"
    )
