"""A unit's text of 总表 that was cut, pasted or relabelled: it stands under its own name, or waits."""

from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from edu_sheet.master.merging.merge import Merged
from edu_sheet.sentences import advice, sentence
from edu_sheet.summary import report
from edu_sheet.words.returns import Action, Decision, Verdict
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, QUARTER, TOWNS, moment
from tests.support.master_desk import YEAR_END, Desk, table

LATER = moment("2022-12-20T10:00")
ONE = "【县教育局】\n教育校舍已完工\n【县财政局】\n拨付二百万元"
TWO = "【县教育局】\n新招教师十名"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.issue(DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "教育校舍已完工", 2: "新招教师十名"})
    desk.report(FINANCE, {1: "拨付二百万元"})
    desk.merge()
    return desk


def put(desk: Desk, **cells: Any) -> None:
    def change(book: Any) -> None:
        for at, text in cells.items():
            book["总表"][at] = text

    desk.edit(change)


def texts(desk: Desk) -> dict[str, str]:
    rows = table(openpyxl.load_workbook(desk.path())["总表"])
    return {row["任务键"]: row["进展情况"] or "" for row in rows if row["任务键"]}


def codes(merged: Merged) -> list[str]:
    return [one.code for one in merged.findings]


def edits(desk: Desk) -> list[Any]:
    return list(desk.ledger.edits.standing([DECEMBER]))


def test_a_units_text_pasted_under_another_task_is_put_back_and_told(desk: Desk) -> None:
    put(desk, D4="【县教育局】\n教育校舍已完工", D5=f"{TWO}\n【县财政局】\n拨付二百万元")
    merged = desk.merge()
    assert merged.needs_a_person
    assert {one.code for one in merged.findings} == {"moved_text"}
    assert (texts(desk)["T01"], texts(desk)["T02"], edits(desk)) == (ONE, TWO, [])
    said = " ".join(map(sentence, merged.findings))
    assert "第1项“县财政局”的文字到了第2项“县财政局”名下" in said
    assert "恢复前第1项" in said
    assert "恢复前第2项" in said


def test_a_units_text_pasted_under_another_task_and_edited_waits_in_a_row_of_its_own(
    desk: Desk,
) -> None:
    pasted = f"{TWO}\n【县财政局】\n拨付二百万元，已到账"
    put(desk, D4="【县教育局】\n教育校舍已完工", D5=pasted)
    merged = desk.merge()
    assert merged.needs_a_person
    assert any("已到账" in sentence(one) for one in merged.findings)
    assert (texts(desk)["T01"], texts(desk)["T02"], edits(desk)) == (ONE, TWO, [])
    rows = table(openpyxl.load_workbook(desk.path())["总表"])
    assert pasted in [row["进展情况"] for row in rows if not row["任务键"]]


@pytest.mark.parametrize(
    "cell",
    [
        "【县财政局】\n教育校舍已完工\n【县教育局】\n拨付二百万元",
        "【县财政局】\n教育校舍已完工\n【县财政局】\n拨付二百万元",
        "【县教育局】\n教育校舍已完工\n拨付二百万元",
        "【县教育局】\n教育校舍已完工\n【县公安局】\n拨付二百万元",
    ],
    ids=["swapped", "doubled", "deleted", "of another unit"],
)
def test_a_text_under_another_units_name_is_put_back_and_told(desk: Desk, cell: str) -> None:
    put(desk, D4=cell)
    merged = desk.merge()
    assert (codes(merged), merged.needs_a_person) == (["moved_text"], True)
    assert (texts(desk)["T01"], edits(desk)) == (ONE, [])


def test_a_units_text_that_was_edited_and_put_behind_anothers_is_told(desk: Desk) -> None:
    desk.report(FINANCE, {1: "拨付专项资金二百万元"})
    desk.merge()
    put(desk, D4="【县教育局】\n教育校舍已完工", D5=f"{TWO}\n拨付专项资金二百万元，经核实。")
    merged = desk.merge()
    assert {one.code for one in merged.findings} == {"moved_text"}
    assert texts(desk)["T02"] == TWO


def test_a_text_that_left_a_torn_cell_is_told_where_it_was_pasted(desk: Desk) -> None:
    desk.report(FINANCE, {4: "安排专项资金八十万元"})
    desk.merge()
    put(desk, D7=None, D5="【县财政局】\n安排专项资金八十万元，另行核实", D8=TWO)
    merged = desk.merge()
    assert merged.needs_a_person
    assert "新招教师十名" not in texts(desk)["T05"]
    assert (texts(desk)["T02"], texts(desk)["T04"]) == (TWO, "【县财政局】\n安排专项资金八十万元")


def test_a_text_that_stays_where_it_was_may_be_copied_to_another_unit(desk: Desk) -> None:
    put(desk, D5=f"{TWO}\n【县财政局】\n新招教师十名")
    merged = desk.merge()
    assert "新招教师十名" in texts(desk)["T02"].partition("【县财政局】")[2]
    assert not any(one.code.startswith("moved_text") for one in merged.findings)


@pytest.mark.parametrize(
    ("at", "cell", "variant"),
    [
        ("D4", "【县教育局】\n教育校舍已完工，验收\n[县财政局]\n拨付到位三百万元整", "missing"),
        ("D4", "两单位共同推进，已经办结。", "missing"),
        ("D8", "已经办结。", "none"),
        ("D4", ONE + "\n【县财政局】\n另付五十万元", "doubled"),
        ("D5", TWO + "\n【县公安局】\n协助维持秩序", "foreign"),
        ("D5", TWO + "\n【县教体局】\n另有安排", "unknown"),
    ],
)
def test_labels_that_leave_a_text_s_unit_unsure_are_told_on_every_merge_and_in_the_summary(
    desk: Desk, at: str, cell: str, variant: str
) -> None:
    put(desk, **{at: cell})
    merged = desk.merge()
    told = [(one.code, one.variant) for one in merged.findings]
    assert ("label", variant) in told
    assert merged.needs_a_person
    again = desk.merge()
    assert ("label", variant) in [(one.code, one.variant) for one in again.findings]
    assert desk.merge(QUARTER).needs_a_person
    reported = report(desk.workspace, desk.plan, desk.ledger, QUARTER, now=YEAR_END)
    assert ("label", variant) in [(one.code, one.variant) for one in reported.findings]


def test_a_block_cut_out_whole_is_taken_out_and_leaves_nothing_unsure(desk: Desk) -> None:
    put(desk, D4="【县财政局】\n拨付二百万元，已到账")
    (told,) = desk.merge().findings
    assert (told.code, told["units"]) == ("cleared", (EDUCATION,))
    assert {(one.unit, one.text) for one in edits(desk)} == {
        (EDUCATION, ""),
        (FINANCE, "拨付二百万元，已到账"),
    }
    reported = report(desk.workspace, desk.plan, desk.ledger, QUARTER, now=YEAR_END)
    assert reported.findings == ()
    desk.report(EDUCATION, {1: "校舍又加固"}, at=LATER)
    assert desk.merge().conflicts == 1, "what comes after is asked about"


def test_a_cleared_cell_says_which_units_texts_are_gone(desk: Desk) -> None:
    put(desk, D4=None)
    merged = desk.merge()
    (told,) = [one for one in merged.findings if one.code == "cleared"]
    assert all(unit in sentence(told) for unit in (EDUCATION, FINANCE))
    assert "第1项" in sentence(told)


def test_who_reports_after_a_cell_was_emptied_stands_in_it(desk: Desk) -> None:
    put(desk, D4=None, D5=None)
    assert desk.merge().conflicts == 0
    assert (texts(desk)["T01"], texts(desk)["T02"]) == ("", "")
    assert {(one.task, one.unit, one.text) for one in edits(desk)} == {
        ("T01", EDUCATION, ""),
        ("T01", FINANCE, ""),
        ("T02", EDUCATION, ""),
    }
    desk.report(TOWNS, {1: "乡镇一"}, at=LATER)
    desk.report(FINANCE, {2: "财政二"}, at=LATER)
    merged = desk.merge()
    assert (merged.conflicts, merged.edits) == (0, 3)
    assert texts(desk)["T01"] == "【各乡镇党委、政府】\n乡镇一"
    assert texts(desk)["T02"] == "【县财政局】\n财政二"
    quarter = desk.merge(QUARTER)
    assert quarter.conflicts == 0
    rows = table(openpyxl.load_workbook(quarter.path)["总表"])
    assert [row["进展情况"] for row in rows][:2] == [
        "【各乡镇党委、政府】\n乡镇一",
        "【县财政局】\n财政二",
    ]


def test_a_unit_whose_section_was_emptied_waits_with_what_it_says_next(desk: Desk) -> None:
    put(desk, D5=None)
    desk.merge()
    desk.report(EDUCATION, {2: "新招教师十五名"}, at=LATER)
    assert desk.merge().conflicts == 1
    assert texts(desk)["T02"] == ""


def test_a_cell_that_was_rewritten_as_a_whole_and_then_emptied_holds_back_nobody(
    desk: Desk,
) -> None:
    put(desk, D4="两单位共同推进，已经办结。")
    desk.merge()
    put(desk, D4="【县教育局】\n已经办结。")
    desk.merge()
    put(desk, D4=" \n")
    desk.merge()
    assert texts(desk)["T01"] == ""
    desk.report(TOWNS, {1: "乡镇一"}, at=LATER)
    assert desk.merge().conflicts == 0
    assert texts(desk)["T01"] == "【各乡镇党委、政府】\n乡镇一"


def test_what_the_clerk_wrote_for_a_unit_herself_goes_with_the_emptied_cell(desk: Desk) -> None:
    put(desk, D8="【县教育局】\n电话报来：已办结\n【县公安局】\n")
    desk.merge()
    assert texts(desk)["T05"] == "【县教育局】\n电话报来：已办结\n【县公安局】\n"
    put(desk, D8=None)
    assert (desk.merge().edits, texts(desk)["T05"], edits(desk)) == (0, "", [])


def test_a_formula_is_no_text_of_a_task_and_is_told(desk: Desk) -> None:
    put(desk, D4="=D5")
    merged = desk.merge()
    assert (codes(merged), merged.needs_a_person) == (["formula_typed"], True)
    assert (texts(desk)["T01"], edits(desk)) == (ONE, [])


def test_a_deleted_row_is_restored_and_told_by_its_task(desk: Desk) -> None:
    desk.edit(lambda book: book["总表"].delete_rows(5))
    (told,) = desk.merge().findings
    assert "第2项的行被删除了，已按报送内容补上" in sentence(told)
    assert texts(desk)["T02"] == TWO


def test_a_deleted_row_comes_back_as_it_was_edited_and_is_told_so(desk: Desk) -> None:
    polished = "【县教育局】\n新招教师十名，均已到岗"
    put(desk, D5=polished)
    desk.merge()
    desk.edit(lambda book: book["总表"].delete_rows(5))
    (told,) = desk.merge().findings
    assert "第2项" in sentence(told)
    assert "改过的文字" in sentence(told)
    assert texts(desk)["T02"] == polished


def test_words_below_the_table_are_told_whatever_column_they_stand_in(desk: Desk) -> None:
    put(desk, B10="县公安局电话补报：已完成")
    (told,) = desk.merge().findings
    assert "县公安局电话补报：已完成" in sentence(told)
    put(desk, B10="县公安局电话补报：已完成", D11="另一句")
    merged = desk.merge()
    assert (codes(merged), merged.needs_a_person) == (["stranger_row", "remark_row"], True)


@pytest.mark.parametrize("cell", [ONE.replace("校舍", "全县校舍"), "县教育局的全县校舍已完工"])
def test_a_text_made_of_what_a_unit_withdrew_stays_and_is_told(desk: Desk, cell: str) -> None:
    put(desk, D4=cell)
    assert "withdrawn_text" not in codes(desk.merge())
    (taken,) = [one for one in desk.ledger.returns.submissions() if one.unit == EDUCATION]
    refused = Decision(taken.id, Action.REJECT, LATER)
    desk.ledger.returns.decide(refused, replace(taken, verdict=Verdict.IGNORED), ())
    merged = desk.merge()
    assert (texts(desk)["T01"], merged.needs_a_person) == (cell, True)
    (told,) = [one for one in merged.findings if one.code == "withdrawn_text"]
    assert sentence(told).startswith("第1项“县教育局”报来的文字已经不在了")
    assert "withdrawn_text" in codes(desk.merge()), "as long as it stands there"
    put(desk, D4="【县财政局】\n拨付二百万元")
    assert "withdrawn_text" not in codes(desk.merge())


def test_what_a_row_of_a_persons_says_is_told_from_what_to_do(desk: Desk) -> None:
    put(desk, D12="会议另有安排")
    (told,) = desk.merge().findings
    assert sentence(told) + advice(told) == (
        "总表里有一行对应不上任何任务，文字没有合并，原样留在那里：“会议另有安排”。"
        "如是某项任务的进展，请抄到该任务的“进展情况”里，再删除这一行。"
    )
