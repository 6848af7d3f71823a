"""A sheet that takes its rows whole: what XlsxWriter does cell by cell takes five times as long.

Everything else of the sheet and the workbook stays XlsxWriter's own. What it has no public name for
and this module uses (`row_data_fh`, `str_table`, `_get_xf_index` …) is why pyproject.toml bounds it
to the versions that the tests ran with; tests/test_xlsx_rows.py reads every kind of cell back.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from edu_sheet.xlsx import Run, require_room, separated, whole

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Value = str | float | Sequence[Run]  # "" is an empty cell
Cell = tuple[Value, "Format"]

_LETTERS = tuple(xl_col_to_name(column) for column in range(256))


def add_sheet(book: "Workbook", name: str) -> "RowSheet":
    """Return a new sheet of the workbook, to be filled row by row from the top."""
    sheet: RowSheet = book.add_worksheet(name, RowSheet)
    return sheet


class RowSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A worksheet whose rows are added one below the other; its other methods write no cells."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str] = []  # unless the workbook keeps them in a file of its own
        self._added = 0
        self._widest = 1
        self._fonts: dict[int, str] = {}

    @property
    def next_row(self) -> int:
        """The number of the row that is added next, from 0."""
        return self._added

    def add_row(
        self,
        cells: Sequence[Cell | None],
        height: float | None = None,
        merged: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Add the next row, its cells from column A on, None where there is none.

        `height` is in points; `merged` are the first and last column (from 0) of cells that are
        one. ValueError for a text that is longer than a cell holds: a caller cuts it first.
        """
        row = self._added
        self._added += 1
        number = str(self._added)
        xml = "".join(
            self._cell(f"{letter}{number}", *cell)
            for letter, cell in zip(_LETTERS, cells, strict=False)
            if cell
        )
        if xml or height is not None:
            self._put(f'<row r="{number}"{_height(height)}>{xml}</row>')
        for first, last in merged:
            self.merge.append([row, first, row, last])
        self._widest = max(self._widest, len(cells))
        self.dim_rowmin, self.dim_rowmax = 0, row
        self.dim_colmin, self.dim_colmax = 0, self._widest - 1

    def _put(self, xml: str) -> None:
        if self.constant_memory:
            self.row_data_fh.write(xml)
        else:
            self._rows.append(xml)

    def _cell(self, name: str, value: Value, look: "Format") -> str:
        head = f'<c r="{name}" s="{look._get_xf_index()}"'
        if isinstance(value, str):
            if not value:
                return f"{head}/>"
            strings = self.str_table
            index = strings.string_table.get(value)
            if index is None:
                if torn := separated(value, look):
                    return self._rich(head, torn)
                require_room(value)
                index = strings._get_shared_string_index(value)
            else:
                strings.count += 1
            return f'{head} t="s"><v>{index}</v></c>'
        if isinstance(value, int | float):
            return f"{head}><v>{value:.16g}</v></c>"
        runs = whole(value)
        if len(runs) < 2:
            return self._cell(name, "".join(text for text, _ in runs), look)
        return self._rich(head, runs)

    def _rich(self, head: str, runs: Sequence[Run]) -> str:
        """Return a cell of texts in several fonts, which stand in the cell: no other is like it."""
        require_room("".join(text for text, _ in runs))
        xml = "".join(f"<r>{self._font(font)}{self._text(text)}</r>" for text, font in runs)
        return f'{head} t="inlineStr"><is>{xml}</is></c>'

    def _font(self, font: "Format") -> str:
        if id(font) not in self._fonts:
            self.rstring = XMLwriter()
            self.rstring._set_filehandle(StringIO())
            self._write_font(font)
            self._fonts[id(font)] = self.rstring.fh.getvalue()
        return self._fonts[id(font)]

    def _text(self, text: str) -> str:
        written = self._escape_data(self._escape_control_characters(text))
        return f'<t xml:space="preserve">{written}</t>'

    def _write_rows(self) -> None:
        self.fh.write("".join(self._rows))


@lru_cache(maxsize=1024)
def _height(points: float | None) -> str:
    """Return a row's height as attributes, in whole pixels as XlsxWriter has it."""
    if points is None:
        return ""
    return f' ht="{int(points * 4 / 3 + 0.5) * 0.75:.16g}" customHeight="1"'
