"""Sheet 分工方案 → tasks, with what is wrong in it."""

import difflib
import unicodedata
from collections.abc import Mapping, Sequence

from edu_sheet.plan import keys, layout
from edu_sheet.plan.table import number_of
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
from edu_sheet.words.plan import Task
from edu_sheet.words.text import tidy

_CLOSE = 0.5  # of difflib; 县教育居 finds 县教育局, 新华书店 finds nothing


def read_tasks(
    located: Located,
    spellings: Mapping[str, str] | None,
    columns: Sequence[Column],
    to: Findings,
) -> tuple[Task, ...]:
    """Return the tasks in the order of the sheet; rows without a usable 序号 are only reported.

    `columns` are the plan's, as `layout.as_issued` gives them. Without spellings (there is no
    roster to be had) names are not checked.
    """
    lines = task_lines(located)
    _report_stray(located, lines, to)
    if not lines:
        to.error("empty_plan", located.name, "“分工方案”表里没有任务，请在表头下面逐行填写")
    own = keys.assign(keyed(lines))
    _report_keys(located, lines, own, to)
    seen: dict[int, int] = {}
    tasks = []
    for line, key in zip(lines, own, strict=True):
        _report_texts(located, line, to)
        if spellings is not None:
            _report_units(located, line, spellings, to)
        number = _number(located, line, seen, to)
        if number is not None:
            tasks.append(task(number, texts(line), key, spellings or {}, columns))
    return tuple(tasks)


def task_lines(located: Located) -> tuple[Line, ...]:
    """Return the lines that are tasks: all but remarks that stand in a cell of their own."""
    return tuple(
        line
        for line in located.lines
        if any(line.values.get(column) for column in layout.texts_in(located.columns))
        or number_of(line.text(NUMBER)) is not None
    )


def task_places(located: Located) -> dict[tuple[str, str], str]:
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


def _number(located: Located, line: Line, seen: dict[int, int], to: Findings) -> int | None:
    where = located.place(line, NUMBER)
    text = line.text(NUMBER)
    number = number_of(text)
    if not text.strip():
        to.error("missing_number", where, "缺少序号，请补填（每项任务一个序号，不能重复）")
    elif number is None:
        to.error(
            "malformed_number", where, f"序号“{text.strip()}”不是数字，请改成 1、2、3 这样的数字"
        )
    elif number in seen:
        to.error(
            "duplicate_number", where, f"序号 {number} 与第{seen[number]}行重复，请改成不同的序号"
        )
    else:
        seen[number] = line.row
        return number
    return None


def _report_texts(located: Located, line: Line, to: Findings) -> None:
    for column, code in ((GOAL, "no_goal"), (LEAD, "no_lead")):
        if column in located.columns and not line.text(column):
            to.error(code, located.place(line, column), f"缺少{column.header}，请补填")
    if REQUIREMENTS in located.columns and not line.text(REQUIREMENTS):
        to.doubt("no_requirements", located.place(line, REQUIREMENTS), "没有填具体要求，请核对")
    if line.text(PROGRESS):
        to.doubt(
            "progress_in_plan",
            located.place(line, PROGRESS),
            "方案里的“进展情况”不会被采用，进展请填在下发的填报表里",
        )


def _report_units(located: Located, line: Line, spellings: Mapping[str, str], to: Findings) -> None:
    held = texts(line)
    for column in (LEAD, RESPONSIBLE):
        for piece in units.pieces(held.get(column.field, ""), spellings):
            if piece.unit is None:
                to.error(
                    "unknown_unit",
                    located.place(line, column),
                    f"“{piece.text}”不在单位名录中{_closest(piece.text, spellings)}。"
                    "请改正，或在“单位名录”中增加该单位，或填为某单位的别名",
                )


def _closest(name: str, spellings: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(name, spellings, n=3, cutoff=_CLOSE)
    named = dict.fromkeys(spellings[spelling] for spelling in near)
    return f"，是不是{'、'.join(f'“{one}”' for one in named)}？" if named else ""


def _report_stray(located: Located, lines: Sequence[Line], to: Findings) -> None:
    for line in located.lines:
        if line not in lines and line.text(NUMBER):
            text = tidy(line.text(NUMBER))
            to.doubt(
                "stray_text",
                located.place(line, NUMBER),
                f"“{text[:20]}”不是任务，不会下发；如是任务，请补全序号和各列",
            )


def _report_keys(located: Located, lines: Sequence[Line], own: Sequence[str], to: Findings) -> None:
    for line, key in zip(lines, own, strict=True):
        carried = line.plain(KEY)
        if carried and carried != key:
            to.doubt(
                "duplicate_key",
                located.place(line, KEY),
                f"第{line.row}行带着另一行的任务键（可能是复制的行），已当作新任务另给任务键",
            )
