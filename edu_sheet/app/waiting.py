"""What came back: every file that waits for a person, and all that came for a period."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from edu_sheet.app.session import opened_to_look
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import LedgerError
from edu_sheet.words.findings import Severity
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Submission, Verdict


def waiting(folder: Path) -> tuple[Submission, ...]:
    """Return the submissions of the whole workspace that wait for a person, oldest first."""
    with opened_to_look(folder) as (_, ledger):
        return tuple(ledger.returns.waiting())


def taken_of(folder: Path, numbers: Sequence[int]) -> Mapping[int, int]:
    """Return how many texts were taken from each of these submissions."""
    with opened_to_look(folder) as (_, ledger):
        return {number: len(ledger.entries.given_by(number)) for number in numbers}


def received(folder: Path, period: Period) -> tuple[Submission, ...]:
    """Return what came for a period or for one that nobody knows, newest first, whatever it is."""
    with opened_to_look(folder) as (_, ledger):
        found = [*ledger.returns.submissions(period), *ledger.returns.of_no_period()]
        return tuple(sorted(found, key=lambda one: one.id, reverse=True))


def waiting_files(folder: Path, numbers: Sequence[int]) -> tuple[Path, ...]:
    """Return where the files lie that wait in 待处理 under these numbers, to be read once more.

    LedgerError for a number under which nothing waits.
    """
    from edu_sheet.collect import pending

    with opened_to_look(folder) as (workspace, ledger):
        found = [ledger.returns.submission(number) for number in numbers]
        for one in found:
            if one.verdict is not Verdict.ATTENTION:
                raise LedgerError(f"编号 {one.id} 的文件不在待处理，不用再读", "台账没有改动。")
        return tuple(pending.item(workspace, one) for one in found)


def explained(workspace: Workspace, submission: Submission, settle: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the .txt beside a file that waits; `settle` says how it is settled."""
    from edu_sheet.collect import pending

    grave = [one for one in submission.findings if one.severity is Severity.ERROR]
    yield from pending.head(workspace, submission)
    yield from map(pending.numbered, grave)
    yield from ("", "二、怎样了结", *settle)
    yield from pending.tail(submission)


def returns_of(folder: Path, unit: str, period: Period) -> tuple[Submission, ...]:
    """Return what came of a unit for a period, newest first, whatever became of it.

    With what waits and may be its own.
    """
    from edu_sheet.facts.waiting import waiting as all_that_waits

    with opened_to_look(folder) as (_, ledger):
        names, waits = ledger.units.names(period), all_that_waits(ledger)
        came = (*ledger.returns.submissions(period), *waits.lines.get(period, ()))
        own = [one for one in came if one.unit and names.now(one.unit, period) == unit]
        every = {one.id: one for one in (*own, *waits.perhaps.get(period, {}).get(unit, ()))}
        return tuple(every[number] for number in sorted(every, reverse=True))
