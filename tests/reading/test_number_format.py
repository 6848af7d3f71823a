"""Numbers, dates and percentages as their cell shows them."""

import pytest

from edu_sheet.reading.number_format import BUILT_IN, show
from edu_sheet.words.book import CellKind

ACCOUNT = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("number", "code", "text", "kind"),
    [
        (44925, "General", "44925", "number"),
        (12345678901, "General", "12345678901", "number"),
        (0.1 + 0.2, "General", "0.3", "number"),
        (1e30, "General", "1E+30", "number"),
        (44925, "@", "44925", "number"),
        (2.675, "0.00", "2.68", "number"),
        (1234567.891, "#,##0.00", "1,234,567.89", "number"),
        (38, "000000", "000038", "number"),
        (1500000, '0.0,,"百万"', "1.5百万", "number"),
        (3, '"第"0"期"', "第3期", "number"),
        (-5, "0;(0)", "(5)", "number"),
        (-5, "0.0", "-5.0", "number"),
        (10, ACCOUNT, "10.00", "number"),
        (0, ACCOUNT, "-", "number"),
        (1234, "0.00E+00", "1.23E+03", "number"),
        (1.5, "# ?/?", "1 1/2", "number"),
        (5, ";;;", "5", "number"),
        (5, '[>=3]"多";"少"', "5", "number"),
        (13, "[Red]0.0", "13.0", "number"),
        (0.85, "0%", "85%", "percent"),
        (0.8567, "0.0%", "85.7%", "percent"),
        (44925, 'yyyy"年"m"月"d"日"', "2022年12月30日", "date"),
        (44925, '[$-804]yyyy"年"m"月"d"日";@', "2022年12月30日", "date"),
        (44925, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二二年十二月三十日", "date"),
        (44925, "yyyy\\-mm\\-dd", "2022-12-30", "date"),
        (44925, "yyyy.mm.dd", "2022.12.30", "date"),
        (44925, "aaaa", "星期五", "date"),
        (44925.5, "yyyy/m/d h:mm", "2022/12/30 12:00", "date"),
        (44925.999999, "yyyy/m/d h:mm", "2022/12/31 0:00", "date"),
        (0.75, '上午/下午h"时"mm"分"', "下午6时00分", "date"),
        (1.5, "[h]:mm:ss", "36:00:00", "date"),
        (0.0001, "mm:ss.0", "00:08.6", "date"),
        (59, "yyyy/m/d", "1900/2/28", "date"),
        (61, "yyyy/m/d", "1900/3/1", "date"),
        (-1, "yyyy/m/d", "-1", "number"),
        (9999999, "yyyy/m/d", "9999999", "number"),
        (float("inf"), "0", "inf", "number"),
        (1e300, "0.00", "1E+300", "number"),
    ],
)
def test_a_number_is_shown_as_its_cell_shows_it(
    number: float, code: str, text: str, kind: str
) -> None:
    assert show(number, code) == (text, CellKind(kind))


def test_dates_of_an_old_macintosh_count_from_1904() -> None:
    assert show(43463, "yyyy/m/d", date1904=True)[0] == "2022/12/30"


@pytest.mark.parametrize("number", [14, 22, *range(27, 37), *range(50, 59)])
def test_the_built_in_dates_of_a_chinese_excel_are_dates(number: int) -> None:
    assert show(44925.5, BUILT_IN[number])[1] is CellKind.DATE
