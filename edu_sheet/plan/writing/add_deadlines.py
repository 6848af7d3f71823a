"""Deadlines that the requirements name, added to sheet 时限节点 of a workbook that a person edits.

Rows that are there are never changed, and nothing else in the workbook is.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from edu_sheet.kit import row_height
from edu_sheet.plan import layout, package
from edu_sheet.plan.workbook.deadline_rows import node_key, present
from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.workbook.located import Located
from edu_sheet.plan.workbook.requirements import proposed
from edu_sheet.plan.writing.deadline_sheet import one_sheet_book, texts
from edu_sheet.plan.writing.graft import with_sheet
from edu_sheet.plan.writing.paper import SIZE
from edu_sheet.plan.writing.write_keys import write_keys
from edu_sheet.words.columns import NUMBER
from edu_sheet.words.plan import Deadline, Plan
from edu_sheet.words.sheets import DEADLINES_SHEET

if TYPE_CHECKING:
    from lxml.etree import _Element


def add_deadlines(loaded: Loaded) -> tuple[Loaded, int]:
    """Return the workbook with the deadlines that sheet 时限节点 lacks, and how many they are.

    The sheet is added where it is missing; so are the tasks' keys, which its rows name. PlanError
    if the plan has errors.
    """
    plan = loaded.valid()
    located = loaded.sheets.get(DEADLINES_SHEET)
    there = present(located, plan.tasks) if located else set()
    missing = [one for one in proposed(plan) if node_key(one.task, one.words) not in there]
    if not missing:
        return loaded, 0
    keyed = write_keys(loaded)
    if located is None:
        data = with_sheet(keyed.data, one_sheet_book(plan, missing))
    else:
        data = _with_rows(keyed.data, located, missing, plan)
    return load_bytes(data, loaded.name), len(missing)


def _with_rows(data: bytes, located: Located, missing: Sequence[Deadline], plan: Plan) -> bytes:
    """Return the workbook with rows below the last one, in the look of the first."""
    numbers = {task.key: task.shown for task in plan.tasks}
    return package.with_rows(
        data,
        located.name,
        [partial(_fill, located=located, said=texts(one, numbers)) for one in missing],
        after=located.last_row,
        model=min((line.row for line in located.lines), default=0),
        width=max(located.columns.values()),
    )


def _fill(
    row: "_Element", number: int, model: "_Element | None", *, located: Located, said: Sequence[str]
) -> None:
    for column, text in zip(layout.DEADLINE_COLUMNS, said, strict=True):
        place = located.columns.get(column)
        if place is None:
            continue
        cell = package.cell_of(row, number, place)
        if column is NUMBER and text.isdecimal():
            package.set_number(cell, text)
        else:
            package.set_text(cell, text)
        package.take_style(cell, model, place)
    pairs = zip(said, (column.width for column in layout.DEADLINE_COLUMNS), strict=True)
    height = row_height.row_height(list(pairs)[:-1], SIZE, 19)
    row.set("ht", f"{min(height, row_height.LIMIT):g}")
    row.set("customHeight", "1")
