"""Hostile files: each is answered, within memory, and nothing is read that could mislead.

What a file may cost is processor time: how fast or busy the machine is decides nothing here.
"""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from edu_sheet import reading
from edu_sheet.reading import child, limits
from edu_sheet.reading.markup import Budget
from edu_sheet.reading.refusal import Refusal
from edu_sheet.sentences import sentence
from tests.support.workbooks import Xlsx, hostile, inline

HOSTILE = hostile()


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_read_or_refused_long_before_its_time_is_up(case: str) -> None:
    data, code = HOSTILE[case]
    book = reading.read(data)
    assert [finding.code for finding in book.findings] == ([code] if code else [])
    assert not any("时间" in sentence(finding) for finding in book.findings)
    assert book.readable is not bool(code)
    if book.readable:
        assert book.sheets[0].text(1, 1) == "甲"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells the peak")
def test_no_hostile_file_takes_500_megabytes(tmp_path: Path) -> None:
    """The child cannot (its address space is limited); here is what is read in process."""
    for number, (data, _) in enumerate(HOSTILE.values()):
        (tmp_path / f"{number:02d}").write_bytes(data)
    code = (
        "import sys, pathlib; from edu_sheet import reading\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()): reading.read(path.read_bytes())\n"
        "lines = pathlib.Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(line for line in lines if line.startswith('VmHWM')).split()[1])"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert int(done.stdout) * 1024 < limits.CHILD_MEMORY


def test_a_large_workbook_is_read_where_it_can_be_stopped() -> None:
    text = "".join(chr(0x4E00 + n % 20_000) for n in range(30_000))
    rows = "".join(inline(text, f"A{n}") for n in range(1, 200))
    book = reading.read(Xlsx(data=rows).make())
    assert book.sheets[0].text(199, 1) == text


def test_a_child_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_WAIT", 0.001)
    with pytest.raises(Refusal) as refused:
        child.run("xlsx", HOSTILE["a million formatted rows"][0], "xlsx")
    assert refused.value.finding.code == "too_large"
    assert "时间超过限度" in sentence(refused.value.finding)


_IMPATIENT = """
import time
from edu_sheet.reading import child, limits
limits.CHILD_SECONDS = 1

def work(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no processor time")
def test_a_child_that_works_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "child._tasks = lambda: {'endless': lambda data: work(1_000_000)}; child.main()"
    monkeypatch.setattr(child, "_COMMAND", (sys.executable, "-c", _IMPATIENT + endless))
    with pytest.raises(Refusal) as refused:
        child.run("endless", b"")
    assert "时间超过限度" in sentence(refused.value.finding)


def test_how_long_a_child_takes_to_start_says_nothing_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = "work(3); child.main()"
    monkeypatch.setattr(child, "_COMMAND", (sys.executable, "-c", _IMPATIENT + slow))
    assert child.run("xlsx", Xlsx(data=inline("甲")).make(), "xlsx").sheets[0].text(1, 1) == "甲"


def test_a_child_that_does_not_start_is_a_bug_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "_COMMAND", (sys.executable, "-c", "raise SystemExit('no disk')"))
    with pytest.raises(RuntimeError, match="no disk"):
        child.run("xlsx", b"", "xlsx")


def test_a_child_that_never_gets_ready_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_START", 0.001)
    with pytest.raises(RuntimeError, match="no reader started"):
        child.run("xlsx", b"", "xlsx")


def test_a_busy_machine_uses_up_no_time_of_a_file() -> None:
    budget = Budget(100, 100, seconds=0.2)
    time.sleep(0.3)
    budget.take(b"<a>")


def test_a_bug_in_the_child_keeps_its_traceback() -> None:
    with pytest.raises(RuntimeError, match="KeyError: 'no such task'"):
        child.run("no such task", b"")


def test_the_child_does_not_import_what_lies_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "edu_sheet").mkdir()
    (tmp_path / "edu_sheet" / "__init__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert child.run("xlsx", Xlsx(data=inline("甲")).make(), "xlsx").sheets[0].text(1, 1) == "甲"
