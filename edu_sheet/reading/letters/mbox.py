"""An mbox file → the messages in it: what mail programs keep a folder in (RFC 4155)."""

import re
from collections.abc import Iterator

_BEGIN = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n)|(?<=\r\r))From [^\r\n]*(?:\r\n|\r|\n)")
_QUOTED = re.compile(rb"(?m)^>(>*From )")


def messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages, in order, as they were before they were put into the file."""
    begins = [*_BEGIN.finditer(data)]
    if not begins:  # a single line: what it is, the reader of messages finds out
        yield data
        return
    ends = [one.start() for one in begins[1:]] + [len(data)]
    for one, end in zip(begins, ends, strict=True):
        yield _QUOTED.sub(rb"\1", data[one.end() : end])
