"""Sheet 红黄绿: how each task stands by its lead unit's word, with sums; where 设置 asks for it."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from edu_sheet.form.layout import GOAL, LEAD, NUMBER, Column
from edu_sheet.lights import COLOURS, ORDER, TOTAL, UNKNOWN, Count, counts, light_of, of_plan
from edu_sheet.master.sheets import HEAD_ROWS, Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.model import Light, Role, Task
from edu_sheet.row_height import LIMIT, row_height
from edu_sheet.xlsx import write_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LIGHTS_SHEET = "红黄绿"
_SIZE = 12.0
_MARK = "●"
_COLUMNS = (
    Column("number", NUMBER.header, 6),
    Column("goal", GOAL.header, 46),
    Column("lead", LEAD.header, 30),
    *(Column("light", light.value, 10) for light in ORDER),
    Column("unknown", UNKNOWN, 10),
    Column("others", "责任部门的完成状态", 76),
)
_FIRST_LIGHT, _OTHERS = 3, len(_COLUMNS) - 1
_SUM_FILL = "#F2F2F2"


def write_lights(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet: the tasks of each lead unit, a mark in the column of their light, and sums.

    The mark and its column say it in black and white too. Without 填报完成状态 there is no sheet.
    """
    if not source.plan.settings.report_state:
        return
    sheet = book.add_worksheet(LIGHTS_SHEET)
    sums = counts(of_plan(source.plan, source.said))
    line = (
        (3, f"期次：{source.period.label}", "left"),
        (6, f"{sums[-1].tasks} 项任务：{sums[-1].sentence or '无'}", "right"),
    )
    begin(sheet, styles, _COLUMNS, "重点任务完成状态（红黄绿）", line)
    row = HEAD_ROWS
    for one in sums[:-1]:
        for task in _led_by(source, one.unit):
            _write_task(sheet, styles, row, source, task, one.unit)
            row += 1
        _write_sum(sheet, styles, row, one, f"{one.unit}牵头 {one.tasks} 项")
        row += 1
    _write_sum(sheet, styles, row, sums[-1], f"{TOTAL} {sums[-1].tasks} 项")
    row = _write_legend(sheet, styles, row + 2)
    finish(sheet, _COLUMNS, row - 1, frozen=_FIRST_LIGHT)


def _led_by(source: Source, unit: str) -> list[Task]:
    return [task for task in source.plan.tasks if source.plan.role(task, unit) is Role.LEAD]


def _write_task(
    sheet: "Worksheet", styles: Styles, row: int, source: Source, task: Task, unit: str
) -> None:
    states = {one.unit: one.entry.state for one in source.said[task.key]}
    others = _others(source, task, states)
    texts = (str(task.number), task.goal, unit, *[""] * (_OTHERS - _FIRST_LIGHT), others)
    widths = [column.width for column in _COLUMNS]
    sheet.set_row(row, min(LIMIT, row_height(zip(texts, widths, strict=True), _SIZE, 24)))
    sheet.write_number(row, 0, task.number, _centred(styles))
    write_text(sheet, row, 1, task.goal, styles.cell(_SIZE, valign="vcenter"))
    write_text(sheet, row, 2, unit, styles.cell(_SIZE, valign="vcenter"))
    own = light_of(states.get(unit, ""))
    for column, light in enumerate((*ORDER, None), _FIRST_LIGHT):
        if light is own:
            fill = {"bg_color": COLOURS[light]} if light else {}
            text = _MARK if light else states.get(unit, "") or _MARK
            write_text(sheet, row, column, text, _centred(styles, **fill))
        else:
            write_text(sheet, row, column, "", _centred(styles))
    write_text(sheet, row, _OTHERS, others, styles.cell(_SIZE, valign="vcenter"))


def _others(source: Source, task: Task, states: dict[str, str]) -> str:
    """Return how the responsible units say that it stands: who is behind by name, others counted.

    滞后：县财政局；推进中 3；未填 2
    """
    responsible = [
        unit
        for unit in source.plan.reporters(task)
        if source.plan.role(task, unit) is Role.RESPONSIBLE
    ]
    found = Counter(light_of(states.get(unit, "")) for unit in responsible)
    parts = []
    for light in (*ORDER, None):
        if light is Light.BEHIND and found[light]:
            behind = [unit for unit in responsible if light_of(states.get(unit, "")) is light]
            parts.append(f"{light.value}：{'、'.join(behind)}")
        elif found[light]:
            parts.append(f"{light.value if light else UNKNOWN} {found[light]}")
    return "；".join(parts)


def _write_sum(sheet: "Worksheet", styles: Styles, row: int, count: Count, label: str) -> None:
    bold = {"bold": True, "bg_color": _SUM_FILL}
    sheet.set_row(row, 24)
    sheet.merge_range(row, 0, row, _FIRST_LIGHT - 1, "", _centred(styles, **bold))
    write_text(sheet, row, 0, label, _centred(styles, **bold))
    for column, number in enumerate(count.row, _FIRST_LIGHT):
        sheet.write_number(row, column, number, _centred(styles, num_format="0", **bold))
    write_text(sheet, row, _OTHERS, "", _centred(styles, **bold))


def _write_legend(sheet: "Worksheet", styles: Styles, row: int) -> int:
    """Write what the colours mean; return the row below."""
    legend: Sequence[tuple[str, str]] = (
        (COLOURS[Light.BEHIND], "红：滞后"),
        (COLOURS[Light.NOT_STARTED], "灰：未启动"),
        (COLOURS[Light.UNDER_WAY], "黄：推进中"),
        (COLOURS[Light.DONE], "绿：已完成"),
        ("#FFFFFF", "未填：牵头单位没有报送、没有选，或写的不是以上四种"),
    )
    for fill, meaning in legend:
        sheet.set_row(row, 20)
        style = styles.cell(_SIZE, valign="vcenter", bg_color=fill)
        sheet.merge_range(row, 0, row, 1, "", style)
        write_text(sheet, row, 0, meaning, style)
        row += 1
    return row


def _centred(styles: Styles, **properties: object) -> "Format":
    return styles.cell(_SIZE, align="center", valign="vcenter", **properties)
