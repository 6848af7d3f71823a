"""What is known of the fonts of official documents: other names, kin, and what Word notes of them.

Word's fontTable.xml tells a reader whose machine lacks a font what kind it is and what may stand in
its place. Without one everything depends on the reader's guess.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from edu_sheet.summary.typeset.wordml import tag
from edu_sheet.words.settings import Fonts

_CHINESE, _WESTERN = "86", "00"  # charsets: GB2312, ANSI
_SONG, _XIAO_BIAO_SONG = "02010600030101010101", "03000509000000000000"
_FIXED, _FIXED_GB2312 = "02010609060101010101", "02010609030101010101"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font as it is known: `kin` look the same or nearly, the best first."""

    name: str
    english: str
    kin: tuple[str, ...] = ()
    panose: str = ""
    charset: str = _CHINESE


_ON_WINDOWS = ("SimSun", "SimHei", "FangSong", "KaiTi")
_FANG, _KAI = ("仿宋", "华文仿宋"), ("楷体", "华文楷体")
_TITLE = ("华文中宋", "宋体")
KNOWN = {
    one.name: one
    for one in (
        Typeface("宋体", "SimSun", ("新宋体",), _SONG),
        Typeface("黑体", "SimHei", (), _FIXED),
        Typeface("仿宋", "FangSong", ("仿宋_GB2312", "华文仿宋"), _FIXED),
        Typeface("楷体", "KaiTi", ("楷体_GB2312", "华文楷体"), _FIXED),
        Typeface("仿宋_GB2312", "FangSong_GB2312", _FANG, _FIXED_GB2312),
        Typeface("楷体_GB2312", "KaiTi_GB2312", _KAI, _FIXED_GB2312),
        Typeface(
            "方正小标宋简体", "FZXiaoBiaoSong-B05S", ("方正小标宋_GBK", *_TITLE), _XIAO_BIAO_SONG
        ),
        Typeface(
            "方正小标宋_GBK", "FZXiaoBiaoSong-B05", ("方正小标宋简体", *_TITLE), _XIAO_BIAO_SONG
        ),
        Typeface("新宋体", "NSimSun", ("宋体",), _FIXED_GB2312),
        Typeface("华文中宋", "STZhongsong", ("宋体",)),
        Typeface("华文仿宋", "STFangsong", ("仿宋",)),
        Typeface("华文楷体", "STKaiti", ("楷体",)),
        Typeface("Times New Roman", "Times New Roman", (), "02020603050405020304", _WESTERN),
    )
}


def typeface(name: str) -> Typeface:
    """Return what is known of a font; of another, that it is Chinese if its name is."""
    return KNOWN.get(name) or Typeface(name, name, charset=_WESTERN if name.isascii() else _CHINESE)


def font_table(fonts: Fonts) -> str:
    """Return the children of w:fonts, one for each font of the document."""
    names = dict.fromkeys(getattr(fonts, one.name) for one in fields(fonts))
    return "".join(_noted(typeface(name)) for name in names)


def _noted(one: Typeface) -> str:
    return tag("font", *_notes(one), name=one.name)


def _notes(one: Typeface) -> Iterator[str]:
    """Yield what Word notes, in the schema's order.

    As other name the first kin; of what every Windows has, the English name, as Word does.
    """
    other = one.kin[0] if one.kin and one.english not in _ON_WINDOWS else one.english
    if other != one.name:
        yield tag("altName", val=other)
    if one.panose:
        yield tag("panose1", val=one.panose)
    yield tag("charset", val=one.charset)
