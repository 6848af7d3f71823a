"""`fetch`: the mail box → 收件箱."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import PlanState, usable_plan
from edu_sheet.app.session import opened
from edu_sheet.kit import clock

if TYPE_CHECKING:
    from edu_sheet.kit.progress import Progress


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was brought: files in 收件箱/, and the subjects of messages that hold none."""

    files: tuple[str, ...]
    without: tuple[str, ...]
    rebuilt: bool  # the server has numbered its messages anew: earlier ones came again
    inbox: Path
    state: PlanState


def fetch(
    folder: Path, *, now: datetime | None = None, progress: "Progress | None" = None
) -> Fetched:
    """Fetch the messages that have come with attachments.

    PlanError if the plan has errors; MailError and OutputError as `mail.fetch` raises them.
    """
    from edu_sheet.mail import fetch as room

    with opened(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger)
        got = room.fetch(workspace, known.plan, ledger, now=now or clock.now(), progress=progress)
        return Fetched(
            tuple(got.files), tuple(got.without), got.rebuilt, workspace.inbox, known.state
        )
