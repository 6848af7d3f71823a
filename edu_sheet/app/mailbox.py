"""The mail box of 设置: whether it is set up, its password, and a test of the connection."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edu_sheet.app.check import known_plan
from edu_sheet.words.errors import MailError
from edu_sheet.words.settings import Login


@dataclass(frozen=True, slots=True)
class MailBox:
    """Who writes, over which account; "" where 设置 says nothing."""

    address: str
    account: str
    login: Login
    has_password: bool  # or has signed in, where that is the way
    per_run: int | None  # letters at most


@dataclass(frozen=True, slots=True)
class SignIn:
    """A log-in in a browser that waits for a person: what to type into which page."""

    account: str
    code: str
    page: str
    begun: Any = field(repr=False)  # `mail.oauth`'s own


@dataclass(frozen=True, slots=True)
class Tried:
    """One of the two servers, and why it did not let us in; None: it did."""

    what: str  # SMTP, IMAP
    server: str
    error: MailError | None


def mail_box(folder: Path) -> MailBox:
    """Return the mail box of 设置; PlanError if the plan cannot be used and never could."""
    from edu_sheet.mail import account, oauth

    mail = known_plan(folder).plan.settings.mail
    name = mail.account or mail.address
    known = oauth.is_signed_in if mail.login is Login.MICROSOFT else account.has_password
    return MailBox(mail.address, name, mail.login, bool(name) and known(name), mail.per_run)


def store_password(folder: Path, text: str) -> str:
    """Keep the mail box's password in the system's keyring; return the account that it is for.

    MailError if 设置 names no address, or it cannot be kept.
    """
    from edu_sheet.mail import account

    box = mail_box(folder)
    if not box.account:
        raise MailError(
            "没有填写发件地址", "请先在 分工方案.xlsx 的“设置”里填写“发件地址”，保存并关闭。"
        )
    account.store_password(box.account, text)
    return box.account


def begin_sign_in(folder: Path) -> SignIn:
    """Return the code that a person types into a web page; MailError if there is none."""
    from edu_sheet.mail import account, oauth

    mail = known_plan(folder).plan.settings.mail
    if mail.login is not Login.MICROSOFT:
        raise MailError(
            "“登录方式”不是“微软授权”",
            "用授权码的邮箱不必授权；要改的，请在“设置”里改，保存并关闭。",
        )
    begun = oauth.begin(account.smtp_server(mail))
    return SignIn(begun.server.account, begun.code, begun.page, begun)


def finish_sign_in(sign_in: SignIn, *, wait: bool = False) -> bool:
    """Return whether the code was typed; the log-in is kept in the system's keyring then.

    With `wait`, once it was, or no longer holds. MailError if it was refused.
    """
    from edu_sheet.mail import oauth

    return oauth.finish(sign_in.begun, wait=wait)


def forget_sign_in(folder: Path) -> tuple[str, bool]:
    """Delete what renews the log-in of the mail box; return its account, and if there was any.

    MailError if 设置 names no address, or it cannot be deleted.
    """
    from edu_sheet.mail import oauth

    name = mail_box(folder).account
    if not name:
        raise MailError(
            "没有填写发件地址，不知道要删去哪个邮箱的授权",
            "请先在 分工方案.xlsx 的“设置”里填写“发件地址”，保存并关闭。",
        )
    return name, oauth.forget(name)


def test_mail(folder: Path) -> tuple[Tried, ...]:
    """Return whether the servers for sending and fetching let us in; nothing is sent or read."""
    from edu_sheet.mail import fetch, sending

    mail = known_plan(folder).plan.settings.mail
    tried = []
    for what, try_it in (("SMTP", sending.try_to_log_in), ("IMAP", fetch.try_to_log_in)):
        try:
            tried.append(Tried(what, str(try_it(mail)), None))
        except MailError as error:
            tried.append(Tried(what, "", error))
    return tuple(tried)
