"""The mail box → 收件箱/: new messages with attachments, as .eml.

A message is written and made durable before it is remembered: a run that is cut off fetches it
again, and the second copy is the same bytes under the same name. The server is told nothing
(EXAMINE, BODY.PEEK) unless 设置 asks for it, and then only about messages that lie in 收件箱/:
imap-tools expunges the whole folder when it sets a flag, which is why imaplib stands here.
"""

import imaplib
from dataclasses import dataclass, field
from datetime import date, datetime

from edu_sheet import reading
from edu_sheet.kit import clock
from edu_sheet.kit.beneath import discard, rename
from edu_sheet.kit.files import reporting, safe_name, write_bytes
from edu_sheet.kit.progress import Progress
from edu_sheet.kit.reader.reader import Reader, StoppedError
from edu_sheet.mail import account
from edu_sheet.mail.account import Server
from edu_sheet.mail.imap import connected, in_search, required
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.plan import Plan
from edu_sheet.words.settings import AfterFetch, MailSettings

_FOLDER = "INBOX"
_SUBJECT = 30  # characters of a subject in a file's name


@dataclass(slots=True)
class FetchedSoFar:
    """What a run fetched into 收件箱/, and the messages without attachments that it left."""

    files: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    rebuilt: bool = False  # the server has numbered its messages anew


def fetch(
    workspace: Workspace,
    plan: Plan,
    ledger: Ledger,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> FetchedSoFar:
    """Fetch what has come since the last run, since the plan's first month in the first one.

    MailError if the mail box cannot be reached, trusted or logged in to, or the connection breaks:
    what was fetched before lies in 收件箱/ and is not fetched again. OutputError as files raise it.
    """
    server = account.imap_server(plan.settings.mail)
    after = plan.settings.mail.after_fetch
    with connected(server) as box, Reader() as reader:
        looking = after is AfterFetch.LEAVE
        run = _Run(workspace, ledger, box, server, now, reader, looking=looking)
        waiting = run.waiting(plan.settings.first_month.day(1))
        for done, uid in enumerate(waiting):
            if progress:
                progress(done, len(waiting))
            run.take(uid)
        run.tidy(after)
        return run.fetched


def try_to_log_in(settings: MailSettings) -> Server:
    """Return the server for fetching, once it let us in; MailError if it did not."""
    server = account.imap_server(settings)
    with connected(server):
        return server


class _Run:
    """One look into the mail box."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: Ledger,
        box: imaplib.IMAP4,
        server: Server,
        now: datetime,
        reader: Reader,
        *,
        looking: bool,
    ) -> None:
        self._reader = reader
        self.fetched = FetchedSoFar()
        self._taken: list[int] = []  # UIDs that lie in 收件箱/
        self._workspace, self._ledger, self._box, self._now = workspace, ledger, box, now
        self._name = f"{server.account} {server.host}"
        required(box.select(_FOLDER, readonly=looking))
        (validity,) = box.response("UIDVALIDITY")[1]
        self._validity = int(validity or 0)

    def waiting(self, since: date) -> list[int]:
        """Return the UIDs of messages that were not looked at yet, oldest first."""
        seen = self._ledger.mailboxes.fetched(self._name, self._validity)
        self.fetched.rebuilt = not seen and self._ledger.mailboxes.knows(self._name)
        (found,) = required(self._box.uid("SEARCH", "SINCE", in_search(since)))[:1] or (b"",)
        return sorted({int(uid) for uid in (found or b"").split()} - seen)

    def take(self, uid: int) -> None:
        """Put a message into 收件箱/ and remember it; then take out what has no attachments.

        It is read last, where it can be stopped: what it does to its reader hinders no other.
        """
        parts = required(self._box.uid("FETCH", str(uid), "(BODY.PEEK[])"))
        data = next((part[1] for part in parts if isinstance(part, tuple)), None)
        if data is None:  # somebody deleted it meanwhile
            return
        kept = self._workspace.inbox / f"{self._validity}-{uid}.eml"
        write_bytes(kept, data, root=self._workspace.root)
        self._ledger.mailboxes.record(self._name, self._validity, uid, kept.name, self._now)
        try:
            outline = self._reader.ask(reading.outline, data)
        except StoppedError:
            outline = None
        if outline and outline.empty:
            discard(kept, self._workspace.root)
            self._ledger.mailboxes.record(self._name, self._validity, uid, "", self._now)
            self.fetched.without.append(f"{outline.sender or '发件人不明'}：{outline.subject}")
            return
        file = kept.name
        if outline:
            moment = outline.arrived_at or self._now
            when = f"{moment.astimezone(clock.zone()):%Y%m%d-%H%M}"
            file = f"{when}_{safe_name(outline.subject, _SUBJECT)}_{kept.name}"
            with reporting(kept):
                rename(kept, kept.with_name(file), self._workspace.root)
            self._ledger.mailboxes.record(self._name, self._validity, uid, file, self._now)
        self.fetched.files.append(file)
        self._taken.append(uid)

    def tidy(self, after: AfterFetch) -> None:
        """Do with the fetched messages on the server what 设置 asks for."""
        if not self._taken or after is AfterFetch.LEAVE:
            return
        uids = ",".join(map(str, self._taken))
        flag = r"(\Seen)" if after is AfterFetch.SEEN else r"(\Deleted)"
        required(self._box.uid("STORE", uids, "+FLAGS", flag))
        if after is AfterFetch.DELETE and "UIDPLUS" in self._box.capabilities:
            # Without UIDPLUS they are only marked: EXPUNGE would take what others marked too.
            required(self._box.uid("EXPUNGE", uids))
