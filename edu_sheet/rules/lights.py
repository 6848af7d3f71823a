"""红黄绿: how tasks stand by what their lead units say. Pure."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from edu_sheet.rules.closings import CLOSED
from edu_sheet.rules.names import NO_NAMES, Names
from edu_sheet.rules.progress import Contribution, answers
from edu_sheet.rules.standing import Standing
from edu_sheet.words.forms import Form
from edu_sheet.words.plan import Light, Plan, Role, Task

ORDER = (Light.BEHIND, Light.NOT_STARTED, Light.UNDER_WAY, Light.DONE)  # what needs help first
UNKNOWN = "未填"  # nothing reported, nothing picked, or a text that is none of the list
UNASKED = "没有要求填报"  # of a task that came to the plan after the period's forms
TOTAL = "合计"
COLOURS = {  # of a page
    Light.BEHIND: "#F4B6B6",
    Light.NOT_STARTED: "#D9D9D9",
    Light.UNDER_WAY: "#FFE699",
    Light.DONE: "#C6E0B4",
}

# (lead unit, task key, what it says of that task; 已办结 of one that is closed)
Said = Iterable[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class LightCount:
    """The number of tasks by light: those that a unit leads, or all of them, each once."""

    unit: str
    by_light: Mapping[Light, int]
    unknown: int
    closed: int = 0  # 已办结, whatever is said of them: they have no light
    unasked: int = 0  # that no form asked for

    @property
    def tasks(self) -> int:
        """The number of tasks, whatever their light."""
        return sum(self.by_light.values()) + self.closed + self.unknown + self.unasked

    def number(self, state: str) -> int:
        """Return how many of the tasks stand so: by a light's word, 已办结 or 未填."""
        apart = {CLOSED: self.closed, UNKNOWN: self.unknown, UNASKED: self.unasked}
        return apart[state] if state in apart else self.by_light[Light(state)]

    @property
    def sentence(self) -> str:
        """已办结1项、已完成2项、推进中18项、滞后2项、未填1项: what has no tasks is left out."""
        every = (CLOSED, *(light.value for light in reversed(ORDER)), UNKNOWN, UNASKED)
        return "、".join(f"{one}{n}项" for one in every if (n := self.number(one)))


def light_of(state: str) -> Light | None:
    """Return the state that a text of 完成状态 names; None where it is none of those on offer."""
    return next((light for light in Light if light.value == state.strip()), None)


def of_task(task: Task, said: Iterable[Contribution]) -> Light | None:
    """Return how a task stands by those who answer for it: the worst; None if none says."""
    return _worst(
        light_of(one.entry.state) for one in said if answers(task, one) and not one.former
    )


def _worst(found: Iterable[Light | None]) -> Light | None:
    said = set(found)
    return next((one for one in ORDER if one in said), None)


def counts(said: Said) -> list[LightCount]:
    """Return a line for each lead unit, in the order of first mention, and the sum last.

    In the sum a task that several units lead is one, and stands as the worst of them says.
    """
    by_unit: dict[str, list[str]] = {}
    by_task: dict[str, list[str]] = {}
    for unit, task, state in said:
        by_unit.setdefault(unit, []).append(state)
        by_task.setdefault(task, []).append(state)
    every = [
        CLOSED if CLOSED in states else light.value if light else states[0]
        for states in by_task.values()
        for light in [_worst(map(light_of, states))]
    ]
    return [_count(unit, states) for unit, states in (*by_unit.items(), (TOTAL, every))]


def of_plan(
    plan: Plan,
    said: Mapping[str, Sequence[Contribution]],
    closed: Container[str] = (),
    unasked: Container[str] = (),
) -> list[tuple[str, str, str]]:
    """Return what each lead unit says of each task of the plan, "" where it says nothing.

    `said` holds each task's contributions by its key. A task that two units lead counts for both;
    one whose key is among the `closed` is 已办结, whatever is said of it; nothing is said of the
    `unasked`.
    """
    return [
        (unit, task.key, CLOSED if task.key in closed else states.get(unit, nothing))
        for task in plan.tasks
        for nothing in [UNASKED if task.key in unasked else ""]
        for states in [{one.unit: one.entry.state for one in said.get(task.key, ())}]
        for name in task.answering
        for unit in plan.roster.reporters(name)
    ]


def of_forms(
    forms: Iterable[Form],
    standing: Standing,
    names: Names = NO_NAMES,
    closed: Container[str] = (),
) -> list[tuple[str, str, str]]:
    """Return the same by the forms of one period that have the column, and what stands in it."""
    return [
        (unit, row.key, _state(standing, unit, row.key, closed))
        for form in forms
        if form.states
        for unit in [names.now(form.identity.unit, form.identity.period)]
        for row in form.rows
        if row.role is Role.LEAD or not row.lead_text
    ]


def _state(standing: Standing, unit: str, task: str, closed: Container[str]) -> str:
    if task in closed:
        return CLOSED
    return standing.state((unit, task))


def _count(unit: str, states: Sequence[str]) -> LightCount:
    lights = [light_of(state) for state in states if state not in (CLOSED, UNASKED)]
    by_light = {light: lights.count(light) for light in ORDER}
    unknown, apart = lights.count(None), map(states.count, (CLOSED, UNASKED))
    return LightCount(unit, by_light, unknown, *apart)


def columns_of(lines: Iterable[LightCount]) -> tuple[str, ...]:
    """Return the states that a table of counts shows, in order; 已办结 where anything is closed."""
    closed = [CLOSED] if any(one.closed for one in lines) else []
    return (*(light.value for light in ORDER), *closed, UNKNOWN)
