"""What lies in letters that came back: a form that was filled in is never lost in a report."""

from pathlib import Path

import pytest

from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.letters import Mailed, MailKind, MailState
from tests.mail.test_answers import collected, entries, letter, pasted, state, told
from tests.support.bounced import ADDRESS, IDENTITY, STANDARD, by_server, report, returned
from tests.support.builders import DECEMBER, FINANCE, fill, moment
from tests.support.letters import attachment, eml, text
from tests.support.post import ADDRESSES, mail_settings, workspace
from tests.support.returns import make_zip
from tests.support.session import Session

TEXTS = dict.fromkeys((1, 2, 4), "已整改22处。")
OWN = "<77@unit.test>"  # the unit's own letter
FAILED = report(about="dead@other.test")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = workspace(tmp_path / "督办", mail=mail_settings())
    at = moment("2022-12-20T09:00")
    sent = Mailed(
        0, MailKind.FORM, DECEMBER, FINANCE, "k", ADDRESS, IDENTITY, MailState.SENT, at
    )  # fmt: skip
    with Ledger.open(Workspace(made.folder).ledger) as ledger:
        ledger.letters.begin(sent)
    return made


def form(session: Session) -> bytes:
    return (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()


def passed_on(bounce: bytes, sender: str = ADDRESS, said: str = "") -> bytes:
    head = f"From: <{sender}>\r\nSubject: Fw\r\nDate: Sat, 31 Dec 2022 11:00:00 +0800".encode()
    return eml(text(said), b"Content-Type: message/rfc822\r\n\r\n" + bounce, head=head)


def test_a_filled_form_in_a_report_that_a_unit_passes_on_is_taken_in(session: Session) -> None:
    filled = fill(form(session), TEXTS)
    inner = by_server(FAILED, returned(filled, OWN, ADDRESS, "见附件"), kind=STANDARD)
    found = collected(session, passed_on(inner))
    taken = next(one for one in found if one["file"].endswith(".xlsx"))
    assert (taken["verdict"], taken["unit"]) == ("accepted", FINANCE)
    assert entries(session) == TEXTS
    assert any("随退信带回来" in one["message"] for one in taken["findings"])


@pytest.mark.parametrize("identity", [OWN, IDENTITY])
def test_a_filled_form_in_a_report_to_ourselves_is_taken_in(
    session: Session, identity: str
) -> None:
    """Whosever letter it lies in: what somebody wrote into a form is an answer."""
    filled = fill(form(session), TEXTS)
    found = collected(session, by_server(report(), returned(filled, identity), kind=STANDARD))
    assert "mail_bounced" in {one["findings"][0]["code"] for one in found}
    assert entries(session) == TEXTS
    assert state(session) in ("returned", "attention")


def test_a_filled_form_that_a_report_brings_itself_or_in_an_archive_is_taken_in(
    session: Session,
) -> None:
    filled = fill(form(session), TEXTS)
    named = b'Content-Disposition: attachment; filename="a.xlsx"'
    logo = attachment(b"\x89PNG\r\n\x1a\n", b'Content-Disposition: attachment; filename="i.png"')
    found = collected(session, by_server(text("550 user unknown"), attachment(filled, named), logo))
    assert len(found) == 2, "and no logo"
    assert entries(session) == TEXTS
    packed = returned(
        make_zip({"表.xlsx": fill(form(session), {1: "另报一句。"})}), OWN, name="表.zip"
    )
    found = collected(session, by_server(FAILED, packed, kind=STANDARD), "又.eml")
    assert {one["file"].rpartition(".")[2] for one in found} == {"eml", "xlsx"}


def test_what_a_report_brings_back_late_does_not_replace_what_the_unit_has_sent_since(
    session: Session,
) -> None:
    newer = fill(form(session), dict.fromkeys(TEXTS, "已整改25处。"))
    named = b'Content-Disposition: attachment; filename="b.xlsx"'
    collected(session, letter(text("见附件"), attachment(newer, named)), "新.eml")
    old = returned(fill(form(session), TEXTS), OWN, ADDRESS)
    found = collected(session, by_server(FAILED, old, kind=STANDARD))
    came = next(one for one in found if one["file"].endswith(".xlsx"))
    assert came["verdict"] == "attention"
    assert set(entries(session).values()) == {"已整改25处。"}


def test_an_answer_in_the_words_of_a_letter_that_came_back_waits_and_is_shown(
    session: Session,
) -> None:
    typed = returned(b"", OWN, ADDRESS, "第1项：整改22处。")
    found = collected(session, by_server(FAILED, typed, kind=STANDARD))
    shown = "".join(told(session, one["id"]) for one in found if one["verdict"] == "attention")
    assert "整改22处" in shown


@pytest.mark.parametrize("filled", [False, True])
def test_what_is_told_of_work_in_a_letter_of_a_box_that_nobody_knows_waits_and_is_shown(
    session: Session, *, filled: bool
) -> None:
    sent = fill(form(session), TEXTS) if filled else b""
    typed = returned(sent, OWN, "box@nobody.test", "第3项另有补充：召开专题会议3次。")
    found = collected(session, by_server(FAILED, typed, kind=STANDARD))
    shown = "".join(told(session, one["id"]) for one in found if one["verdict"] == "attention")
    assert "召开专题会议3次" in shown
    assert entries(session) == (TEXTS if filled else {})


def test_a_table_in_a_report_in_plain_words_is_an_answer_and_no_report(session: Session) -> None:
    page = text(f"<p>550 user unknown</p>{pasted(TEXTS)}", kind="html")
    (found,) = collected(session, by_server(page))
    assert "mail_table" in {one["code"] for one in found["findings"]}


def test_what_cannot_be_read_in_a_report_is_told(session: Session) -> None:
    broken = make_zip({"表.xlsx": fill(form(session), TEXTS)})[:-400]
    back = returned(broken, OWN, ADDRESS, name="表.zip")
    (found, *_) = collected(session, by_server(report(), back, kind=STANDARD))
    assert found["verdict"] == "attention"
    assert "damaged" in {one["code"] for one in found["findings"]}


@pytest.mark.parametrize("identity", [IDENTITY, "<made.by.outlook@x.test>"])
@pytest.mark.parametrize("cut", [False, True])
def test_our_own_letter_with_our_own_form_stays_a_bounce_and_nothing_else(
    session: Session, identity: str, cut: bool
) -> None:
    """Also one that was sent out of a draft, under a number that the ledger does not know."""
    data = form(session)[: 4_000 if cut else None]
    found = collected(session, by_server(report(), returned(data, identity), kind=STANDARD))
    assert [one["findings"][0]["code"] for one in found] == ["mail_bounced"]
    assert entries(session) == {}
    assert state(session) == "missing"


def test_an_ordinary_bounce_never_makes_the_ledger_seem_older_than_the_archive(
    session: Session,
) -> None:
    came = by_server(report(), returned(form(session)), kind=STANDARD)
    (session.folder / "收件箱/退信.eml").write_bytes(came)
    for said in (session("collect"), session("status", "2022-12")):
        assert "台账比存档旧" not in said.out + said.err


def test_our_letter_passed_on_by_a_colleague_s_report_is_a_bounce_and_nothing_else(
    session: Session,
) -> None:
    inner = by_server(report(), returned(form(session)), kind=STANDARD)
    found = collected(session, passed_on(inner, "a@xian.test"))
    assert [one["findings"][0]["code"] for one in found] == ["mail_bounced"]


def test_nothing_is_a_unit_s_on_the_word_of_a_report_alone(session: Session) -> None:
    back = returned(b"%PDF-1.4 x", OWN, ADDRESSES[FINANCE], name="县财政局.pdf")
    found = collected(session, by_server(FAILED, back, kind=STANDARD))
    assert {one["verdict"] for one in found} == {"attention"}
    assert entries(session) == {}
