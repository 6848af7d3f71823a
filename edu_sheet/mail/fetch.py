"""The mail box → 收件箱/: new messages that may be answers, as .eml.

Headers come first, many at a time: of most messages they tell that nobody answers with them. A
message is written and made durable before it is remembered: a run that is cut off fetches it
again, and the second copy is the same bytes under the same name. The server is told nothing
(EXAMINE, BODY.PEEK) unless 设置 asks for it, and then only about messages that lie in 收件箱/:
imap-tools expunges the whole folder when it sets a flag, which is why imaplib stands here.
"""

import imaplib
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple

from edu_sheet import reading
from edu_sheet.kit import clock
from edu_sheet.kit.beneath import discard, rename
from edu_sheet.kit.files import reporting, safe_name, write_bytes
from edu_sheet.kit.lock import one_at_a_time
from edu_sheet.kit.progress import Progress
from edu_sheet.kit.reader.reader import Reader, StoppedError
from edu_sheet.mail import account
from edu_sheet.mail.account import Server
from edu_sheet.mail.box import Box, Listed
from edu_sheet.mail.folders import Folder, folders
from edu_sheet.mail.imap import connected
from edu_sheet.mail.looked_into import INBOX, LookedInto, looked_into
from edu_sheet.mail.sieve import Sieve
from edu_sheet.reading import Head
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import MailError
from edu_sheet.words.letters import Noise
from edu_sheet.words.plan import Plan
from edu_sheet.words.settings import AfterFetch, MailSettings
from edu_sheet.words.step import AGAIN

_SHOWN = 50  # folders of a mail box, by name
_SUBJECT = 30  # characters of a subject in a file's name
_IN_A_ROW = 10  # messages at which the connection breaks, one after the other: it is the server


@dataclass(frozen=True, slots=True)
class Left:
    """The messages of a kind from one address that were left in the mail box."""

    kind: Noise
    sender: str  # "" where it is not known
    subject: str  # of the last one
    count: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A message at which the connection broke, such as one whose size the server miscounts."""

    sender: str  # "" where it is not known
    subject: str


@dataclass(slots=True)
class FetchedSoFar:
    """What a run fetched into 收件箱/, and the messages that it left where they are."""

    files: list[str] = field(default_factory=list)
    left: dict[tuple[Noise, str], Left] = field(default_factory=dict)  # by kind and sender
    rebuilt: bool = False  # the server has numbered its messages anew
    missed: int = 0  # messages that the server listed and did not give
    broken: list[Broken] = field(default_factory=list)  # asked for again in the next run
    left_out: list[str] = field(default_factory=list)  # folders of junk, of very many

    def leave(self, kind: Noise, sender: str, subject: str) -> None:
        """Count a message that stays where it is."""
        before = self.left.get((kind, sender))
        count = before.count + 1 if before else 1
        self.left[kind, sender] = Left(kind, sender, subject, count)


def fetch(
    workspace: Workspace,
    plan: Plan,
    ledger: Ledger,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> FetchedSoFar:
    """Fetch what has come since the last run, since the plan's first month in the first one.

    A message at which the connection breaks hinders none after it: they come over another one.
    MailError if another run is fetching, the mail box cannot be reached, trusted or logged in to,
    lacks a folder, or the connection breaks: what was fetched before lies in 收件箱/ and is not
    fetched again. OutputError as files raise it.
    """
    server = account.imap_server(plan.settings.mail)
    with one_at_a_time(workspace.archive / "fetch.lock", _busy()), Reader() as reader:
        run = _Run(workspace, plan, ledger, reader, now)
        while True:
            try:
                run.look(server, progress)
            except MailError:
                if not run.can_do_without():
                    raise
            else:
                return run.fetched


def _busy() -> MailError:
    return MailError(
        "另一个 edu-sheet 正在收取邮件，没有再收", "等它收完就行，两边收到的都在收件箱里。", AGAIN
    )


def try_to_log_in(settings: MailSettings) -> Server:
    """Return the server for fetching, once it let us in; MailError if it did not."""
    server = account.imap_server(settings)
    with connected(server) as connection:
        _folders(connection, settings)
        return server


def _known(ledger: Ledger) -> tuple[Callable[[str], bool], Callable[[Collection[str]], bool]]:
    """Return whether an address is a unit's, and whether a Message-ID is a letter's of ours."""
    written = ledger.letters.addresses()

    @cache
    def of_unit(address: str) -> bool:
        known = ledger.plan.units_of(address) or ledger.returns.knows_sender(address)
        return bool(known) or address in written

    return of_unit, lambda ids: ledger.letters.of_message([*ids]) is not None


def _folders(connection: imaplib.IMAP4, settings: MailSettings) -> LookedInto:
    """Return the folders to look into; MailError if 设置 names one that is not there."""
    there = folders(connection)
    wanted = [one.strip() for one in re.split("[、，,；;]", settings.folders) if one.strip()]
    asked = looked_into(wanted, there)
    if asked.missing:
        names = "、".join(one.shown for one in there[:_SHOWN])
        names += f" 等 {len(there)} 个" if len(there) > _SHOWN else ""
        raise MailError(
            f"邮箱里没有“{'、'.join(asked.missing)}”这个文件夹",
            f"请在 分工方案.xlsx 的“设置”里改正“收取文件夹”。邮箱里有：{names}。",
            AGAIN,
        )
    return asked


class _Awaited(NamedTuple):
    """A message that the server was asked for and has not given yet."""

    name: str  # of the folder
    validity: int
    uid: int
    broken: Broken  # what it is called if it never comes


class _Run:
    """One run over the folders of a mail box."""

    def __init__(
        self, workspace: Workspace, plan: Plan, ledger: Ledger, reader: Reader, now: datetime
    ) -> None:
        self.fetched = FetchedSoFar()
        self._taken: dict[str, list[int]] = {}  # UIDs that lie in 收件箱/, by folder: to be tidied
        self._without = set[tuple[str, int, int]]()  # (folder, validity, UID) that never come
        self._awaited: _Awaited | None = None
        self._in_a_row = 0  # connections that broke since a message came
        self._workspace, self._ledger, self._sieve = workspace, ledger, Sieve(plan, *_known(ledger))
        self._settings, self._since = plan.settings.mail, plan.settings.first_month.day(1)
        self._reader, self._now = reader, now

    def look(self, server: Server, progress: Progress | None) -> None:
        """Look into every folder over one connection; MailError if it breaks."""
        self._awaited, self.fetched.missed = None, 0
        after = self._settings.after_fetch
        with connected(server) as connection:
            asked = _folders(connection, self._settings)
            self.fetched.left_out = [one.shown for one in asked.left_out]
            for folder in asked.folders:
                name = f"{server.account} {server.host}"
                name = name if folder is INBOX else f"{name} {folder.name}"
                box = Box(connection, folder, looking=after is AfterFetch.LEAVE)
                self._look_into(box, name, folder, progress)
                box.tidy(self._taken.pop(name, []), after)

    def can_do_without(self) -> bool:
        """Return whether it was at a message that the connection broke: the rest is had without.

        That message is told, and asked for again in the next run.
        """
        if self._awaited is None or self._in_a_row >= _IN_A_ROW:
            return False
        name, validity, uid, broken = self._awaited
        self._without.add((name, validity, uid))
        self.fetched.broken.append(broken)
        self._in_a_row += 1
        return True

    def _look_into(self, box: Box, name: str, folder: Folder, progress: Progress | None) -> None:
        """Take what may be an answer out of a folder, of what was not looked at yet."""
        seen = self._ledger.mailboxes.fetched(name, box.validity)
        self.fetched.rebuilt |= not seen and self._ledger.mailboxes.knows(name)
        here = (name, box.validity)
        without = {uid for *where, uid in self._without if (*where,) == here}
        waiting = sorted(box.since(self._since) - seen - without)
        done = 0
        self.fetched.missed += len(waiting)
        for batch in box.headers(waiting):
            self.fetched.missed -= len(batch)
            for uid, head in self._worth(box, name, batch):
                called = Broken(head.sender, head.subject) if head else Broken("", "")
                self._awaited = _Awaited(name, box.validity, uid, called)
                data = box.message(uid)
                self._awaited, self._in_a_row = None, 0
                if data is None:
                    self.fetched.missed += 1
                else:
                    self._take(box, name, folder, uid, data)
                done += 1
                if progress:
                    progress(min(done, len(waiting)), len(waiting))

    def _worth(self, box: Box, name: str, batch: Sequence[Listed]) -> list[tuple[int, Head | None]]:
        """Return the messages that may be answers; the others are counted and remembered."""
        heads = self._heads([one.head for one in batch])
        every = [
            (one, head, self._sieve.passes(head, one.size))
            for one, head in zip(batch, heads, strict=True)
        ]
        unclear = {
            one.uid: one.size
            for one, head, noise in every
            if noise is None and self._sieve.unclear(head)
        }
        without = box.without_files(unclear)
        worth, left = list[tuple[int, Head | None]](), list[int]()
        for one, head, noise in every:
            kind = noise or (Noise.OTHER if one.uid in without else None)
            if kind is None or head is None:
                worth.append((one.uid, head))
            else:
                self.fetched.leave(kind, head.sender, head.subject)
                left.append(one.uid)
        if left:
            self._ledger.mailboxes.record(name, box.validity, left, "", self._now)
        return worth

    def _heads(self, blocks: Sequence[bytes]) -> Sequence[Head | None]:
        """Return what headers say; where they cannot be read together, each by itself."""
        try:
            return self._reader.ask(reading.heads, reading.joined(blocks))
        except StoppedError:
            return [self._heads([one])[0] for one in blocks] if len(blocks) > 1 else [None]

    def _take(self, box: Box, name: str, folder: Folder, uid: int, data: bytes) -> None:
        """Put a message into 收件箱/ and remember it; then take out what is no answer.

        It is read last, where it can be stopped: what it does to its reader hinders no other.
        """
        root, record = self._workspace.root, self._ledger.mailboxes.record
        within = "" if folder is INBOX else f"{safe_name(folder.last, _SUBJECT)}-"
        # No 3362-2, which could be taken for a month.
        kept = self._workspace.inbox / f"{within}{box.validity}-uid{uid}.eml"
        write_bytes(kept, data, root=root)
        record(name, box.validity, [uid], kept.name, self._now)
        try:
            outline = self._reader.ask(reading.outline, data)
        except StoppedError:
            outline = None
        if outline and (kind := self._sieve.left(outline)):
            discard(kept, root)
            record(name, box.validity, [uid], "", self._now)
            about = outline.bounce.named if outline.bounce else outline.sender
            self.fetched.leave(kind, about, outline.subject)
            return
        file = kept.name
        if outline:
            moment = outline.arrived_at or self._now
            when = f"{moment.astimezone(clock.zone()):%Y%m%d-%H%M}"
            file = f"{when}_{safe_name(outline.subject, _SUBJECT)}_{kept.name}"
            with reporting(kept):
                rename(kept, kept.with_name(file), root)
            record(name, box.validity, [uid], file, self._now)
        self.fetched.files.append(file)
        self._taken.setdefault(name, []).append(uid)
