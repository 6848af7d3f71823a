"""`mail`: letters to the units, shown, drafted or sent."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import Made, usable_plan
from edu_sheet.app.session import opened
from edu_sheet.kit import clock
from edu_sheet.words.letters import How, MailKind
from edu_sheet.words.period import Period

if TYPE_CHECKING:
    from edu_sheet.kit.progress import Progress
    from edu_sheet.mail.desk import Mailing


def mail(
    folder: Path,
    period: Period,
    kind: MailKind,
    how: How,
    *,
    again: Sequence[str] = (),
    alone: bool = False,
    now: Callable[[], datetime] | None = None,
    progress: "Progress | None" = None,
) -> "Made[Mailing]":
    """Show, draft or send a period's letters of a kind; those to `again` once more.

    `alone`: nobody else is written to.

    PlanError if the plan has errors; PeriodError for a period before its first month; and as
    `mail.desk.run` raises it.
    """
    from edu_sheet.mail import desk

    with opened(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger, period)
        mailing = desk.run(
            workspace,
            known.plan,
            ledger,
            period,
            kind,
            how=how,
            again=again,
            alone=alone,
            now=now or clock.now,
            progress=progress,
        )
        return Made(mailing, known.state)
