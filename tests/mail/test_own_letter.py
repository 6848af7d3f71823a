"""Our own letters under a number that a server or a mail program has given them anew."""

import re
from pathlib import Path

import pytest

from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.letters import Mailed, MailKind, MailState
from tests.mail.test_answers import collected, enclosed, entries, letter, state
from tests.support.builders import DECEMBER, FINANCE, fill, moment
from tests.support.letters import attachment, eml, text
from tests.support.post import ADDRESSES, mail_settings, parsed, workspace
from tests.support.servers import ACCOUNT
from tests.support.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = workspace(tmp_path / "督办", mail=mail_settings())
    assert made("mail", "2022-12").status in (0, 1)
    at = moment("2022-12-20T09:00")
    sent = Mailed(
        0, MailKind.FORM, DECEMBER, FINANCE, "k", ADDRESSES[FINANCE], "<1@x>", MailState.SENT, at
    )
    with Ledger.open(Workspace(made.folder).ledger) as ledger:
        ledger.letters.begin(sent)
    return made


def anew(session: Session) -> bytes:
    """Return our letter to the unit, as it went out but for its number."""
    (draft,) = (session.folder / "下发/2022-12/邮件").glob("*县财政局.eml")
    data = draft.read_bytes()
    assert str(parsed(data)["From"]).endswith(f"<{ACCOUNT}>")
    return re.sub(rb"(?im)^message-id:.*\r?\n", b"", data).replace(
        b"Subject:", b"Message-ID: <given.by.a.server@mx.test>\nSubject:", 1
    )


def codes(found: list[dict[str, object]]) -> set[str]:
    return {str(one["findings"][0]["code"]) for one in found}  # type: ignore[index]


def test_a_copy_under_another_number_is_our_own_letter_and_no_return(session: Session) -> None:
    found = collected(session, anew(session), "已发送.eml")
    assert codes(found) == {"own_letter"}
    assert state(session) == "missing"
    assert [*(session.folder / "待处理").iterdir()] == []


def test_a_unit_that_attaches_our_letter_has_answered_in_its_own_words_alone(
    session: Session,
) -> None:
    found = collected(session, letter(text("第1项：整改22处。"), enclosed(anew(session))))
    waits = [one for one in found if one["verdict"] == "attention"]
    assert [one["file"] for one in waits] == ["回复.eml"]
    assert {one["findings"][0]["code"] for one in found if one not in waits} == {"own_letter"}


def test_what_was_filled_in_or_written_from_our_address_is_looked_at(session: Session) -> None:
    data = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    filled = fill(data, {1: "甲。"})
    head = f"From: <{ACCOUNT}>\r\nSubject: =?utf-8?b?5Luj5oql?=".encode()
    named = b'Content-Disposition: attachment; filename="a.xlsx"'
    collected(session, eml(text("代报"), attachment(filled, named), head=head), "代报.eml")
    assert entries(session) == {1: "甲。"}
    subject = "关于报送2022年12月进展情况的通知（县财政局）".encode()
    head = b"From: <%b>\r\nSubject: %b" % (ACCOUNT.encode(), subject)
    (found,) = collected(session, eml(text("县财政局：已整改22处。"), head=head), "记.eml")
    assert found["verdict"] == "attention", "it tells of work"
