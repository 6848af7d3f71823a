"""How sheet 导入核对 is written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from edu_sheet.kit import row_height
from edu_sheet.plan.review import CHECKED, FIELD, REVIEW_COLUMNS, TASK, TO_CHECK, ReviewLine
from edu_sheet.plan.writing.paper import SIZE, Formats, choices, page, write_table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HEADER_ROW = 1  # from 0; a note stands above it
_LONGEST = 2_000  # characters of a text that is quoted
_NOTE = (
    "本表由程序在读取方案文件时写成，逐条说明：每项任务在原文哪里、读成了什么；哪些文字没有用到。"
    "“待核对”的，检查方案时会一直提醒：看过原文、在“分工方案”表里改好（或确认不用改）后，把第一列改成“已核对”。"
    "全部核对完，本表可以删除。"
)


def write_review(sheet: "Worksheet", lines: Sequence[ReviewLine], formats: Formats) -> None:
    """Write the sheet with these lines."""
    columns = REVIEW_COLUMNS
    hidden = (TASK, FIELD)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, formats.blank, {"hidden": column in hidden})
    printed = len(columns) - len(hidden)
    sheet.merge_range(0, 0, 0, printed - 1, _NOTE, formats.note)
    width = sum(column.width for column in columns[:printed])
    sheet.set_row(0, row_height.row_height([(_NOTE, width)], SIZE))
    write_table(sheet, HEADER_ROW, columns, map(_texts, lines), formats)
    choices(sheet, HEADER_ROW + 1, 0, [TO_CHECK, CHECKED])
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(lines), printed - 1)
    page(sheet, header_row=HEADER_ROW, frozen_columns=1)


def _texts(line: ReviewLine) -> list[str]:
    cut = line.text if len(line.text) <= _LONGEST else line.text[:_LONGEST] + "……（未全部列出）"
    state = TO_CHECK if line.ask else ""
    return [state, line.kind, line.place, cut, line.read_as, line.key, line.field]
