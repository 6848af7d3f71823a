"""A text that the clerk polished or took out, and what its unit reports afterwards.

It is said wherever the text stands: in the month's 总表, in the quarter's, in the summary.
"""

from typing import Any

import openpyxl
import pytest

from edu_sheet import summary
from edu_sheet.words.settings import SummaryStyle
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, NOVEMBER, QUARTER, TOWNS, moment
from tests.support.master_desk import YEAR_END, Desk, progress, table
from tests.support.summary_sample import dump

LATER = moment("2022-12-20T10:00")
POLISHED = "【县教育局】\n教育一，改。\n【县财政局】\n财政一"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Education's text of December was polished in 总表, and merged."""
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "教育一", 2: "教育二"})
    desk.report(FINANCE, {1: "财政一"})
    desk.merge()
    desk.edit(put("D4", POLISHED))
    desk.merge()
    return desk


def put(cell: str, text: str) -> Any:
    def change(book: Any) -> None:
        book["总表"][cell] = text

    return change


def reported(desk: Desk, **named: Any) -> summary.Reported:
    return summary.report(desk.workspace, desk.plan, desk.ledger, QUARTER, now=YEAR_END, **named)


def test_what_a_unit_corrects_under_a_polished_text_is_a_new_row_in_the_quarter_too(
    desk: Desk,
) -> None:
    assert desk.merge(QUARTER).conflicts == 0
    desk.report(EDUCATION, {1: "只完成一项"}, at=LATER)
    merged = desk.merge(QUARTER)
    assert (merged.conflicts, merged.edits, merged.needs_a_person) == (1, 0, True)
    book = openpyxl.load_workbook(desk.path(QUARTER))
    first, second = table(book["总表"])[:2]
    assert first["进展情况"] == POLISHED
    assert second["进展情况"] == "【县教育局】\n只完成一项"
    assert any("只完成一项" in str(row["问题"]) for row in table(book["问题清单"]))
    assert table(book["明细"])[0]["总表采用"] == "否，待取舍"
    assert not desk.merge(QUARTER).written
    assert desk.ledger.edits.standing([QUARTER]) == []


def test_the_summary_says_that_a_polished_text_has_been_corrected_by_its_unit(desk: Desk) -> None:
    assert reported(desk).findings == ()
    desk.report(EDUCATION, {1: "只完成一项"}, at=LATER)
    (one,) = reported(desk).findings
    assert (one.code, one["unit"], one["edited"], one.text) == (
        "outdated_text",
        EDUCATION,
        DECEMBER,
        "只完成一项",
    )
    assert reported(desk, unit=EDUCATION).findings == (one,)


def test_a_month_s_undecided_text_is_told_in_the_quarter_though_a_later_one_stands_there(
    desk: Desk,
) -> None:
    desk.report(EDUCATION, {1: "季度一"}, QUARTER)
    assert desk.merge(QUARTER).findings == reported(desk).findings == ()
    desk.report(EDUCATION, {1: "只完成一项"}, at=LATER)
    merged = desk.merge(QUARTER)
    (one,) = merged.findings
    assert (one.code, one.variant, one["unit"], one["edited"], one.text) == (
        "outdated_text",
        "month",
        EDUCATION,
        DECEMBER,
        "只完成一项",
    )
    assert (merged.conflicts, merged.needs_a_person) == (0, True)
    for named in ({}, {"full_texts": True}, {"style": SummaryStyle.FULL}, {"unit": EDUCATION}):
        assert reported(desk, **named).findings == (one,)
    desk.merge(DECEMBER)
    desk.edit(lambda book: book["总表"].delete_rows(5), DECEMBER)
    assert desk.merge(DECEMBER).conflicts == 0
    assert desk.merge(QUARTER).findings == reported(desk).findings == ()


def test_a_conflict_settled_in_the_quarter_is_settled_for_the_summary(desk: Desk) -> None:
    desk.report(EDUCATION, {1: "只完成一项"}, at=LATER)
    desk.merge(QUARTER)
    desk.edit(lambda book: book["总表"].delete_rows(5), QUARTER)
    merged = desk.merge(QUARTER)
    assert (merged.conflicts, merged.edits) == (0, 1)
    assert progress(openpyxl.load_workbook(desk.path(QUARTER)))[1] == POLISHED
    assert reported(desk).findings == ()
    assert not desk.merge(QUARTER).written
    desk.report(EDUCATION, {1: "一项也没有完成"}, at=moment("2022-12-28"))
    assert desk.merge(QUARTER).conflicts == 1
    (one,) = reported(desk).findings
    assert one.text == "一项也没有完成"


def test_a_conflict_settled_in_the_month_is_settled_in_the_quarter(desk: Desk) -> None:
    desk.report(EDUCATION, {1: "只完成一项"}, at=LATER)
    assert desk.merge(QUARTER).conflicts == 1
    assert desk.merge(DECEMBER).conflicts == 1
    desk.edit(lambda book: book["总表"].delete_rows(5), DECEMBER)
    desk.edit(put("D4", POLISHED.replace("教育一，改。", "只完成了一项。")), DECEMBER)
    assert desk.merge(DECEMBER).conflicts == 0
    assert desk.merge(QUARTER).conflicts == 0
    assert "只完成了一项。" in progress(openpyxl.load_workbook(desk.path(QUARTER)))[1]
    assert reported(desk).findings == ()


def test_a_text_taken_out_is_never_said_to_be_missing(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n\n【县财政局】\n财政一"))
    desk.edit(put("D5", "【县教育局】\n"))
    desk.merge()
    merged = desk.merge(QUARTER)
    book = openpyxl.load_workbook(merged.path)
    rows = {row["单位（角色）"]: row for row in table(book["进展历程"]) if row["序号"] == 1}
    assert rows[f"{EDUCATION}（牵头）"]["2022年12月"] == "已报，汇总时未采用"
    assert table(book["明细"])[0]["总表采用"] == "否，人工删去"
    said = dump(reported(desk, unit=EDUCATION).path.read_bytes())
    assert "任务1已报送、汇总时未采用的单位1个：县教育局（12月）。" in said
    assert "任务1未报送的单位" in said  # the others
    assert "县教育局" not in said.split("任务1未报送的单位")[1].split("。")[0]
    whole = dump(reported(desk).path.read_bytes())
    assert "牵头单位县教育局（12月已报送，汇总时未采用）" in whole
    assert "牵头单位县教育局未报送" not in whole
    assert "（序号1" not in whole.split("牵头单位未报送的任务")[-1].split("。")[0]


def test_what_comes_after_a_text_was_taken_out_is_told_in_the_quarter(desk: Desk) -> None:
    desk.edit(put("D5", "【县教育局】\n"))
    desk.merge()
    desk.report(EDUCATION, {2: "教育二，更正"}, at=LATER)
    merged = desk.merge(QUARTER)
    assert merged.conflicts == 1
    texts = [row["进展情况"] for row in table(openpyxl.load_workbook(merged.path)["总表"])]
    assert "【县教育局】\n教育二，更正" in texts
    (one,) = reported(desk).findings
    assert (one.variant, one.text) == ("taken_out", "教育二，更正")


def test_the_row_of_a_first_report_does_not_say_that_its_text_was_edited(desk: Desk) -> None:
    desk.edit(put("D4", "几句话写完全部。"))
    desk.merge()
    desk.report("县公安局", {5: "公安"}, at=LATER)
    desk.report("各乡镇党委、政府", {1: "乡镇一"}, at=LATER)
    desk.merge()
    (row,) = [
        row
        for row in table(openpyxl.load_workbook(desk.path())["总表"])
        if row["目标任务"].startswith("〔新报送〕")
    ]
    assert "改后该单位又报来新的内容" not in row["具体要求"]
    assert "没有并入" in row["具体要求"]


def test_merging_says_what_is_missing_and_leaves_it_to_a_person(desk: Desk) -> None:
    merged = desk.merge()
    assert (merged.errors, merged.missing, merged.needs_a_person) == (0, 4, True)


def test_a_cell_rewritten_as_a_whole_after_a_section_was_polished_is_one_edit(desk: Desk) -> None:
    desk.edit(put("D4", "两家合写的一段话。"))
    desk.merge()
    (edit,) = [one for one in desk.ledger.edits.standing([DECEMBER]) if one.field == "progress"]
    assert (edit.unit, edit.text) == ("", "两家合写的一段话。")
    assert edit.over == "【县教育局】\n教育一\n【县财政局】\n财政一"  # as returned, not as polished
    desk.report(EDUCATION, {1: "教育一，补充"}, at=LATER)
    assert desk.merge().conflicts == 1
    assert progress(openpyxl.load_workbook(desk.path()))[1].startswith("两家合写的一段话。")


def test_a_section_that_she_adds_between_two_is_an_edit_of_that_unit_alone(desk: Desk) -> None:
    desk.report(TOWNS, {1: "乡镇一"}, period=NOVEMBER)
    desk.report(EDUCATION, {1: "教育十一月"}, period=NOVEMBER)
    desk.merge(NOVEMBER)
    added = "【县教育局】\n教育十一月\n【县财政局】\n会上补充\n【各乡镇党委、政府】\n乡镇一"
    desk.edit(put("D4", added), NOVEMBER)
    desk.merge(NOVEMBER)
    (edit,) = [one for one in desk.ledger.edits.standing([NOVEMBER]) if one.field == "progress"]
    assert (edit.unit, edit.text) == (FINANCE, "会上补充")
    assert progress(openpyxl.load_workbook(desk.path(NOVEMBER)))[1] == added


def test_a_text_that_came_after_its_cell_was_emptied_waits_and_was_not_deleted(desk: Desk) -> None:
    desk.edit(put("D5", ""))
    desk.merge()
    desk.report(EDUCATION, {2: "教育二，又报"}, at=LATER)
    assert desk.merge().conflicts == 1
    rows = table(openpyxl.load_workbook(desk.path())["明细"])
    assert {row["进展情况"]: row["总表采用"] for row in rows if row["序号"] == 2} == {
        "教育二，又报": "否，待取舍",
        "教育二": "否，人工删去",
    }


def test_a_section_emptied_in_a_month_is_no_empty_section_of_the_quarter(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n\n【县财政局】\n财政一"))
    desk.merge()
    desk.merge(QUARTER)
    assert progress(openpyxl.load_workbook(desk.path(QUARTER)))[1] == "【县财政局】\n财政一"


def test_a_line_like_another_units_label_stays_in_the_text_that_it_was_reported_in(
    desk: Desk,
) -> None:
    said = f"已办3件。\n【{FINANCE}】\n拨付了资金。\n合计5件。"
    desk.report(EDUCATION, {2: said}, at=LATER)
    desk.merge()
    cell = "D5"
    shown = openpyxl.load_workbook(desk.path(DECEMBER))["总表"][cell].value
    assert shown == f"【{EDUCATION}】\n已办3件。\n\u3000【{FINANCE}】\n拨付了资金。\n合计5件。"
    desk.edit(put(cell, shown.replace("5件", "6件")))
    merged = desk.merge()
    assert merged.conflicts == 0
    assert openpyxl.load_workbook(desk.path(DECEMBER))["总表"][cell].value == shown.replace(
        "5", "6"
    )
    (edit,) = (one for one in desk.ledger.edits.standing([DECEMBER]) if "合计" in one.over)
    assert edit.unit == EDUCATION
    assert (edit.text, edit.over) == (said.replace("5", "6"), said)
    desk.report(EDUCATION, {2: said.replace("3", "4")}, at=moment("2022-12-21T10:00"))
    assert desk.merge().conflicts == 1
    rows = table(openpyxl.load_workbook(desk.path(DECEMBER))["总表"])
    assert [row["进展情况"] for row in rows if "4件" in str(row["进展情况"])] == [
        shown.replace("3", "4")
    ]
