"""Plans in shapes that counties publish: every task read as a person reads it."""

import pytest

from edu_sheet.kit.office import find_office
from edu_sheet.plan.documents import read_issued
from edu_sheet.plan.workbook.load import load_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.columns import CATEGORY
from tests.support.issued_plans import ISSUED_PLANS, Wanted, word


@pytest.mark.parametrize("shape", ISSUED_PLANS)
def test_every_task_is_read_as_a_person_reads_it(shape: str) -> None:
    issued = ISSUED_PLANS[shape]
    if not issued.name.endswith((".docx", ".xlsx", ".md")) and find_office() is None:
        pytest.skip("LibreOffice converts it")
    read = read_issued(issued.make(), issued.name)
    loaded = load_bytes(write_workbook(read.plan, read.review), "分工方案.xlsx")
    plan = loaded.valid()
    found = [
        Wanted(
            one.shown,
            one.goal,
            one.leads,
            one.responsible,
            one.requirements if wanted.requirements else "",
            {header: text for header, text in one.others if header in wanted.others},
        )
        for one, wanted in zip(plan.tasks, issued.tasks, strict=True)
    ]
    assert found == list(issued.tasks)
    assert not [one.text for one in read.review if one.kind == "没有读进任何一栏的文字"]


def test_a_heading_with_a_sentence_behind_it_is_the_category_of_the_tasks_below() -> None:
    issued = ISSUED_PLANS["numbers with stars"]
    plan = read_issued(issued.make(), issued.name).plan
    assert [one.text(CATEGORY) for one in plan.tasks][:2] == [
        "一、推进指标系统化提升／（一）企业开办。"
    ] * 2


def _asked(blocks: bytes, name: str) -> tuple[str, list[str]]:
    read = read_issued(blocks, name)
    return read.plan.settings.title, [one.read_as for one in read.review if one.ask]


def test_persons_beside_units_are_asked_about_at_their_tasks() -> None:
    issued = ISSUED_PLANS["persons beside units"]
    read = read_issued(issued.make(), issued.name)
    assert [(one.key, one.field) for one in read.review if one.ask] == [
        (task.key, field) for task in read.plan.tasks for field in ("lead_text", "responsible_text")
    ]


TABLE = [["序号", "任务", "责任单位"], ["1", "建学校", "县教育局"]]


def test_a_heading_that_does_not_end_like_a_title_is_the_title_and_asked_about() -> None:
    title, asked = _asked(word("2024年县政府民生实事完成情况", (TABLE, [])), "a.docx")
    assert title == "2024年县政府民生实事完成情况"
    assert asked == ["读作方案标题，像是进展汇总表的名称，请在“设置”里改成方案的名称"]


def test_a_file_s_name_is_no_title_without_a_word() -> None:
    title, asked = _asked(word((TABLE, [])), "a.docx")
    assert title == "a"
    assert asked == ["原文里没有找到标题，用的是文件名，请在“设置”里核对"]


def test_sheets_of_one_list_have_its_title_and_not_that_of_the_first() -> None:
    issued = ISSUED_PLANS["sheets of one list"]
    title, asked = _asked(issued.make(), issued.name)
    assert title == "反馈问题整改任务清单"
    assert asked[-1] == "各表标题不同，方案标题用的是“反馈问题整改任务清单”，请在“设置”里核对"


def test_a_task_that_goes_on_in_a_row_under_the_same_number_is_asked_about() -> None:
    rows = [
        ["序号", "责任单位", "工作任务"],
        ["1", "县教育局", "编制布局规划。"],
        ["", "", "制定招聘计划。"],
        ["2", "县财政局", "落实教育经费。"],
    ]
    merges = [(1, 0, 2, 0), (1, 1, 2, 1)]
    _, asked = _asked(word("部门职责清单", (rows, merges)), "清单.docx")
    assert asked == ["表1第3行的文字接在了这一项后面：是不是另一项任务？请核对"]


def test_a_person_in_brackets_behind_a_unit_is_asked_about() -> None:
    rows = [["序号", "任务", "责任单位"], ["1", "建学校", "县教育局（李某某）、县住建局（高新区）"]]
    _, asked = _asked(word("某县任务清单", (rows, [])), "清单.docx")
    assert asked == ["“（李某某）”像是人名，算在了单位名称里，请核对"]


def test_whom_a_plan_is_sent_to_answers_for_none_of_its_tasks() -> None:
    plan = read_issued(
        word(
            "各区人民政府，市政府各部门：",
            "现将有关事项通知如下：",
            "一、提高认识",
            "1.新建学校2所。（责任单位：市教育局）",
        ),
        "通知.docx",
    ).plan
    assert [(one.goal, one.responsible) for one in plan.tasks] == [("新建学校2所。", ("市教育局",))]
