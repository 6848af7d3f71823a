"""Texts for comparison, and names that others gave, however long and however strange."""

import unicodedata
from itertools import groupby

from edu_sheet.words.text import bare, clipped


def longest_run_of_marks(text: str) -> int:
    plain = unicodedata.normalize("NFKD", text)
    runs = groupby(plain, key=lambda one: unicodedata.combining(one) > 0)
    return max(len([*run]) for marks, run in runs if marks)


def test_marks_without_end_are_put_in_order_by_the_thirty() -> None:
    for marks in ("\u0301\u0327", "\u0f73\u0f75", "\uff9e\u0301", "\u0344\u0327"):
        said = bare("e" + marks * 5000)
        assert longest_run_of_marks(said) <= 120  # 30 of which NFKC makes up to four each
        assert said != bare("e" + marks * 5001), "none is left out"
    assert bare("Ａ\u0301 完 成" * 500) == "\u00c1完成" * 500


def test_a_name_that_is_too_long_keeps_its_ends_and_says_how_much_is_left_out() -> None:
    assert clipped("县" * 250 + ".xlsx") == "县" * 250 + ".xlsx"
    long = clipped("县教育局" + "表" * 30_000 + "/12月.xlsx")
    assert (len(long) <= 255, long[:5], long[-9:]) == (True, "县教育局表", "/12月.xlsx")
    assert "〔…略29778字…〕" in long
