"""Work of a person's in a master: it is there after every later merge, whatever came in between."""

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from edu_sheet.master.merging import hers
from edu_sheet.words.period import Period
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, NOVEMBER, QUARTER, TOWNS, moment
from tests.support.master_desk import Desk

OTHERS = ("一览", "打印版", "进展历程", "报送情况", "未报送单位", "明细", "问题清单")
LATE = (  # a return before each of three merges
    (TOWNS, {1: "乡镇一", 5: "乡镇五"}),
    (EDUCATION, {1: "教育一，再报。"}),
    (FINANCE, {1: "财政一，再报。", 4: "财政四，再报。"}),
)
Edit = Callable[[Any], object]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two units' texts came."""
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "教育一", 2: "教育二"})
    desk.report(FINANCE, {1: "财政一", 4: "财政四"})
    return desk


def note(sheet: str) -> Edit:
    """Write a word beside a row of the table, and another one over a cell of it."""

    def change(book: Any) -> None:
        book[sheet].cell(4, book[sheet].max_column + 1).value = f"亲笔：{sheet}旁"
        book[sheet].cell(4, 2).value = f"亲笔：{sheet}里"

    return change


def comment(sheet: str) -> Edit:
    def change(book: Any) -> None:
        book[sheet]["B4"].comment = Comment(f"亲笔：{sheet}批注", "张三")

    return change


def own_sheet(book: Any) -> None:
    book.create_sheet("领导批示")["A1"] = "亲笔：会议安排"


def own_column(book: Any) -> None:
    book["总表"]["J3"], book["总表"]["J5"] = "亲笔：备注", "亲笔：请财政落实"


def own_rows(book: Any) -> None:
    sheet = book["总表"]
    sheet["B9"], sheet["D9"], sheet["A11"] = "亲笔：临时任务", "亲笔：临时的进展", "亲笔：制表人"


def texts(book: Any) -> None:
    book["总表"]["D5"] = f"{book['总表']['D5'].value}亲笔：已核。"
    book["总表"]["C5"] = "亲笔：要求"


def without_others(book: Any) -> None:
    own_sheet(book)
    for sheet in OTHERS:
        del book[sheet]


EDITS: dict[str, Edit] = {
    "own sheet": own_sheet,
    "own column": own_column,
    "own rows": own_rows,
    "texts": texts,
    **{f"note in {one}": note(one) for one in OTHERS},
    **{f"comment in {one}": comment(one) for one in ("总表", *OTHERS)},
}


def everything(book: Any) -> None:
    for change in EDITS.values():
        change(book)


def work(desk: Desk, period: Period) -> set[str]:
    """Return what of a person's stands in the master: in cells and in comments."""
    book = openpyxl.load_workbook(desk.path(period))
    said = [
        text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        for text in (str(cell.value or ""), cell.comment.text if cell.comment else "")
    ]
    return {"亲笔" + part.split("亲笔")[1].strip() for part in said if "亲笔" in part}


def rounds(desk: Desk, period: Period) -> None:
    before = work(desk, period)
    assert before
    for day, (unit, said) in enumerate(LATE, start=20):
        desk.report(unit, said, period, at=moment(f"2022-12-{day}"))
        merged = desk.merge(period)
        assert not merged.kept, merged.why
        assert merged.written
        assert before <= work(desk, period), before - work(desk, period)


@pytest.mark.parametrize(
    ("change", "period"),
    [
        *(pytest.param(change, DECEMBER, id=name) for name, change in EDITS.items()),
        pytest.param(without_others, DECEMBER, id="the program's sheets deleted"),
        pytest.param(everything, DECEMBER, id="everything"),
        pytest.param(everything, QUARTER, id="everything in a quarter's"),
        pytest.param(note("报送情况"), QUARTER, id="note in 报送情况 in a quarter's"),
    ],
)
def test_what_a_person_put_into_a_master_is_there_after_every_later_merge(
    desk: Desk, change: Edit, period: Period
) -> None:
    desk.merge(period)
    desk.edit(change, period)
    rounds(desk, period)


def test_the_sheets_kept_for_a_person_are_hers_to_write_in(desk: Desk) -> None:
    desk.merge()
    desk.edit(note("报送情况"))
    desk.edit(comment("一览"))
    desk.report(TOWNS, {2: "乡镇二"}, at=moment("2022-12-19"))
    desk.merge()
    for sheet in ("报送情况（改）", "一览（改）"):
        desk.edit(note(sheet))
        desk.edit(comment(sheet))
    desk.edit(note("报送情况"))
    desk.edit(texts)
    rounds(desk, DECEMBER)
    assert {"报送情况（改）", "报送情况（改2）"} <= set(
        openpyxl.load_workbook(desk.path()).sheetnames
    )


def test_a_chart_goes_on_to_show_the_figures_beside_it(desk: Desk) -> None:
    desk.merge()
    desk.edit(note("报送情况"))
    rounds(desk, DECEMBER)
    book: Any = openpyxl.load_workbook(desk.path())
    for name in ("报送情况", "报送情况（改）"):
        (chart,) = book[name]._charts
        shown = {one.val.numRef.f.rpartition("!")[0].strip("'") for one in chart.series}
        assert shown == {name}


def test_a_master_that_can_be_changed_no_more_stays_though_the_program_wrote_it_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.merge()
    desk.edit(everything)
    desk.merge()
    written = desk.path().read_bytes()
    monkeypatch.setattr(hers, "drawn", lambda *_: ["图形"])
    for day, (unit, said) in enumerate(LATE, start=20):
        desk.report(unit, said, at=moment(f"2022-12-{day}"))
        merged = desk.merge()
        assert (merged.kept, merged.path.name) == (True, "总表（新）.xlsx")
        assert desk.path().read_bytes() == written
    assert written in desk.archived()


def pointers(book: Any) -> None:
    """Point at task 4, and at the rows of all tasks, in every way that Excel has."""
    sheet, own = book["总表"], book.create_sheet("参阅")
    book.defined_names["重点"] = DefinedName("重点", attr_text="'总表'!$D$7")
    own["A1"], own["A2"], own["A3"] = "='总表'!D7", "=COUNTA(总表!7:7)", "见第4项"
    own["A3"].hyperlink = Hyperlink(ref="A3", location="'总表'!D7")
    rule = Rule("expression", formula=["$A7>3"])
    sheet.conditional_formatting.add("A7:A8", rule)
    choice = DataValidation("list", formula1="$B$7:$B$8")
    choice.add("J7")
    sheet.add_data_validation(choice)
    sheet.row_breaks.append(Break(id=7))
    sheet.add_table(Table(displayName="表1", ref="A3:H8"))
    sheet["D4"] = "【县教育局】\n改"


def pointed_at(book: Any) -> list[object]:
    sheet, own = book["总表"], book["参阅"]
    (colours,) = sheet.conditional_formatting
    (choice,) = sheet.data_validations.dataValidation
    return [
        book.defined_names["重点"].attr_text,
        *(own[cell].value for cell in ("A1", "A2")),
        own["A3"].hyperlink.location,
        (str(colours.sqref), colours.rules[0].formula),
        (str(choice.sqref), choice.formula1),
        [one.id for one in sheet.row_breaks.brk],
        sheet.tables["表1"].ref,
    ]


def test_what_a_person_pointed_at_a_task_follows_it_below_a_new_row_and_back(desk: Desk) -> None:
    desk.merge()
    desk.edit(pointers)
    before = pointed_at(openpyxl.load_workbook(desk.path()))
    desk.report(EDUCATION, {1: "教育一，再报。"}, at=moment("2022-12-20"))
    desk.merge()
    book: Any = openpyxl.load_workbook(desk.path())
    assert "新报送" in book["总表"]["B5"].value
    assert pointed_at(book) == [
        "'总表'!$D$8",
        "='总表'!D8",
        "=COUNTA(总表!8:8)",
        "'总表'!D8",
        ("A8:A9", ["$A8>3"]),
        ("J8", "$B$8:$B$9"),
        [8],
        "A3:H9",
    ]
    desk.report(EDUCATION, {1: "教育一"}, at=moment("2022-12-21"))
    desk.merge()
    assert pointed_at(openpyxl.load_workbook(desk.path())) == before
