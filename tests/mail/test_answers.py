"""Messages that may be answers and bring no form: what waits of them, and what is made of it."""

import binascii
import html
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.letters import Mailed, MailKind, MailState
from tests.support.builders import (
    DECEMBER,
    EDUCATION,
    FINANCE,
    NOVEMBER,
    fill,
    moment,
    small_form,
)
from tests.support.letters import attachment, eml, text
from tests.support.post import ADDRESSES, parsed, workspace
from tests.support.session import Session

STRANGER = "wang@private.test"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办")


def letter(*parts: bytes, sender: str = ADDRESSES[FINANCE], more: bytes = b"") -> bytes:
    head = f"From: <{sender}>\r\nSubject: 12\r\nDate: Fri, 30 Dec 2022 10:00:00 +0800\r\n".encode()
    return eml(*parts, head=head + more)


def page(said: str) -> bytes:
    return text(f"<html><body>{said}</body></html>", kind="html")


def pasted(texts: dict[int, str]) -> str:
    """Return the table of the unit's form as Excel puts it into a message."""
    form = small_form(FINANCE)
    rows = [["序号", "目标任务", "具体要求", "牵头部门", "责任部门", "牵头联络股室", "进展情况"]]
    rows += [
        [
            one.shown,
            one.goal,
            one.requirements,
            one.lead_text,
            one.responsible_text,
            one.liaison_text,
            texts.get(one.number, ""),
        ]
        for one in form.rows
    ]
    cells = ("".join(f"<td class=xl65>{html.escape(one)}</td>" for one in row) for row in rows)
    return f"<table border=1>{''.join(f'<tr>{one}</tr>' for one in cells)}</table>"


def collected(session: Session, data: bytes, name: str = "回复.eml") -> list[dict[str, Any]]:
    (session.folder / "收件箱" / name).write_bytes(data)
    said = session("collect", "--json")
    assert said.status in (0, 1), said.err
    found: list[dict[str, Any]] = said.json["submissions"]
    return found


def state(session: Session, unit: str = FINANCE) -> str:
    units = session("status", "2022-12", "--json").json["units"]
    return next(str(one["state"]) for one in units if one["unit"] == unit)


def told(session: Session, number: int) -> str:
    (path,) = (session.folder / "待处理").glob(f"{number:04d}_*.txt")
    return path.read_text("utf-8-sig")


def entries(session: Session) -> dict[int, str]:
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        return {int(one.task[1:]): one.text for one in ledger.entries.of([DECEMBER], FINANCE)}


def test_an_answer_typed_into_a_mail_waits_for_a_person_under_its_unit(session: Session) -> None:
    (session.folder / "收件箱/信.eml").write_bytes(letter(text("第1项：资金已拨付。")))
    said = session("collect", "--json")
    assert said.status == 1
    (found,) = said.json["submissions"]
    assert (found["verdict"], found["unit"]) == ("attention", FINANCE)
    assert [one["code"] for one in found["findings"]][:1] == ["mail_without_attachment"]
    for words in (["--accept"], ["--take", "1", "--task", "1"]):
        refused = session("resolve", "1", *words)
        assert (refused.status, "--unit" in refused.err) == (2, False), "its unit is known"
    assert state(session) == "attention"
    shown = told(session, found["id"])
    assert shown.count("第1项：资金已拨付。") == 1
    for way in ("作为附件重发", "代填", "--reject"):
        assert way in shown
    assert "邮件，没有附填报表" in session("status", "2022-12").out
    session("mail", "2022-12", "--receipt")
    (receipt,) = (session.folder / "下发/2022-12/邮件").glob("回执*.eml")
    part = parsed(receipt.read_bytes()).get_body()
    assert isinstance(part, EmailMessage)
    written = part.get_content()
    assert "邮件“" in written, "what the unit knows it by"
    assert "信.eml" not in written


def form_beside(session: Session, texts: dict[int, str]) -> bytes:
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    data = fill(form, texts) if texts else form
    return attachment(data, b'Content-Disposition: attachment; filename="a.xlsx"')


@pytest.mark.parametrize(
    "said",
    [
        [text("您好！进展：已配备干部12名。")],
        [page(pasted({1: "资金已拨付。"}))],
        [text("表太大：https://pan.baidu.com/s/1abc")],
        [
            text("见附件。"),
            attachment(
                b"\x89PNG\r\n\x1a\n" + bytes(40), b"Content-Disposition: attachment; filename=p.png"
            ),
        ],
    ],
)
def test_an_answer_beside_an_empty_form_waits_as_without_it(
    session: Session, said: list[bytes]
) -> None:
    found = collected(session, letter(*said, form_beside(session, {})))
    assert sorted(one["verdict"] for one in found) == ["accepted", "attention"]
    assert {one["unit"] for one in found} == {FINANCE}
    assert state(session) == "attention"
    assert "空表" not in session("status", "2022-12").out
    session("mail", "2022-12", "--remind")
    (reminder,) = (session.folder / "下发/2022-12/邮件").glob("催报*财政*.eml")
    part = parsed(reminder.read_bytes()).get_body()
    assert isinstance(part, EmailMessage)
    assert "没有填写任何进展" not in part.get_content()


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("12月的表太大，见https://pan.baidu.com/s/1abc", True),
        ("12月进展：已召开会议3次。", True),
        ("另，第11项进展如下：暂无数据", True),
        ("补充：已建成家长学校", True),
        ("另有3场讲座见附件", True),
        ("已按要求填报，妇女儿童之家三个已挂牌，请审阅", True),
        ("附件作废", True),
        ("请先不要收，还没审定", True),
        ("上次发错了，以这份为准，盖章版稍后送", False),
        ("请查收\n来自我的iPhone\n督查室 王五\n本邮件含有保密信息，误收请删除。", False),
        ("您好，现将我单位11月进展情况报上，已填写完成，请查收附件。", False),
        ("见附件。\n县财政局\n电话：0745-5220000", False),
    ],
)
def test_another_answer_beside_a_filled_form_waits_and_a_covering_word_does_not(
    session: Session, said: str, waits: bool
) -> None:
    found = collected(session, letter(text(said), form_beside(session, {1: "甲。"})))
    assert [one["verdict"] for one in found] == ["accepted", *["attention"] * waits]


def test_a_form_that_its_message_takes_back_is_told_as_that_and_not_as_none(
    session: Session,
) -> None:
    found = collected(
        session, letter(text("附件作废，稍后重报"), form_beside(session, {1: "甲。"}))
    )
    said = told(session, next(one["id"] for one in found if one["verdict"] == "attention"))
    assert "把那份表改为不采用" in said
    status = session("status", "2022-12").out
    assert "没有附填报表" not in status


def test_a_covering_word_beside_an_empty_form_is_no_answer(session: Session) -> None:
    (found,) = collected(
        session, letter(text("您好，请查收附件，谢谢！"), form_beside(session, {}))
    )
    assert found["verdict"] == "accepted"


def test_the_form_that_comes_later_settles_it(session: Session) -> None:
    (waits,) = collected(session, letter(text("第1项：资金已拨付。")))
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    (session.folder / "收件箱/表.xlsx").write_bytes(fill(form, {1: "资金已拨付。"}))
    session("collect")
    assert state(session) == "late"
    assert not [*(session.folder / "待处理").glob(f"{waits['id']:04d}_*")]


@pytest.mark.parametrize(
    ("sender", "said", "settles"),
    [(STRANGER, (1, 2, 4), False), (ADDRESSES[FINANCE], (1,), False),
     (ADDRESSES[FINANCE], (1, 2, 4), True)],
)  # fmt: skip
def test_of_forms_by_mail_only_a_whole_one_of_the_unit_s_own_settles_it(
    session: Session, sender: str, said: tuple[int, ...], settles: bool
) -> None:
    (waits,) = collected(session, letter(text("第1项：资金已拨付。")))
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    data = fill(form, dict.fromkeys(said, "资金已拨付。"))
    part = attachment(data, b'Content-Disposition: attachment; filename="a.xlsx"')
    found = collected(session, letter(part, sender=sender), "表.eml")
    assert "accepted" in {one["verdict"] for one in found}
    left = [*(session.folder / "待处理").glob(f"{waits['id']:04d}_*")]
    assert (not left) == settles


def test_all_texts_of_a_mail_are_shown(session: Session) -> None:
    once = eml(text("甲段。"), page("<p>甲段。</p>"), kind=b"alternative").partition(
        b"Content-Type"
    )
    parts = (b"Content-Type" + once[2], text("乙段。"), page("丙段。"))
    (found,) = collected(session, letter(*parts))
    shown = told(session, found["id"])
    assert [shown.count(one) for one in ("甲段。", "乙段。", "丙段。")] == [1, 1, 1]


def test_an_answer_that_stands_in_the_page_alone_is_shown(session: Session) -> None:
    once = eml(
        text("您的邮件程序不支持 HTML。"), page("<p>第1项已建成。</p>"), kind=b"alternative"
    ).partition(b"Content-Type")
    (found,) = collected(session, letter(b"Content-Type" + once[2]))
    assert "第1项已建成。" in told(session, found["id"])


@pytest.mark.parametrize(
    ("said", "server"),
    [
        ('<a href="https://mail.qq.com/cgi-bin/ftnExs_download?k=1">表.xlsx</a>', "mail.qq.com"),
        ("从网易邮箱发来的云附件 https://mail.163.test/f?p=1 下载", "mail.163.test"),
        ("表放在文件中转站了，请查收", "文件中转站"),
    ],
)
def test_a_form_that_lies_on_a_server_is_asked_for(
    session: Session, said: str, server: str
) -> None:
    (found,) = collected(session, letter(page(said)))
    assert found["unit"] == FINANCE
    shown = told(session, found["id"])
    assert server in shown
    assert "下载后放进收件箱" in shown


def test_a_form_in_uuencode_is_an_attachment(session: Session) -> None:
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    data = fill(form, {1: "一。", 2: "二。", 4: "四。"})
    lines = b"".join(binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    body = (
        b"\xb1\xed\r\n\r\nbegin 644 \xb1\xed.xlsx\r\n"
        + lines.replace(b"\n", b"\r\n")
        + b"`\r\nend\r\n"
    )
    head = f"From: <{ADDRESSES[FINANCE]}>\r\nSubject: 12\r\nContent-Type: text/plain; charset=gbk"
    (found,) = collected(session, head.encode() + b"\r\n\r\n" + body)
    assert (found["verdict"], found["file"]) == ("accepted", "回复.eml/表.xlsx")


def test_a_mail_that_cannot_be_read_stands_under_the_unit_that_sent_it(session: Session) -> None:
    inner = text("很深")
    for place in range(60):
        mark = b"b%d" % place
        inner = b'Content-Type: multipart/mixed; boundary="%b"\r\n\r\n--%b\r\n%b' % (
            mark,
            mark,
            inner,
        )
    (found,) = collected(session, letter(inner))
    assert (found["verdict"], found["unit"]) == ("attention", FINANCE)
    assert "damaged" in {one["code"] for one in found["findings"]}
    assert state(session) == "attention"


def test_a_table_pasted_into_a_mail_waits_with_what_would_be_taken(session: Session) -> None:
    texts = {1: "资金已拨付<2次>。", 2: "完成两项。"}
    (found,) = collected(session, letter(page(pasted(texts))))
    assert (found["verdict"], found["unit"], found["period"]) == ("attention", FINANCE, "2022-12")
    assert entries(session) == {}
    shown = told(session, found["id"])
    assert "会收取 2 项" in shown
    assert "第1项：资金已拨付<2次>。" in shown
    assert "牵头联络股室 进展情况" in shown
    assert session("resolve", str(found["id"]), "--accept").status == 0
    assert entries(session) == texts
    assert state(session) == "returned"


def test_a_pasted_table_of_a_stranger_is_read_once_a_person_says_whose_it_is(
    session: Session,
) -> None:
    (found,) = collected(session, letter(page(pasted({1: "一。"})), sender=STRANGER))
    assert (found["verdict"], found["unit"]) == ("attention", None)
    command = ("resolve", str(found["id"]), "--unit", FINANCE, "--period", "2022-12")
    assert session(*command).status == 1
    assert entries(session) == {}, "nobody has seen yet what would be taken"
    assert "第1项：一。" in told(session, found["id"])
    assert session("resolve", str(found["id"]), "--accept").status == 0
    assert entries(session) == {1: "一。"}


def test_a_table_of_another_kind_is_never_offered_as_an_answer(session: Session) -> None:
    other = "<table><tr><td>姓名<td>电话<tr><td>某某<td>空</table>"
    (found,) = collected(session, letter(page(other)))
    codes = {one["code"] for one in found["findings"]}
    assert "no_table" in codes
    assert "--accept" not in told(session, found["id"])


def test_a_pasted_table_beside_a_scan_is_read_and_a_signature_is_not(session: Session) -> None:
    scan = attachment(b"%PDF-1.4 ", b'Content-Disposition: attachment; filename="scan.pdf"')
    (found,) = collected(session, letter(page(pasted({1: "一。"})), scan))
    assert (found["file"], found["unit"]) == ("回复.eml", FINANCE)
    assert "scan.pdf" in told(session, found["id"])
    signed = "<table><tr><td>某某<td>科员<tr><td>电话<td>空</table>"
    (found,) = collected(session, letter(page(signed), scan), "又.eml")
    assert found["file"] == "又.eml/scan.pdf"


def test_a_form_beside_a_pasted_table_is_what_counts(session: Session) -> None:
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    data = fill(form, {1: "一。", 2: "二。", 4: "四。"})
    part = attachment(data, b'Content-Disposition: attachment; filename="a.xlsx"')
    found = collected(session, letter(page(pasted({1: "另。"})), part))
    assert [one["verdict"] for one in found] == ["accepted", "attention"]
    assert entries(session)[1] == "一。"


def test_an_answer_to_our_letter_is_the_units_whatever_address_it_comes_from(
    session: Session,
) -> None:
    from edu_sheet.kit import clock
    from edu_sheet.words.letters import Mailed, MailKind, MailState

    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        ledger.letters.begin(
            Mailed(0, MailKind.FORM, DECEMBER, FINANCE, "k", ADDRESSES[FINANCE], "<a.b@xian.test>",
                   MailState.SENT, clock.now())
        )  # fmt: skip
    answer = letter(text("见正文。"), sender=STRANGER, more=b"In-Reply-To: <a.b@xian.test>")
    (found,) = collected(session, answer)
    assert (found["verdict"], found["unit"], found["period"]) == ("attention", FINANCE, "2022-12")


def test_an_answer_to_an_earlier_month_is_that_month_s_and_not_settled_by_the_later_form(
    session: Session,
) -> None:
    session("generate", "2022-11")
    said = letter(text("第1项已完成。")).replace(b"Subject: 12", "Subject: 11月份进展".encode())
    (waits,) = collected(session, said)
    assert (waits["unit"], waits["period"]) == (FINANCE, "2022-11")
    named = b'Content-Disposition: attachment; filename="a.xlsx"'
    for period, verdict in (("2022-11", "attention"), ("2022-12", "accepted")):
        form = (session.folder / f"下发/{period}/{period}_县财政局.xlsx").read_bytes()
        data = fill(form, dict.fromkeys((1, 2, 4), "资金已拨付。"))
        mail = letter(text("12月的，请查收"), attachment(data, named))
        found = collected(session, mail, f"{period}.eml")
        assert [(one["verdict"], one["period"]) for one in found] == [(verdict, period)]
    assert [*(session.folder / "待处理").glob(f"{waits['id']:04d}_*")]


def test_what_a_mail_says_is_printed_once_by_our_clock_and_without_our_letter(
    session: Session,
) -> None:
    said = letter(text("第1项已办结。\n\n---- 原始邮件 ----\n主题：通知\n请填报"))
    mail = said.replace(b"10:00:00 +0800", b"02:00:00 +0000")
    (session.folder / "收件箱/回复.eml").write_bytes(mail)
    out = session("collect").out
    assert (out.count("第1项已办结。"), "请填报" in out) == (1, False)
    assert "2022-12-30 10:00" in told(session, 1)
    assert "请填报" in told(session, 1)


def test_in_a_box_of_two_units_the_letter_that_is_answered_says_whose_answer_it_is(
    tmp_path: Path,
) -> None:
    both = ADDRESSES | {EDUCATION: ADDRESSES[FINANCE]}
    session = workspace(tmp_path / "督办", both)
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        ledger.letters.begin(
            Mailed(
                0,
                MailKind.FORM,
                DECEMBER,
                FINANCE,
                "k",
                both[FINANCE],
                "<1@xian.test>",
                MailState.SENT,
                moment("2022-12-20"),
            )
        )
    more = b"In-Reply-To: <1@xian.test>\r\n"
    (found,) = collected(session, letter(text("第1项：资金已拨付。"), more=more))
    assert (found["unit"], found["period"]) == (FINANCE, "2022-12")


def test_a_form_attached_to_a_receipt_is_an_answer_and_the_receipt_itself_is_none(
    session: Session,
) -> None:
    read = b"Content-Type: message/disposition-notification\r\n\r\nDisposition: a/b; displayed\r\n"
    head = f"From: <{ADDRESSES[FINANCE]}>\r\nSubject: 已读".encode()
    kind = b"report; report-type=disposition-notification"
    data = eml(text("见附件"), read, form_beside(session, {1: "甲。"}), head=head, kind=kind)
    (found,) = collected(session, data)
    assert found["verdict"] == "accepted"


def sent(session: Session, identity: str = "<1@xian.test>") -> bytes:
    """Return our letter to a unit as it went out, with its empty form, and let it be known."""
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        ledger.letters.begin(
            Mailed(0, MailKind.FORM, DECEMBER, FINANCE, "k", ADDRESSES[FINANCE], identity,
                   MailState.SENT, moment("2022-12-20"))
        )  # fmt: skip
    head = f"From: <ban@xian.test>\r\nSubject: 12\r\nMessage-ID: {identity}".encode()
    return eml(text("请于5日前填好第1项、第2项并发回。"), form_beside(session, {}), head=head)


def enclosed(message: bytes) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" + message


@pytest.mark.parametrize("how", ["enclosed", "attached"])
def test_an_answer_typed_above_our_own_letter_waits_and_our_letter_is_no_answer(
    session: Session, how: str
) -> None:
    ours = sent(session)
    named = b'Content-Disposition: attachment; filename="a.eml"'
    part = enclosed(ours) if how == "enclosed" else attachment(ours, named)
    found = collected(session, letter(text("12月进展：审判25件。"), part))
    waits = [one for one in found if one["verdict"] == "attention"]
    assert [(one["file"], one["unit"]) for one in waits] == [("回复.eml", FINANCE)]
    assert "审判25件" in told(session, waits[0]["id"])
    assert {one["findings"][0]["code"] for one in found if one not in waits} == {"own_letter"}


def test_a_whole_form_beside_our_own_letter_is_all_that_there_is(session: Session) -> None:
    form = form_beside(session, dict.fromkeys((1, 2, 4), "已办。"))
    collected(session, letter(text("见附件"), form, enclosed(sent(session))))
    assert state(session) == "returned"


def test_thanks_above_our_own_letter_is_no_answer(session: Session) -> None:
    found = collected(session, letter(text("收到，谢谢！"), enclosed(sent(session))))
    assert {one["verdict"] for one in found} == {"ignored"}
    assert state(session) == "missing"


def test_what_is_typed_above_another_s_mail_is_shown_beside_what_that_brings(
    session: Session,
) -> None:
    inner = letter(text("见附件"), form_beside(session, {1: "甲。"}))
    found = collected(session, letter(text("另补充：打击电诈22起。"), enclosed(inner)))
    assert sorted(one["verdict"] for one in found) == ["accepted", "attention"]
    waits = next(one for one in found if one["verdict"] == "attention")
    assert "打击电诈22起" in told(session, waits["id"])
    bounced = eml(text("550 user unknown: x@y.test"), head=b"From: <postmaster@mx.test>\r\n"
                  b"Subject: Undelivered Mail Returned to Sender")  # fmt: skip
    found = collected(session, letter(text("救助26人。"), enclosed(bounced)), "又.eml")
    assert any("救助26人" in told(session, one["id"]) for one in found if one["unit"] == FINANCE)


def test_our_own_letters_in_a_folder_of_mail_are_called_that(session: Session) -> None:
    mbox = b"From x Fri Dec 30 10:00:00 2022\n" + sent(session).replace(b"\r\n", b"\n")
    found = collected(session, mbox, "发件箱.mbox")
    assert [one["findings"][0]["code"] for one in found] == ["own_letter"] * len(found)
    assert found


def months(session: Session) -> dict[str, dict[int, str]]:
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        return {
            str(period): {
                int(one.task[1:]): one.text for one in ledger.entries.of([period], FINANCE)
            }
            for period in (NOVEMBER, DECEMBER)
        }


def test_two_tables_of_two_months_in_one_mail_are_two_answers(session: Session) -> None:
    session("generate", "2022-11")
    said = f"<p>2022年11月</p>{pasted({1: '十一。'})}<p>2022年12月：</p>{pasted({1: '十二。'})}"
    found = collected(session, letter(page(said)))
    assert {(one["verdict"], one["period"]) for one in found} == {
        ("attention", "2022-11"),
        ("attention", "2022-12"),
    }
    for one in found:
        text = "十一。" if one["period"] == "2022-11" else "十二。"
        assert text in told(session, one["id"])
        assert session("resolve", str(one["id"]), "--accept").status == 0
    assert months(session) == {"2022-11": {1: "十一。"}, "2022-12": {1: "十二。"}}


def test_a_table_whose_heading_names_another_month_is_taken_for_that_alone(
    session: Session,
) -> None:
    session("generate", "2022-11")
    said = f"<div>这是2022年11月的，请查收</div>{pasted({1: '十一。'})}"
    re = letter(page(said)).replace(b"Subject: 12", "Subject: Re: 2022年12月进展".encode())
    (found,) = collected(session, re)
    assert found["period"] == "2022-11"
    whose = ("resolve", str(found["id"]), "--unit", FINANCE, "--period")
    session(*whose, "2022-12")
    session("resolve", str(found["id"]), "--accept")
    assert months(session)["2022-12"] == {}
    session(*whose, "2022-11")
    assert months(session)["2022-11"] == {}, "what would be taken is listed first"
    assert "第1项：十一。" in told(session, found["id"])
    assert session("resolve", str(found["id"]), "--accept").status == 0
    assert months(session) == {"2022-11": {1: "十一。"}, "2022-12": {}}


def test_a_table_in_the_letter_that_is_quoted_is_not_offered_as_the_answer(
    session: Session,
) -> None:
    quoted = (
        f"<div>-----原始邮件-----<br>主题: 进展</div><blockquote>{pasted({1: '旧。'})}</blockquote>"
    )
    (found,) = collected(session, letter(page(f"<div>收到，稍后报。</div>{quoted}")))
    assert (found["unit"], found["period"]) == (FINANCE, None)
    assert "--accept" not in told(session, found["id"])
    session("resolve", str(found["id"]), "--unit", FINANCE, "--period", "2022-12")
    assert entries(session) == {}
    assert "第1项：旧。" in told(session, found["id"])


def test_what_is_struck_through_in_a_pasted_table_is_told_before_it_is_taken(
    session: Session,
) -> None:
    said = pasted({1: "作废14改为15"}).replace("作废14", "<s>作废14</s>")
    (found,) = collected(session, letter(page(said)))
    assert "作废14改为15（有的字带删除线" in told(session, found["id"])
    session("resolve", str(found["id"]), "--accept")
    later = letter(page(pasted({1: "改为16"}))).replace(b"30 Dec", b"31 Dec")
    (found,) = collected(session, later.replace(b"Subject: 12", "Subject: 12月".encode()), "又.eml")
    assert "改为16（将代替已收的：作废14改为15）" in told(session, found["id"])


def test_a_second_table_of_the_same_month_is_told_before_the_first_is_taken(
    session: Session,
) -> None:
    said = f"{pasted({1: '甲。', 2: '乙。'})}<p>更正：</p>{pasted({1: '应为丙。'})}"
    (found,) = collected(session, letter(page(said)))
    shown = told(session, found["id"])
    assert "会收取 2 项" in shown
    assert "另有 1 处文字不在其中" in shown
    assert "│应为丙。" in shown


def of_november(session: Session, said: str, *days: int) -> list[dict[str, Any]]:
    """Let the unit send November's form with words of its own, once a day."""
    form = (session.folder / "下发/2022-11/2022-11_县财政局.xlsx").read_bytes()
    data = fill(form, dict.fromkeys((1, 2, 4), "已办。"))
    named = b'Content-Disposition: attachment; filename="a.xlsx"'
    found = []
    for day in days:
        mail = letter(text(said), attachment(data, named)).replace(b"30 Dec", b"%d Dec" % day)
        found += collected(session, mail, f"{day}.eml")
    return found


@pytest.mark.parametrize(
    "said",
    [
        "11月的见附件。12月进展：召开会议3次。",
        "附件。另12月进展：视察学校。",
        "附件是11月的，12月没有进展。",
    ],
)
def test_words_on_another_month_beside_a_form_are_an_answer_for_that_month(
    session: Session, said: str
) -> None:
    session("generate", "2022-11")
    found = of_november(session, said, 20)
    waits = next(one for one in found if one["file"] == "20.eml")
    assert waits["verdict"] == "attention"
    for one in found:
        if one is not waits and one["verdict"] == "attention":
            session("resolve", str(one["id"]), "--accept")
    of_november(session, "请查收", 21)
    assert "12月" in told(session, waits["id"]), "November's form does not settle it"
    assert state(session) == "attention"
    assert "--period 2022-12" in told(session, waits["id"])


def test_a_form_that_was_sent_before_does_not_settle_what_came_after_it(session: Session) -> None:
    (waits,) = collected(session, letter(text("第1项改为：30处（以此为准）。")))
    form = form_beside(session, dict.fromkeys((1, 2, 4), "已办。"))
    late = letter(text("见附件"), form).replace(b"30 Dec", b"29 Dec")
    assert collected(session, late, "表.eml")[0]["verdict"] == "accepted"
    assert "30处" in told(session, waits["id"])


@pytest.mark.parametrize(
    ("subject", "body", "name"),
    [
        ("县教育局12月进展", "开展调研3次。", ""),
        ("报送", "县教育局2022年12月：开展视察3次", ""),
        ("材料", "见照片", "县教育局.png"),
        ("材料", "开展视察3次", ""),
    ],
)
def test_in_a_box_of_two_units_the_name_in_the_mail_says_whose_answer_it_is(
    tmp_path: Path, subject: str, body: str, name: str
) -> None:
    both = ADDRESSES | {EDUCATION: ADDRESSES[FINANCE]}
    session = workspace(tmp_path / "督办", both)
    named = f"Content-Disposition: attachment; filename={name}".encode()
    picture = [attachment(b"\x89PNG\r\n\x1a\n" + bytes(40), named)] if name else []
    said = letter(text(body), *picture).replace(b"Subject: 12", f"Subject: {subject}".encode())
    (found,) = collected(session, said)
    told_of = EDUCATION in f"{subject}{body}{name}"
    assert found["unit"] == (EDUCATION if told_of else None)
    shown = told(session, found["id"])
    both_offered = all(f'--unit "{one}"' in shown for one in (FINANCE, EDUCATION))
    assert both_offered is not told_of, shown


def test_the_time_in_the_message_of_a_server_that_writes_utc_is_told_by_our_clock(
    session: Session,
) -> None:
    said = letter(text("第1项已办结。")).replace(b"10:00:00 +0800", b"02:00:00 -0000")
    (found,) = collected(session, said)
    assert "02:00" not in told(session, found["id"])


def test_a_sender_that_cannot_be_told_is_said_beside_the_form_that_is_taken(
    session: Session,
) -> None:
    form = form_beside(session, {1: "甲。"})
    said = letter(form).replace(
        b"From: <", f"From: {ADDRESSES[FINANCE]} <x@other.test>, <".encode()
    )
    (found,) = collected(session, said)
    assert found["verdict"] == "accepted"
    assert "sender_unproven" in {one["code"] for one in found["findings"]}


def test_an_invitation_or_a_card_beside_an_answer_is_no_file(session: Session) -> None:
    card = attachment(
        b"BEGIN:VCARD\r\nEND:VCARD", b'Content-Disposition: attachment; filename="a.vcf"'
    )
    meeting = b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    form = form_beside(session, {1: "甲。"})
    (found,) = collected(session, letter(text("见附件"), form, card, meeting))
    assert found["verdict"] == "accepted"
    (waits,) = collected(session, letter(text("12月：打击22起"), card), "又.eml")
    assert "打击22起" in told(session, waits["id"])


def test_a_unit_whose_whole_form_was_taken_is_not_asked_for_a_form(session: Session) -> None:
    form = form_beside(session, dict.fromkeys((1, 2, 4), "已办。"))
    collected(session, letter(text("见附件"), form))
    collected(session, letter(text("12月进展第1项应为：12处。")), "又.eml")
    session("mail", "2022-12", "--receipt")
    (receipt,) = (session.folder / "下发/2022-12/邮件").glob("回执*财政*.eml")
    part = parsed(receipt.read_bytes()).get_body()
    assert isinstance(part, EmailMessage)
    written = part.get_content()
    assert "没有附上填好的填报表" not in written
    assert "邮件里另有内容" in written


def test_a_stranger_s_form_does_not_let_the_unit_s_own_answer_to_that_letter_wait(
    session: Session,
) -> None:
    session("generate", "2022-11")
    form = (session.folder / "下发/2022-11/2022-11_县财政局.xlsx").read_bytes()
    named = b'Content-Disposition: attachment; filename="a.xlsx"'
    theirs = attachment(fill(form, {1: "他人。"}), named)
    collected(session, letter(text("见附件"), theirs, sender=STRANGER))
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        ledger.letters.begin(
            Mailed(0, MailKind.FORM, NOVEMBER, FINANCE, "k", ADDRESSES[FINANCE], "<11@xian.test>",
                   MailState.SENT, moment("2022-11-20"))
        )  # fmt: skip
    more = b"In-Reply-To: <11@xian.test>\r\n"
    own = letter(text("见附件"), attachment(fill(form, {1: "本单位。"}), named), more=more)
    (found,) = collected(session, own.replace(b"30 Dec", b"31 Dec"), "自.eml")
    assert found["verdict"] == "accepted"
