"""`generate` and `status`: the forms of a period, and who has sent them back."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edu_sheet.cli.clock import telling_of_the_clock
from edu_sheet.cli.exits import DONE, NEEDS_A_PERSON
from edu_sheet.cli.help import ChineseCommand
from edu_sheet.cli.options import AS_JSON, PERIOD
from edu_sheet.cli.say import say, say_findings, say_json, say_which_plan
from edu_sheet.cli.work import crew_of, progress_of
from edu_sheet.words.period import Period
from edu_sheet.words.text import quoted

if TYPE_CHECKING:
    from edu_sheet.app import Status

_JOBS = click.option(
    "--jobs",
    metavar="个数",
    type=click.IntRange(1, 64),
    default=min(2, os.cpu_count() or 1),
    help="由几个进程同时做（文件少时只用一个）；不写就是两个。",
)


@click.command(cls=ChineseCommand)
@PERIOD
@click.option(
    "--unit", "units", metavar="单位", multiple=True, help="只生成这个单位的表，可写多次。"
)
@click.option("--force", is_flag=True, help="已有的表与现在的方案不同时，存档旧表后重新生成。")
@_JOBS
@AS_JSON
@click.pass_obj
@telling_of_the_clock
def generate(
    folder: Path, period: Period, units: tuple[str, ...], force: bool, jobs: int, as_json: bool
) -> int:
    """生成各单位的填报表，放在 下发/期次/ 里。"""
    from edu_sheet import app
    from edu_sheet.cli.show import lines_table
    from edu_sheet.issue.generate import as_json as forms_json

    with crew_of(jobs) as crew, progress_of("下发") as progress:
        issued = app.generate(
            folder, period, units or None, force=force, progress=progress, crew=crew
        )
    say_which_plan(issued.state)
    if as_json:
        say_json(forms_json(period, issued.forms))
        return NEEDS_A_PERSON if issued.kept or issued.doubts else DONE
    say(
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
    say(f"{period.label}：{len(issued.forms)} 个单位的填报表在 {issued.folder}")
    say_findings(issued.doubts)
    if issued.kept:
        say(
            f"其中 {len(issued.kept)} 份与现在的方案不同（或已被人改过），没有覆盖。"
            "确要重新生成，请加 --force（旧表会先存档）。"
        )
    return NEEDS_A_PERSON if issued.kept or issued.doubts else DONE


@click.command(cls=ChineseCommand)
@PERIOD
@AS_JSON
@click.pass_obj
def status(folder: Path, period: Period, as_json: bool) -> int:
    """看这一期谁报了、迟报、没报全、没报。"""
    from edu_sheet import app

    found = app.status(folder, period)
    say_which_plan(found.state)
    if as_json:
        say_json({"period": str(period), "units": [one.as_json() for one in found.units]})
        return NEEDS_A_PERSON if found.needs_a_person else DONE
    from edu_sheet.cli.show import lights_table, status_table

    say(status_table(found.units))
    if found.lights:
        say(lights_table(found.lights))
    _say_what_is_due(found)
    say(
        f"{period.label}：应报 {len(found.units)} 个单位，{_counted(found)}"
        + (f"；其中 {found.incomplete} 个没有报全" if found.incomplete else "")
    )
    _say_who_needs_a_person(found)
    return NEEDS_A_PERSON if found.needs_a_person else DONE


def _counted(found: "Status") -> str:
    """Return how many units stand how: who came late has reported, too, as papers say."""
    from edu_sheet.words.returns import State

    counts = dict(found.counts)
    late = counts.pop(State.LATE, 0)
    counts[State.RETURNED] += late
    apart = {State.RETURNED: f"（其中迟报 {late}）" if late else ""}
    return "，".join(
        f"{state.label} {number}{apart.get(state, '')}"
        for state, number in counts.items()
        if number
    )


def _say_what_is_due(found: "Status") -> None:
    """Say which deadlines are near or have passed, and which tasks are closed."""
    from edu_sheet.cli.show import deadlines_table

    if found.deadlines:
        say(f"时限节点：{found.deadlines}")
        if open_ones := [one for one in found.due if one.closing is None]:
            say(deadlines_table(open_ones, found.apart))
    if found.closed:
        numbers = "、".join(f"{found.apart[one.key]}{one.shown}" for one in found.closed)
        say(f"已办结的任务 {len(found.closed)} 项：第 {numbers} 项")


def _say_who_needs_a_person(found: "Status") -> None:
    """Say who reported without a form, whose letters came back, and which files wait."""
    from edu_sheet.words.letters import MailState
    from edu_sheet.words.returns import Came

    if others := [one.unit for one in found.units if one.came in (Came.OTHER_FORM, Came.MAIL)]:
        say(
            f"报了 PDF、图片、邮件正文等，没有用填报表的：{'、'.join(others)}。请对方改填下发的表，"
            "或代填：打开该单位的填报表照录，放进收件箱收取。"
        )
    if perhaps := [one.unit for one in found.units if one.came is Came.PERHAPS]:
        say(
            f"可能已报、还没有核实是谁报的（几个单位共用邮箱、只有文件名写明单位等）：{'、'.join(perhaps)}。"
            f"请先处理 {found.pending} 里的文件，再催报。"
        )
    for letter in found.returned:
        part = "" if letter.state is MailState.RETURNED else "有的邮箱"
        say(
            f"退信：{letter.unit} 的{letter.kind.label}邮件{part}没有送达"
            f"（{quoted(letter.detail)}）。请在“单位名录”里核对邮箱，改好后再发。"
        )
    if claimed := [one.unit for one in found.units if one.claimed_bounce]:
        say(
            f"有邮件称给这些单位的信没有送达，没有凭据，不能确认：{'、'.join(claimed)}。"
            f"催报照写；请与单位核对邮箱后，处理 {found.pending} 里的退信。"
        )
    _say_unassigned(found)


def _say_unassigned(found: "Status") -> None:
    """Say how many files wait that no unit's line shows, and whose those are that are known."""
    known = [one.unit for one in found.unassigned if one.unit and one.period]
    if unknown := len(found.unassigned) - len(known):
        say(f"另有 {unknown} 份文件不能确定单位或期次，在 {found.pending}，请先处理。")
    if known:
        say(
            f"另有 {len(known)} 份文件待核实（{'、'.join(dict.fromkeys(known))}），"
            f"不改变已收的进展，在 {found.pending}，请先处理。"
        )
