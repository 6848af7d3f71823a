"""`merge`: a period's master."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.made_from import made_from
from edu_sheet.app.plan import Made, usable_plan
from edu_sheet.app.session import opened_to_write
from edu_sheet.kit import clock
from edu_sheet.words.period import Period

if TYPE_CHECKING:
    from edu_sheet.master.merging.merge import Merged


def merge(folder: Path, period: Period, *, now: datetime | None = None) -> "Made[Merged]":
    """Write the master of a period, with the clerk's edits in it.

    PlanError if the plan has errors; PeriodError for a period before its first month; LedgerError
    if the ledger is older than the originals beside it; and as `merging.merge` raises it.
    """
    from edu_sheet.master.merging import merge as master
    from edu_sheet.store.survey import refuse_if_behind

    with opened_to_write(folder) as (workspace, ledger):
        refuse_if_behind(workspace, ledger)
        known = usable_plan(workspace, ledger, period)
        paper = workspace.master(period)
        (taken,) = made_from(workspace, ledger, known.plan, period, paper)
        merged = master.merge(workspace, known.plan, ledger, period, now=now or clock.now())
        ledger.outputs.note_made_from(workspace.relative(paper), taken)
        return Made(merged, known.state)
