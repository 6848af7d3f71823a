"""The ways in and out: a token that works once, a second start, heartbeats, 退出."""

import json
import secrets
from pathlib import Path

from flask import Blueprint, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from edu_sheet.screen.opened import FOLDER, SECRET
from edu_sheet.screen.running import running
from edu_sheet.screen.verb import verb

page = Blueprint("entrance", __name__)


@page.get("/enter/<token>")
def enter(token: str) -> Answer | tuple[str, int]:
    """Let a browser in that has a token."""
    one = running()
    entered = one.visitors.enter(token)
    if entered is None and one.visitors.too_many_wrong():  # what others try hinders no right one
        return _refused("试了太多次", "请过一分钟，从“督办填报”重新打开。", 429)
    if entered is None:
        return _refused("这个地址已经用过", "请从“督办填报”重新打开。", 403)
    visitor, folder = entered
    if folder and folder != one.folder:
        if doing := one.jobs.running:
            visitor.say(f"正在{doing.what}，做完才能换到 {folder}。")
        else:
            one.open(folder)
    answer = redirect("/" if folder else "/start", 303)
    answer.set_cookie(one.cookie, visitor.cookie, httponly=True, samesite="Strict", path="/")
    return answer


@page.post("/knock")
def knock() -> Response:
    """Answer a second start with an address that works once."""
    one = running()
    said = request.headers.get(SECRET, "").encode("utf-8", "surrogatepass")
    if not secrets.compare_digest(said, one.knock.encode()):
        abort(403)
    folder = json.loads(request.headers.get(FOLDER, "null"))
    return Response(one.address(Path(folder) if folder else None), mimetype="text/plain")


@page.post("/alive")
def alive() -> str:
    """Note that a page is open."""
    running().life.heard(_number())
    return ""


@page.post("/bye")
def bye() -> str:
    """Note that a page was closed."""
    running().life.gone(_number())
    return ""


@page.get("/quit")
def leaving() -> str:
    """Ask before it ends."""
    return render_template("quit.html", ended=False)


@page.post("/quit")
@verb("退出")
def leave() -> str:
    """End."""
    running().life.leave()
    return render_template("quit.html", ended=True)


def _number() -> str:
    return request.form.get("page", "")[:40]


def _refused(what: str, hint: str, status: int) -> tuple[str, int]:
    return render_template("refused.html", what=what, hint=hint), status
