"""A unit's word that our letter has arrived, and nothing else: 收到，谢谢. Pure.

Narrow on purpose, for what is left in the mail box is looked at by nobody. A message counts only if
all that its writer wrote is made of the phrases below and of units' names, its subject is that of
our letter, and what it quotes is our letter whole, without a word in between.
"""

import re
from collections.abc import Iterable

from edu_sheet.mail.wording import letter_patterns
from edu_sheet.words.plan import Plan
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
_HEADS = re.compile(  # of a quotation, without blanks; full-width signs are narrow here
    r"-{2,}(?:原始邮件|邮件原件|回复的原邮件|OriginalMessage)-{2,}|_{5,}"
    r"|[|*]*(?:发件人|发送时间|发送日期|收件人|抄送|主题|日期|时间|From|Sent|To|Cc|Subject|Date)[|*]*[:|].{0,200}"
    r"|(?:在|At|On|.{0,60}于)?.{0,20}\d{4}.{0,150}(?:写道|wrote):",
    re.IGNORECASE,
)


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
    lines = [one for line in text.splitlines() if (one := bare(line))]
    at = next((at for at, one in enumerate(lines) if one[0] == ">" or _HEADS.fullmatch(one)), None)
    if at is None:
        return lines, ""
    below = [one.lstrip(">") for one in lines[at:]]
    while below and (not below[0] or _HEADS.fullmatch(below[0])):
        del below[0]
    return lines[:at], "".join(below) or "?"
