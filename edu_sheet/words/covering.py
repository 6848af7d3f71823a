"""What a message says beside the form that it brings: greetings and 请查收 are no answer. Pure."""

import re
from collections.abc import Iterator

from edu_sheet.words.quotation import apart
from edu_sheet.words.text import bare

_CLAUSE = re.compile(r"[，。!！?？;；~～…]+|[,.:：]+(?!\d)")
_GREETING = re.compile(
    r"(?:各位)?(?:尊敬的)?(?:领导|老师|同志|主任|科长)?们?(?:你|您|大家)?好"
    r"|(?:非常|多)?(?:感谢|谢谢)[您你]?|多谢|您?辛苦了?|祝好|此致|敬礼|顺颂|商祺"
    r"|收到了?|已收到|收悉|知悉|好的|转发?|re|fw|ok|thanks|thankyou|hi|hello|以上|如下|请[看阅转]|请知悉|请处理|请查看|帮忙转发|见[图下表]|见照片|如题|发自我的.{0,12}",
    re.IGNORECASE,
)
_COVER = re.compile(
    r"附件|附后|附上|附表|查收|查阅|审阅|审核|接收|收阅|填报|填写|填好|表格|报表|报送|报上|上报"
    r"|[如下附续]表$|[见以]下表|如下$|呈报|呈上|报来|发[给您你来送]|发过去|传[给您你]|提交|现将|attach|enclosed",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"电话|手机|传真|邮箱|地址|邮编|联系人|联系方式|tel|fax|e-?mail|@|\d{3,4}-\d{7,8}|1\d{10}"
    r"|^[\d年月日/.-]+$|^(?:中共)?[^\d]{2,24}(?:局|委|办|办公室|学校|小学|中学|中心|政府|工会|单位"
    r"|科|股|室|部|院|站|乡|镇|协会|公司)$",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"第.{1,4}项|完成(?!情况)|召开|开展(?!情况)|办结|整改(?!情况)|拨付|建成|(?:本|当)[月期]无|暂无"
    r"|未开展|\d(?:万|亿|[个项家户册所亩元人次起件场处例宗条座间批篇]|公里|%|\.\d)"
)


def own_words(text: str) -> list[str]:
    """Return what the writer of a message says in it, clause by clause, as texts are compared.

    Without greetings, thanks, what only points to the attached file, and who and where one is.
    """
    return [one for line in apart(text)[0] for one in clauses_of(line)]


def tells_of_work(text: str) -> bool:
    """Return whether a message tells in words of its own what was done: an answer on a task."""
    return any(_WORK.search(one) for one in own_words(text))


def clauses_of(line: str) -> Iterator[str]:
    """Yield what a line says, clause by clause, but for greetings and covering words."""
    for clause in _CLAUSE.split(line):
        said = bare(clause)
        told = said and not _GREETING.fullmatch(said)
        if told and not (_COVER.search(said) or _ADDRESS.search(said)):
            yield said
