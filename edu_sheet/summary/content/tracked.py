"""What is tracked beside the texts: 红黄绿 and 时限节点, as sentences. Pure."""

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.rules.deadlines import Due, due_soon
from edu_sheet.rules.lights import UNKNOWN, counts, light_of, of_plan
from edu_sheet.summary.content.leads import light
from edu_sheet.summary.content.wording import listed, numbered, printable
from edu_sheet.words.plan import Light, Role, Task


def lights(facts: PeriodFacts) -> str:
    """Return the counts of tasks by their lead units' state; "" where none was asked for."""
    if not facts.plan.settings.asks_state(facts.period):
        return ""
    total = counts(of_plan(facts.plan, facts.voices))[-1]
    return f"按牵头单位填报的完成状态统计：{total.sentence}。" if total.tasks else ""


def states(facts: PeriodFacts) -> str:
    """Return the counts of tasks by state, those that are behind by number; "" if none has one."""
    if not facts.plan.settings.asks_state(facts.period):
        return ""
    found: dict[Light | None, list[str]] = {}
    for task in facts.plan.tasks:
        found.setdefault(light(facts, task), []).append(task.shown)
    if not {*found} - {None}:
        return ""
    told = [
        f"{state.value if state else UNKNOWN}{len(numbers)}项"
        + (f"（{numbered(numbers)}）" if state in _NAMED else "")
        for state in (Light.DONE, Light.UNDER_WAY, Light.BEHIND, Light.NOT_STARTED, None)
        if (numbers := found.get(state))
    ]
    return f"{len(facts.plan.tasks)}项任务中，{'、'.join(told)}。"


_NAMED = (Light.BEHIND, Light.NOT_STARTED, None)


def deadlines(facts: PeriodFacts) -> str:
    """Return how many deadlines have passed, and how many are near; "" where there are none."""
    due = due_soon(facts.plan, facts.period)
    gone = [one for one in due if one.passed]
    done = sum(bool(_leads_saying(facts, one.task, Light.DONE)) for one in gone)
    texts = []
    if gone:
        rest = len(gone) - done
        met = "、".join(
            f"{said}{count}项" for said, count in (("填报已完成", done), ("待核实", rest)) if count
        )
        texts.append(f"已到期的时限节点{len(gone)}项，{met}")
    if near := len(due) - len(gone):
        texts.append(f"今后三个月到期{near}项")
    return f"{'；'.join(texts)}。" if texts else ""


def behind(facts: PeriodFacts) -> list[str]:
    """Name the tasks that their lead units report as behind."""
    by_lead: dict[str, list[str]] = {}
    for task in facts.plan.tasks:
        for unit in _leads_saying(facts, task, Light.BEHIND):
            by_lead.setdefault(unit, []).append(task.shown)
    if not by_lead:
        return []
    tasks = {number for numbers in by_lead.values() for number in numbers}
    named = "；".join(f"{unit}（{numbered(numbers)}）" for unit, numbers in by_lead.items())
    return [f"牵头单位填报为滞后的任务{len(tasks)}项：{named}。"]


def passed(facts: PeriodFacts) -> list[str]:
    """Name the deadlines that have passed, by lead units; not those of tasks that are done."""
    due = [
        one
        for one in due_soon(facts.plan, facts.period)
        if one.passed and not _leads_saying(facts, one.task, Light.DONE)
    ]
    if not due:
        return []
    return [
        f"已到期的时限节点{len(due)}项，请{_whom(due)}核实完成情况。",
        *(f"{said}。" for said in _by_leads(due)),
    ]


def coming(facts: PeriodFacts) -> str:
    """Name the deadlines of the three months to come, "" where there is none."""
    due = [one for one in due_soon(facts.plan, facts.period) if not one.passed]
    if not due:
        return ""
    named = "。".join(_by_leads(due))
    return f"今后三个月到期的时限节点{len(due)}项，请{_whom(due)}按期完成。{named}。"


def _whom(due: list[Due]) -> str:
    return "牵头单位" if any(one.task.leads for one in due) else "责任单位"


def _by_leads(due: list[Due]) -> list[str]:
    """Return what is due, one text for the units that lead the same tasks."""
    by_leads: dict[tuple[str, ...], list[Due]] = {}
    for one in due:
        by_leads.setdefault(one.task.answering, []).append(one)
    return [f"{listed(leads)}：{_named(some)}" for leads, some in by_leads.items()]


def _named(due: list[Due]) -> str:
    return "；".join(
        f"{printable(one.deadline.words)}"
        f"（序号{one.task.shown}{one.deadline.item}，{chinese_date(one.day)}）"
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
