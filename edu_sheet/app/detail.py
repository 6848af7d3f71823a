"""A returned file laid open: what was issued, what came back, and what a decision would take."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.app.session import opened_to_look
from edu_sheet.kit import clock
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Form, FormRow
from edu_sheet.words.returns import Action, Decision, Entry, Submission, Verdict, holding
from edu_sheet.words.step import Step

if TYPE_CHECKING:
    from edu_sheet.collect import Choice


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One task of the form that came back; "" where there is no text."""

    row: FormRow  # the task as it was issued
    earlier: str  # what the unit said on it in the period before
    stands: str  # what other files of this period say on it
    taken: str  # what was taken from this file
    returned: str  # what accepting it would take
    displaced: bool  # what was taken does not stand: another file's does
    findings: tuple[Finding, ...]  # about this task

    @property
    def says_something(self) -> bool:
        """Whether the file says anything on the task, or anything is said of it."""
        return bool(self.taken or self.returned or self.findings)


@dataclass(frozen=True, slots=True)
class Detail:
    """A submission beside what was issued and reported."""

    submission: Submission
    rows: tuple[DetailRow, ...]  # () while it is not known whose form it is
    findings: tuple[Finding, ...]  # about no task of the form
    decisions: tuple[Decision, ...]  # that hold, oldest first
    choices: "tuple[Choice, ...]"  # what can be decided; () if nothing waits
    original: Path  # in 存档
    unread: bool = False  # the program cannot read it: whose answer it is can be said, no more


@dataclass(frozen=True, slots=True)
class Would:
    """What a submission would become by a decision, and the texts that it would give then."""

    submission: Submission
    texts: tuple[Entry, ...]
    rows: tuple[FormRow, ...]  # of the form that it is checked against then; () if none is known
    replaced: tuple[Entry, ...] = ()  # texts of other files that would stand no more
    left: tuple[Entry, ...] = ()  # what would stand all the same in place of some of its texts


def detail(folder: Path, number: int, *, passwords: Sequence[str] = ()) -> Detail:
    """Return a submission laid open; nothing is recorded.

    LedgerError if there is none of that number, or its original is gone.
    """
    from edu_sheet.collect.choices import choices, returned_form, unread
    from edu_sheet.collect.resolve import judged

    with opened_to_look(folder) as (workspace, ledger):
        submission = ledger.returns.submission(number)
        decisions = ledger.returns.decisions(number)
        accepting = (*decisions, Decision(number, Action.ACCEPT, clock.now()))
        _, texts = judged(workspace, ledger, number, accepting, passwords=passwords)
        form = returned_form(ledger, submission)
        rows = _rows(ledger, submission, form, texts) if form else ()
        known = {row.row.key for row in rows}
        return Detail(
            submission=submission,
            rows=rows,
            findings=tuple(one for one in submission.findings if _task(one) not in known),
            decisions=holding(decisions),
            choices=choices(ledger, submission) if submission.verdict is Verdict.ATTENTION else (),
            original=workspace.original(submission.sha256),
            unread=unread(submission),
        )


def would(folder: Path, decision: Decision | Step, *, passwords: Sequence[str] = ()) -> Would:
    """Return what a decision, or the one that a step names, would come to; nothing is recorded.

    EduSheetError where `decide` or `resolve` would refuse it.
    """
    from edu_sheet.collect.choices import returned_form
    from edu_sheet.collect.resolve import weigh

    with opened_to_look(folder) as (workspace, ledger):
        after, texts = weigh(workspace, ledger, decision, passwords=passwords, now=clock.now())
        form = returned_form(ledger, after)
        moves = _moves(ledger, after, texts) if after.verdict is not Verdict.IGNORED else ((), ())
        return Would(after, texts, form.rows if form else (), *moves)


def _moves(
    ledger: Ledger, after: Submission, texts: Sequence[Entry]
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return what texts would take the place of, and what would stand in place of some of them.

    One that a person takes over another of its moment stands, as the last decision.
    """
    from edu_sheet.rules.standing import standing

    last = sys.maxsize if any(one.code == "tie" for one in after.findings) else 0
    given = [replace(one, submission=after.id, ruled=last) for one in texts]
    gone, left = list[Entry](), list[Entry]()
    for period in {one.period for one in given}:
        names = ledger.units.names(period)
        renamed = names.changed(period)
        here = [one for one in ledger.entries.of([period]) if one.submission != after.id]
        mine = [one for one in given if one.period == period]
        before, then = standing(here, renamed), standing((*here, *mine), renamed)
        for key in standing(mine, renamed):
            stood, stands = before.get(key), then[key]
            if stood and stands.submission != after.id:
                left.append(stands)
            elif stood and stood.text.strip() != stands.text.strip():
                gone.append(stood)
    return tuple(gone), tuple(left)


def _rows(
    ledger: Ledger, submission: Submission, form: Form, texts: Sequence[Entry]
) -> tuple[DetailRow, ...]:
    from edu_sheet.rules.standing import standing

    unit, period = form.identity.unit, form.identity.period
    own = submission.id
    here = ledger.entries.of([period], unit)
    before = standing(ledger.entries.of([period.previous()], unit))
    others = standing(one for one in here if one.submission != own)
    mine = standing(one for one in here if one.submission == own)
    stand = standing(here)
    taken = {key: one.text for (_, key), one in mine.items()}
    returned = {key: one.text for (_, key), one in standing(texts).items()}

    def row(issued: FormRow) -> DetailRow:
        earlier, stands = before.get((unit, issued.key)), others.get((unit, issued.key))
        return DetailRow(
            row=issued,
            earlier=earlier.text if earlier else "",
            stands=stands.text if stands else "",
            taken=taken.get(issued.key, ""),
            returned=returned.get(issued.key, ""),
            displaced=bool((now := stand.get((unit, issued.key))) and now.submission != own),
            findings=tuple(one for one in submission.findings if _task(one) == issued.key),
        )

    return tuple(map(row, form.rows))


def _task(finding: Finding) -> str | None:
    return finding.task.key if finding.task else None
