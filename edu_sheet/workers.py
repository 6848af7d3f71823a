"""Pure work spread over processes: the same answers in the same order, one piece a death costs.

Any `concurrent.futures.Executor` may carry the work: a pool of processes here, or the machines of
a cluster. What is lost with a worker is done again in a process of its own, and only a piece that
kills that one too has no answer.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor

_K = TypeVar("_K")
_R = TypeVar("_R")

_AHEAD = 4  # pieces on their way for each worker: enough to keep it busy, and memory flat


class WorkerDiedError(Exception):
    """A piece of work that killed the process it was done in, twice."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a piece; every other way in which its future ends is the worker's."""

    value: Any = None
    error: Exception | None = None


class Crew:
    """Workers that are started when there is work for them, and end with the `with` block."""

    def __init__(self, jobs: int = 1, executor: "Executor | None" = None) -> None:
        """Keep how many processes are to work, this one included; an executor takes their place."""
        self._jobs = jobs
        self._given = executor
        self._own: ProcessPoolExecutor | None = None

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
        self._stop()

    def each(
        self, work: Callable[..., _R], pieces: Iterable[tuple[_K, tuple[Any, ...]]], *, long: bool
    ) -> Iterator[tuple[_K, Callable[[], _R]]]:
        """Yield what each piece is for, in order, with the call that gives its answer or its error.

        A piece is (what it is for, the arguments of the work). `long` says whether the work pays
        for starting processes: else it is done here, in the call. The work is a function of its
        arguments alone, and all must be picklable; some may be done and never called for.
        """
        if not self.elsewhere(long=long):
            for key, piece in pieces:
                yield key, partial(work, *piece)
            return
        coming = iter(pieces)
        under_way: deque[tuple[_K, Callable[[], _R]]] = deque()
        while True:
            room = _AHEAD * max(self._jobs, 2) - len(under_way)
            for key, piece in islice(coming, room):
                under_way.append((key, partial(self._answer, work, piece, self._sent(work, piece))))
            if not under_way:
                return
            yield under_way.popleft()

    def _sent(self, work: Callable[..., Any], piece: tuple[Any, ...]) -> "Future[_Answer] | None":
        try:
            return self._executor().submit(_attempt, work, piece)
        except (RuntimeError, OSError):  # the pool has broken: it is told by what was under way
            return None

    def _answer(
        self, work: Callable[..., _R], piece: tuple[Any, ...], future: "Future[_Answer] | None"
    ) -> _R:
        answer = _arrived(future)
        if answer is None:
            self._stop()
            with _processes(1) as alone:
                answer = _arrived(alone.submit(_attempt, work, piece))
        if answer is None:
            raise WorkerDiedError("the process that did this work ended")
        if answer.error:
            raise answer.error
        value: _R = answer.value
        return value

    def _executor(self) -> "Executor":
        if self._given:
            return self._given
        if self._own is None:
            # This process does its own part: it needs one fewer beside it.
            self._own = _processes(max(1, self._jobs - 1))
        return self._own

    def _stop(self) -> None:
        if self._own:
            self._own.shutdown(wait=True, cancel_futures=True)
            self._own = None


def _processes(count: int) -> "ProcessPoolExecutor":
    """Return a pool whose processes start in the one way that every system has."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))


def _attempt(work: Callable[..., Any], piece: tuple[Any, ...]) -> _Answer:
    try:
        return _Answer(value=work(*piece))
    except Exception as error:  # noqa: BLE001 - handed to whoever asks for the answer, as it is
        return _Answer(error=error)


def _arrived(future: "Future[_Answer] | None") -> _Answer | None:
    """Return a future's answer; None where the worker is gone, whatever its executor calls that."""
    if future is None:
        return None
    try:
        return future.result()
    except Exception:  # noqa: BLE001 - what the work itself raises is an answer
        return None
