"""时限和办结: which tasks stand how, which deadlines are near or past, and what is closed."""

import re
from datetime import date

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.kit import clock
from edu_sheet.screen.frame import render
from edu_sheet.screen.running import visitor, workspace
from edu_sheet.screen.verb import verb
from edu_sheet.words.columns import LEAD
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Period

page = Blueprint("due", __name__)
_DAY = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?")


@page.get("/p/<period:period>/due")
def due(period: Period) -> str:
    """Show deadlines, lights, and what is closed."""
    folder = workspace()
    issued = app.overview(folder, period).reported.every
    found = app.status(folder, period) if issued else None
    columns = app.known_plan(folder).plan.columns if found else ()
    return render(
        "due.html",
        period,
        step="",
        found=found,
        today=_today(),
        lead_header=next((one.header for one in columns if one.field == LEAD.field), LEAD.header),
    )


@page.post("/p/<period:period>/close")
@verb("办结")
def close(period: Period) -> Response:
    """Enter that a task, or one of its deadlines, is done."""
    from edu_sheet.app.edits import Close

    task, item, year = _what()
    day = _day(request.form.get("on", ""))
    edit = Close(task, day, request.form.get("basis", "").strip(), item, year)
    closed = app.edit_closings(workspace(), edit)
    told = app.first_told_in_words(day, closed.plan) + app.covered_in_words(closed.plan)
    visitor().say(
        f"第{_shown(task)}项{item}：{clock.chinese_date(day)}办结，已记入“办结”表。{told}"
    )
    return redirect(f"/p/{period}/due", 303)


@page.post("/p/<period:period>/reopen")
@verb("恢复督办")
def reopen(period: Period) -> Response:
    """Enter that what was closed is open again, from today on."""
    from edu_sheet.app.edits import Reopen

    task, item, year = _what()
    today = _today()
    opened = app.edit_closings(workspace(), Reopen(task, today, item, year))
    said = "从今天起恢复督办，原来的一行保留。"
    visitor().say(f"第{_shown(task)}项{item}：{said}{app.first_told_in_words(today, opened.plan)}")
    return redirect(f"/p/{period}/due", 303)


def _what() -> tuple[str, str, int | None]:
    form = request.form
    return form.get("task", "").strip(), form.get("item", "").strip(), form.get("year", type=int)


def _shown(task: str) -> str:
    """Return the 序号 of what a button is about, which names its task by key."""
    return request.form.get("shown", "").strip() or task


def _today() -> date:
    return clock.now().date()


def _day(text: str) -> date:
    """Return a day as it is typed: 2022-12-30, 2022.12.30, 2022年12月30日."""
    typed = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, typed.groups())) if typed else date.fromisoformat(text)
    except ValueError:
        raise EduSheetError("办结的日期不对", "请写成 2022-12-30 这样。") from None
