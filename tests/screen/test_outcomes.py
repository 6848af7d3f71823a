"""What a page says is so: each outcome is its own, and nothing is promised that is refused."""

import re
from datetime import date
from pathlib import Path

import openpyxl

from edu_sheet import app
from edu_sheet.cli.steps import decision_step
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.words.period import Month
from tests.app.conftest import Office
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, POLICE, fill, small_plan, with_task
from tests.support.clerk import Clerk
from tests.support.returns import set_modified

UNREADABLE = b"\xff\xd8\xff\xe0 no form"


def test_a_job_s_page_keeps_its_outcome_whatever_another_window_starts(clerk: Clerk) -> None:
    clerk.drop("照片.jpg", UNREADABLE)
    done = clerk.wait(
        clerk.post("/p/2022-12/collect", failed=["大.zip：没有传成"], litter="~$表.xlsx")
    )
    clerk.wait(clerk.post("/settings/check"))
    again = clerk.get(done.path)
    assert again.path == done.path
    assert "照片.jpg" in again.text
    assert "没有传成的 1 个" in again.text
    assert "临时文件没有传，不是填报表：~$表.xlsx" in again.text
    assert 'data-drop="/upload"' in again.html, "and more files may fall on it"


def test_the_row_of_a_file_that_waits_shows_its_error_first_and_nothing_that_was_not_done(
    clerk: Clerk, office: Office
) -> None:
    texts = range(1, 6)
    office.report(EDUCATION, {one: f"先报的第{one}项。" for one in texts})
    for draft in "甲乙":
        data = fill(office.form(EDUCATION), {one: f"{draft}稿第{one}项。" for one in texts})
        clerk.drop(f"{draft}.xlsx", set_modified(data, "2022-12-30T12:00:00Z"))
    done = clerk.wait(clerk.post("/p/2022-12/collect"))
    for row in done.html.split("<tr>")[2:]:
        assert "错误" in row.partition('<ul class="findings">')[2].partition("</li>")[0]
    assert "待处理 2" in done.text
    assert "项以本件为准" not in done.text


def test_a_copy_of_what_was_rejected_is_named_as_it_came(clerk: Clerk, office: Office) -> None:
    clerk.drop("照片.jpg", UNREADABLE)
    clerk.wait(clerk.post("/p/2022-12/collect"))
    app.resolve(office.root, decision_step(1, reject=True))
    clerk.drop("z.jpg", UNREADABLE)
    done = clerk.wait(clerk.post("/p/2022-12/collect"))
    assert "这次来的“z.jpg”与本件是同一个文件" in done.text


def test_what_is_no_news_makes_no_output_older(office: Office) -> None:
    form = fill(office.form(POLICE), {5: "甲"})
    office.take(form)
    app.merge(office.root, DECEMBER)
    before = app.overview(office.root, DECEMBER).outputs[0]
    (again,) = office.take(form, "再一份.xlsx")
    assert again.verdict.value == "ignored"
    assert app.overview(office.root, DECEMBER).outputs[0] == before


def test_the_next_month_is_offered_before_it_begins_and_none_before_the_first(
    clerk: Clerk, office: Office
) -> None:
    periods = [one.period for one in app.periods(office.root, today=date(2022, 12, 27))]
    assert Month(2023, 1) in periods
    assert Month(2023, 1).quarter in periods
    page = clerk.get("/p/2021-09/issue")
    assert '<option value="2021-09" selected>' in page.html
    assert "这一期不用报" in page.text
    assert not [one for one in page.buttons if one.startswith("生成")]


def test_a_past_month_is_not_issued_anew_for_a_unit_that_came_since(
    clerk: Clerk, office: Office
) -> None:
    _write(office, 2, "责任部门", "县财政局、县新设局")
    clerk.wait(clerk.post("/settings/check"))
    page = clerk.get("/p/2022-11")
    assert "① 下发 6/7份" in page.text
    assert '<a href="/p/2022-11/collect" class="button primary">' in page.html


def test_a_closing_tells_of_no_month_before_the_first(office: Office) -> None:
    plan = app.known_plan(office.root).plan
    assert "2022年9月" not in app.first_told_in_words(date(2022, 10, 20), plan)
    assert "2022年11月" in app.first_told_in_words(date(2022, 12, 20), plan)


def test_addresses_are_entered_all_or_none_and_what_was_typed_stays(
    clerk: Clerk, office: Office
) -> None:
    typed = {"unit": [EDUCATION, FINANCE, POLICE], "address": ["a@xian.test", "坏", "c@xian.test"]}
    page = clerk.post("/settings/address", **typed)
    assert (page.status, page.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "“县财政局”的“坏”不像邮件地址" in page.text
    for said in ("a@xian.test", "坏", "c@xian.test"):
        assert f'value="{said}"' in page.html
    assert not [one for one in app.known_plan(office.root).plan.roster.units if one.mail]


def test_an_alias_that_is_refused_is_refused_before_it_is_weighed(
    clerk: Clerk, office: Office
) -> None:
    group = "各乡镇党委、政府"
    clerk.post("/settings/members", unit=group, members="东河镇、西河镇")
    page = clerk.post("/settings/alias", unit=FINANCE, alias=group)
    assert "没有做成" in page.text
    assert "现在是另一个单位" not in page.text


def test_a_deadline_that_came_later_is_told_until_it_is_listed(
    clerk: Clerk, office: Office
) -> None:
    early = with_task(small_plan(), 1, requirements="到2025年，毛入园率达到92%。")
    office.workspace.plan.write_bytes(write_workbook(early))
    clerk.wait(clerk.post("/settings/deadlines"))
    _write(office, 2, "具体要求", "2023年6月底前建成。")
    done = clerk.wait(clerk.post("/settings/check"))
    assert "第2项写明的日期还没有列进“时限节点”" in done.text
    assert "找出时限" in done.buttons
    assert "处日期还没有找过时限" in clerk.get("/p/2022-12/due").text
    clerk.wait(clerk.post("/settings/deadlines"))
    assert "找出时限" not in clerk.wait(clerk.post("/settings/check")).buttons


def _write(office: Office, number: int, header: str, text: str) -> None:
    """Write into a cell of a task's row in the plan."""
    book = openpyxl.load_workbook(office.workspace.plan)
    sheet = book["分工方案"]
    column = next(one.column for row in sheet.iter_rows() for one in row if one.value == header)
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == number)
    sheet.cell(row, column).value = text
    if "县新设局" in text:
        book["单位名录"].append(["县新设局"])
    book.save(office.workspace.plan)


def test_a_bulletin_is_written_under_its_own_name(clerk: Clerk) -> None:
    clerk.wait(clerk.post("/p/2022-12/report"))
    assert clerk.running.jobs.get(1).what == "写调度通报"  # type: ignore[union-attr]  # it is there


def test_names_that_turn_their_order_are_shown_by_its_number_and_twins_told_apart(
    tmp_path: Path, office: Office
) -> None:
    for place in "甲乙":
        app.create(tmp_path / place / "清\u202e溪")
    clerk = Clerk(tmp_path / "home", tmp_path / "甲" / "清\u202e溪")
    assert "\u202e" not in clerk.get("/p/2022-12").text
    clerk.post("/start/folder", folder=str(tmp_path / "乙" / "清\u202e溪"))
    page = clerk.get("/start")
    assert "\u202e" not in page.text
    spoken = re.findall(r'aria-label="(清〔U\+202E〕溪，[^"]+)"', page.html)
    assert len({*spoken}) == len(spoken) == 2


def test_slides_and_full_texts_say_when_something_came_since(clerk: Clerk, office: Office) -> None:
    office.report(POLICE, {5: "甲"})
    for paper in ("slides", "full-texts"):
        clerk.wait(clerk.post(f"/p/2022Q4/{paper}"))
    before = clerk.get("/p/2022Q4/sum").html.partition('id="slides"')[2]
    assert "有新内容" not in before
    office.report(FINANCE, {1: "乙"})
    after = clerk.get("/p/2022Q4/sum").html.partition('id="slides"')[2]
    assert after.count("有新内容") == 2
