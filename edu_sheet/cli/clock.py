"""A clock that stands before the ledger is told by every command that records."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import click

from edu_sheet.cli.exits import DONE, NEEDS_A_PERSON
from edu_sheet.kit import clock
from edu_sheet.words.errors import EduSheetError

_P = ParamSpec("_P")


def telling_of_the_clock(
    command: Callable[Concatenate[Path, _P], int],
) -> Callable[Concatenate[Path, _P], int]:
    """Return a command that records, so that it says first if the clock is behind the ledger."""

    @wraps(command)
    def telling(folder: Path, /, *arguments: _P.args, **options: _P.kwargs) -> int:
        behind = _tell_of_the_clock(folder)
        status = command(folder, *arguments, **options)
        return NEEDS_A_PERSON if behind and status == DONE else status

    return telling


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
