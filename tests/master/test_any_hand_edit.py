"""Several manglings of 总表 at once: a text stands under its own task, or is told; nothing else."""

import os
import random
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from edu_sheet.master.merging.merge import Merged
from edu_sheet.rules.labels import labelled, parted
from edu_sheet.sentences import sentence
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    QUARTER,
    SCHOOLS,
    TOWNS,
    UNITS,
)
from tests.support.master_desk import Desk, table

FIRST, LAST, KEY = 4, 8, 8
pytestmark = pytest.mark.once
RUNS = int(os.environ.get("HAND_EDITS", "25"))
TOKENS = {
    1: {EDUCATION: "甲甲一", FINANCE: "乙乙一", TOWNS: "丙丙一"},
    2: {EDUCATION: "甲甲二", FINANCE: "乙乙二"},
    3: {EDUCATION: "甲甲三", SCHOOLS: "丁丁三"},
    4: {FINANCE: "乙乙四"},
    5: {TOWNS: "丙丙五"},
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Every text bears a token of its own task."""
    desk.issue(DECEMBER, QUARTER)
    said = {
        EDUCATION: "推进{}，成效明显。",
        FINANCE: "拨付{}，专款专用。",
        TOWNS: "走访{}，逐户登记。",
        SCHOOLS: "开学{}，\n课程开齐。",
    }
    for unit, text in said.items():
        own = {number: tokens[unit] for number, tokens in TOKENS.items() if unit in tokens}
        desk.report(unit, {number: text.format(token) for number, token in own.items()})
    desk.merge()
    return desk


def _reorder(sheet: Any, dice: random.Random, first: int, last: int) -> None:
    rows = list(range(FIRST, LAST + 1))
    chosen = sorted(dice.sample(rows, dice.randint(2, len(rows))))
    mixed = dice.sample(chosen, len(chosen))
    columns = range(first, last + 1)
    lines = {row: [sheet.cell(row, column).value for column in columns] for row in chosen}
    for row, source in zip(chosen, mixed, strict=True):
        for column, value in zip(columns, lines[source], strict=True):
            sheet.cell(row, column).value = value


def _sort_visible(sheet: Any, dice: random.Random) -> None:
    _reorder(sheet, dice, 1, KEY - 1)


def _sort_whole(sheet: Any, dice: random.Random) -> None:
    _reorder(sheet, dice, 1, KEY)


def _sort_some_columns(sheet: Any, dice: random.Random) -> None:
    first = dice.randint(1, KEY - 1)
    _reorder(sheet, dice, first, dice.randint(first, KEY - 1))


def _sort_texts(sheet: Any, dice: random.Random) -> None:
    _reorder(sheet, dice, 4, 4)


def _polish(sheet: Any, dice: random.Random) -> None:
    cell = sheet.cell(dice.randint(FIRST, LAST), 4)
    cell.value = f"{cell.value or ''}已核。"


def _reword(sheet: Any, dice: random.Random) -> None:
    cell = sheet.cell(dice.randint(FIRST, LAST), dice.choice((2, 3)))
    cell.value = f"切实{cell.value or ''}"


def _renumber(sheet: Any, dice: random.Random) -> None:
    for row, number in zip(range(FIRST, LAST + 1), dice.sample(range(1, 6), 5), strict=True):
        sheet.cell(row, 1).value = number


def _insert(sheet: Any, dice: random.Random) -> None:
    row = dice.randint(FIRST, LAST)
    sheet.insert_rows(row)
    sheet.cell(row, 4).value = "会上补充的一句。"


def _lose_keys(sheet: Any, dice: random.Random) -> None:
    for row in range(FIRST, LAST + 1):
        if dice.random() < 0.5:
            sheet.cell(row, KEY).value = None


def _merge_texts(sheet: Any, dice: random.Random) -> None:
    row = dice.randint(FIRST, LAST - 1)
    if not sheet.merged_cells.ranges or all(
        one.min_row < FIRST for one in sheet.merged_cells.ranges
    ):
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=4, end_column=4)


def _pieces(sheet: Any, row: int) -> list[tuple[str, str]]:
    return [(unit, text.strip("\n")) for unit, text in parted(_text(sheet, row), set(UNITS))]


def _text(sheet: Any, row: int) -> str:
    return str(sheet.cell(row, 4).value or "")


def _put(sheet: Any, row: int, pieces: list[tuple[str, str]]) -> None:
    bare = [(unit, text) for unit, text in pieces if unit or text]
    texts = (labelled([(unit, text)]) if unit else text for unit, text in bare)
    sheet.cell(row, 4).value = "\n".join(texts) or None


def _some_row(sheet: Any, dice: random.Random, least: int = 1) -> int:
    rows = [row for row in range(FIRST, LAST + 1) if len(_pieces(sheet, row)) >= least]
    return dice.choice(rows) if rows else 0


def _move_segment(sheet: Any, dice: random.Random) -> None:
    """Cut a unit's label and text, and paste both into another task's cell."""
    if not (row := _some_row(sheet, dice)):
        return
    other = dice.choice([one for one in range(FIRST, LAST + 1) if one != row])
    pieces, there = _pieces(sheet, row), _pieces(sheet, other)
    one = pieces.pop(dice.randrange(len(pieces)))
    there.insert(dice.randint(0, len(there)), one)
    _put(sheet, row, pieces)
    _put(sheet, other, there)


def _move_text(sheet: Any, dice: random.Random) -> None:
    """Cut a unit's text without its label, and put it behind another one's."""
    if not (row := _some_row(sheet, dice)):
        return
    pieces = _pieces(sheet, row)
    at = dice.randrange(len(pieces))
    unit, text = pieces[at]
    pieces[at] = (unit, "")
    _put(sheet, row, pieces)
    if other := _some_row(sheet, dice):
        there = _pieces(sheet, other)
        at = dice.randrange(len(there))
        there[at] = (there[at][0], f"{there[at][1]}\n{text}".strip("\n"))
        _put(sheet, other, there)


def _swap_labels(sheet: Any, dice: random.Random) -> None:
    if row := _some_row(sheet, dice, 2):
        pieces = _pieces(sheet, row)
        one, other = dice.sample(range(len(pieces)), 2)
        (first, text), (second, more) = pieces[one], pieces[other]
        pieces[one], pieces[other] = (second, text), (first, more)
        _put(sheet, row, pieces)


def _drop_label(sheet: Any, dice: random.Random) -> None:
    if row := _some_row(sheet, dice):
        pieces = _pieces(sheet, row)
        at = dice.randrange(len(pieces))
        pieces[at] = ("", pieces[at][1])
        _put(sheet, row, pieces)


def _double_label(sheet: Any, dice: random.Random) -> None:
    """Let a text bear the name of another one in its cell."""
    if row := _some_row(sheet, dice, 2):
        pieces = _pieces(sheet, row)
        one, other = dice.sample(range(len(pieces)), 2)
        pieces[one] = (pieces[other][0], pieces[one][1])
        _put(sheet, row, pieces)


def _rename_label(sheet: Any, dice: random.Random) -> None:
    """Let a text bear the name of some other unit, or of none."""
    if row := _some_row(sheet, dice):
        pieces = _pieces(sheet, row)
        at = dice.randrange(len(pieces))
        pieces[at] = (dice.choice((*UNITS, "县教体局", "市财政局")), pieces[at][1])
        _put(sheet, row, pieces)


def _swap_segments(sheet: Any, dice: random.Random) -> None:
    """Put the sections of a cell into another order, each with its label."""
    if row := _some_row(sheet, dice, 2):
        pieces = _pieces(sheet, row)
        dice.shuffle(pieces)
        _put(sheet, row, pieces)


def _join_segments(sheet: Any, dice: random.Random) -> None:
    """Lose the line's end between a text and the next label."""
    if row := _some_row(sheet, dice, 2):
        first, *rest = _pieces(sheet, row)
        sheet.cell(row, 4).value = f"{labelled([first])}{labelled(rest)}"


def _polish_segment(sheet: Any, dice: random.Random) -> None:
    if row := _some_row(sheet, dice):
        pieces = _pieces(sheet, row)
        at = dice.randrange(len(pieces))
        pieces[at] = (pieces[at][0], f"{pieces[at][1]}经核实。")
        _put(sheet, row, pieces)


MANGLINGS: tuple[Callable[[Any, random.Random], None], ...] = (
    _sort_visible,
    _sort_whole,
    _sort_some_columns,
    _sort_texts,
    _polish,
    _reword,
    _renumber,
    _insert,
    _lose_keys,
)
LABELS: tuple[Callable[[Any, random.Random], None], ...] = (
    _move_segment,
    _move_text,
    _swap_labels,
    _drop_label,
    _double_label,
    _rename_label,
    _swap_segments,
    _join_segments,
    _polish_segment,
)


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_text_stands_under_its_own_task_or_is_told(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)
    done = dice.sample(MANGLINGS, dice.randint(2, 4))
    if dice.random() < 0.3:
        done.append(_merge_texts)
    _hold(desk, done, dice)


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_text_stands_under_its_own_unit_or_is_told(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)
    _hold(desk, dice.choices(LABELS, k=dice.randint(1, 3)), dice)


@pytest.mark.parametrize("seed", range(RUNS))
def test_rows_and_labels_mangled_at_once_move_no_text_unsaid(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)
    _hold(desk, [*dice.sample(MANGLINGS, 1), *dice.choices(LABELS, k=dice.randint(1, 2))], dice)


def _hold(
    desk: Desk, done: list[Callable[[Any, random.Random], None]], dice: random.Random
) -> None:
    """Mangle the master so, merge, and hold that every text is where it belongs, or told."""

    def change(book: Any) -> None:
        for one in done:
            one(book["总表"], dice)

    desk.edit(change)
    names = [one.__name__ for one in done]
    typed = _typed(desk)
    merged = desk.merge()
    rows = table(openpyxl.load_workbook(desk.path())["总表"])
    _hold_tasks(merged, rows, names)
    _hold_units(merged, rows, names)
    _hold_typed(merged, rows, typed, names)
    quarter = desk.merge(QUARTER)
    _hold_units(quarter, table(openpyxl.load_workbook(quarter.path)["总表"]), [*names, "quarter"])


def _typed(desk: Desk) -> list[str]:
    """Return the cells that bear a person's words."""
    return [
        str(cell.value)
        for row in openpyxl.load_workbook(desk.path())["总表"].iter_rows(min_row=FIRST)
        for cell in row
        if cell.value and any(one in str(cell.value) for one in ("已核", "会上补充", "经核实"))
    ]


def _own(merged: Merged, rows: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    own = [row for row in rows if row["任务键"] == f"T{number:02}"]
    if merged.written or own:
        return own
    tokens = TOKENS[number].values()  # nothing was changed: the rows are known without their keys
    return [row for row in rows if any(one in str(row["进展情况"]) for one in tokens)]


def _hold_tasks(merged: Merged, rows: list[dict[str, Any]], names: list[str]) -> None:
    """Hold that no text stands under another task, and none is gone without a word."""
    said = " ".join(map(sentence, merged.findings))
    for number, tokens in TOKENS.items():
        own = _own(merged, rows, number)
        assert len(own) == 1, names
        text = str(own[0]["进展情况"])
        for token in tokens.values():
            hers = "会上补充" in text and merged.edits > 0  # what she typed took its place
            assert token in text or token in said or hers, (names, token)
        for other, foreign in TOKENS.items():
            strangers = [one for one in foreign.values() if other != number]
            assert not any(one in text for one in strangers), (names, number)


def _hold_units(merged: Merged, rows: list[dict[str, Any]], names: list[str]) -> None:
    """Hold that a text which stands under another unit's name is told by its task."""
    doubts = [one.task for one in merged.findings if one.code in ("label", "moved_text")]
    doubtful = {one.number for one in doubts if one}
    for number, tokens in TOKENS.items():
        for row in _own(merged, rows, number):
            pieces = parted(str(row["进展情况"] or ""), set(UNITS))
            for unit, token in tokens.items():
                others = [one for one, text in pieces if token in text and one != unit]
                assert not others or (merged.needs_a_person and number in doubtful), (names, token)


def _hold_typed(
    merged: Merged, rows: list[dict[str, Any]], typed: list[str], names: list[str]
) -> None:
    """Hold that a person's words stand where they were written, or are told."""
    said = " ".join(map(sentence, merged.findings))
    for text in typed:
        stands = any(text == row["进展情况"] for row in rows)
        assert stands or text in said, (names, text)
        taken = any(text == row["进展情况"] for row in rows if row["任务键"])
        assert taken or merged.needs_a_person, (names, text)
