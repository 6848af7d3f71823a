"""The page of a message (html) → the tables that somebody pasted into it. Pure.

Only tables that hold no other one: mail programs lay out a page, a signature, with tables around.
With each, what stands above it says of its period, and whether it stands in a quotation.
"""

import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from edu_sheet.reading.letters.tree import parsed
from edu_sheet.reading.values import cleaned
from edu_sheet.rules.named_period import heads, periods_named, without_days
from edu_sheet.words.book import Cell, Sheet
from edu_sheet.words.columns import PLAN_COLUMNS, PROGRESS
from edu_sheet.words.covering import clauses_of
from edu_sheet.words.place import Position
from edu_sheet.words.quotation import apart, is_quoted
from edu_sheet.words.text import bare

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAME, _BESIDE = "正文", "正文里表格以外的文字"
_TABLES = 20
_MOST = 200  # tables of a page of which the month is looked for
_ROWS, _COLUMNS = 2_000, 200  # of a table; a form has 40 and 8
_BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4"}
_ENDS = re.compile("\n?\0+")
_UNSHOWN = {"script", "style", "head", "title"}
_HEADERS = frozenset(bare(one.header) for one in (*PLAN_COLUMNS, PROGRESS))
_PARTED = {*_BLOCKS, "h5", "h6", "blockquote", "pre", "table", "tr", "td", "th", "hr"}
_CLAUSE = re.compile("[，,。;；:：!！]")
_LABEL = re.compile(r"\D{1,8}:")  # of the table below it: 更正：, 续表：
_LINES = 500  # of a text that are looked for in all that its tables say
_SHORT = 40  # characters of a line that heads a table
_BEFORE = re.compile("上个?月|上个?季度|上期")
_LINE = re.compile("[\n\0]")
_HERE = "\1"  # where a table stands: no text holds it
_SPAN = re.compile(r"\s*(\d{1,4})\s*")


def tables(pages: Iterable[str]) -> tuple[Sheet, ...]:
    """Return the tables of a message's pages, in order, as sheets 正文, 正文2, …

    None of one row or column. What is beyond the limits is left out: a person sees the message.
    """
    found = [sheet for page in pages for sheet in islice(filter(_is_table, _sheets(page)), _TABLES)]
    if like_a_form(written := [one for one in found if not one.quoted]):
        found = written
    return tuple(
        replace(sheet, name=_NAME if place == 1 else f"{_NAME}{place}")
        for place, sheet in enumerate(found, 1)
    )


def of_several_periods(pages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the tables like a form for each period that is named above them, if these are several.

    With each page of tables the words that name its period, "" where nothing does. What has no
    such words goes on from what stands above it.
    """
    groups: dict[frozenset[str], tuple[str, list[str]]] = {}
    key = frozenset[str]()
    for table, sheet in (one for page in pages for one in islice(_with_tables(page), _MOST)):
        if sheet.quoted or not like_a_form([sheet]):
            continue
        key = periods_named(without_days(sheet.above)) or key
        _, texts = groups.setdefault(key, (sheet.above, []))
        texts.append(f"<p>{html.escape(sheet.above)}</p>{_as_html(table)}")
    if len(groups) > 1:
        for above, texts in groups.values():
            yield above, "".join(texts)


def outside(text: str, sheets: Iterable[Sheet]) -> str:
    """Return the lines of a message's text that its writer wrote beside its tables.

    Without covering words, and without what says of which period a table is.
    """
    cells, rows, every = set[str](), set[str](), list[str]()
    for sheet in sheets:
        lines: dict[int, list[str]] = {}
        for (row, _), cell in sorted(sheet.cells.items()):
            cells.update(map(bare, (cell.text, *cell.text.splitlines())))
            lines.setdefault(row, []).append(cell.text)
        rows.update(bare("".join(one)) for one in lines.values())
        every += ["".join(one) for one in lines.values()]
    whole, looked = bare("".join(every)), 0
    found = list[str]()
    for line in apart(text)[0]:
        said = bare(line)
        if not said or said in cells or said in rows or _LABEL.fullmatch(said):
            continue
        looked += 1
        if looked <= _LINES and said in whole:
            continue
        if any(not _naming([one]) for one in clauses_of(line)):
            found.append(line.strip())
    return "\n".join(found)


def typed(outside: str) -> tuple[Sheet, ...]:
    """Return what the writer of a message says beside its tables as a sheet, a line a cell."""
    lines = enumerate(outside.splitlines(), 1)
    cells = {(row, 1): Cell(line) for row, line in lines}
    return (Sheet(_BESIDE, cells, typed=True),) if cells else ()


def _as_html(table: "_Element") -> str:
    from lxml import etree

    return etree.tostring(table, encoding="unicode", method="html", with_tail=False)


def _sheets(page: str) -> Iterator[Sheet]:
    return (sheet for _, sheet in _with_tables(page))


def _with_tables(page: str) -> "Iterator[tuple[_Element, Sheet]]":
    root = parsed(page) if "<table" in page.lower() else None
    if root is None:
        return
    found = [one for one in root.iter("table") if next(one.iterdescendants("table"), None) is None]
    above = "".join(_pieces(root, _PARTED, {*found})).split(_HERE)
    quoted = False  # what has begun above a table goes on below it
    for table, text in zip(found, above, strict=False):
        here = [line for one in _LINE.split(text) if (line := " ".join(one.split()))]
        quoted = quoted or is_quoted(here)
        inside = next(table.iterancestors("blockquote"), None) is not None
        yield table, replace(_sheet(table), above=_naming(here), quoted=inside or quoted)


def _naming(lines: Iterable[str]) -> str:
    """Return the last words of lines that name a period and may head a table, "" if none do."""
    short = [line for line in lines if len(bare(line)) <= _SHORT]
    clauses = [one for line in short for one in _CLAUSE.split(line)]
    named = [
        one
        for one in clauses
        if heads(said := without_days(one), alone=True)
        and (periods_named(said) or _BEFORE.search(said))
    ]
    return named[-1] if named else ""


def like_a_form(sheets: Iterable[Sheet]) -> bool:
    """Return whether a table has two headers of a form at least: a signature has none."""
    return any(
        len(_HEADERS & {bare(cell.text) for cell in sheet.cells.values() if len(cell.text) < 30})
        >= 2
        for sheet in sheets
    )


def _is_table(sheet: Sheet) -> bool:
    rows, columns = {at[0] for at in sheet.cells}, {at[1] for at in sheet.cells}
    return len(rows) > 1 and len(columns) > 1


def _sheet(table: "_Element") -> Sheet:
    cells: dict[Position, Cell] = {}
    merges = list[tuple[int, int, int, int]]()
    taken = set[Position]()  # by a cell that reaches down from a row above
    for row, line in enumerate(table.iter("tr"), 1):
        if row > _ROWS:
            break
        column = 1
        for one in line:
            if one.tag not in ("td", "th"):
                continue
            while (row, column) in taken:
                column += 1
            down, right = _span(one, "rowspan", _ROWS), _span(one, "colspan", _COLUMNS)
            last_row, last = min(row + down - 1, _ROWS), column + right - 1
            if last > _COLUMNS:
                break
            text, removed = cleaned(_text(one))
            if text or removed:
                struck = any(map(_is_struck, one.iterdescendants()))
                cells[row, column] = Cell(text, removed=removed, struck=struck)
            if (last_row, last) != (row, column):
                merges.append((row, column, last_row, last))
                taken |= {
                    (r, c) for r in range(row + 1, last_row + 1) for c in range(column, last + 1)
                }
            column = last + 1
    return Sheet(_NAME, cells, merges=tuple(merges))


def _is_struck(part: "_Element") -> bool:
    return part.tag in ("s", "strike", "del") or "line-through" in part.get("style", "")


def _span(cell: "_Element", name: str, most: int) -> int:
    said = _SPAN.fullmatch(cell.get(name, "1"))
    return max(1, min(int(said[1]), most)) if said else 1


def _text(cell: "_Element") -> str:
    """Return what a person sees in a cell: white space as html has it, a line a block."""
    said = _ENDS.sub("\n", "".join(_pieces(cell)))
    lines = (" ".join(line.split()) for line in said.split("\n"))
    return "\n".join(lines).strip("\n")


def _pieces(
    cell: "_Element", blocks: Collection[str] = _BLOCKS, marked: Collection["_Element"] = ()
) -> Iterator[str]:
    """Yield the texts of a cell; U+0000, which no text holds, is where a block begins or ends.

    Of what is marked no more than where it stands.
    """
    unshown = 0
    for event, one in _walk(cell):
        hidden = one.tag in _UNSHOWN or one in marked
        if event == "start" and one in marked:
            yield _HERE
        if event == "start":
            unshown += hidden
            if not unshown and one is not cell:
                yield "\n" if one.tag == "br" else "\0" if one.tag in blocks else ""
            if one.text and not unshown:
                yield _plain(one.text)
        else:
            unshown -= hidden
            if one is not cell:
                if one.tag in blocks and not unshown:
                    yield "\0"
                if one.tail and not unshown:
                    yield _plain(one.tail)


def _walk(cell: "_Element") -> Iterator[tuple[str, "_Element"]]:
    from lxml import etree

    yield from etree.iterwalk(cell, events=("start", "end"))


def _plain(text: str) -> str:
    return re.sub(r"[ \t\r\n\1]+", " ", text)
