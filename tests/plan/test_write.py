"""The plan workbook as it is made, and the keys of its tasks as they are kept."""

import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from edu_sheet.kit import row_height
from edu_sheet.kit.shipped import shipped
from edu_sheet.plan.keys import Keyed, assign, of_task
from edu_sheet.plan.workbook.load import load, load_bytes
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.plan.writing.write_keys import write_keys
from tests.support import builders

TEMPLATE = shipped("templates/分工方案模板.xlsx")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    copy = tmp_path / "分工方案.xlsx"
    copy.write_bytes(TEMPLATE.read_bytes())
    return copy


def dump(data: bytes) -> list[str]:
    """Return what a person meets in a workbook, as text."""
    lines = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        lines.append(f"{sheet.title} {sheet.freeze_panes} {sheet.print_title_rows}")
        lines += [
            f"{name} {one.width} {one.hidden}" for name, one in sheet.column_dimensions.items()
        ]
        lines += [f"{row} {one.height}" for row, one in sheet.row_dimensions.items()]
        lines += [
            f"{one.sqref} {one.formula1} {one.prompt}"
            for one in sheet.data_validations.dataValidation
        ]
        lines += [
            f"{cell.coordinate} {cell.value} {cell.number_format} {cell.font.name} {cell.font.sz}"
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
    return lines


def template_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make", TEMPLATE.with_name("make.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_template_is_what_its_script_makes() -> None:
    assert dump(template_maker().make()) == dump(TEMPLATE.read_bytes())


def test_the_same_plan_gives_the_same_bytes_and_comes_back_whole(tmp_path: Path) -> None:
    plan = builders.small_plan()
    data = write_workbook(plan)
    assert write_workbook(plan) == data
    (tmp_path / "分工方案.xlsx").write_bytes(data)
    loaded = load(tmp_path / "分工方案.xlsx").valid()
    assert loaded.settings == plan.settings
    assert loaded.tasks == plan.tasks
    assert loaded.roster == plan.roster


def test_the_plan_prints_as_it_was_issued() -> None:
    sheet = openpyxl.load_workbook(TEMPLATE)["分工方案"]
    header = [cell.value for cell in sheet[3]]
    assert " ".join(map(str, header)) == (
        "序号 目标任务 具体要求 进展情况 牵头部门 责任部门 县教育局牵头联络股室 任务键"
    )
    assert sheet.column_dimensions["H"].hidden
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide, which is the default
    assert sheet.page_setup.fitToHeight == 0
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "C4")
    assert sheet.print_area == "'分工方案'!$A$1:$G$27"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == "第&P页 共&N页"
    heights = [sheet.row_dimensions[row].height or 0 for row in range(4, 28)]
    assert all(30 <= height <= row_height.LIMIT for height in heights)
    for name in ("单位名录", "设置", "期次"):
        own = openpyxl.load_workbook(TEMPLATE)[name]
        assert own.page_setup.orientation == "landscape"
        assert not own.protection.sheet


def test_a_very_long_requirement_is_printed_smaller_not_cut() -> None:
    plan = builders.with_task(
        builders.small_plan(), 2, requirements="①" + "逐项抓好工作落实。" * 90
    )
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook(plan)))["分工方案"]
    size, height = sheet["C5"].font.sz, sheet.row_dimensions[5].height
    assert size < 10.5
    needed = row_height.row_height([(sheet["C5"].value, 58)], size)
    assert needed - 1 < height <= row_height.LIMIT  # Excel has rows in steps of 0.75 points


def test_a_text_that_begins_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    plan = builders.with_task(builders.small_plan(), 2, goal="=1+1", requirements="+@①要求")
    (tmp_path / "分工方案.xlsx").write_bytes(write_workbook(plan))
    loaded = load(tmp_path / "分工方案.xlsx")
    assert loaded.errors == ()
    assert loaded.plan is not None
    assert (loaded.plan.tasks[1].goal, loaded.plan.tasks[1].requirements) == ("=1+1", "+@①要求")


def test_keys_stay_with_their_rows() -> None:
    own = of_task("甲", "①")
    rows = [
        Keyed("T1", of_task("改过的", "①")),
        Keyed("", own),
        Keyed("", own),
        Keyed("T1", of_task("乙", "②")),
    ]
    assert assign(rows) == ("T1", own, f"{own}-2", of_task("乙", "②"))
    copied = [Keyed(own, of_task("先抄的", "①")), Keyed(own, of_task(" 甲 ", "①"))]
    assert assign(copied) == (of_task("先抄的", "①"), own)


def edit(path: Path, change: Any, sheet: str = "分工方案") -> None:
    book = openpyxl.load_workbook(path)
    change(book[sheet])
    book.save(path)


def keyed(path: Path) -> int:
    """Write the keys that a workbook lacks; return how many."""
    before = load(path)
    after = write_keys(before)
    assert write_keys(after) is after
    again = load_bytes(after.data, after.name)
    assert (again.plan, again.places) == (after.plan, after.places)
    assert again.sheets == after.sheets
    path.write_bytes(after.data)
    lines = zip(before.sheets["分工方案"].lines, after.sheets["分工方案"].lines, strict=True)
    return sum(was.values != line.values for was, line in lines)


def test_new_and_copied_rows_get_keys_and_all_others_keep_theirs(path: Path) -> None:
    before = load(path).valid()

    def change(sheet: Any) -> None:
        sheet["C6"] = "①改过的要求。"
        sheet.append([25, "新任务。", "①要求。", None, "县教育局", "县财政局", None, None])
        sheet.append(
            [26, "抄来的任务。", "①要求。", None, "县教育局", "县财政局", None, sheet["H4"].value]
        )

    edit(path, change)
    loaded = load(path)
    assert [(one.code, str(one.place)) for one in loaded.doubts][:1] == [
        ("duplicate_key", "分工方案!H29")
    ]
    assert loaded.plan is not None
    assert keyed(path) == 2
    again = load(path)
    assert again.plan == loaded.plan
    assert "duplicate_key" not in [one.code for one in again.doubts]
    keys = [task.key for task in again.plan.tasks] if again.plan else []
    assert keys[:24] == [task.key for task in before.tasks]
    assert len(set(keys)) == 26
    data = path.read_bytes()
    assert keyed(path) == 0
    assert path.read_bytes() == data


def test_a_unit_keeps_its_key_when_its_row_is_renamed_moved_or_copied(path: Path) -> None:
    before = {unit.name: unit.key for unit in load(path).valid().roster.units}

    def change(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        renamed, copied = rows[5], [*rows[7]]
        renamed[1], renamed[0] = renamed[0], "县新名局"
        copied[0] = "县分设局"
        rows = [*reversed(rows), copied, ["县新设局", *[None] * 7]]
        for at, row in enumerate(rows, 3):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column).value = value

    old = load(path).valid().roster.units[5].name
    edit(path, change, "单位名录")
    loaded = load(path)
    assert "duplicate_key" in [one.code for one in loaded.doubts]
    path.write_bytes(write_keys(loaded).data)
    again = load(path)
    assert "duplicate_key" not in [one.code for one in again.doubts]
    assert again.plan is not None
    after = {unit.name: unit.key for unit in again.plan.roster.units}
    assert after.pop("县新名局") == before.pop(old)
    assert len({after.pop("县分设局"), after.pop("县新设局"), *before.values()}) == len(before) + 2
    assert after == before


def test_a_roster_of_before_gets_its_keys_in_a_hidden_column(path: Path) -> None:
    edit(path, lambda sheet: sheet.delete_cols(8), "单位名录")
    before = load(path)
    assert before.plan is not None
    after = write_keys(before)
    path.write_bytes(after.data)
    sheet = openpyxl.load_workbook(path)["单位名录"]
    assert (sheet["H2"].value, sheet.column_dimensions["H"].hidden) == ("单位键", True)
    assert [sheet.cell(row, 8).value for row in range(3, sheet.max_row + 1)] == [
        unit.key for unit in before.plan.roster.units
    ]
    assert write_keys(load(path)).data == after.data


def drawn(path: Path) -> Path:
    """Make a plan workbook with a chart, a comment, a text box, and no key column."""
    plan = load(path).valid()
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("分工方案")
    header = ["序号", "目标任务", "具体要求", "进展情况", "牵头部门", "责任部门", "牵头联络股室"]
    sheet.write_row("A1", header)
    for row, task in enumerate(plan.tasks, 1):
        sheet.write_row(row, 0, [task.number, task.goal, task.requirements, None])
        sheet.write_row(row, 4, [task.lead_text, task.responsible_text, task.liaison_text])
    sheet.set_column(6, 12, 30)
    sheet.write_comment("B3", "记得核对")
    sheet.insert_textbox("J2", "办公室的批注")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "='分工方案'!$A$2:$A$25"})
    sheet.insert_chart("J10", chart)
    book.close()
    return path


def test_keys_change_nothing_else_in_a_clerk_s_workbook(path: Path) -> None:
    drawn(path)
    with zipfile.ZipFile(path) as book:
        before = {info.filename: book.read(info) for info in book.infolist()}
    assert keyed(path) == 24
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        after = {info.filename: book.read(info) for info in book.infolist()}
    changed = [name for name, data in after.items() if before.get(name) != data]
    assert (list(after), changed) == (list(before), ["xl/worksheets/sheet1.xml"])
    sheet = openpyxl.load_workbook(path)["分工方案"]
    assert sheet["H1"].value == "任务键"
    assert [sheet.cell(row, 8).value for row in range(2, 26)] == [
        task.key for task in load(TEMPLATE).valid().tasks
    ]
    assert b'<col min="8" max="8" width="12" hidden="1" customWidth="1"/>' in after[changed[0]]
    assert b'<col min="7" max="7"' in after[changed[0]]
    assert b'<col min="9" max="13"' in after[changed[0]]
