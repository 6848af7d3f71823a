"""催办单: the third reminder on paper, laid out as the summary is."""

from datetime import date, datetime, time

from edu_sheet import summary
from edu_sheet.kit import clock
from edu_sheet.mail import wording
from edu_sheet.mail.wording import Arrears
from edu_sheet.summary.content.content import Kind, Paragraph
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan


def demand_document(plan: Plan, period: Period, owed: Arrears, *, times: int, today: date) -> bytes:
    """Return the 催办单 for a unit as .docx; the same day gives the same bytes."""
    said = wording.demand(period, owed, times=times, today=today)
    content = summary.Content(
        name=f"{period.label}催办单",
        period=period.label,
        title=("催　办　单",),
        body=tuple(Paragraph(Kind.BODY, line.strip()) for line in said),
        issuer=plan.settings.issuer,
        dated=today,
        addressee=owed.unit,
    )
    return summary.render(
        content, plan.settings.fonts, datetime.combine(today, time(), clock.zone())
    )
