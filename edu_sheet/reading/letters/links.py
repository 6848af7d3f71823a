"""Files that a message does not bring, but says where they lie: 超大附件, 文件中转站. Pure."""

import html
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

# What the mail services write above such a link, and what a person writes beside one.
_WORDS = re.compile("超大附件|云附件|文件中转站|网盘附件|大附件下载|附件下载链接")
_LINK = re.compile(r"https?://[^\s\"'<>()\u3000-\u9fff]{4,2000}", re.IGNORECASE)
_PLACES = re.compile(  # of the services' own, and of the disks that people use instead
    r"ftnexs|/ftn/|large-attachment|cloud-attachment|cloudattach|bigattach|largefile|fs\.163\.com"
    r"|dashi\.163\.com|pan\.baidu\.com|weiyun\.com|share\.weiyun|drive\.weixin\.qq\.com"
    r"|aliyundrive\.com|alipan\.com|yun\.139\.com|caiyun\.139\.com|cloud\.189\.cn|lanzou\w*\.com"
    r"|kdocs\.cn/l/|docs\.qq\.com|wetransfer\.com|1drv\.ms|onedrive\.live\.com",
    re.IGNORECASE,
)
_MOST = 5  # servers that are named
_PAGE = 1_000_000  # characters


def links(text: str, pages: Sequence[str]) -> str:
    """Return the servers on which files lie, as far as a message says, "" where it says of none.

    Of an invitation to look at something there is none: a link counts by the service, or by what
    is called an attachment beside it.
    """
    found = [*_LINK.findall(text), *(one for page in pages for one in _LINK.findall(page[:_PAGE]))]
    said = [html.unescape(one) for one in found]
    named = _WORDS.search(text)
    counted = [one for one in said if _PLACES.search(one)] or (said if named else [])
    hosts = dict.fromkeys(host for one in counted if (host := _host(one)))
    return "、".join([*hosts][:_MOST]) or (named[0] if named else "")


def _host(link: str) -> str:
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return host if host.isascii() and len(host) < 100 else ""
