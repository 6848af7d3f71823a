"""A workbook as it came back: cells, objects, signals. Pure data, whatever the file's kind.

Readers fill it (`edu_sheet.reading`), `form` finds its own layout in it, `check` compares it.
Rows and columns count from 1, as a person sees them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Place, Position


class CellKind(StrEnum):
    """What a cell held before it became text."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    ERROR = "error"


class Cell(NamedTuple):  # a return has hundreds: made in a third of a dataclass's time
    """One cell that is not empty."""

    text: str  # what a person would see, control characters and lone surrogates removed
    kind: CellKind = CellKind.TEXT
    formula: str | None = None  # without its "="; text is then the cached value
    cached: bool = True  # False: a formula without a cached value, text is "=" + formula
    struck: bool = False  # some or all of the text is struck through
    removed: str = ""  # what had to be removed from the text, as U+000B U+D800 …
    unseen: bool = False  # its format hides it, or it has the colour of its ground


class ObjectKind(StrEnum):
    """What lies on a sheet, or in a file, beside its cells."""

    COMMENT = "comment"
    THREADED_COMMENT = "threaded_comment"
    TEXT_BOX = "text_box"
    PICTURE = "picture"
    CELL_PICTURE = "cell_picture"  # WPS DISPIMG
    EMBEDDED = "embedded"
    CHART = "chart"
    CONTROL = "control"  # a form control, as it comes along with what is pasted from a web page
    PAGE_TEXT = "page_text"  # what is printed above or below each page
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class BookObject:
    """A comment, text box, picture or embedded file, where it lies and what it says."""

    kind: ObjectKind
    place: Place  # a cell, a sheet, or a part of the file
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: only the cells that exist, never the grid."""

    name: str
    cells: dict[Position, Cell] = field(default_factory=dict)
    state: str = "visible"  # visible, hidden, veryHidden
    merges: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    objects: tuple[BookObject, ...] = ()
    above: str = ""  # of a table in a message: the words above it that name its period
    typed: bool = False  # of a message: what its writer says beside its tables, a line a cell
    quoted: bool = False  # of such a table: it stands in the letter that is answered or passed on

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, "" where there is none."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class Book:
    """One returned workbook. `readable` is False where nothing could be read: findings say why."""

    kind: str  # xlsx, xls, ods, csv, zip, pdf, … by content
    sheets: tuple[Sheet, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)  # custom document properties
    names: dict[str, str] = field(default_factory=dict)  # defined names that are string constants
    modified: datetime | None = None  # dcterms:modified
    objects: tuple[BookObject, ...] = ()  # what belongs to no sheet
    findings: tuple[Finding, ...] = ()  # of the file as a whole
    readable: bool = True
