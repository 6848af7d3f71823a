"""Lines above numbered tasks that say who answers for them: 牵头单位：甲, then 1. 2. 3. Pure."""

from collections.abc import Sequence

from edu_sheet.plan.issued.closings import hand_down
from edu_sheet.plan.issued.ordinals import value_of
from edu_sheet.plan.issued.passages import Passage, merge

_SEVERAL = 2


def mark_openings(items: Sequence[Passage]) -> None:
    """Let such lines answer for what is numbered below, where all of them stand so.

    Each stands above a 1 without units of its own, and right below the last number of the group
    before: no text between is the task that it could belong to.
    """
    runs = _runs(items)
    if len(runs) < _SEVERAL or any(one.label for one in items[: runs[0][0]]):
        return
    ends = [start for start, _ in runs[1:]] + [len(items)]
    groups = [items[behind:end] for (_, behind), end in zip(runs, ends, strict=True)]
    if not all(map(_counts_alone, groups)):
        return
    for (start, behind), group in zip(runs, groups, strict=True):
        head = items[start]
        for line in items[start + 1 : behind]:
            if line.said is not None:
                merge(head, line.said)
            line.over = True
        head.over = True
        if head.said is not None:
            hand_down(head, head.said, [one for one in group if one.label], "前面")


def _runs(items: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return where the lines of units begin that stand together, and what is behind them."""
    runs: list[tuple[int, int]] = []
    for at, one in enumerate(items):
        if one.said is None or one.text or one.label:
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = runs[-1][0], at + 1
        elif one.said.names_units:
            runs.append((at, at + 1))
    return runs


def _counts_alone(group: Sequence[Passage]) -> bool:
    """Return whether a group begins with 1 and ends with a number, all without units."""
    numbers = [one for one in group if one.label]
    alone = not any(one.said for one in group)
    begins = bool(group) and bool(group[0].label) and value_of(group[0].label) == 1
    return begins and alone and (bool(group[-1].label) or len(numbers) > 1)
