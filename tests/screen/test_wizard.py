"""A new workspace by clicks: the plan read, what is in doubt asked, and only then anything written."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.plan import Plan, Roster, Unit
from tests.support.builders import TOWNS, small_plan, with_task
from tests.support.clerk import Clerk


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk(tmp_path / "home")


def doubtful_plan() -> Plan:
    """Return the small plan, in which 县财政局 is called 财政局 once, and 各乡镇 is a group."""
    plan = with_task(small_plan(), 4, leads=("财政局",), lead_text="财政局")
    units = [replace(one, group=one.name == TOWNS) for one in plan.roster.units]
    return Plan(plan.settings, Roster((*units, Unit("财政局"))), plan.tasks, columns=plan.columns)


def choose(clerk: Clerk, data: bytes, name: str = "方案.xlsx") -> None:
    page = clerk.post("/wizard/read", plan=(io.BytesIO(data), name))
    assert page.path == "/wizard", page.text


def test_a_plan_is_shown_as_it_was_read_and_nothing_is_written(
    clerk: Clerk, tmp_path: Path
) -> None:
    choose(clerk, write_workbook(doubtful_plan()))
    page = clerk.get("/wizard")
    assert "读出 5 项任务 ， 7 个单位" in page.text
    assert "还没有写下任何东西" in page.text
    assert "坚持教育优先发展战略地位。" in page.text
    assert list(tmp_path.rglob("*.xlsx")) == []


def test_what_is_in_doubt_is_settled_by_clicks_and_stands_in_the_workspace(
    clerk: Clerk, tmp_path: Path
) -> None:
    choose(clerk, write_workbook(doubtful_plan()))
    page = clerk.get("/wizard")
    assert {"是，都算“县财政局”", "不是，是两个单位", "每个成员各报一份", "只报一份"} <= set(
        page.buttons
    )
    clerk.post("/wizard/same", unit="县财政局", alias="财政局")
    page = clerk.post("/wizard/different", name=TOWNS)
    assert "每个成员各报一份" not in page.buttons
    page = clerk.post("/wizard/back")
    assert "每个成员各报一份" in page.buttons, "an answer is taken back"
    page = clerk.post("/wizard/members", unit=TOWNS, members="甲镇、乙镇，丙乡")
    assert "没有列在“单位”一列" not in page.text, "the answer gives each member its row"
    assert "甲镇、乙镇、丙乡" in page.text
    assert "是，都算“县财政局”" not in page.buttons
    assert "请您定" not in page.text
    folder = tmp_path / "督办"
    page = clerk.post("/wizard/create", kind="plan", folder=str(folder))
    assert page.path.startswith("/p/")
    assert f"已建立工作区：{folder}" in page.text
    checked = app.check(folder)
    assert checked.plan
    assert checked.plan.roster.get(TOWNS) is not None
    assert checked.plan.roster.spellings()["财政局"] == "县财政局"


def test_a_file_that_is_no_plan_is_told_and_the_workspace_is_never_made_over_another(
    clerk: Clerk, tmp_path: Path
) -> None:
    page = clerk.post("/wizard/read", plan=(io.BytesIO(b"%PDF-1.4"), "方案.pdf"))
    assert page.status == 400
    assert "没有做成" in page.text
    assert clerk.post("/wizard/create", kind="example", folder=str(tmp_path / "甲")).status == 200
    page = clerk.post("/wizard/create", kind="empty", folder=str(tmp_path / "甲"))
    assert "没有改动它" in page.text
    assert clerk.post("/wizard/create", kind="empty", folder="甲").status == 400


PROSE = """# 关于印发重点工作任务的通知

| 序号 | 工作任务 | 责任单位 |
|---|---|---|
| 1 | 坚持教育优先发展。 | 县教育局、县财政局 |
| 2 | 建立部门联动机制。 | 县公安局 |
"""


def test_who_leads_what_names_no_lead_is_asked_before_and_after(
    clerk: Clerk, tmp_path: Path
) -> None:
    choose(clerk, PROSE.encode(), "方案.md")
    assert "2 项任务没有写牵头单位，由谁牵头？" in clerk.get("/wizard").text
    for folder in ("甲", "乙"):
        choose(clerk, PROSE.encode(), "方案.md")
        if folder == "甲":
            page = clerk.post("/wizard/leads", rule="首位责任单位牵头")
            assert "由谁牵头" not in page.text
        left = "“请您定”的还有 1 个没有定" in clerk.get("/wizard").text
        made = clerk.post("/wizard/create", kind="plan", folder=str(tmp_path / folder))
        assert left == ("还有 1 个问题没有定" in made.text) == (folder == "乙")
    page = clerk.get("/settings")
    assert "没写牵头单位的任务由谁牵头？" in page.text
    assert clerk.post("/settings/leads", rule="谁都行").status == 400
    page = clerk.post("/settings/leads", rule="首位责任单位牵头")
    assert "由谁牵头？" not in page.text
    for folder in ("甲", "乙"):
        tasks = app.known_plan(tmp_path / folder).plan.tasks
        assert [task.leads for task in tasks] == [("县教育局",), ("县公安局",)]


NUMBERED_TWICE = """| 序号 | 工作任务 | 牵头单位 | 责任单位 |
|---|---|---|---|
| 16 | 坚持教育优先发展。 | 县教育局 | 县财政局 |
| 16 | 建立部门联动机制。 | 县公安局 | 县财政局 |
"""


def test_a_doubt_names_no_cell_of_a_workbook_that_is_not_there_yet(clerk: Clerk) -> None:
    choose(clerk, NUMBERED_TWICE.encode(), "重点工作.md")
    page = clerk.get("/wizard")
    assert (
        '<a href="#task-2">读出的任务第2行</a> 序号 16 不止一项任务有（1 行与前面的相同）'
        in page.html
    )
    assert (
        "方案标题“重点工作”：原文里没有找到标题，用的是文件名，请在“设置”里核对（出自文件名）"
        in page.text
    )
    assert "分工方案!" not in page.text


def test_names_that_look_alike_can_be_settled_after_the_workspace_was_made(
    clerk: Clerk, tmp_path: Path
) -> None:
    plan = NUMBERED_TWICE.replace("| 县公安局 | 县财政局 |", "| 县公安局 | 财政局 |")
    choose(clerk, plan.encode(), "重点工作.md")
    clerk.post("/wizard/create", kind="plan", folder=str(tmp_path / "督办"))
    page = clerk.get("/settings")
    assert "“财政局”和“县财政局”是不是同一个单位？" in page.text
    page = clerk.post("/settings/alias", unit="县财政局", alias="财政局")
    assert "是不是同一个单位" not in page.text
    roster = app.known_plan(tmp_path / "督办").plan.roster
    assert roster.spellings()["财政局"] == "县财政局"


def test_a_workspace_is_made_of_the_plan_that_the_page_shows_or_not_at_all(
    clerk: Clerk, tmp_path: Path
) -> None:
    choose(clerk, PROSE.encode(), "甲.md")
    (first,) = {*re.findall(r'name="draft" value="(\w+)"', clerk.get("/wizard").html)}
    choose(clerk, NUMBERED_TWICE.encode(), "乙.md")  # in another window
    for path in ("/wizard/create", "/wizard/leads"):
        page = clerk.post(path, kind="plan", draft=first, folder=str(tmp_path / "督办"))
        assert "另一个窗口读取了别的方案（乙.md）" in page.text
    assert not (tmp_path / "督办").exists()


def test_a_plan_without_a_name_is_told_like_any_other(clerk: Clerk) -> None:
    for name in ("", "..", "C:\\"):
        page = clerk.post("/wizard/read", plan=(io.BytesIO(b"%PDF-1.4"), name or " "))
        assert page.status == 400
        assert "没有做成" in page.text


def test_a_document_that_is_no_plan_is_chosen_anew_and_not_sent_again_without_itself(
    clerk: Clerk,
) -> None:
    page = clerk.post("/wizard/read", plan=(io.BytesIO("没有任务的文字。".encode()), "说明.md"))
    assert "没有做成" in page.text
    assert "再试" not in page.buttons


@pytest.mark.parametrize("folder", ["", "督办", "/a\0b", "/" + "长" * 5000, "/dev/null/督办"])
@pytest.mark.parametrize("path", ["/wizard/create", "/start/folder"])
def test_a_folder_that_cannot_be_is_refused_in_words(clerk: Clerk, path: str, folder: str) -> None:
    page = clerk.post(path, kind="example", folder=folder)
    assert page.status == 400
    assert "没有做成" in page.text
    assert len(page.text) < 600
