"""What a label asks for, and the task's own sentences that run on behind it. Pure.

完成时限：6月底。建三栋校舍: until when, and what is to be done.
"""

import re
from collections.abc import Callable

from edu_sheet.plan.issued.meaning import UNITS, Meaning
from edu_sheet.plan.workbook.deadline_cells import only_a_day
from edu_sheet.rules.units import is_unit_name

_SHORTEST = 5  # characters of a sentence; what is shorter says nothing of a task
_LONGEST_NAME = 3  # characters of a person's
_ABOUT_DAYS = 20  # characters of one that tells of a further day
_CLAUSES = re.compile(r"(?:(?<=[；;，,])|(?<=[\u4e00-\u9fff][.．]))(?=[^；;，,。\n]{5,})")
_DONE = re.compile(
    "完成|办结|建成|到位|投用|投入|推进|坚持|落实|实施|开展|竣工|完工|销号|启动|见效|整改|封顶|通车|投产|交付|验收|有序|分[步批期年]"
)
_SENTENCES = re.compile(r"(?:[^。（(]|[（(][^（）()]*[）)]?)+。?|。")
_LINES = {
    Meaning.DEADLINE: re.compile(r"(?<=[前底末内日月完成])\n"),
    Meaning.PERSON: re.compile(r"\n"),
}
_DAY = re.compile(r"\d{1,2}月|\d{4}年|年[底内初]|[一二三四]季度|[每本今明全]年|半年")
_DAY_FIRST = re.compile(
    r"(?:其中[，：:]?|[^，。]{0,8}?)(?:\d{1,4}[年月]|年底|每|[一二三四]季度|持续|长期)"
)
_PERSON = re.compile(
    r".{0,16}(?:长|主任|书记|员|主席|同志|经理|常委|人)[\u4e00-\u9fff·]{0,4}|[\u4e00-\u9fff·]{2,3}|.*\d{7,}.*"
)


def value_and_rest(
    part: str, meaning: Meaning | None, names_units: Callable[[str], bool]
) -> tuple[str, str]:
    """Return what a label asks for, and what else stands behind it up to the next label.

    `meaning` is the label's, None where units may stand without one. A sentence is a value as well
    where it names units (days, persons) itself.
    """
    fits, shortest = names_units, _SHORTEST
    if meaning is Meaning.DEADLINE:
        fits, shortest = _tells_day, _SHORTEST - 1
    elif meaning in (Meaning.PERSON, Meaning.LIAISON):
        fits, shortest = _tells_person, _LONGEST_NAME + 1
    elif meaning is not None and meaning not in UNITS:
        return part, ""  # how far it has come is told in sentences
    if field := _field_in(part):
        value, rest = value_and_rest(part[:field], meaning, names_units)
        return value, rest + part[field:].strip()
    lines = _LINES.get(meaning) if meaning else None
    end = 0
    for at, found in enumerate(_SENTENCES.finditer(part)):
        said = found[0].strip("。；;，, \n")
        if at and len(said) >= shortest and not fits(said):
            return part[:end], part[end:].strip()
        if cut := _clause_in(found[0], meaning):
            return part[: found.start() + cut], part[found.start() + cut :].strip()
        if lines and (line := lines.search(found[0])):
            rest = found[0][line.end() :].strip("。 \n")
            if len(rest) >= shortest and not fits(rest):
                cut = found.start() + line.end()
                return part[:cut], part[cut:].strip()
        end = found.end()
    return part, ""


# 责任单位：县教育局；目标：新增学位: another thing that is said of the task, and nobody's name.
_FIELD = re.compile(r"(?<=[。；;，,\s])(?P<label>[^，,；;。、：:\s（）()]{2,8})[：:]")
_NO_FIELD = re.compile("其中|[局委办部院会厅镇乡长任员]$|^[注即如]$|^[县市区省州各]")


def _field_in(part: str) -> int:
    """Return where such a thing begins behind what a label asks for, 0 for nowhere."""
    for found in _FIELD.finditer(part):
        before = part[: found.start()]
        opened = sum(map(before.count, "（(")) > sum(map(before.count, "）)"))
        if not opened and before.strip() and not _NO_FIELD.search(found["label"]):
            return found.start()
    return 0


_COUNTS = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]+|[①-⑳]")
# 建设三所学校 ends like a name: what is to be done begins so.
_DOES = re.compile(
    r"建设(?![局厅委部办集银公])|[新改扩修续]建|修(?!水|武|文)|完成|开展|推[进动广]|加[强快大]|落实|实施|制[定订]|组织(?!部)|[做抓]好|确保|力争|按|[要应须](?!急)"
    r"|对|在|以|通过|保障|提[升高]|改[善造]|扩大|培育|引进|创建|打造|健全|完善|[优深强]化|巩固|新增|[治整]理|整治|全面|积极|进一步|建立|编制|安排|配[齐备套]"
)


def says_what(text: str) -> bool:
    """Return whether a text tells what is to be done, though it may end like a unit's name."""
    return bool(_DOES.match(_COUNTS.sub("", text, count=1)))


def _tells_day(text: str) -> bool:
    short = len(text) <= _ABOUT_DAYS
    return bool(_DAY_FIRST.match(text) or (short and (_DAY.search(text) or _DONE.match(text))))


def _tells_person(text: str) -> bool:
    plain = re.sub(r"[（(][^（）()]*[）)]", "", text)
    parts = [one.strip() for one in re.split("[、，,；;\n]", plain)]
    return all(
        _PERSON.fullmatch(one) or (is_unit_name(one) and not says_what(one)) for one in parts if one
    )


def _clause_in(sentence: str, meaning: Meaning | None) -> int:
    """Return where a clause begins behind a day or a person that tells of neither, 0 for nowhere.

    2026年6月底，新增学位2000个; 某某，负责统筹协调.
    """
    for found in _CLAUSES.finditer(sentence):
        before, rest = sentence[: found.start()], sentence[found.start() :].rstrip("。；;，, \n")
        clause = re.split("[；;，,]", rest)[0]
        if sum(map(before.count, "（(")) > sum(map(before.count, "）)")):
            continue
        if meaning is Meaning.PERSON and _tells_person(before) and not _tells_person(clause):
            return found.start()
        dated = meaning is Meaning.DEADLINE and only_a_day(before.strip("；;，,.． \n"))
        if dated and not (_DAY.search(clause) or _DONE.search(clause)):
            return found.start()
    return 0
