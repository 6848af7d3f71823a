"""What the units that answer for a task say of it, by its parts, and who reported beside. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.lights import of_task
from edu_sheet.rules.progress import Contribution, answers
from edu_sheet.summary.content.voice import without_own_name
from edu_sheet.summary.content.wording import paragraphs, short_label
from edu_sheet.words.parts import Part, Parts, parts_of
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Light, Role, Task

_MOST_NAMED = 5  # units that are missing, by name; more are counted


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit that answers for a task says of it."""

    unit: str
    heard: Contribution
    parts: Parts  # as they are printed
    source: str  # （据12月报送）, where it is not the quarter's own text; else ""
    former: str = ""  # 原牵头单位

    @property
    def name(self) -> str:
        """The unit as it is printed before its words."""
        former = f"（{self.former}）" if self.former else ""
        return f"{self.unit}{former}{self.source}"


def said_by_leads(facts: PeriodFacts, task: Task) -> tuple[Said, ...]:
    """Return what the units that answer for a task say of it: its leads, else all of its units."""
    return tuple(_said(facts, one) for one in facts.on(task) if answers(task, one))


def silent_leads(facts: PeriodFacts, task: Task) -> list[str]:
    """Return the units that answer for a task and of which nothing is printed, with what came."""
    spoken = {one.unit for one in facts.on(task)}
    unused = {one.unit for one in facts.unused(task)}
    return [
        f"{unit}（{_instead(facts, unit, unit in unused)}）"
        for unit, role in facts.plan.roles(task).items()
        if unit not in spoken and (role is Role.LEAD or not task.leads)
    ]


def _instead(facts: PeriodFacts, unit: str, unused: bool) -> str:
    if unused:
        return "已报送，汇总时未采用"
    came = facts.came(unit)
    return f"{came}，没有该项任务的进展" if came else "未报送"


def light(facts: PeriodFacts, task: Task) -> Light | None:
    """Return how a task stands by its leads: the worst of what they say; None if none says."""
    return of_task(task, facts.voices.get(task.key, ()))


def helpers(facts: PeriodFacts, task: Task) -> str:
    """Return in one sentence whether a task's responsible units reported on it; "" if it has none.

    A group is counted as one: 各乡镇党委、政府23个报送22个（未报送：孝坪镇）.
    """
    leads = {unit for unit, role in facts.plan.roles(task).items() if role is Role.LEAD}
    reported = {one.unit for one in (*facts.on(task), *facts.unused(task))}
    if not task.leads:
        return ""
    alone: list[str] = []
    groups: list[tuple[str, list[str]]] = []
    for name in task.responsible:
        units = [unit for unit in facts.plan.roster.reporters(name) if unit not in leads]
        if units == [name]:
            alone.append(name)
        elif units:
            groups.append((name, units))
    told = [("责任单位", alone)] if alone else []
    return "；".join(_counted(name, units, reported) for name, units in (*told, *groups))


def all_helped(facts: PeriodFacts, task: Task) -> bool:
    """Return whether every responsible unit of a task reported on it."""
    reported = {one.unit for one in (*facts.on(task), *facts.unused(task))}
    return all(unit in reported for unit in facts.plan.roles(task))


def _counted(name: str, units: Sequence[str], reported: set[str]) -> str:
    missing = [unit for unit in units if unit not in reported]
    if not missing:
        return f"{name}{len(units)}个均已报送"
    named = "、".join(missing[:_MOST_NAMED]) + ("等" if len(missing) > _MOST_NAMED else "")
    return f"{name}{len(units)}个报送{len(units) - len(missing)}个（未报送：{named}）"


def _said(facts: PeriodFacts, one: Contribution) -> Said:
    period, source = facts.period, one.entry.period
    stale = isinstance(source, Month) and source != period
    parts = parts_of(one.entry.text)
    return Said(
        one.unit,
        one,
        Parts(*(_printed(one.unit, parts[part]) for part in Part)),
        f"（据{short_label(source)}报送）" if stale else "",
        f"原{one.role.label}单位" if one.former else "",
    )


def _printed(unit: str, text: str) -> str:
    """Return a part as it runs on in a paragraph: its own paragraphs are joined."""
    return "".join(_joined(paragraphs(without_own_name(unit, text))))


def _joined(texts: Sequence[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        last = place == len(texts) - 1
        yield text if last or text[-1] in "。；：！？，、…" else f"{text}；"
