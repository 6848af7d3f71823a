"""What a settled file says of itself: what was decided, and why it had waited."""

from pathlib import Path

import pytest

from edu_sheet import app
from edu_sheet.screen.shown import in_short
from edu_sheet.words.returns import Submission, Verdict
from tests.mail.test_answers import collected, letter
from tests.support.builders import DECEMBER, FINANCE, fill
from tests.support.letters import text
from tests.support.post import workspace
from tests.support.returns import edit
from tests.support.session import Session

ODD = "第1项：已整改22处。"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = workspace(tmp_path / "督办")
    collected(made, letter(text(ODD)))
    return made


def one(session: Session, number: int = 1) -> Submission:
    return next(each for each in app.received(session.folder, DECEMBER) if each.id == number)


def test_a_file_that_was_rejected_says_why_it_had_waited(session: Session) -> None:
    said = session("resolve", "1", "--reject").out.replace("\n", "")
    assert "按您的裁定，不采用这份文件" in said
    assert "邮件里没有附件，没有内容可收" in said
    assert ODD in said
    found = one(session)
    assert (found.verdict, found.needs_a_person) == (Verdict.IGNORED, False)
    assert [each.code for each in found.waited_for] == ["mail_without_attachment"]
    assert "邮件里没有附件" in in_short(found)
    assert session("merge", "2022-12").status in (0, 1)


def test_a_rejection_that_is_taken_back_leaves_it_as_it_was(session: Session) -> None:
    before = one(session)
    session("resolve", "1", "--reject")
    session("resolve", "1", "--undo")
    after = one(session)
    assert (after.verdict, after.unit) == (before.verdict, before.unit)
    assert {each.key for each in after.findings} == {each.key for each in before.findings}


def test_a_file_that_was_accepted_says_so_and_why_it_had_waited(session: Session) -> None:
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    odd = edit(fill(form, {1: "甲。"}), lambda sheet, _: sheet.cell(30, 12, "另有一件已办结。"))
    (session.folder / "收件箱/表.xlsx").write_bytes(odd)
    session("collect")
    found = one(session, 2)
    assert found.verdict is Verdict.ATTENTION
    (why, *_) = found.waited_for
    session("resolve", "2", "--accept")
    settled = one(session, 2)
    assert [each.code for each in settled.decided] == ["accepted_by_decision"]
    assert why.code in [each.code for each in settled.waited_for]
    assert "按您的裁定" in in_short(settled)


def test_a_mail_that_a_form_has_settled_says_which_and_asks_for_none(session: Session) -> None:
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    (session.folder / "收件箱/代填.xlsx").write_bytes(fill(form, {1: ODD}))
    session("collect")
    assert "的填报表已收（编号 2）" in in_short(one(session))
    assert "邮件里没有附件" not in in_short(one(session))


def test_a_plain_return_needs_no_words(session: Session) -> None:
    form = (session.folder / "下发/2022-12/2022-12_县公安局.xlsx").read_bytes()
    (session.folder / "收件箱/公安.xlsx").write_bytes(fill(form, {5: "甲。"}))
    session("collect")
    assert one(session, 2).unit != FINANCE
    assert in_short(one(session, 2)) == ""
