"""csv in UTF-8 or GBK → Book: texts only, as a CSV holds nothing else."""

import csv
import io

from edu_sheet.reading import limits
from edu_sheet.reading.kind import SEPARATORS, text_of
from edu_sheet.reading.refusal import damaged, too_large
from edu_sheet.reading.values import cleaned
from edu_sheet.words.book import Book, Cell, Sheet
from edu_sheet.words.place import Position

SHEET = "CSV"


def read(data: bytes) -> Book:
    """Return the table. Refusal if it is no text or far too long."""
    if len(data) > limits.CSV_BYTES:
        raise too_large("csv_over_10_mb")
    text = text_of(data)
    if text is None:
        raise damaged("text_encoding")
    separator = _separator(text)
    if text.count(separator) > 10 * limits.CELLS:
        raise too_large("csv_columns")
    cells: dict[Position, Cell] = {}
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, ""), delimiter=separator), 1):
            for column, value in enumerate(values, 1):
                shown, removed = cleaned(value)
                if shown or removed:
                    cells[row, column] = Cell(shown, removed=removed)
            if row > limits.ROWS or len(values) > limits.COLUMNS or len(cells) > limits.CELLS:
                raise too_large("csv_cells")
    except csv.Error as error:
        raise damaged("csv_quotes") from error
    return Book("csv", (Sheet(SHEET, cells),))


def _separator(text: str) -> str:
    """Return what separates the values: of the first lines, what stands there most often."""
    head = text[:8192]
    return max(SEPARATORS, key=head.count)
