"""Letters of our own that come to us: copies, what a unit has attached, what a server sent anew."""

import re

from edu_sheet import reading
from edu_sheet.collect.line import Member, Opened
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.covering import tells_of_work
from edu_sheet.words.findings import Finding
from edu_sheet.words.letters import MailKind
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Submission
from edu_sheet.words.text import bare

_PASSED_ON = re.compile(
    r"\s*(?:(?:回复|答复|回覆|转发|轉發|re|fw|fwd|aw)\s*[:：]|\[\w{1,10}\])", re.IGNORECASE
)


def our_address(ledger: Ledger) -> str:
    """Return the address that letters go out from, in small letters; "" where none is set."""
    plan = ledger.plan.last
    return plan.settings.mail.address.lower() if plan else ""


def our_name(ledger: Ledger) -> str:
    """Return the name that letters go out under, as names are compared; "" where none is set."""
    plan = ledger.plan.last
    return bare(plan.settings.mail.name or plan.settings.issuer) if plan else ""


def by_number(ledger: Ledger, one: Member) -> Finding | None:
    """Return which letter of ours a message is, or the one that a file lay in; None if none.

    A unit's message may bear the number of the letter that it answers.
    """
    letter = one.letter
    known = ledger.letters.of_message([letter.identity]) if letter else None
    if known is None or letter is None or ledger.plan.units_of(letter.writer):
        return None
    return _told(known.unit, known.period, known.kind)


def sent_anew(ledger: Ledger, one: Member, opened: Opened, judged: Submission) -> Finding | None:
    """Return which letter of ours a message seems to be that bears another number; None if none.

    Servers and mail programs give new ones. It is from our address; of a file the caller knows that
    it is as it went out, and a message bears our subject and tells of no work.
    """
    writer = one.letter.writer if one.letter else ""
    if not writer or writer != our_address(ledger) or ledger.plan.units_of(writer):
        return None
    if one.kind not in reading.LETTERS:
        known = judged.unit and judged.period
        return _told(judged.unit or "", judged.period) if known else None
    if any(found.code == "internal_error" for found in judged.findings):
        return None  # nobody knows what it says
    subject, body = subject_and_words(opened)
    if opened.seen().readable or _PASSED_ON.match(subject) or tells_of_work(body):
        return None
    about = bare(subject)
    named = [
        mail
        for mail in ledger.letters.last_of_each()
        if bare(mail.unit) in about and bare(mail.period.label) in about and mail.unit in body
    ]
    found = max(named, key=lambda mail: len(mail.unit), default=None)
    return _told(found.unit, found.period, found.kind) if found else None


def subject_and_words(opened: Opened) -> tuple[str, str]:
    """Return a message's own subject and text, without those of the messages around it."""
    findings = opened.seen().findings
    said = next((dict(found.about) for found in findings if "body" in dict(found.about)), {})
    return str(said.get("subject", "")), str(said.get("body", ""))


def _told(unit: str, period: Period | None, kind: MailKind = MailKind.FORM) -> Finding:
    return note("own_letter", kind=kind.label, unit=unit, period=period)
