"""Work for a reader, good and bad."""

import importlib
import os
import pickle
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import ClassVar

from edu_sheet.kit.reader import limits
from edu_sheet.kit.reader import process as reader
from edu_sheet.kit.reader.frames import Ended
from edu_sheet.kit.reader.reader import _Child
from edu_sheet.words.errors import PlanError
from edu_sheet.words.step import Step, Verb

_READ = 300  # files that one process reads: far fewer than the program lets it read

REFUSED = PlanError("方案第 3 行缺少牵头部门", "请补填。", Step(Verb.CHECK, deadlines=True))


def process(_: bytes) -> int:
    """Return the process that this is done in."""
    return os.getpid()


def work(data: bytes, seconds: float) -> bytes:
    """Take so much processor time."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return data


def work_without_end(_: bytes, *__: object) -> bytes:
    return work(b"", 1e9)


def fill_memory(_: bytes) -> int:
    return len([bytes(10_000_000) for _ in range(1_000)])


def fill_memory_and_count(_: bytes, said: str) -> int:
    """Take all memory, after a sign in a file that this has begun."""
    with Path(said).open("a", encoding="utf-8") as stream:
        stream.write(".")
    return fill_memory(b"")


def grow(_: bytes, size: int) -> int:
    return len(b"x" * size)


def die(_: bytes) -> int:
    os._exit(7)


def work_and_die(data: bytes, seconds: float) -> int:
    work(data, seconds)
    return die(data)


def die_once(data: bytes, mark: str) -> bytes:
    """Return the bytes, but die while the mark is not there."""
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(7)
    return data


def answer_after(_: bytes, mark: str) -> int:
    """Return the process, but die over the mark, which is removed."""
    if Path(mark).exists():
        Path(mark).unlink()
        os._exit(7)
    return _read[0]


_read: list[int] = []


def read(_: bytes) -> int:
    """Return the process that has read, and remember it there."""
    _read[:] = [os.getpid()]
    return os.getpid()


def sleep(_: bytes) -> int:
    time.sleep(600)
    return 0


def stumble(_: bytes) -> int:
    return {"a": 1}["b"]


def refuse(_: bytes) -> int:
    raise REFUSED


def modules(_: bytes, *names: str) -> tuple[str, ...]:
    """Return which modules of the ledger are there once these have been imported."""
    for name in names:
        importlib.import_module(name)
    held = ("edu_sheet.store", "edu_sheet.collect", "sqlite3")
    return tuple(name for name in sys.modules if name.startswith(held))


def lives(number: int) -> bool:
    """Return whether a process of that number is at work."""
    try:
        os.kill(number, 0)
    except OSError:
        return False
    return True


class Killed(_Child):
    """A reader whose process is killed just before a question reaches it."""

    questions = 0  # that have been asked of all readers
    before: frozenset[int] = frozenset()  # those

    def send(self, question: bytes, data: bytes, seconds: float) -> None:
        Killed.questions += 1
        if Killed.questions in Killed.before:
            self._process.kill()
            self._process.wait()
        super().send(question, data, seconds)


class Here:
    """A reader's process that is none: hundreds of them would take longer than all else here.

    What it is asked and what it answers pass through the same bytes.
    """

    done_with = False

    def __init__(self, times: int) -> None:
        """Its limits are this process's."""

    def send(self, question: bytes, data: bytes, seconds: float) -> None:
        work, options = pickle.loads(question)
        self._said = reader._ended(work, data, options)

    def answer(self) -> tuple[Ended, bytes, float]:
        return (*self._said, 0.0)

    def end(self) -> None:
        """It ends with the test."""


class Kept:
    """A reader's process that the next reader takes over: each needs some 0.4 s to start.

    It is the real one with its limits, and reads for many readers in a row what in the program one
    reader reads. Only one that is idle, lean and alive is taken over, in the process that has it.
    """

    idle: ClassVar[defaultdict[tuple[int, ...], list["Kept"]]] = defaultdict(list)

    def __init__(self, times: int) -> None:
        self._waits, self._files = False, 0
        self._like = (os.getpid(), times, limits.MEMORY, limits.WAIT)
        while (one := _popped(Kept.idle[self._like])) and one._child._process.poll() is not None:
            one._child.end()
        self._child: _Child = one._child if one else _Child(times)
        self._files = one._files if one else 0

    @property
    def done_with(self) -> bool:
        return self._child.done_with

    @property
    def late(self) -> bool:
        return self._child.late

    def send(self, question: bytes, data: bytes, seconds: float) -> None:
        self._waits, self._files = True, self._files + 1
        self._child.send(question, data, seconds)

    def answer(self) -> tuple[Ended, bytes, float]:
        said = self._child.answer()
        self._waits = False
        return said

    def end(self) -> None:
        spent = self._waits or self.done_with or self._files >= _READ
        if spent or not self._child._ready:
            self._child.end()
        else:
            Kept.idle[self._like].append(self)

    @classmethod
    def end_all(cls) -> None:
        """End those that wait for another reader."""
        for kept in cls.idle.values():
            while one := _popped(kept):
                one._child.end()


def _popped(kept: list[Kept]) -> Kept | None:
    try:
        return kept.pop()
    except IndexError:
        return None
