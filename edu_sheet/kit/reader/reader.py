"""The reader as its parent has it: one for many files, and another one after a kill.

A reader may die for what no file has done: the system is short of memory, somebody ends it. A file
is to blame only if a fresh reader dies of it as well; one that went over a limit is not read again.
"""

import contextlib
import errno
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Concatenate, Generic, NamedTuple, Self, TypeVar

from edu_sheet.kit.data import DataError, decode
from edu_sheet.kit.reader import confined, frames, limits
from edu_sheet.kit.reader.frames import Ended, Fault, result_of
from edu_sheet.kit.refused import why
from edu_sheet.words import errors
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.step import AGAIN

_R = TypeVar("_R")
_Work = Callable[Concatenate[bytes, ...], _R]

_HOME = str(Path(__file__).resolve().parents[3])  # where this very program lies
_MAIN = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from edu_sheet.kit.reader.process import main; sys.exit(main())"
)
# Nothing is imported from the current folder (-P): what lies there may have been sent.
_COMMAND = (sys.executable, "-P", "-X", "utf8", "-c", _MAIN, _HOME)
_LOOK = 0.2  # seconds between two looks at the clock


class StoppedError(Exception):
    """A file cost its reader the life: `fault` is time, memory or crashed."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class _NotStartedError(RuntimeError):
    """No reader started."""


class BugError(Exception):
    """The reader stumbled over a fault of the program: with its traceback there."""

    def __init__(self, trace: str) -> None:
        super().__init__(trace)
        self.kind = trace.strip().rpartition("\n")[2].partition(":")[0][:100]  # of exception


class _Question(NamedTuple):
    """Work that is asked for, on a file or, with no seconds, on the one that was read last."""

    work: Any
    data: bytes
    options: tuple[Any, ...]
    seconds: float


class Asked(Generic[_R]):
    """Work that a reader has been asked for."""

    def __init__(self, reader: "Reader", kind: Any) -> None:
        self._reader, self._kind = reader, kind
        self._done: tuple[_R | None, Exception | None] | None = None

    def answer(self) -> _R:
        """Wait for the result and return it.

        StoppedError if the reader had to be stopped; EduSheetError as the work raised it;
        BugError where it met a bug; RuntimeError where no reader started.
        """
        self.settle()
        assert self._done is not None  # noqa: S101 - it is settled
        found, error = self._done
        if error:
            raise error
        return found  # type: ignore[return-value]  # without an error there is one

    def settle(self) -> None:
        """Wait for the result."""
        if self._done is None:
            try:
                self._done = self._reader.take(self._kind), None
            except (StoppedError, BugError, EduSheetError) as error:
                self._done = None, error


class Reader:
    """A process that reads; it starts with the first file, and ends with the `with` block.

    A file has so many `times` the time and memory of one.
    """

    def __init__(self, times: int = 1) -> None:
        self._times = times
        self._child: _Child | None = None
        self._asked: Asked[Any] | None = None
        self._files = 0
        self._questions: list[_Question] = []  # on the file that is being read
        self._again = False  # whether they have been asked a fresh reader
        self.spent = 0.0  # seconds of processor time that the last file took, all its work

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process; another one starts with the next file."""
        if self._child:
            self._child.end()
        self._child, self._asked = None, None

    def start(self) -> None:
        """Let the process start meanwhile: the first file does not wait for all of it."""
        if self._child is None:
            self._child, self._files = _Child(self._times), 0

    def begin(
        self,
        work: "_Work[_R]",
        data: bytes,
        *options: Any,
        seconds: float = limits.SECONDS,
    ) -> Asked[_R]:
        """Ask for work on a file, with so much processor time; go on meanwhile.

        The work is a module's function of the bytes and of what may be pickled; its result is of
        the type that it declares. It is done with what was asked for before.
        """
        return self._ask(work, data, options, seconds)

    def ask(
        self, work: "_Work[_R]", data: bytes, *options: Any, seconds: float = limits.SECONDS
    ) -> _R:
        """Return what work on a file gives; exceptions as `Asked.answer` raises them."""
        found: _R = self._ask(work, data, options, seconds).answer()
        return found

    def ask_more(self, work: "_Work[_R]", *options: Any) -> _R:
        """Return what further work on the file gives that was read last, in the rest of its time.

        StoppedError also where the reader of that file has ended.
        """
        if self._child is None:
            raise StoppedError("crashed")
        found: _R = self._ask(work, b"", options, 0).answer()
        return found

    def _ask(self, work: Any, data: bytes, options: Any, seconds: float) -> Asked[Any]:
        if self._asked:
            self._asked.settle()
        if seconds and (
            self._child is None or self._child.done_with or self._files >= limits.FILES
        ):
            self.close()
            self.start()
        if seconds:
            self._files += 1
            self._questions, self._again, self.spent = [], False, 0.0
        self._questions.append(_Question(work, data, options, seconds))
        self._send(self._questions[-1])
        self._asked = Asked(self, result_of(work))
        return self._asked

    def take(self, kind: Any) -> Any:
        """Return the answer to what was asked; exceptions as `Asked.answer` raises them."""
        self._asked = None
        try:
            return self._answer(kind)
        except StoppedError as stopped:
            if stopped.fault != "crashed" or self._again:
                raise
        self._again = True
        self.start()
        for before in self._questions[:-1]:
            self._send(before)
            self._answer(result_of(before.work))
        self._send(self._questions[-1])
        return self._answer(kind)

    def _send(self, one: _Question) -> None:
        question = pickle.dumps((one.work, one.options), protocol=5)
        sent = question, one.data, one.seconds * self._times
        assert self._child is not None  # noqa: S101 - it was started, or has the file
        try:
            self._child.send(*sent)
        except _NotStartedError:
            if self._child.late:
                raise
            self.close()
            self.start()
            self._child.send(*sent)

    def _answer(self, kind: Any) -> Any:
        assert self._child is not None  # noqa: S101 - it was asked
        began = time.monotonic()
        try:
            ended, said, spent = self._child.answer()
        except StoppedError as stopped:
            # What it took it cannot say any more: all that it was given, or as long as one waited.
            late = stopped.fault == "time"
            self.spent += (
                self._questions[0].seconds * self._times if late else time.monotonic() - began
            )
            self.close()
            raise
        self.spent += spent
        try:
            if ended is Ended.MEMORY:
                raise StoppedError("memory")
            return _taken(kind, ended, said)
        except StoppedError:
            self.close()
            raise


def _taken(kind: Any, ended: Ended, said: bytes) -> Any:
    """Return an answer, checked; it comes from where a file was read."""
    try:
        if ended is Ended.BUG:
            raise BugError(said.decode("utf-8", "replace"))
        if ended is Ended.ERROR:
            fault: Fault = decode(Fault, said)
            error = getattr(errors, fault.kind, EduSheetError)
            known = isinstance(error, type) and issubclass(error, EduSheetError)
            raise (error if known else EduSheetError)(fault.message, fault.hint, fault.next)
        if (ended is Ended.BYTES) is not (kind is bytes):
            raise DataError("another type")
        return said if ended is Ended.BYTES else decode(kind, said)
    except DataError as error:
        raise StoppedError("crashed") from error


def asked(work: _Work[_R], data: bytes, *options: Any) -> _R:
    """Return what work on one file gives, in a reader for it alone; as `Asked.answer` raises."""
    with Reader() as reader:
        return reader.ask(work, data, *options)


@contextlib.contextmanager
def _reporting() -> Iterator[None]:
    """Tell what the system lacks for another process, or a pipe to it, and what to do."""
    try:
        yield
    except OSError as error:
        raise EduSheetError(
            f"启动不了读取文件的程序（{why(error)}）", "请关闭一些别的程序，或重启电脑。", AGAIN
        ) from error


@contextlib.contextmanager
def _to_whoever_reads() -> Iterator[None]:
    """Write into a pipe whose reader may have ended: what it answers will tell.

    Windows says then that the argument is invalid; as `subprocess` does, that is taken for it.
    """
    try:
        yield
    except BrokenPipeError:
        pass
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise


class _Child:
    """The process, its pipes, and the clock."""

    def __init__(self, times: int) -> None:
        self._wait = limits.WAIT * times
        with _reporting():
            self._process = subprocess.Popen(  # noqa: S603 - our own module, by this interpreter
                (*_COMMAND, str(limits.MEMORY * times)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=_HOME,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        self.done_with = False  # it has ended, or grown fat
        self.late = False  # it was killed by the clock
        self._ready = False
        self._until: float | None = None
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def send(self, question: bytes, data: bytes, seconds: float) -> None:
        """Ask a question about a file; whether it arrived, the answer tells."""
        with self._within(limits.START if not self._ready else self._wait), _reporting():
            self._await_ready()
            assert self._process.stdin is not None  # noqa: S101 - a pipe, as it was made
            with _to_whoever_reads():
                head = frames.ASK.pack(len(question), len(data), seconds)
                self._process.stdin.write(head + question)
                self._process.stdin.write(data)
                self._process.stdin.flush()

    def answer(self) -> tuple[Ended, bytes, float]:
        """Return how the work ended, what was said, and the processor time that it took.

        StoppedError if the process did not live to say it.
        """
        with self._within(self._wait):
            head = self._read(frames.ANSWER.size)
            whole = len(head) == frames.ANSWER.size
            ended, fat, spent, size = frames.ANSWER.unpack(head) if whole else (None, True, 0, 0)
            if size > limits.ANSWER or ended not in [*Ended]:
                raise self._stopped()
            said = self._read(size)
        if len(said) < size:
            raise self._stopped()
        self.done_with = self.done_with or fat
        return Ended(ended), said, spent

    def end(self) -> None:
        """End the process and give back what it held."""
        self._over.set()
        self.done_with = True
        self._process.kill()  # which is nothing where it has ended
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                with contextlib.suppress(OSError):  # what was written last had nobody to read it
                    pipe.close()
        self._process.wait()

    def _await_ready(self) -> None:
        if self._ready:
            return
        self._ready = self._read(len(frames.READY)) == frames.READY
        if not self._ready:
            self._process.kill()
            assert self._process.stderr is not None  # noqa: S101 - a pipe, as it was made
            why = self._process.stderr.read().decode("utf-8", "replace")
            self.end()
            raise _NotStartedError(f"no reader started: {why}")
        self._until = time.monotonic() + self._wait

    def _read(self, size: int) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - a pipe, as it was made
        return self._process.stdout.read(size)

    def _stopped(self) -> StoppedError:
        """Return why the process ended."""
        self.done_with = True
        self._process.kill()
        status = self._process.wait()
        late = self.late or status == confined.TIME_IS_UP
        return StoppedError("time" if late else "crashed")

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Kill the process if this takes longer by the clock."""
        self._until = time.monotonic() + seconds
        try:
            yield
        finally:
            self._until = None

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            until = self._until
            if until is not None and time.monotonic() > until:
                self.late = True
                self._process.kill()
                return
