"""Inputs without end, a batch at a time, and the account of them."""

import pickle
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from edu_sheet.kit.reader import limits
from edu_sheet.kit.reader.reader import BugError, Reader, StoppedError
from tests.support.fuzz.batch import Batch, Bug, batch
from tests.support.fuzz.corpus import Corpus
from tests.support.fuzz.mutate import made

_BATCH = 500  # inputs
_SECONDS = 5.0  # of processor time, of a batch
_BATCHES = 8  # that one reader reads: what leaks does not add up to a limit
_CLOCK = 3_600  # seconds


@dataclass
class Account:
    """What became of all inputs so far."""

    seed: int
    count: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    slowest_number: int = 0
    peak: int = 0
    bugs: list[Bug] = field(default_factory=list)
    stopped: list[tuple[int, str, str]] = field(
        default_factory=list
    )  # number, kind, by which limit
    began: float = field(default_factory=time.monotonic)

    def add(self, one: Batch) -> None:
        """Count a batch."""
        self.count += one.done
        self.outcomes.update(one.outcomes)
        if max(one.slowest.values(), default=0) > max(self.slowest.values(), default=0):
            self.slowest_number = one.slowest_number
        for kind, seconds in one.slowest.items():
            self.slowest[kind] = max(seconds, self.slowest.get(kind, 0.0))
        self.peak = max(self.peak, one.peak)
        self.bugs += one.bugs

    def stop(self, number: int, kind: str, fault: str) -> None:
        """Count an input that cost its reader the life: a crash is a bug."""
        self.count += 1
        self.outcomes[f"{kind}: stopped by {fault}"] += 1
        self.stopped.append((number, kind, fault))
        if fault == "crashed":
            self.bugs.append(Bug(number, kind, "the reader crashed"))

    def __str__(self) -> str:
        """Return a line of figures, and one for each kind."""
        seconds = time.monotonic() - self.began
        slowest = max(self.slowest.values(), default=0.0)
        head = (
            f"{self.count} inputs of seed {self.seed}: {len(self.bugs)} bugs, {len(self.stopped)} "
            f"stopped by a limit, slowest {slowest:.2f} s (number {self.slowest_number}), peak "
            f"{self.peak / 1e6:.0f} MB, {self.count / seconds:.0f} inputs/s"
        )
        lines = [head]
        for kind in sorted({one.partition(":")[0] for one in self.outcomes}):
            told = Counter[str]()
            for one, count in self.outcomes.items():
                name, _, outcome = one.partition(": ")
                if name == kind:
                    told[outcome.partition(" ")[0]] += count
            said = ", ".join(f"{outcome} {count}" for outcome, count in told.most_common())
            lines.append(f"  {kind}: {said}; slowest {self.slowest.get(kind, 0.0):.2f} s")
        lines += [f"  stopped: {one}" for one in self.stopped[-20:]]
        return "\n".join(lines)


def campaign(
    corpus: Corpus,
    seed: int,
    first: int,
    count: int,
    work: Callable[[bytes, int, int, int, float, str], Batch] = batch,
) -> Iterator[Account]:
    """Yield the account after each batch, until so many inputs are read."""
    account, data = Account(seed), pickle.dumps(corpus)
    with tempfile.TemporaryDirectory() as folder, Reader() as reader, _patient():
        at = Path(folder) / "number"
        batches = 0
        waiting = deque([(first, count)])
        while waiting:
            start, left = waiting.popleft()
            asked = min(left, _BATCH)
            if (batches := batches + 1) % _BATCHES == 0:
                reader.close()
            try:
                done = reader.ask(work, data, seed, start, asked, _SECONDS, str(at))
            except StoppedError as stopped:
                number = int(at.read_bytes())
                account.stop(number, made(corpus, seed, number)[0].kind, stopped.fault)
                waiting.appendleft((number + 1, left - (number + 1 - start)))
                if number > start:  # what was read before was not told
                    waiting.appendleft((start, number - start))
            except BugError as error:
                raise RuntimeError(str(error)) from error
            else:
                account.add(done)
                waiting.appendleft((start + done.done, left - done.done))
            while waiting and waiting[0][1] <= 0:
                waiting.popleft()
            yield account


@contextmanager
def _patient() -> Iterator[None]:
    """Let no clock stop a reader: how busy the machine is decides nothing."""
    before, limits.WAIT = limits.WAIT, _CLOCK
    try:
        yield
    finally:
        limits.WAIT = before
