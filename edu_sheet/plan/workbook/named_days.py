"""The words of a sentence that name a day, or how often one comes. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from edu_sheet.kit.clock import chinese_date
from edu_sheet.plan.workbook.deadline_cells import BEGINS_THERE
from edu_sheet.rules.deadlines import days_of_month, every_so_often, parse_recurrence
from edu_sheet.words.period import Month
from edu_sheet.words.plan import MONTHLY, QUARTERLY, YEARLY, DeadlineKind, Recurrence

_HALVES = ((6, 30), (12, 31))
_TERMS = ((1, 31), (7, 31))  # when school terms end
_SCHOOL_YEARS_END = ((8, 31),)
_NUMERALS = "〇一二三四五六七八九十"
_COUNT = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Some words that name a day."""

    start: int
    end: int
    when: date | Recurrence | None
    note: str = ""
    passed: bool = False  # a day before the issue: no deadline, but it may end what recurs

    @property
    def kind(self) -> DeadlineKind:
        """Whether it is one day, or comes again."""
        return DeadlineKind.DATE if isinstance(self.when, date) else DeadlineKind.RECURRING


_Reader = Callable[[re.Match[str], date], "tuple[date | Recurrence | None, str] | None"]


def anchors(plain: str, issued: date) -> list[Anchor]:
    """Return the words that name a day, in order; where two overlap, the rule named first wins."""
    found: list[Anchor] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(plain):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            told = read(match, issued)
            passed = told and isinstance(told[0], date) and told[0] < issued
            if told:
                passed = bool(passed) and read is not _in_some_year
                found.append(Anchor(match.start(), match.end(), *told, passed=passed))
    since = (_since(plain, one, issued.year) for one in found)
    return sorted(since, key=lambda one: one.start)


_FROM_YEAR = re.compile(
    rf"(?P<year>20\d\d)年(?:\d{{1,2}}月(?:\d{{1,2}}日|[底末初])?份?)?{BEGINS_THERE}"
)


def _since(plain: str, anchor: Anchor, year: int) -> Anchor:
    """Return what comes every year with the year that it begins in: 自2027年起每年新建三所."""
    told = [*_FROM_YEAR.finditer(plain, 0, anchor.start)]
    when = anchor.when
    if not told or not isinstance(when, Recurrence) or when.first_year:
        return anchor
    first = int(told[-1]["year"])
    return replace(anchor, when=replace(when, first_year=first)) if first > year else anchor


def _in_a_row(match: re.Match[str], issued: date) -> tuple[Recurrence, str]:
    first = int(match[1] or issued.year)
    return Recurrence(YEARLY, first, first + _number(match[2]) - 1), ""


def _until(match: re.Match[str], _issued: date) -> tuple[date, str] | None:
    year = int(match["year"]) if match["year"].isdecimal() else _digits(match["year"])
    if match["month"]:
        if not 1 <= int(match["month"]) <= 12:
            return None
        month = Month(year, int(match["month"]))
        tenth = {"中旬": 20}.get(match["ten"], 10) if match["ten"] else None
        return month.day(int(match["day"]) if match["day"] else tenth), ""
    if match["part"]:
        return Month(year, _PARTS[match["part"].removeprefix("第")]).day(None), ""
    return date(year, 12, 31), "" if match["end"] else "原文只写到年，按年底计"


def _within(match: re.Match[str], issued: date) -> tuple[date, str]:
    count = _number(match[1] or match[3])
    months = count if match[2] == "个月" else 12 * count
    day = Month(issued.year, issued.month).plus(months).day(issued.day)
    return day, f"自印发之日（{chinese_date(issued)}）起算"


def _this_year(match: re.Match[str], issued: date) -> tuple[date, str]:
    next_year = match[0].startswith("明年")
    return date(issued.year + next_year, 12, 31), "按印发的年份推算"


def _in_some_year(match: re.Match[str], issued: date) -> tuple[date | Recurrence, str] | None:
    """Return the day of 于5月20日前 in the plan's year, passed or not: so do columns of days.

    In the year, or every year, that the sentence names before it: 2027年启动，3月底前完成.
    """
    month, day = int(match["month"]), int(match["day"] or 31)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    named = re.findall(r"(?<!\d)(20\d\d)年|(每年)", match.string[: match.start()])
    if named and named[-1][1]:
        return Recurrence(((month, Month(2024, month).day(day).day),)), ""
    year = int(named[-1][0]) if named else issued.year
    return Month(year, month).day(day), f"原文没有写年份，按{year}年计"


def _five_years(match: re.Match[str], _issued: date) -> tuple[date, str]:
    return date(2005 + 5 * _number(match[1]), 12, 31), "按五年规划的最后一天计"


def _after_spring_festival(_match: re.Match[str], _issued: date) -> tuple[None, str]:
    return None, "日期随春节变动，请每年填写；不填不提醒"


def _yearly_day(match: re.Match[str], _issued: date) -> tuple[Recurrence, str] | None:
    when = parse_recurrence(match[0])
    return (when, "") if when else None


def _on_a_day(match: re.Match[str], _issued: date) -> tuple[Recurrence, str] | None:
    """Return the days of 每月25日前, 每季度末月25日前; the last month, where none is named."""
    monthly = match["season"] == "月"
    days = every_so_often("每月" if monthly else "每季度", *days_of_month(match["days"]))
    guessed = not monthly and not match["last"]
    note = "原文没有写哪个月，按每季度最后一个月计" if guessed else ""
    return (Recurrence(days), note) if days else None


def _every(days: tuple[tuple[int, int], ...], note: str) -> _Reader:
    return lambda _match, _issued: (Recurrence(days), note)


_DAYS = r"\d{1,2}[日号]?(?:[、和]\d{1,2}[日号]?)*(?<=[日号])"
_PARTS = {"上半年": 6, "下半年": 12} | {
    f"{name}季度": 3 * number
    for names in ("一二三四", "1234")
    for number, name in enumerate(names, 1)
}
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        re.compile(rf"(?:[从自](\d{{4}})年(?:开始|起)，?)?连续({_COUNT})年，?(?:每年)?"),
        _in_a_row,
    ),
    (
        re.compile(
            r"(?:截?[至到]|截止)?(?<![\d\-—~～〔])(?P<year>\d{4}|二[〇零○][〇零○一二三四五六七八九]{2})年"
            r"(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<ten>初|[上中]旬))?|(?P<part>[上下]半年|第?[一二三四1-4]季度))?"
            r"(?P<end>年?[底末])?(?:之?前后?|以前)?"
            r"(?!\d|[上下]半年|第?[一二三四1-4]季度|[^\w，；、]?年?[底末初]?份?(?:[春秋]季)?(?:学[期年]|度)?"
            rf"(?:{BEGINS_THERE}|[至到—\-~～]))"
        ),
        _until,
    ),
    (
        re.compile(rf"(?<![第\d])({_COUNT})(年|个月)(?:时间)?之?内|用({_COUNT})年左右?的?时间"),
        _within,
    ),
    (
        re.compile(r"(?:今年|明年|本年度?)年?(?:[底末]|内)之?前?|(?<![\d每全学])年底之?前"),
        _this_year,
    ),
    (re.compile('十([四五六七八九])五[”"]?(?:期?末|期间|时期)'), _five_years),
    (re.compile(r"每年[^，；]{0,2}(?:春节|农历)[前后]?"), _after_spring_festival),
    (re.compile(r"每年(\d{1,2}月(?:\d{1,2}日|[底末])?)"), _yearly_day),
    (re.compile("每个?学年|逐学年"), _every(_SCHOOL_YEARS_END, "每学年按8月31日计")),
    (re.compile("每个?学期"), _every(_TERMS, "每学期按1月底、7月底计")),
    (re.compile("每半年"), _every(_HALVES, "")),
    (
        re.compile(
            rf"每个?(?P<season>季度?)(?P<last>末?(?:的?最后一个?月|末月|末))?份?的?(?P<days>{_DAYS})之?前?"
        ),
        _on_a_day,
    ),
    (re.compile(rf"每个?(?P<season>月)份?的?(?P<days>{_DAYS})之?前?"), _on_a_day),
    (re.compile("每个?季度?"), _every(QUARTERLY, "")),
    (re.compile("每个?月|逐月"), _every(MONTHLY, "")),
    (re.compile("每个?年度?|逐年|全年|年均"), _every(YEARLY, "按每年年底计")),
    (
        re.compile(
            r"(?:于|在)?(?<![\d年至到—\-~～])(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|份?[底末])"
            r"(?:之?前|以前|(?=(?:全部|全面|基本)?(?:完成|建成|到位|竣工|完工|投用|办结|封顶|通车|投产|交付|验收)))"
        ),
        _in_some_year,
    ),
)


def _number(text: str) -> int:
    """Return the number below 100 that digits or 一, 两, 十, 十二, 二十 … name."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    if not ten:
        return _NUMERALS.find(ones)
    return (_NUMERALS.find(tens) if tens else 1) * 10 + (_NUMERALS.find(ones) if ones else 0)


def _digits(text: str) -> int:
    return int("".join(str(max(0, _NUMERALS.find(letter))) for letter in text))
