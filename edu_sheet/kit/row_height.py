"""How tall a row must be for wrapped text: a locked sheet cannot be auto-fitted. Pure.

The rule and its check against LibreOffice's own heights: gbt9704.md, "Excel sheets for print".
"""

import math
import re
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice

from edu_sheet.kit.pieces import CELL_LIMIT, filling, pieces

LEAST = 18.0  # points
LIMIT = 409.0  # points; Excel clips what is taller, silently
PIECE = 200.0  # points: about what a continuation row takes
_LEADING = 1.45  # a line's height, in sizes of its font
_PADDING = 4  # points
# What a row of LIMIT still shows by this measure, which is enough for any text: the tallest line
# that was measured takes 1.427 sizes (15.7 points at 11).
SHOWN = LIMIT * _LEADING / 1.427 + _PADDING
_PIXELS = 96 / 72  # of a point
_NARROW = 0.55  # a Latin letter's width, in sizes of its font
_MANY = sys.maxsize
_TOKEN = re.compile(
    r"([\u3001-\u3011\u4e00-\u9fff\uff01-\uff60]+)"  # each a full width, taken at once
    r"|([!-~]+)"  # stays unbroken
    r"|(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])"  # ends a line
    r"|.",
    re.DOTALL,
)
_WIDE, _RUN, _END = 1, 2, 3  # groups of _TOKEN


def lines(text: str, width: float, size: float, most: int = _MANY) -> int:
    """Return how many lines a text takes in a column of that width (characters) at that size.

    Where there are more than `most`, some number above that.
    """
    return (_lines if len(text) <= _REMEMBERED else _lines.__wrapped__)(text, width, size, most)


_REMEMBERED = 60  # characters: names and goals come back, what units write does not


@lru_cache(maxsize=4096)
def _lines(text: str, width: float, size: float, most: int) -> int:
    count = 1
    for starts in _breaks(text, width, size):
        count += len(starts)
        if count > most:
            break
    return count


def headed(text: str, width: float, size: float) -> str:
    """Return a header, broken before its bracket if its column is too narrow for one line."""
    before, bracket, after = text.partition("（")
    if not (width and before and bracket) or "\n" in text or lines(text, width, size) == 1:
        return text
    return f"{before}\n{bracket}{after}"


def row_height(
    cells: Iterable[tuple[str, float]], size: float, least: float = LEAST, most: float = math.inf
) -> float:
    """Return the height in points that shows every (text, column width) of a row.

    The height is not cut at LIMIT: a caller whose text may be longer splits the row. Where it is
    above `most`, how far above is not worked out.
    """
    enough = _MANY if most == math.inf else int(most / (size * _LEADING)) + 1
    wide = math.ceil(size * _PIXELS)
    tallest = 1
    for text, width in sorted(cells, key=_length, reverse=True):
        # Two lines together hold more than one's width, or they would be one: so many at the most.
        usable = _usable(width)
        if 2 * len(text) * wide >= tallest * usable or not text.isprintable():
            tallest = max(tallest, lines(text, width, size, enough))
    return _height(tallest, size, least)


def _length(cell: tuple[str, float]) -> int:
    return len(cell[0])


def _usable(width: float) -> float:
    """Return how many pixels wide a column's texts can be."""
    return width * 7 - 3


def split(text: str, width: float, size: float, piece: float = PIECE) -> tuple[str, ...]:
    """Return the text in pieces for rows that can be printed: itself if one row holds it.

    A row holds what is not taller than LIMIT, and no longer than a cell can be. Else the text is
    cut at paragraphs and sentences into pieces of at most `piece` points. The pieces put together
    are the text.
    """
    return tuple(text for text, _ in measured(text, width, size, piece))


def measured(
    text: str, width: float, size: float, piece: float = PIECE
) -> tuple[tuple[str, float], ...]:
    """Return the pieces of `split`, each with the height of the row that shows it."""
    if filling(text) == len(text):
        height = row_height([(text, width)], size, most=LIMIT)
        if height <= LIMIT:
            return ((text, height),)
    most = max(1, int((min(piece, LIMIT) - _PADDING) / (size * _LEADING)))
    begun: list[list[int]] = []  # where the lines of each piece but the first begin, or would

    def full(rest: str) -> int:
        starts = chain.from_iterable(_breaks(rest, width, size))
        begun.append(list(islice(starts, most)))
        return filling(rest if len(begun[-1]) < most else rest[: begun[-1][-1]])

    # A line holds its width in narrow characters, and the two that may end it.
    reach = most * (int(width * 7 / (_NARROW * size * _PIXELS)) + 2) + 1
    texts = pieces(text, full, min(reach, CELL_LIMIT + 1))
    return tuple(
        (text, _height(1 + bisect_left(starts, len(text)), size))
        for text, starts in zip(texts, begun, strict=True)
    )


def _height(lines: int, size: float, least: float = LEAST) -> float:
    return max(least, math.ceil(lines * size * _LEADING + _PADDING))


def _breaks(text: str, width: float, size: float) -> Iterator[range]:
    """Yield where each line after the first begins; a range where one run fills several lines."""
    usable = _usable(width)
    em = size * _PIXELS
    wide, narrow = math.ceil(em), _NARROW * em
    full = max(1, int(usable // wide))
    used = 0.0
    ended = False
    for token in _TOKEN.finditer(text):
        kind = token.lastindex
        start, end = token.span()
        if ended:
            yield range(start, start + 1)
            used, ended = 0.0, False
        if kind == _END:
            ended = True
            continue
        if kind == _WIDE:
            room = max(0 if used else 1, int((usable - used) // wide))
            if end - start > room:
                starts = range(start + room, end, full)
                yield starts
                start, used = starts[-1], 0.0
            used += (end - start) * wide
            continue
        extent = (end - start) * (wide if kind is None and _is_wide(token[0]) else narrow)
        if used and used + extent > usable:
            yield range(start, start + 1)
            used = 0.0
        if extent > usable:
            yield from _broken(start, extent, usable, narrow)
            extent %= usable
        used += extent


def _broken(start: int, extent: float, usable: float, narrow: float) -> Iterator[range]:
    """Yield where a run that is longer than a line is broken after all."""
    for line in range(1, math.ceil(extent / usable)):
        place = start + max(1, int(line * usable / narrow))
        yield range(place, place + 1)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"
