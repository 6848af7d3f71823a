"""Sheet 时限节点: what the requirements name with a day or a figure, and what is near."""

from datetime import date
from typing import TYPE_CHECKING

from edu_sheet.kit.clock import chinese_date
from edu_sheet.master.layout import as_issued, who_answers
from edu_sheet.master.sheets.main import numbered
from edu_sheet.master.sheets.rows import rows_of
from edu_sheet.master.sheets.sheet import Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.rules.closings import CLOSED
from edu_sheet.rules.deadlines import (
    Tracked,
    all_tracked,
    counted_in_words,
    kind_text,
    when_text,
)
from edu_sheet.words.columns import GOAL, LEAD, NUMBER, Column
from edu_sheet.words.plan import Task
from edu_sheet.words.sheets import DEADLINES_SHEET

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from edu_sheet.kit.xlsx_rows import Cell

_SIZE = 11.0
_COLUMNS = (
    Column("number", NUMBER.header, 6),
    Column("goal", GOAL.header, 30),
    Column("item", "项", 5),
    Column("words", "原文", 74),
    Column("kind", "类型", 8),
    Column("when", "日期", 24),
    Column("near", "到期情况", 26),
    Column("lead", LEAD.header, 24),
    Column("note", "说明", 30),
)
_NUMBER, _GOAL, _ITEM, _WORDS, _KIND, _WHEN, _NEAR, _LEAD, _NOTE = range(len(_COLUMNS))
_CENTRED = {_ITEM, _KIND, _WHEN, _NEAR, _LEAD}
_MIDDLE: dict[str, object] = {"align": "center", "valign": "vcenter"}
_PASSED_FILL, _NEAR_FILL, _CLOSED_FILL = "#F4B6B6", "#FFE699", "#C6E0B4"


def write_deadlines(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet: the tracked rows of the plan's own, what is due first, figures last.

    Without such rows there is no sheet.
    """
    lines = _lines(source)
    if not lines:
        return
    sheet = book.add_worksheet(DEADLINES_SHEET)
    over = source.facts.today > source.period.last.day(None)
    as_of = "以本期最后一天为准" if over else f"截至{chinese_date(source.facts.today)}"
    line = (
        (4, f"期次：{source.period.label}（到期情况{as_of}）", "left"),
        (5, counted_in_words([one for _, one in lines]), "right"),
    )
    columns = as_issued(_COLUMNS, source.plan)
    begin(sheet, styles, columns, "重点任务时限节点", line)
    widths = [column.width for column in _COLUMNS]
    for task, one in lines:
        texts = _texts(source, task, one)
        for row in rows_of(texts, widths, _SIZE, repeated=(_NUMBER, _ITEM, _GOAL)):
            cells: list[Cell] = [
                (numbered(source.numbers[task.key]), styles.cell(_SIZE, **_MIDDLE))
            ]
            for column, text in enumerate(row.texts[1:], 1):
                properties = {**_MIDDLE} if column in _CENTRED else {"valign": "vcenter"}
                if column == _NEAR and texts[_NEAR]:
                    properties["bg_color"] = _fill(one)
                cells.append((text, styles.cell(_SIZE, **properties)))
            sheet.add_row(cells, row.height)
    finish(sheet, _COLUMNS, frozen=_WORDS)


def _lines(source: Source) -> list[tuple[Task, Tracked]]:
    """Return what is due by its day, then what is closed, what has a day, and the rest.

    The rest stands in the plan's order.
    """
    tasks = {task.key: task for task in source.plan.tasks}

    def place(one: Tracked) -> tuple[bool, bool, date, bool, date]:
        when = one.deadline.when
        return (
            one.due is None and one.closing is None,
            one.closing is not None,
            one.due.day if one.due else date.max,
            when is None,
            when if isinstance(when, date) else date.max,
        )

    tracked = all_tracked(source.plan, source.period, source.facts.today)
    return [(tasks[one.deadline.task], one) for one in sorted(tracked, key=place)]


def _fill(one: Tracked) -> str:
    if one.closing or one.due is None:
        return _CLOSED_FILL
    return _PASSED_FILL if one.due.passed else _NEAR_FILL


def _texts(source: Source, task: Task, one: Tracked) -> tuple[str, ...]:
    deadline, due, closing = one.deadline, one.due, one.closing
    near = f"{due.label}\n（{chinese_date(due.day)}）" if due else ""
    if closing:
        near = f"{CLOSED}\n（{chinese_date(closing.on)}）"
    basis = f"办结依据：{closing.basis}" if closing and closing.basis else ""
    return (
        source.numbers[task.key],
        task.goal,
        deadline.item,
        deadline.words,
        kind_text(deadline),
        when_text(deadline.when) or "—",
        near,
        who_answers(task, source.plan),
        "；".join(filter(None, (deadline.note, basis))),
    )
