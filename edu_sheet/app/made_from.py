"""What a period's papers are made from: noted as they are written, compared when they are shown."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from edu_sheet.store.ledger import Ledger
from edu_sheet.store.ledger.taken_in import TakenIn
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan


def made_from(
    workspace: Workspace, ledger: Ledger, plan: Plan, period: Period, *papers: Path
) -> Iterator[TakenIn]:
    """Yield what there is now of all that each of some papers of a period tells of."""
    from edu_sheet.facts.printed import printed_digest
    from edu_sheet.facts.waiting import taken_in

    printed = printed_digest(plan, period)
    for paper in papers:
        yield taken_in(ledger, _told_of(workspace, ledger, period, paper), printed)


def came_since(
    workspace: Workspace, ledger: Ledger, period: Period, paper: Path, noted: TakenIn
) -> int:
    """Return how many files have come that a paper of a period would tell of, since it was made."""
    from edu_sheet.facts import waiting

    return waiting.came_since(ledger, _told_of(workspace, ledger, period, paper), noted.last)


def _told_of(workspace: Workspace, ledger: Ledger, period: Period, paper: Path) -> Sequence[Period]:
    from edu_sheet.facts.gather import told_in_master
    from edu_sheet.rules.progress import feeding_periods

    if paper == workspace.master(period):  # 进展历程 goes further back
        return told_in_master(ledger, period)
    return (period,) if paper == workspace.long_table(period) else feeding_periods(period)
