"""A text that says who answers for a task: 牵头单位：甲；责任单位：乙、丙，6月底完成. Pure.

The same for a cell of a table, a bracket at a paragraph's end, and a line of its own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from edu_sheet.plan.issued.first_leads import rules_among_units, without_rule
from edu_sheet.plan.issued.labels import (
    has_labels,
    labels_at,
    segments,
    with_labels_parted,
    with_marks_before_labels,
)
from edu_sheet.plan.issued.later_rules import without_later_rule, without_note
from edu_sheet.plan.issued.meaning import (
    LEAD_MARKS,
    UNITS,
    Meaning,
    meaning_of,
    names_persons,
)
from edu_sheet.plan.issued.persons import with_marks, without_persons
from edu_sheet.plan.issued.placeholders import TOGETHER, says_nothing
from edu_sheet.plan.issued.run_on import says_what, value_and_rest
from edu_sheet.plan.issued.tokens import BRACKET_ROLE, Token, give_roles, tokens_in
from edu_sheet.rules.units import (
    BY_DUTY,
    glued,
    is_group,
    is_unit_name,
    pieces,
    tidy_list,
    without_tail,
)
from edu_sheet.words.text import bare, tidy

_SPOKEN = re.compile(
    r"(?P<by>(?:并?由|其中)?)(?P<name>.{2,60}?)"
    rf"(?P<does>(?:{BY_DUTY}(?:分工)?)?(?:共同|分别|分头|具体|积极|密切|各自|独立|单独)?"
    r"(?:牵头|主办|负责|落实|实施|推进|办理|组织|完成|抓总|抓好|承办|配合|参与|参加|协助|协办|支持|做好|工作)*[。.]?)"
)
_SAYS_WHAT = r"负责|落实$|实施$|牵头|主办|承办|配合|协办"
_HELPERS = re.compile(
    r"(?<=..)[（(]([^（）()]{2,80}(?:配合|协助|协办|协同|参与|参加)(?:落实|实施|推进|完成)?)[）)]$"
)
_SAME_BELOW = re.compile(
    r"[，,、；;。]\s*(?:以)?下同(?=[）)]|[。\s]*$)"
)  # 各区政府（含开发区，下同）
_BY_PERSON = re.compile(  # 分管副省长、协管副秘书长负责，省财政厅牵头
    r"(?:^|(?<=[，,；;]))\s*由?(?P<who>[^，,；;：:。（）()局厅]{0,24}?(?:副?[省市县区州旗盟镇乡]长|秘书长|领导(?:同志)?|书记|常委"
    r"|主席|主任|同志))(?:分别|共同|总)*(?:负责|牵头|抓总|负总责|包抓|督导|督办|协调)(?:[，,；;。]\s*|$)"
)
_WHEN = re.compile(
    r"(?:于|在|力争|确保|计划)?(?:(?:\d{2,4}|今|当|本|每|全|明)年|年底|年内|\d{1,2}月|[一二三四]季度|第.季度|每季|每月|每周|每半年"
    r"|上半年|下半年|持续|长期|常态|全程|即时|及时|立即|近期|按时|适时|按年度|按季度|按月)[^、；;]{0,24}"
)
_NO_UNIT = re.compile(
    rf"^请|以下|简称|详见|包括|例如|即为|除外|关于|印发|公布|(?!{BY_DUTY})(?:根据|按照)|附件|不含|见表|的$"
)
_LEVEL = re.compile(
    r"[县市区省州旗盟镇乡各团国全]|中共|有关|相关|机关|驻|本|公安|人民|.{2,4}(?:县|市|区|镇|乡)"
)
_FIRM = re.compile(
    r"(?:政府|办事处|局|委|办|部|会|院|中心|单位|部门|公司|集团|街道|镇|乡|室|处|厅|科|股|站|所|联|社|队|校|企业)"
    r"(?:[（(][^（）()]{1,12}[）)])?$"
)


@dataclass(slots=True)
class Said:
    """What a text says of who answers for a task, until when, and what else it labels."""

    lead: str = ""
    duty: str = ""
    others: list[tuple[str, Meaning, str]] = field(default_factory=list)  # label, what it is, text
    labels: list[str] = field(default_factory=list)  # the labels that were understood
    odd: list[str] = field(
        default_factory=list
    )  # what stands where a unit should and looks like none
    glued: list[str] = field(default_factory=list)  # read as one unit, though it may be two
    split: bool = False  # lead and duty are parts of one list
    rules: list[str] = field(default_factory=list)  # for the whole document: the first one leads
    later: str = ""  # a rule for the tasks that follow
    blank: list[str] = field(default_factory=list)  # 无, / in place of a unit
    words: list[str] = field(default_factory=list)  # around names, and no part of them: 由, 牵头
    undertakers: str = ""  # of the duty, who stands behind 承办
    helpers: str = ""  # of the duty, who stands behind another label
    undertaken: bool = False  # whether 承办 leads, as 协办 or 配合 stands beside it
    duties: list[tuple[str, str]] = field(default_factory=list)  # label of those on duty, units
    ran_on: list[str] = field(default_factory=list)  # sentences of the task behind what it labels

    @property
    def names_units(self) -> bool:
        """Whether somebody answers."""
        return bool(self.lead or self.duty)


_TOGETHER_WITH = re.compile(  # 甲牵头会同乙, 甲局商县财政局
    rf"(?P<leads>牵头|负责)(?={TOGETHER})|(?<=[局委办部厅])商(?=[县省州]|市(?!场)|区(?!域))"
)


def _with_together(text: str) -> str:
    return _TOGETHER_WITH.sub(lambda it: f"{it[0]}，" if it["leads"] else TOGETHER, text)


def said_in(text: str, default: Meaning | None = None) -> Said:
    """Return what a text says; `default` is what units are that no label or word makes something.

    Without a default the units before others that help lead, and else are responsible.
    """
    found = Said(rules=rules_among_units(text))
    found.words += [one[0] for one in _TOGETHER_WITH.finditer(text) if not one["leads"]]
    text = _with_together(with_labels_parted(text))
    text, found.later = without_later_rule(without_rule(text))
    plain, note = without_note(text)
    if note and not has_labels(note):
        text = plain
        found.words.append(note)
    text = _without_persons(found, _without_sentences(found, text, default))
    if _SAME_BELOW.search(text):
        text = _SAME_BELOW.sub("", text)
        found.words.append("下同")
    found.glued += glued(text)
    for inner in _LABELLED_INSIDE.finditer(text):  # 县教育局（联系人：甲）、县财政局
        inside = [*segments(_lined(inner[1]), None)]
        if inside and all(label and meaning not in UNITS for label, meaning, _ in inside):
            text = text.replace(inner[0], "", 1)
            _take(found, inside)
    text = _without_day_behind(found, text)
    _take(found, segments(_lined(text), default))
    if undertakers_lead((found,)):
        let_undertakers_lead(found)
    return found


def _without_sentences(found: Said, text: str, default: Meaning | None) -> str:
    """Return a text without the task's own sentences, which run on behind what labels ask for."""
    if not _MORE.search(text):
        return text  # as most are
    kept, at, meaning = "", 0, default
    for mark in (*labels_at(text), None):
        value, rest = value_and_rest(text[at : mark.start(1) if mark else None], meaning, _names)
        kept += value
        found.ran_on += [rest] if rest else []
        if mark:
            kept, at, meaning = (
                kept + text[mark.start(1) : mark.end()],
                mark.end(),
                meaning_of(mark[1]),
            )
    return kept


_MORE = re.compile(r"[。；;，,.．](?![。\s]*$)|\n|[：:].*[：:]", re.DOTALL)


def _names(text: str) -> bool:
    """Return whether a sentence may name units, oddly perhaps, rather than what is to be done."""
    names = [token.text for token in tokens_in(tidy_list(text))]
    like = only_units(text) or all(_like_unit(name) or _like_group(name) for name in names)
    return like and not says_what(text)


def _without_persons(found: Said, text: str) -> str:
    """Return a text without the clauses that say which leader answers; these are told apart."""
    clauses = [] if has_labels(text) else [*_BY_PERSON.finditer(text)]
    for one in clauses:
        found.others.append(("分管领导", Meaning.PERSON, one["who"]))
        found.words.append(one[0].strip("，,；;。 "))
    return _BY_PERSON.sub("", text).rstrip("，,；; ") if clauses else text


def undertakers_lead(said: "Iterable[Said]") -> bool:
    """Return whether labels tell those who undertake from those who help, and none who leads."""
    labels = {label for one in said for label in one.labels}
    meanings = {meaning_of(label) for label in labels}
    duties = [label for label in labels if meaning_of(label) is Meaning.DUTY]
    told = bool(duties) and Meaning.HELP in meanings and Meaning.LEAD not in meanings
    return told and all("承办" in label for label in duties)


def let_undertakers_lead(said: Said) -> None:
    """Let the units behind 承办 lead, where nobody else does."""
    if said.undertakers and not said.lead:
        said.lead, said.duty, said.undertaken = said.undertakers, said.helpers, True


def _take(found: Said, segments: "Iterable[tuple[str, Meaning | None, str]]") -> None:
    """Add what follows labels: the units, and what else is labelled by its label."""
    for label, meaning, part in segments:
        if label:
            found.labels.append(label)
        if meaning in UNITS and names_persons(label):
            part = _with_persons_beside(found, label, part)  # noqa: PLW2901 - what is left of it
        if meaning in UNITS and label and says_nothing(part.strip("，,；;。、 \n")):
            found.blank.append(tidy(part))
        elif meaning in UNITS or (meaning is None and not label):
            before = found.duty
            _take_units(found, part, meaning)
            added = found.duty[len(before) :].removeprefix("；")
            found.duties += [(label, added)] if label and added and meaning is Meaning.DUTY else []
            if "承办" in label:
                found.undertakers = _and(found.undertakers, added)
            else:
                found.helpers = _and(found.helpers, added)
        else:
            said = tidy(part.strip("，,；;。、 \n"))
            found.others.append((label, meaning or Meaning.OTHER, said))


def _with_persons_beside(found: Said, label: str, part: str) -> str:
    """Return the units of 责任单位及责任人：甲局 某某; what it says is kept apart as well."""
    units = without_persons(part)
    if not units or bare(units) == bare(part):
        return part
    found.others.append((label, Meaning.PERSON, tidy(part.strip("，,；;。、 \n"))))
    return units


def _without_day_behind(found: Said, text: str) -> str:
    """Return a text without the day in a bracket behind its units: 县教育局（2026年6月底前）.

    Where several units have a day each, they stay, and are asked about.
    """
    dated = [one for one in _DATED_INSIDE.finditer(text) if _WHEN.match(one[1])]
    if len(dated) == 1 and is_deadline(dated[0][1]):
        found.others.append(("", Meaning.DEADLINE, dated[0][1]))
        return text.replace(dated[0][0], "", 1)
    found.odd += [one[0] for one in dated]
    return text


_LABELLED_INSIDE = re.compile(
    r"(?<=[^\s：:，,；;。、（(])[（(]([^（）()：:]{2,8}[：:][^（）()]*)[）)]"
)
_DATED_INSIDE = re.compile(r"(?<=[^\s：:，,；;。、（(])[（(]([^（）()]*(?:\d月|年)[^（）()]*)[）)]")
_DATED_BEHIND = re.compile(r"(?<=[局委办部院会镇乡府司])[ \t\u3000]+(?=\d{4}年|\d{1,2}月)")


def _lined(text: str) -> str:
    """Return a list of units, tidied: before a label, white space parts like a mark."""
    text = _DATED_BEHIND.sub("，", text)
    return tidy_list(_with_persons_apart(with_marks_before_labels(text)))


def _with_persons_apart(text: str) -> str:
    """Return a text with marks between persons that but a gap parts: 责任人：甲　乙."""
    labels = labels_at(text)
    if not any(_of_persons(one[1]) for one in labels):
        return text
    rest = text[: labels[0].start(1)]
    for one, end in zip(labels, [*(one.start(1) for one in labels[1:]), len(text)], strict=True):
        part = text[one.end() : end]
        rest += text[one.start(1) : one.end()]
        rest += with_marks(part) if _of_persons(one[1]) else part
    return rest


def _of_persons(label: str) -> bool:
    return meaning_of(label) is Meaning.PERSON or names_persons(label)


def is_deadline(text: str) -> bool:
    """Return whether a text says until when, and nothing else."""
    return bool(_WHEN.fullmatch(text.strip())) and not is_unit_name(text.strip())


def only_units(text: str) -> bool:
    """Return whether a text is nothing but names of units (and until when)."""
    text, _ = without_later_rule(without_rule(text))
    if len(text) > 400 or has_labels(text) or _NO_UNIT.search(text):
        return False
    text = _with_together(_BY_PERSON.sub("", text).rstrip("，,；; "))
    tokens = tokens_in(tidy_list(text))
    names = [token for token in tokens if not _WHEN.fullmatch(token.text)]
    if not names:
        return False
    spoken = any(token.role for token in names) or bool(re.search(_SAYS_WHAT, text))
    fits = all(_like_unit(token.text) for token in names)
    fits = fits and any(pieces(token.text, {}) for token in names)  # 实施重点 names nobody
    loose = [one for one in names if not (_FIRM.search(_plain(one.text)) or _like_group(one.text))]
    firm = len(loose) <= int(len(names) > 2)  # 县教育局、县财政局、开发区
    first = _plain(names[0].text)
    return fits and (spoken or (firm and bool(_LEVEL.match(first))) or (firm and len(names) > 2))


def _plain(text: str) -> str:
    return without_tail(BRACKET_ROLE.sub("", text))


@lru_cache(maxsize=4096)
def _like_unit(text: str) -> bool:
    names = [piece.text for piece in pieces(BRACKET_ROLE.sub("", text), {})]
    return all(
        is_unit_name(name) and not _ACTS.search(name) and not _SO_MANY.search(name)
        for name in names
    )


_SO_MANY = re.compile(
    r"(?<!第)[\d一二三四五六七八九十百千两]+(?:余|多)?[所处家个条座台场村]$"
)  # 建校三所
# 成立工作专班, 县财政局参与组建工作组: what is done ends like a name.
_ACTS = re.compile(
    r"^(?:请|成立|组建|组成|设立|召开|开展|制定|出台|抽调|健全|完善|强化|建立|共同|做好|加快|推动)|.(?:局|委|办|部|院|会|镇|乡|街道|政府|公司|中心|单位|部门)"
    r"(?:参与|配合|协助|牵头|成立|组建|组织(?![部处科股室人])|共同(?!富裕)|做好|建立|开展|抓好|要(?!素)|应当|须|积极|密切)."
)


def _like_group(text: str) -> bool:
    """Return whether a name is one of many units, which the roster is asked about: 各制定机关."""
    return is_group(text) and bool(re.fullmatch(r"[^负责落实配合牵头组织推进要应须]{3,10}", text))


def _take_units(found: Said, part: str, default: Meaning | None) -> None:
    tokens = []
    for token in _unfolded(tokens_in(part)):
        if _WHEN.fullmatch(token.text) and not is_unit_name(token.text):
            found.others.append(("", Meaning.DEADLINE, token.text))
        else:
            tokens.append(token)
    if default in {None, Meaning.LEAD}:
        tokens = [*_together(found, tokens, Meaning.HELP if default else None)]
    give_roles(tokens, default)
    parted = Meaning.LEAD in (roles := {token.role for token in tokens}) and len(roles) > 1
    as_said = default is not None and not parted
    names = [token.text if as_said else _name(found, token.text) for token in tokens]
    said = list(zip(tokens, names, strict=True))
    leads = [name for token, name in said if token.role is Meaning.LEAD]
    duties = [name for token, name in said if token.role is not Meaning.LEAD]
    found.odd += [
        token.text for token in tokens if not _like_unit(token.text) and not _like_group(token.text)
    ]
    if leads and duties:
        found.split = True
    as_issued = part.strip("，,；;。、 \n") if default and not (leads and duties) else ""
    if any(one[1] is Meaning.DEADLINE and not one[0] for one in found.others):
        as_issued = ""
    found.lead = _and(found.lead, (as_issued or "、".join(leads)) if leads else "")
    found.duty = _and(found.duty, (as_issued or "、".join(duties)) if duties else "")


def _together(found: Said, tokens: list[Token], behind: Meaning | None) -> Iterator[Token]:
    """Yield names; 甲会同乙 are two, of which the first leads, and so does who stands before."""
    clause: list[Token] = []
    for token in tokens:
        first, joint, others = token.text.partition(TOGETHER)
        own = re.sub("^并?由", "", first)
        if not token.role and joint and others and is_unit_name(own):
            found.words.append(joint)
            for one in clause:
                one.role = one.role or Meaning.LEAD
            yield from (*clause, Token(first, ends_clause=False, role=Meaning.LEAD))
            clause = []
            token = Token(others, token.ends_clause, behind)  # noqa: PLW2901 - what is left of it
        clause.append(token)
        if token.ends_clause:
            yield from clause
            clause = []
    yield from clause


def _name(found: Said, text: str) -> str:
    """Return a name without its mark and what is said around it: 由县教育局牵头, ★县教育局."""
    text = text.lstrip(LEAD_MARKS)
    spoken = _SPOKEN.fullmatch(text)
    if not spoken or not _like_unit(spoken["name"]):
        return text
    found.words += [word for word in (spoken["by"], spoken["does"]) if word]
    return spoken["name"]


def _and(before: str, after: str) -> str:
    return f"{before}；{after}" if before and after else before or after


def _unfolded(tokens: list[Token]) -> Iterator[Token]:
    """Yield names; those that help in a bracket behind another as names of their own.

    县教体局（县住建局、县城投集团配合）: the one before the bracket leads.
    """
    for token in tokens:
        found = _HELPERS.search(token.text)
        inner = tokens_in(found[1]) if found else []
        if not found or not all(_like_unit(one.text) for one in inner):
            yield token
            continue
        yield Token(token.text[: found.start()], True, token.role or Meaning.LEAD)
        for one in inner:
            yield Token(one.text, one.ends_clause or one is inner[-1], Meaning.HELP)
