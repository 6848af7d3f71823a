"""Sheet 打印版: what 总表 says, in rows that can be printed whole."""

from typing import TYPE_CHECKING

from edu_sheet.master.layout import MAIN_COLUMNS, MAIN_SIZE, PRINT_SHEET
from edu_sheet.master.main import begin_main, cell_style
from edu_sheet.master.rows import rows_of
from edu_sheet.master.sheets import HEAD_ROWS, Styles, finish
from edu_sheet.master.source import Source
from edu_sheet.master.table import columns_of, cut_parts, label_parts
from edu_sheet.model import Task
from edu_sheet.progress import PROGRESS_FIELD
from edu_sheet.xlsx import write_runs, write_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLUMNS = tuple(column for column in MAIN_COLUMNS if column.width)
_FIELDS = [column.field for column in _COLUMNS]
_REPEATED = (_FIELDS.index("number"), _FIELDS.index("goal"))


def write_paper(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet: a row a task, and continuation rows where a row would be clipped.

    New texts that wait beside edited ones are no part of it: what is printed is what holds.
    """
    sheet = book.add_worksheet(PRINT_SHEET)
    columns = [column for column in columns_of(source.plan.settings) if column.width]
    begin_main(sheet, styles, source, columns)
    row = HEAD_ROWS
    for task in source.plan.tasks:
        row = _write_task(sheet, styles, row, task, source)
    finish(sheet, columns, max(row - 1, HEAD_ROWS), frozen=2)


def _write_task(sheet: "Worksheet", styles: Styles, first: int, task: Task, source: Source) -> int:
    """Write a task's rows from that row on; return the row below them."""
    fields = source.outcomes[task.key].fields
    progress = _FIELDS.index(PROGRESS_FIELD)
    rows = rows_of(
        [fields[name] for name in _FIELDS],
        [column.width for column in _COLUMNS],
        MAIN_SIZE,
        repeated=_REPEATED,
    )
    parts = label_parts(fields[PROGRESS_FIELD], source.reporting(task.key))
    cut = cut_parts(parts, [len(row.texts[progress]) for row in rows])
    bold, plain = styles.font(MAIN_SIZE, bold=True), styles.font(MAIN_SIZE)
    for number, (row, runs) in enumerate(zip(rows, cut, strict=True), start=first):
        sheet.set_row(number, row.height)
        for place, column in enumerate(_COLUMNS):
            style = cell_style(styles, column, {})
            if place == progress:
                fonts = [(text, bold if label else plain) for text, label in runs]
                write_runs(sheet, number, place, fonts, style)
            elif column.field == "number" and row.texts[place].isdecimal():
                sheet.write_number(number, place, int(row.texts[place]), style)
            else:
                write_text(sheet, number, place, row.texts[place], style)
    return first + len(rows)
