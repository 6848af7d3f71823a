"""What tells a task from others that bear its number: parts of a plan may count anew. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from edu_sheet.words.columns import CATEGORY
from edu_sheet.words.findings import NumberedTask
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.text import bare, upright, writable

_GOAL = 16  # characters of a goal that tell two tasks apart
_NEEDLESS = re.compile('第|序号|项|任务|[“”"]|……|\\.\\.\\.')


def told_apart(plan: Plan, task: Task) -> str:
    """Return what tells a task from others, to stand before its number: 管理类, or “its goal”.

    "" where it has its number alone.
    """
    among = plan.numbered_among or plan.tasks
    same = [one for one in among if bare(one.shown) == bare(task.shown)]
    if len(same) < 2:
        return ""
    under = [_line(one.text(CATEGORY)) for one in same]
    own = _line(task.text(CATEGORY))
    if all(under) and under.count(own) == 1:
        return own
    goal = _line(task.goal).rstrip("。")
    return f"“{goal[:_GOAL]}{'……' if len(goal) > _GOAL else ''}”"


def called(plan: Plan, task: Task) -> str:
    """Return a task as papers name it: 第3项, 管理类第1项."""
    return named(plan, task).called


def numbers_of(plan: Plan) -> dict[str, str]:
    """Return by key the number of each task as tables print it beside its goal: 3, 管理类3."""
    among = plan.numbered_among or plan.tasks
    times = Counter(bare(one.shown) for one in among)
    return {
        one.key: beside_goal(plan, one) if times[bare(one.shown)] > 1 else one.shown
        for one in plan.tasks
    }


def beside_goal(plan: Plan, task: Task) -> str:
    """Return a task's number where its goal stands beside it, with its part where that tells."""
    part = told_apart(plan, task)
    return task.shown if part.startswith("“") else f"{part}{task.shown}"


def named(plan: Plan, task: Task) -> NumberedTask:
    """Return a task as a finding names it, its number with what tells it from others."""
    return NumberedTask(task.key, task.number, task.label, told_apart(plan, task))


def meant(plan: Plan, said: str) -> Sequence[Task]:
    """Return the tasks that a person names so: 3, 管理类1, 管理类第1项, “its goal”第1项."""
    wanted = _core(said)
    return [
        one
        for one in plan.tasks
        if wanted in (_core(one.shown), _core(f"{told_apart(plan, one)}{one.shown}"))
    ]


def _core(name: str) -> str:
    return _NEEDLESS.sub("", bare(name))


def _line(text: str) -> str:
    return " ".join(writable(upright(text)).split())
