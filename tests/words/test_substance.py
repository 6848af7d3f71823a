"""What a text says: words for nothing say nothing, and one word more says something."""

import pytest

from edu_sheet.words.substance import denies, says_something, worded


@pytest.mark.parametrize(
    "text",
    [
        "无",
        "——",
        "没有进展",
        "本月暂无进展。",
        "无存在问题和困难",
        "暂无下一步工作打算。",
        "没有问题，没有困难。",
    ],
)
def test_a_denial_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize(
    "text", ["无障碍改造完成", "没有资金", "无进展，因为缺钱", "未发现食品安全问题", "没有问题学生"]
)
def test_one_word_more_says_something(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize("text", ["无", "a", "3", "①", "Ａ", "—12", "、甲", "é"])
def test_what_has_a_letter_is_more_than_marks(text: str) -> None:
    assert worded(text)


@pytest.mark.parametrize("text", ["", " \u3000\n", "——", "……", "、。", "－", "（）"])
def test_marks_alone_are_no_words(text: str) -> None:
    assert not worded(text)


def test_that_there_is_none_is_said_and_that_it_stands_elsewhere_is_not() -> None:
    said = ("无", "暂无。", "没有存在问题", "——", "/", "N/A", "同上", "略", "资金不足")
    assert [denies(text) for text in said] == [True] * 6 + [False] * 3
    assert not says_something("n/a")
