"""A return beside what the same unit has already reported. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edu_sheet.check.codes import say
from edu_sheet.rules.progress import newer
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Entry


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger holds about the unit beside the submission that is being checked."""

    standing: Mapping[str, Entry] = field(default_factory=dict)  # this period, by task key
    previous: Mapping[str, str] = field(default_factory=dict)  # last period's texts, by task key
    awaited: Period | None = None  # a later period's form went out and has not come back


def wrong_period(entries: Sequence[Entry], known: Known, named: Period | None) -> Finding | None:
    """Return the finding of a form of a period that is over, returned where another is awaited.

    A unit that has reported a period fills in its form again to correct it, or because it took
    last month's form for this month's. Where this month's has not come back, only a person can
    tell; the same where the file's name says the awaited period. `named` is that name's period.
    """
    if known.awaited is None or not entries:
        return None
    unit, period = entries[0].unit, entries[0].period
    values = {"unit": unit, "period": str(period), "awaited": str(known.awaited)}
    if not known.standing:
        return say("wrong_period", **values) if named == known.awaited else None
    same = all(
        entry.task in known.standing and known.standing[entry.task].text == entry.text
        for entry in entries
    )
    return say("last_period_again" if same else "wrong_period", **values)


def repeats(
    entries: Sequence[Entry], known: Known, numbers: Mapping[str, int]
) -> Iterator[Finding]:
    """Yield what each text changes, or what it no longer changes; `numbers` are 序号 by key."""
    same = []
    for entry in entries:
        before = known.standing.get(entry.task)
        if before is None:
            continue
        if (before.text, before.state) == (entry.text, entry.state):
            same.append(before)
            continue
        yield say(
            _which(entry, before),
            entry.place,
            unit=entry.unit,
            period=entry.period.label,
            number=numbers.get(entry.task, "?"),
            other=before.submission,
            theirs=_told(before),
            ours=_told(entry),
        )
    if same and len(same) == len(entries):
        yield say("same_again", other=same[0].submission)


def _told(entry: Entry) -> str:
    return f"{entry.text}（完成状态：{entry.state}）" if entry.state else entry.text


def _which(entry: Entry, before: Entry) -> str:
    ours, theirs = newer(entry)[:2], newer(before)[:2]
    if ours == theirs:
        return "tie"
    return "changed_by_newer" if ours > theirs else "superseded"
