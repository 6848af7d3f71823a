"""二、重点任务进展情况, in short: each task in its leads' approved words. Pure."""

from collections.abc import Callable, Iterable, Iterator

from edu_sheet.facts.period import NO_PROGRESS, PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.rules.closings import closed_tasks
from edu_sheet.rules.told_apart import told_apart
from edu_sheet.summary.content.content import Kind, Paragraph
from edu_sheet.summary.content.figures import tasks_with_progress
from edu_sheet.summary.content.leads import (
    Said,
    asked_to_help,
    helpers,
    said_by_leads,
    silent_leads,
)
from edu_sheet.summary.content.problems import missing_periods
from edu_sheet.summary.content.wording import goal_of, listed, without_end
from edu_sheet.words.numerals import ordinal
from edu_sheet.words.plan import Plan, Role, Task


def progress_in_short(facts: PeriodFacts) -> tuple[Paragraph, ...]:
    """Return a paragraph a task, by lead units: its goal, what was achieved, who did not report.

    Where all responsible units that were asked reported, that is said once for the whole section.
    """
    if not tasks_with_progress(facts)[0]:
        return (Paragraph(Kind.BODY, f"{facts.period.label}没有收到任务的进展。"),)
    body: list[Paragraph] = []
    if any(task.leads and not helpers(facts, task) for task in facts.plan.tasks):
        body.append(Paragraph(Kind.BODY, _all_reported(facts)))
    body += under_leads(facts.plan.tasks, lambda task: [_paragraph(facts, task)])
    return tuple(body)


def _all_reported(facts: PeriodFacts) -> str:
    """Return what stands for every task of which nothing else is said.

    A task was reported on where anything of the quarter is there; who left out a month is named
    among the problems.
    """
    led = all(task.leads for task in facts.plan.tasks)
    whose = "本部分" if led else "有牵头单位的任务"
    return f"{whose}按牵头单位报送内容整理。{_helped(facts)}。"


def _helped(facts: PeriodFacts) -> str:
    """Return what holds of the responsible units of every task of which nothing is said.

    Of units that no form asked in the quarter nothing is known.
    """
    closed = closed_tasks(facts.plan, facts.period)
    every = unasked = 0
    for task in (one for one in facts.plan.tasks if one.leads and one.key not in closed):
        own = list(facts.plan.roles(task).values()).count(Role.RESPONSIBLE)
        every, unasked = every + own, unasked + own - len(asked_to_help(facts, task))
    if every and every == unasked:
        return "责任单位本季度没有填报任务"
    ended = any(one.leads and one.key in closed for one in facts.plan.tasks)
    whose = f"未办结任务{'中' if unasked else '的'}" if ended else ""
    who = f"{whose}{'要求填报的' if unasked else ''}责任单位"
    owed = "；未报送、未报全的月份见“报送情况”" if missing_periods(facts) else ""
    return f"没有注明的，{who}本季度均报送过进展{owed}"


def under_leads(
    tasks: Iterable[Task], said: Callable[[Task], Iterable[Paragraph]]
) -> Iterator[Paragraph]:
    """Yield what is said of each task, those of the same leads together; last those of nobody.

    A heading says who leads them, unless nobody leads any.
    """
    groups: dict[tuple[str, ...], list[Task]] = {}
    for task in sorted(tasks, key=lambda task: not task.leads):
        groups.setdefault(task.leads, []).append(task)
    for number, (leads, led) in enumerate(groups.items(), 1):
        if any(groups):
            whose = f"{listed(leads)}牵头的任务" if leads else "没有设牵头单位的任务"
            yield Paragraph(Kind.HEADING2, f"（{ordinal(number)}）{whose}")
        for task in led:
            yield from said(task)


def heading_number(shown: str) -> str:
    """Return a task's number as a heading bears it: 3. and （一）."""
    return f"{shown}." if shown[-1].isalnum() else shown


def heading_of(plan: Plan, task: Task) -> str:
    """Return a task's number and goal as a heading: 3.目标, 管理类3.目标 where another bears it."""
    part = told_apart(plan, task)
    part = "" if part.startswith("“") else part  # the goal itself follows
    return f"{part}{heading_number(task.shown)}{goal_of(task)}"


def _paragraph(facts: PeriodFacts, task: Task) -> Paragraph:
    return Paragraph(
        Kind.BODY,
        "".join(f"{without_end(text)}。" for text in _sentences(facts, task)),
        speaker=f"{heading_of(facts.plan, task)}。",
    )


def _sentences(facts: PeriodFacts, task: Task) -> Iterator[str]:
    said = said_by_leads(facts, task)
    named = len(said) > 1 or not task.leads  # no heading says whose the task is
    for one in said:
        yield _words(one, named=named)
    if silent := silent_leads(facts, task):
        yield f"{'牵头单位' if task.leads else ''}{listed(silent)}"
    if missing := helpers(facts, task):
        yield missing
    if closed := closed_on(facts, task):
        yield closed


def closed_on(facts: PeriodFacts, task: Task) -> str:
    """Return on which day a task was closed, in a sentence without its end; "" if it is open."""
    closing = closed_tasks(facts.plan, facts.period).get(task.key)
    return f"{chinese_date(closing.on)}办结" if closing else ""


def _words(one: Said, *, named: bool) -> str:
    if named or one.former:
        return f"{one.achieved_by}：{one.parts.progress or NO_PROGRESS}"
    return one.achieved
