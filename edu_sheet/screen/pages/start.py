"""首页: the workspaces that were used last, and a new one."""

from pathlib import Path

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.screen.running import running, visitor
from edu_sheet.screen.verb import verb
from edu_sheet.words.errors import WorkspaceError
from edu_sheet.words.text import visible

page = Blueprint("start", __name__)


@page.get("/")
def first() -> Response:
    """Lead to the workspace that is open, else to where one is chosen."""
    return redirect("/p" if running().folder else "/start", 303)


@page.get("/start")
def start() -> str:
    """Show what can be opened."""
    return render_template("start.html", recent=running().home.recent())


@page.post("/start/open")
@verb("打开工作区")
def open_recent() -> Response:
    """Open one of the workspaces that were used last, by its number there."""
    recent = running().home.recent()
    number = request.form.get("number", type=int, default=-1)
    if not 0 <= number < len(recent):
        raise WorkspaceError("这个工作区已经不在原处", "请重新打开它所在的文件夹。")
    return _opened(recent[number])


@page.post("/start/folder")
@verb("打开工作区")
def open_folder() -> Response:
    """Open the workspace in a folder that a person typed."""
    typed = request.form.get("folder", "").strip().strip('"')
    if not typed or not Path(typed).is_absolute():
        what = f"“{visible(typed)}”没有写全位置" if typed else "没有写明是哪个文件夹"
        raise WorkspaceError(what, "请在文件夹窗口的地址栏里复制它的位置，粘贴到这里。")
    return _opened(Path(typed))


def _opened(folder: Path) -> Response:
    app.waiting(folder)  # whether it is a workspace whose ledger can be used
    running().open(folder)
    visitor().period = None
    return redirect("/p", 303)
