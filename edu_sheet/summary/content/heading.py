"""What stands at the head of every document here: title, document number, numbered sections."""

from collections.abc import Mapping

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.summary.content.content import Chart, Kind, Mark, Paragraph
from edu_sheet.summary.content.wording import (
    LINE_LIMIT,
    printable,
    title_lines,
    title_parts,
    width,
)
from edu_sheet.words.numerals import ordinal
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.settings import RedHead, Settings


def title(facts: PeriodFacts, issuer: str, about: str) -> tuple[str, ...]:
    """Return the lines of the title that 期次 gives, or of the pattern.

    The pattern: issuer / 关于《plan》 / period / about.
    """
    if given := facts.plan.of_period(facts.period).title:
        return title_lines(title_parts(given))
    return pattern_title(facts, issuer, about)


def short_title(facts: PeriodFacts, about: str) -> tuple[str, ...]:
    """Return the lines of the title that 期次 gives, or the period with what it is about."""
    if given := facts.plan.of_period(facts.period).title:
        return title_lines(title_parts(given))
    return title_lines((facts.period.label, about))


def quarter_title(facts: PeriodFacts, issuer: str) -> tuple[str, ...]:
    """Return the lines of a summary's title: of 期次, else of 总结标题式样, else of the pattern."""
    pattern = facts.plan.settings.summary_title
    if facts.plan.of_period(facts.period).title or not pattern:
        return title(facts, issuer, "落实情况的总结")
    words = {
        "{发文机关}": issuer,
        "{方案标题}": printable(facts.plan.settings.title),
        "{期次}": facts.period.label,
    }
    return title_lines(title_parts(_filled(pattern, words)))


def pattern_title(facts: PeriodFacts, issuer: str, about: str) -> tuple[str, ...]:
    """Return the lines of a title of the pattern, broken at its seams."""
    plan_title = printable(facts.plan.settings.title).replace("《", "〈").replace("》", "〉")
    name = f"《{plan_title}》"
    plan = (issuer, f"关于{name}")
    # A plan's name is not torn if a line holds it; figures are wider in some fonts, and set apart.
    room = LINE_LIMIT - any(one.isascii() for one in name)
    if issuer and width(name) <= room and width(plan[1]) > LINE_LIMIT:
        plan = (f"{issuer}关于", name)
    return title_lines((*plan, facts.period.label, about))


def doc_number(plan: Plan, period: Period) -> str:
    """Return the document number of 期次; under a red head, without one, a place to write it.

    The place follows 总结文号式样, else keeps the plan's own words: 辰教小组发〔2022〕10号 →
    辰教小组发〔2023〕　　号.
    """
    own, settings = plan.of_period(period), plan.settings
    year = str(own.dated.year if own.dated else period.last.year)
    headed = settings.red_head is not RedHead.NONE
    if own.doc_number or not (headed or settings.summary_number):
        return printable(own.doc_number)
    if settings.summary_number:
        return _filled(settings.summary_number, {"{年}": year})
    word = printable(settings.doc_number).partition("〔")[0]
    return f"{word}〔{year}〕　　号"


def red_head(settings: Settings, issuer: str) -> Mark | None:
    """Return 发文机关标志, None for a document without one."""
    if settings.red_head is RedHead.NONE:
        return None
    return Mark(issuer, on_paper=settings.red_head is RedHead.ON_PAPER)


def printed_by(settings: Settings, issuer: str) -> str:
    """Return 印发机关, "" for a document without 版记."""
    return issuer if settings.red_head is not RedHead.NONE or settings.copies_to else ""


def section(
    number: int, heading: str, body: tuple[Paragraph | Chart, ...]
) -> tuple[Paragraph | Chart, ...]:
    """Return a section of the body: 一、heading, and what stands below it."""
    return (Paragraph(Kind.HEADING1, f"{ordinal(number)}、{heading}"), *body)


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    for word, value in words.items():
        pattern = pattern.replace(word, value)
    return pattern
