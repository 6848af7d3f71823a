"""填报表: what a unit receives."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from itertools import chain

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from edu_sheet import form
from edu_sheet.form import layout
from edu_sheet.form.grid import grids
from edu_sheet.form.identity import digest
from edu_sheet.kit.row_height import LIMIT, row_height
from edu_sheet.words.columns import KEY, PLAN_COLUMNS, STATE, with_further
from edu_sheet.words.errors import PlanError
from edu_sheet.words.forms import EarlierSheet, Form
from edu_sheet.words.forms_as_json import form_from_json, form_to_json
from edu_sheet.words.parts import Part
from edu_sheet.words.period import Period
from edu_sheet.words.plan import Role
from edu_sheet.words.settings import PeriodSettings
from tests.support import builders
from tests.support.builders import DECEMBER, FINANCE, NOVEMBER, QUARTER, SECRET
from tests.support.workbook_text import check_golden, workbook_text


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def form_sheet(data: bytes) -> Worksheet:
    return opened(data)[layout.FORM_SHEET]


def earlier(*texts: str) -> EarlierSheet:
    rows = tuple((str(n), f"第{n}项", "牵头", text) for n, text in enumerate(texts, 1))
    return EarlierSheet(layout.EARLIER_SHEET, "上期", layout.EARLIER_HEADER, rows)


# ---------------------------------------------------------------- what stands on it


def test_a_form_holds_the_units_tasks_only_with_its_role() -> None:
    rows = builders.small_form(FINANCE).rows
    assert [(row.number, row.role) for row in rows] == [
        (1, Role.RESPONSIBLE),
        (2, Role.RESPONSIBLE),
        (4, Role.LEAD),
    ]


def test_a_unit_that_leads_a_task_and_is_responsible_for_it_has_one_row_as_lead() -> None:
    assert [(r.number, r.role) for r in builders.small_form().rows if r.number == 3] == [
        (3, Role.LEAD)
    ]


def test_a_quarters_form_holds_what_the_unit_leads() -> None:
    assert [row.number for row in builders.small_form(period=QUARTER).rows] == [1, 3, 5]


def test_head_and_header_say_whose_form_it_is() -> None:
    sheet = form_sheet(builders.written(FINANCE))
    made = builders.small_form(FINANCE)
    texts = [cell.value for row in sheet.iter_rows(max_row=3) for cell in row if cell.value]
    assert texts == [
        "《重点任务分工方案》2022年12月进展情况填报表",
        "填报单位：县财政局",
        "期次：2022年12月",
        "截止日期：2022年12月31日",
        f"填报说明：{made.instructions}",
        f"表单编号：{made.number}",
    ]
    assert [cell.value for cell in sheet[layout.HEADER_ROW]] == [
        "序号",
        "目标任务",
        "具体要求",
        "进展情况",
        "牵头部门",
        "责任部门",
        "县教育局牵头联络股室",
        "本单位角色",
        "任务键",
    ]


def test_what_was_issued_is_what_the_workbook_holds() -> None:
    made = replace(
        builders.small_form(period=QUARTER), earlier=(earlier("一", "=1", "三。" * 900),)
    )
    book = opened(form.write(made, 7, builders.CREATED))
    held = {
        sheet.title: {
            (cell.row, cell.column): str(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in book
        if sheet.title != layout.META_SHEET
    }
    assert held == form.issued_cells(made)


def test_progress_and_approval_cells_can_be_filled_and_nothing_else() -> None:
    made = builders.small_form(period=QUARTER)
    sheet = form_sheet(form.write(made, 1, builders.CREATED))
    unlocked = {
        (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and not isinstance(cell, openpyxl.cell.MergedCell)
    }
    asked = [form.answer_places(made, part).values() for part in Part]
    states = {(row, made.column_of(STATE)) for row, _ in form.progress_places(made).values()}
    wanted = {*chain(*asked), *states, *form.approval_places(made).values()}
    assert unlocked == wanted
    assert {sheet.cell(*place).number_format for place in wanted} == {"@"}
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatRows  # False: it is allowed
    assert not sheet.protection.selectLockedCells


def test_each_approval_field_stands_right_of_its_label() -> None:
    made = builders.small_form(period=QUARTER)
    issued = form.issued_cells(made)[layout.FORM_SHEET]
    for label, (row, column) in form.approval_places(made).items():
        left = max(place[1] for place in issued if place[0] == row and place[1] < column)
        assert issued[row, left] == f"{label}："
    assert form.approval_places(builders.small_form()) == {}


def test_every_row_carries_its_tasks_key_in_a_hidden_column_that_is_not_printed() -> None:
    sheet = form_sheet(builders.written())
    key = builders.small_form().column_of(KEY)
    assert [sheet.cell(row, key).value for row in range(5, 10)] == [
        "T01",
        "T02",
        "T03",
        "T04",
        "T05",
    ]
    assert sheet.column_dimensions["I"].hidden
    assert sheet.print_area == "'填报表'!$A$1:$H$9"


def test_progress_cells_show_a_hint_and_refuse_nothing() -> None:
    sheet = form_sheet(builders.written())
    hints = sheet.data_validations.dataValidation
    assert [str(hint.sqref) for hint in hints] == ["D5:D9"]
    assert {(hint.type, hint.promptTitle) for hint in hints} == {(None, "进展情况")}
    assert all(hint.prompt and len(hint.prompt) <= 255 for hint in hints)


def test_a_quarters_row_shows_three_hundred_characters_in_each_of_its_three_cells() -> None:
    """At 10 points a line of 宋体 takes 12.75, and a character of it is 13.3 pixels wide."""
    columns = layout.columns(PLAN_COLUMNS, states=True, parts=True, quarterly=True)
    widths = {one.header: one.width for one in columns}
    (sheet, *_) = grids(builders.small_form(period=QUARTER))
    row = next(line.height for line in sheet.lines.values() if line.cells[0].text == "3")
    for part, count in ((Part.PROGRESS, 600), (Part.PROBLEMS, 300), (Part.NEXT_STEPS, 300)):
        fitting = int((widths[part.label] * 7 - 3) / 13.3)
        assert -(-count // fitting) * 12.75 <= row, part


def test_texts_that_look_like_formulas_stay_texts() -> None:
    plan = builders.with_task(builders.small_plan(), 4, goal="=1+1", requirements="@SUM(A1)")
    made = replace(builders.small_form(FINANCE, plan=plan), earlier=(earlier("=2", "+3", "-4"),))
    book = opened(form.write(made, 1, builders.CREATED))
    row = form.progress_places(made)["T04"][0]
    sheet = book[layout.FORM_SHEET]
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 2).data_type)] == [("=1+1", "s")]
    assert sheet.cell(row, 3).value == "@SUM(A1)"
    assert [book[layout.EARLIER_SHEET].cell(row, 4).value for row in (3, 4, 5)] == [
        "=2",
        "+3",
        "-4",
    ]
    assert book[layout.EARLIER_SHEET].cell(3, 4).data_type == "s"


def test_texts_that_look_like_markup_or_escapes_are_read_back_as_they_are() -> None:
    said = ("<r>甲 & “乙”</r>", " _x0041_x0042_ ")
    plan = builders.with_task(builders.small_plan(), 4, goal=said[0], requirements=said[1])
    made = builders.small_form(FINANCE, plan=plan)
    row = form.progress_places(made)["T04"][0]
    data = form.write(made, 1, builders.CREATED)
    assert tuple(form_sheet(data).cell(row, column).value for column in (2, 3)) == said
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert tuple(sheet.to_python()[row - 1][1:3]) == said


# ---------------------------------------------------------------- print


def test_a_form_prints_on_a4_landscape_with_its_header_on_every_page() -> None:
    for sheet in opened(builders.written(period=QUARTER)):
        if sheet.title == layout.META_SHEET:
            continue
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        fit = sheet.sheet_properties.pageSetUpPr
        assert fit
        assert fit.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter
        assert sheet.oddFooter.center.text == "第&P页 共&N页"
        assert not sheet.sheet_view.showGridLines
    assert form_sheet(builders.written()).print_title_rows == "$4:$4"


def test_every_text_fits_its_row_and_progress_has_room_for_four_lines() -> None:
    plan = builders.with_task(builders.small_plan(), 5, requirements="①落实" * 250)
    [grid] = grids(builders.small_form(plan=plan))
    for (row, column), cell in grid.cells.items():
        width = sum(grid.widths[column - 1 : column - 1 + cell.span])
        if width:
            assert (
                row_height([(cell.text, width)], cell.style.size, 0) <= grid.heights[row] <= LIMIT
            )
    assert min(grid.heights[row] for row in range(5, 10)) >= 4 * 11 * 1.45 + 4


def test_a_requirement_too_long_for_any_row_stands_in_full_on_a_sheet_of_its_own() -> None:
    long = "".join(f"①第{n}条要求应当落实到位；" for n in range(200))
    made = builders.small_form(plan=builders.with_task(builders.small_plan(), 5, requirements=long))
    cells = form.issued_cells(made)
    rows = cells[layout.FULL_TEXT_SHEET]
    pieces = [text for (row, column), text in sorted(rows.items()) if column == 3 and row > 2]
    assert "".join(pieces) == long
    assert "第5项内容较长，全文见“任务全文”表。" in cells[layout.FORM_SHEET][3, 1]
    assert long in cells[layout.FORM_SHEET].values()  # the cell itself is whole, too
    heights = grids(made)[1].heights
    assert max(heights.values()) <= LIMIT


def test_a_long_earlier_text_goes_on_in_marked_rows_and_loses_nothing() -> None:
    long = "开展了实地督导，发现问题并整改到位。" * 300
    made = replace(builders.small_form(), earlier=(earlier("短", long),))
    grid = grids(made)[1]
    texts = {place: cell.text for place, cell in grid.cells.items()}
    rows = [[texts[row, column] for column in range(1, 5)] for row in range(3, grid.last_row + 1)]
    assert rows[0] == ["1", "第1项", "牵头", "短"]
    assert rows[1][:3] == ["2", "第2项", "牵头"]
    assert {tuple(row[:3]) for row in rows[2:]} == {("2", "（续）", "")}
    assert "".join(row[3] for row in rows[1:]) == long
    assert all(row[3].endswith("。") for row in rows[1:])
    assert max(grid.heights.values()) <= LIMIT


def test_a_text_that_no_cell_can_hold_is_refused_and_never_cut() -> None:
    plan = builders.with_task(builders.small_plan(), 5, requirements="字" * 32_768)
    with pytest.raises(PlanError, match="第5项任务的“具体要求”超过 32767 字"):
        builders.small_form(plan=plan)


# ---------------------------------------------------------------- identity


def test_the_same_form_gives_the_same_bytes() -> None:
    assert builders.written() == builders.written()


def test_a_form_survives_the_ledgers_json() -> None:
    made = replace(builders.small_form(period=QUARTER), earlier=(earlier("甲"),))
    assert form_from_json(form_to_json(made)) == made


def test_the_identity_stands_in_three_places_and_in_sight() -> None:
    made = builders.small_form()
    data = form.write(made, 42, builders.CREATED)
    book = opened(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        properties = archive.read("docProps/custom.xml").decode()
    assert f'name="{layout.TOKEN_PROPERTY}"><vt:lpwstr>{made.token}<' in properties
    assert book.defined_names[layout.TOKEN_NAME].value == f'"{made.token}"'
    meta = book[layout.META_SHEET]
    assert meta.sheet_state == "veryHidden"
    fields = {str(row[0].value): row[1].value for row in meta.iter_rows()}
    assert tuple(fields) == layout.META_FIELDS
    assert (fields["token"], fields["number"], fields["issue"]) == (made.token, made.number, "42")
    assert form.parse_token(made.token) == made.identity


def test_reissued_with_another_due_date_or_earlier_texts_a_form_keeps_its_identity() -> None:
    plan = builders.small_plan()
    later = replace(plan, periods={DECEMBER: PeriodSettings(due=date(2023, 1, 5))})
    again = replace(builders.small_form(plan=later), earlier=(earlier("甲"),))
    first = builders.small_form()
    assert again != first
    assert (again.identity, again.token, again.number) == (
        first.identity,
        first.token,
        first.number,
    )


def test_identity_differs_by_unit_period_task_and_plan() -> None:
    changed = builders.with_task(builders.small_plan(), 5, goal="别的目标。")
    forms = [
        builders.small_form(),
        builders.small_form(FINANCE),
        builders.small_form(period=NOVEMBER),
        builders.small_form(period=QUARTER),
        builders.small_form(plan=changed),
    ]
    assert len({one.token for one in forms}) == len({one.number for one in forms}) == 5


def test_saving_in_another_program_leaves_the_digest_as_it_was() -> None:
    table = [("序号", "目标任务"), ("1", "坚持 教育\n优先（发展）")]
    saved = [("序号 ", "目标任务"), ("1.0", "坚持教育优先(发展)　")]
    assert digest("县教育局", DECEMBER, table) == digest("县教育局", DECEMBER, saved)
    assert digest("县教育局", DECEMBER, table) != digest("县教育局", DECEMBER, table[:1])


def test_cells_cannot_move_into_each_other_unseen() -> None:
    assert digest("县", DECEMBER, [("1", "23")]) != digest("县", DECEMBER, [("12", "3")])


def test_a_token_that_was_changed_is_not_genuine() -> None:
    token = builders.small_form().token
    assert form.genuine(token, SECRET)
    assert form.genuine(f" {token}\n", SECRET)
    assert not form.genuine(token.replace("县教育局", "县财政局"), SECRET)
    assert not form.genuine(token, b"another workspace")
    assert not form.genuine("", SECRET)


@pytest.mark.parametrize(
    "text", ["", "|||||", "a|b|c", "a|1|县|2022-13|" + "0" * 32 + "|x", "a|一|县|2022-12|ff|x"]
)
def test_what_is_no_token_names_nobody(text: str) -> None:
    assert form.parse_token(text) is None


def test_a_units_name_may_hold_any_character() -> None:
    plan = builders.small_plan()
    odd = '县"教|育&局'
    plan = replace(
        plan, roster=replace(plan.roster, units=(replace(plan.roster.units[0], name=odd),))
    )
    plan = builders.with_task(plan, 1, leads=(odd,))
    made = builders.small_form(odd, plan=plan)
    identity = form.parse_token(made.token)
    assert identity
    assert identity.unit == odd
    book = opened(form.write(made, 1, builders.CREATED))
    assert book.defined_names[layout.TOKEN_NAME].value.replace('""', '"') == f'"{made.token}"'


def test_a_units_name_too_long_to_be_signed_is_refused() -> None:
    plan = builders.with_task(builders.small_plan(), 1, leads=("县" * 200,))
    with pytest.raises(PlanError, match="单位名称过长"):
        builders.small_form("县" * 200, plan=plan)


def test_form_numbers_hold_no_letters_that_look_alike() -> None:
    numbers = "".join(builders.small_form(unit).number[8:] for unit in builders.UNITS)
    assert not set(numbers) & set("01OI")
    assert len(numbers) == 8 * len(builders.UNITS)


def test_nothing_in_the_file_names_the_machine_or_the_moment_of_writing() -> None:
    with zipfile.ZipFile(io.BytesIO(builders.written())) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert "2022-12-08T01:00:00Z" in core  # 09:00 in Shanghai
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


# ---------------------------------------------------------------- goldens


@pytest.mark.parametrize(
    ("name", "period"), [("form_month.txt", DECEMBER), ("form_quarter.txt", QUARTER)]
)
def test_a_form_looks_as_it_was_last_agreed(name: str, period: Period) -> None:
    texts = earlier("召开专题会议；\n印发方案。", layout.NOT_REPORTED)
    made = replace(builders.small_form(period=period), earlier=(texts,))
    check_golden(name, workbook_text(form.write(made, 1, builders.CREATED)))


# ---------------------------------------------------------------- a county's own columns

_OWN = [*(f"进度安排（{one}季度）" for one in "一二三四"), "牵头领导", "完成时限", "备注"]


def with_own(headers: list[str], texts: str) -> Form:
    plan = builders.small_plan()
    own = tuple((header, texts) for header in headers)
    tasks = tuple(replace(task, others=own) for task in plan.tasks)
    columns = with_further(plan.columns, headers)
    return builders.small_form(plan=replace(plan, tasks=tasks, columns=columns))


def test_a_form_of_many_columns_is_printed_no_smaller_than_one_of_the_seven() -> None:
    usual = builders.small_form()
    room = sum(column.width for column in usual.columns)
    few = with_own(_OWN[:3], "略")
    assert sum(column.width for column in few.columns) <= room
    assert form_sheet(form.write(few, 1, builders.CREATED)).page_setup.paperSize == 9
    many = with_own(_OWN + [f"其他第{n}项" for n in range(5)], "略")
    assert sum(column.width for column in many.columns) <= room * 1.42  # A3 is so much wider
    assert form_sheet(form.write(many, 1, builders.CREATED)).page_setup.paperSize == 8
    assert min(column.width for column in many.columns if column.width > 5) >= 8.5


def test_a_header_is_broken_before_its_bracket_and_never_inside_it() -> None:
    header = {
        cell.value for cell in form_sheet(form.write(with_own(_OWN, "略"), 1, builders.CREATED))[4]
    }
    assert "进度安排\n（一季度）" in header


def test_a_countys_own_column_that_says_nothing_to_a_unit_is_not_in_its_form() -> None:
    assert "备注" in [column.header for column in with_own(["备注"], "略").columns]
    assert "备注" not in [column.header for column in with_own(["备注"], "").columns]
