"""A server's report that a letter of ours did not arrive, or has not yet. RFC 3464, 6522. Pure.

Standard reports say it in a part of their own. QQ, NetEase, older Exchange, qmail, Exim, Gmail and
others write it in plain words: known by who sends it, and by how they begin.
"""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from edu_sheet.reading.letters.head import may_report
from edu_sheet.reading.letters.letter import Bounce
from edu_sheet.reading.letters.sender import sender
from edu_sheet.words.covering import tells_of_work
from edu_sheet.words.quotation import apart

STATUS = ("message/delivery-status", "message/global-delivery-status")
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_ARRIVED = ("delivered", "deliverable", "relayed", "expanded")
_FAILED = ("fail", "undeliverable", "expired")
_ADDRESS = re.compile(r"[A-Za-z0-9][\w.+'=-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_IDENTITY = re.compile(r"(?im)^[>\s]*message-id:\s*(<[^<>\s]{1,250}>)")
# Where a report in plain words goes on with the headers of what it returns.
_COPY = re.compile(r"(?im)^[>\s]*(?:return-path|received|message-id|mime-version|from|to):")
_WRITER = re.compile(r"(?im)^[>\s]*from:[ \t]*([^\n]{1,500})")


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


_SUBJECT = _any(
    *(
        "退信",
        "退回",
        "未送达",
        "未能送达",
        "无法送达",
        "无法投递",
        "未传递",
        "无法传递",
        "[投传寄递]递失败",
        "投递失败",
        "发送失败",
    ),
    *(
        "undeliver",
        "non-? ?deliver",
        "not deliver",
        "delivery (?:status|fail|problem|error|report)",
    ),
    *("delivery has failed", "delivery.{0,12}fail", "failed.{0,12}deliver", "be delivered"),
    *("returned (?:mail|to sender)", "return(?:ing|ed) message", "returning to sender"),
    *("failure (?:notice|notification)", "mail (?:delivery|system|fail|error)", "rejected"),
    *("message (?:could not|not) ", "user unknown"),
)
_TEXT = _any(
    *(
        "退信",
        "无法(?:送达|投递|发送|传递)",
        "未能(?:送达|投递|成功)",
        "投递失败",
        "发送失败",
        "没有送达",
    ),
    *(
        "邮件被退回",
        "未能传递",
        "无法将邮件传递",
        "收件人不存在",
        "undeliverable",
        "returned to sender",
        "unable to deliver",
    ),
    "(?:could|can|was|has|were|did)(?: not|n't|not)(?: been| be)? ?(?:deliver|reach)",
    *("delivery (?:to the following|has failed|fail)", "permanent(?:ly)? (?:error|fail|fatal)"),
    *("fatal errors", "failed permanently", "user unknown", "unknown user", "no such user"),
    *("mailbox (?:unavailable|is full|not found)", "address rejected", "did not reach"),
)
_DELAYED = _any(
    *(
        "delay",
        "延迟",
        "推迟",
        "尚未送达",
        "暂时(?:无法|不能|未能)",
        "不需要重发",
        "继续(?:尝试|投递|重试)",
    ),
    *("warning: (?:could not send|message|mail)", "will be retried", "still trying"),
    *("no action (?:is )?required", "not yet been delivered"),
)
_GIVEN_UP = _any(
    *("giv(?:en|ing) up", "permanent", "放弃", "已停止", "failed after", "too long"),
    r"(?:fail|error)[^\n]{0,40}5\d\d",
)
_REASON = _any(
    *(
        r"(?:^|[^\d.])[45]\d\d[ -]",
        r"[45]\.\d{1,2}\.\d{1,3}",
        "原因",
        "不存在",
        "已满",
        "拒收",
        "拒绝",
    ),
    *("停用", "超时", "reason", "unknown", "exist", "not found", "full", "quota", "refused"),
    *("rejected", "disabled", "unavailable", "timed? ?out"),
)
_CODE = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
_HEAD = 20_000  # bytes of a returned letter in which its headers stand
_QUOTED = 2_000  # characters of what a report says
_MOST = 20  # addresses of a report in plain words
_LONGEST = 300  # characters of a reason


def bounce(
    message: "Message[str, str]",
    address: str,
    subject: str,
    text: str,
    *,
    answers: Sequence[str],
    brought: bytes,
) -> Bounce | None:
    """Return what a message reports of a letter of ours, None if it is no such report.

    `address` is its sender's, `text` its text without the letter, `answers` are the Message-IDs
    that it refers to, `brought` is the first message that is attached to it.
    """
    blocks = [*_blocks(message)]
    identity, writer = _returned(message, brought, text)
    letters = tuple(dict.fromkeys((*identity, *answers, *_IDENTITY.findall(text))))
    if blocks:
        return _standard(blocks, text, letters, writer)
    if not _of_server(message, address, subject, text):
        return None
    named = _named(message, address, text)
    said = f"{subject}\n{text}"
    delayed = bool(_DELAYED.search(said)) and not _GIVEN_UP.search(said)
    reason = _reason(text.splitlines(), named)
    return Bounce(named, reason, delayed, letters, writer, text=text[:_QUOTED])


def passed_on(message: "Message[str, str]", address: str, text: str) -> Bounce | None:
    """Return the server's report that a person's message quotes and says nothing of work beside.

    None where it quotes none, or not the Message-ID of what failed.
    """
    quoted = "\n".join(apart(text)[1])
    letters = tuple(dict.fromkeys(_IDENTITY.findall(quoted)))
    if not letters or not _TEXT.search(quoted) or tells_of_work(text):
        return None
    named = _named(message, address, quoted)
    reason = _reason(quoted.splitlines(), named)
    return Bounce(named, reason, False, letters, passed_on=True, text=text[:_QUOTED])


def delivered(message: "Message[str, str]") -> bool:
    """Return whether a report tells nothing but that a letter has arrived."""
    actions = [_action(one) for one in _blocks(message)]
    return bool(actions) and all(one in _ARRIVED for one in actions)


def _standard(
    blocks: Sequence["Message[str, str]"], text: str, letters: tuple[str, ...], writer: str
) -> Bounce | None:
    failed = [one for one in blocks if _action(one).startswith(_FAILED)]
    about = failed or [one for one in blocks if _action(one) == "delayed"]
    if not about:
        return None
    named = tuple(dict.fromkeys(filter(None, map(_recipient, about))))
    said = [_one_line(str(one.get("Diagnostic-Code", "")).partition(";")[2]) for one in about]
    status = [_one_line(str(one.get("Status", ""))) for one in about]
    reason = next(filter(None, said), "") or _reason(text.splitlines(), named)
    reason = reason or next(filter(None, status), "")
    return Bounce(named, reason, not failed, letters, writer, text=text[:_QUOTED])


def _blocks(message: "Message[str, str]") -> Iterator["Message[str, str]"]:
    """Yield what a standard report says of each recipient."""
    for part in message.walk():
        if part.get_content_type() in STATUS and part.is_multipart():
            for block in part.get_payload():
                if isinstance(block, Message) and block.get("Action"):
                    yield block
        elif part.get_content_type() in RETURNED:
            return  # what was returned may be a report itself


def _action(block: "Message[str, str]") -> str:
    return str(block.get("Action", ""))[:40].strip().lower()


def _recipient(block: "Message[str, str]") -> str:
    said = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")[:500]
    found = _ADDRESS.search(said.rpartition(";")[2])
    final = _ADDRESS.search(str(block.get("Final-Recipient", ""))[:500].rpartition(";")[2])
    found = found or final
    return found[0].lower() if found else ""


def _returned(message: "Message[str, str]", brought: bytes, text: str) -> tuple[Sequence[str], str]:
    """Return Message-ID and sender of the letter that a report brings, or its headers alone.

    As a part of its own, as an attached file (QQ), or behind what it says (qmail, Exim).
    """
    for part in message.walk():
        if part.get_content_type() not in RETURNED:
            continue
        payload = part.get_payload()
        if isinstance(payload, list) and payload and isinstance(payload[0], Message):
            return _of_letter(payload[0])
        headers = part.get_payload(decode=True)
        return _of_letter(_headers(headers if isinstance(headers, bytes) else b""))
    if brought:
        return _of_letter(_headers(brought))
    writers = (sender([one]) for one in _WRITER.findall(text))
    return (), next(filter(None, writers), "")


def _headers(data: bytes) -> "Message[str, str]":
    return message_from_bytes(data[:_HEAD].lstrip(), policy=compat32)


def _of_letter(letter: "Message[str, str]") -> tuple[Sequence[str], str]:
    identity = f"message-id: {str(letter.get('Message-ID', ''))[:300].strip()}"
    return _IDENTITY.findall(identity), sender([str(one) for one in letter.get_all("From", [])])


def _of_server(message: "Message[str, str]", address: str, subject: str, text: str) -> bool:
    """Return whether a server has written a message, and says in it that something failed."""
    if not may_report(message, address):
        return False
    returned = any(part.get_content_type() in RETURNED for part in message.walk())
    told = _SUBJECT.search(subject) or _DELAYED.search(subject)
    failed = message.get("X-Failed-Recipients") or told
    return bool(failed) or returned or bool(_TEXT.search(text[:2_000]))


def _named(message: "Message[str, str]", address: str, text: str) -> tuple[str, ...]:
    """Return the addresses that a report in plain words names; the letter's own are behind it."""
    header = str(message.get("X-Failed-Recipients", ""))[:2_000]
    copy = _COPY.search(text)  # in it stand all whom the letter went to
    said = text[: copy.start()] if copy else text
    found = _ADDRESS.findall(header) or _ADDRESS.findall(said) or _ADDRESS.findall(text)
    own = {address, *(one.lower() for one in _ADDRESS.findall(str(message.get("To", ""))[:2_000]))}
    every = dict.fromkeys(one.lower().rstrip(".") for one in found)
    return tuple(one for one in every if one not in own)[:_MOST]


def _reason(lines: Sequence[str], named: Sequence[str]) -> str:
    """Return the line that says why, the one with a code first."""
    said = [one for one in map(_one_line, lines) if one]
    for at, line in enumerate(said):
        if _CODE.search(line) or re.search(r"\b5\d\d[ -]", line):
            return line
        if any(one in line.lower() for one in named) and at + 1 < len(said):
            after = said[at + 1]
            if _REASON.search(after):
                return after
    return next((one for one in said if _REASON.search(one)), "")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
