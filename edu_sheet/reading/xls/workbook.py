"""xls and WPS .et (BIFF) → Book, by xlrd; what xlrd does not show, by the records. In the child."""

import io
import struct
from collections.abc import Iterator
from typing import Any

from edu_sheet.reading import limits, refused
from edu_sheet.reading.number_format import BUILT_IN, show
from edu_sheet.reading.refusal import damaged, too_large
from edu_sheet.reading.values import cleaned, own_text
from edu_sheet.reading.xls.records import Extras, extras
from edu_sheet.reading.xls.summary import summary
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, BookObject, Cell, CellKind, ObjectKind, Sheet
from edu_sheet.words.place import Place, Position

_STATES = ("visible", "hidden", "veryHidden")
_BROKEN = (  # what xlrd raises where its structures do not fit, found by mutating real files
    OSError,
    LookupError,
    ValueError,
    ArithmeticError,
    AttributeError,
    TypeError,
    AssertionError,
    NotImplementedError,
    NameError,
    RecursionError,
    struct.error,
)


def read(data: bytes) -> Book:
    """Return the workbook. Refusal if it is damaged, encrypted or too large."""
    book = _opened(data)
    beside, signals = extras(data), summary(data)
    room = limits.CELLS
    sheets = []
    for number in range(book.nsheets):
        extra = beside.sheets[number] if number < len(beside.sheets) else Extras()
        try:
            sheet = _sheet(book, book.sheet_by_index(number), extra)
        except LookupError as error:  # a cell names a font or a format that there is not
            raise damaged("sheet_broken") from error
        room -= len(sheet.cells)
        if room < 0:
            raise too_large("cells", most=limits.CELLS)
        sheets.append(sheet)
    if not sheets:
        raise damaged("no_sheets")
    findings = [note("macro")] if signals.macros else []
    if beside.linked:
        findings.append(note("external_link"))
    return Book(
        "xls",
        tuple(sheets),
        properties=signals.properties,
        names=_constants(book),
        modified=signals.modified,
        objects=tuple(
            BookObject(ObjectKind.EMBEDDED, Place(member=name)) for name in signals.embedded
        ),
        findings=tuple(findings),
    )


def _opened(data: bytes) -> Any:
    import xlrd
    from xlrd.compdoc import CompDocError
    from xlrd.formula import FormulaError

    try:
        return xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise refused.kind("encrypted") from error
        raise damaged("xls_structure") from error
    except (CompDocError, FormulaError, *_BROKEN) as error:
        raise damaged("xls_structure") from error


def _constants(book: Any) -> dict[str, str]:
    """Return the defined names that stand for a text."""
    from xlrd import oSTRG

    found = {}
    for name in book.name_obj_list:
        result = name.result
        if result is not None and result.kind == oSTRG and isinstance(result.value, str):
            found[name.name] = cleaned(result.value)[0]
    return found


# ---------------------------------------------------------------- sheets


def _sheet(book: Any, sheet: Any, extra: Extras) -> Sheet:
    cells: dict[Position, Cell] = {}
    pictures: list[BookObject] = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = _cell(book, sheet, row, column, extra)
            if cell is None:
                continue
            where = row + 1, column + 1
            if "DISPIMG(" in cell.text.upper() and (row, column) in extra.formulas:
                pictures.append(BookObject(ObjectKind.CELL_PICTURE, Place(sheet.name, *where)))
            else:
                cells[where] = cell
    return Sheet(
        cleaned(sheet.name)[0],
        cells,
        _STATES[sheet.visibility] if sheet.visibility in (0, 1, 2) else "hidden",
        tuple(
            (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        ),
        frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden),
        (*pictures, *_notes(sheet), *_drawn(sheet.name, extra)),
    )


def _cell(book: Any, sheet: Any, row: int, column: int, extra: Extras) -> Cell | None:
    import xlrd

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    formula = "" if (row, column) in extra.formulas else None  # the records hold no text of it
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    struck = bool(book.font_list[style.font_index].struck_out)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        text, shows = show(value, _code(book, style.format_key), date1904=bool(book.datemode))
        return Cell(text, shows, formula, struck=struck)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if value else "FALSE", CellKind.BOOLEAN, formula)
    if kind == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(value, "#?")
        return Cell(text, CellKind.ERROR, formula)
    text, removed = cleaned(value)
    if not text and not removed:
        return None
    runs = sheet.rich_text_runlist_map.get((row, column), ())
    struck = _struck(book, runs, len(value), struck=struck)
    return Cell(text, CellKind.TEXT, formula, struck=struck, removed=removed)


def _struck(book: Any, runs: Any, length: int, *, struck: bool) -> bool:
    """Return whether some of a text is struck through: its runs win over the cell's font."""
    if not runs:
        return struck
    return (struck and runs[0][0] > 0) or any(
        book.font_list[font].struck_out for start, font in runs if start < length
    )


def _code(book: Any, key: int) -> str:
    known = book.format_map.get(key)
    return BUILT_IN.get(key) or (known.format_str if known else "General")


def _notes(sheet: Any) -> Iterator[BookObject]:
    for (row, column), said in sheet.cell_note_map.items():
        where = Place(sheet.name, row + 1, column + 1)
        yield BookObject(ObjectKind.COMMENT, where, own_text(said.text, said.author))


def _drawn(name: str, extra: Extras) -> Iterator[BookObject]:
    for item in extra.objects:
        where = Place(name, item.row + 1, item.column + 1) if item.row >= 0 else Place(name)
        yield BookObject(item.kind, where, cleaned(item.text)[0].strip())
