"""What a mail server says when it does not take a letter, in the clerk's words. Pure."""

import re

# What the servers of NetEase, QQ, Tencent Exmail and Exchange say; the first that fits.
_KNOWN = {
    r"DT:SPM|\bspam": "像垃圾邮件。过两分钟再试；仍不行，改一改“邮件正文”，或请邮箱的管理单位放行",
    r"MI:DMC|too many (?:messages|mails)": "一次连接里发得太多，过一会儿再试",
    r"MI:SFQ|DT:SUM|RP:[A-Z]|\bfrequen|\brate\b|\blimit|too fast|5\.4\.5|频率|超过": (
        "发得太快，或超过了邮箱当天能发的封数：过一会儿再试，或把“间隔秒数”改大"
    ),
    r"mailbox (?:is )?full|over ?quota|[45]\.2\.2|已满": "对方的邮箱满了，请打电话告诉对方",
    r"(?:user|recipient|mailbox) (?:is )?(?:unknown|not found|unavailable|rejected)"
    r"|no such (?:user|recipient)|does not exist|5\.1\.10?\b": (
        "没有这个邮箱，请在“单位名录”里核对地址"
    ),
    r"too (?:large|big)|5\.3\.4|5\.2\.3": "信太大",
    r"gr[ea]y ?list": "隔一会儿再来一次就收",
}
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), said) for pattern, said in _KNOWN.items()]
_SHOWN = 200  # characters of what a server says


def meaning(code: int, said: bytes) -> str:
    """Return what an answer means, and the answer itself in brackets."""
    text = said.decode("utf-8", "replace").replace("\n", " ")
    known = next((words for pattern, words in _PATTERNS if pattern.search(text)), "")
    for_now = 400 <= code < 500
    plain = "服务器暂时不收，请过一会儿再试" if for_now else "服务器不收"
    told = f"{plain.split('，', maxsplit=1)[0]}：{known}" if known else plain
    return f"{told}（{code} {text[:_SHOWN]}）"
