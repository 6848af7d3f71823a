"""The figures of a period: how many units reported, when, and how fully. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.rules.progress import Contribution, progress_of
from edu_sheet.summary.content.content import Chart
from edu_sheet.summary.content.wording import percent, points, short_label
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Role, Task
from edu_sheet.words.returns import State, UnitStatus


@dataclass(frozen=True, slots=True)
class Counts:
    """Units by their state in a period, or the sum over periods."""

    units: int
    on_time: int
    late: int
    attention: int
    missing: int
    incomplete: int

    @classmethod
    def of(cls, statuses: Iterable[UnitStatus]) -> Self:
        """Return the counts of some units."""
        lines = list(statuses)
        states = [line.state for line in lines]
        return cls(
            units=len(lines),
            on_time=states.count(State.RETURNED),
            late=states.count(State.LATE),
            attention=states.count(State.ATTENTION),
            missing=states.count(State.MISSING),
            incomplete=sum(line.incomplete for line in lines),
        )

    @property
    def reported(self) -> int:
        """The number of units that reported, late ones included."""
        return self.on_time + self.late

    @property
    def clause(self) -> str:
        """应报32个单位，已报30个（迟报1个），未报1个、待核实1个, as part of a sentence."""
        among = _counted(("迟报", self.late), ("未报全", self.incomplete))
        apart = _counted(("未报", self.missing), ("待核实", self.attention))
        told = f"应报{self.units}个单位，已报{self.reported}个" + (f"（{among}）" if among else "")
        return f"{told}，{apart}" if apart else told

    @property
    def so_far(self) -> str:
        """应报32个单位，已报3个，待核实1个，尚未报送28个, of what may still come in time."""
        counted = (("待核实", self.attention), ("尚未报送", self.missing))
        told = "".join(f"，{label}{number}个" for label, number in counted if number)
        return f"应报{self.units}个单位，已报{self.reported}个{told}"

    @property
    def sentence(self) -> str:
        """应报32个单位，已报30个（报送率93.8%），其中迟报1个、未报全2个；未报1个，待核实1个。"""
        rate = percent(self.reported, self.units)
        if self.reported == self.units == self.on_time and not self.incomplete:
            return f"应报{self.units}个单位，全部按时报送。"
        among = [
            f"{label}{number}个"
            for label, number in (("迟报", self.late), ("未报全", self.incomplete))
            if number
        ]
        apart = [
            f"{label}{number}个"
            for label, number in (("未报", self.missing), ("待核实", self.attention))
            if number
        ]
        text = f"应报{self.units}个单位，已报{self.reported}个，报送率{rate}"
        if among:
            text += f"，其中{'、'.join(among)}"
        if apart:
            text += f"；{'，'.join(apart)}"
        return text + "。"


def _counted(*told: tuple[str, int]) -> str:
    return "、".join(f"{label}{number}个" for label, number in told if number)


def total(facts: PeriodFacts) -> Counts:
    """Return the counts summed over all periods of the facts: 应报人次."""
    return Counts.of(line for lines in facts.statuses.values() for line in lines)


def not_yet_due(facts: PeriodFacts, period: Period) -> str:
    """Return that returns of a period may still come in time; "" once its due date is over."""
    if not facts.runs(period):
        return ""
    day, today = chinese_date(facts.plan.due(period)), chinese_date(facts.today)
    return f"报送截止时间（{day}）未到，截至{today}，"


def comparison(facts: PeriodFacts) -> str:
    """Return how the rate moved since the quarter before, "" where there was none to compare.

    It is that of the quarters' own forms, which both papers print; else of all that went out.
    Before the last of it is due nothing can be compared.
    """
    if facts.before is None or any(map(facts.runs, facts.statuses)):
        return ""
    own, others = (one.statuses.get(one.period) for one in (facts, facts.before))
    now, before, whose = total(facts), total(facts.before), "各期合计的"
    if own and others:
        now, before, whose = Counts.of(own), Counts.of(others), ""
    if not (now.units and before.units):
        return ""
    moved = points((before.reported, before.units), (now.reported, now.units))
    timely = points((before.on_time, before.units), (now.on_time, now.units))
    return f"与上季度相比，{whose}报送率{moved}，按时报送率{timely}。"


def tasks_with_progress(facts: PeriodFacts) -> tuple[list[Task], list[Task]]:
    """Return the tasks on which any progress was reported, and those on which none was.

    What the clerk took out was reported, too; a problem or a plan alone is no progress. A task that
    nobody was asked for, for it came to the plan later, is among neither.
    """
    said: list[Task] = []
    silent: list[Task] = []
    for task in facts.plan.tasks:
        reported = any(progress_of(one) for one in facts.on(task))
        if reported or facts.unused(task):
            said.append(task)
        elif not facts.unasked(task):
            silent.append(task)
    return said, silent


def tasks_without_lead(facts: PeriodFacts) -> list[Task]:
    """Return the tasks on which others reported progress but no lead did."""
    return [
        task
        for task in tasks_with_progress(facts)[0]
        if task.leads and not leads_with_progress(facts, task)
    ]


def leads_with_progress(facts: PeriodFacts, task: Task) -> set[str]:
    """Return the leads of a task that reported progress on it."""
    return {one.unit for one in _told_by_leads(facts, task)}


def lead_periods(facts: PeriodFacts, task: Task) -> set[Period]:
    """Return the periods in whose texts the leads of a task say what was achieved."""
    return {one.entry.period for one in _told_by_leads(facts, task)}


def _told_by_leads(facts: PeriodFacts, task: Task) -> list[Contribution]:
    heard = [one for one in facts.on(task) if one.role is Role.LEAD]
    spoken = [said for one in heard if (said := progress_of(one))]
    unused = [one for one in facts.unused(task) if one.role is Role.LEAD]
    return [one for one in (*spoken, *unused) if not one.former]


def chart(facts: PeriodFacts) -> Chart | None:
    """Return the units by state in every period, None where no form went out."""
    counts = {period: Counts.of(lines) for period, lines in facts.statuses.items()}
    if not counts:
        return None
    series = (
        ("按时报送", tuple(one.on_time for one in counts.values())),
        ("迟报", tuple(one.late for one in counts.values())),
        ("待核实", tuple(one.attention for one in counts.values())),
        ("未报", tuple(one.missing for one in counts.values())),
    )
    return Chart(
        title=f"{facts.period.label}各期报送情况（单位：个）",
        categories=tuple(short_label(period) for period in counts),
        series=tuple(one for one in series if any(one[1])) or series[:1],
    )
