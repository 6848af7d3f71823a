"""A period: its four steps, and which one comes next."""

import hashlib

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.screen.frame import render, visitor_period
from edu_sheet.screen.periods import by_year
from edu_sheet.screen.running import workspace
from edu_sheet.words.period import Period, parse_period

page = Blueprint("period", __name__)


@page.get("/p")
def current() -> Response:
    """Lead to the period that was looked at last, else to the current one."""
    asked = request.args.get("period")
    if asked == "more":
        return redirect("/periods", 303)
    if asked:
        return redirect(f"/p/{parse_period(asked)}", 303)
    return redirect(f"/p/{visitor_period() or _current()}", 303)


def _current() -> Period:
    (current,) = (one.period for one in app.periods(workspace()) if one.current)
    return current


@page.get("/p/<period:period>")
def period(period: Period) -> str:
    """Show the four steps."""
    return render("period.html", period, step="", found=app.inspect(workspace()))


@page.get("/periods")
def periods() -> str:
    """Show all periods, those of other years too."""
    return render("periods.html", years=by_year(app.periods(workspace())))


@page.get("/stamp/<period:period>")
def stamp(period: Period) -> Response:
    """Return what changes when the counts change: a page that is shown asks for it."""
    shown = app.overview(workspace(), period)
    said = (
        str(workspace()),
        shown.issued,
        shown.reported,
        shown.waiting,
        shown.outputs,
        shown.others,
        shown.state,
    )
    return Response(hashlib.sha256(repr(said).encode()).hexdigest(), mimetype="text/plain")
