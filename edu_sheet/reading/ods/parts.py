"""The parts of an ods while they are being read: paragraphs, a cell, a table, a shape."""

import re
from dataclasses import dataclass, field

from edu_sheet.reading.values import cleaned
from edu_sheet.words.book import BookObject, Cell, ObjectKind, Sheet
from edu_sheet.words.place import Position

_BLANKS = re.compile("[ \t\r\n]+")


@dataclass(slots=True)
class Paragraphs:
    """Paragraphs that are being read, of a cell or of what lies on it."""

    lines: list[str] = field(default_factory=list)
    line: list[str] | None = None
    struck: bool = False

    def add(self, text: str) -> None:
        """Take text; white space counts once, as ODF says, and none at a line's start."""
        if self.line is None:
            return
        text = _BLANKS.sub(" ", text)
        if text.startswith(" ") and (not self.line or self.line[-1].endswith((" ", "\n"))):
            text = text[1:]
        self.line.append(text)

    def whole(self) -> tuple[str, str]:
        """Return the text, and what had to be removed from it."""
        return cleaned("\n".join(self.lines))


@dataclass(slots=True)
class OpenCell:
    """A cell that is being read."""

    attrs: dict[str, str]
    repeated: int
    text: Paragraphs = field(default_factory=Paragraphs)


@dataclass(slots=True)
class OpenTable:
    """A table that is being read; row and column are those of the next cell."""

    name: str
    state: str
    cells: dict[Position, Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    objects: list[BookObject] = field(default_factory=list)
    row: int = 1
    repeated: int = 1  # of the row
    column: int = 1
    columns: int = 0  # declared so far
    row_cells: dict[int, Cell] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """Return the sheet, without the hidden rows below its last content."""
        last = max((row for row, _ in self.cells), default=0)
        hidden = {row for span in self.hidden_rows for row in span[: max(0, last + 1 - span.start)]}
        return Sheet(
            self.name,
            self.cells,
            self.state,
            tuple(self.merges),
            frozenset(hidden),
            frozenset(self.hidden_columns),
            tuple(self.objects),
        )


@dataclass(slots=True)
class OpenShape:
    """A comment, shape or frame that is being read."""

    tag: str
    kind: ObjectKind | None = None
    label: str = ""
    text: Paragraphs = field(default_factory=Paragraphs)
