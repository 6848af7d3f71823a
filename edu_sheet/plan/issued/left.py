"""Passages of prose that became no part of a task: headings, missed tasks, the rest. Pure."""

import re

from edu_sheet.plan.issued.annexes import enter_annex_in_gap, points_of_notice
from edu_sheet.plan.issued.assembly import Assembly, divided
from edu_sheet.plan.issued.draft import Headings, Left
from edu_sheet.plan.issued.headings import ANNEX
from edu_sheet.plan.issued.meaning import Meaning
from edu_sheet.plan.issued.ordinals import DEPTH, value_of
from edu_sheet.plan.issued.passages import GOAL_LENGTH, Passage
from edu_sheet.plan.issued.roles import is_deadline, only_units
from edu_sheet.plan.issued.spoken import speaks_of_duty
from edu_sheet.words.text import bare

_NOTE = re.compile(r"[（(]?注\s*\d?\s*[：:]")  # it is shown, and says nothing of who answers
_CLOSES = re.compile("解释|施行|印发|^请|各[单部地乡镇]")  # what is said to all, at the end
_IN_FORCE = re.compile(r"负责解释|(?:之日|\d日)起(?:施行|实施|执行)")  # the last article of a rule


def leave_gap(assembly: Assembly, before: Passage | None) -> None:
    """Deal with paragraphs that nobody answers for: headings, tasks without units, the rest.

    What is numbered right below a task may be a part of it.
    """
    below = assembly.task is not None
    points = [] if assembly.read.tasks else points_of_notice(assembly.gap)
    for at, item in enumerate(assembly.gap):
        if ANNEX.fullmatch(bare(item.whole)):
            enter_annex_in_gap(assembly, assembly.gap[at + 1 : at + 2])
        below = below and (not item.label or item.depth > assembly.depth)
        if item.said is not None and (item.said.names_units or assembly.read.tasks):
            assembly.read.left.append(Left(item.place, "没有用到的单位行", item.whole, ask=True))
        elif item.said is not None:
            assembly.read.left.append(Left(item.place, "正文", item.whole))  # 发布时间：…
        elif _missed(assembly, item, before):
            draft = assembly.begin(item, [])
            draft.doubt(Meaning.DUTY, "这一段编了号，却没有写单位：是不是一项任务？")
        elif item.heads:
            assembly.headings.add(item.depth, item.numbered)
            assembly.read.left.append(Left(item.place, "标题", item.whole, ask=below))
        else:
            first, rest = divided(item.text)
            if any(one is item for one in points):
                assembly.headings = Headings()
            elif rest and item.label and item.depth < DEPTH.get(assembly.style, 0):
                assembly.headings.add(item.depth, item.label + first)  # （一）企业开办。方便…
            ask = _near(assembly, item) or (
                below
                and not (before is None and _NOTE.match(item.text))
                and _part_of_task(assembly, item, before)
            )
            assembly.read.left.append(Left(item.place, "正文", item.whole, ask=ask))
    assembly.gap = []


def _missed(assembly: Assembly, item: Passage, before: Passage | None) -> bool:
    """Return whether a numbered paragraph without units stands in the row of the tasks."""
    if not item.label or item.style != assembly.style or not item.text:
        return False
    if _IN_FORCE.search(item.text):
        return False
    value = value_of(item.label)
    if not assembly.read.tasks or assembly.task is None:
        follows = value_of(before.label) if before and before.style == item.style else None
        return value is not None and follows is not None and value < follows
    last = value_of(assembly.read.tasks[-1].label)
    return before is not None or (value is not None and value == (last or 0) + 1)


def _part_of_task(assembly: Assembly, item: Passage, before: Passage | None) -> bool:
    """Return whether a text below a task may say more of it, or be another."""
    between = before is not None and before.style == assembly.style
    sentence = item.text.endswith("。") and not _CLOSES.search(item.text)
    units = only_units(item.text) or is_deadline(item.text)  # what goes on from the line above
    return bool(item.label) or bool(assembly.over) or between or sentence or units


def _near(assembly: Assembly, item: Passage) -> bool:
    """Return whether a text stands between tasks, where a task may have been missed."""
    long = bool(assembly.read.tasks) and len(item.text) > GOAL_LENGTH
    return long or bool(item.asked) or speaks_of_duty(item.whole)
