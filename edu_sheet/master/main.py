"""Sheet 总表: the plan's seven columns, a row a task, the whole text in one cell, to be edited.

A row is shown no taller than 409 points: on paper the sheet 打印版 stands for it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from edu_sheet.clock import chinese_date
from edu_sheet.form.layout import Column
from edu_sheet.master.layout import MAIN_COLUMNS, MAIN_SHEET, MAIN_SIZE
from edu_sheet.master.sheets import HEAD_ROWS, Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.master.table import Kind, MainRow, columns_of, label_parts, main_rows
from edu_sheet.progress import PROGRESS_FIELD
from edu_sheet.xlsx import write_runs, write_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NEW_FILL = "#FFF2CC"
_CENTRED = {"number", "lead_text", "responsible_text", "liaison_text"}


def head_texts(source: Source) -> tuple[str, str, str, str]:
    """Return the title, and what stands in the line below it."""
    settings = source.plan.settings
    as_of = source.made_on.date() if source.made_on else None
    return (
        f"《{settings.title}》进展情况总表",
        f"期次：{source.period.label}",
        f"制表：{settings.issuer}",
        f"收件截至：{chinese_date(as_of)}",
    )


def write_main(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet, its hidden column with each row's key included."""
    sheet = book.add_worksheet(MAIN_SHEET)
    columns = columns_of(source.plan.settings)
    begin_main(sheet, styles, source, columns)
    number = HEAD_ROWS - 1
    for number, row in enumerate(main_rows(source), start=HEAD_ROWS):
        _write_row(sheet, styles, number, row, source)
    finish(sheet, columns, max(number, HEAD_ROWS), frozen=2)


def begin_main(
    sheet: "Worksheet", styles: Styles, source: Source, columns: Sequence[Column]
) -> None:
    """Write title, line and header of 总表 and of 打印版."""
    title, period, issuer, as_of = head_texts(source)
    line = ((3, period, "left"), (1, issuer, "center"), (3, as_of, "right"))
    begin(sheet, styles, columns, title, line)


def _write_row(
    sheet: "Worksheet", styles: Styles, number: int, row: MainRow, source: Source
) -> None:
    sheet.set_row(number, row.height)
    fill = {"bg_color": NEW_FILL} if row.key.kind is Kind.NEW else {}
    for place, column in enumerate(MAIN_COLUMNS):
        style = cell_style(styles, column, fill)
        if column.field == "key":
            write_text(sheet, number, place, str(row.key), styles.font(MAIN_SIZE))
        elif column.field == "number" and row.fields["number"].isdecimal():
            sheet.write_number(number, place, int(row.fields["number"]), style)
        elif column.field == PROGRESS_FIELD:
            write_progress(sheet, styles, (number, place), row, source, style)
        else:
            write_text(sheet, number, place, row.fields[column.field], style)


def write_progress(
    sheet: "Worksheet",
    styles: Styles,
    cell: tuple[int, int],
    row: MainRow,
    source: Source,
    style: "Format",
) -> None:
    """Write a cell of 进展情况, its labels in bold."""
    bold, plain = styles.font(MAIN_SIZE, bold=True), styles.font(MAIN_SIZE)
    parts = label_parts(row.fields[PROGRESS_FIELD], source.reporting(row.key.task))
    write_runs(sheet, *cell, [(text, bold if label else plain) for text, label in parts], style)


def cell_style(styles: Styles, column: Column, fill: dict[str, str]) -> "Format":
    """Return how a column of 总表 and 打印版 looks."""
    if column.field in _CENTRED:
        return styles.cell(MAIN_SIZE, align="center", valign="vcenter", **fill)
    if column.field == "goal":
        return styles.cell(MAIN_SIZE, valign="vcenter", **fill)
    return styles.cell(MAIN_SIZE, **fill)
