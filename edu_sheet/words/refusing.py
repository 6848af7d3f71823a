"""A message that takes back the form which it brings, or sets another source above it. Pure."""

import re

from edu_sheet.words.imprint import without_imprint
from edu_sheet.words.quotation import apart
from edu_sheet.words.text import bare

_FORM = "(?:附件|附表|[本此该]表|这[份张]表?|[本此]件|填报表|报表)"
_REFUSES = re.compile(
    rf"{_FORM}(?:已|均|全部)?(?:作废|无效|不算|不作数)|^作废"
    r"|(?<!被)(?:请|予以)(?:把.{1,6})?退[回给还]|请?撤[回销](?:我|本|此|这|该|附)"
    r"|(?:请?[勿别]|不要|不能|先不|暂不|暂缓|不予|不必)(?:再)?(?:收(?!到)|采[用纳]|使用|用|汇总|登记)"
    r"|(?:[没未](?:有|经|通过)?|待).{0,8}(?:审定|审核|审签|审批|审阅|定稿)|仅供参考|草稿|征求意见稿|不作为正式"
    r"|^请?(?:直接)?(?:删除|忽略)(?:[本此这该].{0,2}(?:邮件|信|件|表))?$|见(?:邮件)?正文"
    r"|以.{0,6}(?:正文|电话|口头|纸质|盖章|下文|微信).{0,6}为准"
)
# 前一封作废 takes back what came before: the form that comes now takes its place by itself.
_EARLIER = re.compile(
    r"(?:之?前|上一?|原先?|旧|昨天|刚才|早上|上午|此前|先前)(?:.{0,6}(?:封|份|次|版|稿|张|表|邮件|附件|件)|.{0,4}的)"
)
_OF_THIS = re.compile(_FORM)
_CLAUSE = re.compile("[，,。!！?？;；]")


def refuses(text: str) -> bool:
    """Return whether the writer of a message says that its form is not, or not yet, to be used."""
    return any(_is_refused(bare(without_imprint(line))) for line in apart(text)[0])


def _is_refused(line: str) -> bool:
    before = ""
    for clause in _CLAUSE.split(line):
        told = "" if _OF_THIS.match(before) else before
        if _REFUSES.search(clause) and not any(map(_EARLIER.search, (clause, told))):
            return True
        before = clause
    return False
