"""退信: a server's report → the letters of ours that did not arrive, in the ledger."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from edu_sheet.check import Ruling
from edu_sheet.reading import Bounce, Letter
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.letters import Mailed
from edu_sheet.words.returns import Decision, Submission, Verdict
from edu_sheet.words.text import bare

_SLOW = timedelta(days=1)  # by which the clock of a server may be behind ours
_KEPT = ("by_mail", "sender_unproven", "mail_unseen")
_CLAIMED = ("claimed", "confirmed", "dismissed")  # waits, accepted and rejected by a person


def reported(ledger: Ledger, arrived: Submission, letter: Letter, bounce: Bounce) -> Submission:
    """Return what a server's report is worth, once the ledger knows what it says of our letters.

    It is never an answer, whatever it brings back. One that is about no known letter waits, and so
    does one that does not prove what it says: anybody can write that.
    """
    at = arrived.arrived_at or arrived.received_at
    kept = tuple(one for one in arrived.findings if one.code in _KEPT)
    if bounce.delayed:
        findings = (letter.empty, *kept)
        return replace(arrived, kind="eml", verdict=Verdict.IGNORED, findings=findings)
    before = letter.arrived_at or at
    known = ledger.letters.of_message(bounce.letters)
    doubtful = letter.unproven or bounce.passed_on
    if known and (failed := _failed(known, bounce)) and not doubtful:
        told = _told(ledger, known, failed, bounce, at)
        return replace(arrived, kind="eml", verdict=Verdict.IGNORED, findings=(told, *kept))
    meant = [known] if known else _meant(ledger, bounce, before)
    claims = tuple(_claim(ledger, one, letter, bounce) for one in meant)
    waits = replace(arrived, kind="eml", verdict=Verdict.ATTENTION, unit=None, period=None)
    if about := _of_one_unit(ledger, meant, bounce):
        waits = replace(waits, unit=about.unit, period=about.period)
    return replace(waits, findings=(*(claims or (letter.empty,)), *kept))


def with_unread(report: Submission, findings: Sequence[Finding]) -> Submission:
    """Return a report with what could not be read of what it brings back; for that it waits."""
    waits = any(one.severity is Severity.ERROR for one in findings)
    verdict = Verdict.ATTENTION if waits else report.verdict
    return replace(report, verdict=verdict, findings=(*report.findings, *findings))


def claims(report: Submission) -> list[Finding]:
    """Return what a report says without a proof of letters that are known, whatever was decided."""
    return [
        one for one in report.findings if one.code == "mail_bounced" and one.variant in _CLAIMED
    ]


def decided(report: Submission, decisions: Sequence[Decision]) -> Submission:
    """Return what a report that proves nothing is once a person has decided; nothing is recorded.

    Accepted it is as good as one that proves what it says.
    """
    ruling = Ruling.of(decisions)
    waits = not (ruling.accepted or ruling.rejected)
    variant = "claimed" if waits else "confirmed" if ruling.accepted else "dismissed"
    told = [note(f"mail_bounced:{variant}", **dict(one.about)) for one in claims(report)]
    kept = [one for one in report.findings if one.code not in ("mail_bounced", "rejected")]
    rejected = [note("rejected")] if ruling.rejected else []
    verdict = Verdict.ATTENTION if waits else Verdict.IGNORED
    return replace(report, verdict=verdict, findings=(*rejected, *told, *kept))


def follow(ledger: Ledger, report: Submission) -> None:
    """Let the letters be returned that a report is confirmed to be about, and else as they were."""
    at = report.arrived_at or report.received_at
    for one in claims(report):
        said = dict(one.about)
        mail = ledger.letters.numbered(said.get("letter"))
        if mail is None:
            continue
        if one.variant == "confirmed":
            addresses = mail.recipients.lower().split(";")
            if isinstance(named := said.get("addresses"), tuple):
                addresses = [*map(str, named)]
            ledger.letters.bounced(mail, addresses, str(said["reason"]), at, report=report.id)
        else:
            ledger.letters.not_bounced(mail, report.id)


def _failed(mail: Mailed, bounce: Bounce) -> list[str]:
    """Return at which of a letter's own addresses a report says that it failed.

    Its Message-ID with one of these is a proof: a letter has one of its own, which its recipients
    alone have seen. That it is from our address proves nothing: every unit knows that.
    """
    return [one for one in mail.recipients.lower().split(";") if one in bounce.recipients]


def _meant(ledger: Ledger, bounce: Bounce, before: datetime) -> list[Mailed]:
    """Return the letters that a report means without a proof: by address, else by their subject.

    None where it brings back a unit's letter: a gateway may hold that back.
    """
    if bounce.writer and ledger.plan.units_of(bounce.writer):
        return []
    by_clock, to = before + _SLOW, ledger.letters.last_to
    last = [to(one, before) or to(one, by_clock) for one in bounce.recipients]
    if found := {mail.id: mail for mail in last if mail}:
        return [*found.values()]
    said = bare(bounce.text)
    quoted = [
        one
        for one in ledger.letters.last_of_each()
        if one.at <= by_clock and bare(one.unit) in said and bare(one.period.label) in said
    ]
    longest = max((len(one.unit) for one in quoted), default=0)  # a name may hold another's
    named = [one for one in quoted if len(one.unit) == longest]
    return named if len(named) == 1 else []


def _of_one_unit(ledger: Ledger, meant: Sequence[Mailed], bounce: Bounce) -> Mailed | None:
    """Return a letter to the unit that a report means; None of several, or where others may be."""
    if len({(one.unit, one.period) for one in meant}) != 1:
        return None
    unit = ledger.units.names(meant[0].period).now(meant[0].unit, meant[0].period)
    owners = {name for one in bounce.recipients for name in ledger.plan.units_of(one)}
    return meant[0] if owners <= {unit} else None


def _claim(ledger: Ledger, mail: Mailed, letter: Letter, bounce: Bounce) -> Finding:
    return note(
        "mail_bounced:claimed",
        letter=mail.id,
        addresses=(*(_failed(mail, bounce) or mail.recipients.lower().split(";")),),
        unit=ledger.units.names(mail.period).now(mail.unit, mail.period),
        period=mail.period,
        kind=mail.kind.label,
        reason=bounce.reason,
        **letter.about,
    )


def _told(
    ledger: Ledger, mail: Mailed, addresses: Sequence[str], bounce: Bounce, at: datetime
) -> Finding:
    ledger.letters.bounced(mail, addresses, bounce.reason, at)
    return note(
        "mail_bounced:letter",
        unit=ledger.units.names(mail.period).now(mail.unit, mail.period),
        period=mail.period,
        kind=mail.kind.label,
        failed="、".join(addresses),
        reason=bounce.reason,
    )
