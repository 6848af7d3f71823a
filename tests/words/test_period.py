"""Periods as people write them."""

import pytest

from edu_sheet.kit.data import decode, encode
from edu_sheet.words.errors import PeriodError
from edu_sheet.words.period import (
    Month,
    Period,
    Quarter,
    parse_period,
    period_in,
    written_period,
)


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("期次：2022年12月", Month(2022, 12)),
        ("附件1 2022年12月填报表", Month(2022, 12)),
        ("2022年第四季度", Quarter(2022, 4)),
        ("2022-12-31", Month(2022, 12)),
        ("20222年12月", None),
        ("0222年第四季度", None),
        ("1234Q1", None),
        ("9999年12月", None),
    ],
)
def test_a_text_names_a_period_or_none(said: str, period: Period | None) -> None:
    assert period_in(said) == period


@pytest.mark.parametrize(
    "said", ["1234年第一季度", "20222年12月", "2022年12月", "2022年第1季度", "9999Q4"]
)
def test_a_period_that_is_read_may_be_written_and_read_again(said: str) -> None:
    for found in filter(None, (period_in(said), written_period(said))):
        assert decode(Period, encode(Period, found)) == found


@pytest.mark.parametrize("said", ["9999-12", "1899-12", "9999Q4"])
def test_of_a_year_that_is_out_of_range_that_is_said(said: str) -> None:
    with pytest.raises(PeriodError, match=r"年份超出范围.*1900 至 9998"):
        parse_period(said)
