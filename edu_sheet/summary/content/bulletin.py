"""调度通报: a month on one page, how tasks stand, who lags, and who owes what. Pure."""

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.summary.content import tracked
from edu_sheet.summary.content.content import Content, Kind, Paragraph
from edu_sheet.summary.content.figures import Counts, not_yet_due, tasks_with_progress
from edu_sheet.summary.content.heading import (
    doc_number,
    printed_by,
    red_head,
    short_title,
)
from edu_sheet.summary.content.problems import (
    filing_problems,
    helpers_without_progress,
    missing_periods,
    silent_tasks,
)
from edu_sheet.summary.content.ranking import ranking_table
from edu_sheet.summary.content.wording import percent, printable, short_label
from edu_sheet.words.period import Month
from edu_sheet.words.returns import State


def bulletin_content(facts: PeriodFacts, month: Month) -> Content:
    """Return the bulletin of a month; `facts` are its own.

    Each kind of thing is one paragraph with its name before it, so that it stays on a page. Units
    are named for what they owe; they are ranked only where 设置 asks for it.
    """
    settings, own = facts.plan.settings, facts.plan.of_period(facts.period)
    issuer = printable(settings.issuer)
    told = (
        ("报送情况", _filing(facts)),
        ("任务进展", _tasks(facts)),
        ("滞后情况", _behind(facts)),
        ("到期事项", tracked.deadlines(facts, named=True)),
        ("下一步", _demand(facts, month)),
    )
    return Content(
        name=f"{facts.period.label}调度通报",
        period=facts.period.label,
        title=short_title(facts, "任务落实情况调度通报"),
        body=tuple(Paragraph(Kind.BODY, text, f"{name}：") for name, text in told if text),
        issuer=issuer,
        dated=own.dated,
        red_head=red_head(settings, issuer),
        doc_number=doc_number(facts.plan, facts.period),
        addressee=printable(settings.addressee),
        attachments=(ranking_table(facts),) if settings.ranking and not facts.runs(month) else (),
        copies_to=printable(settings.copies_to),
        printed_by=printed_by(settings, issuer),
        colophon_page=settings.colophon_page,
        spare=True,
    )


def _filing(facts: PeriodFacts) -> str:
    """Return how many reported, in time and in full, and who did not: each kind is counted once."""
    lines, month = facts.statuses[facts.period], short_label(facts.period)
    counts = Counts.of(lines)
    if early := not_yet_due(facts, facts.period):
        return f"{facts.period.label}{early}{counts.so_far}。"
    complete = sum(line.state is State.RETURNED and not line.incomplete for line in lines)
    if complete == counts.units:
        return f"{facts.period.label}{counts.sentence}"
    owing = (text.removeprefix(month) for text in filing_problems(facts))
    rate = percent(counts.reported, counts.units)
    late = f"（其中迟报{counts.late}个）" if counts.late else ""
    return (
        f"{facts.period.label}应报{counts.units}个单位，已报{counts.reported}个{late}，"
        f"报送率{rate}，按时报全{complete}个。{''.join(owing)}"
    )


def _tasks(facts: PeriodFacts) -> str:
    said, silent = map(len, tasks_with_progress(facts))
    every, asked = len(facts.plan.tasks), said + silent
    whole = f"{every}项任务" if asked == every else f"{every}项任务中，要求填报的{asked}项"
    among = (
        f"{whole}{'中，' if asked == every else '有'}{said}项报送了进展，占{percent(said, asked)}"
    )
    some = among if said else f"{whole}都还没有收到进展"
    text = f"《{printable(facts.plan.settings.title)}》"
    text += some if silent or not said else f"{whole}都有单位报送进展"
    states = tracked.states(facts).removeprefix(f"{every}项任务中，")
    return f"{text}；{states}" if states else f"{text}。"


def _behind(facts: PeriodFacts) -> str:
    """Return who is behind, by the same rule as 督办单, and which tasks have no progress.

    Before the due date nobody is told that progress is missing.
    """
    silent = [] if facts.runs(facts.period) else silent_tasks(facts)
    silent += helpers_without_progress(facts)
    return "".join((*tracked.behind(facts), *silent))


def _demand(facts: PeriodFacts, month: Month) -> str:
    owing = missing_periods(facts)
    following = month.plus(1)
    day = chinese_date(facts.plan.due(following))
    again = "请未报送、未报全的单位尽快报送；" if owing else ""
    if owing and facts.runs(month):
        again = f"请尚未报送、报全的单位于{chinese_date(facts.plan.due(month))}前报送；"
    return f"{again}{following.label}进展情况，请各单位于{day}前报送。"
