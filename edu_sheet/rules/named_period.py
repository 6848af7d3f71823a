"""Which period a header or the name of a sheet speaks of, beside the period of the form. Pure."""

import re

from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.text import bare

_UNIT = "(?:个?月|个?季度?|期|次|年度?)"
_EARLIER_OR_LATER = re.compile(
    f"[上前下次去]+[一1]?{_UNIT}|去年|以前|往[年期]|历史|旧稿|原稿|(?<!目)前期"
)
_THIS = re.compile(f"[本当这]{_UNIT}")
_YEAR = r"(?:(\d{4})(?:年|[-./]))?"
_MONTH = re.compile(
    rf"{_YEAR}(\d{{1,2}}|十[一二]?|[一二三四五六七八九])月(?:份|底|末|中旬|[上下]旬)?"
)
_FROM = re.compile(r"(?<!\d)(\d{1,2})[-—–~至到](?=\d{1,2}月)")  # of 1—10月
_YEAR_AND_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})(?!\d)")
_OF_ANSWERS = re.compile("进展|报表|[填补]报|的表|数据|材料|汇报|报送|落实情况|工作情况|完成情况")
_REST = 3  # characters beside the month: 份, 这是……的
_QUARTER = re.compile(rf"{_YEAR}(?:第?([一二三四1-4])季度?|[Qq]([1-4]))")
# In a file's name or a subject: a day tells when something was sent, a range its last month.
_DAY = re.compile(
    r"(?:\d{4}年)?(?<!\d)\d{1,2}月\d{1,2}[日号]?(?!\d)|\d{4}([-./])\d{1,2}\1\d{1,2}(?!\d)"
)
_RANGE = re.compile(r"(?<!\d)\d{1,2}(?:月份?)?[-—–~至到](?=\d{1,2}月)")
_QUARTER_NAMED = re.compile(
    rf"{_YEAR}(?:第?([一二三四1-4])季[度报]|(?<![A-Za-z])[Qq]([1-4])(?!\d))"
)
_DIGITS = {text: number for number, text in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
}


def names_period(text: str, period: Period) -> bool | None:
    """Return whether a text names this period (True) or another (False); None: it names none.

    12月, 2022年12月, 本月, 上期, 第四季度: a month without a year is one of the form's own time. A
    text that names several, this one among them (1—12月), names none: it may be of all.
    """
    said = bare(text)
    if _EARLIER_OR_LATER.search(said):
        return False
    named = [*_named(said, period)]
    if this := _THIS.search(said):
        named.append(
            ("季" in this[0]) == (not isinstance(period, Month)) or this[0][1:] in ("期", "次")
        )
    if not named:
        return None
    return named[0] if len({*named}) == 1 else None


def other_period(text: str, period: Period) -> Period | None:
    """Return the one period that a text names beside this one; None if it cannot be told which.

    上月 and 下月 are counted from the period; a month or quarter without a year is the nearest one.
    """
    said = bare(text)
    if names_period(text, period) is not False:
        return None
    if earlier_or_later := _EARLIER_OR_LATER.search(said):
        return _counted(earlier_or_later[0], period)
    months = {
        _nearest(int(year or 0), _DIGITS.get(month) or int(month), period)
        for year, month in _months(said)
    }
    quarters = {
        _quarter(int(year or 0), _DIGITS.get(first) or int(first or second), period)
        for year, first, second in _QUARTER.findall(said)
    }
    named = months or quarters  # 第四季度10月 is a month
    return named.pop() if len(named) == 1 else None


def another_named(text: str, period: Period) -> Period | None:
    """Return the period beside this one that a file's name or a subject says; None if none.

    Months and quarters alone: what 上次 means depends on who says it. A day names no month, 1—11月
    its last; of several the last. What overlaps this period counts only where it is not named.
    """
    said = bare(text)
    for pattern in (_DAY, _RANGE, _EARLIER_OR_LATER, _THIS):
        said = pattern.sub("", said)
    named: set[Period | None] = {
        _nearest(int(year or 0), _DIGITS.get(month) or int(month), period)
        for year, month in _months(said)
    }
    named |= {
        _quarter(int(year or 0), _DIGITS.get(first) or int(first or second), period)
        for year, first, second in _QUARTER_NAMED.findall(said)
    }
    found = [one for one in named if one]
    if period in found or period.last in found:
        found = [one for one in found if not {*one.months} & {*period.months}]
    return max(found, key=lambda one: (one.last, str(one)), default=None)


def _counted(word: str, period: Period) -> Period | None:
    """Return the period that 上月, 前期, 下个月 and the like mean; None of 上上月 and the like."""
    if word[1] in "上前下次去":
        return None
    if word[0] in "上前":
        of_months = word.endswith("月") == isinstance(period, Month)
        return period.previous() if of_months or word[-1] in "期次" else None
    nearest = word[0] in "下次" and word.endswith("月") and isinstance(period, Month)
    return period.plus(1) if nearest and isinstance(period, Month) else None


def _nearest(year: int, month: int, period: Period) -> Period | None:
    """Return a month of a year, of the nearest one where it names none."""
    last = period.last
    if not 1 <= month <= 12:
        return None
    if year:
        return Month(year, month)
    ahead = (month - last.month) % 12
    return last.plus(ahead if ahead < 6 else ahead - 12)


def _quarter(year: int, number: int, period: Period) -> Period:
    """Return a quarter of a year, of the nearest one where it names none."""
    own = period.last.quarter
    ahead = (number - own.number) % 4
    near = own.last.plus(3 * (ahead if ahead < 2 else ahead - 4)).quarter
    return Quarter(year, number) if year else near


def periods_named(text: str) -> frozenset[str]:
    """Return the months and quarters that a text names, without their years: 12月, 4季度."""
    said = bare(text)
    quarters = {_DIGITS.get(one) or int(one or two) for _, one, two in _QUARTER.findall(said)}
    months = {_DIGITS.get(month) or int(month) for _, month in _months(said)}
    return frozenset({*(f"{one}季度" for one in quarters), *(f"{one}月" for one in months)})


def without_days(text: str) -> str:
    """Return a text, as it is compared, without days: 12月5日 is when something was, or is due."""
    return _DAY.sub("", bare(text))


def heads(clause: str, *, alone: bool) -> bool:
    """Return whether words say of what period an answer is: 2022年11月进展情况, 12月的表太大.

    Where nothing else says it, the month `alone` does.
    """
    rest = rest_of_name(clause)
    short = alone and len(rest) <= _REST
    return rest != clause and (short or bool(_OF_ANSWERS.search(clause)))


def rest_of_name(text: str) -> str:
    """Return what a text says beside the period that it names."""
    said = bare(text)
    for pattern in (_EARLIER_OR_LATER, _THIS, _FROM, _YEAR_AND_MONTH, _QUARTER, _MONTH):
        said = pattern.sub("", said)
    return said


def _named(said: str, period: Period) -> list[bool]:
    """Return of each month and quarter that a text names whether it is the period."""
    found = []
    for year, first, second in _QUARTER.findall(said):
        number = _DIGITS.get(first) or int(first or second)
        mine = not isinstance(period, Month) and number == period.number
        found.append(mine and year in ("", str(period.last.year)))
    last = period.last
    found += [
        (_DIGITS.get(month) or int(month)) == last.month and year in ("", str(last.year))
        for year, month in _months(said)
    ]
    return found


def _months(said: str) -> list[tuple[str, str]]:
    """Return the year, or "", and the month of each month that a text names."""
    from_month = [("", month) for month in _FROM.findall(said)]
    return [*_MONTH.findall(said), *from_month, *_YEAR_AND_MONTH.findall(said)]
