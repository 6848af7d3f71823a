"""Plans in which nobody leads, or only some tasks are led: what is printed says so."""

from dataclasses import replace
from pathlib import Path

from edu_sheet import summary
from edu_sheet.facts.gather import for_summary
from edu_sheet.form import earlier_sheets
from edu_sheet.rules.standing import Standing
from edu_sheet.summary.content.content import Attachment, Content, Paragraph
from edu_sheet.summary.content.slides import slides_content
from edu_sheet.words.columns import LEAD, LIAISON
from edu_sheet.words.plan import Plan
from edu_sheet.words.settings import LeadRule, SummaryStyle
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    QUARTER,
    moment,
    new_workspace,
    report,
    small_form,
    small_plan,
)
from tests.support.summary_sample import issue, lived_quarter

_SAID = "已办。\n存在问题：经费不足。\n下一步打算：继续推进。"


def without_leads(*numbers: int) -> Plan:
    """Return the small plan; the tasks of these numbers have responsible units alone."""
    plan = small_plan()
    tasks = tuple(
        replace(
            one,
            leads=(),
            lead_text="",
            responsible=tuple(dict.fromkeys([*one.leads, *one.responsible])),
        )
        if one.number in numbers
        else one
        for one in plan.tasks
    )
    columns = plan.columns
    if not any(one.leads for one in tasks):  # a column in which nothing stands is none of the plan
        columns = tuple(one for one in columns if one.field not in (LEAD.field, LIAISON.field))
    settings = replace(plan.settings, leads=LeadRule.NONE)
    return replace(plan, tasks=tasks, settings=settings, columns=columns)


def said_in(content: Content) -> list[str]:
    body = [one.speaker + one.text for one in content.body if isinstance(one, Paragraph)]
    annex = [
        text
        for one in content.attachments
        if isinstance(one, Attachment)
        for row in ([column.header for column in one.columns], *one.rows)
        for text in row
    ]
    return [*body, *annex]


def _summary(folder: Path, plan: Plan, style: SummaryStyle = SummaryStyle.BRIEF) -> list[str]:
    with lived_quarter(folder, plan)[1] as ledger:
        report(ledger, EDUCATION, QUARTER, {1: _SAID}, plan=plan, at=moment("2022-12-30"))
        return said_in(summary.quarter_content(for_summary(ledger, plan, QUARTER), style))


def test_where_nobody_leads_no_word_of_a_summary_or_its_slides_says_so(tmp_path: Path) -> None:
    plan = without_leads(1, 2, 3, 4, 5)
    for style in SummaryStyle:
        said = _summary(tmp_path / style.name, plan, style)
        assert [text for text in said if "牵头" in text] == []
        assert "（一）责任单位反映的问题" in said
        assert "（一）各责任单位的打算" in said
    with new_workspace(tmp_path / "slides")[1] as ledger:
        issue(ledger, plan, QUARTER)
        deck = slides_content(for_summary(ledger, plan, QUARTER))
    assert "牵头" not in str(deck)


def test_where_nobody_leads_paper_and_annex_say_whose_each_task_is(tmp_path: Path) -> None:
    plan = without_leads(1, 2, 3, 4, 5)
    alone = replace(plan.tasks[0], responsible=(EDUCATION,))
    said = _summary(tmp_path, replace(plan, tasks=(alone, *plan.tasks[1:])))
    assert any(f"。{EDUCATION}：" in text for text in said), (
        "the only unit, and no heading names it"
    )
    assert "责任单位" in said


def test_where_some_tasks_are_led_all_units_are_counted_and_asked(tmp_path: Path) -> None:
    said = _summary(tmp_path, without_leads(2))
    whole = "".join(said)
    assert "第四季度各单位书面材料" in whole
    assert "（一）各单位反映的问题" in said
    assert "请各牵头单位（没有设牵头单位的任务，由责任单位）于3月31日前" in whole
    headings = [text for text in said if text.endswith(("牵头的任务", "没有设牵头单位的任务"))]
    assert headings[-1].endswith("没有设牵头单位的任务")


def test_what_all_reported_is_said_of_the_quarter_and_points_to_missing_months(
    tmp_path: Path,
) -> None:
    plan = small_plan()
    missed = next(text for text in _summary(tmp_path, plan) if "没有注明的" in text)
    assert "责任单位本季度均报送过进展；未报送、未报全的月份见“报送情况”" in missed


def test_a_sheet_of_earlier_texts_says_led_only_where_all_its_tasks_are() -> None:
    titles = []
    for plan in (small_plan(), without_leads(1, 2, 3, 4, 5)):
        rows = small_form(EDUCATION, QUARTER, plan).rows
        sheets = earlier_sheets(plan, EDUCATION, QUARTER, rows, {DECEMBER: Standing()})
        titles.append(sheets[0].title)
    assert titles == [
        f"{EDUCATION}{what}2022年第四季度各单位逐月进展情况（仅供查阅）"
        for what in ("牵头任务", "任务")
    ]
