"""分工方案: tasks, who answers for them, and until when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from edu_sheet.words.columns import PLAN_COLUMNS, Column, Others, text_of
from edu_sheet.words.errors import PeriodError
from edu_sheet.words.findings import NumberedTask
from edu_sheet.words.period import Month, Period
from edu_sheet.words.settings import PeriodSettings, Settings
from edu_sheet.words.text import without_quotation_marks


class Role(StrEnum):
    """What a unit is to a task."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"

    @property
    def label(self) -> str:
        """The role in Chinese."""
        return "牵头" if self is Role.LEAD else "责任"


class Light(StrEnum):
    """完成状态: how a unit says that a task stands; the value is what it picks in its form."""

    NOT_STARTED = "未启动"
    UNDER_WAY = "推进中"
    DONE = "已完成"
    BEHIND = "滞后"


class DeadlineKind(StrEnum):
    """What a requirement names; the value is what stands in 时限节点."""

    DATE = "时限"  # to be reached by a day
    RECURRING = "每年"  # every year, or several times a year
    FIGURE = "数量"  # a figure without a day


@dataclass(frozen=True, slots=True)
class Unit:
    """单位: who reports. A group (各乡镇党委、政府) stands for its members."""

    name: str
    aliases: tuple[str, ...] = ()
    group: bool = False
    members: tuple[str, ...] = ()
    contact: str = ""
    telephone: str = ""
    mail: str = ""
    key: str = ""  # kept through its life; "" for a member of a group without a row of its own


@dataclass(frozen=True, slots=True)
class Roster:
    """单位名录: every unit, in the order of the sheet."""

    units: tuple[Unit, ...] = ()
    _by_name: dict[str, Unit] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Hundreds of units are looked up thousands of times; of two with one name the first counts.
        by_name = {unit.name: unit for unit in reversed(self.units)}
        object.__setattr__(self, "_by_name", by_name)

    def get(self, name: str) -> Unit | None:
        """Return the unit of that very name, without looking at aliases."""
        return self._by_name.get(name)

    def spellings(self) -> dict[str, str]:
        """Return every name and alias with the name that it stands for."""
        known = {alias: unit.name for unit in self.units for alias in unit.aliases}
        return known | {unit.name: unit.name for unit in self.units}

    def named(self, typed: str) -> str:
        """Return the unit that a person names; what was typed where there is none.

        By name or alias, or by either without Chinese quotation marks: they cannot be pasted.
        """
        known = self.spellings()
        if typed in known:
            return known[typed]
        plain = {unit for said, unit in known.items() if without_quotation_marks(said) == typed}
        return plain.pop() if len(plain) == 1 else typed

    def reporters(self, name: str) -> tuple[str, ...]:
        """Return who reports for a unit: a group's members, else the unit itself."""
        unit = self.get(name)
        return unit.members if unit and unit.members else (name,)


@dataclass(frozen=True, slots=True)
class Task:
    """任务: one row of the plan. Names are the roster's; the texts are as issued."""

    key: str
    number: int
    goal: str
    requirements: str
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    liaisons: tuple[str, ...]
    lead_text: str
    responsible_text: str
    liaison_text: str
    others: Others = ()  # what the plan's further columns say
    label: str = ""  # its number as issued, where that is more than `number`: （一） ★2 1-1
    earlier: str = ""  # the progress that the plan itself tells: nobody reported it

    @property
    def shown(self) -> str:
        """Its number as issued, which is printed everywhere."""
        return self.label or str(self.number)

    @property
    def answering(self) -> tuple[str, ...]:
        """Who answers for it as a whole: its leads; where nobody leads, all who are responsible."""
        return self.leads or self.responsible

    @property
    def named(self) -> NumberedTask:
        """The task as a finding names it."""
        return NumberedTask(self.key, self.number, self.label)

    def text(self, field: str) -> str:
        """Return what stands in a column of the plan, "" where nothing does."""
        return text_of(self, self.others, field)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Days that come every year, from one year and to one where that is known."""

    days: tuple[tuple[int, int], ...]  # month and day, in the order of the year
    first_year: int | None = None
    last_year: int | None = None


YEARLY = ((12, 31),)


QUARTERLY = ((3, 31), (6, 30), (9, 30), (12, 31))


MONTHLY = tuple((month, 31) for month in range(1, 13))  # the last day, where a month is shorter


@dataclass(frozen=True, slots=True)
class Deadline:
    """时限节点: a deadline or figure that a task's requirements name."""

    task: str  # the task's key
    item: str  # its marker ①②…, "" where the requirements have none
    words: str  # as they stand in the requirements
    kind: DeadlineKind
    when: date | Recurrence | None = None  # None: no day is known
    note: str = ""
    tracked: bool = True  # False: the clerk wrote 不跟踪


@dataclass(frozen=True, slots=True)
class Closing:
    """办结: a task, or one of its deadlines, that is done; with the day and what shows it."""

    task: str  # the task's key
    item: str  # the deadline's marker ①②…, "" for the whole task
    year: int | None  # of what comes every year: that year alone
    on: date  # 办结日期
    basis: str  # 办结依据
    reopened: date | None = None  # 恢复督办日期: from that day on it is open again


@dataclass(frozen=True, slots=True)
class Plan:
    """分工方案: the issued plan with its roster and settings."""

    settings: Settings
    roster: Roster
    tasks: tuple[Task, ...]
    periods: dict[Period, PeriodSettings] = field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    columns: tuple[Column, ...] = PLAN_COLUMNS  # in the order and under the headers as issued
    closings: tuple[Closing, ...] = ()
    numbered_among: tuple[Task, ...] = ()  # of a plan of some tasks: all, that may bear one number

    def due(self, period: Period) -> date:
        """Return the last day on which a return of the period is on time."""
        own = self.periods.get(period)
        if own and own.due:
            return own.due
        month = period.last.plus(1) if self.settings.due_next_month else period.last
        return month.day(self.settings.due_day)

    def of_period(self, period: Period) -> PeriodSettings:
        """Return what 期次 says of a period, empty where it says nothing."""
        return self.periods.get(period, PeriodSettings())

    def require(self, period: Period) -> None:
        """Raise PeriodError if a period ends before the plan's first month."""
        first = self.settings.first_month
        if period.last < first:
            raise PeriodError(
                f"{period} 早于方案的起始月份 {first}",
                f"请改用 {first} 或以后的期次；起始月份在 分工方案.xlsx 的“设置”里。",
            )

    def roles(self, task: Task) -> dict[str, Role]:
        """Return who reports on a task and what each is to it: leads first, groups as members.

        A unit that leads a task and is responsible for it too leads it.
        """
        responsible = dict.fromkeys(self._each(task.responsible), Role.RESPONSIBLE)
        leads = dict.fromkeys(self._each(task.leads), Role.LEAD)
        return leads | {unit: role for unit, role in responsible.items() if unit not in leads}

    def role(self, task: Task, unit: str) -> Role | None:
        """Return what a reporting unit is to a task, None if nothing."""
        return self.roles(task).get(unit)

    def reporters(self, task: Task) -> tuple[str, ...]:
        """Return who reports on a task: leads first, each unit once, groups as their members."""
        return tuple(self.roles(task))

    def assignments(self, period: Period) -> dict[str, tuple[tuple[Task, Role], ...]]:
        """Return who reports on what in a period, units in roster order, tasks in plan order.

        A group's members stand together at its place, also those with a row of their own.
        In a month every unit reports on all its tasks; in a quarter lead units on those they lead,
        and all units on those that nobody leads.
        """
        duties: dict[str, list[tuple[Task, Role]]] = {}
        for task in self.tasks:
            for unit, role in self.roles(task).items():
                if role is Role.LEAD or isinstance(period, Month) or not task.leads:
                    duties.setdefault(unit, []).append((task, role))
        order = {name: place for place, name in enumerate(dict.fromkeys(self._reporting_order()))}
        return {
            unit: tuple(duties[unit])
            for unit in sorted(duties, key=lambda name: order.get(name, len(order)))
        }

    def _each(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            yield from self.roster.reporters(name)

    def _reporting_order(self) -> Iterator[str]:
        units = self.roster.units
        members = {name for unit in units for name in unit.members}
        return self._each(one.name for one in units if one.members or one.name not in members)
