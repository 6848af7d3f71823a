"""`report`: from the ledger to a document that lies in 成果/."""

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from edu_sheet import clock
from edu_sheet.ledger import Ledger
from edu_sheet.model import Plan
from edu_sheet.outputs import place_output
from edu_sheet.period import Period, Quarter
from edu_sheet.progress import contributions, feeding_periods, standing
from edu_sheet.status import unassigned, unit_status
from edu_sheet.summary.content import Facts
from edu_sheet.summary.document import render
from edu_sheet.summary.pdf import to_pdf
from edu_sheet.summary.quarter import quarter_content
from edu_sheet.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reported:
    """Where a document stands; `kept` if a person's version was kept and this lies beside it."""

    path: Path
    kept: bool
    pdf: Path | None = None
    warnings: tuple[str, ...] = ()


def report(
    workspace: Workspace,
    plan: Plan,
    ledger: Ledger,
    period: Period,
    *,
    now: datetime,
    pdf: bool = False,
) -> Reported:
    """Write 成果/2022Q4/季度总结.docx (and .pdf) from what the ledger holds.

    The same ledger and plan give the same bytes. OutputError if a file cannot be written, or a PDF
    not be made; the Word document stands then all the same.
    """
    facts = gather(plan, ledger, period)
    data = render(quarter_content(facts), plan.settings.fonts, _as_of(facts))
    path = workspace.results(period) / "季度总结.docx"
    placed = place_output(workspace, ledger, path, data, now)
    if not pdf:
        return Reported(placed.path, placed.kept)
    printed = to_pdf(data, placed.path.name)
    beside = place_output(workspace, ledger, placed.path.with_suffix(".pdf"), printed, now)
    return Reported(placed.path, placed.kept or beside.kept, beside.path)


def gather(plan: Plan, ledger: Ledger, period: Period) -> Facts:
    """Return what the ledger knows of a period, and of the quarter before a quarter."""
    before = period.previous() if isinstance(period, Quarter) else None
    earlier = _facts(plan, ledger, before, None) if before else None
    return _facts(plan, ledger, period, earlier if earlier and earlier.statuses else None)


def _facts(plan: Plan, ledger: Ledger, period: Period, before: Facts | None) -> Facts:
    issued = set(ledger.issued_periods())
    sources = feeding_periods(period)
    by_period = {source: standing(ledger.entries([source])) for source in sources}
    in_order = [*(one for one in period.months), *([period] if period not in period.months else [])]
    waiting = unassigned(ledger)
    return Facts(
        plan=plan,
        period=period,
        said={task.key: contributions(plan, task, period, by_period) for task in plan.tasks},
        statuses={one: unit_status(ledger, one) for one in in_order if one in issued},
        submissions=tuple(one for source in sources for one in ledger.submissions(source)),
        unassigned=sum(one.period is None or one.period in sources for one in waiting),
        before=before,
    )


def _as_of(facts: Facts) -> datetime:
    """Return the moment of the newest return, which the file's properties bear.

    Not the present moment: the same ledger gives the same file.
    """
    received = [one.received_at for one in facts.submissions]
    day = facts.period.last.day(None)
    return max(received, default=datetime.combine(day, time(), clock.zone()))
