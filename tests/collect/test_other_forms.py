"""What is no form: beside one it is a line; instead of one it is that unit's, and waits for a form."""

import io
import zipfile

import openpyxl
import pytest

from edu_sheet.check.name import Names, named_period
from edu_sheet.collect.choices import Way, choices
from edu_sheet.facts.status import unit_status
from edu_sheet.facts.waiting import waiting
from edu_sheet.issue import generate
from edu_sheet.sentences import sentence
from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.period import Month, Period
from edu_sheet.words.returns import Came, State, Submission, Verdict
from tests.support import letters
from tests.support.builders import (
    CREATED,
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    QUARTER,
    fill,
    small_plan,
)
from tests.support.inbox import Desk

PDF = b"%PDF-1.7\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return stream.getvalue()


def codes(one: Submission) -> list[str]:
    return [finding.code for finding in one.findings]


def state(desk: Desk, unit: str = EDUCATION) -> State:
    return next(one.state for one in unit_status(desk.ledger, DECEMBER) if one.unit == unit)


def test_scans_and_photographs_beside_a_form_are_one_line_on_it(desk: Desk) -> None:
    files = {
        "教育局/佐证/1.png": PNG,
        "教育局/佐证/2.png": PNG + b"2",
        "教育局/说明.pdf": PDF,
        "教育局/表.xlsx": fill(desk.form(), {1: "甲"}),
    }
    one = desk.receive(packed(files), "包.zip")
    assert (one.verdict, one.unit) == (Verdict.ACCEPTED, EDUCATION)
    (told,) = [finding for finding in one.findings if finding.code == "lies_beside"]
    assert "3 个" in sentence(told)
    assert "教育局/佐证/2.png" in sentence(told)
    assert (desk.pending(), desk.texts()) == ([], {1: "甲"})
    assert desk.receive(packed(files), "再来.zip").verdict is Verdict.IGNORED


def test_a_stamped_scan_in_the_same_mail_waits_for_nobody(desk: Desk) -> None:
    form = letters.attachment(
        fill(desk.form(), {1: "甲"}), b'Content-Disposition: attachment; filename="a.xlsx"'
    )
    scan = letters.attachment(PDF, b'Content-Disposition: attachment; filename="scan.pdf"')
    one = desk.receive(letters.eml(scan, form), "信.eml")
    assert codes(one) == ["by_mail", "lies_beside"]
    assert desk.pending() == []


def test_another_units_scan_beside_a_form_is_that_units_answer(desk: Desk) -> None:
    files = {"表.xlsx": fill(desk.form(), {1: "甲"}), "财政局.pdf": PDF}
    desk.drop("包.zip", packed(files))
    form, scan = desk.collect().submissions
    assert (form.unit, scan.unit, scan.verdict) == (EDUCATION, FINANCE, Verdict.ATTENTION)


def test_of_several_units_forms_a_scan_lies_beside_the_one_in_its_folder(desk: Desk) -> None:
    files = {
        "甲/表.xlsx": fill(desk.form(), {1: "甲"}),
        "乙/表.xlsx": fill(desk.form(FINANCE), {1: "乙"}),
        "甲/扫描.pdf": PDF,
        "扫描.pdf": PDF + b"2",
    }
    desk.drop("包.zip", packed(files))
    first, second, scan = desk.collect().submissions
    assert (codes(first), codes(second)) == (["lies_beside"], [])
    assert (scan.file, scan.verdict) == ("包.zip/扫描.pdf", Verdict.ATTENTION)


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("县教育局季度盖章.pdf", QUARTER),
        ("县教育局季报.pdf", QUARTER),
        ("县教育局四季度盖章.pdf", QUARTER),
        ("县教育局三季度盖章.pdf", None),
        ("县教育局12月.pdf", DECEMBER),
    ],
)
def test_a_name_with_a_quarter_beside_the_unit_is_that_units_and_the_quarters(
    name: str, period: Period | None
) -> None:
    assert Names({EDUCATION: EDUCATION}).told_by(name) == EDUCATION
    said = {one for awaited in (DECEMBER, QUARTER) if (one := named_period(name, awaited))}
    assert said == ({period} if period else set())


@pytest.mark.parametrize("name", ["教育局.pdf", "县教育局2022年12月进展情况（盖章扫描件）.pdf"])
def test_a_pdf_that_names_its_unit_is_that_units_until_a_form_comes(desk: Desk, name: str) -> None:
    desk.receive(fill(desk.form(period=NOVEMBER), {1: "上月"}), "十一月.xlsx", "2022-11-30")
    one = desk.receive(PDF, name)
    assert (one.unit, one.period, one.verdict) == (EDUCATION, DECEMBER, Verdict.ATTENTION)
    assert state(desk) is State.ATTENTION
    assert waiting(desk.ledger).nobodys == []
    note = (desk.workspace.pending / desk.pending()[1]).read_text(encoding="utf-8-sig")
    assert "代填" in note
    assert "--accept" not in note
    desk.drop("表.xlsx", fill(desk.form(), {1: "甲"}))
    form, pdf = desk.collect().submissions
    assert (form.verdict, pdf.id, pdf.verdict) == (Verdict.ACCEPTED, one.id, Verdict.IGNORED)
    assert f"据编号 {one.id} 的文件（{name}）" in sentence(form.findings[-1])
    assert f"编号 {form.id}" in sentence(pdf.findings[-1])
    assert (desk.pending(), state(desk)) == ([], State.RETURNED)
    assert desk.receive(PDF, name).verdict is Verdict.IGNORED, "it stays settled"


@pytest.mark.parametrize(("day", "period"), [("2022-11-30", NOVEMBER), ("2022-12-01", DECEMBER)])
def test_a_pdf_is_of_the_month_that_has_begun(desk: Desk, day: str, period: Month) -> None:
    assert desk.receive(PDF, "教育局.pdf", day).period == period


@pytest.mark.parametrize("ending", ["xlsx", "docx", "zip"])
@pytest.mark.parametrize("data", [b"PK\x03\x04 and no more of it", b""])
def test_a_damaged_file_is_the_units_that_its_name_gives_whatever_its_ending(
    desk: Desk, ending: str, data: bytes
) -> None:
    one = desk.receive(data, f"{EDUCATION}2022年12月进展.{ending}")
    assert (one.verdict, one.unit, one.period) == (Verdict.ATTENTION, EDUCATION, DECEMBER)
    assert "只是程序读不了" in sentence(one.findings[-1])
    (line,) = [one for one in unit_status(desk.ledger, DECEMBER) if one.unit == EDUCATION]
    assert (line.state, line.came) == (State.ATTENTION, Came.WAITING)
    desk.drop("重发.xlsx", fill(desk.form(), {1: "甲"}))
    form, settled = desk.collect().submissions
    assert (form.verdict, settled.verdict) == (Verdict.ACCEPTED, Verdict.IGNORED)
    assert (state(desk), desk.pending()) == (State.RETURNED, [])


def own_table() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["序号", "工作事项", "进展情况"])
    sheet.append([1, "某项", "已建成两所"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_unit_that_only_the_name_of_a_table_gives_has_not_been_silent(desk: Desk) -> None:
    one = desk.receive(own_table(), f"{EDUCATION}2022年12月进展.xlsx")
    assert (one.verdict, one.unit) == (Verdict.ATTENTION, None)
    assert f"文件名写的是“{EDUCATION}”（可能是 2022-12）" in sentence(one.findings[-1])
    (line,) = [one for one in unit_status(desk.ledger, DECEMBER) if one.unit == EDUCATION]
    assert (line.state, line.came) == (State.ATTENTION, Came.PERHAPS)
    offered = [(way.unit, way.period) for way in choices(desk.ledger, one) if way.way is Way.ASSIGN]
    assert offered == [(EDUCATION, DECEMBER)]
    desk.receive(fill(desk.form(), {1: "甲"}), "表.xlsx")
    assert state(desk) is State.RETURNED


def test_a_table_whose_name_says_a_month_that_was_not_asked_is_no_answer(desk: Desk) -> None:
    desk.receive(own_table(), f"{EDUCATION}2021年3月进展.xlsx")
    assert state(desk) is State.MISSING


def test_an_archive_of_which_some_was_read_is_not_settled_by_what_was(desk: Desk) -> None:
    inner = packed({"最里.zip": packed({"另一份.xlsx": fill(desk.form(), {2: "乙"})})})
    files = {"表.xlsx": fill(desk.form(), {1: "甲"}), "里面.zip": inner}
    desk.drop(f"{EDUCATION}2022年12月.zip", packed(files))
    taken = desk.collect().submissions
    assert Verdict.ATTENTION in {one.verdict for one in taken}
    assert desk.pending() != []


def test_a_pdf_whose_name_merely_contains_a_units_is_nobodys(desk: Desk) -> None:
    one = desk.receive(PDF, "县教育局直属县职业中等专业学校.pdf")
    assert one.unit is None
    assert [waits.id for waits in waiting(desk.ledger).nobodys] == [one.id]


def test_whose_a_picture_is_can_be_said_and_shows_in_the_status(desk: Desk) -> None:
    desk.receive(PNG, "IMG_0001.png")
    with pytest.raises(EduSheetError, match="不能直接照收"):
        desk.resolve(accept=True)
    one = desk.resolve(unit=EDUCATION, period=DECEMBER)
    assert (one.unit, one.verdict) == (EDUCATION, Verdict.ATTENTION)
    assert "代填" in sentence(one.findings[-1])
    assert state(desk) is State.ATTENTION
    desk.drop("表.xlsx", fill(desk.form(), {1: "甲"}))
    assert [one.verdict for one in desk.collect().submissions] == [
        Verdict.ACCEPTED,
        Verdict.IGNORED,
    ]


def test_an_empty_form_settles_no_pdf(desk: Desk) -> None:
    desk.receive(PDF, "财政局12月.pdf")
    desk.receive(desk.form(FINANCE), "空表.xlsx")
    assert state(desk, FINANCE) is State.ATTENTION


def test_a_form_that_a_person_accepts_settles_the_pdf(desk: Desk) -> None:
    desk.receive(PDF, "财政局12月.pdf")
    merged = fill(desk.form(FINANCE), {1: "甲"})

    book = openpyxl.load_workbook(io.BytesIO(merged))
    book["填报表"]["L7"] = "右边补充的进展。"
    stream = io.BytesIO()
    book.save(stream)
    waits = desk.receive(stream.getvalue(), "表.xlsx")
    assert (waits.verdict, len(desk.pending())) == (Verdict.ATTENTION, 4)
    desk.resolve(waits.id, accept=True)
    assert (desk.pending(), state(desk, FINANCE)) == ([], State.RETURNED)


def test_a_pdf_waits_in_every_period_that_is_open_for_its_unit(desk: Desk) -> None:
    desk.receive(fill(desk.form(period=NOVEMBER), {1: "上月"}), "十一月.xlsx", "2022-11-30")
    generate.generate(
        desk.workspace, small_plan(), desk.ledger, QUARTER, None, force=False, now=CREATED
    )
    one = desk.receive(PDF, "县教育局.pdf")
    assert (one.unit, one.period, one.verdict) == (EDUCATION, None, Verdict.ATTENTION)
    for period in (DECEMBER, QUARTER):
        (mine,) = [line for line in unit_status(desk.ledger, period) if line.unit == EDUCATION]
        assert mine.state is State.ATTENTION
        assert mine.came is Came.OTHER_FORM
    note = (desk.workspace.pending / desk.pending()[1]).read_text(encoding="utf-8-sig")
    assert f"--unit {EDUCATION} --period {DECEMBER}" in note.replace('"', "")
    assert f"--unit {EDUCATION} --period {QUARTER}" in note.replace('"', "")
    assert "--period 期次" not in note
    settled = desk.resolve(one.id, unit=EDUCATION, period=DECEMBER)
    assert settled.period == DECEMBER
    assert (
        next(line.state for line in unit_status(desk.ledger, QUARTER) if line.unit == EDUCATION)
        is State.MISSING
    )


def test_a_pdf_that_answers_a_form_before_its_month_is_that_months(desk: Desk) -> None:
    for period in (NOVEMBER, DECEMBER):
        assert desk.form(period=period)
    desk.receive(fill(desk.form(period=NOVEMBER), {1: "上月"}), "十一月.xlsx", "2022-11-20")
    one = desk.receive(PDF, "县教育局.pdf", "2022-11-28")
    assert (one.unit, one.period) == (EDUCATION, DECEMBER)


@pytest.mark.parametrize("text", ["本月工作已按要求完成，请查收。", "姓名,电话\n甲,1\n乙,2\n"])
@pytest.mark.parametrize("name", ["说明.txt", "县教育局/说明.TXT"])
def test_a_note_beside_a_form_is_one_line_on_it(desk: Desk, name: str, text: str) -> None:
    files = {name: text.encode(), "县教育局/表.xlsx": fill(desk.form(), {1: "甲"})}
    one = desk.receive(packed(files), "包.zip")
    assert (one.verdict, codes(one), desk.pending()) == (Verdict.ACCEPTED, ["lies_beside"], [])
    assert name in sentence(one.findings[0])


def test_a_note_without_a_form_waits(desk: Desk) -> None:
    one = desk.receive(packed({"说明.txt": "本月工作已完成。".encode()}), "包.zip")
    assert (one.verdict, one.file) == (Verdict.ATTENTION, "包.zip/说明.txt")


def test_a_form_saved_as_text_beside_another_one_is_no_note(desk: Desk) -> None:
    theirs = openpyxl.load_workbook(io.BytesIO(fill(desk.form(FINANCE), {1: "财政"})))
    lines = [
        "\t".join(str(cell.value or "").replace("\n", " ") for cell in row)
        for row in theirs["填报表"].iter_rows()
    ]
    desk.drop(
        "包.zip",
        packed({"甲.txt": "\r\n".join(lines).encode(), "表.xlsx": fill(desk.form(), {1: "甲"})}),
    )
    units = {one.unit for one in desk.collect().submissions}
    assert units == {EDUCATION, FINANCE}


def test_a_sheet_of_a_unit_s_own_with_progress_in_a_header_is_not_said_to_have_none(
    desk: Desk,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["任务", "进展情况"])
    requirements = small_plan().tasks[2].requirements
    sheet.append([requirements, "已经完成。"])
    stream = io.BytesIO()
    book.save(stream)
    one = desk.receive(stream.getvalue(), "自制.xlsx")
    told = desk.resolve(one.id, unit=EDUCATION, period=DECEMBER)
    assert "no_progress_column" not in codes(told)
    assert codes(told).count("column_missing") == 1
    assert "已经完成。" in "".join(map(sentence, told.findings))


def test_no_text_of_a_table_of_a_unit_s_own_is_left_out_however_short_or_many(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["编号", "办理情况"])
    for number in range(70):
        sheet.append([number, "已拨款" if number == 0 else f"已办{number}件"])
    stream = io.BytesIO()
    book.save(stream)
    one = desk.receive(stream.getvalue(), "自制.xlsx")
    said = [*map(sentence, desk.resolve(one.id, unit=EDUCATION, period=DECEMBER).findings)]
    assert any(line.endswith("：已拨款") for line in said)
    assert sum("自制的表格里写有内容" in line for line in said) == 60
    assert any("还有文字没有逐条列出" in line for line in said)
