import itertools
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edu_sheet.kit.pieces import CELL_LIMIT, characters, filling, pieces
from edu_sheet.kit.row_height import LIMIT, row_height, split

_WORDS = st.sampled_from(
    [
        "已完成督导3次。",
        "12345.6万元",
        "①印发方案；\n",
        "【县教育局】\n",
        "”",
        "𠀀",
        "a\u0301",
        "、",
    ]
)
_TEXTS = st.lists(_WORDS | st.text(max_size=8), max_size=60).map("".join)


@pytest.mark.once
@given(text=_TEXTS, times=st.sampled_from([1, 7, 40]))
@example(text="7", times=40_000)
@example(text="𠀀", times=40_000)
def test_pieces_put_together_are_the_text_and_each_can_be_printed(text: str, times: int) -> None:
    whole = text * times
    made = split(whole, 60, 11)
    assert "".join(made) == whole
    for piece in made:
        assert row_height([(piece, 60)], 11) <= LIMIT
        assert characters(piece) <= CELL_LIMIT


def test_a_cut_stands_where_a_reader_pauses() -> None:
    text = "已召开会议3次，印发方案1份；培训教师46人。下一步继续推进。\n" * 60
    assert all(piece.endswith("\n") for piece in split(text, 60, 11))
    assert all(piece.endswith("。") for piece in split(text.replace("\n", ""), 60, 11))


def test_a_label_is_never_parted_from_its_text() -> None:
    text = "".join(f"【单位{number}】\n{'进展情况' * (number % 40)}\n" for number in range(120))
    made = split(text, 60, 11)
    assert len(made) > 3
    assert not any(piece.endswith("】\n") for piece in made)


def test_a_number_is_never_cut() -> None:
    text = "投入1234567.89万元培训１２３４５人次" * 200
    inside = re.compile(r"[0-9.０-９]")
    made = split(text, 60, 11)
    assert len(made) > 3
    for before, after in itertools.pairwise(made):
        assert not (inside.match(before[-1]) and inside.match(after[0]))


def test_a_cell_is_filled_as_excel_counts() -> None:
    text = "𠀀" * 20_000 + "汉" * 20_000
    assert [characters(piece) for piece in pieces(text, filling)] == [32_766, 27_234]


def test_a_column_too_narrow_for_a_character_still_ends() -> None:
    assert "".join(split("汉字" * 200, 1, 11)) == "汉字" * 200
