"""Whether this machine's clock stands before what the ledger has recorded."""

from datetime import datetime, timedelta
from pathlib import Path

from edu_sheet.app.session import opened_to_look
from edu_sheet.kit import clock

_TOLERATED = timedelta(minutes=1)  # clocks are set right by some seconds now and then


def clock_behind(folder: Path, now: datetime | None = None) -> datetime | None:
    """Return the ledger's last moment, where the clock stands before it; None where all is well.

    What is recorded under such a clock bears a wrong date; which text is the newer one does not
    hang on it. WorkspaceError or LedgerError if there is no ledger to ask.
    """
    with opened_to_look(folder) as (_, ledger):
        last = ledger.last_moment()
    return last if last and (now or clock.now()) < last - _TOLERATED else None
