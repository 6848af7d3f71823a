"""Which of the document's fonts are missing on this machine: a PDF shows others in their place."""

import importlib
import subprocess
import sys
from typing import Any

from edu_sheet.kit.programs import program_named
from edu_sheet.words.settings import Fonts

# A font answers to its Chinese and to its English name; systems know some by one of them only.
_ENGLISH = {
    "宋体": "SimSun",
    "黑体": "SimHei",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "仿宋_GB2312": "FangSong_GB2312",
    "楷体_GB2312": "KaiTi_GB2312",
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "方正小标宋_GBK": "FZXiaoBiaoSong-B05",
}


def missing_fonts(fonts: Fonts) -> tuple[str, ...]:
    """Return the fonts of the settings that this machine lacks; () where it cannot be asked."""
    installed = _windows() if sys.platform == "win32" else _fontconfig()
    if not installed:
        return ()
    wanted = (fonts.title, fonts.body, fonts.heading1, fonts.heading2, fonts.sheet, fonts.latin)
    return tuple(
        name
        for name in dict.fromkeys(wanted)
        if not any(known in installed for known in (name.lower(), _ENGLISH.get(name, name).lower()))
    )


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
