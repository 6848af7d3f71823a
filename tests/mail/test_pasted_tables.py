"""Tables pasted into messages beside forms, other tables and typed words: nothing of them is lost."""

import re
from pathlib import Path

import pytest

from edu_sheet.words.text import bare
from tests.mail.test_answers import collected, entries, form_beside, letter, page, pasted, told
from tests.support.letters import text
from tests.support.post import workspace
from tests.support.session import Session

_FORM = {1: "资金已拨付。", 2: "完成两项。", 4: "四。"}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办")


def waiting(session: Session) -> list[int]:
    return sorted({int(one.name[:4]) for one in (session.folder / "待处理").glob("*.txt")})


def accept(session: Session, number: int) -> int:
    return session("resolve", str(number), "--accept").status


@pytest.mark.parametrize(
    ("form", "table"),
    [(_FORM, {1: "另拨付五百万元。"}), ({1: "资金已拨付。"}, {1: "资金已拨付。", 2: "两项。"})],
)
def test_a_table_that_says_more_than_the_form_beside_it_waits(
    session: Session, form: dict[int, str], table: dict[int, str]
) -> None:
    said = page(f"<p>附件有误，以下表为准。</p>{pasted(table)}")
    found = collected(session, letter(said, form_beside(session, form)))
    assert [one["verdict"] for one in found] == ["accepted", "attention"]
    assert entries(session) == form, "nothing of the table before a person says so"
    shown = told(session, found[1]["id"])
    for number, one in table.items():
        assert f"第{number}项：{one}" in shown
    assert "（将代替已收的：资金已拨付。）" in shown or "（与已收的相同）" in shown
    assert accept(session, found[1]["id"]) == 0
    said_now = session("export", "2022-12").out
    assert all(one in said_now for one in table.values())
    report = session("status", "2022-12", "--json").json
    assert report["units"], "the unit's line is there"
    assert waiting(session) == []


@pytest.mark.parametrize("table", [_FORM, {1: "资金已拨付。"}, {}])
@pytest.mark.parametrize("cover", ["", "<p>见附件，同下表。</p>"])
def test_a_table_that_says_no_more_than_the_form_beside_it_is_no_second_answer(
    session: Session, table: dict[int, str], cover: str
) -> None:
    found = collected(session, letter(page(cover + pasted(table)), form_beside(session, _FORM)))
    assert [one["verdict"] for one in found] == ["accepted"]
    assert waiting(session) == []


def test_words_beside_a_table_that_says_no_more_than_the_form_wait(session: Session) -> None:
    said = page(f"{pasted(_FORM)}<p>第2项另召开会议3次。</p>")
    found = collected(session, letter(said, form_beside(session, _FORM)))
    assert [one["verdict"] for one in found] == ["accepted", "attention"]
    assert "第2项另召开会议3次。" in told(session, found[1]["id"])


@pytest.mark.parametrize(
    ("rest", "lost"),
    [
        ("<p>另：第2项另挂牌三个</p>", "第2项另挂牌三个"),
        (f"<p>续表</p>{pasted({2: '续表里的话'})}", "续表里的话"),
        (
            "<p>补充</p><table><tr><td>序号<td>进展情况<tr><td>2<td>小表里的话</table>",
            "小表里的话",
        ),
        ("</body></html><p>第2项页尾另有</p>", "第2项页尾另有"),
        (f"</body></html><html><body>{pasted({2: '第二页的话'})}", "第二页的话"),
    ],
)
def test_what_stands_outside_the_table_that_is_accepted_goes_on_waiting(
    session: Session, rest: str, lost: str
) -> None:
    (found,) = collected(session, letter(page(f"<p>进展如下：</p>{pasted({1: '甲。'})}{rest}")))
    shown = told(session, found["id"])
    assert "会收取 1 项" in shown
    assert re.search(f"另有 \\d 处文字不在其中.*{lost}", shown, re.DOTALL)
    assert accept(session, found["id"]) == 1
    assert entries(session) == {1: "甲。"}
    assert waiting(session) == [found["id"]]
    below = told(session, found["id"])
    place = next(line for line in below.splitlines() if lost in line and "没有收取" in line)
    take = ["resolve", str(found["id"]), "--take", place.split(".")[0], "--task", "2"]
    session(*take)
    assert bare(lost) in bare(entries(session)[2]), "it can be taken"


@pytest.mark.parametrize(
    "around",
    [
        ("<p>您好！</p>", ""),
        ("<p>我局12月进展情况如下表：</p>", "<p>县财政局</p><p>2022年12月30日</p>"),
        ("<p>现将进展情况报上，见下表，请查收。</p>", "<p>谢谢！</p>"),
    ],
)
def test_covering_words_around_a_table_hold_nothing_up(
    session: Session, around: tuple[str, str]
) -> None:
    (found,) = collected(session, letter(page(f"{around[0]}{pasted(_FORM)}{around[1]}")))
    assert "不在其中" not in told(session, found["id"])
    assert accept(session, found["id"]) == 0
    assert (entries(session), waiting(session)) == (_FORM, [])


def test_the_same_table_in_plain_text_beside_the_page_is_said_once(session: Session) -> None:
    from tests.support.letters import eml

    plain = "\n".join(["您好", "1", "资金已拨付。"])
    both = eml(text(plain), page(f"<p>您好</p>{pasted({1: '资金已拨付。'})}"), kind=b"alternative")
    (found,) = collected(session, letter(b"Content-Type" + both.partition(b"Content-Type")[2]))
    assert "不在其中" not in told(session, found["id"])


def test_words_beside_the_tables_of_two_months_wait_on_with_each(session: Session) -> None:
    session("generate", "2022-11")
    said = (
        f"<p>11月</p>{pasted({1: '甲。'})}<p>12月</p>{pasted({1: '乙。'})}<p>第2项另挂牌三个。</p>"
    )
    found = collected(session, letter(page(said)))
    assert [one["period"] for one in found] == ["2022-11", "2022-12"]
    for one in found:
        assert "第2项另挂牌三个。" in told(session, one["id"])
        assert accept(session, one["id"]) == 1
    assert len(waiting(session)) == 2
