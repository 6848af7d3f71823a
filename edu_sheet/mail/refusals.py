"""What a mail server says when it does not take a letter, in the clerk's words. Pure."""

import re

_NO_SUCH_BOX = "没有这个邮箱，请在“单位名录”里核对地址"
_CLOSED = "这个邮箱已停用，请在“单位名录”里换一个地址"
# What the servers of NetEase, QQ, Tencent Exmail and Exchange say; the first that fits.
_KNOWN = {
    r"message size|size (?:limit|exceed)|too (?:large|big)|5\.3\.4|5\.2\.3": "信太大",
    r"content (?:is )?(?:denied|rejected)|mail content": (
        "邮箱服务商不收这样的内容：改一改“邮件主题”“邮件正文”再试，或请邮箱的管理单位放行"
    ),
    r"no permission|not enabled|smtp service.{0,20}(?:closed|disabled)": (
        "这个邮箱没有开通 SMTP 发信：请登录网页邮箱，在设置里开启 SMTP，再发一次"
    ),
    r"equal authori[sz]ed|mail from must|not owned by": (
        "“发件地址”要与登录的账号是同一个，请在“设置”里核对"
    ),
    r"domain (?:may |does )?not (?:exist|found)|dns check": (
        "没有这个邮箱的域名，请核对地址里 @ 后面的部分"
    ),
    r"(?:sender|sending).{0,20}quota|quota.{0,20}sender": (
        "超过了邮箱当天能发的封数：请过一会儿或明天再发"
    ),
    r"authentication (?:is )?required|must authenticate": (
        "服务器要先登录才收，请在“设置”里核对登录的账号和授权码"
    ),
    r"DT:SPM|\bspam": "像垃圾邮件。过两分钟再试；仍不行，改一改“邮件正文”，或请邮箱的管理单位放行",
    r"MI:DMC|too many (?:messages|mails)": "一次连接里发得太多，过一会儿再试",
    r"MI:SFQ|DT:SUM|RP:[A-Z]|\bfrequen|\brate\b|\blimit|too fast|5\.4\.5|频率|超过": (
        "发得太快，或超过了邮箱当天能发的封数：过一会儿再试，或把“间隔秒数”改大"
    ),
    r"mailbox (?:is )?full|over ?quota|[45]\.2\.2|已满": "对方的邮箱满了，请打电话告诉对方",
    r"(?:user|recipient|mailbox) (?:is )?(?:unknown|not found|unavailable|rejected)"
    r"|(?:unknown|no such) (?:user|recipient)|does not exist|5\.1\.10?\b": _NO_SUCH_BOX,
    r"\bnot local\b|5\.1\.[26]\b": _NO_SUCH_BOX,
    r"(?:account|user|mailbox|recipient).{0,20}(?:disabled|inactive|suspended)|5\.2\.1\b|停用": (
        _CLOSED
    ),
    r"rcpthosts|relay": (
        "服务器不把这个账号的信转到对方那里：请在“设置”里核对 SMTP 服务器是不是这个账号自己的，"
        "并已登录；对方地址 @ 后面的部分也请核对"
    ),
    r"auth\w* (?:fail|error|unsuccess)|login (?:fail|error)|authorization code|5\.7\.8\b": (
        "登录没有通过：请在“设置”里核对账号，重新存一次授权码"
    ),
    r"gr[ea]y ?list": "隔一会儿再来一次就收",
}
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), said) for pattern, said in _KNOWN.items()]
_SHOWN = 200  # characters of what a server says


def meaning(code: int, said: bytes) -> str:
    """Return what an answer means, and the answer itself in brackets."""
    text = said.decode("utf-8", "replace").replace("\n", " ")
    known = _known(text)
    for_now = 400 <= code < 500
    plain = "服务器暂时不收，请过一会儿再试" if for_now else "服务器不收"
    told = f"{plain.split('，', maxsplit=1)[0]}：{known}" if known else plain
    return f"{told}（{code} {text[:_SHOWN]}）"


def is_for_good(code: int, said: bytes) -> bool:
    """Return whether an answer says that there is no such mailbox, or none any more."""
    gone = (_NO_SUCH_BOX, _CLOSED)
    return code in (550, 551) and _known(said.decode("utf-8", "replace")) in gone


def _known(text: str) -> str:
    return next((words for pattern, words in _PATTERNS if pattern.search(text)), "")
