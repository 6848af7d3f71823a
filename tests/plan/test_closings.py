"""办结: what the clerk closes, by hand or by a command, and what stands in the workbook then."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from edu_sheet.plan.workbook.load import Loaded, load_bytes
from edu_sheet.plan.writing.edit_closings import Close, Reopen, edit_closings
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.plan.writing.write_keys import write_keys
from edu_sheet.words.errors import PlanError
from edu_sheet.words.plan import YEARLY, Closing, Deadline, DeadlineKind, Plan, Recurrence
from tests.support.builders import small_plan

DAY = date(2022, 12, 20)


def plan_with_deadlines() -> Plan:
    return replace(
        small_plan(),
        deadlines=(
            Deadline("T01", "①", "年底前出台方案", DeadlineKind.DATE, date(2022, 12, 31)),
            Deadline("T02", "②", "每年检查一次", DeadlineKind.RECURRING, Recurrence(YEARLY)),
        ),
    )


def loaded(plan: Plan | None = None) -> Loaded:
    return load_bytes(write_workbook(plan or plan_with_deadlines()), "分工方案.xlsx")


def closings(found: Loaded) -> tuple[Closing, ...]:
    return found.valid().closings


def by_hand(tmp_path: Path, *rows: tuple[object, ...]) -> Loaded:
    """Return the workbook with rows that the clerk typed into the sheet."""
    path = tmp_path / "分工方案.xlsx"
    path.write_bytes(loaded().data)
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(rows, 3):
        for place, value in enumerate(row, 1):
            book["办结"].cell(number, place).value = value  # type: ignore[assignment]  # any
    book.save(path)
    return load_bytes(path.read_bytes(), path.name)


def test_a_new_workbook_has_the_sheet_ready_to_be_filled_in() -> None:
    book = openpyxl.load_workbook(io.BytesIO(loaded().data))
    sheet = book["办结"]
    heads = [cell.value for cell in sheet[2]]
    assert heads == ["序号", "事项", "年度", "办结日期", "办结依据", "恢复督办日期", "任务键"]
    assert sheet.column_dimensions["G"].hidden
    assert sheet["A3"].border.left.style == "thin"
    assert sheet["D3"].number_format == 'yyyy"年"m"月"d"日"'


def test_what_the_clerk_types_is_read_and_keeps_its_task_when_numbers_change(
    tmp_path: Path,
) -> None:
    found = by_hand(
        tmp_path,
        (1, "①", None, "2022-12-20", "县政府常务会议纪要"),
        (2, "②", 2022, DAY, "验收表"),
        (3, None, None, "2022年12月20日", "文件", "2023-02-10"),
    )
    assert found.errors == ()
    assert closings(found) == (
        Closing("T01", "①", None, DAY, "县政府常务会议纪要"),
        Closing("T02", "②", 2022, DAY, "验收表"),
        Closing("T03", "", None, DAY, "文件", date(2023, 2, 10)),
    )
    keyed = load_bytes(write_keys(found).data, found.name)
    assert closings(keyed) == closings(found)
    (tmp_path / "键.xlsx").write_bytes(keyed.data)
    book = openpyxl.load_workbook(tmp_path / "键.xlsx")
    assert [book["办结"].cell(row, 7).value for row in (3, 4, 5, 6)] == ["T01", "T02", "T03", None]
    book["分工方案"]["A4"], book["分工方案"]["A5"] = 2, 1  # the tasks change places
    book.save(tmp_path / "键.xlsx")
    again = load_bytes((tmp_path / "键.xlsx").read_bytes(), found.name)
    assert [one.task for one in closings(again)] == ["T01", "T02", "T03"]
    assert "deadline_number" in {one.code for one in again.doubts}


@pytest.mark.parametrize(
    ("row", "code", "place", "error"),
    [
        ((1, "①", None, "上周", "文件"), "malformed_date", "办结!D3", True),
        ((1, "①", None, None, "文件"), "closing_without_date", "办结!D3", True),
        ((1, "①", None, DAY, None), "closing_without_basis", "办结!E3", False),
        ((1, "①", "今年", DAY, "文件"), "malformed_year", "办结!C3", True),
        ((1, "⑨", None, DAY, "文件"), "unknown_item", "办结!B3", False),
        ((99, None, None, DAY, "文件"), "unknown_task", "办结!A3", False),
        ((1, None, None, DAY, "文件", date(2022, 12, 1)), "reopened_before", "办结!F3", False),
    ],
)
def test_a_mistake_is_told_at_its_cell(
    row: tuple[object, ...], code: str, place: str, error: bool, tmp_path: Path
) -> None:
    found = by_hand(tmp_path, row)
    told = {(one.code, str(one.place)) for one in (*found.errors, *found.doubts)}
    assert (code, place) in told
    assert bool(found.errors) == error


def test_the_same_thing_closed_twice_is_told(tmp_path: Path) -> None:
    found = by_hand(tmp_path, (1, "①", None, DAY, "甲"), (1, "①", None, DAY, "乙"))
    (told,) = [one for one in found.doubts if one.code == "closed_twice"]
    assert str(told.place) == "办结!A4"


def test_a_command_adds_a_row_below_those_of_the_clerk_and_changes_nothing_else(
    tmp_path: Path,
) -> None:
    before = by_hand(tmp_path, (1, "①", None, "2022-12-20", "会议纪要"))
    after = edit_closings(before, Close("2", DAY, "验收表", "②", 2022))
    assert closings(after) == (*closings(before), Closing("T02", "②", 2022, DAY, "验收表"))
    assert edit_closings(after, Close("2", DAY, "验收表", "②", 2022)).data == after.data
    path = tmp_path / "后.xlsx"
    path.write_bytes(after.data)
    sheet = openpyxl.load_workbook(path)["办结"]
    assert [cell.value for cell in sheet[4]][:5] == [2, "②", 2022, "2022年12月20日", "验收表"]
    assert sheet["E4"].border.left.style == "thin"
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(tmp_path / "分工方案.xlsx") as other:
        changed = [name for name in one.namelist() if one.read(name) != other.read(name)]
    assert len(changed) == 1, "the one sheet"


def test_an_old_workbook_without_the_sheet_opens_and_gets_it_with_the_first_closing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "旧.xlsx"
    path.write_bytes(loaded().data)
    book = openpyxl.load_workbook(path)
    del book["办结"]
    book.save(path)
    old = load_bytes(path.read_bytes(), path.name)
    assert (old.errors, closings(old)) == ((), ())
    after = edit_closings(old, Close("3", DAY, "文件"))
    assert closings(after) == (Closing("T03", "", None, DAY, "文件"),)
    assert replace(after.valid(), closings=()) == old.valid()


def test_reopening_leaves_the_row_and_a_later_closing_gets_one_of_its_own() -> None:
    closed = edit_closings(loaded(), Close("1", DAY, "文件", "①"))
    opened = edit_closings(closed, Reopen("1", date(2023, 1, 9), "①"))
    assert closings(opened) == (Closing("T01", "①", None, DAY, "文件", date(2023, 1, 9)),)
    again = edit_closings(opened, Close("1", date(2023, 2, 1), "新文件", "①"))
    assert [one.reopened for one in closings(again)] == [date(2023, 1, 9), None]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Close("99", DAY, "文件"), "没有第 99 项任务"),
        (Close("1", DAY, "文件", "⑨"), "没有标为“⑨”的事项"),
        (Close("2", DAY, "文件", "②"), "每年都有"),
        (Close("1", DAY, " "), "没有写办结依据"),
        (Reopen("1", DAY), "没有办结"),
    ],
)
def test_what_cannot_be_closed_or_reopened_is_refused_with_the_reason(
    edit: Close | Reopen, said: str
) -> None:
    with pytest.raises(PlanError, match=said):
        edit_closings(loaded(), edit)


@pytest.mark.parametrize("said", ["“第3项目标任务”第1项", "“第3项目标任务”1", "T03"])
def test_one_of_several_tasks_under_a_number_is_closed_as_papers_and_the_screen_name_it(
    said: str,
) -> None:
    plan = small_plan()
    labels = ("1", "2", "1", "2", "5")
    tasks = [replace(one, label=text) for one, text in zip(plan.tasks, labels, strict=True)]
    settings = replace(plan.settings, same_numbers=True)
    twice = loaded(replace(plan, tasks=tuple(tasks), settings=settings))
    (closing,) = closings(edit_closings(twice, Close(said, DAY, "文件")))
    assert closing.task == "T03"
    with pytest.raises(PlanError, match="不止一项") as told:
        edit_closings(twice, Close("1", DAY, "文件"))
    assert "“第3项目标任务”1" in str(told.value)


def test_what_is_closed_is_not_closed_over_with_another_basis() -> None:
    closed = edit_closings(loaded(), Close("1", DAY, "文件"))
    with pytest.raises(PlanError, match="已于2022年12月20日办结（依据：文件）"):
        edit_closings(closed, Close("1", DAY, "别的文件"))


def test_closings_come_along_when_the_workbook_is_written_anew() -> None:
    plan = edit_closings(loaded(), Close("1", DAY, "文件")).valid()
    assert load_bytes(write_workbook(plan), "新.xlsx").valid().closings == plan.closings
