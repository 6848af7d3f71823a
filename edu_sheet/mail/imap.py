"""A connection to the server of a mail box: encrypted, trusted, logged in."""

import contextlib
import imaplib
from collections.abc import Iterator
from datetime import date
from typing import Any

from edu_sheet.mail import account, oauth
from edu_sheet.mail.account import Server
from edu_sheet.mail.broken import broken, server_words
from edu_sheet.words.errors import MailError
from edu_sheet.words.settings import Login, Security
from edu_sheet.words.step import AGAIN

_MOST = 512_000_000  # bytes of one literal: no mail service takes a message of that size
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_search(day: date) -> str:
    """Return a day as SEARCH takes it, whatever the machine's language is."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"


def required(answer: tuple[str, list[Any]]) -> list[Any]:
    """Return what the server gave; imaplib's error if it refused."""
    status, said = answer
    if status != "OK":
        raise imaplib.IMAP4.error(server_words(said))
    return said


def numbers(said: bytes | None) -> list[int]:
    """Return the numbers that an answer consists of; imaplib's error if it is anything else."""
    found = (said or b"").split()
    if not all(one.isdigit() for one in found):
        raise imaplib.IMAP4.error(f"答复里应是数，给的是 {said!r:.80}")
    return [*map(int, found)]


@contextlib.contextmanager
def connected(server: Server) -> Iterator[imaplib.IMAP4]:
    """Hold a connection that is encrypted, trusted and logged in; MailError if it is not to be.

    MailError as well for what the server refuses while it is held.
    """
    with account.explained(server, "已收下的都在收件箱里"):
        try:
            box = _open(server)
            try:
                _log_in(box, server)
                yield box
            finally:
                _leave(box)
        except imaplib.IMAP4.error as error:
            raise MailError(
                f"邮件服务器 {server} 中断或拒绝了收取（{broken(error)}）",
                "已收下的都在收件箱里；请稍等一会儿。",
                AGAIN,
            ) from None


def _leave(box: imaplib.IMAP4) -> None:
    """Log out; where that fails imaplib leaves the connection open."""
    try:
        box.logout()
    except (imaplib.IMAP4.error, OSError):
        with contextlib.suppress(OSError):
            box.shutdown()


class _Bounded:
    """Reads no literal for which a server claims a size that the memory would not hold."""

    def read(self, size: int) -> bytes:
        """Return the bytes of a literal; imaplib's error if there would be too many."""
        if size > _MOST:
            raise imaplib.IMAP4.abort(f"服务器说一封邮件有 {size} 字节")
        read: bytes = super().read(size)  # type: ignore[misc]  # of the class beside this
        return read


class _Plain(_Bounded, imaplib.IMAP4):
    pass


class _Encrypted(_Bounded, imaplib.IMAP4_SSL):
    pass


def _open(server: Server) -> imaplib.IMAP4:
    try:
        box = _greeted(server)
    except imaplib.IMAP4.abort as error:
        known, _, given = str(error).partition("unexpected response: ")
        if known or not given:
            raise
        raise account.misplaced(
            server, "收信（IMAP）", given.removeprefix("b").strip("'")
        ) from None
    if server.security is Security.STARTTLS:
        if "STARTTLS" not in box.capabilities:
            box.shutdown()
            raise account.unencryptable(server)
        try:
            box.starttls(account.trusted())
        except BaseException:
            box.shutdown()
            raise
    return box


def _greeted(server: Server) -> imaplib.IMAP4:
    host, port, seconds = server.host, server.port, account.SECONDS
    if server.security is Security.TLS:
        return _Encrypted(host, port, ssl_context=account.trusted(), timeout=seconds)
    return _Plain(host, port, timeout=seconds)


def _log_in(box: imaplib.IMAP4, server: Server) -> None:
    if server.login is Login.MICROSOFT:
        _with_token(box, server)
    else:
        _with_password(box, server)
    _, said = box.capability()
    # A server tells more after the log-in.
    box.capabilities = tuple(server_words(said).upper().split())
    if "ID" in box.capabilities:  # 163.com opens no folder for a program without a name
        box.xatom("ID", '("name" "edu-sheet" "version" "1")')


def _with_password(box: imaplib.IMAP4, server: Server) -> None:
    password = account.password(server)
    try:
        box.login(server.account, password.text)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise account.rejected(server, broken(error)) from None


def _with_token(box: imaplib.IMAP4, server: Server) -> None:
    said = oauth.answer(server, oauth.token(server)).encode()
    try:
        box.authenticate("XOAUTH2", lambda challenge: b"" if challenge else said)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise oauth.rejected(server, broken(error)) from None
