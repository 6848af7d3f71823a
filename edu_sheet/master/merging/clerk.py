"""The master as the clerk left it: where its table stands, and what is in it.

Sheets may be renamed, rows sorted and inserted, columns moved and added, the file saved again by
WPS or LibreOffice: a row is found by its hidden key, else by its 目标任务, else by its 序号; a
column by its header, else by what stood in it.
"""

import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edu_sheet.kit.damaged import DAMAGED
from edu_sheet.master.base import Base
from edu_sheet.master.layout import BASE_PROPERTY, CONTINUED, NEW_MARK
from edu_sheet.master.merging.escapes import decode
from edu_sheet.master.table import Kind, RowKey, new_parts, parse_key
from edu_sheet.master.threeway import Ours
from edu_sheet.rules.labels import first_label
from edu_sheet.rules.progress import PROGRESS_FIELD
from edu_sheet.words.columns import Column
from edu_sheet.words.sheets import MAIN_SHEET
from edu_sheet.words.text import bare

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD_DEPTH = 30  # rows in which a header is looked for


class CannotMergeError(Exception):
    """Why a workbook cannot be merged; the words go on after 总表.xlsx."""


@dataclass
class Clerk:
    """An open master: its sheet, its columns by field, its rows by key."""

    book: "Workbook"
    sheet: "Worksheet"
    header: int
    columns: dict[str, int]
    rows: dict[RowKey, int] = field(default_factory=dict)
    strangers: dict[int, str] = field(default_factory=dict)  # row → its text in 进展情况
    rewritten: set[RowKey] = field(default_factory=set)  # rows 新报送 that the clerk wrote into

    def text(self, row: int, name: str) -> str | None:
        """Return the text of a cell, None where the clerk has deleted the column."""
        column = self.columns.get(name)
        return cell_text(self.sheet.cell(row, column).value) if column else None

    def ours(self) -> dict[str, Ours]:
        """Return every task as it stands, rows marked （续） put together."""
        parts: dict[str, list[tuple[int, int]]] = {}
        new: dict[str, set[str]] = {}
        for key, row in self.rows.items():
            if key.kind is Kind.NEW:
                new.setdefault(key.task, set()).add(key.unit)
            else:
                parts.setdefault(key.task, []).append((key.part, row))
        for key in self.rewritten:
            new.setdefault(key.task, set()).add(key.unit)
        return {
            task: Ours(self._fields(sorted(rows)), frozenset(new.get(task, ())))
            for task, rows in parts.items()
            if min(rows)[0] == 0
        }

    def _fields(self, rows: Iterable[tuple[int, int]]) -> dict[str, str]:
        (_, first), *more = rows
        fields = {name: self.text(first, name) for name in self.columns if name != "key"}
        found = {name: text for name, text in fields.items() if text is not None}
        if PROGRESS_FIELD in found:
            found[PROGRESS_FIELD] += "".join(
                self.text(row, PROGRESS_FIELD) or "" for _, row in more
            )
        return found


def open_clerk(data: bytes) -> "Workbook":
    """Return the workbook with its rich texts; CannotMergeError if it cannot be opened."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), rich_text=True)
    except DAMAGED:
        raise CannotMergeError("打不开：可能设了密码、已损坏，或不是 xlsx 文件") from None
    decode(book)
    return book


def base_id(book: "Workbook") -> str:
    """Return the id of what the program wrote last, which the workbook bears; "" if it is lost."""
    for one in book.custom_doc_props.props:  # type: ignore[attr-defined]  # the stub lacks it
        if one.name == BASE_PROPERTY:
            return str(one.value)
    return ""


def read_clerk(book: "Workbook", base: Base, columns: Iterable[Column]) -> Clerk:
    """Return where everything stands in the workbook; CannotMergeError if its table is gone."""
    by_field = {column.field: column.header for column in columns}
    sheet, key_column = _table_sheet(book, base)
    first = _first_row(sheet, key_column, base)
    header, found = _header(sheet, by_field, first)
    if key_column:
        found["key"] = key_column
    _by_content(sheet, header, found, base)
    if PROGRESS_FIELD not in found:
        raise CannotMergeError("的“总表”里找不到“进展情况”一列")
    clerk = Clerk(book, sheet, header, found)
    _find_rows(clerk, base)
    if not any(key.kind is Kind.TASK for key in clerk.rows):
        raise CannotMergeError("的“总表”里找不到任何一项任务")
    return clerk


def cell_text(value: object) -> str:
    """Return a cell's text as the program would have written it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def _table_sheet(book: "Workbook", base: Base) -> tuple["Worksheet", int]:
    """Return the sheet with most of the keys and their column, 0 where no key is left."""
    best: tuple[int, bool, Worksheet, int] | None = None
    for sheet in book.worksheets:
        counts: Counter[int] = Counter()
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and parse_key(cell.value).task in base.rows:
                    counts[cell.column] += 1
        if counts:
            column, count = counts.most_common(1)[0]
            if best is None or (count, sheet.title == MAIN_SHEET) > best[:2]:
                best = (count, sheet.title == MAIN_SHEET, sheet, column)
    if best:
        return best[2], best[3]
    if MAIN_SHEET in book.sheetnames:
        return book[MAIN_SHEET], 0
    raise CannotMergeError("里找不到“总表”这张表")


def _first_row(sheet: "Worksheet", key_column: int, base: Base) -> int:
    """Return the first row that bears a key, else how deep a header may stand."""
    if key_column:
        for row in range(1, sheet.max_row + 1):
            if parse_key(cell_text(sheet.cell(row, key_column).value)).task in base.rows:
                return row
    return _HEAD_DEPTH


def _header(
    sheet: "Worksheet", headers: Mapping[str, str], before: int
) -> tuple[int, dict[str, int]]:
    """Return the row that looks most like the header, 0 if none does, and its columns."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row in range(1, min(before, sheet.max_row) + 1):
        texts = {cell.column: bare(cell_text(cell.value)) for cell in sheet[row] if cell.value}
        found: dict[str, int] = {}
        for alike in (str.__eq__, str.startswith):
            for name, header in headers.items():
                for column, text in texts.items():
                    free = name not in found and column not in found.values()
                    if free and alike(text, bare(header)):
                        found[name] = column
        if len(found) > max(1, len(best[1])):
            best = (row, found)
    return best


def _by_content(sheet: "Worksheet", header: int, found: dict[str, int], base: Base) -> None:
    """Find the columns whose header is gone by what the program wrote into them."""
    names = {name for row in base.rows.values() for name in row.fields} - set(found)
    names -= {"number"}  # its texts are found in too many places
    for name in sorted(names):
        wanted = {row.fields.get(name, "") for row in base.rows.values()} - {""}
        counts: Counter[int] = Counter()
        for row in sheet.iter_rows(min_row=header + 1):
            for cell in row:
                column = cell.column or 0
                if column not in found.values() and cell_text(cell.value) in wanted:
                    counts[column] += 1
        if counts:
            found[name] = counts.most_common(1)[0][0]


def _find_rows(clerk: Clerk, base: Base) -> None:
    """Find every row's key: in its column, by 目标任务, by 序号; what is left are strangers."""
    left = []
    for row in range(clerk.header + 1, clerk.sheet.max_row + 1):
        key = parse_key(clerk.text(row, "key") or "")
        if key.kind is Kind.NEW and not _as_written(clerk, row, key, base):
            clerk.rewritten.add(key)
            clerk.sheet.cell(row, clerk.columns["key"]).value = None  # hers from now on
            left.append(row)
        elif key.task in base.rows and key not in clerk.rows:
            clerk.rows[key] = row
        else:
            left.append(row)
    goals = _unique({key: bare(row.fields.get("goal", "")) for key, row in base.rows.items()})
    numbers = _unique({key: row.fields.get("number", "") for key, row in base.rows.items()})
    for row in list(left):
        goal = bare(clerk.text(row, "goal") or "")
        plain = goal.removeprefix(bare(CONTINUED)).removeprefix(bare(NEW_MARK))
        known = goals.get(plain)
        if known is None and not (clerk.text(row, "key") or "").strip():
            known = numbers.get(bare(clerk.text(row, "number") or ""))
        guessed = _guess(clerk, row, known, goal) if known else None
        if guessed and guessed.kind is Kind.NEW and not _as_written(clerk, row, guessed, base):
            continue
        if guessed and guessed not in clerk.rows:
            clerk.rows[guessed] = row
            left.remove(row)
    for row in left:
        if text := (clerk.text(row, PROGRESS_FIELD) or "").strip():
            clerk.strangers[row] = text


def _as_written(clerk: Clerk, row: int, key: RowKey, base: Base) -> bool:
    """Return whether a row 新报送 says what the program wrote into it."""
    new = base.rows[key.task].new if key.task in base.rows else {}
    if key.unit not in new:
        return False
    parts = new_parts(key.unit, new[key.unit])
    text = clerk.text(row, PROGRESS_FIELD)
    return text is None or (key.part < len(parts) and text == parts[key.part])


def _guess(clerk: Clerk, row: int, task: str, goal: str) -> RowKey | None:
    """Return what row of a task this is whose key is gone, by what it says of itself."""
    if goal.startswith(bare(NEW_MARK)):
        unit = first_label(clerk.text(row, PROGRESS_FIELD) or "")
        return RowKey(task, Kind.NEW, unit=unit) if unit else None
    if goal.startswith(bare(CONTINUED)):
        parts = [key.part for key in clerk.rows if (key.task, key.kind) == (task, Kind.MORE)]
        return RowKey(task, Kind.MORE, max(parts, default=0) + 1)
    return RowKey(task)


def _unique(texts: Mapping[str, str]) -> dict[str, str]:
    """Return text → key for the texts that only one task has."""
    counts = Counter(texts.values())
    return {text: key for key, text in texts.items() if text and counts[text] == 1}
