"""A row of the plan whose hidden key is another task's than all that a person sees in it. Pure.

Sorted without its key, a plan would put what was reported on one task under another.
"""

from edu_sheet.words.plan import Plan, Task


def moved_keys(before: Plan, now: Plan) -> list[tuple[Task, Task]]:
    """Return each task that is, in number and words, another one than its key says: now, before.

    `before` is the plan as it was last free of errors.
    """
    by_key = {task.key: task for task in before.tasks}
    by_words = {_said(task): task for task in before.tasks}
    return [
        (task, meant)
        for task in now.tasks
        if task.key in by_key
        and (meant := by_words.get(_said(task)))
        and meant.key != task.key
        and _said(by_key[task.key]) != _said(task)
    ]


def _said(task: Task) -> tuple[str, str, str]:
    return task.shown, task.goal, task.requirements
