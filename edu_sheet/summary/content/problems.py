"""三、存在问题: the problems that a period's facts show. Pure."""

from collections.abc import Callable, Container, Iterable

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.closings import closed_tasks
from edu_sheet.rules.progress import answers, feeding_periods, progress_of
from edu_sheet.summary.content.content import Kind, Paragraph
from edu_sheet.summary.content.figures import (
    leads_with_progress,
    tasks_with_progress,
    tasks_without_lead,
)
from edu_sheet.summary.content.in_short import by_lead
from edu_sheet.summary.content.tracked import LAGGING, behind, lagging, passed, without_progress
from edu_sheet.summary.content.wording import answering, listed, numbered, printable, short_label
from edu_sheet.words.numerals import ordinal
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Plan, Role, Task
from edu_sheet.words.returns import Came, State, UnitStatus, Verdict
from edu_sheet.words.text import bare

_NONE = "从各单位报送情况看，没有发现未报、迟报、未报全等问题。"


def quarter_problems(facts: PeriodFacts) -> tuple[Paragraph, ...]:
    """Return the problems of a quarter: those that the leads name, what is late, then filing."""
    return _under_headings(
        [
            (f"{answering(facts.plan.tasks)}反映的问题", by_lead(facts, Part.PROBLEMS)),
            _open_tasks(facts),
            ("到期事项核实", _bodies(passed(facts))),
            ("报送情况", _bodies(filing_problems(facts))),
        ]
    )


def _open_tasks(facts: PeriodFacts) -> tuple[str, tuple[Paragraph, ...]]:
    """Return the tasks that do not move, under a heading that names the kinds there are."""
    return name_of_open_tasks(facts), _bodies([*behind(facts), *silent_tasks(facts)])


def name_of_open_tasks(facts: PeriodFacts) -> str:
    """Return what the tasks that do not move are called: by the kinds that there are."""
    stand = {how for _, _, how in lagging(facts)}
    kinds = ["没有进展"] * bool(silent_tasks(facts))
    kinds += [how.value for how in reversed(LAGGING) if how in stand]
    return f"{listed(kinds)}的任务"


def filing_problems(facts: PeriodFacts) -> list[str]:
    """Return what is wrong with what units handed in, or did not, period by period."""
    return [text for find in _OF_FILING for text in find(facts)]


def _bodies(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(Kind.BODY, text) for text in texts)


def _under_headings(found: Iterable[tuple[str, tuple[Paragraph, ...]]]) -> tuple[Paragraph, ...]:
    body: list[Paragraph] = []
    for number, (heading, texts) in enumerate([one for one in found if one[1]], 1):
        body += (Paragraph(Kind.HEADING2, f"（{ordinal(number)}）{heading}"), *texts)
    return tuple(body) or (Paragraph(Kind.BODY, _NONE),)


def _by_period(
    facts: PeriodFacts,
    what: str,
    wanted: Callable[[UnitStatus], bool],
    said: Callable[[UnitStatus], str],
    *,
    owed: bool = False,
) -> list[str]:
    """Return for each period how many units are `wanted`, and which.

    What is `owed` is so of the periods of which the due date is over.
    """
    texts = []
    due = {one: lines for one, lines in facts.statuses.items() if not (owed and facts.runs(one))}
    for period, lines in due.items():
        if names := [said(line) for line in lines if wanted(line)]:
            texts.append(f"{short_label(period)}{what}的单位{len(names)}个：{listed(names)}。")
    return texts


def _missing(facts: PeriodFacts) -> list[str]:
    return _by_period(facts, "未报送", lambda line: line.silent, lambda line: line.unit, owed=True)


def _of_no_use(facts: PeriodFacts) -> list[str]:
    """Name the units that sent something of which nothing could be taken, with what it was."""

    def wanted(line: UnitStatus) -> bool:
        return line.state is State.MISSING and not line.silent

    return _by_period(facts, "报送未能采用", wanted, _with_came)


def _with_came(line: UnitStatus) -> str:
    told = line.came not in (None, Came.WAITING)
    return f"{line.unit}（{line.came.label}）" if told and line.came else line.unit


def _late(facts: PeriodFacts) -> list[str]:
    def said(line: UnitStatus) -> str:
        return f"{line.unit}（逾期{line.late_days}天）" if line.late_days else line.unit

    return _by_period(facts, "迟报", lambda line: line.state is State.LATE, said)


def _incomplete(facts: PeriodFacts) -> list[str]:
    return _by_period(
        facts,
        "报送不完整",
        lambda line: line.incomplete,
        lambda line: f"{line.unit}（{line.tasks}项任务缺{line.blank}项）",
        owed=True,
    )


def silent_tasks(facts: PeriodFacts) -> list[str]:
    """Name the open tasks on which nobody reported progress, or no lead, or not each lead."""
    texts = []
    closed = closed_tasks(facts.plan, facts.period)
    open_ones = [one for one in tasks_with_progress(facts)[1] if one.key not in closed]
    waiting = [one for one in open_ones if facts.awaited(one)]
    if silent := [one for one in open_ones if one not in waiting]:
        which = "全部" if len(silent) == len(facts.plan.tasks) else ""
        named = "" if which else f"：{numbered(facts.plan, silent)}"
        texts.append(f"没有收到任何进展的任务{which}{len(silent)}项{named}。")
    if waiting:
        named = numbered(facts.plan, waiting)
        texts.append(f"报送件待核实、还没有进展的任务{len(waiting)}项：{named}。")
    by_lead: dict[str, list[Task]] = {}
    for task in (one for one in tasks_without_lead(facts) if one.key not in closed):
        if owing := [name for name in task.leads if _owes(facts, name, task)]:
            by_lead.setdefault(listed(owing), []).append(task)
    if by_lead:
        texts.append(f"责任单位已报送、牵头单位没有进展的任务：{_by_unit(facts.plan, by_lead)}。")
    if some := _apart(facts, closed):
        who = answering(task for tasks in some.values() for task in tasks)
        texts.append(f"有的{who.removeprefix('各')}没有进展的任务：{_by_unit(facts.plan, some)}。")
    if awaited := _awaited_leads(facts, closed):
        texts.append(f"牵头单位报送件待核实的任务：{_by_unit(facts.plan, awaited)}。")
    return texts


def helpers_without_progress(facts: PeriodFacts) -> list[str]:
    """Name who is responsible for a task beside its leads and reported no progress on it, 无.

    Not of the tasks on which nobody did.
    """
    found: dict[str, list[Task]] = {}
    told = {task.key for task in tasks_with_progress(facts)[0]}
    for task, one in without_progress(facts):
        if task.key in told and not answers(task, one):
            found.setdefault(one.unit, []).append(task)
    return [f"责任单位报来的没有进展的任务：{_by_unit(facts.plan, found)}。"] if found else []


def _owes(facts: PeriodFacts, name: str, task: Task) -> bool:
    """Return whether a unit, or one of a group, was asked for a task, and no file of it waits."""
    return any(
        facts.was_asked_of(unit, task) and not facts.awaits(unit, task)
        for unit in facts.plan.roster.reporters(name)
    )


def _awaited_leads(facts: PeriodFacts, closed: Container[str]) -> dict[str, list[Task]]:
    """Return the leads of which a file waits, with the open tasks on which only others spoke."""
    found: dict[str, list[Task]] = {}
    for task in (one for one in tasks_with_progress(facts)[0] if one.key not in closed):
        spoken = leads_with_progress(facts, task)
        for unit, role in facts.plan.roles(task).items():
            if role is Role.LEAD and unit not in spoken and facts.awaits(unit, task):
                found.setdefault(unit, []).append(task)
    return found


def _apart(facts: PeriodFacts, closed: Container[str]) -> dict[str, list[Task]]:
    """Return who has no progress on an open task on which others that answer for it have some.

    Where nobody leads it, those are meant that sent a form and left 进展成效 empty.
    """
    found: dict[str, list[Task]] = {}
    for task in (one for one in tasks_with_progress(facts)[0] if one.key not in closed):
        spoken = leads_with_progress(facts, task)
        without = [
            unit
            for unit, role in facts.plan.roles(task).items()
            if spoken and role is Role.LEAD and unit not in spoken
            if facts.was_asked_of(unit, task) and not facts.awaits(unit, task)
        ]
        if not task.leads:
            without = [one.unit for one in facts.on(task) if not progress_of(one)]
        for unit in without:
            found.setdefault(unit, []).append(task)
    return found


def _by_unit(plan: Plan, tasks: dict[str, list[Task]]) -> str:
    return "；".join(f"{unit}（{numbered(plan, some)}）" for unit, some in tasks.items())


def _same_as_before(facts: PeriodFacts) -> list[str]:
    if facts.before is None:
        return []
    repeated: dict[str, list[Task]] = {}
    for task in facts.plan.tasks:
        earlier = {one.unit: bare(one.entry.text) for one in facts.before.on(task)}
        for one in facts.on(task):
            if earlier.get(one.unit) == bare(one.entry.text):
                repeated.setdefault(one.unit, []).append(task)
    if not repeated:
        return []
    return [f"报送内容与上季度一字不差的单位{len(repeated)}个：{_by_unit(facts.plan, repeated)}。"]


def _not_approved(facts: PeriodFacts) -> list[str]:
    """Name the lead units whose material of the quarter carries no approval.

    The newest accepted return decides.
    """
    if not isinstance(facts.period, Quarter):
        return []
    approved: dict[str, bool] = {}
    for one in sorted(facts.submissions, key=lambda one: (one.received_at, one.id)):
        if one.verdict is Verdict.ACCEPTED and one.period == facts.period and one.unit:
            signed = one.approval is not None and one.approval.signed
            approved[one.unit] = signed or approved.get(one.unit, False)
    reported = {
        line.unit
        for line in facts.statuses.get(facts.period, [])
        if line.state in {State.RETURNED, State.LATE}
    }
    names = [unit for unit, signed in approved.items() if not signed and unit in reported]
    return (
        [
            f"{short_label(facts.period)}书面材料没有填写审定人的单位{len(names)}个：{listed(names)}。"
        ]
        if names
        else []
    )


def _waiting(facts: PeriodFacts) -> list[str]:
    texts = _by_period(
        facts, "报送件待核实", lambda line: line.state is State.ATTENTION, _with_came
    )
    feeding = feeding_periods(facts.period)
    nobodys = [one for one in facts.unassigned if one.period is None or one.period in feeding]
    known = [one.unit for one in nobodys if one.unit and one.period]
    if unknown := len(nobodys) - len(known):
        texts.append(f"另有{unknown}份待核实的报送件，不能确定单位或期次，尚未采用。")
    if known:
        units = listed([*dict.fromkeys(known)])
        texts.append(f"另有{units}的{len(known)}份报送件待核实，尚未采用，不改变已收的进展。")
    return texts


def _left_out(facts: PeriodFacts) -> list[str]:
    """Name the texts whose task the plan has no more: they are not in the document."""
    by_task: dict[str, list[str]] = {}
    for one in facts.left_out:
        said = f"{one.entry.unit}（{short_label(one.entry.period)}）"
        by_task.setdefault(printable(one.task), []).append(said)
    return [
        f"方案中已没有的任务{task}，{listed(said)}报送的进展没有收入，请核实。"
        for task, said in by_task.items()
    ]


def missing_periods(facts: PeriodFacts) -> dict[str, list[Period]]:
    """Return the units that still owe something, with the periods for which they owe it.

    They are of the plan: nobody asks a unit that was dissolved, or has no task any more.
    """
    owing: dict[str, list[Period]] = {}
    for period, lines in facts.statuses.items():
        asked_now = facts.plan.assignments(period)
        for line in lines:
            if line.unit in asked_now and (line.state is State.MISSING or line.incomplete):
                owing.setdefault(line.unit, []).append(period)
    return owing


_OF_FILING = (
    _missing,
    _of_no_use,
    _late,
    _incomplete,
    _same_as_before,
    _not_approved,
    _waiting,
    _left_out,
)
