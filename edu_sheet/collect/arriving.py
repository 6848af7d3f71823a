"""Submissions as they arrive, before anybody has judged them."""

from dataclasses import replace
from datetime import timedelta

from edu_sheet import reading
from edu_sheet.collect.line import Member
from edu_sheet.reading import Letter
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.returns import Submission, Verdict

LATER = timedelta(microseconds=1)  # than what it brings: a message
_WORKBOOKS = frozenset({"xlsx", "xlsm", "xls", "ods", "fods", "csv"})


def newly_arrived(one: Member) -> Submission:
    """Return a new submission; one that came by mail came when the message did.

    Unless a person said when; and never later than it was collected, whatever the message claims.
    """
    delivery, letter = one.delivery, one.letter
    received, arrived = delivery.received_at, delivery.arrived_at or delivery.received_at
    new = Submission(0, one.name, one.sha256, "unknown", Verdict.ATTENTION, received)
    if letter is None:
        return replace(new, arrived_at=arrived)
    if letter.arrived_at and not delivery.given:
        received = arrived = min(arrived, letter.arrived_at.astimezone(arrived.tzinfo))
    # A message was written when its files lay ready: what it says is newer.
    later = LATER if one.kind in reading.LETTERS else timedelta()
    return replace(
        new,
        received_at=received,
        arrived_at=arrived + later,
        sender=letter.sender,
        findings=(*letter.told, *_passed_on(one, letter)),
    )


def _passed_on(one: Member, letter: Letter) -> tuple[Finding, ...]:
    """Return who wrote the message in which a file lay, where it lay in another's message.

    Of a workbook its own signs say whose it is.
    """
    if one.kind in _WORKBOOKS or letter.writer in ("", letter.sender):
        return ()
    return (note("passed_on", sender=letter.sender, writer=letter.writer),)


def unread(arrived: Submission, one: Member) -> Submission:
    """Return an archive, or what is too large to be read, with what was found in it."""
    grave = any(found.severity is Severity.ERROR for found in one.findings)
    verdict = Verdict.ATTENTION if grave else Verdict.ACCEPTED
    kept = one.letter.told if one.letter else ()
    return replace(arrived, kind=one.kind, verdict=verdict, findings=(*one.findings, *kept))


def our_own(came: Submission, told: Finding) -> Submission:
    """Return a letter of ours, or what lay in it as it went out: nobody's return."""
    return replace(came, verdict=Verdict.IGNORED, unit=None, period=None, findings=(told,))


def duplicate(taken: Submission, one: Member) -> Submission:
    """Return what came once more: the submission of the same bytes stands, this one is ignored."""
    told = note("duplicate", other=taken.id, file=taken.file)
    letter = one.letter
    if letter and letter.known not in taken.findings:
        about = dict(letter.known.about)
        told = note("duplicate:letter", other=taken.id, file=taken.file, **about)
    return Submission(
        id=0,
        file=one.name,
        sha256=taken.sha256,
        kind=taken.kind,
        verdict=Verdict.IGNORED,
        received_at=one.delivery.received_at,
        unit=taken.unit,
        period=taken.period,
        modified_at=taken.modified_at,
        findings=(told,),
        sender=letter.sender if letter else "",
    )
