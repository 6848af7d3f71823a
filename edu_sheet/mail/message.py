"""A letter as the bytes of a message. Pure.

Names of attachments stand twice: as RFC 2231 `filename*` (Outlook, Apple, Thunderbird, web mail)
and as RFC 2047 `name` (older Foxmail and QQ mail); both in one piece, since not every program puts
the continuations of RFC 2231 together. Python's modern policy rewrites the second into the first,
which is why the older classes stand here.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from urllib.parse import quote

from edu_sheet.kit.files import sha256
from edu_sheet.words.letters import Mailed, MailKind, MailState
from edu_sheet.words.period import Period

XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    data: bytes
    kind: str  # after application/
    file: str = ""  # where it lies in the workspace; "" if it is in the letter alone


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one unit; equal content to equal recipients has an equal `key`."""

    kind: MailKind
    unit: str
    to: tuple[str, ...]
    subject: str
    text: str
    key: str
    attachments: tuple[Attachment, ...] = ()

    def as_mailed(
        self, period: Period, state: MailState, at: datetime, message_id: str = ""
    ) -> Mailed:
        """Return the letter as the ledger is to keep it, without an id yet."""
        recipients = ";".join(self.to)
        return Mailed(
            0,
            self.kind,
            period,
            self.unit,
            self.key,
            recipients,
            message_id,
            state,
            at,
            text=self.text,
        )


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes."""

    address: str
    name: str
    reply_to: str = ""  # where answers go, if not to the address


def one_line(text: str) -> str:
    """Return a text fit for a header: line ends and control characters become blanks."""
    return _CONTROL.sub(" ", text).encode("utf-8", "replace").decode("utf-8").strip()


def to_bytes(
    letter: Letter,
    sender: Sender | None,
    *,
    message_id: str = "",
    sent: datetime | None = None,
    answers: str = "",
) -> bytes:
    """Return a letter as a message; without a Message-ID it is a draft that opens to be sent.

    `answers` is the Message-ID of an earlier letter. The same draft gives the same bytes.
    """
    message = MIMEMultipart("mixed", boundary=_boundary(letter))
    if sender:
        message["From"] = _mailbox(sender.name, sender.address)
        if sender.reply_to:
            message["Reply-To"] = sender.reply_to
    message["To"] = ",\n ".join(_mailbox(letter.unit, address) for address in letter.to)
    message["Subject"] = Header(one_line(letter.subject), "utf-8", header_name="Subject").encode()
    if message_id:
        message["Date"] = format_datetime(sent) if sent else ""
        message["Message-ID"] = message_id
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's machine answers it
        if answers:
            message["In-Reply-To"] = message["References"] = answers
    else:
        message["X-Unsent"] = "1"  # Outlook and Foxmail open it as a message to be sent
    message.attach(MIMEText(letter.text.replace("\n", "\r\n"), "plain", "utf-8"))
    for attachment in letter.attachments:
        message.attach(_part(attachment))
    return message.as_bytes(policy=policy.compat32.clone(linesep="\r\n", max_line_length=0))


def _mailbox(name: str, address: str) -> str:
    shown = Header(one_line(name), "utf-8", maxlinelen=200).encode() if name else ""
    return f"{shown} <{address}>" if shown else address


def _part(attachment: Attachment) -> MIMEApplication:
    name = one_line(attachment.name)
    part = MIMEApplication(attachment.data, attachment.kind)
    coded = Header(name, "utf-8", maxlinelen=900).encode()
    part.replace_header("Content-Type", f'application/{attachment.kind}; name="{coded}"')
    plain = f"; filename*=utf-8''{quote(name, safe='')}"
    part["Content-Disposition"] = f"attachment{plain}"
    return part


def _boundary(letter: Letter) -> str:
    said = f"{letter.key}\n{letter.unit}\n{letter.text}"
    return f"edu-sheet-{sha256(said.encode('utf-8', 'replace'))[:32]}"
