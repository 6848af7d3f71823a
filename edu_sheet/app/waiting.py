"""待处理: every file that waits for a person, whatever its period."""

from pathlib import Path

from edu_sheet.app.session import opened
from edu_sheet.words.returns import Submission


def waiting(folder: Path) -> tuple[Submission, ...]:
    """Return the submissions of the whole workspace that wait for a person, oldest first."""
    with opened(folder) as (_, ledger):
        return tuple(ledger.returns.waiting())
