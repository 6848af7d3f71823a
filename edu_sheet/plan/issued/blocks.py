"""What a document is made of: paragraphs and grids, in order, each with its place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table's grid; of a merged area every cell has the text."""

    text: str
    merged: bool = False  # shows what a cell above or to the left of it holds
    up: bool = False  # of a merged one: that cell stands above
    number: str = ""  # what the word processor numbers it with by itself


Cells = tuple[GridCell, ...]
EMPTY = GridCell("")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or a sheet of a workbook."""

    name: str  # 表2, or the sheet's name
    rows: tuple[Cells, ...]
    first: int = 1  # the number of its first row, as a person counts them
    numbers: tuple[int, ...] = ()  # of the rows, where some are left out
    above: tuple[str, ...] = ()  # the paragraphs between the table before and this one
    counted: tuple[str, ...] = ()  # the numbers that the word processor gives them

    turned: int | None = None  # from this row on its rows are the columns that a person sees
    duties: bool = False  # what it says each unit is there for is that unit's task

    @property
    def title(self) -> str:
        """The name that somebody gave to its sheet, "" for a table of a document."""
        return self.name[1:-2] if self.name.startswith("“") else ""

    def place(self, row: int) -> str:
        """Return where a row stands: 表2第5行; of a turned table 表2第3列."""
        if self.turned is not None and row >= self.turned:
            return f"{self.name}第{row - self.turned + 1}列"
        number = self.numbers[row] if self.numbers else self.first + row
        return f"{self.name}第{number}行"


_FEWEST, _SHORTEST = 3, 4  # cells of a row, and characters, that are no marks or figures


def as_merged(grid: Grid) -> Grid:
    """Return a table with each row that says one thing in all its cells as one merged cell.

    So a heading over all columns comes out of programs that know no merged cells.
    """
    return replace(grid, rows=tuple(map(_one_cell, grid.rows)))


def _one_cell(cells: Cells) -> Cells:
    text = cells[0].text if cells else ""
    alike = len(cells) >= _FEWEST and len(text.strip()) >= _SHORTEST
    if not alike or any(cell.text != text or cell.merged for cell in cells):
        return cells
    return (cells[0], *(replace(cell, merged=True) for cell in cells[1:]))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text, with the number that the word processor gives it by itself."""

    text: str
    place: str = ""  # 第3段
    number: str = ""
    nested: bool = False  # a point below the one before it


Block = Paragraph | Grid


def grids_of(blocks: Iterable[Block]) -> list[Grid]:
    """Return the tables, each with the paragraphs above it."""
    found: list[Grid] = []
    above: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            above.append(block)
        else:
            texts, numbers = (one.text for one in above), (one.number for one in above)
            found.append(replace(block, above=tuple(texts), counted=tuple(numbers)))
            above = []
    return found


@dataclass(slots=True)
class Counter:
    """Counts the blocks of a document as a person does."""

    paragraphs: int = 0
    grids: int = 0
    blocks: list[Block] = field(default_factory=list)

    def paragraph(self, text: str, number: str = "", *, nested: bool = False) -> None:
        """Add a paragraph; a line break in it makes another, an empty one only counts."""
        self.paragraphs += 1
        for line in text.splitlines():
            if line.strip():
                place = f"第{self.paragraphs}段"
                self.blocks.append(Paragraph(line.strip(), place, number, nested))
                number = ""

    def grid(self, rows: tuple[Cells, ...]) -> None:
        """Add a table."""
        self.grids += 1
        self.blocks.append(Grid(f"表{self.grids}", rows))
