"""What a file's name says: a hint only, for names say nothing reliable. Pure."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from edu_sheet.words.period import Month, Period, period_in
from edu_sheet.words.text import bare

_MONTH_ALONE = re.compile(r"(?<!\d)(\d{1,2})月")


class Names:
    """The names of units, to be looked for in files' names: as fast among 5,000 as among 50."""

    def __init__(self, units: Mapping[str, str]) -> None:
        """Keep the names by their bare spelling."""
        self._units = units
        self._lengths = sorted({len(name) for name in self._units}, reverse=True)

    def in_file(self, file: str) -> str | None:
        """Return the unit whose full name stands in a file's name, the longest of several."""
        said = bare(unquote(file.rpartition("/")[2]))
        parts = (
            said[start : start + length]
            for length in self._lengths
            for start in range(len(said) - length + 1)
        )
        return next((self._units[part] for part in parts if part in self._units), None)


def named_period(file: str, awaited: Period | None) -> Period | None:
    """Return the period that a file's name says: a month without a year is the awaited one."""
    said = unquote(file.rpartition("/")[2])
    if period := period_in(said):
        return period
    months = {int(month) for month in _MONTH_ALONE.findall(bare(said))}
    return awaited if isinstance(awaited, Month) and months == {awaited.month} else None
