"""A month's progress in the text of a quarter that tells of none: how it is marked there. Pure.

Thus: （据12月报送）校舍建成。, and below it 存在问题：资金不足。 of the quarter's own text. What
the clerk wrote in the month's master for a unit that reported nothing says so: （12月汇总时填写）.
"""

import re

from edu_sheet.words.parts import Part, parts_of, without_part
from edu_sheet.words.period import Month, Period, Quarter

_MARK = re.compile(r"\s*（(?:据(\d{1,2})月报送|(\d{1,2})月汇总时填写)）\s*")


def told_in(source: Period, *, by_hand: bool = False) -> str:
    """Return which month's return a text is from, or that the clerk wrote it in that's master."""
    month = source.label.split("年", 1)[1]
    return f"{month}汇总时填写" if by_hand else f"据{month}报送"


def beside(own: str, mark: str, said: str) -> str:
    """Return a quarter's own text, its progress what a month's text says of that, marked."""
    told = f"（{mark}）{parts_of(said).progress}"
    return "\n".join(filter(None, (told, without_part(own, Part.PROGRESS))))


def month_in(text: str, quarter: Quarter) -> Month | None:
    """Return the month of a quarter whose progress stands in a text; None where none does."""
    found = _MARK.match(text)
    number = int(found[1] or found[2]) if found else 0
    return next((one for one in quarter.months if one.month == number), None)


def without_mark(text: str) -> str:
    """Return a text without the mark at its beginning."""
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text
