"""待处理 by clicks: a file beside what was issued; what a choice would take, then it, then undone."""

import io
import re

import openpyxl
import pytest

from edu_sheet import app
from edu_sheet.words.returns import Action, Submission, Verdict
from edu_sheet.words.step import Step, Verb
from tests.app.conftest import Office
from tests.support import letters
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, NOVEMBER, POLICE, fill, moment
from tests.support.clerk import Clerk, Page
from tests.support.returns import set_modified

STRAY = "写错地方的进展，<img src=x onerror=alert(1)>已经完成了三个项目。"


@pytest.fixture
def stray(office: Office) -> Submission:
    """Return what became of 县教育局's form, with an answer beside the table."""
    office.report(EDUCATION, {1: "十一月的进展。"}, NOVEMBER)
    data = fill(office.form(EDUCATION), {1: "十二月的进展。"})
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["填报表"]["L7"].value = STRAY
    stream = io.BytesIO()
    book.save(stream)
    (one,) = office.take(stream.getvalue(), "县教育局.xlsx")
    assert one.verdict is Verdict.ATTENTION
    return one


def fields(page: Page, label: str) -> dict[str, str]:
    """Return the fields of the form with that button."""
    for form in re.findall(r"<form\b.*?</form>", page.html, re.DOTALL):
        if label in form:
            return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    raise AssertionError(page.buttons)


def weigh(clerk: Clerk, one: Submission, label: str, **more: str) -> Page:
    """Click a choice; return the page that shows what it would take."""
    sent = fields(clerk.get(f"/return/{one.id}"), label) | more
    return clerk.get(f"/return/{one.id}/would?" + "&".join(f"{k}={v}" for k, v in sent.items()))


def settle(clerk: Clerk, one: Submission, weighed: Page) -> Page:
    """Click 确定."""
    sent = fields(weighed, "确定")
    del sent["token"]
    return clerk.post(f"/return/{one.id}/decide", **sent)


def test_nothing_waits_and_the_way_leads_to_the_outputs(clerk: Clerk) -> None:
    page = clerk.get("/p/2022-12/wait")
    assert "没有要您处理的文件。" in page.text
    assert "去汇总" in page.text


def test_a_file_stands_beside_what_was_issued_and_reported_before(
    clerk: Clerk, stray: Submission
) -> None:
    assert "打开，对照着看" in clerk.get("/p/2022-12/wait").text
    page = clerk.get(f"/return/{stray.id}")
    for said in ("坚持教育优先发展战略地位。", "十一月的进展。", "十二月的进展。"):
        assert said in page.text
    assert "<img" not in page.html
    assert "&lt;img src=x onerror=alert(1)&gt;" in page.html


def test_a_text_out_of_place_is_shown_and_then_taken_for_a_task_and_given_back(
    clerk: Clerk, stray: Submission, office: Office
) -> None:
    label = "收下L7的文字，作为第1项的进展"
    if label not in clerk.get(f"/return/{stray.id}").html:
        label = "收下L7的文字，作为所选这一项的进展"
    alone = weigh(clerk, stray, "只收“进展情况”栏里的文字，照收").text
    assert "写错地方的进展" in alone.partition("不收的文字")[2], "what accepting leaves is named"
    weighed = weigh(clerk, stray, label, task="T03")
    assert "会收下的文字" in weighed.text
    assert "写错地方的进展" in weighed.text
    assert not app.detail(office.root, stray.id).decisions
    settle(clerk, stray, weighed)
    taken = {one.row.key: one.taken for one in app.detail(office.root, stray.id).rows}
    assert STRAY in taken["T03"]
    undone = clerk.post(f"/return/{stray.id}/undo")
    assert "已撤回上一次裁定。" in undone.text
    assert not app.detail(office.root, stray.id).decisions


def test_a_file_is_put_aside_and_its_original_stays(
    clerk: Clerk, stray: Submission, office: Office
) -> None:
    weighed = weigh(clerk, stray, "不采用（原件仍在存档）")
    assert "什么文字也不收。" in weighed.text
    page = settle(clerk, stray, weighed)
    assert page.path == "/p/2022-12/wait"
    assert "未采用" in page.text
    assert app.detail(office.root, stray.id).original.exists()


def test_a_file_that_was_put_aside_is_found_again_and_the_decision_taken_back(
    clerk: Clerk, office: Office
) -> None:
    (one,) = office.take(b"no form at all", "说明.txt")
    page = settle(clerk, one, weigh(clerk, one, "不采用（原件仍在存档）"))
    assert f'<a href="/return/{one.id}">再看这份文件</a>' in page.html
    assert f'<a href="/return/{one.id}">说明.txt</a>' in clerk.get("/p/2022-12/files").html
    clerk.post(f"/return/{one.id}/undo")
    assert [each.id for each in app.waiting(office.root)] == [one.id]


def test_of_a_file_that_waits_it_is_said_whether_anything_was_taken(
    clerk: Clerk, stray: Submission, office: Office
) -> None:
    office.take(b"no form at all", "说明.txt")
    page = clerk.get("/p/2022-12/wait").text
    assert "已收下 1 处文字 ，其余等您定" in page
    assert "还没有收 。" in page


def test_whose_a_file_is_can_be_said_from_lists(clerk: Clerk, office: Office) -> None:
    (one,) = office.take(b"nothing that can be read", "说明.doc")
    page = clerk.get(f"/return/{one.id}")
    assert "归到这个单位、这一期" in page.buttons
    weighed = clerk.get(f"/return/{one.id}/would?action=assign&unit={POLICE}&period={DECEMBER}")
    settle(clerk, one, weighed)
    found = {each.id: each for each in app.returns_of(office.root, POLICE, DECEMBER)}
    assert one.id in found


def test_an_accepted_return_is_withdrawn_only_after_its_texts_were_shown(
    clerk: Clerk, office: Office
) -> None:
    one = office.report(POLICE, {5: "已完成。"})
    weighed = weigh(clerk, one, "撤回这份表，不采用")
    assert "1 项进展不再采用 ：总表和总结再生成时会少1项" in weighed.text
    assert "已完成。" in weighed.text
    settle(clerk, one, weighed)
    assert not app.withdrawn_by_rejecting(office.root, one.id).texts


def test_withdrawing_a_newer_return_says_which_older_texts_stand_again(
    clerk: Clerk, office: Office
) -> None:
    old = office.report(FINANCE, {1: "100万元。", 2: "甲。"})
    (new,) = office.take(
        fill(office.form(FINANCE), {1: "110万元。", 4: "乙。"}), "更正.xlsx", "2022-12-31T12:00"
    )
    weighed = weigh(clerk, new, "撤回这份表，不采用")
    said = f"2 项进展不再采用 ：1项改用编号 {old.id} 报的，总表和总结再生成时会少1项"
    assert said in weighed.text
    assert "改用的文字" in weighed.text
    assert "100万元。" in weighed.text
    settle(clerk, new, weighed)
    table = app.merge(office.root, DECEMBER).result.path
    assert "100万元。" in str([*openpyxl.load_workbook(table)["总表"].values])


def test_a_choice_that_was_made_already_leads_back_to_the_file_and_says_so(
    clerk: Clerk, stray: Submission, office: Office
) -> None:
    weighed = weigh(clerk, stray, "收下L7", task="T01")
    app.resolve(office.root, Step(Verb.RESOLVE, submission=stray.id, action=Action.REJECT))
    page = settle(clerk, stray, weighed)
    assert (page.status, page.path) == (200, f"/return/{stray.id}")
    assert '<p class="note undone" role="alert">还没有办：这一步已经办过了' in page.html
    page = clerk.get(f"/return/{stray.id}/would?action=take&finding=99&task=T01")
    assert "还没有办：这一步已经办过了" in page.text


def test_from_an_error_no_way_leads_to_an_address_that_is_no_page(
    clerk: Clerk, stray: Submission
) -> None:
    origin = clerk.running.origin
    answer = clerk.browser.get(
        f"/return/{stray.id}/would?action=assign&unit={POLICE}",
        base_url=origin,
        headers={"Referer": f"{origin}/return/{stray.id}/decide"},
    )
    assert f'href="/return/{stray.id}">返回</a>' in answer.get_data(as_text=True)


def test_a_file_with_a_password_is_read_once_the_clerk_types_it(
    clerk: Clerk, office: Office
) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    plain = io.BytesIO(fill(office.form(POLICE), {5: "已完成。"}))
    OOXMLFile(plain).encrypt("钥匙", locked)
    (one,) = office.take(locked.getvalue(), "县公安局.xlsx")
    assert "输入密码再读一次" in clerk.get(f"/return/{one.id}").buttons
    wrong = clerk.wait(clerk.post(f"/return/{one.id}/again", password="不对"))
    assert "待处理 1" in wrong.text
    right = clerk.wait(clerk.post(f"/return/{one.id}/again", password="钥匙"))
    assert "已收 1" in right.text
    assert "钥匙" not in right.html


def test_a_form_is_filled_in_from_a_letter_whose_words_stand_there_once(
    office: Office, clerk: Clerk
) -> None:
    letter = letters.eml(letters.text("各位：\n\n第1项已完成九成。"))
    (one,) = office.take(letter, "县教育局.eml")
    page = clerk.get(f"/return/{one.id}")
    assert page.text.count("完成九成") == 1
    assert "│" not in page.text
    assert clerk.get(f"/p/{DECEMBER}/wait").text.count("完成九成") == 1
    page = clerk.post(f"/return/{one.id}/form")
    collecting = clerk.get(f"/p/{DECEMBER}/collect").html
    assert '<button id="collect-button" class="primary">' in collecting, (
        "what lies there comes next"
    )
    assert collecting.count("primary") == 1
    (copy,) = office.workspace.inbox.iterdir()
    assert copy.name in page.text
    assert copy.read_bytes() == office.form(EDUCATION)
    copy.write_bytes(fill(copy.read_bytes(), {1: "已完成。"}))
    clerk.post(f"/return/{one.id}/form")
    assert copy.read_bytes() != office.form(EDUCATION), "what was written in it stays"
    page = clerk.wait(clerk.post(f"/p/{DECEMBER}/collect"))
    assert "收取了 1 份：已收 1；另有 1 份随收到的表了结。" in page.text
    assert "请让对方" not in page.text, "there is nothing to be done about what is settled"
    page = clerk.get(f"/return/{one.id}")
    assert "本件不再等待" in page.text
    assert "它原来等着，是因为：" in page.text
    assert "错误" not in page.text
    assert "提醒" not in page.text
    asked = f"/return/{one.id}/would?action=assign&unit={EDUCATION}&period={DECEMBER}"
    page = settle(clerk, one, clerk.get(asked))
    assert "这份文件还有要处理的" in page.text, "it holds more, and waits again"


def test_what_was_seen_before_another_window_decided_is_shown_anew_with_what_it_replaces(
    clerk: Clerk, office: Office
) -> None:
    for name, text in (("1稿", "已拨付三成。"), ("2稿", "已拨付五成。")):
        data = set_modified(fill(office.form(FINANCE), {2: text}), "2022-12-29T12:00:00Z")
        app.receive(office.root, f"{name}.xlsx", io.BytesIO(data))
    when = moment("2022-12-30T12:00")
    first, second = app.collect(office.root, received_at=when, now=when).submissions
    assert {first.verdict, second.verdict} == {Verdict.ATTENTION}
    seen = weigh(clerk, first, "以本件为准")
    assert "会被代替的文字" not in seen.text
    settle(clerk, second, weigh(clerk, second, "以本件为准"))
    assert "那份已经收取，本件没有收取" in clerk.get(f"/return/{first.id}").text
    anew = settle(clerk, first, seen)
    assert "请按现在的再看一遍" in anew.text
    assert "会被代替的文字" in anew.text
    assert "2稿.xlsx" in anew.text
    assert "已拨付五成。" in anew.text
    settle(clerk, first, anew)
    assert "收过，已由另一份代替" in clerk.get(f"/return/{second.id}").text
    assert "已收下" in clerk.get(f"/return/{first.id}").text
    (row,) = [one for one in app.detail(office.root, second.id).rows if one.taken]
    assert (row.stands, row.displaced) == ("已拨付三成。", True)
    (row,) = [one for one in app.detail(office.root, first.id).rows if one.taken]
    assert not row.displaced, "the one that a person took last stands"
