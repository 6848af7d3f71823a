"""What a run is reading, written down: if the run is killed over it, the next one knows.

Nothing waits for the disk: this is for a process that was killed, not for a power cut.
"""

from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from edu_sheet.kit.beneath import PRIVATE, create, discard, read_plain
from edu_sheet.kit.files import reporting

_OFTEN = 2  # runs that a file has stopped: it is not read in a third


class ReadingNow:
    """The files that are being read, and those over which earlier runs were stopped; by digest."""

    def __init__(self, file: Path | None = None, root: Path | None = None) -> None:
        """Without a file nothing is remembered; no link on the way from `root` is followed."""
        self._file, self._root = file, root
        self._stopped = _stopped(file, root) if file else {}
        self._now: set[str] = set()

    def __enter__(self) -> Self:
        if self._file:
            with reporting(self._file):
                discard(self._file, self._root)
                self._stream = create(self._file, self._root, PRIVATE)
            self._write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        # What the operator can mend is no file's fault; to stop the program is not an Exception.
        if kind is None or (issubclass(kind, Exception) and not issubclass(kind, MemoryError)):
            self._now.clear()
        if self._file:
            with suppress(OSError):
                self._write()
                self._stream.close()
                if not self._now | self._stopped.keys():
                    discard(self._file, self._root)

    def suspect(self, digest: str) -> bool:
        """Return whether a run was stopped while it read this file."""
        return digest in self._stopped

    def too_often(self, digest: str) -> bool:
        """Return whether that happened so often that it is not to be read again."""
        return self._stopped.get(digest, 0) >= _OFTEN

    def begin(self, digest: str) -> None:
        """Remember that a file is being read."""
        self._now.add(digest)
        self._write()

    def done(self, digest: str) -> None:
        """Forget a file: it is recorded."""
        self._now.discard(digest)
        self._stopped.pop(digest, None)
        self._write()

    def _write(self) -> None:
        if self._file is None:
            return
        lines = (
            f"{digest} {self._stopped.get(digest, 0)} {int(digest in self._now)}\n"
            for digest in sorted(self._now | self._stopped.keys())
        )
        with reporting(self._file):
            self._stream.seek(0)
            self._stream.write("".join(lines).encode())
            self._stream.truncate()
            self._stream.flush()


def _stopped(file: Path, root: Path | None) -> dict[str, int]:
    """Return how many runs were stopped over which file."""
    found: dict[str, int] = {}
    with suppress(OSError, ValueError):  # it is gone, or half written
        for line in read_plain(file, root).decode().splitlines():
            digest, times, now = line.split()
            found[digest] = int(times) + int(now)
    return found
