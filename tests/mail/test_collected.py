"""Messages in 收件箱/: what their files give, when they came, and what the sender's address adds."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.returns import Submission
from tests.support.builders import DECEMBER, EDUCATION, FINANCE, POLICE, fill
from tests.support.letters import attachment, eml, msg, text, winmail
from tests.support.post import ADDRESSES, workspace
from tests.support.session import Session
from tests.support.signed import sealed, signed, smime_letter
from tests.support.workbooks import archive

TEXTS = {1: "一。", 2: "二。", 4: "四。"}
STRANGER = "lisi@qq.test"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办")


def filled(session: Session, unit: str = FINANCE) -> bytes:
    form = session.folder / f"下发/2022-12/2022-12_{unit}.xlsx"
    return fill(form.read_bytes(), TEXTS)


def bare_copy(data: bytes) -> bytes:
    """Return a form of which only the title, the period and the unit's name tell whose it is."""
    old = openpyxl.load_workbook(io.BytesIO(data))["填报表"]
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "填报表"
    for row in old.iter_rows(max_col=8):
        for cell in row:
            value = cell.value
            if isinstance(value, str) and "表单编号" in value:
                value = value.partition("表单编号")[0].strip()
            sheet.cell(cell.row, cell.column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def letter(
    data: bytes,
    name: str = "表.xlsx",
    sender: str = ADDRESSES[FINANCE],
    date: str = "Fri, 30 Dec 2022 10:00:00 +0800",
) -> bytes:
    head = f"Received: by mx; {date}\r\nFrom: <{sender}>\r\nSubject: 12".encode()
    named = f'Content-Disposition: attachment; filename="{name}"'.encode("gbk")
    return eml(text("请查收"), attachment(data, named), head=head)


def collected(session: Session, name: str, data: bytes, *words: str) -> list[dict[str, Any]]:
    (session.folder / "收件箱" / name).write_bytes(data)
    said = session("collect", "--json", *words)
    assert said.status in (0, 1), said.err
    found: list[dict[str, Any]] = said.json["submissions"]
    return found


def codes(submission: dict[str, Any]) -> set[str]:
    return {one["code"] for one in submission["findings"]}


def kept(session: Session) -> Submission:
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        return ledger.returns.submissions(DECEMBER)[-1]


def test_a_form_in_a_message_came_when_the_message_did(session: Session) -> None:
    (found,) = collected(session, "回复.eml", letter(filled(session)))
    assert (found["verdict"], found["unit"]) == ("accepted", FINANCE)
    assert found["file"] == "回复.eml/表.xlsx"
    assert kept(session).received_at.isoformat() == "2022-12-30T10:00:00+08:00"
    assert kept(session).sender == ADDRESSES[FINANCE]
    assert "by_mail" in codes(found)


def test_a_day_that_the_clerk_names_is_believed_before_the_message(session: Session) -> None:
    collected(session, "回复.eml", letter(filled(session)), "--received", "2023-01-03")
    assert kept(session).received_at.isoformat() == "2023-01-03T00:00:00+08:00"


def test_a_message_from_the_future_came_when_it_was_collected(session: Session) -> None:
    late = letter(filled(session), date="Fri, 30 Dec 2099 10:00:00 +0800")
    collected(session, "回复.eml", late)
    assert kept(session).received_at.year < 2099


def test_forms_in_outlook_s_files_and_in_archives_of_messages_are_collected(
    session: Session,
) -> None:
    outlook = msg(
        "报送", "", ADDRESSES[FINANCE], {"表.xlsx": archive([("表.xlsx", filled(session))])}
    )
    (found,) = collected(session, "报送.msg", outlook)
    assert (found["verdict"], found["unit"]) == ("accepted", FINANCE)
    other = filled(session, EDUCATION)
    dat = eml(
        attachment(winmail(("a.xls", "教育局.xlsx", other)), b"Content-Type: application/ms-tnef")
    )
    (found,) = collected(session, "导出.zip", archive([("1.eml", dat)]))
    assert (found["verdict"], found["unit"]) == ("accepted", EDUCATION)
    assert found["file"] == "导出.zip/1.eml/教育局.xlsx"
    assert kept(session).received_at.isoformat() == "2022-12-30T09:00:00+08:00"


def test_an_address_of_another_unit_is_only_a_reminder_where_the_form_is_certain(
    session: Session,
) -> None:
    (found,) = collected(session, "a.eml", letter(filled(session), sender=ADDRESSES[EDUCATION]))
    assert (found["verdict"], found["unit"]) == ("accepted", FINANCE)
    assert "sender_differs" in codes(found)
    (found,) = collected(session, "b.eml", letter(filled(session, EDUCATION), sender=STRANGER))
    assert not codes(found) & {"sender_differs", "sender_known"}


def test_an_address_settles_what_the_unit_s_name_alone_left_in_doubt(session: Session) -> None:
    data = bare_copy(filled(session))
    (stranger,) = collected(session, "a.eml", letter(data, sender=STRANGER))
    assert stranger["verdict"] == "attention"
    assert "claimed_identity" in codes(stranger)
    session("resolve", stranger["id"], "--reject")
    (own,) = collected(session, "b.eml", letter(data + b"\0"))
    assert own["verdict"] == "accepted"
    assert "weak_identity" not in codes(own)


def test_nobody_is_a_unit_by_the_word_of_a_workbook_alone(session: Session) -> None:
    data = bare_copy(filled(session))
    for number, (name, sent) in enumerate(
        [
            ("a.xlsx", data),
            ("b.eml", letter(data + b"\0", sender=STRANGER)),
            ("c.eml", forged(data + b"\0\0", "spf=fail smtp.mailfrom=xian.test; dmarc=fail")),
        ],
        start=1,
    ):
        (found,) = collected(session, name, sent)
        assert (found["id"], found["verdict"], found["unit"]) == (number, "attention", FINANCE)
        assert "claimed_identity" in codes(found)
    said = session("resolve", 1, "--accept", "--json")
    assert said.json["submissions"][0]["verdict"] == "accepted"
    (again,) = collected(session, "d.eml", letter(data + b"\0\0\0"))
    assert again["verdict"] == "accepted"


def test_a_copy_that_kept_the_hidden_keys_needs_no_more(session: Session) -> None:
    old: Any = openpyxl.load_workbook(io.BytesIO(filled(session)))
    sheet = old["填报表"]
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "表单编号" in cell.value:
                cell.value = None
    del old["_edu_sheet"]
    old.custom_doc_props.props.clear()
    old.defined_names.clear()
    stream = io.BytesIO()
    old.save(stream)
    (found,) = collected(session, "a.xlsx", stream.getvalue())
    assert found["verdict"] == "accepted"
    assert "weak_identity" in codes(found)


def forged(data: bytes, results: str) -> bytes:
    head = f"Authentication-Results: mx.xian.test; {results}\r\n".encode()
    return head + letter(data)


def test_a_message_that_the_server_could_not_prove_is_told(session: Session) -> None:
    bad = "spf=fail smtp.mailfrom=xian.test;\r\n dkim=none; dmarc=fail header.from=xian.test"
    (found,) = collected(session, "a.eml", forged(filled(session), bad))
    assert found["verdict"] == "accepted"
    (told,) = [one for one in found["findings"] if one["code"] == "sender_unproven"]
    assert "SPF、DMARC" in told["message"]
    good = "spf=fail smtp.mailfrom=list.test; dkim=pass header.d=xian.test; dmarc=pass"
    (found,) = collected(session, "b.eml", forged(filled(session, EDUCATION), good))
    assert "sender_unproven" not in codes(found)


def answer(session: Session, text: str) -> bytes:
    form = session.folder / f"下发/2022-12/2022-12_{FINANCE}.xlsx"
    return fill(form.read_bytes(), {1: text})


def test_a_stranger_s_form_of_the_same_moment_leaves_the_unit_s_own_taken(
    session: Session,
) -> None:
    own = letter(answer(session, "已拨付。"))
    other = letter(answer(session, "已拨付一亿元。"))
    stranger = other.replace(ADDRESSES[FINANCE].encode(), b"a@evil.test")
    (session.folder / "收件箱/1.eml").write_bytes(own)
    (session.folder / "收件箱/2.eml").write_bytes(stranger)
    session("collect")
    with Ledger.open(Workspace(session.folder).ledger) as ledger:
        assert [one.text for one in ledger.entries.of([DECEMBER], FINANCE)] == ["已拨付。"]


_OWN = ADDRESSES[FINANCE]
_DRESSED = [
    f'"<{_OWN}>" <a@evil.test>',
    f"=?utf-8?q?=3C{_OWN.replace('@', '=40')}=3E?= <a@evil.test>",
    f"(<{_OWN}>) a@evil.test",
    f"a@evil.test (<{_OWN}>)",
    f"{_OWN}, a@evil.test",
    "",
]


@pytest.mark.parametrize("written", _DRESSED)
def test_an_address_in_another_s_name_is_not_the_unit_s(session: Session, written: str) -> None:
    def dressed(data: bytes, day: str) -> bytes:
        proof = b"Authentication-Results: mx.test; dmarc=pass header.from=evil.test; spf=pass\r\n"
        sent = letter(data, date=f"{day} Dec 2022 10:00:00 +0800")
        return proof + sent.replace(f"From: <{_OWN}>".encode(), f"From: {written}".encode())

    (claimed,) = collected(session, "a.eml", dressed(bare_copy(filled(session)), "Wed, 28"))
    assert claimed["verdict"] == "attention"
    assert "claimed_identity" in codes(claimed)
    collected(session, "b.eml", letter(answer(session, "一。")))
    (found,) = collected(session, "c.eml", dressed(answer(session, "假的。"), "Sat, 31"))
    assert found["verdict"] == "attention"
    assert "stranger_replaces" in codes(found)
    assert '"一。"' in session("export", "2022-12").out


@pytest.mark.parametrize("sender", [STRANGER, ADDRESSES[EDUCATION], "forged"])
def test_what_a_unit_has_said_is_not_replaced_from_another_s_address(
    session: Session, sender: str
) -> None:
    collected(session, "a.eml", letter(answer(session, "一。")))
    data = answer(session, "改成别的。")
    later = "Sat, 31 Dec 2022 10:00:00 +0800"
    sent = forged(data, "dmarc=fail") if sender == "forged" else letter(data, sender=sender)
    sent = sent.replace(b"Fri, 30 Dec 2022 10:00:00 +0800", later.encode())
    (found,) = collected(session, "b.eml", sent)
    assert found["verdict"] == "attention"
    assert "stranger_replaces" in codes(found)
    assert '"一。"' in session("export", "2022-12").out
    said = session("resolve", found["id"], "--accept", "--json")
    assert said.json["submissions"][0]["verdict"] == "accepted"
    assert '"改成别的。"' in session("export", "2022-12").out


def test_an_address_that_nobody_knows_is_told_and_its_first_form_is_taken(session: Session) -> None:
    (found,) = collected(session, "a.eml", letter(answer(session, "一。"), sender=STRANGER))
    assert found["verdict"] == "accepted"
    assert "sender_unknown" in codes(found)
    later = "Sat, 31 Dec 2022 10:00:00 +0800"
    second = letter(answer(session, "更正。"), sender=STRANGER, date=later)
    (again,) = collected(session, "b.eml", second)
    assert again["verdict"] == "attention", "the roster gives the unit another address"
    assert "stranger_replaces" in codes(again)


def test_nobody_becomes_the_unit_by_sending_what_it_has_sent(session: Session) -> None:
    def sent(said: str, day: int, sender: str) -> dict[str, Any]:
        date = f"Sat, {day} Dec 2022 10:00:00 +0800"
        data = letter(answer(session, said) + bytes(day), sender=sender, date=date)
        (found,) = collected(session, f"{day}.eml", data)
        return found

    for day, (said, sender) in enumerate([("甲", STRANGER), ("一", _OWN), ("一", STRANGER)], 1):
        assert sent(said, day, sender)["verdict"] == "accepted", day
    changed = sent("假", 4, STRANGER)
    assert (changed["verdict"], "stranger_replaces" in codes(changed)) == ("attention", True)
    assert '"一"' in session("export", "2022-12").out


def test_an_address_against_the_unit_s_name_alone_takes_nothing(session: Session) -> None:
    data = bare_copy(filled(session))
    (found,) = collected(session, "a.eml", letter(data, sender=ADDRESSES[EDUCATION]))
    assert found["verdict"] == "attention"
    assert "sender_contradiction" in codes(found)
    said = session("resolve", found["id"], "--unit", FINANCE, "--period", "2022-12", "--json")
    (settled,) = said.json["submissions"]
    assert settled["verdict"] == "accepted"
    assert "by_mail" in codes(settled)
    assert kept(session).sender == ADDRESSES[EDUCATION]


def test_an_address_alone_gives_no_unit(session: Session) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "已完成摸底。"  # type: ignore[index]  # a new workbook has a sheet
    stream = io.BytesIO()
    book.save(stream)
    (found,) = collected(session, "a.eml", letter(stream.getvalue()))
    assert found["verdict"] == "attention"
    assert found["unit"] is None
    assert "sender_known" in codes(found)


def test_a_message_without_attachments_waits_with_its_text(session: Session) -> None:
    (found,) = collected(session, "回复.eml", eml(text("第3项：已完成摸底。")))
    assert found["verdict"] == "attention"
    (note,) = (session.folder / "待处理").glob("*.txt")
    assert "第3项：已完成摸底。" in note.read_text(encoding="utf-8")
    assert session("resolve", found["id"], "--reject").status == 0
    assert list((session.folder / "待处理").iterdir()) == []


def test_the_same_message_again_is_ignored(session: Session) -> None:
    data = letter(filled(session))
    collected(session, "a.eml", data)
    (found,) = collected(session, "b.eml", data)
    assert found["verdict"] == "ignored"


def test_mail_settings_that_are_wrong_are_told_by_cell(session: Session) -> None:
    plan = session.folder / "分工方案.xlsx"
    book = openpyxl.load_workbook(plan)
    wrong = {
        "发件地址": "dudao@", "SMTP 服务器": "http://smtp.163.com", "SMTP 端口": "99999",
        "IMAP 加密方式": "SSL", "间隔秒数": "快", "收取后处理": "清空",
    }  # fmt: skip
    for row in book["设置"].iter_rows(max_col=2):
        if row[0].value in wrong:
            row[1].value = wrong[str(row[0].value)]
    book.save(plan)
    errors = session("check", "--json").json["errors"]
    assert sorted(one["code"] for one in errors) == ["malformed_setting"] * len(wrong)
    for item in wrong:
        assert any(item in one["message"] and one["place"].startswith("设置!B") for one in errors)


NOTICE = b"%PDF-1.7 notice"


def with_notice(said: str, sender: str) -> bytes:
    head = f"From: <{sender}>\r\nDate: Fri, 30 Dec 2022 09:00:00 +0800\r\nSubject: 12".encode()
    named = b"Content-Disposition: attachment; filename=notice.pdf"
    return eml(text(said), attachment(NOTICE, named), head=head)


def test_a_message_is_told_whatever_it_has_attached_that_came_before(session: Session) -> None:
    (one,) = collected(session, "a.eml", with_notice("第1项：甲。", ADDRESSES[FINANCE]))
    (other,) = collected(session, "b.eml", with_notice("第2项：乙。", ADDRESSES[EDUCATION]))
    assert (one["id"], other["id"]) == (1, 2)
    notes = sorted((session.folder / "待处理").glob("*.txt"))
    assert ["乙" in note.read_text(encoding="utf-8-sig") for note in notes] == [False, True]
    assert kept(session).sender == ADDRESSES[EDUCATION]
    session("resolve", 1, "--reject")
    (third,) = collected(session, "c.eml", with_notice("第3项：丙。", ADDRESSES[FINANCE]))
    assert (third["id"], third["verdict"]) == (3, "attention")
    (same,) = collected(session, "c.eml", with_notice("第3项：丙。", ADDRESSES[FINANCE]))
    assert same["id"] == 3, "the same message is the same submission"


def test_a_message_with_a_form_that_was_taken_tells_what_it_says(session: Session) -> None:
    data = filled(session)
    collected(session, "a.eml", letter(data))
    (again,) = collected(session, "b.eml", letter(data))
    assert (again["verdict"], codes(again)) == ("ignored", {"duplicate"})
    assert "请查收" not in again["findings"][0]["message"], "it is the very same message"
    named = b"Content-Disposition: attachment; filename=a.xlsx"
    head = f"From: <{ADDRESSES[FINANCE]}>".encode()
    other = eml(text("另有更正。"), attachment(data, named), head=head)
    (found,) = collected(session, "c.eml", other)
    assert (found["verdict"], codes(found)) == ("ignored", {"duplicate"})
    assert "另有更正。" in found["findings"][0]["message"]
    assert kept(session).sender == ADDRESSES[FINANCE]


def test_a_folder_of_mail_and_a_signed_message_are_collected_under_their_senders(
    session: Session,
) -> None:
    begin = b"From MAILER-DAEMON Fri Dec 30 10:00:00 2022\n"
    messages = [letter(bare_copy(filled(session, EDUCATION)), sender=ADDRESSES[EDUCATION])]
    messages.append(letter(filled(session)))
    folder = b"".join(begin + one + b"\n\n" for one in messages)
    found = collected(session, "报送.mbox", folder)
    assert [(one["unit"], one["verdict"]) for one in found] == [
        (EDUCATION, "accepted"),
        (FINANCE, "accepted"),
    ]
    issued = session.folder / f"下发/2022-12/2022-12_{POLICE}.xlsx"
    form = fill(issued.read_bytes(), {5: "五。"})
    part = attachment(form, b'Content-Disposition: attachment; filename="a.xlsx"')
    head = f"From: <{ADDRESSES[POLICE]}>\r\nSubject: 12\r\nDate: Fri, 30 Dec 2022 10:00:00 +0800"
    (one,) = collected(session, "a.eml", smime_letter(signed(part), head.encode()))
    assert (one["unit"], one["verdict"]) == (POLICE, "accepted")
    (one,) = collected(session, "b.eml", smime_letter(sealed(part), head.encode()))
    assert one["verdict"] == "attention"
    assert "encrypted_mail" in codes(one)
    assert "加了密" in "".join(
        path.read_text(encoding="utf-8-sig") for path in (session.folder / "待处理").glob("*.txt")
    )
