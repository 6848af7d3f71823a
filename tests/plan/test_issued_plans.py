"""Plans in shapes that counties publish: every task read as a person reads it."""

import pytest

from edu_sheet.kit.office import find_office
from edu_sheet.plan import load_bytes, read_issued, write_workbook
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
        "一、推进指标系统化提升/（一）企业开办。"
    ] * 2


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
