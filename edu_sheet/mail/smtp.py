"""A connection to the server that sends: encrypted, trusted, logged in; a message over it."""

import contextlib
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field

from edu_sheet.mail import account, oauth
from edu_sheet.mail.account import Server
from edu_sheet.mail.broken import as_bytes, broken
from edu_sheet.mail.outbox import UNCERTAIN
from edu_sheet.mail.refusals import is_for_good, meaning
from edu_sheet.words.errors import MailError
from edu_sheet.words.letters import MailState
from edu_sheet.words.settings import Login, Security

_TAKING = 600  # seconds that a server may take to take a message
_OF_DOMAINS = {"NTLM", "GSSAPI", "GSS-SPNEGO", "NEGOTIATE"}  # smtplib knows none of them
_BY_TOKEN = {"XOAUTH2", "OAUTHBEARER"}
_WITH_PASSWORD = {"PLAIN", "LOGIN", "CRAM-MD5"}  # ways to log in that smtplib knows
_HELLO = "[127.0.0.1]"  # a computer's own name may be Chinese, which SMTP cannot say
_CLOSING = 421  # the server is about to end the connection
_LATER = frozenset({_CLOSING, 450, 451})  # what it may take later, and not at this pace


@dataclass(slots=True)
class Answer:
    """What a server said to one message."""

    state: MailState = MailState.REFUSED
    reason: str = ""  # in Chinese: why it was refused, or which recipients were
    codes: list[int] = field(default_factory=list)  # of its refusals
    unknown: list[str] = field(default_factory=list)  # recipients whose mailbox there is not
    whole: bool = False  # refused for itself, not for its recipients
    broken: str = ""  # why the connection broke, in Chinese

    @property
    def is_closing(self) -> bool:
        """Whether the server ends the connection."""
        return _CLOSING in self.codes

    @property
    def asks_for_time(self) -> bool:
        """Whether the server wants to be asked later."""
        return not _LATER.isdisjoint(self.codes)


def transmit(smtp: smtplib.SMTP, sender: str, recipients: tuple[str, ...], data: bytes) -> Answer:
    """Send one message, and return what the server said."""
    answer, ended = Answer(), False
    try:
        if not _envelope(smtp, sender, recipients, answer):
            return _given_up(smtp, answer)
        code, said = smtp.docmd("DATA")
        if code == 354:
            smtp.send(_stuffed(data))
            ended = True
            smtp.send(b".\r\n")
            code, said = _last_answer(smtp)
            ended = False
        if code != 250:
            answer.reason = meaning(code, said)
            answer.codes, answer.whole = [code], True
            if is_for_good(code, said) and len(recipients) == 1:  # told only now
                answer.unknown, answer.whole = [*recipients], False
            return _given_up(smtp, answer)
    except (smtplib.SMTPException, OSError) as error:
        answer.broken = f"与邮件服务器的连接中断（{broken(error)}）"
        answer.state = MailState.UNCERTAIN if ended else MailState.REFUSED
        answer.reason = UNCERTAIN if ended else "连接中断，没有发，下次再发"
        return answer
    answer.state = MailState.SENT
    return answer


def _given_up(smtp: smtplib.SMTP, answer: Answer) -> Answer:
    with contextlib.suppress(smtplib.SMTPException, OSError):
        smtp.rset()
    return answer


def _envelope(smtp: smtplib.SMTP, sender: str, recipients: tuple[str, ...], answer: Answer) -> bool:
    """Name sender and recipients; return whether one was taken, and note what was refused."""
    code, said = smtp.mail(sender)
    if code != 250:
        answer.reason, answer.codes, answer.whole = meaning(code, said), [code], True
        return False
    refused = []
    for address in recipients:
        code, said = smtp.rcpt(address)
        if code not in (250, 251):
            answer.codes.append(code)
            if is_for_good(code, said):
                answer.unknown.append(address)
            refused.append(f"{address} 被拒收：{meaning(code, said)}")
    answer.reason = "；".join(refused)
    return len(refused) < len(recipients)


def _last_answer(smtp: smtplib.SMTP) -> tuple[int, bytes]:
    """Return the answer to a message: a server has ten minutes for it (RFC 5321, 4.5.3.2)."""
    if smtp.sock:
        smtp.sock.settimeout(_TAKING)
    answer = smtp.getreply()
    if smtp.sock:
        smtp.sock.settimeout(account.SECONDS)
    return answer


def _stuffed(data: bytes) -> bytes:
    """Return a message as DATA requires it: a leading full stop doubled (RFC 5321, 4.5.2)."""
    return data.replace(b"\r\n.", b"\r\n..")


class Line:
    """The line to a server: a connection, and after some letters another one."""

    def __init__(self, server: Server) -> None:
        self._server, self._held = server, contextlib.ExitStack()
        self.smtp = self._held.enter_context(connected(server))

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def renew(self) -> None:
        """Connect once more; MailError if it cannot be."""
        self._held.close()
        self.smtp = self._held.enter_context(connected(self._server))


@contextlib.contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
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
        if server.login is Login.NONE:
            return
        if server.login is Login.MICROSOFT:
            _with_token(smtp, server)
            return
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        if offered and not {*offered} & _WITH_PASSWORD:
            raise _no_way_in(server, offered)
        if server.security is Security.NONE and not smtp.has_extn("auth"):
            return  # a relay on this machine that asks nobody for a password
        password = account.password(server)
        try:
            smtp.login(server.account, password.text)
        except smtplib.SMTPAuthenticationError as error:
            answer = meaning(error.smtp_code, as_bytes(error.smtp_error))
            raise account.rejected(server, answer) from None


def _no_way_in(server: Server, offered: list[str]) -> MailError:
    """Return the error for a server that lets nobody in by a password: it offers these ways."""
    drafts = "或写成草稿，用邮箱自己的程序发出。"
    if {*offered} & _OF_DOMAINS and not {*offered} & _BY_TOKEN:
        return MailError(
            f"邮件服务器 {server.host} 只收 Windows 域的登录（{' '.join(offered)}），程序不会",
            "请邮箱的管理员为发信开启基本验证（LOGIN，先要加密），或给一个内网里不用登录的发信服务器"
            f"（“登录方式”选“无”）；{drafts}",
        )
    return MailError(
        f"邮件服务器 {server.host} 只收浏览器授权（OAuth）的登录（{' '.join(offered)}）",
        "是 Exchange Online、Outlook 的，请在“设置”里把“登录方式”改为“微软授权”；别的，"
        f"请换一个可以用授权码的邮箱，{drafts}",
    )


def _with_token(smtp: smtplib.SMTP, server: Server) -> None:
    secret = oauth.token(server)

    def answer(challenge: bytes | None = None) -> str:
        return "" if challenge else oauth.answer(server, secret)  # it explains, and ends

    try:  # a token is too long for the command itself (RFC 4954, 4)
        smtp.auth("XOAUTH2", answer, initial_response_ok=False)
    except smtplib.SMTPAuthenticationError as error:
        said = meaning(error.smtp_code, as_bytes(error.smtp_error))
        raise oauth.rejected(server, said) from None
