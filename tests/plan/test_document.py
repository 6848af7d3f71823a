"""Plans as they are issued, in Word, Markdown and Excel, read to the last character."""

import io
import json
import os
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from edu_sheet.kit import clock
from edu_sheet.kit.shipped import shipped
from edu_sheet.plan.documents import read_document, read_issued
from edu_sheet.plan.workbook.load import load, load_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.sentences import sentence
from edu_sheet.words.errors import PlanError
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Plan, Task
from edu_sheet.words.text import items
from tests.support.places import SUPPORT
from tests.support.returns import member, repack

EXPECTED = json.loads((SUPPORT / "expected.json").read_text(encoding="utf-8"))
HEADER = (
    "序号",
    "目标任务",
    "具体要求",
    "进展情况",
    "牵头部门",
    "责任部门",
    "县教育局牵头联络股室",
)
ROW = ("1", "目标一。", "①要求一。②要求二。", "", "县教育局", "县财政局", "基教股")


def enter_aliases(path: Path) -> None:
    """Enter the aliases as a clerk would: in the row of the unit, and delete nothing."""
    book = openpyxl.load_workbook(path)
    sheet = book["单位名录"]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for alias, unit in EXPECTED["aliases"].items():
        cell = sheet.cell(rows[unit], 2)
        cell.value = f"{cell.value}、{alias}" if cell.value else alias
    book.save(path)


def as_expected(task: Task) -> dict[str, Any]:
    parts = items(task.requirements)
    return {
        "number": task.number,
        "goal": task.goal,
        "requirement_items": len(parts),
        "requirement_markers": "".join(part[0] for part in parts),
        "requirement_chars": len(re.sub(r"\s", "", task.requirements)),
        "lead": list(task.leads),
        "responsible": list(task.responsible),
        "liaison": list(task.liaisons),
    }


@pytest.mark.parametrize("name", ["方案原文.docx", "方案原文.md"])
def test_the_real_plan_is_read_to_the_last_field(name: str, tmp_path: Path) -> None:
    plan = read_document(shipped(f"examples/{name}"))
    path = tmp_path / "分工方案.xlsx"
    path.write_bytes(write_workbook(plan))
    before = load(path)
    assert before.errors == ()
    assert before.plan == plan
    suspects = [sentence(one) for one in before.doubts if one.code == "look_alike"]
    assert len(suspects) == 3
    assert all(any(alias in one for one in suspects) for alias in EXPECTED["aliases"])

    enter_aliases(path)
    after = load(path)
    assert after.errors == ()
    assert [one.code for one in after.doubts] == ["group_without_members"] * 2
    assert after.plan is not None
    check_real_plan(after.plan)


def check_real_plan(plan: Plan) -> None:
    settings = plan.settings
    assert settings.title == EXPECTED["title"]
    assert settings.doc_number == EXPECTED["doc_number"]
    assert settings.issuer == EXPECTED["issuer"]
    assert settings.issued == date.fromisoformat(EXPECTED["issued"])
    assert str(settings.first_month) == EXPECTED["first_month"]
    assert plan.columns[6].header == "县教育局牵头联络股室"
    assert {unit.name for unit in plan.roster.units} == set(EXPECTED["units"])
    assert [unit.name for unit in plan.roster.units if unit.group] == EXPECTED["groups"]
    assert [as_expected(task) for task in plan.tasks] == EXPECTED["tasks"]
    assert len({task.key for task in plan.tasks}) == 24


def test_the_template_is_the_real_plan() -> None:
    check_real_plan(load(shipped("templates/分工方案模板.xlsx")).valid())


def word_file(path: Path, *tables: list[tuple[str, ...]], above: tuple[str, ...] = ()) -> Path:
    document = docx.Document()
    for line in above:
        document.add_paragraph(line)
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        document.add_paragraph("")
    document.save(str(path))
    return path


def test_a_row_that_a_page_break_parted_is_one_again(tmp_path: Path) -> None:
    rest = ("", "", "③要求三。", "", "", "、县审\n计局", "")
    again = ("1", "", "④要求四。", "", "", "", "、人事股")
    second = ("2", "目标二。", "①要求。", "", "县财政局", "县审计局", "")
    path = word_file(tmp_path / "方案.docx", [HEADER, ROW], [HEADER, rest], [again, second])
    one, two = read_document(path).tasks
    assert one.requirements == "①要求一。②要求二。③要求三。④要求四。"
    assert one.responsible == ("县财政局", "县审计局")
    assert one.liaisons == ("县教育局基教股", "县教育局人事股")
    assert (two.number, two.leads) == (2, ("县财政局",))


def test_merged_and_nested_cells_of_a_word_table_are_understood(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(5, 7)
    lines = [
        HEADER,
        ROW,
        ("2", *ROW[1:]),
        ("", "", "③续。", "", "", "", ""),
        ("一、总体", *[""] * 6),
    ]
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(2, 4).text = ""
    table.cell(1, 4).merge(table.cell(2, 4))  # one lead unit for two tasks
    table.cell(2, 0).merge(table.cell(3, 0))  # one number for two rows
    table.cell(4, 0).merge(table.cell(4, 6))  # a heading across the table
    nested = table.cell(2, 2).add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "附一", "附二"
    document.save(str(tmp_path / "方案.docx"))
    one, two = read_document(tmp_path / "方案.docx").tasks
    assert one.leads == two.leads == ("县教育局",)
    assert two.requirements == "①要求一。②要求二。附一附二③续。"


def test_numbers_that_word_counts_by_itself_are_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 7)
    for row, texts in enumerate([HEADER, ("", *ROW[1:]), ("", "目标二。", *ROW[2:])]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for row in (1, 2):
        table.cell(row, 0).paragraphs[0].style = "List Number"
        properties = table.cell(row, 0).paragraphs[0].paragraph_format.element.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = 1
    document.save(str(tmp_path / "方案.docx"))
    assert [task.number for task in read_document(tmp_path / "方案.docx").tasks] == [1, 2]


def test_columns_stand_in_any_order_and_may_be_others_words(tmp_path: Path) -> None:
    header = ("牵头 单位", "责任单位", "编号", "重点任务", "工作措施")
    row = ("县教育局", "县财政局、 各乡镇党委、政府", "１", "目标。", "要 求。")
    path = word_file(tmp_path / "方案.docx", [header, row])
    (task,) = read_document(path).tasks
    assert (task.number, task.goal, task.requirements) == (1, "目标。", "要求。")
    assert task.responsible == ("县财政局", "各乡镇党委、政府")


def test_what_a_document_says_of_itself(tmp_path: Path) -> None:
    above = (
        "中共某县委办公室文件",
        "某办发[2023]7号　　签发人：张三",
        "关于印发《重点任务清单》的通知",
        "各乡镇党委：",
        "根据省教发〔2021〕3号文件，从1月起每月调度。",
        "中共某县委办公室",
        "二〇二三年十二月二十一日",
    )
    settings = read_document(word_file(tmp_path / "方案.docx", [HEADER, ROW], above=above)).settings
    assert settings.title == "重点任务清单"
    assert settings.doc_number == "某办发〔2023〕7号"
    assert settings.issuer == "中共某县委办公室"
    assert settings.issued == date(2023, 12, 21)
    assert settings.first_month == Month(2024, 1)
    assert settings.addressee == "各乡镇党委"


def test_a_document_that_says_nothing_of_itself_gets_no_made_up_date(tmp_path: Path) -> None:
    before = clock.now()
    settings = read_document(word_file(tmp_path / "某方案.docx", [HEADER, ROW])).settings
    assert (settings.title, settings.issued, settings.doc_number) == ("某方案", None, "")
    spanned = {Month(one.year, one.month) for one in (before, clock.now())}  # a month may end here
    assert settings.first_month in spanned


def sheet_file(path: Path, rows: list[tuple[object, ...]], *, above: int = 0) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, values in enumerate(rows, above + 1):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value  # type: ignore[assignment]  # any value
    book.save(path)
    return path


def test_somebody_s_own_workbook_is_read_wherever_its_header_stands(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("某县重点任务分工方案",),
        ("某教发〔2022〕8号",),
        ("2022年9月5日",),
        tuple(HEADER),
        (1, *ROW[1:]),
        (None, None, "③要求三。"),
        tuple(HEADER),
        (2.0, "目标二。", "①要求。", None, "县财政局", "县审计局\n县教育局", None),
    ]
    path = sheet_file(tmp_path / "表.xlsx", rows, above=5)
    book = openpyxl.load_workbook(path)
    book.create_sheet("说明", 0)["A1"] = "本表由办公室填写"
    book.save(path)
    plan = read_document(path)
    assert [task.number for task in plan.tasks] == [1, 2]
    assert plan.tasks[0].requirements.endswith("③要求三。")
    assert plan.tasks[1].responsible == ("县审计局", "县教育局")
    assert plan.settings.title == "某县重点任务分工方案"
    assert plan.settings.doc_number == "某教发〔2022〕8号"
    assert plan.settings.first_month == Month(2022, 9)


def test_a_plan_workbook_of_ours_keeps_what_the_clerk_entered(tmp_path: Path) -> None:
    plan = read_document(shipped("templates/分工方案模板.xlsx"))
    assert plan.roster.get("各中小学校") is not None
    assert plan == load(shipped("templates/分工方案模板.xlsx")).valid()


def test_markdown_of_notepad_in_gbk_is_read(tmp_path: Path) -> None:
    text = (
        f"# 某方案\n\n{' | '.join(HEADER)}\n{'|'.join(['---'] * 7)}\n{' | '.join(ROW)}<br>人事股\n"
    )
    path = tmp_path / "方案.md"
    path.write_bytes(text.encode("gbk"))
    (task,) = read_document(path).tasks
    assert task.liaisons == ("县教育局基教股", "县教育局人事股")


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("方案.pdf", b"%PDF-1.7 ...", "另存为 .docx"),
        ("方案.doc", OLE, "另存为 .docx"),
        ("方案.docx", OLE, "去掉密码"),
        ("方案.xlsx", OLE, "去掉密码"),
        ("方案.docx", b"", "是空的（0 字节）"),
        ("方案.docx", zipped(word__document=b"<x"), "已损坏"),
        ("方案.xlsx", zipped(xl__workbook=b"<x"), "已损坏"),
        ("方案.zip", zipped(a=b"1"), "另存为 .docx"),
        ("方案.md", "没有表格的一段话".encode(), "没有找到分工方案的表格"),
        ("方案.md", b"\xff\xfe\x00", "编码"),
        (
            "方案.md",
            "|序号|目标任务|具体要求|牵头部门|责任部门|\n|-|-|-|-|-|\n".encode(),
            "没有任务",
        ),
    ],
)
def test_what_is_no_plan_is_refused_with_the_next_step(
    name: str, data: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(PlanError) as refused:
        read_document(path)
    assert name in refused.value.message
    assert said in str(refused.value)
    assert refused.value.hint


def test_a_missing_file_or_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="找不到文件"):
        read_document(tmp_path / "没有.docx")
    with pytest.raises(PlanError, match="文件夹"):
        read_document(tmp_path)


def test_a_number_that_none_can_be_is_an_error_at_its_cell_and_no_task_is_lost(
    tmp_path: Path,
) -> None:
    path = tmp_path / "方案.md"
    path.write_text(
        "|序号|目标任务|具体要求|牵头部门|责任部门|\n|-|-|-|-|-|\n|1|甲|乙|丙局|丁局|\n"
        "|99999999999999999999|戊|己|庚局|辛局|\n",
        encoding="utf-8",
    )
    workbook = tmp_path / "分工方案.xlsx"
    workbook.write_bytes(write_workbook(read_document(path)))
    loaded = load(workbook)
    assert [(one.code, str(one.place)) for one in loaded.errors] == [
        ("malformed_number", "分工方案!A5")
    ]
    assert [task.goal for task in read_document(path).tasks] == ["甲", "戊"]


def test_a_package_whose_names_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "方案.docx"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("表", "x")  # in UTF-8, and flagged so
    path.write_bytes(made.getvalue().replace("表".encode(), b"\xb1\xed_"))
    with pytest.raises(PlanError, match=r"方案\.docx 打不开"):
        read_document(path)


def test_a_workbook_in_a_code_that_nobody_knows_is_damaged() -> None:
    template = shipped("templates/分工方案模板.xlsx").read_bytes()
    part = "xl/workbook.xml"
    coded = member(template, part).replace("UTF-8", "x-nobody").encode()
    with pytest.raises(PlanError, match=r"方案\.xlsx 打不开"):
        load_bytes(repack(template, {part: coded}), "方案.xlsx")


def test_a_workbook_with_two_sheets_of_one_name_is_damaged() -> None:
    part = "xl/workbook.xml"
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    twice = re.sub(r"(<sheet .*?/>)", r"\1\1", member(made.getvalue(), part)).encode()
    with pytest.raises(PlanError, match=r"方案\.xlsx 打不开"):
        read_issued(repack(made.getvalue(), {part: twice}), "方案.xlsx")


def test_a_sheet_that_only_one_reader_can_make_out_is_damaged() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    unmarked = member(made.getvalue(), sheet).encode("utf-16-be")  # no mark says which it is
    with pytest.raises(PlanError, match=r"方案\.xlsx 打不开"):
        read_issued(repack(made.getvalue(), {sheet: unmarked}), "方案.xlsx")


def test_a_document_with_another_root_is_damaged() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    broken = repack(stream.getvalue(), {"word/document.xml": b"<a/>"})
    with pytest.raises(PlanError, match=r"方案\.docx 打不开"):
        read_issued(broken, "方案.docx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "方案.docx"
    os.mkfifo(path)
    with pytest.raises(PlanError, match="不是普通文件"):
        read_document(path)
