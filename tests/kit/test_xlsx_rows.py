"""Rows written whole are read back as they were: every kind of cell, in both kinds of workbook."""

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText
from python_calamine import CalamineWorkbook

from edu_sheet.kit.xlsx import new_book
from edu_sheet.kit.xlsx_rows import RowSheet, add_sheet

TEXTS = [
    "已完成80%",
    "=1+1",
    "第一行\n第二行",
    "  前后有空格  ",
    "<b>&\"'",
    "<r><t>假的</t></r>",
    "2022-12-31",
    "𠮷野家",
    "‘引号’“双引号”",
]


def book_of(*rows: list[Any], streamed: bool, merged: tuple[tuple[int, int], ...] = ()) -> bytes:
    target = io.BytesIO()
    book = new_book(target, "试验", None, streamed=streamed)
    look, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    sheet = add_sheet(book, "表")
    for values in rows:
        cells = [
            ("", None)
            if value is None
            else ([(text, bold) for text in value] if isinstance(value, list) else value, look)
            for value in values
        ]
        sheet.add_row(cells, 33.0, merged)
    book.close()
    return target.getvalue()


def opened(data: bytes, **options: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), **options)["表"]


@pytest.fixture(params=[False, True], ids=["in memory", "streamed"])
def streamed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_every_text_is_read_back_exactly_by_two_readers(streamed: bool) -> None:
    data = book_of(TEXTS, list(reversed(TEXTS)), streamed=streamed)
    assert [cell.value for cell in opened(data)[1]] == TEXTS
    assert [cell.value for cell in opened(data)[2]] == TEXTS[::-1]
    assert all(cell.data_type == "s" for cell in opened(data)[1])
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("表").to_python()
    assert read == [TEXTS, TEXTS[::-1]]


def test_a_text_that_looks_like_an_escape_stays_what_it_is(streamed: bool) -> None:
    (cell,) = opened(book_of(["值为_x0041_"], streamed=streamed), rich_text=True)[1]
    assert str(cell.value) == "值为_x0041_"


def test_numbers_are_numbers_and_a_gap_stays_empty(streamed: bool) -> None:
    first, gap, last = opened(book_of([3, None, 0.25], streamed=streamed))[1]
    assert (first.value, gap.value, last.value) == (3, None, 0.25)
    assert (first.data_type, last.data_type) == ("n", "n")


def test_runs_keep_their_fonts_and_put_together_are_the_text(streamed: bool) -> None:
    (cell,) = opened(book_of([["【县教育局】", " 已<办>"]], streamed=streamed), rich_text=True)[1]
    assert isinstance(cell.value, CellRichText)
    assert str(cell.value) == "【县教育局】 已<办>"
    assert all(part.font.b for part in cell.value)  # type: ignore[union-attr]


def test_a_row_has_its_height_and_its_merged_cells(streamed: bool) -> None:
    sheet = opened(book_of(["标题", "x", "y"], streamed=streamed, merged=((0, 2),)))
    assert sheet.row_dimensions[1].height == 33.0
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:C1"]


def test_a_text_longer_than_a_cell_is_refused_and_never_cut(streamed: bool) -> None:
    book = new_book(io.BytesIO(), "试验", None, streamed=streamed)
    sheet, look = add_sheet(book, "表"), book.add_format()
    with pytest.raises(ValueError, match="32768 characters"):
        sheet.add_row([("长" * 32_768, look)])
    with pytest.raises(ValueError, match="32768 characters"):
        sheet.add_row([([("长" * 30_000, look), ("长" * 2_768, look)], look)])
    book.close()


def test_an_empty_row_takes_its_place() -> None:
    target = io.BytesIO()
    book = new_book(target, "试验", None)
    sheet: RowSheet = add_sheet(book, "表")
    sheet.add_row([])
    sheet.add_row([("下一行", book.add_format())])
    assert sheet.next_row == 2
    book.close()
    assert opened(target.getvalue())["A2"].value == "下一行"
