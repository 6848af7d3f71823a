"""Who has reported in a period, from the ledger alone."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from edu_sheet.facts.texts import standing_texts
from edu_sheet.facts.waiting import Waiting, waiting
from edu_sheet.kit import clock
from edu_sheet.rules.closings import closed_tasks
from edu_sheet.rules.names import Names
from edu_sheet.rules.progress import fed, feeding_periods
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Role
from edu_sheet.words.returns import Came, State, Submission, UnitStatus, Verdict
from edu_sheet.words.step import Step, Verb

if TYPE_CHECKING:
    from edu_sheet.rules.lights import LightCount


def unit_status(
    ledger: Ledger,
    period: Period,
    submissions: Iterable[Submission] | None = None,
    names: Names | None = None,
    waits: Waiting | None = None,
    paper: Period | None = None,
) -> list[UnitStatus]:
    """Return where each unit stands that a form was issued to, in the order of first issue.

    Units bear the names that they have now; of several forms of one, the newest says what it was
    asked for. Late is judged by the first accepted return that held a text: a correction is not
    late for coming after the due date. Closed tasks (办结) are owed by nobody: where nothing was
    said of one it is not counted, and a unit that owes nothing and sent nothing is left out.
    What waits stands in the lines that `waiting` gives it; a unit that has reported nothing waits
    as well where a file may be its own. `submissions` are the period's, `names`
    and `waits` the ledger's, where they are known already. In a `paper` on a quarter what is
    closed for that is closed in every line of its months.
    EduSheetError if no form was issued for the period.
    """
    names = names or ledger.units.names(period)
    asked = ledger.forms.tasks_asked(period)
    if not asked:
        raise EduSheetError(
            f"{period.label} 还没有下发过填报表",
            "请先生成填报表，再查看报送情况；如期次写错，请改正。",
            Step(Verb.GENERATE, period=period),
        )
    told: set[int] = ledger.entries.stating(period)  # a form with nothing else is not empty
    texts: dict[str, set[str]] = defaultdict(set)
    saying: dict[str, set[str]] = defaultdict(set)
    for number, unit, task, says in ledger.entries.reported(period):
        told.add(number)
        texts[names.now(unit, period)].add(task)
        if says:
            saying[names.now(unit, period)].add(task)
    if submissions is None:
        submissions = ledger.returns.submissions(period)
    waits = waits or waiting(ledger)
    shown, perhaps = waits.lines.get(period, ()), waits.perhaps.get(period, {})
    settled = (one for one in submissions if one.verdict is not Verdict.ATTENTION)
    claimed = {names.now(one.unit, period) for one in shown if one.bounce and one.unit}
    came = [one for one in (*settled, *shown) if one.unit and not one.bounce]
    of_others = told - {one.id for one in came}  # with a text of this period
    returns: dict[str, list[Submission]] = defaultdict(list)
    for submission in (*came, *ledger.returns.numbered(sorted(of_others))):
        if submission.unit:
            returns[names.now(submission.unit, period)].append(submission)
    due = ledger.plan.due(period)
    newest = {names.now(unit, period): (due_of_form, tasks) for unit, due_of_form, tasks in asked}
    closed = closed_in(ledger, paper or period)
    owed = {
        unit: [one for one in tasks if one not in closed or one in texts[unit]]
        for unit, (_, tasks) in newest.items()
    }
    return [
        replace(
            _with_perhaps(
                _status(unit, owed[unit], texts[unit], returns[unit], due or due_of_form, told),
                perhaps,
            ),
            claimed_bounce=unit in claimed,
            hollow=len((texts[unit] - saying[unit]) & {*owed[unit]}),
        )
        for unit, (due_of_form, tasks) in newest.items()
        if owed[unit] or returns[unit] or not tasks
    ]


def closed_in(ledger: Ledger, period: Period) -> Container[str]:
    """Return the keys of the tasks that are closed for a period by the last plan without errors."""
    plan = ledger.plan.last
    return closed_tasks(plan, period) if plan else ()


def lead_lights(ledger: Ledger, period: Period) -> list["LightCount"]:
    """Return 红黄绿 by lead unit, the sum last; [] where no form asked for 完成状态.

    In a quarter a lead's latest month stands in for a text that it did not give, as on paper.
    """
    forms = ledger.forms.asking_states(period)
    leading = [
        form
        for form in forms
        if any(row.role is Role.LEAD or not row.lead_text for row in form.rows)
    ]
    if not leading:
        return []
    from edu_sheet.rules.lights import counts, of_forms

    names = ledger.units.names(period)
    units = [form.identity.unit for form in leading]
    texts = fed(
        {one: standing_texts(ledger, one, *units, names=names) for one in feeding_periods(period)},
        period,
    )
    return counts(of_forms(leading, texts, names, closed_in(ledger, period)))


def _status(
    unit: str,
    tasks: Sequence[str],
    texts: set[str],
    returns: Iterable[Submission],
    due: date,
    told: Container[int],
) -> UnitStatus:
    returns = sorted(returns, key=lambda one: (one.arrived_at or one.received_at, one.id))
    waiting = [one for one in returns if one.verdict is Verdict.ATTENTION]
    taken = [one for one in returns if one.verdict is Verdict.ACCEPTED and one.id in told]
    first = next(iter(taken or waiting), None)
    late = (clock.day(first.received_at) - due).days if first else 0
    if waiting:
        state = State.ATTENTION
    elif first is None:
        state = State.MISSING
    else:
        state = State.LATE if late > 0 else State.RETURNED
    return UnitStatus(
        unit=unit,
        state=state,
        received_at=first.received_at if first else None,
        tasks=len(tasks),
        reported=sum(task in texts for task in tasks),
        late_days=max(late, 0),
        came=_came(waiting or ([] if taken else returns), beside_form=bool(taken)),
    )


def _with_perhaps(line: UnitStatus, perhaps: Container[str]) -> UnitStatus:
    """Return the line of a unit that may have reported: nobody can say yet that it has not."""
    if line.state is not State.MISSING or line.unit not in perhaps:
        return line
    return replace(line, state=State.ATTENTION, came=Came.PERHAPS)


def _waits(one: Submission, *, beside_form: bool) -> Came:
    """Return what waits; a message that its form came with did not come without one."""
    covers = any(found.variant in ("beside", "takes_back") for found in one.findings)
    if beside_form and covers:
        return Came.WAITING
    return Came.MAIL if one.kind in ("eml", "msg", "mbox", "signed", "sealed") else Came.OTHER_FORM


def _came(returns: Sequence[Submission], *, beside_form: bool) -> Came | None:
    """Return what the last of these was that gives no text, None where there is none.

    `beside_form` says whether a form was taken in.
    """
    found = None
    for one in returns:
        codes = {finding.code for finding in one.findings if finding.variant != "unread"}
        if one.verdict is Verdict.ATTENTION:
            found = _waits(one, beside_form=beside_form) if "other_form" in codes else Came.WAITING
        elif one.verdict is Verdict.ACCEPTED:
            found = Came.BLANK
        elif "rejected" in codes:
            found = Came.REJECTED
    return found
