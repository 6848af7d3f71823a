"""A mail program's word that its owner is away or has the letter, and nothing else. Pure.

Some gateways call every answer an automatic one: what may tell of work is no such word.
"""

import re

from edu_sheet.words.quotation import apart
from edu_sheet.words.text import bare

_AWAY = re.compile(
    r"休假|年假|病假|产假|请假|放假|外出|出差|不在|离岗|离开办公室|收到您的|收到你的|邮件已收到|稍后"
    r"|尽快(?:给|回|与|处理|联系)|(?:无法|不能|未能)及时|outof(?:the)?office|onleave|vacation|holiday",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"第.{1,4}项|完成|进展|落实|推进|办结|开展|整改|报送|汇报|附件"
    r"|\d(?:万|亿|个|项|家|户|册|所|亩|元|人次|公里|%|\.\d)"
)
_LONGEST = 200  # characters


def is_all(text: str) -> bool:
    """Return whether a text says that nobody reads the letter now, and tells of no work."""
    own = "".join(map(bare, apart(text)[0]))
    return len(own) <= _LONGEST and bool(_AWAY.search(own)) and not _WORK.search(own)
