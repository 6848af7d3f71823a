"""Sheet 红黄绿: how each task stands by its lead unit's word, with sums; where 设置 asks for it."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from edu_sheet.kit.row_height import LIMIT, row_height
from edu_sheet.master.layout import as_issued
from edu_sheet.master.sheets.main import numbered
from edu_sheet.master.sheets.sheet import Styles, add_spanned, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.rules.closings import CLOSED, closed_tasks
from edu_sheet.rules.lights import (
    COLOURS,
    ORDER,
    TOTAL,
    UNASKED,
    UNKNOWN,
    LightCount,
    columns_of,
    counts,
    light_of,
    of_plan,
)
from edu_sheet.rules.progress import feeding_periods
from edu_sheet.words.columns import GOAL, LEAD, NUMBER, Column
from edu_sheet.words.plan import Light, Role, Task

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from edu_sheet.kit.xlsx_rows import Cell, RowSheet

LIGHTS_SHEET = "红黄绿"
_SIZE = 12.0
_MARK = "●"
_FIXED = (
    Column("number", NUMBER.header, 6),
    Column("goal", GOAL.header, 46),
    Column("lead", LEAD.header, 30),
)
_WIDTH, _REST = 10, 126  # of a state, and of all states with what is beside them
_SUM_FILL = "#F2F2F2"


def write_lights(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet: the tasks of each lead unit, a mark in the column of their light, and sums.

    The mark and its column say it in black and white too. Without 填报完成状态 there is no sheet.
    """
    if not source.plan.settings.asks_state(source.period):
        return
    sheet = book.add_worksheet(LIGHTS_SHEET)
    closed = closed_tasks(source.plan, source.period)
    unasked = {task.key for task in source.plan.tasks if source.facts.unasked(task)}
    sums = counts(of_plan(source.plan, source.own_voices, closed, unasked))
    line = (
        (3, f"期次：{source.period.label}", "left"),
        (6, f"{sums[-1].tasks} 项任务：{sums[-1].sentence or '无'}", "right"),
    )
    states = columns_of(sums)
    columns = _columns(states)
    begin(sheet, styles, as_issued(columns, source.plan), "重点任务完成状态（红黄绿）", line)
    for one in sums[:-1]:
        tasks = _led_by(source, one.unit)
        for task in tasks:
            _write_task(sheet, styles, source, task, one.unit, columns)
        leads = "牵头" if all(task.leads for task in tasks) else ""
        _write_sum(sheet, styles, one, states, f"{one.unit}{leads} {one.tasks} 项")
    shared = sum(one.tasks for one in sums[:-1]) > sums[-1].tasks
    once = "（几个单位共同负责的，算一项）" if shared else ""
    _write_sum(sheet, styles, sums[-1], states, f"{TOTAL} {sums[-1].tasks} 项{once}")
    sheet.add_row([])
    _write_legend(sheet, styles)
    finish(sheet, columns, frozen=len(_FIXED))


def _columns(states: Sequence[str]) -> tuple[Column, ...]:
    """Return the sheet's columns: 已办结 is among the states where anything is closed."""
    others = Column("others", "责任部门的完成状态", _REST - _WIDTH * len(states))
    return (*_FIXED, *(Column("state", state, _WIDTH) for state in states), others)


def _led_by(source: Source, unit: str) -> list[Task]:
    plan = source.plan
    return [
        task
        for task in plan.tasks
        if (role := plan.role(task, unit)) is Role.LEAD or (role and not task.leads)
    ]


def _write_task(
    sheet: "RowSheet",
    styles: Styles,
    source: Source,
    task: Task,
    unit: str,
    columns: Sequence[Column],
) -> None:
    states = {one.unit: one.entry.state for one in source.own_voices[task.key]}
    others = _others(source, task, unit, states)
    number = source.numbers[task.key]
    texts = (number, task.goal, unit, *[""] * (len(columns) - len(_FIXED) - 1), others)
    widths = [column.width for column in columns]
    plain = styles.cell(_SIZE, valign="vcenter")
    cells: list[Cell] = [
        (numbered(number), _centred(styles)),
        (task.goal, plain),
        (unit, plain),
    ]
    closed = task.key in closed_tasks(source.plan, source.period)
    said = states.get(unit, "")
    light = Light.DONE if closed else light_of(said)
    none = UNASKED if source.facts.unasked(task) else UNKNOWN
    own = CLOSED if closed else light.value if light else none
    others = others or (UNASKED if own == UNASKED else "")
    for column in columns[len(_FIXED) : -1]:
        if column.header == own:
            fill = {"bg_color": COLOURS[light]} if light else {}
            cells.append((_MARK if light else said or _MARK, _centred(styles, **fill)))
        else:
            cells.append(("", _centred(styles)))
    cells.append((others, plain))
    sheet.add_row(cells, min(LIMIT, row_height(zip(texts, widths, strict=True), _SIZE, 24)))


def _others(source: Source, task: Task, unit: str, states: dict[str, str]) -> str:
    """Return the states of the responsible units beside one: those behind by name, others counted.

    滞后：县财政局；推进中 3；未填 2. Units that no form asked for a state are not counted.
    """
    asking = [one for one in feeding_periods(source.period) if source.plan.settings.asks_state(one)]
    responsible = [
        other
        for other, role in source.plan.roles(task).items()
        if role is Role.RESPONSIBLE and other != unit
        if states.get(other) or any(source.facts.asked_in(one, other, task) for one in asking)
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


def _write_sum(
    sheet: "RowSheet", styles: Styles, count: LightCount, states: Sequence[str], label: str
) -> None:
    bold = {"bold": True, "bg_color": _SUM_FILL}
    words, figures = _centred(styles, **bold), _centred(styles, num_format="0", **bold)
    counted = [(1, count.number(state), figures) for state in states]
    add_spanned(sheet, [(len(_FIXED), label, words), *counted, (1, "", words)], 24)


def _write_legend(sheet: "RowSheet", styles: Styles) -> None:
    legend: Sequence[tuple[str, str]] = (
        (COLOURS[Light.BEHIND], "红：滞后"),
        (COLOURS[Light.NOT_STARTED], "灰：未启动"),
        (COLOURS[Light.UNDER_WAY], "黄：推进中"),
        (COLOURS[Light.DONE], "绿：已完成、已办结"),
        ("#FFFFFF", "未填：没有报送、没有选，或写的不是以上四种"),
    )
    for fill, meaning in legend:
        add_spanned(sheet, [(2, meaning, styles.cell(_SIZE, valign="vcenter", bg_color=fill))], 20)


def _centred(styles: Styles, **properties: object) -> "Format":
    return styles.cell(_SIZE, align="center", valign="vcenter", **properties)
