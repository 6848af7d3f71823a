"""From the ledger to 成果/期次/总表.xlsx."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from edu_sheet.errors import EduSheetError
from edu_sheet.ledger import Ledger
from edu_sheet.master.build import render
from edu_sheet.master.problems import problems
from edu_sheet.master.source import Source
from edu_sheet.model import Entry, Plan, Severity
from edu_sheet.outputs import place_output
from edu_sheet.period import Month, Period
from edu_sheet.progress import feeding_periods, standing
from edu_sheet.status import unassigned, unit_status
from edu_sheet.workspace import Workspace

FILE_NAME = "总表.xlsx"


@dataclass(frozen=True, slots=True)
class Merged:
    """Where a master stands and what is in it; `kept` if a person's version lies beside it."""

    path: Path
    kept: bool
    tasks: int  # tasks of the plan
    told: int  # tasks on which somebody reported
    entries: int  # texts in 总表
    errors: int  # of 问题清单
    warnings: int


def merge(
    workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, now: datetime
) -> Merged:
    """Write the master of a period and return where it stands.

    A master that a person changed is kept: the new one goes beside it. EduSheetError if no form
    was issued that could feed the period; OutputError if the master is open in another program.
    """
    source = gather(plan, ledger, period)
    path = workspace.results(period) / FILE_NAME
    placed = place_output(workspace, ledger, path, render(source), now)
    found = problems(source)
    return Merged(
        path=placed.path,
        kept=placed.kept,
        tasks=len(plan.tasks),
        told=sum(1 for said in source.said.values() if said),
        entries=sum(len(said) for said in source.said.values()),
        errors=sum(one.severity is Severity.ERROR for one in found),
        warnings=sum(one.severity is Severity.WARNING for one in found),
    )


def gather(plan: Plan, ledger: Ledger, period: Period) -> Source:
    """Return what a period's master is built from; EduSheetError if no form was issued for it."""
    issued = ledger.issued_periods()
    feeding = feeding_periods(period)
    if not any(one in issued for one in feeding):
        raise EduSheetError(
            f"{period} 还没有下发过填报表，没有可汇总的内容",
            f"先运行 edu-sheet generate {period}；如期次写错，请改正。",
        )
    entries: dict[Period, list[Entry]] = defaultdict(list)
    for entry in ledger.entries(feeding):
        entries[entry.period].append(entry)
    submissions = [
        *(one for source in feeding for one in ledger.submissions(source)),
        *(one for one in unassigned(ledger) if one.period not in feeding),
    ]
    return Source(
        plan=plan,
        period=period,
        by_period={one: standing(entries[one]) for one in feeding},
        statuses={one: unit_status(ledger, one) for one in issued if _shown(one, period)},
        submissions=submissions,
        made_on=max((one.received_at for one in submissions), default=None),
    )


def _shown(one: Period, period: Period) -> bool:
    """Return whether 报送情况 has a column for a period: a quarter's own, else the year so far."""
    if isinstance(period, Month):
        return one.last.year == period.year and one.last <= period
    return one in feeding_periods(period)
