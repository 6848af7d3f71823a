"""Rows of 总表 whose key and words part: sorted, pasted, merged, typed over, copied.

No text ever stands under another task without a word, and none is lost.
"""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet.master.merging.merge import Merged
from edu_sheet.sentences import sentence
from tests.support import office
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, QUARTER, moment
from tests.support.master_desk import Desk, progress, table

LATER = moment("2022-12-20T10:00")
FIRST, LAST, KEY = 4, 8, 8  # rows of the tasks; the hidden column
TEXTS = {
    1: "【县教育局】\n教育一\n【县财政局】\n财政一",
    2: "【县教育局】\n教育二",
    3: "【县教育局】\n教育三",
    4: "【县财政局】\n财政四",
    5: "",
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A master with texts on four of five tasks is there; every unit's form went out."""
    desk.issue(DECEMBER, QUARTER)
    desk.report(EDUCATION, {1: "教育一", 2: "教育二", 3: "教育三"})
    desk.report(FINANCE, {1: "财政一", 4: "财政四"})
    desk.merge()
    return desk


def sort(sheet: Any, order: list[int], first: int = 1, last: int = KEY - 1) -> None:
    """Let rows FIRST… of some columns hold what stands in rows `order`, as a sort does."""
    columns = range(first, last + 1)
    lines = [[sheet.cell(row, column).value for column in columns] for row in order]
    for row, line in enumerate(lines, FIRST):
        for column, value in zip(columns, line, strict=True):
            sheet.cell(row, column).value = value


def texts_of(desk: Desk) -> dict[str, str]:
    """Return what stands in 进展情况 by the hidden key, rows of hers left out."""
    rows = table(openpyxl.load_workbook(desk.path())["总表"])
    return {row["任务键"]: row["进展情况"] or "" for row in rows if row["任务键"]}


def hers(desk: Desk) -> list[str]:
    """Return the texts of the rows without a key."""
    rows = table(openpyxl.load_workbook(desk.path())["总表"])
    return [row["进展情况"] for row in rows if not row["任务键"] and row["进展情况"]]


def by_key() -> dict[str, str]:
    return {f"T{number:02}": text for number, text in TEXTS.items()}


def told(merged: Merged) -> list[str]:
    return [one.code for one in merged.findings]


def quoted(merged: Merged, text: str) -> bool:
    return any(text in sentence(one) for one in merged.findings)


def test_rows_sorted_without_their_keys_keep_their_texts(desk: Desk) -> None:
    desk.edit(lambda book: sort(book["总表"], [8, 7, 5, 6, 4]))
    before = desk.path().read_bytes()
    merged = desk.merge()
    assert (merged.edits, told(merged)) == (0, ["sorted_rows"])
    assert len(dict(merged.findings[0].about)["tasks"]) == 5  # type: ignore[arg-type]
    assert texts_of(desk) == by_key()
    book = openpyxl.load_workbook(desk.path())
    assert [row["序号"] for row in table(book["总表"])] == [5, 4, 2, 3, 1]  # as she sorted it
    assert desk.archived() == [before]
    assert desk.merge().findings == ()
    quarter = openpyxl.load_workbook(desk.merge(QUARTER).path)
    assert progress(quarter) == TEXTS


def test_a_text_polished_before_the_rows_were_sorted_is_an_edit_of_its_own_task(
    desk: Desk,
) -> None:
    def change(book: Any) -> None:
        book["总表"]["D5"] = "【县教育局】\n教育二，改。"
        sort(book["总表"], [8, 7, 4, 6, 5])

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, told(merged)) == (1, ["sorted_rows"])
    assert texts_of(desk) == by_key() | {"T02": "【县教育局】\n教育二，改。"}


@pytest.mark.parametrize(
    ("first", "last"), [(1, 3), (1, 4), (2, 2), (2, 4), (3, 3), (4, 7), (3, 4)]
)
def test_part_of_the_columns_sorted_changes_no_text(desk: Desk, first: int, last: int) -> None:
    desk.edit(lambda book: sort(book["总表"], [7, 4, 6, 5, 8], first, last))
    merged = desk.merge()
    assert merged.needs_a_person
    assert any(one.code in {"torn_edit", "torn_progress"} for one in merged.findings)
    assert not any(edit.field == "progress" for edit in desk.ledger.edits.standing([DECEMBER]))
    assert texts_of(desk) == by_key()
    assert not any(one.code.startswith("torn") for one in desk.merge().findings)


def test_the_column_of_texts_sorted_alone_is_put_back_and_told(desk: Desk) -> None:
    desk.edit(lambda book: sort(book["总表"], [6, 4, 7, 5, 8], 4, 4))
    before = desk.path().read_bytes()
    merged = desk.merge()
    assert merged.edits == 0
    assert told(merged) == ["torn_progress"] * 4
    assert texts_of(desk) == by_key()
    assert desk.archived() == [before]


def test_a_text_polished_and_moved_with_others_waits_in_a_row_of_its_own(desk: Desk) -> None:
    def change(book: Any) -> None:
        book["总表"]["D4"] = TEXTS[1] + "，已办结。"
        sort(book["总表"], [6, 5, 4, 7, 8], 4, 4)

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, merged.needs_a_person) == (0, True)
    assert quoted(merged, "已办结")
    assert texts_of(desk) == by_key()
    assert hers(desk) == [TEXTS[1] + "，已办结。"]


def test_a_wording_that_is_neither_row_s_waits_with_its_text(desk: Desk) -> None:
    def change(book: Any) -> None:
        sheet = book["总表"]
        sheet["B6"], sheet["C6"] = "推进乡镇卫生院改造", "年内完成三所卫生院的主体工程。"
        sheet["D6"] = "【县教育局】\n卫生院已开工。"

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, merged.needs_a_person) == (0, True)
    assert quoted(merged, "卫生院已开工")
    assert quoted(merged, "推进乡镇卫生院改造")
    assert texts_of(desk) == by_key()
    assert hers(desk) == ["【县教育局】\n卫生院已开工。"]
    assert told(desk.merge()) == ["stranger_row"]
    again = desk.merge()
    assert (again.written, again.needs_a_person) == (False, True)  # until she has deleted the row


def test_rows_cut_and_pasted_below_leave_their_keys_behind_and_are_found(desk: Desk) -> None:
    def change(book: Any) -> None:
        sheet = book["总表"]
        for column in range(1, KEY):
            sheet.cell(LAST + 1, column).value = sheet.cell(5, column).value
            sheet.cell(5, column).value = None

    desk.edit(change)
    merged = desk.merge()
    assert merged.edits == 0
    assert texts_of(desk) == by_key()
    assert hers(desk) == []


def test_a_row_pasted_over_another_takes_no_text_away(desk: Desk) -> None:
    def change(book: Any) -> None:
        sheet = book["总表"]
        for column in range(1, KEY):
            sheet.cell(6, column).value = sheet.cell(4, column).value
        sheet["D6"] = "【县教育局】\n教育一，又改。"

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, merged.needs_a_person) == (0, True)
    assert quoted(merged, "教育一，又改。")
    assert texts_of(desk) == by_key()


def test_a_copied_row_in_which_she_writes_is_told_and_stays(desk: Desk) -> None:
    def change(book: Any) -> None:
        sheet = book["总表"]
        sheet.insert_rows(5)
        for column in range(1, KEY + 1):
            sheet.cell(5, column).value = sheet.cell(4, column).value
        sheet["D5"] = "再补一段话。"

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, told(merged), merged.needs_a_person) == (0, ["stranger_row"], True)
    assert quoted(merged, "再补一段话。")
    assert hers(desk) == ["再补一段话。"]
    assert texts_of(desk) == by_key()


def test_an_inserted_row_with_text_is_told_on_every_merge_until_it_is_gone(desk: Desk) -> None:
    desk.edit(lambda book: book["总表"].insert_rows(6))
    desk.edit(lambda book: book["总表"].__setitem__("D6", "会上口头补充。"))
    assert told(desk.merge()) == ["stranger_row"]
    assert desk.merge().needs_a_person
    assert hers(desk) == ["会上口头补充。"]
    desk.edit(lambda book: book["总表"].delete_rows(6))
    assert desk.merge().findings == ()


def test_numbers_written_anew_by_hand_move_no_text(desk: Desk) -> None:
    def change(book: Any) -> None:
        for row, number in zip(range(FIRST, LAST + 1), (5, 4, 3, 2, 1), strict=True):
            book["总表"].cell(row, 1).value = number

    desk.edit(change)
    desk.merge()
    assert texts_of(desk) == by_key()


def test_a_deleted_key_column_and_a_sort_move_no_text(desk: Desk) -> None:
    def change(book: Any) -> None:
        sort(book["总表"], [8, 7, 6, 4, 5])
        book["总表"]["D6"] = "【县教育局】\n教育三，改。"
        book["总表"].delete_cols(KEY)

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, merged.findings) == (1, ())
    assert texts_of(desk) == by_key() | {"T03": "【县教育局】\n教育三，改。"}


def test_a_row_without_key_that_has_only_a_number_is_nobodys(desk: Desk) -> None:
    def change(book: Any) -> None:
        sheet = book["总表"]
        sheet["A9"], sheet["B9"], sheet["D9"] = 2, "另一件事", "另一件事的进展。"

    desk.edit(change)
    merged = desk.merge()
    assert told(merged) == ["stranger_row"]
    assert quoted(merged, "另一件事的进展。")
    assert texts_of(desk) == by_key()


def test_a_goal_and_a_text_edited_together_are_edits_of_that_task(desk: Desk) -> None:
    def change(book: Any) -> None:
        book["总表"]["B5"] = "换了说法的目标"
        book["总表"]["D5"] = "【县教育局】\n教育二，改。"

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, merged.findings) == (2, ())


def test_a_row_polished_in_every_column_is_still_its_own(desk: Desk) -> None:
    """Neither 目标任务 nor 具体要求 is the same to the letter: both are reworked."""

    def change(book: Any) -> None:
        for cell in ("B5", "C5"):
            book["总表"][cell] = f"切实抓好{book['总表'][cell].value}"
        book["总表"]["D5"] = "【县教育局】\n教育二，改。"

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, merged.findings) == (3, ())
    assert texts_of(desk)["T02"] == "【县教育局】\n教育二，改。"


def test_a_text_copied_to_a_task_without_one_is_hers(desk: Desk) -> None:
    desk.edit(lambda book: book["总表"].__setitem__("D8", TEXTS[3]))
    merged = desk.merge()
    assert (merged.edits, merged.findings) == (1, ())
    assert texts_of(desk)["T05"] == TEXTS[3]


def test_cells_merged_over_another_tasks_text_take_nothing_out(desk: Desk) -> None:
    desk.edit(lambda book: book["总表"].merge_cells("D4:D5"))
    merged = desk.merge()
    assert (merged.edits, told(merged), merged.needs_a_person) == (0, ["merged_cells"], True)
    assert "D4:D5" in sentence(merged.findings[0])
    assert texts_of(desk) == by_key()
    assert not openpyxl.load_workbook(desk.path())["总表"]["D5"].coordinate.startswith("D4")
    assert desk.merge().findings == ()
    assert progress(openpyxl.load_workbook(desk.merge(QUARTER).path)) == TEXTS


def test_what_she_writes_into_merged_cells_is_the_upper_tasks(desk: Desk) -> None:
    def change(book: Any) -> None:
        book["总表"].merge_cells("D4:D5")
        book["总表"]["D4"] = "【县教育局】\n两项合写。\n【县财政局】\n财政一"

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, told(merged)) == (1, ["merged_cells"])
    assert texts_of(desk)["T01"].startswith("【县教育局】\n两项合写。")
    assert texts_of(desk)["T02"] == TEXTS[2]


def test_texts_joined_by_merging_the_cells_are_no_edit(desk: Desk) -> None:
    def change(book: Any) -> None:
        book["总表"]["D4"] = f"{TEXTS[1]} {TEXTS[2]}"  # as LibreOffice offers to join them
        book["总表"].merge_cells("D4:D5")

    desk.edit(change)
    merged = desk.merge()
    assert (merged.edits, told(merged)) == (0, ["merged_cells"])
    assert texts_of(desk) == by_key()


def test_cells_merged_over_the_same_words_stay_merged(desk: Desk) -> None:
    def same(book: Any) -> None:
        book["总表"]["E5"] = book["总表"]["E4"].value

    desk.edit(same)
    desk.merge()
    desk.edit(lambda book: book["总表"].merge_cells("E4:E5"))
    merged = desk.merge()
    assert merged.findings == ()
    assert "E4:E5" in [
        str(one) for one in openpyxl.load_workbook(desk.path())["总表"].merged_cells.ranges
    ]


def test_a_text_of_two_rows_sorted_without_its_keys_stays_whole(desk: Desk) -> None:
    long = "很长的一段。" * 6000
    desk.report(EDUCATION, {2: long}, at=LATER)
    desk.merge()
    desk.edit(lambda book: sort(book["总表"], [9, 8, 7, 6, 5, 4]))
    merged = desk.merge()
    assert merged.edits == 0
    assert not any(one.code.startswith("torn") for one in merged.findings)
    found = texts_of(desk)
    assert found["T02"] + found["T02·续1"] == f"【县教育局】\n{long}"


def test_a_new_text_beside_an_edited_one_survives_a_sort_without_keys(desk: Desk) -> None:
    desk.edit(lambda book: book["总表"].__setitem__("D5", "【县教育局】\n教育二，改。"))
    desk.report(EDUCATION, {2: "教育二，新报。"}, at=LATER)
    assert desk.merge().conflicts == 1
    desk.edit(lambda book: sort(book["总表"], [9, 8, 7, 6, 5, 4]))
    merged = desk.merge()
    assert (merged.edits, merged.conflicts) == (1, 1)
    assert texts_of(desk)["T02"] == "【县教育局】\n教育二，改。"
    assert "教育二，新报。" in texts_of(desk)["T02·新报送·县教育局"]


@pytest.mark.office
def test_rows_sorted_without_their_keys_in_libreoffice_keep_their_texts(
    desk: Desk, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.xlsx"
    office.drive(
        desk.path(),
        [("select", "总表", "A4:G8"), ("do", ".uno:SortDescending")],
        saved,
    )
    desk.path().write_bytes(saved.read_bytes())
    merged = desk.merge()
    assert (merged.edits, told(merged)) == (0, ["sorted_rows"])
    assert texts_of(desk) == by_key()
