import io
import re
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from edu_sheet.facts.period import PeriodFacts
from edu_sheet.kit.pieces import CELL_LIMIT, characters
from edu_sheet.kit.row_height import LIMIT, row_height
from edu_sheet.master.merging import merge as master
from edu_sheet.master.sheets.build import render
from edu_sheet.master.source import Source
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.findings import Severity
from edu_sheet.words.letters import Mailed, MailKind, MailState
from edu_sheet.words.place import Place, column_letter
from edu_sheet.words.plan import Plan, Roster, Unit
from edu_sheet.words.returns import Submission, Verdict
from edu_sheet.words.step import Step, Verb
from tests.support import office
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    OCTOBER,
    ORGANISATION,
    POLICE,
    QUARTER,
    SCHOOLS,
    TOWNS,
    moment,
    report,
    small_plan,
    task,
    with_members,
    with_task,
)
from tests.support.master_desk import HEAD, Desk, progress, progress_of, table, told
from tests.support.records import begin_delivery


def test_the_master_has_the_plans_columns_and_every_task(desk: Desk) -> None:
    desk.issue(DECEMBER)
    sheet = desk.book()["总表"]
    assert [cell.value for cell in sheet[HEAD]] == [
        "序号",
        "目标任务",
        "具体要求",
        "进展情况",
        "牵头部门",
        "责任部门",
        "县教育局牵头联络股室",
        "任务键",
    ]
    assert [row["序号"] for row in table(sheet)] == [1, 2, 3, 4, 5]
    assert [row["任务键"] for row in table(sheet)] == [one.key for one in desk.plan.tasks]
    assert table(sheet)[2]["具体要求"] == desk.plan.tasks[2].requirements
    assert sheet["A1"].value == "《重点任务分工方案》进展情况总表"
    assert sheet["A2"].value == "期次：2022年12月"
    assert sheet["D2"].value == "制表：中共某县委教育工作领导小组"


def test_every_units_text_stands_under_its_name_the_lead_first(desk: Desk) -> None:
    desk.issue(DECEMBER)
    desk.report(TOWNS, {1: "=1+1", 5: "+86"})
    desk.report(FINANCE, {1: "@财政\n第二行"})
    desk.report(EDUCATION, {1: "-完成80%", 2: "  前后有空  "})
    assert progress(desk.book()) == {
        1: "【县教育局】\n-完成80%\n【县财政局】\n@财政\n第二行\n【各乡镇党委、政府】\n=1+1",
        2: "【县教育局】\n  前后有空  ",
        3: "",
        4: "",
        5: "【各乡镇党委、政府】\n+86",
    }


def test_a_label_is_bold_and_its_text_is_not(desk: Desk) -> None:
    desk.issue(DECEMBER)
    desk.report(FINANCE, {1: "甲"})
    desk.report(EDUCATION, {1: "乙"})
    rich = openpyxl.load_workbook(desk.merge().path, rich_text=True)
    runs = rich["总表"]["D4"].value
    assert [(run.text.strip(), bool(run.font.b)) for run in runs] == [
        ("【县教育局】", True),
        ("乙", False),
        ("【县财政局】", True),
        ("甲", False),
    ]


def test_a_text_that_begins_like_a_formula_stays_a_text(desk: Desk) -> None:
    desk.issue(DECEMBER)
    odd = {1: "=SUM(A1)", 2: "+1", 4: "@甲"}
    desk.report(FINANCE, odd)
    cells = [row[5] for row in desk.book()["明细"].iter_rows(min_row=HEAD + 1)]
    assert [cell.value for cell in cells] == [*odd.values()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)  # it stays one when it is edited in Excel


@pytest.mark.parametrize("length", [200, 1_500, 9_000, 70_000])
def test_what_no_row_is_tall_enough_for_goes_on_below_and_nothing_is_lost(
    desk: Desk, length: int
) -> None:
    desk.issue(DECEMBER)
    sentence = "投入1234567.89万元，培训教师46人次；𠀀开展“双减”督导3次。\n①发现问题5个，整改4个。"
    text = (sentence * (length // len(sentence) + 1))[:length]
    desk.report(EDUCATION, {1: text})
    desk.report(FINANCE, {1: "=" + text[::-1]})
    book = desk.book()
    assert progress(book)[1] == f"【县教育局】\n{text}\n【县财政局】\n={text[::-1]}"
    assert progress_of(book["打印版"])[1] == progress(book)[1]
    first, *more = [row for row in table(book["打印版"]) if row["序号"] == 1]
    assert bool(more) == (length > 200)
    assert all(row["目标任务"] == f"（续）{first['目标任务']}" for row in more)
    first, *more = [row for row in table(book["总表"]) if row["序号"] == 1]
    assert bool(more) == (2 * length > CELL_LIMIT)
    assert [row["任务键"] for row in more] == [f"T01·续{part + 1}" for part in range(len(more))]
    assert all(row["目标任务"] == f"（续）{first['目标任务']}" for row in more)
    told = [row for row in table(book["明细"]) if row["单位"].endswith(EDUCATION)]
    assert "".join(row["进展情况"] for row in told) == text
    assert all(row["单位"] == f"（续）{EDUCATION}" for row in told[1:])
    for sheet in (book["打印版"], book["明细"]):
        _assert_nothing_is_clipped(sheet)


def _assert_nothing_is_clipped(sheet: Worksheet) -> None:
    for number, row in enumerate(sheet.iter_rows(min_row=HEAD + 1), start=HEAD + 1):
        height = sheet.row_dimensions[number].height or 0
        columns = [
            sheet.column_dimensions[column_letter(place)] for place in range(1, len(row) + 1)
        ]
        # The file's widths have 5 pixels of padding in them, its heights are whole pixels.
        pairs = [
            (str(cell.value or ""), column.width - 5 / 7)
            for cell, column in zip(row, columns, strict=True)
            if not column.hidden
        ]
        size = float(row[3].font.sz or 0)
        assert row_height(pairs, size, least=0) <= height + 0.75
        assert height <= LIMIT
        assert all(characters(text) <= CELL_LIMIT for text, _ in pairs)


def test_long_requirements_go_on_as_well(desk: Desk) -> None:
    long = "①落实立德树人根本任务，推进“五育”并举。" * 150
    desk.plan = with_task(desk.plan, 2, requirements=long)
    desk.issue(DECEMBER)
    desk.report(EDUCATION, {2: "已完成。"})
    rows = [row for row in table(desk.book()["打印版"]) if row["序号"] == 2]
    assert "".join(row["具体要求"] for row in rows) == long
    assert len(rows) > 1
    assert "".join(row["进展情况"] or "" for row in rows) == "【县教育局】\n已完成。"


def test_every_sheet_is_set_up_for_print(desk: Desk) -> None:
    desk.issue(DECEMBER)
    desk.report(FINANCE, {1: "甲"})
    book = desk.book()
    assert book.sheetnames == [
        "一览",
        "总表",
        "打印版",
        "进展历程",
        "报送情况",
        "未报送单位",
        "明细",
        "问题清单",
    ]
    for sheet in book.worksheets:
        paper = 9 if sheet.title == "一览" else 8  # A4, A3
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", paper)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
        assert sheet.print_title_rows == "$1:$3"
        assert str(sheet.oddFooter).endswith("第&P页 共&N页")
        assert str(sheet.freeze_panes).endswith("4")
    main = book["总表"]
    assert main.freeze_panes == "C4"
    assert main.column_dimensions["H"].hidden
    assert main.print_area == "'总表'!$A$1:$G$8"
    assert "打印请用“打印版”" in str(main.oddFooter)


def test_details_say_where_each_text_came_from(desk: Desk) -> None:
    desk.issue(DECEMBER)
    sent = desk.report(FINANCE, {1: "甲"})
    desk.report(EDUCATION, {1: "乙"})
    first, second = table(desk.book()["明细"])
    assert (first["单位"], first["角色"], first["进展情况"]) == (EDUCATION, "牵头", "乙")
    assert second == {
        "序号": 1,
        "目标任务": "坚持教育优先发展战略地位。",
        "单位": FINANCE,
        "角色": "责任",
        "期次": "2022年12月",
        "进展情况": "甲",
        "来源文件": sent.file,
        "单元格": "填报表!D5",
        "收到时间": "2022-12-08 09:00",
        "报送件编号": str(sent.id),
        "总表采用": "是",
    }


def test_details_keep_an_older_text_whose_plan_the_newer_one_leaves_out(desk: Desk) -> None:
    desk.issue(DECEMBER)
    desk.report(EDUCATION, {1: "甲。下一步打算：旧计划。"}, at=moment("2022-12-20"))
    desk.report(EDUCATION, {1: "乙。"}, at=moment("2022-12-30"))
    found = [(row["进展情况"], row["总表采用"]) for row in table(desk.book()["明细"])]
    assert found == [("乙。", "是"), ("甲。下一步打算：旧计划。", "否，有更新的")]


def test_a_quarter_takes_the_quarters_text_and_else_the_latest_month(desk: Desk) -> None:
    desk.issue(OCTOBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "十月"}, OCTOBER)
    desk.report(EDUCATION, {1: "十二月"}, DECEMBER)
    desk.report(EDUCATION, {1: "季度"}, QUARTER)
    desk.report(FINANCE, {1: "财政十月"}, OCTOBER)
    book = desk.book(QUARTER)
    assert progress(book)[1] == "【县教育局】\n季度\n【县财政局】\n财政十月"
    found = [(row["进展情况"], row["总表采用"]) for row in table(book["明细"])]
    assert found == [
        ("季度", "是，未经审定"),
        ("十二月", "否，有更新的"),
        ("十月", "否，有更新的"),
        ("财政十月", "是"),
    ]
    assert book["总表"]["A2"].value == "期次：2022年第四季度"


def test_returns_stand_by_unit_and_period_with_totals_and_legend(desk: Desk) -> None:
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    report(desk.ledger, POLICE, NOVEMBER, {5: "甲"}, at=moment("2022-11-28"))
    report(desk.ledger, POLICE, DECEMBER, {5: "甲"}, at=moment("2023-01-03"))
    desk.report(FINANCE, {1: "甲"}, DECEMBER)
    desk.set_aside(SCHOOLS, DECEMBER)
    sheet = desk.book(QUARTER)["报送情况"]
    rows = {row["单位"]: row for row in table(sheet) if row["单位"]}
    assert list(rows[POLICE].values()) == [POLICE, "已报", "迟报3天", "—", 2, 1, 1, 0, 0, 0, 1]
    assert rows[FINANCE]["2022年12月"] == "已报，缺2项"
    assert rows[SCHOOLS]["2022年12月"] == "待处理"
    assert rows[EDUCATION]["2022年第四季度"] == "未报"
    assert list(rows["合计：应报"].values())[1:4] == [6, 6, 3]
    assert list(rows["合计：未报"].values())[1:4] == [5, 3, 3]
    assert rows["合计：报送率"]["2022年12月"] == pytest.approx(2 / 6)
    fills = {
        cell.fill.fgColor.rgb for row in sheet.iter_rows(min_row=11, max_row=16) for cell in row
    }
    assert len(fills) >= 5
    assert list(rows)[:2] == ["合计：应报", "合计：按时"]  # no page ends between them
    assert "待处理：文件已到，需要人工核实" in rows


def test_a_month_shows_the_year_so_far(desk: Desk) -> None:
    desk.issue(OCTOBER, DECEMBER, QUARTER)
    header = [cell.value for cell in desk.book(DECEMBER)["报送情况"][HEAD]]
    assert header[:5] == ["单位", "2022年10月", "2022年12月", "2022年第四季度", "应报"]


def test_every_problem_is_listed_with_what_where_and_what_to_do(desk: Desk) -> None:
    contact = Unit(POLICE, contact="张三（示例）", telephone="0000-0000000")
    units = [contact if one.name == POLICE else one for one in desk.plan.roster.units]
    desk.plan = replace(desk.plan, roster=Roster(tuple(units)))
    desk.issue(DECEMBER)
    for unit in (EDUCATION, ORGANISATION, TOWNS):
        numbers = {one.number: "甲" for one, _ in desk.plan.assignments(DECEMBER)[unit]}
        desk.report(unit, numbers)
    desk.report(FINANCE, {1: "甲"})
    error = told(
        "misplaced", Severity.ERROR, "表格右边有文字“补充”，没有采用。", Place("填报表", 7, 8)
    )
    desk.set_aside(SCHOOLS, DECEMBER, error, told("note", Severity.INFO, "说明"))
    desk.set_aside(None, None, told("unknown", Severity.ERROR, "看不出是谁的表。"))
    rows = table(desk.book()["问题清单"])
    assert [(row["级别"], row["单位"], row["位置"] or "", row["问题"]) for row in rows] == [
        ("错误", SCHOOLS, "填报表!H7", "表格右边有文字“补充”，没有采用。"),
        ("错误", "单位不明", "", "看不出是谁的表。"),
        ("未报", POLICE, "", "没有报送，1 项任务没有进展情况。"),
        ("提醒", FINANCE, "", "3 项任务中有 2 项没有填写进展情况。"),
    ]
    assert rows[2]["怎么办"] == "请催报：张三（示例），0000-0000000。"
    number = desk.ledger.returns.submissions(DECEMBER)[-1].id
    assert rows[0]["怎么办"] == (
        f"请看“待处理”里编号 {number} 的文件和同名的 .txt，核实后选其中一种办法处理。"
    )
    assert [row["序号"] for row in rows] == [1, 2, 3, 4]


def test_of_a_text_that_was_not_taken_the_list_does_not_say_that_it_was(desk: Desk) -> None:
    desk.issue(DECEMBER)
    at = moment("2022-12-29")
    delivery = begin_delivery(desk.ledger, "旧.xlsx", "收件箱/旧", "旧", at)
    found = told("superseded", Severity.WARNING, "以那份为准。", Place("填报表", 5, 4))
    one = Submission(0, "旧.xlsx", "旧", "xlsx", Verdict.ACCEPTED, at, POLICE, DECEMBER)
    desk.ledger.returns.record(delivery, replace(one, findings=(found,)), [])
    desk.ledger.deliveries.settle(delivery)
    rows = table(desk.book()["问题清单"])
    (row,) = [row for row in rows if row["文件"] == "旧.xlsx"]
    assert row["怎么办"].startswith("这一处没有采用；")


def test_a_list_without_problems_says_so(desk: Desk) -> None:
    desk.issue(DECEMBER)
    for unit, tasks in desk.plan.assignments(DECEMBER).items():
        desk.report(unit, {one.number: "甲" for one, _ in tasks})
    book = desk.book()
    assert book["问题清单"]["A4"].value == "没有需要处理的问题。"
    merged = desk.merge()
    assert (merged.tasks, merged.told, merged.entries) == (5, 5, 14)
    assert (merged.errors, merged.warnings) == (0, 0)


def test_a_text_that_the_plan_has_no_place_for_any_more_is_not_lost(desk: Desk) -> None:
    desk.issue(DECEMBER)
    desk.report(POLICE, {5: "公安的进展"})
    desk.plan = with_task(desk.plan, 5, responsible=(TOWNS, SCHOOLS))
    desk.report(EDUCATION, {1: "一", 3: "第三项的进展"})
    desk.plan = replace(desk.plan, tasks=tuple(one for one in desk.plan.tasks if one.number != 3))
    book = desk.book()
    assert progress(book)[5] == "【县公安局】\n公安的进展"  # it was its duty when it wrote
    rows = [row for row in table(book["明细"]) if row["总表采用"] == "否，方案已无"]
    assert {row["进展情况"] for row in rows} == {"第三项的进展"}
    told = [row["问题"] for row in table(book["问题清单"])]
    assert sum("方案里已没有任务原第3项" in text for text in told) == 1


def test_members_of_a_group_speak_for_themselves(desk: Desk) -> None:
    desk.plan = with_members(desk.plan, TOWNS, ["甲镇", "乙乡"])
    desk.issue(DECEMBER)
    desk.report("乙乡", {1: "乙"})
    desk.report("甲镇", {1: "甲"})
    assert progress(desk.book())[1] == "【甲镇】\n甲\n【乙乡】\n乙"


def test_merging_twice_changes_nothing(desk: Desk) -> None:
    desk.issue(DECEMBER)
    desk.report(FINANCE, {1: "甲"})
    merged = desk.merge()
    before = (merged.path.read_bytes(), merged.path.stat().st_mtime_ns)
    later = master.merge(
        desk.workspace, desk.plan, desk.ledger, DECEMBER, moment("2023-02-01T08:00")
    )
    assert (later.path, later.kept) == (merged.path, False)
    assert (later.path.read_bytes(), later.path.stat().st_mtime_ns) == before


def test_a_period_that_nobody_was_asked_for_says_what_to_run_first(desk: Desk) -> None:
    with pytest.raises(EduSheetError, match="没有下发过填报表") as refused:
        desk.merge()
    assert refused.value.next == Step(Verb.GENERATE, period=DECEMBER)


def test_the_same_content_gives_the_same_bytes(desk: Desk) -> None:
    source = Source(PeriodFacts(desk.plan, DECEMBER))
    first, _ = render(source)
    assert first == render(source)[0]
    line = openpyxl.load_workbook(io.BytesIO(first))["总表"]["E2"].value
    assert line == "收件截至：　　　　年　　月　　日"


def large_plan() -> Plan:
    """Return a plan of 24 tasks, each of 32 units."""
    units = [f"第{number:02d}单位" for number in range(1, 33)]
    settings = small_plan().settings
    tasks = tuple(
        task(number, [units[number]], [unit for unit in units if unit != units[number]])
        for number in range(1, 25)
    )
    return Plan(settings, Roster(tuple(Unit(name) for name in units)), tasks)


@pytest.mark.office
def test_printed_on_paper_every_text_is_complete_and_every_page_has_its_head(
    desk: Desk, tmp_path: Path
) -> None:
    desk.plan = large_plan()
    desk.issue(DECEMBER)
    marks = []
    for place, (unit, tasks) in enumerate(desk.plan.assignments(DECEMBER).items()):
        texts = {}
        for one, _ in tasks:
            mark = f"〔{place}、{one.number}〕"
            body = f"{mark}开展督导检查，整改到位；投入资金12.5万元，培训教师46人次。"
            texts[one.number] = (body * 10)[:296] + f"〔完{place}〕"
            marks += [mark] * texts[one.number].count(mark) + [f"〔完{place}〕"]
        desk.report(unit, texts)
    book = desk.book()
    for name in set(book.sheetnames) - {"打印版"}:
        del book[name]
    path = tmp_path / "纸上.xlsx"
    book.save(path)
    pages = _printed(office.convert(path, "pdf", tmp_path))
    printed = Counter(re.findall("〔[^〔〕]+〕", "".join("".join(pages).split())))
    assert printed == Counter(marks)
    for number, page in enumerate(pages, start=1):
        assert "进展情况总表" in page
        assert "具体要求" in page
        assert f"第{number}页共{len(pages)}页" in "".join(page.split())
    assert len(pages) < 140  # about 56 characters a line, 40 lines a page: hardly any is wasted


def _printed(pdf: Path) -> list[str]:
    text = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True, text=True
    ).stdout
    return text.split("\f")[:-1]


def test_the_returns_sheet_says_how_often_a_unit_was_reminded(desk: Desk) -> None:
    desk.issue(DECEMBER)
    letter = Mailed(
        0,
        MailKind.REMINDER,
        DECEMBER,
        POLICE,
        "催报",
        "a@example.invalid",
        "<1@example.invalid>",
        MailState.SENT,
        moment("2023-01-03"),
    )
    desk.ledger.letters.begin(letter)
    sheet = desk.book(DECEMBER)["报送情况"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == POLICE]
    assert any("催报1次" in str(cell) for cell in row)


@pytest.mark.parametrize(("lines", "cut"), [(25, False), (26, True)])
def test_a_row_that_just_shows_its_text_says_nothing(desk: Desk, lines: int, cut: bool) -> None:
    """26 lines with the unit's name: 408 points where a line takes 15.7, the most measured."""
    desk.issue(DECEMBER)
    desk.report(EDUCATION, {1: "\n".join(["推进"] * lines)})
    sheet = openpyxl.load_workbook(desk.merge().path)["总表"]
    told = [str(row["目标任务"]).startswith("〔未显示完〕") for row in table(sheet)]
    assert any(told) == cut
    assert sheet.row_dimensions[4].height == pytest.approx(LIMIT, abs=0.5)


def test_a_row_that_cannot_show_all_of_its_text_says_so_below(desk: Desk) -> None:
    towns = tuple(
        f"某{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥元'[one]}镇" for one in range(23)
    )
    units = [
        replace(one, members=towns) if one.name == TOWNS else one for one in desk.plan.roster.units
    ]
    desk.plan = replace(desk.plan, roster=Roster((*units, *(Unit(name) for name in towns))))
    desk.issue(DECEMBER)
    for town in towns:
        desk.report(town, {1: "落实教育优先发展，整改隐患，走访学生。" * 21})
    merged = desk.merge()
    book = openpyxl.load_workbook(merged.path)
    sheet = book["总表"]
    rows = table(sheet)
    cut = [at for at, row in enumerate(rows, 4) if str(row["目标任务"]).startswith("〔未显示完〕")]
    assert cut == [5]
    assert sheet.row_dimensions[4].height == pytest.approx(LIMIT, abs=0.5)
    assert "全文见“打印版”" in sheet["D5"].value
    assert rows[0]["进展情况"].count("【某") == 23  # the text that she edits is whole
    assert not any("未显示完" in str(row["目标任务"]) for row in table(book["打印版"]))
    desk.edit(lambda book: book["总表"].__setitem__("D5", "这里我写了一句。"))
    desk.edit(lambda book: book["总表"].__setitem__("D7", "【县教育局】\n改。"))
    again = desk.merge()
    assert [one.code for one in again.findings] == ["stranger_row"]
    texts = [row["进展情况"] for row in table(openpyxl.load_workbook(again.path)["总表"])]
    assert "这里我写了一句。" in texts
    assert any("没有显示完" in str(text) for text in texts)
    assert not desk.merge().written
