"""一览表: units by periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from edu_sheet.app.session import opened_to_look
from edu_sheet.words.period import Period
from edu_sheet.words.returns import UnitStatus


@dataclass(frozen=True, slots=True)
class Matrix:
    """Where each unit stands in each period; a period for which it got no form is not there."""

    periods: tuple[Period, ...]
    units: Mapping[str, Mapping[Period, UnitStatus]]  # in the order of first issue


def matrix(folder: Path, periods: Sequence[Period] | None = None) -> Matrix:
    """Return where the units stand in all periods that forms were issued for, or in those named.

    Of those named, one that no form was issued for has an empty column.
    """
    from edu_sheet.facts.status import unit_status
    from edu_sheet.facts.waiting import waiting

    with opened_to_look(folder) as (_, ledger):
        issued, waits = ledger.forms.periods(), waiting(ledger)
        shown = issued if periods is None else periods
        units: dict[str, dict[Period, UnitStatus]] = {}
        for period in shown:
            for one in unit_status(ledger, period, waits=waits) if period in issued else ():
                units.setdefault(one.unit, {})[period] = one
    return Matrix(tuple(shown), units)
