"""A month's progress in the text of a quarter that tells of none: how it is marked there. Pure.

Thus: （据12月报送）校舍建成。, and below it 存在问题：资金不足。 of the quarter's own text.
"""

import re

from edu_sheet.words.parts import Part, parts_of, without_part
from edu_sheet.words.period import Month, Period, Quarter

_MARK = re.compile(r"\s*（据(\d{1,2})月报送）\s*")


def told_in(source: Period) -> str:
    """Return which month's return a text is from, where it stands in for the quarter's."""
    return f"据{source.label.split('年', 1)[1]}报送"


def beside(own: str, month: Period, said: str) -> str:
    """Return a quarter's own text, its progress what a month's text says of that, marked."""
    told = f"（{told_in(month)}）{parts_of(said).progress}"
    return "\n".join(filter(None, (told, without_part(own, Part.PROGRESS))))


def month_in(text: str, quarter: Quarter) -> Month | None:
    """Return the month of a quarter whose progress stands in a text; None where none does."""
    found = _MARK.match(text)
    return next((one for one in quarter.months if found and one.month == int(found[1])), None)


def without_mark(text: str) -> str:
    """Return a text without the mark at its beginning."""
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text
