"""A person's decision about a file that waits, and the last one taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What goes if an accepted submission is rejected, and what stands then."""

    texts: tuple[Entry, ...] = ()  # that it gave
    instead: tuple[Entry, ...] = ()  # of other files, that stand again
    fewer: int = 0  # in place of so many nothing stands

    @property
    def told(self) -> str:
        """What becomes of 总表 and 总结, in words."""
        fewer = f"总表和总结再生成时会少{self.fewer}项" if self.fewer else ""
        if not self.instead:
            return fewer or "另有更新的，总表和总结不变"
        numbers = "、".join(str(one) for one in sorted({one.submission for one in self.instead}))
        again = f"{len(self.instead)}项改用编号 {numbers} 报的"
        return f"{again}，{fewer or '总表和总结里一项不少'}"


def withdrawn_by_rejecting(folder: Path, number: int) -> Withdrawn:
    """Return what goes from a submission that has been accepted, if it is rejected now.

    LedgerError if there is none of that number.
    """
    from edu_sheet.rules.standing import standing

    with opened(folder) as (_, ledger):
        one = ledger.returns.submission(number)
        if one.verdict is not Verdict.ACCEPTED or not (one.period and one.unit):
            return Withdrawn()
        texts = tuple(ledger.entries.given_by(number))
        instead, fewer = list[Entry](), 0
        for period in dict.fromkeys(text.period for text in texts):
            renamed = ledger.units.names(period).changed(period)
            here = ledger.entries.of([period])
            before = standing(here, renamed)
            then = standing((text for text in here if text.submission != number), renamed)
            for key in (key for key, text in before.items() if text.submission == number):
                if again := then.get(key):
                    instead.append(again)
                else:
                    fewer += 1
        return Withdrawn(texts, tuple(instead), fewer)


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
