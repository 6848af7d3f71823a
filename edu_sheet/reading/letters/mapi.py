"""What Outlook's own formats share: numbers of properties, and how their texts are coded.

[MS-OXPROPS]; [MS-OXCDATA] 2.11.1 for the types.
"""

import struct
from datetime import UTC, datetime, timedelta

SUBJECT, BODY, RTF, HTML = 0x0037, 0x1000, 0x1009, 0x1013
IDENTITY, REFERENCES, ANSWERED = 0x1035, 0x1039, 0x1042  # Message-IDs
HEADERS = 0x007D  # as the message had them when a server took it
SENDER_SMTP, SENDER, AUTHOR_SMTP, AUTHOR = 0x5D01, 0x0C1F, 0x5D02, 0x0065
DELIVERED, SUBMITTED = 0x0E06, 0x0039
MESSAGE_CODEPAGE, INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
ATTACHED, LONG_NAME, SHORT_NAME, DISPLAY_NAME = 0x3701, 0x3707, 0x3704, 0x3001
CONTENT_ID, KIND, HIDDEN = 0x3712, 0x370E, 0x7FFE

INTEGER, BOOLEAN, TIME = 0x0003, 0x000B, 0x0040
STRING8, UNICODE, BINARY, OBJECT = 0x001E, 0x001F, 0x0102, 0x000D

_UTF8 = 65001
_CODEPAGES = {936: "gb18030", 54936: "gb18030", 950: "big5", _UTF8: "utf-8"}
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def text(data: bytes, kind: int, codepage: int = 0) -> str:
    """Return a text property's text, without the zeros at its end."""
    if kind == UNICODE:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    named = _CODEPAGES.get(codepage, f"cp{codepage}")
    for encoding in (named, "utf-8", "gb18030"):
        try:
            return data.decode(encoding).rstrip("\0")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", "replace").rstrip("\0")


def moment(data: bytes) -> datetime | None:
    """Return a FILETIME's moment, None if it is none."""
    (ticks,) = struct.unpack("<Q", data[:8])
    try:
        found = _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None
    return found if 1990 < found.year < 9000 else None
