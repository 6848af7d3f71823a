"""What is tracked beside the texts: 红黄绿 and 时限节点, as sentences. Pure."""

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.rules.closings import CLOSED, closed_tasks
from edu_sheet.rules.deadlines import Due, due_soon
from edu_sheet.rules.lights import UNKNOWN, light_of
from edu_sheet.summary.content.leads import light
from edu_sheet.summary.content.wording import answering, listed, numbered, printable
from edu_sheet.words.plan import Light, Plan, Role, Task


def states(facts: PeriodFacts) -> str:
    """Return the counts of tasks by state, those that are behind by number; "" if none has one.

    What is closed is counted first, whatever its leads say of it.
    """
    asked = facts.plan.settings.asks_state(facts.period)
    found: dict[str, list[Task]] = {}
    for task in facts.plan.tasks:
        found.setdefault(state_of(facts, task), []).append(task)
    if not {*found} - {UNKNOWN}:
        return ""
    told = [
        f"{state}{len(tasks)}项" + (f"（{numbered(facts.plan, tasks)}）" if state in _NAMED else "")
        for state in (*_STATES, *([UNKNOWN] if asked else []))
        if (tasks := found.get(state))
    ]
    return f"{len(facts.plan.tasks)}项任务中，{'、'.join(told)}。"


def state_of(facts: PeriodFacts, task: Task) -> str:
    """Return how a task stands, as it is printed: closed, else as its leads say; 未填 if none says.

    Where the forms of the period do not ask for it, nothing is said.
    """
    if task.key in closed_tasks(facts.plan, facts.period):
        return CLOSED
    asked = facts.plan.settings.asks_state(facts.period)
    said = light(facts, task) if asked else None
    return said.value if said else UNKNOWN


_STATES = (
    CLOSED,
    *(one.value for one in (Light.DONE, Light.UNDER_WAY, Light.BEHIND, Light.NOT_STARTED)),
)
_NAMED = (Light.BEHIND.value, Light.NOT_STARTED.value, UNKNOWN)


def deadlines(facts: PeriodFacts, *, named: bool = False) -> str:
    """Return how many deadlines have passed, met or not, and how many are near; "" for none.

    Those that are open are `named` by lead unit and number alone, if that is wanted.
    """
    due = due_soon(facts.plan, facts.period)
    texts = []
    if gone := [one for one in due if one.passed]:
        told = f"{len(gone)}项，{_met(facts, gone)}"
        more = _open_ones(facts.plan, overdue(facts))
        texts.append(f"已到期{told}{more}" if named else f"已到期的时限节点{told}")
    if near := [one for one in due if one.coming]:
        texts.append(
            f"今后三个月到期{len(near)}项" + (_open_ones(facts.plan, near) if named else "")
        )
    return f"{('。' if named else '；').join(texts)}。" if texts else ""


def _met(facts: PeriodFacts, gone: list[Due]) -> str:
    """Return how many of the deadlines that have passed were met, as far as that is known."""
    closed = [one.closing.on > one.day for one in gone if one.closing]
    done = sum(_done(facts, one) for one in gone)
    late = f"（逾期办结{sum(closed)}项）" if any(closed) else ""
    counted = (
        (CLOSED, len(closed), late),
        ("填报已完成", done, ""),
        ("待核实", len(gone) - len(closed) - done, ""),
    )
    return "、".join(f"{said}{count}项{more}" for said, count, more in counted if count)


def _open_ones(plan: Plan, due: list[Due]) -> str:
    return f"：{_by_number(plan, due)}" if due else ""


def behind(facts: PeriodFacts) -> list[str]:
    """Name the tasks that their lead units report as behind."""
    by_lead: dict[str, list[Task]] = {}
    closed = closed_tasks(facts.plan, facts.period)
    for task in (one for one in facts.plan.tasks if one.key not in closed):
        for unit in _leads_saying(facts, task, Light.BEHIND):
            by_lead.setdefault(unit, []).append(task)
    if not by_lead:
        return []
    keys = {task.key for tasks in by_lead.values() for task in tasks}
    named = "；".join(f"{unit}（{numbered(facts.plan, tasks)}）" for unit, tasks in by_lead.items())
    return [f"牵头单位填报为滞后的任务{len(keys)}项：{named}。"]


def passed(facts: PeriodFacts) -> list[str]:
    """Name the deadlines that have passed, by lead units; not those that are closed or done."""
    due = overdue(facts)
    if not due:
        return []
    return [
        f"已到期的时限节点{len(due)}项，请{answering(one.task for one in due)}核实完成情况。",
        *(f"{said}。" for said in _by_leads(facts.plan, due)),
    ]


def coming(facts: PeriodFacts) -> str:
    """Name the deadlines of the three months to come, "" where there is none."""
    due = [one for one in due_soon(facts.plan, facts.period) if one.coming]
    if not due:
        return ""
    named = "。".join(_by_leads(facts.plan, due))
    who = answering(one.task for one in due)
    return f"今后三个月到期的时限节点{len(due)}项，请{who}按期完成。{named}。"


def _by_number(plan: Plan, due: list[Due]) -> str:
    by_leads: dict[str, list[str]] = {}
    for one in due:
        number = f"{numbered(plan, [one.task])}{one.deadline.item}"
        numbers = by_leads.setdefault(listed(one.task.answering), [])
        if number not in numbers:
            numbers.append(number)
    return "；".join(f"{leads}（{_once(some)}）" for leads, some in by_leads.items())


def _once(numbers: list[str]) -> str:
    """Return numbers in a row, 序号 once where no part of the plan stands between."""
    plain = [number.removeprefix("序号") for number in numbers]
    alike = all(number.startswith("序号") for number in numbers)
    return f"序号{'、'.join(plain)}" if alike else "、".join(numbers)


def overdue(facts: PeriodFacts) -> list[Due]:
    """Return the deadlines that have passed, are open, and whose task no lead calls done."""
    due = due_soon(facts.plan, facts.period)
    return [one for one in due if one.missed and not _done(facts, one)]


def _done(facts: PeriodFacts, due: Due) -> bool:
    """Return whether a deadline is open, though a lead says that its task is done."""
    return due.closing is None and bool(_leads_saying(facts, due.task, Light.DONE))


def _by_leads(plan: Plan, due: list[Due]) -> list[str]:
    """Return what is due, one text for the units that lead the same tasks."""
    by_leads: dict[tuple[str, ...], list[Due]] = {}
    for one in due:
        by_leads.setdefault(one.task.answering, []).append(one)
    return [f"{listed(leads)}：{_named(plan, some)}" for leads, some in by_leads.items()]


def _named(plan: Plan, due: list[Due]) -> str:
    return "；".join(
        f"{printable(one.deadline.words)}"
        f"（{numbered(plan, [one.task])}{one.deadline.item}，{chinese_date(one.day)}）"
        for one in due
    )


def _leads_saying(facts: PeriodFacts, task: Task, light: Light) -> list[str]:
    if not facts.plan.settings.asks_state(facts.period):
        return []
    return [
        one.unit
        for one in facts.voices.get(task.key, ())
        if one.role is Role.LEAD and not one.former and light_of(one.entry.state) is light
    ]
