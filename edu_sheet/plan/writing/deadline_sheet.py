"""How sheet 时限节点 is written."""

from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from edu_sheet.kit import row_height
from edu_sheet.kit.xlsx import new_book
from edu_sheet.plan import layout
from edu_sheet.plan.workbook.deadline_rows import node_key
from edu_sheet.plan.writing.paper import SIZE, Formats, choices, hints, page, write_table
from edu_sheet.rules.deadlines import OFTEN, kind_text, when_text
from edu_sheet.words.plan import Deadline, DeadlineKind, Plan
from edu_sheet.words.sheets import DEADLINES_SHEET

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

KINDS = (*(kind.value for kind in DeadlineKind), *OFTEN, layout.NOT_TRACKED)
HEADER_ROW = 1  # from 0; a note stands above it
_NOTE = (
    "本表由程序从“具体要求”中找出，供核对：只补缺少的行，不改已有的行。"
    "日期可以改：写成 2025-12-31，或“每年12月31日”“2022年至2026年每年12月31日”“每季度末”。"
    "已经到期和三个月内到期的，会出现在 status、总表和季度总结里；办结的填“办结”表，不需要提醒的，"
    "“类型”选“不跟踪”（不要删行，删了下次又会补上）。需要跟踪的其他节点，可以自己加行。"
)
_HINTS = {layout.WHEN: "如 2025-12-31，或“每年12月31日”“每季度末”。留空不提醒。"}


def write_deadlines(
    sheet: "Worksheet", plan: Plan, deadlines: Iterable[Deadline], formats: Formats
) -> None:
    """Write the sheet with these rows."""
    columns = layout.DEADLINE_COLUMNS
    for place, column in enumerate(columns):
        hidden = {"hidden": column is layout.NODE}
        sheet.set_column(place, place, column.width, formats.blank, hidden)
    printed = len(columns) - 1
    sheet.merge_range(0, 0, 0, printed - 1, _NOTE, formats.note)
    width = sum(column.width for column in columns[:printed])
    sheet.set_row(0, row_height.row_height([(_NOTE, width)], SIZE))
    numbers = {task.key: task.shown for task in plan.tasks}
    rows = [texts(one, numbers) for one in deadlines]
    write_table(sheet, HEADER_ROW, columns, iter(rows), formats)
    number = formats.number(SIZE)
    for row, (first, *_) in enumerate(rows, HEADER_ROW + 1):
        if first.isdecimal():
            sheet.write_number(row, 0, int(first), number)
        else:
            sheet.write_string(row, 0, first, number)
    choices(sheet, HEADER_ROW + 1, columns.index(layout.KIND), list(KINDS))
    hints(sheet, HEADER_ROW + 1, columns, _HINTS)
    page(sheet, header_row=HEADER_ROW, frozen_columns=2)


def one_sheet_book(plan: Plan, deadlines: Iterable[Deadline]) -> bytes:
    """Return a workbook that holds nothing but the sheet."""
    stream = BytesIO()
    settings = plan.settings
    created = datetime.combine(settings.issued or settings.first_month.day(1), time())
    book = new_book(stream, settings.title, created)
    sheet = book.add_worksheet(DEADLINES_SHEET)
    write_deadlines(sheet, plan, deadlines, Formats(book, settings))
    book.close()
    return stream.getvalue()


def texts(deadline: Deadline, numbers: dict[str, str]) -> list[str]:
    """Return a row's texts in the order of `layout.DEADLINE_COLUMNS`; `numbers` are 序号 by key."""
    kind = kind_text(deadline) if deadline.tracked else layout.NOT_TRACKED
    return [
        numbers[deadline.task],
        deadline.item,
        deadline.words,
        kind,
        when_text(deadline.when),
        deadline.note,
        node_key(deadline.task, deadline.words),
    ]
