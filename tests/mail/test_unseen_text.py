"""What cannot be seen in a message is no answer, and never goes without a word."""

import html
from pathlib import Path

import pytest

from tests.mail.test_answers import collected, form_beside, letter, page, pasted, state, told
from tests.support.builders import FINANCE
from tests.support.letters import text
from tests.support.post import workspace
from tests.support.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return workspace(tmp_path / "督办")


def marked(said: str) -> str:
    """Return a table in which one answer stands, as the page has it."""
    return pasted({1: "甲"}).replace(html.escape("甲"), said)


@pytest.mark.parametrize(
    "said",
    [
        "资金已拨付。<span style='display:none'>作废的话。</span>",
        "<font color=white>作废的话。</font>资金已拨付。",
        "资金已拨付。<span style='font-size:0'>作废的话。</span>",
    ],
)
def test_of_a_cell_no_more_is_an_answer_than_a_person_sees(session: Session, said: str) -> None:
    (found,) = collected(session, letter(page(marked(said).replace("class=xl65", ""))))
    (listed,) = [one["message"] for one in found["findings"] if one["code"] == "mail_table"]
    assert "资金已拨付。" in listed
    assert "作废的话" not in listed
    assert "看不见的文字" in told(session, found["id"])
    assert "作废的话。" in told(session, found["id"])


def test_a_table_that_is_hidden_is_no_answer_and_is_told(session: Session) -> None:
    hidden = f"<p>请收</p><div style='display:none'>{pasted({1: '资金已拨付。'})}</div>"
    (found,) = collected(session, letter(page(hidden)))
    codes = {one["code"] for one in found["findings"]}
    assert "mail_table" not in codes
    assert {"mail_without_attachment", "mail_unseen"} <= codes
    assert "资金已拨付。" in told(session, found["id"])


def test_a_hidden_text_beside_a_form_is_told_with_the_form(session: Session) -> None:
    filled = form_beside(session, dict.fromkeys((1, 2, 4), "已办。"))
    words = text("<p>见附件</p><p style='display:none'>第4项以此为准</p>", kind="html")
    (found,) = collected(session, letter(words, filled))
    assert (found["verdict"], found["unit"]) == ("accepted", FINANCE)
    (said,) = [one["message"] for one in found["findings"] if one["code"] == "mail_unseen"]
    assert "第4项以此为准" in said
    assert state(session) == "returned"
