import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edu_sheet import summary
from edu_sheet.facts.gather import for_summary
from edu_sheet.store.ledger import Ledger
from edu_sheet.summary.content.bulletin import bulletin_content
from edu_sheet.summary.content.collection import collection_content
from edu_sheet.summary.content.content import Chart, Content, Paragraph
from edu_sheet.summary.content.material import material_content
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Quarter
from edu_sheet.words.plan import Plan
from edu_sheet.words.settings import Fonts, PeriodSettings, RedHead, SummaryStyle
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    OCTOBER,
    POLICE,
    QUARTER,
    new_workspace,
    report,
    small_plan,
)
from tests.support.places import GOLDENS
from tests.support.summary_sample import dump, issue, lived_quarter

NEXT = Quarter(2023, 1)


def texts(content: Content) -> list[str]:
    return [one.speaker + one.text for one in content.body if isinstance(one, Paragraph)]


def official_plan() -> Plan:
    plan = small_plan()
    settings = replace(
        plan.settings,
        red_head=RedHead.PRINTED,
        addressee="各成员单位",
        copies_to="县委办，县政府办",
    )
    own = PeriodSettings(doc_number="某教小组发〔2022〕3号", dated=date(2022, 12, 31))
    return replace(plan, settings=settings, periods={QUARTER: own})


def check_golden(name: str, content: Content) -> None:
    text = dump(summary.render(content, Fonts(), CREATED))
    golden = GOLDENS / name
    if os.environ.get("UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_quarters_summary_says_what_the_ledger_holds(tmp_path: Path) -> None:
    plan = official_plan()
    with lived_quarter(tmp_path, plan)[1] as ledger:
        facts = for_summary(ledger, plan, QUARTER)
    check_golden("summary_quarter.txt", summary.quarter_content(facts, SummaryStyle.FULL))
    check_golden("summary_in_short.txt", summary.quarter_content(facts))
    check_golden("summary_full_texts.txt", collection_content(facts))


def test_a_months_bulletin_says_who_reported_and_who_did_not(tmp_path: Path) -> None:
    plan = small_plan()
    with lived_quarter(tmp_path, plan)[1] as ledger:
        content = bulletin_content(for_summary(ledger, plan, DECEMBER), DECEMBER)
    check_golden("summary_bulletin.txt", content)


def test_a_bulletin_ranks_the_units_only_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    plan = small_plan()
    with lived_quarter(tmp_path)[1] as ledger:
        facts = for_summary(ledger, plan, NOVEMBER)
        plain = bulletin_content(facts, NOVEMBER)
        asked = replace(plan, settings=replace(plan.settings, ranking=True))
        ranked = bulletin_content(replace(facts, plan=asked), NOVEMBER)
    assert plain.attachments == ()
    (table,) = ranked.attachments
    assert table.rows[0][:2] == ("1", EDUCATION)
    assert table.rows[-1] == ("6", FINANCE, "3", "3", "3", "5", "0"), "who was late comes last"
    assert [row[0] for row in table.rows] == ["1", "1", "1", "1", "1", "6"], "ties share"


def test_a_lead_units_material_is_its_own_tasks_with_a_place_to_sign(tmp_path: Path) -> None:
    plan = small_plan()
    with lived_quarter(tmp_path, plan)[1] as ledger:
        facts = for_summary(ledger, plan, QUARTER)
        check_golden("summary_material.txt", material_content(facts, EDUCATION))
        with pytest.raises(EduSheetError, match=r"没有牵头的任务.*县财政局"):
            material_content(facts, POLICE)


def test_the_annex_stands_upright_where_the_last_page_bears_who_printed_it(
    tmp_path: Path,
) -> None:
    plan = small_plan()
    settings = replace(plan.settings, copies_to="县委办")
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, plan, DECEMBER)
        facts = for_summary(ledger, plan, QUARTER)
    copied = replace(facts, plan=replace(plan, settings=settings))
    across = [summary.quarter_content(one).attachments[0].landscape for one in (facts, copied)]
    assert across == [True, False]


def test_a_quarter_in_which_nothing_came_says_so_in_every_section(tmp_path: Path) -> None:
    plan = small_plan()
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, plan, DECEMBER)
        content = summary.quarter_content(for_summary(ledger, plan, QUARTER))
    said = texts(content)
    headings = [place for place, text in enumerate(said) if text[1:2] == "、"]
    assert [said[place + 1] for place in headings[1:3]] == [
        "2022年第四季度没有收到任务的进展。",
        "（一）没有进展的任务",
    ]
    assert "（二）报送情况" in said


def test_of_a_period_without_forms_nothing_is_reported(tmp_path: Path) -> None:
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, small_plan(), DECEMBER)
        for period in (QUARTER.previous(), OCTOBER, NEXT):
            with pytest.raises(EduSheetError, match="还没有下发过填报表"):
                for_summary(ledger, small_plan(), period)


def test_months_alone_feed_a_quarter_without_quarter_forms(tmp_path: Path) -> None:
    plan = small_plan()
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, plan, DECEMBER)
        report(ledger, EDUCATION, DECEMBER, {1: "十二月的进展。"})
        report(ledger, FINANCE, OCTOBER, {1: "十月的进展。"})
        facts = for_summary(ledger, plan, QUARTER)
        said = texts(summary.quarter_content(facts, SummaryStyle.FULL))
    assert list(facts.statuses) == [DECEMBER]
    assert "县教育局（据12月报送）：十二月的进展。" in said
    assert "县财政局（据10月报送）：十月的进展。" in said


def test_the_chart_shows_the_ledgers_numbers(tmp_path: Path) -> None:
    with lived_quarter(tmp_path)[1] as ledger:
        content = summary.quarter_content(for_summary(ledger, small_plan(), QUARTER))
    chart = next(one for one in content.body if isinstance(one, Chart))
    assert chart.categories == ("10月", "11月", "12月", "第四季度")
    assert dict(chart.series) == {
        "按时报送": (6, 5, 5, 2),
        "迟报": (0, 1, 0, 0),
        "未报": (0, 0, 1, 1),
    }


def test_the_next_quarter_is_compared_with_the_last(tmp_path: Path) -> None:
    plan = small_plan()
    _, ledger = lived_quarter(tmp_path, plan)
    with ledger:
        _reported_again(ledger, plan)
        said = texts(summary.quarter_content(for_summary(ledger, plan, NEXT)))
    compared = "报送率66.7%，其中未报全1个；未报1个。与上季度相比，报送率持平，按时报送率持平。"
    assert compared in "\n".join(said)
    assert "报送内容与上季度一字不差的单位1个：县财政局（序号4）。" in said


def _reported_again(ledger: Ledger, plan: Plan) -> None:
    issue(ledger, plan, NEXT.last)
    issue(ledger, plan, NEXT)
    report(ledger, FINANCE, NEXT, {4: "教育支出只增不减。"})
    report(ledger, EDUCATION, NEXT, {1: "新的进展。"})
    report(ledger, EDUCATION, NEXT.last, {1: "新的进展。"})
    report(ledger, FINANCE, NEXT.last, {4: "教育支出只增不减。"})


def test_a_unit_that_owes_something_is_named_with_what_it_owes(tmp_path: Path) -> None:
    with lived_quarter(tmp_path)[1] as ledger:
        said = texts(summary.quarter_content(for_summary(ledger, small_plan(), QUARTER)))
    assert "12月未报送的单位1个：县公安局。" in said
    assert "11月迟报的单位1个：县财政局（逾期5天）。" in said
    assert any(text.startswith("请未报送、未报全的单位尽快补报：") for text in said)


def test_a_title_of_the_period_wins_over_the_pattern(tmp_path: Path) -> None:
    own = PeriodSettings(title="某县关于2022年教育重点工作的总结")
    plan = replace(small_plan(), periods={QUARTER: own})
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, plan, DECEMBER)
        content = summary.quarter_content(for_summary(ledger, plan, QUARTER))
    assert "".join(content.title) == "某县关于2022年教育重点工作的总结"


def test_a_red_head_without_a_number_leaves_a_place_to_write_it(tmp_path: Path) -> None:
    plan = small_plan()
    plan = replace(plan, settings=replace(plan.settings, red_head=RedHead.PRINTED))
    with new_workspace(tmp_path)[1] as ledger:
        issue(ledger, plan, DECEMBER)
        content = summary.quarter_content(for_summary(ledger, plan, QUARTER))
    assert content.doc_number == "某教小组发〔2022〕　　号"
    assert content.dated is None


def test_title_number_and_printing_date_follow_the_settings(tmp_path: Path) -> None:
    plan = small_plan()
    settings = replace(
        plan.settings,
        red_head=RedHead.PRINTED,
        summary_title="{发文机关}办公室{期次}工作总结",
        summary_number="某教办〔{年}〕　　号",
        printed=date(2023, 1, 6),
    )
    workspace, ledger = lived_quarter(tmp_path, replace(plan, settings=settings))
    summary.report(workspace, replace(plan, settings=settings), ledger, QUARTER, now=CREATED)
    said = dump((workspace.results(QUARTER) / "季度总结.docx").read_bytes())
    ledger.close()
    assert "办公室" in said.split("公文标题|")[1].splitlines()[0]
    assert "2022年第四季度工作总结" in said.replace(" / ", "")
    assert "某教办〔2022〕　　号" in said
    assert "2023年1月6日印发" in said
