"""Tables in odd shapes: who is the task, what goes on, and what is asked of a person."""

from io import BytesIO

import docx
import openpyxl
import pytest

from edu_sheet.plan.documents import read_issued
from edu_sheet.words.errors import PlanError
from tests.support.issued_plans import sheet, word


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
    shared = [(one.place, one.read_as) for one in issued.review if "共用序号" in one.read_as]
    said = "“Sheet”表第2行、“Sheet”表第3行共用序号和单位，各读作一项，请核对"
    assert shared == [("“Sheet”表第2行", said)]


def test_measures_counted_through_below_a_merged_goal_are_the_tasks() -> None:
    data = sheet(
        [
            ["工作目标", "工作内容", "工作措施", "责任单位"],
            ["一、加大治理力度", "（一）源头治理", "1.建立名单。", "县生态环境局"],
            [None, None, "2.推广新药。", "县农业农村局"],
            [None, "（二）校园食品", "3.开展整治。", "县教育局、县公安局"],
            ["二、提升能力", "（三）抽检", "4.抽检1200批次。", "县公安局"],
        ],
        ["A2:A4", "B2:B3"],
    )
    issued = read_issued(data, "清单.xlsx")
    assert [(one.shown, one.goal, one.others[0][1]) for one in issued.plan.tasks] == [
        ("1", "建立名单。", "一、加大治理力度"),
        ("2", "推广新药。", "一、加大治理力度"),
        ("3", "开展整治。", "一、加大治理力度"),
        ("4", "抽检1200批次。", "二、提升能力"),
    ]
    asked = [one.read_as for one in issued.review if one.ask and one.field]
    assert asked == ["“工作措施”读作任务，“工作目标”读作类别：各项都是这样读的，请核对"]


def test_an_odd_name_is_asked_once_with_all_its_places() -> None:
    rows = [["序号", "任务", "责任单位"]]
    rows += [[str(n), f"整治第{n}条河道", "县水利局、作风建设"] for n in (1, 2, 3)]
    issued = read_issued(sheet(rows), "清单.xlsx")
    [asked] = [one for one in issued.review if one.ask and one.field]
    assert asked.read_as.startswith("“作风建设”不像单位名称（共 3 处这样写：")
    assert asked.read_as.endswith("“Sheet”表第3行、“Sheet”表第4行），请核对")


def test_lines_of_a_cell_that_say_one_thing_each_are_kept_apart() -> None:
    data = sheet(
        [
            ["序号", "任务", "具体要求", "责任单位", "分管领导", "联系人", "备注"],
            [
                "1", "新建\n学校", "建立台账\n修复设施", "县教育局", "甲副县长\n乙副县长",
                "甲某 0100000\n乙某 0100001", "投资由县财政局\n与乡镇分担",
            ],
        ]
    )  # fmt: skip
    (task,) = read_issued(data, "清单.xlsx").plan.tasks
    assert (task.goal, task.requirements) == ("新建学校", "建立台账；修复设施")
    assert [text for _, text in task.others] == [
        "甲副县长；乙副县长", "甲某，0100000；乙某，0100001", "投资由县财政局；与乡镇分担",
    ]  # fmt: skip


def test_lines_of_a_task_without_marks_between_them_are_asked() -> None:
    data = sheet([["责任单位", "任务"], ["县教育局", "新建学校3所\n招聘教师120名"]])
    issued = read_issued(data, "清单.xlsx")
    assert [one.goal for one in issued.plan.tasks] == ["新建学校3所招聘教师120名"]
    assert any("有 2 行" in one.read_as for one in issued.review if one.field == "goal")


def test_a_matrix_keeps_its_title_and_a_heading_written_in_all_cells_is_one() -> None:
    wide = "二、夏季防溺水"
    data = sheet(
        [
            ["某县校园安全职责分工表", None, None, None],
            ["序号", "工作任务", "县教育局", "县公安局"],
            ["1", "校门口整治", "配合", "牵头"],
            [wide, wide, wide, wide],
            ["2", "水域巡查", "牵头", None],
        ]
    )
    plan = read_issued(data, "清单.xlsx").plan
    assert plan.settings.title == "某县校园安全职责分工表"
    assert [(one.goal, one.leads, one.others) for one in plan.tasks] == [
        ("校门口整治", ("县公安局",), (("类别", ""),)),
        ("水域巡查", ("县教育局",), (("类别", wide),)),
    ]


def test_the_same_number_and_task_on_two_rows_are_one_that_is_asked() -> None:
    data = sheet(
        [
            ["序号", "任务", "措施", "牵头单位", "配合单位"],
            ["1", "稳就业", "开发岗位500个", "县人社局", "县总工会"],
            ["1", "稳就业", "发放贷款3000万", "县人社局", "县财政局"],
            ["填表人：甲某", None, None, None, "2024年1月5日"],
        ]
    )
    issued = read_issued(data, "清单.xlsx")
    (task,) = issued.plan.tasks
    assert task.requirements == "开发岗位500个；发放贷款3000万"
    assert any("是不是另一项任务" in one.read_as for one in issued.review if one.ask)


@pytest.mark.parametrize("cell", ["A5001", "BI2"])
def test_a_sheet_that_reaches_further_than_is_read_is_refused_with_the_cell(cell: str) -> None:
    book = openpyxl.load_workbook(
        BytesIO(sheet([["任务", "责任单位"], ["新建学校", "县教育局"]])),
    )
    book.worksheets[0][cell] = "修路"
    stream = BytesIO()
    book.save(stream)
    with pytest.raises(PlanError, match=f"{cell} 还有内容"):
        read_issued(stream.getvalue(), "清单.xlsx")


def test_a_table_whose_rows_name_no_task_is_refused_and_not_read_as_prose() -> None:
    data = sheet([["任务", "责任单位", "备注"], [None, "县教育局牵头，县财政局配合", "鑫甲"]])
    with pytest.raises(PlanError, match="表格里没有任务"):
        read_issued(data, "清单.xlsx")


def test_a_column_without_a_header_in_the_right_block_of_two_is_not_lost() -> None:
    data = sheet(
        [
            ["任务", "责任单位", "任务", None, "责任单位"],
            ["修路", "县交通局", "新建学校", "规模未定", "县教育局"],
        ]
    )
    issued = read_issued(data, "清单.xlsx")
    assert [(one.goal, one.responsible) for one in issued.plan.tasks] == [
        ("修路", ("县交通局",)),
        ("新建学校", ("县教育局",)),
    ]
    assert [one.ask for one in issued.review if one.text == "规模未定"] == [True]


def test_a_header_in_letters_one_below_the_other_is_read() -> None:
    rows = [["序\n号", "工\n作\n任\n务", "牵\n头\n单\n位"], ["1", "修桥2座", "县住建局"]]
    issued = read_issued(sheet(rows), "清单.xlsx")
    assert [(one.goal, one.leads) for one in issued.plan.tasks] == [("修桥2座", ("县住建局",))]


def test_a_card_with_its_labels_above_the_texts_is_one_task() -> None:
    card: list[list[str | None]] = [
        ["任务名称", "牵头单位", "责任单位"],
        ["修桥2座", "县交通局", "县财政局"],
        ["完成时限", "分管领导", "联系人"],
        ["2026年9月底", "甲副县长", "乙某"],
        ["具体措施", None, None],
        ["1.选址。2.开工。", None, None],
    ]
    other = [["修路5公里", *card[1][1:]] if row == card[1] else row for row in card]
    issued = read_issued(sheet([["推进卡", None, None], *card, *other]), "清单.xlsx")
    assert [(one.goal, one.requirements, one.leads, one.others) for one in issued.plan.tasks] == [
        (goal, "1.选址。2.开工。", ("县交通局",), others)
        for goal in ("修桥2座", "修路5公里")
        for others in [(("完成时限", "2026年9月底"), ("分管领导", "甲副县长"), ("联系人", "乙某"))]
    ]


def test_two_tables_with_columns_of_their_own_side_by_side_are_read_apart() -> None:
    rows = [
        ["任务清单", None, None, None, "问题清单", None, None, None],
        ["序号", "任务", "责任单位", None, "序号", "问题", "整改措施", "整改单位"],
        ["1", "修路5公里", "县交通局", None, "1", "台账不全", "补齐台账", "县教育局"],
        ["2", "修桥2座", "县住建局", None, "2", "无人值守", "落实值班", "县应急局"],
    ]
    read = [("1", "修路5公里", "", ("县交通局",)), ("2", "修桥2座", "", ("县住建局",))]
    read += [("1", "台账不全", "补齐台账", ("县教育局",))]
    read += [("2", "无人值守", "落实值班", ("县应急局",))]
    for columns in (range(8), (0, 1, 2, 4, 5, 6, 7)):
        issued = read_issued(sheet([[row[at] for at in columns] for row in rows]), "清单.xlsx")
        tasks = issued.plan.tasks
        assert [(one.shown, one.goal, one.requirements, one.responsible) for one in tasks] == read


def test_units_written_once_above_blank_cells_answer_below_too_and_are_asked_once() -> None:
    rows: list[list[str | None]] = [
        ["责任单位", "序号", "任务"],
        ["县住建局", "1", "改造小区"],
        [None, "2", "建公园"],
    ]
    issued = read_issued(sheet([*rows, [None, "3", "修桥2座"]]), "清单.xlsx")
    assert [one.responsible for one in issued.plan.tasks] == [("县住建局",)] * 3
    [asked] = [one.read_as for one in issued.review if one.ask and one.field]
    assert asked.startswith("“县住建局”只在上面写了一次，下面空着的也读作它（共 2 处")


def test_figures_to_reach_are_no_numbers_of_tasks() -> None:
    rows = [
        ["指标名称", "单位", "2026年目标", "牵头单位"],
        ["地区生产总值", "亿元", "130", "县发改局"],
    ]
    issued = read_issued(sheet([*rows, ["新增就业", "人", "5200", "县人社局"]]), "清单.xlsx")
    assert [(one.shown, one.goal, one.others[-1]) for one in issued.plan.tasks] == [
        ("1", "地区生产总值", ("2026年目标", "130")),
        ("2", "新增就业", ("2026年目标", "5200")),
    ]


def test_offices_and_measures_are_kept_and_units_of_any_part_answer() -> None:
    rows: list[list[str | None]] = [
        ["单位：万元", *[None] * 5],
        ["任务", "投资", "牵头单位", "联合单位", "承接单位", "责任科室"],
    ]
    rows += [["修桥2座", "300", "县交通局", "县财政局", "县城投公司", "公路股"]]
    issued = read_issued(sheet(rows, ["A1:F1"]), "清单.xlsx")
    [one] = issued.plan.tasks
    assert one.responsible == ("县城投公司", "县财政局")
    assert one.others == (("投资", "300"), ("责任科室", "公路股"))
    [asked] = [line for line in issued.review if line.kind == "计量单位"]
    assert asked.ask


def test_sheets_named_after_units_without_a_column_of_them_are_read_and_asked() -> None:
    book = openpyxl.Workbook()
    for place, name in enumerate(("县教育局", "县财政局")):
        one = book.create_sheet(name, place)
        one.append(["序号", "工作任务", "完成时限"])
        one.append(["1", f"第{place}件事", "6月底前"])
    file = BytesIO()
    book.save(file)
    issued = read_issued(file.getvalue(), "清单.xlsx")
    assert [one.leads for one in issued.plan.tasks] == [("县教育局",), ("县财政局",)]
    assert sum("取自工作表名称" in one.read_as for one in issued.review) == 2


def test_rows_and_columns_that_nobody_sees_are_told() -> None:
    rows = [
        ["任务", "责任单位", "旧单位"],
        ["修桥2座", "县交通局", "甲"],
        ["作废", "县住建局", "乙"],
    ]
    book = openpyxl.load_workbook(BytesIO(sheet(rows)))
    book["Sheet"].row_dimensions[3].hidden = True
    book["Sheet"].column_dimensions["C"].hidden = True
    file = BytesIO()
    book.save(file)
    issued = read_issued(file.getvalue(), "清单.xlsx")
    told = [
        (one.place, one.text) for one in issued.review if one.kind == "隐藏的行和列" and one.ask
    ]
    assert told == [
        ("“Sheet”表第3行", "作废 | 县住建局 | 乙"),
        ("“Sheet”表C列", "旧单位 | 甲 | 乙"),
    ]


def test_tables_within_a_table_that_sets_out_the_page_are_read() -> None:
    document = docx.Document()
    page = document.add_table(2, 2)
    page.cell(0, 0).text, page.cell(0, 1).text = "首页", "导航"
    inner = page.cell(1, 1).add_table(2, 3)
    for row, texts in enumerate((["序号", "任务", "责任单位"], ["1", "修桥2座", "县交通局"])):
        for at, text in enumerate(texts):
            inner.cell(row, at).text = text
    file = BytesIO()
    document.save(file)
    [one] = read_issued(file.getvalue(), "清单.docx").plan.tasks
    assert (one.goal, one.responsible) == ("修桥2座", ("县交通局",))


def test_a_table_without_a_header_that_may_go_on_with_tasks_is_asked_about() -> None:
    rows = [
        "| 序号 | 任务 | 责任单位 | 时限 |",
        "|---|---|---|---|",
        "| 1 | 修路5公里 | 县交通局 | 6月 |",
    ]
    more = ["| 2 | 修桥2座 | 县住建局 |", "|---|---|---|", "| 3 | 建校 | 县教育局 |"]
    issued = read_issued("\n".join([*rows, "", "续：", "", *more]).encode(), "清单.md")
    assert [one.text for one in issued.review if one.ask and one.place == "表2"]


def test_the_first_heading_counts_as_one_above_the_header_too() -> None:
    rows: list[list[str | None]] = [
        ["一、经济类", None, None],
        ["序号", "任务", "责任单位"],
        ["1", "修路5公里", "县交通局"],
        ["二、民生类", None, None],
        ["2", "建养老院", "县民政局"],
    ]
    issued = read_issued(sheet(rows, ["A1:C1", "A4:C4"]), "清单.xlsx")
    assert [one.others[0][1] for one in issued.plan.tasks] == ["一、经济类", "二、民生类"]


def test_offices_answer_where_no_unit_does_and_days_that_came_are_no_deadlines() -> None:
    rows = [["任务", "责任股室", "协助股室", "完成时限", "实际完成日期"]]
    issued = read_issued(
        sheet([*rows, ["修桥", "公路股", "桥梁股", "6月", "2026年5月"]]), "清单.xlsx"
    )
    [one] = issued.plan.tasks
    assert one.responsible == ("公路股", "桥梁股")
    assert [day.words for day in issued.plan.deadlines] == ["6月"]


def test_leaders_before_units_in_a_column_and_progress_below_a_task_are_read() -> None:
    rows: list[list[str | None]] = [
        ["序号", "任务", "牵头领导、单位", "配合单位"],
        ["1", "修路5公里", "甲副县长\n县交通局", "县财政局"],
        [None, "进展：完成3公里", None, None],
        [None, "修渠8公里", "乙副县长\n县水利局", "县财政局"],
        [None, "修堤2公里", "乙副县长\n县水利局", "县财政局"],
        ["2", "修桥2座", "丙副县长\n县住建局", "县财政局"],
    ]
    issued = read_issued(sheet(rows), "清单.xlsx")
    assert [(one.shown, one.leads, one.earlier) for one in issued.plan.tasks] == [
        ("1", ("县交通局",), "完成3公里"),
        ("1-1", ("县水利局",), ""),
        ("1-2", ("县水利局",), ""),
        ("2", ("县住建局",), ""),
    ]


def test_a_place_before_the_government_of_another_is_asked_once() -> None:
    data = sheet(
        [
            ["任务", "责任单位"],
            ["建设科技创新轴", "市科技局，东河区、南沙区政府"],
            ["办好交易会", "东河区、南沙区政府"],
        ]
    )
    issued = read_issued(data, "清单.xlsx")
    asked = [one.read_as for one in issued.review if one.ask and one.field]
    assert asked == ["“东河区”后面是“南沙区政府”：是不是“东河区政府”？请核对"]


def test_a_heading_beside_the_first_cell_of_a_merged_column_is_one() -> None:
    data = sheet(
        [
            ["领域", "主要目标", "牵头单位", "责任单位"],
            ["一、健康", "1.提高出生质量。", None, None],
            [None, "下降二分之一。", "县卫健局", "县残联"],
            [None, "2.降低死亡率。", None, None],
            [None, "控制在6‰以下。", "县卫健局", None],
        ],
        ["A2:A5", "B2:D2", "B4:D4"],
    )
    issued = read_issued(data, "清单.xlsx")
    assert [(one.goal, dict(one.others)["类别"]) for one in issued.plan.tasks] == [
        ("下降二分之一。", "1.提高出生质量。"),
        ("控制在6‰以下。", "2.降低死亡率。"),
    ]


def test_rows_without_a_goal_that_other_units_answer_for_and_ditto_are_asked() -> None:
    data = sheet(
        [
            ["工作任务", "具体要求", "责任单位"],
            ["做好公开", "更新栏目。", "办公室"],
            [None, "反馈意见。", "信息科"],
            ["解读政策", "同上", "办公室"],
        ]
    )
    issued = read_issued(data, "清单.xlsx")
    asked = [one.read_as for one in issued.review if one.ask and one.field]
    assert any("第3行的单位与上面的不同" in one for one in asked)
    assert issued.plan.tasks[1].requirements == "反馈意见。"
    assert "“同上”照上一行读作：具体要求“反馈意见。”，请核对" in asked


def test_what_stands_in_one_sheet_keeps_apart_tables_contacts_and_inner_numbers() -> None:
    data = sheet(
        [
            ["某县2026年重点工作清单"],
            ["一、经济类"],
            ["序号", "任务", "牵头单位", "责任人", "配合单位", "责任人"],
            ["1", "扩产", "县工信局", "甲某", "县商务局", "乙某"],
            ["二、民生类"],
            ["序号", "领域", "序号", "具体事项", "责任单位", "完成时限"],
            ["一", "养老", "1", "建养老院", "由县民政局会同县住建局办理", "6月"],
            [None, None, "2", "设助餐点", "县民政局", "9月"],
            ["二", "教育", "3", "建校", "县教育局", "8月"],
        ],
        ["A1:F1", "A2:F2", "A5:F5", "A7:A8", "B7:B8"],
    )
    tasks = read_issued(data, "清单.xlsx").plan.tasks
    others = [dict(one.others) for one in tasks]
    assert [
        (one.goal, one.leads, said["类别"], said["领域"])
        for one, said in zip(tasks, others, strict=True)
    ] == [
        ("扩产", ("县工信局",), "一、经济类", ""),
        ("建养老院", ("县民政局",), "二、民生类", "一、养老"),
        ("设助餐点", (), "二、民生类", "一、养老"),
        ("建校", (), "二、民生类", "二、教育"),
    ]
    said = others[0]
    assert (tasks[1].lead_text, tasks[1].responsible_text) == ("县民政局", "县住建局")
    assert (said["责任人（牵头单位）"], said["责任人（配合单位）"]) == ("甲某", "乙某")


def test_headers_that_say_more_than_one_thing_are_read_as_what_they_say() -> None:
    inspected = sheet(
        [
            ["隐患", "整改措施及责任单位", "整改期限"],
            ["通道堵塞", "1.清理通道（县消防救援大队）；2.每周巡查（县住建局）。", "4月底"],
            ["软管老化", "更换软管（县城管局牵头，各镇配合）", "5月底"],
        ]
    )
    issued = read_issued(inspected, "清单.xlsx")
    assert [(one.goal, one.leads, one.responsible) for one in issued.plan.tasks] == [
        ("通道堵塞", (), ("县消防救援大队", "县住建局")),
        ("软管老化", ("县城管局",), ("各镇",)),
    ]
    assert not [one for one in issued.review if one.ask and one.field]
    indicators = sheet(
        [
            ["考核指标", None, "责任分解", None],
            ["一级", "三级", "牵头", "配合"],
            ["经济", "工业增速", "县工信局（0100000）", "各园区"],
            ["民生", "新增就业", "县人社局", "县民政局"],
        ],
        ["A1:B1", "C1:D1"],
    )
    tasks = read_issued(indicators, "指标.xlsx").plan.tasks
    assert [(one.goal, one.leads, one.responsible) for one in tasks] == [
        ("工业增速", ("县工信局",), ("各园区",)),
        ("新增就业", ("县人社局",), ("县民政局",)),
    ]


def test_a_category_with_figures_is_one_as_the_one_before_it_is() -> None:
    data = sheet(
        [
            ["项目名称", "总投资", "责任单位"],
            ["（一）交通类", "6000", None],
            ["甲路", "4000", "县交通局"],
            ["乙桥", "2000", "县交通局"],
            ["（二）水利类", "4000", None],
            ["丙渠", "4000", "县水利局"],
        ]
    )
    tasks = read_issued(data, "计划.xlsx").plan.tasks
    assert [(one.goal, dict(one.others)["类别"]) for one in tasks] == [
        ("甲路", "（一）交通类"),
        ("乙桥", "（一）交通类"),
        ("丙渠", "（二）水利类"),
    ]


def test_a_page_s_number_between_rows_is_no_category() -> None:
    header = ["序号", "工作任务", "责任单位"]
    rows = [
        header,
        ["1", "建校", "县教育局"],
        ["第 1 页，共 2 页"],
        header,
        ["2", "修路", "县交通局"],
    ]
    tasks = read_issued(sheet(rows, ["A3:C3"]), "清单.xlsx").plan.tasks
    assert [(one.goal, one.others) for one in tasks] == [("建校", ()), ("修路", ())]


def test_sheets_and_cards_of_one_task_each_are_not_run_into_one() -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in ("县教育局", "各镇（街道）", "Sheet3"):
        one = book.create_sheet(name)
        one.append(["序号", "工作任务", "完成时限"])
        one.append([1, f"{name}建校", "9月"])
    stream = BytesIO()
    book.save(stream)
    tasks = read_issued(stream.getvalue(), "清单.xlsx").plan.tasks
    assert [(one.goal, one.lead_text) for one in tasks] == [
        ("县教育局建校", "县教育局"),
        ("各镇（街道）建校", "各镇（街道）"),
        ("Sheet3建校", ""),
    ]
    cards = [
        ["任务一", "建平台"], ["牵头单位", "县城管局"], ["完成时限", "9月底"],
        ["任务二", "设车位"], ["牵头单位", "县住建局"], ["完成时限", "12月底"],
    ]  # fmt: skip
    contacts = ["单位", "电话"], ["县住建局", "0100000"]
    more = [["县城管局", "0100001"]]
    data = word("某县任务书", (cards, []), (contacts, []), "（续）", (more, []))
    tasks = read_issued(data, "任务书.docx").plan.tasks
    assert [(one.shown, one.goal, one.lead_text) for one in tasks] == [
        ("1", "建平台", "县城管局"),
        ("2", "设车位", "县住建局"),
    ]


def test_sheets_that_nothing_else_tells_apart_and_two_columns_of_progress_keep_their_names() -> (
    None
):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    header = ["建议号", "案由", "主办单位", "落实情况", "办理状态"]
    for name, number in (("人大建议", "1"), ("政协提案", "2")):
        one = book.create_sheet(name)
        for row in (header, [number, f"{name}修路", "县交通局", "已开工。", "正在办理"]):
            one.append(row)
    stream = BytesIO()
    book.save(stream)
    tasks = read_issued(stream.getvalue(), "分办表.xlsx").plan.tasks
    assert [dict(one.others)["类别"] for one in tasks] == ["人大建议", "政协提案"]
    assert {one.earlier for one in tasks} == {"落实情况：已开工。办理状态：正在办理"}


def test_the_number_above_a_table_that_is_one_task_is_the_tasks() -> None:
    cards = [
        ([["重点工作", goal], ["牵头单位", "县林业局"], ["工作目标", "年底完成。"]], ())
        for goal in ("推行林长制。", "建设古树公园。")
    ]
    data = word("清河县2026年重点工作台账", "任务163", cards[0], "任务170", cards[1])
    issued = read_issued(data, "台账.docx")
    assert [one.shown for one in issued.plan.tasks] == ["163", "170"]
