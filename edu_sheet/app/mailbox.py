"""The mail box of 设置: whether it is set up, its password, and a test of the connection."""

from dataclasses import dataclass
from pathlib import Path

from edu_sheet.app.check import known_plan
from edu_sheet.words.errors import MailError


@dataclass(frozen=True, slots=True)
class MailBox:
    """Who writes, over which account; "" where 设置 says nothing."""

    address: str
    account: str
    has_password: bool
    per_run: int | None  # letters at most


@dataclass(frozen=True, slots=True)
class Tried:
    """One of the two servers, and why it did not let us in; None: it did."""

    what: str  # SMTP, IMAP
    server: str
    error: MailError | None


def mail_box(folder: Path) -> MailBox:
    """Return the mail box of 设置; PlanError if the plan cannot be used and never could."""
    from edu_sheet.mail import account

    mail = known_plan(folder).plan.settings.mail
    name = mail.account or mail.address
    return MailBox(mail.address, name, bool(name) and account.has_password(name), mail.per_run)


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


def test_mail(folder: Path) -> tuple[Tried, ...]:
    """Return whether the servers for sending and fetching let us in; nothing is sent or read."""
    from edu_sheet.mail import fetch, outbox

    mail = known_plan(folder).plan.settings.mail
    tried = []
    for what, try_it in (("SMTP", outbox.try_to_log_in), ("IMAP", fetch.try_to_log_in)):
        try:
            tried.append(Tried(what, str(try_it(mail)), None))
        except MailError as error:
            tried.append(Tried(what, "", error))
    return tuple(tried)
