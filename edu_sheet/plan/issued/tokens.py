"""The names of a list, with the part that its own words or its clause give each. Pure."""

import re
from dataclasses import dataclass

from edu_sheet.plan.issued.meaning import LEAD_MARKS, Meaning
from edu_sheet.rules.units import collective_end, is_unit_name

_LEADS = re.compile(r"(?:牵头|主办)(?:负责|落实|组织|实施|推进|办理|抓总|完成)*$")
_LEADS_HELPERS = re.compile(rf"(?:负责|承办)$|{_LEADS.pattern}")
_HELPS = re.compile(
    r"(?:积极|密切|共同|分别)?(?:配合|参与|参加|协助|协办|协同|支持|指导)(?:落实|实施|推进|做好|参与|完成|工作)*$"
)
BRACKET_ROLE = re.compile(
    r"[（(<＜〈《〔【\[](?:[^（）()]{0,2})(牵头|主办|主责|配合|协办|协助|参与|参加|责任)[^（）()]{0,4}[）)>＞〉》〕】\]]$"
)


@dataclass(slots=True)
class Token:
    """A name, whether a clause ends behind it, and what its unit is for the task."""

    text: str
    ends_clause: bool
    role: Meaning | None = None


def tokens_in(part: str) -> list[Token]:
    """Return the names of a list with what stands behind each; brackets are not cut."""
    found: list[Token] = []
    depth, start, whole = 0, 0, 0
    for at, character in enumerate(f"{part}\n"):
        if character in "（(<〈〔［[":
            depth += 1
        elif character in "）)>〉〕］]":
            depth = max(0, depth - 1)
        if at < whole:
            continue  # 各区、镇、办事处 is one name
        begins = at == start or part[at - 1] in "和及与同"
        if not depth and begins and (end := collective_end(part, at)):
            whole = end
            continue
        if (character in "、，,；;。\n" and not depth) or at == len(part):
            _add(found, part[start:at].strip(), ends_clause=character in "，,；;。\n")
            start = at + 1
    return found


def give_roles(tokens: list[Token], default: Meaning | None) -> None:
    """Say of every name what it is: by its own words, those of its clause, or the default."""
    clause: list[Token] = []
    for token in tokens:
        clause.append(token)
        if token.ends_clause:
            _of_clause(clause)
            clause = []
    _of_clause(clause)
    spoken = {token.role for token in tokens}
    rest = default or (
        Meaning.LEAD if Meaning.HELP in spoken and Meaning.LEAD not in spoken else Meaning.DUTY
    )
    for token in tokens:
        token.role = token.role or rest


def _of_clause(clause: list[Token]) -> None:
    if not clause:
        return
    last = re.sub(r"[。.]$", "", clause[-1].text)
    role = Meaning.LEAD if _LEADS.search(last) else Meaning.HELP if _HELPS.search(last) else None
    if role is Meaning.HELP and is_unit_name(last) and not is_unit_name(_HELPS.sub("", last)):
        role = None  # 县政协办
    leads = _LEADS if role is not Meaning.HELP else _LEADS_HELPERS
    for at, token in enumerate(clause[:-1]):  # 县教育局牵头、县财政局配合
        if leads.search(token.text) and is_unit_name(leads.sub("", token.text)):
            for one in clause[: at + 1]:
                one.role = one.role or Meaning.LEAD
    for token in clause:
        token.role = token.role or role


def _add(found: list[Token], text: str, *, ends_clause: bool) -> None:
    if not text:
        if found and ends_clause:
            found[-1].ends_clause = True
        return
    said = BRACKET_ROLE.search(text)
    role = None
    if said:
        role = Meaning.LEAD if said[1] in ("牵头", "主办", "主责") else Meaning.HELP
        role = Meaning.DUTY if said[1] == "责任" else role
    elif text[0] in LEAD_MARKS:
        role = Meaning.LEAD
    found.append(Token(text, ends_clause, role))
