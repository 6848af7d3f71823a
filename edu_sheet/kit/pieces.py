"""A long text in pieces which, put together, are the text to the last character. Pure."""

import re
import unicodedata
from collections.abc import Callable

CELL_LIMIT = 32_767  # characters of a cell, as Excel counts them: UTF-16 code units

# Where to cut, best first: before the next 【单位】, after a paragraph (but never between a label
# and its text), after a sentence with its closing marks, after a phrase.
_SEAMS = tuple(
    re.compile(pattern)
    for pattern in (r"\n(?=【)", r"(?<!】)\n", r"[。；！？][”’）】》]*", r"[，、]")
)
_UNBROKEN = re.compile(r"[!-~０-９．％〇零一二三四五六七八九十百千万亿]")
_NO_START = frozenset("，。；：、！？”’）】》…—\u200d\ufe0e\ufe0f")


def characters(text: str) -> int:
    """Return how long a text is as Excel counts it: beyond U+FFFF a character counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def require_room(text: str) -> None:
    """Raise ValueError if a text is longer than a cell holds."""
    if 2 * len(text) > CELL_LIMIT and characters(text) > CELL_LIMIT:
        raise ValueError(f"{characters(text)} characters do not fit into a cell")


def filling(text: str) -> int:
    """Return how many characters of a text one cell can hold, at least one."""
    if 2 * len(text) <= CELL_LIMIT:
        return len(text)
    end = min(len(text), CELL_LIMIT)
    while (over := characters(text[:end]) - CELL_LIMIT) > 0:
        end -= (over + 1) // 2
    return end


def pieces(text: str, full: Callable[[str], int], reach: int = CELL_LIMIT + 1) -> tuple[str, ...]:
    """Return the text in pieces, itself if it fits in one.

    `full` says how many characters from the start of a text fill a piece: at least one, and less
    than `reach`, beyond which it need not look. A piece ends where a reader would pause, and never
    inside a number or a word of Latin letters unless that alone is longer than half a piece.
    """
    found = []
    start = 0
    rest = text[:reach]  # a text may be a thousand pieces long
    while (end := full(rest)) < len(rest):
        cut = _cut(rest, end)
        found.append(rest[:cut])
        start += cut
        rest = text[start : start + reach]
    return (*found, rest)


def _cut(text: str, end: int) -> int:
    """Return the best place for a cut in the second half of what fits."""
    for seam in _SEAMS:
        places = [one.end() for one in seam.finditer(text, end // 2, end + 1) if one.end() <= end]
        if places:
            return places[-1]
    for place in range(end, end // 2, -1):
        if not _joined(text[place - 1], text[place]):
            return place
    return end


def _joined(before: str, after: str) -> bool:
    if after in _NO_START or unicodedata.category(after).startswith("M"):
        return True
    return bool(_UNBROKEN.match(before) and _UNBROKEN.match(after))
