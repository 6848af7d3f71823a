import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from edu_sheet.app import long_table
from edu_sheet.kit.pieces import CELL_LIMIT, characters
from edu_sheet.store.ledger import Ledger
from edu_sheet.words.errors import OutputError
from tests.support import office
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    ORGANISATION,
    QUARTER,
    TOWNS,
    moment,
    report,
    small_form,
    small_plan,
)
from tests.support.records import record_issue

NUMBERS = {task.key: task.number for task in small_plan().tasks}
ODD = (
    '=HYPERLINK("http://x","点")',
    "+86 12345",
    "-完成80%",
    "@某人",
    "'00123",
    "00123",
    '他说："好"，\n第二行\r\n第三行\r第四行',
    "，,;\t",
    " 前后有空 ",
    "_x0041_",
    "<r><t>甲</t></r>",
    "𠀀𠮷",
    "①②③",
)


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    """Four forms are out."""
    for unit in (FINANCE, EDUCATION, TOWNS, ORGANISATION):
        record_issue(ledger, small_form(unit), f"下发/{unit}.xlsx", "s", CREATED)
    return ledger


def rows(ledger: Ledger) -> list[dict[str, object]]:
    return long_table.rows(ledger, DECEMBER, NUMBERS)


def odd_rows(ledger: Ledger) -> list[dict[str, object]]:
    for number, text in enumerate(ODD):
        report(ledger, f"单位{number:02d}", DECEMBER, {1: text})
    return rows(ledger)


def test_rows_stand_by_task_then_lead_then_the_order_of_issue(ledger: Ledger) -> None:
    report(ledger, TOWNS, DECEMBER, {1: "镇一", 5: "镇五"})
    report(ledger, FINANCE, DECEMBER, {1: "财一", 2: "财二", 4: "财四"})
    report(ledger, EDUCATION, DECEMBER, {1: "教一", 4: "教四"})
    found = [(row["task"], row["role"], row["text"]) for row in rows(ledger)]
    assert found == [
        (1, "lead", "教一"),
        (1, "responsible", "财一"),
        (1, "responsible", "镇一"),
        (2, "responsible", "财二"),
        (4, "lead", "财四"),
        (4, "responsible", "教四"),
        (5, "responsible", "镇五"),
    ]


def test_a_row_says_where_its_text_came_from(ledger: Ledger) -> None:
    report(ledger, FINANCE, DECEMBER, {1: "旧"}, at=moment("2022-12-20"))
    taken = report(ledger, FINANCE, DECEMBER, {1: "新"}, at=moment("2022-12-28T09:30"))
    (row,) = rows(ledger)
    assert tuple(row) == long_table.COLUMNS
    assert [*row.values()] == [
        "2022-12",
        1,
        FINANCE,
        "responsible",
        "新",
        "",
        taken.file,
        taken.sha256,
        "填报表!D5",
        "2022-12-28T09:30:00+08:00",
    ]


def test_a_quarter_has_its_own_texts_only(ledger: Ledger) -> None:
    report(ledger, EDUCATION, DECEMBER, {1: "月"})
    report(ledger, EDUCATION, QUARTER, {1: "季"})
    assert [row["text"] for row in long_table.rows(ledger, QUARTER, NUMBERS)] == ["季"]


def test_a_task_that_left_the_plan_keeps_its_texts_under_its_key(ledger: Ledger) -> None:
    report(ledger, EDUCATION, DECEMBER, {1: "一", 3: "三"})
    fewer = {key: number for key, number in NUMBERS.items() if number != 1}
    found = long_table.rows(ledger, DECEMBER, fewer)
    assert [(row["task"], row["text"]) for row in found] == [(3, "三"), ("T01", "一")]


def test_csv_holds_every_text_exactly(ledger: Ledger) -> None:
    made = odd_rows(ledger)
    piped = long_table.render(made, "csv", for_file=False)
    for data in (piped, long_table.render(made, "csv", raw=True)):
        found = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        assert [row["text"] for row in found] == list(ODD)
    frame = pd.read_csv(
        io.BytesIO(long_table.render(made, "csv", raw=True)), dtype=str, keep_default_na=False
    )
    assert tuple(frame.columns) == long_table.COLUMNS
    assert list(frame["text"]) == list(ODD)


def test_a_csv_file_starts_no_formula_in_a_spreadsheet(ledger: Ledger) -> None:
    data = long_table.render(odd_rows(ledger), "csv").decode("utf-8-sig")
    found = [row["text"] for row in csv.DictReader(io.StringIO(data, newline=""))]
    assert not [text for text in found if text[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert found[:4] == [f"'{text}" for text in ODD[:4]]
    assert found[4:] == list(ODD[4:]), "all else is as it is"


def test_csv_opens_in_excel_as_utf8_and_goes_clean_through_a_pipe(ledger: Ledger) -> None:
    assert long_table.render(rows(ledger), "csv").startswith(b"\xef\xbb\xbf")
    header = ",".join(f'"{name}"' for name in long_table.COLUMNS)
    assert long_table.render([], "csv", for_file=False) == f"{header}\r\n".encode()


def test_json_holds_every_row_as_it_is(ledger: Ledger) -> None:
    made = odd_rows(ledger)
    data = long_table.render(made, "json")
    assert json.loads(data) == made
    assert "单位00".encode() in data


def test_xlsx_holds_every_text_as_a_text(ledger: Ledger) -> None:
    book = openpyxl.load_workbook(io.BytesIO(long_table.render(odd_rows(ledger), "xlsx")))
    sheet = book.worksheets[0]
    cells = [row[4] for row in sheet.iter_rows(min_row=2)]
    assert [_decoded(cell.value) for cell in cells] == list(ODD)
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet["B2"].value == 1
    assert sheet.freeze_panes == "A2"


def test_xlsx_cuts_nothing_off_a_text_longer_than_a_cell(ledger: Ledger) -> None:
    text = "督导3次。𠀀" * 12_000
    report(ledger, FINANCE, DECEMBER, {1: text})
    book = openpyxl.load_workbook(io.BytesIO(long_table.render(rows(ledger), "xlsx")))
    found = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert "".join(str(row[4]) for row in found) == text
    assert all(characters(str(row[4])) <= CELL_LIMIT for row in found)
    assert [row[8] for row in found] == ["填报表!D5", *["填报表!D5（续）"] * (len(found) - 1)]


def test_the_same_rows_give_the_same_bytes(ledger: Ledger) -> None:
    made = odd_rows(ledger)
    for ending in ("csv", "json", "xlsx"):
        assert long_table.render(made, ending) == long_table.render(made, ending)


def test_an_ending_that_is_none_is_said_plainly() -> None:
    assert long_table.ending_of(Path("进展.CSV")) == "csv"
    with pytest.raises(OutputError, match=r"\.csv、\.json 或 \.xlsx"):
        long_table.ending_of(Path("进展.txt"))


@pytest.mark.office
def test_a_spreadsheet_program_shows_every_text_as_it_was_reported(
    ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / "进展.xlsx"
    path.write_bytes(long_table.render(odd_rows(ledger), "xlsx"))
    saved = office.convert(path, "csv", tmp_path, "Text - txt - csv (StarCalc):44,34,76,1")
    found = csv.DictReader(io.StringIO(saved.read_text("utf-8"), newline=""))
    plain = [text.replace("\r\n", "\n").replace("\r", "\n") for text in ODD]
    shown = [row["text"].replace("\r\n", "\n").replace("\r", "\n") for row in found]
    assert shown == plain


def _decoded(value: Any) -> str:
    """Undo the file's own escape, which openpyxl leaves to its caller: `_x000D_` is a CR."""
    return str(value).replace("_x000D_", "\r").replace("_x005F_", "_")
