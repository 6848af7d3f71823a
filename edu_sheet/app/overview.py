"""The four steps of a period: what is done of each, and what came since an output was made."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from edu_sheet.app.made_from import came_since, made_from
from edu_sheet.app.periods import current_period
from edu_sheet.app.plan import PlanState, seen_plan
from edu_sheet.app.session import opened_to_look
from edu_sheet.kit import clock
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.ledger.taken_in import TakenIn
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import OutputError
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan
from edu_sheet.words.returns import State


class OutputState(StrEnum):
    """What an output is to what came back."""

    NONE = "none"  # it was not made, or is no longer there
    CURRENT = "current"  # all that has been taken in is in it
    OLDER = "older"  # something has been taken in, or decided, since it was made


@dataclass(frozen=True, slots=True)
class OutputLine:
    """One output of a period; so many files have come since it was made.

    `replanned`: what it prints of the plan has changed since.
    """

    path: Path
    state: OutputState
    newer: int = 0
    replanned: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many."""

    done: int
    every: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Where a period stands, step by step."""

    period: Period
    current: Period  # the period that is worked on now
    due: date
    issued: Count  # units that got a form, of those that have a task
    reported: Count  # units that reported something, of those that got a form
    incomplete: int  # of those that reported: not on every task
    waiting: int  # files that wait for a person, in the whole workspace
    outputs: tuple[OutputLine, ...]  # 总表, then 季度总结 or 调度通报
    others: tuple[OutputLine, ...]  # 督办单, then the long table: nobody has to make them
    state: PlanState
    unwritable: OutputError | None = None  # why nothing can be recorded now


def overview(folder: Path, period: Period | None = None, *, today: date | None = None) -> Overview:
    """Return where a period stands, the current one if none is named.

    PlanError if the plan cannot be used and never could.
    """
    from edu_sheet.facts.status import unit_status

    with opened_to_look(folder) as (workspace, ledger):
        known = seen_plan(workspace, ledger)
        issued_periods = ledger.forms.periods()
        current = current_period(known.plan, issued_periods, today or clock.now().date())
        shown = period or current
        units = unit_status(ledger, shown) if shown in issued_periods else []
        lines = _outputs(workspace, ledger, known.plan, shown)
        early = shown.last < known.plan.settings.first_month
        wanted = {} if early else known.plan.assignments(shown)
        issued = ledger.units.names(shown).issued(shown)
        reported = [one for one in units if one.state in (State.RETURNED, State.LATE)]
        return Overview(
            period=shown,
            current=current,
            due=ledger.plan.due(shown) or known.plan.due(shown),
            issued=Count(sum(unit in issued for unit in wanted), len(wanted)),
            reported=Count(len(reported), len(units)),
            incomplete=sum(one.incomplete for one in reported),
            waiting=len(ledger.returns.waiting()),
            outputs=tuple(lines[:2]),
            others=tuple(lines[2:]),
            state=known.state,
            unwritable=ledger.unwritable,
        )


def outdated_files(folder: Path, period: Period) -> frozenset[Path]:
    """Return the documents in 成果 of a period that tell of less than there is now.

    Of those only of which it was noted what they were made from: no person's own. PlanError if the
    plan cannot be used and never could.
    """
    with opened_to_look(folder) as (workspace, ledger):
        plan = seen_plan(workspace, ledger).plan
        paths = [*workspace.results(period).glob("*.*")]
        noted = ((path, ledger.outputs.made_from(workspace.relative(path))) for path in paths)
        known = [(path, taken) for path, taken in noted if taken]
        now = made_from(workspace, ledger, plan, period, *(path for path, _ in known))
        pairs = zip(known, now, strict=True)
        return frozenset(path for (path, taken), there in pairs if taken != there)


def _outputs(workspace: Workspace, ledger: Ledger, plan: Plan, period: Period) -> list[OutputLine]:
    paths = (
        workspace.master(period),
        workspace.summary(period),
        workspace.supervision(period),
        workspace.long_table(period),
    )
    now = made_from(workspace, ledger, plan, period, *paths)
    lines = []
    for path, there_is in zip(paths, now, strict=True):
        noted = ledger.outputs.made_from(workspace.relative(path))
        since = came_since(workspace, ledger, period, path, noted) if noted else 0
        lines.append(_line(path, noted, there_is, since))
    return lines


def _line(path: Path, noted: TakenIn | None, now: TakenIn, newer: int) -> OutputLine:
    there = any(path.glob("*.docx")) if path.is_dir() else path.exists()
    if not there or noted is None:
        return OutputLine(path, OutputState.OLDER if there else OutputState.NONE)
    if noted == now:
        return OutputLine(path, OutputState.CURRENT)
    replanned = noted.plan not in ("", now.plan)
    return OutputLine(path, OutputState.OLDER, newer, replanned)
