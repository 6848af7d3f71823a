"""`demo`, `init` and `screen`: with what a person begins."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edu_sheet.cli.exits import DONE
from edu_sheet.cli.help import ChineseCommand
from edu_sheet.cli.say import say
from edu_sheet.words.errors import EduSheetError

if TYPE_CHECKING:
    from edu_sheet.app import Preview


@click.command(cls=ChineseCommand)
@click.argument("folder", metavar="[文件夹]", required=False, type=click.Path(path_type=Path))
def demo(folder: Path | None) -> int:
    """用自带的方案演示一个完整季度，最后告诉您文件在哪里。"""
    from edu_sheet.cli.demo import demo as run

    for line in run(folder):
        say(line)
    return DONE


@click.command(cls=ChineseCommand)
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option(
    "--plan",
    "document",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="分工方案原文（Word、Excel 或 Markdown，表格或正文都行）；不写就建一个空的方案表。",
)
@click.option("--example", is_flag=True, help="用自带的示例方案（24 项任务），供练习。")
def init(folder: Path, document: Path | None, example: bool) -> int:
    """新建工作区。"""
    from edu_sheet import app
    from edu_sheet.cli.steps import next_sentence
    from edu_sheet.words.step import Step, Verb

    if document and example:
        raise click.UsageError("--plan 和 --example 只能用一个。")
    preview = app.preview_file(document) if document else None
    workspace = app.create(folder, preview, empty=not document and not example)
    say(f"已新建工作区：{workspace.root}")
    if preview:
        say(_imported(preview))
    say(f"下一步：用 Excel 打开 {workspace.plan}，{_to_do(preview, example)}，保存并关闭；")
    say(next_sentence(Step(Verb.CHECK), folder))
    return DONE


def _imported(preview: "Preview") -> str:
    """Return what was read from a document, in a sentence."""
    tasks = len(preview.plan.tasks) if preview.plan else 0
    asked = sum(line.ask for line in preview.review)
    to_check = f"；有 {asked} 处要核对，见“导入核对”表" if asked else ""
    return f"读出 {tasks} 项任务，错误 {len(preview.errors)} 处{to_check}"


def _to_do(preview: "Preview | None", example: bool) -> str:
    if preview or example:
        return "核对任务、单位名录和设置"
    return "填写方案标题（“设置”表）和任务（“分工方案”表，灰色的是示例）"


@click.command(cls=ChineseCommand)
@click.option("--no-open", is_flag=True, help="只写出地址，不打开窗口。")
@click.pass_obj
def screen(folder: Path, no_open: bool) -> int:
    """打开屏幕：在浏览器里点选着做，不用记命令；第一行是它的地址（只能用一次）。"""
    try:
        from edu_sheet.screen import run as show
    except ModuleNotFoundError as error:
        if error.name not in ("flask", "jinja2", "waitress", "werkzeug"):
            raise
        raise click.ClickException(
            '屏幕要用的组件没有装：请运行 pip install "edu-sheet[screen]"，再重新运行本命令。'
        ) from error
    from edu_sheet.store.workspace import PLAN_NAME, find_workspace

    source = click.get_current_context().find_root().get_parameter_source("folder")
    named = source is not click.core.ParameterSource.DEFAULT
    with _told_in_a_box():
        wanted = find_workspace(folder).root if named or (folder / PLAN_NAME).is_file() else None
        show(wanted, say, show=not no_open)
    return DONE


@contextmanager
def _told_in_a_box() -> Iterator[None]:
    """Show what goes wrong in a box, where nobody would read it (pythonw); it is raised on."""
    from edu_sheet.screen.box import show_box

    try:
        yield
    except Exception as error:
        if sys.stderr is None:
            mendable = isinstance(error, EduSheetError)
            show_box(str(error) if mendable else "程序内部出错，没有打开（不是您的操作问题）。")
        raise
