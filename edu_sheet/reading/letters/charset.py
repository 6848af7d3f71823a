"""What stands in a message → text, by the code that it names, or that Chinese programs write. Pure.

ISO-2022-CN (RFC 1922) has no codec in Python: of its two sets GB 2312 is the same in eight bits;
what stands in CNS 11643 is said to be unreadable, and the original has it.
"""

import re
from collections.abc import Iterator

_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936"}
# Western codes, which programs name for whatever they send: every byte is a sign of theirs.
_FITS_ANY = re.compile(r"(?:iso-?8859|latin|windows-125|cp125)")
_ISO_2022_CN = {"iso-2022-cn", "iso-2022-cn-ext"}
_TOKEN = re.compile(
    rb"\x1b\$(?P<way>[)*+])(?P<set>.)|(?P<single>\x1b[NO]..)|(?P<out>\x0e)|(?P<back>\x0f|[\r\n]+)"
    rb"|(?P<said>[^\x0e\x0f\x1b\r\n]+|\x1b)",
    re.DOTALL,
)
_UNREADABLE = "〔编码读不出〕"
_GB_2312 = b"A"  # the set that this designates


def text_of(data: bytes, charset: str) -> str:
    """Return bytes as text; what no code fits is replaced, sign by sign.

    A western code is believed only of what is no Chinese text in a code that would tell.
    """
    named = charset.lower().strip()
    if named in _ISO_2022_CN:
        return "".join(_of_iso_2022_cn(data))
    first = "hz" if named == "hz-gb-2312" else "gb18030" if named in _CHINESE else named
    sure = ("utf-8", "gb2312") if _FITS_ANY.match(named) else ()
    for encoding in filter(None, (*sure, first, "utf-8", "gb18030")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _of_iso_2022_cn(data: bytes) -> Iterator[str]:
    used, shifted = _GB_2312, False
    for one in _TOKEN.finditer(data):
        if one["set"]:
            used = one["set"] if one["way"] == b")" else used
        elif one["single"] or (one["said"] and shifted and used != _GB_2312):
            yield _UNREADABLE
        elif one["said"] and shifted:
            yield bytes(sign | 0x80 for sign in one["said"]).decode("gb2312", "replace")
        else:
            shifted = bool(one["out"]) or (shifted and not one["back"])
            yield one[0].decode("ascii", "replace").strip("\x0e\x0f")
