"""A cell of a plan's column of deadlines (完成时限) → the days that it names. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from edu_sheet.words.period import YEARS, Month

_HEAD = r"(?:于|在|力争|确保|计划|预计|最迟|不迟于|截至|截止|[到至])*"
_PART_OF_MONTH = r"(?P<part>上旬|中旬|下旬|初|底|末)?"
_TAIL = (
    r"(?:之?前|以前|之?内)?(?:基本|全部|全面|如期)?"
    r"(?:完成|建成|办结|落实|到位|启动|投用|开工|竣工|完工|销号|整改到位|交付)*[。.]?"
)
_DAYS = (
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?",
    r"(?P<year>\d{4})(?P<mark>[.\-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})日?",
    rf"(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月份?{_PART_OF_MONTH}",
    rf"(?P<year>\d{{4}})[.\-/](?P<month>\d{{1,2}})月?{_PART_OF_MONTH}",
    r"(?P<month>\d{1,2})[月./](?P<day>\d{1,2})[日号]?",
    rf"(?P<month>\d{{1,2}})月份?{_PART_OF_MONTH}",
    r"(?:(?P<year>\d{4})年?)?(?:年[底末终内]|[底末](?<=年.)|全年|(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1-4])季度[底末]?|(?P<letter>[QqＱ][1-4]))",
    r"(?P<year>20\d{2})年?度?",
)
_ONE = tuple(re.compile(rf"{_HEAD}{days}{_TAIL}") for days in _DAYS)
_FIRST = tuple(re.compile(rf"{_HEAD}{days}") for days in _DAYS[:-1])  # in front of what is done
_BETWEEN = re.compile(
    r"[、，,；;。\n]|(?<=[日月底末前])[和及与](?=[\d年])|(?<=[底末前])(?=\d{1,2}月|\d{4}年)"
)
# 从2025年3月起, 6月底之后, 2025年秋季学期起: a span begins there, nothing is due.
BEGINS_THERE = r"(?:开始|起(?![草诉点步飞])|以来|(?:之|以)后|后(?![续期勤备])|之日起)"
_SPAN = re.compile(
    rf"{_HEAD}(?:[从自]\s*)?(?:[\d年月日号.\-/底末初上中下旬第一二三四季度半]|[春秋]季|学[期年])+份?{BEGINS_THERE}"
)
_UNTIL_THEN = re.compile(r"(?:之?前|以前)?[，,]?(?:每|逐[月季年]|按[月季])")  # 6月底前每月调度
_RANGE = re.compile(
    r"[从自]?(?P<from>[\d年月日号.\-/底末初上中下旬一二三四第季度]+?|即日|印发之日)(?:起|开始)?"
    r"(?:[—–－~～至到]+|-)(?P<to>.+)"
)
_MONTHS = re.compile(r"(?P<head>(?:\d{4}年)?)(?P<months>(?:\d{1,2}[、，,])+\d{1,2})(?P<rest>月.*)")
_DAY_OF_PART = {"上旬": 10, "初": 10, "中旬": 20}


@dataclass(frozen=True, slots=True)
class NamedDay:
    """What a part of a cell names: its words, the day, and what was added to read it so."""

    words: str
    when: date | None  # None: no day in it
    note: str = ""


@lru_cache(maxsize=1024)  # the same day stands in many tasks
def days_in(cell: str, year: int) -> tuple[NamedDay, ...]:
    """Return the parts of a cell, in order, each with the day that it names.

    Several days stand in one cell (6月底、12月底); of a range it is the end. A year holds for the
    days behind it; where none stands, `year` does, and the note says so.
    """
    found: list[NamedDay] = []
    known = 0
    parts = [*_parts(cell)]
    for part in parts:
        words = part.strip() if len(parts) > 1 else cell
        told = _one(words, known or year) or _end_of_range(words, known or year)
        told = told or _first(words, known or year)
        if told is None:
            found.append(NamedDay(words, None))
            continue
        when, own = told
        known = when.year if own else known
        note = "" if own or known else f"原文没有写年份，按{year}年计"
        found.append(NamedDay(words, when, note))
    return tuple(found)


def only_a_day(words: str) -> bool:
    """Return whether words name a day, or the end of a range, and nothing that is done by then."""
    anyhow = 2000  # of a day without a year it does not matter which
    return bool(_one(words, anyhow) or _end_of_range(words, anyhow))


def says_a_day(cell: str) -> bool:
    """Return whether a cell is a day and no figure: 2026年6月底, 2026.6, but not 1.5."""
    return bool(re.search(r"[年月]|20\d\d[.\-/]", cell)) and only_a_day(cell)


def _parts(cell: str) -> Iterator[str]:
    """Yield the parts of a cell; 3、6、9月底 are three months."""
    if months := _MONTHS.fullmatch(cell):
        for month in re.split("[、，,]", months["months"]):
            yield f"{months['head']}{month}{months['rest']}"
        return
    yield from (part for part in _BETWEEN.split(cell) if part.strip())


def _one(words: str, year: int) -> tuple[date, bool] | None:
    """Return the day that words name and nothing else, and whether they name its year."""
    matched = (pattern.fullmatch(words) for pattern in _ONE)
    return next((day for one in matched if one and (day := _day(one, year))), None)


def _first(words: str, year: int) -> tuple[date, bool] | None:
    """Return the day that stands before what is to be done by then: 6月底前完成招标."""
    if _SPAN.match(words):
        return None
    matched = (pattern.match(words) for pattern in _FIRST)
    found = next(((one, day) for one in matched if one and (day := _day(one, year))), None)
    return found[1] if found and not _UNTIL_THEN.match(words, found[0].end()) else None


def _end_of_range(words: str, year: int) -> tuple[date, bool] | None:
    """Return the last day of 3月-11月, 2024-2026, 2025年11月至次年3月."""
    found = _RANGE.fullmatch(words)
    if not found:
        return None
    first = re.match(r"(\d{4})", found["from"])
    begin = int(first[1]) if first else year
    to = found["to"]
    if next_year := re.match("[次翌]年", to):
        begin, to = begin + 1, to[next_year.end() :]
    if re.search(r"\d{4}\D\d{1,2}月?$", found["from"]) and re.fullmatch(r"\d{1,2}", to):
        to += "月"
    last = _one(to, begin)
    return last and (last[0], last[1] or bool(first))


def _day(found: "re.Match[str]", year: int) -> tuple[date, bool] | None:
    """Return the last day of what was found, None where the calendar has none."""
    said = found.groupdict()
    own = int(said.get("year") or year)
    month = int(said.get("month") or 12)
    if said.get("half") == "上半年":
        month = 6
    elif quarter := said.get("quarter") or (said.get("letter") or "")[1:]:
        month = 3 * ("一二三四".find(quarter) + 1 or int(quarter))
    if not 1 <= month <= 12 or own not in YEARS:
        return None
    last = Month(own, month).day(None).day
    day = int(said.get("day") or _DAY_OF_PART.get(said.get("part") or "", last))
    return (date(own, month, min(day, last)), bool(said.get("year"))) if day else None
