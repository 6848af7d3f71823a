"""Windows' own Python, run by wine: what a clerk installs, without a Windows.

What wine 8 lacks is provided here and nowhere else: a random number generator that Rust's wheels
ask for.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHINESE = "gb18030"  # of cp936, what its console speaks
LOCALE = "zh_CN.UTF-8"  # wine takes the code page from it
_NEEDED = ("wine", "makensis", "localedef")
_MODULES = ("uv", "ziglang")  # of edu-sheet[windows]
_RANDOM = """
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *, unsigned long);
__declspec(dllexport) int ProcessPrng(unsigned char *data, unsigned long long length)
{ return SystemFunction036(data, (unsigned long)length); }
int __stdcall DllMainCRTStartup(void *module, unsigned long reason, void *reserved) { return 1; }
"""


def require() -> None:
    """Skip the test where wine or what builds the installer is missing; fail where it may not be."""
    missing = [one for one in _NEEDED if not shutil.which(one)]
    missing += [one for one in _MODULES if importlib.util.find_spec(one) is None]
    if not missing:
        return
    said = f"{', '.join(missing)} missing: Windows' Python cannot be run"
    if os.environ.get("EDU_SHEET_WINDOWS") == "required":
        pytest.fail(said)
    pytest.skip(said)


@dataclass(frozen=True)
class Windows:
    """What was built, and a Windows of its own to run it in."""

    folder: Path  # of the build: 督办填报/, the installer, the zip, a home and what wine writes

    @property
    def program(self) -> Path:
        """The folder that is installed."""
        return self.folder / "made" / "督办填报"

    @property
    def drive(self) -> Path:
        """Drive C:."""
        return self.folder / "wine" / "drive_c"

    @property
    def environment(self) -> dict[str, str]:
        """As wine needs it: its own folder, a Chinese locale, no word of its own."""
        return {
            **{name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ},
            "HOME": str(self.folder / "home"),
            "WINEPREFIX": str(self.folder / "wine"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "LC_ALL": LOCALE,
            "LOCPATH": str(self.folder / "locale"),
        }

    def run(self, *command: str, cwd: Path, seconds: int = 900) -> str:
        """Return what a program of Windows says; it must end well, and in time to be of use."""
        done = subprocess.run(
            ["wine", *command],
            cwd=cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,  # a pipe: wine has no console to give
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
        said = done.stdout.decode(CHINESE, "replace")
        assert done.returncode == 0, said
        return said

    def start(self, *command: str, cwd: Path) -> "subprocess.Popen[bytes]":
        """Return a program of Windows that goes on."""
        return subprocess.Popen(
            ["wine", *command],
            cwd=cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def build(folder: Path) -> Windows:
    """Return what `packaging/windows/build.py` makes of the checkout, for a trial."""
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    script = ROOT / "packaging" / "windows" / "build.py"
    _run(sys.executable, str(script), str(wheel), str(folder / "made"), "--quick")
    windows = Windows(folder)
    (folder / "home").mkdir()
    (folder / "locale").mkdir()
    _run("localedef", "-i", "zh_CN", "-f", "UTF-8", str(folder / "locale" / LOCALE))
    windows.run("wineboot", "-i", cwd=folder)
    (folder / "random.c").write_text(_RANDOM, encoding="utf-8")
    library = windows.drive / "windows" / "system32" / "bcryptprimitives.dll"
    _run(
        sys.executable, "-m", "ziglang", "cc", "-target", "x86_64-windows-gnu", "-shared",
        "-nostdlib", str(folder / "random.c"), "-ladvapi32", "-o", str(library),
    )  # fmt: skip
    return windows


def libraries(folder: Path, names: Sequence[str]) -> None:
    """Put libraries for Windows' Python into a folder: those that tests need."""
    _run(
        sys.executable, "-m", "uv", "pip", "install", "-q", "--target", str(folder),
        "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11",
        "--only-binary", ":all:", *names,
    )  # fmt: skip


def drive_z(path: Path) -> str:
    """Return a path of this system as Windows' programs see it."""
    return "Z:" + str(path).replace("/", "\\")


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert done.returncode == 0, said
