"""The plan workbook after a clerk worked in it: what is wrong, at which cell, and what is not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from edu_sheet.kit.shipped import shipped
from edu_sheet.plan.tasks import as_json
from edu_sheet.plan.workbook.load import Loaded, load
from edu_sheet.sentences import sentence
from edu_sheet.words.errors import OutputError, PlanError
from edu_sheet.words.findings import Severity
from edu_sheet.words.period import Month, Quarter
from edu_sheet.words.settings import ColophonPage, RedHead
from edu_sheet.words.step import Step, Verb
from tests.support import office

Edit = Callable[[Any], None]
TEMPLATE = shipped("templates/分工方案模板.xlsx")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    copy = tmp_path / "分工方案.xlsx"
    copy.write_bytes(TEMPLATE.read_bytes())
    return copy


def edited(path: Path, edit: Edit) -> Loaded:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return load(path)


def row_of(sheet: Worksheet, text: str, column: int = 1) -> int:
    return next(row for row in range(1, 100) if sheet.cell(row, column).value == text)


def put(sheet: str, cell: str, value: object) -> Edit:
    def edit(book: Any) -> None:
        book[sheet][cell] = value

    return edit


def in_row(sheet: str, first: str, column: int, value: object) -> Edit:
    """Put a value into the row that begins with a text."""

    def edit(book: Any) -> None:
        book[sheet].cell(row_of(book[sheet], first), column).value = value

    return edit


def test_the_template_has_no_errors_and_only_its_groups_as_doubts() -> None:
    loaded = load(TEMPLATE)
    assert loaded.errors == ()
    assert [(one.code, one.severity) for one in loaded.doubts] == [
        ("group_without_members", Severity.WARNING)
    ] * 2


@pytest.mark.parametrize(
    ("edit", "code", "place", "said"),
    [
        (put("分工方案", "A5", None), "missing_number", "分工方案!A5", "补填"),
        (put("分工方案", "A5", 1), "duplicate_number", "分工方案!A5", "第4行"),
        (put("分工方案", "A5", "待定"), "malformed_number", "分工方案!A5", "待定"),
        (put("分工方案", "B7", None), "no_goal", "分工方案!B7", "目标任务"),
        (put("分工方案", "E7", None), "no_lead", "分工方案!E7", "牵头部门"),
        (put("分工方案", "E7", "县教育居"), "unknown_unit", "分工方案!E7", "“县教育局”"),
        (put("分工方案", "F7", "县财政局、某局"), "unknown_unit", "分工方案!F7", "“某局”"),
        (put("分工方案", "B7", "=1/0"), "formula_cell", "分工方案!B7", "公式"),
        (put("分工方案", "E3", "甲乙"), "missing_column", "分工方案!A3", "牵头部门"),
        (put("单位名录", "B2", "简称"), "missing_column", "单位名录!A2", "别名"),
        (put("单位名录", "A4", "县教育局"), "duplicate_unit", "单位名录!A14", "第4行"),
        (put("单位名录", "B40", "别名"), "no_name", "单位名录!A40", "补填"),
        (put("单位名录", "A4", "县教育局$(x)"), "needless_characters", "单位名录!A4", "$"),
        (put("单位名录", "A4", "县教育局\u202e"), "needless_characters", "单位名录!A4", "U+202E"),
        (put("单位名录", "B4", "教育局'"), "needless_characters", "单位名录!B4", "'"),
        (put("单位名录", "D4", "一小、二小％"), "needless_characters", "单位名录!D4", "％"),
        (put("单位名录", "C4", "也许"), "malformed_group", "单位名录!C4", "是"),
        (
            in_row("单位名录", "县公安局", 2, "中小学"),
            "alias_of_two_units",
            "单位名录!B24",
            "中小学",
        ),
        (
            in_row("单位名录", "县公安局", 2, "县财政局"),
            "alias_of_two_units",
            "单位名录!B24",
            "第17行",
        ),
        (
            in_row("单位名录", "各中小学校", 4, "各乡镇党委、政府"),
            "nested_group",
            "单位名录!D15",
            "",
        ),
        (in_row("设置", "起始月份", 2, "十月"), "malformed_setting", "设置!B6", "2022-10"),
        (in_row("设置", "起始月份", 2, None), "malformed_setting", "设置!B6", "缺少"),
        (in_row("设置", "方案标题", 2, None), "malformed_setting", "设置!B2", "缺少"),
        (
            in_row("设置", "印发日期", 2, "2022年13月1日"),
            "malformed_setting",
            "设置!B5",
            "2022-12-31",
        ),
        (in_row("设置", "截止月", 2, "下月"), "malformed_setting", "设置!B7", "次月"),
        (in_row("设置", "截止日", 2, "32"), "malformed_setting", "设置!B8", "31"),
        (in_row("设置", "是否套红头", 2, "套"), "malformed_setting", "设置!B15", "否"),
        (put("设置", "A13", "方案标题"), "malformed_setting", "设置!A13", "第2行"),
        (put("期次", "A3", date(9999, 12, 1)), "malformed_period", "期次!A3", "2022-12"),
        (put("期次", "A3", "2022-13"), "malformed_period", "期次!A3", "2022-12"),
        (put("期次", "A3", "2022-10"), "duplicate_period", "期次!A3", "第2行"),
        (put("期次", "B30", "2022-12-31"), "malformed_period", "期次!A30", "补填"),
        (put("期次", "B4", "2022-02-30"), "malformed_date", "期次!B4", "2022-02-30"),
    ],
)
def test_an_error_is_told_at_its_cell(
    edit: Edit, code: str, place: str, said: str, path: Path
) -> None:
    loaded = edited(path, edit)
    found = [one for one in loaded.errors if one.code == code]
    assert [(str(one.place), one.severity) for one in found] == [(place, Severity.ERROR)]
    assert said in sentence(found[0])
    with pytest.raises(PlanError) as refused:
        load(path).valid()
    assert sentence(found[0]) in refused.value.message
    assert refused.value.next == Step(Verb.CHECK)


@pytest.mark.parametrize(
    ("edit", "code", "place", "said"),
    [
        (
            in_row("单位名录", "各中小学校", 4, "县一中、县二中"),
            "member_not_listed",
            "单位名录!D15",
            "县一中",
        ),
        (
            in_row("单位名录", "县公安局", 7, "police.gov"),
            "malformed_mail",
            "单位名录!G24",
            "police.gov",
        ),
        (put("单位名录", "A40", "县住房和城乡建设局"), "look_alike", "单位名录!A40", "别名"),
        (put("分工方案", "A40", "注：本表由秘书组解释"), "stray_text", "分工方案!A40", "不会下发"),
        (put("分工方案", "C7", None), "no_requirements", "分工方案!C7", "具体要求"),
        (put("分工方案", "D7", "已完成"), "progress_in_plan", "分工方案!D7", "不算报送"),
        (put("分工方案", "H5", "T12345678"), "", "", ""),
        (in_row("设置", "截止日", 1, "截止日子"), "unknown_setting", "设置!A8", "“截止日”"),
        (in_row("设置", "邮件正文", 2, "{单位}：{期刊}"), "unknown_word", "设置!B50", "{期刊}"),
        (put("期次", "B4", date(2021, 12, 31)), "early_due_date", "期次!B4", "年份"),
    ],
)
def test_a_doubt_is_told_and_stops_nothing(
    edit: Edit, code: str, place: str, said: str, path: Path
) -> None:
    loaded = edited(path, edit)
    assert loaded.errors == ()
    assert load(path).valid() == loaded.plan
    found = [one for one in loaded.doubts if one.code != "group_without_members"]
    assert [one.code for one in found[:1]] == ([code] if code else [])
    if code:
        assert str(found[0].place) == place
        assert said in sentence(found[0])


def test_members_and_their_row_become_who_reports(path: Path) -> None:
    def edit(book: Any) -> None:
        in_row("单位名录", "各中小学校", 4, "县一中，县二中；县中职学校")(book)
        book["单位名录"].append(
            ["县一中", None, None, None, "张三", 7451234567.0, "a@b.cn；c@d.gov.cn"]
        )
        book["单位名录"].append(["县二中"])

    loaded = edited(path, edit)
    assert loaded.plan is not None
    assert loaded.plan.roster.reporters("各中小学校") == ("县一中", "县二中", "县中职学校")
    unit = loaded.plan.roster.get("县一中")
    assert unit is not None
    assert (unit.telephone, unit.mail) == ("7451234567", "a@b.cn;c@d.gov.cn")
    assert [one.code for one in loaded.doubts] == ["group_without_members"]


def test_an_alias_row_with_data_of_its_own_is_not_dropped_silently(path: Path) -> None:
    def edit(book: Any) -> None:
        book["单位名录"].append(["中小学", "全县中小学", None, None, "李四"])

    loaded = edited(path, edit)
    assert loaded.plan is not None
    assert loaded.plan.roster.get("中小学") is None
    assert loaded.plan.roster.spellings()["全县中小学"] == "各中小学校"
    assert "alias_row" in [one.code for one in loaded.doubts]


def test_what_excel_made_of_a_clerk_s_typing_is_understood(path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["期次"]
        for row, period, due in (
            (2, date(2022, 10, 1), date(2022, 11, 5)),
            (3, "2022年11月", "2022年12月6日"),
            (4, "２０２２-12", 44926),
            (5, "2022年第四季度", "2023/1/5"),
        ):
            sheet.cell(row, 1).value, sheet.cell(row, 2).value = period, due
        sheet["C5"], sheet["D5"], sheet["E5"] = "某 总结", "某发〔2023〕1号", "2023-01-06"
        in_row("设置", "截止日", 2, 25)(book)
        in_row("设置", "截止月", 2, "次月")(book)
        in_row("设置", "印发日期", 2, date(2022, 10, 31))(book)
        in_row("设置", "起始月份", 2, date(2022, 10, 1))(book)

    loaded = edited(path, edit)
    assert loaded.errors == ()
    plan = loaded.plan
    assert plan is not None
    assert {str(period): str(own.due) for period, own in plan.periods.items()} == {
        "2022-10": "2022-11-05",
        "2022-11": "2022-12-06",
        "2022-12": "2022-12-31",
        "2022Q4": "2023-01-05",
    }
    quarter = plan.of_period(Quarter(2022, 4))
    assert (quarter.title, quarter.dated) == ("某总结", date(2023, 1, 6))
    assert plan.due(Month(2023, 1)) == date(2023, 2, 25)
    assert plan.settings.issued == date(2022, 10, 31)


def test_sheets_and_columns_are_found_by_name_alone(path: Path) -> None:
    plan = load(path).valid()

    def edit(book: Any) -> None:
        book["分工方案"].insert_cols(1)
        book["分工方案"]["A3"] = "我的备注"
        book["分工方案"].insert_rows(1, 2)
        book["分工方案"].title = " 分工方案 "
        book["单位名录"]["C2"] = "是否\n集体 称谓"
        book.move_sheet("期次", -3)
        book.create_sheet("工作笔记", 0)["A1"] = "序号"

    loaded = edited(path, edit)
    assert (loaded.errors, loaded.plan) == ((), plan)


def test_a_lead_unit_merged_over_several_tasks_leads_each_of_them(path: Path) -> None:
    def edit(book: Any) -> None:
        book["分工方案"].merge_cells("E7:E12")  # 县教育局 in each of them

    before = load(path).valid()
    loaded = edited(path, edit)
    assert (loaded.errors, loaded.plan) == ((), before)


def test_a_workbook_without_a_sheet_says_which(path: Path) -> None:
    def edit(book: Any) -> None:
        del book["设置"]
        book["期次"].title = "期次表"

    loaded = edited(path, edit)
    assert loaded.plan is None
    assert [(one.code, str(one.place)) for one in loaded.errors] == [
        ("missing_sheet", "设置"),
        ("missing_sheet", "期次"),
    ]
    assert "期次表" in sentence(loaded.errors[1])


def test_an_empty_plan_is_an_error(path: Path) -> None:
    def edit(book: Any) -> None:
        book["分工方案"].delete_rows(4, 40)

    assert [one.code for one in edited(path, edit).errors] == ["empty_plan"]


def test_the_message_names_rows_and_stops_at_ten(path: Path) -> None:
    def one(book: Any) -> None:
        put("分工方案", "E7", None)(book)

    def many(book: Any) -> None:
        for row in range(7, 19):
            book["分工方案"].cell(row, 5).value = None

    edited(path, one)
    with pytest.raises(PlanError, match=r"^分工方案.xlsx 第7行（分工方案!E7）：缺少牵头部门"):
        load(path).valid()
    edited(path, many)
    with pytest.raises(PlanError) as refused:
        load(path).valid()
    lines = refused.value.message.splitlines()
    assert lines[0] == "分工方案.xlsx 有12处错误："
    assert len(lines) == 12
    assert "另有2处" in lines[-1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "是空的（0 字节）"),
        (b"PK\x03\x04 truncated", "已损坏"),
        (TEMPLATE.read_bytes()[:9000], "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
    ],
)
def test_a_workbook_that_cannot_be_opened_says_why(data: bytes, said: str, path: Path) -> None:
    path.write_bytes(data)
    with pytest.raises(PlanError, match=said):
        load(path)


def test_a_missing_or_open_workbook_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="找不到文件"):
        load(tmp_path / "没有.xlsx")
    (tmp_path / "~$分工方案.xlsx").write_bytes(b"")
    with pytest.raises(OutputError, match="正在 Excel、Word 或 WPS 中打开"):
        load(path)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("是", RedHead.PRINTED),
        ("否", RedHead.NONE),
        ("预印红头纸", RedHead.ON_PAPER),
        (None, RedHead.NONE),
    ],
)
def test_a_red_head_is_printed_or_on_the_paper_already(
    path: Path, written: str | None, meant: RedHead
) -> None:
    loaded = edited(path, in_row("设置", "是否套红头", 2, written))
    assert loaded.errors == ()
    assert loaded.plan is not None
    assert loaded.plan.settings.red_head is meant


def test_a_workbook_of_before_without_the_line_has_the_colophon_on_the_last_page(
    path: Path,
) -> None:
    def edit(book: Any) -> None:
        book["设置"].delete_rows(row_of(book["设置"], "版记页"))

    loaded = edited(path, edit)
    assert loaded.errors == ()
    assert loaded.plan is not None
    assert loaded.plan.settings.colophon_page is ColophonPage.LAST
    even = edited(path, lambda book: book["设置"].append(["版记页", "双数页"]))
    assert even.plan is not None
    assert even.plan.settings.colophon_page is ColophonPage.EVEN


def test_the_plan_as_json_shows_requirements_item_by_item() -> None:
    plan = load(TEMPLATE).valid()
    shown: Any = as_json(plan)
    assert shown["issuer"] == "中共辰溪县委教育工作领导小组"
    task = shown["tasks"][17]
    assert task["number"] == 18
    assert [one[0] for one in task["requirements"]] == ["①", "②"]
    assert "".join(task["requirements"]) == plan.tasks[17].requirements
    assert task["responsible"] == ["县自然资源局", "县财政局", "县住建局", "各乡镇党委、政府"]
    assert task["liaison"] == ["县教育局财建股"]


@pytest.mark.office
def test_what_libreoffice_saves_is_the_same_plan(path: Path, tmp_path: Path) -> None:
    plan = load(path).valid()
    (tmp_path / "saved").mkdir()
    saved = office.convert(path, "xlsx", tmp_path / "saved")
    loaded = load(saved)
    assert (loaded.errors, loaded.plan) == ((), plan)
    titles = openpyxl.load_workbook(saved, data_only=True)["分工方案"]
    assert titles["A1"].value == plan.settings.title
    assert titles["A2"].value == (
        "辰教小组发〔2022〕10号　　中共辰溪县委教育工作领导小组　　2022年10月31日"
    )
