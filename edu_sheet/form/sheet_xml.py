"""A sheet of a form as XML: written directly, for most of it stands in many forms alike."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from edu_sheet.form import layout
from edu_sheet.form.grid import Grid, GridCell, Line, Style
from edu_sheet.kit.pieces import characters, require_room
from edu_sheet.kit.spreadsheet_xml import HEAD, MAIN, attribute, string, tall, width
from edu_sheet.words.columns import STATE
from edu_sheet.words.place import column_letter

_A3, _A4 = 8, 9  # of Excel's paper sizes
_FOOTER_LIMIT = 255  # characters of a footer, its codes included
_ROW = "\0"  # the number of a row, in one that is kept; XML has no such character


def sheet_xml(grid: Grid, looks: Mapping[Style, int], *, opened: bool) -> str:
    """Return a sheet as XML: its styles by their numbers in the workbook.

    It is protected without a password, which guards against mistakes, not against intent. `opened`
    is the sheet that the program shows first.
    """
    unlocked = [(row, column) for row, line in grid.lines.items() for column in line.unlocked]
    corner = f"{column_letter(len(grid.widths))}{grid.last_row}"
    return "".join(
        (
            f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<dimension ref="A1:{corner}"/>{_view(grid, unlocked, opened=opened)}',
            f'<sheetFormatPr defaultRowHeight="15"/>{_columns(grid)}',
            f"<sheetData>{_rows(grid, looks)}</sheetData>",
            '<sheetProtection sheet="1" objects="1" scenarios="1" formatRows="0"/>',
            _merged(grid),
            _hints(grid),
            _paper(grid),
            _ignored(unlocked),
            "</worksheet>",
        )
    )


def table_xml(rows: Mapping[str, str]) -> str:
    """Return a protected sheet that holds names in column A and what they stand for in B."""
    written = "".join(
        f'<row r="{number}">{_text(f"A{number}", name)}{_text(f"B{number}", value)}</row>'
        for number, (name, value) in enumerate(rows.items(), 1)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1:B{len(rows)}"/>'
        f"<sheetData>{written}</sheetData>"
        '<sheetProtection sheet="1" objects="1" scenarios="1"/></worksheet>'
    )


def _text(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr">{string(text)}</c>'


def _view(grid: Grid, unlocked: list[tuple[int, int]], *, opened: bool) -> str:
    first, below = "", grid.header_row + 1
    if unlocked:
        place = f"{column_letter(unlocked[0][1])}{unlocked[0][0]}"
        first = f' activeCell="{place}" sqref="{place}"'
    selected = ' tabSelected="1"' if opened else ""
    return (
        f'<sheetViews><sheetView showGridLines="0"{selected} workbookViewId="0">'
        f'<pane ySplit="{grid.header_row}" topLeftCell="A{below}" activePane="bottomLeft"'
        f' state="frozen"/><selection pane="bottomLeft"{first}/></sheetView></sheetViews>'
    )


def _columns(grid: Grid) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}"'
        + (f' width="{width(one)}"' if one else ' width="0" hidden="1"')
        + ' customWidth="1"/>'
        for number, one in enumerate(grid.widths, 1)
    )
    return f"<cols>{columns}</cols>"


def _rows(grid: Grid, looks: Mapping[Style, int]) -> str:
    return "".join(
        _row(line, tuple(looks[one] for one in line.styles)).replace(_ROW, str(number))
        for number, line in sorted(grid.lines.items())
    )


@lru_cache(maxsize=4096)  # the same tasks stand in the forms of many units
def _row(line: Line, numbers: tuple[int, ...]) -> str:
    """Return a row but for its number; `numbers` are those of its styles."""
    looks = dict(zip(line.styles, numbers, strict=True))
    written = []
    for column, cell in line.places:
        look = f's="{looks[cell.style]}"'
        written.append(_cell(f'<c r="{column_letter(column)}{_ROW}" {look}', cell))
        covered = range(column + 1, column + cell.span)
        written += [f'<c r="{column_letter(one)}{_ROW}" {look}/>' for one in covered]
    return f'<row r="{_ROW}"{tall(line.height)}>{"".join(written)}</row>'


def _cell(head: str, cell: GridCell) -> str:
    if not cell.text:
        return f"{head}/>"
    if cell.number and cell.text.isdecimal():
        return f"{head}><v>{int(cell.text)}</v></c>"
    require_room(cell.text)
    return f'{head} t="inlineStr">{string(cell.text)}</c>'


def _merged(grid: Grid) -> str:
    merged = [
        f'<mergeCell ref="{column_letter(first + 1)}{row}:{column_letter(last + 1)}{row}"/>'
        for row, line in grid.lines.items()
        for first, last in line.merged
    ]
    return f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""


def _hints(grid: Grid) -> str:
    """Return what a program shows when a cell is entered, and what it lets be chosen there."""
    hints = [_hint(column, rows, cell) for column, rows, cell in _advised(grid)]
    if not hints:
        return ""
    return f'<dataValidations count="{len(hints)}">{"".join(hints)}</dataValidations>'


def _advised(grid: Grid) -> Iterator[tuple[int, range, GridCell]]:
    """Yield each run of cells below each other that show the same hint: column, rows, one of them.

    A program shows what is told of a run in each of its cells.
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


def _hint(column: int, rows: range, cell: GridCell) -> str:
    letter = column_letter(column)
    where = f'sqref="{letter}{rows[0]}:{letter}{rows[-1]}"'
    said = f'prompt="{attribute(cell.hint)}"'
    shown = 'allowBlank="1" showInputMessage="1" showErrorMessage="1"'
    if not cell.choices:
        title = f'promptTitle="{attribute(cell.title)}"'
        return f"<dataValidation {shown} {title} {said} {where}/>"
    refused = f"只能填：{'、'.join(cell.choices)}。"
    return (
        f'<dataValidation type="list" {shown} errorTitle="请从列表中选择"'
        f' error="{attribute(refused)}" promptTitle="{STATE.header}" {said} {where}>'
        f'<formula1>"{attribute(",".join(cell.choices))}"</formula1></dataValidation>'
    )


def _paper(grid: Grid) -> str:
    size = _A4 if sum(grid.widths) <= layout.A4_WIDTH else _A3
    pages = "&C第&P页 共&N页"
    left = f"&L{grid.footer.replace('&', '&&')}"
    footer = left + pages if characters(left + pages) <= _FOOTER_LIMIT else pages
    return (
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{size}" fitToHeight="0" orientation="landscape"/>'
        f"<headerFooter><oddFooter>{attribute(footer)}</oddFooter></headerFooter>"
    )


def _ignored(unlocked: list[tuple[int, int]]) -> str:
    """Return that no corner turns green where somebody writes just a number."""
    if not unlocked:
        return ""
    place = f"A{unlocked[0][0]}:XFD{unlocked[-1][0]}"
    return f'<ignoredErrors><ignoredError sqref="{place}" numberStoredAsText="1"/></ignoredErrors>'
