"""待核实: which periods a file that waits in 待处理 may be the answer for. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator

from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Month, Period, Quarter, parse_period
from edu_sheet.words.returns import Submission


def may_be_for(one: Submission, asked: Iterable[Period]) -> list[Period]:
    """Return the periods that a file may answer: its form's own, then those that it names beside.

    Of one that says none, it may be any of those that its unit was `asked` for and had begun.
    """
    own = [one.period] if one.period else []
    named = [*dict.fromkeys((*own, *_named(one)))]
    return named or [period for period in asked if period.last.day(1) <= one.received_at.date()]


def may_be_of(one: Submission) -> tuple[str, ...]:
    """Return the units that a file may be of, of which nobody can tell whose it is.

    By whom its address is shared, by a name that several bear, by signals that contradict each
    other, and by the file's name alone. None of one whose unit is known, or of which nothing is.
    """
    if one.unit or one.bounce:
        return ()
    said = [name for told in one.findings for name in _whose(told)]
    return tuple(dict.fromkeys(said))


def waits_for(
    one: Submission, candidates: Collection[Period], reported: Callable[[Period], bool]
) -> list[Period]:
    """Return in which of these periods a file that waits is what the unit's line tells of.

    `reported` says whether anything of the unit was taken for a period. What a form waits for is
    its own period, and each other that it may answer and that nothing was reported for. Where it
    seems to be filled in for one that is awaited, its own stays as it is, if that was reported;
    once the awaited one is there as well, the file stands in no line and is told beside them.
    """
    own = [period for period in candidates if period == one.period]
    others = [period for period in candidates if period not in own and not reported(period)]
    if any(finding.code == "wrong_period" for finding in one.findings):
        own = [period for period in own if not reported(period)]
    return [*own, *others]


def _named(one: Submission) -> Iterator[Period]:
    """Yield the periods that a file names beside its own: awaited, side by side, or in doubt."""
    for finding in one.findings:
        said = dict(finding.about)
        match finding.code:
            case "wrong_period":
                yield from _periods(said.get("awaited"))
            case "other_period_text":
                yield from _periods(said.get("period"))
            case "period_contradiction":
                yield from _periods(said.get("first"), said.get("second"))
            case "other_form" | "file_known":
                if isinstance(several := said.get("periods"), tuple):
                    yield from (parse_period(str(period)) for period in several)


def _whose(told: Finding) -> Iterator[str]:
    said = dict(told.about)
    match told.code:
        case "sender_known":
            yield from _names(said.get("owner"))
        case "shared_name":
            yield from _names(said.get("names"))
        case "unit_contradiction":
            yield from _names((said.get("first"), said.get("second")))
        case "file_known":
            yield from _names((said.get("unit"),))


def _names(said: object) -> Iterator[str]:
    return (name for name in (said if isinstance(said, tuple) else ()) if isinstance(name, str))


def _periods(*said: object) -> Iterator[Period]:
    return (period for period in said if isinstance(period, Month | Quarter))
