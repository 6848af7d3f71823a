"""The texts of another period that stand beside this one's: in a column, or on a sheet. Pure.

A text that the unit has reported for that period is no news. One that differs, or for which nothing
stands there, may be a correction: it waits, and is taken for that period if a person says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from edu_sheet.check.answers import refers_elsewhere
from edu_sheet.check.extra import joined
from edu_sheet.check.repeats import Reported
from edu_sheet.rules.standing import newer
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, NumberedTask, Value
from edu_sheet.words.period import Period
from edu_sheet.words.place import Place
from edu_sheet.words.returns import Entry
from edu_sheet.words.substance import substantive
from edu_sheet.words.text import bare


@dataclass(frozen=True, slots=True)
class OtherText:
    """A text of another period, where it stands, and whose it is or may be."""

    place: Place
    text: str
    tasks: tuple[NumberedTask, ...] = ()  # none: it stands in no task's row


@dataclass(frozen=True, slots=True)
class Beside:
    """The texts of another period that stand together."""

    header: str  # of the column, or the name of the sheet
    told: Finding  # what is said of those that are no news
    period: Period | None  # None: it cannot be told which
    texts: Sequence[OtherText]


def of_other_period(found: Beside, reported: Mapping[Period, Reported]) -> Iterator[Finding]:
    """Yield what there is to say: each text that is news there, and of the rest one finding."""
    known = reported.get(found.period) if found.period else None
    news = [one for one in found.texts if known and _is_news(one, known)]
    for one in news:
        if known:
            yield _news(one, found, known)
    if rest := [one for one in found.texts if one not in news]:
        same = known and all(_stands(one, known) for one in rest)
        yield _of_the_rest(found, rest, as_reported=bool(same))


def _of_the_rest(found: Beside, rest: Sequence[OtherText], *, as_reported: bool) -> Finding:
    told = found.told
    about: dict[str, Value] = {"period": found.period, "count": len(rest)}
    about["text"] = joined(one.text for one in rest)
    if as_reported:
        return note(f"{told.code}:as_reported", told.place, **dict(told.about), **about)
    return replace(told, about=(*told.about, *about.items()))


def other_period_meant(strays: Sequence[Finding]) -> Period | None:
    """Return the other period whose text a person takes, None if it is this one's."""
    meant = (one.period("period") for one in strays if one.code == "other_period_text")
    return next(meant, None)


def taken_for(
    entry: Entry, task: NumberedTask, where: Place, reported: Mapping[Period, Reported]
) -> Finding:
    """Return what there is to say of a text that a person took for another period."""
    before = reported[entry.period].standing.get(entry.task)
    about: dict[str, Value] = {"period": entry.period, "task": task, "text": entry.text}
    if before is None or before.text == entry.text:
        return note("taken:other_period", where, **about)
    about |= {"other": before.submission, "theirs": before.text}
    later = newer(before)[:2] > newer(entry)[:2]
    code = "taken:other_period_superseded" if later else "taken:other_period_replaces"
    return note(code, where, **about)


def _is_news(one: OtherText, known: Reported) -> bool:
    """Return whether a text may be taken for a task of that period, and is not what stands."""
    asked = any(task.key in known.asked for task in one.tasks)
    says = substantive(one.text) and not refers_elsewhere(one.text)
    return asked and says and not _stands(one, known)


def _stands(one: OtherText, known: Reported) -> bool:
    said = (known.standing.get(task.key) for task in one.tasks)
    return any(entry and bare(entry.text) == bare(one.text) for entry in said)


def _news(one: OtherText, found: Beside, known: Reported) -> Finding:
    task = one.tasks[0]
    about: dict[str, Value] = {"task": task, "header": found.header, "period": found.period}
    if len(one.tasks) > 1:
        return note(
            "other_period_text:torn", one.place, **about, candidates=one.tasks, text=one.text
        )
    if before := known.standing.get(task.key):
        about |= {"other": before.submission, "theirs": before.text}
        return note("other_period_text", one.place, **about, text=one.text)
    return note("other_period_text:unreported", one.place, **about, text=one.text)
