"""季度总结: a quarter's facts as the content of the summary. Pure."""

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.progress import Contribution
from edu_sheet.summary.content import problems, tracked
from edu_sheet.summary.content.attachments import returns_table, tasks_table
from edu_sheet.summary.content.content import Chart, Content, Kind, Paragraph
from edu_sheet.summary.content.figures import (
    Counts,
    chart,
    comparison,
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
from edu_sheet.summary.content.wording import (
    listed,
    month_names,
    paragraphs,
    percent,
    printable,
    short_label,
)
from edu_sheet.words.numerals import ordinal
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Plan, Role, Task


def quarter_content(facts: PeriodFacts) -> Content:
    """Return the summary of a quarter; `facts.period` is a Quarter."""
    settings, own = facts.plan.settings, facts.plan.of_period(facts.period)
    issuer = printable(settings.issuer)
    return Content(
        name=f"{facts.period.label}总结",
        period=facts.period.label,
        title=quarter_title(facts, issuer),
        body=(
            *section(1, "总体情况", _overall(facts)),
            *section(2, "重点任务进展情况", task_progress(facts)),
            *section(3, "存在问题", problems.problems(facts)),
            *section(4, "下一步工作", next_steps(facts)),
        ),
        issuer=issuer,
        dated=own.dated,
        red_head=red_head(settings, issuer),
        doc_number=doc_number(facts.plan, facts.period),
        addressee=printable(settings.addressee),
        attachments=(tasks_table(facts), returns_table(facts)),
        copies_to=printable(settings.copies_to),
        printed_by=printed_by(settings, issuer),
        colophon_page=settings.colophon_page,
        printed=settings.printed,
    )


# ---------------------------------------------------------------- 一、总体情况


def _overall(facts: PeriodFacts) -> tuple[Paragraph | Chart, ...]:
    texts = [_duties(facts), _task_figures(facts), tracked.lights(facts)]
    texts += [
        f"{_form_name(period, facts.plan)}：{Counts.of(lines).sentence}"
        for period, lines in facts.statuses.items()
    ]
    texts.append(comparison(facts))
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
        f"{led}责任单位{len(helping)}个。"
    )


def _task_figures(facts: PeriodFacts) -> str:
    said, silent = tasks_with_progress(facts)
    without_lead = tasks_without_lead(facts)
    every = len(facts.plan.tasks)
    months = month_names(facts.period.months)
    opening = f"{facts.period.label}（{months}），"
    if not said:
        return f"{opening}没有收到任何一项任务的进展。"
    text = (
        f"{opening}{every}项任务全部报送了进展"
        if not silent
        else f"{opening}{len(said)}项任务报送了进展，占{percent(len(said), every)}；"
        f"{len(silent)}项任务没有收到进展"
    )
    led = len(said) - len(without_lead)
    if without_lead:
        text += f"；其中{led}项由牵头单位报送，{len(without_lead)}项只有责任单位报送"
    return text + "。"


def _form_name(period: Period, plan: Plan) -> str:
    if isinstance(period, Quarter):
        led = "牵头" if any(task.leads for task in plan.tasks) else "各"
        return f"{short_label(period)}{led}单位书面材料"
    return f"{short_label(period)}进展情况"


# ---------------------------------------------------------------- 二、重点任务进展情况


def task_progress(facts: PeriodFacts, *, by_leads: bool = True) -> tuple[Paragraph, ...]:
    """Return what was said on the tasks: by lead units, then task, each unit in its own words.

    A task's heading bears its own 序号, by which the other parts of the document name it.
    """
    if not tasks_with_progress(facts)[0]:
        return (Paragraph(Kind.BODY, f"{facts.period.label}没有收到任务的进展。"),)
    by_leads = by_leads and any(task.leads for task in facts.plan.tasks)
    groups: dict[tuple[str, ...], list[Task]] = {}
    for task in facts.plan.tasks:
        groups.setdefault(task.leads if by_leads else (), []).append(task)
    body: list[Paragraph] = []
    for number, (leads, led) in enumerate(groups.items(), 1):
        if by_leads:
            whose = f"{listed(leads)}牵头的任务" if leads else "没有设牵头单位的任务"
            heading = f"（{ordinal(number)}）{whose}"
            body.append(Paragraph(Kind.HEADING2, heading))
        for task in led:
            goal = " ".join(paragraphs(task.goal)).rstrip("。")
            body.append(Paragraph(Kind.HEADING3, f"{_number(task.shown)}{goal}"))
            body += _said_on(facts, task)
    return tuple(body)


def _number(shown: str) -> str:
    """Return a task's number as a heading bears it: 3. and （一）."""
    return f"{shown}." if shown[-1].isalnum() else shown


def _said_on(facts: PeriodFacts, task: Task) -> list[Paragraph]:
    said = facts.on(task)
    unused = [one.unit for one in facts.unused(task)]
    if not said and not unused:
        return [Paragraph(Kind.BODY, "本季度没有收到该项任务的进展。")]
    body: list[Paragraph] = []
    leads = _lead_reporters(facts.plan, task)
    spoken = {one.unit for one in said if one.role is Role.LEAD}
    rest = [unit for unit in leads if unit not in spoken and unit not in unused]
    if silent := [unit for unit in rest if not facts.came(unit)]:
        body.append(Paragraph(Kind.BODY, f"牵头单位{listed(silent)}没有报送。"))
    if came := [f"{unit}（{facts.came(unit)}）" for unit in rest if facts.came(unit)]:
        body.append(Paragraph(Kind.BODY, f"牵头单位{listed(came)}没有该项任务的进展。"))
    if left := [unit for unit in unused if unit in leads or not said]:
        body.append(Paragraph(Kind.BODY, f"{listed(left)}已报送该项任务的进展，汇总时未采用。"))
    for one in said:
        alone = one.role is Role.LEAD and len(leads) == 1 and not one.former
        body += _words(facts.period, one, alone=alone)
    return body


def _words(period: Period, one: Contribution, *, alone: bool) -> list[Paragraph]:
    """Return a unit's words; who speaks stands before them but for a task's only lead.

    A text older than the quarter's last month says of which month it is, and one of a unit that the
    plan does not name for the task any more says that.
    """
    source = one.entry.period
    stale = isinstance(source, Month) and source != period.last
    notes = [
        *([f"原{one.role.label}单位"] if one.former else []),
        *([f"{source.month}月报送"] if isinstance(source, Month) and stale else []),
    ]
    note = f"（{'，'.join(notes)}）" if notes else ""
    first, *rest = paragraphs(one.entry.text) or ("（报送的内容无法印出）",)
    speaker = "" if alone and not stale else f"{one.unit}{note}："
    return [
        Paragraph(Kind.BODY, first, speaker=speaker),
        *(Paragraph(Kind.BODY, text) for text in rest),
    ]


def _lead_reporters(plan: Plan, task: Task) -> tuple[str, ...]:
    return tuple(unit for unit, role in plan.roles(task).items() if role is Role.LEAD)
