"""Which of a table's columns is the task, and which stands above it or asks in detail. Pure."""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.blocks import Cells
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.meaning import (
    TASKS,
    UNITS,
    Meaning,
    goal_rank,
    meaning_of,
    requirement_rank,
)
from edu_sheet.plan.issued.ordinals import is_label, ordinal_of, value_of
from edu_sheet.words.text import bare


def choose_task(columns: Columns, rows: Sequence[Cells]) -> None:
    """Say which column is the task, and which asks in detail; others keep their own names."""
    told = columns.places(*TASKS)
    names = {place: columns.headers[place] for place in told}
    goals = sorted(told, key=lambda place: (-_goal_rank(names[place]), place))
    goal = goals[0]
    for other in goals[1:]:
        through = _counts_through(columns, rows, goal, other)
        if other > goal and (through or _stands_below(columns, rows, goal, other)):
            columns.meanings[goal] = Meaning.CATEGORY
            if not _named_task(names[other]) or requirement_rank(names[other]):
                said = (
                    f"“{names[other]}”读作任务，“{names[goal]}”读作类别：各项都是这样读的，请核对"
                )
                columns.asked.append((Meaning.GOAL, said))
            goal = other
            break
    rest = [place for place in told if place != goal and columns.meanings[place] in TASKS]
    wanted = [place for place in rest if requirement_rank(names[place])]
    wanted.sort(key=lambda place: (-requirement_rank(names[place]), place))
    # The same header over two columns (merged) is one column.
    same = [place for place in rest if names[place] == names[goal]]
    detail = next((place for place in wanted if place not in same), None)
    _ask_of_second(columns, goal, rest, None if detail is None else names[detail])
    for place in rest:
        columns.meanings[place] = Meaning.OTHER
    columns.meanings[goal] = Meaning.GOAL
    for place in same:
        columns.meanings[place] = Meaning.GOAL
    if detail is not None:
        for place in rest:
            if names[place] == names[detail]:
                columns.meanings[place] = Meaning.REQUIREMENTS


def number_within(columns: Columns, rows: Sequence[Cells]) -> None:
    """Let the inner ones of two columns of numbers count the tasks: 序号 | 领域 | 序号 | 任务.

    Each of its numbers is another, and the outer ones stand once above several of them.
    """
    numbers, tasks = columns.places(Meaning.NUMBER), columns.places(*TASKS)
    if len(numbers) != 2 or not [at for at in tasks if at > numbers[1]]:
        return
    outer, inner = numbers
    over = [at for at in columns.places(*TASKS, Meaning.CATEGORY) if outer < at < inner]
    labels = [rows[row][inner].text for row in sorted(_begins(rows, inner))]
    above = _begins(rows, outer)
    counts = len(labels) > len(above) > 0 and all(map(is_label, labels))
    if len(over) != 1 or not counts or len({*map(bare, labels)}) < len(labels):
        return
    columns.meanings[over[0]] = columns.meanings[outer] = Meaning.CATEGORY
    columns.headers[outer] = columns.headers[over[0]]  # its numbers: one column with it


def _goal_rank(name: str) -> int:
    """Return how surely a column is the task: by its header, least by one that asks in detail."""
    return goal_rank(name) if meaning_of(name) is Meaning.GOAL else min(goal_rank(name), 1)


def _ask_of_second(columns: Columns, goal: int, rest: Sequence[int], detail: str | None) -> None:
    """Ask which is the task, where another column might be it as well.

    `detail` is the one that asks in detail; others are kept by their own names.
    """
    own = columns.headers[goal]
    names = dict.fromkeys(columns.headers[place] for place in rest)
    others = [
        name
        for name in names
        if name != own and goal_rank(name) == goal_rank(own) and _named_task(name)
    ]
    if others:
        told = [f"“{name}”读作具体要求" for name in others if name == detail]
        apart = [name for name in others if name != detail]
        told += [f"“{'”“'.join(apart)}”另列"] if apart else []
        said = f"“{own}”读作任务，{'，'.join(told)}，请核对"
        columns.asked.append((Meaning.GOAL, said))


def _stands_below(columns: Columns, rows: Sequence[Cells], goal: int, other: int) -> bool:
    """Return whether a column names the tasks of which another one names but the group."""
    name = columns.headers[other]
    units = columns.places(*UNITS)
    if goal_rank(name) >= 2 and requirement_rank(name) < 3 and _divides(rows, goal, other, units):
        return True
    counted = columns.places(Meaning.NUMBER) or columns.places(*UNITS)
    return bool(counted) and _named_task(name) and _share(rows, goal, other, counted[0])


def _counts_through(columns: Columns, rows: Sequence[Cells], goal: int, other: int) -> bool:
    """Return whether a column counts the tasks where none does: 1.… 2.… in a row each.

    The one that is merged over such rows stands above them.
    """
    if columns.places(Meaning.NUMBER) or not _merged_down(rows, goal) or _merged_down(rows, other):
        return False
    own = [ordinal_of(rows[row][other].text) for row in sorted(_begins(rows, other))]
    numbers = [value_of(one.label) for one in own if one and one.rest.strip()]
    first = (numbers and numbers[0]) or 0
    counted = numbers == [*range(first, first + len(own))]
    return first > 0 and len(own) > 1 and counted and len({one and one.style for one in own}) == 1


def _named_task(name: str) -> bool:
    """Return whether a header says of itself that it is what is to be done: 具体任务."""
    return bool(re.search("任务|事项", name)) and not re.search("要求|措施|举措|标准", name)


def _share(rows: Sequence[Cells], goal: int, other: int, number: int) -> bool:
    """Return whether tasks with numbers of their own have one text in common, and another not."""
    own = sorted(_begins(rows, number) & _begins(rows, other))
    texts = [bare(rows[row][other].text) for row in own]
    if len(set(texts)) < len(texts):
        return False
    merged = sum(goal < len(rows[row]) and rows[row][goal].up for row in own)
    same = sum(_says_no_more(rows, goal, row) for row in own[1:])
    return bool(merged) or 3 * same >= max(len(own), 6)


def _says_no_more(rows: Sequence[Cells], place: int, row: int) -> bool:
    """Return whether a cell is empty, or says what the one above says."""
    text = rows[row][place].text.strip() if place < len(rows[row]) else ""
    above = rows[row - 1][place].text.strip() if place < len(rows[row - 1]) else ""
    return not text or text == above


def _divides(rows: Sequence[Cells], goal: int, other: int, units: Sequence[int]) -> bool:
    """Return whether a column divides what a merged one holds: row by row, or as the units do."""
    if not _merged_down(rows, goal):
        return False
    begun = _begins(rows, other)
    parts = begun > _begins(rows, goal) and any(begun == _begins(rows, place) for place in units)
    return parts or not _merged_down(rows, other)


def _begins(rows: Sequence[Cells], place: int) -> set[int]:
    return {
        row
        for row, cells in enumerate(rows)
        if place < len(cells) and not cells[place].merged and cells[place].text.strip()
    }


def _merged_down(rows: Sequence[Cells], place: int) -> bool:
    return any(place < len(cells) and cells[place].up for cells in rows)
