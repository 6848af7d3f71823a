"""What stands in a cell in place of what is meant: a dash, 无, 同上. Pure."""

import re

from edu_sheet.words.text import bare

NO_UNIT = "没有写单位"  # what such a text is read as
SAME_AS_ABOVE = "照上一行"
TOGETHER = "会同"  # 甲会同乙: the first is taken for the lead, and that is asked
ASKED_TOGETHER = f"“{TOGETHER}”前面的单位读作牵头单位，请核对"
AROUND_NAMES = "单位前后的话，说的是谁牵头、负责或配合"

_LONG = 60  # characters, white space too, of what says something: asked of every cell
_NOTHING = re.compile(r"[-—–―_/\\|×○…·.]+|无|空|没有|暂无|不涉及|待定|/+")
_SAME = re.compile(r"[(（]?(?:同上|同前|如上|〃|″|\"|”|同上一?[行项条]|同上述)[)）]?[。.]?")


def says_nothing(text: str) -> bool:
    """Return whether a cell for units says that there is none, or not yet."""
    return len(text) < _LONG and bool(_NOTHING.fullmatch(bare(text)))


def says_same(text: str) -> bool:
    """Return whether a cell refers to the one above it."""
    return len(text) < _LONG and bool(_SAME.fullmatch(bare(text)))
