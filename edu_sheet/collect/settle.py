"""A form that came after a unit had answered in another form: what waited for it waits no more."""

from collections.abc import Iterator

from edu_sheet.collect.arriving import LATER
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.period import Period
from edu_sheet.words.returns import OF_STRANGERS, Submission, Verdict


def settled_by(ledger: Ledger, form: Submission) -> Iterator[Submission]:
    """Settle what waited for a form that has been recorded; yield each as it is now.

    The form's submission tells what it was filled in from: by the unit, or by the office for it.

    That is what the unit sent for the period as a PDF, a picture, a Word file and the like. A form
    settles it that was accepted and gave texts. One that came by mail must have an answer on every
    task, and nothing may tell against its sender: what waits may hold the rest, or be the unit's
    own; what came after its message waits on. What a person put into 收件箱 may say no more than
    the answer did from which it was made.
    """
    if form.verdict is not Verdict.ACCEPTED or not (form.unit and form.period):
        return
    waiting = [
        one
        for one in ledger.returns.waiting_of(form.period, form.unit)
        if any(finding.code == "other_form" for finding in one.findings)
        and not _came_after(one, form)
    ]
    if not waiting or not _ends_it(ledger, form.period, form):
        return
    told = note("settled_by_form", unit=form.unit, period=form.period, other=form.id)
    for one in waiting:
        source = note("typed_in_from", other=one.id, file=one.file)
        form = ledger.returns.tell(form, source)
        yield ledger.returns.tell(one, told, Verdict.IGNORED)


def _came_after(waits: Submission, form: Submission) -> bool:
    """Return whether an answer came later than the message that brought a form."""
    by_mail = any(one.code == "by_mail" for one in form.findings)
    arrived = [one.arrived_at or one.received_at for one in (waits, form)]
    return by_mail and arrived[0] > arrived[1] + LATER


def _ends_it(ledger: Ledger, period: Period, form: Submission) -> bool:
    entries = ledger.entries.of([period], form.unit)
    said = {one.task for one in entries if one.submission == form.id and one.text.strip()}
    codes = {one.code for one in form.findings}
    if not said or "by_mail" not in codes:
        return bool(said)
    asked = [one for one in ledger.forms.issued(period, form.unit or "") if one.id == form.issue]
    every = {row.key for one in asked for row in one.form.rows}
    return bool(form.sender) and codes.isdisjoint(OF_STRANGERS) and every <= said
