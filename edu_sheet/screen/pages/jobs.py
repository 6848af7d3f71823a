"""Long work: how far it is, then what it came to."""

from flask import Blueprint, Response, abort, jsonify, redirect, render_template
from werkzeug.wrappers import Response as Answer

from edu_sheet.screen.errors import details, explained
from edu_sheet.screen.frame import render
from edu_sheet.screen.jobs import Job
from edu_sheet.screen.running import running

page = Blueprint("jobs", __name__)


@page.get("/job/<int:number>")
def job(number: int) -> str | Answer:
    """Show a job: its progress, its result, or why it was not done."""
    one = _job(number)
    if one.folder != running().folder:  # its numbers are those of another workspace
        return redirect("/", 303)
    if one.running:
        return render("job.html", one.period, job=one)
    if one.error:
        return render("job_error.html", one.period, job=one, error=explained(one.error))
    if one.bug:
        return render_template("bug.html", details=details(one.bug), log=running().home.log)
    if one.result is None:  # it ended long ago
        return redirect(one.back, 303)
    return render(one.template, one.period, job=one, result=one.result)


@page.get("/job/<int:number>/progress")
def progress(number: int) -> Response:
    """Return how far a job is, for the page that waits for it."""
    one = _job(number)
    return jsonify(
        what=one.what,
        label=one.label,
        done=one.done,
        every=one.every,
        seconds=one.seconds,
        running=one.running,
    )


def _job(number: int) -> Job:
    return running().jobs.get(number) or abort(404)
