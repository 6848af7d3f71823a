"""The master as the clerk left it: where its table stands, and what is in it.

Sheets may be renamed, rows sorted and inserted, columns moved and added, the file saved again by
WPS or LibreOffice: whose a row is says its hidden key together with its texts (`whose`); a column
is found by its header, else by what stood in it.
"""

import io
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from edu_sheet.kit.damaged import DAMAGED
from edu_sheet.master.base import Base
from edu_sheet.master.layout import BASE_PROPERTY, PLAN_PROPERTY, SHEETS_PROPERTY
from edu_sheet.master.merging.escapes import decode
from edu_sheet.master.merging.whose import Line, Whose, whose
from edu_sheet.master.sheets.fingerprint import said_by
from edu_sheet.master.table import Kind, RowKey, cut_row, parse_key, written_rows
from edu_sheet.master.threeway import Ours
from edu_sheet.reading.number_format import show
from edu_sheet.rules.progress import PROGRESS_FIELD
from edu_sheet.words.columns import NUMBER, REQUIREMENTS, Column
from edu_sheet.words.sheets import MAIN_SHEET
from edu_sheet.words.text import bare

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

UNREADABLE = "打不开：可能设了密码、已损坏，或不是 xlsx 文件"  # goes on after 总表.xlsx
_HEAD_DEPTH = 30  # rows in which a header is looked for


class CannotMergeError(Exception):
    """Why a workbook cannot be merged; the words go on after 总表.xlsx."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that were merged over texts of these tasks, by key; `joined` if all of them show."""

    area: str
    tasks: tuple[str, ...]
    joined: bool


@dataclass
class Clerk:
    """An open master: its sheet, its columns by field, its rows by key."""

    book: "Workbook"
    sheet: "Worksheet"
    header: int
    columns: dict[str, int]
    rows: dict[RowKey, int] = field(default_factory=dict)
    strangers: dict[int, str] = field(default_factory=dict)  # row → its text in 进展情况
    remarks: dict[int, str] = field(default_factory=dict)  # row → what it says in other columns
    rewritten: set[RowKey] = field(default_factory=set)  # rows 新报送 that the clerk wrote into
    found: Whose = field(default_factory=Whose)
    merged: tuple[Merged, ...] = ()
    keyed: bool = True  # whether every row bears its key

    def text(self, row: int, name: str) -> str | None:
        """Return the text of a cell, None if its column is gone or it lies under merged cells."""
        from openpyxl.cell.cell import MergedCell

        column = self.columns.get(name)
        cell = self.sheet.cell(row, column) if column else None
        if cell is None or isinstance(cell, MergedCell):
            return None
        return cell_text(cell.value) if name == NUMBER.field else _seen(cell)

    def ours(self) -> dict[str, Ours]:
        """Return every task as it stands, rows marked （续） put together."""
        parts: dict[str, list[tuple[int, int]]] = {}
        new: dict[str, set[str]] = {}
        for key, row in self.rows.items():
            if key.kind is Kind.CUT:
                continue
            if key.kind is Kind.NEW:
                new.setdefault(key.task, set()).add(key.unit)
            else:
                parts.setdefault(key.task, []).append((key.part, row))
        for key in self.rewritten:
            new.setdefault(key.task, set()).add(key.unit)
        return {
            task: Ours(self._fields(task, sorted(rows)), frozenset(new.get(task, ())))
            for task, rows in parts.items()
            if min(rows)[0] == 0 and task not in self.found.unsure
        }

    def formulas(self) -> Iterator[tuple[str, str, str]]:
        """Yield the cells of tasks that hold a formula: (task's key, field, what it says)."""
        for key, row in self.rows.items():
            for name in self.columns:
                if name != "key" and self._is_formula(row, name):
                    yield key.task, name, self.text(row, name) or ""

    def _is_formula(self, row: int, name: str) -> bool:
        return self.sheet.cell(row, self.columns[name]).data_type == "f"

    def _fields(self, task: str, rows: Sequence[tuple[int, int]]) -> dict[str, str]:
        (_, first), *more = rows
        names = [
            name
            for name in self.columns
            if name != "key" and not any(self._is_formula(row, name) for _, row in rows)
        ]
        if task in self.found.unsure_cells:
            names.remove(PROGRESS_FIELD)
        joined = {one.area.partition(":")[0] for one in self.merged if one.joined}
        fields = {
            name: self.text(first, name)
            for name in names
            if self.sheet.cell(first, self.columns[name]).coordinate not in joined
        }
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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not keep: that is looked for in drawn
            book = load_workbook(io.BytesIO(data), rich_text=True)
    except DAMAGED:
        raise CannotMergeError(UNREADABLE) from None
    decode(book)
    return book


def base_id(book: "Workbook") -> str:
    """Return the id of what the program wrote last, which the workbook bears; "" if it is lost."""
    return _borne(book, BASE_PROPERTY)


def plan_id(book: "Workbook") -> str:
    """Return of which workspace's plan the workbook is, as it bears it; "" if it does not say."""
    return _borne(book, PLAN_PROPERTY)


def sheets_written(book: "Workbook") -> dict[str, str]:
    """Return the short fingerprints of what the program wrote last, which the workbook bears."""
    return said_by(_borne(book, SHEETS_PROPERTY))


def _borne(book: "Workbook", name: str) -> str:
    for one in book.custom_doc_props.props:  # type: ignore[attr-defined]  # the stub lacks it
        if one.name == name:
            return str(one.value)
    return ""


def read_clerk(
    book: "Workbook", base: Base, columns: Iterable[Column], units: Set[str] = frozenset()
) -> Clerk:
    """Return where everything stands in the workbook; CannotMergeError if its table is gone.

    `units` are the names that may stand as labels in 进展情况, those of `base` included or not.
    """
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
    said = {unit for row in base.rows.values() for unit, _ in row.returned}
    _find_rows(clerk, base, units | said)
    if not any(key.kind is Kind.TASK for key in clerk.rows):
        raise CannotMergeError("的“总表”里找不到任何一项任务")
    return clerk


def _seen(cell: Any) -> str:
    """Return what a person sees in a cell: 85% where she typed it, which is kept as 0.85."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

    value, epoch = cell.value, cell.parent.parent.epoch
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (date, time, timedelta)):
        value = to_excel(value, epoch)  # type: ignore[no-untyped-call]
    if not isinstance(value, (int, float)):
        return cell_text(value)
    return show(value, cell.number_format, date1904=epoch == CALENDAR_MAC_1904)[0]


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


def _find_rows(clerk: Clerk, base: Base, units: Set[str]) -> None:
    """Find whose every row is; what is nobody's for sure is the clerk's own from now on."""
    written = _written(base)
    lines = []
    for row in range(clerk.header + 1, clerk.sheet.max_row + 1):
        key = parse_key(clerk.text(row, "key") or "")
        said = {name: clerk.text(row, name) for name in clerk.columns if name != "key"}
        texts = {name: text for name, text in said.items() if text is not None}
        if key in written or any(text.strip() for text in texts.values()):
            lines.append(Line(row, key if key in written else None, texts))
    found = whose(lines, written, *_beside_progress(clerk), units)
    clerk.rows, clerk.rewritten = found.rows, found.rewritten
    clerk.found = found
    by_row = {one.row: one for one in lines}
    for row in found.strangers:
        if text := (clerk.text(row, PROGRESS_FIELD) or "").strip():
            clerk.strangers[row] = text
        elif text := _words(by_row[row]):
            clerk.remarks[row] = text
    clerk.keyed = all((clerk.text(row, "key") or "") == str(key) for key, row in found.rows.items())
    if "key" in clerk.columns:
        _let_go(clerk, {one.row for one in lines} - set(found.rows.values()))
    clerk.merged = tuple(_merged_cells(clerk, written))


def _words(line: Line) -> str:
    """Return what a row of the clerk's says beside 进展情况, "" where it is a number at most."""
    if line.key:
        return ""
    said = [text.strip() for name, text in line.texts.items() if name != NUMBER.field]
    return "／".join(filter(None, said))


def _written(base: Base) -> dict[RowKey, dict[str, str]]:
    """Return every row as it was written; what 具体要求 says of a new text names no task."""
    rows = {
        key: texts
        for task, row in base.rows.items()
        for key, texts in written_rows(task, row.fields, row.new)
    }
    for row in base.rows.values():
        for key in map(parse_key, row.heights):
            if key.kind is Kind.CUT:
                rows.update([cut_row(key, row.fields)])
    for key, texts in rows.items():
        if key.kind is not Kind.TASK:
            texts.pop(REQUIREMENTS.field, None)
    return rows


def _beside_progress(clerk: Clerk) -> tuple[list[str], list[str]]:
    """Return the columns on the left and on the right of 进展情况."""
    at = clerk.columns[PROGRESS_FIELD]
    columns = [(column, name) for name, column in clerk.columns.items() if name != "key"]
    left = [name for column, name in columns if column < at]
    return left, [name for column, name in columns if column > at]


def _let_go(clerk: Clerk, rows: Iterable[int]) -> None:
    """Take the keys away from rows that are the clerk's own."""
    for row in rows:
        cell: Any = clerk.sheet.cell(row, clerk.columns["key"])
        if cell_text(cell.value):
            cell.value = None


def _merged_cells(clerk: Clerk, written: Mapping[RowKey, Mapping[str, str]]) -> Iterator[Merged]:
    """Yield the cells that were merged over something that the program had written."""
    names = {column: name for name, column in clerk.columns.items() if name != "key"}
    keys = {row: key for key, row in clerk.rows.items()}
    for area in clerk.sheet.merged_cells.ranges:
        said = {
            (row, column): written[keys[row]].get(names[column], "")
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
            if row in keys and column in names
        }
        first = said.pop((area.min_row, area.min_col), "")
        hidden = [at for at, text in said.items() if text.strip() and bare(text) != bare(first)]
        if hidden:
            joined = bare("".join((first, *said.values())))
            shown = bare(cell_text(clerk.sheet.cell(area.min_row, area.min_col).value))
            tasks = tuple(dict.fromkeys(keys[row].task for row, _ in hidden))
            yield Merged(area.coord, tasks, joined == shown)
