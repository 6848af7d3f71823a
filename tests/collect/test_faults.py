"""Collect is killed, or the disk, the permissions or the ledger fail, at every single step.

After it is run again the ledger equals that of an undisturbed run, every original is there, and
what waits for a person lies in 待处理.
"""

import errno
import io
import itertools
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from edu_sheet import collect
from edu_sheet.issue import generate
from edu_sheet.kit.files import sha256
from edu_sheet.kit.reader import reader
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words import errors
from tests.support import builders, readers
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    ORGANISATION,
    fill,
    moment,
    small_plan,
)
from tests.support.returns import make_zip

RECEIVED = moment("2022-12-30T10:00")
FILE_STEPS = {"open", "fsync", "rename", "replace", "unlink", "remove", "write", "mkdir"}
LEDGER_STEPS = {"execute", "executemany"}
pytestmark = [pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"), pytest.mark.once]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_Child", readers.Here)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with an inbox that holds what an inbox holds, before any collect."""
    folder = tmp_path_factory.mktemp("faults") / "督办"
    workspace, ledger = builders.new_workspace(folder)
    plan, now = small_plan(), builders.CREATED
    generate.generate(workspace, plan, ledger, DECEMBER, None, force=False, now=now)
    ledger.close()

    def filled(unit: str, number: int, text: str) -> bytes:
        return fill(workspace.form(DECEMBER, unit).read_bytes(), {number: text})

    inbox = {
        "a县教育局.xlsx": filled(EDUCATION, 1, "第一稿。"),
        "b县教育局（改）.xlsx": filled(EDUCATION, 2, "第二稿。"),
        "c县教育局（副本）.xlsx": filled(EDUCATION, 1, "第一稿。"),
        "d材料.zip": make_zip(
            {
                "县财政局.xlsx": filled(FINANCE, 1, "财政。"),
                "县委组织部.xlsx": filled(ORGANISATION, 2, "组织。"),
                "坏.xlsx": b"PK\x03\x04 broken",
            }
        ),
        "e扫描.pdf": b"%PDF-1.7\n%\xe2\xe3\n1 0 obj",
    }
    inbox["c县教育局（副本）.xlsx"] = inbox["a县教育局.xlsx"]
    for name, data in inbox.items():
        (workspace.inbox / name).write_bytes(data)
    return folder


def run(folder: Path) -> None:
    workspace = Workspace(folder)
    with Ledger.open(workspace.ledger) as ledger:
        collect.collect(workspace, ledger, None, received_at=RECEIVED, now=RECEIVED)


def state(folder: Path) -> dict[str, Any]:
    """Return everything that a run leaves: the ledger, the originals, what waits, the inbox."""
    workspace = Workspace(folder)
    with Ledger.open(workspace.ledger) as ledger:
        recorded = ledger.returns.submissions()
        entries = ledger.entries.of([DECEMBER])
        unsettled = ledger.deliveries.unsettled()
    for one in recorded:
        assert sha256(workspace.original(one.sha256).read_bytes()) == one.sha256
    return {
        "submissions": recorded,
        "entries": entries,
        "unsettled": unsettled,
        "pending": sorted(path.name for path in workspace.pending.iterdir()),
        "inbox": sorted(path.name for path in workspace.inbox.iterdir()),
    }


@pytest.fixture(scope="module")
def undisturbed(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("undisturbed") / "督办"
    shutil.copytree(prepared, folder)
    run(folder)
    found = state(folder)
    assert found["inbox"] == []
    assert len(found["submissions"]) == 7
    return found


def unnumbered(found: dict[str, Any]) -> dict[str, Any]:
    """Return what a run leaves without the numbers that files got in the order of their turn.

    A file that cannot be read at first, or over which a run was killed, does not hold up the
    others: its turn comes later then, and of two equal files the other one is the duplicate.
    """
    return found | {
        "submissions": sorted((one.sha256, one.verdict, one.unit) for one in found["submissions"]),
        "entries": sorted((one.unit, one.task, one.text, one.place) for one in found["entries"]),
        "pending": sorted(_without_numbers(name) for name in found["pending"]),
    }


def _without_numbers(text: str) -> str:
    return re.sub(r"^\d{4}_", "", text)


def in_child(work: Callable[[], object]) -> int:
    """Run something in a child process; return its exit status."""
    child = os.fork()
    if child == 0:
        status = 99
        try:
            work()
            status = 0
        except (errors.EduSheetError, sqlite3.Error):
            status = 2
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_step(
    step: int, names: set[str], act: Callable[[], object], struck: Path
) -> Callable[..., None]:
    """Return a profiler that acts just before the n-th call of one of these C functions.

    It leaves a file behind to say that there was an n-th call.
    """
    count = 0

    def profile(frame: FrameType, event: str, function: Any) -> None:
        nonlocal count
        if event == "c_call" and function.__name__ in names and _of_the_system(function):
            count += 1
            if count == step:
                struck.touch()
                act()

    return profile


def _of_the_system(function: Any) -> bool:
    """Return whether a C function reaches out of the process: no str.replace, no BytesIO.write."""
    owner = getattr(function, "__self__", None)
    return function.__module__ in {"posix", "_io"} or isinstance(
        owner, io.BufferedWriter | io.FileIO | sqlite3.Connection
    )


def die() -> None:
    os._exit(9)


def fail_with(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


def said_by_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    return error


# What the same steps may raise takes turns at them.
STEPS = {
    "killed": (1, 1),
    "disk full": (1, 2),
    "permission denied": (2, 2),
    "ledger locked": (1, 2),
    "ledger full": (2, 2),
}
FAULTS: dict[str, tuple[set[str], Callable[[], object]]] = {
    "killed": (FILE_STEPS | LEDGER_STEPS, die),
    "disk full": (FILE_STEPS, fail_with(OSError(errno.ENOSPC, "No space left on device"))),
    "permission denied": (FILE_STEPS, fail_with(PermissionError(errno.EACCES, "denied"))),
    "ledger locked": (LEDGER_STEPS, fail_with(said_by_sqlite(sqlite3.SQLITE_BUSY))),
    "ledger full": (LEDGER_STEPS, fail_with(said_by_sqlite(sqlite3.SQLITE_FULL))),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_step_loses_nothing(
    fault: str, prepared: Path, undisturbed: dict[str, Any], here: None, tmp_path: Path
) -> None:
    steps = itertools.count(*STEPS[fault])
    assert struck_at(steps, fault, prepared, undisturbed, tmp_path) > 10


def test_a_kill_while_the_reader_works_loses_nothing(
    prepared: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    assert struck_at(itertools.count(3, 40), "killed", prepared, undisturbed, tmp_path) > 3


@pytest.mark.parametrize("question", range(1, 15, 2))
def test_a_reader_that_is_killed_costs_no_file(
    question: int,
    prepared: Path,
    undisturbed: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "_Child", readers.Killed)
    monkeypatch.setattr(readers.Killed, "questions", 0)
    monkeypatch.setattr(readers.Killed, "before", frozenset({question}))
    folder = tmp_path / "督办"
    shutil.copytree(prepared, folder)
    run(folder)
    assert readers.Killed.questions > 14
    assert state(folder) == undisturbed


def test_a_file_that_two_readers_die_of_is_set_aside(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_Child", readers.Killed)
    monkeypatch.setattr(readers.Killed, "questions", 0)
    monkeypatch.setattr(readers.Killed, "before", frozenset({4, 6}))
    folder = tmp_path / "督办"
    shutil.copytree(prepared, folder)
    run(folder)
    damaged = [
        one.file
        for one in state(folder)["submissions"]
        if any(finding.code == "damaged" for finding in one.findings)
    ]
    assert damaged == ["b县教育局（改）.xlsx", "d材料.zip"]


def struck_at(
    steps: Iterable[int], fault: str, prepared: Path, undisturbed: dict[str, Any], tmp_path: Path
) -> int:
    """Let a fault strike at these steps, until there is none so late; return how many there were.

    Each time collect is run again, and what it leaves is what an undisturbed run leaves.
    """
    names, act = FAULTS[fault]
    struck = tmp_path / "struck"
    for done, step in enumerate(steps):
        folder = tmp_path / f"step{step}"
        shutil.copytree(prepared, folder)
        profile = at_step(step, names, act, struck)

        def disturbed(folder: Path = folder, profile: Callable[..., None] = profile) -> None:
            sys.setprofile(profile)
            run(folder)

        status = in_child(disturbed)
        assert status in (0, 2, 9), f"step {step}: a traceback"
        run(folder)
        assert unnumbered(state(folder)) == unnumbered(undisturbed), f"step {step}"
        shutil.rmtree(folder)
        if not struck.exists():
            return done
        struck.unlink()
    raise AssertionError("steps without end")
