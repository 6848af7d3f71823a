"""What is numbered below a task or a heading: parts of that task, or tasks it answers for. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from edu_sheet.plan.issued.annexes import shall_all
from edu_sheet.plan.issued.meaning import meaning_of
from edu_sheet.plan.issued.ordinals import DEPTH, value_of
from edu_sheet.plan.issued.passages import FIELD, GOAL_LENGTH, Passage, merge
from edu_sheet.plan.issued.roles import Said

_FIELD_NAME = re.compile(r"(?:单位|部门|目标|要求|措施|标准|成果|依据|来源|内容|备注|问题)$")
ONE_TASK = "下面的措施各写了单位，合在了这一项里：是不是各为一项任务？请核对"
SEVERAL_TASKS = "下面的措施各写了单位，各读作一项任务：是不是同一项任务？请核对"


def mark_fields(items: Sequence[Passage]) -> None:
    """Take the numbers from lines below an empty 整改措施：: they are no tasks of their own.

    Those that name units are, where all do or what they belong to names none itself; either way it
    is asked.
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
            several = bool(named) and (not own or _each_answers(measures))
            if named:
                named.asked = SEVERAL_TASKS if several else ONE_TASK
            for one in () if several else measures:
                _as_body(one)
                _leads_no_more(one)
        elif item.label:
            outer = item.depth


def _each_answers(measures: Sequence[Passage]) -> bool:
    """Return whether each measure has a number and names its units in a bracket or by labels."""
    return all(one.label and one.text and one.said and one.said.names_units for one in measures)


def _leads_no_more(measure: Passage) -> None:
    """Let who leads a measure answer for the task that it is a part of, and not lead that."""
    said = measure.said
    if said is not None and said.lead:
        said.duty, said.lead = "；".join(filter(None, (said.lead, said.duty))), ""


def mark_nested(items: Sequence[Passage]) -> None:
    """Take points below a paragraph that says who answers for parts of it, if none says so."""
    for at, item in enumerate(items):
        if item.nested or not (item.label and item.text and item.said):
            continue
        points = [*takewhile(lambda one: one.nested, items[at + 1 :])]
        if all(one.said is None and not one.label for one in points):
            for one in points:
                _as_body(one)
            for one in points[:-1]:
                one.text += "" if re.search(r"\W$", one.text) else "；"


@dataclass(frozen=True, slots=True)
class _Head:
    """A paragraph that says who answers, and what is numbered below it."""

    item: Passage
    lines: list[Passage]  # right below it, that say nothing but who answers
    below: list[Passage]
    level: list[Passage]  # the first level of numbers of it
    numbers: list[str]

    @property
    def short(self) -> bool:
        """Whether it is a heading rather than a text."""
        return self.item.heads or not self.item.label


def mark_levels(items: Sequence[Passage], style: str) -> None:
    """Say of what is numbered below who answers: a part of it, or a task that it answers for.

    `style` is the kind of number that tasks have. Headings of one kind are read alike; what may be
    meant either way is asked.
    """
    _head_by_labels(items)
    heads = [*_heads(items)]
    kinds = {one.item.style for one in heads}
    over = {
        kind: _answer_for_tasks([one for one in heads if one.item.style == kind], style)
        for kind in kinds
    }
    as_one: list[_Head] = []
    for head in heads:
        item = head.item
        if item.body or not head.below:
            continue
        if head.short and over[item.style]:
            _take_over(head)
            continue
        for one in head.below:
            if one.said is None:
                _as_body(one)
        if len(head.level) > 1 and (head.short or item.depth <= DEPTH["chinese"]):
            as_one.append(head)
    if as_one:
        said = as_one[0].lines[0] if as_one[0].lines else as_one[0].item
        said.asked = said.asked or _asked_of(as_one)


def _head_by_labels(items: Sequence[Passage]) -> None:
    """Let a number before nothing but labels head what is numbered below it: 一、牵头单位：甲."""
    for item, below in pairwise(items):
        alone = item.label and not item.text and item.said and item.said.names_units
        if alone and below.label and below.depth > item.depth and below.text and not below.said:
            item.text = item.whole.removeprefix(item.label).strip()


def _heads(items: Sequence[Passage]) -> Iterator[_Head]:
    """Yield the short or numbered paragraphs that say who answers, in a bracket or in lines."""
    before: _Head | None = None
    for at, item in enumerate(items):
        if not item.text or item.body:
            continue
        lines: list[Passage] = []
        while item.label and item.said is None and at + 1 + len(lines) < len(items):
            one = items[at + 1 + len(lines)]
            if not _labels_alone(one):
                break
            lines.append(one)
        if not any(one.said and one.said.names_units for one in (item, *lines)):
            continue
        depth = item.depth if item.label else _depth_over(items, at, before)
        below = [*_below(items, depth, at + 1 + len(lines))]
        level = [one for one in below if one.label and one.depth == below[0].depth]
        head = _Head(item, lines, below, level, [one.label for one in level])
        if not item.label and below:
            before = head
        yield head


def _depth_over(items: Sequence[Passage], at: int, before: _Head | None) -> int:
    """Return how deep a line without a number stands if it is the heading of those below, or 99.

    It is short, what is below begins with 1, or goes on from the heading before, and no number
    above it waits for it.
    """
    item, follows = items[at], items[at + 1] if at + 1 < len(items) else None
    if len(item.text) > GOAL_LENGTH or "。" in item.text[:-1] or follows is None:
        return 99
    above = items[at - 1] if at else None
    waits = above is not None and bool(above.label) and above.said is None
    if waits and not (before and any(one is above for one in before.below)):
        return 99
    last = value_of(before.numbers[-1]) if before else None
    if not follows.label or value_of(follows.label) not in {1, (last or 0) + 1}:
        return 99
    return follows.depth - 1


def _answer_for_tasks(alike: Sequence[_Head], style: str) -> bool:
    """Return whether headings of one kind answer for tasks: one that says so is enough.

    What is numbered below them names units as well, or counts on from heading to heading. Chapters
    answer for tasks where each has some below it; else one without is a task, and so are all.
    """
    short = [one for one in alike if one.short]
    below = [passage for one in short for passage in one.below]
    if any((one.said and one.said.names_units) or one.style == style for one in below):
        return True
    return _counts_on(short) or all(
        one.below
        and one.item.said
        and one.short
        and (not one.item.label or one.item.depth <= DEPTH["chinese"])
        for one in alike
    )


def _counts_on(heads: Sequence[_Head]) -> bool:
    """Return whether what is numbered below headings is counted through: 1. 2., then 3. 4."""
    numbers = [one.numbers for one in heads if one.numbers]
    steps = [(value_of(one[-1]), value_of(two[0])) for one, two in pairwise(numbers)]
    return bool(steps) and all(last and first == last + 1 for last, first in steps)


def _take_over(head: _Head) -> None:
    """Let a heading answer for what is numbered below; what is below that is asked of it."""
    depth = head.level[0].depth
    if not head.item.label:
        head.item.depth = depth - 1
    if head.item.said:
        head.item.over = True
    elif not any(one.said for one in head.below):
        head.item.said = Said()
        for line in head.lines:
            merge(head.item, line.said or Said())
            line.over = True
        head.item.over = True
    for one in head.below:
        one.handed = True
        if one.said is None and (not one.label or one.depth > depth):
            _as_body(one)


def _asked_of(as_one: Sequence[_Head]) -> str:
    numbers = [one.rstrip("、.．") for one in as_one[0].numbers]
    more = f"（共 {len(as_one)} 处这样写）" if len(as_one) > 1 else ""
    return (
        f"下面的 {numbers[0]} 到 {numbers[-1]} 没有各写单位，都算作这一项的具体要求："
        f"是不是各为一项任务？{more}请核对"
    )


def _below(items: Sequence[Passage], depth: int, after: int) -> Iterator[Passage]:
    """Yield what is numbered below, and what stands between its numbers."""
    level, last, between = 0, 0, list[Passage]()
    for one in items[after:]:
        if not one.label:
            if not level:
                return
            between.append(one)
            continue
        if one.depth <= depth:
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
    counted = False
    for one in items:
        if _field(one) or _labels_alone(one) or (one.label and one.depth <= outer):
            return
        if counted and not one.label and shall_all(one):
            return
        counted = counted or bool(one.label)
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
