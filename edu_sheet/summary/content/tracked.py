"""What is tracked beside the texts: 红黄绿 and 时限节点, as sentences. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.rules.closings import CLOSED, closed_tasks
from edu_sheet.rules.deadlines import Due, due_soon
from edu_sheet.rules.lights import UNASKED, UNKNOWN, light_of, of_task
from edu_sheet.rules.progress import Contribution, answers, progress_of
from edu_sheet.summary.content.leads import light
from edu_sheet.summary.content.wording import (
    answering,
    goal_of,
    listed,
    numbered,
    printable,
    short_label,
)
from edu_sheet.words.numerals import ordinal
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Light, Plan, Task


def states(facts: PeriodFacts) -> str:
    """Return the counts of tasks by state, those that are behind by number; "" if none has one.

    What is closed is counted first, whatever its leads say of it.
    """
    found: dict[str, list[Task]] = {}
    for task in facts.plan.tasks:
        found.setdefault(state_of(facts, task), []).append(task)
    told = states_in_words(facts, found)
    return f"{len(facts.plan.tasks)}项任务中，{told}。" if told else ""


def states_in_words(facts: PeriodFacts, found: Mapping[str, Sequence[Task]]) -> str:
    """Return how many tasks stand in each state: 已完成1项、滞后1项（序号6）; "" for none."""
    if not {*found} - {UNKNOWN, NO_STATE}:
        return ""
    asks = facts.plan.settings.asks_state(facts.period)
    apart = [(UNASKED, found.get(NO_STATE))] if asks else []
    return "、".join(
        f"{said}{len(tasks)}项" + (f"（{numbered(facts.plan, tasks)}）" if named else "")
        for said, tasks in (*((one, found.get(one)) for one in (*_STATES, UNKNOWN)), *apart)
        if tasks
        for named in [said in _NAMED or (said, tasks) in apart]
    )


def state_of(facts: PeriodFacts, task: Task) -> str:
    """Return how a task stands, as it is printed: closed, else as its leads say; 未填 if none says.

    Where the forms of the period do not ask for it that is a dash: nobody left it out. So it is
    of a task that nobody was asked for.
    """
    if task.key in closed_tasks(facts.plan, facts.period):
        return CLOSED
    if not facts.plan.settings.asks_state(facts.period) or facts.unasked(task):
        return NO_STATE
    said = light(facts, task)
    return said.value if said else UNKNOWN


NO_STATE = "—"  # of a task that is open, where no form asks how it stands, or for the task
_BEGINS = ("启动", "开工")  # what is due by then is not the task itself
_STATES = (
    CLOSED,
    *(one.value for one in (Light.DONE, Light.UNDER_WAY, Light.BEHIND, Light.NOT_STARTED)),
)
_NAMED = (Light.BEHIND.value, Light.NOT_STARTED.value, UNKNOWN)


def deadlines(facts: PeriodFacts, *, named: bool = False) -> str:
    """Return how many deadlines have passed, met or not, and how many are near; "" for none.

    Those that are open are `named` by lead unit and number alone, if that is wanted.
    """
    due = due_soon(facts.plan, facts.period, facts.today)
    texts = []
    if gone := [one for one in due if one.passed]:
        told = f"{len(gone)}项，{_met(facts, gone)}"
        more = _open_ones(facts.plan, overdue(facts))
        texts.append(f"已到期{told}{more}" if named else f"已到期的时限节点{told}")
    if near := [one for one in due if one.coming]:
        awaited = [one for one in near if not called_done(facts, one)]
        more = _open_ones(facts.plan, awaited) if named else ""
        texts.append(f"今后三个月到期{len(near)}项{_done_before(near, awaited)}{more}")
    return f"{('。' if named else '；').join(texts)}。" if texts else ""


def _met(facts: PeriodFacts, gone: list[Due]) -> str:
    """Return how many of the deadlines that have passed were met, as far as that is known."""
    closed = [one.closing.on > one.day for one in gone if one.closing]
    done = sum(called_done(facts, one) for one in gone)
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
    """Name the open tasks that those who answer for them last called behind, or not begun.

    Of a period that asks for it in one sentence: who said so in another period than the rest, with
    that period; who called a task not begun that another calls behind, with what it called it.
    """
    asks = facts.plan.settings.asks_state(facts.period)
    found: dict[tuple[Light, Period], dict[tuple[str, Period, Light], list[Task]]] = {}
    for task, one, how in lagging(facts):
        own, said_in = light_of(one.entry.state) or how, one.stated_in
        by_unit = found.setdefault((how, facts.period if asks else said_in), {})
        by_unit.setdefault((one.unit, said_in, own), []).append(task)
    texts = []
    for (how, period), by_unit in sorted(found.items(), key=lambda one: LAGGING.index(one[0][0])):
        tasks = {task.key: task for some in by_unit.values() for task in some}
        mixed = len({said_in for _, said_in, _ in by_unit}) > 1
        named = "；".join(
            f"{unit}（{numbered(facts.plan, some)}{f'，{said}' if said else ''}）"
            for (unit, said_in, own), some in by_unit.items()
            for apart in [f"{called(facts, said_in)}填报" if mixed and said_in != period else ""]
            for said in [f"{apart or '填报'}为{own.value}" if own is not how else apart]
        )
        when = "" if asks else called(facts, period)
        told = f"{answering(tasks.values())}{when}填报为{how.value}"
        texts.append(f"{told}的任务{len(tasks)}项：{named}。")
    return texts


LAGGING = (Light.BEHIND, Light.NOT_STARTED)


def lagging(facts: PeriodFacts) -> Iterator[tuple[Task, Contribution, Light]]:
    """Yield the open tasks that stand as behind or not begun, each with all who call it either.

    With each how the task stands: the worst that is said of it.
    """
    closed = closed_tasks(facts.plan, facts.period)
    for task in (one for one in facts.plan.tasks if one.key not in closed):
        said = _said(facts, task)
        stands = of_task(task, said)
        for one in said:
            if stands and light_of(one.entry.state) in LAGGING:
                yield task, one, stands


def _said(facts: PeriodFacts, task: Task) -> list[Contribution]:
    """Return who answers for a task, with the state that each gave it for the period."""
    asked = facts.plan.settings.asks_state(facts.period)
    said = (facts.voices if asked else facts.last_states).get(task.key, ())
    return [one for one in said if answers(task, one) and not one.former]


def said_since(facts: PeriodFacts, task: Task, unit: str) -> Contribution | None:
    """Return what a unit that answers for a task last said of how it stands, after the period."""
    later = (one for one in facts.later.get(task.key, ()) if one.unit == unit)
    return next((one for one in later if one.entry.state and answers(task, one)), None)


def _last_said(facts: PeriodFacts, task: Task) -> list[Contribution]:
    """Return who answers for a task, with the state that each last gave it."""
    newest = dict[str, Contribution]()
    for one in (
        *(one for one in facts.later.get(task.key, ()) if one.entry.state),
        *_said(facts, task),
    ):
        if answers(task, one) and not one.former:
            newest.setdefault(one.unit, one)
    return [*newest.values()]


def without_progress(facts: PeriodFacts) -> Iterator[tuple[Task, Contribution]]:
    """Yield the open tasks of which a unit reported, but no progress: 无, as if left blank.

    Not who called its task behind, not begun or done, nor who has told since, nor of whom a file
    waits that may tell.
    """
    behind = {(task.key, one.unit) for task, one, _ in lagging(facts)}
    closed = closed_tasks(facts.plan, facts.period)
    for task in (one for one in facts.plan.tasks if one.key not in closed):
        since = told_since(facts, task)
        for one in facts.on(task):
            own = not one.former and one.entry.period == facts.period
            if not own or (task.key, one.unit) in behind or progress_of(one) or one.unit in since:
                continue
            if not facts.awaits(one.unit, task) and not calls_done(facts, task, one.unit):
                yield task, one


def told_since(facts: PeriodFacts, task: Task) -> set[str]:
    """Return the units that have told of a task's progress in a later period."""
    return {one.unit for one in facts.later.get(task.key, ()) if progress_of(one)}


def called(facts: PeriodFacts, period: Period) -> str:
    """Return a period's label, without its year where that is the paper's."""
    same = period.last.year == facts.period.last.year
    return short_label(period) if same else period.label


def passed(facts: PeriodFacts) -> list[str]:
    """Name the deadlines that have passed, by lead units; not those that are closed or done."""
    due = overdue(facts)
    if not due:
        return []
    who = answering(one.task for one in due)
    apart = len({one.day for one in due}) > 1 or len(due) == 1
    opening = (
        f"已到期的节点中待核实的{len(due)}项，请{who}核实完成情况。"
        if apart
        else f"待核实的{len(due)}项均于{chinese_date(due[0].day)}到期，请{who}核实。"
    )
    return [opening, *(f"{said}。" for said in _by_leads(facts.plan, due, dated=apart))]


def coming(facts: PeriodFacts) -> str:
    """Name the deadlines of the three months to come, "" where there is none."""
    near = [one for one in due_soon(facts.plan, facts.period, facts.today) if one.coming]
    due = [one for one in near if not called_done(facts, one)]
    if not due:
        return f"今后三个月到期的时限节点{len(near)}项，都已填报已完成。" if near else ""
    named = "。".join(_by_leads(facts.plan, due))
    who = answering(one.task for one in due)
    some = f"{len(near)}项{_done_before(near, due)}"
    return f"今后三个月到期的时限节点{some}，请{who}按期完成。{named}。"


def _done_before(near: Sequence[Due], awaited: Sequence[Due]) -> str:
    """Return how many of the deadlines to come are called done already, "" for none."""
    done = len(near) - len(awaited)
    return f"（填报已完成{done}项）" if done else ""


def _by_number(plan: Plan, due: list[Due]) -> str:
    place = {task.key: at for at, task in enumerate(plan.tasks)}
    by_leads = {listed(one.task.answering): list[str]() for one in due}  # who is due first
    for one in sorted(due, key=lambda one: (place[one.task.key], one.deadline.item)):
        number = f"{numbered(plan, [one.task])}{one.deadline.item}"
        by_leads[listed(one.task.answering)].append(number)
    return "；".join(f"{leads}（{_once(some)}）" for leads, some in by_leads.items())


def _once(numbers: list[str]) -> str:
    """Return numbers in a row, 序号 once where no part of the plan stands between.

    One that several deadlines bear stands once, with how many: 23①两处.
    """
    counted = [
        number + (f"{'两' if times == 2 else ordinal(times)}处" if times > 1 else "")
        for number, times in Counter(numbers).items()
    ]
    plain = [number.removeprefix("序号") for number in counted]
    alike = all(number.startswith("序号") for number in counted)
    return f"序号{'、'.join(plain)}" if alike else "、".join(counted)


def overdue(facts: PeriodFacts) -> list[Due]:
    """Return the deadlines that have passed, are open, and whose task no lead calls done."""
    due = due_soon(facts.plan, facts.period, facts.today)
    return [one for one in due if one.missed and not called_done(facts, one)]


def called_done(facts: PeriodFacts, due: Due) -> bool:
    """Return whether a deadline is open, though a lead says that its task is done."""
    said = of_task(due.task, _last_said(facts, due.task))
    return due.closing is None and said is Light.DONE


def calls_done(facts: PeriodFacts, task: Task, unit: str) -> bool:
    """Return whether a unit that answers for a task last said itself that it is done."""
    own = (one.entry.state for one in _last_said(facts, task) if one.unit == unit)
    return any(light_of(state) is Light.DONE for state in own)


def _by_leads(plan: Plan, due: list[Due], *, dated: bool = True) -> list[str]:
    """Return what is due, one text for the units that lead the same tasks, `dated` if wanted."""
    by_leads: dict[tuple[str, ...], list[Due]] = {}
    for one in due:
        by_leads.setdefault(one.task.answering, []).append(one)
    return [
        f"{listed(leads)}：{_named(plan, some, dated=dated)}" for leads, some in by_leads.items()
    ]


def matter_of(due: Due) -> str:
    """Return what is due: the deadline's words; the task's goal where they say only when.

    So they do in a plan's own column: 2022年12月31日, 每月.
    """
    from edu_sheet.plan.workbook.requirements import says_only_when  # where anything is due

    words = due.deadline.words
    begins = any(said in words for said in _BEGINS)
    return goal_of(due.task) if says_only_when(words) and not begins else printable(words)


def _named(plan: Plan, due: list[Due], *, dated: bool) -> str:
    return "；".join(
        f"{matter_of(one)}（{numbered(plan, [one.task])}{one.deadline.item}"
        f"{f'，{chinese_date(one.day)}' if dated else ''}）"
        for one in due
    )
