"""Sheet 分工方案 → tasks, with what is wrong in it."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from edu_sheet.plan import keys, layout
from edu_sheet.plan.issued.matrix import is_mark
from edu_sheet.plan.issued.ordinals import is_label, number_of, numbered
from edu_sheet.plan.issued.placeholders import says_nothing
from edu_sheet.plan.tasks import task
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.rules import units
from edu_sheet.rules.units import tidy_list
from edu_sheet.words.columns import (
    GOAL,
    KEY,
    LEAD,
    NUMBER,
    PROGRESS,
    REQUIREMENTS,
    RESPONSIBLE,
    Column,
)
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Roster, Task, Unit
from edu_sheet.words.settings import LeadRule, Settings
from edu_sheet.words.text import bare, tidy

_FEW = 5  # one in so many without 具体要求 may be a slip; where more have none, the plan has none
_HELPS = re.compile(r"[（(](?:配合|协办|协助|参与|参加)[^（）()]{0,4}[）)]$")
_CLOSE = 0.5  # of difflib; 县教育居 finds 县教育局, 新华书店 finds nothing


def read_tasks(
    located: Located,
    spellings: Mapping[str, str] | None,
    columns: Sequence[Column],
    settings: Settings | None,
    to: Findings,
) -> tuple[Task, ...]:
    """Return the tasks in the order of the sheet; rows without a usable 序号 are only reported.

    `columns` are the plan's, as `layout.as_issued` gives them. Without spellings (there is no
    roster to be had) names are not checked.
    """
    lines = task_lines(located)
    _report_stray(located, lines, to)
    if not lines:
        to.add("empty_plan", located.whole)
    own = keys.assign(keyed(lines))
    _report_keys(located, lines, own, to)
    rule = _rule(located, lines, settings.leads if settings else LeadRule.EACH, to)
    labels = [_label(located, line, to) for line in lines]
    allowed = settings is not None and settings.same_numbers
    _report_same(located, lines, labels, to, allowed=allowed)
    tasks = []
    numbers = numbered(labels)
    empty = sum(not line.text(REQUIREMENTS) for line in lines)
    asked = empty * _FEW <= len(lines)
    if told := [line for line in lines if line.text(PROGRESS)]:
        to.add("progress_in_plan", located.place(told[0], PROGRESS), count=len(told))
    for line, key, label, number in zip(lines, own, labels, numbers, strict=True):
        _report_texts(located, line, rule, to)
        if asked and not line.text(REQUIREMENTS):
            to.add("no_requirements", located.place(line, REQUIREMENTS))
        if spellings is not None:
            _report_units(located, line, spellings, to)
        if label:
            held = _with_lead(texts(line), rule, spellings or {})
            held |= {PROGRESS.field: tidy(line.text(PROGRESS))}
            tasks.append(task(number, held, key, spellings or {}, columns, label))
    return tuple(tasks)


def _rule(located: Located, lines: Sequence[Line], leads: LeadRule, to: Findings) -> LeadRule:
    """Return what holds for tasks without a lead; a plan that names none at all is asked once."""
    without = [line for line in lines if not line.text(LEAD)]
    whole = bool(lines) and len(without) == len(lines) and LEAD in located.columns
    helpers = layout.helpers_alone(located.headers.get(RESPONSIBLE, ""))
    open_ = leads is LeadRule.OPEN or (leads is LeadRule.FIRST and bool(helpers))
    if open_ or (leads is LeadRule.EACH and whole and len(lines) > 1):
        if without:
            code = "plan_without_leads:helpers" if helpers else "plan_without_leads"
            where = located.place(without[0], LEAD)
            to.add(code, where, count=len(without), of=len(lines), header=helpers)
        return LeadRule.OPEN
    return leads


def _with_lead(
    held: dict[str, str], rule: LeadRule, spellings: Mapping[str, str]
) -> dict[str, str]:
    """Return a row's texts, its first responsible unit as lead where that is the rule.

    One that is said to help (县财政局（配合）) leads nothing.
    """
    responsible = held.get(RESPONSIBLE.field, "")
    helps = _HELPS.search(re.split("[、，,；;\n]", responsible)[0].strip())
    if rule is LeadRule.FIRST and not held.get(LEAD.field) and responsible and not helps:
        first = units.split(responsible, spellings)[:1]
        return held | {LEAD.field: "".join(first)}
    return held


def with_typed(roster: Roster, located: Located, to: Findings) -> Roster:
    """Return the roster with the units that are typed into tasks and that it lacks, each told.

    Only what is named like a unit, and is not one character apart from one that is listed; all
    else stays an error.
    """
    known = dict(roster.spellings())
    added: list[Unit] = []
    for line in task_lines(located):
        held = texts(line)
        for column in (LEAD, RESPONSIBLE):
            for piece in units.pieces(held.get(column.field, ""), known):
                slip = any(_one_apart(piece.text, one) for one in roster.spellings())
                if piece.unit is None and units.is_unit_name(piece.text) and not slip:
                    known[piece.text] = piece.text
                    key = keys.of_unit(piece.text)
                    added.append(Unit(piece.text, group=units.is_group(piece.text), key=key))
                    near = _closest(piece.text, roster.spellings())
                    where = located.place(line, column)
                    to.add("unit_added", where, unit=piece.text, near=near)
    to.typed += [unit.name for unit in added]
    return Roster((*roster.units, *added)) if added else roster


def _one_apart(one: str, other: str) -> bool:
    """Return whether two names differ in one character: mostly a slip of the finger."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def task_lines(located: Located) -> tuple[Line, ...]:
    """Return the lines that are tasks: all but remarks that stand in a cell of their own."""
    return tuple(
        line
        for line in located.lines
        if not is_example(line)
        and (
            any(line.values.get(column) for column in layout.texts_in(located.columns))
            or is_label(line.text(NUMBER))
        )
    )


def is_example(line: Line) -> bool:
    """Return whether a line is one of the examples of an empty plan workbook."""
    return bare(line.text(NUMBER)).startswith(layout.EXAMPLE)


def task_places(located: Located) -> dict[tuple[str, str], Place]:
    """Return where each column of each task stands, by the task's key and the column's field."""
    lines = task_lines(located)
    return {
        (key, column.field): located.place(line, column)
        for line, key in zip(lines, keys.assign(keyed(lines)), strict=True)
        for column in located.columns
    }


def keyed(lines: Sequence[Line]) -> list[keys.Keyed]:
    """Return what the keys of those lines follow from."""
    found = []
    for line in lines:
        held = texts(line)
        goal, requirements = (held.get(column.field, "") for column in (GOAL, REQUIREMENTS))
        found.append(keys.Keyed(line.plain(KEY), keys.of_task(goal, requirements)))
    return found


def texts(line: Line) -> dict[str, str]:
    """Return a line's texts by their column's field, tidied; empty ones are left out."""
    return {
        column.field: (tidy_list if column.names else tidy)(
            unicodedata.normalize("NFC", line.text(column))
        )
        for column in layout.texts_in(line.values)
    }


def _label(located: Located, line: Line, to: Findings) -> str:
    """Return a task's number as issued, "" where none is usable."""
    where = located.place(line, NUMBER)
    text = tidy(line.text(NUMBER))
    if not text:
        to.add("missing_number", where)
    elif not is_label(text):
        to.add("malformed_number", where, text=text)
    else:
        plain = number_of(text)
        return str(plain) if plain is not None and bare(text)[:1].isdigit() else text
    return ""


def _report_same(
    located: Located, lines: Sequence[Line], labels: list[str], to: Findings, *, allowed: bool
) -> None:
    """Note numbers that stand twice: the forms show them as issued, whose a row is its key says."""
    seen: dict[str, int] = {}
    again: list[tuple[Line, str]] = []
    for line, label in zip(lines, labels, strict=True):
        if label and bare(label) in seen:
            again.append((line, label))
        elif label:
            seen[bare(label)] = line.row
    if allowed and again:  # nothing to mend: told once
        numbers = "、".join(dict.fromkeys(label for _, label in again))
        first = located.place(again[0][0], NUMBER)
        to.add("duplicate_number:allowed", first, number=numbers, count=len(again))
        return
    for line, label in again:
        row = seen[bare(label)]
        to.add("duplicate_number", located.place(line, NUMBER), number=label, row=row)


def _report_texts(located: Located, line: Line, rule: LeadRule, to: Findings) -> None:
    if GOAL in located.columns and not line.text(GOAL):
        to.add("no_goal", located.place(line, GOAL), header=GOAL.header)
    if not line.text(LEAD) and not line.text(RESPONSIBLE) and rule is not LeadRule.EACH:
        to.add("no_unit", located.place(line, RESPONSIBLE))
    elif LEAD in located.columns and not line.text(LEAD) and rule is LeadRule.EACH:
        to.add("no_lead", located.place(line, LEAD), header=LEAD.header)


def _report_units(located: Located, line: Line, spellings: Mapping[str, str], to: Findings) -> None:
    held = texts(line)
    for column in (LEAD, RESPONSIBLE):
        text = held.get(column.field, "")
        if is_mark(text) and not says_nothing(text):
            to.add("no_unit:mark", located.place(line, column), text=text)
        for piece in units.pieces(text, spellings):
            if piece.unit is None:
                near = _closest(piece.text, spellings)
                where = located.place(line, column)
                to.add("unknown_unit:plan", where, text=piece.text, near=near)


def _closest(name: str, spellings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the units whose names are most like a text."""
    near = difflib.get_close_matches(name, spellings, n=3, cutoff=_CLOSE)
    return tuple(dict.fromkeys(spellings[spelling] for spelling in near))


def _report_stray(located: Located, lines: Sequence[Line], to: Findings) -> None:
    for line in located.lines:
        if line not in lines and line.text(NUMBER) and not is_example(line):
            text = tidy(line.text(NUMBER))
            where = located.place(line, NUMBER)
            to.add("stray_text:plan", where, text=text)


def _report_keys(located: Located, lines: Sequence[Line], own: Sequence[str], to: Findings) -> None:
    for line, key in zip(lines, own, strict=True):
        carried = line.plain(KEY)
        if carried and carried != key:
            to.add("duplicate_key", located.place(line, KEY), row=line.row)
