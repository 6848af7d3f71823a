"""督办单: what a unit is called to account for, in three colours. Pure."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.clock import chinese_date
from edu_sheet.rules.closings import closed_tasks, covers, stands
from edu_sheet.rules.deadlines import Due, due_soon
from edu_sheet.rules.progress import Contribution, progress_of
from edu_sheet.rules.told_apart import called as called_task
from edu_sheet.summary.content.content import (
    Attachment,
    AttachmentColumn,
    Content,
    Kind,
    Paragraph,
)
from edu_sheet.summary.content.tracked import (
    called,
    called_done,
    calls_done,
    lagging,
    matter_of,
    overdue,
    said_since,
    told_since,
    without_progress,
)
from edu_sheet.summary.content.wording import goal_of, printable
from edu_sheet.words.plan import Closing, Recurrence, Task
from edu_sheet.words.returns import State, UnitStatus


class Colour(StrEnum):
    """How grave it is; the value stands in the paper's name."""

    RED = "红"
    YELLOW = "黄"
    BLUE = "蓝"

    @property
    def means(self) -> str:
        """What a paper of this colour is about."""
        return {"红": "逾期", "黄": "滞后", "蓝": "临近"}[self.value]

    @property
    def ink(self) -> str:
        """The colour of the paper's title, as a document writes it."""
        return {"红": "C00000", "黄": "BF8F00", "蓝": "1F4E9E"}[self.value]


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that a unit owes, and since when it does or until when it has time."""

    unit: str
    colour: Colour
    what: str
    since: str
    task: str = ""  # the key of a task that is behind; its other matters have none


_ASKED = {
    Colour.RED: "请主要负责同志过问，自收到之日起3个工作日内办结或书面说明原因，并填写回执。",
    Colour.YELLOW: "请查明原因、加快办理，自收到之日起5个工作日内报送进展，并填写回执。",
    Colour.BLUE: "请对照时限抓紧办理、按期办结，办结后填写回执。",
}


def matters(facts: PeriodFacts, today: date) -> list[Matter]:
    """Return what units are called to account for in a period, in the order of the roster.

    Red: a deadline has passed that is neither closed nor called done, or nothing was reported by
    the due date; of a deadline no unit is told that called its task done itself. Yellow: a lead
    says that its task is behind or not begun (`lagging`, as all papers name it), or a task was not
    reported on by the due date, or not with any progress. Blue: a deadline within three months that
    has not passed by today, or what is yet to be reported by the due date: nobody is behind before
    the day. What is closed by today is no matter, whenever the period was, and what was opened
    again is one; nor is what waits in 待处理, or what a later return has answered: of what a lead
    called behind that is 已完成 alone.
    """
    closed = [one for one in facts.plan.closings if stands(one, today)]
    facts = replace(facts, today=today, plan=replace(facts.plan, closings=tuple(closed)))
    whole = {one.task for one in closed if not one.item and not one.year}
    # A unit that was dissolved, or has no task any more, is not asked.
    asked_now = facts.plan.assignments(facts.period)
    lines = [one for one in facts.statuses.get(facts.period, ()) if one.unit in asked_now]
    passed, coming = _deadlines(facts, today, closed)
    found = [
        *(one for due in passed for one in _of_deadline(facts, due, Colour.RED, today)),
        *(one for line in lines for one in _of_return(facts, line, today, whole)),
        *_behind(facts, whole),
        *(one for one in _without_progress(facts, today, whole) if one.unit in asked_now),
        *(one for due in coming for one in _of_deadline(facts, due, Colour.BLUE, today)),
    ]
    named = dict.fromkeys(one.unit for one in found)
    order = {unit.name: place for place, unit in enumerate(facts.plan.roster.units)}
    units = sorted(named, key=lambda unit: order.get(unit, len(order)))
    return [one for unit in units for one in _each_task_once(found) if one.unit == unit]


def _each_task_once(found: Iterable[Matter]) -> list[Matter]:
    """Return matters, those of one task that a unit is behind with as one, with all its reasons."""
    whole = dict[object, Matter]()
    for place, one in enumerate(found):
        key = (one.unit, one.colour, one.task) if one.task else place
        said = whole.get(key)
        whole[key] = replace(said, since=f"{said.since}；{one.since}") if said else one
    return [*whole.values()]


def supervision_content(
    facts: PeriodFacts, unit: str, colour: Colour, owed: Sequence[Matter], today: date
) -> Content:
    """Return the paper of one colour for a unit: what is owed, who signs, and a slip to return."""
    issuer = printable(facts.plan.settings.issuer)
    title = printable(facts.plan.settings.title)
    how = {Colour.RED: "已经逾期", Colour.YELLOW: "进展滞后", Colour.BLUE: "临近时限"}[colour]
    whose = f"《{title}》中由贵单位办理的下列{len(owed)}项事项{how}"
    opening = f"截至{chinese_date(today)}，{whose}："
    items = [f"{number}. {one.what}（{one.since}）。" for number, one in enumerate(owed, 1)]
    said = [*(Paragraph(Kind.BODY, text) for text in (opening, *items, _ASKED[colour]))]
    return Content(
        name=f"{facts.period.label}督办单（{unit}，{colour.value}）",
        period=facts.period.label,
        title=(f"督办单（{colour.means}）",),
        title_ink=colour.ink,
        body=(*said, Paragraph(Kind.FIELD, f"签发人：{'　' * 8}")),
        issuer=issuer,
        dated=None,
        addressee=unit,
        slip=_slip(owed),
        spare=True,
    )


def _slip(owed: Sequence[Matter]) -> Attachment:
    """Return the slip on which the unit answers, a row a matter."""
    columns = (("序号", 660, True), ("督办事项", 3600, False), ("办理情况", 3084, False))
    return Attachment(
        "督办回执",
        tuple(AttachmentColumn(*one) for one in (*columns, ("办结日期", 1500, True))),
        tuple((str(number), one.what, "\n\n", "") for number, one in enumerate(owed, 1)),
        note="单位（盖章）：　　　　　　　主要负责人签字：　　　　　　年　　月　　日",
    )


def _of_deadline(facts: PeriodFacts, due: Due, colour: Colour, today: date) -> Iterator[Matter]:
    # What comes every year may be owed of several, and the slip has no other day.
    year = f"（{due.day.year}年）" if isinstance(due.deadline.when, Recurrence) else ""
    which = f"{called_task(facts.plan, due.task)}{due.deadline.item}{year}"
    what = f"{which}：{matter_of(due)}"
    days = (today - due.day).days
    late = f"，已逾期{days}天" if colour is Colour.RED and days > 0 else ""
    since = f"时限{chinese_date(due.day)}{late}"
    for name in due.task.answering:
        for unit in facts.plan.roster.reporters(name):
            if calls_done(facts, due.task, unit):
                continue  # another that answers for the task does not say so
            yield Matter(unit, colour, what, since)


def _deadlines(
    facts: PeriodFacts, today: date, closed: Sequence[Closing]
) -> tuple[list[Due], list[Due]]:
    """Return the open deadlines that have passed and are not called done, and those to come.

    What was to come when the period ended may have passed by today, when the paper is written.
    """
    near = [one for one in due_soon(facts.plan, facts.period, today) if one.coming]
    since = [one for one in near if one.day < today and not called_done(facts, one)]
    passed = _still_open([*overdue(facts), *since], closed)
    return [*passed], [one for one in _still_open(near, closed) if one.day >= today]


def _still_open(dues: Iterable[Due], closed: Sequence[Closing]) -> Iterator[Due]:
    """Yield the deadlines that no closing is about."""
    for due in dues:
        if not any(covers(one, due.task.key, due.deadline.item, due.day) for one in closed):
            yield due


def _of_return(
    facts: PeriodFacts, line: UnitStatus, today: date, closed: Set[str]
) -> Iterator[Matter]:
    """Yield what a unit owes of the period's returns: all of it, or single tasks."""
    if line.state is State.ATTENTION:
        return
    due = facts.plan.due(facts.period)
    days = (today - due).days
    until = f"截止{chinese_date(due)}"
    if line.state is State.MISSING:
        came = f"（{line.came.label}）" if line.came else ""
        if days > 0:
            what = f"{facts.period.label}进展情况未报送{came}"
            yield Matter(line.unit, Colour.RED, what, f"{until}，已逾期{days}天")
        else:
            what = f"{facts.period.label}进展情况尚未报送{came}"
            yield Matter(line.unit, Colour.BLUE, what, until)
    elif line.incomplete:
        colour, yet = (Colour.YELLOW, "未") if days > 0 else (Colour.BLUE, "尚未")
        for task in _not_reported(facts, line.unit):
            if task.key not in closed:
                which = f"{called_task(facts.plan, task)}：{goal_of(task)}"
                what = f"{which}，{facts.period.label}{_left_blank(facts, line.unit, task, yet)}"
                yield Matter(line.unit, colour, what, until, task.key)


def _left_blank(facts: PeriodFacts, unit: str, task: Task, yet: str) -> str:
    """Return what a unit has not done: a month that stands in for its quarter is a report."""
    month = next((progress_of(one) for one in facts.on(task) if one.unit == unit), None)
    stands_in = month and month.entry.period != facts.period
    return f"填报表{yet}填该项" if stands_in else f"{yet}报送进展"


def _not_reported(facts: PeriodFacts, unit: str) -> Iterator[Task]:
    """Yield the open tasks of which a unit's return says nothing, not even that it is done."""
    closed = closed_tasks(facts.plan, facts.period)
    for task, _ in facts.plan.assignments(facts.period).get(unit, ()):
        asked = facts.asked_in(facts.period, unit, task) and task.key not in closed
        told = (unit, task.key) in facts.reported or unit in told_since(facts, task)
        if asked and not told and not calls_done(facts, task, unit):
            yield task


def _without_progress(facts: PeriodFacts, today: date, closed: Set[str]) -> Iterator[Matter]:
    """Yield the open tasks of which a unit reported, but no progress (`without_progress`)."""
    colour = Colour.YELLOW if today > facts.plan.due(facts.period) else Colour.BLUE
    for task, one in without_progress(facts):
        if task.key not in closed:
            what = f"{called_task(facts.plan, task)}：{goal_of(task)}"
            said = f"{facts.period.label}报送中没有进展"
            yield Matter(one.unit, colour, what, said, task.key)


def _behind(facts: PeriodFacts, closed: Set[str]) -> Iterator[Matter]:
    """Yield the open tasks that a lead itself called behind, or not begun, and not done since.

    What it calls them by now stands behind it.
    """
    for task, one, _ in lagging(facts):
        if task.key not in closed and not calls_done(facts, task, one.unit):
            what = f"{called_task(facts.plan, task)}：{goal_of(task)}"
            said = [one, said_since(facts, task, one.unit)]
            since = "，".join(_stated(facts, each) for each in said if each)
            yield Matter(one.unit, Colour.YELLOW, what, since, task.key)


def _stated(facts: PeriodFacts, one: Contribution) -> str:
    return f"{called(facts, one.stated_in)}填报为{one.entry.state.strip()}"
