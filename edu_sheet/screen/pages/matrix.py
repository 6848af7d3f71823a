"""一览表: units × periods; who has not reported, to be copied; a click shows the return."""

from flask import Blueprint, request

from edu_sheet import app
from edu_sheet.screen.frame import render
from edu_sheet.screen.running import workspace
from edu_sheet.words.period import Period, parse_period
from edu_sheet.words.returns import State

page = Blueprint("matrix", __name__)


@page.get("/matrix")
def matrix() -> str:
    """Show where the units stand, all of them or those that sent nothing for a period."""
    table = app.matrix(workspace())
    asked = request.args.get("missing", "")
    wanted: Period | None = parse_period(asked) if asked else None
    units = {
        unit: states
        for unit, states in table.units.items()
        if wanted is None or (wanted in states and states[wanted].state is State.MISSING)
    }
    return render(
        "matrix.html", step="", periods=table.periods, units=units, wanted=wanted, every=table.units
    )
