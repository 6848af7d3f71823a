"""What the libraries allow at best: the same bytes with nothing around them."""

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import work
from edu_sheet import form
from edu_sheet.form.grid import Grid, Style, grids

if TYPE_CHECKING:
    from pandas import DataFrame
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Sheets = Sequence[tuple[Grid, ...]]


def composed(units: Sequence[str], all_units: int) -> Sheets:
    """Return what stands where in each unit's form: no part of what is measured."""
    plan = work.plan(all_units)
    return [
        grids(form.compose(plan, unit, work.PERIOD, version=1, plan_id="0", secret=b"0"))
        for unit in units
    ]


def write_forms(folder: Path, books: Sheets) -> None:
    """Write the same cells, looks and hints with XlsxWriter."""
    import xlsxwriter

    folder.mkdir(parents=True, exist_ok=True)
    for number, sheets in enumerate(books):
        book = xlsxwriter.Workbook(folder / f"{number}.xlsx", {"in_memory": True})
        for grid in sheets:
            _write(book, grid)
        book.add_worksheet("_edu_sheet").very_hidden()
        book.close()


def _write(book: "Workbook", grid: Grid) -> None:
    sheet, looks = book.add_worksheet(grid.name), dict[Style, "Format"]()
    for row, height in grid.heights.items():
        sheet.set_row(row - 1, height)
    for column, width in enumerate(grid.widths):
        sheet.set_column(column, column, width)
    for (row, column), cell in grid.cells.items():
        if cell.style not in looks:
            looks[cell.style] = book.add_format(_look(cell.style))
        look = looks[cell.style]
        if cell.span > 1:
            sheet.merge_range(row - 1, column - 1, row - 1, column + cell.span - 2, "", look)
        if cell.text:
            sheet.write_string(row - 1, column - 1, cell.text, look)
        else:
            sheet.write_blank(row - 1, column - 1, None, look)
    advised = [at for at, cell in grid.cells.items() if cell.hint]  # one column, row by row
    if advised:
        options = {"validate": "any", "input_message": grid.cells[advised[0]].hint}
        (first, column), (last, _) = advised[0], advised[-1]
        sheet.data_validation(first - 1, column - 1, last - 1, column - 1, options)
    sheet.protect()
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _look(style: Style) -> dict[str, object]:
    return {
        "font_size": style.size,
        "align": style.align,
        "text_wrap": True,
        "border": int(style.border),
        "locked": not style.unlocked,
    } | ({"bg_color": f"#{style.fill}"} if style.fill else {})


def read_returns(files: Sequence[Path]) -> None:
    """Read the first sheet of every return with calamine."""
    from python_calamine import CalamineWorkbook

    for path in files:
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def write_rows(frame: "DataFrame", path: Path) -> None:
    """Write the rows of all texts with XlsxWriter."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(frame.itertuples(index=False)):
            for column, value in enumerate(row):
                sheet.write(number, column, value)


def deflate(packages: Sequence[Path]) -> float:
    """Return how many seconds zlib takes for the parts of these packages, at level 6."""
    import time

    parts = []
    for path in packages:
        with zipfile.ZipFile(path) as package:
            parts += [package.read(name) for name in package.namelist()]
    start = time.perf_counter()
    for part in parts:
        zlib.compress(part, 6)
    return time.perf_counter() - start
