"""`export`: a period's long table."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edu_sheet.app.made_from import made_from
from edu_sheet.app.plan import PlanState, require, seen_plan
from edu_sheet.app.session import opened_to_look, opened_to_write
from edu_sheet.kit import clock
from edu_sheet.store.outputs import place_output
from edu_sheet.words.period import Period


@dataclass(frozen=True, slots=True)
class Exported:
    """The table, and where it stands if it was written; `kept` if it lies beside a person's."""

    rows: int
    data: bytes
    state: PlanState
    path: Path | None = None
    kept: bool = False


def export(
    folder: Path,
    period: Period,
    output: Path | None = None,
    *,
    raw: bool = False,
    now: datetime | None = None,
) -> Exported:
    """Return a period's long table as csv, or write it to a file (.csv, .json, .xlsx).

    In a csv file a ' stands before what a spreadsheet would take for a formula, unless it is `raw`.

    EduSheetError if no form was issued that could feed the period, PeriodError for a period before
    the plan's first month, PlanError if the plan cannot be used
    and never could, OutputError if the file cannot be written or ends otherwise.
    """
    from edu_sheet.app.long_table import ending_of, render, rows
    from edu_sheet.facts.gather import require_issued

    ending = ending_of(output) if output else "csv"
    entered = opened_to_write if output else opened_to_look
    with entered(folder) as (workspace, ledger):
        known = seen_plan(workspace, ledger)
        require(known.plan, ledger, period)
        require_issued(ledger, period)
        table = rows(ledger, period, {task.key: task.number for task in known.plan.tasks})
        data = render(table, ending, for_file=output is not None, raw=raw)
        if output is None:
            return Exported(len(table), data, known.state)
        target, table_here = output.resolve(), workspace.long_table(period)
        (taken,) = made_from(workspace, ledger, known.plan, period, table_here)
        placed = place_output(workspace, ledger, target, data, now or clock.now())
        if target == table_here:
            ledger.outputs.note_made_from(workspace.relative(table_here), taken)
        return Exported(len(table), data, known.state, placed.path, placed.kept)
