"""Returns of one unit that came together and say different things: where none is newer, all wait.

Else the one whose name comes first would be taken. What was taken in an earlier run stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from edu_sheet.rules.standing import newer
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from edu_sheet.words.place import place_of
from edu_sheet.words.returns import OF_STRANGERS, Entry, Submission, Verdict

OF_CHANGES = {"changed_by_newer", "superseded"}  # which did not happen, where it waits
_OF_THE_FINDING = ("unit", "period", "task")


def waiting_beside(
    ledger: Ledger, units: Iterable[str], period: Period, entry: Entry
) -> list[Submission]:
    """Return what waits because nobody can tell whether it, or what bears `entry`, is newer."""
    return [
        one
        for unit in units
        for one in ledger.returns.waiting_of(period, unit)
        if one.id != entry.submission and any(told.code == "tie" for told in one.findings)
        if _of_one_moment(one.arrived_at or one.received_at, one.modified_at, entry)
    ]


def set_aside(ledger: Ledger, submission: Submission, units: Iterable[str]) -> Iterator[Submission]:
    """Let what was taken of the same moment wait too, if a submission could not be told from it.

    Yields each as it is now. Not what an earlier run took, nor what a person has decided about; and
    a submission of which it is in doubt that it is the unit's sets nothing aside.
    """
    if not {one.code for one in submission.findings}.isdisjoint(OF_STRANGERS):
        return
    ties = [one for one in submission.findings if (one.code, one.variant) == ("tie", "")]
    if submission.verdict is not Verdict.ATTENTION or not (ties and submission.period):
        return
    said: dict[int, list[Entry]] = {}
    for unit in units:
        for entry in ledger.entries.of([submission.period], unit):
            said.setdefault(entry.submission, []).append(entry)
    moment = submission.arrived_at or submission.received_at
    for number, entries in said.items():
        if not _of_one_moment(moment, submission.modified_at, entries[0]):
            continue
        if _of_one_run(ledger, submission.id, number) and not ledger.returns.decisions(number):
            yield _waiting(ledger, number, submission.id, ties, entries)


def told_of(ledger: Ledger, other: Submission) -> Iterator[Submission]:
    """Let what waits beside a submission tell whether that has been taken; yield each as it is now.

    It was said that nobody can tell which is newer: since, a person has, or took that back.
    """
    if not (other.unit and other.period):
        return
    taken = other.verdict is Verdict.ACCEPTED
    for one in ledger.returns.waiting_of(other.period, other.unit):
        findings = tuple(_told(told, other.id, taken) for told in one.findings)
        if findings != one.findings:
            now = replace(one, findings=findings)
            yield ledger.returns.record(ledger.deliveries.of_submission(one.id), now, ())


def _told(told: Finding, other: int, taken: bool) -> Finding:
    about = dict(told.about)
    numbers = about.get("others", (about.get("other"),))
    if told.code != "tie" or not isinstance(numbers, tuple) or other not in numbers:
        return told
    beside = told.variant.startswith("beside")
    now = ("beside_taken" if taken else "beside") if beside else "taken" if taken else ""
    return replace(told, variant=now)


def _of_one_moment(arrived: datetime, modified: datetime | None, entry: Entry) -> bool:
    """Return whether a return is neither newer nor older than what bears an entry."""
    same = replace(entry, arrived_at=arrived, received_at=arrived, modified_at=modified)
    mine, other = newer(same)[:2], newer(entry)[:2]
    unknown = (modified is None) != (entry.modified_at is None)
    return mine == other or (unknown and mine[0] == other[0])


def _of_one_run(ledger: Ledger, one: int, other: int) -> bool:
    first, second = map(ledger.deliveries.of_submission, (one, other))
    return (first.arrived_at or first.received_at) == (second.arrived_at or second.received_at)


def _waiting(
    ledger: Ledger, number: int, beside: int, ties: Iterable[Finding], entries: Iterable[Entry]
) -> Submission:
    one = ledger.returns.submission(number)
    cells = {entry.task: entry for entry in entries}
    told = [
        _turned(tie, beside, cells[tie.task.key])
        for tie in ties
        if tie["other"] == number and tie.task and tie.task.key in cells
    ]
    told = told or [note("tie:beside", unit=one.unit, period=one.period, others=(beside,))]
    kept = (said for said in one.findings if said.code not in OF_CHANGES)
    waits = replace(one, verdict=Verdict.ATTENTION, approval=None, findings=(*kept, *told))
    return ledger.returns.record(ledger.deliveries.of_submission(number), waits, ())


def _turned(tie: Finding, other: int, entry: Entry) -> Finding:
    """Return the finding of the one that was taken, out of that of the one that came to it."""
    about = {name: tie[name] for name in _OF_THE_FINDING}
    ours, theirs = (tie["theirs"], tie["their_state"]), (tie["ours"], tie["our_state"])
    return note(
        "tie",
        place_of(*entry.place.split("!", 1)) if "!" in entry.place else None,
        **about,
        other=other,
        theirs=theirs[0],
        their_state=theirs[1],
        ours=ours[0],
        our_state=ours[1],
    )
