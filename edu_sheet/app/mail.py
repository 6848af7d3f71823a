"""`mail`: letters to the units, shown, drafted or sent."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import Made, usable_plan
from edu_sheet.app.session import opened, opened_to_look
from edu_sheet.kit import clock
from edu_sheet.words.letters import How, MailKind
from edu_sheet.words.period import Period

if TYPE_CHECKING:
    from edu_sheet.kit.progress import Progress
    from edu_sheet.mail.by_hand import ByHand
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

    session = opened_to_look if how is How.PREVIEW else opened
    with session(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger, period, to_look=how is How.PREVIEW)
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


def mail_by_hand(
    folder: Path, period: Period, kind: MailKind, *, now: datetime | None = None
) -> "Made[ByHand]":
    """Return a period's letters of a kind for a person to copy, also to units without an address.

    Nothing is written. Errors as `mail` raises them.
    """
    from edu_sheet.mail import by_hand as room

    with opened_to_look(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger, period, to_look=True)
        moment = now or clock.now()
        found = room.by_hand(workspace, known.plan, ledger, period, kind, moment)
        return Made(found, known.state)


def mail_file(folder: Path, period: Period, kind: MailKind, unit: str, name: str) -> bytes:
    """Return what a file that goes with a unit's letter holds; EduSheetError if there is none."""
    from edu_sheet.mail import by_hand as room

    found = mail_by_hand(folder, period, kind).result
    return room.attachment_of(room.letter_to(found, period, unit), name).data


def note_mail_sent(folder: Path, period: Period, kind: MailKind, unit: str) -> None:
    """Record that a person sent a unit's letter; EduSheetError if there is none to it any more."""
    from edu_sheet.mail import by_hand as room

    with opened(folder) as (workspace, ledger):
        plan = usable_plan(workspace, ledger, period).plan
        found = room.by_hand(workspace, plan, ledger, period, kind, clock.now())
        room.note_sent(ledger, period, room.letter_to(found, period, unit), clock.now())
