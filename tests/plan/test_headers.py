"""Headers of tables: of two rows, repeated, with a rule in them; and rows that are like one."""

import pytest

from edu_sheet.plan.documents import read_issued
from edu_sheet.sentences import sentence
from edu_sheet.words.errors import PlanError
from edu_sheet.words.settings import LeadRule
from tests.plan.test_foreign import imported
from tests.support.issued_plans import Rows, sheet


def test_a_header_of_two_rows_that_a_page_repeats_leaves_numbers_numbers() -> None:
    header: Rows = [
        ["任务内容", None, None, "责任分工", None],
        ["类别", "序号", "具体任务", "牵头单位", "协同单位"],
    ]
    rows: Rows = [
        *header,
        ["产业", "1", "净增企业12户", "县工信局", "县统计局"],
        *header,
        ["乡村", "2", "改造公路52公里", "县交通局", "县财政局"],
    ]
    issued = read_issued(sheet(rows, ["A1:C1", "D1:E1", "A4:C4", "D4:E4"]), "清单.xlsx")
    assert [(one.shown, one.goal, one.leads) for one in issued.plan.tasks] == [
        ("1", "净增企业12户", ("县工信局",)),
        ("2", "改造公路52公里", ("县交通局",)),
    ]
    assert not [one for one in issued.review if one.kind == "表头"]


def test_a_task_whose_words_are_like_a_header_is_a_task() -> None:
    rows: Rows = [
        ["类别", "编码", "具体问题", "整改措施", "主要责任单位", "期限"],
        ["责任落实", "XC-1", "没有签订责任书", "补签", "县应急局", "6月底"],
        ["责任落实", "XC-2", "项目审批不规范", "修订办法", "县发改局", "7月底"],
    ]
    marks: Rows = [
        ["序号", "任务", "县水利局", "县农业农村局", "县财政局"],
        ["1", "清淤渠道", "牵头", "配合", None],
        ["2", "新建高标准农田", "配合", "牵头", "配合"],
    ]
    found = [read_issued(sheet(one), "清单.xlsx").plan.tasks for one in (rows, marks)]
    assert [[(one.goal, one.leads) for one in tasks] for tasks in found] == [
        [("没有签订责任书", ("县应急局",)), ("项目审批不规范", ("县发改局",))],
        [("清淤渠道", ("县水利局",)), ("新建高标准农田", ("县农业农村局",))],
    ]


def test_a_second_table_below_the_first_is_read_and_its_unknown_headers_are_asked() -> None:
    rows: Rows = [
        ["序号", "工作任务", "责任单位"],
        ["1", "修路", "县交通局"],
        ["编号", "项目名称", "建设内容", "牵头单位", "总投资"],
        ["1", "修桥", "两座", "县住建局", "300"],
    ]
    issued = read_issued(sheet(rows), "清单.xlsx")
    assert [(one.goal, one.leads) for one in issued.plan.tasks][1:] == [("修桥", ("县住建局",))]
    assert [one.text for one in issued.review if one.kind == "表中间的表头" and one.ask]


def test_the_first_unit_leads_where_the_header_says_so() -> None:
    for rule in (
        "责任单位（排第一位的为牵头单位）",
        "责任单位（首位为牵头，其余为配合单位）",
        "责任单位（列在第一位的单位为牵头单位，其他单位为配合单位）",
    ):
        plan = read_issued(sheet([["任务", rule], ["修路", "县住建局、县财政局"]]), "表.xlsx").plan
        (task,) = plan.tasks
        assert (task.leads, task.responsible) == ((), ("县住建局", "县财政局"))
        assert plan.settings.leads is LeadRule.FIRST


def test_a_rule_in_a_header_that_is_not_understood_is_asked() -> None:
    rows: Rows = [["任务", "责任单位（前面的为牵头单位）"], ["修路", "县住建局、县财政局"]]
    issued = read_issued(sheet(rows), "表.xlsx")
    assert issued.plan.tasks[0].responsible == ("县住建局", "县财政局")
    assert [one.field for one in issued.review if one.ask and "没有分清" in one.read_as]


def test_a_sheet_that_counts_the_tasks_of_each_unit_has_none() -> None:
    rows: Rows = [["单位", "事项数", "备注"], ["县交通局", "2", None], ["县教育局", "1", None]]
    with pytest.raises(PlanError, match="没有找到分工方案的表格"):
        read_issued(sheet(rows), "表.xlsx")


def test_a_table_whose_columns_are_the_tasks_is_read_column_by_column() -> None:
    rows: Rows = [
        ["某县攻坚任务责任表"],
        ["事项", "任务一", "任务二"],
        ["任务名称", "更换管网", "整治小巷"],
        ["工作标准", "36公里，漏损率9%以内", "21条"],
        ["牵头单位", "县水投公司", "县住建局"],
        ["配合单位", "县财政局、县住建局", None],
        ["完成时限", "11月底", "10月底"],
    ]
    issued = read_issued(sheet(rows), "表.xlsx")
    assert not imported(sheet(rows), "表.xlsx")[1].errors
    assert [
        (one.shown, one.goal, one.requirements, one.leads, one.responsible)
        for one in issued.plan.tasks
    ] == [
        ("一", "更换管网", "36公里，漏损率9%以内", ("县水投公司",), ("县财政局", "县住建局")),
        ("二", "整治小巷", "21条", ("县住建局",), ()),
    ]
    assert [one.words for one in issued.plan.deadlines] == ["11月底", "10月底"]
    places = [one.place for one in issued.review if one.kind == "任务"]
    assert places == ["“Sheet”表第2列", "“Sheet”表第3列"]
    assert issued.plan.settings.title == "某县攻坚任务责任表"


def test_cards_one_below_the_other_in_a_sheet_are_a_task_each() -> None:
    rows: list[list[str | None]] = [
        ["某县督办事项卡", None, None, None],
        ["填表单位：县督查室", None, "填表日期：2025年3月3日", None],
    ]
    for name, unit in (("盘活厂房", "县经开区管委会"), ("改造小区", "县住建局")):
        rows += [
            [f"督办事项之{'一' if name == '盘活厂房' else '二'}", None, None, None],
            ["事项名称", name, None, None],
            ["办理要求", "建立台账。", None, None],
            ["牵头单位", unit, "办结时限", "2025年10月底"],
            [None, None, None, None],
        ]
    merged = ["A1:D1", "A3:D3", "B4:D4", "B5:D5", "A8:D8", "B9:D9", "B10:D10"]
    issued = read_issued(sheet(rows, merged), "卡.xlsx")
    assert [(one.goal, one.requirements, one.leads) for one in issued.plan.tasks] == [
        ("盘活厂房", "建立台账。", ("县经开区管委会",)),
        ("改造小区", "建立台账。", ("县住建局",)),
    ]
    assert issued.plan.settings.title == "某县督办事项卡"


def test_units_in_brackets_of_a_table_without_their_column_are_read_and_so_is_its_deadline() -> (
    None
):
    rows: Rows = [
        ["序号", "重点工作", "时限"],
        ["1", "完成河道评价。（县水利局牵头，各乡镇配合）", "9月底"],
        ["2", "规范垃圾接收。（责任单位：县交通局）", "6月底"],
    ]
    plan = read_issued(sheet(rows), "表.xlsx").plan
    assert [(one.shown, one.goal, one.leads, one.responsible) for one in plan.tasks] == [
        ("1", "完成河道评价。", ("县水利局",), ("各乡镇",)),
        ("2", "规范垃圾接收。", (), ("县交通局",)),
    ]
    assert [one.words for one in plan.deadlines] == ["9月底", "6月底"]


def test_a_part_written_where_a_unit_should_stand_is_an_error() -> None:
    rows: Rows = [["任务", "牵头单位", "责任单位"], ["修路", "牵头", "县交通局"]]
    _, loaded = imported(sheet(rows), "表.xlsx")
    assert ["“牵头”只说了担什么责任" in sentence(one) for one in loaded.errors] == [True]


def test_a_header_of_units_that_a_page_repeats_takes_no_task_away() -> None:
    header = ["任务", "县水利局", "县财政局"]
    rows: Rows = [header, ["清淤", "牵头", "配合"], header, ["筑坝", "配合", "牵头"]]
    tasks = read_issued(sheet(rows), "表.xlsx").plan.tasks
    assert [(one.goal, one.leads) for one in tasks] == [
        ("清淤", ("县水利局",)), ("筑坝", ("县财政局",)),
    ]  # fmt: skip
