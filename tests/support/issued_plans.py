"""Plans in the shapes in which counties issue them, and how a person reads each.

The shapes are those of public documents; the texts are shortened and name no place and nobody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import docx
import openpyxl

Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True)
class Wanted:
    """A task as a person reads it."""

    shown: str
    goal: str
    leads: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    requirements: str = ""
    others: dict[str, str] = field(default_factory=dict)  # those that are looked at


@dataclass(frozen=True)
class IssuedPlan:
    """A document with its right reading."""

    name: str  # its file's
    make: Callable[[], bytes]
    tasks: tuple[Wanted, ...]


def word(*blocks: str | tuple[Rows, Sequence[tuple[int, int, int, int]]]) -> bytes:
    """Return a Word document of paragraphs, and of tables with the areas that are merged."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        rows, merges = block
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text or ""
        for top, left, bottom, right in merges:
            table.cell(top, left).merge(table.cell(bottom, right))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def sheet(rows: Rows, merges: Sequence[str] = ()) -> bytes:
    """Return a workbook with one sheet."""
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    for row in rows:
        active.append(list(row))
    for area in merges:
        active.merge_cells(area)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _names_behind_and_so_on() -> bytes:
    return word(
        "某县重点任务分工表",
        (
            [
                ["序号", "任务", "牵头单位", "责任单位"],
                ["1", "建学校", "县教育局", "县财政局等单位和各乡镇人民政府"],
                ["2", "修道路", "县交通局", "县财政局会同县住建局"],
                ["3", "办赛事", "县文旅局", "县教育局等部门及各乡镇人民政府"],
            ],
            [],
        ),
    )


def _and_all_counties() -> bytes:
    return word(
        "某省任务分工清单",
        (
            [
                ["序号", "重点任务", "牵头单位", "责任单位"],
                ["1", "完善经费机制。", "省财政厅", "省教育厅和各市、县人民政府"],
                ["2", "配齐教师。", "省教育厅", "省委编办等部门，各市、县（区）人民政府"],
                [
                    "3",
                    "建设校舍。",
                    "省住房城乡建设厅",
                    "省教育厅及各设区市、县（市、区）人民政府",
                ],
                ["4", "加强督导。", "省教育厅", "各市（州）、县（市、区）人民政府"],
                ["5", "丰富体育活动。", "省体育局", "省教育厅、团省委以及各市州人民政府"],
            ],
            [],
        ),
    )


def _a_gap_parts_names() -> bytes:
    return word(
        "某县文体任务分解",
        (
            [
                ["序号", "任务", "牵头单位", "配合单位"],
                ["1", "建健身步道", "县住建局", "县文旅局 县林业局"],
                ["2", "办农民丰收节", "县农业农村局", "县文旅局/县委宣传部"],
                ["3", "送戏下乡", "县文旅局", "县委宣传部\n各乡镇"],
                ["4", "开放学校场馆", "县教育局", "县文旅局;县财政局"],
            ],
            [],
        ),
    )


def _units_are_counted() -> bytes:
    return word(
        "2021年县政府重点工作任务分解",
        (
            [
                ["序号", "工作任务", "主要责任单位", "其他责任单位", "完成时限"],
                [
                    "1",
                    "完成城区学校扩容提质工程。",
                    "1.县教体局",
                    "1.县自然资源局\n2.县住建局\n3.县财政局",
                    "8月底",
                ],
                [
                    "2",
                    "完成3个乡镇卫生院标准化建设。",
                    "1.县卫健局",
                    "①县财政局②有关乡镇人民政府",
                    "11月底",
                ],
                [
                    "3",
                    "建设高标准农田5万亩。",
                    "县农业农村局",
                    "（1）县水利局；（2）各乡镇（街道）",
                    "12月底",
                ],
            ],
            [],
        ),
    )


def _departments_and_counties_in_prose() -> bytes:
    return word(
        "某省教育领域补短板任务分工方案",
        "一、补齐基础教育短板",
        "1.健全经费保障机制。落实基准定额。"
        "（省财政厅、省教育厅牵头，各市、县人民政府落实，持续推进）",
        "2.加强乡村教师队伍建设。每年招聘2000名。（省教育厅牵头，省委编办、人力资源社会保障厅、"
        "财政厅等部门和各市、县人民政府按职责分工负责，2025年底前完成）",
        "二、改善条件",
        "3.推进智慧校园建设。（牵头单位：省教育厅；配合单位：省通信管理局、省大数据局；"
        "完成时限：2024年12月底前）",
    )


def _persons_beside_units() -> bytes:
    return word(
        "某县领导包抓重点任务",
        (
            [
                ["序号", "重点任务", "包抓领导", "牵头单位及责任人", "配合单位及责任人"],
                [
                    "1",
                    "建设产业园学校",
                    "甲某\n乙某某",
                    "县教育局 丙某",
                    "县住建局 丁某、县财政局 戊某",
                ],
                ["2", "整治校园周边", "甲某", "县公安局（己某某）", "县城管局（庚某）"],
            ],
            [],
        ),
    )


def _sheets_of_one_list() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    header = ["序号", "反馈问题", "整改措施", "责任单位"]
    for kind, row in (
        ("硬件类", ["1", "校园体育场地不足", "落实用地50亩", "县教育局\n县自然资源局"]),
        (
            "管理类",
            ["2", "校车管理不规范", "1.开展专项整治\n2.通报处罚", "县公安局、各乡镇人民政府"],
        ),
    ):
        page = book.create_sheet(kind)
        for line in ([f"反馈问题整改任务清单（{kind}）"], header, row):
            page.append(line)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _first_leads_in_a_line() -> bytes:
    return word(
        "某市进一步落实优化营商环境政策若干措施",
        "一、破除不合理门槛，营造公平竞争环境",
        "（一）推进示范项目规范建设，加强存量项目监管，确保协议落实到位。",
        "责任单位：市发改委、市财政局（第一责任单位为牵头单位，下同）",
        "时限要求：持续推进",
        "（二）消除招投标中的不合理限制和壁垒。赋予建设单位发包自主权，小型项目不强制监理。",
        "责任单位：市建设局",
        "时限要求：持续推进",
        "二、提升服务水平",
        "（三）提高政策精准度。引导金融机构投放信贷。",
        "责任单位：市金融办、人行某中支、市银保监分局",
        "时限要求：2019年6月底前",
    )


def _rule_inside_a_bracket() -> bytes:
    return word(
        "某市促进学前教育普惠发展行动方案",
        "一、落实政府职责",
        "（一）健全管理体制。建立市统筹、县为主、镇（街道）参与的管理体制。各地要列入议事日程。"
        "(市教育局,市委农办,各县<市、区>人民政府,排名第一位为牵头单位,下同)",
        "（二）建立联席会议制度。协调解决体制机制障碍。(市教育局,市编办,市财政局)",
        "二、扩大普惠资源",
        "（三）规范小区配套园。2019年底前完成治理。(市住房城乡建设局,市教育局,各县<市、区>人民政府)",
    )


def _labels_run_on_with_progress() -> bytes:
    lines = """2014年市政府民生实事项目进展情况公示
1.轨道交通1号线一期工程投入试运营。 牵头领导：略 责任单位：市轨道交通指挥部 项目责任人：略 \
实际完成情况：已于5月30日通车试运营。
2.新增安装300套路口信息采集设备。 牵头领导：略 责任单位：市公安局 项目责任人：略 \
配合单位：市城管局、市财政局 实际完成情况：已完成年度目标的55%，按计划推进。
3.新辟公交线路10条，优化调整20条。 牵头领导：略 责任单位：市交通委 项目责任人：略 \
配合单位：市公安局、市城管局，各区政府 实际完成情况：新辟6条，调整24条。""".splitlines()
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _two_under_one_number() -> bytes:
    return sheet(
        [
            ["2016年民生实事目标任务分解表"],
            ["序号", "民生实事", "责任单位", "完成时限"],
            [
                "1",
                "启动城区段综合治理工程和湿地公园。",
                "县水务局\n县住建局\n县护城河指挥部",
                "12月底前",
            ],
            ["2", "新建2座人行天桥。", "县住建局", "9月投入使用"],
            ["3", "开工建设县老年养护楼。", "县民政局", "5月底前动工"],
            [None, "开工建设老年大学。", None, "12月底前"],
            ["4", "启动第十二小学建设，新建中心幼儿园2所。", "县教科局\n县代建中心", "12月底前"],
        ],
        ["A1:D1", "A5:A6", "C5:C6"],
    )


def _two_bodies_lead() -> bytes:
    return (
        "# 某市2022年优化营商环境工作要点\n\n"
        "一、推动审批全链条优化\n\n"
        "1.全面实施行政许可事项清单管理。2022年10月底前编制公布清单。清单之外不得实施许可。"
        "（市政府办公室、市行政审批制度改革工作领导小组办公室牵头，"
        "市级各有关部门及各县市区政府按职责分工负责）\n\n"
        "2.深化相对集中许可权改革。明晰审管边界。（市政府办公室、市行政审批局牵头，"
        "市级各有关部门及各县市区政府按职责分工负责）\n\n"
        "二、推动监管全过程公正\n\n"
        "3.健全信用监管。实行分级分类管理。（市发展改革委、人行某支行牵头负责）\n"
    ).encode()


def _paragraphs_without_numbers() -> bytes:
    return word(
        "《政府工作报告》重点工作责任分解",
        "为确保完成重点工作，现就各项工作提出如下责任分工：",
        "一、加快转型升级，提升产业竞争力",
        "坚持调优调强，推进产业高端化发展。",
        "突出工业主体地位。投资200亿元，实施工业“155”工程。",
        "责任领导：略；牵头单位：市经信委；责任单位：市发改委、市财政局",
        "提升现代农业水平。建设高标准农田10万亩。",
        "责任领导：略；牵头单位：市农业局；责任单位：市水利局，各区、镇、办事处",
        "二、统筹城乡发展，提升城市承载力",
        "完善城市功能。改造背街小巷30条。",
        "责任领导：略；牵头单位：市城管局；责任单位：市住建委",
    )


def _rectification_text() -> bytes:
    return word(
        "某县生态环境保护督察反馈意见整改措施清单",
        "一、反馈问题：园区污水管网不完善，雨污混流。",
        "责任单位：县住建局、经开区管委会",
        "督导单位：市生态环境局",
        "整改时限：2023年12月底前",
        "整改目标：园区污水应收尽收。",
        "整改措施：",
        "1.完成管网排查，建立台账。",
        "2.新建管网12公里。",
        "二、反馈问题：部分矿山生态修复滞后。",
        "责任单位：县自然资源局、相关乡镇人民政府",
        "督导单位：市自然资源局",
        "整改时限：立行立改，长期坚持",
        "整改目标：完成修复任务。",
        "整改措施：",
        "1.一矿一策编制方案。",
    )


def _rectification_table() -> bytes:
    rows: Rows = [
        ["序号", "反馈问题", "整改目标", "整改措施", "整改时限", "责任单位", "", "督导单位"],
        ["", "", "", "", "", "主体责任", "监管责任", ""],
        [
            "1",
            "扬尘管控不到位。",
            "达标施工。",
            "1.每周巡查。\n2.通报处罚。",
            "6月底前",
            "县住建局",
            "县城管局",
            "市住建局",
        ],
        [
            "2",
            "秸秆焚烧时有发生。",
            "火点下降50%。",
            "网格巡查。",
            "长期坚持",
            "各乡镇（街道）",
            "县农业农村局",
            "市农业农村局",
        ],
        [
            "3",
            "餐饮油烟扰民。",
            "安装率100%。",
            "集中整治。",
            "9月底前",
            "县城管局",
            "县市场监管局",
            "市城管局",
        ],
    ]
    merges = [(0, column, 1, column) for column in (0, 1, 2, 3, 4, 7)]
    return word("附件", "反馈问题整改清单", (rows, [*merges, (0, 5, 0, 6)]))


def _quarters() -> bytes:
    return sheet(
        [
            ["某区重点工作任务推进计划表"],
            ["序号", "工作任务", "时间节点", None, None, None, "主办单位", "协办单位", "责任领导"],
            [None, None, "一季度", "二季度", "三季度", "四季度", None, None, None],
            [
                "1",
                "建成文化馆",
                "完成立项",
                "开工",
                "主体封顶",
                "竣工",
                "区文旅局",
                "区发改委、区财政局",
                "略",
            ],
            [
                "2",
                "改造农贸市场3个",
                "完成设计",
                "开工",
                "完工1个",
                "全部完工",
                "区商务局",
                "区市场监管局、各街道",
                "略",
            ],
            ["3", "新增停车位500个", "选址", "开工", "完成60%", "完成", "区城管局", None, "略"],
        ],
        ["A1:I1", "A2:A3", "B2:B3", "C2:F2", "G2:G3", "H2:H3", "I2:I3"],
    )


def _by_unit() -> bytes:
    return sheet(
        [
            ["2018年主要目标任务分解表"],
            ["责任单位", "序号", "工作任务", "目标值", "配合单位", "责任人"],
            ["区教育局", "1", "新建幼儿园4所", "4所", "区住建局", "略"],
            [None, "2", "培训教师600人次", "600人次", None, "略"],
            ["区卫健局", "3", "创建卫生镇2个", "2个", "各乡镇、街道办事处", "略"],
            [None, "4", "家庭医生签约率75%", "75%", "各乡镇、街道办事处", "略"],
            [None, "5", "建成急救站1个", "1个", "区财政局", "略"],
        ],
        ["A1:F1", "A3:A4", "A5:A7"],
    )


def _starred_numbers() -> bytes:
    return word(
        "某区进一步打造一流营商环境行动方案",
        "一、推进指标系统化提升",
        "（一）企业开办。在准入方面推进改革，方便企业办事。",
        "1*．开展一证多址改革。作出承诺后免于再次办理许可证。（区市场监管局、区行政审批局）",
        "2*．开展住所标准化登记。建立负面清单。（区市场监管局）",
        "（二）获得信贷。",
        "3．建设融资平台。年内入驻机构20家。（区金融局，区税务局、各街镇配合）",
        "注：标*的为创新试点事项。",
    )


def _in_the_sentence() -> bytes:
    return word(
        "某县安全生产专项整治工作任务分工",
        "（一）开展燃气安全整治。由县住建局牵头，县市场监管局、县公安局配合，6月底前完成。",
        "（二）开展校园周边整治。由县教育局牵头负责，县城管局、各乡镇人民政府配合。",
        "（三）开展危房排查。由各乡镇人民政府负责，县住建局指导。",
    )


def _numbers_restart_below_categories() -> bytes:
    rows: Rows = [
        ["某县2023年重点工作任务清单", "", "", "", "", ""],
        ["序号", "工作内容", "牵头领导", "牵头单位", "配合单位", "完成时间"],
        ["一、产业发展（2项）", "", "", "", "", ""],
        ["1", "新增规上企业10家", "略", "县工信局", "县统计局、各镇", "12月底"],
        ["2", "建设标准厂房5万平方米", "略", "经开区管委会", "县住建局", "10月底"],
        ["二、民生保障（2项）", "", "", "", "", ""],
        ["1", "改造老旧小区8个", "略", "县住建局", "县财政局、县城管局", "11月底"],
        ["2", "新建卫生室12个", "略", "县卫健局", "", "9月底"],
    ]
    merges = [(row, 0, row, 5) for row in (0, 2, 5)]
    return word("附件1", (rows, merges))


def _measures_below_a_merged_task() -> bytes:
    return sheet(
        [
            ["重点任务", "序号", "具体措施", "主责单位", "协同单位", "落实情况"],
            ["提升教学质量", "1", "开展教研活动", "县教育局", "县教师进修学校", None],
            [None, "2", "实施名师工程", "县教育局", "县人社局、县财政局", None],
            ["改善办学条件", "3", "改造食堂12个", "县教育局", "县市场监管局", None],
        ],
        ["A2:A3"],
    )


def _labels_in_one_line() -> bytes:
    return word(
        "某县优化营商环境攻坚方案",
        "二、重点任务",
        "（一）实施开办企业便利行动",
        "推行一窗通办，开办时间压减至1个工作日。",
        "牵头单位：县市场监管局   责任单位：县公安局、县税务局   完成时限：2023年6月底前",
        "（二）实施项目审批提速行动",
        "推行并联审批。",
        "牵头单位：县行政审批局   责任单位：县自然资源局、县住建局   完成时限：2023年9月底前",
    )


def _square_brackets() -> bytes:
    return word(
        "1.加强食品安全监管。开展抽检1200批次。【责任单位：县市场监管局等，完成时限：长期坚持】",
        "2.整治非法营运。【牵头单位：县交通运输局；责任单位：县公安局、县城管局等相关单位】",
        "3.开展禁毒宣传。【责任单位：县公安局，各镇（街道）】",
    )


def _stars_lead() -> bytes:
    return sheet(
        [
            ["序号", "重点工作", "工作目标", "责任单位（带★的为牵头单位）"],
            ["1", "推进城市更新", "启动片区2个", "★区住建局、区自然资源局、各街道"],
            ["2", "建设口袋公园", "建成6个", "★区城管局、区财政局"],
            ["3", "整治背街小巷", "完成20条", "★区城管局"],
        ]
    )


def _labels_in_the_cell() -> bytes:
    rows: Rows = [
        ["序号", "目标任务", "工作措施", "责任分工"],
        ["1", "创建文明城市", "开展巡查。", "牵头：县委宣传部\n配合：县城管局、县公安局"],
        ["2", "建设图书馆", "完成主体。", "牵头：县文旅局\n配合：县发改局"],
        ["3", "整治校园周边", "联合执法。", "牵头：县教育局、县公安局"],
    ]
    return word((rows, ()))


def _list_items() -> bytes:
    return (
        "# 某镇2024年民生实事\n\n"
        "1. **硬化村道5公里**\n"
        "   - 责任单位：镇农业农村办\n"
        "   - 配合单位：各村\n"
        "   - 完成时限：10月底前\n"
        "2. **改造公厕3座**\n"
        "   - 责任单位：镇综合执法队\n"
        "   - 完成时限：8月底前\n"
    ).encode()


def _minutes() -> bytes:
    return word(
        "某县人民政府常务会议纪要",
        "会议议定以下事项：",
        "一、关于校车补贴问题。会议原则同意补贴方案。由县交通运输局牵头，县财政局、县教育局配合，于3月底前落实到位。",
        "二、关于客运站搬迁问题。会议要求加快选址。由县自然资源局负责，6月底前完成选址。",
        "会议强调，各单位要按照议定事项抓好落实。",
    )


def _a_unit_of_measure() -> bytes:
    return sheet(
        [
            ["某县2024年主要指标分解表"],
            ["序号", "指标名称", "单位", "目标值", "牵头单位", "责任单位"],
            ["1", "地区生产总值增速", "%", "6.5", "县发改局", "县统计局、各镇"],
            ["2", "一般公共预算收入", "亿元", "12.8", "县财政局", "县税务局"],
            ["3", "新增城镇就业", "人", "3000", "县人社局", None],
        ],
        ["A1:F1"],
    )


def _rowspans() -> bytes:
    return (
        "<html><head><meta charset='utf-8'></head><body><p>某市为民办实事责任分解表</p>"
        "<table border=1><tr><td>序号</td><td>实事内容</td><td>分管领导</td><td>责任单位</td><td>完成时限</td></tr>"
        "<tr><td>1</td><td>新建公交站亭50座</td><td rowspan=2>略</td><td>市交通局</td><td>6月底</td></tr>"
        "<tr><td>2</td><td>更新公交车30辆</td><td>市公交集团</td><td>12月底</td></tr>"
        "<tr><td>3</td><td>建设充电桩200个</td><td>略</td><td>市发改委<br>市住建局</td><td>12月底</td></tr>"
        "</table></body></html>"
    ).encode()


def _units_as_headings() -> bytes:
    return word(
        "某县深化改革重点任务分工",
        "县教育局：",
        "1.推进集团化办学。",
        "2.落实课后服务。",
        "县民政局：",
        "3.建设养老服务中心。",
        "县人力资源和社会保障局：",
        "4.举办招聘会20场。",
    )


def _units_in_the_next_line() -> bytes:
    return word(
        "一、优化审批服务",
        "压减时限30%，推行全程网办。",
        "责任单位：",
        "县行政审批局、县住建局",
        "完成时限：",
        "2023年底前",
        "二、强化要素保障",
        "开展银企对接活动12场。",
        "责任单位：",
        "县金融服务中心",
        "完成时限：",
        "持续推进",
    )


def _wanted(*rows: tuple[str, str, str, str]) -> tuple[Wanted, ...]:
    return tuple(
        Wanted(shown, goal, _names(leads), _names(duties)) for shown, goal, leads, duties in rows
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split()) if text else ()


ISSUED_PLANS: dict[str, IssuedPlan] = {
    "persons beside units": IssuedPlan(
        "包抓.docx",
        _persons_beside_units,
        (
            Wanted(
                "1",
                "建设产业园学校",
                ("县教育局",),
                ("县住建局", "县财政局"),
                others={"包抓领导": "甲某、乙某某", "牵头责任人": "县教育局：丙某"},
            ),
            Wanted(
                "2",
                "整治校园周边",
                ("县公安局",),
                ("县城管局",),
                others={"配合责任人": "县城管局（庚某）"},
            ),
        ),
    ),
    "sheets of one list": IssuedPlan(
        "清单.xlsx",
        _sheets_of_one_list,
        (
            Wanted("1", "校园体育场地不足", (), ("县教育局", "县自然资源局"), "落实用地50亩"),
            Wanted(
                "2",
                "校车管理不规范",
                (),
                ("县公安局", "各乡镇人民政府"),
                "1.开展专项整治；2.通报处罚",
            ),
        ),
    ),
    "names behind and so on": IssuedPlan(
        "分工.docx",
        _names_behind_and_so_on,
        _wanted(
            ("1", "建学校", "县教育局", "县财政局 各乡镇人民政府"),
            ("2", "修道路", "县交通局", "县财政局 县住建局"),
            ("3", "办赛事", "县文旅局", "县教育局 各乡镇人民政府"),
        ),
    ),
    "and all counties": IssuedPlan(
        "分工.docx",
        _and_all_counties,
        _wanted(
            ("1", "完善经费机制。", "省财政厅", "省教育厅 各市、县人民政府"),
            ("2", "配齐教师。", "省教育厅", "省委编办 各市、县（区）人民政府"),
            ("3", "建设校舍。", "省住房城乡建设厅", "省教育厅 各设区市、县（市、区）人民政府"),
            ("4", "加强督导。", "省教育厅", "各市（州）、县（市、区）人民政府"),
            ("5", "丰富体育活动。", "省体育局", "省教育厅 团省委 各市州人民政府"),
        ),
    ),
    "a gap parts names": IssuedPlan(
        "分解.docx",
        _a_gap_parts_names,
        _wanted(
            ("1", "建健身步道", "县住建局", "县文旅局 县林业局"),
            ("2", "办农民丰收节", "县农业农村局", "县文旅局 县委宣传部"),
            ("3", "送戏下乡", "县文旅局", "县委宣传部 各乡镇"),
            ("4", "开放学校场馆", "县教育局", "县文旅局 县财政局"),
        ),
    ),
    "units are counted": IssuedPlan(
        "分解.docx",
        _units_are_counted,
        _wanted(
            ("1", "完成城区学校扩容提质工程。", "县教体局", "县自然资源局 县住建局 县财政局"),
            ("2", "完成3个乡镇卫生院标准化建设。", "县卫健局", "县财政局 有关乡镇人民政府"),
            ("3", "建设高标准农田5万亩。", "县农业农村局", "县水利局 各乡镇（街道）"),
        ),
    ),
    "departments and counties in prose": IssuedPlan(
        "分工.docx",
        _departments_and_counties_in_prose,
        _wanted(
            (
                "1",
                "健全经费保障机制。",
                "省财政厅 省教育厅",
                "各市、县人民政府",
            ),
            (
                "2",
                "加强乡村教师队伍建设。",
                "省教育厅",
                "省委编办 人力资源社会保障厅 财政厅 各市、县人民政府",
            ),
            ("3", "推进智慧校园建设。", "省教育厅", "省通信管理局 省大数据局"),
        ),
    ),
    "a line that says that the first one leads": IssuedPlan(
        "若干措施.docx",
        _first_leads_in_a_line,
        (
            Wanted(
                "（一）",
                "推进示范项目规范建设，加强存量项目监管，确保协议落实到位。",
                ("市发改委",),
                ("市发改委", "市财政局"),
                others={"时限要求": "持续推进"},
            ),
            Wanted(
                "（二）",
                "消除招投标中的不合理限制和壁垒。",
                ("市建设局",),
                ("市建设局",),
                "赋予建设单位发包自主权，小型项目不强制监理。",
                {"时限要求": "持续推进"},
            ),
            Wanted(
                "（三）",
                "提高政策精准度。",
                ("市金融办",),
                ("市金融办", "人行某中支", "市银保监分局"),
                "引导金融机构投放信贷。",
                {"时限要求": "2019年6月底前"},
            ),
        ),
    ),
    "a rule among the units of a bracket": IssuedPlan(
        "行动方案.docx",
        _rule_inside_a_bracket,
        _wanted(
            ("（一）", "健全管理体制。", "市教育局", "市教育局 市委农办 各县（市、区）人民政府"),
            ("（二）", "建立联席会议制度。", "市教育局", "市教育局 市编办 市财政局"),
            (
                "（三）",
                "规范小区配套园。",
                "市住房城乡建设局",
                "市住房城乡建设局 市教育局 各县（市、区）人民政府",
            ),
        ),
    ),
    "labels that run on, and how far it has come": IssuedPlan(
        "公示.html",
        _labels_run_on_with_progress,
        _wanted(
            ("1", "轨道交通1号线一期工程投入试运营。", "", "市轨道交通指挥部"),
            ("2", "新增安装300套路口信息采集设备。", "", "市公安局 市城管局 市财政局"),
            ("3", "新辟公交线路10条，优化调整20条。", "", "市交通委 市公安局 市城管局 各区政府"),
        ),
    ),
    "two tasks under one merged number": IssuedPlan(
        "实事.xlsx",
        _two_under_one_number,
        _wanted(
            ("1", "启动城区段综合治理工程和湿地公园。", "", "县水务局 县住建局 县护城河指挥部"),
            ("2", "新建2座人行天桥。", "", "县住建局"),
            ("3", "开工建设县老年养护楼。", "", "县民政局"),
            ("3", "开工建设老年大学。", "", "县民政局"),
            ("4", "启动第十二小学建设，新建中心幼儿园2所。", "", "县教科局 县代建中心"),
        ),
    ),
    "two bodies that lead together": IssuedPlan(
        "要点.md",
        _two_bodies_lead,
        _wanted(
            (
                "1",
                "全面实施行政许可事项清单管理。",
                "市政府办公室 市行政审批制度改革工作领导小组办公室",
                "市级各有关部门 各县市区政府",
            ),
            (
                "2",
                "深化相对集中许可权改革。",
                "市政府办公室 市行政审批局",
                "市级各有关部门 各县市区政府",
            ),
            ("3", "健全信用监管。", "市发展改革委 人行某支行", ""),
        ),
    ),
    "paragraphs without numbers": IssuedPlan(
        "责任分解.docx",
        _paragraphs_without_numbers,
        _wanted(
            ("1", "突出工业主体地位。", "市经信委", "市发改委 市财政局"),
            ("2", "提升现代农业水平。", "市农业局", "市水利局 各区、镇、办事处"),
            ("3", "完善城市功能。", "市城管局", "市住建委"),
        ),
    ),
    "problems to be mended, in lines": IssuedPlan(
        "整改清单.docx",
        _rectification_text,
        _wanted(
            ("一", "园区污水管网不完善，雨污混流。", "", "县住建局 经开区管委会"),
            ("二", "部分矿山生态修复滞后。", "", "县自然资源局 相关乡镇人民政府"),
        ),
    ),
    "problems to be mended, in a table": IssuedPlan(
        "整改清单表.docx",
        _rectification_table,
        _wanted(
            ("1", "扬尘管控不到位。", "", "县住建局 县城管局"),
            ("2", "秸秆焚烧时有发生。", "", "各乡镇（街道） 县农业农村局"),
            ("3", "餐饮油烟扰民。", "", "县城管局 县市场监管局"),
        ),
    ),
    "what is to be reached each quarter": IssuedPlan(
        "推进计划.xlsx",
        _quarters,
        _wanted(
            ("1", "建成文化馆", "区文旅局", "区发改委 区财政局"),
            ("2", "改造农贸市场3个", "区商务局", "区市场监管局 各街道"),
            ("3", "新增停车位500个", "区城管局", ""),
        ),
    ),
    "units in front, each merged over its tasks": IssuedPlan(
        "分解表.xlsx",
        _by_unit,
        _wanted(
            ("1", "新建幼儿园4所", "", "区教育局 区住建局"),
            ("2", "培训教师600人次", "", "区教育局"),
            ("3", "创建卫生镇2个", "", "区卫健局 各乡镇、街道办事处"),
            ("4", "家庭医生签约率75%", "", "区卫健局 各乡镇、街道办事处"),
            ("5", "建成急救站1个", "", "区卫健局 区财政局"),
        ),
    ),
    "numbers with stars": IssuedPlan(
        "营商环境.docx",
        _starred_numbers,
        _wanted(
            ("1*", "开展一证多址改革。", "", "区市场监管局 区行政审批局"),
            ("2*", "开展住所标准化登记。", "", "区市场监管局"),
            ("3", "建设融资平台。", "区金融局", "区税务局 各街镇"),
        ),
    ),
    "who answers in the sentence": IssuedPlan(
        "专项整治.docx",
        _in_the_sentence,
        _wanted(
            ("（一）", "开展燃气安全整治。", "县住建局", "县市场监管局 县公安局"),
            ("（二）", "开展校园周边整治。", "县教育局", "县城管局 各乡镇人民政府"),
            ("（三）", "开展危房排查。", "各乡镇人民政府", "县住建局"),
        ),
    ),
    "numbers restart below categories": IssuedPlan(
        "任务清单.docx",
        _numbers_restart_below_categories,
        _wanted(
            ("1", "新增规上企业10家", "县工信局", "县统计局 各镇"),
            ("2", "建设标准厂房5万平方米", "经开区管委会", "县住建局"),
            ("1", "改造老旧小区8个", "县住建局", "县财政局 县城管局"),
            ("2", "新建卫生室12个", "县卫健局", ""),
        ),
    ),
    "measures below a merged task": IssuedPlan(
        "措施.xlsx",
        _measures_below_a_merged_task,
        _wanted(
            ("1", "提升教学质量", "县教育局", "县教师进修学校"),
            ("2", "提升教学质量", "县教育局", "县人社局 县财政局"),
            ("3", "改善办学条件", "县教育局", "县市场监管局"),
        ),
    ),
    "labels in one line": IssuedPlan(
        "攻坚.docx",
        _labels_in_one_line,
        _wanted(
            ("（一）", "实施开办企业便利行动", "县市场监管局", "县公安局 县税务局"),
            ("（二）", "实施项目审批提速行动", "县行政审批局", "县自然资源局 县住建局"),
        ),
    ),
    "square brackets": IssuedPlan(
        "监管.docx",
        _square_brackets,
        _wanted(
            ("1", "加强食品安全监管。", "", "县市场监管局"),
            ("2", "整治非法营运。", "县交通运输局", "县公安局 县城管局"),
            ("3", "开展禁毒宣传。", "", "县公安局 各镇（街道）"),
        ),
    ),
    "stars lead": IssuedPlan(
        "更新.xlsx",
        _stars_lead,
        _wanted(
            ("1", "推进城市更新", "区住建局", "区自然资源局 各街道"),
            ("2", "建设口袋公园", "区城管局", "区财政局"),
            ("3", "整治背街小巷", "区城管局", ""),
        ),
    ),
    "labels in the cell": IssuedPlan(
        "分工表.docx",
        _labels_in_the_cell,
        _wanted(
            ("1", "创建文明城市", "县委宣传部", "县城管局 县公安局"),
            ("2", "建设图书馆", "县文旅局", "县发改局"),
            ("3", "整治校园周边", "县教育局 县公安局", ""),
        ),
    ),
    "list items": IssuedPlan(
        "镇实事.md",
        _list_items,
        _wanted(
            ("1", "硬化村道5公里", "", "镇农业农村办 各村"),
            ("2", "改造公厕3座", "", "镇综合执法队"),
        ),
    ),
    "minutes": IssuedPlan(
        "纪要.docx",
        _minutes,
        _wanted(
            ("一", "关于校车补贴问题。", "县交通运输局", "县财政局 县教育局"),
            ("二", "关于客运站搬迁问题。", "", "县自然资源局"),
        ),
    ),
    "a unit of measure": IssuedPlan(
        "指标表.xlsx",
        _a_unit_of_measure,
        _wanted(
            ("1", "地区生产总值增速", "县发改局", "县统计局 各镇"),
            ("2", "一般公共预算收入", "县财政局", "县税务局"),
            ("3", "新增城镇就业", "县人社局", ""),
        ),
    ),
    "rowspans": IssuedPlan(
        "实事表.html",
        _rowspans,
        _wanted(
            ("1", "新建公交站亭50座", "", "市交通局"),
            ("2", "更新公交车30辆", "", "市公交集团"),
            ("3", "建设充电桩200个", "", "市发改委 市住建局"),
        ),
    ),
    "units as headings": IssuedPlan(
        "改革.docx",
        _units_as_headings,
        _wanted(
            ("1", "推进集团化办学。", "", "县教育局"),
            ("2", "落实课后服务。", "", "县教育局"),
            ("3", "建设养老服务中心。", "", "县民政局"),
            ("4", "举办招聘会20场。", "", "县人力资源和社会保障局"),
        ),
    ),
    "units in the next line": IssuedPlan(
        "审批.docx",
        _units_in_the_next_line,
        _wanted(
            ("一", "优化审批服务", "", "县行政审批局 县住建局"),
            ("二", "强化要素保障", "", "县金融服务中心"),
        ),
    ),
}
