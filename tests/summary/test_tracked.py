"""红黄绿 and 时限节点 in the summary and the bulletin."""

from dataclasses import replace
from datetime import date

import pytest

from edu_sheet import summary
from edu_sheet.facts.gather import for_summary
from edu_sheet.facts.period import PeriodFacts
from edu_sheet.issue import generate
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.summary.content.bulletin import bulletin_content
from edu_sheet.summary.content.content import Content, Paragraph
from edu_sheet.summary.content.ranking import ranking_table
from edu_sheet.words.period import Month, Period, Quarter
from edu_sheet.words.plan import Closing, Deadline, DeadlineKind, Plan, Recurrence, Role
from edu_sheet.words.returns import Entry, State, Submission, Verdict
from edu_sheet.words.settings import StateAsked
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    ORGANISATION,
    POLICE,
    QUARTER,
    small_plan,
    with_task,
)
from tests.support.records import begin_delivery


def tracked_plan() -> Plan:
    plan = small_plan()
    return replace(
        plan,
        settings=replace(plan.settings, report_state=StateAsked.ALWAYS),
        deadlines=tuple(
            Deadline(f"T{number:02d}", "②", words, DeadlineKind.DATE, day)
            for number, words, day in (
                (1, "年底前出台方案", date(2022, 12, 31)),
                (3, "2022年先行试点", date(2022, 12, 31)),
                (4, "2023年2月前拨付", date(2023, 2, 28)),
                (5, "到2025年建成5所", date(2025, 12, 31)),
            )
        ),
    )


@pytest.fixture
def ledger(workspace: Workspace, ledger: Ledger) -> Ledger:
    """Forms of a plan with states are out, and some came back."""
    for period in (NOVEMBER, DECEMBER, QUARTER):
        generate.generate(workspace, tracked_plan(), ledger, period, None, force=False, now=CREATED)
    report(ledger, EDUCATION, {1: "已完成", 3: "滞后", 5: "推进中"})
    report(ledger, FINANCE, {4: "滞后", 1: "滞后"})
    return ledger


def report(ledger: Ledger, unit: str, states: dict[int, str], period: Period = DECEMBER) -> None:
    plan = small_plan()
    delivery = begin_delivery(ledger, unit, f"收件箱/{unit}{period}", f"{unit}{period}", CREATED)
    taken = Submission(0, unit, f"{unit}{period}", "xlsx", Verdict.ACCEPTED, CREATED, unit, period)
    roles = {one.number: plan.role(one, unit) or Role.RESPONSIBLE for one in plan.tasks}
    entries = [
        Entry(period, unit, f"T{number:02d}", roles[number], "进展。", "填报表!D5", state=state)
        for number, state in states.items()
    ]
    ledger.returns.record(delivery, taken, entries)
    ledger.deliveries.settle(delivery)


def said(ledger: Ledger, period: Period, plan: Plan | None = None) -> str:
    return texts(for_summary(ledger, plan or tracked_plan(), period))


def texts(facts: PeriodFacts) -> str:
    content: Content = (
        bulletin_content(facts, facts.period)
        if isinstance(facts.period, Month)
        else summary.quarter_content(facts)
    )
    return "\n".join(one.text for one in content.body if isinstance(one, Paragraph))


@pytest.mark.parametrize("period", [DECEMBER, QUARTER])
def test_lights_are_counted_and_who_is_behind_is_named(ledger: Ledger, period: Period) -> None:
    text = said(ledger, period)
    assert "项任务中，" in text
    assert "已完成1项、推进中1项、滞后2项（序号3、4）、未填1项（序号2）。" in text
    assert "牵头单位填报为滞后的任务2项：县教育局（序号3）；县财政局（序号4）。" in text


def test_who_was_behind_in_a_month_and_who_in_the_quarter_stand_in_one_sentence(
    ledger: Ledger,
) -> None:
    report(ledger, FINANCE, {4: "滞后"}, QUARTER)
    told = [one for one in said(ledger, QUARTER).splitlines() if "填报为滞后" in one]
    assert told == ["牵头单位填报为滞后的任务2项：县教育局（序号3，12月填报）；县财政局（序号4）。"]


def test_who_came_without_a_word_of_substance_stands_between_the_telling_and_the_silent(
    ledger: Ledger,
) -> None:
    facts = for_summary(ledger, tracked_plan(), DECEMBER)
    came = {ORGANISATION: State.RETURNED}
    lines = [replace(one, state=came.get(one.unit, one.state)) for one in facts.statuses[DECEMBER]]
    none = {
        task: [
            replace(one, returned=replace(one.returned, text="无"))
            if one.unit == EDUCATION and one.returned
            else one
            for one in said
        ]
        for task, said in facts.voices.items()
    }
    table = ranking_table(replace(facts, statuses={DECEMBER: lines}, voices=none))
    places = {row[1]: row for row in table.rows}
    ordered = [int(places[unit][0]) for unit in (FINANCE, EDUCATION, ORGANISATION)]
    assert ordered == [1, 2, 3]
    assert places[ORGANISATION][5] == "0", "it was in time"
    assert places[POLICE][0] == "4", "whoever sent nothing stands last"


def test_who_says_nothing_of_most_tasks_stands_behind_and_who_waits_for_the_office_nowhere(
    ledger: Ledger,
) -> None:
    facts = for_summary(ledger, tracked_plan(), DECEMBER)
    lines = [
        replace(one, hollow=1)
        if one.unit == FINANCE
        else replace(one, state=State.ATTENTION, reported=1)
        if one.unit == POLICE
        else one
        for one in facts.statuses[DECEMBER]
    ]
    rows = ranking_table(replace(facts, statuses={DECEMBER: lines})).rows
    places = {row[1]: (row[0], *row[3:6]) for row in rows}
    assert places[EDUCATION][:3] == ("1", "3", "3")
    assert places[FINANCE][:3] == ("2", "2", "1"), "one of its texts is 无"
    assert places[POLICE] == ("—", "1", "1", "待核实")
    assert rows[-1][1] == POLICE, "it is no worse than who sent nothing"


@pytest.mark.parametrize("period", [DECEMBER, QUARTER])
def test_nobody_is_blamed_before_the_due_date_is_over(ledger: Ledger, period: Period) -> None:
    plan = tracked_plan()
    plan = replace(plan, settings=replace(plan.settings, due_next_month=True, due_day=5))
    facts = for_summary(ledger, plan, period)
    early, late = (texts(replace(facts, today=date(2023, 1, day))) for day in (5, 6))
    assert "报送截止时间（2023年1月5日）未到，截至2023年1月5日，应报" in early
    assert "尚未报送" in early
    assert "截止时间" not in late
    assert early.count("报送率") < late.count("报送率")
    told = early.count("未报送的单位")
    assert told == (period == QUARTER), "November's, which was due"
    assert late.count("未报送的单位") > told


def test_a_month_hears_of_several_leads_what_the_last_quarters_summary_does(
    workspace: Workspace, ledger: Ledger
) -> None:
    plan = with_task(small_plan(), 3, leads=(EDUCATION, FINANCE))
    quarter = Quarter(2023, 1)
    generate.generate(workspace, plan, ledger, quarter, None, force=False, now=CREATED)
    report(ledger, FINANCE, {3: "滞后"}, QUARTER)
    report(ledger, EDUCATION, {3: "已完成"}, quarter)
    (said,) = for_summary(ledger, plan, quarter).voices["T03"]
    generate.generate(workspace, plan, ledger, quarter.last, None, force=False, now=CREATED)
    (heard,) = for_summary(ledger, plan, quarter.last).last_states["T03"]
    assert heard.unit == said.unit == EDUCATION


def test_what_has_passed_is_a_problem_unless_it_is_done_and_what_is_near_a_next_step(
    ledger: Ledger,
) -> None:
    text = said(ledger, QUARTER)
    problems, steps = text.split("四、下一步工作")
    assert "已到期的时限节点2项，填报已完成1项、待核实1项；今后三个月到期1项。" in problems
    assert "已到期的节点中待核实的1项，请牵头单位核实完成情况。" in problems
    assert "县教育局：2022年先行试点（序号3②，2022年12月31日）。" in problems
    assert "出台方案" not in text  # its lead says that task 1 is done
    assert (
        "今后三个月到期的时限节点1项，请牵头单位按期完成。"
        "县财政局：2023年2月前拨付（序号4②，2023年2月28日）。"
    ) in steps
    assert "到2025年" not in text


def closed(*closings: Closing) -> Plan:
    return replace(tracked_plan(), closings=closings)


def test_what_is_closed_is_counted_as_met_and_is_no_problem_any_more(ledger: Ledger) -> None:
    plan = closed(
        Closing("T03", "②", None, date(2023, 1, 5), "会议纪要"),
        Closing("T04", "", None, date(2022, 12, 20), "文件"),
    )
    text = said(ledger, QUARTER, plan)
    assert "5项任务中，已办结1项、已完成1项、推进中1项、滞后1项（序号3）" in text
    assert "已到期的时限节点2项，已办结1项（逾期办结1项）、填报已完成1项。" in text
    assert "今后三个月到期" not in text, "its task is closed"
    assert "先行试点" not in text
    assert "滞后的任务1项：县教育局（序号3）。" in text


def test_what_was_reopened_or_is_closed_long_after_counts_as_open(ledger: Ledger) -> None:
    plan = closed(
        Closing("T03", "②", None, date(2022, 12, 20), "文件", date(2023, 1, 9)),
        Closing("T04", "", None, date(2023, 2, 20), "文件"),
        Closing("T05", "", 2022, date(2022, 12, 20), "文件"),
    )
    assert said(ledger, QUARTER, plan) == said(ledger, QUARTER)


def test_a_plan_that_tracks_neither_says_nothing_of_them(ledger: Ledger) -> None:
    plan = small_plan()
    plan = replace(plan, settings=replace(plan.settings, report_state=StateAsked.NEVER))
    for period in (DECEMBER, QUARTER):
        text = said(ledger, period, plan)
        assert "完成状态" not in text
        assert "填报为滞后" not in text
        assert "时限" not in text


def test_what_is_overdue_stands_in_the_annex_until_it_is_closed(ledger: Ledger) -> None:
    plan = tracked_plan()
    every_year = Deadline("T05", "①", "每年检查", DeadlineKind.RECURRING, Recurrence(((12, 1),)))
    plan = replace(plan, deadlines=(*plan.deadlines, every_year))

    def days(plan: Plan) -> list[str]:
        facts = for_summary(ledger, plan, QUARTER)
        return [row[-1] for row in summary.quarter_content(facts).attachments[0].rows]

    assert days(plan)[3:] == ["2023.2.28", "2022.12.1\n已到期"]
    closed = Closing("T05", "①", 2022, date(2022, 12, 20), "文件")
    assert days(replace(plan, closings=(closed,)))[4] == "2023.12.1"
