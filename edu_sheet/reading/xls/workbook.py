"""xls and WPS .et (BIFF) → Book, by xlrd; what xlrd does not show, by the records. In the child."""

import io
import re
import struct
from collections.abc import Iterator, Sequence
from typing import Any

from edu_sheet.reading import limits, page_text, refused, values
from edu_sheet.reading.number_format import BUILT_IN, hides_text, show, show_text
from edu_sheet.reading.refusal import damaged, too_large
from edu_sheet.reading.values import cleaned, own_text
from edu_sheet.reading.xls.computed import may_be_text
from edu_sheet.reading.xls.records import Beside, Extras, extras
from edu_sheet.reading.xls.summary import Summary, summary
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, BookObject, Cell, CellKind, ObjectKind, Sheet
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Place, Position

_STATES = ("visible", "hidden", "veryHidden")
_QUOTED = re.compile(r'"[^"]*"')
_PIECES = re.compile(r'(("[^"]*")|[^"]+)')
_WHOLE = re.compile(r"(?<![\w.])([0-9]+)\.0(?![0-9])")  # xlrd writes 80 as 80.0
_NAME = re.compile(r'"([^\W\d][\w.]*)"')
_WHITE = (255, 255, 255)
_LOW = 20  # twentieths of a point: nobody sees a row that is lower
_CUT = 2 * 255  # bytes
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


class _Types(dict[int, int]):
    """What a cell's style makes of its number: of a style that there is not, a mere number."""

    def __missing__(self, index: int) -> int:
        return 2  # xlrd.XL_CELL_NUMBER


class _Styles:
    """How cells show what they hold, and whether any names a style that there is not."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.missing = False

    def get(self, index: int) -> tuple[str, bool, bool]:
        """Return a style's number format, whether its font is struck through, and as its ground."""
        try:
            style = self._book.xf_list[index]
            code = _code(self._book, style.format_key)
            return code, self.struck(style.font_index), self._as_its_ground(style)
        except IndexError:
            self.missing = True
            return "General", False, False

    def _as_its_ground(self, style: Any) -> bool:
        """Return whether a style's font has the colour of its ground, so that nobody sees it."""
        colours, ground = self._book.colour_map, style.background
        ink = colours.get(self._book.font_list[style.font_index].colour_index)
        filled = ground.fill_pattern == 1
        behind = colours.get(ground.pattern_colour_index) if filled else _WHITE
        return ink is not None and ink == behind

    def struck(self, font: int) -> bool:
        """Return whether a font is struck through."""
        try:
            return bool(self._book.font_list[font].struck_out)
        except IndexError:
            self.missing = True
            return False


def read(data: bytes) -> Book:
    """Return the workbook. Refusal if it is damaged, encrypted or too large."""
    book = _opened(data)
    beside, signals = extras(data), summary(data)
    room = limits.CELLS
    sheets = []
    styles, broken = _Styles(book), list[str]()
    for number in range(book.nsheets):
        extra = beside.sheets[number] if number < len(beside.sheets) else Extras()
        sheet = _sheet(book, book.sheet_by_index(number), styles, extra)
        if extra.broken:
            broken.append(values.name(sheet.name))
        room -= len(sheet.cells)
        if room < 0:
            raise too_large("cells", most=limits.CELLS)
        sheets.append(sheet)
    if not sheets:
        raise damaged("no_sheets")
    return Book(
        "xls",
        tuple(sheets),
        properties=signals.properties,
        names=_constants(book),
        modified=signals.modified,
        objects=(
            *(BookObject(ObjectKind.CHART, Place(values.name(name))) for name in beside.charts),
            *(BookObject(ObjectKind.EMBEDDED, Place(member=name)) for name in signals.embedded),
        ),
        findings=(
            *_findings(beside, signals, styles),
            *(note("objects_unreadable", Place(name)) for name in broken),
            *_cut(sheets),
        ),
    )


def _findings(beside: Beside, signals: Summary, styles: _Styles) -> Iterator[Finding]:
    if signals.macros or beside.macros:
        yield note("macro")
    if beside.linked:
        yield note("external_link")
    if styles.missing:
        yield note("styles_missing")
    if signals.broken:
        yield note("properties_damaged")


def _cut(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Yield the places of texts that end where SheetJS cuts them in an xls, without a word."""
    for sheet in sheets:
        for where, cell in sheet.cells.items():
            if len(cell.text.encode("utf-16-le")) == _CUT:
                yield note("texts_cut", Place(sheet.name, *where))


def _opened(data: bytes) -> Any:
    import xlrd
    from xlrd.compdoc import CompDocError
    from xlrd.formula import FormulaError

    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=io.StringIO(),
        )
        if book.on_demand:  # the sheets are still to come
            book._xf_index_to_xl_type_map = _Types(book._xf_index_to_xl_type_map)
            book.get_sheets()
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise refused.kind("encrypted") from error
        raise damaged("xls_structure") from error
    except (CompDocError, FormulaError, *_BROKEN) as error:
        raise damaged("xls_structure") from error
    return book


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


def _sheet(book: Any, sheet: Any, styles: _Styles, extra: Extras) -> Sheet:
    cells: dict[Position, Cell] = {}
    pictures: list[BookObject] = []
    name = values.name(sheet.name)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = _cell(sheet, styles, row, column, _formula(book, extra, row, column))
            if cell is None:
                continue
            where = row + 1, column + 1
            if "DISPIMG(" in cell.text.upper() and (row, column) in extra.formulas:
                pictures.append(BookObject(ObjectKind.CELL_PICTURE, Place(name, *where)))
            else:
                cells[where] = cell
    return Sheet(
        name,
        cells,
        _STATES[sheet.visibility] if sheet.visibility in (0, 1, 2) else "hidden",
        tuple(
            (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        ),
        frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if _hidden(info)),
        frozenset(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden),
        (*pictures, *_notes(sheet, name), *_drawn(name, extra), *_printed(name, extra)),
    )


def _hidden(row: Any) -> bool:
    return bool(row.hidden) or (bool(row.height_mismatch) and row.height < _LOW)


def _cell(sheet: Any, styles: _Styles, row: int, column: int, formula: str | None) -> Cell | None:
    import xlrd

    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    code, struck, unseen = styles.get(sheet.cell_xf_index(row, column))
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        if not value and formula is not None and may_be_text(formula, sheet):
            return _not_computed(formula)
        text, shows = show(value, code, date1904=bool(sheet.book.datemode))
        return Cell(text, shows, formula, struck=struck, unseen=unseen)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if value else "FALSE", CellKind.BOOLEAN, formula)
    if kind == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(value, "#?")
        return Cell(text, CellKind.ERROR, formula and _as_typed(formula))
    runs = sheet.rich_text_runlist_map.get((row, column), ())
    struck = _struck(styles, runs, len(value), struck=struck)
    text, removed = cleaned(value)
    unseen = bool(text) and (unseen or hides_text(code))
    shown = show_text(text, code) if text else ""
    cell = Cell(shown, CellKind.TEXT, formula, struck=struck, removed=removed, unseen=unseen)
    return cell if text or removed else None


def _not_computed(formula: str) -> Cell:
    """Return a formula without what it gives; one that is not told either has failed."""
    if not formula:
        return Cell("0", CellKind.ERROR, formula)
    return Cell(f"={formula}", CellKind.TEXT, formula, cached=False)


def _formula(book: Any, extra: Extras, row: int, column: int) -> str | None:
    """Return a cell's formula, "" where its records do not tell it, None where it has none."""
    from xlrd.formula import FMLA_TYPE_CELL, FormulaError, decompile_formula

    stored = extra.formulas.get((row, column))
    if stored is None:
        return None
    size = int.from_bytes(stored[:2], "little")
    try:
        told = decompile_formula(book, stored[2 : 2 + size], size, FMLA_TYPE_CELL, row, column)
    except (FormulaError, *_BROKEN):
        return ""
    if not told or "?" in _QUOTED.sub("", told):  # its own word for what it does not know
        return ""
    pieces = _PIECES.findall(told)
    whole = (piece if quoted else _WHOLE.sub(r"\1", piece) for piece, quoted in pieces)
    return cleaned("".join(whole))[0]


def _as_typed(formula: str) -> str:
    """Return a formula that failed as it was typed: LibreOffice stores unknown names as texts."""
    return _NAME.sub(r"\1", formula)


def _struck(styles: _Styles, runs: Any, length: int, *, struck: bool) -> bool:
    """Return whether some of a text is struck through: its runs win over the cell's font."""
    if not runs:
        return struck
    return (struck and runs[0][0] > 0) or any(
        styles.struck(font) for start, font in runs if start < length
    )


def _code(book: Any, key: int) -> str:
    known = book.format_map.get(key)
    return BUILT_IN.get(key) or (known.format_str if known else "General")


def _notes(sheet: Any, name: str) -> Iterator[BookObject]:
    for (row, column), said in sheet.cell_note_map.items():
        where = Place(name, row + 1, column + 1)
        yield BookObject(ObjectKind.COMMENT, where, own_text(said.text, said.author))


def _drawn(name: str, extra: Extras) -> Iterator[BookObject]:
    for item in extra.objects:
        where = Place(name, item.row + 1, item.column + 1) if item.row >= 0 else Place(name)
        yield BookObject(item.kind, where, cleaned(item.text)[0].strip())


def _printed(name: str, extra: Extras) -> Iterator[BookObject]:
    texts = (text for code in extra.page_texts for text in page_text.parts(cleaned(code)[0]))
    for text in texts:
        yield BookObject(ObjectKind.PAGE_TEXT, Place(name), text)
