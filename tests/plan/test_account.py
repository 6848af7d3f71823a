"""Every text of a table or paragraph with tasks ends in the plan or among what was not used."""

from io import BytesIO

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from edu_sheet.plan.documents import read_issued
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.errors import PlanError
from edu_sheet.words.text import bare

pytestmark = pytest.mark.once

_HEADERS = st.sampled_from(
    [
        "序号",
        "类别",
        "改革领域",
        "任务类别",
        "工作任务",
        "目标任务",
        "具体要求",
        "牵头单位",
        "责任单位",
        "配合单位",
        "完成时限",
        "责任人",
        "备注",
        "进展情况",
        "",
    ]
)
_UNITS = ("县教育局", "县财政局、县水利局", "县住建局牵头，县交通局配合", "各镇（街道）")
_NUMBERS = ("", "1", "2", "（一）", "一", "3*", "1.1", "合计", "注：略")


def _mark(number: int) -> str:
    """Return a word that stands nowhere else, of letters that no rule knows."""
    digits = "甲乙丙丁戊己庚辛壬癸"
    return "鑫" + "".join(digits[int(one)] for one in f"{number:04d}")


@st.composite
def _grids(draw: st.DrawFn) -> tuple[list[list[str]], list[str], list[tuple[int, int, int, int]]]:
    width = draw(st.integers(3, 7))
    headers = ["工作任务", "责任单位", *[draw(_HEADERS) for _ in range(width - 2)]]
    headers = draw(st.permutations(headers))
    rows = [list(headers)]
    marks: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        row = []
        for header in headers:
            if header == "序号":
                row.append(draw(st.sampled_from(_NUMBERS)))
            elif "单位" in header and draw(st.booleans()):
                row.append(draw(st.sampled_from(_UNITS)))
            elif draw(st.integers(0, 3)):
                mark = _mark(len(marks))
                marks.append(mark)
                row.append(
                    draw(
                        st.sampled_from(["{}", "{}。", "一、{}", "（一）{}。略", "注：{}"])
                    ).format(mark)
                )
            else:
                row.append("")
        rows.append(row)
    merges = []
    if len(rows) > 2 and draw(st.booleans()):
        column, top = draw(st.integers(0, width - 1)), draw(st.integers(1, len(rows) - 2))
        merges.append((top, column, top + 1, column))
        gone = rows[top + 1][column]
        marks = [one for one in marks if one not in gone]
        rows[top + 1][column] = ""
    return rows, marks, merges


def _kept(data: bytes, name: str) -> str:
    issued = read_issued(data, name)
    book = openpyxl.load_workbook(BytesIO(write_workbook(issued.plan, issued.review)))
    cells = (
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )
    return bare(" ".join(cells))


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(_grids())
def test_no_text_of_any_table_is_lost(
    made: tuple[list[list[str]], list[str], list[tuple[int, int, int, int]]],
) -> None:
    rows, marks, merges = made
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([text or None for text in row])
    for top, left, bottom, right in merges:
        sheet.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    stream = BytesIO()
    book.save(stream)
    try:
        kept = _kept(stream.getvalue(), "方案.xlsx")
    except PlanError:
        return  # nothing like a task: all of it is refused, and told
    assert [one for one in marks if one not in kept] == []


_SENTENCES = st.sampled_from(
    ["{}。", "一、{}", "（一）{}", "1.{}。", "2.{}。（牵头单位：县教育局；责任单位：县财政局）",
     "3.{}。（县住建局牵头，县水利局配合）{}。", "责任单位：县交通局、{}局", "完成时限：{}",
     "{}。（责任单位：{}）其后{}", "县教育局牵头", "（县财政局）"]
)  # fmt: skip


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(_SENTENCES, min_size=1, max_size=8))
def test_no_text_of_any_paragraph_is_lost(sentences: list[str]) -> None:
    document = docx.Document()
    marks: list[str] = []
    for sentence in sentences:
        mine = [_mark(len(marks) + at) for at in range(sentence.count("{}"))]
        marks += mine
        document.add_paragraph(sentence.format(*mine))
    stream = BytesIO()
    document.save(stream)
    try:
        kept = _kept(stream.getvalue(), "方案.docx")
    except PlanError:
        return
    assert [one for one in marks if one not in kept] == []


def test_what_stands_beside_the_tasks_is_listed_as_not_used() -> None:
    book = openpyxl.Workbook()
    shown = book.active
    assert shown is not None
    shown.append(["序号", "工作任务", "责任单位"])
    shown.append(["1", "新建学校", "县教育局"])
    shown["B2"].comment = Comment("规模未定", "某人")
    hidden = book.create_sheet("旧稿")
    hidden.append(["9", "修路", "县交通局"])
    hidden.sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    issued = read_issued(stream.getvalue(), "方案.xlsx")
    beside = [(one.kind, one.text, one.ask) for one in issued.review if one.place.startswith("“")]
    assert ("批注", "规模未定", False) in beside
    assert ("隐藏的工作表", "9 | 修路 | 县交通局", True) in beside
    assert [one.goal for one in issued.plan.tasks] == ["新建学校"]


def test_a_comment_in_word_is_listed_as_not_used() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("1.新建学校。（责任单位：县教育局）")
    document.add_comment(paragraph.runs, text="规模未定", author="某人", initials="某")
    stream = BytesIO()
    document.save(stream)
    issued = read_issued(stream.getvalue(), "方案.docx")
    assert ("批注", "第1段", "规模未定") in {
        (one.kind, one.place, one.text) for one in issued.review
    }


def test_a_formula_without_a_result_is_told_where_it_stands() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["序号", "工作任务", "责任单位", "备注"],
        ["1", "新建学校", "县教育局", '="见"&A2'],
    ):
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)  # openpyxl works nothing out
    issued = read_issued(stream.getvalue(), "方案.xlsx")
    told = [one for one in issued.review if "没有结果的公式" in one.kind]
    assert [(one.place, one.text, one.ask) for one in told] == [("“Sheet”表 D2", '="见"&A2', True)]


def test_a_sign_of_a_symbol_font_stands_in_its_text() -> None:
    document = docx.Document()
    run = document.add_paragraph("1.新建学校").runs[0]
    for font, code in (("Wingdings", "F0AB"), ("Marlett", "F061")):
        run._r.append(OxmlElement("w:sym", attrs={qn("w:font"): font, qn("w:char"): code}))
    document.paragraphs[0].add_run("。（责任单位：县教育局）")
    stream = BytesIO()
    document.save(stream)
    (task,) = read_issued(stream.getvalue(), "方案.docx").plan.tasks
    assert task.goal == "新建学校★〔Marlett F061〕。"
