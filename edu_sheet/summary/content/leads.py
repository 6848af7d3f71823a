"""What the units that answer for a task say of it, by its parts, and who reported beside. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from edu_sheet.facts.period import NO_PROGRESS, REPORTED, PeriodFacts
from edu_sheet.rules.closings import closed_tasks
from edu_sheet.rules.lights import of_task
from edu_sheet.rules.progress import Contribution, answers, progress_of
from edu_sheet.summary.content.voice import without_own_name
from edu_sheet.summary.content.wording import ENDS, paragraphs
from edu_sheet.words.parts import Part, Parts, parts_of, without_part
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Light, Role, Task
from edu_sheet.words.returns import Came
from edu_sheet.words.substance import worded

_MOST_NAMED = 5  # units that are missing, by name; more are counted


@dataclass(frozen=True, slots=True)
class Said:
    """What one unit that answers for a task says of it."""

    unit: str
    heard: Contribution
    parts: Parts  # as they are printed
    source: str  # 据12月报送, 12月汇总时填写, where it is not the quarter's own text; else ""
    former: str = ""  # 原牵头单位
    month: Contribution | None = None  # whose progress it is, where the quarter's text has none

    @property
    def name(self) -> str:
        """The unit as it is printed before its words."""
        return f"{self.unit}{noted(self.former, self.source)}"

    @property
    def achieved(self) -> str:
        """What was achieved, after （据12月报送） where a month says it; what to say if nothing."""
        return f"{noted(self._told_in(Part.PROGRESS))}{self.parts.progress or NO_PROGRESS}"

    @property
    def achieved_by(self) -> str:
        """The unit as it is printed before what was achieved."""
        return f"{self.unit}{noted(self.former, self._told_in(Part.PROGRESS))}"

    def words(self, part: Part) -> str:
        """Return a part with the month that says it before it, "" where there is none."""
        return f"{noted(self._told_in(part))}{self.parts[part]}" if self.parts[part] else ""

    def of(self, part: Part) -> Contribution:
        """Return whose text a part of it stands in."""
        return self.month if self.month and part is Part.PROGRESS else self.heard

    def _told_in(self, part: Part) -> str:
        source = self.of(part)
        return self.source if source is self.heard else source.told_in


def said_by_leads(facts: PeriodFacts, task: Task) -> tuple[Said, ...]:
    """Return what the units that answer for a task say of it: its leads, else all of its units.

    Where a quarter's text says nothing of progress, the last month that does is heard.
    """
    return tuple(_said(facts, task, one) for one in facts.on(task) if answers(task, one))


def silent_leads(facts: PeriodFacts, task: Task) -> list[str]:
    """Return the units that answer for a task and of which nothing is printed, with what came.

    Of a closed task nothing is owed: those that sent nothing are not named.
    """
    spoken = {one.unit for one in facts.on(task)}
    unused = {one.unit: unused_in_words(facts, one) for one in facts.unused(task)}
    closed = task.key in closed_tasks(facts.plan, facts.period)
    return [
        f"{unit}（{unused[unit] if unit in unused else _called(facts, unit, task)}）"
        for unit, role in facts.plan.roles(task).items()
        if unit not in spoken and (role is Role.LEAD or not task.leads)
        if unit in unused or not closed
    ]


def unused_in_words(facts: PeriodFacts, one: Contribution) -> str:
    """Return that a unit's text was taken out; of a month's only that this month was reported."""
    return f"{month_before(facts, one)}已报送，汇总时未采用"


def month_before(facts: PeriodFacts, one: Contribution) -> str:
    """Return the month of a text that is heard for a quarter, 11月; "" of the period's own."""
    other = one.entry.period != facts.period
    return one.entry.period.label.split("年", 1)[1] if other else ""


def without_text(facts: PeriodFacts, unit: str, task: Task) -> str:
    """Return what is to be said of a unit without a text on a task: what came of it, if anything.

    未报送 is said of a unit that sent nothing, and was asked.
    """
    came = facts.came_of(unit, task)
    if came != NO_PROGRESS and not facts.was_asked_of(unit, task):
        return "没有要求填报"
    return {"": "未报送", REPORTED: "没有该项任务的进展"}.get(came, came)


def _called(facts: PeriodFacts, unit: str, task: Task) -> str:
    """Return the same as a sentence's predicate: what gave no text and does not wait is 未报送."""
    told = without_text(facts, unit, task)
    gone = told in (Came.BLANK.label, Came.REJECTED.label)
    return f"未报送，{told}" if gone else told


def light(facts: PeriodFacts, task: Task) -> Light | None:
    """Return how a task stands by its leads: the worst of what they say; None if none says."""
    return of_task(task, facts.voices.get(task.key, ()))


def helpers(facts: PeriodFacts, task: Task) -> str:
    """Return in one sentence whether a task's responsible units reported on it; "" if all did.

    A group is counted as one: 各乡镇党委、政府23个报送22个（未报送：孝坪镇）. Units that were not
    asked are not counted. Of a closed task only that is told which waits in 待处理. 无 and the like
    report nothing.
    """
    if task.leads and task.key in closed_tasks(facts.plan, facts.period):
        return _waiting_of_closed(facts, task)
    asked = asked_to_help(facts, task)
    reported = with_progress(facts, task)
    if not task.leads or asked <= reported:
        return ""
    why = dict.fromkeys(asked - reported, "")
    why |= {one.unit: NO_PROGRESS for one in facts.on(task) if one.unit in why}
    alone: list[str] = []
    groups: list[tuple[str, list[str]]] = []
    for name in task.responsible:
        units = [unit for unit in facts.plan.roster.reporters(name) if unit in asked]
        if units == [name]:
            alone.append(name)
        elif units:
            groups.append((name, units))
    told = [("责任单位", alone)] if alone else []
    return "；".join(_counted(facts, task, name, units, why) for name, units in (*told, *groups))


def _waiting_of_closed(facts: PeriodFacts, task: Task) -> str:
    """Return which responsible units' files wait that may tell of a closed task; "" for none."""
    reported = with_progress(facts, task)
    waits = [
        unit
        for unit, role in facts.plan.roles(task).items()
        if role is Role.RESPONSIBLE and unit not in reported and facts.awaits(unit, task)
    ]
    return f"责任单位报送的待核实：{few(waits, _MOST_NAMED)}" if waits else ""


def asked_to_help(facts: PeriodFacts, task: Task) -> set[str]:
    """Return the responsible units that owe a text on a task, those that reported included."""
    if task.key in closed_tasks(facts.plan, facts.period):
        return set()
    return {
        unit
        for unit, role in facts.plan.roles(task).items()
        if role is Role.RESPONSIBLE and facts.was_asked_of(unit, task)
    }


def with_progress(facts: PeriodFacts, task: Task) -> set[str]:
    """Return the units that reported progress on a task, those included whose text is not used."""
    told = {one.unit for one in facts.on(task) if progress_of(one)}
    return told | {one.unit for one in facts.unused(task)}


def _counted(
    facts: PeriodFacts, task: Task, name: str, units: Sequence[str], why: Mapping[str, str]
) -> str:
    """Return how many units of a name reported, and who did not: `why`, where that is known."""
    silent = [unit for unit in units if unit in why]
    if not silent:
        return f"{name}{len(units)}个均已报送"
    by_reason: dict[str, list[str]] = {}
    for unit in silent:
        by_reason.setdefault(why[unit] or without_text(facts, unit, task), []).append(unit)
    named = "；".join(f"{reason}：{few(some, _MOST_NAMED)}" for reason, some in by_reason.items())
    return f"{name}{len(units)}个报送{len(units) - len(silent)}个（{named}）"


def few(units: Sequence[str], most: int) -> str:
    """Return units in a row, of many the first ones: 甲、乙、丙等."""
    return "、".join(units[:most]) + ("等" if len(units) > most else "")


def formerly(facts: PeriodFacts, task: Task, one: Contribution) -> str:
    """Return what a unit was to a task that the plan does not name it for: 原责任单位.

    "" where it is named; 汇总时填写 where it never had a part in it, as far as is known, and the
    clerk wrote for it.
    """
    if not one.former:
        return ""
    asked = any(facts.asked_in(period, one.unit, task) for period in facts.tasks_asked)
    if one.returned or one.made_on or asked:
        return f"原{one.role.label}单位"
    return "" if one.entry.period != facts.period else "汇总时填写"


def _said(facts: PeriodFacts, task: Task, one: Contribution) -> Said:
    period, source = facts.period, one.entry.period
    stale = isinstance(source, Month) and source != period
    told = progress_of(one)
    parts = one.parts
    parts = replace(parts, progress=parts_of(told.entry.text).progress if told else "")
    return Said(
        one.unit,
        one,
        Parts(*(_printed(one.unit, parts[part]) for part in Part)),
        one.told_in if stale else "",
        formerly(facts, task, one),
        told if told is not one else None,
    )


def without_dashes(text: str) -> str:
    """Return a text without the problems and next steps of which it says no more than a dash."""
    parts = parts_of(text)
    for part in (Part.PROBLEMS, Part.NEXT_STEPS):
        if parts[part] and not worded(parts[part]):
            text = without_part(text, part)
    return text


def noted(*notes: str) -> str:
    """Return what is to be known of a unit's words, in one pair of brackets; "" for nothing."""
    said = "，".join(filter(None, notes))
    return f"（{said}）" if said else ""


def _printed(unit: str, text: str) -> str:
    """Return a part as it runs on in a paragraph: its own paragraphs are joined.

    A mark that it begins with belongs to no sentence.
    """
    return "".join(_joined(paragraphs(without_own_name(unit, text)))).lstrip(ENDS)


def _joined(texts: Sequence[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        last = place == len(texts) - 1
        yield text if last or text[-1] in "。；：！？，、…" else f"{text}；"
