"""What a unit has said stays where it belongs, whatever becomes of the unit afterwards."""

import io
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet.kit import clock
from tests.support.builders import (
    EDUCATION,
    FINANCE,
    ORGANISATION,
    POLICE,
    SCHOOLS,
    TOWNS,
    fill,
    moment,
)
from tests.support.year import Year

OCTOBER, NOVEMBER, QUARTER = "2022-10", "2022-11", "2022Q4"
EMERGENCY = "县应急局"


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Year:
    """October has gone out, and all six units have reported it; a minute passes at each look."""
    minutes = count()
    begin = moment("2022-11-05T09:00")
    monkeypatch.setattr(clock, "now", lambda: begin + timedelta(minutes=next(minutes)))
    year = Year(tmp_path / "督办")
    year.ok("check")
    year.ok("generate", OCTOBER)
    year.report(
        OCTOBER,
        {
            EDUCATION: {1: "教一", 2: "教二", 3: "教三", 4: "教四", 5: "教五"},
            FINANCE: {1: "财一", 2: "财二", 4: "财四"},
            ORGANISATION: {2: "组二"},
            POLICE: {5: "公五"},
            TOWNS: {1: "乡一", 5: "乡五"},
            SCHOOLS: {3: "校三", 5: "校五"},
        },
    )
    return year


OCTOBER_TEXTS = (
    "教一",
    "教二",
    "教三",
    "教四",
    "教五",
    "财一",
    "财二",
    "财四",
    "组二",
    "公五",
    "乡一",
    "乡五",
    "校三",
    "校五",
)


def everything_stands(year: Year, without: tuple[str, ...] = ()) -> None:
    """Hold that October's texts stand in both masters, the summary and the export, once each."""
    for period in (OCTOBER, QUARTER):
        assert year.run("merge", period).out
        cells = "\n".join(year.cells(period).values())
        assert {text: cells.count(text) for text in OCTOBER_TEXTS} == {
            text: int(text not in without) for text in OCTOBER_TEXTS
        }
    year.ok("report", QUARTER, "--style", "详")
    printed = year.summary(QUARTER)
    assert [text for text in OCTOBER_TEXTS if text not in printed] == list(without)
    assert set(year.exported(OCTOBER)) == set(OCTOBER_TEXTS)


@pytest.mark.parametrize("alias", [True, False])
def test_a_renamed_unit_s_texts_stand_under_its_new_name(year: Year, *, alias: bool) -> None:
    year.rename(POLICE, EMERGENCY, alias=alias)
    everything_stands(year)
    assert f"【{EMERGENCY}】\n公五" in year.cells(OCTOBER)[5]
    assert f"{EMERGENCY}（据10月报送）：公五" in year.summary(QUARTER)
    assert year.exported(OCTOBER)["公五"] == EMERGENCY
    status = {one["unit"]: one for one in year.ok("status", OCTOBER, "--json").json["units"]}
    assert (status[EMERGENCY]["state"], status[EMERGENCY]["reported"]) == ("late", 1)
    assert POLICE not in status


def test_a_rename_in_a_roster_without_keys_is_told_by_its_alias_or_keeps_the_old_name(
    year: Year,
) -> None:
    year.edit("单位名录", lambda sheet: sheet.delete_cols(8))
    year.rename(POLICE, EMERGENCY, alias=True)
    everything_stands(year)
    assert f"【{EMERGENCY}】\n公五" in year.cells(OCTOBER)[5]


def test_a_renamed_unit_s_next_form_shows_what_it_said_before(year: Year) -> None:
    year.rename(POLICE, EMERGENCY)
    year.ok("generate", NOVEMBER)
    book = openpyxl.load_workbook(year.folder / "下发" / NOVEMBER / f"2022-11_{EMERGENCY}.xlsx")
    said = [cell.value for row in book["上期进展"].iter_rows() for cell in row]
    assert "公五" in said
    assert "（未报）" not in said
    year.report(NOVEMBER, {EMERGENCY: {5: "急五"}})
    year.ok("merge", QUARTER)
    cell = year.cells(QUARTER)[5]
    assert f"【{EMERGENCY}】\n急五" in cell
    assert "公五" not in cell


def test_a_renamed_unit_gets_no_second_form_unless_it_is_asked_for(year: Year) -> None:
    year.rename(POLICE, EMERGENCY)
    told = year.ok("check").out
    assert "还没有填报表" not in told
    assert "没有任务的单位" not in told
    assert "现在叫" in told
    year.roster({EMERGENCY: {"邮箱": "ga@example.gov.cn"}})
    assert EMERGENCY in year.ok("mail", OCTOBER, "--receipt", "--dry-run").out
    again = year.ok("generate", OCTOBER)
    assert POLICE in again.out
    assert not (year.folder / "下发" / OCTOBER / f"2022-10_{EMERGENCY}.xlsx").exists()
    year.ok("generate", OCTOBER, "--unit", EMERGENCY, "--force")
    year.report(OCTOBER, {EMERGENCY: {5: "更五"}})
    assert {unit for text, unit in year.exported(OCTOBER).items() if text == "更五"} == {EMERGENCY}
    year.ok("merge", OCTOBER)
    assert "公五" not in year.cells(OCTOBER)[5]
    status = year.ok("status", OCTOBER, "--json").json["units"]
    assert len(status) == 6


def test_a_form_of_before_that_comes_back_late_is_the_renamed_unit_s(year: Year) -> None:
    year.ok("generate", NOVEMBER)
    year.rename(POLICE, EMERGENCY)
    year.report(NOVEMBER, {POLICE: {5: "公五更新"}})
    year.ok("merge", QUARTER)
    assert f"【{EMERGENCY}】\n公五更新" in year.cells(QUARTER)[5]
    status = {one["unit"]: one for one in year.ok("status", NOVEMBER, "--json").json["units"]}
    assert status[EMERGENCY]["reported"] == 1


def test_a_file_is_assigned_to_a_renamed_unit_by_the_name_that_it_has_now(year: Year) -> None:
    year.rename(POLICE, EMERGENCY)
    book: Any = openpyxl.Workbook()
    for row in (["序号", "目标任务", "进展情况"], [5, "第5项目标任务。", "另做的表"]):
        book.active.append(row)
    book.save(year.folder / "收件箱" / "另做.xlsx")
    (one,) = year.ok("collect", "--json").json["submissions"]
    words = ("--unit", EMERGENCY, "--period", OCTOBER, "--json")
    (done,) = year.ok("resolve", one["id"], *words).json["submissions"]
    assert (done["unit"], done["period"]) == (POLICE, OCTOBER)  # as its form was issued


def test_a_group_s_own_texts_stay_when_it_gets_members(year: Year) -> None:
    year.roster({TOWNS: {"是否集体称谓": "是", "成员单位": "甲镇、乙乡"}})
    everything_stands(year)
    assert f"【{TOWNS}】\n乡五" in year.cells(QUARTER)[5]
    assert f"{TOWNS}（原责任单位，据10月报送）：乡一" in year.summary(QUARTER)
    details = openpyxl.load_workbook(year.master(QUARTER))["明细"].iter_rows(values_only=True)
    assert {row[3] for row in details if row[2] == TOWNS} == {"原责任"}


def test_a_unit_that_becomes_two_keeps_its_texts_in_the_one_that_kept_its_row(year: Year) -> None:
    def split(sheet: Any) -> None:
        row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == FINANCE)
        copied = [cell.value for cell in row]
        row[0].value, copied[0] = "县财政一局", "县财政二局"
        sheet.append(copied)

    year.edit("单位名录", split)
    year.tasks(FINANCE, "县财政一局、县财政二局")
    year.ok("check")
    everything_stands(year)
    assert "【县财政一局】\n财二" in year.cells(OCTOBER)[2]
    assert year.exported(OCTOBER)["财四"] == "县财政一局"
    year.ok("generate", NOVEMBER)
    year.report(NOVEMBER, {"县财政二局": {2: "新二"}})
    year.ok("merge", QUARTER)
    assert "【县财政一局】\n财二\n【县财政二局】\n新二" in year.cells(QUARTER)[2]


@pytest.mark.parametrize("alias", [True, False])
def test_two_units_that_become_one_keep_both_texts(year: Year, *, alias: bool) -> None:
    """县公安局 becomes part of 县教育局, which leads the task: its text stays beside the other."""

    def without(sheet: Any) -> None:
        row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == POLICE)
        sheet.delete_rows(row[0].row)

    year.edit("单位名录", without)
    if alias:
        year.roster({EDUCATION: {"别名": POLICE}})
    else:
        year.tasks(POLICE, "")
    everything_stands(year)
    assert f"【{EDUCATION}】\n教五" in year.cells(OCTOBER)[5]
    assert f"【{POLICE}】\n公五" in year.cells(OCTOBER)[5]


def test_a_dissolved_unit_s_texts_stay_under_the_name_it_had(year: Year) -> None:
    def without(sheet: Any) -> None:
        row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == SCHOOLS)
        sheet.delete_rows(row[0].row)

    year.edit("单位名录", without)
    year.tasks(SCHOOLS, "")
    everything_stands(year)
    assert f"{SCHOOLS}（原责任单位，据10月报送）：校三" in year.summary(QUARTER)


def take_over(year: Year) -> None:
    """县公安局 takes the name of the schools' unit, whose row is deleted; both report task 5."""

    def change(sheet: Any) -> None:
        rows = {row[0].value: row[0] for row in sheet.iter_rows(min_row=3)}
        rows[POLICE].value = SCHOOLS
        sheet.delete_rows(rows[SCHOOLS].row)

    year.edit("单位名录", change)
    year.tasks(SCHOOLS, "")
    year.tasks(POLICE, SCHOOLS)


def test_a_roster_typed_anew_without_its_keys_keeps_the_units_that_it_had(year: Year) -> None:
    year.rename(POLICE, EMERGENCY)
    year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, "公五", "公五（改）")
    year.ok("merge", OCTOBER)
    year.edit("单位名录", lambda sheet: sheet.delete_cols(8))
    told = "".join(year.ok("check").out.split())
    assert "已不在“单位名录”里" not in told
    assert year.exported(OCTOBER)["公五"] == EMERGENCY
    year.polish(OCTOBER, 5, "（改）", "（再改）")
    for _ in range(2):
        year.ok("merge", OCTOBER)
        assert f"【{EMERGENCY}】\n公五（再改）" in year.cells(OCTOBER)[5]


BEFORE = f"{SCHOOLS}（原单位）"


def test_a_unit_that_takes_the_name_of_a_dissolved_one_takes_none_of_its_texts(year: Year) -> None:
    take_over(year)
    told = "".join(year.ok("check").out.split())
    assert f"原来的“{SCHOOLS}”已不在“单位名录”里" in told
    assert f"“{POLICE}”现在叫“{SCHOOLS}”" in told
    exported = year.exported(OCTOBER)
    assert (exported["公五"], exported["校五"], exported["校三"]) == (SCHOOLS, BEFORE, BEFORE)
    assert set(exported) == set(OCTOBER_TEXTS)
    for period in (OCTOBER, QUARTER):
        year.ok("merge", period)
        cell = year.cells(period)[5]
        assert f"【{SCHOOLS}】\n公五" in cell
        assert f"【{BEFORE}】\n校五" in cell


def test_a_late_form_of_a_dissolved_unit_replaces_nothing_of_the_one_that_took_its_name(
    year: Year,
) -> None:
    year.ok("generate", NOVEMBER)
    year.report(NOVEMBER, {POLICE: {5: "公五新"}})
    take_over(year)
    again = year.ok("generate", NOVEMBER, "--force")
    assert f"仍用原名“{POLICE}”下发的表" in "".join(again.out.split())
    year.report(NOVEMBER, {SCHOOLS: {5: "校五晚"}})
    assert year.exported(NOVEMBER) == {"公五新": SCHOOLS, "校五晚": BEFORE}


def test_a_changed_lead_s_texts_stay(year: Year) -> None:
    def change(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=4):
            if row[0].value == 2:
                row[4].value = FINANCE
                row[5].value = EDUCATION

    year.edit("分工方案", change)
    everything_stands(year)
    cell = year.cells(OCTOBER)[2]
    assert cell == "【县财政局】\n财二\n【县教育局】\n教二\n【县委组织部】\n组二"
    assert f"{ORGANISATION}（原牵头单位，据10月报送）：组二" in year.summary(QUARTER)


def test_texts_of_a_task_that_was_dropped_are_named_everywhere(year: Year) -> None:
    def drop(sheet: Any) -> None:
        row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == 4)
        sheet.delete_rows(row[0].row)

    year.edit("分工方案", drop)
    everything_stands(year, without=("教四", "财四"))
    for period in (OCTOBER, QUARTER):
        for verb in ("merge", "report"):
            said = year.run(verb, period)
            assert said.status == 1
            assert "原第4项" in said.out
            assert FINANCE in said.out
        listed = openpyxl.load_workbook(year.master(period))["问题清单"]
        lines = [[str(cell) for cell in row] for row in listed.iter_rows(values_only=True)]
        (line,) = [line for line in lines if FINANCE in line and "原第4项" in line[6]]
        assert (line[1], "可不处理" in line[7]) == ("错误", False)
        assert "方案中已没有的任务原第4项" in year.summary(period)


@pytest.mark.parametrize("alias", [True, False])
def test_a_hand_edit_of_before_a_rename_stays_with_its_unit(year: Year, *, alias: bool) -> None:
    year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, "公五", "公五（润色）")
    year.rename(POLICE, EMERGENCY, alias=alias)
    year.ok("merge", OCTOBER)
    cell = year.cells(OCTOBER)[5]
    assert f"【{EMERGENCY}】\n公五（润色）" in cell
    assert "【县教育局】\n教五\n" in cell
    assert POLICE not in cell
    before = year.master(OCTOBER).read_bytes()
    year.ok("merge", OCTOBER)
    assert year.master(OCTOBER).read_bytes() == before
    year.ok("report", QUARTER, "--style", "详")
    assert f"{EMERGENCY}（据10月报送）：公五（润色）" in year.summary(QUARTER)


def test_a_hand_edit_that_was_merged_before_a_rename_is_edited_further(year: Year) -> None:
    year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, "公五", "公五（润色）")
    year.ok("merge", OCTOBER)
    year.rename(POLICE, EMERGENCY)
    year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, "（润色）", "（再润色）")
    year.ok("merge", OCTOBER)
    year.ok("merge", QUARTER)
    for period in (OCTOBER, QUARTER):
        assert f"【{EMERGENCY}】\n公五（再润色）" in year.cells(period)[5]


def test_a_hand_edit_of_a_unit_that_is_no_more_stays_that_unit_s(year: Year) -> None:
    year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, "公五", "公五（润色）")
    year.tasks(POLICE, "")
    year.ok("merge", OCTOBER)
    assert f"【{POLICE}】\n公五（润色）" in year.cells(OCTOBER)[5]
    year.ok("report", QUARTER, "--style", "详")
    assert f"{POLICE}（原责任单位，据10月报送）：公五（润色）" in year.summary(QUARTER)


def test_what_the_clerk_writes_for_a_unit_that_the_task_does_not_concern_is_its_own(
    year: Year,
) -> None:
    year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, "公五", f"公五\n【{ORGANISATION}】\n组织部补充")
    year.ok("merge", OCTOBER)
    year.ok("report", QUARTER, "--style", "详")
    printed = year.summary(QUARTER)
    assert f"{ORGANISATION}（10月汇总时填写）：组织部补充" in printed
    assert f"{POLICE}（据10月报送）：公五" in printed.splitlines()


def test_periods_of_before_the_first_month_stay_in_use_once_forms_went_out(year: Year) -> None:
    def later(sheet: Any) -> None:
        for row in sheet.iter_rows():
            if row[0].value == "起始月份":
                row[1].value = "2023-01"

    year.edit("设置", later)
    assert "2022年10月" in year.ok("check").out
    everything_stands(year)
    assert year.ok("report", OCTOBER).status in (0, 1)
    refused = year.run("merge", NOVEMBER)
    assert refused.status == 2
    assert "早于方案的起始月份" in refused.err


def test_a_whole_cell_edited_before_a_rename_stays_each_unit_s(year: Year) -> None:
    year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, f"【{EDUCATION}】\n教五", "教五（改）")
    year.polish(OCTOBER, 5, "公五", "公五（改）")
    year.ok("merge", OCTOBER)
    year.rename(POLICE, EMERGENCY)
    for _ in range(2):
        year.ok("merge", OCTOBER)
        cell = year.cells(OCTOBER)[5]
        assert cell.startswith("教五（改）\n")
        assert f"【{EMERGENCY}】\n公五（改）" in cell
    year.ok("report", QUARTER, "--style", "详")
    printed = year.summary(QUARTER)
    assert f"{EMERGENCY}（据10月报送）：公五（改）" in printed
    assert f"{EDUCATION}（据10月报送）：教五（改）" in printed.splitlines()


def test_a_hand_edit_of_a_quarter_s_master_before_a_rename_stays_with_its_unit(year: Year) -> None:
    year.ok("merge", QUARTER)
    year.polish(QUARTER, 5, "公五", "公五（改）")
    year.ok("merge", QUARTER)
    year.polish(QUARTER, 5, "乡五", "乡五（改）")
    year.rename(POLICE, EMERGENCY)
    year.ok("merge", QUARTER)
    cell = year.cells(QUARTER)[5]
    assert f"【{EMERGENCY}】\n公五（改）" in cell
    assert f"【{TOWNS}】\n乡五（改）" in cell
    assert POLICE not in cell


def test_a_correction_under_the_new_name_is_told_beside_an_edit_of_before(year: Year) -> None:
    year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, "公五", "公五（润色）")
    year.ok("merge", OCTOBER)
    year.rename(POLICE, EMERGENCY)
    year.report(OCTOBER, {POLICE: {5: "更正五"}})
    assert year.run("merge", OCTOBER).status == 1
    sheet = openpyxl.load_workbook(year.master(OCTOBER))["总表"]
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[3] for row in rows if "新报送" in row[1]] == [f"【{EMERGENCY}】\n更正五"]
    assert any(f"【{EMERGENCY}】\n公五（润色）" in row[3] for row in rows)


def test_of_two_units_that_swap_names_neither_gets_what_the_other_wrote(year: Year) -> None:
    year.ok("generate", NOVEMBER)
    form = (year.folder / "下发" / NOVEMBER / f"{NOVEMBER}_{POLICE}.xlsx").read_bytes()
    year.roster({EDUCATION: {"单位": POLICE}, POLICE: {"单位": EDUCATION}})
    pasted: Any = openpyxl.Workbook()
    sheet: Any = openpyxl.load_workbook(io.BytesIO(form))["填报表"]
    for row in sheet.iter_rows(max_col=8):
        for cell in row:
            text = str(cell.value or "")
            if "填报单位" in text:
                pasted.active.cell(cell.row, cell.column).value = f"填报单位：{EDUCATION}"
            elif "表单编号" not in text:
                pasted.active.cell(cell.row, cell.column).value = cell.value
    pasted.active.cell(5, 4).value = "公安局写的。"
    pasted.save(year.folder / "收件箱" / "表.xlsx")
    said = year.ok("collect")
    assert (said.status, year.exported(NOVEMBER)) == (1, {})
    (note,) = (year.folder / "待处理").glob("*.txt")
    told = note.read_text(encoding="utf-8-sig")
    number = note.name[:4].lstrip("0")
    assert f"resolve {number} --unit {EDUCATION}" in told.replace('"', "")
    year.ok("resolve", number, "--unit", EDUCATION, "--period", NOVEMBER)
    assert year.exported(NOVEMBER) == {"公安局写的。": EDUCATION}
    (year.folder / "收件箱" / "b.xlsx").write_bytes(fill(form, {sheet["A5"].value: "正表。"}))
    assert f"{POLICE}（现名{EDUCATION}）" in "".join(year.ok("collect").out.split())


def test_a_command_does_one_thing_and_the_next_step_is_the_plans_own(year: Year) -> None:
    before = year.exported(OCTOBER)
    both = year.run("resolve", 1, "--accept", "--reject")
    assert (both.status, "请写明一种处理办法" in both.err) == (2, True)
    twice = year.run("resolve", 1, "--take", 1, "--take", 4, "--task", 2)
    assert (twice.status, "--take 却写了 2 次（1、4）" in twice.err) == (2, True)
    assert year.exported(OCTOBER) == before
    assert f"generate {NOVEMBER}" in year.ok("check").out
