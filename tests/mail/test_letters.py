"""Letters to the units: as drafts, and over a real SMTP server with its faults."""

import io
import re
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header
from pathlib import Path

import docx
import keyring
import keyring.backend
import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends import fail

from edu_sheet.kit import clock
from edu_sheet.mail import account
from edu_sheet.mail.message import XLSX, Attachment, Letter, Sender, to_bytes
from edu_sheet.mail.plain import WORDS, to_mend
from edu_sheet.rules.reminders import reminded
from edu_sheet.sentences import files, note, returns
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.ledger.letters import Letters
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.errors import MailError
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.letters import MailKind, MailState, deliverable
from edu_sheet.words.place import Place
from edu_sheet.words.settings import Security
from edu_sheet.words.step import Step, Verb
from edu_sheet.words.text import bare
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, POLICE, TOWNS, fill, moment, report
from tests.support.post import ADDRESSES, mail_settings, parsed, replan, unencrypted, workspace
from tests.support.returns import set_modified
from tests.support.servers import (
    ACCOUNT,
    HOST,
    PASSWORD,
    Certificates,
    SmtpServer,
    certificates,
)
from tests.support.session import Session


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(authority: Certificates, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    """Let the machine trust the test's authority, and know the password."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.authority))
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", PASSWORD)
    return authority


@pytest.fixture
def server(trusted: Certificates) -> Iterator[SmtpServer]:
    with SmtpServer(trusted) as running:
        yield running


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for as long as a server asks for."""
    monkeypatch.setattr("edu_sheet.mail.pace.sleep", lambda _: None)


def drafts(session: Session) -> dict[str, bytes]:
    folder = session.folder / "下发" / "2022-12" / "邮件"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.eml"))}


def states(session: Session, kind: MailKind = MailKind.FORM) -> dict[str, MailState]:
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        return {one.unit: one.state for one in ledger.letters.about(DECEMBER, kind)}


# ---------------------------------------------------------------- drafts


def test_each_unit_gets_a_draft_that_opens_ready_to_be_sent(tmp_path: Path) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    said = session("mail", "2022-12")
    assert said.status == 0, said.out + said.err
    assert re.search(r"要程序直接发出，请运行：edu-sheet -w .* mail 2022-12 --send\n", said.out)
    assert len(drafts(session)) == 6
    message = parsed(drafts(session)["下发_2022-12_县财政局.eml"])
    assert message["X-Unsent"] == "1"
    assert message["Message-ID"] is None
    assert message["To"].addresses[0].addr_spec == "caizheng@xian.test"
    assert message["From"].addresses[0].display_name == "领导小组办公室"
    assert message["Subject"] == "关于报送2022年12月进展情况的通知（县财政局）"
    body = message.get_body()
    assert body is not None
    assert "于2022年12月31日前回复本邮件报送" in body.get_content()
    assert "共3项任务" in body.get_content()
    (form,) = message.iter_attachments()
    issued = session.folder / "下发" / "2022-12" / "2022-12_县财政局.xlsx"
    assert form.get_filename() == "2022-12_县财政局.xlsx"
    assert form.get_content() == issued.read_bytes()


def test_chinese_file_names_stand_in_both_ways_and_in_one_piece() -> None:
    name = "2022-12_县农业农村局（县扶贫办、县乡村振兴局）与其他很长的名字.xlsx"
    letter = Letter(
        MailKind.FORM,
        EDUCATION,
        ("a@b.cn",),
        "主题",
        "正文",
        "k",
        (Attachment(name, b"x", XLSX),),
    )
    part = message_from_bytes(to_bytes(letter, None)).get_payload(1)
    assert not isinstance(part, str)
    disposition, kind = str(part["Content-Disposition"]), str(part["Content-Type"])
    assert disposition.startswith("attachment; filename*=utf-8''2022-12_%E5%8E%BF")
    coded = re.fullmatch(r'application/\S+; name="(=\?utf-8\?b\?[^?]+\?=)"', kind)
    assert coded
    ((text, encoding),) = decode_header(coded[1])
    assert isinstance(text, bytes)
    assert text.decode(encoding or "") == name


@given(st.text(), st.text(), st.text())
def test_no_header_can_be_written_by_what_a_cell_says(unit: str, subject: str, name: str) -> None:
    letter = Letter(
        MailKind.FORM, unit, ("a@b.cn",), subject, "正文", "k", (Attachment(name, b"x", XLSX),)
    )
    message = message_from_bytes(to_bytes(letter, Sender("c@d.cn", unit), message_id="<1@d.cn>"))
    assert sorted(message.keys()) == sorted(
        (
            "Auto-Submitted",
            "Content-Type",
            "Date",
            "From",
            "MIME-Version",
            "Message-ID",
            "Subject",
            "To",
        )
    )
    attachment = message.get_payload(1)
    assert not isinstance(attachment, str)
    assert len(attachment.keys()) == 4
    assert attachment.get_payload(decode=True) == b"x"


def test_line_breaks_in_settings_add_no_header(tmp_path: Path) -> None:
    mail = mail_settings(name="办公室\r\nBcc: x@y.cn", subject="通知\nX-Evil: 1 {单位}")
    session = workspace(tmp_path / "督办", mail=mail)
    session("mail", "2022-12")
    message = parsed(drafts(session)["下发_2022-12_县财政局.eml"])
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert "县财政局" in message["Subject"]


def test_units_without_an_address_are_listed_and_malformed_ones_never_written_to(
    tmp_path: Path,
) -> None:
    wrong = {FINANCE: "", POLICE: "gongan@", TOWNS: "好@xian.test;xiangzhen@xian.test"}
    session = workspace(tmp_path / "督办", ADDRESSES | wrong)
    said = session("mail", "2022-12")
    assert said.status == 1
    assert len(drafts(session)) == 3
    assert re.search("县财政局.*没有邮箱", said.out)
    assert re.search("县公安局.*gongan@.*不像邮件地址", said.out)
    assert re.search("各乡镇党委、政府.*好@xian.test.*不像邮件地址", said.out)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@",
        "@b.cn",
        "a@b",
        "a b@c.cn",
        "a@b..cn",
        "a@-b.cn",
        "a@b.cn,c@d.cn",
        "a@b.cn\r\nBcc: c@d.cn",
        "<a@b.cn>",
        "张三@b.cn",
        "a@县.cn",
        ".a@b.cn",
        "a@b.cn ",
    ],
)
def test_an_address_that_is_none_is_known_as_one(address: str) -> None:
    assert not deliverable(address)


def test_a_draft_that_a_person_changed_is_kept_and_an_untouched_one_is_written_again(
    tmp_path: Path,
) -> None:
    session = workspace(tmp_path / "督办")
    session("mail", "2022-12")
    before = drafts(session)
    assert session("mail", "2022-12").status == 0
    assert drafts(session) == before
    touched = session.folder / "下发/2022-12/邮件/下发_2022-12_县财政局.eml"
    touched.write_bytes(b"Subject: mine\r\n\r\nmine\r\n")
    said = session("mail", "2022-12")
    assert said.status == 1
    assert "没有覆盖" in said.out
    assert touched.read_bytes() == b"Subject: mine\r\n\r\nmine\r\n"
    assert "下发_2022-12_县财政局（新）.eml" in drafts(session)


def test_subject_and_text_of_one_s_own_are_filled_in(tmp_path: Path) -> None:
    mail = mail_settings(subject="【{期次}】{单位}", text="{单位}：{截止日期}，｛任务数｝项。")
    session = workspace(tmp_path / "督办", mail=mail)
    session("mail", "2022-12")
    message = parsed(drafts(session)["下发_2022-12_县财政局.eml"])
    body = message.get_body()
    assert body is not None
    assert message["Subject"] == "【2022年12月】县财政局"
    assert body.get_content().splitlines() == ["县财政局：2022年12月31日，3项。"]
    replan(session, mail=replace(mail, text="{单位}：请于{时限}前报。{期次"))
    for how in ("--dry-run", "--send"):
        said = session("mail", "2022-12", how)
        assert said.status == 2
        assert "“邮件正文”里的 {时限}、{期次" in said.err
        assert "{截止日期}" in said.err


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    said = session("mail", "2022-12", "--dry-run")
    assert said.status == 0
    assert "将发出 6 封" in said.out
    assert "caizheng@xian.test" in said.out
    assert not (session.folder / "下发/2022-12/邮件").exists()
    assert states(session) == {}


# ---------------------------------------------------------------- sending


def test_letters_go_out_over_tls_and_only_once(tmp_path: Path, server: SmtpServer) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    said = session("mail", "2022-12", "--send")
    assert said.status == 0, said.out + said.err
    assert server.logins == [(ACCOUNT, PASSWORD)]
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())
    identities = {parsed(one.data)["Message-ID"] for one in server.arrived}
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        assert {
            one.message_id for one in ledger.letters.about(DECEMBER, MailKind.FORM)
        } == identities
    again = session("mail", "2022-12", "--send")
    assert again.status == 0
    assert "此前已发出 6 封" in again.out
    assert len(server.arrived) == 6
    one_more = session("mail", "2022-12", "--send", "--again", FINANCE)
    assert one_more.status == 0
    assert server.arrived[-1].recipients == ["caizheng@xian.test"]
    assert len(server.arrived) == 7


def test_what_arrives_is_the_form_to_the_last_byte(tmp_path: Path, server: SmtpServer) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    session("mail", "2022-12", "--send")
    assert len(server.arrived) == 6
    for arrived in server.arrived:
        message = parsed(arrived.data)
        assert message["X-Unsent"] is None
        (form,) = message.iter_attachments()
        issued = session.folder / "下发/2022-12" / str(form.get_filename())
        assert form.get_content() == issued.read_bytes()


def test_letters_go_out_over_starttls(tmp_path: Path, trusted: Certificates) -> None:
    with SmtpServer(trusted, starttls=True) as server:
        mail = mail_settings(server.port, smtp_security=Security.STARTTLS)
        session = workspace(tmp_path / "督办", mail=mail)
        assert session("mail", "2022-12", "--send").status == 0
        assert len(server.arrived) == 6


def test_starttls_that_is_not_offered_is_no_reason_to_go_on(
    tmp_path: Path, trusted: Certificates
) -> None:
    with SmtpServer(trusted, tls=False) as server:
        mail = mail_settings(server.port, smtp_security=Security.STARTTLS)
        session = workspace(tmp_path / "督办", mail=mail)
        said = session("mail", "2022-12", "--send")
        assert said.status == 2
        assert "不支持 STARTTLS 加密" in said.err
        assert not server.logins
        assert not server.arrived
        replan(session, mail=mail_settings(server.port))
        assert "没有建立加密连接" in session("mail", "2022-12", "--send").err


def test_clear_text_is_for_this_machine_only(tmp_path: Path, trusted: Certificates) -> None:
    with SmtpServer(trusted, tls=False) as server:
        session = workspace(tmp_path / "督办", mail=unencrypted(server.port))
        assert session("mail", "2022-12", "--send").status == 0
        assert len(server.arrived) == 6
        replan(session, mail=unencrypted(server.port, smtp_host="192.0.2.1"))
        said = session("mail", "2022-12", "--send", "--again", FINANCE)
        assert said.status == 2
        assert "密码和内容会被他人看到" in said.err


@pytest.mark.parametrize("host", ["localhost.evil.test", "127.0.0.1.evil.test", "10.0.0.1"])
def test_a_name_that_only_looks_like_this_machine_is_not(host: str) -> None:
    with pytest.raises(Exception, match="没有连接"):
        account.smtp_server(unencrypted(25, smtp_host=host))


def test_a_certificate_that_nobody_vouches_for_ends_it_before_the_password(
    tmp_path: Path, authority: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", PASSWORD)
    with SmtpServer(authority) as server:
        session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
        said = session("mail", "2022-12", "--send")
        assert said.status == 2
        assert "证书没有通过核验" in said.err
        assert not server.logins
        assert states(session) == {}


def test_a_certificate_of_another_name_ends_it_too(
    tmp_path: Path, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = mail_settings(server.port, smtp_host="127.0.0.2")
    session = workspace(tmp_path / "督办", mail=mail)
    said = session("mail", "2022-12", "--send")
    assert said.status == 2
    assert not server.logins


def test_a_wrong_password_is_told_and_never_shown(
    tmp_path: Path, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", "wrong-secret-91")
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    said = session("mail", "2022-12", "--send")
    assert said.status == 2
    assert "不接受账号" in said.err
    assert "wrong-secret-91" not in said.out + said.err
    assert states(session) == {}


def test_the_password_comes_from_the_keyring_and_is_shown_by_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ring(keyring.backend.KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return PASSWORD if (service, username) == ("edu-sheet", ACCOUNT) else None

        def set_password(self, service: str, username: str, password: str) -> None: ...

    monkeypatch.delenv("EDU_SHEET_MAIL_PASSWORD", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())  # type: ignore[no-untyped-call]  # keyring's own __init__
    try:
        server = account.smtp_server(mail_settings())
        found = account.password(server)
        assert found.text == PASSWORD
        assert PASSWORD not in repr(found)
        with pytest.raises(MailError, match=r"other@xian\.test") as refused:
            account.password(replace(server, account="other@xian.test"))
        assert refused.value.next == Step(Verb.STORE_PASSWORD, account="other@xian.test")
    finally:
        keyring.set_keyring(before)


def test_a_password_with_chinese_letters_is_refused_without_being_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EDU_SHEET_MAIL_PASSWORD", "密钥abc")
    with pytest.raises(Exception, match="全角字符") as caught:
        account.password(account.smtp_server(mail_settings()))
    assert "密钥abc" not in "".join(traceback.format_exception(caught.value))


def test_the_usual_mail_services_need_no_server_names() -> None:
    mail = mail_settings(smtp_host="", smtp_port=None, address="sample.address.only@163.com")
    assert (account.smtp_server(mail).host, account.smtp_server(mail).port) == ("smtp.163.com", 465)
    assert (account.imap_server(mail).host, account.imap_server(mail).port) == ("imap.163.com", 993)
    with pytest.raises(Exception, match=r"不知道 county\.example 的 SMTP 服务器"):
        account.smtp_server(replace(mail, address="dudao@county.example"))


# ---------------------------------------------------------------- faults


def test_a_refused_recipient_stops_nobody_else_and_is_tried_again_once_mended(
    tmp_path: Path, server: SmtpServer
) -> None:
    server.faults.refused["caizheng@xian.test"] = "550 5.1.1 no such user"
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    said = session("mail", "2022-12", "--send")
    assert said.status == 1
    assert "caizheng@xian.test 被拒收" in said.out
    assert len(server.arrived) == 5
    assert states(session)[FINANCE] is MailState.RETURNED, "there is no such mailbox"
    del server.faults.refused["caizheng@xian.test"]
    again = session("mail", "2022-12", "--send")
    assert "核对邮箱" in again.out + again.err
    assert len(server.arrived) == 5, "it is not tried again unchanged"
    replan(session, ADDRESSES | {FINANCE: "cz@xian.test"}, mail_settings(server.port))
    assert session("mail", "2022-12", "--send").status == 0
    assert len(server.arrived) == 6
    assert server.arrived[-1].recipients == ["cz@xian.test"]


@pytest.mark.parametrize("when", ["rcpt", "data"])
def test_a_mailbox_that_is_there_no_more_is_written_to_no_more(
    tmp_path: Path, server: SmtpServer, when: str
) -> None:
    if when == "rcpt":
        server.faults.refused["caizheng@xian.test"] = "551 not local"
        server.faults.refused["jiaoyu@xian.test"] = "553 not in my list of allowed rcpthosts"
    else:
        server.faults.answers[1] = "550 Mailbox not found"
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    said = session("mail", "2022-12", "--send")
    assert "没有这个邮箱，请在“单位名录”里核对地址" in said.out
    assert ("不把这个账号的信转到对方那里" in said.out) == (when == "rcpt")
    assert [*states(session).values()].count(MailState.RETURNED) == 1
    server.faults.refused.clear()
    session("mail", "2022-12", "--send")
    assert len(server.arrived) == 5


def test_one_of_two_addresses_that_is_refused_is_told(tmp_path: Path, server: SmtpServer) -> None:
    server.faults.refused["old@xian.test"] = "550 gone"
    addresses = ADDRESSES | {FINANCE: "old@xian.test;caizheng@xian.test"}
    session = workspace(tmp_path / "督办", addresses, mail_settings(server.port))
    said = session("mail", "2022-12", "--send")
    assert said.status == 1
    assert "old@xian.test 被拒收" in said.out
    assert states(session)[FINANCE] is MailState.SENT


def test_a_temporary_failure_is_tried_again_by_the_next_run(
    tmp_path: Path, server: SmtpServer
) -> None:
    server.faults.answers[2] = "451 4.7.1 greylisted"
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    said = session("mail", "2022-12", "--send")
    assert said.status == 1
    assert "暂时不收" in said.out
    assert len(server.arrived) == 5
    assert session("mail", "2022-12", "--send").status == 0
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("554 DT:SPM 163 smtp8", "像垃圾邮件"),
        ("550 MI:DMC 163 smtp", "一次连接里发得太多"),
        ("450 4.7.1 Error: frequency limited", "发得太快"),
        ("552 Message size exceeds limit", "信太大"),
        ("550 Mail content denied", "不收这样的内容"),
        ("550 User has no permission", "没有开通 SMTP"),
        ("553 Mail from must equal authorized user", "与登录的账号是同一个"),
        ("550 Domain may not exist or DNS check failed", "没有这个邮箱的域名"),
        ("550 5.7.1 sender quota exceeded", "当天能发的封数"),
        ("535 5.7.8 Error: authentication failed", "登录没有通过"),
        ("550 5.7.1 Relaying denied", "不把这个账号的信转到对方那里"),
    ],
)
def test_a_server_that_refuses_letter_after_letter_is_asked_no_more_and_told_in_plain_words(
    tmp_path: Path, server: SmtpServer, answer: str, said: str
) -> None:
    server.faults.answers = dict.fromkeys(range(1, 99), answer)
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    told = session("mail", "2022-12", "--send")
    assert told.status == 2
    assert "连续 3 封都没有收下" in told.out
    assert said in told.out
    states_now = [*states(session).values()]
    assert states_now == [MailState.REFUSED] * 3
    server.faults.answers = {}
    assert session("mail", "2022-12", "--send").status == 0
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())


def test_a_server_that_says_goodbye_is_left_and_the_rest_goes_next_time(
    tmp_path: Path, server: SmtpServer
) -> None:
    goodbye = "421 4.4.5 Too many messages on this connection"
    server.faults.answers = dict.fromkeys((2, 3), goodbye)
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    told = session("mail", "2022-12", "--send")
    assert told.status == 2
    assert "服务器断开了连接" in told.out
    assert "run connect" not in told.out
    assert session("mail", "2022-12", "--send").status == 0
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())


def test_a_reminder_answers_the_letter_that_brought_the_form_and_asks_for_no_answer(
    tmp_path: Path, server: SmtpServer
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    assert session("mail", "2022-12", "--send").status == 0
    first = {one.recipients[0]: parsed(one.data)["Message-ID"] for one in server.arrived}
    server.arrived.clear()
    assert session("mail", "2022-12", "--remind", "--send").status == 0
    assert server.arrived
    for one in server.arrived:
        message = parsed(one.data)
        assert message["In-Reply-To"] == message["References"] == first[one.recipients[0]]
        assert message["Auto-Submitted"] == "auto-generated"
        assert ".2022-12." in message["Message-ID"]


def test_what_each_letter_said_is_known_when_an_answer_quotes_it(
    tmp_path: Path, server: SmtpServer
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    assert session("mail", "2022-12", "--send").status == 0
    assert session("mail", "2022-12", "--remind", "--send").status == 0
    units = {address: unit for unit, address in ADDRESSES.items()}
    assert len(server.arrived) == 2 * len(units)
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        for one in server.arrived:
            body = parsed(one.data).get_body()
            assert body is not None
            known = ledger.letters.texts_to(units[one.recipients[0]])
            assert bare(body.get_content()) in map(bare, known)


def test_a_connection_cut_after_half_loses_and_repeats_nothing(
    tmp_path: Path, server: SmtpServer
) -> None:
    server.faults.cut_before = 4
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    said = session("mail", "2022-12", "--send")
    assert said.status == 2
    assert "连接中断" in said.out
    assert len(server.arrived) == 3
    assert session("mail", "2022-12", "--send").status == 0
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())


@pytest.mark.parametrize("taken", [True, False])
def test_an_answer_that_never_came_is_said_to_be_uncertain_and_not_repeated(
    tmp_path: Path, server: SmtpServer, taken: bool
) -> None:
    server.faults.cut_after, server.faults.keep_cut = 3, taken
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    first = session("mail", "2022-12", "--send")
    assert first.status == 2
    assert "不能确定" in first.out
    (unit,) = [name for name, state in states(session).items() if state is MailState.UNCERTAIN]
    assert "请重新运行本命令。" in first.out
    assert f'mail 2022-12 --send --again "{unit}"' in first.out
    second = session("mail", "2022-12", "--send")
    assert second.status == 1
    assert re.search(f"{unit}.*不能确定", second.out)
    assert len(server.arrived) == (6 if taken else 5)
    if not taken:
        assert session("mail", "2022-12", "--send", "--again", unit).status == 0
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())
    assert session("mail", "2022-12", "--send").status == (1 if taken else 0)


def test_a_run_that_was_killed_while_sending_leaves_that_letter_uncertain(
    tmp_path: Path, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Letters, "settle", killed)
        assert session("mail", "2022-12", "--send").status == 130
    assert len(server.arrived) == 1
    said = session("mail", "2022-12", "--send")
    assert said.status == 1
    assert "不能确定 1 封" in said.out
    assert sorted(one.recipients[0] for one in server.arrived) == sorted(ADDRESSES.values())


def test_no_more_than_the_settings_allow_go_out_in_a_run(
    tmp_path: Path, server: SmtpServer
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port, per_run=4))
    said = session("mail", "2022-12", "--send")
    assert said.status == 1
    assert "留待下次 2 封" in said.out
    assert len(server.arrived) == 4
    assert session("mail", "2022-12", "--send").status == 0
    assert len(server.arrived) == 6


def test_a_server_that_is_not_there_is_told_in_plain_words(
    tmp_path: Path, trusted: Certificates
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(9))
    said = session("mail", "2022-12", "--send")
    assert said.status == 2
    assert "连不上邮件服务器 localhost:9（SSL/TLS）（对方拒绝连接" in said.err
    assert "Errno" not in said.err


def test_a_port_that_is_the_senders_is_told_by_who_fetches(
    tmp_path: Path, server: SmtpServer
) -> None:
    session = workspace(
        tmp_path / "督办", mail=mail_settings(imap_host=HOST, imap_port=server.port)
    )
    said = session("fetch")
    assert said.status == 2
    assert "不是收信（IMAP）服务器" in said.err
    assert "填反" in said.err
    assert "已发出" not in said.err


def test_a_machine_that_keeps_no_passwords_is_told_another_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("EDU_SHEET_MAIL_PASSWORD", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # keyring's own __init__
    try:
        with pytest.raises(MailError, match="没有可用的凭据管理器") as refused:
            account.password(account.smtp_server(mail_settings()))
        assert "EDU_SHEET_MAIL_PASSWORD" in refused.value.hint
        assert refused.value.next is None
        with pytest.raises(MailError, match="授权码没有存下"):
            account.store_password(ACCOUNT, PASSWORD)
    finally:
        keyring.set_keyring(before)


def test_the_password_lies_in_no_file_of_the_workspace(tmp_path: Path, server: SmtpServer) -> None:
    server.faults.cut_before = 4
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    said = session("mail", "2022-12", "--send")
    assert PASSWORD not in said.out + said.err
    for path in session.folder.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path


def test_two_windows_do_not_send_at_the_same_time(tmp_path: Path, server: SmtpServer) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    with FileLock(session.folder / "存档" / "mail.lock"):
        said = session("mail", "2022-12", "--send")
    assert said.status == 2
    assert "另一个 edu-sheet 正在发送邮件" in said.err
    assert not server.arrived


def test_two_windows_do_not_fetch_at_the_same_time(tmp_path: Path) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(imap_host=HOST))
    with FileLock(session.folder / "存档" / "fetch.lock"):
        said = session("fetch")
    assert said.status == 2
    assert "另一个 edu-sheet 正在收取邮件" in said.err


def test_a_computer_with_a_chinese_name_can_send(
    tmp_path: Path, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.getfqdn", lambda *_: "教育局-电脑.局域网")
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    assert session("mail", "2022-12", "--send").status == 0
    assert len(server.arrived) == 6


# ---------------------------------------------------------------- reminders and receipts


class Clock:
    """The day that it is, as the tests' clerk sees it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = moment("2023-01-05T09:00")
        monkeypatch.setattr(clock, "now", lambda: self.moment)

    def next_day(self) -> None:
        self.moment += timedelta(days=1)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def returned(
    session: Session, unit: str, texts: dict[int, str], name: str = "", at: str = "2022-12-30"
) -> None:
    """Let a unit's filled form be collected."""
    form = session.folder / f"下发/2022-12/2022-12_{unit}.xlsx"
    target = session.folder / "收件箱" / (name or f"{unit}.xlsx")
    target.write_bytes(set_modified(fill(form.read_bytes(), texts), "2022-12-29T12:00:00Z"))
    said = session("collect", "--received", at)
    assert said.status in (0, 1), said.err


ALL = {1: "一。", 2: "二。", 4: "四。"}  # of 县财政局


def body(data: bytes) -> str:
    found = parsed(data).get_body()
    assert found is not None
    return str(found.get_content())


def test_only_those_who_owe_something_are_reminded_with_what_and_why(
    tmp_path: Path, day: Clock
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    returned(session, FINANCE, ALL)
    returned(session, POLICE, {5: "五。"})
    returned(session, EDUCATION, {1: "一。", 2: "二。"})
    said = session("mail", "2022-12", "--remind")
    assert said.status == 0, said.out
    found = drafts(session)
    assert set(found) == {
        f"催报_2022-12_{unit}.eml" for unit in ("县教育局", "县委组织部", TOWNS, "各中小学校")
    }
    told = body(found["催报_2022-12_县教育局.eml"])
    assert "5项任务中还有3项没有进展情况" in told
    assert "第3项" in told
    assert "第1项" not in told
    missing = body(found["催报_2022-12_县委组织部.eml"])
    assert "截止日期是2022年12月31日，已超过5天，至今没有收到" in missing
    (form,) = parsed(found["催报_2022-12_县委组织部.eml"]).iter_attachments()
    assert form.get_filename() == "2022-12_县委组织部.xlsx"


def test_a_return_that_waits_is_a_reason_in_the_unit_s_own_words(
    tmp_path: Path, day: Clock
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    form = session.folder / f"下发/2022-12/2022-12_{FINANCE}.xlsx"
    first = session.folder / "收件箱" / f"{FINANCE}.xlsx"
    first.write_bytes(set_modified(fill(form.read_bytes(), ALL), "2022-12-29T12:00:00Z"))
    returned(session, FINANCE, ALL | {4: "另一种说法。"}, "又一份.xlsx")  # in the same run
    session("mail", "2022-12", "--remind")
    told = body(drafts(session)["催报_2022-12_县财政局.eml"])
    assert "报来的文件还不能采用，没有收取到进展情况" in told, "neither of the two is taken"
    assert "1. 第4项收到几份内容不同的表，分不出先后" in told
    session("mail", "2022-12", "--receipt")
    receipt = body(drafts(session)["回执_2022-12_县财政局.eml"])
    assert "没有收取到进展情况" in receipt
    assert "第4项收到几份内容不同的表" in receipt
    assert "resolve" not in told + receipt
    assert "编号" not in told + receipt


def test_the_third_reminder_is_firm_and_brings_a_demand_on_paper(
    tmp_path: Path, day: Clock, server: SmtpServer
) -> None:
    session = workspace(tmp_path / "督办", {POLICE: "gongan@xian.test"}, mail_settings(server.port))
    for _ in range(2):
        assert "已发出 1 封" in session("mail", "2022-12", "--remind", "--send").out
        assert "此前已发出 1 封" in session("mail", "2022-12", "--remind", "--send").out
        day.next_day()
    assert "已发出 1 封" in session("mail", "2022-12", "--remind", "--send").out
    assert len(server.arrived) == 3
    first, second, third = (parsed(one.data) for one in server.arrived)
    assert first["Subject"] == "催报：2022年12月进展情况（县公安局）"
    assert second["Subject"].endswith("（第二次）")
    assert third["Subject"] == "催办：2022年12月进展情况（县公安局）（第三次）"
    assert "此前已催报2次" in body(server.arrived[2].data)
    assert [one.get_filename() for one in second.iter_attachments()] == ["2022-12_县公安局.xlsx"]
    _, demand = third.iter_attachments()
    assert demand.get_filename() == "催办单_2022-12_县公安局.docx"
    paper = "\n".join(
        one.text for one in docx.Document(io.BytesIO(demand.get_content())).paragraphs
    )
    assert "县公安局" in paper
    assert "第5项" in paper
    assert "此前已催报2次" in paper
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        log = reminded(ledger.letters.about(DECEMBER, MailKind.REMINDER))
    assert log[POLICE].times == 3
    assert str(log[POLICE]) == "催报3次，最近01-07"


def test_a_drafted_reminder_counts_once_the_clerk_says_that_it_went(
    tmp_path: Path, day: Clock
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    assert session("mail", "2022-12", "--remind", "--sent").status == 2
    for _ in range(3):
        said = session("mail", "2022-12", "--remind")
        assert "mail 2022-12 --remind --sent" in said.out
        letter = parsed(drafts(session)["催报_2022-12_县公安局.eml"])
        assert letter["Subject"] == "催报：2022年12月进展情况（县公安局）", "none has been sent"
        day.next_day()
    said = session("mail", "2022-12", "--remind", "--sent")
    assert (said.status, "由您发出" in said.out) == (0, True)
    assert session("mail", "2022-12", "--remind", "--sent").status == 2, "all are recorded"
    session("mail", "2022-12", "--remind")
    second = parsed(drafts(session)["催报_2022-12_县公安局.eml"])
    assert second["Subject"].endswith("（第二次）")


def test_an_old_draft_is_taken_away_once_the_unit_reported(tmp_path: Path, day: Clock) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    session("mail", "2022-12", "--remind")
    day.next_day()
    returned(session, FINANCE, ALL)
    said = session("mail", "2022-12", "--remind")
    assert "已去掉 1 封不再需要的旧草稿" in said.out
    assert "催报_2022-12_县财政局.eml" not in drafts(session)


def test_a_reminder_says_what_came_and_why_it_does_not_count(tmp_path: Path, day: Clock) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    returned(session, FINANCE, {})
    inbox = session.folder / "收件箱"
    (inbox / "县公安局2022年12月.pdf").write_bytes(b"%PDF-1.7\n")
    (inbox / "县委组织部2022年12月.pdf").write_bytes(b"%PDF-1.7\n2")
    session("collect", "--received", "2022-12-30")
    (number,) = (
        path.name.partition("_")[0] for path in (session.folder / "待处理").glob("*组织部*.pdf")
    )
    session("resolve", number, "--reject")
    session("mail", "2022-12", "--remind")
    found = drafts(session)
    for unit, said in (
        (FINANCE, "但没有填写任何进展"),
        (POLICE, "报来的不是填报表"),
        ("县委组织部", "报来的文件没有采用"),
    ):
        told = body(found[f"催报_2022-12_{unit}.eml"])
        assert said in told, unit
        assert "至今没有收到" not in told, unit
    status = session("status", "2022-12").out
    for words in (
        "未报（空表）",
        "待处理（PDF、Word、图片等）",
        "未报（报的没有采用）",
        "请对方改填",
    ):
        assert words in status, words
    session("report", "2022-12")
    paper = "\n".join(
        one.text
        for one in docx.Document(str(session.folder / "成果/2022-12/调度通报.docx")).paragraphs
    )
    silent = next(one for one in paper.split("。") if "未报送的单位" in one)
    for unit in (FINANCE, POLICE, "县委组织部"):
        assert unit not in silent
    assert "县委组织部（报的没有采用）" in paper
    assert "县公安局（PDF、Word、图片等）" in paper


def test_nobody_is_reminded_when_all_have_reported(tmp_path: Path, day: Clock) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings())
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        for unit, issue in ledger.forms.latest(DECEMBER).items():
            texts = {row.number: "已完成。" for row in issue.form.rows}
            report(ledger, unit, DECEMBER, texts)
            assert all(row.key == f"T{row.number:02d}" for row in issue.form.rows)
    said = session("mail", "2022-12", "--remind")
    assert said.status == 0
    assert "没有要催的" in said.out


def test_a_receipt_says_what_was_taken_and_what_has_to_be_mended(
    tmp_path: Path, day: Clock, server: SmtpServer
) -> None:
    session = workspace(tmp_path / "督办", mail=mail_settings(server.port))
    returned(session, FINANCE, {1: "已拨付。", 2: "无"}, "我局12月.xlsx")
    assert session("mail", "2022-12", "--receipt", "--send").status == 0
    (arrived,) = server.arrived
    told = body(arrived.data)
    assert parsed(arrived.data)["Subject"] == "回执：2022年12月进展情况（县财政局），请补充"
    assert "我局12月.xlsx（2022-12-30）" in told
    assert "已收取2项任务的进展情况" in told
    assert "还没有进展情况的有1项" in told
    assert "第2项没有实质内容，请补充。" in told
    assert list(parsed(arrived.data).iter_attachments()) == []
    assert "此前已发出 1 封" in session("mail", "2022-12", "--receipt", "--send").out
    returned(session, FINANCE, ALL, "补报.xlsx", "2022-12-31")
    assert "已发出 1 封" in session("mail", "2022-12", "--receipt", "--send").out
    assert "已报齐，谢谢。" in body(server.arrived[-1].data)


def test_every_error_has_words_for_the_unit() -> None:
    ours = {"internal_error", "mail_bounced", "mail_recall", "link_member", "empty_attachment"}
    ours |= {"pasted_differs"}
    codes = {**returns.CODES, **files.CODES}
    names = {name for name, (severity, _) in codes.items() if severity is Severity.ERROR}
    grave = {note(name).code for name in names}
    assert grave - ours <= set(WORDS)
    for code in WORDS:
        (said,) = to_mend(
            [Finding(code, Severity.ERROR, Place("填报表", 7, 8), (("text", "第3项：resolve"),))]
        )
        assert "{" not in said
        assert "resolve" not in said


def test_what_a_unit_cannot_mend_is_not_asked_of_it() -> None:
    trace = note("internal_error", kind="KeyError")
    assert to_mend([trace, trace]) == ["收到的文件正在核对，如需贵单位补充，会另行联系。"]
    assert to_mend([note("weak_identity")]) == []


def test_a_period_without_forms_is_told(tmp_path: Path) -> None:
    session = workspace(tmp_path / "督办")
    said = session("mail", "2022-11", "--remind")
    assert said.status == 2
    assert "还没有下发过填报表" in said.err


def test_letters_are_listed_to_be_copied_also_for_units_without_an_address(tmp_path: Path) -> None:
    session = workspace(tmp_path / "督办", ADDRESSES | {POLICE: ""}, mail_settings())
    before = sorted(session.folder.rglob("*.eml"))
    said = session("mail", "2022-12", "--list")
    assert said.status == 1
    assert "caizheng@xian.test" in said.out
    found = session("mail", "2022-12", "--list", "--json").json
    letters = {one["unit"]: one for one in found["letters"]}
    assert len(letters) == 6
    assert letters[POLICE]["mail"] == []
    assert "没有邮箱" in letters[POLICE]["reason"]
    assert "2022年12月" in letters[FINANCE]["subject"]
    assert "共3项任务" in letters[FINANCE]["text"]
    assert letters[FINANCE]["files"] == ["下发/2022-12/2022-12_县财政局.xlsx"]
    assert sorted(session.folder.rglob("*.eml")) == before
    assert session("mail", "2022-12", "--send", "--list").status == 2
