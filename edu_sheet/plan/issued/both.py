"""A document whose tasks stand in tables and in prose: both are read, in its order. Pure."""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.blocks import Block, Grid, Paragraph
from edu_sheet.plan.issued.draft import Draft, Left, Read
from edu_sheet.plan.issued.meaning import Meaning
from edu_sheet.plan.issued.ordinals import value_of
from edu_sheet.plan.issued.passages import passage_of
from edu_sheet.plan.issued.prepared import with_label_marks
from edu_sheet.plan.issued.prose import read_prose
from edu_sheet.words.text import bare

_DEMAND = re.compile(  # what a covering notice asks of all
    r"(?:切实|进一步)?(?:提高|加强|强化|压实|严格|严肃|落实|健全|完善|注重|及时|明确)(?:思想|组织|工作|督导|宣传|信息|跟踪|责任)?"
    r"(?:认识|领导|督查|督办|督导|责任|考核|调度|保障|宣传|监督|问责|纪律|报送|站位|机制|落实|引导|统筹)"
)
_SEVERAL = 2
_SAME = 6  # characters of a goal that another contains


def read_prose_beside(paragraphs: Sequence[Paragraph], blocks: Sequence[Block], read: Read) -> None:
    """Add the tasks of the paragraphs to those that the tables hold.

    One or two words on units between tables make no task; where the prose repeats the tables, these
    are used, and that is asked.
    """
    tasks, left, sources = len(read.tasks), len(read.left), len(read.sources)
    headers = dict(read.headers)
    last = max(at for at, one in enumerate(blocks) if isinstance(one, Grid))
    behind = {one.place for one in blocks[last:] if isinstance(one, Paragraph)}
    read_prose(paragraphs, read, labelled=not _holds_tasks(paragraphs), behind=behind)
    tables, prose = read.tasks[:tasks], read.tasks[tasks:]
    if not prose:
        return
    again = [one for one in prose if any(_same(one, other) for other in tables)]
    if 2 * len(again) > len(prose):
        del read.tasks[tasks:], read.left[left:], read.sources[sources:]
        read.headers = headers
        told = "；".join(one.text(Meaning.GOAL) for one in prose)
        read.left.append(Left(prose[0].places[0], "正文里的任务（表格里也有）", told, ask=True))
        read.left += [Left(one.place, "正文", one.text) for one in paragraphs]
        return
    for one in again:
        one.doubt(Meaning.GOAL, "表格里也有这一项，两处都读了：重复的请删去一行")
    read.tasks.sort(key=lambda one: _at(one, blocks))
    numbers = [value_of(one.label) for one in read.tasks]
    if not again and numbers != [*range(1, len(numbers) + 1)]:
        told = f"正文里读出 {len(prose)} 项任务，表格里读出 {len(tables)} 项，都列出了"
        asked = "正文里的是不是任务，是不是同样的任务写了两遍？请核对"
        prose[0].doubt(Meaning.GOAL, f"{told}：{asked}")


def _holds_tasks(paragraphs: Sequence[Paragraph]) -> bool:
    """Return whether several numbered paragraphs, or lines below them, say who answers."""
    count, numbered = 0, False
    for one in map(with_label_marks, paragraphs):
        item = passage_of(one, labelled=False)
        named = item.said is not None and item.said.names_units
        named = named and not _DEMAND.match(item.text)
        count += named and (bool(item.label) or (numbered and not item.text))
        numbered = bool(item.label) or (numbered and not named)
    return count >= _SEVERAL


def _same(one: Draft, other: Draft) -> bool:
    first, second = sorted((bare(one.text(Meaning.GOAL)), bare(other.text(Meaning.GOAL))), key=len)
    first, second = first.rstrip("。；;"), second.rstrip("。；;")
    return bool(first) and (first == second or (len(first) >= _SAME and first in second))


def _at(draft: Draft, blocks: Sequence[Block]) -> int:
    """Return which block of the document a task stands in."""
    place = draft.places[0]
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            if place == block.name or place.startswith(f"{block.name}第"):
                return at
        elif block.place == place:
            return at
    return len(blocks)
