"""What is known while a document's tables are read one after the other, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from edu_sheet.plan.issued.blocks import Cells, Grid, GridCell
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.draft import Draft, Headings, Left, Read
from edu_sheet.plan.issued.meaning import Meaning
from edu_sheet.plan.issued.titles import Named
from edu_sheet.words.text import tidy

REMARK = "说明"


@dataclass(slots=True)
class Reader:
    """Reads one table after the other; a table without a header goes on with the one before."""

    read: Read
    columns: Columns = field(default_factory=Columns)  # none, as long as it has no width
    last: Draft | None = None
    headings: Headings = field(default_factory=Headings)
    above: dict[int, str] = field(default_factory=dict)  # units of the row above, by place
    same: list[tuple[int, str]] = field(default_factory=list)  # cells of a row that say 同上
    category: str = ""  # of a column, where its cell is left empty from then on
    fresh: bool = True  # at the top of a page: nothing but a header stood above
    paged: bool = False  # and the table goes on with the one before
    digits: bool = False  # the tasks are numbered in figures
    explained: dict[str, Meaning] = field(default_factory=dict)  # parts by the marks for them
    below: list[tuple[Named, Draft]] = field(default_factory=list)  # heading rows with a unit
    headed: bool = False  # a heading row stood below the last task
    head: Named | None = None  # the unit that the last heading row names
    standing: tuple[str, ...] = ()  # the headings that hold for a table, the innermost first
    other: int = 0  # the columns of the list of contacts that the last table was
    sheet: str = ""  # in which that was
    over: tuple[Named, ...] = ()  # what the titles above the tables named last
    titled: list[tuple[tuple[Named, ...], list[Draft]]] = field(default_factory=list)  # not taken
    parted: set[tuple[str, str]] = field(default_factory=set)  # names that were put together
    titles: set[str] = field(default_factory=set)  # what stood above the tables
    grids: Sequence[Grid] = ()  # all tables of the document


def leave(
    reader: Reader, own: dict[int, GridCell], place: str, what: str, *, ask: bool = False
) -> None:
    """Note a row that is no part of a task; `own` are the cells with a text of their own."""
    text = " | ".join(tidy(cell.text) or cell.number for cell in own.values())
    reader.read.left.append(Left(place, what, text, ask))


def has(cell: GridCell) -> bool:
    """Return whether a cell shows anything: a text, or a number that Word counts by itself."""
    return bool(cell.text.strip() or cell.number)


def own_text(columns: Columns, own: dict[int, GridCell], *wanted: Meaning) -> str:
    """Return what a row's own cells say in the columns of some meanings."""
    return "".join(own[at].text for at in columns.places(*wanted) if at in own).strip()


def label_in(columns: Columns, cells: Cells) -> tuple[int | None, str]:
    """Return where the numbers stand, and the one that stands in the row itself."""
    for at in columns.places(Meaning.NUMBER):
        if at < len(cells):
            cell = cells[at]
            return at, "" if cell.merged else tidy(cell.text) or cell.number
    return None, ""
