"""Letters to units, as the ledger keeps them, and the words that their text may leave open."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto

from edu_sheet.words.period import Period

LONGEST = 32_767  # characters of a message that are kept with a file: the original has them all
# What stands in braces in 邮件主题 and 邮件正文, and is filled in for each unit.
FILLED_IN = ("期次", "单位", "截止日期", "任务数", "方案", "发文机关")
BRACES = re.compile(r"[{｛]\s*([^{}｛｝]+?)\s*[}｝]")
# An address that a server takes as it is: no quotes, comments, blanks or letters beyond ASCII.
_ADDRESS = re.compile(
    r"[A-Za-z0-9_+&'/=~-]+(?:\.[A-Za-z0-9_+&'/=~-]+)*@"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_BRACE = re.compile(r"[{｛][^{}｛｝]{0,20}[}｝]?|[}｝]")


def deliverable(address: str) -> bool:
    """Return whether a mail address can be written to."""
    local, _, _ = address.rpartition("@")
    return len(address) <= 254 and len(local) <= 64 and bool(_ADDRESS.fullmatch(address))


def not_filled_in(text: str) -> tuple[str, ...]:
    """Return what in a letter's text looks like such a word and is none, each once."""
    rest = BRACES.sub(lambda found: "" if found[1] in FILLED_IN else found[0], text)
    return tuple(dict.fromkeys(_BRACE.findall(rest)))


class MailKind(StrEnum):
    """What a letter to a unit is for."""

    FORM = "form"
    REMINDER = "reminder"
    RECEIPT = "receipt"

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return {"form": "下发", "reminder": "催报", "receipt": "回执"}[self.value]


class How(Enum):
    """How the letters leave: as drafts, over SMTP, not at all, or as drafts that a person sent."""

    PREVIEW = auto()
    DRAFT = auto()
    SEND = auto()
    SENT = auto()  # a person has sent the drafts that were written last, and says so


class MailState(StrEnum):
    """What became of a letter; `begun` without an outcome is as uncertain as `uncertain`."""

    DRAFTED = "drafted"  # lies as .eml for a person to send
    BEGUN = "begun"  # recorded before the server is told
    SENT = "sent"  # the server took it
    REFUSED = "refused"  # the server did not take it
    RETURNED = "returned"  # it did not arrive: a server said so later, or at once of a mailbox
    UNCERTAIN = "uncertain"  # the connection broke after the last byte, before the answer


class Noise(StrEnum):
    """What lies in a mail box and is nobody's answer."""

    OWN = "own"  # a copy of a letter that this program sent
    RECEIPT = "receipt"
    INVITATION = "invitation"
    AUTOMATIC = "automatic"
    DELAYED = "delayed"  # of a letter that a server goes on trying to deliver
    RETURNED = "returned"  # of a letter that is none of this plan's
    THANKS = "thanks"  # a unit's word that our letter has come, and nothing else
    NEWSLETTER = "newsletter"
    OTHER = "other"  # a stranger's, without a form

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return {
            "receipt": "已读、送达回执",
            "own": "本程序发出的邮件",
            "invitation": "会议邀请",
            "automatic": "自动回复",
            "delayed": "延迟投递的通知（服务器还在重试，不用处理）",
            "returned": "别的邮件的退信",
            "thanks": "单位的“收到”“谢谢”（没有别的内容）",
            "newsletter": "订阅、群发的邮件",
            "other": "单位名录以外的来信，没有填报表",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Mailed:
    """A letter to a unit, as the ledger keeps it; `key` names what it said."""

    id: int
    kind: MailKind
    period: Period
    unit: str
    key: str
    recipients: str  # separated by ;
    message_id: str
    state: MailState
    at: datetime
    detail: str = ""
    text: str = ""  # what it said; "" of one of an earlier release
