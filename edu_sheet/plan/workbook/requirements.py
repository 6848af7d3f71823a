"""Deadlines and figures that the requirements of tasks name. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from edu_sheet.kit.clock import chinese_date
from edu_sheet.plan.issued.meaning import Meaning, meaning_of, names_other_day
from edu_sheet.plan.workbook.deadline_cells import BEGINS_THERE, days_in, only_a_day, says_a_day
from edu_sheet.rules.deadlines import days_of_month, every_so_often, parse_recurrence
from edu_sheet.words.columns import further
from edu_sheet.words.period import Month
from edu_sheet.words.plan import (
    MONTHLY,
    QUARTERLY,
    YEARLY,
    Deadline,
    DeadlineKind,
    Plan,
    Recurrence,
    Task,
)
from edu_sheet.words.text import items, tidy

_HALVES = ((6, 30), (12, 31))
_TERMS = ((1, 31), (7, 31))  # when school terms end
_SCHOOL_YEARS_END = ((8, 31),)


def proposed(plan: Plan) -> list[Deadline]:
    """Return the deadlines and figures that the requirements of all tasks name, in their order."""
    return [one for columns, beside in _by_task(plan) for one in (*columns, *beside)]


def unsought(plan: Plan) -> int:
    """Return how many days the plan names that 时限节点 does not have, and nobody tracks.

    All of its requirements where nobody has had them looked for; else those of tasks that came
    since: of a task that has a row there, a person has seen the rest.
    """
    return sum(one.kind is not DeadlineKind.FIGURE for one in _unlisted(plan, of_all=True))


def unsought_since(plan: Plan) -> tuple[Task, ...]:
    """Return the tasks that name days, came after their like was listed in 时限节点 and are not."""
    keys = {
        one.task for one in _unlisted(plan, of_all=False) if one.kind is not DeadlineKind.FIGURE
    }
    return tuple(task for task in plan.tasks if task.key in keys)


def _unlisted(plan: Plan, *, of_all: bool) -> Iterator[Deadline]:
    """Yield what the plan names of tasks without a row in 时限节点.

    `of_all`: and what its requirements name at all, where only its columns were listed.
    """
    in_columns = of_deadline_columns(plan)
    given = {(one.task, one.words) for one in in_columns}
    sought = any((one.task, one.words) not in given for one in plan.deadlines)
    listed = {one.task for one in plan.deadlines}
    yield from (one for one in in_columns if one.task not in listed)
    beside = (one for _, found in _by_task(plan) for one in found)
    for one in beside if sought or of_all else ():
        if not sought or one.task not in listed:
            yield one


def _by_task(plan: Plan) -> Iterator[tuple[Sequence[Deadline], Sequence[Deadline]]]:
    """Yield for each task the days of its columns, and what its own words name besides.

    A day that a column repeats out of the words (于12月底前) is one.
    """
    issued = _said_on(plan)
    in_columns = _in_columns(plan)
    for task in plan.tasks:
        columns = in_columns.get(task.key, [])
        beside = named(task, issued)
        yield columns, [one for one in beside if not any(_repeats(one, by) for by in columns)]


def _repeats(one: Deadline, column: Deadline) -> bool:
    return one.when == column.when and column.words in one.words


def of_deadline_columns(plan: Plan) -> tuple[Deadline, ...]:
    """Return the days that the plan's own columns (完成时限) name, in the order of its tasks."""
    return tuple(one for found in _in_columns(plan).values() for one in found)


def _said_on(plan: Plan) -> date:
    """Return the day from which the plan counts days without a year.

    Without a date of issue the year of its number (清督字〔2025〕第6号), of its title, or the only
    one that its tasks name is surer than the month in which reporting starts, which may be that of
    the import.
    """
    settings = plan.settings
    first = settings.issued or settings.first_month.day(1)
    if settings.issued:
        return first
    numbered = re.search(r"[〔\[［【(（](20\d\d)[〕\]］】)）]", settings.doc_number)
    told = (text for task in plan.tasks for text in (task.goal, task.requirements, *_own(task)))
    years = [numbered[1]] if numbered else _years(settings.title) or _years("\n".join(told))
    if len(years) != 1 or int(years[0]) == first.year:
        return first
    return date(int(years[0]), 1, 1)


def _own(task: Task) -> Iterator[str]:
    return (text for _, text in task.others)


def _years(text: str) -> list[str]:
    """Return the years that a text names, each once."""
    return [*dict.fromkeys(re.findall(r"(?<!\d)(20\d\d)(?=年|[-/.]\d{1,2}[-/.]\d)", text))]


def _in_columns(plan: Plan) -> dict[str, list[Deadline]]:
    fields = [one for one in further(plan.columns) if meaning_of(one) is Meaning.DEADLINE]
    issued = _said_on(plan)
    named_year = re.search(r"(20\d\d)年", plan.settings.title)
    year = int(named_year[1]) if named_year else issued.year
    found: dict[str, list[Deadline]] = {}
    for task in plan.tasks:
        for cell in dict.fromkeys(task.text(field) for field in fields):
            for words, when, kind, note in _of_cell(cell, issued, year):
                one = Deadline(task.key, "", words, kind, when, note)
                if not any(words == other.words for other in found.get(task.key, ())):
                    found.setdefault(task.key, []).append(one)
    return found


def _of_cell(
    cell: str, issued: date, year: int
) -> Iterator[tuple[str, date | Recurrence, DeadlineKind, str]]:
    """Yield the days that a cell of such a column names, with their words; none of 持续推进."""
    if cell.startswith("每") and (yearly := parse_recurrence(_with_ends(cell))):
        yield tidy(cell), yearly, DeadlineKind.RECURRING, ""
        return
    for one in days_in(tidy(cell), year):
        if one.when is not None:
            yield one.words, one.when, DeadlineKind.DATE, one.note
            continue
        for _, when, kind, note in _of_sentence(one.words, issued):
            if when is not None:
                yield one.words, when, kind, note
                break


def says_only_when(words: str) -> bool:
    """Return whether the words of a deadline are a day, or how often it comes, and nothing else."""
    text = tidy(words)
    return only_a_day(text) or parse_recurrence(_with_ends(text)) is not None


def _with_ends(cell: str) -> str:
    """Return 每年6月、12月底前 as days are written: 每年6月底、12月底."""
    return re.sub(r"月(?=[、，,和]|$)", "月底", re.sub(r"之?前?[。.]?$", "", tidy(cell)))


def without_day(plan: Plan) -> dict[str, None]:
    """Return what stands in the plan's columns of deadlines and names no day, each once.

    Below a month or a quarter stands what is to be done in it.
    """
    named_so = (one for one in further(plan.columns) if meaning_of(one) is Meaning.DEADLINE)
    fields = [one for one in named_so if not _OF_MONTH.search(one)]
    named = {(one.task, one.words) for one in plan.deadlines}
    return {
        cell: None
        for task in plan.tasks
        for field in fields
        if (cell := tidy(task.text(field)))
        if not any((task.key, words) in named for words in (cell, *_words(cell)))
    }


_OF_MONTH = re.compile(r"[（(/](?:\d{4}年)?(?:\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年)[）)]$")
_DUE = re.compile(
    r"(?:(?:\d{4}|今|本)年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|中旬|下旬)?|年底|[一二三四]季度末?|[上下]半年)"
    r"(?:之?前|以前)?(?:全部|全面|基本)?(?:完成|办结|建成|到位|竣工|完工|销号|交付)"
    r"|(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|底|末)?|年底)(?:之?前|以前)"
)


def days_elsewhere(plan: Plan) -> dict[str, dict[str, str]]:
    """Return what other columns (备注) say of a day, by header and task, in a plan without 时限."""
    fields = [one for one in further(plan.columns) if not names_other_day(one)]
    if any(meaning_of(one) is Meaning.DEADLINE for one in fields):
        return {}
    found: dict[str, dict[str, str]] = {}
    texts = {one: [text for task in plan.tasks if (text := task.text(one))] for one in fields}
    days = {field for field, held in texts.items() if all(map(says_a_day, held))}
    for task in plan.tasks:
        for field in fields:
            text = tidy(task.text(field))
            if text and field in days:
                found.setdefault(field, {})[task.key] = text
            elif named := _DUE.search(text):
                found.setdefault(field, {})[task.key] = named[0]
    return found


def _words(cell: str) -> list[str]:
    return [one.words for one in days_in(cell, 2000)]


def named(task: Task, issued: date) -> list[Deadline]:
    """Return the deadlines and figures that a task's requirements name, in their order.

    A year stands for its last day; 2年内 counts from the day of issue; days before the issue are
    no deadlines. What stands in 《》 or brackets names other documents and does not count, but for
    a day by which it is due: （6月底前完成）. The same words twice are one. A task's own words may
    name the day by which it is due: 于5月20日前.
    """
    found: dict[str, Deadline] = {}
    for sentence in task.goal.split("。"):
        for words, when, kind, note in _of_sentence(sentence, issued):
            if when is not None and _DUE.search(words):
                found.setdefault(words, Deadline(task.key, "", words, kind, when, note))
    for item in items(tidy(task.requirements)):
        marker = item[0] if "\u2460" <= item[0] <= "\u2473" else ""
        for sentence in item.removeprefix(marker).split("。"):
            for words, when, kind, note in _of_sentence(sentence, issued):
                found.setdefault(words, Deadline(task.key, marker, words, kind, when, note))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Some words that name a day."""

    start: int
    end: int
    when: date | Recurrence | None
    note: str = ""
    passed: bool = False  # a day before the issue: no deadline, but it may end what recurs

    @property
    def kind(self) -> DeadlineKind:
        return DeadlineKind.DATE if isinstance(self.when, date) else DeadlineKind.RECURRING


_Piece = tuple[str, date | Recurrence | None, DeadlineKind, str]  # words, day, kind, note
_MARKS = "，；,;：:"
_DUE_LENGTH = 30  # characters of a bracket that says until when
_ASIDE = re.compile("《[^《》]*》|（[^（）]*）|\\([^()]*\\)")
_NUMERALS = "〇一二三四五六七八九十"
_COUNT = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
_MEASURES = "个所名人次项处门节课元万亿亩间台套本册篇场期批户家校班座支条辆人时分小米吨倍"
_FIGURE = re.compile(
    r"(?<![第\d.\-])\d+(?:\.\d+)?(?:\s*[-—~～至]\s*\d+(?:\.\d+)?)?"
    rf"(?:[%％‰]|[:：]\d+|个?百分点|平方|公里|(?![年月日号])[{_MEASURES}])"
    r"|(?:不少于|不低于|不超过|不高于|至少|最少|达到|超过|各)[^，；。]{0,6}?"
    rf"(?:[一二两三四五六七八九十百千万]+(?:[{_MEASURES}]|分之|成))|百分之[一二三四五六七八九十百]+"
)


def _of_sentence(sentence: str, issued: date) -> list[_Piece]:
    """Return what a sentence names: days with all that they govern, and figures without a day."""
    due = [one.span() for one in _ASIDE.finditer(sentence) if _says_until(one[0])]
    plain = _ASIDE.sub(lambda one: one[0] if one.span() in due else "\0" * len(one[0]), sentence)
    starts = [0, *(mark + 1 for mark in range(len(plain)) if _parts(plain, mark))]
    anchors = _joined(plain, starts, _anchors(plain, issued), issued.year)
    found: dict[int, _Piece] = {}
    covered = [False] * len(plain)
    for place, anchor in enumerate(anchors):
        following = anchors[place + 1].start if place + 1 < len(anchors) else len(plain)
        first, limit = _governed(plain, starts, anchor, following)
        limit = next((end for begin, end in due if begin < anchor.start < end), limit)
        covered[first:limit] = [True] * (limit - first)
        found[first] = (_trimmed(sentence[first:limit]), anchor.when, anchor.kind, anchor.note)
    for start, end in zip(starts, [*starts[1:], len(plain)], strict=True):
        if not any(covered[start:end]) and _FIGURE.search(plain[start:end]):
            found[start] = (_trimmed(sentence[start:end]), None, DeadlineKind.FIGURE, "")
    return [found[start] for start in sorted(found)]


def _says_until(aside: str) -> bool:
    """Return whether a bracket names the day by which it is due: （6月底前完成）."""
    return aside[0] != "《" and len(aside) <= _DUE_LENGTH and bool(_DUE.match(aside[1:]))


def _governed(
    plain: str, starts: Sequence[int], anchor: _Anchor, following: int
) -> tuple[int, int]:
    """Return where the clauses begin and end that an anchor governs; the next is `following`.

    A day governs all up to the next, a 每年 its own clause and those that add figures to it.
    """
    first = max(start for start in starts if start <= anchor.start)
    later = [start for start in starts if start > anchor.end]
    limit = len(plain)
    if following < limit:
        limit = max((start for start in later if start <= following), default=limit)
    if anchor.kind is DeadlineKind.DATE:
        return first, limit
    end = next((start for start in later if start <= limit), limit)
    while end < limit:
        after = next((start for start in later if end < start <= limit), limit)
        clause = plain[end:after]
        if not (clause.startswith(("其中", "且")) or _FIGURE.search(clause)):
            break
        end = after
    return first, end


def _parts(plain: str, mark: int) -> bool:
    """Return whether a mark ends a clause: 1:1000 and 1,000 hold none."""
    if plain[mark] not in _MARKS:
        return False
    beside = plain[max(0, mark - 1) : mark] + plain[mark + 1 : mark + 2]
    return not (len(beside) == 2 and beside.isdigit())


def _joined(
    plain: str, starts: Sequence[int], anchors: Sequence[_Anchor], year: int
) -> list[_Anchor]:
    """Put a bare 到2025年 together with the 每年 after it; leave one anchor to a clause.

    6月底前每月调度 is what comes each month up to June, where June is one of this `year`.
    """
    kept: list[_Anchor] = []
    for anchor in anchors:
        before = kept[-1] if kept else None
        clause = max(start for start in starts if start <= anchor.start)
        if before is None:
            kept.append(anchor)
            continue
        bare = not plain[before.end : anchor.start].strip(_MARKS)
        if (
            isinstance(before.when, date)
            and isinstance(anchor.when, Recurrence)
            and (bare or before.start >= clause)
        ):
            until = replace(anchor.when, last_year=before.when.year)
            ends = before.when.year == year
            in_time = tuple(one for one in until.days if _day_in(year, one) <= before.when)
            until = replace(until, days=in_time) if ends and in_time else until
            kept[-1] = _Anchor(before.start, anchor.end, until)
        elif before.start < clause:
            kept.append(anchor)
        elif before.passed:
            kept[-1] = anchor
    return [one for one in kept if not one.passed]


def _day_in(year: int, day: tuple[int, int]) -> date:
    return Month(year, day[0]).day(day[1])


def _trimmed(words: str) -> str:
    plain = words.strip(_MARKS + " ")
    opened, closed = plain.count("（"), plain.count("）")
    begins = plain.startswith("（") and opened > closed
    ends = plain.endswith("）") and closed > opened
    if plain.startswith("（") and plain.endswith("）"):
        begins = ends = True
    return plain[begins : len(plain) - ends]


# ---------------------------------------------------------------- words that name a day

_Reader = Callable[[re.Match[str], date], "tuple[date | Recurrence | None, str] | None"]


def _anchors(plain: str, issued: date) -> list[_Anchor]:
    """Return the words that name a day, in order; where two overlap, the rule named first wins."""
    found: list[_Anchor] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(plain):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            told = read(match, issued)
            passed = told and isinstance(told[0], date) and told[0] < issued
            if told:
                passed = bool(passed) and read is not _in_some_year
                found.append(_Anchor(match.start(), match.end(), *told, passed=passed))
    since = (_since(plain, one, issued.year) for one in found)
    return sorted(since, key=lambda one: one.start)


_FROM_YEAR = re.compile(
    rf"(?P<year>20\d\d)年(?:\d{{1,2}}月(?:\d{{1,2}}日|[底末初])?份?)?{BEGINS_THERE}"
)


def _since(plain: str, anchor: _Anchor, year: int) -> _Anchor:
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
