"""A sentence below tasks that says who answers for all of them: 以上任务由甲牵头，乙配合. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from edu_sheet.plan.issued.labels import label_line
from edu_sheet.plan.issued.ordinals import value_of
from edu_sheet.plan.issued.passages import Passage, merge
from edu_sheet.plan.issued.roles import Said, only_units, said_in

_FIGURES = "[一二三四五六七八九十\\d]{1,3}"
_ABOVE = re.compile(
    r"[（(〔【]?(?:以上|上述|前述|上列|前面)(?:各|所有|全部|几)?"
    rf"(?:第?(?P<first>{_FIGURES})(?:[、.．项条]?[—–\-~～至到]+(?P<last>{_FIGURES}))?)?[项条件个]?"
    r"(?:重点|目标|主要)*(?:任务|工作|事项|措施|项目|行动|举措|内容)?(?:均|都|具体|统一)*"
)
_NOBODY = re.compile(r"(?:牵头|责任|配合|有关|相关)(?:单位|部门)$")


def mark_closings(items: Sequence[Passage]) -> None:
    """Let 以上任务由甲牵头，乙配合 answer for what is numbered above it: each is a task.

    It reaches back to the line before that says who answers, or to the heading above the numbers.
    """
    for at, item in enumerate(items):
        found = None if item.label else _ABOVE.match(item.whole)
        said = _said(item.whole[found.end() :]) if found else None
        above = _above(items[:at]) if said else []
        if found and found["last"]:
            first, last = value_of(found["first"]) or 0, value_of(found["last"]) or 0
            above = [one for one in above if first <= (value_of(one.label) or 0) <= last]
        if said and above:
            item.said, item.text, item.over = said, "", True
            for line in items[at + 1 :]:  # 配合单位：… in a line of its own
                if line.said is None or line.text or line.label or _ABOVE.match(line.whole):
                    break
                merge(item, line.said)
                line.over = True
            hand_down(item, item.said, above, "后面")


def _said(text: str) -> Said | None:
    """Return who answers, where a text says nothing else."""
    plain = text.strip().strip("，,。；;")
    plain = plain[:-1] if plain.endswith(tuple("）)〕】")) else plain
    if not (label_line(plain) or (plain.startswith("由") and only_units(plain))):
        return None
    said = said_in(plain)
    names = re.split("[、，,；;]", said.lead or said.duty)
    return said if said.names_units and not all(map(_NOBODY.search, names)) else None


def _above(items: Sequence[Passage]) -> list[Passage]:
    """Return what is numbered last, on one level and without units of its own."""
    found: list[Passage] = []
    for one in reversed(items):
        if one.said is not None and one.said.names_units:
            break
        if one.label and found and one.depth < found[0].depth:
            break
        if one.label and found and one.depth > found[0].depth:
            continue
        if one.label:
            found.insert(0, one)
    return found


def hand_down(item: Passage, said: Said, tasks: Sequence[Passage], where: str) -> None:
    """Let what a line says answer for tasks, and ask once: it stands `where`, 前面 or 后面."""
    for one in tasks:
        merge(one, replace(said, others=[*said.others], words=[], labels=[*said.labels]))
        one.handed = True
    first, last = (one.label.rstrip("、.．") for one in (tasks[0], tasks[-1]))
    reach = f"（{first} 到 {last}，共 {len(tasks)} 项）" if tasks[1:] else ""
    tasks[0].asked = f"单位取自{where}的“{item.whole}”{reach}：是不是各为一项任务？请核对"
