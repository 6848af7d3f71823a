"""A person's decision about a file that waits, and the last one taken back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import Made, usable_plan
from edu_sheet.app.session import opened
from edu_sheet.kit import clock
from edu_sheet.words.returns import Decision, Entry, Submission, Verdict
from edu_sheet.words.step import Step

if TYPE_CHECKING:
    from edu_sheet.collect.pending import Explain


def withdrawn_by_rejecting(folder: Path, number: int) -> tuple[Entry, ...]:
    """Return the texts that are in use from a submission that has been accepted.

    They go if it is rejected now. LedgerError if there is none of that number.
    """
    with opened(folder) as (_, ledger):
        one = ledger.returns.submission(number)
        if one.verdict is not Verdict.ACCEPTED or not (one.period and one.unit):
            return ()
        return tuple(ledger.entries.given_by(number))


def resolve(
    folder: Path,
    step: Step,
    *,
    passwords: Sequence[str] = (),
    now: datetime | None = None,
    explain: "Explain | None" = None,
) -> Made[Submission]:
    """Record the decision that a step names; return what the submission became by it.

    The step names a place as people write it, and a task by its 序号. `explain` gives the lines of
    the .txt beside what still waits. PlanError if the plan has errors; and as
    `collect.resolve.resolve` raises it.
    """
    from edu_sheet.collect import pending
    from edu_sheet.collect import resolve as room

    with opened(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger)
        settled = room.resolve(
            workspace,
            ledger,
            step,
            passwords=passwords,
            now=now or clock.now(),
            explain=explain or pending.explain,
        )
        return Made(settled, known.state)


def decide(
    folder: Path,
    decision: Decision,
    *,
    passwords: Sequence[str] = (),
    explain: "Explain | None" = None,
) -> Made[Submission]:
    """Record a decision, which names everything by key; return what the submission became by it.

    PlanError if the plan has errors; and as `collect.resolve.decide` raises it.
    """
    from edu_sheet.collect import pending
    from edu_sheet.collect import resolve as room

    with opened(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger)
        settled = room.decide(
            workspace, ledger, decision, passwords=passwords, explain=explain or pending.explain
        )
        return Made(settled, known.state)


def undo(
    folder: Path,
    number: int,
    *,
    passwords: Sequence[str] = (),
    now: datetime | None = None,
    explain: "Explain | None" = None,
) -> Made[Submission]:
    """Take back the last decision about a submission; return what it became by that.

    PlanError if the plan has errors; EduSheetError if no decision holds.
    """
    from edu_sheet.collect import pending
    from edu_sheet.collect import resolve as room

    with opened(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger)
        settled = room.undo(
            workspace,
            ledger,
            number,
            passwords=passwords,
            now=now or clock.now(),
            explain=explain or pending.explain,
        )
        return Made(settled, known.state)
