"""The ways to settle a file that waits, as buttons: what stands on each, and what it sends."""

from dataclasses import dataclass

from edu_sheet.app import Detail
from edu_sheet.words.findings import Finding, NumberedTask
from edu_sheet.words.returns import Action, Decision

_ACCEPTED = {
    "correction": "确实是对这一期的更正，照收",
    "prevails": "以本件为准，照收",
    "in_place": "只收“进展情况”栏里的文字，照收",
    "bounced": "邮箱确实收不到，确认退信",
    "checked": "已核对无误，照收",
}
REJECT = "不采用（原件仍在存档）"
ASSIGN = "归到这个单位、这一期"


@dataclass(frozen=True, slots=True)
class Button:
    """A way: its words, and its fields; with `tasks` one of them is still to be chosen."""

    label: str
    fields: tuple[tuple[str, str], ...]
    finding: int = 0  # the number of the finding whose text it takes
    tasks: tuple[NumberedTask, ...] = ()


def buttons(found: Detail) -> tuple[Button, ...]:
    """Return the ways that are known in full, or but for the task; in the order of the findings."""
    told = {one.number: one for one in found.submission.findings if one.number}
    made: list[Button] = []
    for one in found.choices:
        if one.way == "take":
            made.extend(_takes(told[one.number], one.task, one.tasks))
        elif one.way == "assign" and one.unit and one.period:
            fields = (("unit", one.unit), ("period", str(one.period)))
            label = f"归到{one.unit}、{one.period.label}"
            made.append(Button(label, (("action", Action.ASSIGN.value), *fields)))
        elif one.way == "accept":
            label = _ACCEPTED[one.accepted or "checked"]
            made.append(Button(label, (("action", Action.ACCEPT.value),)))
        elif one.way == "reject":
            made.append(Button(REJECT, (("action", Action.REJECT.value),)))
    return tuple(made)


def label_of(found: Detail, action: Action) -> str:
    """Return what it is called to accept or reject a file."""
    meant = (("action", action.value),)
    known = {one.fields: one.label for one in buttons(found)}
    return known.get(meant, "不采用" if action is Action.REJECT else "照收")


def _takes(
    told: Finding, task: NumberedTask | None, tasks: tuple[NumberedTask, ...]
) -> list[Button]:
    """Return the button for the task that a text seems to be of, and the one for another."""
    fields = (("action", Action.TAKE.value), ("finding", str(told.number)))
    made = []
    if task:
        label = take_label(told, task.called)
        made.append(Button(label, (*fields, ("task", task.key)), told.number))
    if rest := tuple(one for one in tasks if not task or one.key != task.key):
        made.append(Button(take_label(told, "所选这一项"), fields, told.number, rest))
    return made


def take_label(told: Finding, which: str) -> str:
    """Return what it is called to take a finding's text for a task."""
    where = told.source.cell or "这一段"
    what = dict(told.about).get("part")
    other = told.period("period") if told.code == "other_period_text" else None
    ends = f"的“{what}”" if isinstance(what, str) and what else "的进展"
    return f"收下{where}的文字，作为{other.label if other else ''}{which}{ends}"


def in_words(decision: Decision, found: Detail) -> str:
    """Return a decision that holds, as the clerk made it."""
    shown = {one.row.key: one.row.shown for one in found.rows}
    match decision.action:
        case Action.ASSIGN:
            period = decision.period.label if decision.period else ""
            said = f"归到{decision.unit}、{period}"
        case Action.ACCEPT:
            said = "确认退信" if found.submission.bounce else "照收"
        case Action.REJECT:
            said = "不采用"
        case _:
            where = decision.place.cell if decision.place else ""
            task = shown.get(decision.task or "", "")
            said = f"收下{where}的文字，作为第{task}项的进展"
    return said
