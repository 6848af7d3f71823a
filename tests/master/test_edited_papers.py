"""What the papers say of a text that was edited in 总表: whose it is, and what it was made of."""

from pathlib import Path
from typing import Any

import openpyxl

from edu_sheet import summary
from edu_sheet.words.settings import SummaryStyle
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, NOVEMBER, QUARTER, with_task
from tests.support.master_desk import YEAR_END, Desk, table
from tests.support.summary_sample import dump


def polish(desk: Desk, before: str, after: str, period: Any = QUARTER) -> None:
    """Let the clerk change some words of 总表, and merge it."""

    def change(book: Any) -> None:
        for (cell,) in book["总表"].iter_rows(min_row=4, min_col=4, max_col=4):
            if before in str(cell.value or ""):
                cell.value = str(cell.value).replace(before, after)

    desk.merge(period)
    desk.edit(change, period)
    desk.merge(period)


def paper(desk: Desk, **named: Any) -> str:
    made = summary.report(desk.workspace, desk.plan, desk.ledger, QUARTER, now=YEAR_END, **named)
    return dump(Path(made.path).read_bytes())


def test_a_months_text_polished_in_the_quarters_master_is_still_that_months(desk: Desk) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "校舍建成。"})
    polish(desk, "校舍建成。", "校舍建成3所。")
    assert "（据12月报送）校舍建成3所。" in paper(desk)
    own = paper(desk, unit=EDUCATION)
    assert "县教育局没有报送季度材料；1项按其各月报送的内容整理（序号1）" in own
    assert "来源：12月，" in paper(desk, full_texts=True)
    glance = table(openpyxl.load_workbook(desk.path(QUARTER))["一览"])[0]
    assert "县教育局（季度未报，用12月的）" in glance["谁没有报"]


def test_a_months_polished_text_stays_that_months_when_the_quarters_own_comes(desk: Desk) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "校舍建成。"})
    polish(desk, "校舍建成。", "校舍建成3所。")
    desk.report(EDUCATION, {1: "存在问题：资金不足。"}, QUARTER, at=YEAR_END)
    assert "（据12月报送）校舍建成3所。" in paper(desk)
    desk.merge(QUARTER)
    glance = table(openpyxl.load_workbook(desk.path(QUARTER))["一览"])[0]
    assert "县教育局（季度另有新报送，用12月的）" in glance["谁没有报"]
    collected = paper(desk, full_texts=True)
    waits = collected.split("（此后报来，没有采用）：（据12月报送）校舍建成。")[1]
    assert "；12月，" in waits.split("有人工修改")[0], "both returns that say it are cited"


def test_what_the_clerk_writes_for_a_lead_is_nothing_that_the_lead_filed(desk: Desk) -> None:
    desk.issue(DECEMBER, QUARTER)
    desk.report(FINANCE, {1: "拨款到位。"})
    polish(desk, "【县财政局】", "【县教育局】\n据电话，已完工。\n【县财政局】")
    assert "据电话，已完工。" in paper(desk)
    assert "县教育局没有填报任务的进展。" in paper(desk, unit=EDUCATION)


def test_the_polished_text_of_a_lead_of_before_stays_in_its_place(desk: Desk) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {5: "举办文化节。"})
    desk.plan = with_task(desk.plan, 5, leads=(FINANCE,))
    before = "县教育局（原牵头单位，据12月报送）：举办文化节"
    assert before in paper(desk)
    polish(desk, "举办文化节。", "举办文化节，观众2万。")
    assert before in paper(desk)


def test_what_comes_after_an_edit_stands_beside_it_in_the_collection_with_its_own_source(
    desk: Desk,
) -> None:
    desk.issue(DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "校舍建成。"}, QUARTER)
    polish(desk, "校舍建成。", "校舍建成3所。")
    assert "有人工修改" in paper(desk, full_texts=True)
    desk.report(EDUCATION, {1: "校舍建成4所。"}, QUARTER, at=YEAR_END)
    polished, newest = paper(desk, full_texts=True).split("县教育局（此后报来，没有采用）：")
    assert "校舍建成3所。" in polished
    assert "（来源：第四季度，县教育局-2022Q4-08090000.xlsx，填报表!D5，有人工修改，" in polished
    assert "，该单位此后另有报送）" in polished
    assert newest.startswith("校舍建成4所。")
    assert "（来源：第四季度，" in newest


def test_a_months_progress_stands_marked_in_a_quarters_text_without_any_on_every_paper(
    desk: Desk,
) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "校舍建成。存在问题：缺水。"})
    desk.report(EDUCATION, {1: "——\n存在问题：资金不足。"}, QUARTER)
    book = openpyxl.load_workbook(desk.merge(QUARTER).path)
    whole = "【县教育局】\n（据12月报送）校舍建成。\n存在问题：资金不足。"
    for name in ("总表", "打印版"):
        assert table(book[name])[0]["进展情况"] == whole, name
    rows = {row["进展情况"]: row["总表采用"] for row in table(book["明细"])}
    assert rows["校舍建成。存在问题：缺水。"] == "是，只用其中的进展"
    assert rows["——\n存在问题：资金不足。"] == "是，未经审定"
    assert "县教育局（季度没有填写进展成效，用12月的）" in table(book["一览"])[0]["谁没有报"]
    assert "（据12月报送）校舍建成。" in paper(desk)
    polish(desk, "建成。", "建成3所。")
    assert paper(desk).count("（据12月报送）校舍建成3所") == 2, "in the text and in the annex"
    at_length = paper(desk, style=SummaryStyle.FULL)
    assert "县教育局（据12月报送）：校舍建成3所。" in at_length
    assert "县教育局（据12月报送）：存在问题：缺水。" in at_length
    assert "校舍建成。" not in at_length, "her figure and the old one do not stand together"
    assert "1项按其各月报送的内容整理" in paper(desk, unit=EDUCATION), "it is December's still"
    desk.report(EDUCATION, {1: "校舍建成4所。"}, at=YEAR_END)
    assert desk.merge(QUARTER).conflicts == 1
    rows = {
        row["进展情况"]: row["总表采用"]
        for row in table(openpyxl.load_workbook(desk.path(QUARTER))["明细"])
    }
    assert rows["校舍建成。存在问题：缺水。"] == "是，有人工修改"
    assert rows["校舍建成4所。"] == "否，待取舍"
    collected = paper(desk, full_texts=True)
    assert "（据12月报送）校舍建成3所。" in collected
    assert collected.count("校舍建成4所。") == 2, "waiting beside the quarter's, and in December"


def test_a_months_text_sent_anew_after_the_clerk_cut_it_stands_in_the_collection(
    desk: Desk,
) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "十一月奠基。"}, NOVEMBER)
    desk.report(EDUCATION, {1: "第四季度建成。"}, QUARTER)
    polish(desk, "十一月奠基。", "", NOVEMBER)
    desk.report(EDUCATION, {1: "十一月封顶。"}, NOVEMBER, at=YEAR_END)
    assert "县教育局（此后报来，没有采用）：十一月封顶。" in paper(desk, full_texts=True)
    polish(desk, "第四季度建成。", "")
    assert "县教育局（此后报来，没有采用）：十一月封顶。" in paper(desk, full_texts=True)


def test_a_months_text_that_the_clerk_took_out_is_called_so_in_the_quarters_details(
    desk: Desk,
) -> None:
    desk.issue(NOVEMBER, DECEMBER)
    desk.report(EDUCATION, {1: "十一月奠基。"}, NOVEMBER)
    desk.report(EDUCATION, {1: "十二月建成。"})
    polish(desk, "十一月奠基。", "", NOVEMBER)
    rows = table(openpyxl.load_workbook(desk.merge(QUARTER).path)["明细"])
    assert [row["总表采用"] for row in rows] == ["是", "否，人工删去"]


def test_a_part_of_a_text_that_the_clerk_cut_is_named_and_cited_nowhere(desk: Desk) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "校舍建成。"})
    desk.report(EDUCATION, {1: "存在问题：资金不足。"}, QUARTER)
    polish(desk, "\n存在问题：资金不足。", "")
    told = [one for one in desk.merge(QUARTER).findings if one.code == "cleared"]
    assert [(one["unit"], one["parts"]) for one in told] == [(EDUCATION, ("存在问题",))]
    rows = table(openpyxl.load_workbook(desk.path(QUARTER))["明细"])
    assert [row["总表采用"] for row in rows] == ["否，人工删去", "是"]
    collected = paper(desk, full_texts=True)
    assert "来源：12月" in collected
    assert "第四季度，" not in collected


def test_what_the_clerk_cut_or_wrote_of_a_month_is_no_report_of_the_quarter(desk: Desk) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "校舍建成。", 5: "举办文化节。"}, NOVEMBER)
    polish(desk, "校舍建成。", "", NOVEMBER)
    polish(desk, "举办文化节。", "", QUARTER)
    text = paper(desk)
    assert "11月已报送，汇总时未采用" in text
    glance = table(openpyxl.load_workbook(desk.path(QUARTER))["一览"])
    assert f"{EDUCATION}（季度未报，11月的汇总时未采用）" in glance[0]["谁没有报"]


def test_what_the_clerk_wrote_for_a_unit_in_a_month_is_not_called_its_report(desk: Desk) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(FINANCE, {1: "拨款到位。"})
    polish(desk, "【县财政局】", "【县教育局】\n据电话，已完工。\n【县财政局】", DECEMBER)
    assert "（12月汇总时填写）据电话，已完工。" in paper(desk)
