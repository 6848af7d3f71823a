"""Which period a message means, whatever form its answer has."""

import pytest

from edu_sheet.check.period_meant import Saying, means_awaited, periods_meant
from edu_sheet.words.period import Month, Period
from tests.support.builders import DECEMBER, NOVEMBER

OCTOBER = Month(2022, 10)
ASKED = (Month(2021, 11), OCTOBER, NOVEMBER, DECEMBER)
QUOTED = "第1项已完成。\n\n------ 原始邮件 ------\n主题：关于报送2022年11月进展情况的通知（县财政局）\n请于12月5日前"


@pytest.mark.parametrize(
    ("said", "periods"),
    [
        (Saying("a.eml", "补充", "12月的", NOVEMBER), [NOVEMBER]),
        (Saying("a.eml", "进展", "我单位2022年11月的进展：\n1 某项 已完成"), [NOVEMBER]),
        (Saying("a.eml", "进展", "11月\n1 某项\n12月\n1 某项"), [NOVEMBER, DECEMBER]),
        (Saying("a.eml", "回复", "12月的表太大，见网盘", NOVEMBER), [NOVEMBER, DECEMBER]),
        (Saying("a.eml", "Re: 关于报送2022年11月进展情况", "", NOVEMBER), [NOVEMBER]),
        (Saying("a.eml", "Re: 2022年11月进展", "12月进展：已办", NOVEMBER), [NOVEMBER, DECEMBER]),
        (Saying("a.eml", "Re: 11月", "我部本月进展：已开展5场", NOVEMBER), [NOVEMBER]),
        (Saying("a.eml", "Re: 11月", "附件11月。12月的：链接", NOVEMBER), [NOVEMBER, DECEMBER]),
        (Saying("a.eml", "Re: 12月", "这是2022年11月的", DECEMBER), [NOVEMBER, DECEMBER]),
        (Saying("a.eml", "11月进展", "12月进展：核编3次。"), [NOVEMBER, DECEMBER]),
        (Saying("a.eml", "12月进展", "", NOVEMBER), [NOVEMBER, DECEMBER]),
        (Saying("a.eml", "县财政局11月份报送"), [NOVEMBER]),
        (Saying("a.eml", "十一月份进展"), [NOVEMBER]),
        (Saying("a.eml", "2022年10月进展更正"), [OCTOBER]),
        (Saying("a.eml/2022-10_县财政局.pdf", "x"), [OCTOBER]),
        (Saying("a.eml", "本月进展"), [DECEMBER]),
        (Saying("a.eml", "9月进展"), []),
        (Saying("a.eml", "上月进展"), []),
        (Saying("a.eml", "关于11月28日现场会的补充"), [DECEMBER]),
        (Saying("20221227-1739_回复_17957-uid6.eml", "回复", QUOTED), [NOVEMBER]),
        (Saying("a.eml", "回复", "已完成"), [DECEMBER]),
    ],
)
def test_an_answer_is_of_the_period_of_our_letter_else_of_its_words(
    said: Saying, periods: list[Period]
) -> None:
    assert periods_meant(said, ASKED, [DECEMBER]) == periods


@pytest.mark.parametrize(
    ("said", "doubted"),
    [
        (Saying("进展.xlsx", "县政府12月进展情况", "请查收"), True),
        (Saying("进展.xlsx", "进展", "这是十二月的"), True),
        (Saying("12月.xlsx"), True),
        (Saying("进展.xlsx", "Re: 关于报送2022年12月进展情况", "补报11月的"), False),
        (Saying("进展.xlsx", "回复", QUOTED.replace("11月", "12月")), False),
        (Saying("进展.xlsx", "报送", "11月的，12月5日前另报"), False),
    ],
)
def test_a_form_is_in_doubt_where_its_mail_says_the_month_that_is_awaited(
    said: Saying, doubted: bool
) -> None:
    assert means_awaited(said, NOVEMBER, DECEMBER) is doubted
