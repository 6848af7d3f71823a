"""A task whose whole wording is another's, while its row kept its hidden key. Pure.

Somebody typed a new task over an old one, or the old one was worded anew: only a person knows. Till
then nothing that was reported on the old wording stands under the new one without a word.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.text import alike

Wordings = Mapping[str, Collection[tuple[str, str]]]  # by key: (目标任务, 具体要求) as issued


@dataclass(frozen=True, slots=True)
class Replaced:
    """A task, and the 目标任务 under which a period's forms asked for another one."""

    task: Task
    period: Period
    was: str


def is_another(was: tuple[str, str], now: tuple[str, str]) -> bool:
    """Return whether neither 目标任务 nor 具体要求 is still the same, reworked as it may be."""
    said = [pair for pair in zip(was, now, strict=True) if any(text.strip() for text in pair)]
    return bool(said) and not any(alike(*pair) for pair in said)


def replaced(plan: Plan, issued: Mapping[Period, Wordings]) -> tuple[Replaced, ...]:
    """Return the tasks that every form of a period asked for in the words of another task."""
    return tuple(
        Replaced(task, period, next(iter(sorted(known)))[0])
        for task in plan.tasks
        for period, wordings in issued.items()
        if (known := wordings.get(task.key))
        and all(is_another(was, (task.goal, task.requirements)) for was in known)
    )
