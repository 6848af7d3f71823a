"""`check` and `close`: the plan workbook."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edu_sheet.cli.exits import DONE, NEEDS_A_PERSON
from edu_sheet.cli.help import ChineseCommand
from edu_sheet.cli.options import AS_JSON
from edu_sheet.cli.say import say, say_findings, say_json, say_which_plan
from edu_sheet.kit import clock
from edu_sheet.words.period import YEARS

if TYPE_CHECKING:
    from edu_sheet.app import CheckedPlan


@click.command(cls=ChineseCommand)
@click.option(
    "--deadlines", is_flag=True, help="从任务要求里找出时限，补进“时限节点”表（已有的行不动）。"
)
@click.option(
    "--repair",
    is_flag=True,
    help="把存档和下发里有、台账里没有的补登记（换用过备份的台账以后）；什么也不覆盖、不删除。",
)
@AS_JSON
@click.pass_obj
def check(folder: Path, deadlines: bool, repair: bool, as_json: bool) -> int:
    """检查分工方案.xlsx：逐个单元格列出错误和疑点。"""
    from edu_sheet import app

    if repair:
        _repair(folder, quiet=as_json)
    checked = app.check(folder, deadlines=deadlines)
    say_which_plan(checked.state)
    if as_json:
        say_json(_as_json(checked, folder))
    else:
        _say_checked(checked, folder)
    return NEEDS_A_PERSON if checked.errors else DONE


def _as_json(checked: "CheckedPlan", folder: Path) -> dict[str, object]:
    from edu_sheet.cli.as_json import finding_json
    from edu_sheet.plan.tasks import as_json as plan_json

    return {
        "errors": [finding_json(one, folder) for one in checked.errors],
        "doubts": [finding_json(one, folder) for one in checked.doubts],
        "plan": plan_json(checked.plan) if checked.plan else None,
    }


def _say_checked(checked: "CheckedPlan", folder: Path) -> None:
    """Say what is wrong or in doubt in the plan, and what comes next."""
    from edu_sheet.cli.show import findings_table
    from edu_sheet.cli.steps import next_sentence

    if found := [*checked.errors, *checked.doubts]:
        say(findings_table(found))
        for step in dict.fromkeys(one.next for one in found if one.next):
            say(next_sentence(step, folder))
    if checked.errors:
        say(f"有 {len(checked.errors)} 处错误：请在 Excel 中改正并保存，再运行 edu-sheet check。")
        return
    if checked.added:
        say(
            f"时限节点：新增 {checked.added} 行，请在 分工方案.xlsx 的“时限节点”表核对日期；"
            "原来的方案已复制到存档。"
        )
    elif checked.added == 0:
        say("时限节点：没有新增，已有的行没有改动。")
    tasks = len(checked.plan.tasks) if checked.plan else 0
    doubts = f"，{len(checked.doubts)} 处疑点请核对" if checked.doubts else ""
    month = checked.next or "期次"
    say(f"分工方案没有错误（{tasks} 项任务）{doubts}。下一步：edu-sheet generate {month}")


def _repair(folder: Path, *, quiet: bool) -> None:
    """Record again what the ledger does not know, and say what."""
    from edu_sheet import app
    from edu_sheet.cli import waiting
    from edu_sheet.cli.show import submissions_table

    repaired = app.repair(folder, explain=waiting.explain)
    if quiet:
        return
    if repaired.submissions:
        say(submissions_table(repaired.submissions))
    said = f"补登记：下发的表 {len(repaired.forms)} 份，报送件 {len(repaired.submissions)} 份"
    nothing = not (repaired.forms or repaired.submissions)
    say("没有要补登记的。" if nothing else f"{said}。要更新成果的，请重新汇总、重写总结。")
    own = ("ledger_older", "output_unknown", "conflict_copies", "ledger_copy")  # said at the end
    say_findings([one for one in repaired.left if one.code not in own])


@click.command(cls=ChineseCommand)
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
    say(f"{what}：{clock.chinese_date(on)}{said}，已记入 分工方案.xlsx 的“办结”表。")
    say(app.first_told_in_words(on, closed.plan))
    if not reopen and (covered := app.covered_in_words(closed.plan)):
        say(covered)
    return DONE
