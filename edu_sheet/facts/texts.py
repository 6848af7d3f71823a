"""Which texts stand in a period, from the ledger: they are many, and read one at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from edu_sheet.rules.labels import renamed
from edu_sheet.rules.names import Names
from edu_sheet.rules.progress import PROGRESS_FIELD, feeding_periods
from edu_sheet.rules.standing import Standing, standing
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.period import Period
from edu_sheet.words.returns import Edit


def standing_texts(
    ledger: Ledger, period: Period, *units: str, names: Names | None = None
) -> Standing:
    """Return the text that stands for each unit and task in that very period.

    Units bear the names that they have now; `units` are those of which the texts are wanted, by the
    names under which their forms went out. `names` are the ledger's for that period, where they are
    known already.
    """
    names = names or ledger.units.names(period)
    entries = (
        chain.from_iterable(ledger.entries.each([period], unit) for unit in units)
        if units
        else ledger.entries.each([period])
    )
    return standing(entries, names.changed(period))


def standing_edits(ledger: Ledger, periods: Iterable[Period], names: Names) -> list[Edit]:
    """Return the clerk's edits in the masters of these periods that hold, oldest first.

    Units bear the names that they have now, in the labels of a whole cell too; what she did to a
    unit's section under an older name she did to the same section. An edit knows its units by their
    keys; an older one bears the names under which their forms went out.
    """
    found: dict[tuple[Period, str, str, str], Edit] = {}
    for edit in ledger.edits.newest(periods):
        feeding = feeding_periods(edit.period)
        one = _with_names(edit, names, feeding) if edit.field == PROGRESS_FIELD else edit
        found[one.period, one.task, one.field, one.unit] = one
    return [one for one in found.values() if one.text is not None]


def _with_names(edit: Edit, names: Names, feeding: Sequence[Period]) -> Edit:
    changed = names.since(edit.keys, *feeding)
    if edit.unit:
        now = changed.get(edit.unit, edit.unit) if edit.keys else names.now(edit.unit, *feeding)
        return replace(edit, unit=now)
    text = None if edit.text is None else renamed(edit.text, changed)
    return replace(edit, text=text, over=renamed(edit.over, changed))
