"""Sheet 一览: one line a task, on a page or two for the meeting; nothing in it is for editing."""

from collections.abc import Container, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import TYPE_CHECKING

from edu_sheet.facts.period import NO_PROGRESS, REPORTED
from edu_sheet.kit.clock import chinese_date
from edu_sheet.kit.row_height import LIMIT, row_height
from edu_sheet.master.layout import as_issued, who_answers
from edu_sheet.master.sheets.main import numbered
from edu_sheet.master.sheets.sheet import A4, Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.rules.closings import CLOSED, closed_tasks
from edu_sheet.rules.deadlines import (
    Due,
    closing_by,
    due_soon,
    each_once,
    open_days,
    passed_in_words,
    when_text,
)
from edu_sheet.rules.lights import COLOURS, UNKNOWN, of_task
from edu_sheet.rules.progress import Contribution, answers
from edu_sheet.rules.standing import Standing
from edu_sheet.words.columns import GOAL, LEAD, NUMBER, STATE, Column
from edu_sheet.words.period import Period, Quarter
from edu_sheet.words.plan import Deadline, Light, Recurrence, Task
from edu_sheet.words.returns import CLAIMED_BOUNCE, Came, State, UnitStatus
from edu_sheet.words.sheets import DEADLINES_SHEET, GLANCE_SHEET, MISSING_SHEET

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from edu_sheet.kit.xlsx_rows import Cell

_SIZE = 11.0
_LEAST = 24.0  # points of a row
_MOST_NAMED = 6  # units of a task that are missing, by name; more are counted
_FEW = 3  # members of a group, likewise
_STATE = Column(STATE.field, STATE.header, 9)
_COLUMNS = (
    Column("number", NUMBER.header, 6),
    Column("goal", GOAL.header, 42),
    Column("lead", LEAD.header, 22),
    _STATE,
    Column("last", "最近报送", 25),
    Column("missing", "谁没有报", 44),
    Column("next", "下一时限（具体要求第几项）", 27),
)
_LEFT = {"goal", "missing"}


def write_glance(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet; 完成状态 stands in it where the period's forms asked for it."""
    sheet = book.add_worksheet(GLANCE_SHEET)
    asks = source.plan.settings.asks_state(source.period)
    shown = [one for one in _COLUMNS if one is not _STATE or asks]
    columns = as_issued(shown, source.plan)
    as_of = source.made_on.date() if source.made_on else None
    line = (
        (3, f"期次：{source.period.label}{_whole(source.period)}", "left"),
        (len(columns) - 3, f"收件截至：{chinese_date(as_of)}", "right"),
    )
    begin(sheet, styles, columns, f"《{source.plan.settings.title}》一览", line)
    widths = [column.width for column in columns]
    for texts in _lines(source):
        said = [texts[column.field] for column in columns]
        cells: list[Cell] = []
        for column, text in zip(columns, said, strict=True):
            fill = (
                {"bg_color": _FILLS[text]} if column.field == STATE.field and text in _FILLS else {}
            )
            align = {} if column.field in _LEFT else {"align": "center"}
            style = styles.cell(_SIZE, valign="vcenter", **align, **fill)
            cells.append((numbered(text) if column.field == NUMBER.field else text, style))
        height = row_height(zip(said, widths, strict=True), _SIZE, _LEAST, most=LIMIT)
        sheet.add_row(cells, min(height, LIMIT))
    sheet.ignore_errors({"number_stored_as_text": f"A1:G{sheet.next_row}"})
    finish(sheet, columns, frozen=2, paper=A4, note=_READ_ONLY)


_FILLS = {CLOSED: COLOURS[Light.DONE]} | {light.value: one for light, one in COLOURS.items()}
_READ_ONLY = "本表由程序每次重写；要改文字请改“总表”"


def _whole(period: Period) -> str:
    """Return what 谁没有报 means of a quarter: who left out a month alone stands elsewhere."""
    if not isinstance(period, Quarter):
        return ""
    return f"（谁没有报：整个季度都没有报的；各月的见“{MISSING_SHEET}”）"


def _lines(source: Source) -> Iterator[dict[str, str]]:
    due: dict[str, list[Due]] = {}
    for one in due_soon(source.plan, source.period, source.facts.today):
        due.setdefault(one.task.key, []).append(one)
    yearly: dict[str, list[Deadline]] = {}
    for deadline in each_once(source.plan):
        again = _comes_again(deadline.when, source.period)
        if again and closing_by(source.plan, source.period, deadline, None) is None:
            yearly.setdefault(deadline.task, []).append(deadline)
    coming = open_days(source.plan, source.period, source.facts.today)
    closed = closed_tasks(source.plan, source.period)
    for task in source.plan.tasks:
        light = of_task(task, source.own_voices[task.key])
        own = due.get(task.key, ()), coming.get(task.key, ()), yearly.get(task.key, ())
        ended = task.key in closed
        heard = source.progress(task, source.period)
        asked = {
            unit for unit in source.plan.reporters(task) if source.facts.was_asked_of(unit, task)
        }
        none = "—" if source.facts.unasked(task) else UNKNOWN
        yield {
            "number": source.numbers[task.key],
            "goal": task.goal,
            "lead": who_answers(task, source.plan),
            "state": CLOSED if ended else light.value if light else none,
            "last": _last(source, task, asked, heard),
            "missing": "—" if ended else _missing(source, task, asked, heard),
            "next": CLOSED if ended else _next(*own),
        }


def _last(source: Source, task: Task, asked: Set[str], heard: Mapping[str, Period]) -> str:
    """Return the last period in which anybody reported, and how many of those asked did.

    A group counts as one: it reported when any of its members has.
    """
    if heard:
        groups = [units for _, units in _groups(source, task) if not asked.isdisjoint(units)]
        came = sum(1 for units in groups if not heard.keys().isdisjoint(units))
        return f"{max(heard.values(), key=_when).label}\n{len(groups)}个单位报{came}个"
    earlier = (one for one in source.facts.texts if one.last <= source.period.last)
    for period in sorted(earlier, key=_when, reverse=True):
        if told := source.progress(task, period):
            return f"{max(told.values(), key=_when).label}\n（本期没有）"
    if source.facts.awaited(task):
        return "待核实"
    filled = any(one.returned or one.stated_alone for one in source.own_voices[task.key])
    return "没有报送进展" if filled else "没有报送"


def _when(period: Period) -> tuple[date, bool]:
    return period.last.day(None), isinstance(period, Quarter)


def _groups(source: Source, task: Task) -> list[tuple[str, tuple[str, ...]]]:
    """Return who reports on a task, leads first: its name in the plan, and its members."""
    names = dict.fromkeys((*task.leads, *task.responsible))
    return [(name, source.plan.roster.reporters(name)) for name in names]


def _missing(source: Source, task: Task, asked: Set[str], heard: Mapping[str, Period]) -> str:
    """Return who was asked and said nothing; of a quarter also whose lead's own text is missing."""
    stated = {
        one.unit
        for one in source.own_voices[task.key]
        if one.stated_alone or (one.spoken and one.returned)
    } - heard.keys()
    told = []
    for name, units in _groups(source, task):
        wanted = [unit for unit in units if unit in asked]
        silent = [unit for unit in wanted if unit not in heard]
        if silent and units == (name,):
            told.append(_with_came(source, task, name, stated))
        elif silent and len(silent) == len(wanted):
            told.append(f"{name}{len(silent)}个")
        elif silent:
            few = "、".join(_with_came(source, task, unit, stated) for unit in silent[:_FEW])
            few += "等" if len(silent) > _FEW else ""
            told.append(f"{name}{len(wanted)}个中的{len(silent)}个（{few}）")
    told += _heard_from_a_month(source, task, heard)
    named = "、".join(told[:_MOST_NAMED])
    more = f"等{len(told)}个，见“{MISSING_SHEET}”" if len(told) > _MOST_NAMED else ""
    return named + more or "—"


def _heard_from_a_month(source: Source, task: Task, heard: Container[str]) -> Iterator[str]:
    """Yield who answers for a task and was asked for its quarter, but is heard from a month.

    With what came of it, and what stands instead: 县教育局（季度待核实，用12月的）.
    """
    lines = {one.unit: one for one in source.facts.statuses.get(source.period, ())}
    for one in source.own_voices[task.key] if isinstance(source.period, Quarter) else ():
        line = lines.get(one.unit)
        if one.unit not in heard or not answers(task, one) or one.former:
            continue
        if line and (one.spoken or one.unused) and one.entry.period != source.period:
            came = "另有新报送" if one.newer is not None else _came_of(source, task, line)
            yield f"{one.unit}（季度{came}，{_instead(one)}）"
        elif one.spoken and one.month:
            yield f"{one.unit}（季度{NO_PROGRESS}，{_instead(one.month)}）"


def _instead(one: Contribution) -> str:
    """Return what stands of a unit that is heard from a month, or the clerk has made of it."""
    month = one.entry.period.label.split("年", 1)[1]
    if one.unused:
        return f"{month}的汇总时未采用"
    return one.told_in if one.by_hand else f"用{month}的"


def _came_of(source: Source, task: Task, line: UnitStatus) -> str:
    if line.state is State.MISSING and line.came is None:
        return "未报"
    if line.came in (Came.OTHER_FORM, Came.MAIL):
        return f"报的是{line.came.label}"
    if line.came:
        return line.came.label
    own = source.facts.texts.get(source.period, Standing())
    key = line.unit, task.key
    return NO_PROGRESS if key in own or key in own.states else "没有填该项"


def _with_came(source: Source, task: Task, unit: str, stated: Set[str]) -> str:
    """Return a unit without a text, and what it sent, if that gave none: 县民政局（待核实）."""
    came = source.facts.came_of(unit, task)
    if unit in stated and not source.facts.awaits(unit, task):
        came = NO_PROGRESS
    if came == "" and unit in source.facts.returned:
        return f"{unit}（邮件被退回）"
    if came == "" and source.facts.claimed_bounce(unit):
        return f"{unit}（{CLAIMED_BOUNCE}）"
    if came == NO_PROGRESS and not isinstance(source.period, Quarter):
        came = "没有填写进展"  # a month's form has no 进展成效
    return f"{unit}（{came}）" if came not in ("", REPORTED) else unit


def _next(
    near: Sequence[Due], coming: Sequence[tuple[date, str]], yearly: Sequence[Deadline]
) -> str:
    """Return the next open day of a task, and how many have passed; 已办结 if all are closed."""
    told = []
    if coming:
        day = coming[0][0]
        items = "".join(sorted({item for when, item in coming if when == day}))
        told.append(chinese_date(day) + (f"（{items}）" if items else ""))
    else:
        told += [f"{when_text(one.when)}（{one.item}）" for one in yearly[:1] if one.item]
    if any(one.missed for one in near):
        told.append(f"{passed_in_words(near, named=True)}，见“{DEADLINES_SHEET}”")
    if near and not told and all(one.closing for one in near):
        return CLOSED
    return "\n".join(told) or "—"


def _comes_again(when: date | Recurrence | None, period: Period) -> bool:
    """Return whether days that come every year still come after a period."""
    if not isinstance(when, Recurrence):
        return False
    end = period.last.day(None)
    last = (when.last_year or date.max.year, *max(when.days))
    return last > (end.year, end.month, end.day)
