"""What stands at the head of every document here: title, document number, numbered sections."""

from edu_sheet.model import Plan
from edu_sheet.period import Period
from edu_sheet.summary.content import Chart, Facts, Kind, Paragraph
from edu_sheet.summary.wording import ordinal, printable, title_lines, title_parts


def title(facts: Facts, issuer: str, about: str) -> tuple[str, ...]:
    """Return the lines of the title that 期次 gives, or of the pattern.

    The pattern: issuer / 关于《plan》 / period / about.
    """
    if given := facts.plan.of_period(facts.period).title:
        return title_lines(title_parts(given))
    return pattern_title(facts, issuer, about)


def pattern_title(facts: Facts, issuer: str, about: str) -> tuple[str, ...]:
    """Return the lines of a title of the pattern, broken at its seams."""
    plan_title = printable(facts.plan.settings.title).replace("《", "〈").replace("》", "〉")
    return title_lines((issuer, f"关于《{plan_title}》", facts.period.label, about))


def doc_number(plan: Plan, period: Period) -> str:
    """Return the document number of 期次; under a red head, without one, a place to write it.

    The place keeps the plan's own words: 辰教小组发〔2022〕10号 → 辰教小组发〔2023〕　　号.
    """
    own = plan.of_period(period)
    if own.doc_number or not plan.settings.red_head:
        return printable(own.doc_number)
    word = printable(plan.settings.doc_number).partition("〔")[0]
    year = own.dated.year if own.dated else period.last.year
    return f"{word}〔{year}〕　　号"


def section(
    number: int, heading: str, body: tuple[Paragraph | Chart, ...]
) -> tuple[Paragraph | Chart, ...]:
    """Return a section of the body: 一、heading, and what stands below it."""
    return (Paragraph(Kind.HEADING1, f"{ordinal(number)}、{heading}"), *body)
