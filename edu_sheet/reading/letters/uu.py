"""Files that stand in a text as uuencode, as old programs send them. Pure."""

import binascii
import re

from edu_sheet.reading.letters.letter import Attached

_FILE = re.compile(
    r"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n((?:[ -`]{0,62}\r?\n)+)end[ \t]*\r?$", re.MULTILINE
)


def uuencoded(text: str) -> tuple[str, list[Attached]]:
    """Return a text without the files that stand in it, and these; what is none of them stays."""
    files = list[Attached]()

    def taken(found: re.Match[str]) -> str:
        data = _decoded(found[2])
        if data is None:
            return found[0]
        name = found[1].replace("\\", "/").rpartition("/")[2].strip()
        files.append(Attached(name or "附件", data))
        return ""

    return _FILE.sub(taken, text), files


def _decoded(lines: str) -> bytes | None:
    try:
        return b"".join(binascii.a2b_uu(line) for line in lines.splitlines())
    except (binascii.Error, ValueError):
        return None
