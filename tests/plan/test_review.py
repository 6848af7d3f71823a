"""导入核对 says what is so: what was used is not said to be of no use, and what was read as what."""

import pytest

from edu_sheet.plan.documents.convert import converted
from edu_sheet.plan.documents.document import read_issued
from edu_sheet.plan.documents.drafted import Issued
from edu_sheet.plan.workbook.load import load_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.errors import PlanError
from tests.support.issued_plans import sheet, word


def read_as(issued: Issued) -> dict[str, str]:
    return {line.text: line.read_as for line in issued.review}


def test_a_title_and_category_rows_are_said_to_be_used() -> None:
    rows = [
        ["某县教育重点任务清单", "", ""],
        ["序号", "工作任务", "责任单位"],
        ["一、硬件类", "", ""],
        ["1", "新建学校", "县教育局"],
        ["二、管理类", "", ""],
        ["2", "规范校车", "县公安局"],
    ]
    issued = read_issued(sheet(rows, ["A1:C1", "A3:C3", "A5:C5"]), "清单.xlsx")
    said = read_as(issued)
    assert said["某县教育重点任务清单"] == "用作方案名称"
    assert said["一、硬件类"] == said["二、管理类"] == "用作类别"
    assert "读出 2 项任务；没有用到的文字 0 处，下面逐处列出" in said
    (table,) = [line.read_as for line in issued.review if line.kind == "表"]
    assert table == "读出 2 项任务，没有用到 0 行"


def test_labels_in_a_cell_are_said_to_be_what_they_were_read_as() -> None:
    rows = [
        ["序号", "工作任务", "责任分工"],
        ["1", "优化学校布局", "牵头：县教育局\n配合：县发改局"],
    ]
    said = read_as(read_issued(sheet(rows), "清单.xlsx"))
    assert said["牵头"] == "牵头单位"
    assert said["配合"] == "配合单位"


def test_a_task_numbered_in_words_is_not_asked_about_again() -> None:
    issued = read_issued(
        word("一是新增学位2000个。", "责任单位：县教育局", "二是改造食堂。", "责任单位：县住建局"),
        "任务分解.docx",
    )
    assert [task.goal for task in issued.plan.tasks] == ["新增学位2000个。", "改造食堂。"]
    assert [one.text for one in issued.review if one.kind == "没有读进任何一栏的文字"] == []


def test_the_rule_of_who_leads_is_quoted_whole() -> None:
    issued = read_issued(
        word(
            "1.健全管理体制。（市教育局、市委农办、市发展和改革局、市人力资源和社会保障局，"
            "排名第一位为牵头单位，下同）",
            "2.完善规划。（市住建局、市教育局）",
        ),
        "方案.docx",
    )
    (rule,) = [line.text for line in issued.review if line.kind == "规则"]
    assert "市教育局、市委农办" in rule
    told = [line.read_as for line in issued.review if line.kind == "任务"]
    assert told[1] == "牵头：市住建局（列第一位）；责任：市住建局、市教育局"


def test_requirements_that_most_tasks_of_a_plan_lack_are_not_asked_for() -> None:
    issued = read_issued(
        word(
            "1.推进学前教育。公办园占比达到55%。（责任单位：县教育局）",
            "2.扩大普通高中学位供给。（责任单位：县教育局）",
            "3.加强学校卫生工作。（责任单位：县卫生健康局）",
        ),
        "方案.docx",
    )
    loaded = load_bytes(write_workbook(issued.plan, issued.review), "分工方案.xlsx")
    assert "no_requirements" not in {one.code for one in loaded.doubts}


def test_a_damaged_old_document_is_refused_under_its_own_name() -> None:
    with pytest.raises(PlanError, match=r"旧方案\.doc 打不开：文件已损坏"):
        converted(bytes(range(256)) * 40, "旧方案.doc")
    with pytest.raises(PlanError, match=r"旧方案\.doc 里没有找到.*文件已损坏"):
        read_issued(word("乱码"), "旧方案.docx", "旧方案.doc")


def test_a_question_stands_once_and_a_title_from_a_notice_is_one() -> None:
    text = "\n\n".join(
        (
            "某县人民政府办公室关于落实一号文件分工的通知",
            "1.保护耕地，（县财政局、教育局负责）",
            "2.建设农田。（责任单位：县水利局、教育局、各制定机关）",
        )
    )
    issued = read_issued(text.encode(), "a.md")
    assert [task.goal for task in issued.plan.tasks] == ["保护耕地", "建设农田。"]
    assert [line.read_as for line in issued.review if line.ask] == [
        "“教育局”是不是“县教育局”？（共 2 处这样写：第3段、第5段）请核对",
        "读作方案标题“落实一号文件分工”，请在“设置”里核对",
    ]


def test_what_all_units_shall_do_and_the_names_of_a_province_s_own_offices_are_not_asked_of() -> (
    None
):
    text = "\n\n".join(
        (
            "现印发给你们。涉及多个部门的工作，牵头部门要加强协调，相关部门要密切配合。",
            "涉及多个部门的工作，由省财政厅牵头协调，相关部门要密切配合。",
            "某省重点任务分工方案",
            "1.建设口岸。（省商务厅、广东出入境检验检疫局负责）",
            "2.建设农田。（省水利厅、广东证监局负责）",
        )
    )
    asked = [line.text for line in read_issued(text.encode(), "a.md").review if line.ask]
    assert asked == ["涉及多个部门的工作，由省财政厅牵头协调，相关部门要密切配合。"]
