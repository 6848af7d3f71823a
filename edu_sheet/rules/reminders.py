"""How often a unit was reminded: from the ledger's letters. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from edu_sheet.kit import clock
from edu_sheet.words.letters import Mailed, MailKind, MailState


@dataclass(frozen=True, slots=True)
class Reminded:
    """催报 of one unit in one period: the days, the first one first."""

    days: tuple[date, ...]

    @property
    def times(self) -> int:
        """How often: several letters of one day are one reminder."""
        return len(self.days)

    @property
    def last(self) -> date:
        """The day of the latest one."""
        return self.days[-1]

    def __str__(self) -> str:
        return f"催报{self.times}次，最近{self.last:%m-%d}"


def reminded(mails: Iterable[Mailed]) -> dict[str, Reminded]:
    """Return for each unit that was reminded when it was.

    `mails` are `ledger.letters.about(period, REMINDER)`. What was sent counts: over the server,
    or by a person who says so of a draft. A draft alone does not, nor what may have gone out.
    """
    days: dict[str, set[date]] = {}
    for one in mails:
        if one.kind is MailKind.REMINDER and one.state is MailState.SENT:
            days.setdefault(one.unit, set()).add(clock.day(one.at))
    return {unit: Reminded(tuple(sorted(found))) for unit, found in days.items()}
