"""How long work tells how far it has come."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[int, int], None]  # so many are done, of so many

_T = TypeVar("_T")


def counted(items: Iterable[_T], every: int, progress: Progress | None) -> Iterator[_T]:
    """Yield the items, and tell how many of `every` the caller has taken and gone on from."""
    if progress:
        progress(0, every)
    for done, item in enumerate(items, 1):
        yield item
        if progress:
            progress(done, every)
