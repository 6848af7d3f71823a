"""督办单: who is called to account, in which colour, for what; and what becomes of the papers."""

from dataclasses import replace
from datetime import date

import docx
import pytest

from edu_sheet import summary
from edu_sheet.facts.gather import for_summary, for_supervision
from edu_sheet.issue import generate
from edu_sheet.rules.deadlines import covered_in_words, due_soon, open_days
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.summary.content.supervision import Colour, matters
from edu_sheet.summary.content.tracked import behind
from edu_sheet.words.plan import MONTHLY, Closing, Deadline, DeadlineKind, Plan, Recurrence
from tests.summary.test_tracked import report, tracked_plan
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    ORGANISATION,
    QUARTER,
    moment,
    with_task,
)

AFTER = moment("2023-01-05T09:00")
JANUARY = DECEMBER.plus(1)
RED, YELLOW, BLUE = Colour.RED, Colour.YELLOW, Colour.BLUE


@pytest.fixture
def ledger(workspace: Workspace, ledger: Ledger) -> Ledger:
    """December's forms are out; two units reported, one of them not on all its tasks."""
    plan = tracked_plan()
    generate.generate(workspace, plan, ledger, DECEMBER, None, force=False, now=CREATED)
    report(ledger, EDUCATION, {1: "已完成", 3: "滞后", 5: "推进中", 2: "", 4: ""})
    report(ledger, FINANCE, {4: "推进中", 1: ""})
    return ledger


def owed(ledger: Ledger, unit: str, plan: Plan | None = None) -> list[tuple[Colour, str, str]]:
    facts = for_summary(ledger, plan or tracked_plan(), DECEMBER)
    found = matters(facts, AFTER.date())
    return [(one.colour, one.what, one.since) for one in found if one.unit == unit]


def test_a_lead_is_called_to_account_for_what_has_passed_what_lags_and_what_comes(
    ledger: Ledger,
) -> None:
    report(ledger, EDUCATION, {5: "未启动"})
    assert owed(ledger, EDUCATION) == [
        (RED, "第3项②：2022年先行试点", "时限2022年12月31日，已逾期5天"),
        (YELLOW, "第3项：第3项目标任务", "12月填报为滞后"),
        (YELLOW, "第5项：第5项目标任务", "12月填报为未启动"),
    ], "task 1 has passed too, but its lead says that it is done"
    assert owed(ledger, FINANCE) == [
        (YELLOW, "第2项：第2项目标任务，2022年12月未报送进展", "截止2022年12月31日"),
        (BLUE, "第4项②：2023年2月前拨付", "时限2023年2月28日"),
    ]
    assert owed(ledger, ORGANISATION) == [
        (RED, "2022年12月进展情况未报送", "截止2022年12月31日，已逾期5天")
    ]


def test_a_deadline_that_is_only_a_day_is_called_by_its_tasks_goal(ledger: Ledger) -> None:
    plan, by_the_column = tracked_plan(), ("2022年12月31日", "2022年12月底前", "每月")
    for words in by_the_column:
        day = Deadline("T03", "", words, DeadlineKind.DATE, date(2022, 12, 31))
        (told, *_) = owed(ledger, EDUCATION, replace(plan, deadlines=(day,)))
        assert told == (RED, "第3项：第3项目标任务", "时限2022年12月31日，已逾期5天")


def test_every_lead_that_is_behind_or_has_not_begun_is_named_whatever_the_others_say(
    ledger: Ledger,
) -> None:
    report(ledger, FINANCE, {3: "未启动"})
    plan = with_task(replace(tracked_plan(), deadlines=()), 3, leads=(EDUCATION, FINANCE))
    assert (YELLOW, "第3项：第3项目标任务", "12月填报为未启动") in owed(ledger, FINANCE, plan)
    assert (YELLOW, "第3项：第3项目标任务", "12月填报为滞后") in owed(ledger, EDUCATION, plan)
    (said,) = behind(for_summary(ledger, plan, DECEMBER))
    assert said == (
        "牵头单位填报为滞后的任务1项：县教育局（序号3）；县财政局（序号3，填报为未启动）。"
    ), "the task is counted once, as the worst that is said of it"


def test_a_lead_that_cannot_say_done_yet_is_still_told_with_what_it_says_by_now(
    workspace: Workspace, ledger: Ledger
) -> None:
    plan = replace(tracked_plan(), deadlines=())
    generate.generate(workspace, plan, ledger, JANUARY, None, force=False, now=CREATED)
    report(ledger, EDUCATION, {1: "滞后", 3: "推进中"}, JANUARY)
    found = matters(for_supervision(ledger, plan, DECEMBER), AFTER.date())
    assert [(one.what, one.since) for one in found if one.unit == EDUCATION] == [
        ("第3项：第3项目标任务", "12月填报为滞后，2023年1月填报为推进中")
    ], "what fell behind since is told by the papers of that month"


def test_what_was_opened_again_is_called_to_account_in_papers_on_any_period(
    ledger: Ledger,
) -> None:
    closed = Closing("T03", "", None, date(2022, 12, 20), "文件", date(2023, 3, 1))
    plan = replace(tracked_plan(), closings=(closed,))
    facts = for_summary(ledger, plan, DECEMBER)
    told = {
        day: [one.colour for one in matters(facts, day) if "第3项" in one.what]
        for day in (date(2023, 2, 28), date(2023, 3, 1))
    }
    assert told == {date(2023, 2, 28): [], date(2023, 3, 1): [RED, YELLOW]}


def test_a_lead_that_called_its_task_done_is_not_told_of_what_the_other_has_not(
    ledger: Ledger,
) -> None:
    report(ledger, FINANCE, {3: "已完成"})
    plan = with_task(tracked_plan(), 3, leads=(EDUCATION, FINANCE, ORGANISATION))
    red = (RED, "第3项②：2022年先行试点", "时限2022年12月31日，已逾期5天")
    told = {unit: red in owed(ledger, unit, plan) for unit in plan.tasks[2].leads}
    assert told == {EDUCATION: True, FINANCE: False, ORGANISATION: True}


def test_what_was_near_when_the_period_ended_is_overdue_once_its_day_has_passed(
    ledger: Ledger,
) -> None:
    facts = for_summary(ledger, tracked_plan(), DECEMBER)
    found = matters(facts, date(2023, 3, 2))
    mine = [(one.colour, one.since) for one in found if one.unit == FINANCE and "4项" in one.what]
    assert mine == [(RED, "时限2023年2月28日，已逾期2天")]


def test_a_deadline_of_the_period_is_blue_until_its_day_is_over(ledger: Ledger) -> None:
    facts = for_summary(ledger, tracked_plan(), DECEMBER)
    found = matters(facts, date(2022, 12, 31))
    mine = [(one.colour, one.since) for one in found if "先行试点" in one.what]
    assert mine == [(BLUE, "时限2022年12月31日")]


def test_before_the_due_date_is_over_nobody_is_behind_with_a_return(ledger: Ledger) -> None:
    facts = for_summary(ledger, tracked_plan(), DECEMBER)
    found = matters(facts, date(2022, 12, 31))
    asked = [(one.unit, one.colour, one.what, one.since) for one in found if "报送" in one.what]
    assert (ORGANISATION, BLUE, "2022年12月进展情况尚未报送", "截止2022年12月31日") in asked
    assert (
        FINANCE,
        BLUE,
        "第2项：第2项目标任务，2022年12月尚未报送进展",
        "截止2022年12月31日",
    ) in asked
    assert {colour for _, colour, _, _ in asked} == {BLUE}


def test_what_a_later_return_says_done_is_asked_of_its_unit_no_more(
    workspace: Workspace, ledger: Ledger
) -> None:
    plan = tracked_plan()
    generate.generate(workspace, plan, ledger, JANUARY, None, force=False, now=CREATED)
    report(ledger, EDUCATION, {3: "已完成"}, JANUARY)
    report(ledger, FINANCE, {4: "已完成"}, JANUARY)
    found = matters(for_supervision(ledger, plan, DECEMBER), AFTER.date())
    assert not [one.what for one in found if "第3项" in one.what or "第4项" in one.what]


def test_a_task_behind_for_several_reasons_is_one_matter(ledger: Ledger) -> None:
    facts = for_summary(ledger, replace(tracked_plan(), deadlines=()), DECEMBER)
    lines = [replace(one, reported=one.reported - 1) for one in facts.statuses[DECEMBER]]
    left = facts.reported - {(EDUCATION, "T03")}
    facts = replace(facts, reported=left, statuses={DECEMBER: lines})
    (told,) = [one for one in matters(facts, AFTER.date()) if one.task == "T03"]
    assert told.what == "第3项：第3项目标任务，2022年12月未报送进展"
    assert told.since == "截止2022年12月31日；12月填报为滞后"


def test_of_what_comes_every_month_a_quarter_names_its_last_as_that_month_does() -> None:
    monthly = Deadline("T03", "①", "每月", DeadlineKind.RECURRING, Recurrence(MONTHLY))
    plan, today = replace(tracked_plan(), deadlines=(monthly,)), date(2023, 1, 5)
    days = {one: [due.day for due in due_soon(plan, one, today)] for one in (DECEMBER, QUARTER)}
    assert days[DECEMBER] == days[QUARTER] == [date(2022, 12, 31)]
    assert open_days(plan, QUARTER, today) == {"T03": [(date(2023, 1, 31), "①")]}
    closed = Closing("T03", "①", 2022, date(2022, 12, 20), "文件")
    told = covered_in_words(replace(plan, closings=(closed,)))
    assert told == "“每月”的事项，2022年的各次都算办结，不再提醒；只办完一次的，请恢复督办。"


def test_nobody_is_called_to_account_for_what_is_closed(ledger: Ledger) -> None:
    done = tuple(
        Closing(f"T{number:02d}", "", None, date(2022, 12, 20), "文件") for number in (2, 3, 4)
    )
    plan = replace(tracked_plan(), closings=done)
    assert owed(ledger, EDUCATION, plan) == []
    assert owed(ledger, FINANCE, plan) == []


def test_each_unit_gets_a_paper_a_colour_with_a_slip_to_return(
    workspace: Workspace, ledger: Ledger
) -> None:
    made = summary.supervise(workspace, tracked_plan(), ledger, DECEMBER, now=AFTER)
    names = {one.path.name for one in made.papers}
    assert {
        "督办单_县教育局_红.docx",
        "督办单_县教育局_黄.docx",
        "督办单_县财政局_黄.docx",
        "督办单_县财政局_蓝.docx",
    } <= names
    assert made.folder == workspace.results(DECEMBER) / "督办单"
    paper = docx.Document(str(made.folder / "督办单_县教育局_红.docx"))
    said = [one.text for one in paper.paragraphs]
    assert "督办单（逾期）" in said
    assert "县教育局：" in said
    assert "1. 第3项②：2022年先行试点（时限2022年12月31日，已逾期5天）。" in said
    assert any(text.startswith("签发人：") for text in said)
    title = next(one for one in paper.paragraphs if one.text == "督办单（逾期）")
    assert str(title.runs[0].font.color.rgb) == "C00000"
    (slip,) = paper.tables
    assert [cell.text for cell in slip.rows[0].cells] == [
        "序号",
        "督办事项",
        "办理情况",
        "办结日期",
    ]
    assert slip.rows[1].cells[1].text == "第3项②：2022年先行试点"


def test_what_was_edited_stays_and_what_holds_no_longer_goes(
    workspace: Workspace, ledger: Ledger
) -> None:
    plan = tracked_plan()
    first = summary.supervise(workspace, plan, ledger, DECEMBER, now=AFTER)
    edited = first.folder / "督办单_县教育局_红.docx"
    paper = docx.Document(str(edited))
    paper.add_paragraph("领导批示。")
    paper.save(str(edited))
    by_hand = edited.read_bytes()
    again = summary.supervise(workspace, plan, ledger, DECEMBER, now=AFTER)
    assert edited.read_bytes() == by_hand
    (kept,) = [one for one in again.papers if one.kept]
    assert kept.path.name == "督办单_县教育局_红（新）.docx"
    closed = replace(
        plan,
        closings=tuple(
            Closing(key, "", None, date(2022, 12, 20), "文件") for key in ("T03", "T04")
        ),
    )
    last = summary.supervise(workspace, closed, ledger, DECEMBER, now=AFTER)
    assert last.removed == 3, "two papers, and the new one beside hers"
    assert edited.read_bytes() == by_hand
    assert not (last.folder / "督办单_县财政局_蓝.docx").exists()


def test_what_was_closed_since_the_period_is_asked_of_nobody_today(ledger: Ledger) -> None:
    closed = Closing("T03", "", None, AFTER.date(), "验收材料")
    plan = replace(tracked_plan(), closings=(closed,))
    assert not [what for _, what, _ in owed(ledger, EDUCATION, plan) if "第3项" in what]
    late = replace(closed, on=date(2023, 3, 1))
    plan = replace(tracked_plan(), closings=(late,))
    assert [what for _, what, _ in owed(ledger, EDUCATION, plan) if "第3项" in what]


def test_what_is_owed_of_several_years_bears_its_year_on_the_slip_too(ledger: Ledger) -> None:
    plan = tracked_plan()
    yearly = Deadline("T03", "①", "每年检查", DeadlineKind.RECURRING, Recurrence(((12, 1),)))
    plan = replace(plan, deadlines=(yearly,))
    facts = for_summary(ledger, plan, DECEMBER)
    (red, *_) = [one for one in matters(facts, date(2023, 1, 5)) if one.unit == EDUCATION]
    assert red.what == "第3项①（2022年）：每年检查"
