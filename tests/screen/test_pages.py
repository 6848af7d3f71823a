"""The pages, asked for as a browser asks: each has its words, and every button works."""

import re
import threading
from pathlib import Path

import pytest

from edu_sheet.kit.progress import Progress
from edu_sheet.plan.writing.write import write_workbook
from edu_sheet.screen.jobs import BusyError, Jobs
from edu_sheet.screen.verb import VERBS
from tests.app.conftest import Office
from tests.support.builders import DECEMBER, EDUCATION, fill, small_plan, with_task
from tests.support.clerk import Clerk


def test_a_new_clerk_is_shown_how_to_begin(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path)
    assert clerk.first.path == "/start"
    assert "新建工作区" in clerk.first.text
    assert "还没有用过的工作区" in clerk.first.text


def test_a_period_shows_its_four_steps_with_their_counts(clerk: Clerk) -> None:
    page = clerk.get("/p/2022-12")
    for said in (
        "① 下发 6/6份",
        "② 收表 0/6已报",
        "③ 待处理 0份",
        "④ 汇总 未做",
        "截止日 2022-12-31",
    ):
        assert said in page.text
    assert page.html.count('"button primary"') == 1


def test_a_file_that_is_dropped_is_collected_and_counted(clerk: Clerk, office: Office) -> None:
    assert clerk.drop("教育局.xlsx", fill(office.form(EDUCATION), {1: "已完成"})).status == 200
    assert "收取这1个" in clerk.get("/p/2022-12/collect").buttons
    done = clerk.wait(clerk.post("/p/2022-12/collect"))
    assert "收取了 1 份：已收 1" in done.text
    assert "② 收表 1/6已报" in done.text
    assert "2022年12月 缺4项" in done.text, "who reads this list need not look for blanks elsewhere"


def test_what_could_not_be_sent_is_told_beside_what_was_collected(
    clerk: Clerk, office: Office
) -> None:
    clerk.drop("教育局.xlsx", fill(office.form(EDUCATION), {1: "已完成"}))
    done = clerk.wait(
        clerk.post("/p/2022-12/collect", failed=["空.xlsx：没有传成：文件是空的", "<b>"])
    )
    assert "收取了 1 份：已收 1" in done.text
    assert "没有传成的 2 个 空.xlsx：没有传成：文件是空的 <b>" in done.text


def test_deadlines_that_nobody_looked_for_are_not_said_to_be_none(
    clerk: Clerk, office: Office
) -> None:
    assert "没有已到期或三个月内到期的" in clerk.get("/p/2022-12/due").text  # its plan names none
    named = with_task(small_plan(), 1, requirements="到2025年，学前教育毛入园率达到92%。")
    office.workspace.plan.write_bytes(write_workbook(named))
    clerk.wait(clerk.post("/settings/check"))
    for page in (
        clerk.get("/p/2022-12/due"),
        clerk.wait(clerk.post("/p/2022-12/supervise")),
    ):
        assert "处日期还没有找过时限" in page.text
        assert "三个月内也没有到期的" not in page.text
    done = clerk.wait(clerk.post("/settings/deadlines"))
    assert "新增 1 行" in done.text
    assert "还没有找过时限" not in clerk.get("/p/2022-12/due").text


def test_after_an_error_the_way_leads_back_to_where_she_was(clerk: Clerk) -> None:
    came = f"{clerk.running.origin}/wizard"
    answer = clerk.browser.post(
        "/wizard/read",
        base_url=clerk.running.origin,
        data={"token": clerk.token},
        headers={"Origin": clerk.running.origin, "Referer": came},
    )
    assert '<a class="button primary" href="/wizard">返回</a>' in answer.get_data(as_text=True)


def test_a_run_that_was_killed_is_told_with_what_still_lies_there(
    clerk: Clerk, office: Office
) -> None:
    clerk.drop("甲.xlsx", office.form(EDUCATION))
    office.workspace.reading_now.write_bytes(b"")
    assert "上次收取没有做完" in clerk.get("/p/2022-12/collect").text
    page = clerk.get("/p/2022-12")
    assert "上次收取没有做完" in page.text
    assert '<a href="/p/2022-12/collect" class="button primary">' in page.html
    clerk.wait(clerk.post("/p/2022-12/collect"))
    assert "上次收取没有做完" not in clerk.get("/p/2022-12/collect").text


def test_forms_are_made_by_a_click(clerk: Clerk) -> None:
    assert "生成3份填报表" in clerk.get("/p/2022Q4/issue").buttons
    done = clerk.wait(clerk.post("/p/2022Q4/issue"))
    assert "3 个单位的填报表" in done.text


def test_what_a_job_came_to_is_told_of_its_own_period_whatever_another_window_shows(
    clerk: Clerk,
) -> None:
    started = clerk.post("/p/2022Q4/issue")
    clerk.get("/p/2022-12/collect")
    done = clerk.wait(started)
    assert "2022年第四季度：3 个单位的填报表" in done.text
    assert 'action="/open/issued/2022Q4"' in done.html


def test_what_cannot_be_done_is_said_in_one_box_without_a_command(
    clerk: Clerk, office: Office
) -> None:
    office.workspace.plan.write_bytes(b"no workbook")
    office.workspace.ledger.unlink()
    page = clerk.get("/p/2022-12")
    assert page.status == 400
    assert "没有做成" in page.text
    assert "edu-sheet" not in page.text


def test_a_bug_is_shown_with_its_details_and_written_down(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edu_sheet import app

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("<b>")

    monkeypatch.setattr(app, "overview", broken)
    page = clerk.get("/p/2022-12")
    assert page.status == 500
    assert "程序内部出错" in page.text
    assert "复制详情" in page.buttons
    assert "ZeroDivisionError" in page.text
    assert "<b>" not in page.html


def test_a_second_verb_is_refused_politely_while_one_is_under_way(clerk: Clerk) -> None:
    with clerk.running.jobs.alone("收取"):
        page = clerk.post("/p/2022-12/issue")
    assert page.status == 409
    assert "正在收取。 请等它做完，再点一次。" in page.text


def test_while_a_job_runs_every_page_says_how_far_it_is_and_offers_nothing_as_undone(
    clerk: Clerk, office: Office
) -> None:
    (office.workspace.inbox / "表.xlsx").write_bytes(office.form(EDUCATION))
    assert "收取这1个" in clerk.get("/p/2022-12/collect").buttons
    release, jobs = threading.Event(), clerk.running.jobs

    def work(progress: Progress) -> None:
        progress(25, 110)
        release.wait(60)

    with jobs.alone("收取"):
        jobs.start("收取", work, template="collected.html", back="/p", folder=office.root)
    busy = clerk.post("/p/2022-12/issue")
    shown = [
        clerk.get(path) for path in ("/p/2022-12", "/p/2022-12/collect", "/settings", "/matrix")
    ]
    release.set()
    assert "正在收取 25/110。 请等它做完，再点一次。" in busy.text
    for page in (busy, *shown):
        assert 'href="/job/1">看进度' in page.html
    for page in shown:
        assert "正在收取 25/110 看进度" in page.text
        assert "primary" not in page.html
        assert "收取这1个" not in page.text
        assert "都做完了" not in page.text


def test_every_post_is_a_verb_or_changes_nothing_that_another_could_spoil(clerk: Clerk) -> None:
    free = {"entrance.knock", "entrance.alive", "entrance.bye", "collect.upload"}
    site = clerk.browser.application
    views = {
        rule.endpoint: site.view_functions[rule.endpoint]
        for rule in site.url_map.iter_rules()
        if "POST" in (rule.methods or ())
    }
    free_ones = {
        name for name, view in views.items() if f"{view.__module__}.{view.__name__}" not in VERBS
    }
    assert free_ones == free


def test_the_plan_open_in_excel_stops_no_page_that_looks(clerk: Clerk, office: Office) -> None:
    (office.root / "~$分工方案.xlsx").write_bytes(b"")
    for path in ("/p/2022-12", "/p/2022-12/issue", "/p/2022-12/collect"):
        page = clerk.get(path)
        assert page.status == 200
        assert "方案正在 Excel 中打开，这里是上次保存的内容" in page.text


def test_a_number_that_nobody_has_is_no_page_and_no_bug(clerk: Clerk) -> None:
    for number in (999, 99999999999999999999):
        assert clerk.get(f"/return/{number}").status in (400, 404)


def test_where_nothing_came_the_blue_button_is_to_collect_however_late_it_is(clerk: Clerk) -> None:
    (blue,) = re.findall(r'href="([^"]+)" class="button primary"', clerk.get("/p/2022-12").html)
    assert blue == "/p/2022-12/collect"  # its day is long past


def test_period_is_chosen_from_the_list(clerk: Clerk) -> None:
    page = clerk.get(f"/p?period={DECEMBER}")
    assert page.path == "/p/2022-12"


def test_of_the_periods_those_that_are_worked_on_are_offered_and_the_others_are_a_page_away(
    clerk: Clerk,
) -> None:
    listed = re.findall(r'<option value="([^"]+)"', clerk.get("/p/2022-12").html)
    assert listed[0] == "2022-10"
    assert {"2022-11", "2022-12", "2022Q4", "2023-01", "2023Q1"} < {*listed}
    assert len(listed) < 12
    assert listed[-1] == "more"
    every = clerk.get("/p?period=more")
    assert every.path == "/periods"
    assert 'href="/p/2026-01"' in every.html
    far = clerk.get("/p/2026-01")
    assert '<option value="2026-01" selected' in far.html


def test_what_ended_at_once_gives_nobody_elses_turn_away() -> None:
    jobs, held = Jobs(), threading.Event()
    with jobs.alone("检查方案"):
        jobs.start("检查方案", lambda _: None, template="", back="").thread.join()
        other = jobs.alone("收取")
        other.__enter__()
    with pytest.raises(BusyError, match="正在收取"), jobs.alone("合并总表"):
        held.set()
    assert not held.is_set()
    other.__exit__(None, None, None)
    with jobs.alone("合并总表"):
        held.set()
    assert held.is_set()
