"""The periods that the list at the top of a page offers; the rest is on a page of its own."""

from collections.abc import Sequence
from itertools import groupby

from edu_sheet.app import Overview, PeriodLine
from edu_sheet.words.period import Month, Period

_AHEAD = 3  # months after the current period

Year = tuple[int, tuple[PeriodLine, ...]]


def by_year(lines: Sequence[PeriodLine]) -> tuple[Year, ...]:
    """Return the periods by year, in order of time."""
    years = groupby(lines, key=lambda one: one.period.year)
    return tuple((year, tuple(found)) for year, found in years)


def with_shown(lines: Sequence[PeriodLine], shown: Overview) -> tuple[PeriodLine, ...]:
    """Return the periods with the one that is shown, whatever its address was."""
    if any(one.period == shown.period for one in lines):
        return tuple(lines)
    own = PeriodLine(shown.period, shown.due, shown.issued.done, current=False)
    return tuple(sorted((*lines, own), key=lambda one: (one.period.last, len(one.period.months))))


def offered(lines: Sequence[PeriodLine], shown: Period) -> tuple[PeriodLine, ...]:
    """Return those that are worked on: what went out, this and the first year, what comes next.

    And the one that is shown.
    """
    current = next((one.period for one in lines if one.current), shown)
    years = {current.year, *(one.period.year for one in lines[:1])}
    return tuple(
        one
        for one in lines
        if one.issued
        or one.period == shown
        or 0 < _months(one.period.last) - _months(current.last) <= _AHEAD
        or one.period.year in years
    )


def _months(month: Month) -> int:
    return month.year * 12 + month.month
