"""What a message says beside the form that it brings: greetings and 请查收 are no answer. Pure."""

import re
from collections.abc import Iterator

from edu_sheet.words.imprint import without_imprint
from edu_sheet.words.quotation import apart, passages
from edu_sheet.words.text import bare

_CLAUSE = re.compile(r"[，。!！?？;；~～…]+|[,.:：]+(?!\d)")
_GREETING = re.compile(
    r"(?:各位)?(?:尊敬的)?(?:领导|老师|同志|主任|科长)?们?(?:你|您|大家)?好"
    r"|(?:非常|多)?(?:感谢|谢谢)[您你]?|多谢|您?辛苦了?|(?:.{0,6}[室科股办局委组])?(?:各位)?(?:同志|领导)们?|祝好|此致|敬礼|顺颂|商祺"
    r"|收到了?|已收到|收悉|知悉|好的|转发?|re|fw|ok|thanks|thankyou|hi|hello|以上|如下|请[看阅转]|请知悉|请处理|请查看|帮忙转发|见[图下表]|见照片|如题|发自我的.{0,12}",
    re.IGNORECASE,
)
_COVER = re.compile(
    r"附件|附后|附上|附表|查收|查阅|审阅|审核|接收|收阅|填报|填写|填好|表格|报表|报送|报上|上报"
    r"|[如下附续]表$|[见以]下表|如下$|呈报|呈上|报来|发[给您你来送]|发过去|传[给您你]|提交|现将|attach|enclosed",
    re.IGNORECASE,
)
_ACTS = "到位|到账|到岗|举办|举行|开工|竣工|印发|出台|启动|成立|[组新]建|走访|慰问"
_DONE = re.compile(_ACTS)
_ADDRESS = re.compile(
    r"电话|手机|传真|邮箱|地址|邮编|联系人|联系方式|tel|fax|e-?mail|@|\d{3,4}-\d{7,8}|1\d{10}"
    r"|^[\d〇零一二三四五六七八九十年月日/.-]+$"
    rf"|^(?!.*(?:{_ACTS}))(?:中共)?[^\d已未了]{{2,24}}(?:局|委|办|办公室|学校|小学|中学|中心|政府|工会|单位"
    r"|科|股|室|部|院|站|乡|镇|协会|联合会|公司)$",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"第.{1,4}项|完成(?!情况)|召开|开展(?!情况)|办结|整改(?!情况)|拨付|建成|挂牌|(?:本|当)[月期]无|暂无"
    r"|未开展|\d(?:万|亿|[个项家户册所亩元人次起件场处例宗条座间批篇]|公里|%|\.\d)"
)
_ASKS = re.compile("(?:.{0,8}(?<!申))?请|务必|抓紧|尽快")  # 各股室请于28日前完成填报
# What adds to a form, or mends it, in a clause that points to a file too: 另有3场讲座见附件.
_MORE = re.compile(
    r"另外?还?有|另外|还有|补充|补报|新增|追加|更正|更改|改[为成]|应[为是]|建成|挂牌"
)
_COUNTED = re.compile(
    "[一二三四五六七八九十两][百千万亿十零一二三四五六七八九]*[多余]?[场个所家名处户人亩元台辆套]"
)
# All that such a clause, or a covering word of a kind unforeseen, may be made of.
_OF_COVERS = re.compile(
    r"^(?:根据|按照?|依据|遵照).{2,30}(?:要求|通知|部署|安排|规定|文件)(?:精神)?$|第[一二三四1-4]季度|[上下]?半年|\d+年|\d+月份?|\d+[日号]|[本上当]月份?|季度?|昨天|今天|前天|刚才|之?前|[上这本前]一?[封份次版稿]"
    r"|\d+份|[一二两三]份|初稿|定稿|终稿|修改稿?|版本?|扫描件?|纸质件?|原件|电子[版件]|盖章|签字|审[定核阅]|领导|主要"
    r"|办公室|[股科]室|我们?|[贵该本我][单]?[位局办委县校镇乡]|单位|小[\u4e00-\u9fff](?=$|呈|报)|佐证|证明|材料|照片|图片|文[件档]|说明|清单|名单|数据|内容|台账|邮件|正文|表"
    r"|附件?[\da-z]?|附[后上表]|见|详情?|情况|具体|进展|工作|任务|要求|通知|规定|事项|全部|所有|各项|相关|有关|一并|全|完整|后的?"
    r"|填[报写好入列]?|报[送上来告]?|呈[报上]?|上[报传]|补[报发交充]?|重[新发报]|再次?|[多一]次|[发传寄交送]了?[给过]?[来去您你]?|转[发交呈]|提交|收[到取悉]?|查[收阅看]|打不开|现将?|将|把|由"
    r"|以|为准|此|作废|忽略|不用|无需|不再|替换|代替|遗?漏|[发报填写]?错了?|有误|迟|晚|延误|久等|稍后|随后|另行|及时|随时|尽快|抱歉|对不起|不好意思|[见原谅]谅|理解|原因|系统|网络"
    r"|麻烦|打扰|辛苦|谢谢?|感谢|支持|配合|有?问题|疑问|不[妥当明]之?处|如|若|请|敬请|联系|沟通|电话|告知|回复|批评|指[正导示]|批示|斧正|帮[忙助]|指教"
    r"|祝|顺利|愉快|安康|健康|万事如意|节日|周末|快乐|[您你]好?|好|哦|啊|呢|吧|[的地得了是和与及并在里中上下内已经按照好完成均都也请为能可以就对于从给到还另外有还]"
)
_LEAST = 5  # characters that no cover, and no name of a person, leaves over


def own_words(text: str) -> list[str]:
    """Return what the writer of a message says in it, clause by clause, as texts are compared.

    Without greetings, thanks, what only points to the attached file, and who and where one is.
    """
    return [one for line in apart(text)[0] for one in clauses_of(line)]


def tells_of_work(text: str) -> bool:
    """Return whether a message tells in words of its own what was done: an answer on a task."""
    return any(_WORK.search(one) for one in own_words(text))


def tells_of_work_done(text: str) -> bool:
    """Return whether a text tells of work, and not only asks somebody to do it."""
    return any(_WORK.search(one) and not _ASKS.match(one) for one in own_words(text))


def adds(text: str) -> bool:
    """Return whether a message says more than a word that covers a form which was filled in.

    What tells of work or of more of it does, and what is made of other words than covers are.
    """
    return any(
        any(kind.search(one) for kind in (_WORK, _COUNTED, _DONE))
        or _more(one)
        or len(_left_over(one)) >= _LEAST
        for one in own_words(text)
    )


def passes_on(text: str) -> bool:
    """Return whether a message quotes, or passes on, more than covering words."""
    return any(adds(one.text) for one in passages(text))


def clauses_of(line: str) -> Iterator[str]:
    """Yield what a line says, clause by clause, but for greetings and covering words."""
    written = line if _WORK.search(bare(line)) else without_imprint(line)
    for clause in _CLAUSE.split(written):
        said = bare(clause)
        if not said or _GREETING.fullmatch(said):
            continue
        if _COVER.search(said):
            told = _more(said)
        else:
            worked = _WORK.search(said) or _COUNTED.search(said)
            told = bool(worked) or not _ADDRESS.search(said)
        if told:
            yield said


def _more(clause: str) -> bool:
    """Return whether a clause names something that is not in the form, and is no file either."""
    return bool(_MORE.search(clause)) and len(_left_over(_MORE.sub("", clause))) > 1


def _left_over(clause: str) -> str:
    """Return what a clause has beside the words of covers, but for Latin letters: Best regards."""
    return re.sub(r"[^0-9\u4e00-\u9fff]", "", _OF_COVERS.sub("", clause))
