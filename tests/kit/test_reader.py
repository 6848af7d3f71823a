"""The reader: limits of the system's, a kill costs one file, and what it answers is data."""

import errno
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from pkgutil import walk_packages
from types import SimpleNamespace

import pytest

from edu_sheet import plan
from edu_sheet.kit.data import DataError, decode, encode
from edu_sheet.kit.reader import limits, reader
from edu_sheet.kit.reader.reader import Reader, StoppedError, asked
from edu_sheet.words.errors import PlanError
from edu_sheet.words.findings import Finding, Severity
from tests.support import readers


@pytest.fixture(autouse=True)
def kept_readers() -> None:
    """Each reader here has a process of its own, as in the program."""


def test_one_process_reads_one_file_after_the_other() -> None:
    with Reader() as one:
        assert one.ask(readers.process, b"") == one.ask(readers.process, b"") != os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="a signal tells it on POSIX")
def test_a_file_that_works_without_end_is_stopped_and_the_next_one_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    with Reader() as one:
        before = one.ask(readers.process, b"")
        with pytest.raises(StoppedError, match="time"):
            one.ask(readers.work_without_end, b"", seconds=1)
        assert one.spent == 1, "all that it was given"
        assert one.ask(readers.process, b"") != before


def test_what_a_file_takes_is_the_time_of_all_that_is_asked_of_it() -> None:
    with Reader() as one:
        one.ask(readers.work, b"", 0.05)
        one.ask_more(readers.work, 0.05)
        assert one.spent >= 0.1
        one.ask(readers.process, b"")
        assert one.spent < 0.1
        with pytest.raises(StoppedError, match="crashed"):
            one.ask(readers.work_and_die, b"", 0.05)
        assert one.spent >= 0.1, "it was asked twice"


def test_each_file_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with Reader() as one:
        for _ in range(3):
            assert one.ask(readers.work, b"", 0.9, seconds=2) == b""


def test_a_file_that_takes_all_memory_is_stopped_and_the_next_one_read() -> None:
    with Reader() as one:
        with pytest.raises(StoppedError, match="memory"):
            one.ask(readers.fill_memory, b"")
        assert one.ask(readers.process, b"")


def test_a_file_that_kills_its_reader_is_stopped_and_the_next_one_read() -> None:
    with Reader() as one:
        with pytest.raises(StoppedError, match="crashed"):
            one.ask(readers.die, b"")
        assert one.ask(readers.process, b"")


def test_a_reader_that_dies_over_no_fault_of_the_file_is_told_in_no_way(tmp_path: Path) -> None:
    with Reader() as one:
        assert one.ask(readers.die_once, b"text", str(tmp_path / "once")) == b"text"


def test_a_fresh_reader_reads_the_file_before_it_answers_what_is_asked_further(
    tmp_path: Path,
) -> None:
    (tmp_path / "once").touch()
    with Reader() as one:
        before = one.ask(readers.read, b"")
        after = one.ask_more(readers.answer_after, str(tmp_path / "once"))
        assert after != before
        assert one.ask(readers.process, b"") == after


def test_a_file_is_read_again_once_and_no_more(tmp_path: Path) -> None:
    with Reader() as one:
        one.ask(readers.die_once, b"", str(tmp_path / "once"))
        with pytest.raises(StoppedError, match="crashed"):
            one.ask_more(readers.die)


def test_a_file_is_read_by_another_reader_where_the_first_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows says of the pipe of a process that has ended that the argument is invalid."""
    start, ended = reader._Child.__init__, []

    def dying(self: reader._Child, times: int) -> None:
        start(self, times)
        pipe, process = self._process.stdin, self._process
        assert pipe is not None

        def write(_data: bytes) -> int:
            process.kill()
            ended.append(process.wait())
            raise OSError(errno.EINVAL, "Invalid argument")

        if not ended:
            stand_in = SimpleNamespace(write=write, flush=pipe.flush, close=pipe.close)
            process.stdin = stand_in  # type: ignore[assignment]

    monkeypatch.setattr(reader._Child, "__init__", dying)
    with Reader() as one:
        assert one.ask(readers.process, b"")
    assert ended


def test_a_file_that_goes_over_a_limit_is_not_read_again(tmp_path: Path) -> None:
    read = tmp_path / "read"
    with Reader() as one:
        with pytest.raises(StoppedError, match="memory"):
            one.ask(readers.fill_memory_and_count, b"", str(read))
        assert read.read_text() == "."


def test_a_reader_that_is_killed_while_it_starts_is_started_again() -> None:
    with Reader() as one:
        one.start()
        assert one._child is not None
        one._child._process.kill()
        assert one.ask(readers.process, b"")


def test_a_reader_that_is_stuck_is_stopped_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    with Reader() as one:
        one.ask(readers.process, b"")
        monkeypatch.setattr(one._child, "_wait", 0.001)
        with pytest.raises(StoppedError, match="time"):
            one.ask(readers.sleep, b"")


def test_a_reader_that_a_file_has_made_fat_reads_no_other() -> None:
    with Reader() as one:
        before = one.ask(readers.process, b"")
        one.ask(readers.grow, b"", limits.FAT)
        assert one.ask(readers.process, b"") != before


def test_how_long_a_reader_takes_to_start_says_nothing_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = "from tests.support.readers import work; work(b'', 2.5)\n"
    slow += "from edu_sheet.kit.reader.process import main; raise SystemExit(main())"
    monkeypatch.setattr(reader, "_COMMAND", (sys.executable, "-c", slow))
    with Reader() as one:
        assert one.ask(readers.work, b"", 0.5, seconds=1.5) == b""


def test_a_reader_that_does_not_start_is_a_bug_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "_COMMAND", (sys.executable, "-c", "raise SystemExit('no disk')"))
    with pytest.raises(RuntimeError, match="no disk"):
        asked(readers.process, b"")


def test_a_reader_that_never_gets_ready_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "START", 0.001)
    stuck = "import time; time.sleep(600)"
    monkeypatch.setattr(reader, "_COMMAND", (sys.executable, "-c", stuck))
    with pytest.raises(RuntimeError, match="no reader started"):
        asked(readers.process, b"")


def test_a_bug_keeps_its_traceback_and_the_reader_goes_on() -> None:
    with Reader() as one:
        before = one.ask(readers.process, b"")
        with pytest.raises(reader.BugError, match="in stumble") as told:
            one.ask(readers.stumble, b"")
        assert told.value.kind == "KeyError"
        assert one.ask(readers.process, b"") == before


def test_what_the_operator_can_mend_is_raised_as_it_was() -> None:
    with pytest.raises(PlanError) as told:
        asked(readers.refuse, b"")
    wanted = readers.REFUSED
    assert (told.value.message, told.value.hint) == (wanted.message, wanted.hint)
    assert told.value.next == wanted.next


def test_the_reader_does_not_import_what_lies_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "edu_sheet").mkdir()
    (tmp_path / "edu_sheet" / "__init__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert asked(readers.process, b"")


def test_the_reader_never_has_the_ledger() -> None:
    of_plans = [one.name for one in walk_packages(plan.__path__, "edu_sheet.plan.")]
    assert asked(readers.modules, b"", "edu_sheet.check.examine", *of_plans) == ()


def test_the_reader_ends_with_its_parent(tmp_path: Path) -> None:
    said = tmp_path / "reader"
    code = textwrap.dedent(
        """
        import os, sys
        from edu_sheet.kit.reader.reader import Reader
        from tests.support import readers
        one = Reader()
        open(sys.argv[1], "w").write(str(one.ask(readers.process, b"")))
        os._exit(9)
        """
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, str(said)], cwd=root, check=False)
    number = int(said.read_text())
    for _ in range(600):
        if not readers.lives(number):
            return
        time.sleep(0.1)
    raise AssertionError("it lives on")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nothing",
        b"[]",
        b'["code","error",["",0,0,null,""],"{}","",null,1]',
        b'["code","fatal",["",0,0,null,""],"{}","",null]',
        b'[7,"error",["",0,0,null,""],"{}","",null]',
        b'["code","error",["","1",0,null,""],"{}","",null]',
        b'["code","error",["",0,0,null,""],"[]","",null]',
        b'["code","error",["",0,0,null,""],"{\\"a\\":{\\"task\\":[1]}}","",[9,0]]',
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_no_value_of_its_type_is_refused(answer: bytes) -> None:
    with pytest.raises(DataError):
        decode(Finding, answer)


def test_what_passes_is_what_was_sent() -> None:
    one = Finding("code", Severity.ERROR, about=(("text", "\ud800 进展 \0"), ("none", None)))
    assert decode(tuple[Finding, ...], encode(tuple[Finding, ...], (one,))) == (one,)
