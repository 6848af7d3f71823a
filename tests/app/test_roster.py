"""单位名录 edited from a screen: what was meant stands there, and all else is as it was."""

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.plan.workbook.sheets import read_bytes
from edu_sheet.plan.writing.edit_roster import Alias, MailAddress, Members, RosterEdit
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import OutputError, PlanError
from edu_sheet.words.plan import Unit


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return app.create(tmp_path / "督办")


def unit(checked: app.CheckedPlan, name: str) -> Unit:
    assert checked.plan
    found = checked.plan.roster.get(name)
    assert found
    return found


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        return {name: book.read(name) for name in book.namelist()}


def cells(workspace: Workspace) -> dict[str, Any]:
    book = openpyxl.load_workbook(workspace.plan)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def add_row(workspace: Workspace, *values: str) -> None:
    """Add a unit as the clerk does, below the others."""
    book = openpyxl.load_workbook(workspace.plan)
    book["单位名录"].append(list(values))
    book.save(workspace.plan)


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        (MailAddress("县财政局", "cz@xian.test"), {"邮箱": "cz@xian.test"}),
        (Alias("县财政局", "财政局"), {"别名": "财政局"}),
        (
            Members("各乡镇党委、政府", ("甲镇党委", "乙镇党委")),
            {"成员单位": "甲镇党委、乙镇党委", "是否集体称谓": "是"},
        ),
    ],
)
def test_one_row_changes_and_every_other_part_of_the_workbook_is_as_it_was(
    workspace: Workspace, edit: RosterEdit, changed: dict[str, str]
) -> None:
    before, texts = members(workspace.plan), cells(workspace)
    was = workspace.plan.read_bytes()
    checked = app.edit_roster(workspace.root, edit)
    assert checked.errors == ()
    after = members(workspace.plan)
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == ["xl/worksheets/sheet2.xml"]
    different = {
        place: text for place, text in cells(workspace).items() if texts.get(place) != text
    }
    rows = {re.sub("[A-Z]", "", place) for place in texts}
    new = {place for place in different if re.sub("[A-Z]", "", place) not in rows}
    listed = edit.members if isinstance(edit, Members) else ()
    assert sorted(different.pop(place) for place in new) == sorted(listed), "a row for each"
    header = {text: place[-2] for place, text in texts.items() if place.startswith("单位名录!")}
    assert {place.split("!")[1][0]: text for place, text in different.items()} == {
        header[name]: text for name, text in changed.items() if texts_differ(texts, edit, text)
    }
    (copy,) = workspace.archive.glob("分工方案_*.xlsx")
    assert copy.read_bytes() == was


def texts_differ(texts: dict[str, Any], edit: RosterEdit, text: str) -> bool:
    """Return whether the edit is one: a group is marked as one already."""
    return not (isinstance(edit, Members) and text == "是" and "是" in texts.values())


def test_an_address_and_members_are_read_as_they_were_entered(workspace: Workspace) -> None:
    checked = app.edit_roster(workspace.root, MailAddress("县财政局", "cz@xian.test"))
    assert unit(checked, "县财政局").mail == "cz@xian.test"
    checked = app.edit_roster(workspace.root, Members("各乡镇党委、政府", ("甲镇", "乙镇")))
    assert unit(checked, "各乡镇党委、政府").members == ("甲镇", "乙镇")
    assert unit(checked, "县财政局").mail == "cz@xian.test"
    checked = app.edit_roster(workspace.root, MailAddress("县财政局", ""))
    assert unit(checked, "县财政局").mail == ""


def test_what_stands_there_already_changes_nothing(workspace: Workspace) -> None:
    app.edit_roster(workspace.root, Alias("县财政局", "财政局"))
    before = workspace.plan.read_bytes()
    app.edit_roster(workspace.root, Alias("县财政局", "财政局"))
    assert workspace.plan.read_bytes() == before


def test_a_unit_that_looks_alike_becomes_an_alias_and_its_row_stays(workspace: Workspace) -> None:
    add_row(workspace, "县财政局机关")
    add_row(workspace, "县住房和城乡建设局")
    checked = app.edit_roster(workspace.root, Alias("县住建局", "县住房和城乡建设局"))
    assert checked.errors == ()
    assert "县住房和城乡建设局" in unit(checked, "县住建局").aliases
    assert "县住房和城乡建设局" in cells(workspace).values()


def test_a_unit_with_quite_another_name_becomes_an_alias_and_its_row_is_emptied(
    workspace: Workspace,
) -> None:
    add_row(workspace, "办事处甲", "甲办")
    checked = app.edit_roster(workspace.root, Alias("县财政局", "办事处甲"))
    assert checked.errors == ()
    assert unit(checked, "县财政局").aliases == ("办事处甲", "甲办")
    assert "办事处甲" not in cells(workspace).values()


def test_what_a_person_entered_for_a_unit_does_not_go_with_its_row(workspace: Workspace) -> None:
    add_row(workspace, "办事处甲", "", "否", "", "张三", "", "jia@xian.test")
    before = workspace.plan.read_bytes()
    with pytest.raises(PlanError, match="联系方式"):
        app.edit_roster(workspace.root, Alias("县财政局", "办事处甲"))
    assert workspace.plan.read_bytes() == before


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (MailAddress("县不存在局", "a@xian.test"), "县不存在局"),
        (Members("各乡镇党委、政府", ("各中小学校",)), "集体称谓"),
        (Alias("县财政局", "县财政局"), "就是这个单位的名称"),
        (Alias("县财政局", " 县财政局 "), "就是这个单位的名称"),
        (Alias("县财政局", ""), "空的"),
        (Alias("县财政局", " \u3000"), "空的"),
        (Alias("县财政局", "甲、乙"), "不是一个单位名称"),
        (Alias("县财政局", "甲\n乙"), "不是一个单位名称"),
        (Alias("县财政局", "财政\x07局"), "存不下"),
        (Alias("县财政局", "财政局\ud800"), "存不下"),
        (Alias("县财政局", "_x0041_局"), "存不下"),
        (Members("各乡镇党委、政府", ("甲镇", "乙、丙镇")), "不是一个单位名称"),
        (Members("各乡镇党委、政府", ("甲镇", "，")), "不是一个单位名称"),
        (Members("各乡镇党委、政府", ("甲镇", "")), "空的"),
        (Members("各乡镇党委、政府", tuple(f"某某镇{n}号" for n in range(5000))), "最多 32767 字"),
        (MailAddress("县财政局", "not mail"), "不像邮件地址"),
        (MailAddress("县财政局", "张三@教育.中国"), "不像邮件地址"),
        (MailAddress("县财政局", "a@xian.test；b"), "不像邮件地址"),
        (MailAddress("县财政局", "a\x00@xian.test"), "存不下"),
        (MailAddress("县财政局", ";".join(["a@xian.test"] * 3000)), "最多 32767 字"),
    ],
)
def test_what_would_be_an_error_or_read_otherwise_is_refused_and_nothing_written(
    workspace: Workspace, edit: RosterEdit, said: str
) -> None:
    before = workspace.plan.read_bytes()
    with pytest.raises(PlanError, match=said):
        app.edit_roster(workspace.root, edit)
    assert workspace.plan.read_bytes() == before


def test_a_formula_is_left_to_the_clerk(workspace: Workspace) -> None:
    book = openpyxl.load_workbook(workspace.plan)
    sheet = book["单位名录"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "县财政局")
    sheet.cell(row, 7).value = '="cz"&"@xian.test"'
    book.save(workspace.plan)
    with pytest.raises(PlanError, match="公式"):
        app.edit_roster(workspace.root, MailAddress("县财政局", "b@xian.test"))


def test_a_workbook_that_is_open_in_excel_is_not_written(workspace: Workspace) -> None:
    (workspace.root / "~$分工方案.xlsx").write_bytes(b"")
    before = workspace.plan.read_bytes()
    with pytest.raises(OutputError, match="打开"):
        app.edit_roster(workspace.root, MailAddress("县财政局", "a@xian.test"))
    assert workspace.plan.read_bytes() == before


def test_a_plan_is_edited_before_there_is_a_workspace(workspace: Workspace, tmp_path: Path) -> None:
    preview = app.preview_plan(read_bytes(workspace.plan), "方案.xlsx")
    assert "各乡镇党委、政府" in preview.groups
    edited = app.edit_preview(preview, Members("各乡镇党委、政府", ("甲镇", "乙镇")))
    assert "各乡镇党委、政府" not in edited.groups
    made = app.create(tmp_path / "新", edited)
    checked = app.check(made.root)
    assert checked.errors == ()
    assert unit(checked, "各乡镇党委、政府").members == ("甲镇", "乙镇")
