"""Tables in odd shapes: who is the task, what goes on, and what is asked of a person."""

from edu_sheet.plan import read_issued
from tests.support.issued_plans import sheet


def test_the_innermost_task_column_is_the_task_where_one_text_heads_several() -> None:
    data = sheet(
        [
            ["序号", "工作方向", "行动", "具体任务", "责任单位"],
            ["1", "产业发展", "适配行动", "建成示范应用2个", "县经信局"],
            ["2", None, None, "制定测试标准", "县科技局"],
            ["3", "设施保障", "布局行动", "审查新建中心能耗", "县发改局"],
        ],
        ["B2:B3", "C2:C3"],
    )
    issued = read_issued(data, "清单.xlsx")
    assert [(one.goal, one.others) for one in issued.plan.tasks] == [
        ("建成示范应用2个", (("类别", "产业发展"), ("行动", "适配行动"))),
        ("制定测试标准", (("类别", "产业发展"), ("行动", "适配行动"))),
        ("审查新建中心能耗", (("类别", "设施保障"), ("行动", "布局行动"))),
    ]
    asked = [one.text for one in issued.review if one.ask and one.field == "goal"]
    assert asked == ["1 建成示范应用2个"]


def test_rows_that_share_number_and_units_under_one_project_are_tasks_that_are_asked() -> None:
    data = sheet(
        [
            ["序号", "项目名称", "主要内容", "牵头单位"],
            ["1", "养老服务", "上门服务2万人。", "县民政局"],
            [None, None, "改造服务站6家。", None],
            ["2", "教育资源", "新建学校8所。", "县教育局"],
        ],
        ["A2:A3", "B2:B3", "D2:D3"],
    )
    issued = read_issued(data, "清单.xlsx")
    assert [(one.shown, one.goal, one.leads) for one in issued.plan.tasks] == [
        ("1", "上门服务2万人。", ("县民政局",)),
        ("1", "改造服务站6家。", ("县民政局",)),
        ("2", "新建学校8所。", ("县教育局",)),
    ]
    shared = [one.place for one in issued.review if "共用序号和单位" in one.read_as]
    assert shared == ["“Sheet”表第2行", "“Sheet”表第3行"]
