"""csv in UTF-8 or GBK → Book: texts only, as a CSV holds nothing else."""

import csv
import io
import re
from collections import Counter

from edu_sheet.reading import limits
from edu_sheet.reading.kind import SEPARATORS, text_of
from edu_sheet.reading.refusal import damaged, too_large
from edu_sheet.reading.values import cleaned
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, Cell, CellKind, Sheet
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Position

SHEET = "CSV"
_HEAD = 65_536  # characters that are looked at for the separator
_ROWS = 200
# What is left of a character that the code lacks: of a program that read it wrongly, in any code …
_TORN = re.compile("\ufffd")
# … and in GBK, where a ? stands beside anything but ASCII, where nobody asks, or for the ² of m².
_NOT_ASCII = r"[^\x00-\x7f]"
_LOST = {"gb18030": re.compile(rf"\ufffd|{_NOT_ASCII}\?|\?{_NOT_ASCII}|(?:^|\s)\?|\d *[cdkm]?m\?")}
_ERROR = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)")


def read(data: bytes) -> Book:
    """Return the table. Refusal if it is no text or far too long."""
    if len(data) > limits.CSV_BYTES:
        raise too_large("csv_over_10_mb")
    found = text_of(data)
    if found is None:
        raise damaged("text_encoding")
    text, encoding = found
    separator = _separator(text)
    if text.count(separator) > 10 * limits.CELLS:
        raise too_large("csv_columns")
    cells: dict[Position, Cell] = {}
    try:
        for row, values in enumerate(csv.reader(io.StringIO(text, ""), delimiter=separator), 1):
            for column, value in enumerate(values, 1):
                shown, removed = cleaned(value)
                if shown or removed:
                    kind = CellKind.ERROR if _ERROR.fullmatch(shown) else CellKind.TEXT
                    formula = "" if kind is CellKind.ERROR else None  # whose text is not here
                    cells[row, column] = Cell(shown, kind, formula, removed=removed)
            if row > limits.ROWS or len(values) > limits.COLUMNS or len(cells) > limits.CELLS:
                raise too_large("csv_cells")
    except csv.Error as error:
        raise damaged("csv_quotes") from error
    return Book(
        "csv", (Sheet(SHEET, cells),), findings=_findings(cells, _LOST.get(encoding, _TORN))
    )


def _findings(cells: dict[Position, Cell], lost: re.Pattern[str]) -> tuple[Finding, ...]:
    texts = [cell.text for cell in cells.values() if lost.search(cell.text)]
    return (note("characters_lost", text="；".join(texts)),) if texts else ()


def _separator(text: str) -> str:
    """Return what separates the values: what cuts most rows into equally many.

    What stands most often may stand in one answer.
    """
    head = text[:_HEAD]
    return max(SEPARATORS, key=lambda mark: _rows_alike(head, mark))


def _rows_alike(head: str, mark: str) -> tuple[int, int]:
    """Return how many of the first rows have the width that most have, and that width."""
    widths: Counter[int] = Counter()
    try:
        for values, _ in zip(
            csv.reader(io.StringIO(head, ""), delimiter=mark), range(_ROWS), strict=False
        ):
            widths[len(values)] += len(values) > 1
    except csv.Error:  # the last row may be torn
        pass
    count, width = max(((count, width) for width, count in widths.items()), default=(0, 0))
    return count, width
