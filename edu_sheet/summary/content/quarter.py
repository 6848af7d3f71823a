"""季度总结: a quarter's facts as the content of the summary. Pure."""

from collections.abc import Iterable

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.summary.content import problems, tracked
from edu_sheet.summary.content.attachments import returns_table, states_table, tasks_table
from edu_sheet.summary.content.content import Attachment, Chart, Content, Kind, Paragraph
from edu_sheet.summary.content.figures import (
    Counts,
    chart,
    comparison,
    lead_periods,
    not_yet_due,
    tasks_with_progress,
    tasks_without_lead,
)
from edu_sheet.summary.content.heading import (
    doc_number,
    printed_by,
    quarter_title,
    red_head,
    section,
)
from edu_sheet.summary.content.next_steps import next_steps
from edu_sheet.summary.content.progress import progress_in_short
from edu_sheet.summary.content.told import task_progress
from edu_sheet.summary.content.wording import month_names, percent, printable, short_label
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.settings import SummaryStyle


def quarter_content(facts: PeriodFacts, style: SummaryStyle = SummaryStyle.BRIEF) -> Content:
    """Return the summary of a quarter; `facts.period` is a Quarter.

    In short (简) the leads speak for their tasks, and the annex has a line a task; at length (详)
    all units do, and the annexes show the whole plan and who reported when.
    """
    settings, own = facts.plan.settings, facts.plan.of_period(facts.period)
    issuer = printable(settings.issuer)
    brief = style is SummaryStyle.BRIEF
    told = progress_in_short(facts) if brief else task_progress(facts)
    return Content(
        name=f"{facts.period.label}总结",
        period=facts.period.label,
        title=quarter_title(facts, issuer),
        body=(
            *section(1, "总体情况", _overall(facts, brief=brief)),
            *section(2, "重点任务进展情况", told),
            *section(3, "存在问题", problems.quarter_problems(facts)),
            *section(4, "下一步工作", next_steps(facts)),
        ),
        issuer=issuer,
        dated=own.dated,
        red_head=red_head(settings, issuer),
        doc_number=doc_number(facts.plan, facts.period),
        addressee=printable(settings.addressee),
        attachments=_attachments(facts, brief=brief),
        copies_to=printable(settings.copies_to),
        printed_by=printed_by(settings, issuer),
        colophon_page=settings.colophon_page,
        printed=settings.printed,
    )


def _attachments(facts: PeriodFacts, *, brief: bool) -> tuple[Attachment, ...]:
    return (states_table(facts),) if brief else (tasks_table(facts), returns_table(facts))


# ---------------------------------------------------------------- 一、总体情况


def _overall(facts: PeriodFacts, *, brief: bool) -> tuple[Paragraph | Chart, ...]:
    states, figures = tracked.states(facts), _task_figures(facts)
    texts = [_duties(facts) + (states or figures), tracked.deadlines(facts)]
    if states and not brief:
        texts.append(figures)
    texts.append(_filing(facts) + comparison(facts))
    said = tuple(Paragraph(Kind.BODY, text) for text in texts if text)
    drawn = chart(facts)
    return (*said, drawn) if drawn else said


def _duties(facts: PeriodFacts) -> str:
    plan = facts.plan
    leads = dict.fromkeys(name for task in plan.tasks for name in task.leads)
    helping = dict.fromkeys(name for task in plan.tasks for name in task.responsible)
    led = f"牵头单位{len(leads)}个、" if leads else ""
    return (
        f"《{printable(plan.settings.title)}》共有{len(plan.tasks)}项任务，"
        f"{led}责任单位{len(helping)}个{_groups(plan, {**leads, **helping})}。"
    )


def _groups(plan: Plan, names: Iterable[str]) -> str:
    """Return how groups are counted, as their members are in what was reported; "" without any.

    （“各科室”按1个计，含5个单位）: else 2 units stand beside 6 that report.
    """
    groups = [name for name in names if plan.roster.reporters(name) != (name,)]
    if not groups:
        return ""
    members = {unit for name in groups for unit in plan.roster.reporters(name)}
    first, count = printable(groups[0]), len(members)
    if len(groups) == 1:
        return f"（“{first}”按1个计，含{count}个单位）"
    return f"（“{first}”等{len(groups)}类各按1个计，共含{count}个单位）"


def _task_figures(facts: PeriodFacts) -> str:
    said, silent = tasks_with_progress(facts)
    every = len(facts.plan.tasks)
    months = month_names(one for one in facts.statuses if isinstance(one, Month))
    opening = f"{facts.period.label}（{months}），" if months else f"{facts.period.label}，"
    if not said:
        return f"{opening}没有收到任何一项任务的进展。"
    asked = len(said) + len(silent)
    whole = f"{every}项任务" if asked == every else f"要求填报的{asked}项任务"
    within = "" if asked == every else f"{whole}中，"
    text = (
        f"{opening}{whole}全部报送了进展"
        if not silent
        else f"{opening}{within}{len(said)}项任务报送了进展，占{percent(len(said), asked)}；"
        f"{len(silent)}项任务没有收到进展"
    )
    return f"{text}{_by_whom(facts, said)}。"


def _by_whom(facts: PeriodFacts, said: list[Task]) -> str:
    """Return whose progress that of tasks with leads is, "" where it is all the quarter's own."""
    led = [task for task in said if task.leads]
    without = len(tasks_without_lead(facts))
    in_time = [task for task in led if facts.period in lead_periods(facts, task)]
    later = len(led) - len(in_time) - without if facts.period in facts.statuses else 0
    if not (without or later):
        return ""
    counted = (
        (len(led) - without - later, f"由牵头单位报送{'季度材料' if later else ''}"),
        (later, "按牵头单位各月报送的内容"),
        (without, "只有责任单位报送"),
        (len(said) - len(led), "没有设牵头单位"),
    )
    return "；其中" + "，".join(f"{count}项{whose}" for count, whose in counted if count)


def _filing(facts: PeriodFacts) -> str:
    """Return who reported, the months in one sentence and the quarter's material in another."""
    months = {
        short_label(period): Counts.of(lines)
        for period, lines in facts.statuses.items()
        if not isinstance(period, Quarter) and not facts.runs(period)
    }
    every = {one.units for one in months.values()}
    alike = f"应报{every.pop()}个单位，" if len(every) == 1 < len(months) else ""
    told = "；".join(name + one.clause.removeprefix(alike) for name, one in months.items())
    same = alike.replace("应报", "应报单位均为").replace("个单位，", "个，")
    texts = [f"各月进展情况，{same}{told}。"] if months else []
    for period, lines in facts.statuses.items():
        quarter, counts = isinstance(period, Quarter), Counts.of(lines)
        name = _material_name(period, facts.plan) if quarter else f"{short_label(period)}进展情况"
        if early := not_yet_due(facts, period):
            texts.append(f"{name}{early}{counts.so_far}。")
        elif quarter:
            texts.append(f"{name}，{counts.sentence}")
    return "".join(texts)


def _material_name(period: Period, plan: Plan) -> str:
    led = all(task.leads for task in plan.tasks)
    return f"{short_label(period)}{'牵头' if led else '各'}单位书面材料"
