"""LibreOffice as the tests' real spreadsheet and word processor."""

import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

_DRIVER = Path(__file__).with_name("office_driver.py")

XLSX = "Calc MS Excel 2007 XML"
XLS = "MS Excel 97"
ODS = "calc8"

# ("type", sheet, cell, text): go there and type; the result is what the cell holds afterwards
# ("read", sheet, cell): the result is what the cell holds
# ("select", sheet, cells): select cells with the mouse
# ("do", ".uno:Command", {argument: value}): choose a command from the menu
Step = tuple[object, ...]


def require() -> str:
    """Skip the test where LibreOffice is missing; in CI that is a failure."""
    if SOFFICE is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing in CI")
        pytest.skip("LibreOffice is not installed")
    return SOFFICE


def convert(source: Path, ending: str, folder: Path, filters: str = "") -> Path:
    """Let LibreOffice open a file and save it as another kind; return the new file."""
    program = require()
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                f"{ending}:{filters}" if filters else ending,
                "--outdir",
                str(folder),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=600,
        )
    made = folder / f"{source.stem}.{ending}"
    assert made.exists(), f"LibreOffice made no {made.name}"
    return made


def drive(
    source: Path, steps: Sequence[Step], target: Path, filters: str = XLSX
) -> list[str | None]:
    """Let a person open a workbook in LibreOffice, do the steps, and save it as `target`.

    Return a result for each step. What the program refuses, such as typing into a locked cell, it
    refuses here too: the cell then holds what it held.
    """
    job = {
        "program": require(),
        "source": str(source.resolve()),
        "steps": steps,
        "target": str(target.resolve()),
        "filters": filters,
    }
    done = subprocess.run(
        [_python_with_uno(), str(_DRIVER)],
        input=json.dumps(job),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert target.exists(), f"LibreOffice saved no {target.name}"
    results: list[str | None] = json.loads(done.stdout.splitlines()[-1])
    return results


@functools.cache
def _python_with_uno() -> str:
    """Return the Python that has LibreOffice's `uno`; skip the test, in CI fail, without one."""
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            subprocess.run([python, "-c", "import uno"], capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    if os.environ.get("CI"):
        pytest.fail("python3-uno is missing in CI")
    pytest.skip("python3-uno is not installed")
