"""填报单位: what stands there, against the names and aliases of units. Pure.

A unit is known by a name or an alias, whole. People add to it: （盖章）, a person's name, 报送, a
date. A name that merely contains a unit's name is another's: 县教育局直属…学校 is not 县教育局.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from edu_sheet.rules.names import left_out
from edu_sheet.words.text import bare

# What may stand behind a name without being part of one, each alone.
_SEAL = r"(?:此处|单位|请)?(?:加?盖)?(?:公章|印章|签章|盖章|签字盖章|签字|签名|印|章)(?:处|有效)?"
_DONE = r"报送|填报|上报|呈报|填写|提供|报"
_PERSON_LABEL = r"(?:填表|填报|报送|联系|联络|经办|负责|审核|主要负责)人.*|分管领导.*|主要领导.*"
_LABELLED = rf"{_PERSON_LABEL}|(?:联系)?(?:电话|手机|方式).*|(?:填报|报送|上报)?(?:日期|时间).*"
_DATE = (
    r"(?:\d{4}|二[〇○零O]\d{2})[-年./]\d{1,2}(?:[-月./](?:\d{1,2}日?)?)?|\d{1,2}月(?:\d{1,2}日)?"
)
_NUMBER = r"[+\d][\d-]{4,}"
_ADDED = re.compile(rf"(?:{_SEAL}|{_DONE}|{_LABELLED}|{_DATE}|{_NUMBER})+")
# What needs no separator in front to be told from a name.
_GLUED = re.compile(
    rf"(?=(?:{_SEAL})$|(?:报送|填报|上报)(?:$|[:人日时\d])"
    r"|(?:联系|填表|经办|负责)人|联系电话|\d{4}[年.-])"
)
_SEPARATOR = re.compile(r"[\s()\[\]【】〔〕,、;:：。/|]")

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦马苗方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛禹狄米贝明臧计"
    "伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆夏蔡田樊胡凌霍虞万"
    "柯管卢莫房裘解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀惠甄曲封储段焦侯全甘景祖武刘龙叶司"
    "黎白赖卓池乔阳向文欧易聂曾肖游覃瞿滑米谌阙佘粟满简饶涂邝"
)
_OF_UNITS = "局办委院部会校园中心站所处科室股组团县市区镇乡村街道司厂队馆社店府协厅署联监室班关构位"
_PLACE = re.compile("(?:中共)?[^团党办局]{2,3}")  # 辰溪 in front of 县教育局
_LEAST = 2  # characters: one says nothing
_PERSON = 4  # characters at most


def named(text: str, spellings: Mapping[str, str]) -> str | None:
    """Return what a text stands for: a name or alias, whole, with what people add to it or not.

    `spellings` are names and aliases by their bare spelling, each with what it stands for; None
    where the text is none of them.
    """
    return next((spellings[one] for one in _heads(text) if one in spellings), None)


def shortened(text: str, names: Iterable[str]) -> bool:
    """Return whether a text is one of a unit's names with a part left out: 教育局 for 县教育局."""
    heads = [one for one in _heads(text) if len(one) >= _LEAST]
    return any(one in bare(name) for name in names for one in heads)


def may_name(text: str, names: Iterable[str]) -> bool:
    """Return whether a text may be another way to write one of a unit's names.

    That is the whole name where people say it shortly (县委编办), or a shortened one with a person
    behind it (编办张三). One with a further body behind the whole name is another unit's.
    """
    said = bare(text)
    return any(_may_be(said, bare(name)) for name in names)


def _may_be(said: str, name: str) -> bool:
    if name in said:
        before, _, behind = said.partition(name)
        return not _of_unit(behind) if behind else bool(_PLACE.fullmatch(before))
    if len(name) > _LEAST and left_out(name, said):
        return True
    parts = (name[start:] for start in range(1, len(name) - 1))
    return any(
        said.startswith(part) and len(said) - len(part) <= _PERSON and not _of_unit(said)
        for part in parts
    )


def _heads(text: str) -> Iterator[str]:
    """Yield a text, bare, then what is left of it without one thing after another behind it."""
    yield bare(text)
    plain = _GLUED.sub(" ", unicodedata.normalize("NFKC", text).strip(), count=1)
    cuts = {end for match in _SEPARATOR.finditer(plain) for end in match.span()}
    for end in sorted(cuts, reverse=True):
        if not all(map(_added, filter(None, _SEPARATOR.split(plain[end:])))):
            return
        if head := bare(plain[:end]):
            yield head


def _added(piece: str) -> bool:
    """Return whether a piece behind a name is no part of a name."""
    return bool(_ADDED.fullmatch(piece)) or _person(piece)


def _person(piece: str) -> bool:
    given = len(piece) - 1
    return piece[0] in _SURNAMES and 1 <= given < _PERSON and not _of_unit(piece)


def _of_unit(text: str) -> bool:
    return text.endswith(tuple(_OF_UNITS))
