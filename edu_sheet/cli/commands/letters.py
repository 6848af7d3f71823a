"""`mail`, `sign-in` and `fetch`: letters to the units, and theirs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edu_sheet.cli.clock import telling_of_the_clock
from edu_sheet.cli.exits import DONE, FAILED, NEEDS_A_PERSON
from edu_sheet.cli.help import ChineseCommand
from edu_sheet.cli.options import AS_JSON, PERIOD
from edu_sheet.cli.say import say, say_json, say_which_plan
from edu_sheet.cli.work import progress_of
from edu_sheet.words.period import Period

if TYPE_CHECKING:
    from edu_sheet.words.letters import MailKind


@click.command(cls=ChineseCommand)
@PERIOD
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
@AS_JSON
@click.pass_obj
@telling_of_the_clock
def mail(
    folder: Path,
    period: Period,
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
    with progress_of("发送") as progress:
        made = app.mail(folder, period, kind, how, again=again, progress=progress)
    say_which_plan(made.state)
    mailing = made.result
    for line in mail_lines(mailing):
        say(line)
    for step in mailing.steps:
        say(next_sentence(step, folder))
    return FAILED if mailing.broken else NEEDS_A_PERSON if mailing.needs_a_person else DONE


def _list_letters(folder: Path, period: Period, kind: "MailKind", *, as_json: bool) -> int:
    """Print a period's letters for a person to copy."""
    from edu_sheet import app
    from edu_sheet.cli.as_json import by_hand_json
    from edu_sheet.cli.show import by_hand_lines

    made = app.mail_by_hand(folder, period, kind)
    say_which_plan(made.state)
    if as_json:
        say_json(by_hand_json(period, made.result))
    else:
        for line in by_hand_lines(made.result):
            say(line)
    return NEEDS_A_PERSON if made.result.without else DONE


@click.command("sign-in", cls=ChineseCommand)
@click.option("--forget", is_flag=True, help="删去这台电脑存下的授权，不再登录。")
@click.pass_obj
def sign_in(folder: Path, forget: bool) -> int:
    """用浏览器给微软的邮箱（Exchange Online、Outlook）授权一次，以后自动续期。"""
    from edu_sheet import app

    if forget:
        account, kept = app.forget_sign_in(folder)
        say(
            f"已从系统的凭据管理器删去 {account} 的授权。"
            "微软那边的授权，要在账户的“应用和服务”页撤销。"
            if kept
            else f"这台电脑没有存 {account} 的授权。"
        )
        return DONE
    begun = app.begin_sign_in(folder)
    say(
        f"请用浏览器打开 {begun.page} ，输入 {begun.code} ，用 {begun.account} 登录并同意。\n"
        "程序在这里等着，同意后自动继续；不做了，按 Ctrl-C。"
    )
    if not app.finish_sign_in(begun, wait=True):
        say("代码已过期，还没有授权：请再运行一次 sign-in。")
        return FAILED
    say(f"{begun.account} 的授权已存入系统的凭据管理器，没有写入任何文件。")
    return DONE


@click.command(cls=ChineseCommand)
@click.pass_obj
@telling_of_the_clock
def fetch(folder: Path) -> int:
    """把邮箱里新来的、可能是报送的邮件收进收件箱（之后运行 collect）。"""
    from edu_sheet import app
    from edu_sheet.cli.show import broken_line, folders_left_out, left_lines

    with progress_of("收邮件") as progress:
        fetched = app.fetch(folder, progress=progress)
    say_which_plan(fetched.state)
    for file in fetched.files:
        say(f"已收取：{file}")
    for line in left_lines(fetched.without):
        say(line)
    if fetched.rebuilt:
        say("邮箱重新编过号，以前的邮件又收了一遍：内容相同的会自动忽略。")
    if fetched.missed:
        say(f"服务器列出了、没有给出来的有 {fetched.missed} 封（多半刚被删除），下次再取。")
    if fetched.broken:
        say(broken_line(fetched.broken))
    if fetched.left_out:
        say(folders_left_out(fetched.left_out))
    say(
        f"收取邮件 {len(fetched.files)} 封，在 {fetched.inbox}。下一步：edu-sheet collect"
        if fetched.files
        else "没有收到新的报送。"
        if fetched.broken
        else "邮箱里没有新的报送。"
    )
    return NEEDS_A_PERSON if fetched.broken else DONE
