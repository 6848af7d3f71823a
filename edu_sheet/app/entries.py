"""The long table for people who analyse: what `export` writes, as a pandas DataFrame."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.long_table import frame, rows
from edu_sheet.app.plan import require, seen_plan
from edu_sheet.app.session import opened_to_look
from edu_sheet.kit.clock import SHANGHAI
from edu_sheet.words.period import parse_period

if TYPE_CHECKING:
    import pandas as pd


def entries(workspace: Path | str, periods: str | Iterable[str]) -> "pd.DataFrame":
    """Return every text that stands in these periods, one row each, in their order.

    `workspace` is a workspace's folder; a period is `"2022-12"` or `"2022Q4"`. The columns are
    those of `export`: period, task, unit, role, text, state, file, sha256, place, received_at.
    `task` is the number in the plan (for a task that has left the plan, its key, a text), and
    `received_at` a moment in Asia/Shanghai, NaT where none is known. A period in which nothing
    was reported has no rows. EduSheetError for a period that is none, and for a workspace or plan
    that cannot be used.
    """
    import pandas as pd

    wanted = [parse_period(text) for text in ([periods] if isinstance(periods, str) else periods)]
    with opened_to_look(Path(workspace)) as (found, ledger):
        plan = seen_plan(found, ledger).plan
        numbers = {task.key: task.number for task in plan.tasks}
        for period in wanted:
            require(plan, ledger, period)
        table = frame([row for period in wanted for row in rows(ledger, period, numbers)])
    received = pd.to_datetime(table["received_at"], utc=True, format="ISO8601")
    return table.assign(received_at=received.dt.tz_convert(SHANGHAI)).infer_objects()
