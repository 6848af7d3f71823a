"""The plan workbook, or somebody else's, opened: what stands in a cell, whatever Excel made of it.

Excel turns what a clerk types into numbers and dates: 2022-12 becomes a day, a telephone number a
float. `text` and `day` understand what was meant.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from edu_sheet.kit.damaged import DAMAGED
from edu_sheet.kit.files import NoPlainFileError, read_file
from edu_sheet.kit.refused import why
from edu_sheet.plan.dates import parse_date
from edu_sheet.plan.issued.blocks import EMPTY, Grid, GridCell
from edu_sheet.plan.package import members
from edu_sheet.plan.workbook.shown import shown
from edu_sheet.words.errors import PlanError
from edu_sheet.words.place import column_letter
from edu_sheet.words.step import AGAIN
from edu_sheet.words.text import bare

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# What openpyxl gives.
Value = bool | int | float | str | datetime | date | time | timedelta | None

_OWN = ("builtins", "datetime")  # the types that a cell's value has of itself
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ESCAPED_RETURN = re.compile("_x000[dD]_")
ROWS, COLUMNS = 5_000, 60  # no plan reaches further; a stray cell far out must not cost minutes


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; PlanError if it is missing, no file, or locked by a program."""
    try:
        return read_file(path)
    except NoPlainFileError:
        raise PlanError(f"{path} 不是普通文件（是管道或设备）", "请给出分工方案文件。") from None
    except FileNotFoundError:
        raise PlanError(f"找不到文件 {path}", "请检查文件名和所在的文件夹。") from None
    except IsADirectoryError:
        raise PlanError(f"{path} 是文件夹，不是文件", "请给出分工方案文件。") from None
    except PermissionError:
        raise PlanError(
            f"无法读取 {path}",
            "文件可能正在 Excel、Word 或 WPS 中打开，或没有读取权限：请关闭文件。",
            AGAIN,
        ) from None
    except OSError as error:
        raise PlanError(f"无法读取 {path}（{why(error)}）", "请检查该位置。", AGAIN) from None


def open_workbook(data: bytes, name: str) -> "Workbook":
    """Return a workbook with the last values of its formulas.

    PlanError if it is damaged, protected with a password, or no .xlsx at all; `name` is its file's.
    """
    from openpyxl import load_workbook

    refuse_empty(data, name)
    if data.startswith(_OLE):
        raise PlanError(
            f"{name} 加了打开密码，或是旧版 .xls 格式",
            "请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx。",
            AGAIN,
        )
    with undamaged(name):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on what it does not keep
            book = load_workbook(BytesIO(data), data_only=True)
        if not members(data).keys() >= set(book.sheetnames):
            raise KeyError("two sheets of one name")  # openpyxl has given one of them another
    return book


def refuse_empty(data: bytes, name: str) -> None:
    """Raise PlanError for a file that holds nothing: it was not copied or saved to its end."""
    if not data:
        raise PlanError(
            f"{name} 是空的（0 字节）",
            "多半是没有传完、没有存好：请重新复制或下载一份；是改坏了的，请换用备份。",
        )


@contextmanager
def undamaged(name: str) -> Iterator[None]:
    """Raise PlanError in place of what a damaged workbook makes of the libraries that read it.

    `name` is its file's.
    """
    try:
        yield
    except DAMAGED as error:
        raise PlanError(
            f"{name} 打不开，可能已损坏，或不是 Excel 工作簿（.xlsx）",
            "请用 Excel 或 WPS 打开它并另存为 .xlsx；若也打不开，请换用备份。",
        ) from error


def text(value: Value) -> str:
    """Return what a person typed into a cell, before Excel took it for something else."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case str():
            return _ESCAPED_RETURN.sub("", value)
    return str(value)


def plain(value: Value) -> str:
    """Return a short value as it is compared: NFKC, no white space at its ends."""
    return unicodedata.normalize("NFKC", text(value)).strip()


def day(value: Value) -> date | None:
    """Return the day that a cell names, as a date, a text or Excel's number; None if it does not.

    PlanError is never raised: what is no date is the caller's finding.
    """
    from openpyxl.utils.datetime import from_excel

    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 18_000 < value < 80_000:
        serial = from_excel(value)  # a date in a cell of format General; 1949 to 2119
        return serial.date() if isinstance(serial, datetime) else None
    return parse_date(bare(text(value)))


def rows(sheet: "Worksheet") -> Iterator[tuple[int, list[Value]]]:
    """Yield every row that holds something, with its number from 1."""
    limits = {
        "max_row": min(sheet.max_row, ROWS),
        "max_col": min(sheet.max_column, COLUMNS),
    }
    for number, row in enumerate(sheet.iter_rows(**limits, values_only=True), 1):
        if any(value is not None for value in row):
            yield number, [*map(held, row)]


def beyond(sheet: "Worksheet") -> tuple[int, int] | None:
    """Return row and column of the first text that `rows` does not reach, None where there is none.

    Only cells that are there are looked at: one far out must not cost minutes.
    """
    if sheet.max_row <= ROWS and sheet.max_column <= COLUMNS:
        return None
    far = ((row, column) for row, column in sheet._cells if row > ROWS or column > COLUMNS)
    said = (at for at in far if text(held(sheet._cells[at].value)).strip())
    return min(said, default=None)


def refuse_beyond(sheet: "Worksheet", name: str) -> None:
    """Raise PlanError if a sheet holds something that `rows` does not reach: it would be lost."""
    if far := beyond(sheet):
        row, column = far
        raise PlanError(
            f"{name} 的“{sheet.title}”表太大，没有读取：{column_letter(column)}{row} 还有内容，"
            f"一张表最多读 {ROWS} 行、{COLUMNS} 列",
            "请用 Excel 打开，删去表外多余的内容；任务确实有这么多的，请分成几个文件。",
            AGAIN,
        )


def merged_into(sheet: "Worksheet") -> dict[tuple[int, int], tuple[int, int]]:
    """Return for every cell that a merge covers the cell (row, column) that holds its value."""
    covered = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, min(area.max_row, ROWS) + 1):
            for column in range(area.min_col, min(area.max_col, COLUMNS) + 1):
                covered[row, column] = (area.min_row, area.min_col)
    return covered


def held(value: object) -> Value:
    """Return what a cell holds; of formulas that fill several cells, their text."""
    known = value is None or isinstance(value, bool | int | float | str | date | time | timedelta)
    return cast("Value", value) if known and type(value).__module__ in _OWN else str(value)


def _seen(sheet: "Worksheet", row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    value = held(cell.value)
    return shown(value, str(cell.number_format)) or text(value)


def grid(sheet: "Worksheet") -> Grid:
    """Return a sheet as a document's table; every cell of a merged area has its text."""
    covered = merged_into(sheet)
    lines, numbers = [], []
    for number, values in rows(sheet):
        line = []
        for column, value in enumerate(values, 1):
            row, first = covered.get((number, column), (number, column))
            if (row, first) == (number, column):
                line.append(GridCell(_seen(sheet, row, first)) if value is not None else EMPTY)
            else:
                above = row < number
                line.append(GridCell(_seen(sheet, row, first), merged=True, up=above))
        lines.append(tuple(line))
        numbers.append(number)
    return Grid(f"“{sheet.title}”表", tuple(lines), numbers=tuple(numbers))
