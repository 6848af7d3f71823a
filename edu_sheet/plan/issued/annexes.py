"""The annexes of a notice: no heading of the notice holds in them. Pure."""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.assembly import Assembly
from edu_sheet.plan.issued.draft import Headings, Left
from edu_sheet.plan.issued.passages import GOAL_LENGTH, Passage
from edu_sheet.words.text import bare

_ANNEX = re.compile(r"附件\s*[\d一二三四五六七八九十]{0,3}[：:]?")


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
