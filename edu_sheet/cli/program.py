"""The command line: parse, call, print, exit. Nothing else prints or exits.

The contract (arguments, JSON, exit statuses) stands in docs/design.md.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, NoReturn, ParamSpec, TextIO

import click

from edu_sheet.cli.help import ChineseGroup, explain
from edu_sheet.kit import clock
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import YEARS
from edu_sheet.words.text import quoted

if TYPE_CHECKING:
    # Rooms are imported by the commands that use them: a page of help must not wait for them all.
    from rich.console import RenderableType

    from edu_sheet.app import Collected, PlanState, Preview, Status
    from edu_sheet.kit.workers import Crew
    from edu_sheet.words.findings import Finding
    from edu_sheet.words.letters import MailKind
    from edu_sheet.words.period import Period

DONE, NEEDS_A_PERSON, FAILED, BUG, INTERRUPTED = 0, 1, 2, 70, 130


def main() -> NoReturn:
    """Run a command and exit with the status that docs/design.md gives."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # under pythonw there is none
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a text stream here
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command and return its exit status; nothing but a bug in here raises."""
    try:
        status = program.main(arguments, prog_name="edu-sheet", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
    except click.UsageError as error:
        _say_error(explain(error))
    except click.ClickException as error:
        _say_error(error.message)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\n已中断；此前已登记的内容都在，可以重新运行。", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; what is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception:  # noqa: BLE001 - the outermost edge: a bug keeps its traceback and its status
        import traceback

        traceback.print_exc()
        click.echo("程序内部出错（不是您的操作问题）：请把上面的内容发给技术人员。", err=True)
        return BUG
    else:
        return status or DONE
    return FAILED


class PeriodType(click.ParamType["Period"]):
    """A period on the command line."""

    name = "期次"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,  # noqa: ARG002 - click's signature
    ) -> "Period":
        """Return the period; PeriodError if it is none."""
        from edu_sheet.words.period import parse_period

        return parse_period(value) if isinstance(value, str) else value


_PERIOD = click.argument("period", metavar="期次", type=PeriodType())
_JOBS = click.option(
    "--jobs",
    metavar="个数",
    type=click.IntRange(1, 64),
    default=min(2, os.cpu_count() or 1),
    help="由几个进程同时做（文件少时只用一个）；不写就是两个。",
)
# What scripts write still: one reader reads for a run since.
_NO_JOBS = click.option("--jobs", type=click.IntRange(1, 64), hidden=True, expose_value=False)
_DASK = (
    "由 Dask 集群读取和核对，如 tls://10.0.0.1:8786（不是本机的一律要 tls，证书照 Dask 的说明设）。"
    "送去的是文件内容、打开密码、这份表下发和已报的文字，送回的是读出的内容；密钥不送。"
    "只用自己单位管的集群。"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供脚本使用。")
_P = ParamSpec("_P")


def _telling_of_the_clock(
    command: Callable[Concatenate[Path, _P], int],
) -> Callable[Concatenate[Path, _P], int]:
    """Return a command that records, so that it says first if the clock is behind the ledger."""

    @wraps(command)
    def telling(folder: Path, /, *arguments: _P.args, **options: _P.kwargs) -> int:
        behind = _tell_of_the_clock(folder)
        status = command(folder, *arguments, **options)
        return NEEDS_A_PERSON if behind and status == DONE else status

    return telling


class Program(ChineseGroup):
    """The program; what the operator can mend is said with the command that comes next."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; ClickException for an EduSheetError, in a person's words."""
        from edu_sheet.cli.steps import explain_error

        folder: Path = ctx.params["folder"]
        try:
            status = super().invoke(ctx)
        except EduSheetError as error:
            _say_disagreements(ctx, folder)
            raise click.ClickException(explain_error(error, folder)) from error
        return _say_disagreements(ctx, folder) or status


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-w",
    "--workspace",
    "folder",
    metavar="文件夹",
    envvar="EDU_SHEET_WORKSPACE",
    type=click.Path(path_type=Path),
    default=Path(),
    help="工作区文件夹；不写就是当前文件夹。",
)
@click.version_option(package_name="edu-sheet", message="edu-sheet %(version)s", help="显示版本。")
@click.pass_context
def program(context: click.Context, folder: Path) -> None:
    """把分工方案变成各单位的填报表，收回、核对、汇总，并写成季度总结。

    期次：月份写 2022-12，季度写 2022Q4。
    """
    context.obj = folder


@program.command()
@click.argument("folder", metavar="[文件夹]", required=False, type=click.Path(path_type=Path))
def demo(folder: Path | None) -> int:
    """用自带的方案演示一个完整季度，最后告诉您文件在哪里。"""
    from edu_sheet.cli.demo import demo as run

    for line in run(folder):
        _print(line)
    return DONE


@program.command()
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
    _print(f"已新建工作区：{workspace.root}")
    if preview:
        _print(_imported(preview))
    _print(f"下一步：用 Excel 打开 {workspace.plan}，{_to_do(preview, example)}，保存并关闭；")
    _print(next_sentence(Step(Verb.CHECK), folder))
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


@program.command()
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
        show(wanted, _print, show=not no_open)
    return DONE


@program.command()
@click.option(
    "--deadlines", is_flag=True, help="从任务要求里找出时限，补进“时限节点”表（已有的行不动）。"
)
@click.option(
    "--repair",
    is_flag=True,
    help="把存档和下发里有、台账里没有的补登记（换用过备份的台账以后）；什么也不覆盖、不删除。",
)
@_JSON
@click.pass_obj
def check(folder: Path, deadlines: bool, repair: bool, as_json: bool) -> int:
    """检查分工方案.xlsx：逐个单元格列出错误和疑点。"""
    if repair:
        _repair(folder, quiet=as_json)
    from edu_sheet import app
    from edu_sheet.cli.steps import next_sentence

    checked = app.check(folder, deadlines=deadlines)
    _note(checked.state)
    if as_json:
        from edu_sheet.cli.as_json import finding_json
        from edu_sheet.plan.tasks import as_json as plan_json

        _print_json(
            {
                "errors": [finding_json(one, folder) for one in checked.errors],
                "doubts": [finding_json(one, folder) for one in checked.doubts],
                "plan": plan_json(checked.plan) if checked.plan else None,
            }
        )
        return NEEDS_A_PERSON if checked.errors else DONE
    from edu_sheet.cli.show import findings_table

    if found := [*checked.errors, *checked.doubts]:
        _print(findings_table(found))
        for step in dict.fromkeys(one.next for one in found if one.next):
            _print(next_sentence(step, folder))
    if checked.errors:
        _print(
            f"有 {len(checked.errors)} 处错误：请在 Excel 中改正并保存，再运行 edu-sheet check。"
        )
        return NEEDS_A_PERSON
    if checked.added:
        _print(
            f"时限节点：新增 {checked.added} 行，请在 分工方案.xlsx 的“时限节点”表核对日期；"
            "原来的方案已复制到存档。"
        )
    elif checked.added == 0:
        _print("时限节点：没有新增，已有的行没有改动。")
    tasks = len(checked.plan.tasks) if checked.plan else 0
    doubts = f"，{len(checked.doubts)} 处疑点请核对" if checked.doubts else ""
    month = checked.next or "期次"
    _print(f"分工方案没有错误（{tasks} 项任务）{doubts}。下一步：edu-sheet generate {month}")
    return DONE


@program.command()
@_PERIOD
@click.option(
    "--unit", "units", metavar="单位", multiple=True, help="只生成这个单位的表，可写多次。"
)
@click.option("--force", is_flag=True, help="已有的表与现在的方案不同时，存档旧表后重新生成。")
@_JOBS
@_JSON
@click.pass_obj
@_telling_of_the_clock
def generate(
    folder: Path, period: "Period", units: tuple[str, ...], force: bool, jobs: int, as_json: bool
) -> int:
    """生成各单位的填报表，放在 下发/期次/ 里。"""
    from edu_sheet import app
    from edu_sheet.cli.show import lines_table
    from edu_sheet.issue.generate import as_json as forms_json

    with _crew(jobs) as crew, _progress("下发") as progress:
        issued = app.generate(
            folder, period, units or None, force=force, progress=progress, crew=crew
        )
    _note(issued.state)
    if as_json:
        _print_json(forms_json(period, issued.forms))
        return NEEDS_A_PERSON if issued.kept or issued.doubts else DONE
    _print(
        lines_table(
            ("单位", "任务", "文件", "结果"),
            [
                (
                    one.unit,
                    str(len(one.form.rows)),
                    one.file,
                    f"{one.outcome.label}：{one.reason}" if one.reason else one.outcome.label,
                )
                for one in issued.forms
            ],
        )
    )
    _print(f"{period.label}：{len(issued.forms)} 个单位的填报表在 {issued.folder}")
    _print_findings(issued.doubts)
    if issued.kept:
        _print(
            f"其中 {len(issued.kept)} 份与现在的方案不同（或已被人改过），没有覆盖。"
            "确要重新生成，请加 --force（旧表会先存档）。"
        )
    return NEEDS_A_PERSON if issued.kept or issued.doubts else DONE


@program.command()
@_PERIOD
@click.option("--remind", is_flag=True, help="催报：只给没报、没报全和待处理的单位。")
@click.option("--receipt", is_flag=True, help="回执：告诉各单位收到了什么、哪里要补。")
@click.option("--send", is_flag=True, help="直接发出（不写就只生成草稿，由您打开发送）。")
@click.option("--dry-run", is_flag=True, help="只看会发给谁，不生成也不发送。")
@click.option(
    "--list",
    "listed",
    is_flag=True,
    help="只列出每个单位的邮箱、附件、主题和正文，供复制到网页邮箱、微信（可加 --json）。",
)
@click.option("--sent", is_flag=True, help="与 --remind 同用：草稿您已逐个发出，记下来。")
@click.option(
    "--again",
    metavar="单位",
    multiple=True,
    help="此前已发出（或不能确定）的，给这个单位再发一次，可写多次。",
)
@_JSON
@click.pass_obj
@_telling_of_the_clock
def mail(
    folder: Path,
    period: "Period",
    remind: bool,
    receipt: bool,
    send: bool,
    dry_run: bool,
    listed: bool,
    sent: bool,
    again: tuple[str, ...],
    as_json: bool,
) -> int:
    """把填报表（或催报、回执）写成给各单位的邮件，放在 下发/期次/邮件/ 里，或直接发出。"""
    from edu_sheet import app
    from edu_sheet.cli.show import mail_lines
    from edu_sheet.cli.steps import next_sentence
    from edu_sheet.words.letters import How, MailKind

    if (remind and receipt) or send + dry_run + listed + sent > 1:
        raise click.UsageError(
            "--remind 和 --receipt，--send、--dry-run、--list 和 --sent，各只能用一个"
        )
    if as_json and not listed:
        raise click.UsageError("--json 和 --list 一起用")
    if sent and not remind:
        raise click.UsageError("--sent 和 --remind 一起用：记下催报的草稿已经发出")
    kind = MailKind.REMINDER if remind else MailKind.RECEIPT if receipt else MailKind.FORM
    if listed:
        return _list_letters(folder, period, kind, as_json=as_json)
    how = How.DRAFT
    if send or dry_run or sent:
        how = How.SEND if send else How.PREVIEW if dry_run else How.SENT
    with _progress("发送") as progress:
        made = app.mail(folder, period, kind, how, again=again, progress=progress)
    _note(made.state)
    mailing = made.result
    for line in mail_lines(mailing):
        _print(line)
    for step in mailing.steps:
        _print(next_sentence(step, folder))
    return FAILED if mailing.broken else NEEDS_A_PERSON if mailing.needs_a_person else DONE


def _list_letters(folder: Path, period: "Period", kind: "MailKind", *, as_json: bool) -> int:
    """Print a period's letters for a person to copy."""
    from edu_sheet import app
    from edu_sheet.cli.as_json import by_hand_json
    from edu_sheet.cli.show import by_hand_lines

    made = app.mail_by_hand(folder, period, kind)
    _note(made.state)
    if as_json:
        _print_json(by_hand_json(period, made.result))
    else:
        for line in by_hand_lines(made.result):
            _print(line)
    return NEEDS_A_PERSON if made.result.without else DONE


@program.command("sign-in")
@click.option("--forget", is_flag=True, help="删去这台电脑存下的授权，不再登录。")
@click.pass_obj
def sign_in(folder: Path, forget: bool) -> int:
    """用浏览器给微软的邮箱（Exchange Online、Outlook）授权一次，以后自动续期。"""
    from edu_sheet import app

    if forget:
        account, kept = app.forget_sign_in(folder)
        _print(
            f"已从系统的凭据管理器删去 {account} 的授权。"
            "微软那边的授权，要在账户的“应用和服务”页撤销。"
            if kept
            else f"这台电脑没有存 {account} 的授权。"
        )
        return DONE
    begun = app.begin_sign_in(folder)
    _print(
        f"请用浏览器打开 {begun.page} ，输入 {begun.code} ，用 {begun.account} 登录并同意。\n"
        "程序在这里等着，同意后自动继续；不做了，按 Ctrl-C。"
    )
    if not app.finish_sign_in(begun, wait=True):
        _print("代码已过期，还没有授权：请再运行一次 sign-in。")
        return FAILED
    _print(f"{begun.account} 的授权已存入系统的凭据管理器，没有写入任何文件。")
    return DONE


@program.command()
@click.pass_obj
@_telling_of_the_clock
def fetch(folder: Path) -> int:
    """把邮箱里新来的、可能是报送的邮件收进收件箱（之后运行 collect）。"""
    from edu_sheet import app
    from edu_sheet.cli.show import broken_line, folders_left_out, left_lines

    with _progress("收邮件") as progress:
        fetched = app.fetch(folder, progress=progress)
    _note(fetched.state)
    for file in fetched.files:
        _print(f"已收取：{file}")
    for line in left_lines(fetched.without):
        _print(line)
    if fetched.rebuilt:
        _print("邮箱重新编过号，以前的邮件又收了一遍：内容相同的会自动忽略。")
    if fetched.missed:
        _print(f"服务器列出了、没有给出来的有 {fetched.missed} 封（多半刚被删除），下次再取。")
    if fetched.broken:
        _print(broken_line(fetched.broken))
    if fetched.left_out:
        _print(folders_left_out(fetched.left_out))
    _print(
        f"收取邮件 {len(fetched.files)} 封，在 {fetched.inbox}。下一步：edu-sheet collect"
        if fetched.files
        else "没有收到新的报送。"
        if fetched.broken
        else "邮箱里没有新的报送。"
    )
    return NEEDS_A_PERSON if fetched.broken else DONE


@program.command()
@click.argument("files", metavar="[文件]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--received", metavar="日期", help="收到的日期，如 2022-12-30；不写就是现在。")
@click.option(
    "--again",
    metavar="编号",
    type=int,
    multiple=True,
    help="再读一次待处理里这个编号的文件，可写多次。",
)
@click.option("--password", "ask_password", is_flag=True, help="询问加密文件的密码。")
@_NO_JOBS
@click.option("--dask", metavar="地址", help=_DASK)
@_JSON
@click.pass_obj
@_telling_of_the_clock
def collect(
    folder: Path,
    files: tuple[Path, ...],
    received: str | None,
    again: tuple[int, ...],
    ask_password: bool,
    dask: str | None,
    as_json: bool,
) -> int:
    """收取收件箱里（或写明的）退回文件：存档、核对、登记。"""
    from edu_sheet import app
    from edu_sheet.cli import waiting
    from edu_sheet.cli.as_json import submission_json
    from edu_sheet.cli.show import submissions_table

    received_at = clock.parse_moment(received) if received else None
    files = (*files, *app.waiting_files(folder, again)) if again else files
    passwords = _passwords() if ask_password else ()
    with _crew(1, dask) as crew, _progress("收取") as progress:
        found = app.collect(
            folder,
            files or None,
            received_at=received_at,
            passwords=passwords,
            progress=progress,
            crew=crew,
            explain=waiting.explain,
        )
    _note(found.state)
    if as_json:
        _print_json({"submissions": [submission_json(one, folder) for one in found.submissions]})
    else:
        if found.submissions:
            _print(submissions_table(found.submissions))
        for left in found.left:
            _print(f"留在收件箱：{left}")
        _print(_collected(found))
    return NEEDS_A_PERSON if found.needs_a_person else DONE


@program.command()
@click.argument("number", metavar="编号", type=int)
@click.option("--unit", metavar="单位", help="这份表是哪个单位的。")
@click.option("--period", metavar="期次", type=PeriodType(), help="这份表是哪一期的。")
@click.option("--accept", is_flag=True, help="情况已核实，照收。")
@click.option("--reject", is_flag=True, help="不采用这份文件（原件仍在存档）。")
@click.option("--yes", is_flag=True, help="与 --reject 同用：已收的也撤回，不再询问。")
@click.option(
    "--take",
    "takes",
    metavar="问题",
    multiple=True,
    help="把第几个问题里的文字作为进展情况（.txt 里的编号；也可写位置，如 填报表!H7）。",
)
@click.option(
    "--task",
    "tasks",
    metavar="序号",
    type=int,
    multiple=True,
    help="与 --take 同用：是哪一项任务的。",
)
@click.option("--undo", is_flag=True, help="撤回上一次对它的裁定，可一次一次往回撤。")
@click.option("--password", "ask_password", is_flag=True, help="原件有密码时，询问密码。")
@_JSON
@click.pass_obj
@_telling_of_the_clock
def resolve(
    folder: Path,
    number: int,
    unit: str | None,
    period: "Period | None",
    accept: bool,
    reject: bool,
    yes: bool,
    takes: tuple[str, ...],
    tasks: tuple[int, ...],
    undo: bool,
    ask_password: bool,
    as_json: bool,
) -> int:
    """处理一份待处理的文件；编号是文件名开头的数字。"""
    from edu_sheet import app
    from edu_sheet.cli import waiting
    from edu_sheet.cli.as_json import submission_json
    from edu_sheet.cli.show import submissions_table
    from edu_sheet.cli.steps import decision_step
    from edu_sheet.words.returns import Action, Verdict

    _refuse_several("--take", takes)
    _refuse_several("--task", tasks)
    step = decision_step(
        number,
        unit=unit,
        period=period,
        accept=accept,
        reject=reject,
        take=next(iter(takes), None),
        task=next(iter(tasks), None),
        undo=undo,
    )
    if yes and step.action is not Action.REJECT:
        raise click.UsageError("--yes 只和 --reject 一起用")
    if step.action is Action.REJECT and not yes:
        _refuse_to_withdraw(folder, number)
    passwords = _passwords() if ask_password else ()
    resolved = app.resolve(folder, step, passwords=passwords, explain=waiting.explain)
    _note(resolved.state)
    settled = resolved.result
    waits = settled.verdict is Verdict.ATTENTION
    if as_json:
        _print_json({"submissions": [submission_json(settled, folder)]})
    else:
        _print(submissions_table([settled]))
        if undo:
            _print(f"已撤回对编号 {number} 的上一次裁定。")
        if waits:
            _print("还没有处理完：请看“待处理”文件夹里同名的 .txt。")
    return NEEDS_A_PERSON if waits else DONE


def _refuse_several(option: str, given: tuple[object, ...]) -> None:
    """Raise EduSheetError if an option was given more than once."""
    if len(given) > 1:
        raise EduSheetError(
            f"一次只收一段文字，{option} 却写了 {len(given)} 次（{'、'.join(map(str, given))}），"
            "没有作任何处理",
            "请一段一段地收：每次写一个 --take 和一个 --task。",
        )


def _refuse_to_withdraw(folder: Path, number: int) -> None:
    """Raise EduSheetError if texts of an accepted return would go by rejecting it."""
    from edu_sheet import app
    from edu_sheet.words.returns import Action
    from edu_sheet.words.step import Step, Verb

    if texts := app.withdrawn_by_rejecting(folder, number):
        raise EduSheetError(
            f"编号 {number} 是已收的“{texts[0].unit}”{texts[0].period.label} 的表，"
            f"撤回后其中 {len(texts)} 项进展不再采用，没有作任何处理",
            "总表和总结再生成时会少这几项；原件仍在存档。",
            Step(Verb.RESOLVE, submission=number, action=Action.REJECT, yes=True),
        )


@program.command("open")
@click.argument("number", metavar="编号", type=int)
@click.option("--print-path", is_flag=True, help="只写出副本在哪里，不打开。")
@click.pass_obj
def open_original(folder: Path, number: int, print_path: bool) -> int:
    """打开一份报送件的原件（只读的副本，放在 存档/查看 里）。"""
    from edu_sheet import app
    from edu_sheet.kit.opening import show

    copy = app.original_of(folder, number)
    _print(str(copy.path))
    if print_path:
        return DONE
    if not copy.safe:
        _print("这不是认得的文档，可能是程序，没有替您打开。")
    elif not show(copy.path):
        _print("这台电脑上没有打开它的程序：请自行打开上面的文件。")
    return DONE


@program.command()
@_PERIOD
@_JSON
@click.pass_obj
def status(folder: Path, period: "Period", as_json: bool) -> int:
    """看这一期谁报了、迟报、没报全、没报。"""
    from edu_sheet import app

    found = app.status(folder, period)
    _note(found.state)
    if as_json:
        _print_json({"period": str(period), "units": [one.as_json() for one in found.units]})
        return NEEDS_A_PERSON if found.needs_a_person else DONE
    from edu_sheet.cli.show import deadlines_table, lights_table, status_table
    from edu_sheet.words.returns import Came

    _print(status_table(found.units))
    if found.lights:
        _print(lights_table(found.lights))
    if found.due:
        early = sum(one.closing is not None and not one.passed for one in found.due)
        closed = f"，提前办结{early}项" if early else ""
        _print(f"时限节点：{found.passed}，三个月内到期{found.near}项{closed}")
        if open_ones := [one for one in found.due if one.closing is None]:
            _print(deadlines_table(open_ones, found.apart))
    if found.closed:
        numbers = "、".join(f"{found.apart[one.key]}{one.shown}" for one in found.closed)
        _print(f"已办结的任务 {len(found.closed)} 项：第 {numbers} 项")
    counts = found.counts.items()
    said = "，".join(f"{state.label} {number}" for state, number in counts if number)
    _print(
        f"{period.label}：应报 {len(found.units)} 个单位，{said}"
        + (f"；其中 {found.incomplete} 个没有报全" if found.incomplete else "")
    )
    if others := [one.unit for one in found.units if one.came in (Came.OTHER_FORM, Came.MAIL)]:
        _print(
            f"报了 PDF、图片、邮件正文等，没有用填报表的：{'、'.join(others)}。请对方改填下发的表，"
            "或代填：打开该单位的填报表照录，放进收件箱收取。"
        )
    for letter in found.returned:
        _print(
            f"退信：{letter.unit} 的{letter.kind.label}邮件没有送达（{quoted(letter.detail)}）。"
            "请在“单位名录”里核对邮箱，改好后再发。"
        )
    if claimed := [one.unit for one in found.units if one.claimed_bounce]:
        _print(
            f"有邮件称给这些单位的信没有送达，没有凭据，不能确认：{'、'.join(claimed)}。"
            f"催报照写；请与单位核对邮箱后，处理 {found.pending} 里的退信。"
        )
    _print_unassigned(found)
    return NEEDS_A_PERSON if found.needs_a_person else DONE


def _print_unassigned(found: "Status") -> None:
    """Say how many files wait that no unit's line shows, and whose those are that are known."""
    known = [one.unit for one in found.unassigned if one.unit and one.period]
    if unknown := len(found.unassigned) - len(known):
        _print(f"另有 {unknown} 份文件不能确定单位或期次，在 {found.pending}，请先处理。")
    if known:
        _print(
            f"另有 {len(known)} 份文件待核实（{'、'.join(dict.fromkeys(known))}），"
            f"不改变已收的进展，在 {found.pending}，请先处理。"
        )


@program.command()
@click.option(
    "--task",
    "number",
    metavar="序号",
    required=True,
    help="哪一项任务；几项共用一个序号的，前面写上类别，如 管理类1。",
)
@click.option("--item", metavar="事项", default="", help="只办结其中一个时限节点，如 ①。")
@click.option(
    "--year",
    metavar="年度",
    type=click.IntRange(YEARS[0], YEARS[-1]),
    help="每年都有的事项：是哪一年的，如 2022。",
)
@click.option(
    "--on", "day", metavar="日期", help="办结（恢复督办）的日期，如 2022-12-20；不写就是今天。"
)
@click.option(
    "--basis", metavar="依据", default="", help="凭什么办结：文件、验收材料、会议纪要等。"
)
@click.option("--reopen", is_flag=True, help="恢复督办：已办结的重新打开，原来的一行保留。")
@click.pass_obj
def close(
    folder: Path,
    number: str,
    item: str,
    year: int | None,
    day: str | None,
    basis: str,
    reopen: bool,
) -> int:
    """办结（销号）一项任务或一个时限节点，或恢复督办；记在 分工方案.xlsx 的“办结”表。"""
    from edu_sheet import app
    from edu_sheet.plan.writing.edit_closings import Close, ClosingEdit, Reopen

    if reopen and basis:
        raise click.UsageError("--basis 和 --reopen 只能用一个。")
    on = (clock.parse_moment(day) if day else clock.now()).date()
    edit: ClosingEdit = (
        Reopen(number, on, item, year) if reopen else Close(number, on, basis, item, year)
    )
    closed = app.edit_closings(folder, edit)
    which = f"第 {number} 项任务" if number.isdecimal() else f"任务“{number}”"
    what = f"{which}{item}{f'（{year}年）' if year else ''}"
    said = "恢复督办" if reopen else "办结"
    _print(f"{what}：{clock.chinese_date(on)}{said}，已记入 分工方案.xlsx 的“办结”表。")
    _print(app.first_told_in_words(on))
    if not reopen and (covered := app.covered_in_words(closed.plan)):
        _print(covered)
    return DONE


@program.command()
@_PERIOD
@click.pass_obj
@_telling_of_the_clock
def merge(folder: Path, period: "Period") -> int:
    """把已收的内容汇成总表：成果/期次/总表.xlsx。"""
    from edu_sheet import app

    made = app.merge(folder, period)
    _note(made.state)
    merged = made.result
    _print(f"总表{'已写好' if merged.written else '没有变化'}：{merged.path}")
    if merged.edits:
        _print(f"您在总表里改过的 {merged.edits} 处都保留着（改过的原表在“存档”里）。")
    for sheet in merged.altered:
        where = f"已留作“{sheet}（改）”" if merged.written and not merged.kept else "原样未动"
        said = "不能确定有没有人改过（台账换过备份）" if merged.unsure else "有人改过"
        _print(f"“{sheet}”里{said}，改动不进入总表；{where}。请改在“总表”里。")
    if merged.conflicts:
        _print(
            f"有 {merged.conflicts} 处单位报来的新内容没有并入您改过的文字："
            "写在该行下面标有“新报送”的行，取舍后删去那一行，再运行一次 merge。"
        )
    if merged.kept:
        _print(f"总表.xlsx {merged.why}，没有覆盖：已复制到“存档”，新的总表写在它旁边。")
    _print_findings([one for one in merged.findings if one.code != "new_text"])
    if merged.unsettled:
        counted = {"错误": merged.errors, "未报": merged.missing}
        said = "，".join(f"{name} {count} 条" for name, count in counted.items() if count)
        of = "、".join(f"{one.label} {count} 条" for one, count in merged.missing_in.items())
        whose = f"（未报的：{of}）" if {*merged.missing_in} - {period} else ""
        _print(f"“问题清单”里有{said}{whose}，请处理或催报。")
    return NEEDS_A_PERSON if merged.needs_a_person else DONE


@program.command()
@_PERIOD
@click.option("--unit", metavar="单位", help="季度：写这个牵头单位的书面材料，供其主要领导审定。")
@click.option(
    "--template",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="用自己的 Word 文件的样式、页眉和固定文字。",
)
@click.option("--pdf", is_flag=True, help="另存一份 PDF（需要 LibreOffice）。")
@click.option(
    "--style",
    type=click.Choice(["简", "详"]),
    help="季度总结的详略：简只印牵头单位的话，详再印各责任单位的全文；不写就按“设置”。",
)
@click.option(
    "--full-texts",
    "--汇编",
    "full_texts",
    is_flag=True,
    help="季度：另写一份资料汇编，印各单位报送的全文和出处。",
)
@click.option(
    "--slides",
    is_flag=True,
    help="季度：另写会上用的幻灯片（.pptx）：项数和图、滞后、问题、下一步。",
)
@click.option(
    "--supervise",
    "--督办单",
    "supervise",
    is_flag=True,
    help="另写督办单，每个单位一色一份：红（逾期）、黄（滞后）、蓝（临近），在 成果/期次/督办单/。",
)
@click.pass_obj
@_telling_of_the_clock
def report(
    folder: Path,
    period: "Period",
    unit: str | None,
    template: Path | None,
    pdf: bool,
    style: str | None,
    full_texts: bool,
    slides: bool,
    supervise: bool,
) -> int:
    """写季度总结（公文格式）；期次写月份时写当月的调度通报。"""
    from edu_sheet import app
    from edu_sheet.words.findings import Severity
    from edu_sheet.words.settings import SummaryStyle

    if supervise:
        if unit or template or pdf or style or full_texts or slides:
            raise click.UsageError("--supervise（--督办单）不和别的选项一起用。")
        return _supervise(folder, period)

    chosen = SummaryStyle(style) if style else None
    written = app.report(
        folder,
        period,
        unit=unit,
        template=template,
        pdf=pdf,
        style=chosen,
        full_texts=full_texts,
        slides=slides,
    )
    _note(written.state)
    made = written.result
    _print(f"已写好：{made.path}")
    if made.pdf:
        _print(f"PDF：{made.pdf}")
    for warning in (*made.warnings, *made.about_fonts):
        _print(f"提醒：{warning}")
    _print_findings(made.findings)
    if made.kept:
        _print("原来的文档有人改过，没有覆盖：已复制到“存档”，新的写在它旁边，请对照后取舍。")
    grave = any(one.severity is not Severity.INFO for one in made.findings)
    return NEEDS_A_PERSON if made.kept or grave else DONE


@program.command()
@_PERIOD
@click.option(
    "-o",
    "--output",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="写到文件（.csv .json .xlsx）；不写就以 CSV 输出到屏幕。",
)
@click.option(
    "--raw",
    is_flag=True,
    help="CSV 文件里以 = + - @ 开头的文字前不加 '（默认加，Excel 才不当公式）。",
)
@click.pass_obj
def export(folder: Path, period: "Period", output: Path | None, raw: bool) -> int:
    """把这一期的每一条进展导出成一张长表。"""
    from edu_sheet import app

    if raw and (output is None or output.suffix.lower() != ".csv"):
        raise click.UsageError("--raw 只用于写到 .csv 文件（-o 文件.csv）")
    exported = app.export(folder, period, output, raw=raw)
    _note(exported.state)
    if exported.path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(exported.data)
        return DONE
    _print(f"已导出 {exported.rows} 条：{exported.path}")
    if exported.kept and output:
        _print(f"{output.name} 不是本程序导出的，或导出后有人改过，没有覆盖：新的写在它旁边。")
        return NEEDS_A_PERSON
    return DONE


# ---------------------------------------------------------------- what commands share


def _supervise(folder: Path, period: "Period") -> int:
    from edu_sheet import app

    written = app.supervise(folder, period)
    _note(written.state)
    made = written.result
    counts: dict[str, int] = {}
    for paper in made.papers:
        name = f"{paper.colour.value}（{paper.colour.means}）"
        counts[name] = counts.get(name, 0) + 1
    if counts:
        said = "，".join(f"{name} {count} 份" for name, count in counts.items())
        _print(f"督办单：{said}，在 {made.folder}")
    else:
        _print("没有要督办的事项：没有逾期、滞后，三个月内也没有到期的。")
    if made.removed:
        _print(f"已去掉 {made.removed} 份不再需要的旧督办单。")
    kept = [paper.path.name for paper in made.papers if paper.kept]
    if kept:
        _print(f"原来的督办单有人改过，没有覆盖：新的在它旁边（{'、'.join(kept)}）。")
    return NEEDS_A_PERSON if kept else DONE


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


def _say_disagreements(ctx: click.Context, folder: Path) -> int:
    """Say on stderr what the folders hold that the ledger does not know; return the status of it.

    Said by every command in a workspace, once: whoever reads on would take its answer for all.
    """
    if ctx.invoked_subcommand in (None, "demo", "init", "screen"):
        return DONE
    from edu_sheet import app
    from edu_sheet.cli.as_json import in_words

    try:
        found = app.inspect(folder)
    except EduSheetError:  # no workspace, or a ledger that cannot be opened: that has been said
        return DONE
    for one in found:
        click.echo(f"注意：{in_words(one, folder)}", err=True)
    return NEEDS_A_PERSON if found else DONE


def _repair(folder: Path, *, quiet: bool) -> None:
    """Record again what the ledger does not know, and say what."""
    from edu_sheet import app
    from edu_sheet.cli import waiting
    from edu_sheet.cli.show import submissions_table

    repaired = app.repair(folder, explain=waiting.explain)
    if quiet:
        return
    if repaired.submissions:
        _print(submissions_table(repaired.submissions))
    said = f"补登记：下发的表 {len(repaired.forms)} 份，报送件 {len(repaired.submissions)} 份"
    nothing = not (repaired.forms or repaired.submissions)
    _print("没有要补登记的。" if nothing else f"{said}。要更新成果的，请重新汇总、重写总结。")
    own = ("ledger_older", "output_unknown", "conflict_copies", "ledger_copy")  # said at the end
    _print_findings([one for one in repaired.left if one.code not in own])


def _print_findings(findings: "Sequence[Finding]") -> None:
    from edu_sheet.sentences import advice, sentence

    for one in findings:
        _print(f"{one.severity.label}：{sentence(one)}{advice(one)}")


def _collected(found: "Collected") -> str:
    from edu_sheet.words.returns import Verdict

    if not found.submissions:
        return f"收件箱里没有可收的文件：请把退回的文件放进 {found.inbox} 后重新运行。"
    counts = found.counts
    said = "，".join(f"{verdict.label} {number}" for verdict, number in counts.items() if number)
    waits = counts[Verdict.ATTENTION]
    where = f"。待处理的在 {found.pending}，请看同名的 .txt" if waits else ""
    return f"共 {len(found.submissions)} 份：{said}{where}"


def _note(state: "PlanState") -> None:
    """Say on stderr which plan was used, where it is not the workbook as it stands there."""
    said = {
        "open_elsewhere": "分工方案.xlsx 正在 Excel 或 WPS 中打开：这里用的是上次保存的内容。",
        "last_valid": "分工方案.xlsx 现在有错误或打不开：这里用的是上次没有错误时的内容；"
        "请运行 edu-sheet check 查看。",
    }
    if note := said.get(state.value):
        click.echo(f"提醒：{note}", err=True)


def _tell_of_the_clock(folder: Path) -> bool:
    """Say on stderr if the clock stands before the ledger's last moment; return whether it does."""
    from edu_sheet import app

    try:
        last = app.clock_behind(folder)
    except EduSheetError:
        return False  # the command itself will say what is wrong
    if last is None:
        return False
    shown = "%Y-%m-%d %H:%M"
    click.echo(
        f"提醒：电脑的时间是 {clock.now():{shown}}，比台账里最后一次记录（{last:{shown}}）还早，"
        "这次记下的日期会不准：请先校正电脑的日期和时间。先后不受影响，以后登记的为准。",
        err=True,
    )
    return True


def _passwords() -> tuple[str, ...]:
    given = os.environ.get("EDU_SHEET_PASSWORD")
    return (given,) if given else (click.prompt("加密文件的密码", hide_input=True),)


@contextmanager
def _progress(what: str) -> Iterator[Any]:
    """Show a bar on a terminal, nothing in a pipe; yields what takes (done, total)."""
    if sys.stderr is None or not sys.stderr.isatty():  # None: pythonw of Windows has no window
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(line, completed=done, total=total)


@contextmanager
def _crew(jobs: int, dask: str | None = None) -> Iterator["Crew"]:
    """Yield who does long work: so many processes, or a Dask cluster."""
    from edu_sheet.kit.workers import Crew

    if dask is None:
        with Crew(jobs) as crew:
            yield crew
        return
    from edu_sheet.kit.cluster import connected

    with connected(dask) as (executor, workers), Crew(workers, executor) as crew:
        yield crew


def _print(what: "RenderableType") -> None:
    """Print a line or a table; in a pipe a table is as wide as it needs to be readable."""
    if isinstance(what, str):
        click.echo(what)
        return
    from rich.console import Console

    stream: TextIO | None = sys.stdout
    if stream is None:  # under pythonw nobody reads
        return
    Console(file=stream, width=None if stream.isatty() else 120, highlight=False).print(what)


def _print_json(value: object) -> None:
    """Print JSON that reads right whatever the stream's encoding."""
    import json

    plain = "utf" not in (sys.stdout.encoding or "").lower()
    click.echo(json.dumps(value, ensure_ascii=plain, indent=2))


def _say_error(message: str) -> None:
    click.echo(f"错误：{message}", err=True)
