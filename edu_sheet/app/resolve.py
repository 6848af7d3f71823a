"""`resolve`: a person's decision about a file that waits."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import Made, usable_plan
from edu_sheet.app.session import opened
from edu_sheet.kit import clock
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Submission

if TYPE_CHECKING:
    from edu_sheet.collect.pending import Explain


def resolve(
    folder: Path,
    number: int,
    *,
    unit: str | None = None,
    period: Period | None = None,
    accept: bool = False,
    reject: bool = False,
    take: str | None = None,
    task: int | None = None,
    passwords: Sequence[str] = (),
    now: datetime | None = None,
    explain: "Explain | None" = None,
) -> Made[Submission]:
    """Record one decision and return what the submission became by it.

    `explain` gives the lines of the .txt beside what still waits. PlanError if the plan has errors;
    and as `collect.resolve.resolve` raises it.
    """
    from edu_sheet.collect import pending
    from edu_sheet.collect import resolve as room

    with opened(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger)
        settled = room.resolve(
            workspace,
            ledger,
            number,
            unit=unit,
            period=period,
            accept=accept,
            reject=reject,
            take=take,
            task=task,
            passwords=passwords,
            now=now or clock.now(),
            explain=explain or pending.explain,
        )
        return Made(settled, known.state)
