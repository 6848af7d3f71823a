"""How tall a row must be for wrapped text: nobody fits rows on a locked sheet. Pure.

The rule and its check against LibreOffice's own heights: gbt9704.md, "Excel sheets for print".
"""

import math
import re
import unicodedata
from collections.abc import Iterable

LIMIT = 409.0  # points; Excel clips what is taller, silently
PIECE = 200.0  # points: about what a continuation row takes
_UNBROKEN = re.compile(r"[!-~]+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]|[^。；\n]+")


def lines(text: str, width: float, size: float) -> int:
    """Return how many lines a text takes in a column of that width (characters) at that size."""
    usable = width * 7 - 3
    em = size * 96 / 72
    count = 0
    for paragraph in text.splitlines() or [""]:
        count += 1
        used = 0.0
        for piece in _UNBROKEN.findall(paragraph):
            extent = sum(_extent(character, em) for character in piece)
            if used and used + extent > usable:
                count += 1
                used = 0.0
            if extent > usable:  # a run longer than the line is broken after all
                count += math.ceil(extent / usable) - 1
                extent %= usable
            used += extent
    return count


def row_height(cells: Iterable[tuple[str, float]], size: float, least: float = 18.0) -> float:
    """Return the height in points that shows every (text, column width) of a row.

    The height is not cut at LIMIT: a caller whose text may be longer splits the row.
    """
    tallest = max((lines(text, width, size) for text, width in cells), default=1)
    return max(least, math.ceil(tallest * size * 1.45 + 4))


def split(text: str, width: float, size: float) -> tuple[str, ...]:
    """Return the text in pieces for rows that can be printed: itself if one row is tall enough.

    Cut after 。 ； or a line break into pieces of about PIECE points; a sentence that is longer is
    cut where the piece is full. The pieces put together are the text.
    """
    if row_height([(text, width)], size) <= LIMIT:
        return (text,)
    most = int((PIECE - 4) / (size * 1.45))  # lines
    pieces = [""]
    for sentence in _SENTENCE.findall(text):
        if lines(pieces[-1] + sentence, width, size) <= most:
            pieces[-1] += sentence
            continue
        rest = sentence
        while lines(rest, width, size) > most:
            full = _full(rest, width, size, most)
            pieces.append(rest[:full])
            rest = rest[full:]
        pieces.append(rest)
    return tuple(piece for piece in pieces if piece)


def _full(text: str, width: float, size: float, most: int) -> int:
    """Return how many characters of a text take that many lines, at least one."""
    fits, too_many = 1, len(text)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if lines(text[:middle], width, size) <= most:
            fits = middle
        else:
            too_many = middle
    return fits


def _extent(character: str, em: float) -> float:
    wide = unicodedata.east_asian_width(character) in "WFA"
    return math.ceil(em) if wide else 0.55 * em
