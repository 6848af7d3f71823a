"""What is printed above or below each page: what a person wrote of it, without numbers and names.

ECMA-376 part 1, 18.3.1.39: &L, &C, &R begin a part; &P, &N, &D … are fields; && is an ampersand.
"""

import re

_CODE = re.compile(
    r'&(?:"[^"]*"|K(?:[0-9A-F]{6}|[0-9]{2}[+-][0-9]{3})|[0-9]{1,3}|.)', re.IGNORECASE | re.DOTALL
)
_PARTS = ("&l", "&c", "&r")
# What programs print by themselves: 第 1 页 共 2 页, Page 1 of 2, the sheet's and the file's name.
_COUNTING = re.compile(r"(?:[\W\d_]|第|页码|页|共|总|page|of)*", re.IGNORECASE)


def parts(code: str) -> tuple[str, ...]:
    """Return the texts of a header or footer in the codes of Excel."""
    found, start = [""], 0
    for match in _CODE.finditer(code):
        found[-1] += code[start : match.start()]
        start = match.end()
        if match[0] == "&&":
            found[-1] += "&"
        elif match[0].lower() in _PARTS:
            found.append("")
    found[-1] += code[start:]
    return tuple(text for one in found if (text := written(one)))


def written(text: str) -> str:
    """Return a text of a header or footer, "" where it only counts pages."""
    return "" if _COUNTING.fullmatch(text) else text.strip()
