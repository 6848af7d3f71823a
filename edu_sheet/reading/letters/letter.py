"""A message as data: who sent it when, what it says, and what is attached. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime

from edu_sheet.reading.refusal import Refusal
from edu_sheet.words.findings import Finding, Severity

_BLANK_LINES = re.compile(r"\n\s*\n+")
_SHOWN = 600  # characters of a text that a finding quotes; the whole stands in the original


def broken(what: str) -> Refusal:
    """Return the refusal of a message that cannot be taken apart: `what` says why."""
    message = f"邮件已损坏（{what}），附件没有读出来：请在邮箱里打开它，把附件另存到收件箱"
    return Refusal("damaged", message)


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of a message."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, whatever its format."""

    sender: str = ""  # the address, in small letters; "" where there is none
    subject: str = ""
    arrived_at: datetime | None = None  # when the last server took it, else when it was written
    text: str = ""
    attached: tuple[Attached, ...] = ()
    pictures: int = 0  # in the text: logos, and what somebody pasted
    failed: str = ""  # this is a server's report that a letter to these addresses did not arrive

    @property
    def known(self) -> Finding:
        """What is kept of a message with each file that it brought."""
        return Finding("by_mail", Severity.INFO, "", f"随邮件收到：{self._head}{self._said}")

    @property
    def empty(self) -> Finding:
        """Why a message without files waits for a person, with all that it says."""
        if self.failed:
            message = (
                f"这是退信：发给 {self.failed} 的邮件没有送达。"
                f"请在“单位名录”里核对邮箱后重新发送。{self._said}"
            )
            return Finding("mail_bounced", Severity.ERROR, "", message)
        message = (
            f"邮件里没有附件，没有内容可收（{self._head}）。内容写在正文里的，"
            f"请让对方填进填报表重发；只是来信的，看过后不采用即可。{self._said}"
        )
        return Finding("mail_without_attachment", Severity.ERROR, "", message)

    @property
    def _head(self) -> str:
        when = f"{self.arrived_at:%Y-%m-%d %H:%M}" if self.arrived_at else "时间不明"
        return f"发件人 {self.sender or '不明'}，{when}，主题“{self.subject}”"

    @property
    def _said(self) -> str:
        text = _BLANK_LINES.sub("\n", self.text.replace("\r", "")).strip()
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……（共 {len(text)} 字）"
        said = f"\n正文：{shown}" if shown else ""
        return said + (f"\n正文里有 {self.pictures} 张图片。" if self.pictures else "")
