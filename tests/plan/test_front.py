"""What a document says of itself, around its tasks: number, issuer, day, title; each line told."""

from datetime import date

import pytest

from edu_sheet.plan.documents import read_issued
from edu_sheet.plan.front import read_front
from edu_sheet.plan.workbook.requirements import proposed
from edu_sheet.words.columns import CATEGORY
from edu_sheet.words.period import Month
from tests.plan.test_foreign import imported, word
from tests.support.issued_plans import Rows, sheet

_TABLE = [["序号", "任务", "责任单位", "时限"], ["1", "修路", "县交通局", "6月底前"]]


def test_a_web_page_gives_number_issuer_and_day_by_its_labels_and_no_way_through_the_site() -> None:
    page = (
        "首页 > 政务公开 > 政策文件\n\n"
        "| 文号： | 某政办〔2025〕11号 | 索引号： | 1133-42 |\n|---|---|---|---|\n"
        "| 发布机构： | 某县人民政府办公室 | 成文日期： | 2025-03-12 |\n\n"
        "某县重点任务分解表\n\n"
        "| 序号 | 任务 | 责任单位 |\n|---|---|---|\n| 1 | 修路 | 县交通局 |\n"
    )
    told = read_issued(page.encode(), "页.md").plan.settings
    assert (told.doc_number, told.issuer, told.issued) == (
        "某政办〔2025〕11号", "某县人民政府办公室", date(2025, 3, 12),
    )  # fmt: skip


def test_the_day_below_the_title_decides_the_year_and_lines_that_were_used_are_told_so() -> None:
    issued = read_issued(
        word(
            "某县人民政府办公室文件",
            "某政办〔2025〕6号",
            "某县任务分解表",
            "（2025年2月18日）",
            _TABLE,
        ),
        "表.docx",
    )
    assert [one.when for one in issued.plan.deadlines] == [date(2025, 6, 30)]
    assert issued.plan.settings.issuer == "某县人民政府办公室"
    assert [one.read_as for one in issued.review if one.kind == "正文"] == [
        "用作发文机关", "用作文号", "用作方案名称", "用作成文日期",
    ]  # fmt: skip


def test_a_month_alone_decides_the_year_as_well() -> None:
    told = read_issued(word("某县任务分解表", "（2025年3月）", _TABLE), "表.docx").plan
    assert (told.settings.first_month, told.deadlines[0].when) == (
        Month(2025, 3), date(2025, 6, 30),
    )  # fmt: skip


def test_tasks_of_several_annexes_have_the_notices_title_and_their_own_annexes_as_categories() -> (
    None
):
    issued = read_issued(
        word(
            "某县人民政府办公室关于印发2025年重点工作和民生实事责任分解的通知",
            "一、提高认识。各单位要统筹协调。",
            "二、强化督查。县政府督查室每月通报一次。",
            "附件1",
            "2025年重点工作责任分解",
            "1.种植柑橘11万亩。",
            "牵头单位：县农业农村局",
            "2.开通航线4条。",
            "牵头单位：县交通局",
            "附件2",
            "2025年民生实事责任分解",
            "1.加装电梯60部。",
            "牵头单位：县住建局",
        ),
        "通知.docx",
    )
    assert issued.plan.settings.title == "2025年重点工作和民生实事责任分解"
    assert [one.text(CATEGORY) for one in issued.plan.tasks] == [
        "2025年重点工作责任分解", "2025年重点工作责任分解", "2025年民生实事责任分解",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("某县2026年", "《政府工作报告》", "重点工作任务分解表"), "某县2026年《政府工作报告》重点工作任务分解表"),
        (("某县支持民间投资发展", "三年行动实施方案", "（2026—2028年）"), "某县支持民间投资发展三年行动实施方案（2026—2028年）"),
        (("某县深化督导改革重点任务", "分工方案"), "某县深化督导改革重点任务分工方案"),
        (("某县教育局", "2026年工作要点"), "某县教育局2026年工作要点"),
        (("某县人民政府办公室", "某县2026年工作要点"), "某县2026年工作要点"),
        (("现印发，请落实。", "某县政府办公室", "2026年工作要点"), "2026年工作要点"),
        (("某县人民政府办公室", "关于印发某县支持民间投资发展", "实施方案的通知"), "某县支持民间投资发展实施方案"),
        (("某县教育局", "关于印发2026年工作要点", "及任务分解的通知"), "2026年工作要点及任务分解"),
        (("现将《振兴乡村实施方案》印发给你们。", "振兴乡村", "实施方案"), "振兴乡村实施方案"),
        (("中医药规划纲要", "（2026—2030年）实施分工方案"), "中医药规划纲要（2026—2030年）实施分工方案"),
        (("乡村振兴规划", "（2021—2025年）", "重点任务分工方案"), "乡村振兴规划（2021—2025年）重点任务分工方案"),
        (("某县关于印发某县2026年重点工作", "（教育部分）任务分解的通知"), "某县2026年重点工作（教育部分）任务分解"),
        (("某县人民政府办公室关于落实市委", "关于乡村振兴若干意见", "有关政策措施分工的通知"), "落实市委关于乡村振兴若干意见有关政策措施分工"),
        (("国务院办公厅关于落实中共中央国务院", "关于全面深化农村改革", "若干意见有关政策措施分工的通知"), "落实中共中央国务院关于全面深化农村改革若干意见有关政策措施分工"),
        (("某县政府办公室关于做好2024年度", "重点督办任务", "分解落实工作的通知"), "做好2024年度重点督办任务分解落实工作"),
        (("某县关于印发优化营商环境的意见", "任务分解表的通知"), "优化营商环境的意见任务分解表"),
        (("请落实。", "（2026年）工作要点"), "（2026年）工作要点"),
        (("某县应急规划责任分解", "现分解如下。", "应急体系建设任务"), "某县应急规划责任分解"),
    ],
)  # fmt: skip
def test_a_title_on_several_lines_is_one_and_no_signature_or_inner_heading(
    lines: tuple[str, ...], title: str
) -> None:
    issued = read_issued(word(*lines, _TABLE), "表.docx")
    assert issued.plan.settings.title == title
    used = {one.text for one in issued.review if one.read_as == "用作方案名称"}
    assert used >= {one for one in lines if one in title}


def test_days_of_planned_completion_and_of_the_task_itself_are_found() -> None:
    rows: Rows = [
        ["任务", "责任单位", "计划完工"],
        ["于5月20日前完成清淤", "县水利局", "2025-11-30"],
        ["3月5日开工", "县住建局", None],
    ]
    plan, _ = imported(sheet(rows), "表.xlsx")
    assert [(one.words, one.when) for one in proposed(plan)] == [
        ("2025-11-30", date(2025, 11, 30)), ("于5月20日前完成清淤", date(2025, 5, 20)),
    ]  # fmt: skip


def test_numbers_that_several_parts_share_are_told_once() -> None:
    rows: Rows = [
        ["序号", "任务", "责任单位"],
        *([n, f"事{at}", "县水利局"] for at, n in enumerate("121212")),
    ]
    _, loaded = imported(sheet(rows), "表.xlsx")
    (told,) = [one for one in loaded.doubts if one.code == "duplicate_number"]
    assert dict(told.about)["count"] == 4


def test_a_plan_s_title_is_its_first_line_and_no_heading_of_a_part() -> None:
    front = read_front(
        ["云城市应急体系“十五五”规划责任分解", "（云政办〔2026〕34号）", "应急体系建设任务"]
    )
    assert read_front(["某县常务会议纪要", "〔2019〕12号"]).doc_number == "〔2019〕12号"
    assert (front.title, front.doc_number) == (
        "云城市应急体系“十五五”规划责任分解",
        "云政办〔2026〕34号",
    )


@pytest.mark.parametrize(
    ("lines", "issuer", "issued"),
    [
        (("请执行。", "某县联席会议办公室", "（县卫健局代章）", "2025年2月10日"), "某县联席会议办公室", date(2025, 2, 10)),
        (("请执行。", "某县人民政府办公室（代章）", "2025年2月10日"), "某县人民政府办公室", date(2025, 2, 10)),
        (("请执行。", "某县教育局", "某县公安局", "2025年2月10日"), "某县教育局、某县公安局", date(2025, 2, 10)),
        (("请执行。", "某县教育局　某县公安局", "2025年2月10日"), "某县教育局、某县公安局", date(2025, 2, 10)),
        (("请执行。", "某县教育局　某县公安局", "某县财政局　某县人社局", "2025年2月10日"), "某县教育局、某县公安局、某县财政局、某县人社局", date(2025, 2, 10)),
        (("请执行。", "某县人民政府　教育局", "2025年2月10日"), "某县人民政府教育局", date(2025, 2, 10)),
        (("〔2019〕12号", "某县人民政府办公室　　2019年12月20日"), "某县人民政府办公室", date(2019, 12, 20)),
        (("第12期　　2019年12月20日",), "", date(2019, 12, 20)),
        (("填表日期：2019年12月20日",), "", date(2019, 12, 20)),
        (("（2019年12月20日县政府常务会议通过）",), "", date(2019, 12, 20)),
        (("2019.12.20",), "", date(2019, 12, 20)),
        (("单位：县政府办　　日期：2019年12月20日",), "", date(2019, 12, 20)),
        (("请执行。", "国务院", "2025年2月10日"), "国务院", date(2025, 2, 10)),
        (("请执行。", "教育部　　财政部", "2025年2月10日"), "教育部、财政部", date(2025, 2, 10)),
        (("某县教育局　某县财政局关于做好招生工作的通知", "2025年2月10日"), "某县教育局、某县财政局", date(2025, 2, 10)),
        (("某县政府办公室转发县教育局关于招生工作意见的通知",), "某县政府办公室", None),
        (("某县政府办公室关于印发某县贯彻落实", "省市三年行动计划（2022—2024年）", "重点任务清单的通知"), "某县政府办公室", None),
        (("发文机关：", "某县政府办公室", "成文日期：", "2025-02-10", "发布日期：", "2025-03-10"), "某县政府办公室", date(2025, 2, 10)),
        (("完成日期：2019年12月20日",), "", None),
        (("截至2019年12月20日",), "", None),
    ],
)  # fmt: skip
def test_who_signs_stands_above_the_seal_and_the_day_also_in_the_letterhead(
    lines: tuple[str, ...], issuer: str, issued: date | None
) -> None:
    front = read_front([*lines, "某县重点任务分解表"])
    assert (front.issuer, front.issued) == (issuer, issued)
    assert front.title == "某县重点任务分解表"


@pytest.mark.parametrize(
    ("lines", "title", "addressee"),
    [
        (("某县关于印发优化营商环境若干措施的通知", "某政〔2025〕1号", "各局，各乡镇：", "请执行。", "某县优化营商环境的若干措施"), "某县优化营商环境的若干措施", "各局，各乡镇"),
        (("国务院关于落实重点工作分工的意见", "各省人民政府，国务院各部委：", "请落实。"), "国务院关于落实重点工作分工的意见", "各省人民政府，国务院各部委"),
        (("《某县妇女规划（2021—2030年）》", "目标责任分解书"), "《某县妇女规划（2021—2030年）》目标责任分解书", ""),
        (("贯彻落实国务院关于托育意见的任务分工", "各学校：", "一、加快建设"), "贯彻落实国务院关于托育意见的任务分工", ""),
    ],
)  # fmt: skip
def test_a_plan_s_own_title_is_whole_and_who_is_addressed_stands_below_a_title(
    lines: tuple[str, ...], title: str, addressee: str
) -> None:
    front = read_front(lines)
    assert (front.title, front.addressee) == (title, addressee)


def test_a_day_of_the_page_is_asked_of_and_gives_way_to_that_of_the_signature() -> None:
    page = "某县任务分解表\n\n发布时间：2025-03-20 09:10\n\n1.修路。（责任单位：县交通局）\n\n"
    alone = read_issued(page.encode(), "页.md")
    assert alone.plan.settings.issued == date(2025, 3, 20)
    assert [one.text for one in alone.review if one.ask] == ["发布时间：2025-03-20"]
    signed = read_issued(f"{page}国务院\n\n2025年3月12日\n".encode(), "页.md")
    assert signed.plan.settings.issued == date(2025, 3, 12)
    assert not [one for one in signed.review if one.ask]


def test_a_bracket_or_last_sentence_that_says_until_when_is_the_task_s_deadline() -> None:
    plan, _ = imported(
        word(
            "某县2025年任务分工",
            "1.出台方案。（2025年6月底前完成）",
            "牵头单位：县科技局",
            "2.修路20公里（完成时限：9月底）。",
            "牵头单位：县交通局",
            "3.建校。抓好立项，于12月底前建成。",
            "牵头单位：县教育局",
            "4.建医院。分两步走（5月底前完成），再验收。（2024年投资3000万元）",
            "牵头单位：县卫健局",
            "5.治水。①立项（6月底前完成）；②开工（9月底前完成）。",
            "牵头单位：县水利局",
        ),
        "表.docx",
    )
    assert [one.text("完成时限") for one in plan.tasks] == [
        "2025年6月底前完成", "9月底", "12月底前", "", "",
    ]  # fmt: skip
    assert [one.requirements for one in plan.tasks[:3]] == ["", "", "抓好立项，于12月底前建成。"]
    assert [one.when for one in plan.deadlines] == [
        date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31),
    ]  # fmt: skip
    assert [one.words for one in proposed(plan)][3:] == [
        "分两步走（5月底前完成）", "立项（6月底前完成）", "开工（9月底前完成）",
    ]  # fmt: skip


def test_titles_that_a_notice_issues_together_are_asked_of_and_its_last_words_are_not() -> None:
    told = read_issued(
        word(
            "某县关于印发2025年重点工作和民生实事分解的通知",
            "《2025年重点工作任务分解》和《2025年民生实事分解表》已经同意，现印发给你们。",
            "2025年3月1日",
            "2025年重点工作任务分解",
            _TABLE,
            "2025年民生实事分解表",
            _TABLE,
        ),
        "通知.docx",
    )
    assert told.plan.settings.title == "2025年重点工作任务分解"
    (asked,) = [one.text for one in told.review if one.ask and one.kind == "方案标题"]
    assert asked == "2025年重点工作任务分解；2025年民生实事分解表"
    page = "标题：某县任务分解表\n\n1.修路。（责任单位：县交通局）\n\n特此通知。\n"
    ended = read_issued(page.encode(), "页.md")
    assert ended.plan.settings.title == "某县任务分解表"
    assert not [one for one in ended.review if one.ask]
