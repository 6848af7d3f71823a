import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from edu_sheet.master.layout import PLAN_PROPERTY
from edu_sheet.words.errors import OutputError
from tests.support import office
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    QUARTER,
    TOWNS,
    moment,
    with_task,
)
from tests.support.master_desk import Desk, progress, progress_of, table
from tests.support.returns import member, repack

LATER = moment("2022-12-20T10:00")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A master with two units' texts is there."""
    desk.issue(NOVEMBER, DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "教育一", 2: "教育二"})
    desk.report(FINANCE, {1: "财政一", 4: "财政四"})
    desk.merge()
    return desk


def put(cell: str, text: str, sheet: str = "总表") -> Any:
    def change(book: Any) -> None:
        book[sheet][cell] = text
        book[sheet][cell].data_type = "s"

    return change


def rows(book: openpyxl.Workbook) -> list[tuple[Any, Any]]:
    return [(row["序号"], row["进展情况"] or "") for row in table(book["总表"])]


def test_an_edited_text_stays_and_late_returns_come_in_beside_it(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n教育一，改。\n【县财政局】\n财政一"))
    changed = desk.path().read_bytes()
    desk.report(TOWNS, {1: "乡镇一", 5: "乡镇五"}, at=LATER)
    merged = desk.merge()
    assert (merged.path, merged.kept, merged.edits, merged.conflicts) == (desk.path(), False, 1, 0)
    book = openpyxl.load_workbook(desk.path())
    assert progress(book)[1] == (
        "【县教育局】\n教育一，改。\n【县财政局】\n财政一\n【各乡镇党委、政府】\n乡镇一"
    )
    assert progress(book)[5] == "【各乡镇党委、政府】\n乡镇五"
    assert desk.archived() == [changed]
    (edit,) = desk.ledger.edits.standing([DECEMBER])
    assert (edit.unit, edit.text, edit.over) == (EDUCATION, "教育一，改。", "教育一")
    first = table(book["明细"])[0]
    assert (first["进展情况"], first["总表采用"]) == ("教育一", "是，有人工修改")


def test_merging_again_writes_nothing(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n教育一，改。\n【县财政局】\n财政一"))
    assert desk.merge().written
    before = (desk.path().read_bytes(), desk.path().stat().st_mtime_ns)
    merged = desk.merge(at=moment("2023-01-05"))
    assert not merged.written
    assert (desk.path().read_bytes(), desk.path().stat().st_mtime_ns) == before
    assert len(desk.ledger.edits.standing([DECEMBER])) == 1
    assert len(desk.archived()) == 1


def test_a_run_cut_off_before_it_wrote_is_made_good(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n教育一，改。\n【县财政局】\n财政一"))
    edited = desk.path().read_bytes()
    desk.report(FINANCE, {1: "财政一，新。"}, at=LATER)
    desk.merge()
    written = progress(openpyxl.load_workbook(desk.path()))
    desk.path().write_bytes(edited)  # as if the ledger had been written, and the file not
    merged = desk.merge(at=moment("2023-01-05"))
    assert (merged.edits, merged.conflicts, merged.kept) == (1, 0, False)
    assert progress(openpyxl.load_workbook(desk.path())) == written
    (edit,) = desk.ledger.edits.standing([DECEMBER])
    assert (edit.unit, edit.edited_at) == (EDUCATION, moment("2022-12-31T17:00"))


def test_a_return_that_changes_under_an_edit_stands_in_a_row_of_its_own(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n教育一，改。\n【县财政局】\n财政一"))
    desk.merge()
    desk.report(EDUCATION, {1: "教育一，新报。"}, at=LATER)
    merged = desk.merge()
    assert (merged.edits, merged.conflicts) == (1, 1)
    book = openpyxl.load_workbook(desk.path())
    found = table(book["总表"])[:2]
    assert found[0]["进展情况"] == "【县教育局】\n教育一，改。\n【县财政局】\n财政一"
    assert found[1]["目标任务"] == "〔新报送〕坚持教育优先发展战略地位。"
    assert found[1]["进展情况"] == "【县教育局】\n教育一，新报。"
    assert "删除本行" in found[1]["具体要求"]
    assert book["总表"]["D5"].fill.fgColor.rgb == "FFFFF2CC"
    assert any("教育一，新报。" in str(row["问题"]) for row in table(book["问题清单"]))
    assert progress_of(book["打印版"])[1] == found[0]["进展情况"]
    assert not desk.merge().written  # the row stays until the clerk deletes it
    desk.edit(lambda book: book["总表"].delete_rows(5))
    merged = desk.merge()
    assert (merged.edits, merged.conflicts) == (1, 0)
    book = openpyxl.load_workbook(desk.path())
    assert rows(book)[0] == (1, "【县教育局】\n教育一，改。\n【县财政局】\n财政一")
    assert [number for number, _ in rows(book)] == [1, 2, 3, 4, 5]
    assert not desk.merge().written
    desk.report(EDUCATION, {1: "教育一，再报。"}, at=moment("2022-12-28"))
    assert desk.merge().conflicts == 1


def test_what_the_clerk_writes_into_a_row_of_new_text_is_kept(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n改\n【县财政局】\n财政一"))
    desk.report(EDUCATION, {1: "新"}, at=LATER)
    desk.merge()
    desk.edit(put("D5", "【县教育局】\n新（与李四核过）"))
    assert desk.merge().conflicts == 1
    book = openpyxl.load_workbook(desk.path())
    texts = [text for _, text in rows(book)[:3]]
    assert texts[1:] == ["【县教育局】\n新", "【县教育局】\n新（与李四核过）"]
    assert any("与李四核过" in str(row["问题"]) for row in table(book["问题清单"]))
    assert not desk.merge().written
    desk.edit(lambda book: book["总表"].delete_rows(5))
    assert desk.merge().conflicts == 0
    assert rows(openpyxl.load_workbook(desk.path()))[1][1] == "【县教育局】\n新（与李四核过）"


def test_a_new_text_taken_over_by_the_clerk_is_no_edit_any_more(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n改\n【县财政局】\n财政一"))
    desk.report(EDUCATION, {1: "新"}, at=LATER)
    assert desk.merge().conflicts == 1
    desk.edit(put("D4", "【县教育局】\n新\n【县财政局】\n财政一"))
    merged = desk.merge()
    assert (merged.edits, merged.conflicts) == (0, 0)
    assert len(table(openpyxl.load_workbook(desk.path())["总表"])) == 5
    desk.report(EDUCATION, {1: "更新"}, at=moment("2022-12-28"))
    desk.merge()
    assert progress(openpyxl.load_workbook(desk.path()))[1].startswith("【县教育局】\n更新\n")


def test_a_damaged_label_makes_the_whole_cell_the_edit(desk: Desk) -> None:
    cell = "县教育局：教育一。\n【县财政局】\n财政一"
    desk.edit(put("D4", cell))
    desk.merge()
    (edit,) = desk.ledger.edits.standing([DECEMBER])
    assert (edit.unit, edit.text) == ("", cell)
    desk.report(FINANCE, {1: "财政一，新。"}, at=LATER)
    assert desk.merge().conflicts == 1
    book = openpyxl.load_workbook(desk.path())
    assert rows(book)[:2] == [(1, cell), (1, "【县财政局】\n财政一，新。")]
    desk.edit(lambda book: book["总表"].delete_rows(5))
    assert desk.merge().conflicts == 0
    assert not desk.merge().written


def test_a_units_text_typed_by_the_clerk_stays(desk: Desk) -> None:
    desk.edit(put("D8", "【县公安局】\n电话报：已完成。"))
    desk.report(EDUCATION, {5: "教育五"}, at=LATER)
    merged = desk.merge()
    assert merged.edits == 1
    text = progress(openpyxl.load_workbook(desk.path()))[5]
    assert text == "【县教育局】\n教育五\n【县公安局】\n电话报：已完成。"


def test_an_edit_of_the_plans_columns_stays(desk: Desk) -> None:
    desk.edit(put("C4", "改过的要求"))
    assert desk.merge().edits == 1
    desk.path().unlink()
    desk.merge()
    assert table(openpyxl.load_workbook(desk.path())["总表"])[0]["具体要求"] == "改过的要求"


def test_a_deleted_master_comes_back_with_its_edits(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n改\n【县财政局】\n财政一"))
    desk.merge()
    desk.path().unlink()
    merged = desk.merge()
    assert (merged.kept, merged.edits) == (False, 1)
    assert progress(openpyxl.load_workbook(desk.path()))[1].startswith("【县教育局】\n改\n")


def test_what_the_clerk_did_to_the_look_is_kept(desk: Desk) -> None:
    def change(book: Any) -> None:
        sheet = book["总表"]
        sheet.column_dimensions["D"].width = 60
        sheet.row_dimensions[5].height = 200
        sheet["B5"].font = Font(name="楷体", size=14, color="FF0000")
        sheet["B5"].comment = Comment("会前再核", "张三")
        sheet["J3"], sheet["J5"], sheet["J9"] = "领导批示", "请财政落实", "=COUNTA(J4:J8)"
        sheet["A1"] = "总表（送审稿）"
        own = book.create_sheet("我的表")
        own["A1"], own["A2"] = "会议安排", "=总表!J5"
        book["总表"].title = "总表 送审"

    desk.edit(change)
    desk.report(EDUCATION, {1: "教育新"}, at=LATER)
    desk.edit(put("D4", "【县教育局】\n改\n【县财政局】\n财政一", "总表 送审"))
    merged = desk.merge()
    assert (merged.kept, merged.edits, merged.conflicts) == (False, 1, 1)
    book = openpyxl.load_workbook(desk.path())
    sheet = book["总表 送审"]
    assert sheet.column_dimensions["D"].width == 60
    assert sheet.row_dimensions[6].height == 200  # one row further down
    assert (sheet["B6"].font.name, sheet["B6"].comment.text) == ("楷体", "会前再核")
    assert (sheet["J3"].value, sheet["J6"].value) == ("领导批示", "请财政落实")
    assert sheet["J10"].value == "=COUNTA(J4:J9)"
    assert sheet["A1"].value == "总表（送审稿）"
    assert book["我的表"]["A1"].value == "会议安排"
    assert "总表" not in book.sheetnames
    assert not desk.merge().written


def test_words_that_a_person_wrote_in_another_sheet_are_kept(desk: Desk) -> None:
    desk.edit(put("I4", "已电话催过", "问题清单"))
    desk.edit(put("D4", "【县教育局】\n改\n【县财政局】\n财政一"))
    assert desk.merge().altered == ("问题清单",)
    book = openpyxl.load_workbook(desk.path())
    assert book["问题清单（改）"]["I4"].value == "已电话催过"
    assert book["问题清单"]["I4"].value is None
    assert book.sheetnames.count("明细") == 1
    assert not desk.merge().written
    desk.report(TOWNS, {1: "乡镇一"}, at=LATER)
    assert desk.merge().altered == ()


def test_rows_sorted_columns_moved_and_a_lost_key_are_found(desk: Desk) -> None:
    def change(book: Any) -> None:
        sheet = book["总表"]
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        header, *tasks = [[line[3], *line[:3], *line[4:]] for line in lines]
        tasks[0][0] = "【县教育局】\n改\n【县财政局】\n财政一"
        tasks[1][-1] = None  # the key is gone
        tasks[3][-1] = "？"
        tasks[3][1] = "四"
        own = ["小计", None, None, None, None, None, None, None]
        for number, line in enumerate([header, *reversed(tasks), own], start=3):
            for column, value in enumerate(line, start=1):
                sheet.cell(number, column).value = value

    desk.edit(change)
    desk.report(FINANCE, {2: "财政二", 4: "财政四，新。"}, at=LATER)
    merged = desk.merge()
    assert (merged.kept, merged.conflicts) == (False, 0)
    found = table(openpyxl.load_workbook(desk.path())["总表"])
    assert [row["任务键"] for row in found] == ["T05", "T04", "T03", "T02", "T01", None]
    texts = {row["任务键"]: row["进展情况"] for row in found}
    assert texts["T01"].startswith("【县教育局】\n改\n")
    assert texts["T02"] == "【县教育局】\n教育二\n【县财政局】\n财政二"
    assert texts["T04"] == "【县财政局】\n财政四，新。"
    assert found[-1]["进展情况"] == "小计"


def test_a_row_that_fits_no_task_is_listed_with_its_text(desk: Desk) -> None:
    def change(book: Any) -> None:
        book["总表"]["B9"], book["总表"]["D9"] = "临时任务", "临时的进展"

    desk.edit(change)
    desk.report(EDUCATION, {5: "五"}, at=LATER)
    desk.merge()
    book = openpyxl.load_workbook(desk.path())
    assert book["总表"]["D9"].value == "临时的进展"
    assert any("临时的进展" in str(row["问题"]) for row in table(book["问题清单"]))


def test_a_task_that_the_plan_dropped_goes_unless_it_was_edited(desk: Desk) -> None:
    desk.edit(put("D7", "【县财政局】\n财政四，改。"))
    desk.plan = replace(desk.plan, tasks=desk.plan.tasks[:3])
    desk.merge()
    book = openpyxl.load_workbook(desk.path())
    assert [number for number, _ in rows(book)] == [1, 2, 3, 4]
    assert any("财政四，改。" in str(row["问题"]) for row in table(book["问题清单"]))
    assert not desk.merge().written


def test_a_task_that_is_new_in_the_plan_gets_its_row(desk: Desk) -> None:
    whole = desk.plan
    desk.plan = replace(desk.plan, tasks=(*whole.tasks[:2], *whole.tasks[3:]))
    desk.edit(put("D4", "【县教育局】\n改\n【县财政局】\n财政一"))
    desk.merge()
    desk.plan = with_task(whole, 3, goal="新的任务")
    desk.report(EDUCATION, {3: "教育三"}, at=LATER)
    desk.merge()
    found = table(openpyxl.load_workbook(desk.path())["总表"])
    assert [row["序号"] for row in found] == [1, 2, 3, 4, 5]
    assert (found[2]["目标任务"], found[2]["进展情况"]) == ("新的任务", "【县教育局】\n教育三")


def test_edits_in_a_months_master_count_for_its_quarter(desk: Desk) -> None:
    desk.edit(put("D5", "【县教育局】\n教育二，改。"))
    desk.merge()
    merged = desk.merge(QUARTER)
    book = openpyxl.load_workbook(merged.path)
    assert progress(book)[2] == "【县教育局】\n教育二，改。"
    assert merged.edits == 0
    desk.edit(put("D5", "【县教育局】\n教育二，季度改。"), QUARTER)
    assert desk.merge(QUARTER).edits == 1
    assert progress(openpyxl.load_workbook(desk.path()))[2] == "【县教育局】\n教育二，改。"


def test_a_workbook_with_drawings_is_kept_and_the_new_one_lies_beside(
    desk: Desk,
) -> None:
    from PIL import Image as Picture

    picture = io.BytesIO()
    Picture.new("RGB", (20, 20), "red").save(picture, "png")

    def change(book: Any) -> None:
        book["总表"]["D5"] = "【县教育局】\n改"
        book["总表"].add_image(Image(picture), "J4")

    desk.edit(change)
    before = desk.path().read_bytes()
    merged = desk.merge()
    assert (merged.kept, merged.path.name) == (True, "总表（新）.xlsx")
    assert "图形" in merged.why
    assert desk.path().read_bytes() == before
    assert progress(openpyxl.load_workbook(merged.path))[2] == "【县教育局】\n改"


@pytest.mark.parametrize(
    ("value", "shown_as", "text"),
    [
        (0.85, "0%", "85%"),
        (12.5, '0.00"万元"', "12.50万元"),
        (44898, 'm"月"d"日"', "12月3日"),
        (True, "General", "TRUE"),
        (3, "General", "3"),
    ],
)
def test_a_number_or_a_date_typed_into_the_master_is_printed_as_it_is_seen(
    desk: Desk, value: object, shown_as: str, text: str
) -> None:
    def change(book: Any) -> None:
        book["总表"]["D5"], book["总表"]["D5"].number_format = value, shown_as

    desk.edit(change)
    typed = openpyxl.load_workbook(desk.path())["总表"]["D5"].value
    for _ in range(2):
        assert desk.merge().edits == 1
        book = openpyxl.load_workbook(desk.path())
        cell: Any = book["总表"]["D5"]
        assert (cell.value, cell.number_format) == (typed, shown_as)
        assert text in {str(one.value) for one in book["打印版"]["D"]}
        desk.report(FINANCE, {4: "财政四，再报。"}, at=LATER)


def test_a_number_format_put_on_the_tasks_numbers_changes_none_of_them(desk: Desk) -> None:
    def change(book: Any) -> None:
        for (cell,) in book["总表"]["A4:A7"]:
            cell.number_format = "0.00_ "

    desk.edit(change)
    desk.report(EDUCATION, {2: "教育二，又报。"}, at=LATER)
    merged = desk.merge()
    assert (merged.edits, merged.findings, merged.kept) == (0, (), False)
    assert progress(openpyxl.load_workbook(desk.path()))[2] == "【县教育局】\n教育二，又报。"


def test_the_master_of_another_workspace_is_kept_and_the_new_one_lies_beside(
    desk: Desk, tmp_path: Path
) -> None:
    other = Desk(tmp_path / "练习")
    other.issue(DECEMBER)
    other.report(EDUCATION, {1: "练习时写的"})
    other.merge()
    other.edit(put("D5", "【县教育局】\n练习时改的"))
    theirs = other.path().read_bytes()
    other.ledger.close()
    desk.path().write_bytes(theirs)
    merged = desk.merge()
    assert (merged.kept, merged.edits, merged.why) == (True, 0, "其实是另一个工作区的总表")
    assert desk.path().read_bytes() == theirs
    assert progress(openpyxl.load_workbook(merged.path))[2] == "【县教育局】\n教育二"


def test_a_master_of_an_older_release_says_from_then_on_whose_it_is(desk: Desk) -> None:
    def change(book: Any) -> None:
        book["总表"]["D5"] = "【县教育局】\n改"
        kept = [one for one in book.custom_doc_props.props if one.name != PLAN_PROPERTY]
        book.custom_doc_props.props[:] = kept

    desk.edit(change)
    assert (desk.merge().kept, desk.merge().edits) == (False, 1)
    book: Any = openpyxl.load_workbook(desk.path())
    assert PLAN_PROPERTY in book.custom_doc_props.names


RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def of_2010(uri: str, rules: str = "") -> str:
    """Return what Excel 2010 and later keep apart from a sheet's older rules."""
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    return f'<extLst><ext uri="{uri}" xmlns:x14="{space}">{rules}</ext></extLst>'


RULES = "{78C0D931-6437-407d-A8EE-F0AAD7539E65}"


@pytest.mark.parametrize(
    ("xml", "related", "what"),
    [
        (of_2010(RULES, '<x14:cfRule type="iconSet"/>'), "", "图标集"),
        (of_2010("{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"), "", "引用别的工作表的下拉列表"),
        (of_2010("{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"), "", "迷你图"),
        (f'<picture xmlns:r="{RELATED}" r:id="rId9"/>', "image", "背景图片"),
        (f'<legacyDrawingHF xmlns:r="{RELATED}" r:id="rId9"/>', "vmlDrawing", "页眉页脚里的图片"),
    ],
)
def test_a_workbook_with_what_cannot_be_written_again_is_kept_and_says_what(
    desk: Desk, xml: str, related: str, what: str
) -> None:
    sheet, target = "xl/worksheets/sheet2.xml", "../media/image9.png"
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    link = f'<Relationship Id="rId9" Type="{RELATED}/{related}" Target="{target}"/>'
    parts = {
        "xl/worksheets/_rels/sheet2.xml.rels": f"{head}{link if related else ''}</Relationships>",
        "xl/media/image9.png": "",
    }
    before = desk.path().read_bytes()
    with_more = member(before, sheet).replace("</worksheet>", f"{xml}</worksheet>")
    added = {name: part.encode() for name, part in parts.items()}
    drawn = repack(before, {sheet: with_more.encode()}, added=added)
    desk.path().write_bytes(drawn)
    desk.report(EDUCATION, {2: "教育二，又报。"}, at=LATER)
    merged = desk.merge()
    assert (merged.kept, merged.path.name) == (True, "总表（新）.xlsx")
    assert f"表“总表”上的{what}" in merged.why
    assert desk.path().read_bytes() == drawn


def test_a_data_bar_whose_older_rule_is_kept_hinders_no_merge(desk: Desk) -> None:
    sheet, before = "xl/worksheets/sheet2.xml", desk.path().read_bytes()
    bars = of_2010(RULES, '<x14:cfRule type="dataBar" id="{1}"/>')
    drawn = member(before, sheet).replace("</worksheet>", f"{bars}</worksheet>")
    desk.path().write_bytes(repack(before, {sheet: drawn.encode()}))
    desk.report(EDUCATION, {2: "教育二，又报。"}, at=LATER)
    assert not desk.merge().kept


@pytest.mark.parametrize("content", [b"", b"PK no zip", b"\xd0\xcf\x11\xe0" * 200])
def test_a_workbook_that_cannot_be_opened_is_kept(desk: Desk, content: bytes) -> None:
    desk.path().write_bytes(content)
    merged = desk.merge()
    assert (merged.kept, merged.path.name) == (True, "总表（新）.xlsx")
    assert "打不开" in merged.why
    assert desk.path().read_bytes() == content


def test_the_master_of_another_period_is_not_merged(desk: Desk) -> None:
    november = desk.merge(NOVEMBER).path
    desk.path().write_bytes(november.read_bytes())
    desk.edit(put("D4", "改"))
    merged = desk.merge()
    assert (merged.kept, desk.ledger.edits.standing([DECEMBER])) == (True, [])
    assert "2022-11" in merged.why


def test_an_emptied_master_is_kept_and_said(desk: Desk) -> None:
    def change(book: Any) -> None:
        book["总表"].delete_rows(1, 50)

    desk.edit(change)
    merged = desk.merge()
    assert merged.kept
    assert merged.why


def test_a_master_open_in_excel_is_left_alone(desk: Desk) -> None:
    desk.edit(put("D4", "改"))
    before = desk.path().read_bytes()
    (desk.path().parent / "~$总表.xlsx").touch()
    with pytest.raises(OutputError, match="正在 Excel"):
        desk.merge()
    assert desk.path().read_bytes() == before
    assert desk.ledger.edits.standing([DECEMBER]) == []


def test_odd_texts_come_through_unharmed(desk: Desk) -> None:
    desk.edit(put("D4", "【县教育局】\n_x005F_x000A_改\n【县财政局】\n财政一"))
    desk.edit(put("D7", "=SUM(A1)"))
    odd = "_x0041_甲 =1+1 \t𠀀\n  \n【不是单位】"
    desk.report(FINANCE, {2: odd}, at=LATER)
    assert desk.merge().edits == 2
    seen = CalamineWorkbook.from_path(desk.path()).get_sheet_by_name("总表").to_python()
    found = {row[0]: row[3] for row in seen[3:]}
    assert found[2] == f"【县教育局】\n教育二\n【县财政局】\n{odd}"
    assert found[1] == "【县教育局】\n_x000A_改\n【县财政局】\n财政一"
    assert found[4] == "=SUM(A1)"
    assert not desk.merge().written
    desk.path().unlink()
    desk.merge()
    assert progress(openpyxl.load_workbook(desk.path()))[4] == "=SUM(A1)"


@pytest.mark.office
def test_what_a_person_does_in_libreoffice_is_kept(desk: Desk, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xlsx"
    office.drive(
        desk.path(),
        [
            ("type", "总表", "D5", "【县教育局】\n教育二，在LibreOffice里改。"),
            ("select", "总表", "A4:H8"),
            ("do", ".uno:SortDescending"),
        ],
        saved,
    )
    desk.path().write_bytes(saved.read_bytes())
    desk.report(TOWNS, {1: "乡镇一"}, at=LATER)
    merged = desk.merge()
    assert (merged.kept, merged.edits, merged.conflicts) == (False, 1, 0)
    assert merged.altered == ()
    book = openpyxl.load_workbook(desk.path())
    assert [number for number, _ in rows(book)] == [5, 4, 3, 2, 1]
    assert progress(book)[2] == "【县教育局】\n教育二，在LibreOffice里改。"
    assert progress(book)[1].endswith("【各乡镇党委、政府】\n乡镇一")
    assert not desk.merge().written
    again = office.convert(desk.path(), "xlsx", tmp_path, office.XLSX)
    desk.path().write_bytes(again.read_bytes())
    assert not desk.merge().written
    assert desk.merge().edits == 1
