"""The sheets that the program makes, moved from a new workbook into the clerk's."""

import io
from collections.abc import Iterable
from copy import copy
from typing import TYPE_CHECKING, Any

from edu_sheet.master.layout import kept_names
from edu_sheet.master.merging.escapes import decode

if TYPE_CHECKING:
    from openpyxl import Workbook

# openpyxl's stubs know neither merged cells nor proxies of styles as what they are.
Sheet = Any
Cell = Any
Styles = dict[int, Any]  # by the source's style: a cell of the target that has it


def set_aside(book: "Workbook", altered: Iterable[str], written: Iterable[str]) -> None:
    """Take the program's sheets out; one in which a person wrote stays, last, as 名（改）."""
    for name in altered:
        sheet: Sheet = book[name]
        sheet.title = next(one for one in kept_names(name) if one not in book.sheetnames)
        _point(sheet._charts, name, sheet.title)
        book.move_sheet(sheet, len(book.sheetnames))
    for name in written:
        if name in book.sheetnames:
            book.remove(book[name])


def transplant(book: "Workbook", fresh: bytes, own: str) -> None:
    """Put every sheet of `fresh` but `own` into the workbook, in its usual place."""
    from openpyxl import load_workbook

    made = load_workbook(io.BytesIO(fresh), rich_text=True)
    decode(made)
    for place, sheet in enumerate(made.worksheets):
        if sheet.title == own:
            continue
        if sheet.title in book.sheetnames:
            book.remove(book[sheet.title])
        _copy(sheet, book.create_sheet(sheet.title, min(place, len(book.sheetnames))))


def shown_first(book: "Workbook") -> str:
    """Return the name of the sheet that the workbook opens with."""
    return str(book.active.title) if book.active else ""


def show(book: "Workbook", names: Iterable[str]) -> None:
    """Let the workbook open with the first of these sheets that is there to be seen.

    Which one it is is counted, and sheets were taken out and put in before it.
    """
    seen = [one for one in book.worksheets if one.sheet_state == "visible"]
    first = next((one for name in names for one in seen if one.title == name), seen[0])
    book.active = first
    for one in book.worksheets:
        one.sheet_view.tabSelected = one is first


def _point(charts: Iterable[Any], old: str, new: str) -> None:
    """Let charts go on to show the figures of their own sheet, which was called otherwise."""
    for data in (data for chart in charts for one in chart.series for data in _shown(one)):
        for said in (getattr(data, name, None) for name in ("strRef", "numRef")):
            sheet, _, area = said.f.rpartition("!") if said else ("", "", "")
            if said and sheet.strip("'") == old:
                said.f = f"'{new}'!{area}"


def _shown(series: Any) -> tuple[Any, ...]:
    return series.tx, series.cat, series.val


def _copy(source: Sheet, target: Sheet) -> None:
    styles: Styles = {}
    for row in source.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            copied = target.cell(cell.row, cell.column, cell.value)
            copied.data_type = cell.data_type
            if cell.has_style:
                _dress(cell, copied, styles)
    for coord in [one.coord for one in source.merged_cells.ranges]:
        target.merge_cells(coord)
    for letter, column in source.column_dimensions.items():
        place = target.column_dimensions[letter]
        place.width, place.hidden = column.width, column.hidden
        place.min, place.max = column.min, column.max
    for number, line in source.row_dimensions.items():
        target.row_dimensions[number].height = line.height
    _copy_rules(source, target)
    _copy_page(source, target)


def _dress(source: Cell, target: Cell, styles: Styles) -> None:
    known: Cell = styles.setdefault(source.style_id, target)
    if known is not target:
        target._style = copy(known._style)  # the public way makes six look-ups of every cell
        return
    target.font, target.fill = copy(source.font), copy(source.fill)
    target.border, target.alignment = copy(source.border), copy(source.alignment)
    target.number_format, target.protection = source.number_format, copy(source.protection)
    target.quotePrefix = source.quotePrefix


def _copy_rules(source: Sheet, target: Sheet) -> None:
    for ranged in source.conditional_formatting:
        for rule in ranged.rules:
            target.conditional_formatting.add(str(ranged.sqref), copy(rule))
    for validation in source.data_validations.dataValidation:
        target.add_data_validation(copy(validation))
    for chart in source._charts:  # openpyxl reads charts, but has no public list of them
        _label_values_only(chart)
        target.add_chart(chart)


def _label_values_only(chart: Any) -> None:
    """Write the explicit no that XlsxWriter omits: LibreOffice takes a missing value for yes."""
    for one in chart.series:
        if one.dLbls:
            one.dLbls.showSerName = one.dLbls.showCatName = False
            one.dLbls.showLegendKey = one.dLbls.showPercent = False


def _copy_page(source: Sheet, target: Sheet) -> None:
    target.sheet_format = copy(source.sheet_format)
    target.sheet_properties = copy(source.sheet_properties)
    target.sheet_state = source.sheet_state
    target.page_margins = copy(source.page_margins)
    target.page_setup.orientation = source.page_setup.orientation
    target.page_setup.paperSize = source.page_setup.paperSize
    target.page_setup.fitToWidth = source.page_setup.fitToWidth
    target.page_setup.fitToHeight = source.page_setup.fitToHeight
    target.print_options = copy(source.print_options)
    target.oddFooter = copy(source.oddFooter)
    target.views = copy(source.views)
    target.views.sheetView[0].tabSelected = False
    target.auto_filter.ref = source.auto_filter.ref
    target.print_title_rows = source.print_title_rows
    if source.print_area:
        target.print_area = source.print_area.rpartition("!")[2]
