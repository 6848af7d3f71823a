"""办结 entered in a workbook that a person keeps: a row added, or a day to one that is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from edu_sheet.kit import row_height
from edu_sheet.kit.clock import chinese_date
from edu_sheet.plan import layout, package
from edu_sheet.plan.workbook.closing_rows import task_of
from edu_sheet.plan.workbook.known import Known
from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.plan.writing.closing_sheet import closings_book, texts
from edu_sheet.plan.writing.edit_roster import (
    refuse_new_errors,
    refuse_too_long,
    refuse_unwritable,
)
from edu_sheet.plan.writing.graft import with_sheet
from edu_sheet.plan.writing.paper import SIZE
from edu_sheet.plan.writing.write_keys import write_keys
from edu_sheet.rules.told_apart import meant, told_apart
from edu_sheet.words.columns import NUMBER
from edu_sheet.words.errors import PlanError
from edu_sheet.words.plan import Closing, Deadline, Plan, Recurrence, Task
from edu_sheet.words.sheets import CLOSINGS_SHEET, DEADLINES_SHEET
from edu_sheet.words.text import tidy

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Close:
    """A task, or its deadlines with one marker, is done."""

    task: str  # 序号 as it is shown, with its part where several bear it, or the task's key
    on: date
    basis: str
    item: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reopen:
    """What was closed is open again from a day on."""

    task: str
    on: date
    item: str = ""
    year: int | None = None


ClosingEdit = Close | Reopen


def edit_closings(loaded: Loaded, edit: ClosingEdit) -> Loaded:
    """Return the workbook with something closed, or reopened.

    Sheet 办结 is added where it is missing. No row is ever taken out, and no cell in which anything
    stands is written; where it stands so already, the workbook is the same. PlanError if the plan
    has errors, if it has no such task or deadline, if that is closed already, or is not, or if a
    cell cannot hold what is entered.
    """
    plan = loaded.valid()
    task = _meant(plan, edit.task)
    _refuse_unknown_item(plan, task, edit)
    wanted = (task.key, edit.item, edit.year)
    open_ones = [
        one
        for one in plan.closings
        if (one.task, one.item, one.year) == wanted and one.reopened is None
    ]
    if isinstance(edit, Reopen):
        return _reopened(loaded, task, edit, open_ones)
    closing = Closing(task.key, edit.item, edit.year, edit.on, tidy(edit.basis))
    if closing in open_ones:
        return loaded
    if open_ones:
        there = open_ones[0]
        said = f"{chinese_date(there.on)}办结（依据：{there.basis or '未填'}）"
        raise PlanError(
            f"{_called(plan, task, edit)}已于{said}",
            f"要改日期、依据，请用 Excel 打开 {loaded.name} 的“{CLOSINGS_SHEET}”表修改。",
        )
    return _closed(loaded, plan, task, closing)


def _meant(plan: Plan, said: str) -> Task:
    """Return the task that is named by key, 序号, or 序号 with its part. PlanError if none is."""
    if not said.strip():
        raise PlanError("没有写明是哪一项任务", "请写“分工方案”表里的序号。")
    named = meant(plan, said) or Known(plan.tasks).named(said)
    named = named or [one for one in plan.tasks if one.key == said]
    if len(named) == 1:
        return named[0]
    if not named:
        raise PlanError(f"方案里没有第 {said} 项任务", "请写“分工方案”表里的序号。")
    ways = "、".join(f"{told_apart(plan, one)}{one.shown}" for one in named)
    raise PlanError(
        f"方案里序号为 {said} 的任务不止一项，分不清是哪一项",
        f"请在序号前写明是哪一项：{ways}。",
    )


def _refuse_unknown_item(plan: Plan, task: Task, edit: ClosingEdit) -> None:
    own = [one for one in plan.deadlines if one.task == task.key]
    meant = [one for one in own if one.item == edit.item]
    if edit.item and not meant:
        items = "、".join(dict.fromkeys(one.item for one in own if one.item))
        raise PlanError(
            f"“{DEADLINES_SHEET}”表里第 {task.shown} 项任务没有标为“{edit.item}”的事项",
            f"现有：{items}。" if items else "要办结整项任务的，不写事项。",
        )
    if edit.item and edit.year is None and all(map(_recurs, meant)):
        raise PlanError(
            f"第 {task.shown} 项任务的 {edit.item} 每年都有",
            f"请写明是哪一年的；以后各年都不再跟踪的，在“{DEADLINES_SHEET}”表里把类型改为"
            f"“{layout.NOT_TRACKED}”。",
        )


def _recurs(one: Deadline) -> bool:
    return isinstance(one.when, Recurrence)


def _called(plan: Plan, task: Task, edit: ClosingEdit) -> str:
    year = f"（{edit.year}年）" if edit.year else ""
    return f"{told_apart(plan, task)}第 {task.shown} 项任务{edit.item}{year}"


def _closed(loaded: Loaded, plan: Plan, task: Task, closing: Closing) -> Loaded:
    refuse_unwritable(closing.basis)
    refuse_too_long(f"第 {task.shown} 项任务", [closing.basis])
    if not closing.basis:
        raise PlanError("没有写办结依据", "请写明凭什么办结：文件、验收材料、会议纪要等。")
    _refuse_too_early(plan, task, closing.on)
    keyed = write_keys(loaded)
    if CLOSINGS_SHEET not in keyed.sheets:
        keyed = load_bytes(with_sheet(keyed.data, closings_book(plan)), loaded.name)
    located = keyed.sheets[CLOSINGS_SHEET]
    said = texts(closing, {task.key: task.shown})
    data = package.with_rows(
        keyed.data,
        located.name,
        [partial(_fill, located=located, said=said)],
        after=located.last_row,
        model=min((line.row for line in located.lines), default=0),
        width=max(located.columns.values()),
    )
    return _checked(loaded, data)


def _refuse_too_early(plan: Plan, task: Task, on: date) -> None:
    first = plan.settings.first_month
    if on < first.day(1):
        raise PlanError(
            f"第 {task.shown} 项任务的办结日期{chinese_date(on)}早于方案的起始月份{first.label}",
            "请核对日期；确在起报以前就办结的，写起始月份的第一天，在依据里注明。",
        )


def _reopened(loaded: Loaded, task: Task, edit: Reopen, open_ones: Sequence[Closing]) -> Loaded:
    located = loaded.sheets.get(CLOSINGS_SHEET)
    if located is None or not open_ones:
        raise PlanError(
            f"{_called(loaded.valid(), task, edit)}没有办结，不用恢复督办",
            "请核对序号、事项和年度。",
        )
    if any(edit.on < one.on for one in open_ones):
        raise PlanError("恢复督办的日期早于办结日期", "请核对日期。")
    plan = loaded.valid()
    cells = {
        (line.row, located.columns[layout.REOPENED_ON]): chinese_date(edit.on)
        for line in located.lines
        if layout.REOPENED_ON in located.columns and _same(located, line, plan, task, edit)
    }
    if not cells:
        raise PlanError(
            f"“{CLOSINGS_SHEET}”表缺少“{layout.REOPENED_ON.header}”列",
            f"请用 Excel 打开 {loaded.name} 补上。",
        )
    return _checked(loaded, package.with_texts(loaded.data, located.name, cells))


def _same(located: Located, line: Line, plan: Plan, task: Task, edit: Reopen) -> bool:
    """Return whether a line closes what is to be reopened."""
    own = task_of(located, line, Known(plan.tasks), Findings())
    return (
        own is task
        and line.text(layout.CLOSED_ITEM).strip() == edit.item
        and line.plain(layout.YEAR).rstrip("年度") == str(edit.year or "")
        and not line.text(layout.REOPENED_ON).strip()
    )


def _checked(before: Loaded, data: bytes) -> Loaded:
    edited = load_bytes(data, before.name)
    refuse_new_errors(before, edited, CLOSINGS_SHEET)
    return edited


def _fill(
    row: "_Element", number: int, model: "_Element | None", *, located: Located, said: Sequence[str]
) -> None:
    columns = layout.CLOSING_COLUMNS
    for column, text in zip(columns, said, strict=True):
        place = located.columns.get(column)
        if place is None:
            continue
        cell = package.cell_of(row, number, place)
        if column in (NUMBER, layout.YEAR) and text.isdecimal():
            package.set_number(cell, text)
        else:
            package.set_text(cell, text)
        package.take_style(cell, model, place)
    pairs = zip(said, (column.width for column in columns), strict=True)
    height = row_height.row_height(list(pairs)[:-1], SIZE, 22)
    row.set("ht", f"{min(height, row_height.LIMIT):g}")
    row.set("customHeight", "1")
