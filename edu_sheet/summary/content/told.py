"""What units said on the tasks, each in its own words and at length. Pure."""

from collections.abc import Iterable, Iterator
from itertools import chain

from edu_sheet.facts.period import NO_PROGRESS, REPORTED, PeriodFacts
from edu_sheet.rules.progress import (
    Contribution,
    answers,
    progress_of,
    says_nothing,
    shows_months,
)
from edu_sheet.rules.stand_in import month_in
from edu_sheet.summary.content.content import Kind, Paragraph
from edu_sheet.summary.content.figures import tasks_with_progress
from edu_sheet.summary.content.leads import formerly, month_before, noted, without_dashes
from edu_sheet.summary.content.progress import closed_on, heading_of, under_leads
from edu_sheet.summary.content.voice import without_own_name
from edu_sheet.summary.content.wording import listed, paragraphs
from edu_sheet.words.parts import Part, parts_of, without_part
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Plan, Role, Task
from edu_sheet.words.text import bare


def task_progress(
    facts: PeriodFacts, *, by_leads: bool = True, months: bool = True
) -> tuple[Paragraph, ...]:
    """Return what was said on the tasks: by lead units, then task, each unit in its own words.

    A task's heading bears its own 序号, by which the other parts of the document name it. Of what
    its leads say of problems and next steps nothing stands here, for that has sections of its own;
    what they said in the `months` stands behind their quarter's, whole, unless it says nothing.
    """
    if not tasks_with_progress(facts)[0]:
        return (Paragraph(Kind.BODY, f"{facts.period.label}没有收到任务的进展。"),)

    def said(task: Task) -> list[Paragraph]:
        return [
            Paragraph(Kind.HEADING3, heading_of(facts.plan, task)),
            *_said_on(facts, task, months=months),
        ]

    tasks = facts.plan.tasks
    return tuple(under_leads(tasks, said) if by_leads else chain.from_iterable(map(said, tasks)))


def _said_on(facts: PeriodFacts, task: Task, *, months: bool) -> list[Paragraph]:
    said = facts.on(task)
    unused = {one.unit: month_before(facts, one) for one in facts.unused(task)}
    closed = closed_on(facts, task)
    ended = [Paragraph(Kind.BODY, f"{closed}。")] if closed else []
    if not said and not unused:
        return ended or [Paragraph(Kind.BODY, _nothing(facts, task))]
    leads = _lead_reporters(facts.plan, task)
    spoken = {one.unit for one in said if one.role is Role.LEAD}
    known = {*spoken, *unused}
    silent = () if closed else [unit for unit in leads if unit not in known]
    body = [Paragraph(Kind.BODY, text) for text in _without_text(facts, task, silent)]
    left = {unit: when for unit, when in unused.items() if unit in leads or not said}
    for when in dict.fromkeys(left.values()):
        units = listed([unit for unit in left if left[unit] == when])
        text = f"{units}{when}已报送该项任务的进展，汇总时未采用。"
        body.append(Paragraph(Kind.BODY, text))
    for one in said:
        text = one.entry.text
        alone = one.role is Role.LEAD and len(leads) == 1 and not one.former
        told = heard = progress_of(one)
        if not answers(task, one) and not says_nothing(text):
            told = one  # others' texts stand whole
        if told is None:
            text = f"{NO_PROGRESS}。"
        elif answers(task, one):
            text = parts_of(told.entry.text).progress
        body += words(facts, task, told or one, without_dashes(text), alone=alone)
        shown = months and shows_months(task, one, facts.period)
        for month in earlier(facts, task, one) if shown else ():
            if month != heard or not _whole(month):
                text = _beside_edited(facts.period, one, month.entry.text, month.entry.period)
                if text and not says_nothing(text):
                    body += words(facts, task, month, text, alone=False, monthly=True)
    return [*body, *ended]


def _nothing(facts: PeriodFacts, task: Task) -> str:
    """Return why there is no text of anybody on a task."""
    if facts.unasked(task):
        return "本季度没有要求填报。"
    waits = facts.awaited(task)
    more = f"，报送件待核实：{listed(waits)}" if waits else ""
    return f"本季度没有收到该项任务的进展{more}。"


def _without_text(facts: PeriodFacts, task: Task, leads: Iterable[str]) -> Iterator[str]:
    """Yield what came of the leads of a task that were asked for it and gave no text."""
    asked = [unit for unit in leads if facts.was_asked_of(unit, task)]
    waits = [unit for unit in asked if facts.awaits(unit, task)]
    of = {unit: facts.came_of(unit, task) for unit in asked if unit not in waits}
    none = [unit for unit, how in of.items() if how not in (REPORTED, NO_PROGRESS)]
    if silent := [f"{unit}（{of[unit]}）" if of[unit] else unit for unit in none]:
        yield f"牵头单位{listed(silent)}未报送。"
    if waits:
        yield f"牵头单位{listed(waits)}的报送件待核实。"
    if came := [f"{unit}（{how}）" for unit, how in of.items() if unit not in none]:
        yield f"牵头单位{listed(came)}没有该项任务的进展。"


def _beside_edited(period: Period, one: Contribution, text: str, month: Period) -> str:
    """Return a month's text without the progress that the clerk has put other words for.

    She edited the quarter's text that says it: her figure and the old one never stand together.
    """
    if one.edit is None:
        return text
    over = parts_of(one.over).progress
    lent = month_in(over, period) if isinstance(period, Quarter) else None
    edited = lent == month or bare(parts_of(text).progress) == bare(over)
    return without_part(text, Part.PROGRESS) if edited else text


def _whole(one: Contribution) -> bool:
    """Return whether a text is nothing but progress."""
    return parts_of(one.entry.text).progress == one.entry.text.strip()


def earlier(facts: PeriodFacts, task: Task, one: Contribution) -> Iterator[Contribution]:
    """Yield what a unit said in the months before the text that is heard, the newest first.

    The same words again are not among them, nor are those that the clerk took out.
    """
    known = {bare(one.entry.text), bare(parts_of(one.entry.text).progress)}
    for month in facts.monthly.get((task.key, one.unit), ()):
        if month.spoken and bare(month.entry.text) not in known:
            known.add(bare(month.entry.text))
            yield month


def repeated(
    facts: PeriodFacts, task: Task, one: Contribution, *, heard: bool
) -> list[Contribution]:
    """Return the months in which a unit said the same words, which `earlier` leaves out.

    Of the text that is `heard` also those that say its progress alone.
    """
    said = {bare(one.entry.text), *([bare(parts_of(one.entry.text).progress)] if heard else [])}
    months = facts.monthly.get((task.key, one.unit), ())
    return [month for month in months if month is not one and bare(month.entry.text) in said]


def words(
    facts: PeriodFacts,
    task: Task,
    one: Contribution,
    text: str,
    *,
    alone: bool,
    monthly: bool = False,
) -> list[Paragraph]:
    """Return a unit's words; who speaks stands before them but for a task's only lead.

    A text older than the quarter's last month says of which month it is, one of who answers for the
    task that is no text of the quarter too, one that stands behind the quarter's (`monthly`), and
    one of a unit that the plan does not name for the task any more says that.
    """
    source, period = one.entry.period, facts.period
    stands_in = source != period and (answers(task, one) or source != period.last)
    stale = isinstance(source, Month) and (monthly or stands_in)
    note = noted(formerly(facts, task, one), one.told_in if stale else "")
    speaker = "" if alone and not stale else f"{one.unit}{note}："
    text = without_own_name(one.unit, text) if speaker else text
    first, *rest = paragraphs(text) or ("（报送的内容无法印出）",)
    return [
        Paragraph(Kind.BODY, first, speaker=speaker),
        *(Paragraph(Kind.BODY, text) for text in rest),
    ]


def _lead_reporters(plan: Plan, task: Task) -> tuple[str, ...]:
    return tuple(unit for unit, role in plan.roles(task).items() if role is Role.LEAD)
