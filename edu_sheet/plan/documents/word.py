"""A Word document → its paragraphs and tables in order, merged cells and all."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from edu_sheet.plan.documents.numbering import Numbering, numbering_of
from edu_sheet.plan.issued.blocks import EMPTY, Block, Cells, Counter, GridCell
from edu_sheet.words.text import tidy

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What was deleted or moved away while changes were tracked, and the second copy of a text box.
_GONE = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_SPANS = 64  # grid columns that a cell may span; a damaged document may claim millions


def has_body(document: "Document") -> bool:
    """Return whether a document has a body at all: a damaged one may have another root."""
    return document.element.find(f"{_W}body") is not None


def read_word(document: "Document") -> list[Block]:
    """Return an open document's paragraphs and tables in order.

    Text in tracked insertions, content controls and text boxes is read, which python-docx's own
    `text` leaves out.
    """
    numbering = numbering_of(document)
    counter = Counter()
    for block in _blocks(document.element.body):
        if block.tag == f"{_W}tbl":
            counter.grid(_grid(block, numbering))
        else:
            counter.paragraph(_text(block), numbering.number(block))
    return counter.blocks


_NOTES = {"footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
_REFERENCES = {"footnoteReference": "脚注", "endnoteReference": "尾注", "commentReference": "批注"}


def read_notes(document: "Document") -> Iterator[tuple[str, str, str]]:
    """Yield what footnotes, endnotes and comments say: (第3段, 脚注, its text)."""
    from lxml import etree

    places = _note_places(document)
    for relation in document.part.rels.values():
        what = _NOTES.get(relation.reltype.rsplit("/", 1)[-1])
        if what is None or relation.is_external:
            continue
        try:
            root = etree.fromstring(relation.target_part.blob)
        except etree.XMLSyntaxError:
            continue
        for note in root:
            if text := tidy(_text(note)):
                place = places.get((what, note.get(f"{_W}id", "")), "")
                yield place, what, text


def _note_places(document: "Document") -> dict[tuple[str, str], str]:
    """Return where each note is called, by its kind and id."""
    found: dict[tuple[str, str], str] = {}
    paragraphs = grids = 0
    for block in _blocks(document.element.body):
        if block.tag == f"{_W}p":
            paragraphs += 1
            called = [(f"第{paragraphs}段", block)]
        else:
            grids += 1
            rows = _children(block, "tr")
            called = [(f"表{grids}第{number}行", row) for number, row in enumerate(rows, 1)]
        for place, element in called:
            for name, what in _REFERENCES.items():
                for one in element.iter(f"{_W}{name}"):
                    found[what, one.get(f"{_W}id", "")] = place
    return found


def _blocks(container: "_Element") -> "Iterator[_Element]":
    """Yield paragraphs and tables in order, those inside content controls too.

    What stands in a table that only sets out the page is yielded, and not that table.
    """
    for child in container:
        if child.tag in (f"{_W}p", f"{_W}tbl") and not _sets_out_page(child):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE:
            yield from _blocks(child)


def _sets_out_page(block: "_Element") -> bool:
    """Return whether half of what a table says stands in tables within it, as in old web pages."""
    inner = [*_tables_in(block)] if block.tag == f"{_W}tbl" else []
    if not any(_is_table(one) for outer in inner for one in outer.iter(f"{_W}tbl")):
        return False
    return 2 * sum(len(tidy(_text(one))) for one in inner) >= len(tidy(_text(block)))


def _tables_in(element: "_Element") -> "Iterator[_Element]":
    """Yield the tables within an element, and none that stands in one of them."""
    for child in element:
        if child.tag == f"{_W}tbl":
            yield child
        elif child.tag not in _GONE:
            yield from _tables_in(child)


def _is_table(table: "_Element") -> bool:
    """Return whether a table has several rows and columns."""
    rows = [[*_children(row, "tc")] for row in _children(table, "tr")]
    return len(rows) > 1 and max(map(len, rows)) > 1


def _text(element: "_Element") -> str:
    return "".join(_parts(element)).strip("\n")


def _parts(element: "_Element") -> Iterator[str]:
    for child in element:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if not name or child.tag in _GONE:
            continue
        if name == "t":
            yield child.text or ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "tab":
            yield " " if element.tag == f"{_W}r" else ""  # elsewhere it is a tab stop
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "sym":
            yield _symbol(child)
        else:
            yield from _parts(child)
            if name in ("p", "tr"):
                yield "\n"
            elif name == "tc":
                yield " "


# Signs of the fonts that Word sets as symbols, by the last two digits of their code.
_SYMBOLS = {
    ("wingdings", 0xAB): "★", ("wingdings", 0xB6): "☆", ("wingdings", 0x6C): "●",
    ("wingdings", 0x6E): "■", ("wingdings", 0x75): "◆", ("wingdings", 0xA8): "□",
    ("wingdings", 0xFC): "✓", ("wingdings", 0xFE): "☑", ("wingdings", 0xFB): "✗",
    ("wingdings 2", 0x50): "✓", ("wingdings 2", 0x52): "☑", ("wingdings 2", 0xA3): "□",
    ("wingdings 2", 0xEA): "★", ("symbol", 0xB7): "●", ("symbol", 0x2A): "*",
}  # fmt: skip
_OWN_CODES = range(0xE000, 0xF900)  # where a font's own signs stand


def _symbol(element: "_Element") -> str:
    """Return a sign that is set in a font of its own; its code where it is none that is known."""
    font, code = element.get(f"{_W}font", "").lower(), element.get(f"{_W}char", "")
    if not re.fullmatch("[0-9A-Fa-f]{1,4}", code):
        return ""
    value = int(code, 16)
    known = _SYMBOLS.get((font, value & 0xFF))
    if known or (value not in _OWN_CODES and value >= 0xA0):
        return known or chr(value)
    return f"〔{element.get(f'{_W}font', '')} {code.upper()}〕"


def _grid(table: "_Element", numbering: Numbering) -> tuple[Cells, ...]:
    """Return a table's grid; every cell of a merged area has its text."""
    lines: list[list[GridCell]] = []
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        above = lines[-1] if lines else []
        line = [EMPTY] * _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _children(row, "tc"):
            up = above[len(line)] if len(line) < len(above) else EMPTY
            line += _spanned(cell, up, numbering)
        lines.append(line)
    return tuple(map(tuple, lines))


def _spanned(cell: "_Element", above: GridCell, numbering: Numbering) -> list[GridCell]:
    """Return a cell for each grid column that a table cell covers."""
    properties = cell.find(f"{_W}tcPr")
    merge = properties.find(f"{_W}vMerge") if properties is not None else None
    going_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
    text = _text(cell)
    if going_on and not text.strip():
        own = GridCell(above.text, merged=True, up=True, number=above.number)
    else:
        own = _own(cell, text, numbering)
    wide = properties.find(f"{_W}gridSpan") if properties is not None else None
    span = _number(wide, 1)
    return [own] + [GridCell(own.text, merged=True, up=own.up)] * (span - 1)


def _own(cell: "_Element", text: str, numbering: Numbering) -> GridCell:
    """Return a cell that holds its own text: numbered lines in it with their numbers."""
    paragraphs = list(cell.iter(f"{_W}p"))
    numbers = [numbering.number(one) for one in paragraphs]
    if not any(numbers):
        return GridCell(text)
    if not text.strip():
        return GridCell(text, number=next(filter(None, numbers)))
    lines = zip(numbers, map(_text, paragraphs), strict=True)
    return GridCell("\n".join(number + line for number, line in lines))


def _children(parent: "_Element", name: str) -> "Iterator[_Element]":
    """Yield rows or cells in order, those inside content controls or tracked changes too."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag not in _GONE and child.tag not in (f"{_W}tc", f"{_W}p"):
            yield from _children(child, name)


def _number(element: "_Element | None", default: int) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return min(max(int(value), default), _SPANS) if value.isdecimal() else default
