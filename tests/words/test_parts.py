"""A text on a task, taken apart into what was achieved, what hinders and what comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu_sheet.words.parts import Part, Parts, joined, parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "印发方案。存在问题：资金不足。下一步打算：申请经费。",
            Parts("印发方案。", "资金不足。", "申请经费。"),
        ),
        (
            "一、进展情况：印发方案。\n二、存在的主要问题：缺教师。\n三、下一步工作计划：招聘。",
            Parts("印发方案。", "缺教师。", "招聘。"),
        ),
        ("1.进展成效：甲\n2.问题和困难:乙\n3.下一步工作打算:丙", Parts("甲", "乙", "丙")),
        ("（一）工作进展情况：甲（二）存在问题：乙", Parts("甲", "乙")),
        ("【存在问题】：乙", Parts("", "乙")),
        ("【工作进展】甲【存在问题】乙", Parts("甲【存在问题】乙")),
        ("【工作进展】甲。【存在问题】乙", Parts("甲。", "乙")),
        ("一、工作进展：甲。\n二、打算：丙", Parts("甲。", "", "丙")),
        ("甲。后续工作安排：丙", Parts("甲。", "", "丙")),
        (
            "一、工作成效\n甲。\n二、存在的不足\n乙。\n三、下季度工作打算\n丙。",
            Parts("甲。", "乙。", "丙。"),
        ),
        ("印发方案。下一步将开展评估。", Parts("印发方案。", "", "下一步将开展评估。")),
        (
            "甲。存在的主要问题是缺钱。下一步，我局将申请。",
            Parts("甲。", "存在的主要问题是缺钱。", "下一步，我局将申请。"),
        ),
        ("存在问题：甲\n进展情况：乙\n存在问题：丙", Parts("乙", "甲\n丙")),
    ],
)
def test_a_text_is_told_apart_by_what_it_says_itself(text: str, parts: Parts) -> None:
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "印发方案，下一步按计划推进。",
        "已解决存在问题：3个",
        "存在问题整改到位3个。",
        "召开会议，研究问题和困难：形成清单",
        "完成整改。完成情况：全部到位。",
        "完成打算：3项。",
        "3所学校存在问题\n已全部整改。",
        "",
    ],
)
def test_a_text_that_only_mentions_such_words_is_all_progress(text: str) -> None:
    assert parts_of(text) == Parts(text)


_SAID = st.text("甲乙。；\n：一二（）存在问题下步打算进展情况", max_size=30)


@given(_SAID, _SAID, _SAID)
def test_three_cells_joined_lose_no_word(progress: str, problems: str, next_steps: str) -> None:
    text = joined({Part.PROGRESS: progress, Part.PROBLEMS: problems, Part.NEXT_STEPS: next_steps})
    assert all(one.strip() in text for one in (progress, problems, next_steps))


@given(st.text("甲乙丙丁，。；\n12", min_size=1, max_size=30).map(str.strip).filter(bool))
def test_what_was_filled_in_apart_is_told_apart_again(said: str) -> None:
    cells = {Part.PROGRESS: f"一{said}", Part.PROBLEMS: f"二{said}", Part.NEXT_STEPS: f"三{said}"}
    found = parts_of(joined(cells))
    assert [found[part] for part in Part] == [*cells.values()]


def test_a_label_that_was_typed_into_its_own_cell_is_not_doubled() -> None:
    assert joined({Part.PROGRESS: "甲", Part.PROBLEMS: "存在问题：乙"}) == "甲\n存在问题：乙"
    assert joined({Part.PROBLEMS: "困难：乙"}) == "困难：乙"


def test_a_cell_that_begins_with_another_columns_label_says_what_that_label_names() -> None:
    assert parts_of(joined({Part.PROGRESS: "甲", Part.PROBLEMS: "下一步打算：丙"})) == Parts(
        "甲", "", "丙"
    )
    assert parts_of(joined({Part.PROBLEMS: "乙", Part.NEXT_STEPS: "存在问题：丁"})) == Parts(
        "", "乙\n丁", ""
    )


@given(_SAID)
def test_nothing_but_labels_and_white_space_goes(text: str) -> None:
    found = parts_of(text)
    left = "".join(found[part] for part in Part)
    gone = sorted(set(text) - set(left) - set(" \n\t\u3000：一二（）存在问题下步打算进展情况"))
    assert not gone
    assert sorted(one for one in left if one in "甲乙") == sorted(
        one for one in text if one in "甲乙"
    )
