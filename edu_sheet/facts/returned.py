"""退回: letters about a period that did not arrive, from the ledger alone."""

from collections.abc import Iterator
from dataclasses import replace

from edu_sheet.store.ledger import Ledger
from edu_sheet.words.letters import Mailed
from edu_sheet.words.period import Period


def returned_letters(ledger: Ledger, period: Period) -> Iterator[Mailed]:
    """Yield letters with an address that is dead, to units by their names of now.

    Returned (退回) is one that has no other.
    """
    names = ledger.units.names(period)
    for one in ledger.letters.returned(period):
        yield replace(one, unit=names.now(one.unit, period))
