"""xls as LibreOffice saves it, and bent as other programs write it."""

import pytest
import xlsxwriter

from edu_sheet import reading
from edu_sheet.words.book import Book, BookObject, Cell, CellKind, ObjectKind
from edu_sheet.words.place import Place
from tests.support import office

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return an xls with a first sheet, 图, before the one that is read."""
    folder = tmp_path_factory.mktemp("xls")
    path = folder / "表.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    book.add_worksheet("图").write_string("A1", "图上的字")
    sheet = book.add_worksheet("填报表")
    sheet.write_string("A1", "三项", book.add_format({"num_format": '"已完成"@'}))
    sheet.write_number("A2", 12, book.add_format({"num_format": "[DBNum1][$-804]General"}))
    sheet.write_formula("B1", "=已完成80%", None, "#NAME?")
    sheet.write_formula("B2", '=80&"所"', None, "80所")
    sheet.write_formula("B3", "=A1", None, "三项")
    sheet.write_formula("B4", "=A2-12", None, 0)
    sheet.write_formula("B5", '=COUNTIF(A1:A2,"无")', None, 0)
    sheet.write_string("C1", "甲" * 255)
    sheet.insert_textbox("E5", "文本框里的字")
    sheet.set_header("&C进展：编制12名")
    sheet.set_footer("&C第&P页")
    book.close()
    return office.convert(path, "xls", folder).read_bytes()


def _read(data: bytes) -> Book:
    book = reading.read(data)
    assert book.readable, book.findings
    return book


def test_texts_and_numbers_are_shown_by_their_format(saved: bytes) -> None:
    cells = _read(saved).sheets[1].cells
    assert (cells[1, 1].text, cells[2, 1].text) == ("已完成三项", "一十二")


def test_a_formula_is_told_by_its_text_and_one_that_failed_as_it_was_typed(saved: bytes) -> None:
    cells = _read(saved).sheets[1].cells
    assert cells[1, 2] == Cell("#NAME?", CellKind.ERROR, formula="已完成80%")
    assert cells[2, 2].formula == '80&"所"'


def test_a_formula_that_gives_a_text_is_not_told_as_the_nought_that_stands_for_it(
    saved: bytes,
) -> None:
    """LibreOffice writes 0 and no text: what the formula gives is not in the file."""
    cells = _read(saved).sheets[1].cells
    assert cells[2, 2] == Cell('=80&"所"', formula='80&"所"', cached=False)
    assert cells[3, 2] == Cell("=A1", formula="A1", cached=False)
    assert (cells[4, 2].text, cells[4, 2].cached) == ("0", True), "a number, and truly nought"
    assert (cells[5, 2].text, cells[5, 2].cached) == ("0", True)


def test_what_is_printed_on_each_page_is_found(saved: bytes) -> None:
    printed = BookObject(ObjectKind.PAGE_TEXT, Place("填报表"), "进展：编制12名")
    assert [one for one in _read(saved).sheets[1].objects if one == printed] == [printed]
    kinds = [one.kind for one in _read(saved).sheets[1].objects]
    assert kinds.count(ObjectKind.PAGE_TEXT) == 1


def test_a_text_of_255_characters_may_have_been_cut(saved: bytes) -> None:
    assert [(one.code, one.place) for one in _read(saved).findings] == [
        ("texts_cut", Place("填报表", 1, 3))
    ]


@pytest.mark.parametrize("kind", [1, 2, 6], ids=["macros", "chart", "module"])
def test_a_sheet_that_has_no_cells_shifts_nothing(saved: bytes, kind: int) -> None:
    bent = _with_first_sheet_as(kind, saved)
    book = _read(bent)
    (sheet,) = book.sheets
    assert sheet.name == "填报表"
    assert (ObjectKind.TEXT_BOX, Place("填报表", 5, 5)) in {
        (one.kind, one.place) for one in sheet.objects
    }
    assert sheet.cells[2, 2].formula == '80&"所"'
    charts = (BookObject(ObjectKind.CHART, Place("图")),)
    assert book.objects == (charts if kind == 2 else ())
    assert ("macro" in {one.code for one in book.findings}) is (kind == 1)


def _with_first_sheet_as(kind: int, data: bytes) -> bytes:
    """Return an xls whose first BOUNDSHEET says another kind of sheet (2.4.28 of MS-XLS)."""
    name = "图".encode("utf-16-le")
    at = data.index(b"\x01\x01" + name) - 6  # behind kind and size of the record: where it begins
    assert data[at - 4 : at - 2] == b"\x85\x00"
    bent = bytearray(data)
    bent[at + 5] = kind
    return bytes(bent)


def test_styles_that_the_file_lacks_are_a_warning_and_the_texts_are_read(saved: bytes) -> None:
    bent = bytearray(saved)
    at = bent.index(b"\xfd\x00\x0a\x00", bent.index(b"\x85\x00"))  # LABELSST, the first of them
    bent[at + 8 : at + 10] = b"\xff\x0e"  # ixfe
    book = _read(bytes(bent))
    assert book.sheets[0].text(1, 1) == "图上的字"
    assert "styles_missing" in {one.code for one in book.findings}


def test_an_object_that_is_broken_is_an_error_and_the_texts_are_read(saved: bytes) -> None:
    at = saved.index(b"\x5d\x00", saved.index(b"\xec\x00"))  # OBJ, behind its drawing
    broken = bytearray(saved)
    broken[at + 4 : at + 8] = b"\x15\x00\x01\x00"  # cut: nothing says what it is
    size = int.from_bytes(saved[at + 2 : at + 4], "little")
    assert size > 4
    broken[at + 2 : at + 4] = b"\x04\x00"
    filler = (size - 8).to_bytes(2, "little")
    broken[at + 8 : at + 12] = b"\xff\x0f" + filler  # a record that nobody knows fills the gap
    book = _read(bytes(broken))
    assert book.sheets[1].text(1, 1) == "已完成三项"
    assert ("objects_unreadable", "error", Place("填报表")) in {
        (one.code, one.severity, one.place) for one in book.findings
    }


def test_properties_that_are_broken_are_a_warning_and_the_texts_are_read(saved: bytes) -> None:
    at = saved.index(b"\xfe\xff\x00\x00")  # the property set stream begins so
    broken = saved[: at + 44] + b"\xff" * 4 + saved[at + 48 :]
    book = _read(broken)
    assert book.sheets[0].text(1, 1) == "图上的字"
    assert "properties_damaged" in {one.code for one in book.findings}
