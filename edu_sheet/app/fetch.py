"""`fetch`: the mail box → 收件箱."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.plan import PlanState, usable_plan
from edu_sheet.app.session import opened
from edu_sheet.kit import clock
from edu_sheet.words.letters import Noise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from edu_sheet.kit.progress import Progress
    from edu_sheet.mail.fetch import Broken, Left


@dataclass(frozen=True, slots=True)
class Without:
    """Messages of a kind that are no answers: how many, and from whom."""

    kind: Noise
    count: int
    senders: tuple[str, ...]  # who sent most first; "" where it is not known
    subjects: tuple[str, ...]  # the last one of each


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was brought: files in 收件箱/, and by kinds what was left in the mail box."""

    files: tuple[str, ...]
    without: tuple[Without, ...]
    rebuilt: bool  # the server has numbered its messages anew: earlier ones came again
    missed: int  # messages that the server listed and did not give
    broken: "tuple[Broken, ...]"  # at which the connection broke: asked for again in the next run
    left_out: tuple[str, ...]  # folders of junk that were not looked into: there are very many
    inbox: Path
    state: PlanState


def fetch(
    folder: Path, *, now: datetime | None = None, progress: "Progress | None" = None
) -> Fetched:
    """Fetch the messages that have come and may be answers.

    PlanError if the plan has errors; MailError and OutputError as `mail.fetch` raises them.
    """
    from edu_sheet.mail import fetch as room

    with opened(folder) as (workspace, ledger):
        known = usable_plan(workspace, ledger)
        got = room.fetch(workspace, known.plan, ledger, now=now or clock.now(), progress=progress)
        without = tuple(_by_kind(got.left.values()))
        return Fetched(
            tuple(got.files),
            without,
            got.rebuilt,
            got.missed,
            tuple(got.broken),
            tuple(got.left_out),
            workspace.inbox,
            known.state,
        )


def _by_kind(left: "Iterable[Left]") -> "Iterator[Without]":
    counted = sorted(left, key=lambda one: (-one.count, one.sender))
    for kind in Noise:
        if mine := [one for one in counted if one.kind is kind]:
            yield Without(
                kind,
                sum(one.count for one in mine),
                tuple(one.sender for one in mine),
                tuple(one.subject for one in mine),
            )
