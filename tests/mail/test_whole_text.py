"""What a message says, whole, in the .txt beside what waits."""

from pathlib import Path

import pytest

from edu_sheet.words.quotation import apart
from tests.mail.test_answers import collected, form_beside, letter, told
from tests.support.letters import attachment, text
from tests.support.post import workspace
from tests.support.session import Session

_LONG = "\n".join(f"{one}、开展了第{one}次讲座，群众满意。" for one in range(1, 151))
_HEAD = "在 2022-12-20，ban@xian.test 写道：\n"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办")


@pytest.mark.parametrize("beside", ["", "form", "pdf"])
def test_a_long_answer_stands_in_the_txt_to_its_end(session: Session, beside: str) -> None:
    files = {
        "": [],
        "form": [form_beside(session, {1: "甲。"})],
        "pdf": [attachment(b"%PDF-1.4 ", b'Content-Disposition: attachment; filename="a.pdf"')],
    }[beside]
    found = collected(session, letter(text(f"{_LONG}\n第2项末尾。"), *files))
    (waits,) = [one for one in found if one["verdict"] == "attention"]
    shown = told(session, waits["id"])
    assert "│第2项末尾。" in shown
    assert "……（共" not in shown


@pytest.mark.parametrize("answer", ["第1项已办结。", "收到。第1项已办结。"])
def test_an_answer_below_a_long_quotation_is_shown_before_it(session: Session, answer: str) -> None:
    quoted = "".join(f"> 请填报第{one}项的进展情况。\n" for one in range(200))
    (found,) = collected(session, letter(text(f"{_HEAD}{quoted}\n{answer}")))
    shown = told(session, found["id"])
    assert shown.index(answer) < shown.index("请填报第0项")
    assert "请填报第199项" in shown


def test_what_is_too_long_to_be_kept_is_said_to_go_on(session: Session) -> None:
    (found,) = collected(session, letter(text("第1项进展很多。" * 6_000)))
    assert "后面的没有列出，请打开原件看" in told(session, found["id"])


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("甲\n> 原文\n乙", ["甲", "乙"]),
        (f"{_HEAD}> 原文一\n乙\n> 原文二\n丙", ["乙", "丙"]),
        (f"甲\n{_HEAD}原文一\n> 更早的", ["甲"]),
        ("甲\n-----原始邮件-----\n原文", ["甲"]),
    ],
)
def test_between_marked_lines_the_writer_s_own_words_are_known(said: str, own: list[str]) -> None:
    assert apart(said)[0] == own
