"""What is printed: lines and tables on stdout, JSON, and on stderr what is beside the point."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

    from edu_sheet.app import PlanState
    from edu_sheet.words.findings import Finding


def say(what: "RenderableType") -> None:
    """Print a line or a table; in a pipe a table is as wide as it needs to be readable."""
    if isinstance(what, str):
        click.echo(what)
        return
    from rich.console import Console

    stream: TextIO | None = sys.stdout
    if stream is None:  # under pythonw nobody reads
        return
    Console(file=stream, width=None if stream.isatty() else 120, highlight=False).print(what)


def say_json(value: object) -> None:
    """Print JSON that reads right whatever the stream's encoding."""
    import json

    plain = "utf" not in (sys.stdout.encoding or "").lower()
    click.echo(json.dumps(value, ensure_ascii=plain, indent=2))


def say_findings(findings: "Sequence[Finding]") -> None:
    """Print each finding as a sentence, with what to do about it."""
    from edu_sheet.sentences import advice, sentence

    for one in findings:
        say(f"{one.severity.label}：{sentence(one)}{advice(one)}")


def say_which_plan(state: "PlanState") -> None:
    """Say on stderr which plan was used, where it is not the workbook as it stands there."""
    said = {
        "open_elsewhere": "分工方案.xlsx 正在 Excel 或 WPS 中打开：这里用的是上次保存的内容。",
        "last_valid": "分工方案.xlsx 现在有错误或打不开：这里用的是上次没有错误时的内容；"
        "请运行 edu-sheet check 查看。",
    }
    if note := said.get(state.value):
        click.echo(f"提醒：{note}", err=True)


def say_error(message: str) -> None:
    """Say on stderr why the program stops."""
    click.echo(f"错误：{message}", err=True)
