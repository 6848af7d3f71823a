"""② 收表: files dropped anywhere on the page, collected at once; who has reported."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from edu_sheet import app
from edu_sheet.screen.frame import render
from edu_sheet.screen.running import running, workspace
from edu_sheet.screen.verb import job, verb
from edu_sheet.screen.waiting import explain
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Period
from edu_sheet.words.returns import State

page = Blueprint("collect", __name__)


@page.get("/p/<period:period>/collect")
def collecting(period: Period) -> str:
    """Show what lies in 收件箱, and who has reported."""
    folder = workspace()
    issued = app.overview(folder, period).reported.every
    units = app.status(folder, period).units if issued else ()
    lacking = [one for one in units if one.incomplete or one.state is not State.RETURNED]
    only = request.args.get("only") == "lacking"
    return render(
        "collect.html",
        period,
        step="collect",
        waiting=app.inbox_files(folder),
        units=lacking if only else units,
        missing=[one.unit for one in units if one.state is State.MISSING],
        only=only,
        interrupted=app.was_interrupted(folder) and not running().jobs.running,
    )


@page.post("/upload")
def upload() -> Response:
    """Put a file that was dropped into 收件箱; also while others are being collected."""
    if request.content_length == 0:
        raise EduSheetError("文件是空的", "")
    put = app.receive(workspace(), request.args.get("name", ""), request.stream)
    return Response(put.name, mimetype="text/plain")


@page.post("/p/<period:period>/collect")
@verb("收取")
def collect(period: Period) -> Answer:
    """Collect what lies in 收件箱."""
    folder = workspace()
    passwords = tuple(running().passwords)
    return job(
        "收取",
        lambda progress: app.collect(
            folder, passwords=passwords, progress=progress, explain=explain
        ),
        template="collected.html",
        back=f"/p/{period}/collect",
    )
