"""调度通报: who reported in a month and who did not. Pure."""

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.summary.content.attachments import returns_table
from edu_sheet.summary.content.content import Content, Kind, Paragraph
from edu_sheet.summary.content.figures import Counts, tasks_with_progress
from edu_sheet.summary.content.heading import doc_number, printed_by, red_head, section, title
from edu_sheet.summary.content.next_steps import next_steps
from edu_sheet.summary.content.problems import problems
from edu_sheet.summary.content.tracked import lights
from edu_sheet.summary.content.wording import percent, printable


def bulletin_content(facts: PeriodFacts) -> Content:
    """Return the bulletin of a month; `facts.period` is a Month."""
    settings, own = facts.plan.settings, facts.plan.of_period(facts.period)
    issuer = printable(settings.issuer)
    return Content(
        name=f"{facts.period.label}调度通报",
        period=facts.period.label,
        title=title(facts, issuer, "落实情况的调度通报"),
        body=(
            *section(1, "报送情况", _figures(facts)),
            *section(2, "存在问题", problems(facts)),
            *section(3, "下一步工作", next_steps(facts)),
        ),
        issuer=issuer,
        dated=own.dated,
        red_head=red_head(settings, issuer),
        doc_number=doc_number(facts.plan, facts.period),
        addressee=printable(settings.addressee),
        attachments=(returns_table(facts),),
        copies_to=printable(settings.copies_to),
        printed_by=printed_by(settings, issuer),
        colophon_page=settings.colophon_page,
    )


def _figures(facts: PeriodFacts) -> tuple[Paragraph, ...]:
    lines = facts.statuses[facts.period]
    said, every = len(tasks_with_progress(facts)[0]), len(facts.plan.tasks)
    texts = (
        f"{facts.period.label}{Counts.of(lines).sentence}",
        f"全部{every}项任务中，{said}项报送了进展，占{percent(said, every)}。",
        lights(facts),
    )
    return tuple(Paragraph(Kind.BODY, text) for text in texts if text)
