"""Sheet 报送情况: units × periods, coloured, with totals and a legend."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from edu_sheet.kit.row_height import LIMIT, row_height
from edu_sheet.master.sheets.sheet import HEAD_ROWS, Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.rules.reminders import Reminded
from edu_sheet.words.columns import Column
from edu_sheet.words.returns import State, UnitStatus
from edu_sheet.words.sheets import RETURNS_SHEET

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from edu_sheet.kit.xlsx_rows import Cell, RowSheet

_SIZE = 11.0
_FILLS = {
    State.RETURNED: "#D8EBD0",
    State.LATE: "#FFE699",
    State.ATTENTION: "#F8CBAD",
    State.MISSING: "#F4B6B6",
}
_INCOMPLETE_FILL = "#FFF6D6"
_NOT_ASKED_FILL = "#F2F2F2"
_NOT_ASKED = "—"
_CHART_ROWS = 16  # of 20 pixels
_CHART_MARGIN = 24  # pixels: programs make columns narrower than they say
_SURELY = 0.85  # of a column's width: with wider fonts a bracket goes to the next line
_FEW = 9  # units: the axis counts each, else Excel has halves of them
_TOTALS = ("应报", "按时", "迟报", "待处理", "未报", "未报全", "报送率")
_FORMATS = (*["0"] * 6, "0%")


def write_returns(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet: a row a unit, a column a period, and both ways the totals."""
    sheet = book.add_worksheet(RETURNS_SHEET)
    periods = list(source.facts.statuses)
    by_unit: dict[str, dict[object, UnitStatus]] = {}
    for period in periods:
        for one in source.facts.statuses[period]:
            by_unit.setdefault(one.unit, {})[period] = one
    columns = [
        Column("unit", "单位", 40),
        *(Column("period", period.label, 16) for period in periods),
        *(Column("total", name, 9) for name in _TOTALS),
    ]
    line = (
        (1 + len(periods), f"期次：{source.period.label}", "left"),
        (len(_TOTALS), f"共 {len(by_unit)} 个单位", "right"),
    )
    begin(sheet, styles, columns, "各单位报送情况", line)
    figures = [_centred(styles, num_format=one) for one in _FORMATS]
    first = sheet.next_row
    _write_totals(sheet, styles, [source.facts.statuses[period] for period in periods])
    for unit, statuses in by_unit.items():
        cells: list[Cell] = [(unit, styles.cell(_SIZE, valign="vcenter"))]
        for period in periods:
            reminders = source.facts.reminders.get(period, {}).get(unit)
            cells.append(_state(styles, statuses.get(period), reminders))
        texts = [
            (str(cell[0]), _SURELY * one.width) for cell, one in zip(cells, columns, strict=False)
        ]
        cells += zip(_totals([*statuses.values()]), figures, strict=True)
        sheet.add_row(cells, min(LIMIT, row_height(texts, _SIZE, 22)))
    sheet.add_row([])
    below = sheet.next_row
    _write_legend(sheet, styles)
    if periods:
        _draw(book, sheet, (first, len(periods)), below, len(by_unit))
        while sheet.next_row < below + _CHART_ROWS:
            sheet.add_row([])
    finish(sheet, columns, frozen=1)


def _state(styles: Styles, status: UnitStatus | None, reminders: Reminded | None) -> "Cell":
    if status is None:
        return _NOT_ASKED, _centred(styles, bg_color=_NOT_ASKED_FILL)
    said = status.label
    if status.late_days:
        said += f"{status.late_days}天" if status.state is State.LATE else "（迟）"
    if status.incomplete:
        said += f"，缺{status.blank}项"
    if reminders:
        said += f"，催报{reminders.times}次"
    partly = status.incomplete and status.state is State.RETURNED
    fill = _INCOMPLETE_FILL if partly else _FILLS[status.state]
    return said, _centred(styles, bg_color=fill)


def _totals(statuses: Sequence[UnitStatus]) -> tuple[float, ...]:
    """Return the numbers under _TOTALS; the rate counts what has come, late or not."""
    order = (State.RETURNED, State.LATE, State.ATTENTION, State.MISSING)
    counts = [sum(one.state is state for one in statuses) for state in order]
    incomplete = sum(one.incomplete for one in statuses)
    came = counts[0] + counts[1]
    return (len(statuses), *counts, incomplete, came / len(statuses) if statuses else 0)


def _write_totals(
    sheet: "RowSheet", styles: Styles, columns: Sequence[Sequence[UnitStatus]]
) -> None:
    """Add every period's totals: above the units, where no page ends between them."""
    totals = [_totals(statuses) for statuses in columns]
    bold = {"valign": "vcenter", "bold": True, "bg_color": _NOT_ASKED_FILL}
    for place, name in enumerate(_TOTALS):
        label = (f"合计：{name}", styles.cell(_SIZE, **bold))
        style = styles.cell(_SIZE, align="center", num_format=_FORMATS[place], **bold)
        sheet.add_row([label, *((values[place], style) for values in totals)], 22)


def _write_legend(sheet: "RowSheet", styles: Styles) -> None:
    legend = (
        (_FILLS[State.RETURNED], "按时报送"),
        (_INCOMPLETE_FILL, "已报，有任务没有填写（缺几项）"),
        (_FILLS[State.LATE], "迟报（迟几天）"),
        (_FILLS[State.ATTENTION], "待处理：文件已到，需要人工核实"),
        (_FILLS[State.MISSING], "未报（含交了空表、报的没有采用的，括号里注明）"),
        (_NOT_ASKED_FILL, "该期不需要报送"),
    )
    for fill, meaning in legend:
        sheet.add_row([(meaning, styles.cell(_SIZE, valign="vcenter", bg_color=fill))], 20)


def _draw(
    book: "Workbook", sheet: "RowSheet", totals: tuple[int, int], below: int, units: int
) -> None:
    """Add a chart of the totals beside the legend: a column a period, stacked by state.

    `totals` is the first row of the totals and how many periods they have.
    """
    first, periods = totals
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for place, (name, fill) in enumerate(zip(_TOTALS[1:5], _FILLS.values(), strict=True), start=1):
        chart.add_series(
            {
                "name": name,
                "categories": [RETURNS_SHEET, HEAD_ROWS - 1, 1, HEAD_ROWS - 1, periods],
                "values": [RETURNS_SHEET, first + place, 1, first + place, periods],
                "fill": {"color": fill},
                "border": {"color": "#7F7F7F"},
                "gap": 60,
                # The others are thin where all is well: their labels would lie over one another.
                **({"data_labels": {"value": True}} if place == 1 else {}),
            }
        )
    chart.set_title({"name": "各期报送情况（单位数）", "name_font": {"size": 14}})
    chart.set_legend({"position": "bottom"})
    few = {"major_unit": 1} if units <= _FEW else {}
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, **few})
    wide = 117 * periods + 68 * len(_TOTALS)  # pixels of the columns from B on
    chart.set_size({"width": min(wide - _CHART_MARGIN, 900), "height": _CHART_ROWS * 20 - 8})
    sheet.insert_chart(below, 1, chart, {"x_offset": _CHART_MARGIN // 2, "y_offset": 4})


def _centred(styles: Styles, **properties: object) -> "Format":
    return styles.cell(_SIZE, align="center", valign="vcenter", **properties)
