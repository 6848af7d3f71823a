"""How tall a row must be for wrapped text: nobody fits rows on a locked sheet. Pure.

The rule and its check against LibreOffice's own heights: gbt9704.md, "Excel sheets for print".
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from edu_sheet.pieces import filling, pieces

LIMIT = 409.0  # points; Excel clips what is taller, silently
PIECE = 200.0  # points: about what a continuation row takes
_LEADING = 1.45  # a line's height, in sizes of its font
_PADDING = 4  # points
_TOKEN = re.compile(
    r"(?P<end>\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])"
    r"|(?P<run>[!-~]+)"  # stays unbroken
    r"|(?P<wide>[\u3001-\u3011\u4e00-\u9fff\uff01-\uff60]+)"  # each a full width, taken at once
    r"|.",
    re.DOTALL,
)


def lines(text: str, width: float, size: float) -> int:
    """Return how many lines a text takes in a column of that width (characters) at that size."""
    return (_lines if len(text) <= _REMEMBERED else _lines.__wrapped__)(text, width, size)


_REMEMBERED = 1000  # characters: longer texts are rare, and would make the memory large


@lru_cache(maxsize=4096)  # the texts of a plan stand in every form
def _lines(text: str, width: float, size: float) -> int:
    return 1 + sum(1 for _ in _breaks(text, width, size))


def row_height(cells: Iterable[tuple[str, float]], size: float, least: float = 18.0) -> float:
    """Return the height in points that shows every (text, column width) of a row.

    The height is not cut at LIMIT: a caller whose text may be longer splits the row.
    """
    tallest = max([1, *[lines(text, width, size) for text, width in cells if text]])
    return max(least, math.ceil(tallest * size * _LEADING + _PADDING))


def split(text: str, width: float, size: float, piece: float = PIECE) -> tuple[str, ...]:
    """Return the text in pieces for rows that can be printed: itself if one row holds it.

    A row holds what is not taller than LIMIT, and no longer than a cell can be. Else the text is
    cut at paragraphs and sentences into pieces of at most `piece` points. The pieces put together
    are the text.
    """
    if filling(text) == len(text) and row_height([(text, width)], size) <= LIMIT:
        return (text,)
    most = max(1, int((min(piece, LIMIT) - _PADDING) / (size * _LEADING)))

    def full(rest: str) -> int:
        return filling(rest[: _filling_lines(rest, width, size, most)])

    return pieces(text, full)


def _filling_lines(text: str, width: float, size: float, most: int) -> int:
    """Return how many characters of a text take that many lines."""
    for count, start in enumerate(_breaks(text, width, size), start=2):
        if count > most:
            return start
    return len(text)


def _breaks(text: str, width: float, size: float) -> Iterator[int]:
    """Yield where every line of a text but the first begins."""
    usable = width * 7 - 3
    em = size * 96 / 72
    wide, narrow = math.ceil(em), 0.55 * em
    used = 0.0
    ended = False
    for token in _TOKEN.finditer(text):
        if ended:
            yield token.start()
            used, ended = 0.0, False
        if token.lastgroup == "end":
            ended = True
            continue
        if token.lastgroup == "wide":
            start, room = token.start(), max(0 if used else 1, int((usable - used) // wide))
            while token.end() - start > room:
                start, room = start + room, max(1, int(usable // wide))
                used = 0.0
                yield start
            used += (token.end() - start) * wide
            continue
        if token.lastgroup == "run":
            extent = narrow * len(token[0])
        else:
            extent = wide if unicodedata.east_asian_width(token[0]) in "WFA" else narrow
        if used and used + extent > usable:
            yield token.start()
            used = 0.0
        if extent > usable:  # a run longer than the line is broken after all
            for line in range(1, math.ceil(extent / usable)):
                yield token.start() + max(1, int(line * usable / narrow))
            extent %= usable
        used += extent
