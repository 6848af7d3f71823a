"""A batch for a reader that does not survive it."""

from pathlib import Path

from tests.support.fuzz.batch import Batch
from tests.support.readers import die, fill_memory


def batch_with_bombs(_: bytes, seed: int, first: int, count: int, seconds: float, at: str) -> Batch:
    """Fill the memory at input 3, die at input 6."""
    for number in range(first, first + count):
        Path(at).write_bytes(b"%d" % number)
        if number == 3:
            fill_memory(b"")
        if number == 6:
            die(b"")
    return Batch(count, {"csv: read": count}, {"csv": 0.1}, first, 1, ())
