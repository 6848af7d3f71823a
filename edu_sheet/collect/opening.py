"""Files opened: the submissions that each holds, in the order in which they are taken in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from edu_sheet import reading
from edu_sheet.collect import beside
from edu_sheet.collect.line import Clock, Line, Member, Opened, unpacked
from edu_sheet.collect.reading_now import ReadingNow
from edu_sheet.kit import clock
from edu_sheet.kit.files import reporting, sha256
from edu_sheet.kit.reader.reader import Reader, StoppedError
from edu_sheet.reading import Letter, limits
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Delivery
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.findings import Finding

_NAMED = 20  # of an archive's files that were not read


class Opening:
    """Opens what was delivered: originals, and what lies in those that are archives or mail."""

    def __init__(
        self, workspace: Workspace, line: Line, unpacker: Reader, now_read: ReadingNow
    ) -> None:
        self._workspace = workspace
        self._line = line
        self._unpacker = unpacker
        self._now_read = now_read
        self._in_hand: dict[str, bytes] = {}  # by digest: originals that were copied just now

    def keep_in_hand(self, digest: str, data: bytes) -> None:
        """Keep what an original holds, so that it need not be read once more."""
        self._in_hand[digest] = data

    def through(self, deliveries: Iterable[Delivery]) -> Iterator[tuple[Member, Opened]]:
        """Yield each submission in files: one at least, what may lie beside a form last.

        With findings there is nothing to read: an archive or a message, or what is too large,
        without its bytes. An archive itself comes first, for it may be one.
        """
        for delivery in deliveries:
            size, data = self._original(delivery.sha256)
            itself = Member(delivery, delivery.file, delivery.sha256, data)
            if unread := self._left_unread(delivery, size):
                yield itself._replace(findings=(unread,)), self._line.opened(b"")
                continue
            self._now_read.begin(delivery.sha256)
            opened = self._line.opened(data)
            yield itself, opened  # nothing of what follows before it shows what it is
            if opened.container:
                yield from self._inside(itself._replace(kind=opened.kind))

    def _left_unread(self, delivery: Delivery, size: int) -> Finding | None:
        """Return why a file is not read at all, None if it is."""
        if size > limits.MAIL_BYTES:
            return note("too_large:unread")
        return note("interrupted") if self._now_read.too_often(delivery.sha256) else None

    def _inside(self, itself: Member) -> Iterator[tuple[Member, Opened]]:
        """Yield what an archive or a message holds; before it, what is wrong with it."""
        delivery, budget = itself.delivery, Clock()
        archive = unpacked(self._unpacker, itself.data, budget)
        if archive.findings:
            letter = archive.outermost and _here(archive.outermost)
            partly = bool(archive.members)
            wrong = itself._replace(findings=archive.findings, letter=letter, partly=partly)
            yield wrong, self._line.opened(b"")
        reported = bool(archive.findings and archive.outermost and archive.outermost.bounce)
        places = sorted(
            # A report is one with what is wrong in it.
            (n for n, one in enumerate(archive.members) if one.name or not reported),
            key=lambda place: beside.may_lie_beside(
                archive.members[place].name, archive.members[place].kind
            ),
        )
        for done, place in enumerate(places):
            one = archive.members[place]
            data = self._of_member(place) if budget.left else None
            if data is None:
                rest = tuple(archive.members[left].name for left in places[done:])
                told = note("more_files:unread", count=len(rest), files=rest[:_NAMED])
                findings = (*archive.findings, told)
                rest_of_it = itself._replace(findings=findings, partly=True)
                yield rest_of_it, self._line.opened(b"")
                return
            letter = None if one.letter is None else _here(archive.letters[one.letter])
            name = f"{delivery.file}/{one.name}" if one.name else delivery.file
            member = Member(delivery, name, sha256(data), data, one.kind, (), True, letter)
            yield member, self._line.opened(data, budget)

    def _of_member(self, place: int) -> bytes | None:
        """Return the bytes of a file in the archive that is open, None if it is open no more."""
        try:
            return self._unpacker.ask_more(reading.member, place)
        except StoppedError:
            return None

    def _original(self, digest: str) -> tuple[int, bytes]:
        """Return an original's size and what it holds: nothing of one that no program mails."""
        if (data := self._in_hand.pop(digest, None)) is not None:
            return len(data), data
        path = self._workspace.original(digest)
        with reporting(path):
            size = path.stat().st_size
            return size, self._workspace.read_original(digest) if size <= limits.MAIL_BYTES else b""


def _here(letter: Letter) -> Letter:
    """Return a letter with the time of its arrival as it is told here: servers write UTC."""
    moment = letter.arrived_at
    return replace(letter, arrived_at=moment and moment.astimezone(clock.zone()))
