"""A row put into, or taken out of, a sheet that a person edited.

openpyxl moves the cells alone: heights, merged cells, colour rules, drop-downs, filters, the print
area and the formulas that point below are moved here as well.
"""

import re
from copy import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CELL = re.compile(r"(\$?[A-Za-z]{1,3})(\$?)(\d+)")


def insert_row(sheet: "Worksheet", at: int) -> None:
    """Put an empty row before row `at`."""
    _shift(sheet, at, 1)


def delete_row(sheet: "Worksheet", at: int) -> None:
    """Take row `at` out."""
    for merged in [one for one in sheet.merged_cells.ranges if one.min_row == one.max_row == at]:
        sheet.unmerge_cells(merged.coord)
    for cell in sheet[at]:
        cell.value = None
        cell.comment = None
    if at == sheet.max_row:
        sheet.delete_rows(at)
    _shift(sheet, at + 1, -1)


def _shift(sheet: "Worksheet", at: int, by: int) -> None:
    from openpyxl.utils import get_column_letter

    merged = [one.coord for one in sheet.merged_cells.ranges]
    for coord in merged:
        sheet.unmerge_cells(coord)
    last, width = sheet.max_row, get_column_letter(sheet.max_column)
    if at <= last:
        sheet.move_range(f"A{at}:{width}{last}", rows=by)
    heights = {row: sheet.row_dimensions.pop(row) for row in list(sheet.row_dimensions)}
    for row, dimension in heights.items():
        if row >= at or by > 0 or row != at - 1:
            moved = copy(dimension)
            moved.index = row + by if row >= at else row
            sheet.row_dimensions[moved.index] = moved
    for coord in merged:
        sheet.merge_cells(_moved(coord, at, by))
    _shift_rules(sheet, at, by)
    _shift_formulas(sheet, at, by)


def _shift_rules(sheet: "Worksheet", at: int, by: int) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.worksheet.cell_range import MultiCellRange

    rules = sheet.conditional_formatting
    sheet.conditional_formatting = ConditionalFormattingList()
    for kept in rules:
        for rule in kept.rules:
            sheet.conditional_formatting.add(_moved(str(kept.sqref), at, by), rule)
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = MultiCellRange(_moved(str(validation.sqref), at, by))
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _moved(sheet.auto_filter.ref, at, by)
    for row in sheet.iter_rows(min_row=at):
        for cell in row:
            if cell.hyperlink:
                cell.hyperlink.ref = cell.coordinate


def _shift_formulas(sheet: "Worksheet", at: int, by: int) -> None:
    """Adjust every formula of the workbook that refers to rows below."""
    from openpyxl.formula import Tokenizer

    book: Any = sheet.parent
    for other in book.worksheets:
        for row in other.iter_rows():
            for cell in row:
                if cell.data_type != "f" or not isinstance(cell.value, str):
                    continue
                tokens = Tokenizer(cell.value)
                for token in tokens.items:
                    if token.subtype == "RANGE" and _points_at(token.value, sheet, other):
                        name, mark, place = token.value.rpartition("!")
                        token.value = name + mark + _moved(place, at, by)
                cell.value = "=" + "".join(token.value for token in tokens.items)


def _points_at(reference: str, sheet: "Worksheet", other: "Worksheet") -> bool:
    name = reference.rpartition("!")[0].strip("'").replace("''", "'")
    return name == sheet.title if name else other is sheet


def _moved(reference: str, at: int, by: int) -> str:
    def one(found: re.Match[str]) -> str:
        row = int(found[3])
        return f"{found[1]}{found[2]}{row + by if row >= at else row}"

    return _CELL.sub(one, reference)
