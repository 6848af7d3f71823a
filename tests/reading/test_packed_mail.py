"""Messages that come packed: mbox files, winmail.dat by itself, S/MIME signed or encrypted."""

import base64
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu_sheet import reading
from edu_sheet.reading.letters import cms, mbox
from edu_sheet.reading.refusal import Refusal
from tests.support.letters import attachment, eml, text, winmail
from tests.support.signed import sealed, signature, signed, signed_in_pieces, smime_letter
from tests.support.workbooks import archive, typed

A, B = typed("甲"), typed("乙")
HEAD = b"From: <caizheng@xian.test>\r\nSubject: 12\r\nDate: Fri, 30 Dec 2022 09:00:00 +0800"


def names(data: bytes) -> list[str]:
    return [member.name for member in reading.unpack(data).members]


def codes(data: bytes) -> list[str]:
    unpacked = reading.unpack(data)
    texts = [one for one in unpacked.members if reading.kind_of(one.data) not in reading.LETTERS]
    said = [finding for one in texts for finding in reading.read(one.data).findings]
    return [one.code for one in (*unpacked.findings, *said)]


def with_form(name: str, data: bytes, head: bytes = HEAD) -> bytes:
    named = f'Content-Disposition: attachment; filename="{name}"'.encode()
    return eml(text("请查收"), attachment(data, named), head=head)


# ---------------------------------------------------------------- mbox


def test_the_messages_of_an_mbox_file_are_opened_one_by_one() -> None:
    begin = b"From caizheng@xian.test Fri Dec 30 09:00:00 2022\n"
    quoted = eml(text("请查收"), b"\n>From here on", head=HEAD.replace(b"12", b"13"))
    data = begin + with_form("a.xlsx", A) + b"\n\n" + begin + with_form("b.xlsx", B)
    assert reading.kind_of(data) == "mbox"
    assert names(data) == ["1_12.eml/a.xlsx", "2_12.eml/b.xlsx"]
    members = reading.unpack(data).members
    assert [one.data for one in members] == [A, B]
    assert members[0].letter
    assert members[0].letter.sender == "caizheng@xian.test"
    assert names(archive([("folder.mbox", data)])) == [
        "folder.mbox/1_12.eml/a.xlsx",
        "folder.mbox/2_12.eml/b.xlsx",
    ]
    (alone,) = reading.unpack(begin + quoted).members
    assert alone.name == "1_13.eml"
    assert b"\nFrom here on" in alone.data


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_an_mbox_file_is_taken_apart_whatever_ends_its_lines(end: bytes) -> None:
    message = end.join((b"From caizheng@xian.test Fri", b"From: a@xian.test", b"", b"x", b"", b""))
    members = reading.unpack(2 * message).members
    assert [one.name for one in members] == ["1_邮件.eml", "2_邮件.eml"]


@pytest.mark.parametrize(
    "line",
    [
        b"From - Fri Dec 30 09:00:00 2022",
        b"From 1752339211@xxx Fri Dec 30 09:00:00 +0000 2022",
        b"From a@xian.test Fri, 30 Dec 2022 09:00:00 +0800",
        b"From ",
    ],
)
def test_every_programs_separator_parts_two_messages(line: bytes) -> None:
    message = line + b"\nX-Mozilla-Status: 0001\nFrom: a@xian.test\nDate: x\n\ntext\n\n"
    members = reading.unpack(2 * message).members
    assert [one.name for one in members] == ["1_邮件.eml", "2_邮件.eml"]


@pytest.mark.parametrize(
    "line",
    [
        b"From the county office: done.",
        b"From 1 to 30 December, on Fri at 9:00, all schools were visited.",
        b"From a@xian.test Fri Dec 30 09:00:00 2022",
    ],
)
def test_a_line_of_a_text_that_begins_with_from_parts_no_message(line: bytes) -> None:
    begin = b"From a@xian.test Fri Dec 30 09:00:00 2022\n"
    said = b"one\n\n" + line + b"\nsecond line of it\n\nlast\n\n"
    data = 2 * (begin + b"From: a@xian.test\nSubject: 12\n\n" + said)
    members = reading.unpack(data).members
    assert [one.name for one in members] == ["1_12.eml", "2_12.eml"]
    for one in members:
        assert one.letter
        assert one.letter.text == said.decode().strip()


def test_a_line_that_begins_like_an_mbox_file_stops_nothing() -> None:
    assert [*mbox.messages(b"From caizheng@xian.test")] == [b"From caizheng@xian.test"]


# ---------------------------------------------------------------- winmail.dat


def test_winmail_dat_by_itself_gives_its_files() -> None:
    data = winmail(("a.xlsx", "报送表.xlsx", A), ("b.xlsx", "", B))
    assert reading.kind_of(data) == "tnef"
    assert names(data) == ["报送表.xlsx", "b.xlsx"]
    assert names(archive([("winmail.dat", data)])) == [
        "winmail.dat/报送表.xlsx",
        "winmail.dat/b.xlsx",
    ]
    assert codes(data[:60]) == ["damaged"]


# ---------------------------------------------------------------- S/MIME


@pytest.mark.parametrize("pack", [signed, signed_in_pieces])
def test_a_signed_message_is_opened_whatever_its_form(pack: type[bytes]) -> None:
    inside = with_form("a.xlsx", A, head=b"Content-Language: zh-CN")
    (member,) = reading.unpack(smime_letter(pack(inside), HEAD)).members
    assert (member.name, member.data) == ("a.xlsx", A)
    assert member.letter
    assert (member.letter.sender, member.letter.text) == ("caizheng@xian.test", "请查收")
    (member,) = reading.unpack(pack(inside)).members
    assert (member.name, member.data) == ("a.xlsx", A)


RTF = (  # the example of [MS-OXRTFCP] 4.1
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af320"
    "68656c090020627705b06c647d0a800fa0"
)


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        ((0x1F, 0x1000, "第一项已完成。\0".encode("utf-16-le")), "正文.txt", "第一项已完成。"),
        ((0x102, 0x1013, "<p>第一项已完成。</p>".encode()), "正文.html", "第一项已完成。"),
        (
            (0x102, 0x1009, bytes.fromhex(RTF)),
            "正文.rtf",
            r"{\rtf1\ansi\ansicpg1252\pard hello world}",
        ),
    ],
)
def test_the_text_in_a_winmail_dat_is_shown(
    body: tuple[int, int, bytes], name: str, said: str
) -> None:
    data = winmail(("a", "a.xlsx", A), body=body)
    lone = {one.name: one.data for one in reading.unpack(data).members}
    assert [*lone] == ["a.xlsx", name]
    assert said in lone[name].decode()
    part = attachment(data, b'Content-Type: application/ms-tnef; name="winmail.dat"')
    (first, *more) = reading.unpack(eml(part, head=HEAD)).members
    assert first.letter
    assert said in first.letter.text or more[0].data.decode().strip() == said
    only, itself = reading.unpack(eml(text("第一项已完成。"), part, head=HEAD)).members
    assert only.letter
    assert (only.letter.text, itself.name) == ("第一项已完成。", "")


def test_a_signed_text_is_read_and_a_signed_file_is_opened() -> None:
    said = smime_letter(signed(text("第一项已完成。")), HEAD)
    unpacked = reading.unpack(said)
    assert unpacked.letter
    assert unpacked.letter.text == "第一项已完成。"
    assert unpacked.letter.empty.code == "mail_without_attachment"
    (member,) = reading.unpack(signed(A)).members
    assert member.data == A
    coded = base64.encodebytes(signed(A))
    pem = b"\xef\xbb\xbf-----BEGIN PKCS7-----\n" + coded + b"-----END PKCS7-----\n"
    assert names(coded.replace(b"\n", b"\r\n")) == names(pem) == names(signed(A))
    named = b'Content-Disposition: attachment; filename="a.xlsx.p7m"'
    assert names(eml(attachment(signed(A), named), head=HEAD)) == ["a.xlsx.p7m/签名的文件"]


def test_what_is_encrypted_is_called_that() -> None:
    data = smime_letter(sealed(with_form("a.xlsx", A)), HEAD, b"enveloped-data")
    assert names(data) == ["smime.p7m"]
    assert codes(data) == ["encrypted_mail"]
    assert reading.kind_of(sealed(b"x")) == "sealed"
    asc = b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n"
    assert codes(eml(attachment(asc), head=HEAD)) == ["encrypted_mail"]


def test_a_signature_alone_is_told() -> None:
    (found,) = reading.unpack(signature(b"x")).findings
    assert found.code == "damaged"
    assert found["fault"] == "signature_alone"


@given(st.integers(0, 2_000), st.binary(max_size=4))
def test_a_signed_message_that_was_spoilt_is_refused_or_read(at: int, spoilt: bytes) -> None:
    whole = signed_in_pieces(b"Content-Type: text/plain\r\n\r\nx" * 60)
    data = whole[: at % len(whole)] + spoilt + whole[at % len(whole) + len(spoilt) :]
    with contextlib.suppress(Refusal):
        cms.content(data)
