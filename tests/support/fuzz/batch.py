"""Many inputs, made and read in a reader: its limits hold for each of them."""

import pickle
import time
import traceback
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from edu_sheet.kit.reader import confined, limits
from tests.support.fuzz.answer import Desk
from tests.support.fuzz.corpus import Corpus
from tests.support.fuzz.mutate import made

_TRACE = 3_000  # characters of a traceback
_BUGS = 20  # of one batch


class Bug(NamedTuple):
    """What an input met that it must not."""

    number: int
    kind: str
    trace: str


class Batch(NamedTuple):
    """What became of some inputs."""

    done: int
    outcomes: dict[str, int]
    slowest: dict[str, float]  # seconds of processor time, by kind
    slowest_number: int
    peak: int  # bytes of memory, of the reader
    bugs: tuple[Bug, ...]


def batch(data: bytes, seed: int, first: int, count: int, seconds: float, at: str) -> Batch:
    """Return what becomes of inputs, until they are done or the processor time is up.

    `data` is the corpus; the number of the input that is being read stands in the file `at`.
    """
    corpus, desk = _opened(data)
    outcomes, bugs = Counter[str](), list[Bug]()
    slowest, last = dict[str, float](), (0.0, first)
    end, number = time.process_time() + seconds, first
    with Path(at).open("wb", buffering=0) as place:
        while number < first + count and time.process_time() < end and len(bugs) < _BUGS:
            place.seek(0)
            place.write(b"%-12d" % number)
            confined.allow(limits.SECONDS)
            sample, changed = made(corpus, seed, number)
            began = time.process_time()
            try:
                outcomes[f"{sample.kind}: {desk.answer(sample, changed)}"] += 1
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - that is what is looked for
                outcomes[f"{sample.kind}: BUG"] += 1
                bugs.append(Bug(number, sample.kind, traceback.format_exc()[-_TRACE:]))
            spent = time.process_time() - began
            slowest[sample.kind] = max(spent, slowest.get(sample.kind, 0.0))
            last = max(last, (spent, number))
            number += 1
    return Batch(number - first, dict(outcomes), slowest, last[1], _peak(), tuple(bugs))


@lru_cache(1)
def _opened(data: bytes) -> tuple[Corpus, Desk]:
    corpus: Corpus = pickle.loads(data)
    return corpus, Desk(corpus)


def _peak() -> int:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    lines = status.read_text(encoding="utf-8").splitlines()
    return 1024 * next(int(one.split()[1]) for one in lines if one.startswith("VmHWM"))
