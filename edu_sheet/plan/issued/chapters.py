"""Headings in the text between tables: the categories of the tasks below them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from edu_sheet.plan.issued.blocks import Grid
from edu_sheet.plan.issued.draft import Draft, Headings, Read, in_levels
from edu_sheet.plan.issued.ordinals import DEPTH, ordinal_of
from edu_sheet.words.text import bare

_LONGEST = 40  # characters of a heading
_PART = re.compile(
    r"(?:第.{1,3}(?:部分|类|板块)|(?:专项|板块|类别|专题)[一二三四五六七八九十\d]{1,3})"
)
_SENTENCE = re.compile("[。；;！]|[，,].*[，,]")
_ANNEX = re.compile(r"附(?:件|表|录)[\d一二三四五六七八九十]*(?:[：:\s]|$)")


@dataclass(slots=True)
class Chapters:
    """The headings that stand above each table, and the tasks of the table."""

    read: Read
    headings: Headings = field(default_factory=Headings)
    texts: dict[str, str] = field(default_factory=dict)  # a heading with its number → its text
    below: list[tuple[str, list[Draft]]] = field(default_factory=list)

    def note(self, grid: Grid, drafts: Sequence[Draft]) -> None:
        """Note a table's headings: those that stand right above it, or hold from before."""
        for text, number in zip(grid.above, grid.counted, strict=True):
            if _ANNEX.match(text.strip()) or len(text) > _LONGEST or _SENTENCE.search(text):
                self.headings = Headings()
            elif (depth := _depth(text, number)) is not None:
                self.texts[f"{number}{text}"] = text
                self.headings.add(depth, f"{number}{text}")
        if drafts:
            self.below.append((self.headings.path(), [*drafts]))

    def give(self) -> None:
        """Make the headings categories, where tables stand below several."""
        if len({path for path, _ in self.below if path}) < 2:
            return
        for path, drafts in self.below:
            for draft in drafts:
                draft.under = in_levels(filter(None, (path, draft.under)))
        used = "／".join(path for path, _ in self.below)
        for numbered, text in self.texts.items():
            if bare(numbered) in bare(used):
                self.read.used.setdefault(bare(text), "用作类别")


def _depth(text: str, number: str) -> int | None:
    """Return how deep a line stands among headings, None where it is none."""
    if _PART.match(text):
        return DEPTH["chapter"]
    ordinal = ordinal_of(f"{number} {text}" if number else text)
    if ordinal is None or not ordinal.rest.strip():
        return None
    return ordinal.depth if ordinal.depth <= DEPTH["figure"] else None
