"""Who has reported in a period, from the ledger alone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from edu_sheet import clock
from edu_sheet.errors import EduSheetError
from edu_sheet.ledger import Ledger
from edu_sheet.lights import Count, counts, of_forms
from edu_sheet.model import Form, State, Submission, UnitStatus, Verdict
from edu_sheet.period import Period
from edu_sheet.progress import standing


def unit_status(ledger: Ledger, period: Period) -> list[UnitStatus]:
    """Return where each unit stands that a form was issued to, in the order of first issue.

    Late is judged by the first accepted return that held a text: a correction is not late for
    coming after the due date. EduSheetError if no form was issued for the period.
    """
    issued = ledger.latest_issues(period)
    if not issued:
        raise EduSheetError(
            f"{period} 还没有下发过填报表",
            f"先运行 edu-sheet generate {period}，再查看报送情况；如期次写错，请改正。",
        )
    told = {entry.submission for entry in ledger.each_entry([period]) if entry.text.strip()}
    texts: dict[str, set[str]] = defaultdict(set)
    for unit, task in standing(ledger.each_entry([period])):
        texts[unit].add(task)
    returns: dict[str, list[Submission]] = defaultdict(list)
    for submission in ledger.submissions(period):
        if submission.unit and (submission.verdict is Verdict.ATTENTION or submission.id in told):
            returns[submission.unit].append(submission)
    due = ledger.due(period)
    return [
        _status(issue.form, returns[unit], texts[unit], due or issue.form.due)
        for unit, issue in issued.items()
    ]


def lead_lights(ledger: Ledger, period: Period) -> list[Count]:
    """Return 红黄绿 by lead unit, the sum last; [] where no form asked for 完成状态."""
    said = of_forms(
        (issue.form for issue in ledger.latest_issues(period).values()),
        standing(ledger.entries([period])),
    )
    return counts(said) if said else []


def unassigned(ledger: Ledger) -> list[Submission]:
    """Return the submissions in attention that no unit's line in any period shows, oldest first.

    Whose they are or of which period is not known, or that unit got no form for that period.
    """
    issued = {(period, unit) for _, period, unit, *_ in ledger.issue_index()}
    return [
        one
        for one in ledger.submissions()
        if one.verdict is Verdict.ATTENTION and (str(one.period), one.unit) not in issued
    ]


def _status(form: Form, returns: Iterable[Submission], texts: set[str], due: date) -> UnitStatus:
    returns = sorted(returns, key=lambda one: (one.received_at, one.id))
    waiting = [one for one in returns if one.verdict is Verdict.ATTENTION]
    taken = [one for one in returns if one.verdict is Verdict.ACCEPTED]
    first = next(iter(taken or waiting), None)
    late = (first.received_at.astimezone(clock.zone()).date() - due).days if first else 0
    if waiting:
        state = State.ATTENTION
    elif first is None:
        state = State.MISSING
    else:
        state = State.LATE if late > 0 else State.RETURNED
    return UnitStatus(
        unit=form.identity.unit,
        state=state,
        received_at=first.received_at if first else None,
        tasks=len(form.rows),
        reported=sum(row.key in texts for row in form.rows),
        late_days=max(late, 0),
    )
