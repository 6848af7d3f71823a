"""收到的文件: all that was collected for a period, whatever became of it; each can be opened."""

from flask import Blueprint

from edu_sheet import app
from edu_sheet.screen.frame import render
from edu_sheet.screen.running import workspace
from edu_sheet.words.period import Period

page = Blueprint("files", __name__)


@page.get("/p/<period:period>/files")
def files(period: Period) -> str:
    """Show what came for the period, and what came for one that nobody knows."""
    found = app.received(workspace(), period)
    return render(
        "files.html",
        period,
        step="",
        known=[one for one in found if one.period],
        unknown=[one for one in found if not one.period],
    )
