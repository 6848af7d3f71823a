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

from edu_sheet.kit.progress import Progress
from edu_sheet.mail import account
from edu_sheet.mail.account import Server
from edu_sheet.mail.message import Letter, Sender, to_bytes
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.letters import Mailed, MailState
from edu_sheet.words.period import Period
from edu_sheet.words.settings import MailSettings, Security

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
                reason = "连接中断，没有发，下次再发"
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
        self._ledger, self._period, self._smtp, self._who = ledger, period, smtp, who
        self._now = now

    def post(self, letter: Letter) -> tuple[Posted, str]:
        """Send one letter; return its outcome, and why the connection can no longer be used."""
        self.count += 1
        now = self._now()
        identity = make_msgid(domain=self._who.address.rpartition("@")[2])
        data = to_bytes(letter, self._who, message_id=identity, sent=now)
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

    def _transmit(self, letter: Letter, data: bytes) -> tuple[MailState, str, str]:
        """Return (state, reason, why the connection broke) of one message."""
        ended = False
        try:
            refused, reason = self._envelope(letter)
            if not reason:
                code, said = self._smtp.docmd("DATA")
                if code == 354:
                    self._smtp.send(_stuffed(data))
                    ended = True
                    self._smtp.send(b".\r\n")
                    code, said = self._smtp.getreply()
                    ended = False
                if code != 250:
                    reason = _answer(code, said)
        except (smtplib.SMTPException, OSError) as error:
            broken = f"与邮件服务器的连接中断（{error}）"
            if ended:
                return MailState.UNCERTAIN, _UNCERTAIN, broken
            return MailState.REFUSED, "连接中断，没有发，下次再发", broken
        if reason:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.rset()
            return MailState.REFUSED, reason, ""
        return MailState.SENT, "；".join(refused), ""

    def _envelope(self, letter: Letter) -> tuple[list[str], str]:
        """Name sender and recipients; return those refused, and why nobody is left."""
        code, said = self._smtp.mail(self._who.address)
        if code != 250:
            return [], _answer(code, said)
        refused = []
        for address in letter.to:
            code, said = self._smtp.rcpt(address)
            if code not in (250, 251):
                refused.append(f"{address} 被拒收：{_answer(code, said)}")
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


def _before(letter: Letter, mail: Mailed) -> Posted:
    when = f"{mail.at:%Y-%m-%d %H:%M}"
    if mail.state is MailState.SENT:
        return Posted(letter, Fate.BEFORE, when)
    return Posted(letter, Fate.UNCERTAIN, f"{when} {_UNCERTAIN}")


def _stuffed(data: bytes) -> bytes:
    """Return a message as DATA requires it: a leading full stop doubled (RFC 5321, 4.5.2)."""
    return data.replace(b"\r\n.", b"\r\n..")


def _answer(code: int, said: bytes) -> str:
    text = said.decode("utf-8", "replace").replace("\n", " ")
    meaning = "服务器暂时不收，请过一会儿再试" if 400 <= code < 500 else "服务器不收"
    return f"{meaning}（{code} {text[:200]}）"


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
        if server.security is Security.NONE and not smtp.has_extn("auth"):
            return  # a relay on this machine that asks nobody for a password
        password = account.password(server)
        try:
            smtp.login(server.account, password.text)
        except smtplib.SMTPAuthenticationError as error:
            answer = _answer(error.smtp_code, _bytes(error.smtp_error))
            raise account.rejected(server, answer) from None


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
