"""The same workbook as LibreOffice saves it: xlsx, xls and ods give the same cells and signals."""

import io
from pathlib import Path

import pytest

from edu_sheet import reading
from edu_sheet.words.book import Book, Cell, CellKind, ObjectKind
from tests.support import office

pytestmark = pytest.mark.office

PICTURE = (
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
TEXTS = ("①摸底\n②培训", "=不是公式", "_x0041_ 与 _x000D_", "  前后空格  ", "𠮷家坪", "甲" * 5_000)
TOKEN = "v1." + "令牌abc" * 30


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import xlsxwriter

    path = tmp_path_factory.mktemp("original") / "表.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = book.add_worksheet("填报表")
    texts = book.add_format({"num_format": "@"})
    for row, text in enumerate(TEXTS):
        sheet.write_string(row, 0, text, texts)
    sheet.write_number("B1", 44925, book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
    sheet.write_number("B2", 0.857, book.add_format({"num_format": "0.0%"}))
    sheet.write_number("B3", 12345678901)
    sheet.write_number("B4", 12345.678, book.add_format({"num_format": "#,##0.00"}))
    sheet.write_formula("B5", "=B3*2", None, 27624691356)
    struck = book.add_format({"font_strikeout": True})
    sheet.write_rich_string("C1", "甲", struck, "乙", "丙")
    sheet.write_string("C2", "全删", struck)
    sheet.merge_range("C3:D4", "合并", texts)
    sheet.write_comment("E1", "批注内容", {"author": "张三"})
    sheet.insert_textbox("E5", "文本框\n第二行")
    sheet.insert_image("F1", "p.png", {"image_data": io.BytesIO(bytes.fromhex(PICTURE))})
    sheet.set_row(9, None, None, {"hidden": True})
    sheet.write_string("A10", "藏")
    sheet.set_column("J:J", None, None, {"hidden": True})
    book.set_custom_property("edu-sheet", TOKEN)
    book.define_name("_edu_sheet_form", f'="{TOKEN}"')
    meta = book.add_worksheet("_edu_sheet")
    meta.very_hidden()
    meta.write_string("A1", "plan")
    book.close()
    return path


@pytest.fixture(scope="module", params=["xlsx", "xls", "ods"])
def saved(
    request: pytest.FixtureRequest, original: Path, tmp_path_factory: pytest.TempPathFactory
) -> Book:
    folder = tmp_path_factory.mktemp("saved")
    made = office.convert(original, request.param, folder)
    book = reading.read(made.read_bytes())
    assert (book.kind, book.readable, book.findings) == (request.param, True, ())
    return book


def test_texts_are_exact(saved: Book) -> None:
    assert tuple(saved.sheets[0].text(row, 1) for row in range(1, len(TEXTS) + 1)) == TEXTS


def test_values_are_shown_by_their_format(saved: Book) -> None:
    cells = saved.sheets[0].cells
    assert cells[1, 2] == Cell("2022年12月30日", CellKind.DATE)
    assert cells[2, 2] == Cell("85.7%", CellKind.PERCENT)
    assert cells[3, 2] == Cell("12345678901", CellKind.NUMBER)
    assert cells[4, 2] == Cell("12,345.68", CellKind.NUMBER)
    assert (cells[5, 2].text, cells[5, 2].formula is None) == ("27624691356", False)


def test_strikethrough_is_told(saved: Book) -> None:
    cells = saved.sheets[0].cells
    assert cells[1, 3] == Cell("甲乙丙", struck=True)
    assert cells[2, 3] == Cell("全删", struck=True)
    assert not cells[1, 1].struck


def test_what_lies_beside_the_cells_is_found(saved: Book) -> None:
    found = {(item.kind, str(item.place), item.text) for item in saved.sheets[0].objects}
    assert (ObjectKind.COMMENT, "填报表!E1", "批注内容") in found
    assert (ObjectKind.TEXT_BOX, "填报表!E5", "文本框\n第二行") in found
    assert {(kind, where) for kind, where, _ in found if kind is ObjectKind.PICTURE} == {
        (ObjectKind.PICTURE, "填报表!F1")
    }
    assert len(found) == 3


def test_merges_and_hidden_rows_columns_and_sheets_survive(saved: Book) -> None:
    sheet, meta = saved.sheets
    assert sheet.merges == ((3, 3, 4, 4),)
    assert sheet.hidden_rows == sheet.hidden_columns == frozenset({10})
    assert (sheet.state, meta.name, meta.text(1, 1)) == ("visible", "_edu_sheet", "plan")
    assert meta.state in ("hidden", "veryHidden")


def test_the_signals_of_identity_survive(saved: Book) -> None:
    assert saved.properties["edu-sheet"] == TOKEN
    assert saved.names["_edu_sheet_form"] == TOKEN
    assert saved.modified is not None


def test_the_readers_agree_on_what_libreoffice_saved(original: Path, tmp_path: Path) -> None:
    import openpyxl

    made = office.convert(original, "xlsx", tmp_path)
    ours = reading.read(made.read_bytes()).sheets[0].cells
    theirs = {
        (cell.row, cell.column): cell.value
        for row in openpyxl.load_workbook(made, data_only=True)["填报表"].iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert set(ours) == set(theirs)
    for where, value in theirs.items():
        if isinstance(value, str):
            assert ours[where].text == value.replace("_x005F_", "_"), where


def test_an_xls_that_is_locked_with_a_password_is_opened_with_it(
    original: Path, tmp_path: Path
) -> None:
    locked = tmp_path / "密.xls"
    save = {"URL": locked.as_uri(), "FilterName": "MS Excel 97", "Password": "教育2022"}
    office.drive(original, [("do", ".uno:SaveAs", save)], tmp_path / "copy.xlsx")
    data = locked.read_bytes()
    assert reading.kind_of(data) == "encrypted"
    assert [finding.code for finding in reading.read(data).findings] == ["encrypted"]
    book = reading.read(data, password="教育2022")
    assert (book.kind, book.sheets[0].text(1, 1)) == ("xls", TEXTS[0])
    assert book.properties["edu-sheet"] == TOKEN
