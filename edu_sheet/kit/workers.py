"""Pure work spread over processes: same answers, same order; a crash costs one piece.

Any `concurrent.futures.Executor` may carry the work: a pool of processes here, or the machines of
a cluster. What is lost with a worker is done again in a process of its own, and only a piece that
kills that one too has no answer. A worker ends with the process that started it, however that ends.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor

_K = TypeVar("_K")
_R = TypeVar("_R")

_AHEAD = 4  # loads under way for each process: enough to keep it busy, and memory flat
_HELD = 4 * _AHEAD  # the same with what is done here meanwhile, also while a process starts

BATCH = 32  # files that are recorded and made durable together
LOAD = 8  # files that go to another process at a time: a form costs little more than its way
LONG = 512  # files: fewer are done here in the time that a process takes to start

_BYTES = 64_000_000  # of files under way: some thousand forms, or one that is as large as any

_Piece = tuple[Any, ...]  # the arguments of the work


class WorkerDiedError(Exception):
    """A piece of work that killed the process it was done in, each time."""


class _Answer(NamedTuple):
    """The result of a piece; any other exception of its future comes from the worker."""

    value: Any = None
    error: Exception | None = None


class _Load:
    """Pieces sent to a worker together, and their results."""

    def __init__(self, work: Callable[..., Any], pieces: list[_Piece]) -> None:
        self.work = work
        self.pieces = pieces
        self.carrier: Executor | None = None
        self.sent: Future[list[_Answer]] | None = None
        # Once they are known; None for a piece that kills.
        self.answers: Sequence[_Answer | None] = ()

    @property
    def awaited(self) -> bool:
        """Whether a worker still holds it."""
        return self.sent is not None and not self.sent.done()


class _Line(Generic[_K]):
    """The queue: pieces under way, or done but not yet collected, in order."""

    def __init__(self, work: Callable[..., Any], coming: Iterable[tuple[_K, _Piece]]) -> None:
        self._work = work
        self._coming = iter(coming)
        self._weight = 0
        self.places: deque[tuple[_K, _Load, int]] = deque()  # each with its place in its load

    @property
    def out(self) -> int:
        """The number of loads that workers hold."""
        return sum(load.awaited for _, load, place in self.places if not place)

    @property
    def waits(self) -> bool:
        """Whether the first piece has no result yet."""
        return bool(self.places) and self.places[0][1].awaited

    @property
    def full(self) -> bool:
        """Whether the queue holds as much as memory allows."""
        return self._weight > _BYTES

    def take(self, size: int) -> _Load | None:
        """Queue the next pieces as one load and return it; None if there are no more."""
        load = _Load(self._work, [])
        before = self._weight
        for key, piece in islice(self._coming, size):
            self.places.append((key, load, len(load.pieces)))
            load.pieces.append(piece)
            self._weight += _weight(piece)
            if self._weight - before > _BYTES // _AHEAD:
                break  # large ones go alone, or nearly
        return load if load.pieces else None

    def first(self) -> tuple[_K, _Load, int]:
        """Take the first piece from the queue."""
        key, load, place = self.places.popleft()
        self._weight -= _weight(load.pieces[place])
        return key, load, place


class Crew:
    """Workers that are started when there is work for them, and end with the `with` block."""

    def __init__(self, jobs: int = 1, executor: "Executor | None" = None) -> None:
        """Keep how many processes are to work; an executor takes their place."""
        self._jobs = jobs
        self._given = executor
        self._own: ProcessPoolExecutor | None = None

    @property
    def executor(self) -> "Executor | None":
        """What was given to carry the work in the place of processes of its own."""
        return self._given

    @property
    def started(self) -> bool:
        """Whether processes of its own are at work."""
        return self._own is not None

    def elsewhere(self, *, long: bool) -> bool:
        """Return whether `each` sends such work away, or does it here, in the call."""
        return self._given is not None or (self._jobs > 1 and long)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Nothing is asked of them any more: this process goes on while they end.
        self._stop(wait=False)

    def each(
        self,
        work: Callable[..., _R],
        pieces: Iterable[tuple[_K, _Piece]],
        *,
        long: bool,
        size: int = 1,
        here: bool = False,
    ) -> Iterator[tuple[_K, Callable[[], _R]]]:
        """Yield what each piece is for, in order, with the call that gives its answer or its error.

        A piece is (what it is for, the arguments of the work). `long` says whether the work pays
        for starting processes: else it is done here, in the call. The work is a function of its
        arguments alone, and all must be picklable; some may be done and never called for.

        `size` pieces go to a worker at a time: more than one where a piece costs little more than
        its way. `here` lets this process do pieces itself instead of waiting for the first in turn:
        for work that ends no process, where this one has little else to do.
        """
        if not self.elsewhere(long=long):
            for key, piece in pieces:
                yield key, partial(work, *piece)
            return
        line = _Line(work, pieces)
        while self._filled(line, size, here=here):
            key, load, place = line.first()
            yield key, partial(self._answer, load, place)

    def _filled(self, line: _Line[Any], size: int, *, here: bool) -> bool:
        """Queue pieces while there is room; return whether the queue holds any."""
        crew = max(self._jobs, 2)
        # Where this process helps, a worker has one load and the next: little to await at the end.
        held, most = (_HELD * crew, 2 * (crew - 1)) if here else (_AHEAD * crew, _AHEAD * crew)
        while len(line.places) < held * size and not line.full:
            if line.out < most:
                if (load := line.take(size)) is None:
                    break
                self._send(load, here=here)
            elif here and line.waits:
                if (load := line.take(1)) is None:
                    break
                load.answers = _done(load.work, load.pieces)
            else:
                break
        return bool(line.places)

    def _send(self, load: _Load, *, here: bool) -> None:
        try:
            load.carrier = self._executor(here=here)
            load.sent = load.carrier.submit(_done, load.work, load.pieces)
        except (RuntimeError, OSError):  # the pool has broken: it is told by what was under way
            load.sent = None

    def _answer(self, load: _Load, place: int) -> Any:
        if not load.answers:
            load.answers = _arrived(load.sent) or self._again(load)
        answer = load.answers[place]
        if answer is None:
            raise WorkerDiedError("the process that did this work ended")
        if answer.error:
            raise answer.error
        return answer.value

    def _again(self, load: _Load) -> Sequence[_Answer | None]:
        """Return the results of a load whose worker died: redone whole, then piece by piece."""
        if load.carrier is self._own:  # else others work by now
            self._stop()
        if answers := _alone(load.work, load.pieces):
            return answers
        if len(load.pieces) == 1:
            return [None]
        single = [_alone(load.work, [piece]) for piece in load.pieces]
        return [answers[0] if answers else None for answers in single]

    def _executor(self, *, here: bool) -> "Executor":
        if self._given:
            return self._given
        if self._own is None:
            # A process that does pieces, too, needs one fewer beside it.
            self._own = _processes(max(1, self._jobs - here))
        return self._own

    def _stop(self, *, wait: bool = True) -> None:
        if self._own:
            self._own.shutdown(wait=wait, cancel_futures=True)
            self._own = None


def _weight(piece: _Piece) -> int:
    """Return how many bytes a piece holds: files, which alone may be large."""
    return sum(len(one) for one in piece if isinstance(one, bytes))


def _processes(count: int) -> "ProcessPoolExecutor":
    """Return a pool that spawns its processes, the one way that works on every system."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    spawned = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, spawned, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let this worker end when the process that started it is gone.

    A worker waits for work that a killed process never sends, and would wait for ever.
    """
    threading.Thread(target=_await_parent, name="await-parent", daemon=True).start()


def _await_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():  # a pipe, or on Windows a handle: whoever is killed closes it
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)  # what it was doing is nobody's any more


def _alone(work: Callable[..., Any], pieces: list[_Piece]) -> list[_Answer] | None:
    """Return the results of pieces done in a process of their own; None if it dies."""
    with _processes(1) as process:
        return _arrived(process.submit(_done, work, pieces))


def _done(work: Callable[..., Any], pieces: list[_Piece]) -> list[_Answer]:
    return [_attempt(work, piece) for piece in pieces]


def _attempt(work: Callable[..., Any], piece: _Piece) -> _Answer:
    try:
        return _Answer(value=work(*piece))
    except Exception as error:  # noqa: BLE001 - handed to whoever asks for the answer, as it is
        return _Answer(error=error)


def _arrived(future: "Future[list[_Answer]] | None") -> list[_Answer] | None:
    """Return a future's results; None if its worker died, whatever exception says so."""
    if future is None:
        return None
    try:
        return future.result()
    except Exception:  # noqa: BLE001 - what the work itself raises is an answer
        return None
