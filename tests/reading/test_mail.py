"""Messages: their files by the names that the sender gave them, and who sent them when."""

import base64
import contextlib
import struct
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu_sheet import reading
from edu_sheet.kit.clock import SHANGHAI
from edu_sheet.reading.letters import mail, tnef
from edu_sheet.reading.refusal import Refusal
from edu_sheet.sentences import sentence
from edu_sheet.words.findings import Finding
from tests.support.letters import attachment, eml, msg, msg_tree, ole, text, winmail
from tests.support.workbooks import archive, typed

A, B = typed("甲"), typed("乙")
NAME = "2022-12_县财政局（终稿）.xlsx"


def names(data: bytes) -> list[str]:
    return [member.name for member in reading.unpack(data).members]


def codes(data: bytes) -> list[tuple[str, str]]:
    """Return what is wrong with a message, and with the texts of those that it is about."""
    found = reading.unpack(data)
    texts = [one for one in found.members if reading.kind_of(one.data) in reading.LETTERS]
    said = [finding for one in texts for finding in reading.read_letter(one.data, "eml").findings]
    return [(one.code, str(one.place)) for one in (*found.findings, *said)]


def told(data: bytes) -> Finding:
    """Return why a message without files waits."""
    (found,) = reading.unpack(data).members
    (finding,) = reading.read_letter(found.data, "eml").findings
    return finding


def b64(said: str, charset: str) -> bytes:
    return b"=?%b?B?%b?=" % (charset.encode(), base64.b64encode(said.encode(charset)))


def in_seven_bits(said: str, designated: bytes = b"A") -> bytes:
    """Return a text in ISO-2022-CN; each line ends in ASCII."""
    lines = []
    for line in said.split("\n"):
        found = bytes(one & 0x7F for one in line.encode("gb2312"))
        lines.append(b"\x1b$)" + designated + b"\x0e" + found + b"\x0f ok")
    return b"\r\n".join(lines)


def test_a_text_in_iso_2022_cn_is_read_and_of_what_has_no_codec_it_is_said() -> None:
    subject = b"=?iso-2022-cn?B?%b?=" % base64.b64encode(in_seven_bits("进展"))
    head = b"From: <a@xian.test>\r\nSubject: " + subject
    kind = b"Content-Type: text/plain; charset=iso-2022-cn\r\n\r\n"
    told = mail.read(eml(kind + in_seven_bits("第一项：\n资金已拨付。"), head=head))
    assert told.subject == "进展 ok"
    assert told.text == "第一项： ok\n资金已拨付。 ok"
    unread = mail.read(eml(kind + in_seven_bits("资金", b"G"), head=head))
    assert unread.text == "〔编码读不出〕 ok"


@pytest.mark.parametrize("named", [b"iso-8859-1", b"ISO8859-15", b"windows-1252", b"us-ascii"])
def test_a_chinese_text_under_a_western_code_is_read_as_what_it_is(named: bytes) -> None:
    for code, said in (("utf-8", "已建成𠮷字学校"), ("gbk", "资金已拨付，十月完成")):
        kind = b'Content-Type: text/plain; charset="%b"\r\n' % named
        part = kind + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + said.encode(code)
        assert mail.read(eml(part)).text == said


def test_a_text_in_a_western_code_stays_what_it_is() -> None:
    kind = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    assert mail.read(eml(kind + "Müller, café".encode("latin-1"))).text == "Müller, café"


@pytest.mark.parametrize(
    "headers",
    [
        [b'Content-Type: application/x; name="' + b64(NAME, "utf-8") + b'"'],
        [b'Content-Type: application/x; name="' + b64(NAME, "gb18030") + b'"'],
        [b'Content-Disposition: attachment; filename="' + b64(NAME, "gbk") + b'"'],
        [b'Content-Disposition: attachment; filename="' + NAME.encode("gbk") + b'"'],
        [b'Content-Disposition: attachment; filename="' + NAME.encode() + b'"'],
        [b"Content-Disposition: attachment; filename*=utf-8''" + quote(NAME).encode()],
        [(b"Content-Disposition: attachment;\r\n filename*0*=gb18030''2022-12_%CF%D8%B2%C6;\r\n"
          b" filename*1*=%D5%FE%BE%D6%A3%A8%D6%D5%B8%E5%A3%A9;\r\n filename*2=.xlsx")],
        [b'Content-Type: application/x;\r\n name="' + b64(NAME[:10], "utf-8") + b"\r\n "
         + b64(NAME[10:], "utf-8") + b'"'],
        [b'Content-Disposition: attachment; filename="C:\\\\' + NAME.encode("gbk") + b'"'],
    ],
)  # fmt: skip
def test_chinese_names_are_read_in_every_way_that_they_are_written(headers: list[bytes]) -> None:
    assert names(eml(text("请查收"), attachment(A, *headers))) == [NAME]


def test_sender_time_subject_and_text_are_known() -> None:
    head = (
        b"Received: from a by mx.test; Fri, 30 Dec 2022 10:05:00 +0800\r\n"
        b"Received: from b by a; Fri, 30 Dec 2022 09:59:00 +0800\r\n"
        b"From: " + b64("张三", "gb2312") + b" <CaiZheng@xian.test>\r\n"
        b"Subject: " + "12月进展".encode("gbk") + b"\r\n"
        b"Date: Thu, 29 Dec 2022 08:00:00 +0800"
    )
    made = eml(
        text("附件请查收，谢谢。", "gb2312"),
        attachment(A, b'Content-Type: a/b; name="a"'),
        head=head,
    )
    (member,) = reading.unpack(made).members
    letter = member.letter
    assert letter
    assert letter.sender == "caizheng@xian.test"
    assert letter.subject == "12月进展"
    assert letter.arrived_at == datetime(2022, 12, 30, 10, 5, tzinfo=SHANGHAI)
    assert letter.text == "附件请查收，谢谢。"
    assert "附件请查收，谢谢。" in sentence(letter.known)


def test_a_message_without_files_shows_its_text() -> None:
    found = told(eml(text("第3项：已完成摸底。")))
    assert found.code == "mail_without_attachment"
    assert "第3项：已完成摸底。" in sentence(found)
    page = text("<style>p{}</style><p>第3项：&lt;已完成&gt;</p>", kind="html")
    found = told(eml(page))
    assert "第3项：<已完成>" in sentence(found)
    assert "style" not in sentence(found)


def test_a_logo_is_no_attachment_and_a_pasted_picture_is_told() -> None:
    logo = attachment(b"\x89PNG", b"Content-Type: image/png", b"Content-ID: <logo>")
    form = attachment(A, b'Content-Type: a/b; name="a.xlsx"')
    assert names(eml(text("见附件"), logo, form)) == ["a.xlsx", ""], "itself, for its picture"
    found = told(eml(text("见图"), logo))
    assert "1 张图片" in sentence(found)


def test_messages_inside_messages_and_archives_inside_both_are_opened() -> None:
    form = attachment(A, b'Content-Disposition: attachment; filename="a.xlsx"')
    inner = eml(text("转"), form, head=b"From: a@b.cn\r\nSubject: inner\r\nDate: x")
    as_message = b"Content-Type: message/rfc822\r\n\r\n" + inner
    coded = (
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(inner)
    )
    as_file = attachment(inner, b'Content-Disposition: attachment; filename="old.eml"')
    packed = attachment(archive([("b.xlsx", B)]), b'Content-Type: a/b; name="p.zip"')
    assert names(eml(as_message)) == ["inner.eml/a.xlsx"]
    assert names(eml(coded)) == ["转发邮件1.eml/a.xlsx"]
    assert names(eml(as_file, packed)) == ["old.eml/a.xlsx", "p.zip/b.xlsx"]
    assert names(archive([("信.eml", inner)])) == ["信.eml/a.xlsx"]


def test_messages_nested_too_deep_are_named() -> None:
    made = eml(attachment(A, b'Content-Type: a/b; name="a.xlsx"'))
    for _ in range(5):
        made = eml(attachment(made, b'Content-Type: a/b; name="m.eml"'))
    assert names(made) == []
    assert codes(made) == [("format_mail", "m.eml/m.eml/m.eml")]
    deep = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n"
    bomb = b"From: a@b.cn\r\nSubject: x\r\n" + b"".join(deep % (n, n) for n in range(5000))
    assert [code for code, _ in codes(bomb)] in (["damaged"], ["mail_without_attachment"])


def test_what_a_message_answers_is_known_however_its_program_writes_it() -> None:
    long = f"<{'1' * 80}@xian.test>"
    coded = f"=?utf-8?q?=3C{'1' * 50}?=\r\n =?utf-8?q?{'1' * 30}=40xian=2Etest=3E?="
    assert mail.read(f"In-Reply-To: {coded}\r\n\r\nx".encode()).answers == (long,)
    assert mail.read(f"References: <a@b> <c@d>\r\n {long}\r\n\r\nx".encode()).answers[2] == long


def test_files_in_winmail_dat_come_out_by_their_long_names() -> None:
    data = winmail(("2022-1~1.XLS", NAME, A), ("短名.xlsx", "", B))
    made = eml(
        text("见附件"), attachment(data, b'Content-Type: application/ms-tnef; name="winmail.dat"')
    )
    found = reading.unpack(made)
    assert [(one.name, one.data) for one in found.members] == [(NAME, A), ("短名.xlsx", B)]


def test_a_broken_winmail_dat_is_told_as_that() -> None:
    data = winmail(("a", NAME, A))[:-500]
    made = eml(attachment(data, b'Content-Type: application/ms-tnef; name="winmail.dat"'))
    assert names(made) == []
    assert codes(made) == [("damaged", "winmail.dat")]


def test_an_attachment_that_is_only_a_link_is_named() -> None:
    made = eml(attachment(b"", b'Content-Disposition: attachment; filename="big.xlsx"'))
    assert codes(made) == [("empty_attachment", "big.xlsx")]


def test_a_bounce_names_who_was_not_reached() -> None:
    report = (
        b"Content-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.test\r\n\r\n"
        b"Final-Recipient: rfc822; caizheng@xian.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    )
    sent = b"Content-Type: message/rfc822\r\n\r\n" + eml(
        attachment(A, b'Content-Type: a/b; name="a"')
    )
    made = eml(text("失败"), report, sent, kind=b"report; report-type=delivery-status")
    itself, brought = reading.unpack(made).members
    assert (brought.data, brought.letter and brought.letter.returned) == (A, True)
    (found,) = reading.read_letter(itself.data, "eml").findings
    assert found.code == "mail_bounced"
    assert "caizheng@xian.test" in sentence(found)


def test_outlook_s_own_files_are_read() -> None:
    inner = msg_tree("转发的", "", "a@b.cn", {"内.xlsx": B})
    data = msg("12月进展", "请查收。", "CaiZheng@xian.test", {NAME: A, "转发.msg": inner})
    assert reading.kind_of(data) == "msg"
    found = reading.unpack(data)
    assert found.findings == ()
    assert [one.name for one in found.members] == [NAME, "转发.msg/内.xlsx"]
    assert found.members[0].data.rstrip(b"\0") == A.rstrip(b"\0")
    letter = found.members[0].letter
    assert letter
    assert (letter.sender, letter.subject, letter.text) == (
        "caizheng@xian.test",
        "12月进展",
        "请查收。",
    )
    assert letter.arrived_at == datetime(2022, 12, 30, 9, tzinfo=SHANGHAI)


def test_a_msg_with_an_old_workbook_is_a_message_and_no_workbook() -> None:
    old = ole({"Workbook": bytes(5000)})
    assert reading.kind_of(old) == "xls"
    assert reading.kind_of(msg("报送", "", "a@b.cn", {"a.xls": old})) == "msg"


def test_a_damaged_msg_is_told_as_one() -> None:
    data = msg("报送", "", "a@b.cn", {NAME: A})
    for cut in (len(data) // 2, 1600, 600):
        found = reading.unpack(data[:cut])
        assert found.findings or found.members
    assert codes(data[:600])[0][0] in ("damaged", "mail_without_attachment")


@pytest.mark.parametrize(
    "first",
    [
        b"Return-Path: <a@b.cn>",
        b"Authentication-Results: mx",
        b"ARC-Seal: i=1",
        b"Envelope-To: a@b.cn",
    ],
)
def test_a_message_is_known_by_whatever_header_stands_first(first: bytes) -> None:
    made = eml(attachment(A, b'Content-Type: a/b; name="a.xlsx"'), head=first + b"\r\nFrom: a@b.cn")
    assert reading.kind_of(made) == "eml"
    latin = made.replace(b"From: ", b"Subject: \xe9\xff\x81\r\nFrom: ")
    assert reading.kind_of(latin) == "eml"


_OURS = "Authentication-Results: mx.xian.test"
_SENT = "Received: from a by mx.xian.test; Fri, 30 Dec 2022 10:05:00 +0800"


@pytest.mark.parametrize(
    ("headers", "failed"),
    [
        ([f"{_OURS}; spf=fail; dkim=none; dmarc=fail"], "SPF、DMARC"),
        ([f"{_OURS}; spf=fail; dkim=pass; dmarc=pass"], ""),
        ([f"{_OURS}; dkim=fail header.d=a.test; dkim=pass header.d=b.test"], "DKIM"),
        ([f"{_OURS} 1; spf/1 = hardfail"], "SPF"),
        ([f"{_OURS}; none"], ""),
        # A pass is the From's that the server has read.
        ([f"{_OURS}; spf=fail; dmarc=pass (p=none) header.from=XIAN.test"], ""),
        ([f"{_OURS}; dmarc=pass header.from=evil.test; spf=pass"], "DMARC"),
        ([f"{_OURS}; spf=fail; dmarc=pass action=none header.from=a@evil.test"], "SPF、DMARC"),
        # Whoever sent it wrote what stands below.
        ([f"{_OURS}; dmarc=fail", _SENT, f"{_OURS}; dmarc=pass"], "DMARC"),
        ([f"{_OURS}; spf=fail", "Authentication-Results: other.test; dmarc=pass"], "SPF"),
        ([f"{_OURS}; spf=none", "Authentication-Results: other.test; dmarc=fail"], ""),
        # And the address from which it claims to come.
        ([f'{_OURS}; spf=fail smtp.mailfrom="; dmarc=pass"@a.test'], "SPF"),
        ([f"{_OURS}; spf=fail (of ; dmarc=pass (a\\); dmarc=pass) said)"], "SPF"),
        # One server, one header for each.
        ([f"{_OURS}; dkim=pass", f"{_OURS}; spf=fail"], "SPF"),
        ([f"{_OURS}; dmarc=pass", f"{_OURS}; spf=fail"], ""),
        # A pass for another's domain proves nothing, one for the sender's is enough.
        ([f"{_OURS}; spf=pass smtp.mailfrom=evil.test; dkim=pass header.d=evil.test"], "SPF、DKIM"),
        (["Authentication-Results: spf=pass smtp.mailfrom=evil.test; dkim=none"], "SPF"),
        ([f'{_OURS}; spf=pass smtp.mailfrom="a@xian.test "@evil.test'], "SPF"),
        ([f"{_OURS}; spf=pass smtp.mailfrom=b@list.test; dkim=pass header.i=@mail.xian.test"], ""),
        ([f"{_OURS}; spf=softfail smtp.mailfrom=a@xian.test; dkim=none"], "SPF"),
        ([f"{_OURS}; spf=softfail smtp.mailfrom=l.test; dkim=pass header.d=xian.test"], ""),
        (["Received-SPF: Fail (mx: a@xian.test) client-ip=1.2.3.4", _SENT], "SPF"),
        (['Received-SPF: pass client-ip=1.2.3.4; envelope-from="a@evil.test"'], "SPF"),
        (['Received-SPF: pass (of a@b.test) envelope-from="a@xian.test"; helo=b.test'], ""),
        ([_SENT, "Received-SPF: none"], ""),
    ],
)
@pytest.mark.parametrize("written", ["eml", "msg", "forwarded eml", "forwarded msg", "msg in eml"])
def test_a_sender_that_the_receiving_server_could_not_prove_is_known(
    written: str, headers: list[str], failed: str
) -> None:
    head = "\r\n".join([*headers, "From: a@xian.test"])
    mailed = eml(attachment(A, b'Content-Type: a/b; name="a.xlsx"'), head=head.encode())
    saved = msg("报送", "", "a@xian.test", {"a.xlsx": A}, headers=head)
    tree = msg_tree("报送", "", "a@xian.test", {"a.xlsx": A}, headers=head)
    data = {
        "eml": mailed,
        "msg": saved,
        "forwarded eml": eml(b"Content-Type: message/rfc822\r\n\r\n" + mailed),
        "forwarded msg": msg("转发", "", "b@xian.test", {"报送": tree}),
        "msg in eml": eml(attachment(saved, b'Content-Type: a/b; name="a.msg"')),
    }[written]
    (member,) = reading.unpack(data).members
    assert member.letter
    assert member.letter.unproven == failed


@pytest.mark.parametrize(
    ("lines", "sender"),
    [
        ('From: "<cz@xian.test>" <a@evil.test>', "a@evil.test"),
        ("From: =?utf-8?q?=3Ccz=40xian.test=3E?= <a@evil.test>", "a@evil.test"),
        ("From: (<cz@xian.test>) a@evil.test", "a@evil.test"),
        ("From: a@evil.test (<cz@xian.test>)", "a@evil.test"),
        ('From: "a\\" <cz@xian.test>" <A@Evil.test>', "a@evil.test"),
        # Of several, or of what is no address for certain, none is believed.
        ("From: cz@xian.test, a@evil.test", ""),
        ("From: cz@xian.test\r\n <a@evil.test>", ""),
        ("From: [<cz@xian.test>] <a@evil.test>", ""),
        ("From: cz@xian.test\r\nFrom: a@evil.test", ""),
        ("From: =?utf-8?q?cz=40xian.test?=", ""),
        ("From: \xff@xian.test", ""),
        ("Reply-To: cz@xian.test", ""),
        ("From: " + "x" * 3000 + " <cz@xian.test>", ""),
    ],
)
@pytest.mark.parametrize("written", ["eml", "msg"])
def test_a_display_name_or_comment_is_no_address(written: str, lines: str, sender: str) -> None:
    head = f"Subject: 12\r\n{lines}"
    file = attachment(A, b'Content-Type: a/b; name="a.xlsx"')
    made = eml(file, head=head.encode("latin-1"))
    if written == "msg":
        made = msg("12", "", sender, {"a.xlsx": A}, headers=head)
    (member,) = reading.unpack(made).members
    assert member.letter
    assert member.letter.sender == sender


@pytest.mark.parametrize(
    "name", ["县财政局".encode("gbk"), "“县财政局”（王）".encode(), b'"A, B" ']
)
def test_an_address_is_known_beside_a_name_in_whatever_code(name: bytes) -> None:
    file = attachment(A, b'Content-Type: a/b; name="a.xlsx"')
    (member,) = reading.unpack(eml(file, head=b"From: %b <cz@xian.test>" % name)).members
    assert member.letter
    assert member.letter.sender == "cz@xian.test"


_SEEDS = [
    eml(text("请查收"), attachment(A, b'Content-Type: a/b; name="' + b64(NAME, "gbk") + b'"')),
    eml(b"Content-Type: message/rfc822\r\n\r\n" + eml(text("内", "gb2312"))),
    eml(attachment(winmail(("a.xls", NAME, b"x" * 50)), b"Content-Type: application/ms-tnef")),
]


@settings(max_examples=150)
@given(
    st.sampled_from(_SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 9)), max_size=5),
)
def test_no_message_stops_the_reading(
    seed: bytes, edits: Sequence[tuple[float, bytes, int]]
) -> None:
    data = bytearray(seed)
    for where, put, gone in edits:
        at = int(where * min(len(data), 900))
        data[at : at + gone] = put
    reading.outline(bytes(data))
    found = reading.unpack(bytes(data))
    assert found.members or found.findings or reading.kind_of(bytes(data)) == "zip"


@settings(max_examples=300)
@given(st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=4))
def test_no_winmail_dat_stops_the_reading(edits: Sequence[tuple[float, bytes]]) -> None:
    data = bytearray(winmail(("a.xls", NAME, b"x" * 90), ("b.xls", "", b"y")))
    for where, put in edits:
        at = int(where * len(data))
        data[at : at + len(put)] = put
    with contextlib.suppress(Refusal):
        tnef.read(bytes(data))


def test_a_text_built_to_take_long_takes_no_time() -> None:
    for said in ("<script" * 40_000, "<" * 200_000, "<!--" * 60_000):
        mail.read(eml(text(said, kind="html")))
    mail.read(b"From: " + b"<(" * 200_000 + b"\r\nSubject: " + b"=?" * 200_000 + b"\r\n\r\n")


def test_a_count_that_is_a_lie_costs_nothing() -> None:
    lie = struct.pack("<IHHI", 1, 0x1003, 0x3707, 0xFFFFFFFF)
    head = struct.pack("<IH", 0x223E9F78, 1)
    new = struct.pack("<BII", 2, 0x00069002, 14) + bytes(16)
    data = head + new + struct.pack("<BII", 2, 0x00069005, len(lie)) + lie + b"\0\0"
    with pytest.raises(Refusal):
        tnef.read(data)


def test_a_file_of_a_forwarded_message_keeps_the_words_of_both() -> None:
    inner = eml(text("第3项另有一条进展。"), attachment(A, b'Content-Type: a/x; name="a.xlsx"'))
    own = attachment(B, b'Content-Type: a/x; name="b.xlsx"')
    found = reading.unpack(
        eml(text("请查收。"), b"Content-Type: message/rfc822\r\n\r\n" + inner, own)
    )
    said = {one.name.rpartition("/")[2]: one.letter for one in found.members}
    forwarded, outer = said["a.xlsx"], said["b.xlsx"]
    assert forwarded
    assert outer
    assert forwarded.text.split() == ["请查收。", "第3项另有一条进展。"]
    assert outer.text.strip() == "请查收。"
