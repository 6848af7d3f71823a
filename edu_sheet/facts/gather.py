"""The one place where the ledger is asked what master, summary and letters are made of.

Each takes what it needs of the same facts: how far back it looks is all that differs.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from edu_sheet.facts.left_out import left_out
from edu_sheet.facts.period import PeriodFacts
from edu_sheet.facts.returned import returned_letters
from edu_sheet.facts.status import unit_status
from edu_sheet.facts.texts import standing_edits, standing_texts
from edu_sheet.facts.waiting import Waiting, waiting
from edu_sheet.rules.names import Names
from edu_sheet.rules.progress import (
    Contribution,
    Edits,
    answers,
    by_task,
    feeding_periods,
    shows_months,
    voices,
)
from edu_sheet.rules.reminders import Reminded, reminded
from edu_sheet.rules.replaced import Replaced, replaced
from edu_sheet.rules.standing import Standing
from edu_sheet.rules.undecided import edited_in_months
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.letters import MailKind, MailState
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.returns import Submission, Verdict
from edu_sheet.words.step import Step, Verb

_QUARTERS = 2  # as far back as the months go
_HISTORY = 6  # months of 进展历程: as many as stand side by side on an A3 sheet and can be read


def require_issued(ledger: Ledger, period: Period) -> list[Period]:
    """Return every period that forms were issued for, in order of time.

    EduSheetError if none of them could feed this one.
    """
    issued = ledger.forms.periods()
    if not any(one in issued for one in feeding_periods(period)):
        raise EduSheetError(
            f"{period.label} 还没有下发过填报表，没有可汇总的内容",
            "请先生成填报表；如期次写错，请改正。",
            Step(Verb.GENERATE, period=period),
        )
    return issued


def for_master(ledger: Ledger, plan: Plan, period: Period) -> PeriodFacts:
    """Return the facts of a period's master, with the last months and quarters that were issued.

    Texts and edits are of the periods that feed this one and of those before; where the units
    stand, of the year so far, for a quarter of what feeds it. EduSheetError if no form was issued
    that could feed the period.
    """
    issued = require_issued(ledger, period)
    feeding = feeding_periods(period)
    months = _months_before(issued, period)
    facts = _gathered(
        ledger,
        plan,
        period,
        texts=(*feeding, *months, *_quarters_before(issued, period)),
        statuses=[one for one in issued if _so_far(one, period)],
        submissions=feeding,
    )
    return replace(facts, history=tuple(months))


def told_in_master(ledger: Ledger, period: Period) -> tuple[Period, ...]:
    """Return the periods of which a period's master tells, those that feed it first."""
    issued = ledger.forms.periods()
    so_far = [one for one in issued if _so_far(one, period)]
    quarters = _quarters_before(issued, period)
    every = (*feeding_periods(period), *_months_before(issued, period), *quarters, *so_far)
    return tuple(dict.fromkeys(every))


def _months_before(issued: Iterable[Period], period: Period) -> list[Month]:
    """Return the last months up to a period for which forms went out."""
    return [one for one in issued if isinstance(one, Month) and one <= period.last][-_HISTORY:]


def _quarters_before(issued: Iterable[Period], period: Period) -> list[Quarter]:
    """Return the last quarters before a period for which forms went out."""
    quarters = (one for one in issued if isinstance(one, Quarter))
    return [one for one in quarters if one.last < period.last][-_QUARTERS:]


def for_summary(
    ledger: Ledger, plan: Plan, period: Period, *, every_text: bool = False
) -> PeriodFacts:
    """Return the facts of a quarter's summary or a month's bulletin.

    They are of the periods that feed it, with each unit's `voices` in the place of all texts, and
    the `monthly` ones of those that answer for a task; with `every_text` those of all units. A
    quarter has those of the quarter before beside it, if forms went out for that one.
    EduSheetError if no form was issued that could feed the period.
    """
    issued = require_issued(ledger, period)
    facts = _fed(ledger, plan, period, issued, every_text=every_text)
    before = period.previous() if isinstance(period, Quarter) else None
    if before and not set(issued).isdisjoint(feeding_periods(before)):
        return replace(facts, before=_fed(ledger, plan, before, issued))
    return facts


def for_supervision(ledger: Ledger, plan: Plan, period: Period) -> PeriodFacts:
    """Return the facts of a summary, with what was said since of its tasks.

    Who is called to account today is not told what a later return has answered. EduSheetError if
    no form was issued that could feed the period.
    """
    later = (one for one in ledger.forms.periods() if _in_time(one) > _in_time(period))
    found: dict[str, list[Contribution]] = {}
    for one in sorted(later, key=_in_time, reverse=True):
        texts = {one: standing_texts(ledger, one, names=ledger.units.names(one))}
        for task in plan.tasks:
            said = voices(plan, task, one, texts)
            found.setdefault(task.key, []).extend(each for each in said if not each.former)
    return replace(for_summary(ledger, plan, period), later=found)


def _in_time(period: Period) -> tuple[Month, bool]:
    """Return the key by which periods follow one another: a quarter comes after its last month."""
    return period.last, isinstance(period, Quarter)


def for_letters(ledger: Ledger, plan: Plan, period: Period) -> PeriodFacts:
    """Return the facts of a period's letters: of that very period, with the forms that went out.

    EduSheetError if none did.
    """
    forms = ledger.forms.latest(period)
    if not forms:
        raise EduSheetError(
            f"{period.label} 还没有下发过填报表",
            "请先生成填报表；如期次写错，请改正。",
            Step(Verb.GENERATE, period=period),
        )
    own = [period]
    facts = _gathered(ledger, plan, period, texts=own, statuses=own, submissions=own)
    return replace(facts, forms={facts.names.now(unit, period): one for unit, one in forms.items()})


def _fed(
    ledger: Ledger, plan: Plan, period: Period, issued: list[Period], *, every_text: bool = False
) -> PeriodFacts:
    feeding = feeding_periods(period)
    in_order = [one for one in issued if one in feeding]
    facts = _gathered(ledger, plan, period, texts=feeding, statuses=in_order, submissions=feeding)
    edits = by_task(facts.edits)
    known = facts.names.known
    heard = {task.key: voices(plan, task, period, facts.texts, edits, known) for task in plan.tasks}

    def said(task: Task, month: Period) -> list[Contribution]:
        return voices(plan, task, month, facts.texts, edits, known)

    return replace(
        facts,
        voices=heard,
        edited_in_months=edited_in_months(plan, period, facts.edits, said),
        monthly=_monthly(facts, heard, edits, every_text=every_text),
        last_states=_last_states(ledger, plan, period, issued),
        reported=frozenset(facts.texts[period]),
        texts={},  # what does not stand in the quarter is let go
    )


def _monthly(
    facts: PeriodFacts,
    heard: Mapping[str, Sequence[Contribution]],
    edits: Edits,
    *,
    every_text: bool,
) -> dict[tuple[str, str], tuple[Contribution, ...]]:
    """Return what units said in the months before the text that is heard, the newest first.

    Of those whose months a summary shows; with `every_text` of all: they are many.
    """
    found: dict[tuple[str, str], tuple[Contribution, ...]] = {}
    if not isinstance(facts.period, Quarter):
        return found
    for task in facts.plan.tasks:
        stand = {
            one.unit: (one.returned or one.entry).period
            for one in heard[task.key]
            if every_text or shows_months(task, one, facts.period)
        }
        for month in reversed(facts.period.months) if stand else ():
            for one in voices(facts.plan, task, month, facts.texts, edits, facts.names.known):
                of = stand.get(one.unit)
                told = one.spoken or one.newer is not None  # that waits where the clerk took it out
                if told and of and (of == facts.period or month < of.last):
                    found[task.key, one.unit] = (*found.get((task.key, one.unit), ()), one)
    return found


def _last_states(
    ledger: Ledger, plan: Plan, period: Period, issued: Iterable[Period]
) -> dict[str, list[Contribution]]:
    """Return what those who answer for a task last said of it, where a period asks for no state.

    The last two quarters tell, of each task the later in which anyone says it, as the summary of
    that quarter has it: of several leads the one that said nothing there is not heard of before.
    """
    if plan.settings.asks_state(period):
        return {}
    asking = [one for one in issued if plan.settings.asks_state(one) and one.last <= period.last]
    found: dict[str, list[Contribution]] = {}
    for one in sorted(asking, key=lambda one: one.last, reverse=True)[:2]:
        texts = {one: standing_texts(ledger, one)}
        for task in plan.tasks:
            said = [
                each
                for each in voices(plan, task, one, texts)
                if each.entry.state and answers(task, each) and not each.former
            ]
            if said:
                found.setdefault(task.key, said)
    return found


def _gathered(
    ledger: Ledger,
    plan: Plan,
    period: Period,
    *,
    texts: Iterable[Period],
    statuses: Iterable[Period],
    submissions: Iterable[Period],
) -> PeriodFacts:
    """Return the facts of a period, with the periods of which each of these is wanted."""
    wanted = tuple(dict.fromkeys(texts))
    shown = tuple(statuses)
    names = ledger.units.names(*{*wanted, *shown, *feeding_periods(period)})
    waits = waiting(ledger)
    returns = {one: _returns(ledger, one, waits) for one in submissions}
    standing = {one: standing_texts(ledger, one, names=names) for one in wanted}
    feeding = {one: standing[one] for one in feeding_periods(period) if one in standing}
    # What is owed in a period before these is what that one's own papers say: they are out.
    papers = {one: period if one in feeding_periods(period) else one for one in shown}
    return PeriodFacts(
        plan=plan,
        period=period,
        texts=standing,
        edits=tuple(standing_edits(ledger, wanted, names)),
        statuses={
            one: unit_status(ledger, one, returns.get(one), names, waits, paper)
            for one, paper in papers.items()
        },
        tasks_asked=_tasks_asked(ledger, dict.fromkeys((*shown, *wanted)), names),
        reminders={one: _reminded(ledger, one, names) for one in shown},
        submissions=_named(returns, names),
        unassigned=tuple(waits.nobodys),
        names=names,
        returned=frozenset(
            one.unit for one in returned_letters(ledger, period) if one.state is MailState.RETURNED
        ),
        left_out=left_out(ledger, feeding, {task.key for task in plan.tasks}),
        replaced=_replaced(ledger, plan, feeding),
    )


def _tasks_asked(
    ledger: Ledger, periods: Iterable[Period], names: Names
) -> dict[Period, Mapping[str, Set[str]]]:
    """Return the keys of the tasks for which each unit's newest form of each period asked."""
    found: dict[Period, Mapping[str, Set[str]]] = {}
    once: dict[frozenset[str], frozenset[str]] = {}  # most forms ask for the same in each period
    for period in periods:
        asked: dict[str, frozenset[str]] = {}
        for unit, _, tasks in ledger.forms.tasks_asked(period):
            now, keys = names.now(unit, period), frozenset(tasks)
            keys |= asked.get(now, frozenset())
            asked[now] = once.setdefault(keys, keys)
        found[period] = asked
    return found


def _returns(ledger: Ledger, period: Period, waits: Waiting) -> list[Submission]:
    """Return what came for a period, oldest first: what waits is where its unit's line tells it."""
    came = ledger.returns.submissions(period)
    settled = [one for one in came if one.verdict is not Verdict.ATTENTION]
    return sorted((*settled, *waits.lines.get(period, ())), key=lambda one: one.id)


def _named(returns: Mapping[Period, Sequence[Submission]], names: Names) -> tuple[Submission, ...]:
    """Return submissions, each once, with the names that their units have now."""
    once = {one.id: one for some in returns.values() for one in some}
    return tuple(
        replace(one, unit=now)
        if one.unit and one.period and (now := names.now(one.unit, one.period)) != one.unit
        else one
        for one in once.values()
    )


def _reminded(ledger: Ledger, period: Period, names: Names) -> dict[str, Reminded]:
    letters = ledger.letters.about(period, MailKind.REMINDER)
    return reminded(replace(one, unit=names.now(one.unit, period)) for one in letters)


def _replaced(
    ledger: Ledger, plan: Plan, feeding: Mapping[Period, Standing]
) -> tuple[Replaced, ...]:
    """Return the tasks of these periods whose texts were reported on another task's wording."""
    told = {one: {task for _, task in texts} for one, texts in feeding.items()}
    wordings = {one: ledger.forms.wordings(one) for one, tasks in told.items() if tasks}
    return tuple(one for one in replaced(plan, wordings) if one.task.key in told[one.period])


def _so_far(one: Period, period: Period) -> bool:
    """Return whether a period belongs to a month's year so far, or feeds a quarter."""
    if isinstance(period, Month):
        return one.last.year == period.year and one.last <= period
    return one in feeding_periods(period)
