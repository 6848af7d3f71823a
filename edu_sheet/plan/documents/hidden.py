"""What of a workbook nobody sees: sheets are not read, rows and columns are, and both are told."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from edu_sheet.plan.issued.draft import HIDDEN, Left
from edu_sheet.plan.workbook import sheets
from edu_sheet.words.place import column_letter
from edu_sheet.words.text import tidy

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def hidden_sheets(book: "Workbook") -> Iterator[Left]:
    """Yield what stands in sheets that nobody sees."""
    for sheet in book.worksheets:
        rows = sheets.rows(sheet) if sheet.sheet_state != "visible" else ()
        texts = [tidy(sheets.text(value)) for _, values in rows for value in values]
        if said := " | ".join(filter(None, texts)):
            more = " | ……（太大，没有全部列出）" if sheets.beyond(sheet) else ""
            yield Left(f"“{sheet.title}”表", "隐藏的工作表", said + more, ask=True)


def hidden_parts(shown: "Iterable[Worksheet]") -> Iterator[Left]:
    """Yield what stands in rows and columns of other sheets that nobody sees."""
    for sheet in shown:
        columns = _hidden_columns(sheet)
        hidden = {row for row, one in sheet.row_dimensions.items() if one.hidden}
        lines = dict(sheets.rows(sheet)) if columns or hidden else {}
        for row, values in lines.items():
            if row in hidden:
                texts = filter(None, (tidy(sheets.text(value)) for value in values))
                if said := " | ".join(texts):
                    yield Left(f"“{sheet.title}”表第{row}行", HIDDEN, said, ask=True)
        for column in sorted(columns):
            cells = (values[column - 1] for values in lines.values() if column <= len(values))
            if said := " | ".join(filter(None, (tidy(sheets.text(value)) for value in cells))):
                place = f"“{sheet.title}”表{column_letter(column)}列"
                yield Left(place, HIDDEN, said, ask=True)


def _hidden_columns(sheet: "Worksheet") -> set[int]:
    """Return the numbers of the columns that nobody sees; one entry may stand for several."""
    found: set[int] = set()
    for one in sheet.column_dimensions.values():
        if one.hidden:
            found |= {*range(one.min or 1, min(one.max or one.min or 1, sheets.COLUMNS) + 1)}
    return found
