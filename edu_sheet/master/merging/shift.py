"""A row put into, or taken out of, a sheet that a person edited.

openpyxl moves the cells alone: heights, merged cells, colour rules, drop-downs, filters, tables and
page breaks are moved here as well, and every formula, name and link that points below.
"""

import re
from copy import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# A cell, or a whole row, of a reference: D15, $A$4:$K$27, 15:15.
_ROW = re.compile(r"((?:^|[:, ])\$?(?:[A-Za-z]{1,3}\$?)?)(\d+)(?![\w\[])")


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
    _shift_pointers(sheet, at, by)


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
    for table in sheet.tables.values():
        table.ref = _moved(table.ref, at, by)
        if table.autoFilter and table.autoFilter.ref:
            table.autoFilter.ref = _moved(table.autoFilter.ref, at, by)
    for end in sheet.row_breaks.brk:
        end.id += by if end.id >= at else 0


def _shift_pointers(sheet: "Worksheet", at: int, by: int) -> None:
    """Adjust every formula, name and link of the workbook that points to rows below."""
    book: Any = sheet.parent
    _shift_names(book.defined_names, sheet, None, at, by)
    for other in book.worksheets:
        _shift_names(other.defined_names, sheet, other, at, by)
        for row in other.iter_rows():
            for cell in row:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = _formula(cell.value, sheet, other, at, by)
                if link := cell.hyperlink:
                    link.ref = cell.coordinate
                    link.location = _formula(link.location, sheet, other, at, by)
        for kept in other.conditional_formatting:
            for rule in kept.rules:
                rule.formula = [_formula(one, sheet, other, at, by) for one in rule.formula]
        for one in other.data_validations.dataValidation:
            one.formula1 = _formula(one.formula1, sheet, other, at, by)
            one.formula2 = _formula(one.formula2, sheet, other, at, by)


def _shift_names(
    names: Any, sheet: "Worksheet", other: "Worksheet | None", at: int, by: int
) -> None:
    for name in names.values():
        name.attr_text = _formula(name.attr_text, sheet, other, at, by)


def _formula(
    said: str | None, sheet: "Worksheet", other: "Worksheet | None", at: int, by: int
) -> str | None:
    """Return a formula of another sheet, with its = or without, as it points after the shift."""
    from openpyxl.formula import Tokenizer

    if not said:
        return said
    begins = "=" if said.startswith("=") else ""
    tokens = Tokenizer(said if begins else f"={said}")
    for token in tokens.items:
        if token.subtype == "RANGE" and _points_at(token.value, sheet, other):
            name, mark, place = token.value.rpartition("!")
            token.value = name + mark + _moved(place, at, by)
    return begins + "".join(token.value for token in tokens.items)


def _points_at(reference: str, sheet: "Worksheet", other: "Worksheet | None") -> bool:
    name = reference.rpartition("!")[0].strip("'").replace("''", "'")
    return name == sheet.title if name else other is sheet


def _moved(reference: str, at: int, by: int) -> str:
    def one(found: re.Match[str]) -> str:
        row = int(found[2])
        return f"{found[1]}{row + by if row >= at else row}"

    return _ROW.sub(one, reference)
