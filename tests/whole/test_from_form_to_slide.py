"""A quarter's three cells on their whole way: form, 总表, a hand edit there, summary and slides."""

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx

from edu_sheet import app
from edu_sheet.cli import program as cli
from edu_sheet.words.period import parse_period
from edu_sheet.words.settings import SummaryStyle

UNIT = "县政府教育督导委员会"
QUARTER = parse_period("2022Q4")
SAID = {
    "进展成效": "督导学校46所，下发整改通知12份。",
    "存在问题": "督学只有9人，力量不足。",
    "下一步打算": "明年3月前聘任兼职督学20人。",
}
EDITED = "专职督学仅9人，缺口11人。"


def test_each_cell_of_a_quarter_is_traced_and_an_edit_of_it_reaches_every_paper(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "督办"
    app.create(folder)
    (form,) = app.generate(folder, QUARTER, units=[UNIT]).forms
    returned = _filled(folder / form.file)
    app.collect(folder, [returned])
    path = app.merge(folder, QUARTER).result.path

    rows = [row for row in _table(path, "明细") if row["单位"] == UNIT]
    assert [row["进展情况"] for row in rows] == [*SAID.values()]
    assert {row["来源文件"] for row in rows} == {returned.name}
    sheet: Any = openpyxl.load_workbook(returned)["填报表"]
    assert [sheet[row["单元格"].partition("!")[2]].value for row in rows] == [*SAID.values()]

    _edit(path, SAID["存在问题"], EDITED)
    app.merge(folder, QUARTER)
    for style in SummaryStyle:
        written = app.report(folder, QUARTER, style=style).result.path
        _says(_words(written))
    _says(_words(app.report(folder, QUARTER, unit=UNIT).result.path))
    collection = _words(app.report(folder, QUARTER, full_texts=True).result.path)
    _says(collection)
    places = "、".join(row["单元格"].removeprefix("填报表!") for row in rows)
    assert f"{returned.name}，填报表!{places}，有人工修改" in collection
    assert cli.run(["-w", str(folder), "report", "2022Q4", "--slides"]) in (0, 1)
    slides = app.report(folder, QUARTER, slides=True).result.path
    _says(_shown(slides))
    notes = "\n".join(
        one.notes_slide.notes_text_frame.text for one in pptx.Presentation(str(slides)).slides
    )
    assert f"{returned.name}，{rows[1]['单元格']}，有人工修改" in notes


def _says(words: str) -> None:
    assert EDITED.rstrip("。") in words
    assert SAID["存在问题"].rstrip("。") not in words
    assert SAID["下一步打算"].rstrip("。") in words


def _filled(path: Path) -> Path:
    book: Any = openpyxl.load_workbook(path)
    sheet = book["填报表"]
    header = next(row for row in sheet.iter_rows() if row[0].value == "序号")
    for cell in header:
        if cell.value in SAID:
            sheet.cell(cell.row + 1, cell.column).value = SAID[cell.value]
    target = path.with_name("督导委季度.xlsx")
    book.save(target)
    return target


def _table(path: Path, name: str) -> list[dict[str, Any]]:
    header, *rows = openpyxl.load_workbook(path)[name].iter_rows(min_row=3, values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def _edit(path: Path, old: str, new: str) -> None:
    book: Any = openpyxl.load_workbook(path, rich_text=True)
    (cell,) = [cell for row in book["总表"].iter_rows() for cell in row if old in str(cell.value)]
    cell.value = str(cell.value).replace(old, new)
    book.save(path)


def _words(path: Path) -> str:
    document = docx.Document(str(path))
    tables = [cell.text for one in document.tables for row in one.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *tables])


def _shown(path: Path) -> str:
    return "\n".join(
        shape.text_frame.text
        for slide in pptx.Presentation(str(path)).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )
