"""A document's rule that the first of several units leads: 列第一位者为牵头单位，下同. Pure."""

import re

_FIRST = (
    r"(?:第[一1](?:位|个|名)|排名第一|首位|首个|[排居]首|最前"
    r"|第一(?!中|小|人民|高级|实验|幼儿|医院|附属|职业|批))"  # 县第一中学
)
_LEAD = r"(?:牵头|主责|主办)"
# 列首位的单位为牵头单位, 第一责任单位为牵头单位; 首位单位牵头, 列第一位者牵头.
_LEADS = (
    rf"{_FIRST}(?:[^（()）、，,；;。：:]{{0,12}}(?:为|是|作为|即)[^（()）、，,；;。]{{0,6}}{_LEAD}"
    rf"|(?:的|者)?(?:责任)?(?:单位|部门)?(?:负责)?{_LEAD})"
)
_ALIKE = r"以?下均?同"
_OTHERS = (
    rf"[，,；;、。](?:(?:其他|其余|后面|后列)[^（()）。；;]{{0,40}}?|(?:各|由)?(?:有关|相关)(?:部门|单位)[^（()）。；;]{{0,8}}"
    rf"?(?:按|分别|密切|积极|各负)[^（()）。；;]{{0,20}}?)(?=[，,、；;。]?{_ALIKE}|[）)。]|$)"
)
# Among the units of one task: （第一责任单位为牵头单位，其他单位配合，下同）
_AMONG_UNITS = re.compile(
    rf"[，,；;、。]?[（(]?(?:其中|注)?[：:，,]?[^（()）、，,；;。：:]{{0,8}}{_LEADS}[^（()）、，,；;。]{{0,12}}"
    rf"(?:{_OTHERS})?(?:[，,、；;。]?{_ALIKE})?[）)]?"
)
# In a sentence of its own, which is quoted to its end.
_IN_TEXT = re.compile(rf"[^。；]{{0,20}}{_LEADS}[^。；]{{0,40}}")


def first_leads_in(text: str) -> str:
    """Return the rule in a text that the first of several units leads, "" where there is none."""
    if not re.search(_LEAD, text):
        return ""  # told at once, of every cell of every table
    found = _IN_TEXT.search(text)
    if not found:
        return ""
    begin = max(text.rfind(mark, 0, found.start()) for mark in "。；\n") + 1
    rule = text[begin : found.end()].strip("，。（）() ")
    return f"{rule}）" if rule.count("（") > rule.count("）") else rule


def rules_among_units(text: str) -> list[str]:
    """Return the rules, meant for the whole document, that stand in a list of units."""
    return [found[0].strip("，,；;、（）() ") for found in _AMONG_UNITS.finditer(text)]


def without_rule(text: str) -> str:
    """Return a list of units without such a rule."""
    return _AMONG_UNITS.sub("", text)
