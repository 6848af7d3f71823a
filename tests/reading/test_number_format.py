"""Numbers, dates and percentages as their cell shows them."""

import pytest

from edu_sheet.reading.number_format import BUILT_IN, show, show_date, show_text
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
        (5, '[>=3]"多";"少"', "多", "number"),
        (2, '[>=3]"多";"少"', "少", "number"),
        (0, '[=1]"是";[=0]"否";0', "否", "number"),
        (7, '[=1]"是";[=0]"否";0', "7", "number"),
        (-7, '[=1]"是";[=0]"否";0', "-7", "number"),
        (0.5, '[>=1]0"万元";0.00"元"', "0.50元", "number"),
        (3, '[>=1]0"万元";0.00"元"', "3万元", "number"),
        (-5, '[>=100]0"A";0"B";0"C"', "5B", "number"),
        (85, '[<=50]0"低";[<=80]0"中";0"高"', "85高", "number"),
        (-5, '[<0]"负"0;0', "负5", "number"),
        (123456, '0!.0,"万"', "12.3万", "number"),
        (44925, '[>=10000]0!.0,"万";0', "4.5万", "number"),
        (13800001234, "000-0000-0000", "138-0000-1234", "number"),
        (-1234567, "#,##0\\点", "-1,234,567点", "number"),
        (12, "[DBNum1]General", "一十二", "number"),
        (1001, "[DBNum1][$-804]General", "一千〇一", "number"),
        (100_200_030, "[DBNum2][$-804]General", "壹亿零贰拾万零叁拾", "number"),
        (1234.5, "[DBNum2][$-804]G/通用格式", "壹仟贰佰叁拾肆.伍", "number"),
        (123, "[DBNum1][$-804]0", "一二三", "number"),
        (12, "[DBNum3]0", "１２", "number"),
        (12, 'General"万元"', "12万元", "number"),
        (12345678901234567890, "General", "12345678901234600000", "number"),
        (12345678901234567890, "0", "12345678901234600000", "number"),
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


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("三项", '"已完成"@', "已完成三项"),
        ("三项", '0;-0;0;"已完成"@"整改"', "已完成三项整改"),
        ("三项", ACCOUNT, "三项"),
        ("三项", "@", "三项"),
        ("三项", "General", "三项"),
        ("三项", '0"个"', "三项"),
        ("三项", ";;;", "三项"),
        ("三项", '0;0;0;"请填数字"', "三项"),
        ("一\n二", '!"@!"', '"一\n二"'),
    ],
)
def test_a_text_is_shown_with_the_words_that_its_format_puts_around_it(
    text: str, code: str, shown: str
) -> None:
    assert show_text(text, code) == shown


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("2022-10-30T00:00:00.000", "General", "2022/10/30"),
        ("2022-10-30T08:05:00Z", "General", "2022/10/30 8:05:00"),
        ("2022-10-30", 'm"月"d"日"', "10月30日"),
        ("第四季度", "General", "第四季度"),
    ],
)
def test_a_date_in_iso_8601_is_shown_without_the_time_that_nobody_typed(
    text: str, code: str, shown: str
) -> None:
    assert show_date(text, code) == shown
