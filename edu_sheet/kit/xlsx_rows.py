"""A sheet that takes its rows whole: what XlsxWriter does cell by cell takes five times as long.

Everything else of the sheet and the workbook stays XlsxWriter's own. What it has no public name for
and this module uses (`row_data_fh`, `str_table`, `_get_xf_index` …) is why pyproject.toml bounds it
to the versions that the tests ran with; tests/kit/test_xlsx_rows.py reads every kind of cell back.
"""

import shutil
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from edu_sheet.kit.pieces import require_room
from edu_sheet.kit.spreadsheet_xml import plain, tall
from edu_sheet.kit.xlsx import Run, separated, whole

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Value = str | float | Sequence[Run]  # "" is an empty cell
Cell = tuple[Value, "Format | None"]  # without a format there is no cell

_SHARED = ' t="s"><v>'

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
        self._looks: dict[Format | None, str] = {}  # as the cells name them
        self._fonts: dict[Format, str] = {}

    @property
    def next_row(self) -> int:
        """The number of the row that is added next, from 0."""
        return self._added

    def add_row(
        self,
        cells: Sequence[Cell],
        height: float | None = None,
        merged: Iterable[tuple[int, int]] = (),
    ) -> None:
        """Add the next row, its cells from column A on.

        `height` is in points; `merged` are the first and last column (from 0) of cells that are
        one. ValueError for a text that is longer than a cell holds: a caller cuts it first.
        """
        row = self._added
        self._added += 1
        number = str(self._added)
        shared, looks = self.str_table.string_table, self._looks
        xml = "".join(
            [
                f'<c r="{letter}{number}"{looks[look]}{_SHARED}{shared[value]}</v></c>'
                if type(value) is str and value in shared and look in looks  # as most cells are
                else self._cell(f"{letter}{number}", value, look)
                for letter, (value, look) in zip(_LETTERS, cells, strict=False)
            ]
        )
        self.str_table.count += xml.count(_SHARED)
        if xml or height is not None:
            self._put(f'<row r="{number}"{tall(height)}>{xml}</row>')
        for first, last in merged:
            self.merge.append([row, first, row, last])
        self._spread(len(cells))

    def _spread(self, width: int) -> None:
        self._widest = max(self._widest, width)
        self.dim_rowmin, self.dim_rowmax = 0, self._added - 1
        self.dim_colmin, self.dim_colmax = 0, self._widest - 1

    def _put(self, xml: str) -> None:
        if self.constant_memory:
            self.row_data_fh.buffer.write(xml.encode())
        else:
            self._rows.append(xml)

    def _cell(self, name: str, value: Value, look: "Format | None") -> str:
        if look is None:
            return ""
        self._looks[look] = f' s="{look._get_xf_index()}"'
        head = f'<c r="{name}"{self._looks[look]}'
        if value == "":
            return f"{head}/>"
        if isinstance(value, int | float):
            return f"{head}><v>{value:.16g}</v></c>"
        runs = separated(value, look) if isinstance(value, str) else whole(value)
        if len(runs) > 1:
            return self._rich(head, runs)
        text = value if isinstance(value, str) else "".join(text for text, _ in runs)
        return f"{head}{_SHARED}{self._index(text)}</v></c>" if text else f"{head}/>"

    def _index(self, text: str) -> int:
        """Return a text's index among the workbook's shared strings."""
        strings = self.str_table
        if text not in strings.string_table:
            require_room(text)
            strings.string_table[text] = strings.unique_count
            strings.unique_count += 1
        index: int = strings.string_table[text]
        return index

    def _rich(self, head: str, runs: Sequence[Run]) -> str:
        """Return a cell whose runs have their own fonts, as an inline string: it is not shared."""
        require_room("".join(text for text, _ in runs))
        xml = "".join(f"<r>{self._font(font)}{plain(text)}</r>" for text, font in runs)
        return f'{head} t="inlineStr"><is>{xml}</is></c>'

    def _font(self, font: "Format") -> str:
        if font not in self._fonts:
            self.rstring = XMLwriter()
            self.rstring._set_filehandle(StringIO())
            self._write_font(font)
            self._fonts[font] = self.rstring.fh.getvalue()
        return self._fonts[font]

    def _write_rows(self) -> None:
        self.fh.write("".join(self._rows))

    def _write_optimized_sheet_data(self) -> None:
        """Copy the rows from the file that a streamed workbook keeps them in, as they are."""
        self._xml_start_tag("sheetData")
        self.fh.flush()
        self.row_data_fh.buffer.seek(0)
        shutil.copyfileobj(self.row_data_fh.buffer, self.fh.buffer)
        self.row_data_fh.close()
        Path(self.row_data_filename).unlink()
        self._xml_end_tag("sheetData")
