"""期次: a Month `2022-12` or a Quarter `2022Q4`. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from edu_sheet.words.errors import PeriodError
from edu_sheet.words.text import bare

YEARS = range(1900, 9999)  # in which anything here may lie: the months after it have days, too
_QUARTER_NAMES = "一二三四"
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})[Qq]([1-4])")
# As people write them.
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"((?!9999)(?:19|[2-9]\d)\d\d)"  # as in `YEARS`: a slip like 20222年 names none
_QUARTER_INSIDE = re.compile(rf"{_YEAR}年?第?([一二三四1-4])季|{_YEAR}[Qq]([1-4])")
_MONTH_INSIDE = re.compile(rf"{_YEAR}(?:年|[-./])(\d{{1,2}})(?!\d)")
_WRITTEN_QUARTER = re.compile(rf"{_YEAR}年第?([一二三四1-4])季度")
_WRITTEN_MONTH = re.compile(r"(\d{4})[-/年](\d{1,2})月?(?:-0?1)?")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def label(self) -> str:
        """The month as it is printed: 2022年12月."""
        return f"{self.year}年{self.month}月"

    @property
    def last(self) -> "Month":
        """The month itself, as the last month of this period."""
        return self

    @property
    def months(self) -> tuple["Month", ...]:
        """The months that the period covers: itself."""
        return (self,)

    @property
    def quarter(self) -> "Quarter":
        """The quarter that the month lies in."""
        return Quarter(self.year, (self.month + 2) // 3)

    def previous(self) -> "Month":
        """The month before."""
        return self.plus(-1)

    def plus(self, months: int) -> "Month":
        """The month so many months later (earlier, if negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def day(self, day: int | None) -> date:
        """That day of the month, its last day for None or where the month is shorter."""
        last = calendar.monthrange(self.year, self.month)[1]
        return date(self.year, self.month, min(day or last, last))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months, numbered 1 to 4 within a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.number}"

    @property
    def label(self) -> str:
        """The quarter as it is printed: 2022年第四季度."""
        return f"{self.year}年第{_QUARTER_NAMES[self.number - 1]}季度"

    @property
    def last(self) -> Month:
        """The quarter's last month."""
        return Month(self.year, self.number * 3)

    @property
    def months(self) -> tuple[Month, ...]:
        """The quarter's three months in order."""
        return tuple(Month(self.year, self.number * 3 - back) for back in (2, 1, 0))

    def previous(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)


Period = Month | Quarter


def parse_period(text: str) -> Period:
    """Return the period that `2022-12` or `2022Q4` names; PeriodError for anything else."""
    clean = text.strip()
    month, quarter = _MONTH.fullmatch(clean), _QUARTER.fullmatch(clean)
    found = month if month and 1 <= int(month[2]) <= 12 else quarter
    if found is None:
        raise PeriodError(f"期次“{text}”不对", "月份请写成 2022-12，季度请写成 2022Q4。")
    year, number = int(found[1]), int(found[2])
    if year not in YEARS:
        raise PeriodError(
            f"期次“{text}”的年份超出范围", f"年份请写 {YEARS.start} 至 {YEARS.stop - 1} 之间的。"
        )
    return Quarter(year, number) if found is quarter else Month(year, number)


def written_period(text: str) -> Period | None:
    """Return the period that a text is as people write it, None if it is none.

    2022年12月, 2022/12, 2022-12-01 (what Excel makes of 2022-12), 2022年第四季度, and `2022Q4`.
    """
    said = bare(text)
    if found := _WRITTEN_QUARTER.fullmatch(said):
        return Quarter(int(found[1]), _QUARTERS[found[2]])
    if (found := _WRITTEN_MONTH.fullmatch(said)) and int(found[2]):
        said = f"{found[1]}-{int(found[2]):02d}"
    try:
        return parse_period(said)
    except PeriodError:
        return None


def period_in(text: str) -> Period | None:
    """Return the period that a text names somewhere, as people write it; None if it names none."""
    said = bare(text)
    if found := _QUARTER_INSIDE.search(said):
        return Quarter(int(found[1] or found[3]), _QUARTERS[found[2] or found[4]])
    if (found := _MONTH_INSIDE.search(said)) and 1 <= int(found[2]) <= 12:
        return Month(int(found[1]), int(found[2]))
    return None
