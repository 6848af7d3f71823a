"""Sheet 总表: the plan's seven columns with what every unit says in 进展情况."""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from edu_sheet.clock import chinese_date
from edu_sheet.form.layout import Column
from edu_sheet.master.layout import MAIN_COLUMNS, MAIN_SHEET, MAIN_SIZE
from edu_sheet.master.rows import rows_of
from edu_sheet.master.sheets import HEAD_ROWS, Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.model import Task
from edu_sheet.progress import Contribution
from edu_sheet.xlsx import Run, write_runs, write_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_NUMBER, _GOAL, _REQUIREMENTS, _PROGRESS, *_, _KEY = range(len(MAIN_COLUMNS))
_CENTRED = {"lead_text", "responsible_text", "liaison_text"}


def write_main(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet: one row a task, and continuation rows where a row would be clipped."""
    sheet = book.add_worksheet(MAIN_SHEET)
    settings = source.plan.settings
    columns = [
        replace(column, header=settings.liaison_header)
        if column.field == "liaison_text"
        else column
        for column in MAIN_COLUMNS
    ]
    as_of = source.made_on.date() if source.made_on else None
    line = (
        (3, f"期次：{source.period.label}", "left"),
        (1, f"制表：{settings.issuer}", "center"),
        (3, f"收件截至：{chinese_date(as_of)}", "right"),
    )
    begin(sheet, styles, columns, f"《{settings.title}》进展情况总表", line)
    row = HEAD_ROWS
    for task in source.plan.tasks:
        row = _write_task(sheet, styles, row, task, source.said[task.key])
    finish(sheet, columns, row - 1, frozen=_REQUIREMENTS)


def _write_task(
    sheet: "Worksheet", styles: Styles, first: int, task: Task, said: Sequence[Contribution]
) -> int:
    """Write a task's rows from that row on; return the row below them."""
    sections = list(_sections(said))
    texts = (
        *(str(task.number), task.goal, task.requirements, "".join(text for text, _ in sections)),
        *(task.lead_text, task.responsible_text, task.liaison_text),
    )
    widths = [column.width for column in MAIN_COLUMNS if column.width]
    starts = [0, *itertools.accumulate(len(text) for text, _ in sections)]
    start = 0
    rows = rows_of(texts, widths, MAIN_SIZE, repeated=(_NUMBER, _GOAL))
    for number, row in enumerate(rows, start=first):
        sheet.set_row(number, row.height)
        sheet.write_number(number, _NUMBER, task.number, _style(styles, MAIN_COLUMNS[_NUMBER]))
        for column in range(_GOAL, len(texts)):
            if column != _PROGRESS:
                style = _style(styles, MAIN_COLUMNS[column])
                write_text(sheet, number, column, row.texts[column], style)
        end = start + len(row.texts[_PROGRESS])
        runs = list(_runs(sections, starts[:-1], start, end, styles))
        write_runs(sheet, number, _PROGRESS, runs, _style(styles, MAIN_COLUMNS[_PROGRESS]))
        write_text(sheet, number, _KEY, task.key, styles.font(MAIN_SIZE))
        start = end
    return first + len(rows)


def _style(styles: Styles, column: Column) -> "Format":
    if column.field == "number":
        return styles.cell(MAIN_SIZE, align="center", valign="vcenter")
    if column.field in _CENTRED:
        return styles.cell(MAIN_SIZE, align="center", valign="vcenter")
    if column.field == "goal":
        return styles.cell(MAIN_SIZE, valign="vcenter")
    return styles.cell(MAIN_SIZE)


def _sections(said: Sequence[Contribution]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of 进展情况 in order: (text, whether it is a label)."""
    for place, one in enumerate(said):
        yield f"{chr(10) if place else ''}【{one.unit}】\n", True
        yield one.entry.text, False


def _runs(
    sections: Sequence[tuple[str, bool]],
    starts: Sequence[int],
    start: int,
    end: int,
    styles: Styles,
) -> Iterator[Run]:
    """Yield what of the sections lies between two offsets, labels in bold.

    `starts` gives the offset of every section: a long text is cut many times, and is not to be
    walked through from its beginning each time.
    """
    for place in range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)):
        text, label = sections[place]
        part = text[max(0, start - starts[place]) : end - starts[place]]
        yield part, styles.font(MAIN_SIZE, bold=True) if label else styles.font(MAIN_SIZE)
