"""The annexes and plans of a notice: no heading of the notice holds in them. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from edu_sheet.plan.issued.assembly import Assembly
from edu_sheet.plan.issued.broken_titles import headlines, like_title, same_title, titles_named
from edu_sheet.plan.issued.draft import Headings, Left
from edu_sheet.plan.issued.headings import answers_below, heads_tasks
from edu_sheet.plan.issued.ordinals import value_of
from edu_sheet.plan.issued.passages import GOAL_LENGTH, Passage
from edu_sheet.words.text import bare

_ANNEX = re.compile(r"附件\s*[\d一二三四五六七八九十]{0,3}[：:]?")

_DAY = re.compile(r"(?:\d|[〇○零一二三四五六七八九]){4}年.{1,3}月.{1,3}日")
_DEMAND = re.compile(  # 一、压实责任。各牵头单位要… of a notice that all are sent
    r"[^。]{0,20}(?:重视|责任|领导|督[查办导]|落实|认识|意识|站位|组织|协[作同调]|配合|考核|调度|宣传|监督|问[责效]|保障)"
    r"[^。]{0,20}。"
)
_ALL_SHALL = re.compile(
    r"(?:各|牵头|责任|参与|配合|有关)[^。，]{0,10}(?:单位|部门|[县区]|乡镇|街道|地)[^。]{0,6}(?:要|应|须|需)"
)


def mark_titles(items: Sequence[Passage]) -> None:
    """Say of which passages the titles of plans are made.

    The notice names them, or the numbers below them begin with 1.
    """
    lines = [one.whole if one.said or not one.label else one.numbered for one in items]
    named = {same_title(one) for one in titles_named(lines)}
    at = 0
    for one in headlines(lines):
        end = at + len(one.lines)
        plain = not any(one.label or one.said or answers_below(one) for one in items[at:end])
        known = same_title(one.text) in named
        heads = like_title(one.text) and _begins_anew(items[end:])
        inner = at > 0 and items[at - 1].heads and items[at - 1].said is None
        if plain and (known or (heads and not inner)):
            items[at].title = one.text
            for item in items[at + 1 : end]:
                item.titled = True
        at = end


def _begins_anew(below: Sequence[Passage]) -> bool:
    first = next((one for one in below if one.label or one.title), None)
    return first is not None and value_of(first.label) == 1


def plans_with_tasks(items: Sequence[Passage]) -> list[str]:
    """Return the titles below which somebody answers for something."""
    begins = [at for at, one in enumerate(items) if one.title]
    held = [
        items[start].title
        for start, end in pairwise([*begins, len(items)])
        if any(one.said and one.said.names_units for one in items[start:end])
        or heads_tasks(items[start:end])
    ]
    return [*dict.fromkeys(held)]


def enter_plan(assembly: Assembly, item: Passage) -> None:
    """Let nothing that stands above a plan's title hold below; one of several heads its tasks."""
    assembly.task = assembly.over = assembly.head = None
    heads, assembly.annexed = assembly.annexed or item.title in assembly.plans, False
    assembly.headings = Headings()
    if heads:
        assembly.headings.add(-1, item.title)
        assembly.read.used.setdefault(bare(item.title), "用作类别")
        assembly.read.plans.append(item.title)
    assembly.read.left.append(Left(item.place, "标题", item.whole))


def closes_notice(item: Passage) -> bool:
    """Return whether a line is the day below a notice: what it says ends there."""
    return bool(_DAY.fullmatch(bare(item.whole)))


def shall_all(item: Passage) -> bool:
    """Return whether a passage begins with what all are told: 各地区、各部门要对照…."""
    return bool(_ALL_SHALL.match(item.text))


def demands_of_all(item: Passage) -> bool:
    """Return whether a passage demands of all what is no task: 切实增强意识。各部门要…."""
    return bool(_DEMAND.match(item.text) and _ALL_SHALL.search(item.text))


def points_of_notice(items: Sequence[Passage]) -> list[Passage]:
    """Return which passages say in a row what all units have to do, and head no tasks."""
    points = [one for one in items if one.label and _DEMAND.match(one.text)]
    addressed = any(_ALL_SHALL.search(one.text) for one in points)
    return points if addressed and points[1:] else []


def begins_annex(item: Passage) -> bool:
    """Return whether a passage is the line above an annex: 附件1."""
    return bool(_ANNEX.fullmatch(item.text)) and not item.label


def enter_annex(assembly: Assembly, item: Passage) -> None:
    """Let nothing of what stands above an annex hold in it."""
    assembly.task = assembly.over = assembly.head = None
    assembly.headings, assembly.annexed = Headings(), assembly.annexes > 1
    assembly.read.left.append(Left(item.place, "正文", item.whole))


def enter_title(assembly: Assembly, item: Passage) -> bool:
    """Return whether a passage is the title of one of several annexes, which heads its tasks."""
    titled = assembly.annexed and not item.label and len(item.text) <= GOAL_LENGTH
    if titled:
        assembly.headings.add(-1, item.text)
        assembly.read.left.append(Left(item.place, "标题", item.whole))
    assembly.annexed = False
    return titled


def enter_annex_in_gap(assembly: Assembly, behind: Sequence[Passage]) -> None:
    """Let no heading of the notice hold in its annex, but the title of one of several."""
    assembly.headings = Headings()
    title = next((one for one in behind if not one.label and len(one.text) <= GOAL_LENGTH), None)
    if assembly.annexes > 1 and title and "。" not in title.text:
        assembly.headings.add(-1, title.text)
        assembly.read.used.setdefault(bare(title.whole), "用作类别")
