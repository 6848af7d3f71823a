"""`collect`, `resolve` and `open`: what came back."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edu_sheet.cli.clock import telling_of_the_clock
from edu_sheet.cli.exits import DONE, NEEDS_A_PERSON
from edu_sheet.cli.help import ChineseCommand
from edu_sheet.cli.options import AS_JSON, PeriodType
from edu_sheet.cli.say import say, say_json, say_which_plan
from edu_sheet.cli.work import crew_of, progress_of
from edu_sheet.kit import clock
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Period

if TYPE_CHECKING:
    from edu_sheet.app import Collected

# What scripts write still: one reader reads for a run since.
_NO_JOBS = click.option("--jobs", type=click.IntRange(1, 64), hidden=True, expose_value=False)
_DASK = (
    "由 Dask 集群读取和核对，如 tls://10.0.0.1:8786（不是本机的一律要 tls，证书照 Dask 的说明设）。"
    "送去的是文件内容、打开密码、这份表下发和已报的文字，送回的是读出的内容；密钥不送。"
    "只用自己单位管的集群。"
)


@click.command(cls=ChineseCommand)
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
@AS_JSON
@click.pass_obj
@telling_of_the_clock
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
    with crew_of(1, dask) as crew, progress_of("收取") as progress:
        found = app.collect(
            folder,
            files or None,
            received_at=received_at,
            passwords=passwords,
            progress=progress,
            crew=crew,
            explain=waiting.explain,
        )
    say_which_plan(found.state)
    if as_json:
        say_json({"submissions": [submission_json(one, folder) for one in found.submissions]})
    else:
        if found.submissions:
            say(submissions_table(found.submissions))
        for left in found.left:
            say(f"留在收件箱：{left}")
        say(_collected(found))
    return NEEDS_A_PERSON if found.needs_a_person else DONE


def _collected(found: "Collected") -> str:
    from edu_sheet.words.returns import Verdict

    if not found.submissions:
        return f"收件箱里没有可收的文件：请把退回的文件放进 {found.inbox} 后重新运行。"
    came = [one for one in found.submissions if not one.ended_by]
    ended = len(found.submissions) - len(came)
    archives = sum(one.unpacked for one in came)
    words = {verdict.label: sum(one.verdict is verdict for one in came) for verdict in Verdict}
    words[Verdict.ACCEPTED.label] -= archives
    words["已拆开"] = archives
    said = "，".join(f"{word} {number}" for word, number in words.items() if number)
    said += f"；另有 {ended} 份随收到的表了结" if ended else ""
    waits = found.counts[Verdict.ATTENTION]
    where = f"。待处理的在 {found.pending}，请看同名的 .txt" if waits else ""
    return f"共 {len(came)} 份：{said}{where}"


@click.command(cls=ChineseCommand)
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
@AS_JSON
@click.pass_obj
@telling_of_the_clock
def resolve(
    folder: Path,
    number: int,
    unit: str | None,
    period: Period | None,
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
    say_which_plan(resolved.state)
    settled = resolved.result
    waits = settled.verdict is Verdict.ATTENTION
    if as_json:
        say_json({"submissions": [submission_json(settled, folder)]})
    else:
        say(submissions_table([settled]))
        if undo:
            say(f"已撤回对编号 {number} 的上一次裁定。")
        if waits:
            say("还没有处理完：请看“待处理”文件夹里同名的 .txt。")
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

    gone = app.withdrawn_by_rejecting(folder, number)
    if texts := gone.texts:
        raise EduSheetError(
            f"编号 {number} 是已收的“{texts[0].unit}”{texts[0].period.label} 的表，"
            f"撤回后其中 {len(texts)} 项进展不再采用，没有作任何处理",
            f"{gone.told}；原件仍在存档。",
            Step(Verb.RESOLVE, submission=number, action=Action.REJECT, yes=True),
        )


def _passwords() -> tuple[str, ...]:
    given = os.environ.get("EDU_SHEET_PASSWORD")
    return (given,) if given else (click.prompt("加密文件的密码", hide_input=True),)


@click.command("open", cls=ChineseCommand)
@click.argument("number", metavar="编号", type=int)
@click.option("--print-path", is_flag=True, help="只写出副本在哪里，不打开。")
@click.pass_obj
def open_original(folder: Path, number: int, print_path: bool) -> int:
    """打开一份报送件的原件（只读的副本，放在 存档/查看 里）。"""
    from edu_sheet import app
    from edu_sheet.kit.opening import show

    copy = app.original_of(folder, number)
    say(str(copy.path))
    if print_path:
        return DONE
    if not copy.safe:
        say("这不是认得的文档，可能是程序，没有替您打开。")
    elif not show(copy.path):
        say("这台电脑上没有打开它的程序：请自行打开上面的文件。")
    return DONE
