"""四、下一步工作: what is due next, and who still owes something. Pure."""

from itertools import groupby

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.summary.content.content import Kind, Paragraph
from edu_sheet.summary.content.in_short import by_lead
from edu_sheet.summary.content.problems import missing_periods
from edu_sheet.summary.content.tracked import coming
from edu_sheet.summary.content.wording import answering, listed, month_names, short_label
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Plan


def next_steps(facts: PeriodFacts) -> tuple[Paragraph, ...]:
    """Return what the leads of a quarter will do, then what is due, and who has to hand in what.

    Each kind stands under a heading of its own where the leads say anything.
    """
    texts = [coming(facts), _coming(facts.plan, facts.period), _owing(facts)]
    dates = tuple(Paragraph(Kind.BODY, text) for text in texts if text)
    said = by_lead(facts, Part.NEXT_STEPS)
    if not said:
        return dates
    return (
        Paragraph(Kind.HEADING2, f"（一）各{answering(facts.plan.tasks).removeprefix('各')}的打算"),
        *said,
        Paragraph(Kind.HEADING2, "（二）时限和报送"),
        *dates,
    )


def _coming(plan: Plan, period: Period) -> str:
    following = _following(period)
    days = [plan.due(month) for month in following.months]
    first = chinese_date(days[0])
    dates = [first, *(_shorter(chinese_date(day), first) for day in days[1:])]
    each = "当月进展"
    if any(
        (day.year, day.month) != (one.year, one.month)
        for day, one in zip(days, following.months, strict=True)
    ):
        each = f"{month_names(following.months)}进展情况"
    what = f"分别报送{each}" if len(days) > 1 else f"报送{following.label}进展情况"
    led = any(task.leads for task in plan.tasks)
    every = "各牵头单位、责任单位" if led else "各责任单位"
    text = f"请{every}按一月一调度要求，于{'、'.join(dates)}前{what}"
    if isinstance(following, Quarter):
        day = _shorter(chinese_date(plan.due(following)), first)
        text += f"；请各{_of_a_quarter(plan)}于{day}前报送经主要领导审定的{following.label}书面材料"
    return text + "。"


def _of_a_quarter(plan: Plan) -> str:
    """Return who hands in a quarter's material: where nobody leads a task, its units do."""
    who = answering(plan.tasks)
    return who if who != "各单位" else "牵头单位（没有设牵头单位的任务，由责任单位）"


def _shorter(day: str, first: str) -> str:
    """Return a day without its year, where that is the year of the first."""
    year = first.partition("年")[0] + "年"
    return day.removeprefix(year)


def _following(period: Period) -> Period:
    if isinstance(period, Month):
        return period.plus(1)
    return period.last.plus(1).quarter


def _owing(facts: PeriodFacts) -> str:
    """Name who owes what, units that owe the same together; of what is not due yet, until when."""
    missing = missing_periods(facts)
    runs = dict.fromkeys(one for debt in missing.values() for one in debt if facts.runs(one))
    until = "".join(
        f"{short_label(one)}尚未报送、报全的单位，请于{chinese_date(facts.plan.due(one))}前报送。"
        for one in runs
    )
    until += "".join(
        f"{short_label(one)}进展情况，请各单位于{chinese_date(facts.plan.due(one))}前报送。"
        for one in (facts.period.months if isinstance(facts.period, Quarter) else ())
        if one not in facts.statuses and facts.runs(one)  # its forms have not gone out
    )
    every = {unit: [one for one in debt if one not in runs] for unit, debt in missing.items()}
    owing = {unit: debt for unit, debt in every.items() if debt}
    if not owing:
        return until
    order = list(facts.statuses)
    by_debt = sorted(owing.items(), key=lambda pair: [order.index(one) for one in pair[1]])
    parts = [
        f"{listed([unit for unit, _ in group])}（{'、'.join(map(short_label, debt))}）"
        for debt, group in groupby(by_debt, key=lambda pair: pair[1])
    ]
    return f"请未报送、未报全的单位尽快补报：{'；'.join(parts)}。{until}"
