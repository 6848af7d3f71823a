"""Texts of several tasks of one unit in one paragraph, the same words once. Pure."""

from collections.abc import Callable

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.summary.content.content import Kind, Paragraph
from edu_sheet.summary.content.leads import Said, said_by_leads
from edu_sheet.summary.content.wording import numbered
from edu_sheet.words.text import bare

_ENDS = "。；;，, "


def by_lead(facts: PeriodFacts, part: Callable[[Said], str]) -> tuple[Paragraph, ...]:
    """Return a paragraph a lead unit: what it says in a part, task by task, with their numbers.

    What it says of several tasks in the same words stands there once.
    """
    found: dict[str, dict[str, tuple[str, list[str]]]] = {}
    for task in facts.plan.tasks:
        for one in said_by_leads(facts, task):
            if text := part(one).strip():
                texts = found.setdefault(one.name, {})
                texts.setdefault(bare(text), (text, []))[1].append(task.shown)
    return tuple(
        Paragraph(
            Kind.BODY,
            "；".join(f"{text.rstrip(_ENDS)}（{numbered(some)}）" for text, some in texts.values())
            + "。",
            speaker=f"{name}：",
        )
        for name, texts in found.items()
    )
