"""Tables as counties issue them: what stands around the tasks is taken for what it is, or asked."""

from dataclasses import replace
from io import BytesIO

import openpyxl

from edu_sheet.plan.documents import read_issued
from edu_sheet.plan.tasks import as_json
from edu_sheet.plan.workbook.load import load_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.rules.deadlines import when_text
from edu_sheet.sentences import sentence
from edu_sheet.words.columns import CATEGORY
from edu_sheet.words.settings import LeadRule
from tests.plan.test_foreign import imported, word
from tests.support.issued_plans import Rows, sheet

_PROJECTS = ["序号", "项目名称", "建设内容", "总投资", "责任单位"]


def asked(data: bytes, name: str = "清单.xlsx") -> list[str]:
    """Return what 导入核对 asks a person to look at."""
    return [one.read_as for one in read_issued(data, name).review if one.ask]


def test_rows_of_a_category_and_its_sums_are_categories_and_no_tasks() -> None:
    rows: Rows = [
        ["某县2025年项目清单"],
        _PROJECTS,
        ["总计（3个）", None, None, "600", None],
        ["一", "交通", None, "300", None],
        ["1", "修路", "一条", "100", "县交通局"],
        ["2", "修桥", "两座", "200", "县交通局"],
        ["二、水利（1个）", None, None, "300", "—"],
        ["3", "水库", "一处", "299", "县水利局"],
    ]
    plan, loaded = imported(sheet(rows, ["A3:C3"]), "清单.xlsx")
    assert [(one.goal, one.text(CATEGORY)) for one in plan.tasks] == [
        ("修路", "一、交通"),
        ("修桥", "一、交通"),
        ("水库", "二、水利（1个）"),
    ]
    assert not loaded.errors
    assert [one.partition("，")[0] for one in asked(sheet(rows, ["A3:C3"]))] == [
        "“Sheet”表第7行只有名称和数字"  # its sum is another
    ]


_HELP = ["序号", "任务", "配合单位"]


def test_the_lead_that_a_caption_or_a_sheet_names_is_taken_and_asked() -> None:
    captions = word(
        "某区2025年改革任务清单",
        "一、区教育局牵头任务（1项）",
        [_HELP, ["1", "集团化办学", "区财政局"]],
        "二、区卫健局重点任务",
        [_HELP, ["2", "医保支付改革", "区医保局"]],
    )
    plan, _ = imported(captions, "清单.docx")
    assert [one.leads for one in plan.tasks] == [("区教育局",), ("区卫健局",)]
    assert [one.partition("，")[0] for one in asked(captions, "清单.docx")] == [
        "牵头单位“区教育局”取自表前“一、区教育局牵头任务（1项）”",
        "牵头单位“区卫健局”取自表前“二、区卫健局重点任务”",
    ]
    book = openpyxl.Workbook()
    for name, task in (("县教育局", "新建学校"), ("县民政局", "低保提标")):
        page = book.create_sheet(name)
        for row in (["重点任务清单"], _HELP, ["1", task, "县财政局"]):
            page.append(row)
    stream = BytesIO()
    book.save(stream)
    plan, _ = imported(stream.getvalue(), "清单.xlsx")
    assert [one.leads for one in plan.tasks] == [("县教育局",), ("县民政局",)]


def test_a_unit_above_units_that_answer_is_proposed_as_lead_and_not_taken() -> None:
    duty = ["序号", "任务", "责任单位"]
    data = word(
        "某县2025年任务清单",
        "一、县教育局",
        [duty, ["1", "新建学校", "县住建局"]],
        "二、县卫健局",
        [duty, ["2", "义诊", "县医院"]],
    )
    plan, _ = imported(data, "清单.docx")
    assert [one.leads for one in plan.tasks] == [(), ()]
    assert ["是不是由它牵头" in one for one in asked(data, "清单.docx")] == [True, True]


def test_those_that_only_help_never_lead() -> None:
    rows = [["某县2025年任务清单"], _HELP, ["1", "新建学校", "县财政局"], ["2", "校车", "县公安局"]]
    issued = read_issued(sheet(rows), "清单.xlsx")
    first = replace(issued.plan, settings=replace(issued.plan.settings, leads=LeadRule.FIRST))
    loaded = load_bytes(write_workbook(first), "分工方案.xlsx")
    assert [one.leads for one in loaded.valid().tasks] == [(), ()]
    (told,) = [one for one in loaded.doubts if one.code == "plan_without_leads"]
    assert "选“不设牵头”" in sentence(told)
    assert "首位责任单位牵头" not in sentence(told)
    both = ["序号", "任务", "配合单位", "责任单位"]
    rows = [both, ["1", "甲事", "县财政局", "县教育局、县住建局"], ["2", "乙事", "县财政局", ""]]
    issued = read_issued(sheet(rows), "清单.xlsx")
    first = replace(issued.plan, settings=replace(issued.plan.settings, leads=LeadRule.FIRST))
    tasks = load_bytes(write_workbook(first), "分工方案.xlsx").valid().tasks
    assert [(one.leads, one.responsible) for one in tasks] == [
        (("县教育局",), ("县教育局", "县住建局", "县财政局")),
        ((), ("县财政局",)),
    ]


def test_each_day_of_a_deadline_stands_in_its_sheet_and_what_has_none_is_told() -> None:
    cells = ["6月底、12月底", "2025.06", "2025年3月-11月", "2025年11月至次年3月", "3、9月底"]
    cells += ["6月30日前，12月底前", "每年6月、12月", "每月", "常态化", "2025年13月"]
    cells += ["每月25日前", "每季度末月20日", "每月5日、20日前", "每季度10日前"]
    rows = [["某县2025年清单"], ["任务", "责任单位", "完成时限"]]
    rows += [[f"第{place}件事", "县教育局", cell] for place, cell in enumerate(cells)]
    plan = read_issued(sheet(rows), "清单.xlsx").plan
    named = dict(zip((one.key for one in plan.tasks), cells, strict=True))
    found: dict[str, list[str]] = {}
    for one in plan.deadlines:
        found.setdefault(named[one.task], []).append(when_text(one.when))
    assert found == {
        "6月底、12月底": ["2025年6月30日", "2025年12月31日"],
        "2025.06": ["2025年6月30日"],
        "2025年3月-11月": ["2025年11月30日"],
        "2025年11月至次年3月": ["2026年3月31日"],
        "3、9月底": ["2025年3月31日", "2025年9月30日"],
        "6月30日前，12月底前": ["2025年6月30日", "2025年12月31日"],
        "每年6月、12月": ["每年6月30日、12月31日"],
        "每月": ["每月末"],
        "每月25日前": ["每月25日"],
        "每季度末月20日": ["每季度末月20日"],
        "每月5日、20日前": ["每年" + "、".join(f"{n}月5日、{n}月20日" for n in range(1, 13))],
        "每季度10日前": ["每季度末月10日"],
    }
    review = read_issued(sheet(rows), "清单.xlsx").review
    assert [one.text for one in review if one.kind == "完成时限"] == ["常态化；2025年13月"]
    book = openpyxl.load_workbook(BytesIO(write_workbook(plan)))
    kinds = {row[2].value: row[3].value for row in book["时限节点"].iter_rows(min_row=3)}
    assert (kinds["每月"], kinds["6月底"]) == ("每月", "时限")
    assert load_bytes(write_workbook(plan), "分工方案.xlsx").valid().deadlines == plan.deadlines


def test_a_day_in_the_remarks_of_a_plan_without_deadlines_is_asked() -> None:
    rows = [
        ["任务", "责任单位", "备注"],
        ["新建学校", "县教育局", "6月底前完成"],
        ["校车", "县公安局", "新增"],
    ]
    (told,) = [one for one in asked(sheet(rows)) if "备注" in one]
    assert told.startswith("“备注”里写着“6月底前完成”")


def test_a_name_that_a_line_break_parts_is_one_unit_and_two_names_stay_two() -> None:
    cells = {
        "县水利局、县农业农\n村局": ("县水利局", "县农业农村局"),
        "县生态环境\n分局": ("县生态环境分局",),
        "县教育局\n县财政局": ("县教育局", "县财政局"),
        "教体局\n卫健局": ("教体局", "卫健局"),
        "城关镇\n孝坪乡\n白沙乡": ("城关镇", "孝坪乡", "白沙乡"),
    }
    rows = [["任务", "责任单位"], *([f"第{n}件事", cell] for n, cell in enumerate(cells))]
    data = sheet(rows)
    assert [one.responsible for one in imported(data, "清单.xlsx")[0].tasks] == [*cells.values()]
    assert [one for one in asked(data) if "断了行" in one] == [
        "“县农业农”和“村局”中间断了行，合读作一个单位“县农业农村局”，请核对",
        "“县生态环境”和“分局”中间断了行，合读作一个单位“县生态环境分局”，请核对",
    ]


def test_collectives_are_asked_for_their_members_and_a_bank_is_nobodys_branch() -> None:
    groups = "县政府各部门、县直各单位、县政府组成部门、驻县单位、县属国有企业"
    rows = [["任务", "责任单位"], ["迎检", f"县教育局、人行白沙营业部、县直机关工委、{groups}"]]
    plan, loaded = imported(sheet(rows), "清单.xlsx")
    assert [one.name for one in plan.roster.units if one.group] == groups.split("、")
    codes = [one.code for one in loaded.doubts]
    assert codes.count("group_without_members") == len(groups.split("、"))
    assert not [one for one in asked(sheet(rows)) if "人行" in one]


def test_numbered_lines_of_a_cell_are_items_of_their_own() -> None:
    rows = [
        ["任务", "具体要求", "责任单位"],
        ["清理", "1.开展专项清理\n2.建立通报制度", "县教育局"],
        ["公开", "（1）统一模板。\n（2）按季公开。", "县财政局"],
        ["造林", "1.5万亩造林；2.3万亩抚育", "县林业局"],
    ]
    shown = as_json(imported(sheet(rows), "清单.xlsx")[0])["tasks"]
    assert isinstance(shown, list)
    assert [one["requirements"] for one in shown] == [
        ["1.开展专项清理；", "2.建立通报制度"],
        ["（1）统一模板。", "（2）按季公开。"],
        ["1.5万亩造林；2.3万亩抚育"],
    ]


def test_sheets_that_each_count_from_one_are_categories() -> None:
    book = openpyxl.Workbook()
    for name, task in (("经济发展", "新增企业"), ("城乡建设", "背街小巷")):
        page = book.create_sheet(name)
        for row in ([f"某县{name}任务表"], ["序号", "任务", "责任单位"], ["1", task, "县住建局"]):
            page.append(row)
    stream = BytesIO()
    book.save(stream)
    plan, _ = imported(stream.getvalue(), "清单.xlsx")
    assert [one.text(CATEGORY) for one in plan.tasks] == ["经济发展", "城乡建设"]
    for page in book.worksheets[1:]:
        page.insert_rows(2)
        page.cell(2, 1, "填报单位：县督查室")
        page.cell(2, 3, "截至6月30日")
    stream = BytesIO()
    book.save(stream)
    plan, _ = imported(stream.getvalue(), "清单.xlsx")
    assert [one.text(CATEGORY) for one in plan.tasks] == ["经济发展", "城乡建设"]


def test_a_column_read_as_progress_or_requirements_is_told_so_and_not_as_unused() -> None:
    rows: Rows = [
        ["某县任务表", None, None, None, None, None],
        ["序号", "项目名称", "牵头单位", "年度目标任务", None, "完成进度"],
        [None, None, None, "内容", "数量", None],
        ["1", "学前教育促进", "县教育局", "新建公办幼儿园", "46", "72%"],
    ]
    merged = ["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"]
    review = read_issued(sheet(rows, merged), "表.xlsx").review
    read_as = {one.text: one.read_as for one in review}
    assert read_as["完成进度"] == "进展"
    assert not [one.text for one in review if one.kind == "表头" and one.read_as != "用作表头"]
    [asked] = [one.read_as for one in review if one.ask and "读作任务" in one.read_as]
    assert asked == "“项目名称”读作任务，“年度目标任务（内容）”读作具体要求，请核对"


def test_a_person_with_a_telephone_is_no_part_of_the_units_name_and_is_kept_apart() -> None:
    said = "县教育局（某某某 87650001）、县财政局（某某，电话：0100-7654321）"
    rows: Rows = [["任务", "责任单位"], ["修路", said], ["建校", "县教育局（县财政局 87650001）"]]
    one, other = read_issued(sheet(rows), "表.xlsx").plan.tasks
    assert one.responsible == ("县教育局", "县财政局")
    assert dict(one.others)["责任人"] == said.replace(" ", "")
    assert other.responsible == ("县教育局（县财政局87650001）",)
    assert "单位读作“县教育局、县财政局”，原文另列在“责任人”" in "".join(asked(sheet(rows)))
