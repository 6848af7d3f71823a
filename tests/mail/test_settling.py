"""What waits of a message, and which form ends that: a copy or another unit's form does not."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.mail.test_answers import (
    collected,
    entries,
    form_beside,
    letter,
    page,
    pasted,
    state,
    told,
)
from tests.support.builders import EDUCATION, FINANCE, fill
from tests.support.letters import attachment, text
from tests.support.post import ADDRESSES, workspace
from tests.support.session import Session

ALL = (1, 2, 4)
THEIRS = "第2项：已建成学校5所"
NAMED = b'Content-Disposition: attachment; filename="a.xlsx"'


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办")


def saved_again(data: bytes) -> bytes:
    """Return a workbook that says the same in other bytes."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        package.comment = b"again"
    return stream.getvalue()


def sent(session: Session, texts: dict[int, str], day: int) -> None:
    form = (session.folder / "下发/2022-12/2022-12_县财政局.xlsx").read_bytes()
    part = attachment(saved_again(fill(form, texts)) if day > 30 else fill(form, texts), NAMED)
    data = letter(text("请查收"), part).replace(b"30 Dec", b"%d Dec" % day)
    assert collected(session, data, f"{day}.eml")[0]["verdict"] == "accepted"


def waits(session: Session, number: int) -> bool:
    return bool([*(session.folder / "待处理").glob(f"{number:04d}_*")])


@pytest.mark.parametrize(
    "passed_on",
    [
        f"-----原始邮件-----\n发件人: 甲 <{ADDRESSES[EDUCATION]}>\n主题: 进展\n\n{THEIRS}",
        f"-----原始邮件-----\n发件人: {EDUCATION}\n主题: 进展\n\n{THEIRS}",
        f"-----原始邮件-----\n发件人: <x@y.test>\n主题: 进展\n\n{EDUCATION}12月进展：\n{THEIRS}",
        f"> {THEIRS}\n\n在2022年12月29日，{ADDRESSES[EDUCATION]} 写道：\n> {THEIRS}",
    ],
)
def test_another_unit_s_answer_passed_on_is_not_the_sender_s_and_no_form_of_it_settles_it(
    session: Session, passed_on: str
) -> None:
    (found,) = collected(session, letter(text(f"请收。\n\n{passed_on}")))
    assert (found["verdict"], found["unit"]) == ("attention", None)
    assert all(f'--unit "{one}"' in told(session, found["id"]) for one in (FINANCE, EDUCATION))
    assert state(session, EDUCATION) == "attention", "it may have reported"
    sent(session, dict.fromkeys(ALL, "已办。"), 31)
    assert THEIRS in told(session, found["id"])


def test_a_message_of_another_unit_inside_one_is_not_settled_by_the_form_of_who_sent_that(
    session: Session,
) -> None:
    inner = letter(text(THEIRS), sender=ADDRESSES[EDUCATION])
    outer = letter(text("见附"), b"Content-Type: message/rfc822\r\n\r\n" + inner)
    found = next(one for one in collected(session, outer) if one["file"] != "回复.eml")
    assert found["unit"] is None
    assert ADDRESSES[EDUCATION] in told(session, found["id"])
    sent(session, dict.fromkeys(ALL, "已办。"), 31)
    assert THEIRS in told(session, found["id"])


def test_an_answer_above_the_unit_s_own_letters_is_still_the_unit_s(session: Session) -> None:
    own = f"-----原始邮件-----\n发件人: <{ADDRESSES[FINANCE]}>\n收件人: <{ADDRESSES[EDUCATION]}>"
    (found,) = collected(session, letter(text(f"第1项：已拨付。\n\n{own}\n主题: 进展\n\n旧文")))
    assert found["unit"] == FINANCE


@pytest.mark.parametrize(
    ("again", "settles"),
    [({}, False), ({2: "乙改。"}, False), ({1: "已办500处。"}, True)],
    ids=["a copy", "another task", "the task"],
)
def test_a_correction_waits_on_beside_a_form_in_which_its_task_is_as_before(
    session: Session, again: dict[int, str], settles: bool
) -> None:
    texts = dict.fromkeys(ALL, "已办。")
    sent(session, texts, 28)
    said = letter(text("第1项更正：已办500处")).replace(b"Subject: 12", "Subject: 12月".encode())
    said = said.replace(b"30 Dec", b"29 Dec")
    (found,) = collected(session, said)
    assert found["period"] == "2022-12"
    sent(session, texts | again, 31)
    assert waits(session, found["id"]) is not settles


def test_an_addition_beside_a_form_waits_on_when_that_form_comes_once_more(
    session: Session,
) -> None:
    texts = dict.fromkeys(ALL, "已办。")
    data = letter(text("另补充：第1项追加投入300万元。"), form_beside(session, texts))
    data = data.replace(b"Subject: 12", "Subject: 12月".encode())
    waiting = next(one for one in collected(session, data) if one["verdict"] == "attention")
    assert waiting["period"] == "2022-12"
    sent(session, texts, 31)
    assert "300万元" in told(session, waiting["id"])


def test_who_assigns_a_pasted_table_to_another_than_its_head_says_is_told(
    session: Session,
) -> None:
    head = f"<table><tr><td>填报单位：{FINANCE}</td></tr><tr><td>期次：2022年12月</td></tr>"
    table = pasted({1: "一。"}).replace("<table border=1>", head)
    (found,) = collected(session, letter(page(table)))
    number = str(found["id"])
    session("resolve", number, "--unit", EDUCATION, "--period", "2022-12")
    assert f"表里自己写的是“{FINANCE}”" in told(session, found["id"])
    session("resolve", number, "--unit", FINANCE, "--period", "2022-12")
    assert "表里自己写的是" not in told(session, found["id"])
    assert session("resolve", number, "--accept").status == 0
    assert entries(session) == {1: "一。"}
