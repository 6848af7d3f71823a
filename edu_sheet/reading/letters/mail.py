"""An .eml message → Letter: RFC 5322 and MIME, and what is sent in their place.

The older classes of Python's email package take any header without raising, so they stand here.
"""

import contextlib
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from edu_sheet.reading.letters import cms, tnef
from edu_sheet.reading.letters.bounce import RETURNED, STATUS, bounce, delivered, passed_on
from edu_sheet.reading.letters.carved import Carved, payload
from edu_sheet.reading.letters.charset import text_of
from edu_sheet.reading.letters.cms import kind_of_cms
from edu_sheet.reading.letters.fields import (
    Raw,
    answered,
    arrived_at,
    file_name,
    header_text,
    identity_of,
)
from edu_sheet.reading.letters.head import Head, may_report
from edu_sheet.reading.letters.letter import Attached, Bounce, Letter, broken
from edu_sheet.reading.letters.links import links
from edu_sheet.reading.letters.noise import invitation, noise
from edu_sheet.reading.letters.page import like_a_form, of_several_periods, outside, tables
from edu_sheet.reading.letters.proofs import unproven
from edu_sheet.reading.letters.recall import recalled
from edu_sheet.reading.letters.sender import sender
from edu_sheet.reading.letters.tags import without_tags
from edu_sheet.reading.letters.unseen import without_unseen
from edu_sheet.reading.letters.uu import uuencoded
from edu_sheet.reading.refusal import Refusal
from edu_sheet.reading.values import cleaned
from edu_sheet.words.book import Sheet
from edu_sheet.words.letters import LONGEST, Noise
from edu_sheet.words.text import bare, clipped

_SHOWN = re.compile(r"(?i)<(?:img|svg|video|audio|canvas|i?frame|object|embed|input|textarea)\b")
_TEXT_BYTES = 8_000_000  # of a text: a table of Excel's has 300 kB, a form uuencoded 60 kB
_PAGE = 1_000_000  # characters of a page with its tags
_HEAD = 65_536
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_DEPTH = 50  # parts inside parts; a mail program writes 4
_CMS = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_ENTITY = re.compile(rb"\s*(?:MIME-Version|Content-[\w-]+|From|Received):", re.IGNORECASE)
CARDS = (b"BEGIN:VCALENDAR", b"BEGIN:VCARD")  # invitations and visiting cards
_SIGNATURES = {"application/pkcs7-signature", "application/pgp-signature"}
_REPORTS = {*STATUS, "message/disposition-notification"}


def read(data: bytes) -> Letter:
    """Return a message. Refusal if it is broken or built to do harm."""
    return read_with_tables(data)[0]


def read_with_tables(data: bytes) -> tuple[Letter, tuple[Sheet, ...]]:
    """Return a message and the tables in its text. Refusal as `read`."""
    if kind_of_cms(data) == "signed":
        data = cms.content(data)
        if not _ENTITY.match(data):  # a file that somebody signed
            return Letter(attached=(Attached("签名的文件", data),)), ()
    with _taken_apart():
        carved = Carved(data.lstrip(b"\xef\xbb\xbf\r\n\t "))
        return _letter(message_from_bytes(carved.rest, policy=Raw()), carved)


@contextlib.contextmanager
def _taken_apart() -> Iterator[None]:
    """Raise Refusal for what Python's own parser stumbles over."""
    try:
        yield
    except RecursionError:
        raise broken("too_deep") from None
    except (
        MessageError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        AssertionError,
    ) as error:
        raise broken("structure") from error


def head_of(block: bytes) -> Head:
    """Return what the headers of a message say that is looked at no further. Refusal if none."""
    with _taken_apart():
        message = message_from_bytes(block, policy=Raw())
        subject = clipped(header_text(message.get("Subject", "")))
        address = sender(message.get_all("From", []))
        return Head(
            sender=address,
            subject=subject,
            kind=message.get_content_type(),
            noise=noise(message, subject, address),
            answers=answered(message),
            report=may_report(message, address),
            identity=identity_of(message),
        )


def head(data: bytes) -> Letter:
    """Return what the headers of a message say, however broken it is. Refusal if they are none."""
    found = _END_OF_HEAD.search(data[:_HEAD])
    return replace(read(data[: found.start() if found else _HEAD]), attached=(), text="")


def _letter(message: "Message[str, str]", carved: Carved) -> tuple[Letter, tuple[Sheet, ...]]:
    said, pages, unseen = list[str](), list[str](), list[str]()  # texts, what of them was html
    attached: list[Attached] = []
    kinds = set[str]()
    pictures = 0
    # What a report tells, and the letter of ours that a receipt brings back, are no files.
    beside = {*_SIGNATURES, *_REPORTS, *(RETURNED if _is_receipt(message) else ())}
    for part, second in _leaves(message, carved, 0):
        kind = part.get_content_type()
        kinds.add(kind)
        name = file_name(part)
        disposed = str(part.get("Content-Disposition", "")).strip().lower()
        if kind in ("text/plain", "text/html") and not name and not disposed.startswith("attach"):
            plain, files = _text(part, carved), list[Attached]()
            if kind == "text/html":
                plain = _of_page(plain, pages, unseen)
            else:
                plain, files = uuencoded(plain)
            attached += files
            if not (second and _repeats(plain[:LONGEST], _known(said))):
                said.append(plain.strip())
        elif kind.startswith("image/") and _inline(part, disposed):
            pictures += 1
        elif kind not in beside and not _is_card(part, carved):
            attached += _files(part, kind, name, len(attached) + 1, carved)
            attached += _with_packed_text(payload(part, carved), said, pages, unseen)
    address = sender(message.get_all("From", []))
    text = "\n\n".join(one[:LONGEST] for one in said if one)
    subject = clipped(header_text(message.get("Subject", "")))
    answers = answered(message)
    brought = next((one.data for one in attached if one.name.lower().endswith(".eml")), b"")
    sheets = tables(pages)
    tabled = like_a_form(sheets)  # which no server writes
    reported = None
    if not tabled:
        reported = bounce(message, address, subject, text, answers=answers, brought=brought)
        if reported is None and not attached:
            reported = passed_on(message, address, text)
    around = outside("\n".join(said), sheets)[:LONGEST] if tabled else ""
    letter = Letter(
        sender=address,
        subject=subject,
        arrived_at=arrived_at(message),
        text=text,
        attached=tuple(attached),
        pictures=pictures,
        unproven=unproven(message, address),
        unclear=bool(message.get("From")) and not address,
        bounce=reported,
        shows=any(_SHOWN.search(one[:_PAGE]) for one in pages),
        tabled=tabled,
        outside=around,
        tables=tuple(_messages(pages, around)) if len(sheets) > 1 else (),
        linked=links(text, pages),
        answers=answers,
        noise=_noise(message, subject, kinds, reported),
        identity=identity_of(message),
        writer=address,
        unseen="\n".join(filter(None, unseen))[:LONGEST],
        recalls=None if attached or tabled or reported else recalled(subject, text),
    )
    return letter, sheets


def _of_page(page: str, pages: list[str], unseen: list[str]) -> str:
    """Return the text of a page as a person sees it; keep that page, and what it hides."""
    shown, hidden = without_unseen(page)
    pages.append(shown)
    unseen.append(hidden)
    return without_tags(shown[:_PAGE])


def _messages(pages: Sequence[str], beside: str) -> Iterator[Attached]:
    """Yield a message for each period of which a table was pasted, if these are several.

    Each with what stands `beside` the tables, which may be about either.
    """
    below = "".join(f"<p>{html.escape(line)}</p>" for line in beside.splitlines())
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    for above, page in of_several_periods(pages):
        yield Attached(f"{above or '正文'}.eml", head + (page + below).encode("utf-8", "replace"))


def _is_card(part: "Message[str, str]", carved: Carved) -> bool:
    """Return whether a part is an invitation, a visiting card, or a signature: nobody's answer."""
    if part.get_content_type() == "text/calendar" or file_name(part).lower().endswith(".p7s"):
        return True
    return payload(part, carved)[:_HEAD].lstrip().startswith(CARDS)


def _is_receipt(message: "Message[str, str]") -> bool:
    """Return whether a message says by itself that a letter of ours has arrived, or was read."""
    read = message.get_param("report-type") == "disposition-notification"
    return read or delivered(message)


def _noise(
    message: "Message[str, str]", subject: str, kinds: set[str], reported: Bounce | None
) -> Noise | None:
    if reported:
        return Noise.DELAYED if reported.delayed else None
    if delivered(message):
        return Noise.RECEIPT
    return (
        Noise.INVITATION
        if invitation(kinds, subject)
        else noise(message, subject, sender(message.get_all("From", [])))
    )


def _leaves(
    message: "Message[str, str]", carved: Carved, depth: int, second: bool = False
) -> Iterator[tuple["Message[str, str]", bool]]:
    """Yield the parts that hold something; a message inside is one of them.

    With each, whether another part says the same in plain text.
    """
    if depth > _DEPTH:
        raise broken("too_deep")
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        several = message.get_content_subtype() == "alternative"
        for place, part in enumerate(message.get_payload()):
            if isinstance(part, Message):
                yield from _leaves(part, carved, depth + 1, second or (several and place > 0))
    elif inside := _signed(message, carved):
        yield from _leaves(inside, carved, depth + 1, second)
    else:
        yield message, second


def _signed(part: "Message[str, str]", carved: Carved) -> "Message[str, str] | None":
    """Return what a part holds that is signed as a whole, None where it is none or broken."""
    if part.get_content_type() not in _CMS:
        return None
    data = payload(part, carved)
    if kind_of_cms(data) != "signed":
        return None
    with contextlib.suppress(Refusal):  # told as what it is when it is read
        content = cms.content(data)
        if _ENTITY.match(content):
            return message_from_bytes(carved.more(content.lstrip()), policy=Raw())
    return None


def _repeats(text: str, said: str) -> bool:
    """Return whether all lines of a text stand in what was said: some programs say less in one."""
    known = bare(said)
    return all(bare(line) in known for line in text.splitlines())


def _files(
    part: "Message[str, str]", kind: str, name: str, number: int, carved: Carved
) -> Iterator[Attached]:
    if kind.startswith("message/") and part.is_multipart():
        inner = part.get_payload(0)
        if isinstance(inner, Message):
            data = carved.whole(inner.as_bytes())
            if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
                # Exchange sends it so, though RFC 2046 forbids it.
                inner.add_header("Content-Transfer-Encoding", "base64")
                data = payload(inner, carved)
            subject = header_text(inner.get("Subject", "")) or f"转发邮件{number}"
            yield Attached(name or f"{subject}.eml", data)
        return
    data = payload(part, carved)
    if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or tnef.is_tnef(data):
        try:
            found = tnef.read(data)
        except Refusal:
            yield Attached(name or "winmail.dat", data)  # told as what it is when it is read
            return
        yield from (Attached(one.name, one.data) for one in found)
    elif data or name:
        ending = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}.get(kind)
        yield Attached(name or f"附件{number}{ending or ''}", data)


def _with_packed_text(
    data: bytes, said: list[str], pages: list[str], unseen: list[str]
) -> list[Attached]:
    """Add the text in a winmail.dat to what was said; return it as a file if it is no plain one."""
    body = None
    if tnef.is_tnef(data):
        with contextlib.suppress(Refusal):  # told as what it is when it is read
            body = tnef.body(data)
    if body is None:
        return []
    if body.name.endswith(".rtf"):  # as a rule the message says the same in plain text
        return [] if any(said) else [body]
    plain = text_of(body.data, "utf-8")
    if body.name.endswith(".html"):
        plain = _of_page(plain, pages, unseen)
    if not _repeats(plain[:LONGEST], _known(said)):
        said.append(plain.strip())
    return []


def _known(said: Sequence[str]) -> str:
    """Return what was said so far, as much of it as another text is compared with."""
    return "".join(one[:LONGEST] for one in said)


def _inline(part: "Message[str, str]", disposition: str) -> bool:
    return not disposition.startswith("attach") and bool(part.get("Content-ID"))


def _text(part: "Message[str, str]", carved: Carved) -> str:
    charset = part.get_param("charset") or ""
    named = charset[2] if isinstance(charset, tuple) else str(charset)
    return cleaned(text_of(payload(part, carved)[:_TEXT_BYTES], named))[0]
