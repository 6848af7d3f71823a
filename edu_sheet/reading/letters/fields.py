"""What the header fields of a message and of its parts say: RFC 5322, 2047, 2231. Pure.

Names stand as RFC 2231, as RFC 2047 inside quotes, as bare GBK or UTF-8 bytes; all are read.
"""

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime

from edu_sheet.reading.letters.charset import text_of
from edu_sheet.reading.values import cleaned
from edu_sheet.words.text import visible

_WORDS = re.compile(r"(?<=\?=)\s+(?==\?)")
_ANSWERED = 20  # messages
_IDENTITY = re.compile(r"<[^<>\s]{1,250}>")
_VALUE = 8_000  # characters of a header's value: a name of 255 ideographs in RFC 2231 has 2,300
_PARAMETERS = 60  # of a header: such a name comes in 30 pieces
_HEADER = 2_000  # characters of a header that are looked at
_NO_CALENDAR = 2200  # what claims a later year has no clock, and may not be told in another zone


class Raw(Compat32):
    """Headers as they stand: bytes that are no ASCII as surrogates, which `header_text` reads."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return a header's value, as much of its parameters as any program writes."""
        if not name.lower().startswith("content-"):
            return value
        # Python takes a time for parameters that grows with their square (CPython issue 136063).
        return ";".join(value[:_VALUE].split(";", _PARAMETERS)[:_PARAMETERS])


def file_name(part: "Message[str, str]") -> str:
    """Return a part's file name without its folder, "" where it has none."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        found = part.get_param(parameter, header=header)
        if isinstance(found, tuple):
            charset, _, value = found
            found = text_of(value.encode("latin-1", "replace"), charset or "")
        if found:
            name = header_text(str(found)).replace("\\", "/").rpartition("/")[2].strip()
            if name not in ("", ".", ".."):
                return name
    return ""


def header_text(value: object) -> str:
    """Return a header's text: encoded words, or bare bytes in whatever Chinese program's code."""
    text = str(value)[:_HEADER]
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        text = text_of(text.encode("utf-8", "surrogateescape"), "")
    try:
        pieces = decode_header(_WORDS.sub("", text))
    except (HeaderParseError, ValueError):
        pieces = [(text, None)]
    joined = "".join(
        piece if isinstance(piece, str) else text_of(piece, charset or "")
        for piece, charset in pieces
    )
    return visible(" ".join(cleaned(joined)[0].split()))


def identity_of(message: "Message[str, str]") -> str:
    """Return a message's own Message-ID, "" where it has none."""
    said = str(message.get("Message-ID", ""))[:_HEADER]
    return next(iter(_IDENTITY.findall(header_text(said) if "=?" in said else said)), "")


def answered(message: "Message[str, str]") -> tuple[str, ...]:
    """Return the Message-IDs that a message answers, the nearest first.

    Some programs, Python among them, encode a long one as if it were a text.
    """
    said = " ".join(
        header_text(one) if "=?" in (one := str(value)[:_HEADER]) else one
        for name in ("In-Reply-To", "References")
        for value in reversed(message.get_all(name, [])[:2])
    )
    return tuple(dict.fromkeys(_IDENTITY.findall(said)))[:_ANSWERED]


def arrived_at(message: "Message[str, str]") -> datetime | None:
    """Return the moment in the topmost Received (our own server's), else in Date."""
    received = [str(one).rpartition(";")[2] for one in message.get_all("Received", [])[:1]]
    for text in (*received, str(message.get("Date", ""))):
        try:
            moment = parsedate_to_datetime(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if 1990 < moment.year < _NO_CALENDAR:
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
