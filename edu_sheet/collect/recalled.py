"""撤回邮件: a notice that a message is recalled → what that one had brought, in the ledger.

Nothing is undone by it: anybody can write one, and a unit that means it can say so to the office.
"""

from collections.abc import Sequence
from dataclasses import replace

from edu_sheet.check import Ruling
from edu_sheet.reading import Letter
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.returns import Decision, Submission, Verdict
from edu_sheet.words.text import bare

_KEPT = ("by_mail", "sender_unproven", "mail_unseen")


def told_of(ledger: Ledger, arrived: Submission, letter: Letter, subject: str) -> Submission:
    """Return what a notice is worth that recalls the message of a subject: it waits.

    It names what was collected of that message, and is in the line of the unit whose that is; not
    where its own sender is not proven.
    """
    kept = [one for one in arrived.findings if one.code in _KEPT]
    meant = [*_brought_by(ledger, arrived, letter, subject)]
    whose = {(one.unit, one.period) for one in meant if one.unit and one.period}
    waits = replace(arrived, kind="eml", verdict=Verdict.ATTENTION, unit=None, period=None)
    if len(whose) == 1 and not letter.unproven:
        unit, period = whose.pop()
        waits = replace(waits, unit=unit, period=period)
    return replace(waits, findings=(_told(meant, letter, subject), *kept))


def decided(notice: Submission, decisions: Sequence[Decision]) -> Submission:
    """Return what a notice is once a person has decided; nothing is recorded."""
    rejected = Ruling.of(decisions).rejected
    told = [
        note(f"{one.code}:{one.variant}" if one.variant else one.code, **dict(one.about))
        for one in notice.findings
        if one.code == "mail_recall"
    ]
    kept = [one for one in notice.findings if one.code not in ("mail_recall", "rejected")]
    verdict = Verdict.IGNORED if rejected else Verdict.ATTENTION
    if rejected:
        seen = [replace(one, severity=Severity.INFO) for one in told]
        told = [note("rejected:waited", count=len(seen)), *seen]
    return replace(notice, verdict=verdict, findings=(*told, *kept))


def _brought_by(
    ledger: Ledger, arrived: Submission, letter: Letter, subject: str
) -> list[Submission]:
    """Return what was collected of the message that is recalled: by its sender and its subject."""
    if not (letter.sender and bare(subject)):
        return []
    return [
        one
        for one in ledger.returns.of_sender(letter.sender)
        if one.id != arrived.id
        and one.verdict is not Verdict.IGNORED
        and not one.notice
        and any(
            told.code == "by_mail" and bare(str(told["subject"])) == bare(subject)
            for told in one.findings
        )
    ]


def _told(meant: Sequence[Submission], letter: Letter, subject: str) -> Finding:
    about = {**letter.about, "recalled": subject}
    if meant:
        others, files = tuple(one.id for one in meant), tuple(one.file for one in meant)
        return note("mail_recall:collected", others=others, files=files, **about)
    return note("mail_recall" if subject else "mail_recall:unnamed", **about)
