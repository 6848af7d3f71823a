"""`collect`: what lies in 收件箱, read, checked and recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import PlanState, usable_plan
from edu_sheet.app.session import opened
from edu_sheet.kit import clock
from edu_sheet.store.workspace import find_workspace
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.returns import Submission, Verdict

if TYPE_CHECKING:
    from edu_sheet.collect.inbox import Left
    from edu_sheet.collect.pending import Explain
    from edu_sheet.kit.progress import Progress
    from edu_sheet.kit.workers import Crew


def was_interrupted(folder: Path) -> bool:
    """Return whether a run of `collect` was stopped halfway; or whether one is under way."""
    return find_workspace(folder).reading_now.exists()


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found, in order, and what was left where it lay."""

    submissions: tuple[Submission, ...]
    left: "tuple[Left, ...]"
    inbox: Path
    pending: Path
    state: PlanState

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many files became what."""
        return {
            verdict: sum(one.verdict is verdict for one in self.submissions) for verdict in Verdict
        }

    @property
    def needs_a_person(self) -> bool:
        """Whether something waits, or was taken in with an error."""
        return any(one.needs_a_person for one in self.submissions)


def collect(
    folder: Path,
    files: Sequence[Path] | None = None,
    *,
    received_at: datetime | None = None,
    passwords: Sequence[str] = (),
    now: datetime | None = None,
    progress: "Progress | None" = None,
    crew: "Crew | None" = None,
    explain: "Explain | None" = None,
) -> Collected:
    """Collect what lies in 收件箱/, or the files named, which are copied and never removed.

    `explain` gives the lines of the .txt beside what waits; without it they name no way out.
    EduSheetError for a moment to come: what is received after it would count as older for good.
    PlanError if the plan has errors; and as `collect.collect` raises it.
    """
    from edu_sheet import collect as room

    now = now or clock.now()
    if received_at and received_at > now:
        raise EduSheetError(
            f"{clock.shown(received_at)} 还没有到，不能写作收到的日期",
            "请写收到的日期，不写就是现在；日期没有写错的，请先校正电脑的日期和时间。",
        )
    with opened(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger)
        found = room.collect(
            workspace,
            ledger,
            files,
            received_at=received_at,
            passwords=passwords,
            now=now,
            progress=progress,
            crew=crew,
            explain=explain or room.pending.explain,
        )
        return Collected(
            submissions=tuple(found.submissions),
            left=tuple(found.left),
            inbox=workspace.inbox,
            pending=workspace.pending,
            state=known.state,
        )
