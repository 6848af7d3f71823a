"""Whatever is sent, it ends: within the limits, and the good file beside it is collected.

Each is collected, read or checked by the real command. What counts is processor time and memory of
the command and its readers together: how busy the machine is decides nothing.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from edu_sheet.kit.reader import limits
from edu_sheet.store.workspace import Workspace
from tests.support import hostile_files
from tests.support.builders import DECEMBER, fill
from tests.support.hostile_plans import documents, masters, workbooks

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells it"),
    pytest.mark.once,
]

_ROOT = Path(__file__).parents[2]
_STARTING = 6.0  # seconds of processor time that a command and its readers take for nothing
_DOCUMENTS, _WORKBOOKS, _MASTERS = documents(), workbooks(), masters()
_CASES = {name: (ending, make) for name, ending, make in hostile_files.files()}
_SLOW = (  # a second and more of their own: alone in an inbox, the others ten at a time
    "eml: a million parts",
    "eml: 90 multiparts around a million lines",
    "eml: half a million headers",
    "xlsx: a million formatted rows",
    "xlsx: shared formulas that take long",
    "xlsx: strings without end",
    "xlsx: too many cells",
    "xlsx: two hundred thousand rows of one task",
    "xlsx: zip bomb in the sheet",
    "zip: 1,900 workbooks in two zips",
    "zip: 1,999 tables of text",
    "zip: 1,999 workbooks of nobody",
)
_QUICK = [name for name in _CASES if name not in _SLOW]
_TOGETHER = [
    *([name] for name in _SLOW),
    *(_QUICK[at :: len(_QUICK) // 10] for at in range(len(_QUICK) // 10)),
]


class Ended(NamedTuple):
    status: int
    out: str
    seconds: float
    peak: int  # bytes, of the program: its readers can have no more than their limit


# What the system tells of a process's peak is also what its parent had: this one asks itself.
_PROGRAM = """
import pathlib, runpy, sys
sys.argv[0] = "edu-sheet"
try:
    runpy.run_module("edu_sheet", run_name="__main__", alter_sys=False)
finally:
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    sys.stdout.write("\\n" + next(one.split()[1] for one in lines if one.startswith("VmHWM")))
"""


def command(*words: object) -> Ended:
    """Run the program, and tell what it took."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *map(str, words)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout
        said = process.stdout.read().decode("utf-8", "replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    out, _, peak = said.rpartition("\n")
    seconds = usage.ru_utime + usage.ru_stime
    return Ended(process.returncode, out, seconds, int(peak) * 1024)


def within_limits(ended: Ended, files: int = 1) -> None:
    """Require that no more was taken than each of so many files may have."""
    assert ended.seconds < files * limits.SECONDS + _STARTING, ended.out
    assert ended.peak < limits.MEMORY / 2, ended.out


@pytest.fixture(scope="module")
def once_issued(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("hostile") / "督办")
    assert command("init", workspace.root, "--example").status == 0
    assert command("-w", workspace.root, "generate", str(DECEMBER)).status == 0
    return workspace


@pytest.fixture(scope="module")
def once_merged(once_issued: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = _copy(once_issued, tmp_path_factory.mktemp("merged"))
    assert command("-w", workspace.root, "merge", str(DECEMBER)).status in (0, 1)
    return workspace


@pytest.fixture
def issued(once_issued: Workspace, tmp_path: Path) -> Workspace:
    """Return a workspace to collect into: no return stands beside one of the same second."""
    return _copy(once_issued, tmp_path)


def _copy(workspace: Workspace, folder: Path) -> Workspace:
    shutil.copytree(workspace.root, folder / "督办")
    return Workspace(folder / "督办")


def _filled(form: bytes, text: str) -> bytes:
    """Return a form with a text for its first task."""
    numbers = (number for number in range(1, 100))
    for number in numbers:
        try:
            return fill(form, {number: text})
        except KeyError:
            continue
    raise AssertionError("a form without tasks")


@pytest.mark.parametrize("cases", _TOGETHER, ids=" + ".join)
def test_hostile_files_are_set_aside_and_the_good_one_beside_them_taken(
    cases: list[str], issued: Workspace
) -> None:
    forms = {path.name: path.read_bytes() for path in sorted(issued.issued(DECEMBER).iterdir())}
    good, other = ([*forms.values()][place] for place in (0, 1))
    for number, case in enumerate(cases):
        ending, make = _CASES[case]
        (issued.inbox / f"{number}.{ending}").write_bytes(make(_filled(good, "甲")))
    (issued.inbox / "好.xlsx").write_bytes(_filled(other, cases[0]))
    for path in issued.inbox.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    ended = command("-w", issued.root, "collect", "--json")
    within_limits(ended, len(cases))
    assert ended.status in (0, 1), ended.out
    found = {one["file"]: one for one in json.loads(ended.out)["submissions"]}
    assert found["好.xlsx"]["verdict"] == "accepted"
    assert len(found) < 300
    assert not [*issued.inbox.iterdir()]


@pytest.mark.parametrize("case", _DOCUMENTS)
def test_a_hostile_plan_is_refused_or_read(case: str, tmp_path: Path) -> None:
    ending, make = _DOCUMENTS[case]
    (tmp_path / f"方案.{ending}").write_bytes(make())
    ended = command("init", tmp_path / "督办", "--plan", tmp_path / f"方案.{ending}")
    within_limits(ended)
    assert ended.status in (0, 1, 2), ended.out
    assert "Traceback" not in ended.out


@pytest.mark.parametrize("case", _WORKBOOKS)
def test_a_hostile_plan_workbook_is_refused_or_checked(
    case: str, once_issued: Workspace, tmp_path: Path
) -> None:
    copied = _copy(once_issued, tmp_path)
    copied.plan.write_bytes(_WORKBOOKS[case](copied.plan.read_bytes()))
    ended = command("-w", copied.root, "check")
    within_limits(ended)
    assert ended.status in (0, 1, 2), ended.out
    assert "Traceback" not in ended.out


@pytest.mark.parametrize("case", _MASTERS)
def test_a_hostile_master_is_kept_and_the_new_one_lies_beside_it(
    case: str, once_merged: Workspace, tmp_path: Path
) -> None:
    issued = _copy(once_merged, tmp_path)
    master = issued.results(DECEMBER) / "总表.xlsx"
    hostile = _MASTERS[case](master.read_bytes())
    master.write_bytes(hostile)
    ended = command("-w", issued.root, "merge", str(DECEMBER))
    within_limits(ended)
    assert ended.status in (0, 1), ended.out
    assert "Traceback" not in ended.out
    if (master.parent / "总表（新）.xlsx").exists():
        assert master.read_bytes() == hostile
