"""Hand edits that were saved in a master and not merged: whoever prints without them is told."""

import openpyxl

from edu_sheet import app
from edu_sheet.sentences import sentence
from edu_sheet.words.findings import Finding
from edu_sheet.words.period import Period
from tests.app.conftest import Office
from tests.support.builders import DECEMBER, FINANCE, QUARTER


def save(office: Office, period: Period, text: str = "") -> None:
    """Let a person save the master, with a text of hers if there is one."""
    path = office.workspace.master(period)
    book = openpyxl.load_workbook(path)
    if text:
        book["总表"]["D4"] = text
    book.save(path)


def waits(findings: tuple[Finding, ...]) -> list[str]:
    return [sentence(one) for one in findings if one.code == "unmerged_edits"]


def merged(office: Office, period: Period) -> list[str]:
    return waits(app.merge(office.root, period).result.findings)


def reported(office: Office, period: Period) -> list[str]:
    return waits(app.report(office.root, period).result.findings)


def test_edits_that_were_not_merged_are_told_by_what_is_made_without_them(office: Office) -> None:
    office.report(FINANCE, {1: "财政一。"})
    assert merged(office, DECEMBER) == merged(office, QUARTER) == []
    save(office, DECEMBER)
    save(office, QUARTER)
    assert reported(office, QUARTER) == [], "a workbook that was saved again says nothing new"
    save(office, DECEMBER, "【县财政局】\n财政一，改。")
    months = ["成果/2022-12/总表.xlsx 里第1项有人改过，还没有合并：这里没有用改过的文字。"]
    assert reported(office, DECEMBER) == merged(office, QUARTER) == months
    save(office, QUARTER, "【县财政局】\n财政一，又改。")
    assert len(reported(office, QUARTER)) == 2
    assert merged(office, DECEMBER) == merged(office, QUARTER) == reported(office, QUARTER) == []


def test_a_master_that_is_none_any_more_is_told(office: Office) -> None:
    office.report(FINANCE, {1: "财政一。"})
    app.merge(office.root, QUARTER)
    office.workspace.master(QUARTER).write_bytes("不是表格".encode())
    (one,) = reported(office, QUARTER)
    assert "成果/2022Q4/总表.xlsx 不是程序上次写的那一份" in one


def test_edits_in_the_version_that_lies_beside_a_master_are_told_until_it_takes_its_place(
    office: Office,
) -> None:
    office.report(FINANCE, {1: "财政一。"})
    app.merge(office.root, DECEMBER)
    master = office.workspace.master(DECEMBER)
    master.write_bytes("不是表格".encode())
    beside = app.merge(office.root, DECEMBER).result.path
    assert beside.name == "总表（新）.xlsx"
    assert merged(office, DECEMBER) == []
    book = openpyxl.load_workbook(beside)
    book["总表"]["D4"] = "【县财政局】\n财政一，改。"
    book.save(beside)
    told = (
        "成果/2022-12/总表（新）.xlsx 里第1项有人改过：合并时只看总表.xlsx，这里没有用改过的文字。"
    )
    assert merged(office, DECEMBER) == [told]
    assert told in reported(office, QUARTER)
    beside.replace(master)
    assert merged(office, DECEMBER) == reported(office, QUARTER) == []
