"""Sheet 一览: one line a task, for the meeting."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet.master.base import Base
from edu_sheet.master.merging.clerk import base_id
from edu_sheet.words.plan import Closing, Deadline, DeadlineKind
from tests.summary.test_who_leads import without_leads
from tests.support import office
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    POLICE,
    QUARTER,
    TOWNS,
    with_members,
)
from tests.support.master_desk import YEAR_END, Desk, table
from tests.support.pages import pages_of


def _line(desk: Desk, number: int, period: object = DECEMBER) -> dict[str, object]:
    book = desk.book(period)  # type: ignore[arg-type]
    return next(row for row in table(book["一览"]) if row["序号"] == number)


def test_a_master_opens_with_a_line_a_task_that_says_who_is_missing(desk: Desk) -> None:
    desk.plan = with_members(desk.plan, TOWNS, ["甲镇", "乙镇", "丙镇"])
    desk.issue(DECEMBER)
    desk.report(EDUCATION, {1: "甲"})
    desk.report("甲镇", {1: "乙"})
    book: Any = desk.book()
    assert book.sheetnames[0] == book.active.title == "一览"
    assert len(table(book["一览"])) == len(desk.plan.tasks)
    line = _line(desk, 1)
    assert line["最近报送"] == "2022年12月\n3个单位报2个"
    assert line["谁没有报"] == f"{FINANCE}、{TOWNS}3个中的2个（乙镇、丙镇）"
    assert "完成状态" not in line


def test_a_task_of_which_only_an_earlier_month_tells_says_which(desk: Desk) -> None:
    desk.issue(NOVEMBER, DECEMBER)
    desk.report(POLICE, {5: "甲"}, NOVEMBER)
    assert _line(desk, 5)["最近报送"] == "2022年11月\n（本期没有）"
    assert _line(desk, 3)["最近报送"] == "没有报送"


def test_a_quarter_names_the_lead_whose_own_text_is_missing(desk: Desk) -> None:
    desk.issue(DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "十二月"}, DECEMBER)
    line = _line(desk, 1, QUARTER)
    assert f"{EDUCATION}（季度未报，用12月的）" in str(line["谁没有报"])
    assert line["完成状态"] == "未填"
    desk.report(EDUCATION, {1: "季度"}, QUARTER)
    line = _line(desk, 1, QUARTER)
    assert EDUCATION not in str(line["谁没有报"])
    assert line["最近报送"] == "2022年第四季度\n3个单位报1个"


def test_a_quarter_says_what_came_of_whoever_answers_and_is_heard_from_a_month(
    desk: Desk,
) -> None:
    desk.plan = without_leads(2)
    desk.issue(DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "十二月", 2: "十二月"}, DECEMBER)
    desk.report(FINANCE, {2: "十二月"}, DECEMBER)
    desk.set_aside(EDUCATION, QUARTER)
    assert f"{EDUCATION}（季度待核实，用12月的）" in str(_line(desk, 1, QUARTER)["谁没有报"])
    without = str(_line(desk, 2, QUARTER)["谁没有报"])
    assert f"{EDUCATION}（季度待核实，用12月的）" in without
    assert f"{FINANCE}（季度未报，用12月的）" in without


def test_the_next_deadline_is_named_and_those_that_passed_are_counted(desk: Desk) -> None:
    key = desk.plan.tasks[0].key
    days = (("①", date(2022, 12, 30)), ("②", date(2025, 12, 31)), ("③", date(2024, 6, 30)))
    desk.plan = replace(
        desk.plan,
        deadlines=tuple(Deadline(key, item, "甲", DeadlineKind.DATE, day) for item, day in days),
    )
    desk.issue(DECEMBER)
    said = _line(desk, 1)["下一时限（具体要求第几项）"]
    assert said == "2024年6月30日（③）\n已到期1项（①），见“时限节点”"
    assert _line(desk, 2)["下一时限（具体要求第几项）"] == "—"
    done = Closing(key, "①", None, date(2022, 12, 20), "文件")
    desk.plan = replace(desk.plan, closings=(done,))
    assert _line(desk, 1)["下一时限（具体要求第几项）"] == "2024年6月30日（③）"
    desk.plan = replace(
        desk.plan,
        closings=tuple(replace(done, item=item) for item, _ in days[::2]),
    )
    assert _line(desk, 1)["下一时限（具体要求第几项）"] == "2025年12月31日（②）"
    desk.plan = replace(desk.plan, deadlines=desk.plan.deadlines[:1])
    assert _line(desk, 1)["下一时限（具体要求第几项）"] == "已办结"


def test_a_closed_task_is_called_closed(desk: Desk) -> None:
    done = Closing(desk.plan.tasks[0].key, "", None, date(2022, 12, 20), "文件")
    desk.plan = replace(desk.plan, closings=(done,))
    desk.issue(DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "季度"}, QUARTER)
    assert _line(desk, 1, QUARTER)["完成状态"] == "已办结"
    lights = table(desk.book(QUARTER)["红黄绿"])
    assert next(row for row in lights if row["序号"] == 1)["已办结"] == "●"


def test_a_task_that_is_closed_has_no_next_day(desk: Desk) -> None:
    key = desk.plan.tasks[0].key
    day = Deadline(key, "①", "甲", DeadlineKind.DATE, date(2025, 12, 31))
    closing = Closing(key, "", None, date(2022, 12, 20), "验收文件")
    desk.plan = replace(desk.plan, deadlines=(day,), closings=(closing,))
    desk.issue(DECEMBER)
    assert _line(desk, 1)["下一时限（具体要求第几项）"] == "已办结"


def test_what_a_person_wrote_in_it_is_told_and_kept_beside_the_new_one(desk: Desk) -> None:
    desk.issue(DECEMBER)
    desk.report(EDUCATION, {1: "甲"})
    desk.merge()
    desk.edit(lambda book: book["一览"].__setitem__("B4", "这一格我改了"))
    desk.report(FINANCE, {1: "乙"})
    merged = desk.merge()
    assert (merged.altered, merged.needs_a_person) == (("一览",), True)
    book = openpyxl.load_workbook(merged.path)
    assert book["一览（改）"]["B4"].value == "这一格我改了"
    assert book["一览"]["B4"].value == desk.plan.tasks[0].goal
    assert book.sheetnames[0] == "一览"


def test_a_persons_own_sheet_of_that_name_in_an_older_master_is_kept(desk: Desk) -> None:
    desk.issue(DECEMBER)
    desk.report(EDUCATION, {1: "甲"})
    desk.merge()
    _as_of_an_older_release(desk)

    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("一览")["A1"] = "我自己的表"

    desk.edit(add)
    desk.report(FINANCE, {1: "乙"})
    merged = desk.merge()
    assert merged.altered == ("一览",)
    book = openpyxl.load_workbook(merged.path)
    assert book["一览（改）"]["A1"].value == "我自己的表"
    assert "【县财政局】\n乙" in str(book["总表"]["D4"].value)


def test_an_edited_master_of_an_older_release_gets_the_sheet_and_opens_where_it_did(
    desk: Desk,
) -> None:
    desk.issue(DECEMBER)
    desk.report(EDUCATION, {1: "甲"})
    desk.merge()
    _as_of_an_older_release(desk)
    desk.edit(lambda book: book["总表"].__setitem__("D4", "【县教育局】\n改"))
    merged = desk.merge()
    book: Any = openpyxl.load_workbook(merged.path)
    assert (merged.edits, merged.altered, merged.kept) == (1, (), False)
    assert book.sheetnames[:2] == ["一览", "总表"]
    assert book.active.title == "总表"
    assert [one.title for one in book if one.sheet_view.tabSelected] == ["总表"]
    assert book["总表"]["D4"].value == "【县教育局】\n改"


def _as_of_an_older_release(desk: Desk) -> None:
    """Let the workbook, and the ledger's word of it, be without the sheet."""
    identity = base_id(openpyxl.load_workbook(desk.path()))
    known = desk.ledger.edits.base(identity)
    assert known
    base = Base.load(known[1])
    sheets = {name: digest for name, digest in base.sheets.items() if name != "一览"}
    desk.ledger.edits.record(base.file, identity, base.dump(sheets), [], YEAR_END)

    def remove(book: openpyxl.Workbook) -> None:
        del book["一览"]
        book.active = book["总表"]
        book["总表"].sheet_view.tabSelected = True

    desk.edit(remove)


@pytest.mark.office
def test_the_sheet_fills_two_pages_and_every_word_is_printed(desk: Desk, tmp_path: Path) -> None:
    towns = [f"某{number}镇" for number in range(1, 24)]
    tasks = tuple(
        replace(
            desk.plan.tasks[0],
            key=f"T{number:02d}",
            number=number,
            goal=f"第{number}项目标任务，统筹推进教育优先发展。〔完{number}〕",
        )
        for number in range(1, 25)
    )
    desk.plan = replace(with_members(desk.plan, TOWNS, towns), tasks=tasks)
    desk.issue(DECEMBER)
    desk.report(EDUCATION, dict.fromkeys(range(1, 20), "甲"))
    desk.report(towns[0], dict.fromkeys(range(1, 20), "甲"))
    book = desk.book()
    for name in book.sheetnames:
        if name != "一览":
            del book[name]
    path = tmp_path / "一览.xlsx"
    book.save(path)
    pages = [page.text for page in pages_of(office.convert(path, "pdf", tmp_path))]
    assert len(pages) == 2
    whole = "".join(pages)
    assert all("谁没有报" in page for page in pages)
    assert all(f"〔完{number}〕" in whole for number in range(1, 25))
    assert whole.count("23个中的22个（某2镇、某3镇、某4镇等）") == 19


def test_where_nobody_leads_the_glance_shows_who_is_responsible(desk: Desk) -> None:
    tasks = [
        replace(one, leads=(), responsible=one.leads + one.responsible) for one in desk.plan.tasks
    ]
    desk.plan = replace(desk.plan, tasks=tuple(tasks))
    desk.issue(DECEMBER)
    line = _line(desk, 1)
    assert "牵头部门" not in line
    assert str(line["责任部门"]).startswith(EDUCATION)
    desk.issue(QUARTER)
    lights = [cell.value for row in desk.book(QUARTER)["红黄绿"].iter_rows() for cell in row]
    assert any(str(one).startswith(f"{EDUCATION} ") for one in lights)
    assert not any("牵头" in str(one) for one in lights)  # nobody leads: no word of it


def test_a_task_reported_in_the_quarter_before_is_not_said_to_have_no_report(desk: Desk) -> None:
    january = DECEMBER.plus(1)
    desk.issue(QUARTER, january)
    desk.report(EDUCATION, {1: "季度"}, QUARTER)
    assert _line(desk, 1, january)["最近报送"] == "2022年第四季度\n（本期没有）"
