"""A unit's word that our letter has arrived, and nothing else: 收到，谢谢. Pure.

Narrow on purpose, for what is left in the mail box is looked at by nobody. A message counts only if
all that its writer wrote is made of the phrases below and of units' names, its subject is that of
our letter, and what it quotes is our letter whole, without a word in between.
"""

import re
from collections.abc import Iterable

from edu_sheet.mail.wording import letter_patterns
from edu_sheet.words.plan import Plan
from edu_sheet.words.quotation import apart, is_head
from edu_sheet.words.text import bare

_THANKS = {
    *("收到", "已收到", "收到了", "收悉", "已收悉", "邮件收到", "邮件已收到", "邮件收悉"),
    *("通知收到", "通知已收到", "通知收悉", "知悉", "已知悉", "知道了", "已收到通知", "收到通知"),
    *("谢谢", "谢谢您", "谢谢你", "感谢", "非常感谢", "多谢", "收到谢谢", "已收到谢谢", "好的谢谢"),
    *("thanks", "thankyou", "thx", "received"),
}
_BESIDE = {"您好", "你好", "好", "好的", "ok", "辛苦了", "您辛苦了", "祝好", "此致", "敬礼", "re"}
_BETWEEN = re.compile(r"[,.!;:~、。…—-]+")
_PREFIX = re.compile(r"(?:(?:回复|答复|回覆|re|aw)[:：]|\[\w{1,10}\])+", re.IGNORECASE)


class Thanks:
    """Tells a mere word of thanks from an answer."""

    def __init__(self, plan: Plan) -> None:
        self._units = {bare(one) for one in plan.roster.spellings()}
        self._subject, self._letter = letter_patterns(plan)

    def is_all(self, subject: str, text: str) -> bool:
        """Return whether a message that answers our letter says that it has come, and no more."""
        about = _PREFIX.sub("", bare(subject), count=1)
        ours = self._subject.fullmatch(about) or about.lower() in _THANKS
        own, quoted = _apart(text)
        return (
            bool(ours)
            and self._thanks(own)
            and (not quoted or bool(self._letter.fullmatch(quoted)))
        )

    def _thanks(self, lines: Iterable[str]) -> bool:
        said = {one.lower() for line in lines for one in _BETWEEN.split(line) if one}
        return bool(said & _THANKS) and said <= _THANKS | _BESIDE | self._units


def _apart(text: str) -> tuple[list[str], str]:
    """Return the lines that the writer wrote, and what is quoted below them in one piece."""
    own, quoted = ([line for one in part if (line := bare(one))] for part in apart(text))
    if not quoted:
        return own, ""
    below = [one.lstrip(">") for one in quoted]
    while below and (not below[0] or is_head(below[0])):
        del below[0]
    return own, "".join(below) or "?"
