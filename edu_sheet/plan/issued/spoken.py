"""Who answers, said in a sentence of its own at a paragraph's end: 此项工作由甲负责，乙协助。 Pure.

It is read where every name in it is one of a unit; what only sounds like it is asked about.
"""

import re

from edu_sheet.plan.issued.labels import has_labels
from edu_sheet.plan.issued.placeholders import TOGETHER
from edu_sheet.plan.issued.roles import Said, only_units, said_in
from edu_sheet.rules.units import pieces

_LAST = re.compile(r"(?:^|(?<=[。；;！!]))\s*(?P<said>[^。；;！!]{3,160})[。；;！!]?\s*$")
_SUBJECT = re.compile(
    r"(?:(?:(?:此|该|本|这|上述|以上)(?:一?项|些|几项)?(?:重点)?(?:工作|任务|事项|措施|项目|行动)?|具体(?:工作|任务|事项|事宜))(?:均|都|具体)?)"
    r"(?=由|[省州市县区旗镇乡各]|(?:牵头|主办|责任|承办)(?:单位|部门))"
)
_AS_LABEL = re.compile(
    r"(?<![^，,；;])(?P<label>(?:牵头|主办|主责|责任|承办|配合|协办|协助|参与)(?:单位|部门))(?P<verb>分别为|分别是|为|是)"
)
_ROLE = re.compile(
    "负(?:主体|监管|属地|直接|领导|主要)|牵头|主办|主责|负责|承办|配合|协办|协助|参与|落实|组织实施"
)
_BOTH = re.compile("(?:牵头|主办|主责|负责|承办).*(?:配合|协办|协助|参与|参加)")
_NAMED = re.compile(
    r"[省州市县区旗镇乡各]|中共|团[省州市县区旗]委|国家|有关|相关|.{2,4}(?:县|市|区|旗|镇|乡|街道)"
)
_MANY = re.compile("各|有关|相关")
_ALL_SHALL = re.compile(  # 牵头部门要加强协调，相关部门要密切配合: nobody is named
    r"^(?:各|牵头|责任|配合|协办|参与|相关|有关)(?:牵头|责任|配合|相关|有关)?(?:部门|单位|地方|地区)[^，]{0,4}[要应须需]"
)
_SOUNDS = re.compile(
    rf"^由.{{2,60}}(?:牵头|负责)|会同.{{2,40}}(?:负责|落实|实施)|{_BOTH.pattern}"
    r"|^.{2,40}(?:牵头|主办)(?:负责)?$|.{2,30}负(?:主体|监管|属地|直接|领导|主要).{0,4}责任"
)


# What may be a task, or holds for all tasks, where it was not read as either.
_DUTY = re.compile(
    r"[（(〔【][^（）()〔〕【】]*(?:负责|牵头|配合|落实)[）)〕】][。；;]?$"
    r"|(?:牵头|责任|配合|主办|承办)(?:单位|部门)\s*[：:]\s*(?:[^\s各有]|各[镇乡县区])"
    r"|(?:局|委|办|部|院|会|室|中心|公司|镇|乡|街道|政府)(?:等(?:单位|部门)?)?(?:牵头|负责(?![人同]|解释|日常|本))"
    r"|^.{2,30}(?:局|委|办|部|院|会|室|中心|公司|镇|乡|街道|政府)(?:（[^（）]{2,6}）)?(?:[。：:]|——?)\s*(?:负责|牵头|做好|落实|承担|组织|指导)"
    r"|(?:均|都|全部)(?:作)?为(?:牵头|配合|责任|协办|参与)(?:单位|部门)"
    r"|(?:各项|所有|全部|以上|上述)(?:任务|工作|事项)[^。]{0,8}(?:月|年|季度)[^。]{0,3}前[^。]{0,4}完成"
)


def speaks_of_duty(text: str) -> bool:
    """Return whether a text names who answers for something, or holds for all tasks."""
    return bool(_DUTY.search(text))


def said_last(text: str, *, numbered: bool) -> tuple[str, Said] | None:
    """Return what is done and who does it, where a paragraph ends with a sentence that says so.

    `numbered`: the paragraph has a number, and is more surely a task.
    """
    found = _LAST.search(text)
    if not found or found["said"].startswith("由"):
        return None
    sentence, around = found["said"].strip(), list[str]()
    if subject := _SUBJECT.match(sentence):
        if numbered and not text[: found.start()].strip():
            return None  # it says nothing of what is done
        around.append(subject[0])
        sentence = sentence[subject.end() :]
    labelled = _AS_LABEL.search(sentence)  # 增长8%，责任单位为县发改局，要加强调度
    done = sentence[: labelled.start()] if labelled else ""
    sentence = sentence[len(done) :]
    sentence, rest = _as_labels(sentence, around) if labelled else (sentence, "")
    if labelled is None and (has_labels(sentence) or not _ROLE.search(sentence)):
        return None
    said = said_in(sentence)
    told = bool(subject or labelled)
    sure = told or bool(_BOTH.search(sentence)) or TOGETHER in sentence
    if not labelled and not only_units(sentence):
        return None
    names = [one.text for text in (said.lead, said.duty) for one in pieces(text, {})]
    own = [one for one in names if not _MANY.search(one)]
    named = told or all(map(_NAMED.match, names))
    many = not sure and not (own if numbered else len(own) == len(names) > 1)
    if not names or said.odd or not named or many:
        return None  # 各乡镇、各部门按职责分工落实 closes many a chapter
    said.words += around
    if rest:
        said.odd.append(rest)
    return text[: found.start("said")] + (done if rest else done.rstrip("，,")) + rest, said


# （甲局牵头，乙、丙等按职责分工负责）, where one of the names is not known for one.
_IN_BRACKET = re.compile(
    r"[（(〔【]([^（）()〔〕【】]*(?:局|委|部|办|厅|会|院|中心|政府|乡镇|街道)[^（）()〔〕【】]*(?:牵头|负责|配合|落实))[）)〕】][。；;]?$"
)


def sounds_like_units(text: str) -> str:
    """Return the last sentence of a text if it sounds as if it said who answers, else ""."""
    if bracket := _IN_BRACKET.search(text.strip()):
        return bracket[1]
    found = _LAST.search(text)
    said = found["said"].strip() if found else ""
    sounds = _SUBJECT.match(said) or _AS_LABEL.match(said) or _SOUNDS.search(said)
    named = "".join(one for one in re.split("[，,]", said) if not _ALL_SHALL.search(one))
    return said if sounds and _ROLE.search(named) else ""


def _as_labels(sentence: str, around: list[str]) -> tuple[str, str]:
    """Return 责任单位为甲 as 责任单位：甲, and what behind it is no name of a unit."""
    around += [found[0] for found in _AS_LABEL.finditer(sentence)]
    clauses = re.split("(?<=[，,])", _AS_LABEL.sub(r"\g<label>：", sentence))
    held = len(clauses)
    while held > 1 and not has_labels(clauses[held - 1]):
        said = said_in(clauses[held - 1])
        if said.names_units and not said.odd:
            break
        held -= 1
    return "".join(clauses[:held]).rstrip("，,"), "".join(clauses[held:])
