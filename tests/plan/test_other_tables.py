"""Tables beside those of tasks, and the foot of a form: none of them is a task."""

from collections.abc import Sequence

import pytest

from edu_sheet.plan.documents import read_issued
from edu_sheet.words.errors import PlanError
from tests.support.issued_plans import Rows, sheet, word

TASKS = [
    ["序号", "工作任务", "责任单位", "完成时限", None],
    ["1", "新建学校3所", "县教育局", "6月底", None],
    ["2", "整治河道", "县水利局", "9月底", None],
]
DUTIES = [
    ["责任单位", "工作职责", None, None, None],
    ["县教育局", "负责全县学校建设工作，组织实施项目。", None, None, None],
    ["县财政局", "保障资金。", None, None, None],
]
MEMBERS = [
    ["成员单位", "职责分工", None, None, None],
    ["县财政局", "保障资金。", None, None, None],
]
CONTACTS = [
    ["序号", "单位", "姓名", "职务", "电话"],
    ["1", "县教育局", "某某", "科长", "0100000"],
]
GAP = [[None] * 5]


def _goals(data: bytes, name: str = "清单.xlsx") -> list[str]:
    return [one.goal for one in read_issued(data, name).plan.tasks]


@pytest.mark.parametrize("other", [DUTIES, MEMBERS], ids=["责任单位", "成员单位"])
def test_what_each_unit_is_there_for_is_no_task_beside_tasks_and_is_asked(other: Rows) -> None:
    for data, name in (
        (sheet([*TASKS, *GAP, *other]), "清单.xlsx"),
        (word((TASKS, ()), "各单位职责", ([one[:2] for one in other], ())), "清单.docx"),
    ):
        issued = read_issued(data, name)
        assert [one.goal for one in issued.plan.tasks] == ["新建学校3所", "整治河道"]
        [asked] = [one for one in issued.review if one.ask and "县财政局" in one.text]
        assert "保障资金。" in asked.text
        assert "没有用到" in asked.read_as


def test_what_each_unit_is_there_for_is_the_plan_where_nothing_else_is() -> None:
    assert _goals(sheet([one[:2] for one in DUTIES])) == [DUTIES[1][1], DUTIES[2][1]]


@pytest.mark.parametrize(
    "header",
    ["涉及部门 职责分工", "部门 职责", "单位 主要职责", "责任单位 职责分工", "部门 任务分工"],
)
def test_the_duties_of_each_unit_are_its_tasks_and_asked_where_nothing_else_is(header: str) -> None:
    unit, duty = header.split()
    rows: Rows = [
        ["校园安全工作分工", None, None],
        ["序号", unit, duty],
        ["1", "县教育局", "负责全县学校建设。"],
        ["2", "县财政局", "保障资金。"],
    ]
    issued = read_issued(sheet(rows, ["A1:C1"]), "清单.xlsx")
    found = [(one.goal, one.responsible) for one in issued.plan.tasks]
    assert found == [("负责全县学校建设。", ("县教育局",)), ("保障资金。", ("县财政局",))]
    assert issued.plan.settings.title == "校园安全工作分工"
    [asked] = [one.read_as for one in issued.review if one.ask]
    assert f"“{duty}”读作任务，“{unit}”读作单位" in asked


@pytest.mark.parametrize(("given", "garbled"), [("附件.html", False), ("附件.doc", True)])
def test_a_page_without_tasks_is_not_called_a_damaged_file(given: str, garbled: bool) -> None:
    with pytest.raises(PlanError) as refused:
        read_issued(word((CONTACTS, ())), "附件.docx", given)
    assert ("已损坏" in str(refused.value)) == garbled


def test_tasks_below_a_table_of_duties_are_read_by_their_own_header() -> None:
    again = [TASKS[0], ["3", "修路", "县交通运输局", "年底", None]]
    assert _goals(sheet([*TASKS, *DUTIES, *again])) == ["新建学校3所", "整治河道", "修路"]


def test_a_list_of_contacts_below_tasks_is_told_and_not_used() -> None:
    for data, name in (
        (sheet([*TASKS, *GAP, *CONTACTS]), "清单.xlsx"),
        (word((TASKS, ()), "联系人", (CONTACTS, ())), "清单.docx"),
    ):
        issued = read_issued(data, name)
        assert [one.goal for one in issued.plan.tasks] == ["新建学校3所", "整治河道"]
        [told] = [one for one in issued.review if "0100000" in one.text]
        assert (told.ask, "没有用到" in told.read_as) == (False, True)


def test_a_task_below_a_list_of_contacts_is_asked() -> None:
    issued = read_issued(
        sheet([*TASKS, *CONTACTS, ["3", "修路", "县交通局", "年底", None]]), "表.xlsx"
    )
    assert [one.ask for one in issued.review if "修路" in one.text] == [True]


@pytest.mark.parametrize(
    "foot",
    [
        ["单位负责人：某某", "填表人：某某", "审核人：某某", "填报日期：2026年3月1日", None],
        ["单位负责人", "填表人", "审核人", "填报日期", None],
        ["单位负责人：        填表人：        审核人：", None, None, None, None],
    ],
    ids=["filled in", "labels", "one cell"],
)
def test_the_foot_of_a_form_is_told_and_no_task(foot: Sequence[str | None]) -> None:
    issued = read_issued(sheet([*TASKS, foot]), "清单.xlsx")
    assert [one.goal for one in issued.plan.tasks] == ["新建学校3所", "整治河道"]
    assert [one.read_as for one in issued.review if "单位负责人" in one.text] == ["没有用到"]


@pytest.mark.parametrize(
    "merged", [["D1:G1", "D2:E2", "F2:G2"], ["D1:G1"]], ids=["merged", "blank"]
)
def test_quarters_in_the_third_row_of_a_header_are_columns_of_their_own(merged: list[str]) -> None:
    data = sheet(
        [
            ["序号", "工作任务", "责任单位", "进度安排", None, None, None],
            [None, None, None, "上半年", None, "下半年", None],
            [None, None, None, "一季度", "二季度", "三季度", "四季度"],
            ["1", "新建学校", "县教育局", "选址", "开工", "封顶", "交付"],
        ],
        merged,
    )
    (task,) = read_issued(data, "清单.xlsx").plan.tasks
    assert (task.goal, task.others) == (
        "新建学校",
        (
            ("进度安排（上半年/一季度）", "选址"),
            ("进度安排（上半年/二季度）", "开工"),
            ("进度安排（下半年/三季度）", "封顶"),
            ("进度安排（下半年/四季度）", "交付"),
        ),
    )


def test_a_list_of_contacts_of_units_on_duty_is_asked() -> None:
    rivers = [
        ["河段", "河长姓名", "职务", "电话", "责任单位"],
        ["东段", "某某", "镇长", "0100000", "甲镇"],
    ]
    issued = read_issued(sheet([*TASKS, *GAP, *rivers]), "清单.xlsx")
    assert [one.goal for one in issued.plan.tasks] == ["新建学校3所", "整治河道"]
    assert [one.ask for one in issued.review if "0100000" in one.text] == [True]
