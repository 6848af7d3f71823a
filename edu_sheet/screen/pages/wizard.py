"""新建工作区: the plan read, its doubts settled by clicks, and only then anything written."""

from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from edu_sheet import app
from edu_sheet.kit.network_drive import on_network
from edu_sheet.screen.draft import Draft
from edu_sheet.screen.names import names_in, rule_in
from edu_sheet.screen.running import running, visitor
from edu_sheet.screen.verb import verb
from edu_sheet.words.errors import EduSheetError, WorkspaceError
from edu_sheet.words.text import visible

page = Blueprint("wizard", __name__)

_SHARED = (
    "这个文件夹在网络共享盘上：同一时间只能在一台电脑上用。"
    "更稳妥的是把工作区放在本机，定期备份到共享盘。"
)
_NEW = "督办"  # what a workspace is called that nobody named


@page.get("/wizard")
def wizard() -> str:
    """Show what was read, or where the plan is to be dropped."""
    return render_template("wizard.html", draft=visitor().draft, folder=_free_folder())


@page.post("/wizard/read")
@verb("读取方案")
def read() -> Answer:
    """Read a plan that was chosen."""
    chosen = request.files.get("plan")
    if chosen is None or not chosen.filename:
        raise EduSheetError("没有选文件", "请先选分工方案的文件（Word、Excel 或 Markdown）。")
    _read(chosen.filename, chosen.stream.read())
    return redirect("/wizard", 303)


@page.post("/wizard/drop")
@verb("读取方案")
def drop() -> Response:
    """Read a plan that was dropped on the page."""
    name = request.args.get("name", "")
    _read(name, request.stream.read())
    return Response(name, mimetype="text/plain")


@page.post("/wizard/same")
@verb("核对方案")
def same() -> Answer:
    """Enter that a name is another spelling of a unit's."""
    from edu_sheet.app.edits import Alias

    draft = _draft()
    unit, alias = request.form.get("unit", ""), request.form.get("alias", "")
    said = f"“{alias}”和“{unit}”是同一个单位"
    draft.answer(said, app.edit_preview(draft.preview, Alias(unit, alias)))
    return redirect("/wizard#asked", 303)


@page.post("/wizard/different")
@verb("核对方案")
def different() -> Answer:
    """Note that two names are two units, or that a group reports as one."""
    draft, names = _draft(), tuple(request.form.getlist("name"))
    said = f"{'和'.join(f'“{one}”' for one in names)}"
    said += "只报一份" if len(names) == 1 else "是两个单位"
    draft.answer(said, no=names)
    return redirect("/wizard#asked", 303)


@page.post("/wizard/members")
@verb("核对方案")
def members() -> Answer:
    """Enter the members of a group, who report each for themselves."""
    from edu_sheet.app.edits import Members

    draft = _draft()
    names = names_in(request.form.get("members", ""))
    if not names:
        raise EduSheetError(
            "没有写成员单位", "请写各成员的名称，用顿号隔开；只报一份的，点“只报一份”。"
        )
    edit = Members(request.form.get("unit", ""), names)
    said = f"“{edit.unit}”由{'、'.join(names)}各报一份"
    draft.answer(said, app.edit_preview(draft.preview, edit))
    return redirect("/wizard#asked", 303)


@page.post("/wizard/leads")
@verb("核对方案")
def leads() -> Answer:
    """Enter who leads the tasks that name no lead."""
    draft = _draft()
    rule = rule_in(request.form.get("rule", ""))
    said = f"没写牵头单位的：{request.form['rule']}"
    draft.answer(said, app.edit_preview(draft.preview, rule))
    return redirect("/wizard#asked", 303)


@page.post("/wizard/back")
@verb("撤回回答")
def back() -> Answer:
    """Take back the last answer."""
    _draft().take_back()
    return redirect("/wizard#asked", 303)


@page.post("/wizard/again")
@verb("换一份方案")
def again() -> Answer:
    """Forget what was read."""
    visitor().draft = None
    return redirect("/wizard", 303)


@page.post("/wizard/create")
@verb("建立工作区")
def create() -> Answer:
    """Make the workspace: of what was read, of the example, or of an empty plan."""
    kind = request.form.get("kind", "")
    typed = request.form.get("folder", "").strip().strip('"')
    if not typed or not Path(typed).is_absolute():
        what = f"“{visible(typed)}”没有写全位置" if typed else "没有写明放在哪个文件夹"
        raise WorkspaceError(what, "请写完整的位置，如 D:\\督办。")
    draft = _draft() if kind == "plan" else None
    left = draft.open if draft else 0
    made = app.create(Path(typed), draft.preview if draft else None, empty=kind == "empty")
    running().open(made.root)
    visitor().draft = visitor().period = None
    visitor().say(f"已建立工作区：{visible(str(made.root))}")
    if left:
        visitor().say(f"还有 {left} 个问题没有定：在“方案和设置”里。", "/settings", "去定")
    if on_network(made.root):
        visitor().say(_SHARED)
    return redirect("/p" if kind != "empty" else "/settings", 303)


def _read(name: str, data: bytes) -> None:
    name = visible(name.replace("\\", "/").rpartition("/")[2]).strip(". ") or "方案"
    visitor().draft = Draft(name, app.preview_plan(data, name))


def _draft() -> Draft:
    """Return the plan that the page showed; WorkspaceError if it is another one's turn by now."""
    draft = visitor().draft
    if draft is None:
        raise WorkspaceError("没有读出来的方案", "请再读取一次。")
    if request.form.get("draft", draft.id) != draft.id:
        raise WorkspaceError(
            f"另一个窗口读取了别的方案（{draft.name}）",
            "没有建立，也没有改动：请返回，看清是哪一份方案；不是这一份的，再读取一次。",
        )
    return draft


def _free_folder() -> Path:
    """Return a folder that is not there yet, where a person keeps documents."""
    documents = Path.home() / "Documents"
    base = documents if documents.is_dir() else Path.home()
    tries = [base / _NEW, *(base / f"{_NEW}{number}" for number in range(2, 100))]
    return next((one for one in tries if not one.exists()), tries[0])
