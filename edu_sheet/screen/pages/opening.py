"""用 Excel 打开, 打开文件夹: what has a fixed name in the workspace, never a path from a page."""

from pathlib import Path

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from edu_sheet import app
from edu_sheet.kit.opening import show
from edu_sheet.screen.running import came_from, running, visitor, workspace
from edu_sheet.screen.verb import verb
from edu_sheet.words.errors import OutputError
from edu_sheet.words.period import Period

page = Blueprint("opening", __name__)


@page.post("/open/plan")
@verb("打开文件")
def plan() -> Response:
    """Open 分工方案.xlsx."""
    return opened(app.find_workspace(workspace()).plan)


@page.post("/open/inbox")
@verb("打开文件夹")
def inbox() -> Response:
    """Open 收件箱."""
    return opened(app.find_workspace(workspace()).inbox)


@page.post("/open/issued/<period:period>")
@verb("打开文件夹")
def issued(period: Period) -> Response:
    """Open the folder with a period's forms."""
    return opened(app.find_workspace(workspace()).issued(period))


@page.post("/open/log")
@verb("打开文件夹")
def log() -> Response:
    """Open the folder with the log."""
    return opened(running().home.folder)


def opened(path: Path) -> Response:
    """Open what the program itself has named, and go back; OutputError if it is gone."""
    if not path.exists():
        raise OutputError(f"{path} 不在了", "请先生成，或看看是不是移到了别处。")
    if not show(path):
        visitor().say(f"这台电脑上没有打开它的程序，请自行打开：{path}", undone=True)
    return back()


def back() -> Response:
    """Lead to the page of ours that asked."""
    return redirect(came_from() or "/", 303)
