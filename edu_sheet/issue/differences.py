"""A plan that changed after forms had gone out: what differs, and whose forms to make again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edu_sheet.form import form_rows
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.forms import FormRow, Issue
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Plan

CODE = "plan_changed"

Places = Mapping[tuple[str, str], str]  # a task's key and a field of its row → 分工方案!C7

_TEXTS = {  # a form's field → the plan's column, and its place's field
    "goal": ("目标任务", "goal"),
    "requirements": ("具体要求", "requirements"),
    "lead_text": ("牵头部门", "lead"),
    "responsible_text": ("责任部门", "responsible"),
    "liaison_text": ("牵头联络股室", "liaison"),
}
_HARMLESS = {"number", "liaison_text"}  # a form that differs in these alone can be filled in
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
    that is only said (info). Empty if the forms are as the plan is now.
    """
    forms: dict[Period, dict[str, tuple[FormRow, ...]]] = {}
    for issue in issues:
        identity = issue.form.identity
        forms.setdefault(identity.period, {})[identity.unit] = issue.form.rows
    differences = [_difference(plan, period, issued) for period, issued in forms.items()]
    return [*_of_tasks(plan, differences, places), *_of_periods(differences)]


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


def _difference(plan: Plan, period: Period, issued: Mapping[str, Sequence[FormRow]]) -> _Difference:
    now = {unit: form_rows(duties) for unit, duties in plan.assignments(period).items()}
    found = _Difference(period)
    known = {task.key for task in plan.tasks}
    forms = {row.key for rows in issued.values() for row in rows}
    found.without += [unit for unit in now if unit not in issued]
    for unit, rows in issued.items():
        was = {row.key: row for row in rows}
        wanted = {row.key: row for row in now.get(unit, ())}
        differs: set[str] = set()
        for key, row in wanted.items():
            if key in was:
                differs |= _compare(was[key], row, found)
            else:
                differs.add("tasks")
                if key not in forms:
                    found.added.add(key)
                else:
                    found.given.setdefault(unit, []).append(row.number)
        for key in [key for key in was if key not in wanted]:
            differs.add("tasks")
            if key in known:
                found.taken.setdefault(unit, []).append(was[key].number)
            else:
                found.dropped[key] = was[key]
        if unit not in now:
            found.idle.append(unit)
        elif differs:
            found.units[unit] = differs
    return found


def _compare(was: FormRow, row: FormRow, found: _Difference) -> set[str]:
    differs = {
        name for name in (*_TEXTS, "number", "role") if getattr(was, name) != getattr(row, name)
    }
    for name in differs - {"role"}:
        found.reworded[row.key, name, str(getattr(was, name))] = str(getattr(row, name))
    return differs


# ---------------------------------------------------------------- what changed


def _of_tasks(plan: Plan, differences: Sequence[_Difference], places: Places) -> Iterator[Finding]:
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
            yield _of_text(task.number, name, was, now, periods, places.get((key, _cell(name)), ""))
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


def _cell(name: str) -> str:
    return _TEXTS[name][1] if name in _TEXTS else "number"


def _of_text(number: int, name: str, was: str, now: str, periods: str, where: str) -> Finding:
    if name == "number":
        return Finding(
            CODE,
            Severity.INFO,
            where,
            f"序号由 {was} 改为 {now}：任务没有变，以前的进展照旧跟着它；"
            f"{periods}已下发的填报表不必重发。",
        )
    old, new = _excerpts(was, now)
    severity = Severity.INFO if name in _HARMLESS else Severity.WARNING
    return Finding(
        CODE,
        severity,
        where,
        f"第{number}项的{_TEXTS[name][0]}改了，{periods}已下发的填报表还是原来的。"
        f"原来：{old}　现在：{new}",
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
