"""What a sentence of a plan names: days with all that they govern, and figures. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from edu_sheet.plan.workbook.named_days import Anchor, anchors
from edu_sheet.words.period import Month
from edu_sheet.words.plan import DeadlineKind, Recurrence

Piece = tuple[str, date | Recurrence | None, DeadlineKind, str]  # words, day, kind, note
_MARKS = "，；,;：:"
_DUE_LENGTH = 30  # characters of a bracket that says until when
_ASIDE = re.compile("《[^《》]*》|（[^（）]*）|\\([^()]*\\)")
_MEASURES = "个所名人次项处门节课元万亿亩间台套本册篇场期批户家校班座支条辆人时分小米吨倍"
_FIGURE = re.compile(
    r"(?<![第\d.\-])\d+(?:\.\d+)?(?:\s*[-—~～至]\s*\d+(?:\.\d+)?)?"
    rf"(?:[%％‰]|[:：]\d+|个?百分点|平方|公里|(?![年月日号])[{_MEASURES}])"
    r"|(?:不少于|不低于|不超过|不高于|至少|最少|达到|超过|各)[^，；。]{0,6}?"
    rf"(?:[一二两三四五六七八九十百千万]+(?:[{_MEASURES}]|分之|成))|百分之[一二三四五六七八九十百]+"
)
DUE = re.compile(  # words that say by which day something is due
    r"(?:(?:\d{4}|今|本)年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|中旬|下旬)?|年底|[一二三四]季度末?|[上下]半年)"
    r"(?:之?前|以前)?(?:全部|全面|基本)?(?:完成|办结|建成|到位|竣工|完工|销号|交付)"
    r"|(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|底|末)?|年底)(?:之?前|以前)"
)


def of_sentence(sentence: str, issued: date) -> list[Piece]:
    """Return what a sentence names: days with all that they govern, and figures without a day."""
    due = [one.span() for one in _ASIDE.finditer(sentence) if _says_until(one[0])]
    plain = _ASIDE.sub(lambda one: one[0] if one.span() in due else "\0" * len(one[0]), sentence)
    starts = [0, *(mark + 1 for mark in range(len(plain)) if _parts(plain, mark))]
    days = _joined(plain, starts, anchors(plain, issued), issued.year)
    found: dict[int, Piece] = {}
    covered = [False] * len(plain)
    for place, anchor in enumerate(days):
        following = days[place + 1].start if place + 1 < len(days) else len(plain)
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
    return aside[0] != "《" and len(aside) <= _DUE_LENGTH and bool(DUE.match(aside[1:]))


def _governed(plain: str, starts: Sequence[int], anchor: Anchor, following: int) -> tuple[int, int]:
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
    plain: str, starts: Sequence[int], anchors: Sequence[Anchor], year: int
) -> list[Anchor]:
    """Put a bare 到2025年 together with the 每年 after it; leave one anchor to a clause.

    6月底前每月调度 is what comes each month up to June, where June is one of this `year`.
    """
    kept: list[Anchor] = []
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
            kept[-1] = Anchor(before.start, anchor.end, until)
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
