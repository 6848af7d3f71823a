"""How the plan workbook's sheets look, on the screen and on paper."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from edu_sheet.kit import row_height
from edu_sheet.plan import layout
from edu_sheet.words.columns import LEAD, NUMBER, Column
from edu_sheet.words.settings import Settings

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SIZE = 10.5  # points
_FOOTER = "&C第&P页 共&N页"
_SPARE = 2  # of a column's width: a text that just fits one line may take two with another font
_LAST_ROW = 999  # down to which a list offers its choices
_CENTRED = frozenset(
    {
        NUMBER,
        LEAD,
        layout.GROUP,
        layout.PERIOD,
        layout.DUE,
        layout.SUMMARY_DATE,
        layout.MARKER,
        layout.KIND,
        layout.WHEN,
        layout.CLOSED_ITEM,
        layout.YEAR,
        layout.CLOSED_ON,
        layout.REOPENED_ON,
    }
)


class Formats:
    """The workbook's formats by what they are for."""

    def __init__(self, book: "Workbook", settings: Settings) -> None:
        fonts = settings.fonts
        self._book = book
        self._font = fonts.sheet
        self.title = self._add(font_name=fonts.title, font_size=20, align="center", text_wrap=True)
        self.info = self._add(font_size=11, align="center", text_wrap=True)
        self.note = self._add(font_size=SIZE, text_wrap=True, valign="top")
        self.header = self._add(
            font_name=fonts.heading1,
            font_size=11,
            align="center",
            border=1,
            text_wrap=True,
            bg_color="#EDEDED",
        )
        self.day = self._add(
            font_size=SIZE, align="center", border=1, num_format='yyyy"年"m"月"d"日"'
        )
        self.example = self._add(
            font_size=SIZE,
            font_color="#7F7F7F",
            italic=True,
            border=1,
            text_wrap=True,
            num_format="@",
        )
        self.blank = self._add(font_size=SIZE, text_wrap=True, num_format="@")

    def cell(self, column: Column, size: float = SIZE) -> "Format":
        """Return the format of a table's cells in a column: text, so that Excel alters nothing."""
        align = "center" if column in _CENTRED else "left"
        return self._add(font_size=size, align=align, border=1, text_wrap=True, num_format="@")

    def number(self, size: float) -> "Format":
        """Return the format of 序号, the one column of numbers."""
        return self._add(font_size=size, align="center", border=1)

    def _add(self, **properties: object) -> "Format":
        standard = {"font_name": self._font, "valign": "vcenter"}
        return self._book.add_format(standard | properties)


def write_table(
    sheet: "Worksheet",
    header_row: int,
    columns: tuple[Column, ...],
    lines: Iterator[list[str]],
    formats: Formats,
) -> None:
    """Write a header and lines of texts, each row tall enough."""
    widths = [column.width for column in columns]
    headers = [column.header for column in columns]
    cells = [formats.cell(column) for column in columns]
    sheet.write_row(header_row, 0, headers, formats.header)
    sheet.set_row(header_row, row_height.row_height(zip(headers, widths, strict=True), 11, 26))
    for row, texts in enumerate(lines, header_row + 1):
        for place, (text, style) in enumerate(zip(texts, cells, strict=True)):
            sheet.write_string(row, place, text, style)
        narrow = ((text, width - _SPARE) for text, width in zip(texts, widths, strict=True))
        height = row_height.row_height(narrow, SIZE, 19)
        sheet.set_row(row, min(height, row_height.LIMIT))


def choices(
    sheet: "Worksheet", row: int, place: int, allowed: list[str], last: int = _LAST_ROW
) -> None:
    """Restrict the cells of a column, from a row on, to the choices of a list."""
    sheet.data_validation(
        row,
        place,
        last,
        place,
        {
            "validate": "list",
            "source": allowed,
            "error_title": "请从列表中选择",
            "error_message": "只能填列表中的内容。",
        },
    )


def hints(
    sheet: "Worksheet", row: int, columns: tuple[Column, ...], hints: dict[Column, str]
) -> None:
    """Show a hint when a cell of a column is entered."""
    for column, hint in hints.items():
        place = columns.index(column)
        options = {"validate": "any", "input_title": column.header, "input_message": hint}
        sheet.data_validation(row, place, _LAST_ROW, place, options)


def page(sheet: "Worksheet", header_row: int, frozen_columns: int) -> None:
    """Set a sheet up for A4 landscape: as wide as the page, its header on every one."""
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.set_margins(left=0.45, right=0.45, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row)
    sheet.set_footer(_FOOTER)
    sheet.freeze_panes(header_row + 1, frozen_columns)
