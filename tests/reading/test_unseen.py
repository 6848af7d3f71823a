"""Texts that lie in a cell and that nobody who opens the workbook sees."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Color, Font, PatternFill

from edu_sheet import reading
from edu_sheet.words.book import Sheet

SEEN = {
    "A1": lambda cell: None,
    "A2": lambda cell: setattr(cell, "font", Font(color="FF000000")),
    "A3": lambda cell: white(cell, "FF4472C4"),
    "A4": lambda cell: setattr(cell, "number_format", "@"),
    "A5": lambda cell: setattr(cell, "number_format", '0;-0;0;"已完成"@'),
    "A6": lambda cell: setattr(cell, "font", Font(color=Color(theme=1))),
}
UNSEEN = {
    "B1": lambda cell: setattr(cell, "font", Font(color="FFFFFFFF")),
    "B2": lambda cell: setattr(cell, "number_format", ";;;"),
    "B3": lambda cell: white(cell, "FFFFFFFF"),
    "B4": lambda cell: setattr(cell, "font", Font(color=Color(theme=0))),
    "B5": lambda cell: same(cell, "FF4472C4"),
    "B6": lambda cell: setattr(cell, "number_format", '"";"";"";""'),
}


def white(cell: Any, ground: str) -> None:
    cell.font = Font(color="FFFFFFFF")
    cell.fill = PatternFill("solid", fgColor=ground)


def same(cell: Any, colour: str) -> None:
    white(cell, colour)
    cell.font = Font(color=colour)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    changes: dict[str, Callable[[Any], None]] = {**SEEN, **UNSEEN}
    for place, change in changes.items():
        sheet[place] = f"{place} 的进展。"
        change(sheet[place])
    sheet["C1"], sheet["C2"], sheet["C3"] = 12, 34, "低"
    sheet["C2"].font = Font(color="FFFFFFFF")
    sheet["A9"] = sheet["A10"] = "高。"
    sheet.row_dimensions[9].height = 0.5
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def unseen(sheet: Sheet) -> set[str]:
    return {f"{'ABC'[at[1] - 1]}{at[0]}" for at, cell in sheet.cells.items() if cell.unseen}


def test_a_text_that_its_format_or_colour_hides_is_known_for_that() -> None:
    (sheet,) = reading.read(workbook()).sheets
    assert unseen(sheet) == {*UNSEEN, "C2"}
    assert sheet.text(2, 2) == "B2 的进展。", "and is read nevertheless"


def test_a_row_without_a_height_is_hidden() -> None:
    (sheet,) = reading.read(workbook()).sheets
    assert sheet.hidden_rows == {9}


@pytest.mark.parametrize("code", ["General", "@", "0.00", ";;;@", "[>=1]0;0", "yyyy/m/d", ";;"])
def test_a_format_that_shows_a_text_hides_none(code: str) -> None:
    from edu_sheet.reading.number_format import hides_text

    assert not hides_text(code)
