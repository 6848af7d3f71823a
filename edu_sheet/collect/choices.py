"""What a person can decide about a submission that waits, as values: a front end shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from edu_sheet.check import IN_DOUBT
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding, FindingKey, NumberedTask, Severity
from edu_sheet.words.forms import Form
from edu_sheet.words.period import Month, Period, Quarter, parse_period
from edu_sheet.words.place import Place
from edu_sheet.words.returns import Submission


class Way(StrEnum):
    """A way to settle a submission."""

    TAKE = "take"  # a finding's text is a task's text
    ASSIGN = "assign"  # whose it is, and of which period
    PASSWORD = "password"  # noqa: S105 - a way; the file is read with its password
    AGAIN = "again"  # the file is read once more, as it is after a fault of the program
    ACCEPT = "accept"
    REJECT = "reject"


class Accepted(StrEnum):
    """What accepting means, by what was found."""

    CORRECTION = "correction"  # of a period that was reported already
    PREVAILS = "prevails"  # over another file of the same moment
    IN_PLACE = "in_place"  # what stands in 进展情况, and nothing of what lies elsewhere
    BOUNCED = "bounced"  # a letter of ours that did not arrive, though nothing proves it
    CHECKED = "checked"  # all is well


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to settle a submission, as far as it is known; what is not is for the person."""

    way: Way
    unit: str | None = None
    period: Period | None = None  # of a text: only where it is another than the submission's
    finding: FindingKey | None = None  # of a text to be taken
    number: int = 0  # of that finding among the submission's errors
    place: Place | None = None  # where it stands
    task: NumberedTask | None = None  # whose the text seems to be
    tasks: tuple[NumberedTask, ...] = ()  # whose it may be: of the form that came back
    accepted: Accepted | None = None


# What can be settled by taking a finding's text.
_TAKEABLE = {
    "answer_out_of_place",
    "merged_progress",
    "duplicate_row",
    "torn_row",
    "other_task_row",
    "stray_text",
    "table_text",
    "other_period_text",
}
# The whole is settled by saying whose it is.
_OWNER = {
    "unknown_file",
    "unit_contradiction",
    "period_contradiction",
    "version_contradiction",
    "unknown_unit",
    "shared_name",
    "unknown_period",
    "unknown_owner",
    "unknown_number",
    "not_issued",
    "sender_contradiction",
    "claimed_identity",
    "bad_signature",
    "other_plan",
    "no_table",
    "mail_table",
    *(IN_DOUBT - {"hidden_column"}),  # whose it is, is not what is asked there
    "wrong_period",
}
_OF_ANOTHER_PERIOD = ("wrong_period", "named")
_OFFERED = 4  # periods of a file that does not say its own: this month's and quarter's among them
# What the program cannot read: nothing can be taken from it, but whose answer it is can be said.
_UNREAD = {
    "damaged",
    "empty_file",
    "too_large",
    "hostile",
    "encrypted_by_software",
    "encrypted_mail",
    "mail_without_attachment",
}
_NOTHING_TO_TAKE = {
    "no_table",
    *IN_DOUBT,
    "internal_error",
    "too_large",
    "master",
    "plan_workbook",
    "empty_archive",
}


def unread(submission: Submission) -> bool:
    """Return whether a submission is a file that the program cannot read."""
    return any(one.code in _UNREAD or one.code.startswith("format_") for one in submission.findings)


def choices(ledger: Ledger, submission: Submission) -> tuple[Choice, ...]:
    """Return the ways to settle a submission: its texts first, in the order of its findings."""
    grave = [one for one in submission.findings if one.severity is Severity.ERROR]
    takes = _takes(grave, returned_form(ledger, submission))
    return (*takes, *_of_whole(submission, grave, ledger))


def returned_form(ledger: Ledger, submission: Submission) -> Form | None:
    """Return the form that came back; None where it is not known which, or none did."""
    if not (submission.unit and submission.period) or submission.notice:
        return None
    issued = ledger.forms.issued(submission.period, submission.unit)
    for one in issued:
        if one.id == submission.issue:
            return one.form
    versions = {one.form.identity.version for one in issued}
    return issued[-1].form if len(versions) == 1 else None


def _takes(grave: Sequence[Finding], copy: Form | None) -> Iterator[Choice]:
    rows = copy.rows if copy else ()
    tasks = tuple(row.named for row in rows)
    for one in grave:
        if one.code in _TAKEABLE:
            yield Choice(
                Way.TAKE,
                period=one.period("period") if one.code == "other_period_text" else None,
                finding=one.key,
                number=one.number,
                place=one.source,
                task=one.task,
                tasks=tasks,
            )


def _of_whole(submission: Submission, grave: Sequence[Finding], ledger: Ledger) -> Iterator[Choice]:
    if submission.recall:  # there is nothing in it to take
        yield Choice(Way.REJECT)
        return
    codes = {one.code for one in grave if one.variant != "taken"}
    assigned = any(one.code == "assigned" for one in submission.findings)
    owner = codes & (_OWNER - {"no_table"} if assigned else _OWNER)
    if owner or (unread(submission) and not _decided(submission)):
        for unit in _owners(submission, grave, ledger):
            for period in _periods(submission, grave) or _issued(ledger, unit):
                yield Choice(Way.ASSIGN, unit=_now(ledger, unit, period), period=period)
    if "encrypted" in codes:
        yield Choice(Way.PASSWORD)
    if "internal_error" in codes:
        yield Choice(Way.AGAIN)
    something = not codes & _NOTHING_TO_TAKE or any(
        one.code == "taken" for one in submission.findings
    )
    known = submission.unit and submission.period
    confirmed = any(one.variant == "confirmed" for one in submission.findings)
    if known and something and not unread(submission) and not confirmed:
        yield Choice(Way.ACCEPT, accepted=_accepted(submission, codes))
    yield Choice(Way.REJECT)


def _decided(submission: Submission) -> bool:
    """Return whether a person has said whose answer it is, and of which period."""
    return any((one.code, one.variant) == ("other_form", "assigned") for one in submission.findings)


def _accepted(submission: Submission, codes: set[str]) -> Accepted:
    if submission.bounce:
        return Accepted.BOUNCED
    if "wrong_period" in codes:
        return Accepted.CORRECTION
    if codes & {"tie", "stranger_replaces"}:
        return Accepted.PREVAILS
    return Accepted.IN_PLACE if codes & _TAKEABLE else Accepted.CHECKED


def _units(
    submission: Submission, grave: Sequence[Finding], ledger: Ledger
) -> Sequence[str | None]:
    """Return the units that it may be, None where nothing says.

    None but units that forms went out to: what else a file calls itself is its own word.
    """
    issued = {unit for _, _, unit, *_ in ledger.forms.index()}
    return [one for one in _claimed(submission, grave) if one in issued] or [None]


def _owners(
    submission: Submission, grave: Sequence[Finding], ledger: Ledger
) -> Sequence[str | None]:
    """Return the units that it may be assigned to, None where a person has to say which.

    A unit that had no form for the period that its file names cannot be it: another answers now.
    """
    units, own = _units(submission, grave, ledger), submission.period
    told = (one for one in grave if (one.code, one.variant) == _OF_ANOTHER_PERIOD)
    named = next((one.period("awaited") for one in told), None)
    if not (own and named):
        return units
    names = ledger.units.names(own, named)
    return [one if one and names.called(names.now(one, own), named) else None for one in units]


def _now(ledger: Ledger, unit: str | None, period: Period | None) -> str | None:
    """Return what a unit is called now, as a decision names it: its old name may be another's."""
    return ledger.units.names(period).now(unit, period) if unit and period else unit


def _claimed(submission: Submission, grave: Sequence[Finding]) -> list[str]:
    """Return the units that it says it is, or its file's name, where that is not known."""
    if any(one.code == "unknown_unit" for one in grave):
        named = [dict(one.about).get("named") for one in submission.findings]
        return [*dict.fromkeys(one for one in named if isinstance(one, str))]
    for one in grave:
        if one.code == "shared_name":
            names = dict(one.about)["names"]
            return [str(name) for name in names] if isinstance(names, tuple) else []
    if submission.unit:
        return [submission.unit]
    for one in submission.findings:
        owners = one["owner"] if one.code == "sender_known" else ()
        # A box of several units', or whose words a message passes on.
        if isinstance(owners, tuple) and (len(owners) > 1 or one.variant == "passed_on"):
            return [*map(str, owners)]
        if one.code == "file_known":
            return [str(one["unit"])]
    said = _contradicting(grave, "unit_contradiction")
    return [*dict.fromkeys(one for one in said if isinstance(one, str))]


def _periods(submission: Submission, grave: Sequence[Finding]) -> list[Period | None]:
    """Return the periods that it may be; none where nothing says."""
    asked = [dict(one.about).get("periods") for one in submission.findings]
    if several := [one for one in asked if isinstance(one, tuple)]:
        return [parse_period(str(one)) for one in several[0]]
    awaited = [one.period("awaited") for one in grave if one.code == "wrong_period"]
    if awaited:
        return awaited[:1]
    if submission.period:
        return [submission.period]
    said = _contradicting(grave, "period_contradiction")
    return [*dict.fromkeys(one for one in said if isinstance(one, Month | Quarter))]


def _issued(ledger: Ledger, unit: str | None) -> list[Period | None]:
    """Return the last periods that a unit had a form for, newest first; None where none is known.

    What is older is more seldom meant, and is written by hand.
    """
    periods = {period for _, period, to, *_ in ledger.forms.index() if to == unit}
    newest = sorted(map(parse_period, periods), key=lambda one: (one.last, str(one)), reverse=True)
    return [*newest[:_OFFERED]] or [None]


def _contradicting(grave: Sequence[Finding], code: str) -> Iterator[object]:
    """Yield what the two signals say that contradict each other; an older ledger kept it not."""
    for one in grave:
        if one.code == code:
            said = dict(one.about)
            yield from (said.get("first"), said.get("second"))
