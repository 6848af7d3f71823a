"""A table for each task, labels and texts side by side: 督办事项 | …, 责任单位 | …. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edu_sheet.plan.issued.blocks import Grid, GridCell
from edu_sheet.plan.issued.cells import add_units, keep_persons
from edu_sheet.plan.issued.columns import EARLIER
from edu_sheet.plan.issued.draft import Draft, Left, Source
from edu_sheet.plan.issued.meaning import (
    TASKS,
    UNITS,
    Meaning,
    meaning_of,
    names_persons,
    names_several,
)
from edu_sheet.plan.issued.ordinals import number_of, word_and_number
from edu_sheet.plan.issued.persons import without_persons
from edu_sheet.plan.issued.reader import Reader, has
from edu_sheet.rules.units import is_unit_name
from edu_sheet.words.text import bare, tidy

_LABEL_LENGTH = 14  # characters of a label whose word is not known
_ROWS = 2  # with several texts each, at the least
_NAME = re.compile(r"名称$")
_COUNTS = re.compile(r"[\u4e00-\u9fff]{0,8}[（(第]?[一二三四五六七八九十\d]{1,3}[）)项号]?")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and the text beside it; no label: a text that has none."""

    row: int
    label: str
    text: str

    @property
    def meaning(self) -> Meaning | None:
        return meaning_of(self.label) if self.label else None


def read_card(reader: Reader, grid: Grid) -> bool:
    """Read a table that is one task, labels and texts side by side; return whether it is one.

    One below the other they may be several: each begins with the label of the first.
    """
    pairs = [pair for row, cells in enumerate(grid.rows) for pair in _pairs(row, cells)]
    cards = _cards(pairs)
    if not cards or not _is_task(cards[0]):
        return False
    left: list[Left] = []
    for card in cards:
        place = grid.place(_top(card)) if len(cards) > 1 else grid.name
        reader.read.tasks.append(_draft(reader, card, place))
        left += _left(card, place)
        rows = grid.rows[card[0].row : card[-1].row + 1]
        reader.read.sources += [
            Source(place, cell.text)
            for cells in rows
            for cell in cells
            if not cell.merged and has(cell)
        ]
    if len(cards) == 1:
        _number_above(reader, grid)
    reader.read.counted.append((grid.name, len(grid.rows), len(cards), len(left)))
    reader.read.left += left
    return True


def _number_above(reader: Reader, grid: Grid) -> None:
    """Number the task of a card as the line above it says: 任务163."""
    draft = reader.read.tasks[-1]
    line = next((text for text in reversed(grid.above) if text.strip()), "")
    word, number = word_and_number(line)
    if word and not draft.label and number_of(number) is not None:
        draft.label = number
        reader.read.used.setdefault(bare(line), "用作序号")


def is_card(grid: Grid) -> bool:
    """Return whether a table is surely a card, or several, though a row of it is like a header.

    工作任务 | 修路 | 责任单位 | 县交通局: units stand beside what names them.
    """
    rows = [own for cells in grid.rows if (own := _own(cells)) and any(map(has, own))]
    several = [own for own in rows if sum(map(has, own)) > 1]
    if len(several) < _ROWS or not all(_side_by_side(_without_group(own)) for own in several):
        return False
    pairs = [pair for row, cells in enumerate(grid.rows) for pair in _pairs(row, cells)]
    labelled = [one for one in pairs if one.label]
    units = [one for one in labelled if one.meaning in UNITS]
    return (
        2 * sum(one.meaning is not None for one in labelled) > len(labelled)
        and all(is_unit_name(re.split(r"[、，,；;\s（]", one.text)[0]) for one in units if one.text)
        and bool(cards := _cards(pairs))
        and _is_task(cards[0])
    )


def _own(cells: Sequence[GridCell]) -> list[GridCell]:
    """Return a row's own cells, blanks too, without what makes their number odd at the end."""
    own = [cell for cell in cells if not cell.merged]
    while len(own) % 2 and own and not has(own[-1]):
        own.pop()
    return own


def _without_group(own: list[GridCell]) -> list[GridCell]:
    """Return a row without the word for several rows before its first label: 基本情况."""
    group = len(own) > 2 and len(own) % 2 and _like_label(own[0].text)
    return own[1:] if group and _side_by_side(own[1:]) else own


def _pairs(row: int, cells: Sequence[GridCell]) -> Iterator[_Pair]:
    """Yield what a row says: by the places of its labels, blanks too, else by their words."""
    own = _own(cells)
    if len(rest := _without_group(own)) < len(own):
        yield _Pair(row, "", own[0].text)
        own = rest
    if _side_by_side(own):
        for label, text in zip(own[::2], own[1::2], strict=True):
            if has(label) and tidy(label.text) == tidy(text.text):
                yield _Pair(row, "", text.text)  # written in all cells of the row
            elif has(label):
                yield _Pair(row, tidy(label.text), text.text.strip())
        return
    texts = [cell.text for cell in own if has(cell)]
    at = 0
    while at < len(texts):
        alone = at + 1 == len(texts) or _labels(texts[at + 1])
        if _labels(texts[at]) is None or alone:
            yield _Pair(row, "", texts[at])
            at += 1
        else:
            yield _Pair(row, tidy(texts[at]), texts[at + 1])
            at += 2


def _side_by_side(own: Sequence[GridCell]) -> bool:
    """Return whether every other cell of a row is a label, whatever word its text has in it.

    牵头单位 | 责任单位 is no such row: the texts stand below.
    """
    labels, texts = own[::2], own[1::2]
    if not own or len(own) % 2 or not any(map(has, labels)):
        return False
    for label, text in zip(labels, texts, strict=True):
        if not has(label) and has(text):
            return False
        known, other = _labels(label.text), _labels(text.text)
        unknown = has(label) and known is None
        if unknown and (not _like_label(label.text) or is_unit_name(label.text)):
            return False
        if other not in {None, known, *TASKS, Meaning.CATEGORY} and _like_label(text.text):
            return False
    known_ones = [one for one in labels if _labels(one.text)]
    return bool(known_ones) or len(own) == 2  # a label and its text


def _labels(text: str) -> Meaning | None:
    """Return what a cell names as a label; 明确责任单位。 is a text, as its full stop says."""
    return None if text.rstrip().endswith(("。", "；", "！")) else meaning_of(text)


def _like_label(text: str) -> bool:
    return len(bare(text)) <= _LABEL_LENGTH and not re.search(r"[。；;，,！？\d]", text)


def _cards(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """Return the pairs of each task: one begins where the first label comes again.

    任务二 is 任务一 again, where who answers stands below each.
    """
    counted = _parted(pairs, [word_and_number(one.label)[0] or one.label for one in pairs])
    if len(counted) > 1 and all(map(_is_task, counted)):
        return counted
    return _parted(pairs, [one.label for one in pairs])


def _parted(pairs: Sequence[_Pair], labels: Sequence[str]) -> list[list[_Pair]]:
    """Return the pairs of each task, by the labels that are taken for theirs.

    A text without a label right above a task, 督办事项之二, is the next one's.
    """
    first = _first_label(pairs, labels)
    cards: list[list[_Pair]] = []
    begun = False  # whether the last card has its first label
    for one, label in zip(pairs, labels, strict=True):
        again = bool(first) and label == first
        if not cards:
            cards.append([])
        elif again and begun and cards[-1][-1].row < one.row:
            cards.append(_above(cards[-1]))
        begun = begun or again
        cards[-1].append(one)
    return cards


def _first_label(pairs: Sequence[_Pair], labels: Sequence[str]) -> str:
    """Return the label that each card begins with: it comes as often as the one of the task."""
    known = [
        (one, label) for one, label in zip(pairs, labels, strict=True) if one.meaning and one.text
    ]
    goals = [label for one, label in known if one.meaning is Meaning.GOAL]
    counted = Counter(label for _, label in known)
    often = counted[goals[0]] if goals else 1
    return next((label for _, label in known if counted[label] == often), "")


def _above(card: list[_Pair]) -> list[_Pair]:
    """Take from the end of a card what has no label: it stands above the next one."""
    above: list[_Pair] = []
    while card and not card[-1].label:
        above.insert(0, card.pop())
    return above


def _top(card: Sequence[_Pair]) -> int:
    """Return the row where a card itself begins, below what has no label or no text."""
    return next((one.row for one in card if one.meaning and one.text), card[0].row)


def _is_task(card: Sequence[_Pair]) -> bool:
    meanings = {one.meaning for one in card if one.text}
    return Meaning.GOAL in meanings and bool(meanings & UNITS)


def _draft(reader: Reader, card: Sequence[_Pair], place: str) -> Draft:
    """Return the task of a card: what is called its name is the task, else what comes first."""
    draft = Draft([place])
    goals = [one for one in card if one.meaning is Meaning.GOAL and one.text]
    goal = next((one for one in goals if _NAME.search(one.label)), goals[0] if goals else None)
    for one in card:
        if one.label and one.text:
            _take_pair(reader, draft, one, is_goal=one is goal)
    number = word_and_number(goal.label)[1] if goal else ""  # 任务二
    if not draft.label and number_of(number) is not None:
        draft.label = number
    return draft


def _left(card: Sequence[_Pair], place: str) -> Iterator[Left]:
    """Yield what became no part of the task, in a line of each kind."""
    top = _top(card)
    above = [tidy(one.text) for one in card if not one.label and one.row < top]
    for text in dict.fromkeys(above):  # a title is one; 督办事项之二 but counts
        yield Left(place, "没有用到的格", text, ask=not _COUNTS.fullmatch(text))
    inside = [one for one in card if not one.label and one.row >= top]
    rest = " | ".join(dict.fromkeys(tidy(one.text) for one in inside))
    blank = " | ".join(one.label for one in card if one.label and not one.text)
    if rest:
        yield Left(place, "没有用到的格", rest, ask=True)
    if blank:
        yield Left(place, "没有填写的格", blank)


def _take_pair(reader: Reader, draft: Draft, pair: _Pair, *, is_goal: bool) -> None:
    label, meaning, text = pair.label, pair.meaning, pair.text
    if meaning is None:
        draft.also(label, text)
        return
    draft.how[label] = meaning.value
    if meaning in UNITS:
        if names_persons(label):
            text = keep_persons(reader, draft, meaning, text, without_persons(text))
        add_units(draft, text, meaning, both=names_several(label), page_break=False)
    elif meaning is Meaning.NUMBER:
        draft.label = tidy(text)
    elif meaning is Meaning.GOAL and not is_goal:
        draft.how[label] = Meaning.REQUIREMENTS.value
        draft.add(Meaning.REQUIREMENTS, text, " ")
    elif meaning in (Meaning.GOAL, Meaning.REQUIREMENTS, Meaning.LIAISON, Meaning.CATEGORY):
        draft.add(meaning, text, " ")
    else:
        draft.also(label if meaning is not Meaning.PROGRESS else EARLIER, text)
