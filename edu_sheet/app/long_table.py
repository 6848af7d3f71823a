"""The long table: every text that stands in a period, one row each, for other programs."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.facts.texts import standing_texts
from edu_sheet.kit.pieces import filling, pieces
from edu_sheet.kit.xlsx import new_book, write_text
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import OutputError
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Role
from edu_sheet.words.returns import Entry

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "period",
    "task",
    "unit",
    "role",
    "text",
    "state",
    "file",
    "sha256",
    "place",
    "received_at",
)
_WIDTHS = (10, 7, 24, 12, 80, 10, 30, 20, 14, 27)
_ENDINGS = ("csv", "json", "xlsx")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP, CSV injection
_CONTINUED = "（续）"


def rows(ledger: Ledger, period: Period, tasks: Mapping[str, int]) -> list[dict[str, object]]:
    """Return one row a standing entry of that very period, keyed by COLUMNS.

    One that says 完成状态 and no more has an empty text.

    In order of the task's number (`tasks` gives it by key), then lead before responsible, then in
    the order of first issue. A task that the plan no longer has keeps its entries: it is named by
    its key and comes last. A quarter's rows are what was reported for the quarter itself.
    """
    names = ledger.units.names(period)
    order = {
        names.now(unit, period): place
        for place, (_, issued_for, unit, *_) in reversed([*enumerate(ledger.forms.index())])
        if issued_for == str(period)
    }
    last = len(tasks) + max(tasks.values(), default=0)

    def place(entry: Entry) -> tuple[int, str, bool, int, str]:
        number = tasks.get(entry.task, last)
        known = "" if entry.task in tasks else entry.task
        follows = entry.role is not Role.LEAD
        return number, known, follows, order.get(entry.unit, len(order)), entry.unit

    stands = standing_texts(ledger, period, names=names)
    entries = sorted((*stands.values(), *stands.states.values()), key=place)
    return [_row(entry, tasks) for entry in entries]


def frame(rows: Sequence[Mapping[str, object]]) -> "pd.DataFrame":
    """Return the rows as a table of COLUMNS, every value as it is: no text becomes a number."""
    import pandas as pd

    return pd.DataFrame([*rows], columns=[*COLUMNS], dtype=object)


def ending_of(path: Path) -> str:
    """Return csv, json or xlsx; OutputError for a file name with another ending."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in _ENDINGS:
        raise OutputError(f"不能导出为 {path.name}", "文件名请以 .csv、.json 或 .xlsx 结尾。")
    return ending


def render(
    rows: Sequence[Mapping[str, object]],
    ending: str,
    *,
    for_file: bool = True,
    raw: bool = False,
) -> bytes:
    """Return the rows as csv, json or xlsx; the same rows give the same bytes.

    In json and xlsx every text is exact; in xlsx such that begins with = is no formula, and a text
    longer than a cell goes on in rows whose place is marked （续）. A csv is exact where it is no
    file, or `raw`. Else Excel would open it and run what begins with = + - @: a ' stands before
    such a text, as OWASP has it. Csv for a file begins with a byte order mark, so that Excel reads
    it as UTF-8.
    """
    if ending == "json":
        return (json.dumps([*map(dict, rows)], ensure_ascii=False, indent=2) + "\n").encode()
    if ending == "xlsx":
        return _workbook([part for row in rows for part in _in_cells(row)])
    guarded = for_file and not raw
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows(
        [_guarded(value) if guarded else value for value in row.values()] for row in rows
    )
    return text.getvalue().encode("utf-8-sig" if for_file else "utf-8")


def _guarded(value: object) -> object:
    """Return a text that a spreadsheet does not take for a formula when it opens a csv."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS) else value


def _row(entry: Entry, tasks: Mapping[str, int]) -> dict[str, object]:
    received = entry.received_at.isoformat() if entry.received_at else ""
    values = (
        str(entry.period),
        tasks.get(entry.task, entry.task),
        entry.unit,
        entry.role.value,
        entry.text,
        entry.state,
        entry.file,
        entry.sha256,
        entry.place,
        received,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _in_cells(row: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yield a row for each part of a text that is longer than a cell."""
    for number, part in enumerate(pieces(str(row["text"]), filling)):
        place = f"{row['place']}{_CONTINUED}" if number else row["place"]
        yield {**row, "text": part, "place": place}


def _workbook(table: Sequence[Mapping[str, object]]) -> bytes:
    """Return the table as a workbook."""
    target = io.BytesIO()
    book = new_book(target, "进展情况", None)
    sheet = book.add_worksheet("进展")
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
    # With the quote prefix, a text that begins with = stays a text even when it is edited in Excel.
    body = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
    plain = book.add_format({"valign": "top"})
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        write_text(sheet, 0, column, name, head)
    for line, row in enumerate(table, start=1):
        for column, value in enumerate(row.values()):
            if isinstance(value, int):
                sheet.write_number(line, column, value, plain)
            else:
                write_text(sheet, line, column, str(value), body)
    sheet.autofilter(0, 0, len(table), len(COLUMNS) - 1)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()
