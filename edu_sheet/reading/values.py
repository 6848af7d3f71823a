"""Texts as they were typed: escapes decoded once, forbidden characters removed and named."""

import re
from datetime import UTC, datetime

from edu_sheet.words.text import clipped, visible

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
TRUE = frozenset({"1", "true", "on"})


def decoded(text: str) -> str:
    """Return text with OOXML's escapes decoded once: `_x005F_x000D_` is a literal `_x000D_`."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def cleaned(text: str) -> tuple[str, str]:
    """Return text with one kind of line end and without what XML forbids, and what was removed.

    C1 controls go too: no clerk can have typed them, and Word shows them as boxes.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _UNWANTED.search(text):
        return text, ""
    if _SURROGATE.search(text):  # two escapes may be the halves of one character
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    found = dict.fromkeys(f"U+{ord(char):04X}" for char in _UNWANTED.findall(text))
    return _UNWANTED.sub("", text), " ".join(found)


def name(text: str) -> str:
    """Return the name of a sheet, file or subject as it is shown and recorded from here on."""
    return clipped(visible(cleaned(text)[0]))


def own_text(text: str, author: str) -> str:
    """Return a comment's text without the author's name that the program put before it."""
    text = cleaned(decoded(text))[0].strip()
    for mark in (f"{author}:", f"{author}："):
        if author and text.startswith(mark):
            return text[len(mark) :].strip()
    return text


def truth(value: str | None) -> bool:
    """Return whether an attribute of type boolean is set."""
    return value is not None and value.lower() in TRUE


def moment(text: str) -> datetime | None:
    """Return a W3C date and time, in UTC where it names no zone; None if it is none."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
