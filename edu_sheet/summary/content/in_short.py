"""Texts of several tasks of one unit side by side, the same words once. Pure."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.closings import CLOSED, closed_tasks
from edu_sheet.rules.progress import Contribution
from edu_sheet.summary.content.content import Kind, Paragraph
from edu_sheet.summary.content.leads import said_by_leads
from edu_sheet.summary.content.wording import numbered, without_end
from edu_sheet.words.parts import Part
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.substance import says_something
from edu_sheet.words.text import bare


@dataclass(frozen=True, slots=True)
class Told:
    """What a lead unit says of one task, or of several in the same words."""

    name: str  # as it is printed before its words
    text: str
    tasks: list[Task] = field(default_factory=list)
    heard: list[Contribution] = field(default_factory=list)
    closed: bool = False  # the tasks are, each of them

    @property
    def unit(self) -> str:
        """Who says it."""
        return self.heard[0].unit

    def numbers(self, plan: Plan) -> str:
        """Return the tasks' numbers, 序号1、3; of what is closed they say so."""
        return numbered(plan, self.tasks) + (f"，{CLOSED}" if self.closed else "")


def told_by_leads(facts: PeriodFacts, part: Part, units: Set[str] = frozenset()) -> list[Told]:
    """Return what lead units say in a part, those of a unit together, in the order of the plan.

    With `units` only what those say.
    """
    ended = closed_tasks(facts.plan, facts.period)
    found: dict[str, dict[tuple[str, bool], Told]] = {}
    for task in facts.plan.tasks:
        for one in said_by_leads(facts, task):
            if units and one.unit not in units:
                continue
            if says_something(text := one.parts[part].strip()):
                closed = task.key in ended
                fresh = Told(one.name, text, closed=closed)
                told = found.setdefault(one.name, {}).setdefault((bare(text), closed), fresh)
                told.tasks.append(task)
                told.heard.append(one.heard)
    return [told for texts in found.values() for told in texts.values()]


def by_lead(facts: PeriodFacts, part: Part, units: Set[str] = frozenset()) -> tuple[Paragraph, ...]:
    """Return what each lead unit says in a part, task by task, with their numbers.

    A paragraph a unit, or one a text where any has several sentences. What it says of several tasks
    in the same words stands there once.
    """
    told = groupby(told_by_leads(facts, part, units), key=lambda one: one.name)
    return tuple(one for name, texts in told for one in _of_one_unit(facts, name, [*texts]))


def _of_one_unit(facts: PeriodFacts, name: str, texts: Sequence[Told]) -> Iterator[Paragraph]:
    bare_texts = [without_end(one.text) for one in texts]
    said = [
        f"{text}（{one.numbers(facts.plan)}）" for text, one in zip(bare_texts, texts, strict=True)
    ]
    if not any("。" in text for text in bare_texts):
        said = ["；".join(said)]
    for text in said:
        yield Paragraph(Kind.BODY, f"{text}。", speaker=f"{name}：")
