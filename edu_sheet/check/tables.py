"""Which of a workbook's sheets is the form that counts, and whether that can be said. Pure.

Units copy the form inside the workbook: as a backup, a draft, last month's. The one that counts is
the one that a person sees, in the unit's own name and of the form's period.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from edu_sheet.check.answers import taken
from edu_sheet.check.sheet_period import SheetPeriods
from edu_sheet.form import FORM_SHEET, Source, Table, find_table, signals
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, Cell, Sheet
from edu_sheet.words.columns import ANSWERS, PROGRESS
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Form
from edu_sheet.words.place import Place, column_letter
from edu_sheet.words.text import bare

# Why nothing is collected by itself from a workbook whose owner is known.
IN_DOUBT = {
    "no_progress_column",
    "progress_in_doubt",
    "sheets_in_doubt",
    "hidden_form",
    "hidden_column",
    "other_period_sheet",
}


@dataclass(frozen=True, slots=True)
class Tables:
    """The form's tables in a workbook."""

    main: Table  # the one to collect
    periods: SheetPeriods  # what its sheets say of their period
    others: tuple[Table, ...] = ()
    doubts: tuple[Finding, ...] = ()  # why nothing can be collected from it by itself


def find_tables(
    book: Book, copies: Sequence[Form], foreign: Set[str] = frozenset()
) -> Tables | None:
    """Return the tables of a form, the last of its copies; None where there is none.

    `foreign` are the sheets on which another unit's name stands.
    Units share tasks: a sheet that names another unit or form comes last. Then what names another
    period, then what is hidden. Then the most filled in comes first, then the most complete.
    """
    found = [table for sheet in book.sheets if (table := find_table(sheet, copies[-1]))]
    if not found:
        return None
    periods = SheetPeriods([table.sheet for table in found], copies)
    found.sort(key=lambda table: _weight(table, copies[-1], periods, foreign), reverse=True)
    main, *others = found
    doubts = [*_doubts(main, others, copies[-1], periods, foreign)]
    if doubts:
        columns = {name: at for name, at in main.columns.items() if name not in ANSWERS}
        main = replace(main, columns=columns)
    return Tables(main, periods, tuple(others), tuple(doubts))


def hidden(sheet: Sheet) -> bool:
    """Return whether a person who opens the workbook does not see the sheet."""
    return sheet.state != "visible"


def filled(table: Table) -> set[str]:
    """Return the texts that a unit answered in a table with, bare."""
    lines = {*table.rows.values(), *(row for _, row in table.duplicates)}
    lines |= {one.row for one in table.torn}
    places = ((row, column) for row in lines for column in table.answers)
    texts = (taken(table.sheet.cells.get(at, Cell(""))) for at in places)
    return {bare(text) for text in texts if text}


def of_another_unit(
    sheet: Sheet,
    copies: Sequence[Form],
    periods: SheetPeriods,
    foreign: Set[str] = frozenset(),
) -> str:
    """Return the unit, or else the 表单编号, that a sheet names and that is not the forms' own.

    `foreign` are the sheets on which another unit's name stands.
    """
    said = {one.source: one.text for one in signals(Book("", (sheet,)))}
    unit, number = said.get(Source.UNIT, ""), said.get(Source.NUMBER, "")
    strange = bool(number) and number not in {one.number for one in copies}
    if unit:
        longer = strange and bare(unit) not in {bare(one.identity.unit) for one in copies}
        return unit if sheet.name in foreign or longer else ""
    return number if strange and not periods.another(sheet) else ""


def _weight(
    table: Table, form: Form, periods: SheetPeriods, foreign: Set[str]
) -> tuple[int | bool, ...]:
    sheet = table.sheet
    return (
        not _anothers(table, form, foreign),
        not periods.another(sheet),
        not hidden(sheet),
        PROGRESS.field in table.columns or bool(table.doubtful),
        len(filled(table)),
        sheet.name == FORM_SHEET,
        len(table.rows),
    )


def _anothers(table: Table, form: Form, foreign: Set[str]) -> bool:
    said = {one.source: one.text for one in signals(Book("", (table.sheet,)))}
    return said.get(Source.NUMBER, form.number) != form.number or table.sheet.name in foreign


def _doubts(
    main: Table, others: Sequence[Table], form: Form, periods: SheetPeriods, foreign: Set[str]
) -> Iterator[Finding]:
    sheet, where = main.sheet, Place(main.sheet.name)
    if periods.another(sheet):
        yield note("other_period_sheet", where, sheet=sheet.name)
    elif hidden(sheet):
        yield note("hidden_form", where, sheet=sheet.name)
    elif main.doubtful and sheet.hidden_columns.issuperset(main.doubtful):
        columns = tuple(_column(main, one) for one in main.doubtful)
        yield note("hidden_column", where, columns=columns)
    elif main.doubtful:
        columns = tuple(column_shown(main, one) for one in main.doubtful)
        yield note("progress_in_doubt", where, columns=columns)
    elif PROGRESS.field not in main.columns:
        yield note("no_progress_column", where)
    elif rivals := [*_rivals(main, others, form, periods, foreign)]:
        yield note("sheets_in_doubt", where, sheets=(sheet.name, *rivals))


def _rivals(
    main: Table, others: Sequence[Table], form: Form, periods: SheetPeriods, foreign: Set[str]
) -> Iterator[str]:
    """Yield the sheets that name the period, where the fullest does not, and say other things."""
    if periods.named(main.sheet):
        return
    for table in others:
        mine = not hidden(table.sheet) and not _anothers(table, form, foreign)
        if mine and periods.named(table.sheet) and filled(table) - filled(main):
            yield table.sheet.name


def column_shown(table: Table, column: int) -> str:
    """Return a column as a person finds it: E列“10月进展情况”, and whether it is hidden."""
    unseen = "（隐藏）" if column in table.sheet.hidden_columns else ""
    return f"{_column(table, column)}{unseen}"


def _column(table: Table, column: int) -> str:
    header = table.sheet.text(table.header_row, column).strip() if table.header_row else ""
    letter = column_letter(column)
    return f"{letter}列“{header}”" if header else f"{letter}列（没有表头）"
