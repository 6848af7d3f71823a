"""Letters over SMTP: each recorded before the server hears of it, and settled by its answer.

Between the last byte of a message and the server's answer nobody knows whether it was taken: a
letter that was cut off there, or whose run was killed, is uncertain. It is told, never repeated.
"""

import contextlib
import smtplib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import make_msgid
from enum import StrEnum

from edu_sheet.kit.files import sha256
from edu_sheet.kit.progress import Progress
from edu_sheet.mail import account
from edu_sheet.mail.account import Server
from edu_sheet.mail.message import Letter, Sender, to_bytes
from edu_sheet.mail.refusals import meaning
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import MailError
from edu_sheet.words.letters import Mailed, MailKind, MailState
from edu_sheet.words.period import Period
from edu_sheet.words.settings import MailSettings, Security

_TAKING = 600  # seconds that a server may take to take a message
_ALIKE = 3  # letters that are refused alike: the rest would be as well
_CLOSING = 421  # the server is about to end the connection
_WITH_PASSWORD = {"PLAIN", "LOGIN", "CRAM-MD5"}  # ways to log in that smtplib knows
_HELLO = "[127.0.0.1]"  # a computer's own name may be Chinese, which SMTP cannot say


class Fate(StrEnum):
    """What became of a letter in this run; the value is what the clerk reads."""

    SENT = "已发出"
    BEFORE = "此前已发出"
    REFUSED = "未发出"
    UNCERTAIN = "不能确定"
    LATER = "留待下次"
    DUE = "将发出"  # in a dry run
    DRAFTED = "已写成草稿"


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter and what became of it, with the reason in Chinese."""

    letter: Letter
    fate: Fate
    reason: str = ""

    @property
    def is_earlier(self) -> bool:
        """Whether it had gone out before this run; the reason says when."""
        return self.fate is Fate.BEFORE

    @property
    def is_open(self) -> bool:
        """Whether a person must act: also where one of its addresses was refused."""
        if self.fate is Fate.SENT:
            return bool(self.reason)
        return self.fate in (Fate.REFUSED, Fate.UNCERTAIN, Fate.LATER)


@dataclass(slots=True)
class Sent:
    """A run's letters; `broken` says, in Chinese, why it ended before the last one."""

    posted: list[Posted] = field(default_factory=list)
    broken: str = ""


def preview(
    ledger: Ledger,
    period: Period,
    letters: Sequence[Letter],
    again: frozenset[str] = frozenset(),
    most: int | None = None,
) -> list[Posted]:
    """Return what would become of each letter: those of `again` go out whatever was sent before."""
    done = _done(ledger, period, letters)
    posted, due = [], 0
    for letter in letters:
        before = None if letter.unit in again else done.get((letter.unit, letter.key))
        if before:
            posted.append(_before(letter, before))
        elif most is not None and due >= most:
            reason = f"每次最多 {most} 封，其余下次再发"
            posted.append(Posted(letter, Fate.LATER, reason))
        else:
            due += 1
            posted.append(Posted(letter, Fate.DUE))
    return posted


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
    planned = preview(ledger, period, letters, again, settings.per_run)
    due = sum(one.fate is Fate.DUE for one in planned)
    sent = Sent()
    server = account.smtp_server(settings)
    if not due or who is None:  # without an address there is no server either
        sent.posted = planned
        return sent
    with _connected(server) as smtp:
        connection = _Connection(ledger, period, smtp, who, now)
        for one in planned:
            if one.fate is not Fate.DUE:
                sent.posted.append(one)
            elif sent.broken:
                reason = f"{sent.broken}：没有发，下次再发"
                sent.posted.append(Posted(one.letter, Fate.LATER, reason))
            else:
                if connection.count:
                    time.sleep(settings.pause)
                posted, sent.broken = connection.post(one.letter)
                sent.posted.append(posted)
                if progress:
                    progress(connection.count, due)
    return sent


def try_to_log_in(settings: MailSettings) -> Server:
    """Return the server for sending, once it let us in; MailError if it did not."""
    server = account.smtp_server(settings)
    with _connected(server):
        return server


class _Connection:
    """One connection over which letters go out."""

    def __init__(
        self,
        ledger: Ledger,
        period: Period,
        smtp: smtplib.SMTP,
        who: Sender,
        now: Callable[[], datetime],
    ) -> None:
        self.count = 0
        self._alike: list[str] = []  # the last refusals, as long as they are alike
        self._first = _first_letters(ledger, period)
        self._ledger, self._period, self._smtp, self._who = ledger, period, smtp, who
        self._now = now

    def post(self, letter: Letter) -> tuple[Posted, str]:
        """Send one letter; return its outcome, and why the connection can no longer be used."""
        self.count += 1
        now = self._now()
        identity = self._identity(letter)
        answers = "" if letter.kind is MailKind.FORM else self._first.get(letter.unit, "")
        data = to_bytes(letter, self._who, message_id=identity, sent=now, answers=answers)
        begun = Mailed(
            0,
            letter.kind,
            self._period,
            letter.unit,
            letter.key,
            ";".join(letter.to),
            identity,
            MailState.BEGUN,
            now,
        )
        begun = self._ledger.letters.begin(begun)
        state, reason, broken = self._transmit(letter, data)
        self._ledger.letters.settle(begun, state, reason)
        fate = {MailState.SENT: Fate.SENT, MailState.UNCERTAIN: Fate.UNCERTAIN}
        return Posted(letter, fate.get(state, Fate.REFUSED), reason), broken

    def _identity(self, letter: Letter) -> str:
        """Return a Message-ID that names plan, unit and period: what comes back of it is known."""
        unit = sha256(letter.unit.encode("utf-8", "replace"))[:12]
        names = f"{self._ledger.plan.id}.{self._period}.{unit}"
        return make_msgid(names, domain=self._who.address.rpartition("@")[2])

    def _stop(self, code: int, answer: str) -> str:
        """Return why to stop after a refusal: the server ends the connection, or refuses all."""
        kind = answer.partition("（")[0]
        self._alike = [*self._alike, kind] if self._alike[-1:] == [kind] else [kind]
        if code == _CLOSING:
            return f"服务器断开了连接（{answer}）"
        return f"连续 {_ALIKE} 封都没有收下（{answer}）" if len(self._alike) == _ALIKE else ""

    def _transmit(self, letter: Letter, data: bytes) -> tuple[MailState, str, str]:
        """Return (state, reason, why the connection broke) of one message."""
        ended, code = False, 0
        try:
            refused, reason = self._envelope(letter)
            if not reason:
                code, said = self._smtp.docmd("DATA")
                if code == 354:
                    self._smtp.send(_stuffed(data))
                    ended = True
                    self._smtp.send(b".\r\n")
                    code, said = self._last_answer()
                    ended = False
                if code != 250:
                    reason = meaning(code, said)
        except smtplib.SMTPSenderRefused as error:
            code, reason = error.smtp_code, meaning(error.smtp_code, _bytes(error.smtp_error))
        except (smtplib.SMTPException, OSError) as error:
            broken = f"与邮件服务器的连接中断（{error}）"
            if ended:
                return MailState.UNCERTAIN, _UNCERTAIN, broken
            return MailState.REFUSED, "连接中断，没有发，下次再发", broken
        if reason:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.rset()
            return MailState.REFUSED, reason, self._stop(code, reason) if code else ""
        self._alike = []
        return MailState.SENT, "；".join(refused), ""

    def _last_answer(self) -> tuple[int, bytes]:
        """Return the answer to a message: a server has ten minutes for it (RFC 5321, 4.5.3.2)."""
        if self._smtp.sock:
            self._smtp.sock.settimeout(_TAKING)
        answer = self._smtp.getreply()
        if self._smtp.sock:
            self._smtp.sock.settimeout(account.SECONDS)
        return answer

    def _envelope(self, letter: Letter) -> tuple[list[str], str]:
        """Name sender and recipients; return those refused, and why nobody is left."""
        code, said = self._smtp.mail(self._who.address)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, said, self._who.address)
        refused = []
        for address in letter.to:
            code, said = self._smtp.rcpt(address)
            if code not in (250, 251):
                refused.append(f"{address} 被拒收：{meaning(code, said)}")
        return refused, "；".join(refused) if len(refused) == len(letter.to) else ""


_UNCERTAIN = (
    "发完后连接中断，没有等到服务器的答复：请在邮箱的“已发送”里或向该单位核实；"
    "没有收到的，请给它再发一次"
)


def _done(
    ledger: Ledger, period: Period, letters: Sequence[Letter]
) -> dict[tuple[str, str], Mailed]:
    """Return the letters that went out, or may have, by unit and what they said."""
    kinds = {letter.kind for letter in letters}
    settled = (MailState.SENT, MailState.UNCERTAIN, MailState.BEGUN)
    names = ledger.units.names(period)
    return {
        (names.now(one.unit, period), one.key): one
        for kind in kinds
        for one in ledger.letters.about(period, kind)
        if one.state in settled
    }


def _first_letters(ledger: Ledger, period: Period) -> dict[str, str]:
    """Return the Message-ID of the letter that brought each unit its form: others answer it."""
    names = ledger.units.names(period)
    sent = [
        one
        for one in ledger.letters.about(period, MailKind.FORM)
        if one.state is MailState.SENT and one.message_id
    ]
    return {names.now(one.unit, period): one.message_id for one in reversed(sent)}


def _before(letter: Letter, mail: Mailed) -> Posted:
    when = f"{mail.at:%Y-%m-%d %H:%M}"
    if mail.state is MailState.SENT:
        return Posted(letter, Fate.BEFORE, when)
    return Posted(letter, Fate.UNCERTAIN, f"{when} {_UNCERTAIN}")


def _stuffed(data: bytes) -> bytes:
    """Return a message as DATA requires it: a leading full stop doubled (RFC 5321, 4.5.2)."""
    return data.replace(b"\r\n.", b"\r\n..")


@contextlib.contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Hold a connection that is encrypted, trusted and logged in; MailError if it is not to be."""
    smtp = _open(server)
    try:
        _log_in(smtp, server)
        yield smtp
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _open(server: Server) -> smtplib.SMTP:
    context = account.trusted()
    with account.explained(server):
        if server.security is Security.TLS:
            return smtplib.SMTP_SSL(
                server.host, server.port, _HELLO, timeout=account.SECONDS, context=context
            )
        smtp = smtplib.SMTP(server.host, server.port, _HELLO, timeout=account.SECONDS)
        if server.security is Security.STARTTLS:
            try:
                smtp.starttls(context=context)
            except BaseException:
                smtp.close()
                raise
        return smtp


def _log_in(smtp: smtplib.SMTP, server: Server) -> None:
    with account.explained(server):
        smtp.ehlo_or_helo_if_needed()
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        if offered and not {*offered} & _WITH_PASSWORD:
            raise MailError(
                f"邮件服务器 {server.host} 只收浏览器授权（OAuth）的登录（{' '.join(offered)}）",
                "本程序还不会这种登录：请换一个可以用授权码的邮箱，或写成草稿，用邮箱自己的程序发出。",
            )
        if server.security is Security.NONE and not smtp.has_extn("auth"):
            return  # a relay on this machine that asks nobody for a password
        password = account.password(server)
        try:
            smtp.login(server.account, password.text)
        except smtplib.SMTPAuthenticationError as error:
            answer = meaning(error.smtp_code, _bytes(error.smtp_error))
            raise account.rejected(server, answer) from None


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
