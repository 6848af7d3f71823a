"""The files of a run on their way through the reader: one is read while another is recorded."""

import contextlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from edu_sheet.check import Checked
from edu_sheet.check.examine import Grounds, Seen, checked, judged, seen
from edu_sheet.kit.data import decode, encode
from edu_sheet.kit.reader import limits
from edu_sheet.kit.reader.reader import Asked, BugError, Reader, StoppedError
from edu_sheet.reading import CONTAINERS, Letter, Listed, head, kind_of, listed
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Delivery
from edu_sheet.words.book import Book
from edu_sheet.words.findings import Finding, Severity

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_T = TypeVar("_T")

_AHEAD = 64  # files that other machines have at a time
_HEAD = 65_536  # bytes in which the headers of a message stand
_FREE = 0.01  # seconds of a file in an archive that do not count: an honest one takes less


class Member(NamedTuple):
    """A submission in a delivery: the file itself, or what an archive or a message holds.

    With findings there is nothing to read.
    """

    delivery: Delivery
    name: str
    sha256: str
    data: bytes  # nothing of what is too large
    kind: str = "unknown"  # where it is known before it is read
    findings: tuple[Finding, ...] = ()
    inner: bool = False  # its bytes are no original yet
    letter: Letter | None = None
    partly: bool = False  # an archive of which some is read by itself, and is a submission too


# What more a file is to be checked on, by what it gave; None where that is all.
Further = Callable[[Checked], Grounds | None]


class Opened(Protocol):
    """A file that is read: what it shows, and then what it gives."""

    @property
    def kind(self) -> str:
        """What it is by its content."""

    @property
    def container(self) -> bool:
        """Whether it is an archive or a message: what it holds is read one by one."""

    def begin(self) -> None:
        """Let it be read, and do not wait."""

    def seen(self) -> Seen:
        """Return what the file shows; of one that cost its reader the life, that."""

    def checked(self, on: Grounds, further: Further) -> Checked:
        """Return what the file gives, checked once more where that asks for further grounds."""

    def done(self) -> None:
        """Count what the file took, also where nobody has looked at it."""


class Clock:
    """The processor time that is left for what came together: an archive is one file."""

    def __init__(self) -> None:
        self._left = float(limits.SECONDS)

    @property
    def left(self) -> float:
        """Seconds, none where they are used up."""
        return max(0.0, self._left)

    def spend(self, seconds: float) -> None:
        """Count what a file in it took."""
        self._left -= seconds


class InReader:
    """A file in the reader of this machine."""

    def __init__(
        self,
        reader: Reader,
        data: bytes,
        passwords: tuple[str, ...],
        clock: Clock | None = None,
        ahead: Callable[[], None] | None = None,
        *,
        letters: bool = True,
    ) -> None:
        """`ahead` is called once the reader has done with the file; `letters` is as for `seen`."""
        self._reader, self._data, self._passwords = reader, data, passwords
        self._letters = letters
        self._clock, self._ahead = clock or Clock(), ahead
        self._asked: Asked[Seen] | None = None
        self._seen: Seen | None = None
        self._counted = 0.0  # seconds
        self._stopped = False  # what is stopped is not honest: nothing of it is free

    @property
    def kind(self) -> str:
        """What it is by its content."""
        return self.seen().kind

    @property
    def container(self) -> bool:
        """Whether it is an archive or a message: what it holds is read one by one."""
        try:
            return self.seen().container
        except BugError:  # which is told when it is judged
            return False

    def begin(self) -> None:
        """Let it be read, and do not wait."""
        if self._asked is None and self._clock.left:
            self._asked = self._reader.begin(
                seen, self._data, self._passwords, self._letters, seconds=self._clock.left
            )

    def seen(self) -> Seen:
        """Return what the file shows; of one that cost its reader the life, that."""
        if self._seen is None:
            self.begin()
            if self._asked is None:
                self._seen = _gone_over("time")
                return self._seen
            try:
                self._seen = self._asked.answer()
            except StoppedError as stopped:
                self._stopped = True
                self._seen = _gone_over(stopped.fault)
            finally:
                self._count()
        return self._seen

    def checked(self, on: Grounds, further: Further) -> Checked:
        """Return what the file gives, checked once more where that asks for further grounds."""
        shown = self.seen()
        try:
            if shown.readable:
                given = self._reader.ask_more(checked, on)
                if more := further(given):
                    given = self._reader.ask_more(checked, more)
                return given
        except StoppedError as stopped:
            self._stopped = True
            shown = _gone_over(stopped.fault, shown.kind)
        finally:
            if self._asked:
                self._count()
            if self._ahead:
                self._ahead()
        # Not a word of the file is in this: why it cannot be read is all.
        return judged(Book(shown.kind, findings=shown.findings, readable=False), on)

    def done(self) -> None:
        """Count what the file took, also where nobody has looked at it."""
        if self._asked and self._seen is None:
            with contextlib.suppress(BugError):
                self.seen()

    def _count(self) -> None:
        """Spend on the clock what the file has taken beyond what was counted."""
        taken = max(0.0, self._reader.spent - (0.0 if self._stopped else _FREE))
        self._clock.spend(taken - self._counted)
        self._counted = taken


def unpacked(reader: Reader, data: bytes, clock: Clock) -> Listed:
    """Return what an archive or a message holds; of one that goes over its limits, that."""
    try:
        archive = reader.ask(listed, data)
    except StoppedError as stopped:
        found = _gone_over(stopped.fault).findings
        return Listed(findings=found, outermost=_head(reader, data))
    finally:
        clock.spend(reader.spent)
    if archive.members or any(one.severity is Severity.ERROR for one in archive.findings):
        return archive
    return replace(archive, findings=(*archive.findings, note("empty_archive")))


def _head(reader: Reader, data: bytes) -> Letter | None:
    """Return what the headers of a message say of which the rest is too much."""
    try:
        return reader.ask(head, data[:_HEAD]) if kind_in(reader, data[:_HEAD]) == "eml" else None
    except StoppedError:
        return None


def _gone_over(fault: str, kind: str = "unknown") -> Seen:
    name = "damaged" if fault == "crashed" else "too_large"
    return Seen(kind, findings=(note(name, fault=fault),))


def kind_in(reader: Reader, data: bytes) -> str:
    """Return what a file is by its content; unknown where that goes over its limits."""
    try:
        return reader.ask(kind_of, data)
    except StoppedError:
        return "unknown"


class Line:
    """Files in their order, each with what is read of it; what comes next is begun ahead.

    With an executor they are read by its machines, some at a time; else here, one at a time.
    """

    def __init__(
        self, reader: Reader, passwords: tuple[str, ...], executor: "Executor | None" = None
    ) -> None:
        self._reader, self._passwords, self._executor = reader, passwords, executor
        self._coming: Iterator[tuple[Member, Opened]] = iter(())
        self._begun: deque[tuple[Member, Opened]] = deque()

    def opened(self, data: bytes, clock: Clock | None = None) -> Opened:
        """Return a file for the line; it is read when its turn comes, or shortly before.

        What lies in another one has the other's `clock`, and is a message for its text alone.
        """
        letters = clock is not None
        here = InReader(
            self._reader, data, self._passwords, clock, self._begin_next, letters=letters
        )
        if self._executor is None:
            return here
        return Elsewhere(self._executor, self._reader, here, data, self._passwords)

    def through(self, coming: Iterator[tuple[Member, Opened]]) -> Iterator[tuple[Member, Opened]]:
        """Yield files. The next may be asked for as soon as one has shown what it is."""
        self._coming = coming
        while True:
            if self._executor:
                self._begin_next()
            one = self._begun.popleft() if self._begun else next(self._coming, None)
            if one is None:
                return
            yield one
            one[1].done()

    def _begin_next(self) -> None:
        most = _AHEAD if self._executor else 1
        while len(self._begun) < most and (one := next(self._coming, None)):
            self._begun.append(one)
            if not one[0].findings and one[0].data:
                one[1].begin()


class Elsewhere:
    """A file that another machine reads, in a reader of its own there."""

    def __init__(
        self,
        executor: "Executor",
        reader: Reader,
        here: InReader,
        data: bytes,
        passwords: tuple[str, ...],
    ) -> None:
        """`here` reads it where that machine fails."""
        self._executor, self._reader, self._here = executor, reader, here
        self._data, self._passwords = data, passwords
        self._sent: Future[bytes] | None = None
        self._seen: Seen | None = None

    @cached_property
    def kind(self) -> str:
        """What it is by its content."""
        return kind_in(self._reader, self._data)

    @property
    def container(self) -> bool:
        """Whether it is an archive or a message: what it holds is read one by one."""
        return self.kind in CONTAINERS

    def begin(self) -> None:
        """Let it be read, and do not wait."""
        if self._sent is None and not self.container:
            self._sent = self._executor.submit(seen_elsewhere, self._data, self._passwords)

    def seen(self) -> Seen:
        """Return what the file shows; of one that cost its reader the life, that."""
        if self._seen is None:
            self.begin()
            found = _arrived(Seen, self._sent)
            self._seen = found if found is not None else self._here.seen()
        return self._seen

    def checked(self, on: Grounds, further: Further) -> Checked:
        """Return what the file gives, checked once more where that asks for further grounds."""
        if not self.seen().readable:
            return judged(Book(self.seen().kind, findings=self.seen().findings, readable=False), on)
        found = self._checked(on)
        if found and (more := further(found)):
            found = self._checked(more)
        return found if found is not None else self._here.checked(on, further)

    def done(self) -> None:
        """Count nothing: another machine's time is its own."""

    def _checked(self, on: Grounds) -> Checked | None:
        sent = self._executor.submit(checked_elsewhere, self._data, self._passwords, on)
        return _arrived(Checked, sent)


def _arrived(kind: type[_T], sent: "Future[bytes] | None") -> _T | None:
    """Return an answer, which is data and checked; None if none came."""
    try:
        found: _T | None = decode(kind, sent.result()) if sent else None
    except Exception:  # noqa: BLE001 - the machine, the way there, or what it sent
        return None
    return found


_elsewhere = Reader()  # of a machine that reads for another, as long as it does


def end_elsewhere() -> None:
    """End this machine's reader; another one starts with the next file."""
    _elsewhere.close()


def seen_elsewhere(data: bytes, passwords: tuple[str, ...]) -> bytes:
    """Return what a file shows as data, read in this machine's reader."""
    return encode(Seen, InReader(_elsewhere, data, passwords).seen())


def checked_elsewhere(data: bytes, passwords: tuple[str, ...], on: Grounds) -> bytes:
    """Return what a file gives as data, read and checked in this machine's reader."""
    return encode(Checked, InReader(_elsewhere, data, passwords).checked(on, lambda _: None))
