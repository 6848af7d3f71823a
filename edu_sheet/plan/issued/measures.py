"""What is numbered below a task or a heading: parts of that task, or tasks it answers for. Pure."""

import re
from collections.abc import Iterator, Sequence

from edu_sheet.plan.issued.meaning import meaning_of
from edu_sheet.plan.issued.ordinals import value_of
from edu_sheet.plan.issued.passages import FIELD, Passage

_FIELD_NAME = re.compile(r"(?:单位|部门|目标|要求|措施|标准|成果|依据|来源|内容|备注|问题)$")
ONE_TASK = "下面的措施各写了单位，合在了这一项里：是不是各为一项任务？请核对"
SEVERAL_TASKS = "下面的措施各写了单位，各读作一项任务：是不是同一项任务？请核对"


def mark_fields(items: Sequence[Passage]) -> None:
    """Take the numbers from lines below an empty 整改措施：: they are no tasks of their own.

    Those that name units are, where what they belong to names none itself; either way it is asked.
    """
    outer = 99
    for at, item in enumerate(items):
        if item.body:
            continue
        item.field = _field(item)
        if item.field and not item.field[1]:
            measures = list(_measures(items[at + 1 :], outer))
            named = next((one for one in measures if one.said), None)
            own = _answers_itself(items, at, outer)
            if named:
                named.asked = ONE_TASK if own else SEVERAL_TASKS
            for one in measures if own or not named else ():
                _as_body(one)
        elif item.label:
            outer = item.depth


def mark_levels(items: Sequence[Passage], style: str) -> None:
    """Say of what is numbered below who answers: a part of it, or a task that it answers for.

    `style` is the kind of number that tasks have.
    """
    for at, item in enumerate(items):
        if not (item.label and item.text) or item.body:
            continue
        after = at + 1
        said = item.said
        while said is None and after < len(items) and _labels_alone(items[after]):
            said = items[after].said
            after += 1
        below = list(_below(items, item, after)) if said and said.names_units else []
        if not below:
            continue
        own = any((one.said and one.said.names_units) or one.style == style for one in below)
        if not own or not item.heads:
            for one in below:
                if one.said is None:
                    _as_body(one)
        elif item.said:
            item.over = True


def _below(items: Sequence[Passage], item: Passage, after: int) -> Iterator[Passage]:
    """Yield what is numbered below, and what stands between its numbers."""
    level, last, between = 0, 0, list[Passage]()
    for one in items[after:]:
        if not one.label:
            if not level:
                return
            between.append(one)
            continue
        if one.depth <= item.depth:
            return
        level = level or one.depth
        value = value_of(one.label) if one.depth == level else last
        if between and value != last + (one.depth == level):
            return  # it counts anew: 有关要求如下：1.…
        yield from between
        yield one
        between, last = [], value or last + 1


def _labels_alone(item: Passage) -> bool:
    """Return whether a line says nothing but who answers."""
    return item.said is not None and not item.label and not item.text


def _measures(items: Sequence[Passage], outer: int) -> Iterator[Passage]:
    """Yield the lines that an empty field stands above."""
    for one in items:
        if _field(one) or _labels_alone(one) or (one.label and one.depth <= outer):
            return
        if one.said and not (one.label and one.text):
            return
        yield one


def _answers_itself(items: Sequence[Passage], at: int, outer: int) -> bool:
    """Return whether what a field stands below says who answers, in itself or a line of its own."""
    above = next((n for n in range(at - 1, -1, -1) if items[n].label), -1)
    if above >= 0 and items[above].said is not None:
        return True
    for one in items[above + 1 :]:
        if one.label and one.depth <= outer:
            return False
        if _labels_alone(one) and one.said and one.said.names_units:
            return True
    return False


def _as_body(item: Passage) -> None:
    item.label, item.style, item.depth, item.text = "", "", 99, item.whole
    item.body = True


def _field(item: Passage) -> tuple[str, str] | None:
    found = FIELD.fullmatch(item.text) if item.said is None and not item.label else None
    if not found or not (meaning_of(found[1]) or _FIELD_NAME.search(found[1])):
        return None
    return found[1], found[2].strip()
