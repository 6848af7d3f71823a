import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet.sentences import note
from edu_sheet.words.plan import Roster, Unit
from edu_sheet.words.returns import Approval
from tests.support import office
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    OCTOBER,
    POLICE,
    QUARTER,
    TOWNS,
    moment,
)
from tests.support.master_desk import HEAD, Desk, table
from tests.support.records import begin_delivery

SAID = "①开展督导3次。②培训教师46人。"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A quarter's forms are out."""
    desk.issue(OCTOBER, NOVEMBER, DECEMBER, QUARTER)
    return desk


def history(book: Any, number: int) -> dict[str, list[Any]]:
    """Return the months' cells of each unit of a task."""
    return {
        row["单位（角色）"]: [row[month.label] for month in (OCTOBER, NOVEMBER, DECEMBER)]
        for row in table(book["进展历程"])
        if row["序号"] == number
    }


def test_months_stand_side_by_side_with_what_is_new(desk: Desk) -> None:
    desk.report(EDUCATION, {1: SAID}, OCTOBER)
    desk.report(EDUCATION, {1: SAID.replace("46", "58")}, NOVEMBER)
    desk.report(EDUCATION, {1: SAID.replace("46", " 58 ")}, DECEMBER)
    desk.report(FINANCE, {1: "甲"}, OCTOBER)
    desk.report(FINANCE, {1: "甲。乙。"}, DECEMBER)
    path = desk.merge(QUARTER).path
    found = history(openpyxl.load_workbook(path), 1)
    assert found["县教育局（牵头）"] == [SAID, SAID.replace("46", "58"), "与上期相同"]
    assert found["县财政局（责任）"] == ["甲", "未报", "甲。乙。"]
    assert found["各乡镇党委、政府（责任）"] == ["未报"] * 3
    sheet = openpyxl.load_workbook(path, rich_text=True)["进展历程"]
    same, new = sheet["E4"].value
    assert (same.text, new.text) == ("①开展督导3次。", "②培训教师58人。")
    assert (same.font.u, new.font.u) == (None, "single")
    fills = {sheet["F4"].fill.fgColor.rgb, sheet["E5"].fill.fgColor.rgb}
    assert len(fills - {"00000000"}) == 2


def test_a_text_that_was_written_anew_is_not_all_marked_as_new(desk: Desk) -> None:
    desk.report(EDUCATION, {1: "甲。乙。丙。", 2: "甲。乙。丙。"}, OCTOBER)
    desk.report(EDUCATION, {1: "丁。戊。丙。", 2: "甲。乙。丁。"}, NOVEMBER)
    sheet: Any = openpyxl.load_workbook(desk.merge(QUARTER).path, rich_text=True)["进展历程"]
    rows = [row for row in sheet.iter_rows(min_row=4) if "县教育局" in str(row[2].value)]
    anew, added = rows[0][4], rows[1][4]
    assert (anew.value, anew.font.u, added.value[-1].font.u) == ("丁。戊。丙。", None, "single")
    assert "大半重写的不标" in str(sheet["D2"].value)


def test_who_was_not_asked_in_a_month_is_not_missing(desk: Desk) -> None:
    found = history(openpyxl.load_workbook(desk.merge(QUARTER).path), 5)
    assert found["县公安局（责任）"] == ["未报"] * 3
    desk.plan = replace(desk.plan, tasks=desk.plan.tasks[:4])
    assert history(openpyxl.load_workbook(desk.merge(QUARTER).path), 5) == {}


def test_an_edited_month_stands_in_the_history_as_edited(desk: Desk) -> None:
    desk.report(EDUCATION, {1: SAID}, NOVEMBER)
    desk.merge(NOVEMBER)

    def change(book: Any) -> None:
        book["总表"]["D4"] = "【县教育局】\n改"

    desk.edit(change, NOVEMBER)
    desk.merge(NOVEMBER)
    found = history(openpyxl.load_workbook(desk.merge(QUARTER).path), 1)
    assert found["县教育局（牵头）"] == ["未报", "改", "未报"]


def test_who_owes_what_can_be_read_out(desk: Desk) -> None:
    contact = Unit(POLICE, contact="张三（示例）", telephone="0000-0000000")
    units = [contact if one.name == POLICE else one for one in desk.plan.roster.units]
    desk.plan = replace(desk.plan, roster=Roster(tuple(units)))
    desk.report(FINANCE, {1: "甲", 2: "乙"})
    rows = {row["单位"]: row for row in table(desk.book()["未报送单位"])}
    assert list(rows[POLICE].values())[2:] == [
        "2022年12月",
        "未报",
        "张三（示例）",
        "0000-0000000",
        "任务5 第5项目标任务",
    ]
    assert rows[FINANCE]["情况"] == "缺 1 项"
    assert rows[FINANCE]["没有报送的任务"] == "任务4 第4项目标任务"
    assert "任务1 坚持教育优先发展战略地位；任务5 第5项目标任务" in (rows[TOWNS]["没有报送的任务"])


def test_nobody_owing_anything_is_said(desk: Desk) -> None:
    for unit, tasks in desk.plan.assignments(DECEMBER).items():
        desk.report(unit, {one.number: "甲" for one, _ in tasks})
    assert desk.book()["未报送单位"]["A4"].value == "各单位都已报送。"


def test_what_is_said_of_a_unit_is_printed_whole_however_long(desk: Desk) -> None:
    told = note("other_form", unit=POLICE, period=DECEMBER, signal="file")
    desk.set_aside(POLICE, DECEMBER, told)
    sheet = desk.book()["报送情况"]
    (waits,) = [row for row in sheet.iter_rows() if row[0].value == POLICE]
    assert "待处理（PDF、Word、图片等）" in [cell.value for cell in waits]
    (plain,) = [row for row in sheet.iter_rows() if row[0].value == FINANCE]
    heights = [sheet.row_dimensions[row[0].row or 0].height for row in (plain, waits)]
    assert heights[0] < 23
    assert heights[1] > 3 * 11 * 1.4, "three lines in its column"


def test_of_whom_a_file_waits_it_is_not_said_that_it_has_reported(desk: Desk) -> None:
    for unit, tasks in desk.plan.assignments(DECEMBER).items():
        if unit != POLICE:
            desk.report(unit, {one.number: "甲" for one, _ in tasks})
    desk.set_aside(POLICE, DECEMBER, note("no_table"))
    said = desk.book()["未报送单位"]["A4"].value
    assert said == f"没有未报送的单位。报送件待核实：2022年12月{POLICE}。"


def test_material_without_approval_is_flagged(desk: Desk) -> None:
    sent = desk.report(EDUCATION, {1: "季度"}, QUARTER)
    book = openpyxl.load_workbook(desk.merge(QUARTER).path)
    assert table(book["明细"])[0]["总表采用"] == "是，未经审定"
    assert any("未经审定" in str(row["问题"]) for row in table(book["问题清单"]))
    signed = replace(sent, approval=Approval("李四", "0", "王五", "2022年12月28日"))
    (delivery,) = [
        begin_delivery(desk.ledger, sent.file, "再读", sent.sha256, moment("2022-12-29"))
    ]
    entries = desk.ledger.entries.of([QUARTER])
    desk.ledger.returns.record(delivery, signed, entries)
    book = openpyxl.load_workbook(desk.merge(QUARTER).path)
    assert table(book["明细"])[0]["总表采用"] == "是"


def test_the_chart_survives_a_merge_into_the_clerks_workbook(desk: Desk) -> None:
    desk.report(FINANCE, {1: "甲"})
    desk.merge()

    def change(book: Any) -> None:
        book["总表"]["D4"] = "【县财政局】\n改"

    desk.edit(change)
    desk.report(EDUCATION, {1: "乙"})
    merged = desk.merge()
    assert (merged.kept, merged.edits) == (False, 1)
    sheet: Any = openpyxl.load_workbook(desk.path())["报送情况"]
    (chart,) = sheet._charts  # openpyxl has no public list of them
    assert len(chart.series) == 4
    labels = [one.dLbls for one in chart.series if one.dLbls]
    assert {(one.showVal, one.showCatName, one.showLegendKey) for one in labels} == {
        (True, False, False)
    }
    assert len(table(openpyxl.load_workbook(desk.path())["报送情况"])) > HEAD


@pytest.mark.office
def test_the_clerks_own_workbook_prints_like_the_programs(desk: Desk, tmp_path: Path) -> None:
    desk.report(FINANCE, {1: "甲"})
    fresh = desk.merge().path.read_bytes()

    def change(book: Any) -> None:
        book["总表"]["D4"] = "【县财政局】\n改"

    desk.edit(change)
    desk.merge()
    program, own = tmp_path / "程序.xlsx", tmp_path / "人.xlsx"
    program.write_bytes(fresh)
    own.write_bytes(desk.path().read_bytes())
    pages = [office.convert(path, "pdf", tmp_path).read_bytes() for path in (program, own)]
    assert len({data.count(b"/Type/Page\n") or data.count(b"/Type/Page ") for data in pages}) == 1
    assert io.BytesIO(pages[0]).read(4) == b"%PDF"
