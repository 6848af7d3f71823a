"""Headings in the text between tables: the categories of the tasks below them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from edu_sheet.plan.issued.blocks import Grid
from edu_sheet.plan.issued.broken_titles import headlines
from edu_sheet.plan.issued.draft import Draft, Headings, Read, in_levels
from edu_sheet.plan.issued.meaning import Meaning
from edu_sheet.plan.issued.ordinals import DEPTH, ordinal_of, value_of
from edu_sheet.plan.issued.titles import named_in, without_bracket
from edu_sheet.words.text import bare, tidy

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
    names: list[str] = field(default_factory=list)  # of the tables, as `below`
    sheets: bool = True  # somebody named the sheet of each

    def enter(self, grid: Grid) -> tuple[str, ...]:
        """Return the headings that hold for a table, the innermost first.

        They stand right above it, or hold from before.
        """
        for text, number in zip(grid.above, grid.counted, strict=True):
            said = without_bracket(text)
            if _ANNEX.match(text.strip()) or len(said) > _LONGEST or _SENTENCE.search(said):
                self.headings = Headings()
            elif (depth := _depth(text, number)) is not None:
                self.texts[f"{number}{text}"] = text
                self.headings.add(depth, f"{number}{text}")
        return tuple(self.texts[said] for _, said in reversed(self.headings.above))

    def note(self, grid: Grid, drafts: Sequence[Draft]) -> None:
        """Note the tasks of the table that was entered last."""
        if drafts:
            self.below.append((self.headings.path(), [*drafts]))
            self.names.append(_name_of(grid))
            self.sheets = self.sheets and _names(grid.title)

    def give(self) -> None:
        """Make the headings categories, where tables stand below several."""
        if len({path for path, _ in self.below if path}) < 2:
            self._give_names()
            return
        for path, drafts in self.below:
            for draft in drafts:
                draft.under = in_levels(filter(None, (path, draft.under)))
        used = "／".join(path for path, _ in self.below)
        for numbered, text in self.texts.items():
            if bare(numbered) in bare(used):
                before = self.read.used.get(bare(text))
                self.read.used[bare(text)] = f"{before}，并用作类别" if before else "用作类别"

    def _give_names(self) -> None:
        """Make the names of tables categories, where nothing else tells their tasks apart.

        Each counts them from 1 again, or is a sheet and they have no category.
        """
        labels = [{bare(one.label) for one in drafts if one.label} for _, drafts in self.below]
        again = any(one & other for one, other in pairwise(labels))
        apart = all(self.names) and len({*self.names}) == len(self.names) > 1
        drafts = [one for _, below in self.below for one in below]
        bare_sheets = self.sheets and not any(one.text(Meaning.CATEGORY) for one in drafts)
        if not ((again or bare_sheets) and apart) or any(one.under for one in drafts):
            return
        if any(named_in(name) for name in self.names):
            return  # a unit's: who leads, and no category
        for name, (_, below) in zip(self.names, self.below, strict=True):
            self.read.used.setdefault(bare(name), "用作类别")
            self.read.plans.append(name)
            for draft in below:
                draft.under = name


def head_first(read: Read, grid: Grid, top: int, drafts: Sequence[Draft]) -> None:
    """Put the first tasks of a table below a heading that stands above its header.

    一、经济类 there is a heading as 二、民生类 is, that heads rows further down.
    """
    first = [one for one in drafts if not one.under]
    headed = next((one.under for one in drafts if one.under), "")
    follows = ordinal_of(headed)
    if not first or follows is None or drafts[0].under or value_of(follows.label) != _SECOND:
        return
    for cells in grid.rows[:top]:
        texts = [cell.text for cell in cells if cell.text.strip() and not cell.merged]
        ordinal = ordinal_of(texts[0]) if len(texts) == 1 else None
        if ordinal and ordinal.style == follows.style and value_of(ordinal.label) == 1:
            for draft in first:
                draft.under = tidy(texts[0])
            before = read.used.get(bare(texts[0]))
            read.used[bare(texts[0])] = f"{before}，并用作类别" if before else "用作类别"


_SECOND = 2
_NAMELESS = re.compile(
    r"(?:Sheet|工作表|表|附件|附表|清单)?[\d一二三四五六七八九十（）()\-]*", re.IGNORECASE
)
_TOLD_ROWS = 4


def _name_of(grid: Grid) -> str:
    """Return what a table is called: its sheet's name, a row above its header, or a line before."""
    rows = [[c.text for c in cells if c.text.strip() and not c.merged] for cells in grid.rows]
    alone = [row[0] for row in rows[:_TOLD_ROWS] if len(row) == 1]
    lines = [one.text for one in headlines(alone)]
    above = [one.text for one in headlines(grid.above)]
    told = (tidy(one) for one in (grid.title, *lines, *above[:-3:-1]))
    return next((one for one in told if _names(one)), "")


def _names(text: str) -> bool:
    short = bool(text) and len(text) <= _LONGEST and not re.search("[。；;：:]", text)
    return short and not _NAMELESS.fullmatch(text)


def _depth(text: str, number: str) -> int | None:
    """Return how deep a line stands among headings, None where it is none."""
    if _PART.match(text):
        return DEPTH["chapter"]
    ordinal = ordinal_of(f"{number} {text}" if number else text)
    if ordinal is None or not ordinal.rest.strip():
        return None
    return ordinal.depth if ordinal.depth <= DEPTH["figure"] else None
