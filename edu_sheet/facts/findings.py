"""What a period's facts leave to a person, whichever output is made of them. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.rules.progress import Contribution
from edu_sheet.rules.told_apart import named
from edu_sheet.rules.undecided import undecided
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Plan, Task


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


def undecided_findings(
    plan: Plan,
    period: Period,
    edited: Iterable[Contribution],
    heard: Mapping[str, Sequence[Contribution]],
    tasks: Collection[Task],
) -> Iterator[Finding]:
    """Yield a finding for each edited text of a month of some tasks that waits to be decided.

    `edited` and `heard` are as `rules.undecided` takes them.
    """
    by_key = {task.key: task for task in tasks}
    for one in undecided(edited, heard, period):
        if one.edit and one.entry.task in by_key:
            task = named(plan, by_key[one.entry.task])
            about = {"edited": one.edit.period, "text": one.latest}
            yield note("outdated_text:month", task=task, unit=one.unit, **about)
