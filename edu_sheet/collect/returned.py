"""退信: a server's report → the letters of ours that did not arrive, in the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from edu_sheet.reading import Bounce, Letter
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding
from edu_sheet.words.letters import Mailed
from edu_sheet.words.returns import Submission, Verdict


def reported(ledger: Ledger, arrived: Submission, letter: Letter, bounce: Bounce) -> Submission:
    """Return what a server's report is worth, once the ledger knows what it says of our letters.

    It is never an answer, whatever it brings back. One that is about no known letter waits.
    """
    at = arrived.arrived_at or arrived.received_at
    kept = tuple(one for one in arrived.findings if one.code in ("by_mail", "sender_unproven"))
    if bounce.delayed:
        findings = (letter.empty, *kept)
        return replace(arrived, kind="eml", verdict=Verdict.IGNORED, findings=findings)
    matched = [*_letters(ledger, bounce, letter.arrived_at or at)]
    told = tuple(_told(ledger, one, addresses, bounce, at) for one, addresses in matched)
    verdict = Verdict.IGNORED if told else Verdict.ATTENTION
    findings = (*(told or (letter.empty,)), *kept)
    return replace(arrived, kind="eml", verdict=verdict, findings=findings)


def _letters(
    ledger: Ledger, bounce: Bounce, before: datetime
) -> Iterator[tuple[Mailed, Sequence[str]]]:
    """Yield the letters that a report is about, with the addresses at which each failed.

    By its Message-ID; else the last one to the address, unless what it brings back is a unit's.
    """
    if mail := ledger.letters.of_message(bounce.letters):
        own = mail.recipients.lower().split(";")
        yield mail, [one for one in own if one in bounce.recipients] or own
        return
    if bounce.writer and ledger.plan.units_of(bounce.writer):
        return
    found: dict[int, tuple[Mailed, list[str]]] = {}
    for address in bounce.recipients:
        if mail := ledger.letters.last_to(address, before):
            found.setdefault(mail.id, (mail, []))[1].append(address)
    yield from found.values()


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
