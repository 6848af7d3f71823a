"""A Form as the bytes of a workbook: the same form gives the same bytes."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from edu_sheet.form import layout
from edu_sheet.form.grid import Grid, GridCell, Line, Style, grids
from edu_sheet.kit.pieces import characters
from edu_sheet.kit.xlsx import new_book
from edu_sheet.words.columns import STATE
from edu_sheet.words.forms import Form

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from edu_sheet.kit.xlsx_rows import Cell, PreparedRow, RowSheet

_A3, _A4 = 8, 9  # of Excel's paper sizes
_FOOTER_LIMIT = 255  # characters of a footer, its codes included


def write(form: Form, issue: int, created: datetime) -> bytes:
    """Return the workbook of a form as .xlsx.

    `issue` is the ledger's id of the issue, kept on the metadata sheet; `created` becomes the
    document's date. The same three arguments give the same bytes.
    """
    from edu_sheet.kit.xlsx_rows import add_sheet

    stream = BytesIO()
    book = new_book(stream, _document_title(form), created)
    formats = _Formats(book, form.font)
    for grid in grids(form):
        _write_sheet(add_sheet(book, grid.name), grid, formats)
    _write_identity(book, form, issue)
    book.close()
    return stream.getvalue()


class _Formats(dict[Style, "Format"]):
    """The workbook's formats, one for each style, made when it is asked for."""

    def __init__(self, book: "Workbook", font: str) -> None:
        super().__init__()
        self._book = book
        self._font = font

    def __missing__(self, style: Style) -> "Format":
        self[style] = self._book.add_format(self._properties(style))
        return self[style]

    def _properties(self, style: Style) -> dict[str, object]:
        properties: dict[str, object] = {
            "font_name": self._font,
            "font_size": style.size,
            "bold": style.bold,
            "align": style.align,
            "valign": style.valign,
            "text_wrap": True,
            "locked": not style.unlocked,
        }
        if style.border:
            properties |= {"border": 1, "border_color": "#7F7F7F"}
        if style.fill:
            properties |= {"bg_color": f"#{style.fill}"}
        if style.unlocked:
            properties |= {"num_format": "@"}
        return properties


def _write_sheet(sheet: "RowSheet", grid: Grid, formats: _Formats) -> None:
    for column, width in enumerate(grid.widths):
        sheet.set_column(column, column, width or None, None, {"hidden": not width})
    for row in range(1, grid.last_row + 1):
        line = grid.lines.get(row)
        if line is None:
            sheet.add_row([])
        elif not line.merged and (ready := _prepared(line)):
            sheet.add_prepared(ready, formats)
        else:
            _write_line(sheet, line, formats)
    for column, rows, cell in _advised(grid):
        _advise(sheet, column, rows, cell)
    _protect(sheet, grid)
    sheet.freeze_panes(grid.header_row, 0)
    _set_up_print(sheet, grid)


@lru_cache(maxsize=2048)  # the same tasks stand in the forms of many units
def _prepared(line: Line) -> "PreparedRow | None":
    """Return the row prepared for writing, None if it must be written afresh each time."""
    from edu_sheet.kit.xlsx_rows import prepared

    return prepared([(_value(cell), cell.style) for cell in line.cells], line.height)


def _write_line(sheet: "RowSheet", line: Line, formats: _Formats) -> None:
    cells: list[Cell] = []
    for cell in line.cells:
        look = formats[cell.style]
        cells += [(_value(cell), look), *[("", look)] * (cell.span - 1)]
    sheet.add_row(cells, line.height, line.merged)


def _value(cell: GridCell) -> str | int:
    return int(cell.text) if cell.number and cell.text.isdecimal() else cell.text


def _advised(grid: Grid) -> Iterator[tuple[int, range, GridCell]]:
    """Yield each run of cells below each other that show the same hint: column, rows, one of them.

    A program shows what is told of a run in each of its cells: 6 % less time than cell by cell.
    """
    runs: dict[tuple[int, str, tuple[str, ...]], tuple[int, int, GridCell]] = {}
    for row, line in sorted(grid.lines.items()):
        for column, cell in line.advised:
            key = column, cell.hint, cell.choices
            first, last, _ = runs.get(key, (row, row - 1, cell))
            if last < row - 1:
                yield column, range(first, last + 1), cell
                first = row
            runs[key] = first, row, cell
    for (column, *_), (first, last, cell) in runs.items():
        yield column, range(first, last + 1), cell


def _advise(sheet: "RowSheet", column: int, rows: range, cell: GridCell) -> None:
    """Show a hint when one of the cells is entered, and restrict them to their choices."""
    if cell.choices:
        options: dict[str, object] = {
            "validate": "list",
            "source": list(cell.choices),
            "input_title": STATE.header,
            "error_title": "请从列表中选择",
            "error_message": f"只能填：{'、'.join(cell.choices)}。",
        }
    else:
        options = {"validate": "any", "input_title": cell.title}
    options["input_message"] = cell.hint
    sheet.data_validation(rows[0] - 1, column - 1, rows[-1] - 1, column - 1, options)


def _protect(sheet: "RowSheet", grid: Grid) -> None:
    """Lock the sheet without a password: it guards against mistakes, not against intent."""
    sheet.protect("", {"format_rows": True})
    if unlocked := [(row, column) for row, line in grid.lines.items() for column in line.unlocked]:
        row, column = unlocked[0]
        sheet.set_selection(row - 1, column - 1, row - 1, column - 1)
        # No green corner where somebody writes just a number.
        (first, _), (last, _) = unlocked[0], unlocked[-1]
        sheet.ignore_errors({"number_stored_as_text": f"A{first}:XFD{last}"})


def _set_up_print(sheet: "RowSheet", grid: Grid) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4 if sum(grid.widths) <= layout.A4_WIDTH else _A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(grid.header_row - 1)
    sheet.print_area(0, 0, grid.last_row - 1, grid.printed_columns - 1)
    sheet.hide_gridlines(2)
    pages = "&C第&P页 共&N页"
    left = f"&L{grid.footer.replace('&', '&&')}"
    fits = characters(left + pages) <= _FOOTER_LIMIT
    sheet.set_footer(left + pages if fits else pages, {"margin": 0.3})


def _write_identity(book: "Workbook", form: Form, issue: int) -> None:
    """Leave the signed identity in three places: one of them survives what people do to a file."""
    identity = form.identity
    values = dict(
        zip(
            layout.META_FIELDS,
            (
                identity.plan,
                str(identity.version),
                identity.unit,
                str(identity.period),
                identity.digest,
                form.number,
                form.token,
                str(issue),
                form.unit_key,
            ),
            strict=True,
        )
    )
    sheet = book.add_worksheet(layout.META_SHEET)
    for row, (name, value) in enumerate(values.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.protect()
    sheet.very_hidden()
    book.set_custom_property(layout.TOKEN_PROPERTY, form.token, "text")
    quoted = form.token.replace('"', '""')
    book.define_name(layout.TOKEN_NAME, f'="{quoted}"')


def _document_title(form: Form) -> str:
    return f"{form.title}填报表 {form.identity.unit} {form.identity.period}"
