"""A day as a plan names it. Pure."""

import re
from datetime import date

from edu_sheet.words.text import bare


def parse_date(text: str) -> date | None:
    """Return the day that a text names (2022-12-31, 2022/12/31, 2022年12月31日), None if none."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:0?0:00:00)?", bare(text))
    return day_of(*map(int, found.groups())) if found else None


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day; None for the 30th of February and the like."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
