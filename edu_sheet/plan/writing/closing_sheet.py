"""How sheet 办结 is written."""

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from edu_sheet.kit import row_height
from edu_sheet.kit.clock import chinese_date
from edu_sheet.kit.xlsx import new_book
from edu_sheet.plan import layout
from edu_sheet.plan.writing.paper import SIZE, Formats, hints, page, write_table
from edu_sheet.words.columns import KEY
from edu_sheet.words.plan import Closing, Plan
from edu_sheet.words.sheets import CLOSINGS_SHEET

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEADER_ROW = 1  # from 0; a note stands above it
_NOTE = (
    "办结（销号）一项填一行：整项任务办结的，“事项”留空；只办结其中一个时限节点的，填它在“时限节点”表"
    "“项”一列的编号，如 ①；每年都有的事项，“年度”填这一次的年份，其余年份照常提醒。"
    "要恢复督办的，不要删行，填“恢复督办日期”。"
)
_HINTS = {
    layout.CLOSED_ITEM: "如 ①，照“时限节点”表的“项”一列。整项任务办结的留空。",
    layout.YEAR: "每年都有的事项填这一次的年份，如 2022。其他留空。",
    layout.CLOSED_ON: "如 2022-12-20。",
    layout.BASIS: "文件、验收材料、会议纪要等。",
    layout.REOPENED_ON: "恢复督办的日期，如 2023-02-10。没有恢复的留空。",
}
_DAYS = (layout.CLOSED_ON, layout.REOPENED_ON)
_BLANK_ROWS = 20  # ready to be filled in


def write_closings(sheet: "Worksheet", plan: Plan, formats: Formats) -> None:
    """Write the sheet with the plan's closings, and rows to fill in."""
    columns = layout.CLOSING_COLUMNS
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, formats.blank, {"hidden": column is KEY})
    printed = layout.printed(columns)
    sheet.merge_range(0, 0, 0, len(printed) - 1, _NOTE, formats.note)
    width = sum(column.width for column in printed)
    sheet.set_row(0, row_height.row_height([(_NOTE, width)], SIZE))
    numbers = {task.key: task.shown for task in plan.tasks}
    rows = [texts(one, numbers) for one in plan.closings if one.task in numbers]
    write_table(sheet, HEADER_ROW, columns, iter(rows), formats)
    first = HEADER_ROW + 1 + len(rows)
    for row in range(first, first + _BLANK_ROWS):
        for place, column in enumerate(printed):
            look = formats.day if column in _DAYS else formats.cell(column)
            sheet.write_blank(row, place, None, look)
        sheet.set_row(row, 22)
    hints(sheet, HEADER_ROW + 1, columns, _HINTS)
    page(sheet, header_row=HEADER_ROW, frozen_columns=2)


def closings_book(plan: Plan) -> bytes:
    """Return a workbook that holds nothing but the sheet."""
    stream = BytesIO()
    settings = plan.settings
    created = datetime.combine(settings.issued or settings.first_month.day(1), time())
    book = new_book(stream, settings.title, created)
    write_closings(book.add_worksheet(CLOSINGS_SHEET), plan, Formats(book, settings))
    book.close()
    return stream.getvalue()


def texts(closing: Closing, numbers: dict[str, str]) -> list[str]:
    """Return a row's texts in the order of `layout.CLOSING_COLUMNS`; `numbers` are 序号 by key."""
    return [
        numbers[closing.task],
        closing.item,
        str(closing.year or ""),
        chinese_date(closing.on),
        closing.basis,
        chinese_date(closing.reopened) if closing.reopened else "",
        closing.task,
    ]
