"""One at a time: a lock that dies with the process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edu_sheet.kit.beneath import LinkError, is_link
from edu_sheet.kit.files import reporting
from edu_sheet.words.errors import EduSheetError


@contextmanager
def one_at_a_time(path: Path, busy: EduSheetError, patience: float = 0) -> Iterator[None]:
    """Hold the lock of that file; raise `busy` if others hold it for so many seconds.

    Others are processes and threads alike. OutputError if the file cannot be made.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=patience)
    with reporting(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_link(path):  # to lock it would empty what it leads to
            raise LinkError(path)
        try:
            lock.acquire()
        except Timeout:
            raise busy from None
    try:
        yield
    finally:
        lock.release()
