"""③ 待处理: every file of the workspace that waits for a person."""

from flask import Blueprint

from edu_sheet import app
from edu_sheet.screen.frame import render
from edu_sheet.screen.running import workspace
from edu_sheet.words.period import Period

page = Blueprint("wait", __name__)


@page.get("/p/<period:period>/wait")
def wait(period: Period) -> str:
    """Show what waits, oldest first, whatever its period."""
    folder = workspace()
    found = app.waiting(folder)
    taken = app.taken_of(folder, [one.id for one in found])
    return render("wait.html", period, step="wait", waiting=found, taken=taken)
