"""Which texts stand in a period, from the ledger: they are many, and read one at a time."""

from edu_sheet.rules.progress import Standing, standing
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.period import Period


def standing_texts(ledger: Ledger, period: Period, *units: str) -> Standing:
    """Return the text that stands for each unit and task in that very period (of some units)."""
    if not units:
        return standing(ledger.entries.each([period]))
    return standing(entry for unit in units for entry in ledger.entries.each([period], unit))
