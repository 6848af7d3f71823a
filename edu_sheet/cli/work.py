"""Long work: how far it is, and who does it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edu_sheet.kit.workers import Crew


@contextmanager
def progress_of(what: str) -> Iterator[Any]:
    """Show a bar on a terminal, nothing in a pipe; yields what takes (done, total)."""
    if sys.stderr is None or not sys.stderr.isatty():  # None: pythonw of Windows has no window
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(line, completed=done, total=total)


@contextmanager
def crew_of(jobs: int, dask: str | None = None) -> Iterator["Crew"]:
    """Yield who does long work: so many processes, or a Dask cluster."""
    from edu_sheet.kit.workers import Crew

    if dask is None:
        with Crew(jobs) as crew:
            yield crew
        return
    from edu_sheet.kit.cluster import connected

    with connected(dask) as (executor, workers), Crew(workers, executor) as crew:
        yield crew
