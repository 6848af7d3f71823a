"""A whole quarter on plans of other counties: what goes out comes back, and is printed."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.form import FORM_SHEET, HEADER_ROW
from edu_sheet.words.period import parse_period
from edu_sheet.words.returns import Verdict
from tests.support.issued_plans import ISSUED_PLANS

_SHAPES = (
    "two bodies that lead together",  # prose
    "two tasks under one merged number",  # without leads
    "what is to be reached each quarter",  # further columns, its own words for the others
    "numbers restart below categories",
)
_NOW = datetime(2023, 1, 4, 9, tzinfo=UTC)


def workspace_of(shape: str, folder: Path) -> Path:
    issued = ISSUED_PLANS[shape]
    app.create(folder, app.preview_plan(issued.make(), issued.name))
    book = openpyxl.load_workbook(folder / "分工方案.xlsx")
    for row in book["设置"].iter_rows(min_row=2):
        if row[0].value == "起始月份":
            row[1].value = "2022-10"
        elif row[0].value == "没写牵头单位的任务" and row[1].value != "首位责任单位牵头":
            row[1].value = "不设牵头"
    book.save(folder / "分工方案.xlsx")
    return folder


def filled(data: bytes, text: str) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    sheet = book[FORM_SHEET]
    headers = {str(cell.value): cell.column or 0 for cell in sheet[HEADER_ROW]}
    for row in range(HEADER_ROW + 1, sheet.max_row + 1):
        if sheet.cell(row, headers["任务键"]).value:
            asked = headers.get("进展成效") or headers["进展情况"]
            sheet.cell(row, asked).value = text
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("shape", _SHAPES)
def test_every_form_of_the_quarter_comes_back_without_a_question(
    shape: str, tmp_path: Path
) -> None:
    folder = workspace_of(shape, tmp_path / "督办")
    said = []
    for period in map(parse_period, ("2022-10", "2022-11", "2022-12", "2022Q4")):
        issued = app.generate(folder, period, now=_NOW)
        for form in issued.forms:
            text = f"{form.unit}{period}已完成选址，正在推进。"
            said.append(text)
            name = Path(form.file).name
            (folder / "收件箱" / name).write_bytes(filled((folder / form.file).read_bytes(), text))
        came = app.collect(folder, now=_NOW)
        assert [(one.verdict, one.findings) for one in came.submissions if one.findings] == []
        assert {one.verdict for one in came.submissions} == {Verdict.ACCEPTED}
    assert said
    app.merge(folder, parse_period("2022Q4"), now=_NOW)
    app.report(folder, parse_period("2022Q4"), now=_NOW)
    summary = docx.Document(str(folder / "成果" / "2022Q4" / "季度总结.docx"))
    annex = " ".join(cell.text for row in summary.tables[0].rows for cell in row.cells)
    assert "未报送" not in annex  # all sent theirs, whoever leads
    book = openpyxl.load_workbook(folder / "成果" / "2022Q4" / "总表.xlsx")
    main = " ".join(str(cell.value) for row in book["总表"].iter_rows() for cell in row)
    assert [text for text in said if "2022Q4" in text and text not in main] == []
    plan = app.check(folder).plan
    assert plan
    called = {one.header for one in plan.columns if one.field == "goal"}
    for name in ("一览", "总表", "明细", "进展历程"):
        headers = {cell.value for row in book[name].iter_rows(max_row=3) for cell in row}
        assert called <= headers, name
