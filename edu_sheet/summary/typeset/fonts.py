"""Which fonts a document names: those of the settings, or their kin that this machine has."""

import importlib
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from edu_sheet.kit.programs import program_named
from edu_sheet.summary.typeset.typefaces import KNOWN, typeface
from edu_sheet.words.settings import Fonts


@dataclass(frozen=True, slots=True)
class Choice:
    """The fonts of a document, and how they came to be these."""

    fonts: Fonts
    replaced: tuple[tuple[str, str], ...] = ()  # the setting's font, and its kin that is used
    missing: tuple[str, ...] = ()  # neither it nor its kin is here
    here: tuple[str, ...] = ()  # the fonts of official documents that this machine has


def choose_fonts(fonts: Fonts) -> Choice:
    """Return the settings' fonts, each that this machine lacks replaced by its kin.

    A font without kin here stays. Where the machine cannot be asked, all of them do.
    """
    installed = _windows() if sys.platform == "win32" else _fontconfig()
    return chosen(fonts, installed) if installed else Choice(fonts)


def chosen(fonts: Fonts, installed: Collection[str]) -> Choice:
    """Return the choice for a machine that has these fonts, their names in lower case."""
    replaced: dict[str, str] = {}
    missing: list[str] = []
    names = {one.name: str(getattr(fonts, one.name)) for one in fields(fonts)}
    for name in dict.fromkeys(names.values()):
        candidates = (name, *typeface(name).kin)
        found = next((one for one in candidates if _is_there(one, installed)), None)
        if found is None:
            missing.append(name)
        elif found != name:
            replaced[name] = found
    used = {field: replaced.get(name, name) for field, name in names.items()}
    here = tuple(name for name in KNOWN if _is_there(name, installed))
    return Choice(Fonts(**used), tuple(replaced.items()), tuple(missing), here)


def _is_there(name: str, installed: Collection[str]) -> bool:
    """Whether a font is installed by its Chinese or its English name: systems know some by one."""
    return any(known.lower() in installed for known in (name, typeface(name).english))


def _fontconfig() -> set[str]:
    """Return the family names that fontconfig knows (Linux, and macOS where it is installed)."""
    program = program_named("fc-list")
    if program is None:
        return set()
    try:
        done = subprocess.run(  # noqa: S603 - the program was looked up, nothing else is passed
            [program, "--format", "%{family}\n"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return set()
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return {name.strip().lower() for line in lines for name in line.split(",") if name.strip()}


def _windows() -> set[str]:
    """Return the names in the registry: `仿宋_GB2312 (TrueType)`, `SimSun & NSimSun (TrueType)`."""
    winreg: Any = importlib.import_module("winreg")  # it exists on Windows alone
    names: set[str] = set()
    for hive in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            key = winreg.OpenKey(hive, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts")
        except OSError:
            continue
        with key:
            for number in range(winreg.QueryInfoKey(key)[1]):
                name = winreg.EnumValue(key, number)[0].split(" (")[0]
                names |= {part.strip().removesuffix(" 常规").lower() for part in name.split("&")}
    return names
