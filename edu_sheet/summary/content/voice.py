"""Whose voice a unit's words are in: a summary speaks for the office that prints it. Pure."""

import re

# 我县 is the office's own; 我局, 本单位 are a unit's, and are for a person to put right.
_FIRST_PERSON = re.compile(
    "我[局镇乡办委校院部站中所园行社]|我(?:单位|街道)|(?<![根基日标课剧资原一])本(?:单位|部门|局|镇|乡|校|院|街道)"
)
# What a unit does, or a mark, behind its name: anything else may go on with another body's name,
# as 县委组织部, 县教育局党委 and 县教育局局长 do.
_DOES = re.compile(
    "[：:，,]|召开|开展|印发|制定|出台|下达|建立健全|按照?|积极|认真|严格|加强|会同|牵头|完成了?|主动|充分|根据|围绕"
    "|高度|扎实|持续|深入|及时|已|共计|通过|结合|拨付|投入|举办|共?组织(?:召开|开展|实施|全|各|了)"
    "|本(?:季度?|月|年度?|周)|今年|去年|上半年|下半年|全年|年[初底末]|目前|现已|正在|累计|截[至止]|[0-9０-９]"
    "|第?[一二三四]季度"
)
# Names begin so too (指导中心, 督促检查室, 组织员): no body may be named in what follows.
_MAY_DO = re.compile(
    "(?:组织|指导|督促|推进|推动|落实|配合|联合|全面|安排|协调|建立)"
    "(?![\u4e00-\u9fff]{0,7}[心室处科股办组站队员部委会所院馆班党])"
)


def without_own_name(unit: str, text: str) -> str:
    """Return a text without its unit's name at its very beginning, for it is printed before it.

    Only where what the unit does follows at once, or when it does it: a longer name is another
    body's. Nor does it stand there twice.
    """
    rest = text.removeprefix(unit)
    if not unit or rest == text:
        return text
    if (within := without_own_name(unit, rest)) != rest:
        return within
    if not (_DOES.match(rest) or _MAY_DO.match(rest)):
        return text
    return without_own_name(unit, rest[1:]) if rest[0] in "：:，," else rest


def first_person(text: str) -> tuple[str, ...]:
    """Return the words by which a text calls its own unit 我局 or 本单位, each once."""
    return tuple(dict.fromkeys(found[0] for found in _FIRST_PERSON.finditer(text)))
