"""A plan inside its notice: points, signature, several plans, footers are none of its tasks'."""

import pytest

from edu_sheet.plan.documents import Issued, read_issued
from edu_sheet.words.columns import CATEGORY
from tests.support.issued_plans import word


def _read(*lines: str) -> Issued:
    return read_issued(word("某县重点任务分工方案", *lines), "方案.docx")


_POINTS = ("一、提高认识。各单位要高度重视。", "二、压实责任，抓好落实。各牵头单位要统筹。")
_TASKS = ("1.建学校。（牵头单位：县教育局）", "2.修道路。（牵头单位：县交通局）")


@pytest.mark.parametrize(
    "between", [(), ("某县人民政府办公室", "2026年1月5日", "某县2026年重点任务", "分工方案")]
)
def test_points_of_the_notice_are_no_categories_of_the_plans_tasks(
    between: tuple[str, ...],
) -> None:
    read = _read(*_POINTS, *between, *_TASKS)
    assert [one.text(CATEGORY) for one in read.plan.tasks] == ["", ""]


def test_a_second_plans_tasks_stand_below_its_own_title_and_not_the_first_plans_heading() -> None:
    read = _read("一、重点工作", *_TASKS, "某县2026年民生实事", "责任分解方案", *_TASKS)
    assert [one.text(CATEGORY) for one in read.plan.tasks] == [
        *["某县重点任务分工方案／一、重点工作"] * 2, *["某县2026年民生实事责任分解方案"] * 2,
    ]  # fmt: skip
    assert any(one.kind == "方案标题" and one.ask for one in read.review)


_LABELLED = ("1.建学校。", "牵头单位：县教育局", "2.修道路。", "牵头单位：县交通局")


@pytest.mark.parametrize(
    ("below", "asked"),
    [
        (("某县人民政府", "2026年3月1日", "承办单位：县政府督查室"), 0),
        (("抄送：县委办公室。", "承办单位：县发改局 联系人：张某"), 0),
        (("扫一扫在手机打开当前页", "主办：某县人民政府办公室 承办：县大数据局"), 0),
        (("某县人民政府", "2026年3月1日"), 0),
        (("请各牵头单位于每月25日前将进展报县政府办公室。", "某县人民政府办公室"), 0),
        (("承办单位：县政府督查室　联系人：张某",), 1),
        (("来源：县发改局", "责任编辑：张某"), 0),
        (("本方案由县政府办公室负责解释。", "承办单位：县政府督查室", "校对：李某"), 1),
    ],
)
def test_the_foot_of_a_paper_or_page_is_no_task_and_no_unit_of_the_last(
    below: tuple[str, ...], asked: int
) -> None:
    read = _read(*_LABELLED, *below)
    assert [(one.leads, one.responsible) for one in read.plan.tasks] == [
        (("县教育局",), ()), (("县交通局",), ()),
    ]  # fmt: skip
    assert sum(one.ask for one in read.review) == asked
    assert {one.text for one in read.review} >= {one for one in below if "单位" in one}


def test_the_last_task_keeps_a_label_that_no_other_has() -> None:
    read = _read(*_LABELLED, "3.栽树木。", "承办单位：", "县林业局")
    assert read.plan.tasks[-1].responsible == ("县林业局",)


def test_a_heading_that_speaks_to_all_units_but_has_tasks_below_is_their_category() -> None:
    read = _read(
        "一、加强组织领导。各牵头单位要明确专人。",
        "（一）成立专班。（牵头单位：县政府办）",
        "二、建设项目。各单位要抓好落实。",
        "（一）建学校。（牵头单位：县教育局）",
    )
    assert [one.text(CATEGORY) for one in read.plan.tasks] == [
        "一、加强组织领导。", "二、建设项目。",
    ]  # fmt: skip
