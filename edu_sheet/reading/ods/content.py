"""content.xml's events → sheets. Rows and columns that repeat are counted, not laid out."""

import re

from edu_sheet.reading import limits, values
from edu_sheet.reading.markup import Names
from edu_sheet.reading.number_format import show, show_date
from edu_sheet.reading.ods.parts import OpenCell, OpenShape, OpenTable, Paragraphs
from edu_sheet.reading.refusal import too_large
from edu_sheet.reading.values import cleaned
from edu_sheet.words.book import BookObject, Cell, CellKind, ObjectKind, Sheet
from edu_sheet.words.place import Place

_KINDS = {
    "float": CellKind.NUMBER,
    "currency": CellKind.NUMBER,
    "percentage": CellKind.PERCENT,
    "date": CellKind.DATE,
    "time": CellKind.DATE,
    "boolean": CellKind.BOOLEAN,
    "error": CellKind.ERROR,
}
_VALUES = ("value", "date-value", "time-value", "boolean-value", "string-value")
_SHAPES = frozenset(
    {"custom-shape", "rect", "ellipse", "circle", "line", "path", "polygon", "polyline", "caption"}
    | {"connector", "frame", "control", "regular-polygon"}
)
_WHITE = "#ffffff"
_NO_HEIGHT = re.compile(r"0(?:\.0\d*)?[a-z]+")
_HIDDEN = ("collapse", "filter")


class ContentEvents:
    """A target for the events of content.xml."""

    def __init__(self, charts: frozenset[str]) -> None:
        self.sheets: list[Sheet] = []
        self.names: dict[str, str] = {}
        self.linked = False
        self.masters: dict[str, str] = {}  # the page style of each sheet
        self._charts = charts
        self._local = Names()
        self._style = ""
        self._struck: set[str] = set()  # automatic styles
        self._hidden_tables: set[str] = set()
        self._inks: dict[str, str] = {}  # automatic styles → the colour of their texts
        self._grounds: dict[str, str] = {}  # and of what lies behind
        self._low_rows: set[str] = set()  # styles of rows without a height
        self._pages: dict[str, str] = {}  # styles of tables → page styles
        self._table: OpenTable | None = None
        self._cell: OpenCell | None = None
        self._shapes: list[OpenShape] = []
        self._spans: list[bool] = []
        self._skip = ""  # the element whose content is not shown: deleted rows, notes' authors
        self._room = limits.CELLS

    # -- events

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Take the start of an element."""
        name = self._local[tag]
        if self._skip:
            return
        if name in ("tracked-changes", "creator", "date", "desc", "title"):
            self._skip = name
            return
        own = {self._local[key]: value for key, value in attrs.items()} if attrs else attrs
        if name in ("p", "h", "span", "s", "tab", "line-break"):
            self._start_text(name, own)
        elif self._table is None:
            self._start_outside(name, own)
        elif name in ("table-cell", "covered-table-cell"):
            self._cell = OpenCell(own, _repeat(own, "number-columns-repeated"))
        elif name == "table-row":
            self._start_row(own)
        elif name == "table-column":
            self._start_columns(own)
        else:
            self._start_object(name, own)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        name = self._local[tag]
        if self._skip:
            if name == self._skip:
                self._skip = ""
            return
        if name in ("p", "h"):
            self._end_paragraph()
        elif name == "span":
            self._spans.pop()
        elif self._table is None:
            return
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self.sheets.append(self._table.sheet())
            self._table = None
        elif self._shapes and name == self._shapes[-1].tag:
            self._end_shape()

    def data(self, text: str) -> None:
        """Take text."""
        target = self._target()
        if target is None or self._skip:
            return
        target.add(text)
        if any(self._spans) and text.strip():
            target.struck = True

    # -- text

    def _target(self) -> Paragraphs | None:
        if self._shapes:
            return self._shapes[-1].text
        return self._cell.text if self._cell else None

    def _start_text(self, name: str, attrs: dict[str, str]) -> None:
        target = self._target()
        if name == "span":
            self._spans.append(attrs.get("style-name", "") in self._struck)
        elif target is None:
            return
        elif name in ("p", "h"):
            target.line = []
        elif target.line is not None:
            blanks = {"s": " " * min(_repeat(attrs, "c"), 32_767), "tab": "\t"}
            target.line.append(blanks.get(name, "\n"))

    def _end_paragraph(self) -> None:
        target = self._target()
        if target is not None and target.line is not None:
            target.lines.append("".join(target.line))
            target.line = None

    # -- outside of tables

    def _start_outside(self, name: str, attrs: dict[str, str]) -> None:
        if name == "style":
            self._style = attrs.get("name", "")
            self._pages[self._style] = attrs.get("master-page-name", "")
        elif name == "text-properties":
            kinds = (attrs.get("text-line-through-style"), attrs.get("text-line-through-type"))
            if any(kind not in (None, "", "none") for kind in kinds):
                self._struck.add(self._style)
            self._inks[self._style] = attrs.get("color", "").lower()
        elif name == "table-cell-properties":
            self._grounds[self._style] = attrs.get("background-color", "").lower()
        elif name == "table-row-properties" and _NO_HEIGHT.fullmatch(attrs.get("row-height", "")):
            self._low_rows.add(self._style)
        elif name == "table-properties" and attrs.get("display") == "false":
            self._hidden_tables.add(self._style)
        elif name == "table":
            hidden = attrs.get("style-name") in self._hidden_tables
            title = values.name(attrs.get("name", ""))
            self.masters[title] = self._pages.get(attrs.get("style-name", "")) or "Default"
            self._table = OpenTable(title, "hidden" if hidden else "visible")
        elif name in ("named-expression", "dde-link"):
            self.linked = self.linked or name == "dde-link"
            text = attrs.get("expression", "").removeprefix("of:").removeprefix("=").strip()
            if len(text) > 1 and text[0] == text[-1] == '"':
                self.names[attrs.get("name", "")] = cleaned(text[1:-1].replace('""', '"'))[0]

    # -- rows and cells

    def _start_row(self, attrs: dict[str, str]) -> None:
        table = self._table
        if table is None:
            return
        table.repeated, table.column = _repeat(attrs, "number-rows-repeated"), 1
        table.row_cells = {}
        low = attrs.get("style-name") in self._low_rows
        if low or attrs.get("visibility") in _HIDDEN:
            table.hidden_rows.append(range(table.row, table.row + table.repeated))

    def _start_columns(self, attrs: dict[str, str]) -> None:
        table = self._table
        if table is None:
            return
        first, count = table.columns + 1, _repeat(attrs, "number-columns-repeated")
        table.columns = min(table.columns + count, limits.COLUMNS)
        if attrs.get("visibility") in _HIDDEN:
            table.hidden_columns.update(range(first, table.columns + 1))

    def _end_cell(self) -> None:
        table, found, self._cell = self._table, self._cell, None
        if table is None or found is None:
            return
        cell = self._read(found)
        if cell is not None:
            if table.column + found.repeated - 1 > limits.COLUMNS:
                raise too_large("columns_outside", Place(table.name))
            for column in range(table.column, table.column + found.repeated):
                table.row_cells[column] = cell
        spans = [_repeat(found.attrs, f"number-{way}-spanned") for way in ("rows", "columns")]
        if max(spans) > 1:
            bottom, right = table.row + spans[0] - 1, table.column + spans[1] - 1
            table.merges.append((table.row, table.column, bottom, right))
        table.column += found.repeated

    def _read(self, found: OpenCell) -> Cell | None:
        attrs = found.attrs
        formula = attrs.get("formula")
        if formula is not None:
            formula = cleaned(re.sub(r"^\w+:", "", formula).removeprefix("="))[0]
        text, removed = found.text.whole()
        if not text:
            text, removed = cleaned(_value(attrs))
        if not text and not removed and formula is None:
            return None
        kind = _KINDS.get(attrs.get("value-type", ""), CellKind.TEXT)
        if kind is CellKind.TEXT and formula and text.startswith("#"):
            kind = CellKind.ERROR
        if formula is not None and not text and "value-type" not in attrs:
            return Cell(f"={formula}", formula=formula, cached=False)
        struck = found.text.struck or (bool(text) and attrs.get("style-name") in self._struck)
        unseen = bool(text) and self._as_its_ground(attrs.get("style-name", ""))
        return Cell(text, kind, formula, struck=struck, removed=removed, unseen=unseen)

    def _as_its_ground(self, style: str) -> bool:
        """Return whether a style's texts have the colour of what lies behind them."""
        ground = self._grounds.get(style, "")
        return self._inks.get(style) == (_WHITE if ground in ("", "transparent") else ground)

    def _end_row(self) -> None:
        table = self._table
        if table is None:
            return
        if table.row_cells:
            self._room -= len(table.row_cells) * table.repeated
            if self._room < 0 or table.row + table.repeated - 1 > limits.ROWS:
                raise too_large("too_many_cells", Place(table.name))
            for row in range(table.row, table.row + table.repeated):
                table.cells |= {(row, column): cell for column, cell in table.row_cells.items()}
        table.row += table.repeated

    # -- what lies on the sheet

    def _start_object(self, name: str, attrs: dict[str, str]) -> None:
        inner = self._shapes[-1] if self._shapes else None
        if name == "annotation":
            self._shapes.append(OpenShape(name, ObjectKind.COMMENT))
        elif name == "document":  # of a flat file: a chart, or a file, as a whole
            self._skip = name
            if inner is not None:
                chart = "chart" in attrs.get("mimetype", "")
                inner.kind = ObjectKind.CHART if chart else ObjectKind.EMBEDDED
        elif name in _SHAPES:
            self._shapes.append(OpenShape(name))
        elif name == "table-source":
            self.linked = True
        elif inner is None or inner.kind not in (None, ObjectKind.PICTURE):
            return
        elif name == "image" and inner.kind is None:
            inner.kind = ObjectKind.PICTURE
        elif name in ("object", "object-ole"):
            target = attrs.get("href", "").removeprefix("./")
            chart = target in self._charts
            inner.kind = ObjectKind.CHART if chart else ObjectKind.EMBEDDED
            inner.label = "" if chart else target

    def _end_shape(self) -> None:
        shape, table = self._shapes.pop(), self._table
        if table is None:
            return
        text = shape.text.whole()[0].strip() or shape.label
        kind = shape.kind or (ObjectKind.TEXT_BOX if text else None)
        if kind is None:
            return
        where = Place(table.name, table.row, table.column) if self._cell else Place(table.name)
        table.objects.append(BookObject(kind, where, text))


def _value(attrs: dict[str, str]) -> str:
    """Return what a cell without a text shows: some programs leave it to be computed."""
    kind, value = attrs.get("value-type"), next((attrs[k] for k in _VALUES if attrs.get(k)), "")
    if kind == "date":
        return show_date(value, "General")
    try:
        return show(float(value), "0.##%")[0] if kind == "percentage" else value
    except ValueError:
        return value


def _repeat(attrs: dict[str, str], name: str) -> int:
    text = attrs.get(name, "1")
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(max(int(text[:9]), 1), limits.ROWS)
