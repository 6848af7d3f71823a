"""① 下发: the forms of a period, made and made anew."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.screen.frame import render
from edu_sheet.screen.running import workspace
from edu_sheet.screen.verb import job, verb
from edu_sheet.words.period import Period

page = Blueprint("issue", __name__)


@page.get("/p/<period:period>/issue")
def issue(period: Period) -> str:
    """Show how many forms went out."""
    folder = workspace()
    count = app.overview(folder, period).issued
    first = app.known_plan(folder).plan.settings.first_month
    return render("issue.html", period, step="issue", count=count, first=first)


@page.post("/p/<period:period>/issue")
@verb("生成填报表")
def generate(period: Period) -> Response:
    """Make the forms; those named are archived and made anew."""
    folder, units = workspace(), request.form.getlist("unit") or None
    force = request.form.get("force") == "yes"
    return job(
        "生成填报表",
        lambda progress: app.generate(folder, period, units, force=force, progress=progress),
        template="issued.html",
        back=f"/p/{period}/issue",
    )
