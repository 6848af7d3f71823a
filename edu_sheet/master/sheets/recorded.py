"""A sheet of a master that keeps a fingerprint of what is written into it."""

from collections.abc import Iterable, Sequence

from edu_sheet.kit.xlsx_rows import Cell, RowSheet, Value
from edu_sheet.master.sheets.fingerprint import Fingerprint


class RecordedSheet(RowSheet):
    """A `RowSheet` whose `fingerprint` is that of its rows, once all of them are added."""

    def __init__(self) -> None:
        super().__init__()
        self.fingerprint = Fingerprint()

    def add_row(
        self,
        cells: Sequence[Cell],
        height: float | None = None,
        merged: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Add the next row as `RowSheet.add_row`."""
        self.fingerprint.add([value if type(value) is str else _said(value) for value, _ in cells])
        super().add_row(cells, height, merged)


def _said(value: Value) -> str | float:
    if isinstance(value, str | int | float):
        return value
    return "".join([text for text, _ in value])
