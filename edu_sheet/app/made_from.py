"""What a period's papers are made from: noted as they are written, compared when they are shown."""

from collections.abc import Iterator
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
    from edu_sheet.facts.gather import told_in_master
    from edu_sheet.facts.printed import printed_digest
    from edu_sheet.facts.waiting import taken_in
    from edu_sheet.rules.progress import feeding_periods

    printed = printed_digest(plan, period)
    for paper in papers:
        if paper == workspace.master(period):  # 进展历程 goes further back
            periods = told_in_master(ledger, period)
        elif paper == workspace.long_table(period):
            periods = (period,)
        else:
            periods = feeding_periods(period)
        yield taken_in(ledger, periods, printed)
