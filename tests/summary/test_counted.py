"""What counts as progress, who is asked for what, and whose state stands: alike in all papers."""

from dataclasses import replace
from datetime import date

from edu_sheet.facts.gather import for_summary
from edu_sheet.facts.status import lead_lights, unit_status
from edu_sheet.store.ledger import Ledger
from edu_sheet.summary.content.attachments import states_table
from edu_sheet.summary.content.collection import collection_content
from edu_sheet.summary.content.figures import tasks_with_progress
from edu_sheet.summary.content.material import material_content
from edu_sheet.summary.content.problems import missing_periods
from edu_sheet.summary.content.quarter import quarter_content
from edu_sheet.summary.content.slides import slides_content
from edu_sheet.summary.content.supervision import matters
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Closing, Plan
from edu_sheet.words.settings import StateAsked, SummaryStyle
from tests.summary.test_one_truth import NEXT, PROBLEMS, PROGRESS, filed, paper, slides
from tests.summary.test_who_leads import said_in
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    ORGANISATION,
    POLICE,
    QUARTER,
    TOWNS,
    moment,
    report,
    small_plan,
    with_members,
    with_task,
)
from tests.support.summary_sample import issue

AFTER = date(2023, 1, 20)


def issued(ledger: Ledger, plan: Plan, *periods: Period) -> Plan:
    for period in periods or (NOVEMBER, DECEMBER, QUARTER):
        issue(ledger, plan, period)
    return plan


def material(ledger: Ledger, plan: Plan, unit: str) -> str:
    return "\n".join(said_in(material_content(for_summary(ledger, plan, QUARTER), unit)))


def test_a_text_that_says_nothing_is_no_progress_and_december_is_heard(ledger: Ledger) -> None:
    plan = issued(ledger, small_plan())
    report(ledger, EDUCATION, DECEMBER, {1: "十二月建成。", 3: "没有进展"})
    filed(
        ledger,
        EDUCATION,
        {
            (1, PROGRESS): "无。",
            (3, PROGRESS): "——",
            (5, PROGRESS): "推进。",
            (5, NEXT): "暂无下一步打算",
        },
    )
    said = [one.number for one in tasks_with_progress(for_summary(ledger, plan, QUARTER))[0]]
    assert said == [1, 5]
    text = paper(ledger, plan)
    assert "1.坚持教育优先发展战略地位。（据12月报送）十二月建成。" in text
    assert "3.第3项目标任务。没有填写进展成效。" in text
    assert "暂无下一步打算" not in text + slides(ledger, plan) + material(ledger, plan, EDUCATION)
    assert "填报了1项任务的进展" in material(ledger, plan, EDUCATION)


def test_a_responsible_unit_that_wrote_nothing_but_a_dash_reported_no_progress_in_any_paper(
    ledger: Ledger,
) -> None:
    plan = issued(ledger, small_plan())
    report(ledger, EDUCATION, DECEMBER, {1: "推进。", 5: "推进。"})
    report(ledger, FINANCE, DECEMBER, {1: "——"})
    report(ledger, POLICE, NOVEMBER, {5: "十一月巡逻。"})
    report(ledger, POLICE, DECEMBER, {5: "无"})
    text, full = paper(ledger, plan), paper(ledger, plan, style=SummaryStyle.FULL)
    assert f"报送0个（没有填写进展成效：{FINANCE}；" in text
    assert f"{FINANCE}：没有填写进展成效。" in full
    assert f"{FINANCE}：——" not in full
    assert f"，见正文：{FINANCE}。" not in full
    assert f"没有填写进展成效的单位1个：{FINANCE}。" in material(ledger, plan, EDUCATION)
    assert POLICE not in next(one for one in text.splitlines() if one.startswith("5."))
    assert f"{POLICE}：无" not in full, "its November's text stands, as beside an empty cell"
    assert "十一月巡逻。" in full


def test_a_plan_that_the_newer_text_of_the_same_cell_leaves_out_stands_in_the_collection_as_replaced(
    ledger: Ledger,
) -> None:
    plan = issued(ledger, small_plan())
    report(ledger, EDUCATION, DECEMBER, {1: "甲。下一步打算：旧计划。"}, at=moment("2022-12-20"))
    report(ledger, EDUCATION, DECEMBER, {1: "乙。", 3: "丙。"}, at=moment("2022-12-30"))
    report(ledger, EDUCATION, DECEMBER, {3: "丁。"}, at=moment("2022-12-31"))
    report(ledger, EDUCATION, NOVEMBER, {1: "乙。"}, at=moment("2022-11-30"))
    collected = said_in(collection_content(for_summary(ledger, plan, QUARTER, every_text=True)))
    assert sum("；同样的内容：11月，" in one for one in collected) == 1, "and where else it stands"
    assert f"{EDUCATION}（已由后报的代替）：甲。下一步打算：旧计划。" in collected
    assert f"{EDUCATION}（已由后报的代替）：丙。" in collected, "what was corrected is there too"
    assert sum("已由后报的代替" in one for one in collected) == 2
    assert "旧计划" not in paper(ledger, plan)


def test_slides_call_only_those_behind_that_say_so_also_where_the_text_is_not_used(
    ledger: Ledger,
) -> None:
    plan = with_task(small_plan(), 1, leads=(EDUCATION, FINANCE), lead_text="")
    issued(ledger, plan)
    filed(ledger, EDUCATION, {(1, PROGRESS): "推进。"}, {1: "推进中"}, plan=plan)
    filed(ledger, FINANCE, {(1, PROGRESS): "缓慢。"}, {1: "滞后"}, plan=plan)
    said = slides(ledger, plan)
    assert "（县财政局，滞后）：缓慢。" in said
    assert "（县教育局，滞后）" not in said
    facts = for_summary(ledger, plan, QUARTER)
    assert states_table(facts).rows[0][3:5] == ("滞后", "县财政局：缓慢……")
    assert "任务完成状态（按县教育局填报）：推进中1项" in material(ledger, plan, EDUCATION)
    taken_out = [replace(one, entry=replace(one.entry, text="")) for one in facts.voices["T01"]]
    deck = slides_content(replace(facts, voices={**facts.voices, "T01": taken_out}))
    told = [f"{one.said.speaker}{one.said.text}" for slide in deck.slides for one in slide.items]
    assert any("（县财政局，滞后）：已报送，汇总时未采用。" in one for one in told)


def test_where_no_form_asks_for_states_no_task_is_said_to_be_left_without_one(
    ledger: Ledger,
) -> None:
    closed = Closing("T02", "", None, date(2022, 12, 20), "文件")
    plan = replace(small_plan(), closings=(closed,))
    unasked = replace(plan.settings, report_state=StateAsked.NEVER)
    plan = issued(ledger, replace(plan, settings=unasked))
    filed(ledger, EDUCATION, {(1, PROGRESS): "甲。"}, plan=plan)
    facts = for_summary(ledger, plan, QUARTER)
    annex = states_table(facts)
    assert [one.header for one in annex.columns][3] == "状态"
    assert [row[3] for row in annex.rows] == ["—", "已办结", "—", "—", "—"]
    assert "未填" not in slides(ledger, plan)
    charts = [slide.chart.title for slide in slides_content(facts).slides if slide.chart]
    assert not any("完成状态" in title for title in charts)


def test_a_months_text_that_says_nothing_is_not_printed_behind_a_leads_quarter(
    ledger: Ledger,
) -> None:
    plan = issued(ledger, small_plan())
    for period, text in ((NOVEMBER, "同上"), (DECEMBER, "——")):
        report(ledger, EDUCATION, period, {1: text, 3: f"{period.label}的事。"})
    filed(ledger, EDUCATION, {(1, PROGRESS): "季度甲。", (3, PROGRESS): "季度丙。"})
    said = said_in(quarter_content(for_summary(ledger, plan, QUARTER), SummaryStyle.FULL))
    assert "季度甲。" in said
    assert f"{EDUCATION}（据12月报送）：2022年12月的事。" in said
    assert not any(one.endswith(("同上", "——", "：没有填写进展成效。")) for one in said)
    every = for_summary(ledger, plan, QUARTER, every_text=True)
    assert any(one.endswith("：同上") for one in said_in(collection_content(every)))


def test_the_state_of_a_quarter_is_not_said_to_come_from_the_month_that_stands_in(
    ledger: Ledger,
) -> None:
    plan = issued(ledger, small_plan())
    report(ledger, EDUCATION, DECEMBER, {1: "十二月①甲；②乙。又办丙。"})
    filed(ledger, EDUCATION, {(1, PROGRESS): "无"}, {1: "未启动"})
    facts = for_summary(ledger, plan, QUARTER)
    assert slides_content(facts).slides[1].title == "没有进展和未启动的任务"
    assert "（县教育局，未启动）：（据12月报送）十二月①甲；②乙。又办丙。" in slides(ledger, plan)
    row = states_table(facts).rows[0]
    assert row[4] == "（据12月报送）十二月①甲；②乙……"


def test_a_unit_s_material_says_why_there_is_nothing_of_the_quarter_itself(
    ledger: Ledger,
) -> None:
    plan = issued(ledger, small_plan())
    report(ledger, EDUCATION, DECEMBER, {1: "十二月甲。", 3: "丙。"})
    text = material(ledger, plan, EDUCATION)
    assert f"2022年第四季度，{EDUCATION}没有报送季度材料；2项按其各月报送的内容整理" in text
    assert "没有报送季度材料，没有填写下一步打算。" in text
    filed(ledger, EDUCATION, {})
    text = material(ledger, plan, EDUCATION)
    assert f"2022年第四季度，{EDUCATION}报送的季度填报表是空表；" in text
    filed(ledger, EDUCATION, {(1, PROGRESS): "无"})
    text = material(ledger, plan, EDUCATION)
    assert f"2022年第四季度，{EDUCATION}没有填写进展成效；" in text
    assert "本季度没有填写下一步打算。" in text


def test_a_groups_material_has_its_members_words_and_counts_what_all_filed(
    ledger: Ledger,
) -> None:
    plan = with_members(small_plan(), TOWNS, ["东镇", "南镇"])
    plan = issued(ledger, with_task(plan, 5, leads=(TOWNS,), lead_text=TOWNS))
    filed(
        ledger,
        "南镇",
        {(5, PROGRESS): "南镇建成。", (5, PROBLEMS): "缺人。", (5, NEXT): "招人。"},
        plan=plan,
    )
    text = material(ledger, plan, TOWNS)
    assert "南镇：缺人（序号5）。" in text
    assert "南镇：招人（序号5）。" in text
    assert "填报了0项任务的进展，占0%；1项只有部分成员单位填报（序号5）。" in text
    ended = replace(plan, closings=(Closing("T05", "", None, date(2022, 12, 20), "文件"),))
    assert "牵头的任务均已办结，不再要求报送进展。" in material(ledger, ended, TOWNS)


def test_a_problem_alone_is_no_progress_in_a_material(ledger: Ledger) -> None:
    plan = issued(ledger, small_plan(), QUARTER)
    cells = {(1, PROBLEMS): "缺钱。", (3, PROGRESS): "甲。", (5, PROGRESS): "乙。"}
    filed(ledger, EDUCATION, cells)
    text = material(ledger, plan, EDUCATION)
    assert "1项没有填报进展（序号1）" in text
    assert "任务1没有填写进展成效的单位1个：县教育局。" in text
    assert "都报送了进展" not in text


def test_a_state_left_empty_in_the_quarter_stays_as_december_has_it(ledger: Ledger) -> None:
    settings = replace(small_plan().settings, report_state=StateAsked.ALWAYS)
    plan = issued(ledger, replace(small_plan(), settings=settings))
    stated(ledger, DECEMBER, "滞后", plan)
    filed(ledger, EDUCATION, {(1, PROGRESS): "季度进展。"}, plan=plan)
    assert "滞后1项（序号1）" in paper(ledger, plan)
    assert "（县教育局，滞后）：季度进展。" in slides(ledger, plan)
    assert lead_lights(ledger, QUARTER)[-1].sentence.startswith("滞后1项")
    owed = [one.since for one in matters(for_summary(ledger, plan, QUARTER), AFTER)]
    assert "12月填报为滞后" in owed


def stated(ledger: Ledger, period: Period, state: str, plan: Plan) -> None:
    from edu_sheet.words.plan import Role
    from edu_sheet.words.returns import Entry, Submission, Verdict
    from tests.support.records import begin_delivery

    at = moment("2022-12-29")
    delivery = begin_delivery(ledger, "月", "收件箱/月", "月", at)
    one = Submission(0, "月.xlsx", "月", "xlsx", Verdict.ACCEPTED, at, EDUCATION, period)
    said = Entry(period, EDUCATION, "T01", Role.LEAD, "月进展。", "填报表!D5", state=state)
    ledger.returns.record(delivery, one, [said])
    ledger.deliveries.settle(delivery)


def test_nobody_is_blamed_for_a_task_that_its_form_did_not_ask(ledger: Ledger) -> None:
    plan = issued(ledger, small_plan(), QUARTER)
    filed(ledger, EDUCATION, {(1, PROGRESS): "甲。", (3, PROGRESS): "乙。", (5, PROGRESS): "丙。"})
    assert "责任单位" not in next(
        line for line in paper(ledger, plan).splitlines() if line.startswith("1.")
    )
    assert "县财政局" not in material(ledger, plan, EDUCATION)
    assert "各单位本季度都报送过进展" in material(ledger, plan, EDUCATION)


def test_a_unit_without_tasks_gets_no_paper_and_is_not_asked_again(ledger: Ledger) -> None:
    issued(ledger, small_plan(), DECEMBER)
    tasks = [
        replace(one, responsible=tuple(name for name in one.responsible if name != POLICE))
        for one in small_plan().tasks
    ]
    facts = for_summary(ledger, replace(small_plan(), tasks=tuple(tasks)), DECEMBER)
    assert POLICE not in missing_periods(facts)
    assert POLICE not in {one.unit for one in matters(facts, AFTER)}
    assert ORGANISATION in missing_periods(facts)


def test_what_is_closed_for_the_quarter_is_closed_in_its_months(ledger: Ledger) -> None:
    closing = Closing("T01", "", None, date(2023, 1, 15), "文件")
    plan = issued(ledger, replace(small_plan(), closings=(closing,)))
    ledger.plan.record(
        "digest", {one: plan.due(one) for one in (NOVEMBER, DECEMBER, QUARTER)}, plan=plan
    )
    report(ledger, EDUCATION, NOVEMBER, {2: "甲。", 3: "乙。", 4: "丙。", 5: "丁。"})
    filed(ledger, EDUCATION, {(1, NEXT): "收尾。", (3, NEXT): "推广。"}, plan=plan)
    facts = for_summary(ledger, plan, QUARTER)
    line = next(one for one in facts.statuses[NOVEMBER] if one.unit == EDUCATION)
    assert (line.tasks, line.blank) == (4, 0)
    alone = next(one for one in unit_status(ledger, NOVEMBER) if one.unit == EDUCATION)
    assert alone.blank == 1, "on its own day it was open"
    assert "县教育局：收尾（序号1，已办结）；推广（序号3）。" in paper(ledger, plan)
