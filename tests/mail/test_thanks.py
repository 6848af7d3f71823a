"""A unit's mere 收到，谢谢 is told from everything that may be an answer."""

from datetime import date

import pytest

from edu_sheet.mail.thanks import Thanks
from edu_sheet.mail.wording import form_letter
from tests.support.builders import DECEMBER, FINANCE
from tests.support.post import ADDRESSES, plan_with

PLAN = plan_with(ADDRESSES)
SUBJECT, LETTER = form_letter(PLAN, DECEMBER, FINANCE, 3, date(2023, 1, 4))
THANKS = Thanks(PLAN)
QQ = (
    "\n\n------------------\xa0原始邮件\xa0------------------\n发件人: 办公室 <dc@xian.test>;\n"
    f"发送时间: 2022年12月30日(星期五) 上午9:00\n收件人: {FINANCE} <a@xian.test>;\n主题: {SUBJECT}\n\n"
)
MARKED = "\n\n在 2022-12-30 09:00:00，办公室 <dc@xian.test> 写道：\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "收到，谢谢！",
        f"您好！通知已收到。\n\n{FINANCE}",
        f"收到，谢谢{QQ}{LETTER}",
        f"已收悉{MARKED}" + "".join(f"> {line}\n" for line in LETTER.splitlines()),
    ],
)
def test_a_mere_word_of_thanks_is_one(text: str) -> None:
    assert THANKS.is_all(f"回复：{SUBJECT}", text)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (SUBJECT, "收到，本月无进展。"),
        (SUBJECT, "收到，谢谢。第1项3所"),
        (SUBJECT, f"收到，谢谢{QQ}{LETTER}第1项已建成。"),
        (SUBJECT, f"收到，谢谢{QQ}" + LETTER.replace("填写时请注意：", "填写时请注意：已完成")),
        (SUBJECT, f"{QQ}{LETTER}"),
        (SUBJECT, "您好"),
        (SUBJECT, ""),
        (f"{SUBJECT}：本月无进展", "收到，谢谢"),
    ],
)
def test_whatever_may_say_more_is_none(subject: str, text: str) -> None:
    assert not THANKS.is_all(f"Re: {subject}", text)
