"""Long work: one at a time, in a thread of its own, with n of m; a page may be closed meanwhile."""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from edu_sheet.kit.progress import Progress
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Period

Again = tuple[str, tuple[tuple[str, str], ...]]  # a path, and the fields of a form

_KEPT = 20  # jobs whose results are kept, for the windows that show them
_PATIENCE = 1.0  # seconds that one click waits for another to be done

_log = logging.getLogger("edu_sheet.screen")


class BusyError(EduSheetError):
    """Something else is being done."""


@dataclass(slots=True)
class Job:
    """A verb under way, and what it came to."""

    id: int
    what: str  # 收取
    template: str  # shows `result`
    back: str  # the page that it was started from
    folder: Path | None = None  # the workspace that it works in
    again: Again | None = None  # what starts it once more
    period: Period | None = None  # that it was started for, whatever another window looks at
    done: int = 0
    every: int = 0  # 0 where nobody knows
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None
    result: object = None
    error: EduSheetError | None = None
    bug: str = ""  # a traceback
    thread: threading.Thread = field(default_factory=threading.Thread)

    @property
    def running(self) -> bool:
        """Whether it is still under way."""
        return self.ended is None

    @property
    def seconds(self) -> int:
        """How long it has taken."""
        return int((self.ended or time.monotonic()) - self.began)

    @property
    def label(self) -> str:
        """What is being done, and how far it is: 正在收取 25/110."""
        return f"正在{self.what} {self.done}/{self.every}" if self.every else f"正在{self.what}"

    def told(self, done: int, every: int) -> None:
        """Note how far it is."""
        self.done, self.every = done, every


class Jobs:
    """The one that runs, and those that ended."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._doing = ""  # what has the workspace now
        self._jobs: list[Job] = []

    @property
    def running(self) -> Job | None:
        """The job under way."""
        last = self._jobs[-1] if self._jobs else None
        return last if last and last.running else None

    def get(self, number: int) -> Job | None:
        """Return a job by its number."""
        return self._jobs[number - 1] if 1 <= number <= len(self._jobs) else None

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Do something that no other verb may do at once; BusyError if one is under way."""
        self._take(what)
        before = len(self._jobs)
        try:
            yield
        finally:
            if len(self._jobs) == before:  # a job that was started in here gives it back itself
                self._give_back()

    def start(
        self,
        what: str,
        work: Callable[[Progress], object],
        *,
        template: str,
        back: str,
        folder: Path | None = None,
        again: Again | None = None,
        period: Period | None = None,
    ) -> Job:
        """Begin a job, within `alone`; `work` is told how to say how far it is."""
        job = Job(len(self._jobs) + 1, what, template, back, folder, again, period)
        self._jobs.append(job)
        if len(self._jobs) > _KEPT:  # of what ended long ago, only that it did: results are large
            old = self._jobs[-_KEPT - 1]
            old.result = old.error = None
            old.bug, old.again = "", None
        job.thread = threading.Thread(target=self._run, args=(job, work), name=what, daemon=True)
        job.thread.start()
        return job

    def _run(self, job: Job, work: Callable[[Progress], object]) -> None:
        try:
            job.result = work(job.told)
        except EduSheetError as error:
            job.error = error
        except Exception:  # noqa: BLE001 - the edge of a thread: a bug is shown, and written down
            job.bug = traceback.format_exc()
            _log.error("%s\n%s", job.what, job.bug)
        finally:
            job.ended = time.monotonic()
            self._give_back()

    def _take(self, what: str) -> None:
        with self._free:
            if self._doing and not self.running:
                self._free.wait_for(lambda: not self._doing, _PATIENCE)
            if self._doing:
                job = self.running
                said = job.label if job else f"正在{self._doing}"
                raise BusyError(said, "请等它做完，再点一次。")
            self._doing = what

    def _give_back(self) -> None:
        with self._free:
            self._doing = ""
            self._free.notify()
