"""时限节点: what requirements name, what stands in the plan workbook, and what is near."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.shipped import shipped
from edu_sheet.master.sheets.build import render
from edu_sheet.master.source import Source
from edu_sheet.plan.documents import read_document
from edu_sheet.plan.workbook.load import load, load_bytes
from edu_sheet.plan.workbook.requirements import named, proposed
from edu_sheet.plan.writing.add_deadlines import add_deadlines
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.rules.deadlines import due_soon, open_days, parse_day, parse_recurrence, when_text
from edu_sheet.sentences import sentence
from edu_sheet.words.errors import PlanError
from edu_sheet.words.period import Month, Quarter
from edu_sheet.words.plan import YEARLY, Closing, Deadline, DeadlineKind, Recurrence
from tests.support import builders, office
from tests.support.workbook_text import check_golden

TEMPLATE = shipped("templates/分工方案模板.xlsx")
ISSUED = date(2022, 10, 31)


def told(requirements: str) -> list[str]:
    task = builders.task(1, ["县教育局"], [], requirements=requirements)
    return [
        f"{one.item}{one.kind.value} {when_text(one.when) or '—'} {one.words}"
        for one in named(task, ISSUED)
    ]


# ---------------------------------------------------------------- found in the requirements


def test_the_real_plans_deadlines_are_those_that_a_person_finds_in_it() -> None:
    plan = read_document(shipped("examples/方案原文.docx"))
    numbers = {task.key: task.number for task in plan.tasks}
    lines = [
        f"{numbers[one.task]}{one.item} {one.kind.value} {when_text(one.when) or '—'} "
        f"| {one.words} | {one.note}"
        for one in proposed(plan)
    ]
    check_golden("deadlines.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("requirements", "found"),
    [
        (
            "①到2025年，每年培训教师不少于2次。",
            ["①每年 到2025年每年12月31日 到2025年，每年培训教师不少于2次"],
        ),
        (
            "①2023年6月底前完成；2023年上半年启动，二〇二五年建成。",
            [
                "①时限 2023年6月30日 2023年6月底前完成",
                "①时限 2023年6月30日 2023年上半年启动",
                "①时限 2025年12月31日 二〇二五年建成",
            ],
        ),
        (
            "三年内建成5所，年底前出台方案。",
            ["时限 2025年10月31日 三年内建成5所", "时限 2022年12月31日 年底前出台方案"],
        ),
        (
            "①深化改革。②每季度召开联席会议，每学期检查2次。",
            ["②每年 每季度末 每季度召开联席会议", "②每年 每年1月31日、7月31日 每学期检查2次"],
        ),
        ("①“十四五”期末达到95%。", ["①时限 2025年12月31日 “十四五”期末达到95%"]),
        ("①至少三所，占百分之八十。", ["①数量 — 至少三所", "①数量 — 占百分之八十"]),
        (
            "①2023年至2025年投入1,000万元，按1:50配齐。",
            ["①时限 2025年12月31日 2023年至2025年投入1,000万元，按1:50配齐"],
        ),
        ("①到 2025 年，建成 5 所。", ["①时限 2025年12月31日 到2025年，建成5所"]),
        (  # without a year: that named before, else the plan's
            "①11月15日前报送方案；3月底前完成。②2024年启动，6月底完成，每年9月底前评估，12月5日前上报。",
            [
                "①时限 2022年11月15日 11月15日前报送方案",
                "①时限 2022年3月31日 3月底前完成",
                "②时限 2024年12月31日 2024年启动",
                "②时限 2024年6月30日 6月底完成",
                "②每年 每年9月30日 每年9月底前评估",
                "②每年 每年12月5日 12月5日前上报",
            ],
        ),
        # Days gone by, other documents, article numbers and names say nothing.
        ("①自2020年起实施，2021年已完成；落实《2030年规划》（2021-2035）第二百八十六条。", []),
        ("①截至9月底已建成，4月至10月开展。", []),
        ("①巩固“一校一品”，推广九校经验，落实“双减”。", []),
        ("", []),
    ],
)
def test_words_that_name_a_day_or_a_figure_are_found(requirements: str, found: list[str]) -> None:
    assert told(requirements) == found


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("每年12月31日", "每年12月31日"),
        ("每年", "每年12月31日"),
        ("每年6月底、12月底", "每年6月30日、12月31日"),
        ("每年2月底", "每年2月29日"),
        ("2022年至2026年每年12月31日", "2022年至2026年每年12月31日"),
        ("2023年起每季度", "2023年起每季度末"),
        ("到2025年每年12月31日", "到2025年每年12月31日"),
        ("每月末", "每月末"),
        ("每月25日前", "每月25日"),
        ("2023年起每季度最后一个月20日", "2023年起每季度末月20日"),
        ("每年13月1日", ""),
        ("尽快", ""),
    ],
)
def test_a_clerk_writes_days_of_every_year_in_her_own_way(said: str, meant: str) -> None:
    assert when_text(parse_recurrence(said)) == meant


def test_a_year_or_month_stands_for_its_last_day() -> None:
    assert parse_day("2025年底") == date(2025, 12, 31)
    assert parse_day("2025 年 6 月底前") == date(2025, 6, 30)
    assert parse_day("2025年13月") is None
    assert parse_day("明年") is None


# ---------------------------------------------------------------- what is near


LATER = date(2026, 1, 1)  # when the periods of these tests are long over


def with_deadlines(*whens: date | Recurrence | None) -> list[Deadline]:
    return [
        Deadline("T02", "①", f"第{number}个节点", DeadlineKind.DATE, when)
        for number, when in enumerate(whens, 1)
    ]


def near(period: Month | Quarter, *whens: date | Recurrence | None) -> list[str]:
    plan = replace(builders.small_plan(), deadlines=tuple(with_deadlines(*whens)))
    return [f"{one.day} {one.label}" for one in due_soon(plan, period, LATER)]


def test_a_day_is_near_three_months_before_and_stays_once_it_has_passed() -> None:
    day = date(2023, 3, 31)
    assert near(Month(2022, 11), day) == []
    assert near(Month(2022, 12), day) == near(Quarter(2022, 4), day) == ["2023-03-31 三个月内到期"]
    assert near(Month(2023, 3), day) == near(Quarter(2024, 1), day) == ["2023-03-31 已到期"]
    assert near(Month(2023, 3), None) == []


def test_while_the_period_runs_a_day_is_not_called_passed_before_it_is_over() -> None:
    plan = replace(builders.small_plan(), deadlines=tuple(with_deadlines(date(2022, 12, 30))))
    labels = [
        [one.label for one in due_soon(plan, builders.DECEMBER, date(2022, 12, day))]
        for day in (29, 30, 31)
    ]
    assert labels == [["三个月内到期"], ["三个月内到期"], ["已到期"]]
    assert open_days(plan, builders.DECEMBER, date(2022, 12, 30)) == {
        "T02": [(date(2022, 12, 30), "①")]
    }
    assert open_days(plan, builders.DECEMBER, date(2022, 12, 31)) == {}


def test_a_day_of_every_year_is_told_in_its_season_and_stays_while_its_year_is_open() -> None:
    yearly = Recurrence(YEARLY)
    assert near(Quarter(2022, 3), yearly) == ["2022-12-31 三个月内到期"]
    assert near(Quarter(2022, 4), yearly) == ["2022-12-31 已到期"]
    assert near(Quarter(2023, 1), yearly) == ["2022-12-31 已到期"], "New Year's Day closes nothing"
    ended = Recurrence(YEARLY, 2022, 2023)
    both = ["2022-12-31 已到期", "2023-12-31 已到期"]
    assert near(Quarter(2023, 4), ended) == near(Quarter(2024, 4), ended) == both
    assert near(Month(2023, 7), Recurrence(((6, 30),))) == ["2023-06-30 已到期"]
    leap = Recurrence(((2, 29),))
    assert near(Month(2023, 2), leap) == ["2023-02-28 已到期"]


def test_last_years_day_is_owed_until_that_year_is_closed_and_the_next_one_comes() -> None:
    (deadline,) = with_deadlines(Recurrence(YEARLY))
    plan = replace(builders.small_plan(), deadlines=(deadline,))
    assert open_days(plan, Month(2023, 1), LATER) == {"T02": [(date(2023, 12, 31), "①")]}
    year = replace(plan, closings=(Closing("T02", "①", 2022, date(2023, 2, 3), "纪要"),))
    assert [one.label for one in due_soon(year, Month(2022, 12), LATER)] == ["已到期"]
    assert due_soon(year, Month(2023, 1), LATER) == []
    this = replace(plan, closings=(Closing("T02", "①", 2023, date(2023, 1, 3), "纪要"),))
    assert [one.day.year for one in due_soon(this, Month(2023, 1), LATER)] == [2022], (
        "another year's"
    )
    assert open_days(this, Month(2023, 1), LATER) == {"T02": [(date(2024, 12, 31), "①")]}


def test_what_the_clerk_does_not_track_is_not_told_and_the_earliest_comes_first() -> None:
    late, early, gone = with_deadlines(date(2022, 12, 31), date(2022, 11, 30), date(2022, 10, 31))
    plan = replace(builders.small_plan(), deadlines=(late, early, replace(gone, tracked=False)))
    assert [one.deadline for one in due_soon(plan, builders.QUARTER, LATER)] == [early, late]


# ---------------------------------------------------------------- in the plan workbook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    copy = tmp_path / "分工方案.xlsx"
    copy.write_bytes(TEMPLATE.read_bytes())
    return copy


def added(path: Path) -> int:
    """Add the deadlines that a workbook lacks; return how many."""
    loaded, count = add_deadlines(load(path))
    assert loaded.plan == load_bytes(loaded.data, loaded.name).plan
    path.write_bytes(loaded.data)
    return count


def sheet_of(path: Path) -> Any:
    return openpyxl.load_workbook(path)["时限节点"]


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def edited(path: Path, edit: Callable[[Any], object]) -> Any:
    book = openpyxl.load_workbook(path)
    edit(book["时限节点"])
    book.save(path)
    return load(path)


def test_the_sheet_is_added_with_every_deadline_that_the_requirements_name(path: Path) -> None:
    assert added(path) == len(proposed(load(path).valid()))
    loaded = load(path)
    assert loaded.errors == ()
    assert loaded.plan is not None
    assert [replace(one, note="") for one in loaded.plan.deadlines] == [
        replace(one, note="") for one in proposed(loaded.plan)
    ]
    # Whoever meets a yearly day that moves with the moon must enter it.
    doubts = [one for one in loaded.doubts if one.place.sheet == "时限节点"]
    assert [(one.code, str(one.place)) for one in doubts] == [
        ("deadline_without_date", "时限节点!E4")
    ]


def test_nothing_else_in_the_workbook_changes(path: Path) -> None:
    before = members(path)
    added(path)
    after = members(path)
    different = {name for name, content in before.items() if after[name] != content}
    assert different == {
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
    }
    assert after.keys() - before.keys() == {"xl/worksheets/sheet6.xml"}


def test_the_sheet_is_ready_to_print_and_its_texts_are_as_they_were_typed(path: Path) -> None:
    added(path)
    sheet = sheet_of(path)
    assert [cell.value for cell in sheet[2]] == [
        "序号",
        "项",
        "原文",
        "类型",
        "日期",
        "说明",
        "节点键",
    ]
    assert sheet.column_dimensions["G"].hidden
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$2:$2")
    assert (sheet["A3"].value, sheet["E3"].value) == (2, "每年12月31日")
    assert (sheet["E3"].number_format, sheet["C3"].alignment.wrap_text) == ("@", True)
    assert sheet["C3"].font.name == sheet_of(path)["C9"].font.name == "宋体"
    choices = {one.formula1 for one in sheet.data_validations.dataValidation}
    assert '"时限,每年,数量,每月,每季度,不跟踪"' in choices
    # The looks of the sheets that were there are as before.
    was = openpyxl.load_workbook(TEMPLATE)["分工方案"]["C4"]
    now = openpyxl.load_workbook(path)["分工方案"]["C4"]
    assert [repr(look) for look in (now.font, now.border, now.fill, now.alignment)] == [
        repr(look) for look in (was.font, was.border, was.fill, was.alignment)
    ]


def test_a_second_run_adds_nothing_and_does_not_touch_the_file(path: Path) -> None:
    added(path)
    before = path.read_bytes()
    assert added(path) == 0
    assert path.read_bytes() == before


def test_no_row_is_said_to_be_gone_while_errors_keep_its_task_from_being_read(path: Path) -> None:
    added(path)
    book = openpyxl.load_workbook(path)
    tasks = book["分工方案"]
    (row,) = (cells[0].row for cells in tasks.iter_rows(max_col=1) if cells[0].value == 2)
    tasks.cell(row, 1).value = 1  # 序号 twice: one of the two tasks is left out
    book.save(path)
    loaded = load(path)
    assert loaded.errors
    assert not [one for one in loaded.doubts if one.code == "unknown_task"]
    tasks.delete_rows(row)
    book.save(path)
    again = load(path)
    assert again.errors == ()
    assert [one for one in again.doubts if one.code == "unknown_task"], "it is gone by now"


def test_what_a_clerk_corrected_stays_and_a_row_she_deleted_comes_back(path: Path) -> None:
    count = added(path)

    def correct(sheet: Any) -> None:
        sheet["E6"], sheet["F6"] = "2023-06-30", "已请示"
        sheet["D7"] = "不跟踪"
        sheet.delete_rows(4)
        sheet.append([4, "①", "自己加的节点", "时限", "2023年底", None, None])

    plan = edited(path, correct).plan
    assert added(path) == 1
    again = load(path).valid()
    assert again.deadlines[: len(plan.deadlines)] == plan.deadlines
    assert len(again.deadlines) == count + 1
    by_words = {one.words: one for one in again.deadlines}
    assert by_words["2022年县直属学校先行试点"].when == date(2023, 6, 30)
    assert not by_words["2023年全县推开"].tracked
    assert by_words["自己加的节点"].when == date(2023, 12, 31)
    assert again.deadlines[-1].words.startswith("县乡两级党委常委会")
    sheet = sheet_of(path)
    last = sheet.max_row
    assert sheet.cell(last, 3).font.sz == sheet["C3"].font.sz
    assert (sheet.row_dimensions[last].height or 0) >= 19


def test_what_a_person_drew_stays(tmp_path: Path) -> None:
    path = tmp_path / "分工方案.xlsx"
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("图").insert_textbox("B2", "请各单位按时报送")
    book.close()
    with zipfile.ZipFile(stream) as drawn:
        drawing = drawn.read("xl/drawings/drawing1.xml")
    plan = builders.with_task(builders.small_plan(), 2, requirements="①到2025年底建成5所。")
    path.write_bytes(write_workbook(plan))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/drawings/drawing1.xml", drawing)
    assert added(path) == 1
    assert members(path)["xl/drawings/drawing1.xml"] == drawing


def test_a_workbook_with_errors_gets_no_deadlines(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["分工方案"]["A5"] = "二"
    book["分工方案"]["E5"] = None
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(PlanError):
        added(path)
    assert path.read_bytes() == before


def test_a_plan_without_deadlines_gets_no_sheet(tmp_path: Path) -> None:
    path = tmp_path / "分工方案.xlsx"
    plan = builders.small_plan()
    plain = tuple(replace(one, requirements="①抓好落实。") for one in plan.tasks)
    path.write_bytes(write_workbook(replace(plan, tasks=plain)))
    assert added(path) == 0
    assert "时限节点" not in openpyxl.load_workbook(path).sheetnames


@pytest.mark.parametrize(
    ("cell", "value", "code", "place"),
    [
        ("E6", "尽快", "malformed_date", "时限节点!E6"),
        ("E6", None, "deadline_without_date", "时限节点!E6"),
        ("G6", "T00000000@00000000", "unknown_task", "时限节点!A6"),
        ("A6", 9, "deadline_number", "时限节点!A6"),
        ("D6", "重要", "unknown_kind", "时限节点!D6"),
    ],
)
def test_a_mistake_is_told_at_its_cell(
    cell: str, value: object, code: str, place: str, path: Path
) -> None:
    added(path)
    loaded = edited(path, lambda sheet: sheet.__setitem__(cell, value))
    found = [(one.code, str(one.place)) for one in (*loaded.errors, *loaded.doubts)]
    assert (code, place) in found
    assert bool(loaded.errors) == (code == "malformed_date")


def test_a_row_of_no_task_is_told_and_a_remark_is_left_alone(path: Path) -> None:
    added(path)

    def scribble(sheet: Any) -> None:
        sheet.append([99, "①", "谁的节点", "时限", "2023年底", None, None])
        sheet.append([None, None, None, None, None, "以上由秘书室核对", None])

    loaded = edited(path, scribble)
    codes = [one.code for one in loaded.doubts if str(one.place).startswith("时限节点!A")]
    assert codes == ["unknown_task"]


def test_a_requirement_that_was_reworded_is_told_beside_its_old_words(path: Path) -> None:
    added(path)
    book = openpyxl.load_workbook(path)
    cell = book["分工方案"]["C6"]
    cell.value = str(cell.value).replace("2023年全县推开", "2024年全县推开")
    book.save(path)
    loaded = load(path)
    reworded = [one for one in loaded.doubts if one.code == "deadline_reworded"]
    assert [str(one.place) for one in reworded] == ["时限节点!C7"]
    assert added(path) == 1
    assert load(path).valid().deadlines[-1].when == date(2024, 12, 31)


def test_a_day_that_the_task_itself_names_is_no_reworded_one(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["分工方案"]["B6"] = "2024年6月底前修订办法。"
    book.save(path)
    added(path)
    loaded = load(path)
    assert "2024年6月底前修订办法" in [one.words for one in loaded.valid().deadlines]
    assert not [one for one in loaded.doubts if one.code == "deadline_reworded"]


def test_deadlines_come_along_into_a_new_workspace(path: Path, tmp_path: Path) -> None:
    added(path)
    edited(path, lambda sheet: sheet.__setitem__("D7", "不跟踪"))
    plan = load(path).valid()
    other = tmp_path / "另一个.xlsx"
    other.write_bytes(write_workbook(read_document(path)))
    assert load(other).valid().deadlines == plan.deadlines
    assert added(other) == 0


@pytest.mark.office
def test_libreoffice_opens_the_sheet_and_its_own_copy_takes_more_rows(
    path: Path, tmp_path: Path
) -> None:
    count = added(path)
    folder = tmp_path / "LibreOffice"
    folder.mkdir()
    saved = office.convert(path, "xlsx", folder)
    assert len(load(saved).valid().deadlines) == count
    edited(saved, lambda sheet: sheet.delete_rows(5))
    assert added(saved) == 1
    again = tmp_path / "again"
    again.mkdir()
    assert len(load(office.convert(saved, "xlsx", again)).valid().deadlines) == count


# ---------------------------------------------------------------- in the master


def rows_of_master(*deadlines: Deadline, closings: tuple[Closing, ...] = ()) -> list[list[object]]:
    plan = replace(builders.small_plan(), deadlines=deadlines, closings=closings)
    data, _ = render(Source(PeriodFacts(plan, builders.QUARTER)))
    book = openpyxl.load_workbook(io.BytesIO(data))
    if "时限节点" not in book.sheetnames:
        return []
    return [list(row) for row in book["时限节点"].iter_rows(min_row=4, values_only=True)]


def test_the_master_shows_what_is_due_first_and_figures_last() -> None:
    figure, far, close = with_deadlines(None, date(2025, 12, 31), date(2023, 2, 28))
    figure = replace(figure, kind=DeadlineKind.FIGURE)
    rows = rows_of_master(figure, far, close, replace(far, words="不要", tracked=False))
    assert [row[3] for row in rows] == [close.words, far.words, figure.words]
    assert [row[6] for row in rows] == ["三个月内到期\n（2023年2月28日）", None, None]
    assert [row[5] for row in rows] == ["2023年2月28日", "2025年12月31日", "—"]
    assert rows_of_master() == []


def test_the_master_shows_what_is_closed_with_its_day_and_basis_below_what_is_open() -> None:
    passed, far, close = with_deadlines(date(2022, 12, 31), date(2025, 12, 31), date(2023, 2, 28))
    other = replace(passed, item="②")
    done = Closing("T02", "①", None, date(2022, 12, 20), "会议纪要")
    rows = rows_of_master(passed, far, close, other, closings=(done,))
    assert [row[6] for row in rows] == [
        "已到期\n（2022年12月31日）",
        *["已办结\n（2022年12月20日）"] * 3,
    ]
    assert [row[8] for row in rows[1:]] == ["办结依据：会议纪要"] * 3


@pytest.mark.parametrize(
    ("closing", "labels"),
    [
        (Closing("T02", "", None, date(2022, 12, 20), "文件"), ["已办结", "已办结"]),
        (Closing("T02", "①", 2022, date(2022, 12, 20), "文件"), ["已办结", "三个月内到期"]),
        (Closing("T02", "②", None, date(2022, 12, 20), "文件"), ["已到期", "三个月内到期"]),
        (Closing("T03", "", None, date(2022, 12, 20), "文件"), ["已到期", "三个月内到期"]),
        (Closing("T02", "", None, date(2023, 1, 31), "文件"), ["已办结", "已办结"]),
        (Closing("T02", "", None, date(2023, 2, 1), "文件"), ["已到期", "三个月内到期"]),
    ],
)
def test_a_closing_covers_its_own_deadlines_by_the_end_of_the_next_month(
    closing: Closing, labels: list[str]
) -> None:
    deadlines = tuple(with_deadlines(date(2022, 12, 31), date(2023, 2, 28)))
    plan = replace(builders.small_plan(), deadlines=deadlines, closings=(closing,))
    assert [one.label for one in due_soon(plan, builders.DECEMBER, LATER)] == labels


def _numbered_twice(path: Path) -> None:
    """Give the second task the first one's number, as a plan does that counts anew."""
    book = openpyxl.load_workbook(path)
    book["分工方案"]["A5"] = book["分工方案"]["A4"].value
    for row in book["设置"].iter_rows(min_row=2):
        if row[0].value == "序号可以重复":
            row[1].value = "是"
    book.save(path)


def test_rows_of_tasks_that_share_a_number_ask_for_nothing(path: Path) -> None:
    added(path)
    _numbered_twice(path)

    def renumber(sheet: Any) -> None:
        for row in sheet.iter_rows(min_row=3):
            if row[0].value == 2:
                row[0].value = 1

    loaded = edited(path, renumber)
    assert loaded.errors == ()
    assert "deadline_number" not in {one.code for one in loaded.doubts}


def test_a_row_of_ones_own_with_a_number_of_two_tasks_is_told_and_not_taken(path: Path) -> None:
    added(path)
    _numbered_twice(path)
    loaded = edited(path, lambda sheet: sheet.append([1, "", "谁的节点", "时限", "2023年底"]))
    told = [sentence(one) for one in loaded.doubts if one.code == "unknown_task"]
    assert len(told) == 1
    assert "序号为“1”的任务有 2 项" in told[0]
    assert "谁的节点" not in {one.words for one in loaded.valid().deadlines}


def test_a_day_in_a_column_and_in_the_requirements_of_a_task_is_one_deadline() -> None:
    plan, day = builders.small_plan(), date(2022, 12, 31)
    own = replace(plan.tasks[0], others=(("完成时限", "2022年12月底、2023年3月底"),))
    plan = replace(
        plan,
        tasks=(own, *plan.tasks[1:]),
        deadlines=(
            Deadline("T01", "", "2022年12月底", DeadlineKind.DATE, day),
            Deadline("T01", "", "2023年3月底", DeadlineKind.DATE, date(2023, 3, 31)),
            Deadline("T01", "②", "2022年12月底前建成系统", DeadlineKind.DATE, day),
            Deadline("T01", "", "全年培训3000人次", DeadlineKind.RECURRING, Recurrence(YEARLY)),
            Deadline("T02", "", "2022年12月底", DeadlineKind.DATE, day),
        ),
    )
    due = due_soon(plan, Quarter(2022, 4), date(2023, 1, 5))
    assert [(one.task.key, one.deadline.words) for one in due] == [
        ("T01", "全年培训3000人次"),
        ("T01", "2022年12月底前建成系统"),
        ("T02", "2022年12月底"),
        ("T01", "2023年3月底"),
    ]
    closed = Closing("T01", "②", None, day, "文件")
    due = due_soon(replace(plan, closings=(closed,)), Quarter(2022, 4), date(2023, 1, 5))
    missed = [one.deadline.words for one in due if one.missed]
    assert missed == ["全年培训3000人次", "2022年12月底"], "the latter is the other task's"
