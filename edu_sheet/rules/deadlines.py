"""时限节点: which are near, and how days that come every year are written. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from edu_sheet.kit.clock import chinese_date
from edu_sheet.rules.closings import CLOSED, closing_of
from edu_sheet.words.period import YEARS, Month, Period
from edu_sheet.words.plan import (
    MONTHLY,
    QUARTERLY,
    YEARLY,
    Closing,
    Deadline,
    DeadlineKind,
    Plan,
    Recurrence,
    Task,
)

NEAR_MONTHS = 3  # a deadline is near from so many months before its day
_YEARS_AHEAD = 10  # so far the next open day of every year is looked for


_OFTEN = {tuple(range(1, 13)): "每月", (3, 6, 9, 12): "每季度"}  # by the months
OFTEN = tuple(_OFTEN.values())  # beside the kinds: what a deadline that recurs is called too
_SEASONS = {MONTHLY: "每月末", QUARTERLY: "每季度末"}  # as a clerk writes them
_ON = {"每月": "每月", "每季度": "每季度末月"}  # before the day, where it is not the last


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline whose day has come, or comes within three months of a period's end."""

    task: Task
    deadline: Deadline
    day: date
    passed: bool  # as `has_passed` says
    closing: Closing | None = None  # what closed it

    @property
    def missed(self) -> bool:
        """Whether the day has passed, and nothing says that it was met."""
        return self.passed and self.closing is None

    @property
    def coming(self) -> bool:
        """Whether the day is still to come, and it is open."""
        return not self.passed and self.closing is None

    @property
    def label(self) -> str:
        """How near it is, in Chinese."""
        if self.closing:
            return CLOSED
        return "已到期" if self.passed else "三个月内到期"


def passed_in_words(due: Iterable[Due], *, named: bool = False) -> str:
    """Return how many of some deadlines have passed, and what became of them, in words.

    已到期9项（已办结3项，未办结6项）: the same number wherever it is said how many have passed. Of
    those of one task that are open the items are `named`, if that is wanted: 已到期2项（①②）.
    """
    gone = [one for one in due if one.passed]
    closed = sum(one.closing is not None for one in gone)
    items = "".join(sorted({one.deadline.item for one in gone if named and one.missed}))
    among = f"已办结{closed}项，未办结{len(gone) - closed}项" if closed else ""
    told = "：".join(filter(None, (among, items)))
    return f"已到期{len(gone)}项" + (f"（{told}）" if told else "")


def has_passed(day: date, period: Period, today: date) -> bool:
    """Return whether a paper on a period that is written `today` calls a day passed.

    Of a period that is over, every day up to its last has; while it runs, those before today: on
    the day itself, and until it, there is time left.
    """
    return day < today and day <= period.last.day(None)


def each_once(plan: Plan) -> list[Deadline]:
    """Return the deadlines that are tracked, a day of a task once.

    Of a day that stands both in a column of the plan (完成时限) and with what is to be done by then
    in the requirements of the same task, the column's is left out.
    """
    tasks = {task.key: task for task in plan.tasks}
    tracked = [one for one in plan.deadlines if one.tracked and one.task in tasks]
    of_columns = {one for one in tracked if _stands_in_a_column(tasks[one.task], one)}
    told = dict[str, list[date | Recurrence]]()
    for one in tracked:
        if one.when and one not in of_columns:
            told.setdefault(one.task, []).append(one.when)
    return [
        one
        for one in tracked
        if one not in of_columns
        or not any(_same_day(one.when, other) for other in told.get(one.task, ()))
    ]


def _same_day(one: date | Recurrence | None, other: date | Recurrence) -> bool:
    """Return whether two name the same day; what comes once a year names it of each year."""
    if isinstance(one, date) and isinstance(other, Recurrence):
        return [one] == _days_in(other, one.year)
    return one == other


def _stands_in_a_column(task: Task, one: Deadline) -> bool:
    return not one.item and any(one.words in text for _, text in task.others)


def due_soon(plan: Plan, period: Period, today: date) -> list[Due]:
    """Return the tracked deadlines that a report on a period must mention, the earliest first.

    A day that has passed stays, with what closed it, until the clerk marks its row 不跟踪; of days
    that come every year the first in the period, or in the three months after it, counts, and
    those of the years that have ended since the plan began and that nothing closes: one a year. Of
    what comes every month a quarter mentions its last, as the paper of that month does.
    """
    tasks = {task.key: task for task in plan.tasks}
    horizon = period.last.plus(NEAR_MONTHS).day(None)
    found = []
    for one in each_once(plan):
        owed = _owed(plan, period, one)
        often = isinstance(one.when, Recurrence) and _often(one.when)
        first = period.last if often else period.months[0]
        day = _next(one.when, first.day(1), horizon)
        for when in (*owed, *([day] if day else [])):
            closing = closing_of(plan, period, one.task, one.item, when)
            passed = has_passed(when, period, today)
            found.append(Due(tasks[one.task], one, when, passed=passed, closing=closing))
    return sorted(found, key=lambda due: (due.day, due.task.number, due.deadline.item))


def _owed(plan: Plan, period: Period, deadline: Deadline) -> list[date]:
    """Return the last day of each year before a period in which days of every year stayed open.

    A year is closed as a whole, so that it is owed once: from the first month of the plan on.
    """
    when, start = deadline.when, period.months[0].day(1)
    begun = plan.settings.first_month.day(1)
    if not isinstance(when, Recurrence):
        return []
    years = (_days_in(when, year) for year in range(begun.year, start.year + 1))
    return [
        days[-1]
        for days in years
        if days and begun <= days[-1] < start
        if closing_of(plan, period, deadline.task, deadline.item, days[-1]) is None
    ]


@dataclass(frozen=True, slots=True)
class Tracked:
    """A deadline that is tracked, with what is to be mentioned of it: what is due, what closed it.

    One that is due on several days stands once for each.
    """

    deadline: Deadline
    due: Due | None
    closing: Closing | None

    @property
    def early(self) -> bool:
        """Whether it was closed before its day has passed, however far that is."""
        return self.closing is not None and not (self.due and self.due.passed)


def all_tracked(plan: Plan, period: Period, today: date) -> list[Tracked]:
    """Return every tracked deadline of a plan, in its order, as a report on a period sees it."""
    near: dict[Deadline, list[Due]] = {}
    for due in due_soon(plan, period, today):
        near.setdefault(due.deadline, []).append(due)
    return [
        Tracked(one, due, closing_by(plan, period, one, due))
        for one in each_once(plan)
        for due in near.get(one, (None,))
    ]


def counted_in_words(tracked: Sequence[Tracked]) -> str:
    """Return how many have passed, are near and were closed early: the same in status and 总表."""
    near = [one.due for one in tracked if one.due]
    early = sum(one.early for one in tracked)
    coming = sum(due.coming for due in near)
    told = f"，提前办结{early}项" if early else ""
    return f"{passed_in_words(near)}，三个月内到期{coming}项{told}"


def closing_by(plan: Plan, period: Period, deadline: Deadline, due: Due | None) -> Closing | None:
    """Return what closes a deadline, None if it is open; of one that is near its `due` tells.

    Without that, days that come every year are closed only by what closes them for good.
    """
    if due:
        return due.closing
    day = deadline.when if isinstance(deadline.when, date) else date.max
    return closing_of(plan, period, deadline.task, deadline.item, day)


def covered_in_words(plan: Plan) -> str:
    """Return what the newest closing covers of what comes every month or quarter; "" for nothing.

    That is all of a year, or of all years: a single month is not closed by itself.
    """
    closing = plan.closings[-1] if plan.closings else None
    if closing is None or not (closing.item or closing.year):
        return ""
    for one in plan.deadlines:
        often = isinstance(one.when, Recurrence) and _often(one.when)
        if often and one.task == closing.task and closing.item in ("", one.item):
            span = f"{closing.year}年" if closing.year else "今后"
            return f"“{often}”的事项，{span}的各次都算办结，不再提醒；只办完一次的，请恢复督办。"
    return ""


def open_days(plan: Plan, period: Period, today: date) -> dict[str, list[tuple[date, str]]]:
    """Return by task the open days that have not passed, each with its deadline's item.

    The earliest first; of days that come every year the next one that is open, and of what comes
    every month or quarter only one that is near.
    """
    found = dict[str, list[tuple[date, str]]]()
    for one in each_once(plan):
        coming = (
            day
            for day in _days_after(one, period, today)
            if closing_of(plan, period, one.task, one.item, day) is None
        )
        if day := next(coming, None):
            found.setdefault(one.task, []).append((day, one.item))
    return {task: sorted(days) for task, days in found.items()}


def _days_after(deadline: Deadline, period: Period, today: date) -> Iterator[date]:
    """Yield the days of a deadline that have not passed, of every year those of the next years."""
    end, when = min(period.last.day(None), today - timedelta(1)), deadline.when
    if isinstance(when, date):
        yield from [when] if when > end else []
    elif when and _often(when):
        near = _next(when, end + timedelta(1), period.last.plus(NEAR_MONTHS).day(None))
        yield from [near] if near else []
    elif when:
        years = range(end.year, end.year + _YEARS_AHEAD)
        yield from (day for year in years for day in _days_in(when, year) if day > end)


def kind_text(deadline: Deadline) -> str:
    """Return what a deadline is called in a list: 每月 and 每季度 for what comes so often."""
    when = deadline.when
    if deadline.kind is DeadlineKind.RECURRING and isinstance(when, Recurrence):
        return _often(when) or deadline.kind.value
    return deadline.kind.value


def _often(when: Recurrence) -> str:
    """Return 每月 or 每季度 for what comes so often, "" for what does not."""
    return _OFTEN.get(tuple(sorted({month for month, _ in when.days})), "")


def when_text(when: date | Recurrence | None) -> str:
    """Return a day, or days that come every year, as a clerk would write them; "" for none."""
    if isinstance(when, date):
        return chinese_date(when)
    if when is None:
        return ""
    days = "、".join(f"{month}月{day}日" for month, day in when.days)
    said = _SEASONS.get(when.days) or _on_one_day(when) or f"每年{days}"
    match when.first_year, when.last_year:
        case None, None:
            return said
        case first, None:
            return f"{first}年起{said}"
        case None, last:
            return f"到{last}年{said}"
        case first, last:
            return f"{first}年至{last}年{said}"


def _on_one_day(when: Recurrence) -> str:
    """Return 每月25日 for what comes on the same day of so many months, "" for what does not."""
    often, days = _often(when), {day for _, day in when.days}
    one = len(days) == 1 and len(when.days) == len({month for month, _ in when.days})
    return f"{_ON[often]}{min(days)}日" if often and one else ""


_ROUGH_DAY = re.compile(r"(\d{4})年(?:(\d{1,2})月)?年?(?:底|末)?前?")


def parse_day(text: str) -> date | None:
    """Return the last day of the year or month that a clerk names (2025年底, 2025年6月底)."""
    found = _ROUGH_DAY.fullmatch(re.sub(r"\s", "", text))
    if not found or not 1 <= int(found[2] or 12) <= 12 or int(found[1]) not in YEARS:
        return None
    return Month(int(found[1]), int(found[2] or 12)).day(None)


_RECURRENCE = re.compile(
    r"(?:从?(?P<from>\d{4})年(?:起|开始)?)?[，,]?(?:[至到](?P<to>\d{4})年(?:底|止|为止)?)?[，,]?"
    r"(?:(?P<season>每月|每季度?)(?:(?:末月|最后一个月)?(?P<on>\d{1,2}[日号]?(?:[、和]\d{1,2}[日号]?)*)(?<=[日号])前?|末|底)?"
    r"|每年(?P<days>\d{1,2}月.*)?)"
)
_DAY = re.compile(r"(?:(\d{1,2})月)?(?:(\d{1,2})[日号]?|底|末)")


def parse_recurrence(text: str) -> Recurrence | None:
    """Return the days that `when_text` would write so, or a clerk nearly so; None if it is none."""
    found = _RECURRENCE.fullmatch(re.sub(r"\s", "", text))
    if not found:
        return None
    days: tuple[tuple[int, int], ...] | None = YEARLY
    if found["season"]:
        days = every_so_often(found["season"], *days_of_month(found["on"] or "31"))
    elif found["days"]:
        days = _days(found["days"])
    if not days:
        return None
    first, last = (int(found[name]) if found[name] else None for name in ("from", "to"))
    return Recurrence(days, first, last)


def days_of_month(text: str) -> tuple[int, ...]:
    """Return the days that 5日、20日 names."""
    return tuple(int(day) for day in re.findall(r"\d{1,2}", text))


def every_so_often(season: str, *days: int) -> tuple[tuple[int, int], ...] | None:
    """Return days of each month, or of the last month of each quarter; None if there is no such."""
    if any(not 1 <= day <= _LAST_DAY for day in days):
        return None
    last = MONTHLY if season == "每月" else QUARTERLY
    return tuple(sorted((month, min(day, end)) for month, end in last for day in days))


_LAST_DAY = 31


def _days(text: str) -> tuple[tuple[int, int], ...] | None:
    days = []
    month = 0
    for part in re.split("[、，,和]", text):
        if not (found := _DAY.fullmatch(part)):
            return None
        month = int(found[1] or month)
        day = int(found[2] or 31)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        # The 31st of June is its 30th, as a clerk reads 6月底.
        days.append((month, min(day, Month(2024, month).day(None).day)))
    return tuple(sorted(days))


def _next(when: date | Recurrence | None, start: date, horizon: date) -> date | None:
    """Return the day to mention: one that has passed, or the first from `start` on."""
    if isinstance(when, date):
        return when if when <= horizon else None
    if when is None:
        return None
    coming = (day for year in range(start.year, horizon.year + 1) for day in _days_in(when, year))
    return next((day for day in coming if start <= day <= horizon), None)


def _days_in(when: Recurrence, year: int) -> list[date]:
    """Return the days of a year, in order; none in a year in which they do not come."""
    comes = (when.first_year or year) <= year <= (when.last_year or year)
    return [Month(year, month).day(day) for month, day in when.days] if comes else []
