"""Letters that came back: known by what servers write, told of the unit, and written to no more."""

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet.kit import clock
from edu_sheet.reading.letters import mail
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.letters import Mailed, MailKind, MailState
from edu_sheet.words.period import Period, Quarter
from tests.support.bounced import ADDRESS, IDENTITY, STANDARD, by_server, report, returned
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, moment
from tests.support.letters import attachment, eml, text
from tests.support.post import ADDRESSES, mail_settings, parsed, workspace
from tests.support.servers import (
    ACCOUNT,
    PASSWORD,
    Certificates,
    SmtpServer,
    certificates,
)
from tests.support.session import Session

PLAIN = [  # how services begin that write no standard report; the words are made up after theirs
    ("PostMaster@qq.test", "来自qq.test的退信", f"抱歉，您的邮件被退回来了。\n收件人邮件地址（{ADDRESS}）不存在。", "不存在"),
    ("Postmaster@163.test", "系统退信/Systems bounce", f"无法投递\n收件人：{ADDRESS}\n退信原因：550 User not found", "550"),
    ("postmaster@office.test", "未送达: 报送通知", f"您的邮件无法送达以下收件人：\n{ADDRESS}\n邮箱已满。", "已满"),
    ("postmaster@office.test", "Undeliverable: 报送通知", f"Your message did not reach {ADDRESS}\n#550 5.1.10 RecipientNotFound", "5.1.10"),
    ("mailer-daemon@gmail.test", "Delivery Status Notification (Failure)", f"Delivery to the following recipient failed permanently:\n\n     {ADDRESS}\n\n550 5.1.1 The account does not exist.", "5.1.1"),
    ("MAILER-DAEMON@qmail.test", "failure notice", f"Hi. This is the program at qmail.test.\n<{ADDRESS}>:\nSorry, no mailbox here by that name. (#5.1.1)", "no mailbox"),
]  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "said", "why"), PLAIN)
def test_a_bounce_in_plain_words_is_known_with_its_address_and_reason(
    sender: str, subject: str, said: str, why: str
) -> None:
    page = text(html.escape(said).replace("\n", "<br>"), kind="html")
    for part in (text(said), page):
        found = mail.read(by_server(part, sender=sender, subject=subject)).bounce
        assert found
        assert (found.recipients, found.delayed) == ((ADDRESS,), False)
        assert why in found.reason


def test_a_report_that_a_letter_is_delayed_or_has_arrived_is_no_bounce() -> None:
    late = mail.read(by_server(report("delayed", "4.4.7"), kind=STANDARD)).bounce
    assert late
    assert late.delayed
    words = text(f"发给 {ADDRESS} 的邮件尚未送达，服务器将继续尝试。")
    late = mail.read(by_server(words, subject="延迟通知")).bounce
    assert late
    assert late.delayed
    assert mail.read(by_server(report("delivered", "2.0.0"), kind=STANDARD)).bounce is None


def test_what_a_person_writes_about_a_bounce_is_none() -> None:
    said = text(f"昨天的邮件发给 {ADDRESS} 被退信了，无法送达，550。")
    assert mail.read(by_server(said, sender=ADDRESS, subject="退信")).bounce is None


# ---------------------------------------------------------------- and what becomes of it


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = workspace(tmp_path / "督办", mail=mail_settings())
    with Ledger.open(Workspace(made.folder).ledger) as ledger:
        for unit, identity in ((FINANCE, IDENTITY), (EDUCATION, "<4.5.6@xian.test>")):
            at = moment("2022-12-20T09:00")
            ledger.letters.begin(
                Mailed(
                    0,
                    MailKind.FORM,
                    DECEMBER,
                    unit,
                    "k",
                    ADDRESSES[unit],
                    identity,
                    MailState.SENT,
                    at,
                )
            )
    return made


def collected(session: Session, data: bytes, name: str = "退信.eml") -> Any:
    (session.folder / "收件箱" / name).write_bytes(data)
    return session("collect", "--json")


def letter(session: Session) -> Mailed:
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        return next(
            one for one in ledger.letters.about(DECEMBER, MailKind.FORM) if one.unit == FINANCE
        )


def form(session: Session) -> bytes:
    return (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()


def test_a_bounce_that_brings_our_empty_form_back_is_no_return(session: Session) -> None:
    said = collected(session, by_server(text(f"无法送达 {ADDRESS}"), returned(form(session))))
    assert said.status == 1
    (found,) = said.json["submissions"]
    assert (found["verdict"], found["unit"]) == ("ignored", None)
    assert found["findings"][0]["code"] == "mail_bounced"
    assert FINANCE in found["findings"][0]["message"]
    assert letter(session).state is MailState.RETURNED
    assert [*(session.folder / "待处理").iterdir()] == []
    status = session("status", "2022-12")
    assert "退信：县财政局 的下发邮件没有送达" in status.out
    units = session("status", "2022-12", "--json").json["units"]
    assert {one["state"] for one in units if one["unit"] == FINANCE} == {"missing"}


HEADERS = f"From: <{ACCOUNT}>\r\nTo: <{ADDRESS}>\r\nSubject: x\r\nMessage-ID: {IDENTITY}\r\n"


@pytest.mark.parametrize(
    "part",
    [
        returned(),
        f"Content-Type: text/rfc822-headers\r\n\r\n{HEADERS}".encode(),
        attachment(
            HEADERS.encode() + b"\r\n" + b"x" * 20_000, b'Content-Type: x/y; name="mail.eml"'
        ),
        text(f"Here is your message.\r\n\r\n{HEADERS}"),
    ],
)
def test_the_letter_is_found_by_its_message_id_and_the_address_that_it_went_to(
    session: Session, part: bytes
) -> None:
    collected(session, by_server(report(), part, kind=STANDARD))
    assert letter(session).state is MailState.RETURNED
    assert "no such user here" in letter(session).detail


FORGED = returned(identity="<1@evil.test>")  # from our address, which every unit knows
ELSEWHERE = report(about="else@where.test")


@pytest.mark.parametrize(
    "parts",
    [
        (report(),),
        (report(), FORGED),
        (report(), FORGED.replace(ACCOUNT.encode(), b"a@b.test")),
        (report(), text(f"{HEADERS}".replace(IDENTITY, "<1.2.4@xian.test>"))),
        (ELSEWHERE, returned()),
    ],
)
def test_a_report_that_does_not_prove_what_it_says_waits_and_says_what_it_claims(
    session: Session, parts: tuple[bytes, ...]
) -> None:
    came = collected(session, by_server(*parts, sender="hacker@evil.test", kind=STANDARD))
    (found,) = came.json["submissions"]
    assert (found["verdict"], found["unit"]) == ("attention", FINANCE)
    assert "说发给“县财政局”的下发邮件（2022年12月）没有送达" in found["findings"][0]["message"]
    assert letter(session).state is MailState.SENT
    status = session("status", "2022-12").out
    assert "退信：" not in status
    assert "未报（邮件称没有送达，待核实）" in status.replace("\n", "")
    (item,) = (session.folder / "待处理").glob("*.txt")
    assert "单位：县财政局\n期次：2022年12月" in item.read_text("utf-8-sig")
    assert "没有写邮件" not in session("mail", "2022-12", "--remind").out
    (reminder,) = session.folder.rglob("催报_2022-12_县财政局.eml")
    said = parsed(reminder.read_bytes()).get_body()
    assert said is not None
    assert "至今没有收到贵单位的报送" in said.get_content()
    taken = session("resolve", "1", "--unit", FINANCE, "--period", "2022-12")
    assert (taken.status, "是退信，不是报送" in taken.err) == (2, True)
    told = item.read_text("utf-8-sig")
    assert session("resolve", "1", "--reject").status == 0
    assert session("resolve", "1", "--undo").status == 1
    assert item.read_text("utf-8-sig") == told


def test_one_report_settles_no_more_than_the_letter_that_it_brings_back(session: Session) -> None:
    group = b"\r\nFinal-Recipient: rfc822; %b\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    every = report() + b"".join(group % one.encode() for one in ADDRESSES.values())
    collected(session, by_server(every, returned(), kind=STANDARD))
    assert letter(session).state is MailState.RETURNED
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        assert len(ledger.letters.returned(DECEMBER)) == 1
        assert [*ledger.letters.dead()] == [ADDRESS]


def test_a_report_whose_own_sender_is_not_proven_settles_nothing(session: Session) -> None:
    failed = b"Authentication-Results: mx.test; spf=fail; dmarc=fail\r\n"
    came = collected(session, failed + by_server(report(), returned(), kind=STANDARD))
    (found,) = came.json["submissions"]
    assert (found["verdict"], found["unit"]) == ("attention", FINANCE)
    assert letter(session).state is MailState.SENT


def test_a_claim_that_the_clerk_confirms_is_as_good_as_a_proof_until_she_takes_it_back(
    session: Session,
) -> None:
    collected(session, by_server(report(), kind=STANDARD))
    (item,) = (session.folder / "待处理").glob("*.txt")
    told = item.read_text("utf-8-sig")
    assert "确认退信" in told
    assert "resolve 1 --accept" in told
    early = (session.folder / "存档/台账.db").read_bytes()
    for _ in ("confirmed", "and again after it was taken back"):
        assert session("resolve", "1", "--accept").status == 0
        assert letter(session).state is MailState.RETURNED
        assert "退信：县财政局 的下发邮件没有送达" in session("status", "2022-12").out
        assert "县财政局：没有写邮件，上一封被退回" in session("mail", "2022-12", "--dry-run").out
        assert session("resolve", "1", "--accept").status == 2
        assert session("resolve", "1", "--undo").status == 1
        assert letter(session).state is MailState.SENT
        assert item.read_text("utf-8-sig") == told
    assert session("resolve", "1", "--reject").status == 0
    assert "邮件称" not in session("status", "2022-12").out
    assert session("resolve", "1", "--accept").status == 0
    (session.folder / "存档/台账.db").write_bytes(early)
    assert letter(session).state is MailState.SENT
    assert session("check", "--repair").status == 0
    assert letter(session).state is MailState.RETURNED
    assert [*(session.folder / "待处理").iterdir()] == []


QUOTED = "关于报送2022年12月进展情况的通知（县财政局）"
PAGES = [  # as QQ and NetEase (before they wrote standard reports) lay them out; nothing is returned
    (
        "PostMaster@qq.test",
        "来自qq.test的退信",
        (f"<p>很抱歉您发送的邮件被退回，以下是该邮件的相关信息：</p><table><tr><td>被退回邮件</td><td>主 题：{QUOTED}"
        "<br/>时 间：2022-12-20 10:00:01</td></tr></table><table><tr><td colspan=2>无法发送到 {address}</td></tr>"
        "<tr><td>退信原因</td><td>该邮件地址不存在<br/>host mx.test[10.0.0.1] said: 550 5.1.1 User unknown</td>"
        "</tr><tr><td>解决方案</td><td>请联系您的收件人</td></tr></table>"),
    ),
    (
        "Postmaster@163.test",
        "系统退信",
        ("<style>\n<!--\nbody{{padding:0}}\n-->\n</style><h1>抱歉，您的邮件被退回来了……</h1><table><tr><th>原邮件信息：</th><td>"
        f"<table><tr><th>时　间：</th><td>2022-12-20 10:00:01</td></tr><tr><th>主　题：</th><td>{QUOTED}</td></tr>"
        "<tr><th>收件人：</th><td>{address}</td></tr></table></td></tr><tr><th>退信原因：</th><td>"
        "<div>英文说明:550 User not found</div></td></tr></table>"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "page"), PAGES)
@pytest.mark.parametrize("address", [ADDRESS, "elsewhere@other.test", ""])
def test_a_page_that_quotes_our_subject_is_tied_to_the_unit_and_waits(
    session: Session, sender: str, subject: str, page: str, address: str
) -> None:
    part = text(page.format(address=address), "gb18030", "html")
    head, _, _ = by_server(sender=sender, subject=subject).partition(b"MIME-Version")
    (found,) = collected(session, head + part).json["submissions"]
    told = found["findings"][0]["message"]
    assert found["verdict"] == "attention"
    assert "说发给“县财政局”的下发邮件（2022年12月）没有送达" in told
    assert "550" in told
    assert "收件人 的邮件" not in told


def test_a_delay_is_only_told(session: Session) -> None:
    said = collected(session, by_server(report("delayed", "4.4.7"), returned(), kind=STANDARD))
    assert said.status == 0
    (found,) = said.json["submissions"]
    assert [one["code"] for one in found["findings"]][:1] == ["mail_delayed"]
    assert letter(session).state is MailState.SENT


def test_a_bounce_of_a_letter_that_nobody_knows_waits(session: Session) -> None:
    said = collected(session, by_server(report(about="a@b.test"), kind=STANDARD))
    assert said.status == 1
    (found,) = said.json["submissions"]
    assert (found["verdict"], found["unit"]) == ("attention", None)


def test_what_a_gateway_holds_back_of_a_unit_s_mail_is_not_taken_for_our_letter(
    session: Session,
) -> None:
    head = f"From: <{ADDRESS}>\r\nMessage-ID: <9@x.test>".encode()
    held = b"Content-Type: message/rfc822\r\n\r\n" + eml(text("12月整改22处。"), head=head)
    came = collected(session, by_server(text(f"rejected {ADDRESS}"), held)).json["submissions"]
    assert [one["verdict"] for one in came] == ["attention"] * 2
    assert "12月整改22处" in came[1]["findings"][0]["message"]
    assert letter(session).state is MailState.SENT


def test_nothing_is_written_to_an_address_from_which_the_last_letter_came_back(
    session: Session,
) -> None:
    collected(session, by_server(report(), returned(), kind=STANDARD))
    said = session("mail", "2022-12", "--dry-run")
    assert "县财政局：没有写邮件，上一封被退回（caizheng@xian.test：" in said.out
    again = session("mail", "2022-12", "--dry-run", "--again", FINANCE)
    assert "县财政局：没有写邮件" not in again.out


def test_the_sheet_of_the_meeting_says_whose_letter_came_back(session: Session) -> None:
    collected(session, by_server(report(), returned(), kind=STANDARD))
    assert session("merge", "2022-12").status in (0, 1)
    book = openpyxl.load_workbook(session.folder / "成果/2022-12/总表.xlsx")
    said = {str(cell.value) for row in book["一览"].iter_rows() for cell in row}
    assert any("县财政局（邮件被退回）" in one for one in said)


def test_the_sheet_of_the_meeting_says_whose_letter_is_only_said_to_have_come_back(
    session: Session,
) -> None:
    collected(session, by_server(report(), kind=STANDARD))
    assert session("merge", "2022-12").status in (0, 1)
    book = openpyxl.load_workbook(session.folder / "成果/2022-12/总表.xlsx")
    said = {str(cell.value) for row in book["一览"].iter_rows() for cell in row}
    assert any("县财政局（邮件称没有送达，待核实）" in one for one in said)


# ---------------------------------------------------------------- with a real server


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpServer]:
    authority: Certificates = certificates(tmp_path / "certificates")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.authority))
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", PASSWORD)
    with SmtpServer(authority) as running:
        yield running


def test_a_letter_that_was_sent_and_came_back_is_sent_once_more_when_its_address_is_mended(
    tmp_path: Path, server: SmtpServer
) -> None:
    from tests.support.post import replan

    settings = mail_settings(server.port)
    session = workspace(tmp_path / "督办", mail=settings)
    assert session("mail", "2022-12", "--send").status == 0
    (sent,) = [one for one in server.arrived if one.recipients == [ADDRESS]]
    identity = str(parsed(sent.data)["Message-ID"])
    failed = text(f"无法送达 {ADDRESS}")
    collected(session, by_server(failed, returned(form(session), identity)))
    before = len(server.arrived)
    assert session("mail", "2022-12", "--send").status == 1
    assert len(server.arrived) == before
    replan(session, {**ADDRESSES, FINANCE: "xin@xian.test"}, settings)
    session("mail", "2022-12", "--send")
    assert [one.recipients for one in server.arrived[before:]] == [["xin@xian.test"]]
    assert "退信：" not in session("status", "2022-12").out


def test_a_page_of_exchange_s_and_a_bounce_that_somebody_passes_on_name_the_letter(
    session: Session,
) -> None:
    page = text(
        f"<p>向以下收件人传递邮件失败:</p><p>{ADDRESS}</p><p>#550 5.1.1 RESOLVER.ADR.RecipNotFound"
        f"</p><p>Message-ID: {IDENTITY.replace('<', '&lt;').replace('>', '&gt;')}</p>",
        kind="html",
    )
    sender = "MicrosoftExchange329e71ec88ae@office.test"
    head, _, _ = by_server(sender=sender, subject="无法传递: 报送").partition(b"MIME-Version")
    (found,) = collected(session, head + page).json["submissions"]
    assert (found["verdict"], found["findings"][0]["code"]) == ("ignored", "mail_bounced")
    assert letter(session).state is MailState.RETURNED


def test_a_bounce_that_a_colleague_passes_on_names_unit_and_letter(session: Session) -> None:
    inner = by_server(text("x"), report(), returned(), kind=STANDARD)
    part = b"Content-Type: message/rfc822\r\n\r\n" + inner
    said = collected(session, by_server(text("转"), part, sender="a@xian.test", subject="转发"))
    assert FINANCE in said.json["submissions"][0]["findings"][0]["message"]
    assert letter(session).state is MailState.RETURNED


def test_a_bounce_by_a_clock_that_is_slow_is_tied_to_the_letter(session: Session) -> None:
    words = text(f"无法送达 {ADDRESS}\n550 User not found")
    early = by_server(words).replace(b"30 Dec 2022 11:00", b"19 Dec 2022 23:00")
    (found,) = collected(session, early).json["submissions"]
    assert (found["verdict"], found["unit"]) == ("attention", FINANCE)


def another(session: Session, kind: MailKind, period: Period = DECEMBER) -> Mailed:
    """Let one more letter go out to the unit."""
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        return ledger.letters.begin(
            Mailed(0, kind, period, FINANCE, "k", ADDRESS, "<7.8.9@xian.test>", MailState.SENT,
                   clock.now())
        )  # fmt: skip


def reminded(session: Session) -> bool:
    return "上一封被退回" not in session("mail", "2022-12", "--remind", "--dry-run").out


def test_an_address_is_dead_though_letters_had_gone_there_before_the_report_came(
    session: Session,
) -> None:
    another(session, MailKind.REMINDER)
    another(session, MailKind.FORM, Quarter(2022, 4))
    collected(session, by_server(text(f"无法送达 {ADDRESS}"), returned(form(session))))
    assert "退信：县财政局 的催报邮件没有送达" in session("status", "2022-12").out
    assert not reminded(session)
    another(session, MailKind.REMINDER)  # in spite of it: mail --again
    assert "退信" not in session("status", "2022-12").out
    assert reminded(session)


def test_an_address_from_which_a_message_comes_is_dead_no_more(session: Session) -> None:
    collected(session, by_server(text(f"无法送达 {ADDRESS}"), returned(form(session))))
    assert not reminded(session)
    head = f"From: <{ADDRESS}>\r\nSubject: x\r\nDate: Sat, 31 Dec 2022 10:00:00 +0800".encode()
    collected(session, eml(text("邮箱已清理，稍后报。"), head=head), "信.eml")
    assert reminded(session)
    assert "退信" not in session("status", "2022-12").out


def test_one_dead_address_of_two_is_named(session: Session) -> None:
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        (one,) = [x for x in ledger.letters.about(DECEMBER, MailKind.FORM) if x.unit == EDUCATION]
        two = f"{one.recipients};b@xian.test"
        ledger.letters.begin(replace(one, recipients=two, message_id="<6.6@xian.test>"))
    identity = "<6.6@xian.test>"
    about = report(about="b@xian.test")
    back = returned(form(session), identity)
    collected(session, by_server(about, back, kind=STANDARD))
    out = session("status", "2022-12").out
    assert "邮件有的邮箱没有送达（b@xian.test：" in out


def quoting(said: str, sender: str) -> bytes:
    text_of = (
        f"{said}\n\n-----邮件原件-----\n发件人: Microsoft Outlook <postmaster@mx.test>\n"
        f"主题: 未送达: 通知\n\n未能传递至这些收件人或组:\n\n{ADDRESS}\n"
        f"#550 5.1.1 RecipNotFound\n原始邮件标头:\nMessage-ID: {IDENTITY}\n"
    )
    head = f"From: <{sender}>\r\nSubject: Fw\r\nDate: Fri, 30 Dec 2022 11:00:00 +0800".encode()
    return eml(text(text_of), head=head)


def test_a_bounce_that_somebody_passes_on_in_a_text_is_a_claim_to_be_confirmed(
    session: Session,
) -> None:
    said = collected(session, quoting("退了", ADDRESSES[EDUCATION]))
    (found,) = said.json["submissions"]
    assert (found["verdict"], found["unit"]) == ("attention", FINANCE)
    assert found["findings"][0]["code"] == "mail_bounced"
    assert letter(session).state is MailState.SENT
    session("resolve", str(found["id"]), "--accept")
    assert letter(session).state is MailState.RETURNED


def test_an_answer_that_quotes_a_bounce_stays_an_answer(session: Session) -> None:
    said = collected(session, quoting("被退了，现重发：12月整改22处。", ADDRESSES[EDUCATION]))
    (found,) = said.json["submissions"]
    assert (found["verdict"], found["unit"]) == ("attention", EDUCATION)
    assert "mail_bounced" not in {one["code"] for one in found["findings"]}
