"""办结 as a front end and a clerk enter it, and who owes what then."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.plan.writing.edit_closings import Close, Reopen
from edu_sheet.words.errors import OutputError, PlanError
from tests.app.conftest import Office
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    ORGANISATION,
    POLICE,
    fill,
    moment,
)
from tests.support.session import program

DAY = date(2022, 12, 20)
AFTERWARDS = moment("2022-12-31")


def test_a_unit_that_says_nothing_of_a_closed_task_owes_nothing(office: Office) -> None:
    office.report(FINANCE, {1: "完成。", 4: "完成。"})  # of its three tasks 2 is left open
    before = {one.unit: one for one in app.status(office.root, DECEMBER).units}
    assert before[FINANCE].incomplete
    app.edit_closings(office.root, Close("2", DAY, "文件"), now=AFTERWARDS)
    app.edit_closings(office.root, Close("5", DAY, "文件"), now=AFTERWARDS)
    found = app.status(office.root, DECEMBER)
    after = {one.unit: one for one in found.units}
    assert (after[FINANCE].tasks, after[FINANCE].blank) == (2, 0)
    assert POLICE not in after, "its only task is closed"
    assert ORGANISATION not in after
    assert after[EDUCATION].blank == 3
    assert [one.shown for one in found.closed] == ["2", "5"]
    assert app.overview(office.root, DECEMBER).issued == app.Count(6, 6), "all forms are there"
    app.edit_closings(office.root, Reopen("5", date(2022, 12, 25)), now=AFTERWARDS)
    assert POLICE in {one.unit for one in app.status(office.root, DECEMBER).units}


def test_a_closed_task_is_not_asked_for_by_a_reminder_and_stays_in_the_form(
    office: Office,
) -> None:
    from edu_sheet.mail.letters import letters
    from edu_sheet.store.ledger import Ledger
    from edu_sheet.words.letters import MailKind

    path = office.workspace.plan
    book = openpyxl.load_workbook(path)
    for row in book["单位名录"].iter_rows(min_row=3):
        row[6].value = "dudao@xian.test"
    book.save(path)
    app.edit_closings(office.root, Close("2", DAY, "文件"), now=AFTERWARDS)
    plan = app.check(office.root).plan
    assert plan
    with Ledger.open(office.workspace.ledger) as ledger:
        post = letters(office.workspace, plan, ledger, DECEMBER, MailKind.REMINDER, CREATED)
    by_unit = {one.unit: one.text for one in post.letters}
    assert ORGANISATION not in by_unit
    assert "第1项" in by_unit[FINANCE]
    assert "第2项" not in by_unit[FINANCE]
    form = openpyxl.load_workbook(office.workspace.form(DECEMBER, FINANCE))["填报表"]
    assert 2 in [cell.value for cell in form["A"]]


def test_status_and_master_count_the_same_deadlines_as_closed_early(office: Office) -> None:
    book = openpyxl.load_workbook(office.workspace.plan)
    rows = book["时限节点"] if "时限节点" in book.sheetnames else book.create_sheet("时限节点")
    rows.delete_rows(1, rows.max_row)
    rows.append(["任务序号", "项", "原文", "类型", "日期", "是否跟踪", "说明"])
    rows.append([1, None, "2023年2月底前建成", "日期", "2023-02-28", "是", None])
    rows.append([2, None, "2027年底前建成", "日期", "2027-12-31", "是", None])
    book.save(office.workspace.plan)
    app.edit_closings(office.root, Close("2", DAY, "文件"), now=AFTERWARDS)
    said = app.status(office.root, DECEMBER).deadlines
    master = openpyxl.load_workbook(app.merge(office.root, DECEMBER).result.path)["时限节点"]
    assert said == "已到期0项，三个月内到期1项，提前办结1项"
    assert said in [*master.values][1]
    assert f"时限节点：{said}\n" in program("-w", str(office.root), "status", str(DECEMBER)).out


def test_who_owed_a_period_before_is_not_excused_by_what_was_closed_after_its_papers(
    office: Office,
) -> None:
    closed = moment("2023-01-05")
    app.edit_closings(office.root, Close("5", closed.date(), "文件"), now=closed)
    told = {}
    for period in (NOVEMBER, DECEMBER):
        table = openpyxl.load_workbook(app.merge(office.root, period).result.path)["报送情况"]
        lines = {row[0]: row for row in table.iter_rows(values_only=True) if row[0]}
        at = lines["单位"].index(NOVEMBER.label)
        told[period] = [lines[name][at] for name in (POLICE, "合计：应报", "合计：未报")]
    assert told[NOVEMBER][0] == "未报"
    assert told[DECEMBER] == told[NOVEMBER], "its own paper says the same of November"
    assert POLICE not in {one.unit for one in app.status(office.root, DECEMBER).units}


def test_status_counts_who_came_late_among_those_that_reported(office: Office) -> None:
    office.take(fill(office.form(POLICE), {5: "完成。"}), at="2023-01-05T12:00")
    office.report(FINANCE, {1: "完成。"})
    said = program("-w", office.root, "status", "2022-12").out
    assert "应报 6 个单位，已报 2（其中迟报 1），未报 4" in said


def test_nothing_is_closed_before_the_plan_begins(office: Office) -> None:
    with pytest.raises(PlanError, match="1899年1月1日早于方案的起始月份2022年10月"):
        app.edit_closings(office.root, Close("2", date(1899, 1, 1), "文件"), now=AFTERWARDS)
    with pytest.raises(PlanError, match="没有写明是哪一项任务"):
        app.edit_closings(office.root, Close(" ", DAY, "文件"), now=AFTERWARDS)


def test_what_is_still_to_come_is_not_closed_before(office: Office) -> None:
    before = office.workspace.plan.read_bytes()
    with pytest.raises(PlanError, match="2022年12月20日还没有到"):
        app.edit_closings(office.root, Close("2", DAY, "文件"), now=moment("2022-12-19T23:59"))
    assert office.workspace.plan.read_bytes() == before


def test_a_plan_that_is_open_in_excel_is_not_written_and_that_is_said(office: Office) -> None:
    before = office.workspace.plan.read_bytes()
    (office.root / "~$分工方案.xlsx").write_bytes(b"\0" * 165)
    with pytest.raises(OutputError, match=r"分工方案\.xlsx"):
        app.edit_closings(office.root, Close("3", DAY, "文件"))
    assert office.workspace.plan.read_bytes() == before


def test_the_command_closes_and_reopens_and_says_what_it_did(office: Office) -> None:
    said = program("-w", office.root, "close", "--task", "3", "--on", "2022-12-20", "--basis", "文")
    assert said.status == 0
    assert "第 3 项任务：2022年12月20日办结" in said.out
    assert "2022年11月、2022年第四季度及以后的总表、总结这样写，" in said.out
    assert "更早的期次自己的总表、通报" in said.out
    assert "已办结的任务 1 项：第 3 项" in program("-w", office.root, "status", "2022-12").out
    said = program("-w", office.root, "close", "--task", "3", "--reopen", "--on", "2022-12-21")
    assert said.status == 0
    assert "恢复督办" in said.out
    assert "已办结的任务" not in program("-w", office.root, "status", "2022-12").out
    refused = program("-w", office.root, "close", "--task", "3", "--basis", "")
    assert refused.status == 2
    assert "没有写办结依据" in refused.err


def test_the_copy_of_the_plan_of_before_lies_in_the_archive(office: Office, tmp_path: Path) -> None:
    before = office.workspace.plan.read_bytes()
    app.edit_closings(office.root, Close("3", DAY, "文件"), now=AFTERWARDS)
    copies = list(office.workspace.archive.glob("分工方案*.xlsx"))
    assert before in [path.read_bytes() for path in copies]


def test_the_command_writes_papers_and_says_of_which_colour(office: Office) -> None:
    said = program("-w", office.root, "report", "2022-12", "--督办单")
    assert said.status == 0
    assert "督办单：红（逾期） 6 份" in said.out
    both = program("-w", office.root, "report", "2022-12", "--supervise", "--pdf")
    assert both.status == 2
    assert "--supervise" in both.err
