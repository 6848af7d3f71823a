"""A header or a sheet's name speaks of the form's period, of another, or of none."""

import pytest

from edu_sheet.rules.named_period import names_period
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
