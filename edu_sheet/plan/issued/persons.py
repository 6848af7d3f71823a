"""Persons beside the units that they work in: 县教育局（某某） → 县教育局. Pure."""

import re
from itertools import pairwise

from edu_sheet.rules.units import is_unit_name
from edu_sheet.words.text import bare

_BRACKET = re.compile(r"[（(]([^（）()]{2,30})[）)]")
_CALLED = re.compile(  # （某某 87650001、某某某，电话：13000000000）
    r"[（(](?:[、，,；;\s]*[\u4e00-\u9fff·]{2,4}[、，,：:\s]*(?:(?:电话|手机)[：:]?\s*)?"
    r"(?:\d{3,4}[-－—])?\d{7,11})+\s*[）)]"
)
_HAN = re.compile(r"[\u4e00-\u9fff·]+")
_MARK = "([、，,；;\n])"
_PART = re.compile(r"牵头|主办|主责|配合|协办|协助|参与|责任|主要|承办|负责|含|各|有关|相关")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_POST = re.compile(r"(?:长|主任|书记|员|经理|局|办)$")
_OTHERS_POST = re.compile(r"(?<!^副)(?<=..)(?:长|主任|书记)$")  # 主任某某 五县县长
_POST_AND_NAME = re.compile(r"(?:主任|副?[局县区市镇乡州]长|副?书记|副主任)[\u4e00-\u9fff]{1,3}")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
    "易常武乔贺赖龚文"
)


def without_persons(text: str) -> str:
    """Return a cell of units and persons without the persons."""
    rest = _BRACKET.sub(lambda found: "" if _persons(found[1]) else found[0], text)
    parts = re.split(_MARK, rest)
    kept = [_unit_of(part) for part in parts[::2]]
    marks = ["", *parts[1::2]]
    joined = "".join(mark + one for mark, one in zip(marks, kept, strict=True) if one)
    return joined.strip("、，,；;\n ")


def bracketed_persons(text: str) -> tuple[str, ...]:
    """Return the brackets in a list of units that hold what looks like a person's name."""
    return tuple(
        found[0]
        for found in _BRACKET.finditer(text)
        if found[1][0] in _SURNAMES and len(bare(found[1])) <= 4 and _persons(found[1])
    )


def without_called(text: str) -> str:
    """Return a cell of units without the persons behind them that have a telephone beside."""
    return _CALLED.sub(
        lambda it: it[0] if any(map(is_unit_name, _HAN.findall(it[0]))) else "", text
    )


_UNLABELLED = re.compile(  # 责任人张三, 联系电话87650001: no colon
    r"(?<=[，,；;、（(\s])(责任人|负责人|联[系络][人员]|[责任牵头分管主包保县市区]{2,4}领导|联系电话|电话|手机)"
    r"(?:(?=(?P<name>[\u4e00-\u9fff·]{2,4})(?:[，,；;、）)。\s]|$))|(?=\d{7,}))"
)


def with_person_labels(text: str) -> str:
    """Return a text with a colon between a person's name and what it is called by: 责任人张三."""
    return _UNLABELLED.sub(
        lambda it: f"{it[1]}：" if not it["name"] or it["name"][0] in _SURNAMES else it[0], text
    )


def lines_of_names(text: str) -> str:
    """Return names that stand on lines of their own in one line: 、 between them."""
    text = with_marks(text)
    lines = [bare(line) for line in text.splitlines() if line.strip()]
    named = all(_NAME.fullmatch(line) and not _POST.search(line) for line in lines)
    return "、".join(lines) if len(lines) > 1 and named else text


def with_marks(text: str) -> str:
    """Return units and persons with a mark where nothing but a gap parts them.

    县教育局 某某 → 县教育局：某某; 某某 某某某 → 某某、某某某.
    """
    return "\n".join(map(_line_with_marks, text.split("\n")))


def _line_with_marks(line: str) -> str:
    words = [one for one in re.split(r"[ \t\u3000\xa0]+", line) if one]
    joined = words[0] if words else ""
    for before, behind in pairwise(words):
        left = re.split("[、，,；;）)]", before)[-1]
        right = re.split("[、，,；;（(]", behind)[0]
        person = _named(left) or _POST_AND_NAME.fullmatch(left)
        mark = "：" if is_unit_name(left) else "、" if person else " "
        other = _OTHERS_POST.search(right) and not _named(left) and not is_unit_name(left)
        named = _named(right) or _POST_AND_NAME.fullmatch(right)
        joined += ("、" if other else mark if named else " ") + behind
    return joined


def _named(text: str) -> bool:
    """Return whether a text may be a person's name and nothing else."""
    post = _POST.search(text) or _POST_AND_NAME.fullmatch(text)
    return bool(_NAME.fullmatch(text)) and not post and not is_unit_name(text)


def _persons(text: str) -> bool:
    names = [bare(one) for one in re.split(r"[、，,；;]", text)]
    return not _PART.search(text) and not any(len(name) < 2 or is_unit_name(name) for name in names)


def _unit_of(part: str) -> str:
    """Return a part without the person behind its unit; "" where it is nobody but a person."""
    words = re.split(r"[\s：:]+", part.strip())  # 县商务局：某某
    if len(words) > 1 and is_unit_name(words[0]) and not is_unit_name("".join(words[1:])):
        return words[0]
    alone = bare(part)
    return "" if _NAME.fullmatch(alone) and not is_unit_name(alone) else part.strip()
