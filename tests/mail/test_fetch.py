"""The mail box → 收件箱/, on a real Dovecot; and the whole way of a form by mail."""

import imaplib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from edu_sheet.mail.message import XLSX
from edu_sheet.sentences import sentence
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.ledger.mailboxes import Mailboxes
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.settings import AfterFetch, MailSettings, Security
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, POLICE, fill
from tests.support.post import ADDRESSES, mail_settings, parsed, replan, workspace
from tests.support.servers import (
    ACCOUNT,
    HOST,
    PASSWORD,
    Certificates,
    MailBox,
    SmtpServer,
    certificates,
    dovecot,
)
from tests.support.session import Session


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def running(authority: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailBox]:
    with dovecot(tmp_path_factory.mktemp("dovecot"), authority) as box:
        yield box


@pytest.fixture
def box(running: MailBox, authority: Certificates, monkeypatch: pytest.MonkeyPatch) -> MailBox:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.authority))
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", PASSWORD)
    running.empty()
    return running


STRANGER = "guanggao@shop.test"


def settings(box: MailBox, **fields: object) -> MailSettings:
    return replace(mail_settings(imap_host=HOST, imap_port=box.port), **fields)  # type: ignore[arg-type]  # any field


def message(
    subject: str,
    *files: tuple[str, bytes],
    sender: str = ADDRESSES[FINANCE],
    text: str = "请查收。",
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, ACCOUNT, subject
    made["Date"] = "Fri, 30 Dec 2022 09:00:00 +0800"
    made.set_content(text)
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype=XLSX, filename=name)
    return made.as_bytes()


def inbox(session: Session) -> list[str]:
    return sorted(path.name for path in (session.folder / "收件箱").iterdir())


# ---------------------------------------------------------------- the whole way


def test_a_form_goes_out_by_mail_and_its_answers_come_back_by_mail(
    tmp_path: Path, box: MailBox, authority: Certificates
) -> None:
    copies = box.folder(".&XfJT0ZAB-")  # 已发送
    with SmtpServer(authority) as server:
        mail = settings(box, smtp_port=server.port)
        session = workspace(tmp_path / "督办", mail=mail)
        assert session("mail", "2022-12", "--send").status == 0
    assert sorted(one.read_bytes() for one in copies.glob("[cn][ue][rw]/*")) == sorted(
        one.data.replace(b"\r\n", b"\n") for one in server.arrived
    )
    texts = {
        FINANCE: {1: "已拨付资金。", 2: "完成\n两项。", 4: "=配合"},
        POLICE: {5: "检查𠮷家坪3次。"},
    }
    for arrived in server.arrived:
        sent = parsed(arrived.data)
        (form,) = sent.iter_attachments()
        name = str(form.get_filename())
        unit = next((one for one in texts if one in name), None)
        if EDUCATION in name:  # it only says thank you
            head = f"References: {sent['Message-ID']}\r\n".encode()
            thanks = message(
                f"Re: {sent['Subject']}", sender=ADDRESSES[EDUCATION], text="收到，谢谢！"
            )
            box.deliver(head + thanks)
        if unit is None:
            continue
        reply = EmailMessage()
        reply["From"], reply["To"] = ADDRESSES[unit], str(sent["From"])
        reply["Subject"] = f"回复：{sent['Subject']}"
        reply["In-Reply-To"] = sent["Message-ID"]
        reply.set_content("已填好，请查收。")
        filled = fill(form.get_content(), texts[unit])
        reply.add_attachment(filled, maintype="application", subtype=XLSX, filename=name)
        received = b"Received: from mail.test by mx.test; Fri, 30 Dec 2022 10:00:00 +0800\r\n"
        box.deliver(received + reply.as_bytes())
    fetched = session("fetch")
    assert fetched.status == 0, fetched.err
    assert "收取邮件 2 封" in fetched.out
    assert "单位的“收到”“谢谢”（没有别的内容） 1 封：jiaoyu@xian.test（Re: 关于报送" in fetched.out
    collected = session("collect", "--json")
    assert {one["unit"] for one in collected.json["submissions"]} == {FINANCE, POLICE}
    assert {one["verdict"] for one in collected.json["submissions"]} == {"accepted"}
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        entries = ledger.entries.of([DECEMBER])
        assert {(one.unit, int(one.task[1:]), one.text) for one in entries} == {
            (unit, number, text) for unit, said in texts.items() for number, text in said.items()
        }
        (first, second) = ledger.returns.submissions(DECEMBER)
        assert {first.sender, second.sender} == {ADDRESSES[FINANCE], ADDRESSES[POLICE]}
        assert {one.received_at.isoformat() for one in (first, second)} == {
            "2022-12-30T10:00:00+08:00"
        }
        assert any("已填好，请查收。" in sentence(one) for one in first.findings)
    states = {
        one["unit"]: one["state"] for one in session("status", "2022-12", "--json").json["units"]
    }
    assert states[FINANCE] == states[POLICE] == "returned"
    assert inbox(session) == []
    assert "没有新的" in session("fetch").out


# ---------------------------------------------------------------- what is fetched, and what is not


def test_only_what_is_new_comes_and_the_server_is_told_nothing(
    tmp_path: Path, box: MailBox
) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    box.deliver(message("一", ("甲.xlsx", b"PK1")))
    box.deliver(message("只是来信", text="年底前能交吗？", sender=STRANGER))
    first = session("fetch")
    assert first.status == 0
    assert len(inbox(session)) == 1
    assert f"{STRANGER}（只是来信）" in first.out
    box.deliver(message("二", ("乙.xlsx", b"PK2")))
    second = session("fetch")
    assert "收取邮件 1 封" in second.out
    assert "只是来信" not in second.out
    assert [name.split("_")[1] for name in inbox(session)] == ["一", "二"]
    assert set(box.flags()) <= {""}


def test_messages_from_before_the_plan_stay_where_they_are(tmp_path: Path, box: MailBox) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    box.deliver(message("旧", ("甲.xlsx", b"PK1")), datetime(2021, 5, 1, tzinfo=UTC))
    session("fetch")
    assert inbox(session) == []


@pytest.mark.parametrize(
    ("after", "left"), [(AfterFetch.SEEN, ["", "", "S"]), (AfterFetch.DELETE, ["", ""])]
)
def test_the_server_is_told_only_what_the_settings_ask_for(
    tmp_path: Path, box: MailBox, after: AfterFetch, left: list[str]
) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box, after_fetch=after))
    box.deliver(message("报送", ("甲.xlsx", b"PK1")))
    box.deliver(message("只是来信", sender=STRANGER))
    box.deliver(message("旧", ("乙.xlsx", b"PK2")), datetime(2021, 5, 1, tzinfo=UTC))
    assert session("fetch").status == 0
    assert box.flags() == left


def test_what_another_program_marked_as_deleted_is_not_taken_along(
    tmp_path: Path, box: MailBox
) -> None:
    box.deliver(message("别人删的", sender=STRANGER))
    (waiting,) = (box.maildir / "new").iterdir()
    waiting.rename(box.maildir / "cur" / f"{waiting.name}:2,T")
    session = workspace(tmp_path / "督办", mail=settings(box, after_fetch=AfterFetch.DELETE))
    box.deliver(message("报送", ("甲.xlsx", b"PK1")))
    session("fetch")
    assert box.flags() == ["T"]


def test_a_run_that_was_killed_before_it_remembered_gives_the_same_file_again(
    tmp_path: Path, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    box.deliver(message("报送", ("甲.xlsx", b"PK1")))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Mailboxes, "record", killed)
        assert session("fetch").status == 130
    before = inbox(session)
    assert session("fetch").status == 0
    (kept,), (named,) = before, inbox(session)
    assert named.endswith(f"_{kept}")
    assert len(before) == 1


def test_a_mail_box_that_was_numbered_anew_is_fetched_again_and_nothing_counts_twice(
    tmp_path: Path, box: MailBox
) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    issued = session.folder / "下发/2022-12/2022-12_县财政局.xlsx"
    box.deliver(message("报送", ("表.xlsx", fill(issued.read_bytes(), {1: "一。"}))))
    session("fetch")
    session("collect")
    (uids,) = box.maildir.glob("dovecot-uidlist")
    lines = uids.read_text().splitlines(keepends=True)
    uids.write_text(lines[0].replace(" V", " V9", 1) + "".join(lines[1:]))
    for index in box.maildir.glob("dovecot.index*"):
        index.unlink()
    said = session("fetch")
    assert "重新编过号" in said.out
    again = session("collect", "--json").json["submissions"]
    assert [one["verdict"] for one in again] == ["ignored"]


def test_starttls_fetches_as_well(tmp_path: Path, box: MailBox) -> None:
    mail = settings(box, imap_security=Security.STARTTLS)
    session = workspace(tmp_path / "督办")
    replan(
        session,
        mail=mail_settings(
            imap_host=HOST, imap_port=box.starttls_port, imap_security=mail.imap_security
        ),
    )
    box.deliver(message("报送", ("甲.xlsx", b"PK1")))
    assert session("fetch").status == 0
    assert len(inbox(session)) == 1


def test_a_certificate_that_nobody_vouches_for_ends_it(
    tmp_path: Path, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    session = workspace(tmp_path / "督办", mail=settings(box))
    said = session("fetch")
    assert said.status == 2
    assert "证书没有通过核验" in said.err
    assert "Login" not in box.log.read_text()


def test_a_port_that_is_the_fetchers_is_told_by_who_sends(tmp_path: Path, box: MailBox) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(box.port))
    said = session("mail", "2022-12", "--send")
    assert said.status == 2
    assert "不是发信（SMTP）服务器" in said.err
    assert "填反" in said.err
    assert "b'" not in said.err


def test_a_wrong_password_is_told_and_never_shown(
    tmp_path: Path, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", "wrong-secret-91")
    session = workspace(tmp_path / "督办", mail=settings(box))
    said = session("fetch")
    assert said.status == 2
    assert "不接受账号" in said.err
    assert "wrong-secret-91" not in said.out + said.err


def test_without_an_address_the_settings_are_named(tmp_path: Path) -> None:
    session = workspace(tmp_path / "督办")
    said = session("fetch")
    assert said.status == 2
    assert "发件地址" in said.err


def test_a_form_of_fifty_megabytes_comes_through(tmp_path: Path, box: MailBox) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    box.deliver(message("大", ("大.pdf", b"%PDF-" + bytes(49_900_000))))
    assert session("fetch").status == 0
    (found,) = session("collect", "--json").json["submissions"]
    assert [one["code"] for one in found["findings"]][:1] == ["format_pdf"]
    assert found["file"].endswith("/大.pdf")


# ---------------------------------------------------------------- what is no answer


def sent(subject: str, *headers: str, sender: str = STRANGER, body: str = "正文") -> bytes:
    day = "Date: Fri, 30 Dec 2022 09:00:00 +0800"
    head = [f"From: <{sender}>", f"To: {ACCOUNT}", day, f"Subject: {subject}", *headers]
    return "\r\n".join([*head, "", body, ""]).encode()


def test_a_unit_s_mail_is_fetched_whatever_it_brings_and_a_machine_s_is_called_that(
    tmp_path: Path, box: MailBox
) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    unit = ADDRESSES[FINANCE]
    box.deliver(sent("十二月进展", sender=unit))
    automatic = "Auto-Submitted: auto-replied"
    away = "您好，邮件已收到，我在外出差，回来后尽快回复。"
    box.deliver(sent("自动回复：12月", automatic, sender=unit, body=away))
    box.deliver(sent("自动回复：12月", automatic, sender=unit, body="第1项已办结，配送4万册。"))
    report = "multipart/report; report-type=disposition-notification; boundary=x"
    read = (
        "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n您的邮件已读。\r\n"
        "--x\r\nContent-Type: message/disposition-notification\r\n\r\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\r\n--x--"
    )
    box.deliver(sent("已读：通知", f"Content-Type: {report}", sender=unit, body=read))
    box.deliver(sent("会议", "Content-Type: text/calendar; method=REQUEST", sender=unit))
    said = session("fetch")
    assert "收取邮件 2 封" in said.out
    for kind in ("自动回复 1 封", "已读、送达回执 1 封", "会议邀请 1 封"):
        assert kind in said.out
    assert session("collect").status == 1
    units = session("status", "2022-12", "--json").json["units"]
    assert {one["state"] for one in units if one["unit"] == FINANCE} == {"attention"}


def test_an_answer_to_our_letter_is_fetched_although_a_meeting_is_in_it(
    tmp_path: Path, box: MailBox, authority: Certificates
) -> None:
    with SmtpServer(authority) as server:
        session = workspace(tmp_path / "督办", mail=settings(box, smtp_port=server.port))
        session("mail", "2022-12", "--send")
    reply = f"In-Reply-To: {parsed(server.arrived[0].data)['Message-ID']}"
    meeting = (
        "--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n第1项已办结。\r\n"
        "--x\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n--x--"
    )
    for kind in ("mixed", "alternative"):
        box.deliver(
            sent("回复", reply, f"Content-Type: multipart/{kind}; boundary=x", body=meeting)
        )
    assert "收取邮件 2 封" in session("fetch").out


def test_a_copy_of_our_own_letter_is_no_return(
    tmp_path: Path, box: MailBox, authority: Certificates
) -> None:
    with SmtpServer(authority) as server:
        session = workspace(tmp_path / "督办", mail=settings(box, smtp_port=server.port))
        session("mail", "2022-12", "--send")
    box.deliver(server.arrived[0].data)
    assert "本程序发出的邮件 1 封" in session("fetch").out
    assert inbox(session) == []
    number = str(parsed(server.arrived[0].data)["Message-ID"])
    box.deliver(sent("报送", f"Message-ID: {number}", sender=ADDRESSES[FINANCE]))
    assert "收取邮件 1 封" in session("fetch").out, "a unit's, under the number of our letter"


def test_a_stranger_s_mail_is_taken_where_a_form_or_a_unit_is_in_it(
    tmp_path: Path, box: MailBox
) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    for subject, name in (("发票", "发票.pdf"), ("表", "a.xlsx"), ("某件", f"{FINANCE}.pdf")):
        box.deliver(message(subject, (name, b"PK1" if ".x" in name else b"%PDF-"), sender=STRANGER))
    box.deliver(sent(f"{FINANCE}12", "Content-Type: text/html", body="x" * 9000))
    page = EmailMessage()
    page["From"], page["Subject"] = STRANGER, "大减价"
    page.set_content("买")
    page.add_alternative("<p>买</p>", subtype="html")
    box.deliver(page.as_bytes())
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    page.add_attachment(form, maintype="application", subtype="octet-stream")
    del page["Subject"]
    page["Subject"], page["List-Id"] = "x", "<l.xian.test>"
    box.deliver(page.as_bytes())
    said = session("fetch")
    assert "收取邮件 4 封" in said.out
    taken = {name.split("_", 1)[1].rpartition("_")[0] for name in inbox(session)}
    assert taken == {"表", "某件", f"{FINANCE}12", "x"}
    assert "没有填报表 2 封" in said.out


def test_a_server_s_report_that_a_letter_failed_is_no_automatic_reply(
    tmp_path: Path, box: MailBox
) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="x"'
    status = (
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\n"
        f"Final-Recipient: rfc822; {ADDRESSES[FINANCE]}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--x--"
    )
    automatic = "Auto-Submitted: auto-replied"
    box.deliver(sent("Returned", automatic, kind, sender="mailer-daemon@mx.test", body=status))
    assert "收取邮件 1 封" in session("fetch").out


def test_thousands_of_newsletters_are_one_line_and_only_their_headers_are_asked_for(
    tmp_path: Path, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    for number in range(450):
        made = sent(f"第{number}期", "List-Unsubscribe: <https://shop.test/>", body="x" * 20_000)
        box.deliver(made.replace(b"guanggao", b"guanggao%d" % (number % 30)))
    asked: list[str] = []
    command = imaplib.IMAP4._command  # type: ignore[attr-defined]

    def counted(self: imaplib.IMAP4, name: str, *words: object) -> object:
        asked.append(" ".join(map(str, (name, *words))))
        return command(self, name, *words)

    monkeypatch.setattr(imaplib.IMAP4, "_command", counted)
    said = session("fetch")
    assert "订阅、群发的邮件 450 封" in said.out
    assert len(said.out.splitlines()) < 5
    assert sum("FETCH" in one for one in asked) == 3
    assert not any("BODY.PEEK[]" in one for one in asked)
    assert "没有新的" in session("fetch").out


def test_the_folders_that_the_settings_name_are_looked_into(tmp_path: Path, box: MailBox) -> None:
    session = workspace(tmp_path / "督办", mail=settings(box))
    for folder, name in ((".Junk", "垃圾.xlsx"), (".&YqWQAQ-", "报送.xlsx")):
        box.deliver(message(name, (name, b"PK1")), folder=folder)
    session("fetch")
    assert [name.split("_")[1] for name in inbox(session)] == ["垃圾.xlsx"]
    replan(session, mail=settings(box, folders="收件箱、报送"))
    session("fetch")
    assert {name.split("_")[1] for name in inbox(session)} == {"垃圾.xlsx", "报送.xlsx"}
    replan(session, mail=settings(box, folders="没有的"))
    said = session("fetch")
    assert said.status == 2
    assert "收取文件夹" in said.err
    assert "报送" in said.err
