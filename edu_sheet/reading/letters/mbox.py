"""An mbox file → the messages in it: what mail programs keep a folder in (RFC 4155)."""

import re
from collections.abc import Iterator

_BEGIN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n)|(?<=\r\r))From ([^\r\n]*)(?:\r\n|\r|\n)")
_QUOTED = re.compile(rb"(?m)^>(>*From )")
# A text may say From as well, and not every program marks it: behind a separator stands a header.
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:|>From ")
_DATED = re.compile(
    rb"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b,? .*\b"
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b.*\d:\d\d"
)
# Some programs write no date, or another one: then it must be a header that every message has.
_OF_ANY = re.compile(
    rb"(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version"
    rb"|Content-[\w-]+|Reply-To|Sender|Status|X-[\w-]+)[ \t]*:",
    re.IGNORECASE,
)


def messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages, in order, as they were before they were put into the file."""
    begins = [one for one in _BEGIN.finditer(data) if not one.start() or _separates(one, data)]
    if not begins:  # a single line: what it is, the reader of messages finds out
        yield data
        return
    ends = [one.start() for one in begins[1:]] + [len(data)]
    for one, end in zip(begins, ends, strict=True):
        yield _QUOTED.sub(rb"\1", data[one.end() : end])


def _separates(line: re.Match[bytes], data: bytes) -> bool:
    """Return whether a line that begins like a separator is one, and no text's."""
    header = _HEADER if _DATED.search(line[1]) else _OF_ANY
    return bool(header.match(data, line.end()))
