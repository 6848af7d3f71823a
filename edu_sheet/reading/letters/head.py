"""The headers of a message alone: by them it is known which bodies are worth fetching."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edu_sheet.words.letters import Noise

if TYPE_CHECKING:
    from email.message import Message

NAMES = (  # of the headers that are asked for
    *(
        "Message-ID",
        "From",
        "Sender",
        "Subject",
        "Return-Path",
        "Content-Type",
        "Content-Class",
        "In-Reply-To",
    ),
    *("References", "Auto-Submitted", "X-Autoreply", "X-Autorespond", "X-Auto-Reply", "Precedence"),
    *("X-Autoreply-From", "List-Id", "List-Unsubscribe", "List-Post", "X-Failed-Recipients"),
)
_SERVERS = (
    "mailer-daemon",
    "postmaster",
    "mail-daemon",
    "maildaemon",
    "mdaemon",
    "mailerdaemon",
    "microsoftexchange",
)
_OTHER_REPORTS = ("disposition-notification", "feedback-report")  # that it was read, or is spam


@dataclass(frozen=True, slots=True)
class Head:
    """What the headers of a message say."""

    sender: str
    subject: str
    kind: str  # its Content-Type
    noise: Noise | None
    answers: tuple[str, ...]  # Message-IDs
    report: bool  # a server may say in it that a letter failed
    identity: str  # its own Message-ID


def may_report(message: "Message[str, str]", address: str) -> bool:
    """Return whether a message may be a server's report on a letter of ours."""
    kind = message.get_content_type()
    if kind == "multipart/report":
        return message.get_param("report-type") not in _OTHER_REPORTS
    nobody = str(message.get("Return-Path", "")).strip() == "<>"
    writer = address.partition("@")[0] or str(message.get("From", ""))[:200].lower()
    server = any(one in writer for one in _SERVERS)
    return nobody or server or bool(message.get("X-Failed-Recipients"))
