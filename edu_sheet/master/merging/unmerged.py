"""Hand edits that lie in a master and were not merged: no paper and no other master has them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from edu_sheet.kit.files import read_file, reporting, sha256
from edu_sheet.rules.progress import feeding_periods
from edu_sheet.rules.told_apart import numbers_of
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.outputs import lying_beside
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import OutputError
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan


def unmerged(
    workspace: Workspace, plan: Plan, ledger: Ledger, periods: Iterable[Period], now: datetime
) -> tuple[Finding, ...]:
    """Return what in the masters of these periods waits to be merged; nothing is recorded.

    A master is opened only where it is not what was last written: each costs as much as a merge.
    """
    issued = set(ledger.forms.periods())
    asked = [one for one in periods if not issued.isdisjoint(feeding_periods(one))]
    return tuple(
        found
        for one in asked
        for path in (workspace.master(one), *lying_beside(workspace.master(one)))
        for found in _in(path, workspace, plan, ledger, one, now)
    )


def unmerged_beside(
    workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, now: datetime
) -> tuple[Finding, ...]:
    """Return what was edited in versions of a master that lie beside it: none is merged."""
    return tuple(
        found
        for path in lying_beside(workspace.master(period))
        for found in _in(path, workspace, plan, ledger, period, now)
    )


def _in(
    path: Path, workspace: Workspace, plan: Plan, ledger: Ledger, period: Period, now: datetime
) -> Iterator[Finding]:
    master, file = workspace.relative(workspace.master(period)), workspace.relative(path)
    try:
        if not path.exists() or _as_written(workspace, ledger, path):
            return
        # What it takes to look into one is loaded then alone.
        from edu_sheet.facts.gather import for_master
        from edu_sheet.master.merging.on_disk import OnDisk, on_disk, outcomes_of, reader_for
        from edu_sheet.master.source import Source

        source = Source(for_master(ledger, plan, period))
        with reader_for(source) as reader:
            there = on_disk(ledger, master, path, source, reader)
    except OutputError:
        yield note("unmerged_edits:unread", file=file, why="读不到它，可能正被别的程序打开")
        return
    if there.why and there.hers is None:
        yield note("unmerged_edits:unread", file=file, why=there.why)
        return
    saved, merged = outcomes_of(source, there, now), outcomes_of(source, OnDisk(), now)
    changed = [one for one in plan.tasks if saved[one.key].changed != merged[one.key].changed]
    if changed:
        numbers = numbers_of(plan)
        code = "unmerged_edits" if file == master else "unmerged_edits:beside"
        yield note(code, file=file, tasks=tuple(numbers[task.key] for task in changed))


def _as_written(workspace: Workspace, ledger: Ledger, path: Path) -> bool:
    output = ledger.outputs.last(workspace.relative(path))
    with reporting(path):
        return output is not None and output.sha256 == sha256(read_file(path))
