"""Which period a sheet of a workbook says it is of: by its name, its 期次, its 表单编号. Pure."""

from collections.abc import Iterable, Sequence

from edu_sheet.form import Source, signals
from edu_sheet.rules.named_period import names_period, other_period
from edu_sheet.words.book import Book, Sheet
from edu_sheet.words.forms import Form
from edu_sheet.words.period import Period


class SheetPeriods:
    """The periods that the sheets of a workbook name, beside the one that it is taken for."""

    def __init__(self, sheets: Iterable[Sheet], copies: Sequence[Form]) -> None:
        """`sheets` hold a table of the form, the last of `copies`.

        A person may have assigned another period's form to this one: what bears that form's signs
        is then this period's, unless a sheet bears this period's own.
        """
        self._own = copies[-1].identity.period
        self._numbers = {one.number: one.identity.period for one in copies}
        self._mine = {self._own}
        if not any(self._is_own(sheet) for sheet in sheets):
            self._mine |= {one.identity.period for one in copies}

    def named(self, sheet: Sheet) -> bool | None:
        """Return whether a sheet's name, or else what stands above its table, names this period.

        True is said by its name alone: what stands above the table is on every copy.
        """
        if (by_name := self._says(sheet.name)) is not None:
            return by_name
        return False if self._above(sheet) is False else None

    def another(self, sheet: Sheet) -> bool:
        """Return whether a sheet says that it is of another period."""
        return self.named(sheet) is False

    def which(self, sheet: Sheet) -> Period | None:
        """Return the other period that a sheet says it is of; None if it cannot be told which."""
        period, number = _signs(sheet)
        said = [other_period(text, self._own) for text in (sheet.name, period)]
        said.append(self._numbers.get(number))
        return next((one for one in said if one and one != self._own), None)

    def _is_own(self, sheet: Sheet) -> bool:
        """Return whether a sheet bears the signs of the period that its workbook is taken for."""
        period, number = _signs(sheet)
        for text in (sheet.name, period):
            if (own := names_period(text, self._own)) is not None:
                return own
        return self._numbers.get(number) == self._own

    def _above(self, sheet: Sheet) -> bool | None:
        period, number = _signs(sheet)
        if (by_period := self._says(period)) is not None:
            return by_period
        return self._numbers[number] in self._mine if number in self._numbers else None

    def _says(self, text: str) -> bool | None:
        named = {names_period(text, one) for one in self._mine} - {None}
        return True in named if named else None


def _signs(sheet: Sheet) -> tuple[str, str]:
    """Return the 期次 and the 表单编号 of a sheet, "" where it has none."""
    said = {one.source: one.text for one in reversed(signals(Book("", (sheet,))))}
    return said.get(Source.PERIOD, ""), said.get(Source.NUMBER, "")
