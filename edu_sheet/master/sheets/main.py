"""Sheet 总表: the plan's seven columns, a row a task, the whole text in one cell, to be edited.

A row is shown no taller than 409 points: one below it says that there is more, and where. On paper
the sheet 打印版 stands for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from edu_sheet.kit.clock import chinese_date
from edu_sheet.kit.row_height import headed
from edu_sheet.master.layout import MAIN_SIZE
from edu_sheet.master.sheets.sheet import HEADER_SIZE, Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.master.table import Kind, MainRow, main_rows
from edu_sheet.rules.labels import label_parts
from edu_sheet.rules.progress import PROGRESS_FIELD
from edu_sheet.words.columns import GOAL, REQUIREMENTS, Column
from edu_sheet.words.sheets import MAIN_SHEET, PRINT_SHEET

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from edu_sheet.kit.xlsx_rows import Cell, RowSheet, Value

FILLS = {Kind.NEW: "#FFF2CC", Kind.CUT: "#F2F2F2"}  # of rows beside the tasks'
_NOT_FOR_PAPER = f"本表供修改；打印请用“{PRINT_SHEET}”"
_LONG = {REQUIREMENTS.field, PROGRESS_FIELD}


def head_texts(source: Source) -> tuple[str, str, str, str]:
    """Return the title, and what stands in the line below it."""
    settings = source.plan.settings
    as_of = source.made_on.date() if source.made_on else None
    return (
        f"《{settings.title}》进展情况总表",
        f"期次：{source.period.label}",
        f"制表：{settings.issuer}" if settings.issuer else "",
        f"收件截至：{chinese_date(as_of)}",
    )


def write_main(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet, its hidden column with each row's key included."""
    sheet = book.add_worksheet(MAIN_SHEET)
    columns = source.columns
    begin_main(sheet, styles, source, columns)
    for row in main_rows(source):
        sheet.add_row(_cells(styles, row, source), row.height)
    finish(sheet, columns, frozen=2, note=_NOT_FOR_PAPER)


def begin_main(
    sheet: "RowSheet", styles: Styles, source: Source, columns: Sequence[Column]
) -> None:
    """Write title, line and header of 总表 and of 打印版."""
    title, period, issuer, as_of = head_texts(source)
    shown = [column.field for column in columns if column.width]
    left = shown.index(PROGRESS_FIELD)
    right = len(shown) - left - 1
    line = ((left, period, "left"), (1, issuer, "center"), (right, as_of, "right"))
    lined = [replace(one, header=headed(one.header, one.width, HEADER_SIZE)) for one in columns]
    begin(sheet, styles, lined, title, line)


def _cells(styles: Styles, row: MainRow, source: Source) -> list["Cell"]:
    fill = {"bg_color": FILLS[row.key.kind]} if row.key.kind in FILLS else {}
    cells: list[Cell] = []
    for column in source.columns:
        style = cell_style(styles, column, fill)
        if column.field == "key":
            cells.append((str(row.key), styles.font(MAIN_SIZE)))
        elif column.field == PROGRESS_FIELD:
            parts = label_parts(row.fields[PROGRESS_FIELD], source.reporting(row.key.task))
            cells.append((in_fonts(parts, label_fonts(styles)), style))
        elif column.field == "number":
            cells.append((numbered(row.fields["number"]), style))
        else:
            cells.append((row.fields[column.field], style))
    return cells


def label_fonts(styles: Styles) -> "tuple[Format, Format]":
    """Return the fonts of 进展情况: of its text, and of a unit's label."""
    return styles.font(MAIN_SIZE), styles.font(MAIN_SIZE, bold=True)


def in_fonts(parts: Iterable[tuple[str, bool]], fonts: "tuple[Format, Format]") -> "Value":
    """Return a cell of 进展情况 of (text, whether it is a unit's label)."""
    return [(text, fonts[label]) for text, label in parts]


def numbered(text: str) -> "Value":
    """Return what stands in a cell of 序号: a number where it is one."""
    return int(text) if text.isdecimal() else text


def cell_style(styles: Styles, column: Column, fill: dict[str, str]) -> "Format":
    """Return how a column of 总表 and 打印版 looks."""
    if column.field in _LONG:
        return styles.cell(MAIN_SIZE, **fill)
    if column.field == GOAL.field:
        return styles.cell(MAIN_SIZE, valign="vcenter", **fill)
    return styles.cell(MAIN_SIZE, align="center", valign="vcenter", **fill)
