"""One worksheet's events → the cells that hold something. No dimension is trusted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from edu_sheet.reading import limits, page_text
from edu_sheet.reading.markup import Names
from edu_sheet.reading.number_format import PLAIN, hides_text, show, show_date, show_text
from edu_sheet.reading.references import area, position
from edu_sheet.reading.refusal import damaged, hostile, too_large
from edu_sheet.reading.values import cleaned, decoded, truth
from edu_sheet.reading.xlsx.plain import PlainCell
from edu_sheet.reading.xlsx.styles import Style, Styles
from edu_sheet.reading.xlsx.text import EMPTY, Rich, RichText
from edu_sheet.words.book import BookObject, Cell, CellKind, ObjectKind
from edu_sheet.words.place import Place, Position

_NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\s*")
_DISPIMG = re.compile(r"(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_GENERAL = Style()
_PAGE_TEXTS = frozenset(
    f"{pages}{place}" for pages in ("odd", "even", "first") for place in ("Header", "Footer")
)


class Room:
    """How many cells with content a workbook may still have."""

    def __init__(self) -> None:
        self._left = limits.CELLS

    def take(self) -> None:
        """Count a cell. Refusal if there are too many."""
        self._left -= 1
        if self._left < 0:
            raise too_large("cells", most=limits.CELLS)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all sheets of a workbook share."""

    strings: list[Rich]
    styles: Styles
    date1904: bool
    room: Room = field(default_factory=Room)
    missing: set[str] = field(default_factory=set)  # "styles": a style was asked for in vain


@dataclass(slots=True)
class Anchor:
    """An embedded object as the sheet lists it; where it lies may stand in its drawing only."""

    relation: str
    program: str
    shape: str
    corner: list[int] = field(default_factory=list)  # column and row, counted from 0


class SheetEvents:
    """A target for the events of a worksheet part."""

    def __init__(self, name: str, shared: Shared) -> None:
        self.name = name
        self.cells: dict[Position, Cell] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.objects: list[BookObject] = []
        self.embedded: list[Anchor] = []
        self.implicit = False  # some row or cell does not name its place
        self._shared = shared
        self._local = Names()
        self._row = self._column = 0
        self._in_data = False
        self._rich: RichText | None = None
        self._text: list[str] | None = None  # of v or f, or of an anchor's corner
        self._masters: dict[str, tuple[str, Position]] = {}
        self._hidden_spans = 0
        self._printed: set[str] = set()
        self._moving = limits.FORMULAS_MOVED
        self._skip = 0
        self._attrs: dict[str, str] = {}  # of the cell that is being read, as all below
        self._value: str | None = None
        self._formula: str | None = None
        self._formula_attrs: dict[str, str] = {}
        self._inline: Rich = EMPTY

    # -- events

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Take the start of an element."""
        name = self._local[tag]
        if name == "extLst":
            self._skip += 1
        if self._skip:
            return
        if not self._in_data:
            self._start_outside(name, attrs)
        elif name == "c":
            self._start_cell(attrs)
        elif name == "row":
            self._start_row(attrs)
        elif name == "v":
            self._text = []
        elif name == "f":
            self._text = []
            self._formula_attrs = attrs
        elif name == "is":
            self._rich = RichText()
        elif self._rich is not None:
            self._rich.start(name, attrs)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        name = self._local[tag]
        if name == "extLst":
            self._skip -= 1
        if self._skip:
            return
        if not self._in_data:
            self._end_outside(name)
        elif name == "c":
            self._end_cell()
        elif name == "v":
            self._value = self._taken()
        elif name == "f":
            self._formula = self._taken()
        elif name == "is" and self._rich is not None:
            self._inline, self._rich = self._rich.done(), None
        elif self._rich is not None:
            self._rich.end(name)
        elif name == "sheetData":
            self._in_data = False

    def data(self, text: str) -> None:
        """Take text."""
        if self._skip:
            return
        if self._rich is not None:
            self._rich.data(text)
        elif self._text is not None:
            self._text.append(text)

    def take(self, cells: Sequence[PlainCell]) -> bool:
        """Take cells that no event tells of; return False, and take none, if any lacks its string.

        Which of several faults is told must not depend on how a cell was read.
        """
        strings, dated = self._shared.strings, self._shared.date1904
        named = [int(one[2]) for one in cells if one[2]]
        if named and max(named) >= len(strings):
            return False
        styles = {index: self._style(index or None) for index in {one[1] for one in cells}}
        for reference, index, string, number in cells:
            where, style = position(reference), styles[index]
            if string:
                cell = _text(strings[int(string)], style)
            else:
                cell = _number(number, style, date1904=dated) or self._shown(
                    "n", number, style, where
                )
            if cell.text or cell.removed:
                self._keep(where, cell)
        return True

    # -- around the cells

    def _start_outside(self, name: str, attrs: dict[str, str]) -> None:
        if name == "sheetData":
            self._in_data = True
        elif name == "mergeCell":
            self.merges.append(area(attrs.get("ref", "")))
        elif name == "col" and (truth(attrs.get("hidden")) or attrs.get("width") == "0"):
            self._hide_columns(attrs)
        elif name == "oleObject":
            relation = next((v for k, v in attrs.items() if k.endswith("}id")), "")
            anchor = Anchor(relation, attrs.get("progId", ""), attrs.get("shapeId", ""))
            self.embedded.append(anchor)
        elif name in _PAGE_TEXTS or (name in ("col", "row") and self.embedded and not attrs):
            self._text = []

    def _end_outside(self, name: str) -> None:
        if name in _PAGE_TEXTS:
            for text in page_text.parts(cleaned(decoded(self._taken()))[0]):
                if text not in self._printed:  # odd and even pages mostly have the same
                    self._printed.add(text)
                    self.objects.append(BookObject(ObjectKind.PAGE_TEXT, Place(self.name), text))
        if name in ("col", "row") and self._text is not None and self.embedded:
            text = self._taken().strip()
            if text.isascii() and text.isdigit() and len(text) < 9:
                self.embedded[-1].corner.append(int(text))

    def _hide_columns(self, attrs: dict[str, str]) -> None:
        first, last = attrs.get("min", ""), attrs.get("max", "")
        if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
            raise damaged("columns_unknown", Place(self.name))
        span = range(int(first[:9]), min(int(last[:9]), limits.COLUMNS) + 1)
        self._hidden_spans += len(span)
        if self._hidden_spans > 4 * limits.COLUMNS:
            raise hostile("columns_overlap", Place(self.name))
        self.hidden_columns.update(span)

    def _start_row(self, attrs: dict[str, str]) -> None:
        given = attrs.get("r")
        if given is None:
            self.implicit = True
            self._row += 1
        elif given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= limits.ROWS:
            self._row = int(given)
        else:
            raise too_large("row_outside", Place(self.name), row=given)
        self._column = 0
        if truth(attrs.get("hidden")) or _no_height(attrs.get("ht", "")):
            self.hidden_rows.add(self._row)

    # -- cells

    def _start_cell(self, attrs: dict[str, str]) -> None:
        self._attrs, self._formula_attrs = attrs, {}
        self._value = self._formula = None
        self._inline = EMPTY
        reference = attrs.get("r")
        if reference is None:
            self.implicit = True
            self._column += 1
            if self._column > limits.COLUMNS or self._row > limits.ROWS:
                raise too_large("cell_outside", Place(self.name))
        else:
            self._row, self._column = position(reference)

    def _taken(self) -> str:
        text, self._text = "".join(self._text or ()), None
        return text

    def _end_cell(self) -> None:
        where = self._row, self._column
        cell = self._cell(where)
        if cell is not None:
            self._keep(where, cell)

    def _keep(self, where: Position, cell: Cell) -> None:
        self._shared.room.take()
        if where in self.cells:
            raise hostile("cell_twice", cell=Place(self.name, *where))
        self.cells[where] = cell

    def _cell(self, where: Position) -> Cell | None:
        """Return what the cell holds, None where it is empty or holds a picture."""
        if self._formula is None and self._value is None and self._inline is EMPTY:
            return None
        formula = self._full_formula(where)
        kind, value = self._attrs.get("t", "n"), self._value or ""
        picture = formula is not None and _DISPIMG.match(formula)
        if picture or (kind == "e" and "vm" in self._attrs and value == "#VALUE!"):
            found = BookObject(ObjectKind.CELL_PICTURE, Place(self.name, *where))
            self.objects.append(found)
            return None
        if formula is not None and not value and kind != "str" and self._inline is EMPTY:
            text, removed = cleaned(f"={formula}")
            return Cell(text, formula=formula, cached=False, removed=removed)
        shown = self._shown(kind, value, self._style(self._attrs.get("s")), where)
        if formula is None:
            return shown if shown.text or shown.removed else None
        return shown._replace(formula=formula)

    def _style(self, index: str | None) -> Style:
        if index is None:
            index = "0"
            return self._shared.styles.get(index) or _GENERAL
        style = self._shared.styles.get(index)
        if style is None:
            self._shared.missing.add("styles")
        return style or _GENERAL

    def _shown(self, kind: str, value: str, style: Style, where: Position) -> Cell:
        if kind == "s" and value.strip():
            return _text(self._string(value, where), style)
        if self._inline is not EMPTY:  # by whatever type: some programs forget to name it
            return _text(self._inline, style)
        if kind == "b":
            return Cell("TRUE" if truth(value.strip()) else "FALSE", CellKind.BOOLEAN)
        dated = self._shared.date1904
        if kind == "n" and (cell := _number.__wrapped__(value, style, date1904=dated)):
            return cell
        text, removed = cleaned(decoded(value))
        shows = {"e": CellKind.ERROR, "d": CellKind.DATE}.get(kind, CellKind.TEXT)
        if kind == "d":
            text = show_date(text, style.code)
        elif text and kind != "e":
            text = show_text(text, style.code)
        unseen = bool(text) and (style.unseen or (kind != "d" and hides_text(style.code)))
        struck = style.struck and bool(text)
        return Cell(text, shows, struck=struck, removed=removed, unseen=unseen)

    def _string(self, value: str, where: Position) -> Rich:
        number = value.strip()
        strings = self._shared.strings
        if not (number.isascii() and number.isdigit()) or int(number[:9]) >= len(strings):
            raise damaged("strings_missing", Place(self.name, *where))
        return strings[int(number)]

    def _full_formula(self, where: Position) -> str | None:
        """Return the cell's formula; one that it shares with another is moved to its place."""
        formula, index = self._formula, self._formula_attrs.get("si")
        if formula is None or self._formula_attrs.get("t") != "shared" or index is None:
            return formula if formula is None else cleaned(formula)[0]
        if formula:
            self._masters[index] = (formula, where)
            return cleaned(formula)[0]
        master, origin = self._masters.get(index, ("", where))
        self._moving -= len(master)
        return master if self._moving < 0 else _moved(master, origin, where)


@lru_cache(maxsize=1024)  # 序号 of one form are those of the next
def _number(value: str, style: Style, *, date1904: bool) -> Cell | None:
    """Return a cell that holds a number; None where that is none."""
    if not _NUMBER.fullmatch(value):
        return None
    text, shows = show(float(value), style.code, date1904=date1904)
    return Cell(text, shows, struck=style.struck, unseen=style.unseen)


def _no_height(height: str) -> bool:
    """Return whether a row is less than a point high, so that nobody sees it."""
    return bool(_NUMBER.fullmatch(height)) and float(height) < 1


def _text(rich: Rich, style: Style) -> Cell:
    text, removed, struck, plain, inks = rich
    struck = bool(text) and (struck or (plain and style.struck))
    unseen = bool(text) and ((plain and style.unseen) or style.ground in inks)
    if text and style.code not in PLAIN:
        unseen = unseen or hides_text(style.code)
        text = show_text(text, style.code)
    return Cell(text, CellKind.TEXT, None, True, struck, removed, unseen)


def _moved(formula: str, origin: Position, where: Position) -> str:
    if not formula:
        return ""
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    start, goal = (Place("", *spot).cell for spot in (origin, where))
    try:
        moved: str = Translator(f"={formula}", origin=start).translate_formula(goal)
    except (TokenizerError, TranslatorError, ValueError):
        return formula
    return moved.removeprefix("=")
