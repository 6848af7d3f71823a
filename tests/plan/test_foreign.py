"""Plans as other counties issue them: each read as a person reads it, or said what is in doubt."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.plan.documents import read_issued
from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.sentences import sentence
from edu_sheet.words.columns import CATEGORY
from edu_sheet.words.errors import PlanError
from edu_sheet.words.plan import DeadlineKind, Plan
from edu_sheet.words.returns import State
from edu_sheet.words.settings import LeadRule
from tests.support.issued_plans import sheet

Rows = Sequence[Sequence[str | None]]
Told = tuple[str, str, tuple[str, ...], tuple[str, ...]]  # number, task, leads, responsible


def word(*blocks: str | Rows) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)))
        for row, texts in enumerate(block):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text or ""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def imported(data: bytes, name: str) -> tuple[Plan, Loaded]:
    issued = read_issued(data, name)
    loaded = load_bytes(write_workbook(issued.plan, issued.review), "分工方案.xlsx")
    assert loaded.plan is not None
    return loaded.plan, loaded


def told(plan: Plan) -> list[Told]:
    return [(one.shown, one.goal, one.leads, one.responsible) for one in plan.tasks]


PLANS: dict[str, tuple[bytes, str, list[Told]]] = {
    "a column of categories, leaders and deadlines": (
        sheet(
            [
                ["某区2024年重点工作责任清单"],
                [
                    "类别",
                    "序号",
                    "工作事项",
                    "工作举措",
                    "责任领导",
                    "牵头单位",
                    "协同单位",
                    "时限",
                ],
                [
                    "强区",
                    "1",
                    "新增企业20家",
                    "建库。",
                    "略",
                    "区工信局",
                    "区统计局、各镇（街道）",
                    "12月底前",
                ],
                [None, "2", "开工项目10个", "专班。", "略", "区发改局", "区工信局", "6月底前"],
                ["民生", "3", "新建公厕15座", "选址。", "略", "区城管局", "区财政局", "10月底前"],
            ],
            ["A1:H1", "A3:A4"],
        ),
        "清单.xlsx",
        [
            ("1", "新增企业20家", ("区工信局",), ("区统计局", "各镇（街道）")),
            ("2", "开工项目10个", ("区发改局",), ("区工信局",)),
            ("3", "新建公厕15座", ("区城管局",), ("区财政局",)),
        ],
    ),
    "a matrix of units with marks, and what they mean": (
        word(
            "某县校园安全职责分工表",
            "注：○表示牵头单位，●为配合单位。",
            [
                ["序号", "工作任务", "县教育局", "县公安局", "各乡镇"],
                ["1", "校门口交通整治", "●", "○", ""],
                ["2", "防溺水巡查", "○", "", "●"],
            ],
        ),
        "分工表.docx",
        [
            ("1", "校门口交通整治", ("县公安局",), ("县教育局",)),
            ("2", "防溺水巡查", ("县教育局",), ("各乡镇",)),
        ],
    ),
    "a matrix under a header of two rows, in words": (
        sheet(
            [
                ["任务", "责任单位", None],
                [None, "县教育局", "县公安局"],
                ["校门口交通整治", "配合", "牵头"],
                ["防溺水巡查", "牵头", "/"],
            ],
            ["A1:A2", "B1:C1"],
        ),
        "矩阵.xlsx",
        [
            ("1", "校门口交通整治", ("县公安局",), ("县教育局",)),
            ("2", "防溺水巡查", ("县教育局",), ()),
        ],
    ),
    "the row above, and dashes for no unit": (
        word(
            "某县重点任务清单",
            [
                ["序号", "重点任务", "牵头单位", "配合单位"],
                ["1", "建设平台", "县数据局", "县财政局"],
                ["2", "开展培训", "同上", "〃"],
                ["3", "开展自评", "无", "县审计局"],
                ["4", "组织验收", "县数据局", "——"],
            ],
        ),
        "清单.docx",
        [
            ("1", "建设平台", ("县数据局",), ("县财政局",)),
            ("2", "开展培训", ("县数据局",), ("县财政局",)),
            ("3", "开展自评", (), ("县审计局",)),
            ("4", "组织验收", ("县数据局",), ()),
        ],
    ),
    "sections 1 and 1.1 above tasks 1.1.1": (
        word(
            "某县行动方案",
            "1.提升服务",
            "1.1 优化窗口",
            "1.1.1 一窗受理。整合窗口。（县政务局牵头，县税务局参加）",
            "1.1.2 延时服务。周六开门。（县政务局负责）",
            "1.2 数据共享",
            "1.2.1 打通系统。（由县数据局牵头，县政务局配合落实）",
        ),
        "方案.docx",
        [
            ("1.1.1", "一窗受理。", ("县政务局",), ("县税务局",)),
            ("1.1.2", "延时服务。", (), ("县政务局",)),
            ("1.2.1", "打通系统。", ("县数据局",), ("县政务局",)),
        ],
    ),
    "headings that name the lead of the lines below": (
        word(
            "某县政府工作报告重点任务分工",
            "一、县教育局牵头（2项）",
            "1.新增公办学位2000个。",
            "2.改造薄弱学校5所。",
            "二、县卫生健康局牵头（1项）",
            "3.建成县级医共体2个。",
        ),
        "分工.docx",
        [
            ("1", "新增公办学位2000个。", ("县教育局",), ()),
            ("2", "改造薄弱学校5所。", ("县教育局",), ()),
            ("3", "建成县级医共体2个。", ("县卫生健康局",), ()),
        ],
    ),
    "brackets without labels": (
        word(
            "（一）强化动态监测。每月排查一次。（市乡村振兴局牵头，市民政局、各县区配合）",
            "（二）抓好产业帮扶。每村有一个产业。（市农业农村局、市财政局）",
            "（三）推进厕所革命。（市农业农村局牵头；市卫生健康委等部门按职责分工负责）",
        ),
        "要点.docx",
        [
            ("（一）", "强化动态监测。", ("市乡村振兴局",), ("市民政局", "各县区")),
            ("（二）", "抓好产业帮扶。", (), ("市农业农村局", "市财政局")),
            ("（三）", "推进厕所革命。", ("市农业农村局",), ("市卫生健康委",)),
        ],
    ),
    "lines after the task, with items in it": (
        word(
            "一、主要任务",
            "（一）提升审批效率",
            "1.推行一件事一次办。",
            "2.压减审批时限30%。",
            "责任单位：县行政审批局、县住建局",
            "完成时限：2023年9月底前",
            "（二）强化要素保障",
            "1.开展银企对接。",
            "牵头单位：县金融服务中心",
            "配合单位：县工信局、人民银行某县支行",
            "二、保障措施",
            "各单位要加强组织领导，抓好落实。",
        ),
        "行动方案.docx",
        [
            ("（一）", "提升审批效率", (), ("县行政审批局", "县住建局")),
            ("（二）", "强化要素保障", ("县金融服务中心",), ("县工信局", "人民银行某县支行")),
        ],
    ),
    "one column for both, told apart in its cells": (
        sheet(
            [
                ["序号", "议定事项", "主办及协办单位", "办理期限", "办理状态"],
                ["（一）", "校车补贴", "县交通运输局（牵头）、县财政局", "2024-03-31", "已办结"],
                [
                    "（二）",
                    "客运站搬迁",
                    "县交通运输局牵头，县自然资源局配合",
                    "2024-06-30",
                    "办理中",
                ],
            ]
        ),
        "事项.xlsx",
        [
            ("（一）", "校车补贴", ("县交通运输局",), ("县财政局",)),
            ("（二）", "客运站搬迁", ("县交通运输局",), ("县自然资源局",)),
        ],
    ),
    "a header of two rows and no numbers": (
        sheet(
            [
                ["某镇2022年民生实事项目表"],
                ["项目名称", "建设内容", "投资（万元）", "责任分工", None, None],
                [None, None, None, "责任单位", "责任人", "配合部门"],
                ["村道硬化", "硬化8公里", "320", "镇农业农村办", "略", "各村（社区）"],
                ["饮水提质", "换管网5公里", "150", "镇水利站", "略", "镇财政所"],
            ],
            ["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:F2"],
        ),
        "实事.xlsx",
        [
            ("1", "村道硬化", (), ("镇农业农村办", "各村（社区）")),
            ("2", "饮水提质", (), ("镇水利站", "镇财政所")),
        ],
    ),
    "labels in the run of the text": (
        word(
            "1、开展燃气排查，6月底前整改。牵头单位：县住建局；责任单位：县应急局，各镇人民政府、街道办事处。",
            "2、整治隐患点段20处。牵头单位：县公安局；责任单位：县交通局、县公路中心及相关乡镇。",
            "3、组织培训全覆盖。责任单位：县应急局",
        ),
        "任务.docx",
        [
            (
                "1",
                "开展燃气排查，6月底前整改。",
                ("县住建局",),
                ("县应急局", "各镇人民政府、街道办事处"),
            ),
            ("2", "整治隐患点段20处。", ("县公安局",), ("县交通局", "县公路中心", "相关乡镇")),
            ("3", "组织培训全覆盖。", (), ("县应急局",)),
        ],
    ),
    "a rule that the first one leads": (
        (
            "# 某区2025年督查事项分解表\n\n责任单位列第一位的为牵头单位。\n\n"
            "| 编号 | 督查事项 | 目标要求 | 责任单位 | 备注 |\n|--|--|--|--|--|\n"
            "| 2025-01 | 推进旧区改造 | 完成12个。 | 区住建局、区财政局 | 市级实事 |\n"
            "| 2025-02 | 治理黑臭水体 | 消除返黑。 | 区水务局、各街道 |  |\n"
        ).encode(),
        "分解表.md",
        [
            ("2025-01", "推进旧区改造", ("区住建局",), ("区住建局", "区财政局")),
            ("2025-02", "治理黑臭水体", ("区水务局",), ("区水务局", "各街道")),
        ],
    ),
    "two tasks in one paragraph": (
        word(
            "1.统筹建设政务云。（州数据局牵头，州财政局配合）推进电子证照应用。（州行政审批局）",
            "2.加强安全防护。（责任单位：州委网信办、州公安局；完成时限：长期坚持）",
        ),
        "分工.docx",
        [
            ("1", "统筹建设政务云。", ("州数据局",), ("州财政局",)),
            ("1-1", "推进电子证照应用。", (), ("州行政审批局",)),
            ("2", "加强安全防护。", (), ("州委网信办", "州公安局")),
        ],
    ),
    "category rows with numbers, and a sum": (
        sheet(
            [
                ["某县改革任务台账"],
                ["项次", "改革任务", "牵头（责任）部门", "工作进展", "备注"],
                ["一", "经济体制改革", None, None, None],
                ["1", "出台国企改革方案", "县国资中心", "已印发", None],
                ["二", "社会事业改革", None, None, None],
                ["2", "推进教联体建设", "县教育局", "已组建6个", "含民办"],
                ["合计", "2项", None, None, None],
            ],
            ["A1:E1"],
        ),
        "台账.xlsx",
        [
            ("1", "出台国企改革方案", ("县国资中心",), ()),
            ("2", "推进教联体建设", ("县教育局",), ()),
        ],
    ),
    "a table for each task": (
        word(
            [["督办事项", "化解办证难"], ["责任单位", "县自然资源局"], ["办结时限", "9月底前"]],
            "",
            [["督办事项", "整治占道"], ["责任单位", "县城管局、城关镇"], ["办结时限", "10月底前"]],
        ),
        "通知单.docx",
        [
            ("1", "化解办证难", (), ("县自然资源局",)),
            ("2", "整治占道", (), ("县城管局", "城关镇")),
        ],
    ),
    "headings 1 over tasks 1.1 in a column of numbers": (
        word(
            "某县重点任务分解表",
            [
                ["序号", "重点任务", "牵头单位", "责任单位"],
                ["1", "优化布局", None, None],
                ["1.1", "新建幼儿园2所", "县教育局", "县住建局"],
                ["1.2", "改建小学3所", "县教育局", "县财政局"],
                ["2", "加强队伍", None, None],
                ["2.1", "招聘教师80名", "县人社局", "县教育局"],
                ["3", "开展自评", "县教育局", "各乡镇"],
            ],
        ),
        "分解表.docx",
        [
            ("1.1", "新建幼儿园2所", ("县教育局",), ("县住建局",)),
            ("1.2", "改建小学3所", ("县教育局",), ("县财政局",)),
            ("2.1", "招聘教师80名", ("县人社局",), ("县教育局",)),
            ("3", "开展自评", ("县教育局",), ("各乡镇",)),
        ],
    ),
    "numbers that stand in the tasks' own texts": (
        word(
            "某市民生实事清单",
            [
                ["实事项目", "责任单位"],
                ["13.新建养老服务站6处", "市民政局"],
                ["14.改扩建城南学校", "市教育局、市财政局"],
            ],
        ),
        "清单.docx",
        [
            ("13", "新建养老服务站6处", (), ("市民政局",)),
            ("14", "改扩建城南学校", (), ("市教育局", "市财政局")),
        ],
    ),
    "two blocks side by side": (
        sheet(
            [
                ["某区民生实事责任分工"],
                ["序号", "事项", "责任单位", None, "序号", "事项", "责任单位"],
                ["1", "新建幼儿园3所", "区教育局", None, "3", "新增泊位800个", "区城管局"],
                ["2", "改造小区6个", "区住建局", None, None, None, None],
                ["注：责任单位列首位的为牵头单位。"],
            ],
            ["A1:G1", "A5:G5"],
        ),
        "实事.xlsx",
        [
            ("1", "新建幼儿园3所", ("区教育局",), ("区教育局",)),
            ("2", "改造小区6个", ("区住建局",), ("区住建局",)),
            ("3", "新增泊位800个", ("区城管局",), ("区城管局",)),
        ],
    ),
    "indicators of their own units below merged goals": (
        sheet(
            [
                ["考核内容", "重点考核事项", "考核指标", "评分标准", "牵头部门", "配合部门"],
                ["一、耕地", "（一）保护", "保有量", "达标的得3分。", "市资源局", "市农业局"],
                [None, None, None, "未达标的不得分。", None, None],
                [None, None, "质量提升", "建成的得5分。", "市农业局", "市财政局"],
                [None, None, None, "监测的得3分。", None, None],
            ],
            ["A2:A5", "B2:B5", "C2:C3", "C4:C5", "E2:E3", "E4:E5", "F2:F3", "F4:F5"],
        ),
        "评分表.xlsx",
        [
            ("1", "保有量", ("市资源局",), ("市农业局",)),
            ("2", "质量提升", ("市农业局",), ("市财政局",)),
        ],
    ),
    "sections with a number, a sum, a title again, and whose help is in brackets": (
        sheet(
            [
                ["某县任务分解表"],
                ["填报单位：县政府督查室", None, None, None, "截止6月10日"],
                ["序号", "任务", "要求", "牵头协调部门", "主责单位"],
                ["合计", None, "2项", None, None],
                ["一", "空气", None, None, None],
                ["1", "治扬尘", "洒水。", "县环保局", "县教体局（县住建局配合）"],
                ["某县任务分解表（续）"],
                ["序号", "任务", "要求", "牵头协调部门", "主责单位"],
                ["2", "治尾气", "年检。", "县公安局", "各乡镇（街道）、园区管委会"],
            ],
            ["A1:E1", "A2:C2", "A4:B4", "B5:E5", "A7:E7"],
        ),
        "分解表.xlsx",
        [
            ("1", "治扬尘", ("县环保局", "县教体局"), ("县住建局",)),
            ("2", "治尾气", ("县公安局",), ("各乡镇（街道）", "园区管委会")),
        ],
    ),
    "bills with a number of their own, persons behind colons, and what follows a name": (
        sheet(
            [
                ["案号", "案由", "主办单位及责任人", "会办单位"],
                [
                    "第3号",
                    "增设小学",
                    "县教体局：陈某某；城关镇：刘某某",
                    "县财政局（按职责分别负责）",
                ],
                ["闭会第1号", "防治虫病", "县林业局", "县公安局按职责负责，各镇街落实"],
            ]
        ),
        "交办.xlsx",
        [
            ("第3号", "增设小学", ("县教体局", "城关镇"), ("县财政局",)),
            ("闭会第1号", "防治虫病", ("县林业局",), ("县公安局", "各镇街")),
        ],
    ),
    "several units that lead together in a heading, and what the figures count": (
        word(
            "某县任务分工",
            "单位：万元",
            "一、县委编办、县人社局共同牵头负责的工作任务（1项）",
            "1.核定编制。（配合单位：县教育局）",
        ),
        "分工.docx",
        [("1", "核定编制。", ("县委编办", "县人社局"), ("县教育局",))],
    ),
    "headings over paragraphs without numbers": (
        word(
            "某市重点工作责任分解",
            "一、提升产业竞争力",
            "坚持调优调强，推进产业高端化。",
            "突出工业主体地位。投资200亿元。（牵头单位：市经信委；责任单位：市发改委、各区、镇、办事处）",
            "大力发展服务业。（牵头单位：市商务局）",
            "二、统筹城乡发展",
            "推进美丽乡村建设。（牵头单位：市住建委）",
        ),
        "分解.docx",
        [
            ("1", "突出工业主体地位。", ("市经信委",), ("市发改委", "各区、镇、办事处")),
            ("2", "大力发展服务业。", ("市商务局",), ()),
            ("3", "推进美丽乡村建设。", ("市住建委",), ()),
        ],
    ),
    "dashes below headings that end like sentences": (
        word(
            "某市分工方案",
            "（一）稳增长。",
            "——新增企业200家。（市工信局牵头，各县（市、区）政府落实）",
            "——外贸增长5%。（市商务局、海关按职责分工负责）",
            "（二）惠民生。",
            "——新增学位1万个。（市教育局会同市住建局负责）",
        ),
        "方案.docx",
        [
            ("1", "新增企业200家。", ("市工信局",), ("各县（市、区）政府",)),
            ("2", "外贸增长5%。", (), ("市商务局", "海关")),
            ("3", "新增学位1万个。", ("市教育局",), ("市住建局",)),
        ],
    ),
    "who does it in a sentence, before or behind what is done": (
        word(
            "某县工作任务方案",
            "一、由县财政局牵头，县教育局、县审计局配合，于3月底前拨付维修资金。",
            "二、由县住建局负责，在6月底前完成危房鉴定。",
            "三、同意设立专班，县教育局牵头负责，各乡镇配合。",
        ),
        "方案.docx",
        [
            ("一", "于3月底前拨付维修资金。", ("县财政局",), ("县教育局", "县审计局")),
            ("二", "在6月底前完成危房鉴定。", (), ("县住建局",)),
            ("三", "同意设立专班", ("县教育局",), ("各乡镇",)),
        ],
    ),
    "a line below a heading that leads what is numbered under it": (
        word(
            "某县垃圾治理攻坚行动方案",
            "（一）源头减量攻坚行动",
            "牵头单位：县城管局",
            "1.推行垃圾分类。责任单位：县机关事务中心、县教育局",
            "2.限制过度包装。责任单位：县市场监管局",
            "（二）收运体系攻坚行动",
            "牵头单位：县住建局",
            "3.更新车辆20台。责任单位：县财政局",
        ),
        "方案.docx",
        [
            ("1", "推行垃圾分类。", ("县城管局",), ("县机关事务中心", "县教育局")),
            ("2", "限制过度包装。", ("县城管局",), ("县市场监管局",)),
            ("3", "更新车辆20台。", ("县住建局",), ("县财政局",)),
        ],
    ),
    "units as headings, and some that only help": (
        word(
            "某县教育重点工作责任清单",
            "一、县教育局",
            "1.控辍保学动态清零。",
            "2.新建幼儿园3所。（配合单位：县住建局、县财政局）",
            "二、县人社局",
            "3.招聘教师120名。（配合单位：县教育局）",
        ),
        "清单.docx",
        [
            ("1", "控辍保学动态清零。", (), ("县教育局",)),
            ("2", "新建幼儿园3所。", (), ("县教育局", "县住建局", "县财政局")),
            ("3", "招聘教师120名。", (), ("县人社局", "县教育局")),
        ],
    ),
    "proposals by number and title": (
        word(
            "人大代表建议办理分工表",
            [
                ["建议编号", "领衔代表", "标题", "主办单位", "会办单位"],
                ["第5号", "略", "增加公交线路", "县交通局", "县公安局、县城管局"],
                ["第12号", "略", "修缮校舍", "县教育局", None],
            ],
        ),
        "分工.docx",
        [
            ("第5号", "增加公交线路", ("县交通局",), ("县公安局", "县城管局")),
            ("第12号", "修缮校舍", ("县教育局",), ()),
        ],
    ),
}

_HEADER = ["序号", "任务", "牵头单位", "责任单位"]
_FIRST_PAGE = [["1", "新建学校，建筑面积2万平方米，", "县教育局", "县住建局"]]
_NEXT_TASK = ["2", "改造宿舍。", "县教育局", "县住建局"]


@pytest.mark.parametrize(
    ("header", "number"),
    [([_HEADER], None), ([], None), ([_HEADER], "1（续）"), ([], "1（续）")],
    ids=["header repeated", "no header", "number repeated", "number repeated, no header"],
)
def test_a_row_that_goes_on_over_a_page_is_one_task_and_asked_about(
    header: list[list[str]], number: str | None
) -> None:
    rest = [number, "8月投入使用。", None, "县财政局"]
    data = word("某县任务表", [_HEADER, *_FIRST_PAGE], "", [*header, rest, _NEXT_TASK])
    plan, loaded = imported(data, "任务表.docx")
    assert told(plan) == [
        (
            "1",
            "新建学校，建筑面积2万平方米，8月投入使用。",
            ("县教育局",),
            ("县住建局", "县财政局"),
        ),
        ("2", "改造宿舍。", ("县教育局",), ("县住建局",)),
    ]
    assert [one for one in loaded.doubts if "接在了上一页最后这一项后面" in sentence(one)]


def test_a_whole_row_without_a_number_on_the_next_page_is_a_task_and_asked_about() -> None:
    own = [None, "改造操场。", "县教育局", "县财政局"]
    first = ["1", "新建学校。", "县教育局", "县住建局"]
    data = word("某县任务表", [_HEADER, first], "", [_HEADER, own, _NEXT_TASK])
    plan, loaded = imported(data, "任务表.docx")
    assert [one.goal for one in plan.tasks] == ["新建学校。", "改造操场。", "改造宿舍。"]
    assert [one for one in loaded.doubts if "原文没有编号" in sentence(one)]


@pytest.mark.parametrize("shape", PLANS)
def test_a_plan_in_another_shape_is_read_as_a_person_reads_it(shape: str) -> None:
    data, name, tasks = PLANS[shape]
    plan, loaded = imported(data, name)
    assert told(plan) == tasks
    assert loaded.errors == ()


def test_a_column_of_groups_keeps_its_name_beside_the_headings_above_the_tasks() -> None:
    rows = [
        ["改革领域", "序号", "改革事项", "责任单位"],
        ["第一部分　教育", "第一部分　教育", "第一部分　教育", "第一部分　教育"],
        ["办学体制", "1", "推进集团化办学", "县教育局"],
        ["", "2", "建设实验学校", "县财政局"],
    ]
    plan, loaded = imported(sheet([["某县改革任务清单"], *rows], ["A3:D3"]), "清单.xlsx")
    assert loaded.errors == ()
    assert [column.header for column in plan.columns][:3] == ["序号", "类别", "改革领域"]
    assert [one.text("改革领域") for one in plan.tasks] == ["办学体制", "办学体制"]
    assert {one.text("类别") for one in plan.tasks} == {"第一部分教育"}


def test_a_category_below_a_repeated_header_is_that_of_its_own_task() -> None:
    header = ["序号", "项目名称", "主要内容", "牵头单位"]
    rows: Rows = [
        header,
        ["1", "优化养老", "上门服务。", "县民政局"],
        [None, None, "康复租赁。", "县残联"],
        header,
        ["2", "文体惠民", "新建书苑。", "县文旅局"],
    ]
    plan, _ = imported(sheet(rows, ["A2:A3", "B2:B3"]), "分解表.xlsx")
    assert [dict(one.others)["类别"] for one in plan.tasks] == ["优化养老", "优化养老", "文体惠民"]
    assert plan.tasks[-1].goal == "新建书苑。"


def test_numbers_and_dates_are_read_as_the_sheet_shows_them() -> None:
    book = openpyxl.Workbook()
    header = ["序号", "指标名称", "目标", "完成时限", "责任单位"]
    rows: list[list[str | float | date]] = [
        [*header],
        [1, "优良天数", 0.921, date(2024, 6, 30), "县环保局"],
    ]
    rows += [[2, "巩固率", 0.98865, date(2024, 7, 1), "县教体局"]]
    for texts in rows:
        book.worksheets[0].append(texts)
    for row, (number, day) in enumerate((("0.00%", 'm"月"d"日"'), ("0%", "yyyy-mm-dd")), 2):
        book.worksheets[0].cell(row, 3).number_format = number
        book.worksheets[0].cell(row, 4).number_format = day
    stream = BytesIO()
    book.save(stream)
    plan, _ = imported(stream.getvalue(), "指标.xlsx")
    assert [one.shown for one in plan.tasks] == ["1", "2"]
    assert [[dict(one.others)[name] for name in ("目标", "完成时限")] for one in plan.tasks] == [
        ["92.10%", "2024年6月30日"],
        ["98.865%", "2024-07-01"],  # all that was entered, though the sheet shows 99%
    ]


def test_sections_are_categories_and_every_text_beside_the_table_is_told() -> None:
    data, name, _ = PLANS[
        "sections with a number, a sum, a title again, and whose help is in brackets"
    ]
    issued = read_issued(data, name)
    assert {dict(one.others)["类别"] for one in issued.plan.tasks} == {"一、空气"}
    told_of = " ".join(line.text for line in issued.review)
    assert all(text in told_of for text in ("填报单位：县政府督查室", "截止6月10日", "合计 | 2项"))
    assert sum("读作责任单位" in line.read_as for line in issued.review) == 1


def test_units_that_differ_below_one_number_are_asked_about_where_they_are_joined() -> None:
    rows: Rows = [
        ["序号", "任务", "要求", "牵头单位"],
        ["1", "建园", "①选址。", "县教育局"],
        [None, None, "②开工。", "县住建局"],
    ]
    _, loaded = imported(sheet(rows, ["A2:A3", "B2:B3"]), "分解表.xlsx")
    assert sum("单位与上一行不同" in sentence(one) for one in loaded.doubts) == 1


def test_what_a_plan_has_beyond_the_seven_columns_stays_a_column_and_a_deadline_a_deadline() -> (
    None
):
    data, name, _ = PLANS["a column of categories, leaders and deadlines"]
    plan, _ = imported(data, name)
    assert [column.header for column in plan.columns][:2] == ["序号", "类别"]
    assert dict(plan.tasks[1].others) == {"类别": "强区", "责任领导": "略", "时限": "6月底前"}
    assert [(one.words, str(one.when), one.kind) for one in plan.deadlines] == [
        ("12月底前", "2024-12-31", DeadlineKind.DATE),
        ("6月底前", "2024-06-30", DeadlineKind.DATE),
        ("10月底前", "2024-10-31", DeadlineKind.DATE),
    ]


def test_a_plan_without_leads_is_asked_about_once() -> None:
    data, name, _ = PLANS["a header of two rows and no numbers"]
    plan, loaded = imported(data, name)
    assert plan.settings.leads is LeadRule.OPEN
    assert [one.code for one in loaded.doubts].count("plan_without_leads") == 1


def test_a_level_that_a_list_leaves_out_is_a_doubt_at_that_cell() -> None:
    rows = [["序号", "工作任务", "责任单位"], ["1", "数据改革", "市发改委、财政局"]]
    _, loaded = imported(word("某市任务清单", rows), "方案.docx")
    assert [str(one.place) for one in loaded.doubts if one.code == "import_doubt"] == [
        "分工方案!F4"
    ]


def test_a_numbered_paragraph_without_units_among_tasks_is_never_passed_over() -> None:
    data = word(
        "1.甲事项。（责任单位：县教育局）", "2.乙事项。", "3.丙事项。（责任单位：县财政局）"
    )
    plan, loaded = imported(data, "方案.docx")
    assert [one.goal for one in plan.tasks] == ["甲事项。", "乙事项。", "丙事项。"]
    assert [str(one.place) for one in loaded.errors] == ["分工方案!F5"]


def test_a_bracket_whose_units_are_not_understood_is_asked_about() -> None:
    data = word(
        "某县行动方案",
        "1.建平台。（县数据局牵头）",
        "此外开展评估。（由前述三家负责）",
        "2.开展培训。（县教育局负责）",
    )
    _, loaded = imported(data, "方案.docx")
    assert [one for one in loaded.doubts if "此外开展评估" in sentence(one)]


def test_a_document_without_tasks_is_told_what_was_found_in_it() -> None:
    rows = [["批次", "名目甲", "责任单位"], ["1", "修路", "县交通局"]]
    with pytest.raises(PlanError) as refused:
        read_issued(word(rows), "表.docx")
    said = str(refused.value)
    assert "找到 1 张表" in said
    assert "批次、名目甲、责任单位" in said
    assert "没有认出哪一列是任务" in said


def test_a_wps_document_is_converted_or_refused_with_the_way_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edu_sheet.plan.documents import convert

    monkeypatch.setattr(convert, "find_office", lambda: None)
    with pytest.raises(PlanError, match=r"LibreOffice.*另存为 \.docx"):
        read_issued(b"\xd0\xcf\x11\xe0", "方案.wps")


def test_a_very_old_wps_document_is_not_read_as_a_page_of_signs() -> None:
    with pytest.raises(PlanError, match=r"很早版本的 WPS.*另存为 \.docx"):
        read_issued(b"WPS\x00\x01" + bytes(range(256)), "方案.wps")


def test_a_pdf_is_refused_with_what_can_be_read() -> None:
    with pytest.raises(PlanError, match=r"是 PDF，读不出任务.*另存为 \.docx") as refused:
        read_issued(b"%PDF-1.4", "方案.pdf")
    assert "不要用 .doc" not in str(refused.value)


def test_progress_that_the_plan_tells_is_kept_shown_and_never_counted(tmp_path: Path) -> None:
    rows: Rows = [
        ["序号", "改革任务", "责任单位", "工作进展"],
        ["1", "出台国企改革方案", "县国资中心", "已印发"],
        ["2", "推进教联体建设", "县教育局", None],
    ]
    preview = app.preview_plan(sheet(rows), "台账.xlsx")
    assert preview.plan is not None
    assert [one.earlier for one in preview.plan.tasks] == ["已印发", ""]
    assert "此前进展" not in {one.header for one in preview.plan.columns}
    workspace = app.create(tmp_path / "督办", preview)
    first = preview.plan.settings.first_month
    assert [one.code for one in app.check(workspace.root).doubts].count("progress_in_plan") == 1
    issued = app.generate(workspace.root, first)
    forms = {
        one.unit: openpyxl.load_workbook(workspace.root / one.file).sheetnames
        for one in issued.forms
    }
    assert ["上期进展" in forms[unit] for unit in ("县国资中心", "县教育局")] == [True, False]
    assert {line.state for line in app.status(workspace.root, first).units} == {State.MISSING}
    app.merge(workspace.root, first)
    master = openpyxl.load_workbook(workspace.root / "成果" / str(first) / "总表.xlsx")
    history = [[cell.value for cell in row] for row in master["进展历程"].iter_rows(min_row=3)]
    assert history[0][3] == "方案原有"
    assert [row[3] for row in history[1:]] == ["已印发", "—"]
    assert "已印发" not in {cell.value for row in master["总表"].iter_rows() for cell in row}


def test_an_empty_plan_fills_its_roster_from_what_is_typed_into_its_tasks(tmp_path: Path) -> None:
    workspace = app.create(tmp_path / "督办", empty=True)
    book = openpyxl.load_workbook(workspace.plan)
    tasks, chosen = book["分工方案"], book["设置"]
    assert str(tasks["A4"].value).startswith("例")
    chosen["B2"] = "某县重点任务分工方案"
    for column, text in zip("ABEF", ("1", "新建学校", "县教育局", "县财政局、各乡镇"), strict=True):
        tasks[f"{column}6"] = text
    book.save(workspace.plan)
    first = app.check(workspace.root)
    assert first.errors == ()
    assert [one.code for one in first.doubts].count("unit_added") == 3
    again = app.check(workspace.root)
    assert again.plan is not None
    assert [unit.name for unit in again.plan.roster.units] == ["县教育局", "县财政局", "各乡镇"]
    assert not [one for one in again.doubts if one.code == "unit_added"]


def test_a_slip_in_a_unit_that_is_listed_is_no_new_unit(tmp_path: Path) -> None:
    workspace = app.create(tmp_path / "督办", empty=True)
    book = openpyxl.load_workbook(workspace.plan)
    book["设置"]["B2"] = "某县重点任务分工方案"
    book["单位名录"]["A3"] = "县财政局"
    for column, text in zip("ABE", ("1", "新建学校", "县财正局"), strict=True):
        book["分工方案"][f"{column}6"] = text
    book.save(workspace.plan)
    assert [one.code for one in app.check(workspace.root).errors] == ["unknown_unit"]


def test_what_a_mark_means_is_asked_where_the_plan_does_not_say_it() -> None:
    rows = [["任务", "县教育局", "县公安局"], ["巡查", "★", "△"], ["整治", "", "★"]]
    plan, loaded = imported(word("某县分工表", rows), "表.docx")
    assert told(plan) == [
        ("1", "巡查", ("县教育局",), ("县公安局",)),
        ("2", "整治", ("县公安局",), ()),
    ]
    asked = [sentence(one) for one in loaded.doubts if "没有说明" in sentence(one)]
    assert len(asked) == 2
    assert "“★”在原文里没有说明，读作牵头单位（共 2 处这样写：表1第2行、表1第3行）" in asked[0]


def test_what_a_cell_was_read_as_that_refers_to_the_one_above_is_asked() -> None:
    rows = [
        ["任务", "牵头单位", "完成时限"],
        ["建平台", "县数据局", "6月底前"],
        ["培训", "同上", "同上"],
    ]
    plan, loaded = imported(word("某县清单", rows), "表.docx")
    assert [dict(one.others)["完成时限"] for one in plan.tasks] == ["6月底前", "6月底前"]
    [asked] = [said for one in loaded.doubts if "照上一行" in (said := sentence(one))]
    assert "“同上”照上一行读作：牵头单位“县数据局”，完成时限“6月底前”，请核对" in asked


def test_a_column_of_units_holds_names_and_no_verbs() -> None:
    plan, _ = imported(
        word(
            "某县行动方案",
            "1.建平台。（县数据局牵头，县财政局、县教育局按职责分工负责）",
            "2.开展培训。（配合单位：县教育局）",
            "3.开展自评。（县教育局）",
        ),
        "方案.docx",
    )
    assert plan.tasks[0].lead_text == "县数据局"
    assert plan.tasks[0].responsible_text == "县财政局、县教育局"
    headers = {column.field: column.header for column in plan.columns}
    assert headers["responsible_text"] == "责任部门"


def test_the_title_of_the_next_sheet_goes_into_no_list_of_units() -> None:
    rows = [["责任单位", "工作任务"], ["县教育局", "新建学校"]]
    book = openpyxl.load_workbook(BytesIO(sheet(rows)))
    second = book.create_sheet("第二批")
    for row in (["某县重点任务清单", None], ["责任单位", "重点任务"], ["县水利局", "改造管网"]):
        second.append(row)
    stream = BytesIO()
    book.save(stream)
    plan, _ = imported(stream.getvalue(), "清单.xlsx")
    assert [one.responsible for one in plan.tasks] == [("县教育局",), ("县水利局",)]


def test_columns_of_one_thing_on_the_next_page_are_not_put_together() -> None:
    header = ["序号", "工作任务", "责任单位", "配合单位"]
    first = [header, ["1", "新建学校", "县教育局", "县财政局"]]
    going_on = [header, ["", "", "县住建局", "县水利局"]]
    plan, _ = imported(word("某县任务清单", first, going_on), "清单.docx")
    assert plan.tasks[0].responsible == ("县教育局", "县财政局", "县住建局", "县水利局")


def test_a_label_in_a_bracket_leaves_no_half_of_it_in_a_name() -> None:
    rows = [["工作任务", "牵头单位"], ["新建学校", "县教育局（责任单位：县财政局）"]]
    plan, _ = imported(sheet(rows), "清单.xlsx")
    assert told(plan) == [("1", "新建学校", ("县教育局",), ("县财政局",))]


def test_a_column_that_is_called_like_the_task_is_not_taken_for_it_when_read_again() -> None:
    rows = [["责任单位", "重点任务", "目标任务"], ["县教育局", "新建学校", "学位充足"]]
    plan, _ = imported(sheet(rows), "清单.xlsx")
    said = [plan.tasks[0].goal, *dict(plan.tasks[0].others).values(), plan.tasks[0].requirements]
    assert sorted(filter(None, said)) == ["学位充足", "新建学校"]
    assert plan.tasks[0].goal == "新建学校"


def test_a_page_of_more_rows_than_any_plan_is_refused_at_once() -> None:
    with pytest.raises(PlanError, match="超过 5000 行"):
        read_issued(b"<html><table>" + b"<tr><td>" * 50_000, "网页.html")


def test_a_text_that_ends_with_the_word_of_a_label_is_no_label() -> None:
    cards = [
        [["问题", "台账不全。"], ["整改措施", "明确责任单位。"], ["责任单位", "县财政局"]],
        [["问题", "公开不够。"], ["整改措施", "完善制度。"], ["责任单位", "县教育局"]],
    ]
    plan, _ = imported(word("某县整改清单", *cards), "清单.docx")
    assert [(one.requirements, one.responsible) for one in plan.tasks] == [
        ("明确责任单位。", ("县财政局",)),
        ("完善制度。", ("县教育局",)),
    ]


def test_who_acts_together_with_others_leads_them() -> None:
    plan, _ = imported(
        word(
            "某县行动方案",
            "1.开展整治。由县自然资源局会同县农业农村局、县林业局负责落实。",
            "2.建立台账。（县财政局会同县教育局负责）",
        ),
        "方案.docx",
    )
    assert [(one.leads, one.responsible) for one in plan.tasks] == [
        (("县自然资源局",), ("县农业农村局", "县林业局")),
        (("县财政局",), ("县教育局",)),
    ]


def test_a_rule_for_all_that_stands_in_the_first_bracket_is_no_unit() -> None:
    rule = "列第一位者为牵头单位，其他单位按职责分工负责，下同"
    plan, _ = imported(
        word(
            "某县行动方案",
            f"1.开展整治。（县公安局、县交通局负责。{rule}）",
            "2.建立台账。（县财政局、县教育局负责）",
        ),
        "方案.docx",
    )
    assert [(one.leads, one.responsible) for one in plan.tasks] == [
        (("县公安局",), ("县公安局", "县交通局")),  # the rule makes a lead, and leaves the list
        (("县财政局",), ("县财政局", "县教育局")),
    ]


def _read(*lines: str) -> tuple[list[tuple[str, str, tuple[str, ...], tuple[str, ...]]], list[str]]:
    """Return number, requirements, leads, responsible of each task, and what is asked."""
    issued = read_issued("\n\n".join(("某县重点任务分工方案", *lines)).encode(), "a.md")
    tasks = [(one.shown, one.requirements, one.leads, one.responsible) for one in issued.plan.tasks]
    return tasks, [one.read_as for one in issued.review if one.ask]


def test_who_leads_in_a_heading_leads_what_is_numbered_below_and_is_asked_about() -> None:
    tasks, asked = _read(
        "（一）完善制度（牵头单位：县住建局）", "1.公开结果。", "2.编制手册。（责任单位：县财政局）",
        "（二）推进报装（牵头单位：县水利局）", "1.上门服务。（牵头单位：县城管局）",
    )  # fmt: skip
    assert tasks == [
        ("1", "", ("县住建局",), ()),
        ("2", "", ("县住建局",), ("县财政局",)),
        ("1", "", ("县城管局",), ()),
    ]
    assert asked == ["照上级标题“（一）完善制度”读作“县住建局”（下面这样的各项都是），请核对"]


def test_what_is_numbered_below_a_task_and_names_nobody_is_required_of_it() -> None:
    tasks, asked = _read(
        "（一）完善制度（牵头单位：县住建局）", "1.公开结果。", "2.编制手册。",
        "（二）推进报装（牵头单位：县水利局）", "1.上门服务。",
    )  # fmt: skip
    assert tasks == [
        ("（一）", "1.公开结果。2.编制手册。", ("县住建局",), ()),
        ("（二）", "1.上门服务。", ("县水利局",), ()),
    ]
    assert asked == [
        "下面的 1 到 2 没有各写单位，都算作这一项的具体要求：是不是各为一项任务？请核对"
    ]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        (
            ["一、网格服务（牵头单位：县住建局；责任单位：各镇）"],
            ["二、新风（县水利局牵头）"],
            "1212",
        ),
        (["网格服务（牵头单位：县住建局；责任单位：各镇）"], ["新风（县水利局牵头）"], "1212"),
        (
            ["一、网格服务", "牵头单位：县住建局", "责任单位：各镇"],
            ["二、新风", "牵头单位：县水利局"],
            "1234",
        ),
    ],
)
def test_what_is_numbered_below_a_heading_with_units_is_a_task_each_and_asked_about(
    first: list[str], second: list[str], numbers: str
) -> None:
    one, two, three, four = list(numbers)
    tasks, asked = _read(
        *first, f"{one}.划分网格。", "（1）上图。", "（2）公示。", f"{two}.2026年6月底前培训。",
        *second, f"{three}.完善章程。", f"{four}.开展宣讲。", "三、保障措施", "1.加强领导。",
    )  # fmt: skip
    assert tasks == [
        (one, "（1）上图。（2）公示。", ("县住建局",), ("各镇",)),
        (two, "", ("县住建局",), ("各镇",)),
        (three, "", ("县水利局",), ()),
        (four, "", ("县水利局",), ()),
    ]
    assert len(asked) == 2
    assert asked[0].startswith(f"照上级标题“{first[0].partition('（')[0]}”读作“县住建局”、“各镇”")


def test_what_is_numbered_below_one_of_several_tasks_is_required_of_it_and_asked_about() -> None:
    tasks, asked = _read(
        "一、新建幼儿园（责任单位：县教育局）",
        "二、改造小区（责任单位：县住建局）", "1.完成摸底。", "2.完成施工。",
        "三、修路（责任单位：县交通局）",
    )  # fmt: skip
    assert [one[1] for one in tasks] == ["", "1.完成摸底。2.完成施工。", ""]
    assert [one for one in asked if "各为一项任务" in one]


@pytest.mark.parametrize("behind", [False, True])
def test_measures_with_units_of_their_own_stay_with_the_problem_and_are_asked_about(
    behind: bool,
) -> None:
    measures = ["整改措施：", "（1）修复管网。（责任单位：县住建局）", "（2）开展执法。"]
    own = ["责任单位：县水利局"]
    tasks, asked = _read(
        "1.污水直排问题", *(measures + own if behind else own + measures),
        "2.粪污问题", "责任单位：县财政局",
    )  # fmt: skip
    assert [(number, set(units)) for number, _, _, units in tasks] == [
        ("1", {"县住建局", "县水利局"}),
        ("2", {"县财政局"}),
    ]
    assert "修复管网" in tasks[0][1]
    assert "开展执法" in tasks[0][1]
    assert asked == ["下面的措施各写了单位，合在了这一项里：是不是各为一项任务？请核对"]


@pytest.mark.parametrize(
    "rule",
    [
        "列第一位者为牵头部门或单位，其他有关部门和单位按职责分工负责，下同",
        "列在首位的单位为牵头单位，各有关部门按职责分工负责，下同",
        "排名第一的为牵头单位、其他为参与单位。下同",
        "首位单位牵头，其他单位配合，下同",
    ],
)
def test_a_rule_in_any_words_is_a_rule_and_no_unit(rule: str) -> None:
    issued = read_issued(
        f"某县方案\n\n1.建学校。（县教育局、县财政局负责。{rule}）\n\n2.修路。（县交通局负责）".encode(),
        "a.md",
    )
    assert [one.responsible for one in issued.plan.tasks] == [
        ("县教育局", "县财政局"),
        ("县交通局",),
    ]
    assert issued.plan.settings.leads is LeadRule.FIRST


def _card(*rows: tuple[str, ...]) -> Rows:
    return [list(one) for one in rows]


def test_cards_are_read_alike_whatever_words_stand_in_their_texts() -> None:
    cards = [
        _card(
            ("项目名称", name, "编号", label),
            ("建设内容", "新建1座", "责任单位", unit),
            ("计划投资", "300万元", "联系人", ""),
        )
        for name, label, unit in (("供水工程", "1", "县水利局"), ("托育项目", "2", "县卫健局"))
    ]
    for blocks in (["项目一", cards[0], "项目二", cards[1]], [[*cards[0], *cards[1]]]):
        data = word("某县民生实事责任卡", "各责任单位：", "现将责任卡印发，请落实。", *blocks)
        issued = read_issued(data, "a.docx")
        assert issued.plan.settings.title == "某县民生实事责任卡"
        assert [
            (one.shown, one.goal, one.requirements, one.responsible, one.text("计划投资"))
            for one in issued.plan.tasks
        ] == [
            ("1", "供水工程", "新建1座", ("县水利局",), "300万元"),
            ("2", "托育项目", "新建1座", ("县卫健局",), "300万元"),
        ]
        assert not [one for one in issued.review if one.ask]
        assert [one.text for one in issued.review if one.kind == "没有填写的格"] == ["联系人"] * 2


def test_headings_between_tables_of_one_kind_are_the_categories_of_their_tasks() -> None:
    def table(number: str) -> Rows:
        return [["序号", "工作任务", "责任单位"], [number, f"任务{number}", "县教育局"]]

    data = word(
        "某县任务清单", "一、学前教育", table("1"), "二、义务教育", "（一）办学", "单位：个", table("2"),
        "（二）教师", table("3"), "附件2", table("4"),
    )  # fmt: skip
    issued = read_issued(data, "a.docx")
    assert [one.text(CATEGORY) for one in issued.plan.tasks] == [
        "一、学前教育", "二、义务教育／（一）办学", "二、义务教育／（二）教师", "",
    ]  # fmt: skip
    assert [one.read_as for one in issued.review if one.text == "（一）办学"] == ["用作类别"]


def test_days_without_a_year_are_of_the_year_of_the_document_s_number() -> None:
    table = [["序号", "工作任务", "责任单位", "时限"], ["1", "建学校", "县教育局", "5月30日"]]
    plan = read_issued(word("清督字〔2021〕第6号", "某县督办清单", table), "a.docx").plan
    assert plan.settings.doc_number == "清督字〔2021〕第6号"
    assert [one.when for one in plan.deadlines] == [date(2021, 5, 30)]


@pytest.mark.parametrize(
    ("sentence", "leads", "others"),
    [
        ("此项工作由县民政局负责，团县委、县妇联协助。", ["县民政局"], ["团县委", "县妇联"]),
        ("县民政局牵头，各乡镇配合，3月底前完成。", ["县民政局"], ["各乡镇"]),
        ("责任部门为县民政局，配合部门为县妇联。", [], ["县民政局", "县妇联"]),
        ("该项任务由县民政局会同县妇联负责。", ["县民政局"], ["县妇联"]),
        ("县民政局、县妇联按各自职责抓好落实。", [], ["县民政局", "县妇联"]),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_who_answers_in_a_sentence_at_a_task_s_end_or_in_the_line_below_answers(
    sentence: str, leads: list[str], others: list[str], *, apart: bool
) -> None:
    lines = (
        ["（一）关爱儿童。建立档案。", sentence]
        if apart
        else [f"（一）关爱儿童。建立档案。{sentence}"]
    )
    tasks, asked = _read(*lines, "二、工作要求", "各乡镇要重视。各部门按职责分工负责。")
    assert tasks == [("（一）", "建立档案。", tuple(leads), tuple(others))]
    assert [one for one in asked if "会同" not in one] == []


def test_a_sentence_that_names_no_unit_that_is_known_is_asked_about() -> None:
    tasks, asked = _read(
        "（一）关爱儿童。建立档案。（县妇联）", "（二）培训。此项工作由老李负责，大家协助。",
        "（三）修路。责任单位为县交通局，县财政局做好资金保障。",
    )  # fmt: skip
    assert [one[3] for one in tasks] == [("县妇联",), (), ("县交通局",)]
    assert any("此项工作由老李负责，大家协助" in one for one in asked)
    assert any("县财政局做好资金保障" in one for one in asked)


@pytest.mark.parametrize(
    "rule",
    [
        "以下任务均需各镇人民政府落实，不再列出",
        "各镇人民政府均为责任单位，以下不再单独列出",
        "具体任务均涉及相关镇（街道），不再做分工，下同",
    ],
)
def test_a_rule_for_later_tasks_among_units_is_no_unit_and_is_asked_about_once(rule: str) -> None:
    tasks, asked = _read(
        "1.建学校。（县教育局牵头）", f"2.修路。（县交通局、县财政局按职责分工负责。{rule}）",
        "3.治水。（县水利局、其余各部门配合）", "4.造林。（县林业局）",
    )  # fmt: skip
    assert tasks[1] == ("2", "", (), ("县交通局", "县财政局"))
    assert [one for one in asked if "其余" not in one] == [
        f"前面写着“{rule}”，没有替 3 到 4（2 项） 填写：是的，请补填这些单位"
    ]
