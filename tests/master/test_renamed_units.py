"""A hand edit stays with the unit that it was made for, however names move on."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.builders import EDUCATION, POLICE
from tests.support.year import Year

OCTOBER = "2022-10"
NEW = "县教育体育局"
E_TEXT, P_TEXT = "教五", "公五"


@pytest.fixture
def year(tmp_path: Path) -> Year:
    """Two units have reported task 5 of October, and the master was written."""
    year = Year(tmp_path / "督办")
    year.ok("generate", OCTOBER)
    year.report(OCTOBER, {EDUCATION: {5: E_TEXT}, POLICE: {5: P_TEXT}})
    year.ok("merge", OCTOBER)
    return year


def chain(year: Year) -> None:
    """县教育局 gets a new name, and 县公安局 takes the old one."""
    year.rename(EDUCATION, NEW)
    year.rename(POLICE, EDUCATION)


def swap(year: Year) -> None:
    year.roster({EDUCATION: {"单位": POLICE}, POLICE: {"单位": EDUCATION}})


def sections(year: Year) -> dict[str, str]:
    """The text below each label of task 5."""
    pieces = year.cells(OCTOBER)[5].split("【")
    return dict(piece.strip().split("】\n") for piece in pieces if piece)


@pytest.mark.parametrize("both", [False, True])
def test_an_edit_made_after_a_chain_of_renames_stays_under_its_label(
    year: Year, *, both: bool
) -> None:
    chain(year)
    year.ok("merge", OCTOBER)
    assert sections(year) == {NEW: E_TEXT, EDUCATION: P_TEXT}
    year.polish(OCTOBER, 5, P_TEXT, "公五（改）")
    if both:
        year.polish(OCTOBER, 5, E_TEXT, "教五（改）")
    for _ in range(3):
        year.ok("merge", OCTOBER)
        mine = "教五（改）" if both else E_TEXT
        assert sections(year) == {NEW: mine, EDUCATION: "公五（改）"}


@pytest.mark.parametrize("when", ["before", "pending", "after"])
def test_an_edit_keeps_its_unit_at_every_merge_after_two_units_have_swapped_names(
    year: Year, when: str
) -> None:
    if when == "after":
        swap(year)
        year.ok("merge", OCTOBER)
    year.polish(OCTOBER, 5, E_TEXT, "教五（改）")
    if when == "before":
        year.ok("merge", OCTOBER)
    if when != "after":
        swap(year)
    for _ in range(3):
        year.ok("merge", OCTOBER)
        assert sections(year) == {POLICE: "教五（改）", EDUCATION: P_TEXT}


def test_edits_of_a_dissolved_unit_and_of_the_one_that_took_its_name_stay_apart(
    year: Year,
) -> None:
    year.polish(OCTOBER, 5, E_TEXT, "教五（改）")
    year.polish(OCTOBER, 5, P_TEXT, "公五（改）")
    year.ok("merge", OCTOBER)

    def take_over(sheet: Any) -> None:
        rows = {row[0].value: row[0] for row in sheet.iter_rows(min_row=3)}
        rows[POLICE].value = EDUCATION
        sheet.delete_rows(rows[EDUCATION].row)

    year.edit("单位名录", take_over)
    year.tasks(POLICE, "")
    before = f"{EDUCATION}（原单位）"
    for _ in range(2):
        year.ok("merge", OCTOBER)
        assert sections(year) == {EDUCATION: "公五（改）", before: "教五（改）"}
    year.polish(OCTOBER, 5, "教五（改）", "教五（再改）")
    for _ in range(2):
        year.ok("merge", OCTOBER)
        assert sections(year) == {EDUCATION: "公五（改）", before: "教五（再改）"}


def test_a_whole_cell_edited_after_the_names_moved_on_stays_as_it_is(year: Year) -> None:
    chain(year)
    year.ok("merge", OCTOBER)
    path = year.master(OCTOBER)
    book: Any = openpyxl.load_workbook(path)
    written = f"开头一句\n【{EDUCATION}】\n公五（改）\n【{NEW}】\n教五（改）"
    for row in book["总表"].iter_rows(min_row=4):
        if row[0].value == 5:
            row[3].value = written
    book.save(path)
    for _ in range(3):
        year.ok("merge", OCTOBER)
        assert year.cells(OCTOBER)[5] == written
