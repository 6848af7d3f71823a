"""What the ledger knows about a file, before it is examined and after."""

import re
import traceback
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import datetime

from edu_sheet.check import (
    Checked,
    Identified,
    Issued,
    Known,
    Names,
    Reported,
    Ruling,
    Saying,
    Sender,
    another_meant,
    as_pasted,
    confirmed,
    differing,
    identify,
    means_awaited,
    periods_meant,
    weighed,
)
from edu_sheet.check.examine import Grounds, Seen
from edu_sheet.collect import passed_on
from edu_sheet.collect.arriving import LATER
from edu_sheet.collect.line import Opened
from edu_sheet.collect.tied import OF_CHANGES, waiting_beside
from edu_sheet.form import Signal
from edu_sheet.kit.reader.reader import BugError
from edu_sheet.rules.names import of_before
from edu_sheet.rules.standing import standing
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Form
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.quotation import apart
from edu_sheet.words.returns import OF_STRANGERS, Decision, Entry, Submission, Verdict
from edu_sheet.words.text import bare

_PIECES = re.compile("[，,。;；:：!！、]")
# Of a file that may be a form, whatever is wrong with it.
_UNREAD = {
    *("damaged", "empty_file", "too_large", "hostile", "interrupted", "empty_archive"),
    *("encrypted", "encrypted_by_software"),
}
# What tells of texts of another period than the form's.
_OF_OTHER_PERIODS = {"other_period_column", "copied_sheet"}
# What the message said, and what lay in it, stays with the file that it brought.
_KEPT = (
    *("by_mail", "reply_to_letter", "sender_unproven", "mail_unseen", "passed_on"),
    *("lies_beside", "typed_in_from"),
)


class Judge:
    """Says what a returned file is worth, by what was issued and what was already reported."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._issued = Issued(
            ledger.forms.index(),
            ledger.plan.id,
            ledger.plan.secret,
            ledger.units.spellings(),
            ledger.units.shared(),
            ledger.plan.known_by_record,
        )
        self._shared = ledger.units.shared()
        self._names = Names(self._issued.units)
        self._periods = ledger.forms.periods()
        self._called = ledger.units.names(*self._periods)

    def named(self, file: str) -> str | None:
        """Return the unit that a file's name gives whole, or else its folder's."""
        return self._names.told_by(file)

    def passed_on(self, arrived: Submission, body: str, own: Set[str]) -> list[passed_on.Words]:
        """Return what a message passes on of others than its own units."""
        return passed_on.words(self._ledger, self._names, arrived, body, own)

    def judged(
        self,
        arrived: Submission,
        opened: Opened,
        *,
        decisions: Sequence[Decision] = (),
    ) -> tuple[Submission, tuple[Entry, ...]]:
        """Return a submission with its verdict and findings, and what it gives.

        `arrived` says its number (0 for a new one), name and time. A fault of the program in here
        is a finding of this one file: the rest goes on.
        """
        ruling = Ruling.of(decisions)
        try:
            shown = opened.seen()
            on = self._grounds_of(shown, arrived, ruling)
            given = opened.checked(on, lambda given: self._further(given, on, arrived.id))
            given = self._beside_what_waits(given, arrived, ruling)
            if not shown.container:  # the name of a message's file is its subject, cut short
                given = self._with_name(given, on, arrived.file)
        except EduSheetError:
            raise
        except Exception as error:  # noqa: BLE001 - one file never stops the rest
            shown, given = Seen(arrived.kind), _fault(error, ruling)
        given = self._with_name_now(given)
        submission = replace(
            arrived,
            kind=shown.kind,
            verdict=given.verdict,
            unit=given.unit,
            period=given.period,
            modified_at=shown.modified,
            approval=given.approval,
            issue=given.issue,
            findings=(
                *(_by_our_clock(one, arrived.received_at) for one in given.findings),
                *(one for one in arrived.findings if one.code in _KEPT),
            ),
        )
        return submission, given.entries

    def _beside_what_waits(self, given: Checked, arrived: Submission, ruling: Ruling) -> Checked:
        """Return it waiting too where others of its moment wait, for none is the newer one."""
        told = any(one.code == "tie" for one in given.findings)
        if told or ruling.accepted or not (given.entries and given.unit and given.period):
            return given
        entry = replace(given.entries[0], submission=arrived.id)
        others = waiting_beside(
            self._ledger, self.called(given.unit, given.period), given.period, entry
        )
        if not others:
            return given
        numbers = tuple(one.id for one in others)
        beside = note("tie:beside", unit=given.unit, period=given.period, others=numbers)
        return replace(
            given,
            verdict=Verdict.ATTENTION,
            entries=(),
            approval=None,
            # What it would have changed did not happen: it stands beside it where it is weighed.
            findings=(*(one for one in given.findings if one.code not in OF_CHANGES), beside),
        )

    def called(self, unit: str, period: Period) -> set[str]:
        """Return the names that a unit had and has by a period's forms."""
        return {unit, *self._called.called(self._called.now(unit, period), period)}

    def _grounds_of(self, shown: Seen, arrived: Submission, ruling: Ruling) -> Grounds:
        """Return what a file is checked on, now that it is known what it says about itself."""
        signals = shown.signals
        identified = identify(signals, self._issued, forced=ruling.owner)
        if not shown.readable:
            unread = _is_unread(shown.findings)
            identified = self._answered(arrived, ruling, unread=unread)
        elif shown.container:
            said = self._weighed(identified, arrived, signals)
            answered = self._answered(arrived, ruling, shown.above)
            differs = self._differing(signals, ruling)
            identified = as_pasted(said, answered, quoted=shown.quoted, differs=differs)
        elif shown.other and not (identified.forced or identified.unit):
            identified = Identified(findings=(shown.other,))
        else:
            weighed_now = self._weighed(identified, arrived, signals)
            identified = self._named_by_file(weighed_now, arrived)
        return self._grounds(identified, signals, arrived, ruling)

    def _named_by_file(self, identified: Identified, arrived: Submission) -> Identified:
        """Return it with whose it may be by its file's name, where the workbook says no unit.

        That takes nothing, but a unit whose answer may wait here has not been silent.
        """
        unit = None if identified.unit else self._names.told_by(arrived.file)
        if not unit:
            return identified
        asked = [one for one in self._periods if self._ledger.forms.rows(one, unit)]
        meant = periods_meant(_saying(arrived), asked, self._open(unit, arrived))
        periods = (identified.period,) if identified.period else (*sorted(meant, key=str),)
        if not periods:
            return identified
        told = note("file_known", unit=unit, periods=tuple(map(str, periods)))
        return replace(identified, findings=(*identified.findings, told))

    def _differing(self, signals: Sequence[Signal], ruling: Ruling) -> tuple[Finding, ...]:
        """Return where a message's table says itself that it is another's than a person said."""
        if not ruling.owner:
            return ()
        unit, period = ruling.owner
        stands = identify(signals, self._issued)
        return differing(unit, period, stands, self.called(unit, period))

    def with_unit(self, arrived: Submission) -> Submission:
        """Return what cannot be read at all with whose answer it may be, by its message."""
        ruling = Ruling.of(self._ledger.returns.decisions(arrived.id))
        told = self._answered(arrived, ruling, unread=_is_unread(arrived.findings))
        findings = (*arrived.findings, *told.findings)
        return replace(arrived, unit=told.unit, period=told.period, findings=findings)

    def _answered(
        self,
        arrived: Submission,
        ruling: Ruling,
        above: tuple[str, ...] = (),
        *,
        unread: bool = False,
    ) -> Identified:
        """Return whose answer a file is that cannot be read: by decision, sender or name.

        `above` is what stands above a message's tables, and names a period; `unread` says that it
        may be the form itself.
        """
        if ruling.owner:
            unit, period = ruling.owner
            told = note("other_form:assigned", unit=unit, period=period)
            return Identified(unit, period, findings=(told,), forced=True)
        by_address, reply = self._owners(arrived), _reply(arrived)
        by_reply = self._as_issued([str(reply["unit"])]) if reply else set()
        # Of a box of several units', it is that of the one that was written to.
        shared = bool(by_reply) and by_reply < by_address
        by_address = by_reply if shared else by_address
        in_words = self._named_in(_saying(arrived), by_address)
        by_address = {in_words} if in_words else by_address
        named, owners = self._names.told_by(arrived.file), by_address or by_reply
        units = {unit for unit in (named, *owners) if unit}
        body = _saying(arrived).body
        passed = self.passed_on(arrived, body, units)
        if others := passed_on.others(passed, body, units):
            return Identified(findings=(passed_on.told(arrived.sender, others),))
        if len(units) != 1:
            return Identified(findings=_of_several(arrived.sender, by_address, units))
        (unit,) = units
        signal = "sender" if by_address and not shared else "reply" if by_reply else "file"
        signal = "words" if in_words else signal
        asked = [one for one in self._periods if self._ledger.forms.rows(one, unit)]
        open_ones = self._open(unit, arrived)
        expected = periods_meant(replace(_saying(arrived), above=above), asked, open_ones)
        if not expected:
            return Identified(unit)
        if len(expected) > 1:
            several = tuple(sorted(map(str, expected)))
            told = note("other_form:which_period", unit=unit, periods=several, signal=signal)
            return Identified(unit, findings=(told,))
        (awaited,) = expected
        code = "other_form:unread" if unread else "other_form"
        told = note(code, unit=unit, period=awaited, signal=signal)
        return Identified(unit, awaited, findings=(told,))

    def _named_in(self, said: Saying, owners: Set[str]) -> str | None:
        """Return the one of a box's several owners that a message names, None if it names none.

        The name of the file says it first, then the subject, then the text.
        """
        if len(owners) < 2:
            return None
        lines = [one for line in apart(said.body)[0] for one in _PIECES.split(line)]
        for texts in ([said.file], [said.subject], lines):
            names = [*map(self._names.told_by, (f"{one}.txt" for one in texts))]
            if len(named := {one for one in names if one in owners}) == 1:
                return named.pop()
        return None

    def _owners(self, arrived: Submission) -> set[str]:
        """Return the units, as forms were issued to them, that the sender's address is of."""
        return self._as_issued(self._ledger.plan.units_of(arrived.sender) if arrived.sender else ())

    def _as_issued(self, names: Iterable[str]) -> set[str]:
        known = self._issued.units
        return {known[bare(name)] for name in names if bare(name) in known}

    def _open(self, unit: str, arrived: Submission) -> list[Period]:
        """Return the periods that a unit is asked for and has not reported.

        Of months and of quarters each the last that had begun, with its last month; where none of
        these is open, the first that was issued ahead of its time.
        """
        last: dict[type, Period] = {}
        ahead: dict[type, Period] = {}
        for period in self._periods:
            if not self._ledger.forms.rows(period, unit):
                continue
            if _arrival(arrived).date() >= period.last.day(1):
                last[type(period)] = period
            elif self._unreported(period, unit, arrived):
                ahead.setdefault(type(period), period)
        begun = [period for period in last.values() if self._unreported(period, unit, arrived)]
        return begun or [*ahead.values()]

    def _unreported(self, period: Period, unit: str, arrived: Submission) -> bool:
        """Return whether a unit had reported nothing, but by what the same message brought."""
        before = [
            one for one in self._ledger.entries.of([period], unit) if one.submission != arrived.id
        ]
        if not any(one.code == "by_mail" for one in arrived.findings):
            return not before
        together = _arrival(arrived) - LATER
        return all((one.arrived_at or one.received_at) == together for one in before)

    def _weighed(
        self, identified: Identified, arrived: Submission, signals: Sequence[Signal] = ()
    ) -> Identified:
        found = weighed(identified, self._sender(identified, arrived))
        if not (found.unit and found.period):
            return found
        if not any(one.code == "weak_identity" for one in found.findings):
            return found
        issued = self._ledger.forms.issued(found.period, found.unit)
        return confirmed(found, signals, {row.key for one in issued for row in one.form.rows})

    def _sender(self, identified: Identified, arrived: Submission) -> Sender:
        address, unit, period = arrived.sender, identified.unit, identified.period
        if not address:  # a message that does not say it for certain is a stranger's
            return Sender(proven=not any(one.code == "by_mail" for one in arrived.findings))
        proven = not any(one.code == "sender_unproven" for one in arrived.findings)
        owners = self._ledger.plan.units_of(address)
        if not (unit and period):
            return Sender(address, owners, proven=proven)
        # The form may bear the name that the unit had then.
        called = {unit, *self._called.called(self._called.now(unit, period), period)}
        owners |= {name for one in owners for name in self._called.called(one, period)}
        names = {*called, self._called.now(unit, period)}
        # Where the roster gives none, those that it has reported from before.
        known = self._ledger.plan.addresses_of(names) or self._ledger.returns.senders_of(names)
        strange = bool(known) and address.lower() not in known
        return Sender(address, owners, unit_known=strange, proven=proven)

    def _grounds(
        self,
        identified: Identified,
        signals: Sequence[Signal],
        arrived: Submission,
        ruling: Ruling,
    ) -> Grounds:
        unit, period, moment = identified.unit, identified.period, _arrival(arrived)
        if not (unit and period):
            return Grounds(identified, arrived.received_at, moment, ruling)
        said = _saying(arrived)
        # Of a file that a person has assigned it is known which period it is of.
        another = None if identified.forced else another_meant(said, period)
        known = self._known(unit, period, moment, arrived.id, another)
        meant = known.awaited if means_awaited(said, period, known.awaited) else another
        if meant is None and said.letter == period and self._of_strangers(known):
            known = replace(known, awaited=None)  # its own first word on what it was asked
        return Grounds(
            identified,
            arrived.received_at,
            moment,
            ruling,
            issues=tuple(self._ledger.forms.rows(period, unit)),
            known=known,
            named=meant,
            also=self._also(signals, identified),
        )

    def _of_strangers(self, known: Known) -> bool:
        """Return whether all that stands for a period came from others than the unit."""
        numbers = {one.submission for one in known.standing.values()}
        return all(
            any(told.code in OF_STRANGERS for told in one.findings)
            for one in self._ledger.returns.numbered(sorted(numbers))
        )

    def _known(
        self, unit: str, period: Period, arrived_at: datetime, own: int, named: Period | None
    ) -> Known:
        now = self._called.now(unit, period)
        said = [one for one in self._entries(now, period) if one.submission != own]
        before = self._entries(now, period.previous())
        stands = standing(said)
        return Known(
            {key: entry for (_, key), entry in (*stands.states.items(), *stands.items())},
            {key: entry.text for (_, key), entry in standing(before).items()},
            self._awaited(now, period, arrived_at, own, named),
            monthly=self._monthly(now, period),
        )

    def _monthly(self, unit: str, period: Period) -> frozenset[str]:
        """Return the keys of the tasks on which a unit has texts in the months of a quarter."""
        months = period.months if isinstance(period, Quarter) else ()
        said = (one for month in months for one in self._entries(unit, month))
        return frozenset(one.task for one in said if one.text.strip())

    def _further(self, given: Checked, on: Grounds, own: int) -> Grounds | None:
        """Return the grounds with what stands in the periods that a file names beside its own.

        None where it names none that the unit had a form for.
        """
        unit, period = on.identified.unit, on.identified.period
        named = {one.period("period") for one in given.findings if one.code in _OF_OTHER_PERIODS}
        if not (unit and period and named):
            return None
        now = self._called.now(unit, period)
        told = {one: self._reported(now, one, own) for one in named - {None, period} if one}
        reported = {one: known for one, known in told.items() if known}
        known = replace(on.known, reported=reported)
        return replace(on, known=known) if reported else None

    def _reported(self, unit: str, period: Period, own: int) -> Reported | None:
        """Return what a unit called so now has reported for a period, None if it had no form."""
        for name in self._called.called(unit, period):
            issued = self._ledger.forms.issued(period, name)
            if issued:
                said = [one for one in self._entries(unit, period) if one.submission != own]
                asked = frozenset(row.key for row in issued[-1].form.rows)
                texts = {key: entry for (_, key), entry in standing(said).items()}
                return Reported(issued[-1].form.identity.unit, asked, texts)
        return None

    def _entries(self, unit: str, period: Period) -> list[Entry]:
        """Return what a unit called so now has reported, under whatever name it had then."""
        return [
            replace(entry, unit=unit)
            for name in self._called.called(unit, period)
            for entry in self._ledger.entries.of([period], name)
        ]

    def _awaited(
        self, unit: str, period: Period, arrived_at: datetime, own: int, named: Period | None
    ) -> Period | None:
        """Return the last later period that had begun, went out to the unit and is not reported.

        A quarter has begun, for this, with its last month: its forms go out at its end. One that
        the file is `named` after is awaited as soon as it went out.
        """
        for later in reversed(self._periods):
            begun = later == named or arrived_at.date() >= later.last.day(1)
            if type(later) is not type(period) or later.last <= period.last or not begun:
                continue
            said = self._entries(unit, later)
            if self._called.called(unit, later) and not any(one.submission != own for one in said):
                return later
        return None

    def _also(self, signals: Sequence[Signal], identified: Identified) -> tuple[Form, ...]:
        """Return the forms that an assigned workbook says it is: their texts are no change."""
        if not identified.forced:
            return ()
        claims, _ = self._issued.claims(signals)
        claimed = {(one.unit, one.period) for one in claims if one.unit and one.period}
        return tuple(
            issue.form
            for unit, period in sorted(claimed, key=str)
            for issue in self._ledger.forms.issued(period, unit)
        )

    def _with_name_now(self, checked: Checked) -> Checked:
        """Add what a unit is called now, where another bears or bore the name on its form."""
        unit, period = checked.unit, checked.period
        if not (unit and period and unit in self._shared):
            return checked
        now = self._called.now(unit, period)
        if now == unit:
            return checked
        left = now == of_before(unit)
        told = note("called_now:left" if left else "called_now", unit=unit, now=now)
        return replace(checked, findings=(*checked.findings, told))

    def _with_name(self, checked: Checked, on: Grounds, file: str) -> Checked:
        """Add a warning where the file's name says another unit: a hint, and no more."""
        known = on.identified.unit and on.identified.period
        named, period = self._names.in_file(file) if known else None, checked.period
        if not (named and checked.unit and period) or checked.verdict is Verdict.IGNORED:
            return checked
        if self._called.now(named, period) == self._called.now(checked.unit, period):
            return checked
        told = note("file_name_differs", named=named, unit=checked.unit)
        return replace(checked, findings=(*checked.findings, told))


def _is_unread(findings: Iterable[Finding]) -> bool:
    """Return whether a file cannot be read that may be a form all the same."""
    return any(one.code in _UNREAD for one in findings)


def _of_several(sender: str, owners: Set[str], units: Set[str]) -> tuple[Finding, ...]:
    """Return that a file may be any unit's whose box it came from, or of whose name it is."""
    if len(units) < 2:
        return ()
    code = "sender_known" if units <= owners else "sender_known:named"
    return (note(code, sender=sender, owner=tuple(sorted(units))),)


def _reply(arrived: Submission) -> Finding | None:
    """Return which of our letters a message answers, None if none is known."""
    return next((one for one in arrived.findings if one.code == "reply_to_letter"), None)


def _saying(arrived: Submission) -> Saying:
    """Return what a file came with: its name, and of a message subject, text and our letter."""
    mail = next((dict(one.about) for one in arrived.findings if one.code == "by_mail"), {})
    reply = _reply(arrived)
    return Saying(
        arrived.file,
        str(mail.get("subject", "")),
        str(mail.get("body", "")),
        reply.period("period") if reply else None,
    )


def _by_our_clock(told: Finding, here: datetime) -> Finding:
    """Return a finding with the time of its message as it is told here: servers write UTC."""
    about = dict(told.about)
    moment = about.get("arrived_at")
    if not isinstance(moment, datetime):
        return told
    about["arrived_at"] = moment.astimezone(here.tzinfo)
    return replace(told, about=tuple(about.items()))


def _arrival(submission: Submission) -> datetime:
    """Return when a submission arrived by the ledger's order, whatever the clock said."""
    return submission.arrived_at or submission.received_at


def _fault(error: Exception, ruling: Ruling) -> Checked:
    """Return what becomes of a file that the program stumbles over."""
    if ruling.rejected:
        return Checked(Verdict.IGNORED, findings=(note("rejected"),))
    kind = error.kind if isinstance(error, BugError) else type(error).__name__
    told = note("internal_error", kind=kind)
    trace = "".join(traceback.format_exception(error))
    return Checked(Verdict.ATTENTION, findings=(told, note("internal_error_trace", trace=trace)))
