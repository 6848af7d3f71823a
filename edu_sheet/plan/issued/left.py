"""Passages of prose that became no part of a task: headings, missed tasks, the rest. Pure."""

import re

from edu_sheet.plan.issued.annexes import (
    demands_of_all,
    enter_annex_in_gap,
    points_of_notice,
    shall_all,
)
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
_CLOSES = re.compile("解释|施行|印发|^请|^特此|各[单部地乡镇]")  # what is said to all, at the end
_ARRANGES = re.compile(  # a chapter of what all tasks need: no plan divides it
    r"^[一二三四五六七八九十]{1,3}、(?:强化|加强)?(?:组织(?:领导|实施|保障)|(?:工作|组织|服务)?保障(?:措施|机制)?|(?:工作|有关|相关)要求"
    r"|(?:部门|单位|工作)?职责(?:分工)?)$"
)
_DATED = re.compile(r"\d月|月底|年底|季度")
_IN_FORCE = re.compile(r"负责解释|(?:之日|\d日)起(?:施行|实施|执行)")  # the last article of a rule


def leave_gap(assembly: Assembly, before: Passage | None) -> None:
    """Deal with paragraphs that nobody answers for: headings, tasks without units, the rest.

    What is numbered right below a task may be a part of it.
    """
    below = assembly.task is not None
    points = [] if assembly.read.tasks else points_of_notice(assembly.gap)
    last = assembly.read.tasks[-1].label if assembly.read.tasks else ""
    for at, item in enumerate(assembly.gap):
        row = _in_row(assembly, item, before, last)
        last = item.label if row else last
        if ANNEX.fullmatch(bare(item.whole)):
            enter_annex_in_gap(assembly, assembly.gap[at + 1 : at + 2])
        below = below and (not item.label or item.depth > assembly.depth)
        if item.said is not None and (item.said.names_units or assembly.read.tasks):
            assembly.read.left.append(Left(item.place, "没有用到的单位行", item.whole, ask=True))
        elif item.said is not None:
            assembly.read.left.append(Left(item.place, "正文", item.whole))  # 发布时间：…
        elif row and not _no_task(assembly, item, before):
            draft = assembly.begin(item, [])
            if not item.asked:  # else that says why no unit was read
                draft.doubt(Meaning.DUTY, "这一段编了号，却没有写单位：是不是一项任务？")
        elif item.heads:
            asks = below or row or speaks_of_duty(item.whole)
            assembly.headings.add(item.depth, item.numbered)
            assembly.read.left.append(Left(item.place, "标题", item.whole, ask=asks))
        else:
            first, rest = divided(item.text)
            if any(one is item for one in points):
                assembly.headings = Headings()
            elif rest and item.label and _stands_over(assembly, item, before):
                assembly.headings.add(item.depth, item.label + first)  # （一）企业开办。方便…
            ask = (
                row
                or _near(assembly, item)
                or (
                    below
                    and not (before is None and _NOTE.match(item.text))
                    and _part_of_task(assembly, item, before)
                )
            )
            assembly.read.left.append(Left(item.place, "正文", item.whole, ask=ask))
    assembly.gap = []


def _in_row(assembly: Assembly, item: Passage, before: Passage | None, last: str) -> bool:
    """Return whether a numbered paragraph without units stands in the row of the tasks."""
    if not item.label or item.style != assembly.style or not item.text:
        return False
    value = value_of(item.label)
    if not assembly.read.tasks or assembly.task is None:
        follows = value_of(before.label) if before and before.style == item.style else None
        return value is not None and follows is not None and value < follows
    return before is not None or (value is not None and value == (value_of(last) or 0) + 1)


def _no_task(assembly: Assembly, item: Passage, before: Passage | None) -> bool:
    """Return whether a paragraph in the row of the tasks is plainly none."""
    if _IN_FORCE.search(item.text) or demands_of_all(item) or _measures_answer(item, before):
        return True
    return any(_ARRANGES.search(text) for _, text in assembly.headings.above)


def _measures_answer(item: Passage, before: Passage | None) -> bool:
    """Return whether what is numbered right below a paragraph says who answers."""
    below = before is not None and bool(before.label) and before.depth > item.depth
    return below and before is not None and before.said is not None and before.said.names_units


def _stands_over(assembly: Assembly, item: Passage, before: Passage | None) -> bool:
    return item.depth < DEPTH.get(assembly.style, 0) or _measures_answer(item, before)


def _part_of_task(assembly: Assembly, item: Passage, before: Passage | None) -> bool:
    """Return whether a text below a task may say more of it, or be another."""
    between = before is not None and before.style == assembly.style
    sentence = item.text.endswith("。") and not _CLOSES.search(item.text)
    units = only_units(item.text) or is_deadline(item.text)  # what goes on from the line above
    return bool(item.label) or bool(assembly.over) or between or sentence or units


def _near(assembly: Assembly, item: Passage) -> bool:
    """Return whether a text stands between tasks, where a task may have been missed."""
    to_all = not item.label and shall_all(item) and not _DATED.search(item.text)
    long = bool(assembly.read.tasks) and len(item.text) > GOAL_LENGTH and not to_all
    return long or bool(item.asked) or speaks_of_duty(item.whole)
