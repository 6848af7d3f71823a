"""How every sheet of a master looks: fonts, the head of the table, the printed page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from edu_sheet.kit.row_height import row_height
from edu_sheet.words.columns import Column
from edu_sheet.words.settings import Fonts

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from edu_sheet.kit.xlsx_rows import Cell, RowSheet, Value

HEAD_ROWS = 3  # title, line below it, header
A3, A4 = 8, 9  # of Excel's paper sizes
HEADER_SIZE = 12.0
_BORDER = "#7F7F7F"
_HEADER_FILL = "#DDE6F0"


class Styles:
    """A workbook's cell formats, each made once."""

    def __init__(self, book: "Workbook", fonts: Fonts) -> None:
        self._book = book
        self._fonts = fonts
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._cells: dict[tuple[object, ...], Format] = {}  # most cells look like one before

    def cell(self, size: float, **properties: object) -> "Format":
        """Return the format of a cell of a table: wrapped, framed, at the top."""
        known = (size, *properties.items())
        if known not in self._cells:
            self._cells[known] = self._format(
                {"font_name": self._fonts.sheet, "font_size": size, "text_wrap": True}
                | {"valign": "top", "border": 1, "border_color": _BORDER}
                | properties
            )
        return self._cells[known]

    def font(self, size: float, **properties: object) -> "Format":
        """Return the format of some of a cell's text."""
        return self._format({"font_name": self._fonts.sheet, "font_size": size} | properties)

    def title(self) -> "Format":
        """Return the format of a sheet's title."""
        return self._format(
            {"font_name": self._fonts.title, "font_size": 22, "align": "center"}
            | {"valign": "vcenter"}
        )

    def line(self, align: str) -> "Format":
        """Return the format of what stands between a title and its table."""
        return self._format(
            {"font_name": self._fonts.sheet, "font_size": 12, "align": align, "valign": "vcenter"}
        )

    def header(self) -> "Format":
        """Return the format of a table's header."""
        return self._format(
            {"font_name": self._fonts.heading1, "font_size": HEADER_SIZE, "align": "center"}
            | {"valign": "vcenter", "text_wrap": True, "border": 1, "border_color": _BORDER}
            | {"bg_color": _HEADER_FILL}
        )

    def _format(self, properties: dict[str, object]) -> "Format":
        key = tuple(sorted(properties.items(), key=lambda item: item[0]))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def begin(
    sheet: "RowSheet",
    styles: Styles,
    columns: Sequence[Column],
    title: str,
    line: Sequence[tuple[int, str, str]],
) -> None:
    """Write a sheet's title, the line below it and the header, and set its columns' widths.

    `line` gives (columns taken, text, align) from the left. A column of width 0 is hidden.
    """
    shown = sum(1 for column in columns if column.width)
    for place, column in enumerate(columns):
        sheet.set_column(
            place, place, column.width or None, None, {} if column.width else {"hidden": True}
        )
    add_spanned(sheet, [(shown, title, styles.title())], 42)
    add_spanned(sheet, [(taken, text, styles.line(align)) for taken, text, align in line], 24)
    height = row_height(((one.header, one.width) for one in columns if one.width), HEADER_SIZE, 32)
    sheet.add_row([(column.header, styles.header()) for column in columns], height)


def add_spanned(
    sheet: "RowSheet", spans: Sequence[tuple[int, "Value", "Format"]], height: float | None = None
) -> None:
    """Add a row of (columns taken, value, look) from the left, each of them one cell."""
    cells: list[Cell] = []
    merged = []
    for taken, value, look in spans:
        if taken > 1:
            merged.append((len(cells), len(cells) + taken - 1))
        cells += [(value, look), *[("", look)] * (taken - 1)]
    sheet.add_row(cells, height, merged)


def finish(
    sheet: "RowSheet", columns: Sequence[Column], frozen: int, paper: int = A3, note: str = ""
) -> None:
    """Set up the printed page, once all rows are there; a `note` stands at its foot."""
    last_row = max(sheet.next_row - 1, HEAD_ROWS)
    shown = sum(1 for column in columns if column.width)
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.set_margins(left=0.47, right=0.47, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(0, HEAD_ROWS - 1)
    sheet.set_footer(f"{'&L' + note if note else ''}&C第&P页 共&N页")
    sheet.print_area(0, 0, last_row, shown - 1)
    sheet.freeze_panes(HEAD_ROWS, frozen)
    sheet.hide_gridlines(2)
    sheet.set_zoom(80)
