"""A plan that changed after forms had gone out: what differs, and whose forms to make again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from edu_sheet.form import columns_of, earlier_periods, form_rows
from edu_sheet.issue.compare import Difference, difference
from edu_sheet.rules.names import NO_NAMES, Names, of_before
from edu_sheet.rules.replaced import Replaced, is_another, replaced
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.columns import GOAL, LIAISON, NUMBER, REQUIREMENTS, ROLE
from edu_sheet.words.findings import Finding, Severity, Value
from edu_sheet.words.forms import Form, FormRow, Issue
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.step import Step, Verb

Places = Mapping[tuple[str, str], Place]  # by a task's key and a field of its row

# A form that differs in these columns alone can be filled in, and so can one with other columns.
_HARMLESS = {NUMBER.field, LIAISON.field}
_NAMED = 6  # units that a command names one by one; for more it is said without names


def current_issues(ledger: Ledger) -> list[Issue]:
    """Return the newest form of each unit for the last month and the last quarter issued."""
    issued = ledger.forms.periods()
    last = (max((one for one in issued if isinstance(one, kind)), default=None) for kind in _KINDS)
    return [issue for period in last if period for issue in ledger.forms.latest(period).values()]


_KINDS: tuple[type[Month] | type[Quarter], ...] = (Month, Quarter)


def plan_changes(
    plan: Plan,
    issues: Iterable[Issue],
    places: Places,
    names: Names = NO_NAMES,
    periods: Iterable[Period] = (),
) -> list[Finding]:
    """Return how the plan differs from the forms that were issued, code plan_changed.

    First what changed, task by task, each at its cell (`places`), once for all periods; then for
    each period whose forms need to be generated again. A new 序号 or liaison office is no reason:
    that is only said (info), and so are columns that came or went, and units that are called
    otherwise now (`names`). `periods` are all that forms went out for. Empty if the forms are as
    the plan is now.
    """
    forms: dict[Period, dict[str, Form]] = {}
    for issue in issues:
        identity = issue.form.identity
        now = names.now(identity.unit, identity.period)
        forms.setdefault(identity.period, {})[now] = issue.form
    differences = [_difference(plan, period, issued) for period, issued in forms.items()]
    return [
        *_before_the_first(plan, periods),
        *_of_names(forms),
        *_of_tasks(plan, differences, places),
        *_of_columns(differences),
        *_of_periods(differences),
    ]


@dataclass(slots=True)
class _Difference:
    """How the forms of one period differ from the plan as it is now."""

    period: Period
    units: dict[str, set[str]] = field(default_factory=dict)  # unit → fields that differ
    reworded: dict[tuple[str, str, str], str] = field(default_factory=dict)  # key, field, was → now
    dropped: dict[str, FormRow] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    given: dict[str, list[str]] = field(default_factory=dict)  # unit → 序号 that it has to report
    taken: dict[str, list[str]] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)  # units that have no task any more
    without: list[str] = field(default_factory=list)  # units that have no form
    headers: set[tuple[str, str]] = field(default_factory=set)  # of columns: what was, what is


def _difference(plan: Plan, period: Period, issued: Mapping[str, Form]) -> _Difference:
    now = {unit: form_rows(plan, duties) for unit, duties in plan.assignments(period).items()}
    found = _Difference(period)
    known = {task.key for task in plan.tasks}
    printed = {row.key for form in issued.values() for row in form.rows}
    found.without += [unit for unit in now if unit not in issued]
    for unit, form in issued.items():
        rows = now.get(unit, ())
        one = difference(form, rows, columns_of(plan, period, rows or form.rows))
        _note_tasks(found, unit, one, known, printed)
        _note_texts(found, one)
        differs = {text.field for text in one.reworded}
        if one.given or one.taken:
            differs.add("tasks")
        if unit not in now:
            found.idle.append(unit)
        elif differs:
            found.units[unit] = differs
    return found


def _note_tasks(
    found: _Difference, unit: str, one: Difference, known: Set[str], printed: Set[str]
) -> None:
    for row in one.given:
        if row.key not in printed:
            found.added.add(row.key)
        else:
            found.given.setdefault(unit, []).append(row.shown)
    for row in one.taken:
        if row.key in known:
            found.taken.setdefault(unit, []).append(row.shown)
        else:
            found.dropped[row.key] = row


def _note_texts(found: _Difference, one: Difference) -> None:
    found.headers.update(one.headers)
    for text in one.reworded:
        if text.field != ROLE.field:
            found.reworded[text.key, text.field, text.was] = text.now


# ---------------------------------------------------------------- what changed


def _before_the_first(plan: Plan, periods: Iterable[Period]) -> Iterator[Finding]:
    first = plan.settings.first_month
    if early := tuple(one for one in periods if one.last < first):
        yield note("plan_changed:first_month", first=first, periods=early)


def _of_names(forms: Mapping[Period, Mapping[str, Form]]) -> Iterator[Finding]:
    renamed: dict[tuple[str, str], list[Period]] = {}
    for period, issued in forms.items():
        for now, form in issued.items():
            if now not in (form.identity.unit, of_before(form.identity.unit)):
                renamed.setdefault((form.identity.unit, now), []).append(period)
    for (was, now), periods in renamed.items():
        yield note("plan_changed:renamed", was=was, now=now, periods=tuple(periods))


def _of_tasks(plan: Plan, differences: Sequence[_Difference], places: Places) -> Iterator[Finding]:
    headers = {column.field: column.header for column in plan.columns}
    for task in plan.tasks:
        named = task.named
        if periods := _periods(one for one in differences if task.key in one.added):
            where = places.get((task.key, "number"))
            yield note("plan_changed:added", where, task=named, periods=periods)
        changed = {
            place: now
            for one in differences
            for place, now in one.reworded.items()
            if place[0] == task.key
        }
        for was, period_tasks in _replaced(task, changed, differences):
            where = places.get((task.key, GOAL.field))
            yield note(
                "plan_changed:replaced",
                where,
                task=named,
                periods=period_tasks,
                change=(was, task.goal),
            )
        for (key, name, was), now in sorted(changed.items()):
            periods = _periods(one for one in differences if (key, name, was) in one.reworded)
            where = places.get((key, name))
            if name == NUMBER.field:
                yield note("plan_changed:renumbered", where, was=was, now=now, periods=periods)
            else:
                change: dict[str, Value] = {"header": headers[name], "change": (was, now)}
                told = note("plan_changed:reworded", where, task=named, periods=periods, **change)
                yield replace(told, severity=Severity.INFO) if name in _HARMLESS else told
    dropped = {key: row for one in differences for key, row in one.dropped.items()}
    for key, row in dropped.items():
        periods = _periods(one for one in differences if key in one.dropped)
        named = row.named
        yield note("plan_changed:dropped", task=named, goal=row.goal, periods=periods)
    for moved, differing in (
        ("given", [one.given for one in differences]),
        ("taken", [one.taken for one in differences]),
    ):
        units = {unit: sorted(numbers) for one in differing for unit, numbers in one.items()}
        for unit, numbers in units.items():
            yield note(f"plan_changed:{moved}", unit=unit, tasks=tuple(numbers))


def _replaced(
    task: Task, changed: Mapping[tuple[str, str, str], str], differences: Sequence[_Difference]
) -> Iterator[tuple[str, tuple[Period, ...]]]:
    """Yield the 目标任务 that was another task's, and the periods that were asked for it."""
    goals = [was for _, name, was in changed if name == GOAL.field]
    requirements = [was for _, name, was in changed if name == REQUIREMENTS.field]
    now = (task.goal, task.requirements)
    for goal in goals:
        if requirements and all(is_another((goal, one), now) for one in requirements):
            place = (task.key, GOAL.field, goal)
            yield goal, _periods(one for one in differences if place in one.reworded)


def _of_columns(differences: Sequence[_Difference]) -> Iterator[Finding]:
    for was, now in sorted({headers for one in differences for headers in one.headers}):
        periods = _periods(one for one in differences if (was, now) in one.headers)
        if was and now:
            yield note("plan_changed:header", was=was, now=now, periods=periods)
        elif now:
            yield note("plan_changed:column", header=now, periods=periods)
        else:
            yield note("plan_changed:no_column", header=was, periods=periods)


# ---------------------------------------------------------------- whose forms


def _of_periods(differences: Sequence[_Difference]) -> Iterator[Finding]:
    for one in differences:
        units = tuple(unit for unit, fields in one.units.items() if fields - _HARMLESS)
        if units:
            named = units if len(units) <= _NAMED else ()
            again = Step(Verb.GENERATE, period=one.period, units=named, force=True)
            found = note("plan_changed:forms", period=one.period, units=units)
            yield replace(found, next=again)
        if one.without:
            first = Step(Verb.GENERATE, period=one.period)
            found = note("plan_changed:without", period=one.period, units=tuple(one.without))
            yield replace(found, next=first)
        if one.idle:
            yield note("plan_changed:idle", period=one.period, units=tuple(one.idle))


def left_units(ledger: Ledger, names: Names, periods: Iterable[Period]) -> list[Finding]:
    """Return which units have reported, and have left the roster since: code plan_changed."""
    left: dict[tuple[str, str], list[Period]] = {}
    for period in periods:
        gone = names.left(period)
        told = {unit for _, unit, *_ in ledger.entries.reported(period)} if gone else set()
        for unit in sorted(told & gone.keys()):
            left.setdefault((unit, gone[unit]), []).append(period)
    return [
        note(
            "plan_changed:left" if now == unit else "plan_changed:left_name",
            unit=unit,
            now=now,
            periods=tuple(some),
        )
        for (unit, now), some in left.items()
    ]


def replaced_tasks(plan: Plan, ledger: Ledger, period: Period) -> list[Finding]:
    """Return what is to be asked before the forms of a period go out, code plan_changed.

    Their sheets of earlier texts leave out what was reported on another task's wording.
    """
    return [
        note(
            "plan_changed:replaced",
            task=one.task.named,
            periods=(one.period,),
            change=(one.was, one.task.goal),
        )
        for one in replaced_before(plan, ledger, earlier_periods(plan, period))
    ]


def replaced_before(plan: Plan, ledger: Ledger, periods: Iterable[Period]) -> tuple[Replaced, ...]:
    """Return the tasks that the forms of these periods asked for in the words of another task."""
    return replaced(plan, {one: ledger.forms.wordings(one) for one in periods})


def _periods(differences: Iterable[_Difference]) -> tuple[Period, ...]:
    return tuple(one.period for one in differences)
