"""What mail programs and offices put below a message: device, disclaimer, signature. Pure."""

import re

from edu_sheet.words.text import bare

_DEVICE = re.compile(
    r"(?:发自|来自|发送自|获取|sentfrom|get)(?:我的|my)?.{0,12}"
    r"(?:iphone|ipad|ios|android|安卓|手机|华为|小米|荣耀|魅族|meizu|oppo|vivo|outlook|foxmail|windows"
    r"|邮箱|邮件|客户端)(?:for\w{2,8}|大师|客户端|应用|版)?(?:<.*>|\(.*\))?",
    re.IGNORECASE,
)
# 免责声明：本邮件含有保密信息…; 请勿随意打印本邮件. Said of a message, and of nothing else.
_NOTICE = re.compile(
    r"免责声明:|(?=.*(?:邮件|mail|message)).*(?:保密|机密|错收|误收|打印|病毒|法律责任|confidential|print|virus)",
    re.IGNORECASE,
)
_POST = r"副?(?:主任|科长|股长|局长|处长|部长|校长|主席|会长|书记|秘书长?|干事|科员|专员)"
_OFFICE = r"[\u4e00-\u9fff]{0,14}(?:局|委|办|室|科|股|部|处|会|中心|学校|组|站|所)"
_SIGNED = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2,4}}\s+)?{_OFFICE}\s*{_POST}(?:\s+[\u4e00-\u9fff]{{2,4}})?"
    rf"|{_OFFICE}\s+[\u4e00-\u9fff]{{2,3}}"
)
_LABELLED = re.compile(
    r"(?:^|(?<=[\s,，。;；/|]))[\u4e00-\u9fff]{0,4}?"
    r"(?:电话|手机|传真|邮箱|地址|邮编|QQ|微信|网址|官网|联系人|联系方式|部门|科室|职务|填报人|填表人|报送人|经办人?"
    r"|审核人|审定人|签发人|tel|fax|mobile|phone|e-?mail|address)号?\s*[:：][^,，。;；]{1,40}",
    re.IGNORECASE,
)
_TOLD = re.compile("[已未了]|[一二三四五六七八九十两百]+[场个所家名处户人次]")


def without_imprint(line: str) -> str:
    """Return what a line says beside device, disclaimer and signature; "" where that is all of it.

    A line or a label that tells of something done is no such thing, wherever it stands.
    """
    said = bare(line)
    if _DEVICE.fullmatch(said) or _NOTICE.match(said):
        return ""
    if _SIGNED.fullmatch(line.strip()) and not _TOLD.search(said):
        return ""
    return _LABELLED.sub(lambda one: one[0] if _TOLD.search(one[0]) else "", line)
