"""A clerk's session at the command line, in this process: what she types and what she reads."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edu_sheet.cli import program as cli


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Session:
    """Commands in one workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: object) -> Said:
        out, err = _Stream(), _Stream()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = cli.run(["-w", str(self.folder), *map(str, words)])
        return Said(status, out.said(), err.said())


class _Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def said(self) -> str:
        self.seek(0)
        return self.read()


def program(*words: object, encoding: str = "utf-8", folder: Path | None = None) -> Said:
    """Run the program as a process of its own, on a terminal of that encoding."""
    done = subprocess.run(
        [sys.executable, "-m", "edu_sheet", *map(str, words)],
        capture_output=True,
        cwd=folder,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        timeout=600,
        check=False,
    )
    return Said(
        done.returncode,
        done.stdout.decode(encoding, "replace"),
        done.stderr.decode(encoding, "replace"),
    )
