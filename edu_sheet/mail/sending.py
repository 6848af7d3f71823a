"""Letters over SMTP: each recorded before the server hears of it, and settled by its answer.

Between the last byte of a message and the server's answer nobody knows whether it was taken: a
letter that was cut off there, or whose run was killed, is uncertain. It is told, never repeated.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import make_msgid

from edu_sheet.kit.files import sha256
from edu_sheet.kit.progress import Progress
from edu_sheet.mail import account
from edu_sheet.mail.account import Server
from edu_sheet.mail.copies import Copies, Copy
from edu_sheet.mail.message import Letter, Sender, to_bytes
from edu_sheet.mail.outbox import Fate, Posted, preview
from edu_sheet.mail.pace import Pace, room
from edu_sheet.mail.smtp import Answer, Line, connected, transmit
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import MailError
from edu_sheet.words.letters import Mailed, MailKind, MailState
from edu_sheet.words.period import Period
from edu_sheet.words.settings import MailSettings

_ALIKE = 3  # letters that are refused alike: the rest would be as well
_ON_ONE_LINE = 20  # letters, before a new connection: servers count them


@dataclass(slots=True)
class Sent:
    """A run's letters; `broken` says, in Chinese, why it ended before the last one."""

    posted: list[Posted] = field(default_factory=list)
    broken: str = ""
    copies: str = ""  # why copies could not be filed, in Chinese; the letters went out all the same


def send(
    ledger: Ledger,
    period: Period,
    letters: Sequence[Letter],
    settings: MailSettings,
    who: Sender | None,
    *,
    now: Callable[[], datetime],
    again: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> Sent:
    """Send what has not gone out yet, and return what became of each letter, in order.

    MailError if the server cannot be reached, trusted or logged in to: nothing has gone out then.
    """
    planned = preview(ledger, period, letters, again, room(ledger, settings, now()))
    due = sum(one.fate is Fate.DUE for one in planned)
    sent = Sent()
    server = account.smtp_server(settings)
    if not due or who is None:  # without an address there is no server either
        sent.posted = planned
        return sent
    with Line(server) as line, Copies(settings) as copies:
        run = _Run(ledger, period, line, copies, who, now, Pace(settings.pause))
        for one in planned:
            if one.fate is not Fate.DUE:
                sent.posted.append(one)
                continue
            sent.posted.append(run.post(one.letter))
            if progress:
                progress(run.count, due)
        run.finish()
        sent.broken, sent.copies = run.broken, copies.problem
    return sent


def try_to_log_in(settings: MailSettings) -> Server:
    """Return the server for sending, once it let us in; MailError if it did not."""
    server = account.smtp_server(settings)
    with connected(server):
        return server


_FATES = {MailState.SENT: Fate.SENT, MailState.UNCERTAIN: Fate.UNCERTAIN}


class _Run:
    """Letters that go out one after the other, until the server has had enough of them."""

    def __init__(
        self,
        ledger: Ledger,
        period: Period,
        line: Line,
        copies: Copies,
        who: Sender,
        now: Callable[[], datetime],
        pace: Pace,
    ) -> None:
        self.count = 0
        self.broken = ""  # why no more letters go out, in Chinese
        self._alike: list[str] = []  # the last refusals, as long as they are alike
        self._closed = False  # the server has just ended a connection
        self._on_this_line = 0
        self._first = _first_letters(ledger, period)
        self._ledger, self._period, self._who, self._now = ledger, period, who, now
        self._line, self._copies, self._pace = line, copies, pace

    def post(self, letter: Letter) -> Posted:
        """Send one letter, and return what became of it."""
        if self.count and not self.broken:
            self._pace.rest()
            self._copies.file()
            self._renew()
        if self.broken:
            return Posted(letter, Fate.LATER, f"{self.broken}：没有发，下次再发")
        self.count += 1
        self._on_this_line += 1
        begun, data = self._begin(letter)
        answer = transmit(self._line.smtp, self._who.address, letter.to, data)
        self._ledger.letters.settle(begun, answer.state, answer.reason)
        if answer.unknown:  # as good as a letter that came back: nothing goes there unchanged
            refused = replace(begun, state=answer.state)
            self._ledger.letters.bounced(refused, answer.unknown, answer.reason, self._now())
        if answer.state is MailState.SENT:
            self._copies.add(Copy(begun.message_id, begun.at, data))
        self._mind(answer)
        return Posted(letter, _FATES.get(answer.state, Fate.REFUSED), answer.reason)

    def finish(self) -> None:
        """File the last copy, after a pause as after all others."""
        if self._copies.waits:
            self._pace.rest()
            self._copies.file()

    def _begin(self, letter: Letter) -> tuple[Mailed, bytes]:
        """Record that a letter is about to go out; return that and its bytes."""
        now = self._now()
        identity = self._identity(letter)
        answers = "" if letter.kind is MailKind.FORM else self._first.get(letter.unit, "")
        data = to_bytes(letter, self._who, message_id=identity, sent=now, answers=answers)
        begun = letter.as_mailed(self._period, MailState.BEGUN, now, identity)
        return self._ledger.letters.begin(begun), data

    def _identity(self, letter: Letter) -> str:
        """Return a Message-ID that names plan, unit and period: what comes back of it is known."""
        unit = sha256(letter.unit.encode("utf-8", "replace"))[:12]
        names = f"{self._ledger.plan.id}.{self._period}.{unit}"
        return make_msgid(names, domain=self._who.address.rpartition("@")[2])

    def _renew(self) -> None:
        """Take a new connection where the server wants one, or has had many letters over this."""
        if not self._closed and self._on_this_line < _ON_ONE_LINE:
            return
        self._on_this_line = 0
        try:
            self._line.renew()
        except MailError as error:
            self.broken = error.message

    def _mind(self, answer: Answer) -> None:
        """Take from an answer at what pace to go on, and whether to."""
        self._stop(answer)
        if answer.asks_for_time:
            self._pace.slow_down()
            self._on_this_line = _ON_ONE_LINE  # some count the letters of a connection
        elif answer.state is MailState.SENT:
            self._pace.as_usual()
        self._closed = answer.is_closing

    def _stop(self, answer: Answer) -> None:
        """Note why to stop: the connection broke, or the server refuses whatever it is given."""
        kind = answer.reason.partition("（")[0] if answer.whole else ""
        if kind:
            self._alike = [*self._alike, kind] if self._alike[-1:] == [kind] else [kind]
        elif answer.state is MailState.SENT:
            self._alike = []
        if answer.broken:
            self.broken = answer.broken
        elif answer.is_closing and self._closed:
            self.broken = f"服务器断开了连接（{answer.reason}）"
        elif len(self._alike) == _ALIKE:
            self.broken = f"连续 {_ALIKE} 封都没有收下（{answer.reason}）"


def _first_letters(ledger: Ledger, period: Period) -> dict[str, str]:
    """Return the Message-ID of the letter that brought each unit its form: others answer it."""
    names = ledger.units.names(period)
    sent = [
        one
        for one in ledger.letters.about(period, MailKind.FORM)
        if one.state is MailState.SENT and one.message_id
    ]
    return {names.now(one.unit, period): one.message_id for one in reversed(sent)}
