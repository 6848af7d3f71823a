"""Nothing that lies in the shared folder is ever run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import edu_sheet
from edu_sheet import app
from tests.support.builders import DECEMBER

pytestmark = pytest.mark.once

HOME = Path(edu_sheet.__file__).resolve().parents[1]
PLANTED = [
    "rich",
    "click",
    "keyring",
    "openpyxl",
    "xlsxwriter",
    "typing",
    "pathlib",
    "json",
    "sqlite3",
    "datetime",
    "filelock",
    "multiprocessing",
    "concurrent",
    "threading",
    "pandas",
    "lxml",
    "defusedxml",
    "docx",
    "runpy",
    "pkgutil",
    "encodings",
]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A workspace with a month's forms out, and modules that say so when they are run."""
    workspace = app.create(tmp_path / "督办")
    app.generate(workspace.root, DECEMBER)
    for name in PLANTED:
        (workspace.root / f"{name}.py").write_text(
            f"open({str(tmp_path / 'ran')!r}, 'a').write('{name}\\n')\nraise SystemExit('ran')\n"
        )
    return workspace.root


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(HOME), "PYTHONUTF8": "1"}
    environment.pop("PYTHONSAFEPATH", None)
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "verb",
    [
        ("status", "2022-12"),
        ("collect", "--jobs", "2"),
        ("merge", "2022-12"),
        ("export", "2022-12"),
        ("mail", "2022-12"),
    ],
)
def test_the_program_imports_nothing_from_the_folder_that_it_stands_in(
    shared: Path, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    if verb[0] == "collect":  # enough for processes of its own
        for number in range(70):
            path = shared / "收件箱" / f"{number}.pdf"
            path.write_bytes(b"%%PDF-1.7 %d" % number)
            os.utime(path, (1_000_000_000, 1_000_000_000))
    done = run(sys.executable, "-m", "edu_sheet", *verb, cwd=shared)
    assert done.returncode in (0, 1), done.stderr
    assert not (tmp_path / "ran").exists()


def test_the_installed_command_imports_nothing_from_there_either(
    shared: Path, tmp_path: Path
) -> None:
    script = tmp_path / "bin" / "edu-sheet"
    script.parent.mkdir()
    script.write_text(
        f"#!{sys.executable}\nimport sys\nfrom edu_sheet.__main__ import main\nsys.exit(main())\n"
    )
    done = run(sys.executable, str(script), "status", "2022-12", cwd=shared)
    assert done.returncode in (0, 1), done.stderr
    assert not (tmp_path / "ran").exists()


def test_a_checkout_still_runs_from_its_own_folder(tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    shutil.copytree(HOME / "edu_sheet", copy / "edu_sheet")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "edu_sheet", "--version"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
