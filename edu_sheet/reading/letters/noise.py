"""Mail that nobody answers with: read receipts, invitations, automatic replies, newsletters. Pure.

Told by the headers that the programs set (RFC 8098, 3834, 2919, 5545), and by the subjects of those
that set none.
"""

import re
from email.message import Message

from edu_sheet.reading.letters.head import may_report
from edu_sheet.words.letters import Noise

_RECEIPT = re.compile(
    r"(?i)(?:已读回执|阅读回执|read receipt|已读\s*[:：]|未读\s*[:：]|read:|not read:)"
)
_RELAYED = re.compile(r"(?i)(?:已中继|已送达|已传递|relayed|delivered)\s*[:：]")  # of a server
_INVITATION = re.compile(
    r"(?i)(?:邀请|会议邀请|已接受|已拒绝|暂定|invitation|accepted|declined|tentative|canceled)\s*[:：]"
)
_AUTOMATIC = re.compile(
    r"(?i)(?:自动(?:回复|答复|回覆)|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office)"
)
_AUTO_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoreply-From")
_OF_LISTS = ("List-Id", "List-Unsubscribe", "List-Post")
_BULK = {"bulk", "list", "junk"}


def noise(message: "Message[str, str]", subject: str, address: str = "") -> Noise | None:
    """Return what kind of mail it is by its headers, None for all that a person may have written.

    `subject` is its subject, decoded, `address` its sender's.
    """
    kind = message.get_content_type()
    precedence = _said(message, "Precedence")
    relayed = bool(_RELAYED.match(subject)) and may_report(message, address)
    if relayed or kind == "multipart/report":  # any other one than this is a server's
        read = message.get_param("report-type") == "disposition-notification"
        return Noise.RECEIPT if read or relayed else None
    if _automatic(message, precedence):
        # A mail program answers so for its owner, whatever it calls that.
        return Noise.RECEIPT if _RECEIPT.match(subject) else Noise.AUTOMATIC
    if kind == "text/calendar" or "calendarmessage" in _said(message, "Content-Class"):
        return Noise.INVITATION
    if _AUTOMATIC.match(subject):
        return Noise.AUTOMATIC
    if precedence in _BULK or any(message.get(one) for one in _OF_LISTS):
        return Noise.NEWSLETTER
    return None


def invitation(kinds: set[str], subject: str) -> bool:
    """Return whether a message with parts of these kinds is an invitation, or an answer to one."""
    return "text/calendar" in kinds or (
        "application/ics" in kinds and bool(_INVITATION.match(subject))
    )


def _automatic(message: "Message[str, str]", precedence: str) -> bool:
    answered = _said(message, "Auto-Submitted").startswith("auto-replied")
    return answered or precedence == "auto_reply" or any(message.get(one) for one in _AUTO_HEADERS)


def _said(message: "Message[str, str]", name: str) -> str:
    return str(message.get(name, ""))[:200].strip().lower()
