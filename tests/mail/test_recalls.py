"""Notices that a message is recalled: what that had brought is named, and nothing is undone."""

from pathlib import Path

import pytest

from edu_sheet.reading.letters.recall import recalled
from tests.mail.test_answers import collected, entries, form_beside, state, told
from tests.support.builders import FINANCE
from tests.support.letters import eml, text
from tests.support.post import ADDRESSES, workspace
from tests.support.session import Session

TEXTS = dict.fromkeys((1, 2, 4), "已整改22处。")
SUBJECT = "12月报送"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = workspace(tmp_path / "督办")
    collected(made, mailed(SUBJECT, text("见附件"), form_beside(made, TEXTS)), "报送.eml")
    assert entries(made) == TEXTS
    return made


def mailed(subject: str, *parts: bytes, sender: str = ADDRESSES[FINANCE], more: str = "") -> bytes:
    head = f"From: <{sender}>\r\nSubject: {subject}\r\nDate: Fri, 30 Dec 2022 10:30:00 +0800{more}"
    return eml(*parts, head=head.encode())


@pytest.mark.parametrize(
    ("subject", "said", "what"),
    [
        (f"撤回: {SUBJECT}", f"王某 将撤回邮件“{SUBJECT}”。", SUBJECT),
        (f"Recall: {SUBJECT}", f'Wang would like to recall the message, "{SUBJECT}".', SUBJECT),
        (f"召回：{SUBJECT}", "", SUBJECT),
        ("邮件撤回通知", f"发件人已撤回邮件《{SUBJECT}》", SUBJECT),
        (f"[撤回]{SUBJECT}", "发件人撤回了一封邮件", SUBJECT),
        ("通知", f"管理员撤回了邮件，主题为：{SUBJECT}", SUBJECT),
        ("通知", "请撤回昨天的邮件", None),
        ("通知", "对方已撤回邮件", ""),
        (f"撤回: {SUBJECT}", "以这个为准：第1项完成22处整改。", None),
        ("Message Recall Failure: x", "Your message was read.", None),
        ("12月", "已收回欠款12万元。", None),
    ],
)
def test_a_notice_is_known_with_the_subject_that_it_names(
    subject: str, said: str, what: str | None
) -> None:
    assert recalled(subject, said) == what


def test_the_clerk_is_told_which_return_it_was_and_nothing_is_undone(session: Session) -> None:
    notice = mailed(f"撤回: {SUBJECT}", text(f"王某 将撤回邮件“{SUBJECT}”。"))
    (found,) = collected(session, notice, "撤回.eml")
    assert (found["verdict"], found["unit"]) == ("attention", FINANCE)
    said = told(session, found["id"])
    assert "编号 1（报送.eml/a.xlsx）" in said
    assert "什么都没有撤销" in said
    assert entries(session) == TEXTS
    assert state(session) == "attention"
    for way in (["--accept"], ["--unit", FINANCE, "--period", "2022-12"]):
        refused = session("resolve", found["id"], *way)
        assert (refused.status, "撤回邮件的通知" in refused.err) == (2, True)
    assert session("resolve", found["id"], "--reject").status == 0
    assert state(session) == "returned"
    assert session("resolve", found["id"], "--undo").status == 1
    assert told(session, found["id"]) == said
    session("resolve", "1", "--reject", "--yes")
    assert entries(session) == {}


@pytest.mark.parametrize(
    ("sender", "subject"), [("wang@private.test", SUBJECT), (ADDRESSES[FINANCE], "另一封")]
)
def test_a_notice_about_another_s_mail_names_no_return_and_no_unit(
    session: Session, sender: str, subject: str
) -> None:
    (found,) = collected(session, mailed(f"撤回: {subject}", text(""), sender=sender), "撤回.eml")
    assert (found["verdict"], found["unit"]) == ("attention", None)
    assert "没有收取过那封邮件" in told(session, found["id"])
    assert state(session) == "returned"


def test_a_notice_whose_sender_is_not_proven_is_in_no_unit_s_line(session: Session) -> None:
    failed = "\r\nAuthentication-Results: mx.test; spf=fail; dmarc=fail"
    (found,) = collected(session, mailed(f"撤回: {SUBJECT}", text(""), more=failed), "撤回.eml")
    assert (found["verdict"], found["unit"]) == ("attention", None)
    assert state(session) == "returned"


def test_a_form_that_comes_under_such_a_subject_is_a_form(session: Session) -> None:
    newer = dict.fromkeys(TEXTS, "已整改25处。")
    came = mailed(f"撤回: {SUBJECT}", text("以这份为准"), form_beside(session, newer))
    collected(session, came.replace(b"10:30", b"11:30"))
    assert entries(session) == newer
