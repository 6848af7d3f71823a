"""汇报: a quarter in a few slides for the meeting, its words those of the leads. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from edu_sheet.facts.period import NO_PROGRESS, PeriodFacts
from edu_sheet.rules.closings import CLOSED
from edu_sheet.rules.lights import ORDER, UNKNOWN
from edu_sheet.summary.content import tracked
from edu_sheet.summary.content.collection import source
from edu_sheet.summary.content.content import Chart, Kind, Paragraph
from edu_sheet.summary.content.figures import chart, tasks_with_progress
from edu_sheet.summary.content.heading import pattern_title
from edu_sheet.summary.content.in_short import Told, told_by_leads
from edu_sheet.summary.content.leads import said_by_leads, unused_in_words
from edu_sheet.summary.content.problems import name_of_open_tasks, silent_tasks
from edu_sheet.summary.content.wording import answering, goal_of, numbered, printable
from edu_sheet.words.parts import Part
from edu_sheet.words.substance import says_something

_PLAN = "来源：分工方案.xlsx 的“时限节点”"
_LEDGER = "来源：各单位报送的填报表，按台账统计"


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph of a slide, and where its words came from."""

    said: Paragraph
    source: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """What one slide says; what does not fit on it goes on on the next."""

    title: str
    items: tuple[Item, ...]
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """A whole presentation."""

    name: str  # for the file's properties
    title: tuple[str, ...]  # its lines
    issuer: str
    dated: date | None
    slides: tuple[Slide, ...]


def slides_content(facts: PeriodFacts) -> Deck:
    """Return a quarter's slides: counts, then tasks that are behind, problems and next steps."""
    issuer = printable(facts.plan.settings.issuer)
    said, who = facts.period.label, answering(facts.plan.tasks)
    return Deck(
        name=f"{said}汇报",
        title=pattern_title(facts, issuer, "落实情况汇报"),
        issuer=issuer,
        dated=facts.plan.of_period(facts.period).dated,
        slides=(
            Slide("总体情况", tuple(_counts(facts)), _states(facts) or chart(facts)),
            _open_tasks(facts),
            Slide("存在问题", tuple(_problems(facts)) or _only(_no_more_problems(facts, who))),
            Slide("下一步打算", tuple(_next_steps(facts)) or _only(f"{who}没有填写下一步打算。")),
        ),
    )


def _only(text: str) -> tuple[Item, ...]:
    return (_item(text, _LEDGER),)


def _item(text: str, source: str, speaker: str = "") -> Item:
    return Item(Paragraph(Kind.BODY, text, speaker), source)


def _counts(facts: PeriodFacts) -> Iterator[Item]:
    said, silent = tasks_with_progress(facts)
    every = f"{len(facts.plan.tasks)}项任务中，{len(said)}项报送了进展，{len(silent)}项没有"
    unasked = len(facts.plan.tasks) - len(said) - len(silent)
    every += f"，{unasked}项没有要求填报。" if unasked else "。"
    yield _item(tracked.states(facts) or every, _LEDGER)
    if due := tracked.deadlines(facts):
        yield _item(due, _PLAN)


def _states(facts: PeriodFacts) -> Chart | None:
    """Return the tasks by state, closed ones apart, None where none is said or asked for."""
    found = Counter(tracked.state_of(facts, task) for task in facts.plan.tasks)
    asks = facts.plan.settings.asks_state(facts.period)
    if not found.keys() - {UNKNOWN, tracked.NO_STATE} or (found[tracked.NO_STATE] and not asks):
        return None
    closed = [CLOSED] if found[CLOSED] else []
    order = (*closed, *(one.value for one in reversed(ORDER)), UNKNOWN)
    return Chart(
        title=f"{facts.period.label}任务完成状态（单位：项）",
        categories=order,
        series=(("任务数", tuple(found[one] for one in order)),),
    )


def _open_tasks(facts: PeriodFacts) -> Slide:
    items = tuple(_behind(facts))
    if not items:
        return Slide("滞后的任务", _only("没有滞后的任务。"))
    return Slide(name_of_open_tasks(facts), items)


def _behind(facts: PeriodFacts) -> Iterator[Item]:
    """Yield the tasks that are behind, each with why, or what was done, as its lead says.

    They are those of the summary, each with the leads that say so, and so are those without
    progress.
    """
    for task, heard, _ in tracked.lagging(facts):
        where = _LEDGER
        text = f"{unused_in_words(facts, heard) if heard.unused else NO_PROGRESS}。"
        for one in said_by_leads(facts, task):
            if one.unit == heard.unit:
                part = Part.PROBLEMS if says_something(one.parts.problems) else Part.PROGRESS
                text, where = one.words(part) or f"{NO_PROGRESS}。", source(one.of(part), part)
        who = f"{heard.unit}，{heard.entry.state.strip()}"
        head = f"{numbered(facts.plan, [task])}　{goal_of(task)}（{who}）："
        yield _item(text, where, head)
    for text in silent_tasks(facts):
        yield _item(text, _LEDGER)


def _no_more_problems(facts: PeriodFacts, who: str) -> str:
    told = f"都见“{name_of_open_tasks(facts)}”" if told_by_leads(facts, Part.PROBLEMS) else ""
    return f"{who}反映的问题{told}。" if told else f"{who}没有反映问题。"


def _problems(facts: PeriodFacts) -> Iterator[Item]:
    """Yield the problems that the leads name: why a task is behind stands with that already."""
    behind = {(one.unit, task.key) for task, one, _ in tracked.lagging(facts)}
    for told in told_by_leads(facts, Part.PROBLEMS):
        if not {(told.unit, task.key) for task in told.tasks} <= behind:
            yield _own_words(facts, told, Part.PROBLEMS)
    for text in tracked.passed(facts):
        yield _item(text, _PLAN)


def _next_steps(facts: PeriodFacts) -> Iterator[Item]:
    for told in told_by_leads(facts, Part.NEXT_STEPS):
        yield _own_words(facts, told, Part.NEXT_STEPS)
    if text := tracked.coming(facts):
        yield _item(text, _PLAN)


def _own_words(facts: PeriodFacts, one: Told, part: Part) -> Item:
    numbers, noted = one.numbers(facts.plan), one.name != one.unit
    head = f"{one.name[:-1]}，{numbers}）：" if noted else f"{one.name}（{numbers}）："
    return _item(one.text, "\n".join(source(heard, part) for heard in one.heard), head)
