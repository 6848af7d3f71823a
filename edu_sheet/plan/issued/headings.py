"""What stands above tasks in prose: headings, and those that name who answers. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from edu_sheet.plan.issued.meaning import Meaning
from edu_sheet.plan.issued.ordinals import DEPTH
from edu_sheet.plan.issued.passages import GOAL_LENGTH, Passage
from edu_sheet.plan.issued.roles import only_units

_HEADING_DEPTH = DEPTH["chinese_brackets"]  # as deep as headings are numbered
_HEAD_LEAD = re.compile(
    r"(?P<units>.{2,60}?)(?:共同|分别)?(?P<does>牵头|负责|主办|承办|承担)?(?:负责|落实|办理|完成|推进|实施|组织)*"
    r"(?:的[^，,；;。、：:（）()]{0,8}?)?(?:重点|主要|改革|年度|专项|整改|民生|攻坚)*"
    r"(?:工作任务|工作|任务|事项|项目)?(?:[（(]共?\d+[项件个条][）)])?[：:]?"
)

ANNEX = re.compile(r"附[件表][\d一二三四五六七八九十]{1,3}[：:]?")  # a line of its own


def answers_below(item: Passage) -> tuple[Meaning, str] | None:
    """Return who answers for all that stands under a heading."""
    text = item.text.rstrip("。")
    if item.said or len(text) > 70 or not text or "。" in text:
        return None
    found = _HEAD_LEAD.fullmatch(text)
    if not found or re.search(r"\d", found["units"]) or not only_units(found["units"]):
        return None
    if not found["does"] and not item.label:
        addressed = re.search(r"各|有关|相关", item.text)  # 各乡镇人民政府，县政府各部门：
        if addressed or not re.search(r"[：:]$|\d[项件个条]", item.text):
            return None
    return (Meaning.LEAD if found["does"] in ("牵头", "主办") else Meaning.DUTY), found["units"]


def heads_tasks(items: Sequence[Passage]) -> bool:
    """Return whether headings name who answers for the numbered lines below them."""
    return any(
        answers_below(one) and following.label and following.style != one.style and following.text
        for one, following in pairwise(items)
    )


def styles_over_several(items: Sequence[Passage]) -> set[str]:
    """Return the kinds of number whose text heads several paragraphs that name their own units."""
    found: set[str] = set()
    style, count = "", 0
    for one in items:
        if one.label:
            heads = one.said is None and len(one.text) <= GOAL_LENGTH
            style, count = one.style if heads else "", 0
        elif one.text and one.said and one.said.names_units and not one.body:
            count += 1
            found |= {style} if style and count > 1 else set()
    return found


def style_of_tasks(items: Sequence[Passage]) -> str:
    """Return the kind of number that tasks have: where they say who answers, else before."""
    own = Counter(
        one.style for one in items if one.said and one.label and one.text and not one.over
    )
    if own:
        return own.most_common(1)[0][0]
    gaps: Counter[str] = Counter()
    depths: dict[str, int] = {}
    styles: list[str] = []
    alone = texts = 0  # lines of units, those that paragraphs without any number stand before
    for one in items:
        if one.body:
            continue
        if one.said is not None and one.said.names_units:
            gaps.update({style for style in styles if styles.count(style) == 1})
            alone += bool(texts and not styles)
            styles, texts = [], 0
        elif one.label:
            styles.append(one.style)
            depths[one.style] = one.depth
        texts += one.said is None
    if not gaps:
        return ""
    style = max(gaps, key=lambda style: (gaps[style], depths[style]))
    return "" if 2 * alone >= gaps[style] and depths[style] <= _HEADING_DEPTH else style
