"""LibreOffice as the tests' real spreadsheet and word processor."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


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
            timeout=120,
        )
    made = folder / f"{source.stem}.{ending}"
    assert made.exists(), f"LibreOffice made no {made.name}"
    return made
