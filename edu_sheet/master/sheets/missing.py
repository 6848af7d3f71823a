"""Sheet 未报送单位: who owes what, ready to be read out and rung up."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from edu_sheet.master.sheets.rows import rows_of
from edu_sheet.master.sheets.sheet import Styles, add_spanned, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.rules.closings import closed_tasks
from edu_sheet.rules.progress import feeding_periods
from edu_sheet.rules.standing import Standing
from edu_sheet.words.columns import Column
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Task
from edu_sheet.words.returns import State, UnitStatus
from edu_sheet.words.sheets import MISSING_SHEET

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_SIZE = 12.0
_COLUMNS = (
    Column("number", "序号", 6),
    Column("unit", "单位", 34),
    Column("period", "期次", 18),
    Column("state", "情况", 14),
    Column("contact", "联系人", 16),
    Column("telephone", "电话", 20),
    Column("tasks", "没有报送的任务", 96),
)
_FILLS = {State.MISSING: "#F4B6B6"}
_PARTLY_FILL = "#FFE699"


def write_missing(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet: the period itself first, then its months; who owes nothing is not on it."""
    sheet = book.add_worksheet(MISSING_SHEET)
    found = [
        (period, status)
        for period in feeding_periods(source.period)
        for status in source.facts.statuses.get(period, ())
        if status.state is State.MISSING or status.incomplete
    ]
    missing = sum(status.state is State.MISSING for _, status in found)
    told = f"未报 {missing} 家次，未报全 {len(found) - missing} 家次"
    line = ((4, f"期次：{source.period.label}", "left"), (3, told, "right"))
    begin(sheet, styles, _COLUMNS, "未报送单位", line)
    widths = [column.width for column in _COLUMNS]
    for count, (period, status) in enumerate(found, start=1):
        texts = _texts(source, period, status, count)
        fill = _FILLS.get(status.state, _PARTLY_FILL)
        for row in rows_of(texts, widths, _SIZE, repeated=(0, 2, 1)):
            looks = [_look(styles, column, fill) for column in _COLUMNS]
            sheet.add_row(list(zip(row.texts, looks, strict=True)), row.height)
    if not found:
        look = styles.cell(_SIZE, align="center", valign="vcenter")
        add_spanned(sheet, [(len(_COLUMNS), _nobody(source), look)], 24)
    sheet.ignore_errors({"number_stored_as_text": f"A1:G{sheet.next_row}"})
    finish(sheet, _COLUMNS, frozen=2)


def _nobody(source: Source) -> str:
    """Return that nobody owes anything: as far as is known, where returns wait for a person."""
    lines = ((one, source.facts.statuses.get(one, ())) for one in feeding_periods(source.period))
    waits = "；".join(
        f"{period.label}{'、'.join(units)}"
        for period, some in lines
        if (units := [one.unit for one in some if one.state is State.ATTENTION])
    )
    return f"没有未报送的单位。报送件待核实：{waits}。" if waits else "各单位都已报送。"


def _look(styles: Styles, column: Column, fill: str) -> "Format":
    look = {"bg_color": fill} if column.field == "state" else {}
    centred = {} if column.field == "tasks" else {"align": "center"}
    return styles.cell(_SIZE, valign="vcenter", quote_prefix=True, **look, **centred)


def _texts(source: Source, period: Period, status: UnitStatus, count: int) -> tuple[str, ...]:
    unit = source.plan.roster.get(status.unit)
    state = status.label if status.state is State.MISSING else f"缺 {status.blank} 项"
    owed = "；".join(
        f"任务{source.numbers[task.key]} {task.goal.rstrip('。')}"
        for task in _owed(source, period, status.unit)
    )
    return (
        str(count),
        status.unit,
        period.label,
        state,
        unit.contact if unit else "",
        unit.telephone if unit else "",
        owed,
    )


def _owed(source: Source, period: Period, unit: str) -> Iterator[Task]:
    """Yield the tasks that a unit's form asked for and on which it has no text; no closed ones."""
    closed, texts = closed_tasks(source.plan, period), source.facts.texts.get(period, Standing())
    for task in source.plan.tasks:
        asked = source.facts.asked_in(period, unit, task)
        if asked and task.key not in closed and (unit, task.key) not in texts:
            yield task
