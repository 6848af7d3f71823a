"""A workbook as text for goldens: values, locks, looks, widths, hints, print set-up."""

import io
import os
from collections.abc import Iterator

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.places import GOLDENS


def check_golden(name: str, text: str) -> None:
    """Compare a text with its golden; EDU_SHEET_GOLDENS=write writes it instead, for a review."""
    path = GOLDENS / name
    if os.environ.get("EDU_SHEET_GOLDENS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def workbook_text(data: bytes) -> str:
    """Return what a workbook holds and how it looks, a line for each fact."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = [f"name {name} = {defined.value}" for name, defined in book.defined_names.items()]
    for sheet in book:
        lines += ["", f"# {sheet.title} ({sheet.sheet_state})", *_sheet_lines(sheet)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _sheet_lines(sheet: Worksheet) -> Iterator[str]:
    page, protection = sheet.page_setup, sheet.protection
    fit = f"{page.fitToWidth or 1}x{page.fitToHeight}"
    yield f"page {page.orientation} paper={page.paperSize} fit={fit}"
    yield f"print area={sheet.print_area} rows={sheet.print_title_rows}"
    footer = sheet.oddFooter
    if footer:
        yield f"footer {footer.left.text} | {footer.center.text} | {footer.right.text}"
    yield (
        f"protected={protection.sheet} password={protection.password}"
        f" rows adjustable={not protection.formatRows}"
    )
    for letter, column in sorted(sheet.column_dimensions.items()):
        yield f"column {letter} width={column.width:g}{' hidden' if column.hidden else ''}"
    for area in sorted(str(one) for one in sheet.merged_cells.ranges):
        yield f"merged {area}"
    for hint in sheet.data_validations.dataValidation:
        yield f"hint {hint.sqref} {hint.type} {hint.promptTitle}: {hint.prompt}"
    for row in sheet.iter_rows():
        cells = [cell for cell in row if isinstance(cell, Cell) and _counts(cell)]
        if cells:
            yield f"row {row[0].row} height={sheet.row_dimensions[cells[0].row].height}"
        for cell in cells:
            yield f"  {_cell_line(cell)}"


def _counts(cell: Cell | MergedCell) -> bool:
    return cell.value is not None or not cell.protection.locked


def _cell_line(cell: Cell) -> str:
    font, alignment = cell.font, cell.alignment
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type else "-"
    look = (
        f"{font.name} {font.size:g}{' bold' if font.bold else ''}"
        f" {alignment.horizontal}/{alignment.vertical}{' wrap' if alignment.wrap_text else ''}"
        f" fill={fill} border={cell.border.left.style or '-'}"
    )
    lock = "locked" if cell.protection.locked else f"UNLOCKED {cell.number_format}"
    return f"{get_column_letter(cell.column)}{cell.row} {cell.value!r} [{lock}; {look}]"
