"""What a period's facts leave to a person, whichever output is made of them. Pure."""

from collections.abc import Iterator

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.told_apart import named
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding


def replaced_findings(facts: PeriodFacts) -> Iterator[Finding]:
    """Yield a finding for each task whose texts were reported on another task's wording."""
    for one in facts.replaced:
        yield note(
            "replaced_task",
            task=named(facts.plan, one.task),
            period=one.period,
            was=one.was,
            now=one.task.goal,
        )
