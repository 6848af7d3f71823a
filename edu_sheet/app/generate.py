"""`generate`: the forms of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import PlanState, keyed_plan, state_of
from edu_sheet.app.session import opened_to_write
from edu_sheet.kit import clock
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period

if TYPE_CHECKING:
    from edu_sheet.issue.generate import Generated
    from edu_sheet.kit.progress import Progress
    from edu_sheet.kit.workers import Crew


@dataclass(frozen=True, slots=True)
class IssuedForms:
    """What became of each unit's form, in the roster's order, and the folder that they lie in."""

    period: Period
    forms: "tuple[Generated, ...]"
    folder: Path
    state: PlanState
    doubts: tuple[Finding, ...] = ()  # what is to be asked before they are mailed

    @property
    def kept(self) -> "tuple[Generated, ...]":
        """The forms that were not overwritten, though they differ from the plan or the ledger."""
        from edu_sheet.issue.generate import Outcome

        return tuple(one for one in self.forms if one.outcome is Outcome.KEPT)


def generate(
    folder: Path,
    period: Period,
    units: Sequence[str] | None = None,
    *,
    force: bool = False,
    now: datetime | None = None,
    progress: "Progress | None" = None,
    crew: "Crew | None" = None,
) -> IssuedForms:
    """Write the forms of a period, of all units or those named.

    What differs from its form is kept unless `force`. PlanError if the plan has errors; LedgerError
    if the ledger is older than the originals beside it; and as
    `issue.generate.generate` raises it.
    """
    from edu_sheet.issue.differences import replaced_tasks
    from edu_sheet.issue.generate import generate as write_forms
    from edu_sheet.issue.recover import recover
    from edu_sheet.store.survey import refuse_if_behind, unknown_forms

    with opened_to_write(folder) as (workspace, ledger):
        refuse_if_behind(workspace, ledger)
        state = state_of(workspace)
        plan = keyed_plan(workspace, ledger)
        if any(unknown_forms(workspace, ledger)):
            recover(workspace, ledger, period)  # a ledger from a backup: they are not issued anew
        made = write_forms(
            workspace,
            plan,
            ledger,
            period,
            units,
            force=force,
            now=now or clock.now(),
            progress=progress,
            crew=crew,
        )
        doubts = tuple(replaced_tasks(plan, ledger, period))
        return IssuedForms(period, tuple(made), workspace.issued(period), state, doubts)
