"""`report --supervise`: 督办单 of a period."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.made_from import made_from
from edu_sheet.app.plan import Made, usable_plan
from edu_sheet.app.session import opened_to_write
from edu_sheet.kit import clock
from edu_sheet.words.period import Period

if TYPE_CHECKING:
    from edu_sheet.summary import Supervised


def supervise(folder: Path, period: Period, *, now: datetime | None = None) -> "Made[Supervised]":
    """Write the 督办单 of a period, one a unit and colour, and return where they lie.

    PlanError if the plan has errors; PeriodError for a period before its first month; LedgerError
    if the ledger is older than the originals beside it; and as `summary.supervise` raises it.
    """
    from edu_sheet import summary
    from edu_sheet.store.survey import refuse_if_behind

    with opened_to_write(folder) as (workspace, ledger):
        refuse_if_behind(workspace, ledger)
        known = usable_plan(workspace, ledger, period)
        papers = workspace.supervision(period)
        (taken,) = made_from(workspace, ledger, known.plan, period, papers)
        made = summary.supervise(workspace, known.plan, ledger, period, now=now or clock.now())
        ledger.outputs.note_made_from(workspace.relative(papers), taken)
        return Made(made, known.state)
