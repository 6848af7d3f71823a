"""`_x0041_` in a workbook's texts.

A file may write a character like this, and writes the first _ of a text that only looks like it as
`_x005F_`. openpyxl minds this when it reads shared strings, and nowhere else.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook

_WRITTEN = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_LITERAL = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def decode(book: "Workbook") -> None:
    """Decode every text of a workbook that was just read to what a person sees."""
    _rewrite(book, lambda text: _WRITTEN.sub("_", text))


def encode(book: "Workbook") -> None:
    """Escape every text of a workbook about to be saved, so that it reads back the same."""
    _rewrite(book, lambda text: _LITERAL.sub("_x005F_", text))


def _rewrite(book: "Workbook", change: Callable[[str], str]) -> None:
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in list[Any](row):
                if cell.data_type != "s" or "_x" not in str(cell.value):
                    continue
                if isinstance(cell.value, CellRichText):
                    parts = [
                        TextBlock(part.font, change(part.text))
                        if isinstance(part, TextBlock)
                        else change(part)
                        for part in cell.value
                    ]
                    cell.value = CellRichText(parts)
                else:
                    cell.value = change(cell.value)
                    cell.data_type = "s"
