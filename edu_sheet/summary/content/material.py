"""书面材料: a lead unit's own material of a quarter, for its head to approve. Pure."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from enum import StrEnum

from edu_sheet.facts.period import NO_PROGRESS, REPORTED, PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.rules.closings import CLOSED, closed_tasks
from edu_sheet.rules.lights import UNKNOWN, of_task
from edu_sheet.rules.progress import answers, progress_of
from edu_sheet.summary.content.content import Content, Kind, Paragraph
from edu_sheet.summary.content.heading import pattern_title, section
from edu_sheet.summary.content.in_short import by_lead
from edu_sheet.summary.content.leads import month_before, noted
from edu_sheet.summary.content.told import task_progress
from edu_sheet.summary.content.tracked import NO_STATE, states_in_words
from edu_sheet.summary.content.wording import (
    listed,
    month_names,
    numbered,
    percent,
    printable,
)
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Quarter
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.returns import Approval, Came, State, UnitStatus, Verdict


def material_content(facts: PeriodFacts, unit: str) -> Content:
    """Return a lead unit's material of the quarter, with a place to sign.

    EduSheetError if the unit leads no task.
    """
    led = led_tasks(facts, unit)
    if not led:
        raise EduSheetError(
            f"“{unit}”没有牵头的任务", f"请写牵头单位的名称：{listed(_lead_units(facts))}。"
        )
    called = _called(led)
    own = replace(facts, plan=replace(facts.plan, tasks=led, numbered_among=facts.plan.tasks))
    return Content(
        name=f"{unit}{facts.period.label}书面材料",
        period=facts.period.label,
        title=pattern_title(facts, printable(unit), f"{called}落实情况的报告"),
        addressee=printable(facts.plan.settings.issuer),
        body=(
            *section(1, "总体情况", _overall(own, unit)),
            *section(2, f"{called}进展情况", task_progress(own, by_leads=False, months=False)),
            *section(3, "存在问题", _problems(own, unit)),
            *section(4, "下一步打算", _plans(own, unit)),
            *section(5, "审定意见", _approval(facts, unit)),
        ),
        issuer=printable(unit),
    )


def _called(tasks: Sequence[Task]) -> str:
    """Return what a unit's tasks are called: it may lead none, where the plan names no leads."""
    return "牵头任务" if any(task.leads for task in tasks) else "任务"


def led_tasks(facts: PeriodFacts, unit: str) -> tuple[Task, ...]:
    """Return the tasks that a unit leads, by itself or as a member of a group."""
    roster = facts.plan.roster
    return tuple(
        task
        for task in facts.plan.tasks
        if any(unit == name or unit in roster.reporters(name) for name in task.answering)
    )


def _lead_units(facts: PeriodFacts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for task in facts.plan.tasks for name in task.answering))


def _overall(facts: PeriodFacts, unit: str) -> tuple[Paragraph, ...]:
    """Return how many tasks the unit leads, and of how many it reported progress itself."""
    tasks, plan = facts.plan.tasks, facts.plan
    filed = {kind: list[Task]() for kind in _Filed}
    for task in tasks:
        filed[_filed(facts, unit, task)].append(task)
    own = len(filed.pop(_Filed.ASKED))
    said = f"填报了{own}项任务的进展，占{percent(own, len(tasks))}"
    if not own and not filed[_Filed.PARTLY]:
        said = _without_own(facts, unit)
    if len(filed[_Filed.SILENT]) == len(tasks):
        said, filed = "没有填报任务的进展", {}
    rest = "".join(
        f"；{len(some)}项{kind}（{numbered(plan, some)}）" for kind, some in filed.items() if some
    )
    return (
        Paragraph(
            Kind.BODY,
            f"《{printable(plan.settings.title)}》中，{unit}{_duties(plan, tasks)}。"
            f"{facts.period.label}，{unit}{said}{rest}。"
            f"{_awaited(facts, unit)}{_states(facts, unit)}",
        ),
    )


def _without_own(facts: PeriodFacts, unit: str) -> str:
    """Return why a unit has no progress of the quarter itself: what it sent, as a predicate.

    Of a group the members may have sent different things: then only that there is no progress.
    """
    lines = [facts.line_of(facts.period, one) for one in members_of(facts, unit)]
    why = {_sent(line) for line in lines if line}
    return why.pop() if len(why) == 1 else NO_PROGRESS


def _sent(line: UnitStatus) -> str:
    if line.state is State.ATTENTION:
        return "报送的季度材料待核实"
    if line.state is not State.MISSING:
        return NO_PROGRESS
    return {Came.BLANK: "报送的季度填报表是空表", Came.REJECTED: "报送的季度材料没有采用"}.get(
        line.came or Came.WAITING, "没有报送季度材料"
    )


def _awaited(facts: PeriodFacts, unit: str) -> str:
    """Return for which of the tasks a file of the unit itself waits; "" where none does.

    What it says of progress, problems and next steps nobody has taken in.
    """
    members = members_of(facts, unit)
    waits = [task for task in facts.plan.tasks if any(facts.awaits(one, task) for one in members)]
    if not waits:
        return ""
    return f"{unit}有报送件待核实（{numbered(facts.plan, waits)}），所报内容还没有采用。"


def _states(facts: PeriodFacts, unit: str) -> str:
    """Return how the tasks stand by what the unit itself filled in, in a sentence; "" for nothing.

    Of a group's members the worst is heard.
    """
    members = members_of(facts, unit)
    closed = closed_tasks(facts.plan, facts.period)
    found: dict[str, list[Task]] = {}
    for task in facts.plan.tasks if facts.plan.settings.asks_state(facts.period) else ():
        own = [one for one in facts.voices.get(task.key, ()) if one.unit in members]
        said = of_task(task, own)
        none = NO_STATE if facts.unasked(task) else UNKNOWN
        state = CLOSED if task.key in closed else said.value if said else none
        found.setdefault(state, []).append(task)
    told = states_in_words(facts, found) if {*found} - {CLOSED} else ""
    return f"任务完成状态（按{unit}填报）：{told}。" if told else ""


def _duties(plan: Plan, tasks: Sequence[Task]) -> str:
    """Return how many of its tasks a unit leads, and how many nobody does."""
    led = [task for task in tasks if task.leads]
    rest = [task for task in tasks if not task.leads]
    told = (("牵头任务", led), ("承担没有设牵头单位的任务" if led else "承担任务", rest))
    return "，".join(
        f"{what}{len(some)}项（{numbered(plan, some)}）" for what, some in told if some
    )


class _Filed(StrEnum):
    """What a unit itself, or each of a group's members, reported of a task; of how many, the words.

    In this order the paper tells of them.
    """

    ASKED = "填报了进展"  # in what the period asked for
    PARTLY = "只有部分成员单位填报"
    MONTHLY = "按其各月报送的内容整理"
    CLOSED = "已办结"  # without any
    UNASKED = "没有要求填报"
    SILENT = "没有填报进展"


def _filed(facts: PeriodFacts, unit: str, task: Task) -> _Filed:
    members = members_of(facts, unit)
    asked = {line.unit for line in facts.statuses.get(facts.period, ())}
    own = [one for one in facts.on(task) if one.unit in members and answers(task, one)]
    told = [said for one in own if (said := progress_of(one)) and said.returned]
    told += [one for one in facts.unused(task) if one.unit in members]
    now = [one for one in told if one.entry.period == facts.period or one.unit not in asked]
    owed = {one for one in members if facts.was_asked_of(one, task)}
    if now:
        missing = owed - {one.unit for one in now}
        return _Filed.PARTLY if missing and len(members) > 1 else _Filed.ASKED
    if told:
        return _Filed.MONTHLY
    if task.key in closed_tasks(facts.plan, facts.period):
        return _Filed.CLOSED
    return _Filed.SILENT if owed else _Filed.UNASKED


def members_of(facts: PeriodFacts, unit: str) -> Set[str]:
    """Return who reports as a unit: itself, or a group's members."""
    return {*facts.plan.roster.reporters(unit)} or {unit}


def _problems(facts: PeriodFacts, unit: str) -> tuple[Paragraph, ...]:
    """Return the unit's own problems, then who owes progress, or, where that is said, nobody."""
    own = _of_unit(facts, unit, Part.PROBLEMS)
    owed = tuple(Paragraph(Kind.BODY, text) for text in _owed(facts))
    if owed and not own and _awaited(facts, unit):
        return (Paragraph(Kind.BODY, _none(facts, unit, "存在问题")), *owed)
    if owed or (own and not _all_closed(facts)):
        return (*own, *owed)
    none = "" if own else _none(facts, unit, "存在问题")
    return (*own, Paragraph(Kind.BODY, f"{none}{_nobody_owes(facts)}"))


def _owed(facts: PeriodFacts) -> list[str]:
    """Name who has reported nothing in the quarter, and whose text is not used, on which tasks.

    A problem or a plan alone of who answers for a task is no progress.
    """
    found: dict[str, list[Task]] = {}
    closed = closed_tasks(facts.plan, facts.period)
    for task in (one for one in facts.plan.tasks if one.key not in closed):
        for what, units in _owed_on(facts, task):
            if units:
                said = f"{what}的单位{len(units)}个：{listed(units)}。"
                found.setdefault(said, []).append(task)
    return [f"{numbered(facts.plan, tasks, called='任务')}{said}" for said, tasks in found.items()]


def _owed_on(facts: PeriodFacts, task: Task) -> Iterator[tuple[str, list[str]]]:
    """Yield of a task each thing that its units can owe, and who does."""
    spoken = {one.unit for one in facts.on(task)}
    unused = {one.unit: noted(month_before(facts, one)) for one in facts.unused(task)}
    spoken.update(unused)
    asked = [unit for unit in facts.plan.reporters(task) if facts.was_asked_of(unit, task)]
    waits = [unit for unit in asked if facts.awaits(unit, task)]
    rest = [unit for unit in asked if unit not in spoken and unit not in waits]
    of = {unit: facts.came_of(unit, task) for unit in rest}
    none = [unit for unit, how in of.items() if how not in (REPORTED, NO_PROGRESS)]
    yield "未报送", [f"{unit}（{of[unit]}）" if of[unit] else unit for unit in none]
    yield "报送件待核实", [f"{unit}{_months_waiting(facts, unit, task)}" for unit in waits]
    came = [f"{unit}（{how}）" for unit, how in of.items() if unit not in none]
    yield "有报送、没有该项进展", came
    without = [one.unit for one in facts.on(task) if not one.former and not progress_of(one)]
    yield NO_PROGRESS, without
    yield "已报送、汇总时未采用", [f"{unit}{month}" for unit, month in unused.items()]


def _months_waiting(facts: PeriodFacts, unit: str, task: Task) -> str:
    """Return of which months a unit's file waits, （7月）: it may have told of others."""
    months = facts.period.months if isinstance(facts.period, Quarter) else ()
    lines = {one: facts.line_of(one, unit) for one in months if facts.asked_in(one, unit, task)}
    found = [one for one, line in lines.items() if line and line.state is State.ATTENTION]
    return noted(month_names(found))


def _all_closed(facts: PeriodFacts) -> bool:
    return {task.key for task in facts.plan.tasks} <= {*closed_tasks(facts.plan, facts.period)}


def _nobody_owes(facts: PeriodFacts) -> str:
    """Return that nobody owes progress: of what is closed nobody did."""
    if _all_closed(facts):
        led = any(task.leads for task in facts.plan.tasks)
        return f"{'牵头的' if led else ''}任务均已办结，不再要求报送进展。"
    closed = closed_tasks(facts.plan, facts.period)
    apart = ["已办结"] * any(task.key in closed for task in facts.plan.tasks)
    apart += ["没有要求填报"] * any(map(facts.unasked, facts.plan.tasks))
    besides = f"除{'、'.join(apart)}的任务外，" if apart else ""
    of_which = f"{besides}{_called(facts.plan.tasks)}"
    return f"{of_which}的各单位本季度都报送过进展。"


def _plans(facts: PeriodFacts, unit: str) -> tuple[Paragraph, ...]:
    """Return what the unit itself will do, or that it says nothing of that."""
    own = _of_unit(facts, unit, Part.NEXT_STEPS)
    return own or (Paragraph(Kind.BODY, _none(facts, unit, "下一步打算")),)


def _none(facts: PeriodFacts, unit: str, what: str) -> str:
    """Return that a unit filled in nothing of a part: as far as is known, where a file waits."""
    if _awaited(facts, unit):
        return f"报送件待核实，其中的{what}还没有采用。"
    why = _without_own(facts, unit)
    return f"{'本季度' if why == NO_PROGRESS else f'{why}，'}没有填写{what}。"


def _of_unit(facts: PeriodFacts, unit: str, part: Part) -> tuple[Paragraph, ...]:
    """Return what a unit itself says in a part, without its name: the whole document is its own.

    The members of a group are named.
    """
    members = members_of(facts, unit)
    told = by_lead(facts, part, members)
    return told if members != {unit} else tuple(Paragraph(one.kind, one.text) for one in told)


def _approval(facts: PeriodFacts, unit: str) -> tuple[Paragraph, ...]:
    """Return who filled in, as the unit said, and the place where its head signs."""
    returns = [
        one
        for one in facts.submissions
        if one.unit == unit and one.period == facts.period and one.verdict is Verdict.ACCEPTED
    ]
    newest = max(returns, key=lambda one: (one.received_at, one.id), default=None)
    told = (newest.approval if newest else None) or Approval()
    blank = "　" * 8
    return tuple(
        Paragraph(Kind.FIELD, text)
        for text in (
            f"填报人：{printable(told.filled_by) or blank}",
            f"联系电话：{printable(told.telephone) or blank}",
            f"审定人（主要领导）：{printable(told.approved_by) or blank}",
            f"签字：{blank}",
            f"审定日期：{printable(told.approved_on) or chinese_date(None)}",
        )
    )
