"""Texts whose task the plan has no more: they stand nowhere, and are named wherever that counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from edu_sheet.rules.standing import Standing
from edu_sheet.sentences import note
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Entry


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text without a place, and its task as the unit's form named it."""

    entry: Entry
    number: str = ""  # "" where no form tells
    goal: str = ""

    @property
    def finding(self) -> Finding:
        """Return what is to be said of it."""
        return _finding(self.task, [self.entry.unit])

    @property
    def task(self) -> str:
        """Return what the task was, in Chinese."""
        if not self.goal:
            return f"任务键 {self.entry.task}"
        return f"原第{self.number}项“{self.goal}”" if self.number else f"“{self.goal}”"


def findings(texts: Iterable[LeftOut]) -> tuple[Finding, ...]:
    """Return what is to be said of texts without a place, once a task."""
    by_task: dict[str, list[str]] = {}
    for one in texts:
        by_task.setdefault(one.task, []).append(f"{one.entry.unit}（{one.entry.period.label}）")
    return tuple(_finding(task, units) for task, units in by_task.items())


def _finding(task: str, units: Sequence[str]) -> Finding:
    return note("left_out", gone=task, units=tuple(units))


def left_out(
    ledger: Ledger, texts: Mapping[Period, Standing], tasks: Set[str]
) -> tuple[LeftOut, ...]:
    """Return the texts of other tasks than these, period by period."""
    found = [
        entry
        for said in texts.values()
        for task, units in said.by_task().items()
        if task not in tasks
        for entry in (said[unit, task] for unit in units)
    ]
    rows: dict[tuple[Period, str], tuple[str, str]] = {}
    for period in dict.fromkeys(entry.period for entry in found):
        rows |= {(period, key): told for key, told in _named(ledger, period)}
    return tuple(LeftOut(one, *rows.get((one.period, one.task), ("", ""))) for one in found)


def _named(ledger: Ledger, period: Period) -> Iterator[tuple[str, tuple[str, str]]]:
    for issue in ledger.forms.issued(period):
        for row in issue.form.rows:
            yield row.key, (row.shown, row.goal)
