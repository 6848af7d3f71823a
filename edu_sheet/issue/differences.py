"""A plan that changed after forms had gone out: what differs, and whose forms to make again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from edu_sheet.form import columns_of, form_rows
from edu_sheet.issue.compare import Difference, difference
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.columns import LIAISON, NUMBER, ROLE
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.forms import Form, FormRow, Issue
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Plan

CODE = "plan_changed"

Places = Mapping[tuple[str, str], str]  # a task's key and a field of its row → 分工方案!C7

# A form that differs in these columns alone can be filled in, and so can one with other columns.
_HARMLESS = {NUMBER.field, LIAISON.field}
_NAMED = 6  # units that a command names one by one; for more it is said without names
_LISTED = 12  # units that a message lists by name
_BESIDE = 12  # characters shown on both sides of what changed in a text
_SHOWN = 80  # characters shown of what changed


def current_issues(ledger: Ledger) -> list[Issue]:
    """Return the newest form of each unit for the last month and the last quarter issued."""
    issued = ledger.forms.periods()
    last = (max((one for one in issued if isinstance(one, kind)), default=None) for kind in _KINDS)
    return [issue for period in last if period for issue in ledger.forms.latest(period).values()]


_KINDS: tuple[type[Month] | type[Quarter], ...] = (Month, Quarter)


def plan_changes(plan: Plan, issues: Iterable[Issue], places: Places) -> list[Finding]:
    """Return how the plan differs from the forms that were issued, code plan_changed.

    First what changed, task by task, each at its cell (`places`), once for all periods; then for
    each period whose forms need to be generated again. A new 序号 or liaison office is no reason:
    that is only said (info), and so are columns that came or went. Empty if the forms are as the
    plan is now.
    """
    forms: dict[Period, dict[str, Form]] = {}
    for issue in issues:
        identity = issue.form.identity
        forms.setdefault(identity.period, {})[identity.unit] = issue.form
    differences = [_difference(plan, period, issued) for period, issued in forms.items()]
    return [
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
    given: dict[str, list[int]] = field(default_factory=dict)  # unit → 序号 that it has to report
    taken: dict[str, list[int]] = field(default_factory=dict)
    idle: list[str] = field(default_factory=list)  # units that have no task any more
    without: list[str] = field(default_factory=list)  # units that have no form
    headers: set[tuple[str, str]] = field(default_factory=set)  # of columns: what was, what is


def _difference(plan: Plan, period: Period, issued: Mapping[str, Form]) -> _Difference:
    now = {unit: form_rows(plan, duties) for unit, duties in plan.assignments(period).items()}
    columns = columns_of(plan)
    found = _Difference(period)
    known = {task.key for task in plan.tasks}
    printed = {row.key for form in issued.values() for row in form.rows}
    found.without += [unit for unit in now if unit not in issued]
    for unit, form in issued.items():
        one = difference(form, now.get(unit, ()), columns)
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
            found.given.setdefault(unit, []).append(row.number)
    for row in one.taken:
        if row.key in known:
            found.taken.setdefault(unit, []).append(row.number)
        else:
            found.dropped[row.key] = row


def _note_texts(found: _Difference, one: Difference) -> None:
    found.headers.update(one.headers)
    for text in one.reworded:
        if text.field != ROLE.field:
            found.reworded[text.key, text.field, text.was] = text.now


# ---------------------------------------------------------------- what changed


def _of_tasks(plan: Plan, differences: Sequence[_Difference], places: Places) -> Iterator[Finding]:
    headers = {column.field: column.header for column in plan.columns}
    for task in plan.tasks:
        if periods := _labels(one for one in differences if task.key in one.added):
            where = places.get((task.key, "number"), "")
            yield _warning(where, f"第{task.number}项是新增的任务，{periods}已下发的填报表里没有。")
        changed = {
            place: now
            for one in differences
            for place, now in one.reworded.items()
            if place[0] == task.key
        }
        for (key, name, was), now in sorted(changed.items()):
            periods = _labels(one for one in differences if (key, name, was) in one.reworded)
            where = places.get((key, name), "")
            if name == NUMBER.field:
                yield _renumbered(was, now, periods, where)
            else:
                what = f"第{task.number}项的{headers[name]}"
                yield _of_text(what, name, was, now, periods, where)
    dropped = {key: row for one in differences for key, row in one.dropped.items()}
    for key, row in dropped.items():
        periods = _labels(one for one in differences if key in one.dropped)
        yield _warning(
            "",
            f"原第{row.number}项“{row.goal[:30]}”在方案里没有了，{periods}已下发的填报表里还有："
            "退回的照收，以前的进展仍按任务键留在台账和总表的“明细”里。",
        )
    for said, moved in (
        ("现在要报", [one.given for one in differences]),
        ("现在不再报", [one.taken for one in differences]),
    ):
        units = {unit: sorted(numbers) for one in moved for unit, numbers in one.items()}
        for unit, numbers in units.items():
            named = "、".join(map(str, numbers))
            yield _warning("", f"“{unit}”{said}第{named}项，与已下发的填报表不同。")


def _renumbered(was: str, now: str, periods: str, where: str) -> Finding:
    return Finding(
        CODE,
        Severity.INFO,
        where,
        f"序号由 {was} 改为 {now}：任务没有变，以前的进展照旧跟着它；"
        f"{periods}已下发的填报表不必重发。",
    )


def _of_text(what: str, name: str, was: str, now: str, periods: str, where: str) -> Finding:
    old, new = _excerpts(was, now)
    severity = Severity.INFO if name in _HARMLESS else Severity.WARNING
    return Finding(
        CODE,
        severity,
        where,
        f"{what}改了，{periods}已下发的填报表还是原来的。原来：{old}　现在：{new}",
    )


def _excerpts(was: str, now: str) -> tuple[str, str]:
    """Return what differs in two texts, with some characters around it."""
    shortest = min(len(was), len(now))
    start = next((at for at in range(shortest) if was[at] != now[at]), shortest)
    rest = shortest - start
    same = next((at for at in range(rest) if was[-1 - at] != now[-1 - at]), rest)
    first, last = max(0, start - _BESIDE), max(0, same - _BESIDE)

    def excerpt(text: str) -> str:
        middle = text[first : len(text) - last]
        if len(middle) > _SHOWN:
            middle = f"{middle[: _SHOWN // 2]}……{middle[-_SHOWN // 2 :]}"
        shown = f"{'……' if first else ''}{middle}{'……' if last else ''}"
        return f"“{shown}”" if shown else "（空）"

    return excerpt(was), excerpt(now)


def _of_columns(differences: Sequence[_Difference]) -> Iterator[Finding]:
    for was, now in sorted({headers for one in differences for headers in one.headers}):
        periods = _labels(one for one in differences if (was, now) in one.headers)
        if was and now:
            said = f"“{was}”一栏的表头改成了“{now}”，{periods}已下发的填报表还是原来的"
        elif now:
            said = f"“{now}”一栏是方案里新增的，{periods}已下发的填报表里没有"
        else:
            said = f"“{was}”一栏方案里没有了，{periods}已下发的填报表里还有"
        yield Finding(CODE, Severity.INFO, "", f"{said}：不影响填报，退回的照收。")


# ---------------------------------------------------------------- whose forms


def _of_periods(differences: Sequence[_Difference]) -> Iterator[Finding]:
    for one in differences:
        units = [unit for unit, fields in one.units.items() if fields - _HARMLESS]
        if units:
            named = "".join(f" --unit {unit}" for unit in units) if len(units) <= _NAMED else ""
            yield _warning(
                "",
                f"{one.period.label}有 {len(units)} 个单位的填报表与现在的方案不同"
                f"（{_listed(units)}）。该期还在填报的，请运行 "
                f"edu-sheet generate {one.period} --force{named} 重新生成并重发；"
                "按旧表退回的照收。",
            )
        if one.without:
            yield Finding(
                CODE,
                Severity.INFO,
                "",
                f"{one.period.label}还没有填报表的单位：{_listed(one.without)}。"
                f"需要的请运行 edu-sheet generate {one.period}。",
            )
        if one.idle:
            yield _warning(
                "", f"{one.period.label}下发过填报表、现在没有任务的单位：{_listed(one.idle)}。"
            )


def _listed(units: Sequence[str]) -> str:
    if len(units) <= _LISTED:
        return "、".join(units)
    return f"{'、'.join(units[:_LISTED])}等"


def _labels(differences: Iterable[_Difference]) -> str:
    return "、".join(one.period.label for one in differences)


def _warning(where: str, message: str) -> Finding:
    return Finding(CODE, Severity.WARNING, where, message)
