"""Why the connection to a mail server broke or was refused, in Chinese. Pure."""

import imaplib
import smtplib

from edu_sheet.kit.refused import why
from edu_sheet.mail.refusals import meaning

_CUT = "服务器断开了连接"


def broken(error: Exception) -> str:
    """Return what went wrong; where a server said why, its words behind what they mean."""
    if isinstance(error, smtplib.SMTPResponseException):
        return meaning(error.smtp_code, as_bytes(error.smtp_error))
    said = why(error)
    if said != str(error):  # the system's, beneath the library's
        return said
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return _CUT
    if isinstance(error, imaplib.IMAP4.error):
        return _CUT if "socket error" in said else server_words([*error.args]) or said
    return said


def server_words(given: list[object]) -> str:
    """Return what a server said: imaplib hands it on as bytes."""
    return " ".join(one.decode("utf-8", "replace") for one in given if isinstance(one, bytes))


def as_bytes(said: bytes | str) -> bytes:
    """Return an answer as the server gave it: smtplib has it as either."""
    return said if isinstance(said, bytes) else said.encode()
