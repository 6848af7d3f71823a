"""Plans in prose whose tasks stand in blocks: each is a task with the units that are its own."""

from collections.abc import Sequence

import pytest

from edu_sheet.plan.documents import Issued, read_issued
from edu_sheet.words.columns import CATEGORY
from edu_sheet.words.errors import PlanError
from tests.support.issued_plans import Rows, word

_UNITS = ("县住建局", "县水利局", "县教育局")


def _read(*lines: str | tuple[Rows, Sequence[tuple[int, int, int, int]]]) -> Issued:
    return read_issued(word("某县重点任务分工方案", *lines), "方案.docx")


def _leads(read: Issued) -> list[tuple[str, str]]:
    return [(one.goal, one.lead_text) for one in read.plan.tasks]


@pytest.mark.parametrize("begin", ["任务{}：", "【项目{}】", "措施{}　", "任务：", "任务{}\n"])
def test_each_block_is_a_task_with_its_own_lead(begin: str) -> None:
    lines = [
        line
        for number, unit in enumerate(_UNITS, 1)
        for line in (
            f"{begin.format(number)}新建场馆{number}处",
            f"牵头单位：{unit}",
            "责任单位：县财政局",
        )
    ]
    assert _leads(_read(*lines)) == [
        (f"新建场馆{number}处", unit) for number, unit in enumerate(_UNITS, 1)
    ]


def test_labels_in_brackets_or_before_a_bar_say_who_answers() -> None:
    read = _read(
        *("1.建学校", "【牵头单位】县教育局", "〖责任单位〗县财政局"),
        *("2.修道路", "牵头单位|县交通局", "责任单位——县财政局"),
        "3.种树木。【牵头单位】县林业局【责任单位】县财政局",
    )
    found = [(one.lead_text, one.responsible_text) for one in read.plan.tasks]
    assert found == [(unit, "县财政局") for unit in ("县教育局", "县交通局", "县林业局")]


def test_units_that_are_said_twice_of_a_task_are_asked_about() -> None:
    read = _read("1.建学校", "牵头单位：县教育局", "责任单位：县财政局", "牵头单位：县水利局")
    assert any("是不是另一项任务" in one.read_as for one in read.review if one.ask)


def test_a_sentence_on_the_tasks_above_gives_each_its_units_and_is_asked_about_once() -> None:
    read = _read(
        *("一、源头", "1.监测样品。", "2.查处违法。", "以上任务由县水利局牵头，县公安局配合。"),
        *("二、经营", "3.明厨亮灶。", "（以上任务由县教育局牵头）"),
    )
    assert _leads(read) == [
        ("监测样品。", "县水利局"),
        ("查处违法。", "县水利局"),
        ("明厨亮灶。", "县教育局"),
    ]
    assert [one.place for one in read.review if one.ask] == ["第3段", "第7段"]


_TABLE: tuple[Rows, Sequence[tuple[int, int, int, int]]] = (
    [
        ["序号", "任务", "牵头单位"],
        ["3", "治理欠薪三百起", "县人社局"],
        ["4", "培训家政人员", "县妇联"],
    ],
    [],
)


def test_tasks_in_prose_and_in_a_table_are_all_read_in_the_order_of_the_document() -> None:
    prose = [
        "1.新增就业。（县人社局牵头，县工信局配合）",
        "2.建设车间。",
        "县工信局牵头，各乡镇配合",
    ]
    read = read_issued(word("某县重点任务分工方案", *prose, _TABLE), "方案.docx")
    assert [one.shown for one in read.plan.tasks] == ["1", "2", "3", "4"]
    assert [one.lead_text for one in read.plan.tasks][:2] == ["县人社局", "县工信局"]


def test_tasks_that_a_table_repeats_are_read_once_and_asked_about() -> None:
    prose = ["1.治理欠薪三百起。（县人社局牵头）", "2.培训家政人员。（县妇联牵头）"]
    read = read_issued(word("某县重点任务分工方案", *prose, _TABLE), "方案.docx")
    assert [one.shown for one in read.plan.tasks] == ["3", "4"]
    (asked,) = [one for one in read.review if one.ask]
    assert "治理欠薪三百起" in asked.text


def test_a_text_on_who_answers_that_is_no_task_is_asked_about() -> None:
    note = "除注明的外，各乡镇均为配合单位。"
    read = read_issued(word("某县重点任务分工方案", note, _TABLE), "方案.docx")
    assert [one.text for one in read.review if one.ask] == [note]


def test_the_lead_of_a_heading_leads_the_tasks_below_that_only_name_others() -> None:
    read = _read(
        *("一、县教育局牵头的改革任务（2项）", "1.建学校", "配合单位：县财政局", "2.修校舍"),
        *("牵头单位：县住建局", "配合单位：县财政局"),
    )
    assert _leads(read) == [("建学校", "县教育局"), ("修校舍", "县住建局")]
    assert ["取自标题" in one.read_as for one in read.review if one.ask] == [True]


def test_minutes_give_tasks_with_their_days_and_without_those_present() -> None:
    read = _read(
        "一、由县住建局牵头，县水利局配合，于2027年5月20日前完成清淤。",
        "二、由县财政局负责，于2027年4月底前拨付经费。",
        "参会人员：县住建局、县水利局主要负责同志。",
        *("附件：1.清单", "2.名单"),
    )
    assert [one.words for one in read.plan.deadlines] == ["2027年5月20日前", "2027年4月底前"]
    assert not any(one.requirements for one in read.plan.tasks)
    assert {header for one in read.plan.tasks for header, _ in one.others} == {"完成时限"}


def test_tasks_of_annexes_stand_under_their_annex_not_under_the_notice() -> None:
    tasks = ("1.建学校", "责任单位：县教育局")
    read = _read(
        *("一、提高认识。要高度重视。", "二、强化督查。每月通报一次。"),
        *("附件1", "重点工作", *tasks, "附件2", "民生实事", *tasks),
    )
    assert [one.text(CATEGORY) for one in read.plan.tasks] == ["重点工作", "民生实事"]


def test_a_remark_behind_a_unit_makes_no_second_unit() -> None:
    read = _read(
        "1.编规划（县发改局（规划纲要）牵头，县统计局配合）",
        "2.建专区（县发改局牵头，县税务局配合）",
    )
    assert [one.name for one in read.plan.roster.units] == ["县发改局", "县统计局", "县税务局"]
    assert any("县发改局（规划纲要）" in one.read_as for one in read.review if one.ask)


def test_a_refusal_quotes_the_line_that_names_a_unit() -> None:
    with pytest.raises(PlanError, match="有的段落写着单位（如“★牵头单位→县教育局”）"):
        _read("建学校", "★牵头单位→县教育局")


def test_demands_of_a_covering_notice_are_asked_about_and_no_tasks() -> None:
    notice = ("一、提高认识。要高度重视（县委办负责督办）。", "二、强化督查。由县政府督查室牵头。")
    read = read_issued(word("某县重点任务分工方案", *notice, _TABLE), "方案.docx")
    assert [one.shown for one in read.plan.tasks] == ["3", "4"]
    assert [one.text for one in read.review if one.ask] == list(notice)


def test_headings_that_are_counted_by_a_word_are_categories() -> None:
    read = _read(
        *(
            "任务1 产业振兴",
            "（一）建厂房",
            "牵头单位：县工信局",
            "（二）招商",
            "牵头单位：县商务局",
        ),
        *("任务2 人才振兴", "（三）育才", "牵头单位：县人社局"),
    )
    assert [one.text(CATEGORY) for one in read.plan.tasks] == [
        *["任务1产业振兴"] * 2,
        "任务2人才振兴",
    ]


@pytest.mark.parametrize(
    ("units", "names"),
    [
        ("市发改委　五县五区政府　开发区管委会", ("市发改委", "五县五区政府", "开发区管委会")),
        ("各县区 市直有关部门", ("各县区", "市直有关部门")),
        ("市发改委｜市财政局·市审计局", ("市发改委", "市财政局", "市审计局")),
    ],
)
@pytest.mark.parametrize("around", ["（{}）", "\n责任单位：{}", "（责任单位：{}）", "。由{}负责。"])
def test_units_that_but_a_gap_or_a_mark_parts_are_several(
    units: str, names: tuple[str, ...], around: str
) -> None:
    read = _read(*f"1.建设园区{around.format(units)}".split("\n"))
    assert [one.responsible for one in read.plan.tasks] == [names]


@pytest.mark.parametrize(
    "units", ["五县五区　开发区管委会", "县发改局县财政局", "人保财险 县财政局"]
)
@pytest.mark.parametrize("around", ["（县教育局、{}）", "\n责任单位：县教育局、{}"])
def test_units_that_may_run_into_each_other_are_asked_about(units: str, around: str) -> None:
    read = _read(*f"1.建设园区{around.format(units)}".split("\n"))
    assert [one.read_as for one in read.review if one.ask] == [
        f"“{units}”按一个单位读，是两个单位的请用顿号隔开，请核对"
    ]


def test_a_unit_s_name_with_a_gap_in_it_is_one_and_is_not_asked_about() -> None:
    read = _read("1.建设园区（县住房和城乡 建设局、武陵县 教育局、市生态环境局某县 分局）")
    assert [one.responsible for one in read.plan.tasks] == [
        ("县住房和城乡建设局", "武陵县教育局", "市生态环境局某县分局")
    ]
    assert not [one for one in read.review if one.ask]


def test_who_answers_may_be_said_with_a_verb_at_an_item_s_end() -> None:
    read = _read(
        "1.农民收入增长8%（人均），责任单位为县农业局；",
        "2.投资增长9%，牵头单位是县发改局，责任单位分别为县财政局、县住建局，完成时限为6月底。",
        "3.就业2000人（牵头单位为县人社局，责任单位为县妇联）。",
    )
    found = [(one.goal, one.lead_text, one.responsible_text) for one in read.plan.tasks]
    assert found == [
        ("农民收入增长8%（人均）", "", "县农业局"),
        ("投资增长9%", "县发改局", "县财政局、县住建局"),
        ("就业2000人。", "县人社局", "县妇联"),
    ]
    assert dict(read.plan.tasks[1].others).get("完成时限") == "6月底" or read.plan.deadlines


def test_units_that_a_list_does_not_name_are_noted_and_a_group_among_them_is_asked_about() -> None:
    read = _read(
        "1.增收。（牵头单位：县发改局等部门；责任单位：县财政局等县直有关单位，各乡镇）",
        "2.就业。（牵头单位：县人社局；责任单位：县妇联等县直有关单位和各乡镇）",
    )
    assert [one.responsible for one in read.plan.tasks] == [
        ("县财政局", "各乡镇"),
        ("县妇联", "各乡镇"),
    ]
    noted = [one.text for one in read.review if "没有点名" in one.read_as and not one.ask]
    assert noted == ["等部门", "等县直有关单位"]
    assert [one.place for one in read.review if one.ask] == ["第2段"]


def test_who_undertakes_a_task_with_others_leads_it() -> None:
    read = _read(
        *("一、治理畜牧业", "由县商务局承办，县卫健局协办。", "主要措施：", "（一）改造屠宰场。"),
        *("二、治理水产业", "由县海洋局承办，县财政局协办。", "工作目标：合格率达97%。"),
    )
    found = [(one.lead_text, one.responsible_text) for one in read.plan.tasks]
    assert found == [("县商务局", "县卫健局"), ("县海洋局", "县财政局")]


@pytest.mark.parametrize("help_", ["协办", "配合单位"])
def test_the_label_of_who_undertakes_names_the_lead_beside_those_who_help(help_: str) -> None:
    in_line = _read("1.建学校", f"承办：县教育局；{help_}：县财政局")
    in_lines = _read("1.建学校", "承办单位：县教育局", f"{help_}：县财政局")
    columns: Rows = [["序号", "任务", "承办单位", help_], ["1", "建学校", "县教育局", "县财政局"]]
    in_columns = _read(*[(columns, [])])
    beside_lead = _read("1.建学校", f"主办：县政府办；承办：县教育局；{help_}：县财政局")
    found = [
        (one.plan.tasks[0].lead_text, one.plan.tasks[0].responsible_text)
        for one in (in_line, in_lines, in_columns)
    ]
    assert found == [("县教育局", "县财政局")] * 3
    assert _leads(beside_lead) == [("建学校", "县政府办")]


def test_who_carries_out_a_task_or_finds_its_funds_answers_for_it() -> None:
    read = _read(
        "1.修校舍，由县教育局实施。",
        "2.建学校。（由县教育局、县财政局会同县住建局组织实施）",
        "3.修道路。（县交通局牵头，县财政局落实资金，县公安局配合）",
        "4.种树木，县林业局牵头，县财政局落实资金，县公安局配合。",
    )
    assert [(one.leads, one.responsible) for one in read.plan.tasks] == [
        ((), ("县教育局",)),
        (("县教育局", "县财政局"), ("县住建局",)),
        (("县交通局",), ("县财政局", "县公安局")),
        (("县林业局",), ("县财政局", "县公安局")),
    ]


def test_a_requirement_that_names_the_lead_gives_it_and_is_asked_about_once() -> None:
    read = _read(
        *("1.建学校。", "责任单位：县教育局　县财政局", "责 任 人：局长甲"),
        "工作要求：由县教育局牵头，并负责报进度。",
        *("2.修道路。", "责任单位：县交通局", "工作要求：由县交通局牵头，并负责报进度。"),
    )
    assert _leads(read) == [("建学校。", "县教育局"), ("修道路。", "县交通局")]
    assert dict(read.plan.tasks[0].others).popitem()[1] == "局长甲"
    assert [one.place for one in read.review if one.ask] == ["第2段、第3段、第4段、第5段"]


@pytest.mark.parametrize("joint", ["、", "和"])
def test_the_departments_of_committee_and_government_are_one_name(joint: str) -> None:
    read = _read(f"1.修桥。（县交通局、县委{joint}县政府各部门）")
    assert [one.responsible for one in read.plan.tasks] == [("县交通局", "县委、县政府各部门")]


def test_all_units_before_the_word_for_together_lead() -> None:
    read = _read(
        "1.种树。（县发改局、县林业局会同有关部门和各乡镇负责）",
        "2.修路。（牵头单位：县发改局、县交通局会同县财政局）",
    )
    found = [(one.leads, one.responsible) for one in read.plan.tasks]
    assert found == [
        (("县发改局", "县林业局"), ("有关部门", "各乡镇")),
        (("县发改局", "县交通局"), ("县财政局",)),
    ]


def test_what_is_done_behind_units_is_no_unit() -> None:
    read = _read(
        "1.建校舍。由县教育局牵头，县财政局、县住建局配合，成立工作专班。",
        "2.建道路。（县交通局）",
        "责任单位：各有关单位要高度重视。",
    )
    assert read.plan.tasks[0].responsible == ("县财政局", "县住建局")
    assert read.plan.tasks[0].requirements == "成立工作专班。"
    assert any("各有关单位要高度重视" in one.read_as for one in read.review if one.ask)


def test_a_block_may_begin_with_who_is_in_charge_of_it() -> None:
    lines = ("主管领导：副市长", "责任单位：{}", "进度安排：6月底前开工")
    read = _read(
        *("新建学校3所，年内开工。", *(one.format("市教育局") for one in lines)),
        *("新建道路3条，年内开工。", *(one.format("市交通局") for one in lines)),
    )
    assert [(one.goal, one.responsible) for one in read.plan.tasks] == [
        ("新建学校3所，年内开工。", ("市教育局",)),
        ("新建道路3条，年内开工。", ("市交通局",)),
    ]


def test_a_deadline_in_a_second_bracket_or_behind_the_bracket_is_the_task_s() -> None:
    read = _read(
        "1.修道路5条（责任单位：县交通局）（完成时限：2025年6月底）",
        "2.修水库2座。（县水利局）。完成时限：2025年9月底",
        "3.造林千亩[责任单位：县林业局；完成时限：2025年10月底]",
    )
    assert [one.responsible_text for one in read.plan.tasks] == ["县交通局", "县水利局", "县林业局"]
    assert [str(one.when)[5:7] for one in read.plan.deadlines] == ["06", "09", "10"]
    assert not [one for one in read.review if one.ask]


def test_a_list_of_units_goes_on_in_the_next_line_and_nothing_behind_it_is_lost() -> None:
    read = _read(
        *("1.抓就业。", "责任单位：县财政局、", "县人社局", "完成时限：2025年6月底"),
        *("2.抓教育。", "责任单位：县教育局", "各乡镇", "完成时限：2025年9月底"),
    )
    assert [one.responsible for one in read.plan.tasks] == [
        ("县财政局", "县人社局"),
        ("县教育局", "各乡镇"),
    ]
    assert [str(one.when)[5:7] for one in read.plan.deadlines] == ["06", "09"]


def test_lines_of_units_above_tasks_that_count_from_1_answer_for_those_below() -> None:
    read = _read(
        *("牵头单位：县人社局", "责任单位：县财政局", "1.抓就业。", "2.抓创业。"),
        *("牵头单位：县教育局", "1.抓教育。", "2.抓培训。"),
    )
    assert _leads(read) == [
        ("抓就业。", "县人社局"),
        ("抓创业。", "县人社局"),
        ("抓教育。", "县教育局"),
        ("抓培训。", "县教育局"),
    ]
    assert len([one for one in read.review if one.ask]) == 2


@pytest.mark.parametrize("said", ["县教育局牵头、县财政局配合", "县教育局负责、县财政局协助"])
def test_who_leads_is_told_by_its_own_word_within_one_clause(said: str) -> None:
    assert _leads(_read(f"1.建校舍。（{said}）")) == [("建校舍。", "县教育局")]


def test_a_person_in_a_bracket_behind_a_unit_and_a_supervisor_are_no_end_of_the_list() -> None:
    read = _read(
        "1.建校舍。（责任单位：县教育局（联系人：甲某，电话：12345）、县财政局；监督单位：县纪委）",
        "2.修路。 责任单位：县交通局 监管单位：县审计局 责任人：甲某　乙某某",
        "3.建园。（县教育局、县财政局，各园区管委会，开发区，2025年6月底前完成）",
    )
    assert [one.responsible for one in read.plan.tasks] == [
        ("县教育局", "县财政局"),
        ("县交通局",),
        ("县教育局", "县财政局", "各园区管委会", "开发区"),
    ]
    others = [text for one in read.plan.tasks for _, text in one.others if text]
    assert {"甲某", "12345", "县纪委", "县审计局", "甲某、乙某某"} <= {*others}
    assert not [one for one in read.review if one.ask]


def test_what_a_bracket_says_a_unit_has_to_do_is_no_part_of_its_name() -> None:
    read = _read(
        "1.养老。牵头单位：县民政局（牵头负责机构建设），责任单位：县财政局（负责资金）、县住建局"
    )
    assert read.plan.tasks[0].leads == ("县民政局",)
    assert read.plan.tasks[0].responsible == ("县财政局", "县住建局")
    assert len([one for one in read.review if one.ask]) == 2


def test_points_below_a_paragraph_that_says_who_answers_are_what_it_asks_for() -> None:
    text = "1. 就业（县人社局牵头）\n   - 办招聘会\n   - 设岗位\n2. 贷款（县财政局牵头）\n"
    read = read_issued(f"# 某县任务分工方案\n\n{text}".encode(), "方案.md")
    assert [(one.goal, one.requirements) for one in read.plan.tasks] == [
        ("就业", "办招聘会；设岗位"),
        ("贷款", ""),
    ]
    assert not [one for one in read.review if one.ask]


def test_no_unit_of_a_list_is_lost_in_silence() -> None:
    read = _read(
        *("1.建医院。", "（责任单位：县卫健局", "县财政局）"),
        "2.建桥梁（县交通局、县财政局）、道路（县住建局）。",
        *("3.建公园。（县城管局）（2025年6月底前完成）",),
        *("4.建广场。", "牵头单位：无", "责任单位：县城管局", "（完成时限：2025年9月底）"),
    )
    assert [(one.lead_text, one.responsible) for one in read.plan.tasks] == [
        ("", ("县卫健局", "县财政局")),
        ("", ("县住建局",)),
        ("", ("县城管局",)),
        ("", ("县城管局",)),
    ]
    asked = [one.read_as for one in read.review if one.ask]
    assert asked == ["文字里的“（县交通局、县财政局）”像是单位，没有读作责任单位：请核对"]
    assert [str(one.when) for one in read.plan.deadlines] == ["2025-06-30", "2025-09-30"]


def test_the_first_heading_that_names_a_lead_is_no_title_and_leads_as_the_others_do() -> None:
    read = _read(
        *(
            "县教育局牵头任务",
            "1.建学校。（配合单位：县财政局）",
            "2.招教师。（配合单位：县委编办）",
        ),
        *("县卫健局牵头任务", "3.建医院。（配合单位：县财政局）"),
    )
    assert read.plan.settings.title == "某县重点任务分工方案"
    assert [one.lead_text for one in read.plan.tasks] == ["县教育局", "县教育局", "县卫健局"]


def test_a_note_between_tasks_is_asked_about_and_one_below_them_all_is_shown() -> None:
    read = _read(
        *("1.建学校。", "责任单位：县教育局", "注：由县委督查室督办。"),
        *("2.建医院。", "责任单位：县卫健局", "注：标*的是民生实事。"),
    )
    assert [one.place for one in read.review if one.ask] == ["第4段"]


def test_a_measure_that_names_its_own_units_is_asked_about_even_where_they_are_not_read() -> None:
    named = "（县教育局牵头，县财政局、共青团中央等按职责分工负责）"
    unread = "（县教育局牵头，县财政局、某某某等按职责分工负责）"
    closing = "各地区、各部门要对照上述任务分工，细化实化措施，明确时间表，落实责任单位和责任人。"
    for bracket, goals in ((named, ["促进就业。", "发放补贴。"]), (unread, ["促进就业。"])):
        read = _read(
            *("（一）促进就业。（县发改局负责）", "具体举措：", f"1.发放补贴。{bracket}", closing)
        )
        assert [one.goal for one in read.plan.tasks] == goals
        assert [(one.leads, one.responsible) for one in read.plan.tasks[:1]] == [
            ((), ("县发改局",))
        ]
        assert not any(closing in one.requirements for one in read.plan.tasks)
        assert any(
            "写了单位" in one.read_as or "像是写了谁负责" in one.read_as for one in read.review
        )


def test_the_lead_of_one_measure_does_not_lead_the_task_that_it_is_a_part_of() -> None:
    measures = ("具体举措：", "1.发放补贴。（县教育局牵头，县财政局配合）", "2.开展宣传。")
    (task,) = _read("（一）促进就业。（县发改局、县人社局负责）", *measures).plan.tasks
    assert task.leads == ()
    assert {"县教育局", "县财政局"} < {*task.responsible}


def test_a_numbered_text_that_only_stands_over_tasks_or_demands_is_asked_about_and_no_task() -> (
    None
):
    read = _read(
        *("一、重点任务", "（一）切实增强意识。各部门要充分认识其重要性。"),
        *("（二）守红线。（责任单位：县自然资源局）", "（三）发展农业。推动产业融合。"),
        *("1.建基地。（责任单位：县农业农村局）", "（四）修路。（责任单位：县交通局）"),
        *("二、保障措施", "（五）加强宣传。充分利用各类媒体。"),
    )
    goals = [one.goal for one in read.plan.tasks]
    assert goals == ["守红线。", "建基地。", "修路。"]
    asked = [one.place for one in read.review if one.ask]
    assert asked == ["第3段", "第5段", "第9段"]


def test_a_note_behind_units_on_what_a_name_means_names_no_unit() -> None:
    note = "注：市、县信用办指市和县（市、区）联席会议办公室，下同"
    read = _read(f"1.建平台。（责任单位：市信用办、开发区管委会。{note}）")
    assert read.plan.tasks[0].responsible == ("市信用办", "开发区管委会")
    assert note in [one.text for one in read.review]


def test_paragraphs_without_numbers_are_tasks_where_sentences_say_who_does_what() -> None:
    read = _read(
        *("一、审议投资计划", "（一）由县发改局牵头，县财政局配合，修改完善后提交审议。"),
        "二、审议补贴办法",
        "会议原则通过该办法。会议确定，由县住建局会同县财政局、县民政局做好资金拨付工作，年底前到位。",
        *("三、研究土地整治", "会议明确，成立专班。具体工作由县林业局牵头，各乡镇配合。"),
    )
    assert [(one.shown, one.leads, one.responsible) for one in read.plan.tasks] == [
        ("（一）", ("县发改局",), ("县财政局",)),
        ("二", ("县住建局",), ("县财政局", "县民政局")),
        ("三", ("县林业局",), ("各乡镇",)),
    ]
    assert any("没有编号" in one.read_as for one in read.review if one.ask)


@pytest.mark.parametrize(
    ("said", "goal", "lead", "responsible"),
    [
        ("县林业局牵头，县财政局筹措资金，各乡镇配合，完成造林。", "", "县林业局", "县财政局"),
        ("校舍维修由县教育局实施。", "校舍维修。", "", "县教育局"),
        ("由县教育局实施校舍维修。", "实施校舍维修。", "", "县教育局"),
        ("县公安局负责校园周边整治。", "校园周边整治。", "", "县公安局"),
        ("县公安局牵头开展整治，县城管局参与。", "开展整治", "县公安局", "县城管局"),
        ("整治工作由县公安局牵头、县城管局配合完成。", "整治工作。", "县公安局", "县城管局"),
        ("由县公安局会同县城管局，每季度整治两次。", "每季度整治两次。", "县公安局", "县城管局"),
        ("整治，由县公安局牵头，会同县城管局，按季度公布名单。", "整治", "县公安局", "县城管局"),
    ],
)
def test_a_numbered_sentence_that_says_who_does_what_is_a_task(
    said: str, goal: str, lead: str, responsible: str
) -> None:
    first, _ = _read(f"1.{said}", "2.由县水利局牵头，县财政局配合，修水渠。").plan.tasks
    assert not goal or first.goal == goal
    assert (first.lead_text, first.responsible[0]) == (lead, responsible)


def test_sentences_beside_tasks_with_labels_are_asked_about_and_are_no_tasks() -> None:
    read = _read(
        "1.建学校。（责任单位：县教育局）",
        "由县财政局会同县审计局开展专项检查，确保资金安全。",
        "2.建医院。（责任单位：县卫健局）",
    )
    assert [one.goal for one in read.plan.tasks] == ["建学校。", "建医院。"]
    assert [one.place for one in read.review if one.ask] == ["第3段"]


def test_a_list_of_units_and_their_duties_is_read_and_asked_about_once() -> None:
    read = _read(
        "县教育局：负责校园安全。", "县水利局、县林业局：做好巡查。", "县财政局：保障资金。"
    )
    assert [(one.goal, one.leads, one.responsible) for one in read.plan.tasks] == [
        ("负责校园安全。", ("县教育局",), ()),
        ("做好巡查。", (), ("县水利局", "县林业局")),
        ("保障资金。", ("县财政局",), ()),
    ]
    assert [one.place for one in read.review if one.ask] == ["第2段"]
    with pytest.raises(PlanError, match="没有找到"):
        _read(
            "县教育局：甲某某　0561-100", "县水利局：乙某某　0561-101", "县财政局：丙某　0561-102"
        )


def test_a_refusal_quotes_a_table_drawn_with_lines() -> None:
    with pytest.raises(PlanError, match="线条字符画的表格（如“│ 工作任务 │"):
        _read("┌────┬────┐", "│ 工作任务 │ 责任单位 │", "└────┴────┘")


def test_leaders_before_units_in_a_bracket_are_kept_apart_and_the_units_are_read() -> None:
    read = _read(
        "（一）主要预期目标：经济增长7.5%；工业增长7%。（分管副省长、协管副秘书长负责，省发展改革委牵头，省统计局按职责分工落实）",
        "（二）修路。（省交通厅牵头，分管副省长负责）",
        "（三）建桥（某某同志负责，由省交通厅牵头，省财政厅落实）。",
    )
    first, *others = read.plan.tasks
    assert first.goal == "主要预期目标：经济增长7.5%；工业增长7%。"
    assert (first.leads, first.responsible) == (("省发展改革委",), ("省统计局",))
    assert first.text("分管领导") == "分管副省长、协管副秘书长"
    assert [(one.goal, one.leads) for one in others] == [
        ("修路。", ("省交通厅",)),
        ("建桥。", ("省交通厅",)),
    ]
    assert not [one for one in read.review if one.ask]


def test_a_chapter_whose_title_says_only_what_is_done_names_no_unit() -> None:
    read = _read("一、实施重点", "（一）创业创新", "1.发展众创空间。（牵头单位：市科委）")
    assert [(one.goal, one.leads) for one in read.plan.tasks] == [("发展众创空间。", ("市科委",))]
    assert read.plan.tasks[0].text(CATEGORY) == "一、实施重点／（一）创业创新"


@pytest.mark.parametrize("marks", ["（）", "〔〕", "[]", "［］", "〈〉"])
def test_a_name_with_any_bracket_in_it_is_one_unit(marks: str) -> None:
    opens, closes = marks[0], marks[1]
    group = f"各县{opens}市、区{closes}政府"
    read = _read(
        f"1.建学校。（责任单位：市教育局，{group}）", f"2.修路。（市交通局牵头，{group}配合）"
    )
    units = {one for task in read.plan.tasks for one in task.responsible}
    assert units == {"市教育局", "各县（市、区）政府"}


def test_many_names_without_their_level_are_asked_about_together() -> None:
    read = _read("1.建学校。（市教育局、财政局、住建局、交通局）", "2.修路。（市交通局、水利局）")
    (asked,) = [one.read_as for one in read.review if one.ask]
    assert asked.startswith("“财政局”“住建局”“交通局”“水利局”前面没有写级别（第2段、第3段）")


@pytest.mark.parametrize(
    ("said", "leads", "responsible"),
    [
        ("（县发改局、县商务局牵头会同有关部门按职责分工负责）", "县发改局、县商务局", "有关部门"),
        ("（由县发改局商县财政局、县住建局负责）", "县发改局", "县财政局、县住建局"),
        ("（牵头：县教育局／配合：县财政局）", "县教育局", "县财政局"),
        ("，责任单位县教育局、县财政局。", "", "县教育局、县财政局"),
        ("。（县教育局、县财政局按照职责分工负责）", "", "县教育局、县财政局"),
        ("。（县教育局、县财政局抓好落实）", "", "县教育局、县财政局"),
        ("（县教育局牵头，县财政局根据职责分工负责）", "县教育局", "县财政局"),
    ],
)
def test_units_are_told_apart_however_they_are_joined(
    said: str, leads: str, responsible: str
) -> None:
    (first, _) = _read(f"1.放宽准入{said}", "2.修路。（责任单位：县交通局）").plan.tasks
    assert first.goal.rstrip("。") == "放宽准入"
    assert ("、".join(first.leads), "、".join(first.responsible)) == (leads, responsible)


def test_cards_in_lines_begin_at_their_number() -> None:
    read = _read(
        *("序号：1", "任务名称：建学校", "牵头单位：县教育局", "时限：6月底"),
        *("序号：2", "任务名称：建医院", "牵头单位：县卫健局", "时限：9月底"),
    )
    assert [(one.shown, one.goal, one.leads) for one in read.plan.tasks] == [
        ("1", "建学校", ("县教育局",)),
        ("2", "建医院", ("县卫健局",)),
    ]


def test_what_is_done_by_a_quarter_is_no_deadline_and_several_tasks_stand_in_a_paragraph() -> None:
    read = _read(
        "1.建制度，由县发改局牵头，县人社局配合，按季度发布目录。",
        "2.教育。建园所（县教育局负责）。改校舍（县住建局负责）。",
    )
    assert [(one.goal, one.requirements) for one in read.plan.tasks] == [
        ("建制度", "按季度发布目录。"),
        ("教育。", "建园所"),
        ("改校舍。", ""),
    ]


def test_duties_in_a_chapter_of_their_own_are_asked_about_and_no_tasks() -> None:
    read = _read(
        *(
            "一、重点任务",
            "（一）建学校。（责任单位：县教育局）",
            "（二）修路。（责任单位：县交通局）",
        ),
        *(
            "二、职责分工",
            "（一）县教育局负责统筹。",
            "（二）县住建局负责质量。",
            "（三）县财政局负责资金。",
        ),
    )
    assert [one.goal for one in read.plan.tasks] == ["建学校。", "修路。"]
    assert [one.place for one in read.review if one.ask] == ["第6段", "第7段", "第8段"]


def test_what_a_chapter_on_demands_says_of_units_is_no_task_and_is_asked_about() -> None:
    tasks = ("（一）由县发改局负责制定清单。", "（二）由县农业局负责保护耕地。")
    demands = (
        "（一）抓紧落实。有关部门要认真组织，对涉及多个部门的工作，牵头部门要加强协调。",
        "（二）加强领导。县教育局要建立专班，按月调度。",
    )
    read = _read("一、工作分工", *tasks, "二、工作要求", *demands)
    assert [one.responsible for one in read.plan.tasks] == [("县发改局",), ("县农业局",)]
    assert {one.text for one in read.review if one.ask} == {*demands}
    read = _read("一、工作分工", *tasks, "二、保障措施", "（一）加强督查。由县督查室负责。")
    assert ["章节里" in one.read_as for one in read.review if one.ask] == [True]


def test_minutes_that_tell_a_unit_what_to_do_are_read_and_asked_about() -> None:
    read = _read(
        *("一、关于修路", "会议要求，县交通局要会同县林业局抓紧开展前期工作，6月底前开工。"),
        *("二、关于防汛", "会议明确，县水利局牵头，各乡镇配合，5月底前完成排查。"),
    )
    assert [(one.leads, one.responsible) for one in read.plan.tasks] == [
        (("县交通局",), ("县林业局",)),
        (("县水利局",), ("各乡镇",)),
    ]
    assert len([one for one in read.review if one.ask and "没有编号" in one.read_as]) == 2
