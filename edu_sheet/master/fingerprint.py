"""What the sheets that the program makes say: so that a person's words in them are noticed."""

import hashlib
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from edu_sheet.master.layout import MAIN_SHEET

if TYPE_CHECKING:
    from openpyxl import Workbook


def of_bytes(fresh: bytes) -> dict[str, str]:
    """Return a digest of the texts of every sheet but 总表 of a workbook of the program's own."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(fresh)) as book:
        return {
            name: _digest(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
            if name != MAIN_SHEET
        }


def altered(book: "Workbook", written: dict[str, str]) -> tuple[str, ...]:
    """Return which of the sheets that were written say something else by now."""
    return tuple(
        name
        for name, digest in written.items()
        if name in book.sheetnames and _digest(book[name].iter_rows(values_only=True)) != digest
    )


def _digest(rows: Iterable[Iterable[object]]) -> str:
    found = hashlib.sha256()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None and value != "":
                found.update(f"{number},{column},{_text(value)}\0".encode())
    return found.hexdigest()


def _text(value: object) -> str:
    if isinstance(value, int | float):
        return f"{float(value):.9g}"
    return str(value).replace("\r\n", "\n").replace("_x000D_", "")
