"""What a text on a task says of it: 进展成效, 存在问题, 下一步打算. Pure.

A quarter's form has a cell for each. A month's has one, and so has 总表: what is typed there may
say the same with words of its own, and is told apart by them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Part(StrEnum):
    """One of the three, in the order in which they are printed."""

    PROGRESS = "progress"
    PROBLEMS = "problems"
    NEXT_STEPS = "next_steps"

    @property
    def label(self) -> str:
        """Its name, as headers and joined texts have it."""
        return {"progress": "进展成效", "problems": "存在问题", "next_steps": "下一步打算"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Parts:
    """A text by its parts; "" where it says nothing of one."""

    progress: str = ""
    problems: str = ""
    next_steps: str = ""

    def __getitem__(self, part: Part) -> str:
        return str(getattr(self, part.value))


# What may stand before a label: the beginning, a line's, or the end of a sentence; its number.
_BEFORE = r"(?:^|(?<=[\n。；;！!])|(?=[（(][一二三四五六七八九十]{1,2}[）)]))[ \t\u3000]*"
_NUMBERED = r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)]?[、.．:：]?[ \t\u3000]*|[①-⑳])?"
_BRACKET = r"[【\[（(]?"
_COLON = r"[】\]）)]?[ \t\u3000]*[：:]"
_PROGRESS = (
    r"(?:本[月季]度?|目前|工作|任务|总体)?(?:主要|取得的?)?(?:工作)?"
    r"(?:(?:进展|完成|落实|开展|推进)(?:情况|成效)|进展|成效)(?:[及和与]成效)?"
)
_PROBLEMS = (
    r"(?:(?:目前|当前)?(?:存在|面临)?的?(?:主要|突出)?(?:问题|困难)"
    r"|(?:目前|当前)?(?:存在|面临)的?(?:主要|突出)?(?:不足|短板))"
    r"(?:[和与及、](?:困难|不足|问题|短板|原因|建议))?"
)
_WILL = r"(?:打算|计划|安排|措施|思路|重点|举措)"
_NEXT = (
    rf"(?:(?:下一?步|下一?阶段)的?(?:主要)?(?:工作)?{_WILL}?"
    rf"|(?:下一?(?:月|季度?)|下半年|明年|今后|后续)的?(?:主要)?(?:工作)?{_WILL}|(?:工作)?打算)"
)
# With its colon, between 【 and 】 or alone in its line a label is a heading, and is no part of the
# words; a sentence that begins so is.
_NAMED = f"(?:(?P<progress>{_PROGRESS})|(?P<problems>{_PROBLEMS})|(?P<next_steps>{_NEXT}))"
_ENDED = r"(?:[】\]）)]?[ \t\u3000]*(?:[：:]|(?=\n))|】)"
_LABELS = (
    f"{_BEFORE}(?:"
    f"(?P<heading>{_NUMBERED}{_BRACKET}{_NAMED}{_ENDED}[ \\t\u3000\n]*)"
    "|(?P<sentence>(?=(?:目前|当前)?存在的?(?:主要)?(?:问题|困难|不足)(?:是|有|为|主要|在于|，|,))"
    "|(?=(?:下一步|下一阶段)(?:，|,|将|我|拟|打算|计划|继续|重点|工作))))"
)


def parts_of(text: str, own: Part = Part.PROGRESS) -> Parts:
    """Return a text by its parts: all of it that stands before the first label is `own`.

    Every character of it that is no label, no white space around one, is in one of them.
    """
    return (_parts_of if len(text) <= _REMEMBERED else _parts_of.__wrapped__)(text, own)


_REMEMBERED = 1000  # characters: longer texts are rare, and would make the memory large


@lru_cache(maxsize=8192)  # a paper asks up to nine times for the parts of each text
def _parts_of(text: str, own: Part) -> Parts:
    labels = [*re.finditer(_LABELS, text)]
    if not labels:  # as most texts are
        return Parts(**{own.value: text.strip()})
    found: dict[Part, list[str]] = {part: [] for part in Part}
    part, start = own, 0
    for label in labels:
        meant, before = _meant(label), text[start : label.start()]
        if part is meant is Part.PROGRESS and before.strip():
            continue  # one of its own headings
        found[part].append(before)
        part, start = meant, label.end()
    found[part].append(text[start:])
    return Parts(*("\n".join(filter(None, map(str.strip, found[part]))) for part in Part))


def without_part(text: str, part: Part, own: Part = Part.PROGRESS) -> str:
    """Return a text without what it says of a part; what stands before any label is `own`."""
    kept, start, said = [], 0, own
    for label in re.finditer(_LABELS, text):
        if said is not part:
            kept.append(text[start : label.start()])
        start, said = label.start(), _meant(label)
    if said is not part:
        kept.append(text[start:])
    return "".join(kept).strip()


def _meant(label: re.Match[str]) -> Part:
    if label["heading"]:
        return next(part for part in Part if label[part.value])
    rest = label.string[label.end() : label.end() + 3]
    return Part.NEXT_STEPS if rest.startswith("下一") else Part.PROBLEMS


# What a header says that asks for one of the three in words of its own.
_HEADERS = {
    Part.PROGRESS: re.compile("成效|进展|(完成|落实)情况"),
    Part.PROBLEMS: re.compile("问题|困难|不足|短板"),
    Part.NEXT_STEPS: re.compile("打算|下一?步|下一?阶段"),
}


def part_named(header: str) -> Part | None:
    """Return the one part that a header names, in whatever words; None if none or several."""
    named = [part for part, said in _HEADERS.items() if said.search(header)]
    return named[0] if len(named) == 1 else None


def joined(texts: Mapping[Part, str]) -> str:
    """Return the texts of one task's cells as one text, which `parts_of` takes apart again.

    What is said of progress stands first and bears no label.
    """
    said = [(part, texts[part]) for part in Part if texts.get(part, "").strip()]
    return "\n".join(
        text if part is Part.PROGRESS or _labelled(text, part) else f"{part.label}：{text}"
        for part, text in said
    )


def _labelled(text: str, part: Part) -> bool:
    """Return whether a text begins with a label: of its part, or of the one that it says."""
    label = re.match(_LABELS, text)
    return bool(label and (label["heading"] or _meant(label) is not part))
