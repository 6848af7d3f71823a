"""`merge`, `report` and `export`: what is made of the answers."""

import sys
from pathlib import Path

import click

from edu_sheet.cli.clock import telling_of_the_clock
from edu_sheet.cli.exits import DONE, NEEDS_A_PERSON
from edu_sheet.cli.help import ChineseCommand
from edu_sheet.cli.options import PERIOD
from edu_sheet.cli.say import say, say_findings, say_which_plan
from edu_sheet.words.period import Period


@click.command(cls=ChineseCommand)
@PERIOD
@click.pass_obj
@telling_of_the_clock
def merge(folder: Path, period: Period) -> int:
    """把已收的内容汇成总表：成果/期次/总表.xlsx。"""
    from edu_sheet import app

    made = app.merge(folder, period)
    say_which_plan(made.state)
    merged = made.result
    say(f"总表{'已写好' if merged.written else '没有变化'}：{merged.path}")
    if merged.edits:
        say(f"您在总表里改过的 {merged.edits} 处都保留着（改过的原表在“存档”里）。")
    for sheet in merged.altered:
        where = f"已留作“{sheet}（改）”" if merged.written and not merged.kept else "原样未动"
        said = "不能确定有没有人改过（台账换过备份）" if merged.unsure else "有人改过"
        say(f"“{sheet}”里{said}，改动不进入总表；{where}。请改在“总表”里。")
    if merged.conflicts:
        say(
            f"有 {merged.conflicts} 处单位报来的新内容没有并入您改过的文字："
            "写在该行下面标有“新报送”的行，取舍后删去那一行，再运行一次 merge。"
        )
    if merged.kept:
        say(f"总表.xlsx {merged.why}，没有覆盖：已复制到“存档”，新的总表写在它旁边。")
    say_findings([one for one in merged.findings if one.code != "new_text"])
    if merged.unsettled:
        counted = {"错误": merged.errors, "未报": merged.missing}
        said = "，".join(f"{name} {count} 条" for name, count in counted.items() if count)
        of = "、".join(f"{one.label} {count} 条" for one, count in merged.missing_in.items())
        whose = f"（未报的：{of}）" if {*merged.missing_in} - {period} else ""
        say(f"“问题清单”里有{said}{whose}，请处理或催报。")
    return NEEDS_A_PERSON if merged.needs_a_person else DONE


@click.command(cls=ChineseCommand)
@PERIOD
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
@telling_of_the_clock
def report(
    folder: Path,
    period: Period,
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
    say_which_plan(written.state)
    made = written.result
    say(f"已写好：{made.path}")
    if made.pdf:
        say(f"PDF：{made.pdf}")
    for warning in (*made.warnings, *made.about_fonts):
        say(f"提醒：{warning}")
    say_findings(made.findings)
    if made.kept:
        say("原来的文档有人改过，没有覆盖：已复制到“存档”，新的写在它旁边，请对照后取舍。")
    grave = any(one.severity is not Severity.INFO for one in made.findings)
    return NEEDS_A_PERSON if made.kept or grave else DONE


def _supervise(folder: Path, period: Period) -> int:
    from edu_sheet import app

    written = app.supervise(folder, period)
    say_which_plan(written.state)
    made = written.result
    counts: dict[str, int] = {}
    for paper in made.papers:
        name = f"{paper.colour.value}（{paper.colour.means}）"
        counts[name] = counts.get(name, 0) + 1
    if counts:
        said = "，".join(f"{name} {count} 份" for name, count in counts.items())
        say(f"督办单：{said}，在 {made.folder}")
    else:
        say("没有要督办的事项：没有逾期、滞后，三个月内也没有到期的。")
    if made.removed:
        say(f"已去掉 {made.removed} 份不再需要的旧督办单。")
    kept = [paper.path.name for paper in made.papers if paper.kept]
    if kept:
        say(f"原来的督办单有人改过，没有覆盖：新的在它旁边（{'、'.join(kept)}）。")
    return NEEDS_A_PERSON if kept else DONE


@click.command(cls=ChineseCommand)
@PERIOD
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
def export(folder: Path, period: Period, output: Path | None, raw: bool) -> int:
    """把这一期的每一条进展导出成一张长表。"""
    from edu_sheet import app

    if raw and (output is None or output.suffix.lower() != ".csv"):
        raise click.UsageError("--raw 只用于写到 .csv 文件（-o 文件.csv）")
    exported = app.export(folder, period, output, raw=raw)
    say_which_plan(exported.state)
    if exported.path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(exported.data)
        return DONE
    say(f"已导出 {exported.rows} 条：{exported.path}")
    if exported.kept and output:
        say(f"{output.name} 不是本程序导出的，或导出后有人改过，没有覆盖：新的写在它旁边。")
        return NEEDS_A_PERSON
    return DONE
