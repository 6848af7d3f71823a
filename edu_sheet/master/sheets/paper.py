"""Sheet 打印版: what 总表 says, in rows that can be printed whole."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from edu_sheet.master.layout import MAIN_SIZE
from edu_sheet.master.sheets.main import begin_main, cell_style, in_fonts, label_fonts, numbered
from edu_sheet.master.sheets.rows import rows_of
from edu_sheet.master.sheets.sheet import Styles, finish
from edu_sheet.master.source import Source
from edu_sheet.master.table import cut_parts
from edu_sheet.rules.labels import label_parts
from edu_sheet.rules.progress import PROGRESS_FIELD
from edu_sheet.words.columns import GOAL, NUMBER, Column
from edu_sheet.words.plan import Task
from edu_sheet.words.sheets import PRINT_SHEET
from edu_sheet.words.text import upright

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from edu_sheet.kit.xlsx_rows import RowSheet, Value


def write_paper(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet: a row a task, and continuation rows where a row would be clipped.

    New texts that wait beside edited ones are no part of it: what is printed is what holds.
    """
    sheet = book.add_worksheet(PRINT_SHEET)
    columns = [column for column in source.columns if column.width]
    begin_main(sheet, styles, source, columns)
    for task in source.plan.tasks:
        _write_task(sheet, styles, task, source, columns)
    finish(sheet, columns, frozen=2)


def _write_task(
    sheet: "RowSheet", styles: Styles, task: Task, source: Source, columns: Sequence[Column]
) -> None:
    names = [column.field for column in columns]
    fields = {name: upright(source.outcomes[task.key].fields[name]) for name in names}
    number, goal, progress = map(names.index, (NUMBER.field, GOAL.field, PROGRESS_FIELD))
    rows = rows_of(
        [fields[name] for name in names],
        [column.width for column in columns],
        MAIN_SIZE,
        repeated=(number, goal),
    )
    parts = label_parts(fields[PROGRESS_FIELD], source.reporting(task.key))
    cut = cut_parts(parts, [len(row.texts[progress]) for row in rows])
    looks = [cell_style(styles, column, {}) for column in columns]
    fonts = label_fonts(styles)
    for row, runs in zip(rows, cut, strict=True):
        values: list[Value] = list(row.texts)
        values[number] = numbered(row.texts[number])
        values[progress] = in_fonts(runs, fonts)
        sheet.add_row(list(zip(values, looks, strict=True)), row.height)
