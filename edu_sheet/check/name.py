"""What a file's name says: a hint only, for names say nothing reliable. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from edu_sheet.check.identify import period_in
from edu_sheet.period import Month, Period
from edu_sheet.text import bare

_MONTH_ALONE = re.compile(r"(?<!\d)(\d{1,2})月")


def named_unit(file: str, units: Iterable[str]) -> str | None:
    """Return the unit whose full name stands in a file's name, the longest of several."""
    said = bare(unquote(file.rpartition("/")[2]))
    return max((unit for unit in units if bare(unit) in said), key=len, default=None)


def named_period(file: str, awaited: Period | None) -> Period | None:
    """Return the period that a file's name says: a month without a year is the awaited one."""
    said = unquote(file.rpartition("/")[2])
    if period := period_in(said):
        return period
    months = {int(month) for month in _MONTH_ALONE.findall(bare(said))}
    return awaited if isinstance(awaited, Month) and months == {awaited.month} else None
