"""A unit at its form in LibreOffice: what it can type, what not, what the saved file holds."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from edu_sheet import app, form
from edu_sheet.form import layout
from edu_sheet.form.identity import digest
from edu_sheet.words.columns import PROGRESS
from edu_sheet.words.forms import EarlierSheet
from edu_sheet.words.place import column_letter
from tests.support import builders, office
from tests.support.builders import QUARTER
from tests.support.pages import pages_of

pytestmark = pytest.mark.office

SHEET = layout.FORM_SHEET
TYPED = {
    "T01": "①召开专题会议；\n②印发方案。\n\n　　下一步：继续推进 80%。",
    "T02": "=SUM(A1:A9) 是原样的文字",
    "T03": "85%",
    "T04": "2022-12-30",
    "T05": "001　𠮷林镇“两类学校”_x0041_",
}
MADE = replace(
    builders.small_form(),
    earlier=(
        EarlierSheet(
            layout.EARLIER_SHEET, "上期", layout.EARLIER_HEADER, (("1", "目", "牵头", "旧"),)
        ),
    ),
)


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "2022-12_县教育局.xlsx"
    path.write_bytes(data)
    return path


def cell_name(key: str) -> str:
    row, column = form.progress_places(MADE)[key]
    return f"{column_letter(column)}{row}"


def test_what_a_unit_types_is_saved_to_the_last_character(tmp_path: Path) -> None:
    source = saved(tmp_path, form.write(MADE, 1, builders.CREATED))
    target = tmp_path / "回传.xlsx"
    steps = [("type", SHEET, cell_name(key), text) for key, text in TYPED.items()]
    assert office.drive(source, steps, target) == list(TYPED.values())
    sheet = openpyxl.load_workbook(target)[SHEET]
    held = {key: sheet.cell(*place).value for key, place in form.progress_places(MADE).items()}
    assert held == TYPED


def test_typing_into_locked_cells_is_refused_and_so_is_moving_rows(tmp_path: Path) -> None:
    source = saved(tmp_path, form.write(MADE, 1, builders.CREATED))
    target = tmp_path / "回传.xlsx"
    issued = form.issued_cells(MADE)
    locked = [place for place in issued[SHEET] if place[1] != 9]  # the hidden column apart
    steps: list[office.Step] = [
        ("type", SHEET, f"{column_letter(column)}{row}", "改") for row, column in locked
    ]
    steps += [("type", layout.EARLIER_SHEET, "D3", "改")]
    for command in (".uno:InsertRowsBefore", ".uno:DeleteRows", ".uno:InsertColumnsBefore"):
        steps += [("select", SHEET, "A6:H6"), ("do", command)]
    steps += [("type", SHEET, "K3", "写在表外"), ("type", SHEET, "C40", "写在表下")]
    office.drive(source, steps, target)
    book = openpyxl.load_workbook(target)
    for name, cells in issued.items():
        held = {
            (cell.row, cell.column): str(cell.value)
            for row in book[name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert held == cells


@pytest.mark.parametrize(("ending", "filters"), [("xlsx", office.XLSX), ("ods", office.ODS)])
def test_the_identity_survives_being_saved(tmp_path: Path, ending: str, filters: str) -> None:
    source = saved(tmp_path, form.write(MADE, 1, builders.CREATED))
    target = tmp_path / f"回传.{ending}"
    office.drive(source, [("type", SHEET, cell_name("T01"), "已完成")], target, filters)
    again = office.convert(target, "xlsx", tmp_path / "again")
    book = openpyxl.load_workbook(again)
    assert [row[0].value for row in book[layout.META_SHEET].iter_rows()] == list(layout.META_FIELDS)
    assert MADE.token in {row[1].value for row in book[layout.META_SHEET].iter_rows()}
    assert book.defined_names[layout.TOKEN_NAME].value == f'"{MADE.token}"'
    sheet = book[SHEET]
    table = [
        [
            str(sheet.cell(row, column).value or "")
            for column, name in enumerate(MADE.fields, 1)
            if name != PROGRESS.field
        ]
        for row in range(layout.HEADER_ROW, layout.FIRST_TASK_ROW + len(MADE.rows))
    ]
    identity = MADE.identity
    assert digest(identity.unit, identity.period, table) == identity.digest


def test_a_lead_unit_signs_its_quarter(tmp_path: Path) -> None:
    made = builders.small_form(period=QUARTER)
    source = saved(tmp_path, form.write(made, 1, builders.CREATED))
    target = tmp_path / "回传.xlsx"
    values = dict(
        zip(layout.APPROVAL_LABELS, ("张三", "0745-5230001", "李四", "2022年12月30日"), strict=True)
    )
    places = form.approval_places(made)
    steps = [
        ("type", SHEET, f"{column_letter(places[label][1])}{places[label][0]}", text)
        for label, text in values.items()
    ]
    assert office.drive(source, steps, target) == list(values.values())
    sheet = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))[SHEET]
    assert {label: sheet.cell(*place).value for label, place in places.items()} == values


def test_the_first_page_of_a_form_with_many_tasks_is_full(tmp_path: Path) -> None:
    folder = tmp_path / "督办"
    app.create(folder)
    (made,) = app.generate(folder, builders.DECEMBER, units=["县教育局"]).forms
    first, *more = pages_of(office.convert(folder / made.file, "pdf", tmp_path))
    assert more
    foot = 0.92 * first.height  # below it the page number
    assert max(word.bottom for word in first.words if word.bottom < foot) > 0.75 * first.height
