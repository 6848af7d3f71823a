"""A form that came after a unit had answered in another form: what waited for it waits no more."""

import re
from collections.abc import Iterator

from edu_sheet.collect.arriving import LATER
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.period import Period
from edu_sheet.words.quotation import apart
from edu_sheet.words.returns import OF_STRANGERS, Submission, Verdict
from edu_sheet.words.text import bare

_NAMED = re.compile(r"第(\d{1,4})项")


def settled_by(ledger: Ledger, form: Submission) -> Iterator[Submission]:
    """Settle what waited for a form that has been recorded; yield each as it is now.

    The form's submission tells what it was filled in from: by the unit, or by the office for it.

    That is what the unit sent for the period as a PDF, a picture, a Word file and the like. A form
    settles it that was accepted and gave texts. One that came by mail must have an answer on every
    task, and nothing may tell against its sender: what waits may hold the rest, or be the unit's
    own; what came after its message waits on. What a person put into 收件箱 may say no more than
    the answer did from which it was made. What was said before an answer came is no answer to it:
    a form must say something new, and so on each task that the answer names.
    """
    if form.verdict is not Verdict.ACCEPTED or not (form.unit and form.period):
        return
    waiting = [
        one
        for one in ledger.returns.waiting_of(form.period, form.unit)
        if any(finding.code == "other_form" for finding in one.findings)
        and not _came_after(one, form)
        and _says_anew(ledger, form.period, form, one)
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


def _says_anew(ledger: Ledger, period: Period, form: Submission, waits: Submission) -> bool:
    """Return whether a form says what the unit had not said before, on all that waits for it."""
    entries = ledger.entries.of([period], form.unit)
    arrived = waits.arrived_at or waits.received_at
    before = {
        (one.task, bare(one.text), one.state)
        for one in entries
        if one.submission != form.id
        and (one.submission < waits.id or (one.arrived_at or one.received_at or arrived) <= arrived)
    }
    new = {
        one.task
        for one in entries
        if one.submission == form.id and (one.task, bare(one.text), one.state) not in before
    }
    return bool(new) and _tasks_named(ledger, period, form, waits) <= new


def _tasks_named(
    ledger: Ledger, period: Period, form: Submission, waits: Submission
) -> set[str | None]:
    """Return the keys of the tasks that a message names; with None, of one that is not the unit's.

    By their 序号: 第23项更正.
    """
    said = next((one["body"] for one in waits.findings if one.code == "by_mail"), "")
    written, _ = apart(str(said))
    issues = ledger.forms.issued(period, form.unit or "")
    keys = {row.number: row.key for one in issues for row in one.form.rows}
    return {keys.get(int(number)) for number in _NAMED.findall("\n".join(written))}


def _ends_it(ledger: Ledger, period: Period, form: Submission) -> bool:
    entries = ledger.entries.of([period], form.unit)
    said = {one.task for one in entries if one.submission == form.id and one.text.strip()}
    codes = {one.code for one in form.findings}
    if not said or "by_mail" not in codes:
        return bool(said)
    asked = [one for one in ledger.forms.issued(period, form.unit or "") if one.id == form.issue]
    every = {row.key for one in asked for row in one.form.rows}
    return bool(form.sender) and codes.isdisjoint(OF_STRANGERS) and every <= said
