"""What waits in 待处理, by the periods in whose lines it stands, from the ledger alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from edu_sheet.rules.names import Names
from edu_sheet.rules.waiting import may_be_for, may_be_of, waits_for
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.ledger.taken_in import TakenIn
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Submission


@dataclass(frozen=True, slots=True)
class Waiting:
    """Every file that waits for a person: once here, or in the lines of the periods it is for."""

    lines: Mapping[Period, Sequence[Submission]] = field(default_factory=dict)  # oldest first
    nobodys: Sequence[Submission] = ()  # no unit's line in any period shows them
    perhaps: Mapping[Period, Mapping[str, Sequence[Submission]]] = field(default_factory=dict)
    """By period and unit: those of `nobodys` that may be its own; it has reported nothing else."""


def waiting(ledger: Ledger) -> Waiting:
    """Return what waits; a file whose unit or period is not known may stand in no line."""
    files = ledger.returns.waiting()
    if not files:
        return Waiting()
    issued = ledger.forms.periods()
    owners = {one.id: may_be_of(one) for one in files}
    candidates = {one.id: may_be_for(one, issued) for one in files if one.unit or owners[one.id]}
    names = ledger.units.names(*{period for some in candidates.values() for period in some})

    @cache
    def reporting(period: Period) -> frozenset[str]:
        told = ledger.entries.reported(period)
        return frozenset(names.now(unit, period) for _, unit, *_ in told)

    lines: dict[Period, list[Submission]] = {}
    nobodys: list[Submission] = []
    perhaps: dict[Period, dict[str, list[Submission]]] = {}
    for one in files:
        for owner, period in product(owners[one.id], candidates.get(one.id, ())):
            now = names.now(owner, period)
            if now in names.issued(period) and now not in reporting(period):
                perhaps.setdefault(period, {}).setdefault(now, []).append(one)
        mine = {
            period: now
            for period in (candidates.get(one.id, ()) if one.unit else ())
            for now in [_now(names, one, period)]
            if now in names.issued(period)
        }
        shown = waits_for(one, mine, lambda period: mine[period] in reporting(period))  # noqa: B023
        for period in shown:
            lines.setdefault(period, []).append(one)
        if not shown:
            nobodys.append(one)
    return Waiting(lines, nobodys, perhaps)


def taken_in(ledger: Ledger, periods: Sequence[Period], plan: str) -> TakenIn:
    """Return what has been taken in that an output on these periods tells of, with what waits.

    `plan` is the digest of what the output prints of the plan (`facts.printed`).

    One that waits may be another period's by its form, or nobody's: it stands in a line of these
    periods, or is counted below them all the same.
    """
    beside = _beside(ledger, periods)
    known = ledger.returns.taken_in(periods)
    return known._replace(
        last=max([known.last, *beside]),
        submissions=known.submissions + len(beside),
        waiting=known.waiting + len(beside),
        plan=plan,
    )


def came_since(ledger: Ledger, periods: Sequence[Period], last: int) -> int:
    """Return how many files came that an output on these periods tells of, after a number.

    What one of them settled is no file less: it had come before.
    """
    beside = {number for number in _beside(ledger, periods) if number > last}
    return len(beside | ledger.returns.came_since(periods, last))


def _beside(ledger: Ledger, periods: Sequence[Period]) -> set[int]:
    """Return the numbers of what waits that is told of beside these periods' own."""
    waits = waiting(ledger)
    told = [one for some in periods for one in waits.lines.get(some, ())]
    told += [one for one in waits.nobodys if one.period is None]
    return {one.id for one in told if one.period not in periods}


def _now(names: Names, one: Submission, period: Period) -> str:
    """Return what a file's unit is called now, by the form of the period that it names."""
    known = (one.period, period) if one.period else (period,)
    return names.now(one.unit or "", *known)
