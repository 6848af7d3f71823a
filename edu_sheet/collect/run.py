"""收件箱 → reading → check → ledger, one file at a time.

A file goes through small steps, each of which may be done twice: the original is kept, its
delivery begins, each submission in it is recorded in one transaction, what waits is put into
待处理, the file leaves the inbox, the delivery is settled. A run that is cut off is taken up by the
next one where it stopped, so that the ledger becomes what it would have been; the file that it was
reading comes last then, and after two such runs it is not read any more (`reading_now`).

Files take these steps in small batches: what must be durable before the next step is made so for
all of a batch at once, and may be read in other processes. They are recorded here, one after the
other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path

from edu_sheet import reading
from edu_sheet.check import says_nothing_new
from edu_sheet.collect import (
    beside,
    brought_back,
    inbox,
    moved,
    own_letter,
    passed_on,
    pending,
    recalled,
)
from edu_sheet.collect.arriving import duplicate, newly_arrived, our_own, unread
from edu_sheet.collect.choices import choices
from edu_sheet.collect.inbox import Arrived, Found, Left
from edu_sheet.collect.judge import Judge
from edu_sheet.collect.line import Line, Member, Opened
from edu_sheet.collect.opening import Opening
from edu_sheet.collect.pending import Explain
from edu_sheet.collect.reading_now import ReadingNow
from edu_sheet.collect.returned import reported, with_unread
from edu_sheet.collect.settle import settled_by
from edu_sheet.collect.tied import set_aside
from edu_sheet.kit import clock, lock
from edu_sheet.kit.beneath import matching
from edu_sheet.kit.progress import Progress
from edu_sheet.kit.reader.reader import Reader
from edu_sheet.kit.workers import BATCH, Crew
from edu_sheet.reading import Letter
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Delivery, Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.returns import Entry, Submission, Verdict
from edu_sheet.words.step import AGAIN

_LONG_AGO = 3600.0  # seconds: nobody writes a file for so long


class CollectedSoFar:
    """What a run found, in order, and what it left where it lay.

    Of thousands of submissions no more than the numbers is kept: the ledger has the rest.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.left: list[Left] = []
        self._ledger = ledger
        self._numbers: dict[int, None] = {}
        self._again: dict[int, list[str]] = {}

    def add(self, submission: Submission) -> None:
        """Add a submission, once."""
        self._numbers[submission.id] = None

    @property
    def submissions(self) -> list[Submission]:
        """The submissions as they stand in the ledger, which must be open still.

        Each with the other names that its file came by in this run.
        """
        return [self._named(one) for one in self._ledger.returns.numbered([*self._numbers])]

    def name_again(self, number: int, name: str) -> None:
        """Keep the name by which a submission's file came once more."""
        self._again.setdefault(number, []).append(name)

    def _named(self, one: Submission) -> Submission:
        again = self._again.get(one.id)
        told = note("came_again", files=tuple(again)) if again else None
        return replace(one, findings=(told, *one.findings)) if told else one


def collect(
    workspace: Workspace,
    ledger: Ledger,
    files: Sequence[Path] | None,
    *,
    received_at: datetime | None,
    passwords: Sequence[str] = (),
    now: datetime,
    progress: Progress | None = None,
    crew: Crew | None = None,
    explain: Explain = pending.explain,
) -> CollectedSoFar:
    """Collect what lies in 收件箱/, or the files named, which are copied and never removed.

    `progress` is told how many of how many files are done; a `crew` may do the reading; `explain`
    gives the lines of the .txt beside what waits. LedgerError
    if another collect is at work or the ledger is damaged; WorkspaceError for a named file that
    does not exist; OutputError if something cannot be written: what had been recorded stays, and
    the next run goes on.
    """
    with (
        one_at_a_time(workspace),
        ledger.deferred(),
        _line(passwords, crew) as line,
        Reader() as unpacker,
        ReadingNow(workspace.reading_now, workspace.root) as now_read,
    ):
        ledger.returns.number_above(number for number, _ in pending.waiting(workspace))
        run = _Run(workspace, ledger, received_at, now, line, unpacker, now_read, explain)
        run.take_up()
        moved.follow(workspace, ledger, explain)
        arrived, left = inbox.look(workspace, files)
        run.result.left.extend(left)
        run.receive(arrived, progress or (lambda _done, _every: None))
        run.take_suspects()
        pending.clear_moved(workspace, ledger.returns.waiting())
        return run.result


def deliver(
    workspace: Workspace,
    ledger: Ledger,
    deliveries: Iterable[Delivery],
    numbers: Mapping[tuple[int, str, str], int],
    explain: Explain = pending.explain,
) -> None:
    """Record what deliveries hold whose originals are kept already; the lock must be held.

    `numbers` are those that submissions had before, by delivery, digest and file.
    """
    with ledger.deferred(), _line(()) as line, Reader() as unpacker:
        now, nothing = clock.now(), ReadingNow()
        run = _Run(workspace, ledger, None, now, line, unpacker, nothing, explain, numbers)
        for _ in run.deliver(deliveries):
            pass


@contextmanager
def _line(passwords: Sequence[str], crew: Crew | None = None) -> Iterator[Line]:
    with Reader() as reader:
        reader.start()
        yield Line(reader, tuple(passwords), crew.executor if crew else None)


@contextmanager
def one_at_a_time(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace's lock, which dies with the process; LedgerError if another holds it."""
    busy = LedgerError("另一个 edu-sheet 正在收取或裁定", "请等它结束，或关掉那个窗口。", AGAIN)
    workspace.create()
    with lock.one_at_a_time(workspace.lock, busy):
        for folder in (workspace.pending, workspace.originals):
            inbox.sweep(folder, workspace.root)
        for folder in _written_without_lock(workspace):
            inbox.sweep(folder, workspace.root, untouched=_LONG_AGO)
        yield


def _written_without_lock(workspace: Workspace) -> Iterator[Path]:
    """Yield the folders in which others may be at work while somebody collects."""
    yield from (workspace.root, workspace.inbox, workspace.archive, workspace.viewing)
    for top in (workspace.forms, workspace.outputs, workspace.originals):
        yield from matching(top, workspace.root, "*")


class _Run:
    """One run over the inbox."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: Ledger,
        received_at: datetime | None,
        now: datetime,
        line: Line,
        unpacker: Reader,
        now_read: ReadingNow,
        explain: Explain,
        numbers: Mapping[tuple[int, str, str], int] | None = None,
    ) -> None:
        self.result = CollectedSoFar(ledger)
        self._numbers = numbers or {}
        self._explain = explain
        self._workspace = workspace
        self._ledger = ledger
        self._received_at = received_at or now
        self._given = received_at is not None
        # What arrives later is newer, whatever the clock says by then.
        order = ledger.deliveries
        self._arrived_at = order.place_given(received_at) if received_at else order.next_moment(now)
        self._line = line
        self._opening = Opening(workspace, line, unpacker, now_read)
        self._now_read = now_read
        self._suspects: dict[int, Delivery] = {}  # over which a run was stopped: they come last
        self._judge = Judge(ledger)

    def take_up(self) -> None:
        """Finish what an earlier run was cut off in."""
        kept = [
            one
            for one in self._ledger.deliveries.unsettled()
            if self._workspace.original(one.sha256).exists()
        ]
        for _ in self.deliver(self._trusted(kept)):
            pass

    def take_suspects(self) -> None:
        """Collect, one by one, the files over which an earlier run was stopped."""
        for one in self._suspects.values():
            for _ in self.deliver([one]):
                pass

    def _trusted(self, deliveries: Iterable[Delivery]) -> Iterator[Delivery]:
        """Yield deliveries, but put off those over which an earlier run was stopped."""
        for one in deliveries:
            if self._now_read.suspect(one.sha256):
                self._suspects[one.id] = one
            else:
                yield one

    def receive(self, arrived: Found, progress: Progress) -> None:
        """Collect files, and tell how many are done."""
        every = len(arrived)
        deliveries = (one for batch in _batches(arrived) for one in self._begin(batch))
        done = 0
        progress(done, every)
        for done, _ in enumerate(self.deliver(self._trusted(deliveries)), start=1):
            progress(done, every)
        if done < every:
            progress(every, every)

    def _begin(self, batch: Sequence[Arrived]) -> list[Delivery]:
        """Keep the originals of a batch, and then that they have arrived."""
        kept = []
        originals = inbox.keep_each(self._workspace, [one.path for one in batch])
        for one, original in zip(batch, originals, strict=True):
            if original is None:
                self.result.left.append(Left(one.file, "打不开或还在写入，下次再收"))
                continue
            kept.append((one.file, one.origin, original.sha256))
            if original.data is not None:
                self._opening.keep_in_hand(original.sha256, original.data)
        return self._ledger.deliveries.begin(
            kept, self._received_at, given=self._given, arrived_at=self._arrived_at
        )

    def deliver(self, deliveries: Iterable[Delivery]) -> Iterator[Delivery]:
        """Record what deliveries hold and take their files out of the inbox; yield each."""
        recorded: list[tuple[Delivery, list[Submission]]] = []
        opened = self._line.through(self._opening.through(deliveries))
        for delivery, some in groupby(opened, key=lambda one: one[0].delivery):
            recorded.append((delivery, self._take_in(delivery, some)))
            self._now_read.done(delivery.sha256)
            if len(recorded) == BATCH:
                self._finish(recorded)
            yield delivery
        if recorded:
            self._finish(recorded)

    def _take_in(
        self, delivery: Delivery, pieces: Iterable[tuple[Member, Opened]]
    ) -> list[Submission]:
        """Record each submission in a delivery; return them, with what their forms have settled.

        What lies beside a form is none: the form's submission tells of it.
        """
        recorded = self._ledger.returns.of_delivery(delivery)
        taken: list[Submission] = []
        settled: list[Submission] = []
        lying: dict[int, list[str]] = {}
        for one, opened in pieces:
            if form := self._form_beside(one, opened, taken):
                lying.setdefault(form.id, []).append(one.name.removeprefix(f"{delivery.file}/"))
                continue
            if self._covers(one, taken) or self._says_nothing(one, opened, taken):
                continue
            done = next((known for known in recorded if known.sha256 == one.sha256), None)
            if done:
                recorded.remove(done)
            elif not one.inner and not one.findings and opened.container:
                continue  # what it holds follows
            else:
                done = self._record(one, opened, taken)
            if done is None:
                continue
            taken.append(done)
            waits = {other.id: other for other in self._set_aside(done)}
            taken = [waits.pop(other.id, other) for other in taken]
            settled += [*waits.values(), *settled_by(self._ledger, done)]
        told = [self._with_lying(one, lying.get(one.id, ())) for one in taken]
        for submission in (*told, *settled):
            self.result.add(submission)
        return [*told, *settled]

    def _set_aside(self, one: Submission) -> Iterator[Submission]:
        """Yield what waits, now that one came that cannot be told from it."""
        if one.unit and one.period:
            yield from set_aside(self._ledger, one, self._judge.called(one.unit, one.period))

    def _form_beside(
        self, one: Member, opened: Opened, taken: Sequence[Submission]
    ) -> Submission | None:
        if one.findings or not one.inner or not beside.may_lie_beside(one.name, one.kind):
            return None
        if one.kind not in beside.KINDS and opened.seen().signals:
            return None  # a form saved as text
        filled = [form for form in taken if not self._is_empty(form)]
        return beside.form_beside(one.name, filled, self._judge.named(one.name))

    def _covers(self, one: Member, taken: Sequence[Submission]) -> bool:
        """Return whether a message only covers what it has brought, and is no answer itself."""
        if one.findings or not one.letter or one.letter.bounce or one.kind not in reading.LETTERS:
            return False
        return self._covers_in(one.letter, one, taken)

    def _only_repeats(
        self, one: Member, submission: Submission, taken: Sequence[Submission]
    ) -> bool:
        """Return whether a message says no more in its table than its forms do, nor beside it."""
        letter = one.letter
        if not (letter and letter.tabled and says_nothing_new(submission.findings)):
            return False
        return self._covers_in(replace(letter, tabled=False, text=letter.typed), one, taken)

    def _covers_in(self, letter: Letter, one: Member, taken: Sequence[Submission]) -> bool:
        brought = [form for form in taken if form.file.startswith(f"{one.name}/")]
        forms = [form for form in brought if form.kind not in beside.KINDS]
        tables = [form for form in forms if form.kind not in reading.LETTERS]
        return bool(brought) and not beside.answers(
            letter,
            forms=bool(forms),
            waits=any(form.verdict is Verdict.ATTENTION for form in tables),
            filled=any(self._ledger.entries.given_by(self._first(form)) for form in forms),
            passed_on=self._passes_on(letter, one),
            periods={form.period for form in tables if form.period},
        )

    def _passes_on(self, letter: Letter, one: Member) -> bool:
        """Return whether a message quotes what may be an answer: of others, or in our own letter.

        What the unit itself wrote, above a form that somebody passes on for it, came with that
        form: it is no older message of the sender's.
        """
        arrived = self._with_letter_answered(newly_arrived(one), one)
        own = self._ledger.plan.units_of(arrived.sender) if arrived.sender else set()
        found = self._judge.passed_on(arrived, letter.text, own)
        return any(words.may_answer for words in found) or passed_on.adds_between(
            self._ledger, arrived, letter.text
        )

    def _says_nothing(self, one: Member, opened: Opened, taken: Sequence[Submission]) -> bool:
        """Return whether a server's report has brought a file back that is no answer."""
        if not brought_back.may_be_ours(one):
            return False
        ours = own_letter.by_number(self._ledger, one) is not None
        return brought_back.says_nothing(self._ledger, one, opened, taken, ours=ours)

    def _is_empty(self, form: Submission) -> bool:
        """Return whether a form was taken in, and gave nothing."""
        if any(finding.code == "blank_form" for finding in form.findings):
            return form.verdict is Verdict.ACCEPTED
        first = self._first(form)
        return first != form.id and self._is_empty(self._ledger.returns.submission(first))

    def _first(self, form: Submission) -> int:
        """Return the number of a form, of one that came again that under which it was taken."""
        again = next((one for one in form.findings if one.code == "duplicate"), None)
        number = dict(again.about).get("other") if again else None
        return number if isinstance(number, int) else form.id

    def _with_lying(self, form: Submission, files: Sequence[str]) -> Submission:
        """Return a form's submission with what lies beside it, if anything does."""
        if not files:
            return form
        told = note("lies_beside", count=len(files), files=tuple(files))
        return self._ledger.returns.tell(form, told)

    def _finish(self, recorded: list[tuple[Delivery, list[Submission]]]) -> None:
        """Show what waits of a recorded batch, take its files out of the inbox, and forget it."""
        self._ledger.sync()
        shown = pending.shown(self._workspace)  # once: most of a batch never waited
        for _, submissions in recorded:
            for one in submissions:
                if one.verdict is Verdict.ATTENTION:
                    ways = choices(self._ledger, one)
                    said = self._explain(self._workspace, one, ways)
                    pending.place(self._workspace, one, said)
                elif pending.prefix(one) in shown:
                    pending.clear(self._workspace, one)
        gone = [delivery for delivery, _ in recorded if self._leave(delivery)]
        inbox.sync_removed(path for one in gone if (path := self._in_inbox(one)))
        self._ledger.deliveries.settle(*gone)
        recorded.clear()

    def _record(
        self, one: Member, opened: Opened, taken: Sequence[Submission]
    ) -> Submission | None:
        """Record what a file is and gives; None of a form that came back as it had gone out.

        None, too, of a message whose table says no more than what it brought: that is `taken`.
        """
        delivery = one.delivery
        same = [
            known
            for known in self._ledger.returns.of_bytes(one.sha256)
            if not any(finding.code == "duplicate" for finding in known.findings)
        ]
        if stands := next((known for known in same if known.verdict is Verdict.ACCEPTED), None):
            again = replace(duplicate(stands, one), id=self._number(one))
            return self._write(one, again)
        before = next(self._came_before(one, same), None)
        if before and one.name != before.file and self._in_inbox(delivery):
            self.result.name_again(before.id, one.name)
        new = self._with_letter_answered(newly_arrived(one), one)
        shut = _is_notice(one) or bool(one.findings)
        if before and _is_done(before, shut):
            return before
        arrived = before or replace(new, id=self._number(one))
        if shut:
            return self._write(one, self._unread_now(arrived, one))
        decisions = self._ledger.returns.decisions(arrived.id) if before else ()
        submission, entries = self._judge.judged(arrived, opened, decisions=decisions)
        came_back = brought_back.may_be_ours(one) and brought_back.is_empty(submission, entries)
        if came_back or (not before and self._only_repeats(one, submission, taken)):
            return None
        own = own_letter.by_number(self._ledger, one)
        own = own or own_letter.sent_anew(self._ledger, one, opened, submission)
        if own:
            as_sent = not entries and submission.verdict is Verdict.ACCEPTED
            if as_sent or one.kind in reading.LETTERS:
                submission, entries = our_own(submission, own), ()
        encrypted = any(finding.code == "encrypted" for finding in submission.findings)
        if before and before.unit and encrypted:
            return before  # it was opened with a password that this run does not have
        return self._write(one, submission, entries)

    def _write(
        self, one: Member, submission: Submission, entries: Sequence[Entry] = ()
    ) -> Submission:
        """Keep the original of what lay in another file, and then record what it is.

        Of what is not recorded no original is kept, or the ledger would seem to have lost it.
        """
        if one.inner:
            inbox.keep_bytes(self._workspace, one.data, one.sha256)
        return self._ledger.returns.record(one.delivery, submission, entries)

    def _with_letter_answered(self, new: Submission, one: Member) -> Submission:
        """Return a new submission with the letter of ours that its message answers, if it does."""
        letter = self._ledger.letters.of_message(one.letter.answers) if one.letter else None
        if letter is None:
            return new
        told = note("reply_to_letter", unit=letter.unit, period=letter.period)
        return replace(new, findings=(*new.findings, told))

    def _unread_now(self, arrived: Submission, one: Member) -> Submission:
        """Return what is wrong with an archive or a message, and whose it may be.

        That is not asked of an archive of which some was read: a form of that unit among it would
        settle what was not. Of a server's report it is what the ledger makes of it.
        """
        if one.letter and one.letter.bounce:
            told = reported(self._ledger, arrived, one.letter, one.letter.bounce)
            return with_unread(told, one.findings)
        if _is_notice(one) and one.letter and one.letter.recalls is not None and not one.findings:
            return recalled.told_of(self._ledger, arrived, one.letter, one.letter.recalls)
        told = unread(arrived, one)
        waits = told.verdict is Verdict.ATTENTION
        if not waits or (one.partly and not one.letter):
            return told
        return self._judge.with_unit(told)

    def _came_before(self, one: Member, same: Iterable[Submission]) -> Iterator[Submission]:
        """Yield the submissions of these bytes that this is once more.

        Of what a message brought, only those that the same one brought: another has a sender and a
        text of its own, whatever is attached to it. Of a file that waits, the very one first; what
        is no form says whose it is by its name alone, and is another unit's under that one's name.
        """
        if one.letter:
            yield from (known for known in same if one.letter.known in known.findings)
            return
        origin = one.delivery.origin
        yield from sorted(
            (known for known in same if not self._anothers(one, known)),
            key=lambda known: str(pending.item(self._workspace, known)) != origin,
        )

    def _anothers(self, one: Member, known: Submission) -> bool:
        """Return whether a file bears another unit's name than the same bytes that wait did."""
        if all(finding.code != "other_form" for finding in known.findings):
            return False
        before, now = self._judge.named(known.file), self._judge.named(one.name)
        return None not in (before, now) and before != now

    def _number(self, one: Member) -> int:
        """Return the number that a submission had before the ledger forgot it, 0 for a new one."""
        return self._numbers.get((one.delivery.id, one.sha256, one.name), 0)

    def _leave(self, delivery: Delivery) -> bool:
        """Take the file out of the inbox; return whether its delivery may be settled."""
        if path := self._in_inbox(delivery):
            reason = inbox.remove(path, delivery.sha256, self._workspace.root)
            if reason:
                self.result.left.append(Left(delivery.file, reason))
                if not inbox.changed(path, delivery.sha256, self._workspace.root):
                    return False
        return True

    def _in_inbox(self, delivery: Delivery) -> Path | None:
        folder, _, name = delivery.origin.partition("/")
        return self._workspace.inbox / name if folder == self._workspace.inbox.name else None


def _batches(arrived: Iterable[Arrived]) -> Iterator[tuple[Arrived, ...]]:
    coming = iter(arrived)
    while batch := tuple(islice(coming, BATCH)):
        yield batch


def _is_notice(one: Member) -> bool:
    """Return whether a message only tells of another one: what came back, or is recalled."""
    letter = one.letter
    recall = letter is not None and letter.recalls is not None and one.kind in reading.LETTERS
    return recall or (letter is not None and letter.bounce is not None)


def _is_done(before: Submission, shut: bool) -> bool:
    """Return whether a submission stays as it is: settled by a form, or rejected and not read."""
    settled = any(finding.code == "settled_by_form" for finding in before.findings)
    return settled or (shut and before.verdict is Verdict.IGNORED)
