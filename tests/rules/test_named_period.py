"""A header or a sheet's name speaks of the form's period, of another, or of none."""

import pytest

from edu_sheet.rules.named_period import another_named, names_period, other_period
from edu_sheet.words.period import Month, Quarter

OCTOBER, QUARTER = Month(2022, 10), Quarter(2022, 4)


@pytest.mark.parametrize(
    ("text", "of_october", "of_quarter"),
    [
        ("进展情况", None, None),
        ("进展情况（截至10月底）", True, False),
        ("10月进展情况", True, False),
        ("十月份", True, False),
        ("本月进展情况", True, False),
        ("本期进展", True, True),
        ("2022-10", True, False),
        ("2022年10月", True, False),
        ("2021年10月", False, False),
        ("9月进展情况", False, False),
        ("九月", False, False),
        ("上月进展情况", False, False),
        ("上期进展", False, False),
        ("上一季度进展", False, False),
        ("1-10月进展情况", None, False),
        ("9月、10月进展情况", None, False),
        ("第四季度进展情况", False, True),
        ("2022Q4", False, True),
        ("本季度进展", False, True),
        ("填报表 (2)", None, None),
        ("目前进展", None, None),
        ("Sheet1", None, None),
    ],
)
def test_what_a_name_says_of_the_period(
    text: str, of_october: bool | None, of_quarter: bool | None
) -> None:
    assert names_period(text, OCTOBER) is of_october
    assert names_period(text, QUARTER) is of_quarter


@pytest.mark.parametrize(
    ("text", "period", "other"),
    [
        ("9月进展情况", OCTOBER, Month(2022, 9)),
        ("九月", OCTOBER, Month(2022, 9)),
        ("上月进展情况", OCTOBER, Month(2022, 9)),
        ("上期进展", OCTOBER, Month(2022, 9)),
        ("前期", OCTOBER, Month(2022, 9)),
        ("下月进展", OCTOBER, Month(2022, 11)),
        ("2021年10月", OCTOBER, Month(2021, 10)),
        ("2022-09", OCTOBER, Month(2022, 9)),
        ("12月进展", Month(2023, 1), Month(2022, 12)),
        ("1月进展", Month(2022, 12), Month(2023, 1)),
        ("第四季度进展情况", OCTOBER, QUARTER),
        ("10月进展情况", QUARTER, OCTOBER),
        ("第三季度", QUARTER, Quarter(2022, 3)),
        ("一季度", QUARTER, Quarter(2023, 1)),
        ("上季度进展", QUARTER, Quarter(2022, 3)),
        ("上期进展", QUARTER, Quarter(2022, 3)),
        ("上月进展", QUARTER, None),
        ("上季度进展", OCTOBER, None),
        ("去年进展情况", OCTOBER, None),
        ("1-9月进展情况", OCTOBER, None),
        ("13月进展", OCTOBER, None),
        ("10月进展情况", OCTOBER, None),
        ("进展情况", OCTOBER, None),
    ],
)
def test_which_other_period_a_name_says(
    text: str, period: Month | Quarter, other: Month | Quarter | None
) -> None:
    assert other_period(text, period) == other


@pytest.mark.parametrize(
    ("text", "period", "other"),
    [
        ("县交通运输局11月进展.xlsx", OCTOBER, Month(2022, 11)),
        ("2022-10_县财政局（11月）.xlsx", OCTOBER, Month(2022, 11)),
        ("关于报送2022年12月进展情况", OCTOBER, Month(2022, 12)),
        ("1-11月进展", OCTOBER, Month(2022, 11)),
        ("9月更正", OCTOBER, Month(2022, 9)),
        ("第三季度总结", OCTOBER, Quarter(2022, 3)),
        ("11月", QUARTER, Month(2022, 11)),
        ("2022-10_县财政局.xlsx", OCTOBER, None),
        ("1-10月进展", OCTOBER, None),
        ("2022年四季度10月", OCTOBER, None),
        ("10、11、12月", QUARTER, None),
        ("12月", QUARTER, None),
        ("县财政局11月3日更正", OCTOBER, None),
        ("2022-11-03 县财政局", OCTOBER, None),
        ("上次报的有误", OCTOBER, None),
        ("四季青镇 QQ4567", OCTOBER, None),
    ],
)
def test_which_other_period_a_file_s_name_says(
    text: str, period: Month | Quarter, other: Month | Quarter | None
) -> None:
    assert another_named(text, period) == other
