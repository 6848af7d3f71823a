"""Several manglings of 总表 at once: a text stands under its own task, or is told; nothing else."""

import os
import random
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from edu_sheet.sentences import sentence
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, QUARTER, TOWNS
from tests.support.master_desk import Desk, table

FIRST, LAST, KEY = 4, 8, 8
RUNS = int(os.environ.get("HAND_EDITS", "25"))
TOKENS = {1: ("甲甲一", "乙乙一"), 2: ("甲甲二",), 3: ("甲甲三",), 4: ("乙乙四",), 5: ("丙丙五",)}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Every text bears a token of its own task."""
    desk.issue(DECEMBER, QUARTER)
    desk.report(EDUCATION, {n: f"推进{TOKENS[n][0]}，成效明显。" for n in (1, 2, 3)})
    desk.report(FINANCE, {1: f"拨付{TOKENS[1][1]}，专款专用。", 4: f"拨付{TOKENS[4][0]}。"})
    desk.report(TOWNS, {5: f"走访{TOKENS[5][0]}，逐户登记。"})
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


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_text_stands_under_its_own_task_or_is_told(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)
    done = dice.sample(MANGLINGS, dice.randint(2, 4))
    if dice.random() < 0.3:
        done.append(_merge_texts)

    def change(book: Any) -> None:
        for one in done:
            one(book["总表"], dice)

    desk.edit(change)
    typed = [
        str(cell.value)
        for row in openpyxl.load_workbook(desk.path())["总表"].iter_rows(min_row=FIRST)
        for cell in row
        if cell.value and ("已核" in str(cell.value) or "会上补充" in str(cell.value))
    ]
    merged = desk.merge()
    names = [one.__name__ for one in done]
    rows = table(openpyxl.load_workbook(desk.path())["总表"])
    said = " ".join(map(sentence, merged.findings))
    for number, tokens in TOKENS.items():
        own = [row for row in rows if row["任务键"] == f"T{number:02}"]
        if not merged.written:  # nothing was changed: the rows are known without their keys
            own = own or [row for row in rows if tokens[0] in str(row["进展情况"])]
        assert len(own) == 1, names
        for token in tokens:
            text = str(own[0]["进展情况"])
            hers = "会上补充" in text and merged.edits > 0  # what she typed took its place
            assert token in text or token in said or hers, (names, token)
        for other, foreign in TOKENS.items():
            strangers = [one for one in foreign if other != number]
            assert not any(one in str(own[0]["进展情况"]) for one in strangers), (names, number)
    for text in typed:
        stands = any(text == row["进展情况"] for row in rows)
        assert stands or text in said, (names, text)
        taken = any(text == row["进展情况"] for row in rows if row["任务键"])
        assert taken or merged.needs_a_person, (names, text)
