"""② 收表: files dropped anywhere on the page, collected at once; who has reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Answer

from edu_sheet import app
from edu_sheet.kit.progress import Progress
from edu_sheet.screen.frame import render
from edu_sheet.screen.running import running, workspace
from edu_sheet.screen.verb import job, verb
from edu_sheet.screen.waiting import explain
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Period
from edu_sheet.words.returns import State, Submission
from edu_sheet.words.text import visible

page = Blueprint("collect", __name__)
_TOLD = 300  # characters of what is said of a file that could not be sent


@dataclass(frozen=True, slots=True)
class Taken:
    """What was collected, and what her browser could not send before."""

    collected: app.Collected
    failed: tuple[str, ...]  # a line each
    litter: tuple[str, ...]  # names of what Excel or the system left, which is no return
    lacking: Mapping[tuple[str, Period], int]  # of how many tasks a unit's forms say nothing


@page.get("/p/<period:period>/collect")
def collecting(period: Period) -> str:
    """Show what lies in 收件箱, and who has reported."""
    folder = workspace()
    issued = app.overview(folder, period).reported.every
    status = app.status(folder, period) if issued else None
    units = status.units if status else ()
    lacking = [one for one in units if one.incomplete or one.state is not State.RETURNED]
    only = request.args.get("only") == "lacking"
    return render(
        "collect.html",
        period,
        step="collect",
        waiting=app.inbox_files(folder),
        units=lacking if only else units,
        returned=status.returned if status else (),
        claimed=[one.unit for one in units if one.claimed_bounce],
        missing=[one.unit for one in units if one.state is State.MISSING],
        only=only,
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
    return collect_job(None, f"/p/{period}/collect")


def _lacking(folder: Path, taken: Sequence[Submission]) -> dict[tuple[str, Period], int]:
    periods = dict.fromkeys(one.period for one in taken if one.unit and one.period)
    lines = ((period, line) for period in periods for line in app.status(folder, period).units)
    return {(line.unit, period): line.blank for period, line in lines if line.incomplete}


def collect_job(files: Sequence[Path] | None, back: str) -> Answer:
    """Start collecting 收件箱, or files that wait; return the way to what becomes of it."""
    folder, passwords = workspace(), tuple(dict.fromkeys(running().passwords))
    failed, litter = (
        tuple(visible(one[:_TOLD]) for one in request.form.getlist(name))
        for name in ("failed", "litter")
    )

    def work(progress: Progress) -> Taken:
        found = app.collect(folder, files, passwords=passwords, progress=progress, explain=explain)
        return Taken(found, failed, litter, _lacking(folder, found.submissions))

    return job("收取", work, template="collected.html", back=back)
