"""Blocks of prose that are a task each: 任务1：…, or 反馈问题：… again and again. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from edu_sheet.plan.issued.blocks import Paragraph
from edu_sheet.plan.issued.ordinals import (
    DEPTH,
    named_ordinal_of,
    ordinal_of,
    value_of,
    word_and_number,
)
from edu_sheet.plan.issued.passages import Passage

_ANSWERS = re.compile(r"牵头|责任|负责|主办|承办|配合|落实|实施单位|^(?:单位|部门)\s*[：:]")
_NUMBER_ALONE = re.compile(r"(?:任务|项目)?(?:序号|编号)\s*[：:]\s*(\d{1,3})")
_SEVERAL = 2


def counting_words(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    """Return the words by which a document counts its tasks: 任务 of 任务1, 任务2; and their style.

    They count from 1, through or from heading to heading, and each says who answers before the
    next: measures of a task do not.
    """
    places: dict[str, list[int]] = {}
    numbers: dict[str, list[int | None]] = {}
    for at, one in enumerate(paragraphs):
        if found := named_ordinal_of(one.text):
            word = word_and_number(found.label)[0]
            places.setdefault(word, []).append(at)
            numbers.setdefault(word, []).append(value_of(found.label))
    return {
        word: _style(paragraphs[: found[0]])
        for word, found in places.items()
        if len(found) >= _SEVERAL
        and _counts(numbers[word])
        and all(
            any(_ANSWERS.search(one.text) for one in paragraphs[start:end])
            for start, end in pairwise([*found, len(paragraphs)])
        )
    }


def _style(above: Sequence[Paragraph]) -> str:
    """Return the style of such numbers: they stand below （一） where one is above them."""
    numbers = [ordinal_of(one.number or one.text) for one in above]
    styles = [one.style for one in numbers if one]
    return "named_figure" if styles[-1:] == ["chinese_brackets"] else "named"


def _counts(numbers: Sequence[int | None]) -> bool:
    steps = pairwise([0, *numbers])
    return all(two == 1 or (one is not None and two == one + 1) for one, two in steps)


def with_numbers_joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, each that is nothing but 任务1 or 序号：1 with the line below it."""
    number: Paragraph | None = None
    for one in paragraphs:
        if number is not None and (counted := _NUMBER_ALONE.fullmatch(number.text)):
            yield replace(number, text=f"{counted[1]}.{one.text}")
            number = None
            continue
        if _NUMBER_ALONE.fullmatch(one.text) and not one.number:
            if number is not None:
                yield number
            number = one
            continue
        found = named_ordinal_of(f"{one.text}：x")
        alone = found is not None and found.rest == "x" and not one.number
        if number is not None and not alone and not ordinal_of(one.text) and not one.number:
            yield replace(number, text=f"{number.text.rstrip('：:')}：{one.text}")
            number = None
            continue
        if number is not None:
            yield number
        number = one if alone else None
        if not alone:
            yield one
    if number is not None:
        yield number


def mark_repeated(items: Sequence[Passage]) -> None:
    """Number the lines of one label that begin a task each: 反馈问题：… 责任单位：… 反馈问题：…

    It is the first label of the document that stands again behind the units of the one before,
    where no number begins the tasks.
    """
    answered = [at for at, one in enumerate(items) if _answers(one)]
    if not answered:
        return
    for first in items[: answered[0]]:
        if first.field is None or not first.field[1]:
            continue
        begins = [
            at for at, one in enumerate(items) if one.field and one.field[0] == first.field[0]
        ]
        if len(begins) >= _SEVERAL and _each_answers(begins, answered, items):
            for number, at in enumerate(begins, 1):
                _number(items[at], number)
            return


def _answers(item: Passage) -> bool:
    alone = item.said is not None and not item.text and not item.label
    return alone and item.said is not None and item.said.names_units


def _each_answers(begins: Sequence[int], answered: Sequence[int], items: Sequence[Passage]) -> bool:
    """Return whether units stand behind each beginning, and no number right above each."""
    spans = [*pairwise([*begins, len(items)])]
    answers = all(any(start < at < end for at in answered) for start, end in spans)
    ends = [-1, *(max((at for at in answered if at < start), default=-1) for start in begins[1:])]
    above = [
        any(one.label for one in items[end + 1 : start])
        for end, start in zip(ends, begins, strict=True)
    ]
    return answers and not all(above)


def _number(item: Passage, number: int) -> None:
    item.label, item.style, item.depth = str(number), "named_figure", DEPTH["named_figure"]
    item.field = None
