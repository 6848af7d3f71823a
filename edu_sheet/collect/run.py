"""收件箱 → reading → check → ledger, one file at a time.

A file goes through small steps, each of which may be done twice: the original is kept, its
delivery begins, each submission in it is recorded in one transaction, what waits is put into
待处理, the file leaves the inbox, the delivery is settled. A run that is cut off is taken up by the
next one where it stopped, so that the ledger becomes what it would have been.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from edu_sheet import pending, reading
from edu_sheet.check import say
from edu_sheet.collect import inbox
from edu_sheet.collect.inbox import Arrived, Left
from edu_sheet.collect.judge import Judge
from edu_sheet.errors import LedgerError
from edu_sheet.files import reporting
from edu_sheet.ledger import Delivery, Ledger
from edu_sheet.model import Finding, Severity, Submission, Verdict
from edu_sheet.reading import limits
from edu_sheet.workspace import Workspace

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Collected:
    """What a run found, in order, and what it left where it lay."""

    submissions: list[Submission] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def collect(
    workspace: Workspace,
    ledger: Ledger,
    files: Sequence[Path] | None,
    *,
    received_at: datetime | None,
    passwords: Sequence[str] = (),
    now: datetime,
    progress: Progress | None = None,
) -> Collected:
    """Collect what lies in 收件箱/, or the files named, which are copied and never removed.

    `progress` is told how many of how many files are done. LedgerError if another collect is at
    work or the ledger is damaged; WorkspaceError for a named file that does not exist; OutputError
    if something cannot be written: what had been recorded stays, and the next run goes on.
    """
    with one_at_a_time(workspace):
        run = _Run(workspace, ledger, received_at, now, passwords)
        run.take_up()
        arrived, left = inbox.look(workspace, files)
        run.result.left.extend(left)
        for done, one in enumerate(arrived):
            if progress:
                progress(done, len(arrived))
            run.receive(one)
        if progress:
            progress(len(arrived), len(arrived))
        return run.result


@contextmanager
def one_at_a_time(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace's lock, which dies with the process; LedgerError if another holds it."""
    from filelock import FileLock, Timeout

    path = workspace.archive / "collect.lock"
    with reporting(path):
        workspace.create()
        lock = FileLock(path, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise LedgerError(
                "另一个 edu-sheet 正在收取或裁定", "请等它结束（或关掉那个窗口）后重新运行本命令。"
            ) from None
    try:
        for folder in (workspace.pending, workspace.archive / "原件"):
            inbox.sweep(folder)
        yield
    finally:
        lock.release()


class _Run:
    """One run over the inbox."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: Ledger,
        received_at: datetime | None,
        now: datetime,
        passwords: Sequence[str],
    ) -> None:
        self.result = Collected()
        self._workspace = workspace
        self._ledger = ledger
        self._received_at = received_at or now
        self._given = received_at is not None
        self._passwords = passwords
        self._judge = Judge(ledger)

    def take_up(self) -> None:
        """Finish what an earlier run was cut off in."""
        for delivery in self._ledger.unsettled():
            if self._workspace.original(delivery.sha256).exists():
                self._deliver(delivery)

    def receive(self, arrived: Arrived) -> None:
        """Collect one file."""
        digest = inbox.keep(self._workspace, arrived.path)
        if digest is None:
            self.result.left.append(Left(arrived.file, "打不开或还在写入，下次再收"))
            return
        self._deliver(
            self._ledger.begin_delivery(
                *(arrived.file, arrived.origin, digest, self._received_at), given=self._given
            )
        )

    def _deliver(self, delivery: Delivery) -> None:
        recorded = self._ledger.of_delivery(delivery)
        for name, data, findings, letter in self._members(delivery):
            digest = delivery.sha256 if data is None else inbox.keep_bytes(self._workspace, data)
            done = next((one for one in recorded if one.sha256 == digest), None)
            if done:
                recorded.remove(done)
            else:
                done = self._record(delivery, name, digest, data, findings, letter)
            self._show(done)
            if done.verdict is Verdict.ATTENTION:
                pending.place(self._workspace, done)
            else:
                pending.clear(self._workspace, done)
        self._leave(delivery)

    def _members(
        self, delivery: Delivery
    ) -> Iterator[tuple[str, bytes | None, tuple[Finding, ...], reading.Letter | None]]:
        """Yield (name, bytes, findings, message) of each submission in a file.

        With findings there is nothing to read: an archive or a message, or what is too large,
        without its bytes.
        """
        original = self._workspace.original(delivery.sha256)
        with reporting(original):
            size = original.stat().st_size
            data = original.read_bytes() if size <= limits.MAIL_BYTES else b""
        container = reading.kind_of(data) in reading.CONTAINERS
        if size > limits.FILE_BYTES and not container:
            yield delivery.file, None, (say("too_large"),), None
            return
        if not container:
            yield delivery.file, data, (), None
            return
        unpacked = reading.unpack(data)
        findings = unpacked.findings
        if not unpacked.members and not any(one.severity is Severity.ERROR for one in findings):
            findings = (*findings, say("empty_archive"))
        if findings:
            yield delivery.file, data, findings, None
        for member in unpacked.members:
            yield f"{delivery.file}/{member.name}", member.data, (), member.letter

    def _record(
        self,
        delivery: Delivery,
        name: str,
        digest: str,
        data: bytes | None,
        findings: tuple[Finding, ...],
        letter: reading.Letter | None,
    ) -> Submission:
        same = [
            one
            for one in self._ledger.same_bytes(digest)
            if not any(finding.code == "duplicate" for finding in one.findings)
        ]
        if taken := next((one for one in same if one.verdict is Verdict.ACCEPTED), None):
            return self._ledger.record(delivery, _duplicate(taken, name, delivery), ())
        before = same[0] if same else None
        arrived = before or _arrived(delivery, name, digest, letter)
        if data is None or findings:
            if before and before.verdict is Verdict.IGNORED:
                return before  # a person has rejected it
            return self._ledger.record(delivery, _unread(arrived, data, findings), ())
        submission, entries = self._judge.judged(
            *(arrived, data),
            decisions=self._ledger.decisions(arrived.id),
            passwords=self._passwords,
        )
        if before and before.unit and any(one.code == "encrypted" for one in submission.findings):
            return before  # it was opened with a password that this run does not have
        return self._ledger.record(delivery, submission, entries)

    def _leave(self, delivery: Delivery) -> None:
        """Take the file out of the inbox and settle its delivery, unless it is held open."""
        folder, _, name = delivery.origin.partition("/")
        if folder == self._workspace.inbox.name:
            path = self._workspace.inbox / name
            reason = inbox.remove(path, delivery.sha256)
            if reason:
                self.result.left.append(Left(delivery.file, reason))
                if not inbox.changed(path, delivery.sha256):
                    return
        self._ledger.settle(delivery)

    def _show(self, submission: Submission) -> None:
        """Add a submission to what this run found, once."""
        if all(one.id != submission.id for one in self.result.submissions):
            self.result.submissions.append(submission)


def _arrived(
    delivery: Delivery, name: str, digest: str, letter: reading.Letter | None
) -> Submission:
    """Return a new submission; one that came by mail came when the message did.

    Unless a person said when; and never later than it was collected, whatever the message claims.
    """
    new = Submission(0, name, digest, "unknown", Verdict.ATTENTION, delivery.received_at)
    if letter is None:
        return new
    moment = delivery.received_at
    if letter.arrived_at and not delivery.given:
        moment = min(moment, letter.arrived_at.astimezone(moment.tzinfo))
    return replace(new, received_at=moment, sender=letter.sender, findings=(letter.known,))


def _unread(arrived: Submission, data: bytes | None, findings: tuple[Finding, ...]) -> Submission:
    """Return an archive, or what is too large to be read, with what was found in it."""
    grave = any(one.severity is Severity.ERROR for one in findings)
    verdict = Verdict.ATTENTION if grave else Verdict.ACCEPTED
    kind = reading.kind_of(data) if data else "unknown"
    return replace(arrived, kind=kind, verdict=verdict, findings=findings)


def _duplicate(taken: Submission, name: str, delivery: Delivery) -> Submission:
    return Submission(
        id=0,
        file=name,
        sha256=taken.sha256,
        kind=taken.kind,
        verdict=Verdict.IGNORED,
        received_at=delivery.received_at,
        unit=taken.unit,
        period=taken.period,
        modified_at=taken.modified_at,
        findings=(say("duplicate", other=taken.id, file=taken.file),),
    )
