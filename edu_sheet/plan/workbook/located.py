"""A sheet of the plan workbook with its header found: lines by column, whatever their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edu_sheet.plan import layout
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.sheets import Value
from edu_sheet.sentences import note
from edu_sheet.words.columns import PROGRESS, Column
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.findings import Value as Said
from edu_sheet.words.place import Place
from edu_sheet.words.text import bare, tidy

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LEAST = 2  # columns that a row must have to be taken for a header


@dataclass(slots=True)
class Findings:
    """What is wrong (errors) and what may be (doubts), as it is found."""

    errors: list[Finding] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)  # units that the tasks alone name

    def add(self, name: str, place: Place, /, **about: Said) -> None:
        """Note what keeps the plan from being used, or what a person should look at."""
        finding = note(name, place, **about)
        (self.errors if finding.severity is Severity.ERROR else self.doubts).append(finding)


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the header; values by column, empty ones left out."""

    row: int
    values: dict[Column, Value]

    def text(self, column: Column) -> str:
        """Return a cell as a person typed it, "" where it is empty."""
        return sheets.text(self.values.get(column))

    def plain(self, column: Column) -> str:
        """Return a short value as it is compared."""
        return sheets.plain(self.values.get(column))


@dataclass(frozen=True, slots=True)
class Located:
    """A sheet with its header."""

    name: str
    header_row: int
    columns: dict[Column, int]  # from 1
    headers: dict[Column, str]  # as they are written, tidied
    lines: tuple[Line, ...]
    last_row: int  # of all that the sheet holds, as is the last column
    last_column: int

    @property
    def whole(self) -> Place:
        """The sheet as a place."""
        return Place(self.name)

    def place(self, line: Line, column: Column) -> Place:
        """Return where a cell stands, as findings name it; its row's first cell for no column."""
        return Place(self.name, line.row, self.columns.get(column, 1))


def sheet_named(book: "Workbook", name: str) -> "Worksheet | None":
    """Return the sheet of that name, white space aside."""
    return next((sheet for sheet in book.worksheets if bare(sheet.title) == name), None)


def locate(sheet: "Worksheet", known: Sequence[Column]) -> Located | None:
    """Return the sheet with its header, the row with most of the known columns; None for none."""
    best_row, best = 0, dict[int, Column]()
    kept = dict(sheets.rows(sheet))
    for number, values in kept.items():
        if number > layout.HEADER_ROWS:
            break
        found = layout.columns_of(map(sheets.text, values), known)
        if len(set(found.values())) > len(set(best.values())):
            best_row, best = number, found
    if len(set(best.values())) < _LEAST:
        return None
    columns = {column: at for at, column in sorted(best.items(), reverse=True)}
    return Located(
        name=sheet.title,
        header_row=best_row,
        columns={column: at + 1 for column, at in columns.items()},
        headers={column: tidy(sheets.text(kept[best_row][at])) for column, at in columns.items()},
        lines=tuple(_lines(sheet, kept, best_row, columns)),
        last_row=max(kept),
        last_column=max(map(_width, kept.values())),
    )


def report_header(
    located: Located | None, name: str, known: Sequence[Column], to: Findings
) -> None:
    """Note the columns that a sheet lacks."""
    needed = [column for column in known if column.required]
    if located is None:
        headers = tuple(column.header for column in needed)
        to.add("missing_column:header", Place(name), sheet=name, headers=headers)
        return
    for column in needed:
        if column not in located.columns:
            where = Place(located.name, located.header_row, 1)
            to.add("missing_column", where, header=column.header)


def report_formulas(
    located: Located, computed: Mapping[tuple[int, int], bool], to: Findings
) -> None:
    """Note the cells that hold a formula, or an error: their texts change by themselves.

    `computed` says which they are, by row and column, and whether each holds a formula.
    """
    for line in located.lines:
        for column, at in located.columns.items():
            if column in (layout.HELP, PROGRESS, layout.NOTE):
                continue
            formula = computed.get((line.row, at))
            if formula is None:
                continue
            value = line.values.get(column)
            where = located.place(line, column)
            if not formula or sheets.text(value).startswith("#"):
                to.add("formula_cell:error", where, text=str(value))
            elif value is None:
                to.add("formula_cell:no_result", where)
            else:
                to.add("formula_cell", where, text=str(value))


def _lines(
    sheet: "Worksheet",
    kept: Mapping[int, list[Value]],
    header_row: int,
    columns: Mapping[Column, int],
) -> "list[Line]":
    covered = sheets.merged_into(sheet)
    lines = []
    for number, values in kept.items():
        if number <= header_row:
            continue
        held: dict[Column, Value] = {}
        for column, at in columns.items():
            source = covered.get((number, at + 1), (number, at + 1))
            shared = column.shared and source[0] > header_row and source[1] == at + 1
            value = sheets.held(sheet.cell(*source).value) if shared else values[at]
            if sheets.text(value).strip():
                held[column] = value
        if held and not _repeats_header(held):
            lines.append(Line(number, held))
    return lines


def _width(values: Sequence[Value]) -> int:
    """Return the last column that a row uses."""
    return max(place for place, value in enumerate(values, 1) if value is not None)


def _repeats_header(held: Mapping[Column, Value]) -> bool:
    same = sum(column.matches(bare(sheets.text(value))) for column, value in held.items())
    return same >= max(_LEAST, len(held) - 1)
