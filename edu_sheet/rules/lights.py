"""红黄绿: how tasks stand by what their lead units say. Pure."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from edu_sheet.rules.names import NO_NAMES, Names
from edu_sheet.rules.progress import Contribution, Standing, answers
from edu_sheet.words.forms import Form
from edu_sheet.words.plan import Light, Plan, Role, Task

ORDER = (Light.BEHIND, Light.NOT_STARTED, Light.UNDER_WAY, Light.DONE)  # what needs help first
UNKNOWN = "未填"  # nothing reported, nothing picked, or a text that is none of the list
TOTAL = "合计"
COLOURS = {  # of a page
    Light.BEHIND: "#F4B6B6",
    Light.NOT_STARTED: "#D9D9D9",
    Light.UNDER_WAY: "#FFE699",
    Light.DONE: "#C6E0B4",
}

Said = Iterable[tuple[str, str]]  # (lead unit, what it says of one of its tasks)


@dataclass(frozen=True, slots=True)
class LightCount:
    """The number of tasks by light: those that a unit leads, or all of them."""

    unit: str
    by_light: Mapping[Light, int]
    unknown: int

    @property
    def tasks(self) -> int:
        """The number of tasks, whatever their light."""
        return sum(self.by_light.values()) + self.unknown

    @property
    def row(self) -> tuple[int, ...]:
        """The numbers in the order of `ORDER`, then UNKNOWN."""
        return (*(self.by_light[light] for light in ORDER), self.unknown)

    @property
    def sentence(self) -> str:
        """已完成3项、推进中18项、滞后2项、未填1项: lights without tasks are left out."""
        told = [(light.value, self.by_light[light]) for light in reversed(ORDER)]
        return "、".join(f"{name}{n}项" for name, n in (*told, (UNKNOWN, self.unknown)) if n)


def light_of(state: str) -> Light | None:
    """Return the state that a text of 完成状态 names; None where it is none of those on offer."""
    return next((light for light in Light if light.value == state.strip()), None)


def of_task(task: Task, said: Iterable[Contribution]) -> Light | None:
    """Return how a task stands by those who answer for it: the worst; None if none says."""
    found = {light_of(one.entry.state) for one in said if answers(task, one) and not one.former}
    return next((one for one in ORDER if one in found), None)


def counts(said: Said) -> list[LightCount]:
    """Return a line for each lead unit, in the order of first mention, and the sum last."""
    by_unit: dict[str, list[Light | None]] = {}
    for unit, state in said:
        by_unit.setdefault(unit, []).append(light_of(state))
    everything = [light for lights in by_unit.values() for light in lights]
    return [_count(unit, lights) for unit, lights in (*by_unit.items(), (TOTAL, everything))]


def of_plan(
    plan: Plan, said: Mapping[str, Sequence[Contribution]], closed: Container[str] = ()
) -> list[tuple[str, str]]:
    """Return what each lead unit says of each task of the plan, "" where it says nothing.

    `said` holds each task's contributions by its key. A task that two units lead counts for both;
    one whose key is among the `closed` is done, whatever is said of it.
    """
    return [
        (unit, Light.DONE.value if task.key in closed else states.get(unit, ""))
        for task in plan.tasks
        for states in [{one.unit: one.entry.state for one in said.get(task.key, ())}]
        for name in task.answering
        for unit in plan.roster.reporters(name)
    ]


def of_forms(
    forms: Iterable[Form],
    standing: Standing,
    names: Names = NO_NAMES,
    closed: Container[str] = (),
) -> list[tuple[str, str]]:
    """Return the same by the forms of one period that have the column, and what stands in it."""
    return [
        (unit, _state(standing, unit, row.key, closed))
        for form in forms
        if form.states
        for unit in [names.now(form.identity.unit, form.identity.period)]
        for row in form.rows
        if row.role is Role.LEAD or not row.lead_text
    ]


def _state(standing: Standing, unit: str, task: str, closed: Container[str]) -> str:
    if task in closed:
        return Light.DONE.value
    entry = standing.get((unit, task))
    return entry.state if entry else ""


def _count(unit: str, lights: Sequence[Light | None]) -> LightCount:
    return LightCount(unit, {light: lights.count(light) for light in ORDER}, lights.count(None))
