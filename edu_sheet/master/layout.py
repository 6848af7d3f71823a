"""What stands where in a master: sheets, columns, how a page is set up. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from edu_sheet.words.columns import (
    GOAL,
    LEAD,
    NUMBER,
    PLAN_COLUMNS,
    PROGRESS,
    RESPONSIBLE,
    Column,
    spread,
)
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.sheets import RETURNS_SHEET

BASE_PROPERTY = "edu-sheet-master"  # custom document property: the id of what was written

PLAN_PROPERTY = "edu-sheet-plan"  # likewise: of which workspace's plan it is

SHEETS_PROPERTY = "edu-sheet-sheets"  # likewise: what its other sheets say, as fingerprints

_CHARTS = {RETURNS_SHEET: 1}  # how many charts the program puts on which sheets

_KEPT = "（改{}）"  # behind the name of a sheet in which a person wrote
_IS_KEPT = re.compile(r"（改\d*）$")

CONTINUED = "（续）"
NEW_MARK = "〔新报送〕"  # before the 目标任务 of a row that holds a new text beside an edited one
CUT_MARK = "〔未显示完〕"  # before the 目标任务 of a row below one that is taller than a row can be

MAIN_SIZE = 11.0

HISTORY_FIXED = (
    replace(NUMBER, width=5),
    replace(GOAL, width=14),
    Column("unit", "单位（角色）", 15),
)
HISTORY_WIDTH = 180.0  # of all months together
HISTORY_SIZE = 10.0

DETAIL_COLUMNS = (
    Column("number", NUMBER.header, 5),
    Column("goal", GOAL.header, 20),
    Column("unit", "单位", 18),
    Column("role", "角色", 6),
    Column("period", "期次", 15),
    Column("progress", PROGRESS.header, 78),
    Column("file", "来源文件", 24),
    Column("place", "单元格", 12),
    Column("received_at", "收到时间", 12),
    Column("submission", "报送件编号", 12),
    Column("adopted", "总表采用", 9),
)
DETAIL_SIZE = 10.0

PROBLEM_COLUMNS = (
    Column("number", NUMBER.header, 5),
    Column("severity", "级别", 6),
    Column("period", "期次", 15),
    Column("unit", "单位", 22),
    Column("file", "文件", 28),
    Column("place", "位置", 18),
    Column("what", "问题", 76),
    Column("next", "怎么办", 42),
)
PROBLEM_SIZE = 11.0


_MAIN_WIDTH = sum(one.master for one in PLAN_COLUMNS if one.master)  # in characters


def kept_names(sheet: str) -> Iterator[str]:
    """Yield what a sheet of the program's in which a person wrote may be called from then on."""
    return (f"{sheet}{_KEPT.format(number or '')}" for number in (0, *range(2, 1000)))


def charts_on(sheet: str) -> int:
    """Return how many charts of the program's are on a sheet, or on one kept under such a name."""
    return _CHARTS.get(_IS_KEPT.sub("", sheet), 0)


def as_issued(columns: Iterable[Column], plan: Plan) -> list[Column]:
    """Return a sheet's columns under the plan's own headers: 目标任务, and who answers for it."""
    shows = {"goal": GOAL, "lead": LEAD if led(plan) else RESPONSIBLE}
    headers = {one.field: one.header for one in plan.columns}
    said = ((one, shows.get(one.field, one).field) for one in columns)
    return [replace(one, header=headers.get(field, one.header)) for one, field in said]


def led(plan: Plan) -> bool:
    """Return whether anybody leads any of the tasks."""
    return any(task.leads for task in plan.tasks)


def who_answers(task: Task, plan: Plan) -> str:
    """Return who stands in the column of who answers: where some tasks are led, others say so."""
    units = "、".join(task.answering)
    return f"（没有牵头单位）{units}" if led(plan) and not task.leads else units


def main_columns(of_plan: Iterable[Column]) -> list[Column]:
    """Return the columns of 总表 for a plan with those columns: the task's key, hidden, included.

    The seven official ones are as wide as an A3 sheet lying on its side; fewer are wider.
    """
    shown = [replace(one, width=one.master) for one in of_plan if one.master is not None]
    return [*spread(shown, _MAIN_WIDTH, larger=1)]
