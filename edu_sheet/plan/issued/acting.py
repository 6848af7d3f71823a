"""Who does what, said in one sentence: 由甲会同乙做好…, …由甲实施, 甲牵头，…. Pure.

It is read where nothing plainer says who answers: of paragraphs with a number, and of those without
one where the plan speaks so of its tasks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edu_sheet.plan.issued.labels import has_labels
from edu_sheet.plan.issued.passages import Passage, cuts_bracket
from edu_sheet.plan.issued.placeholders import TOGETHER
from edu_sheet.plan.issued.roles import Said, only_units, said_in
from edu_sheet.rules.units import is_group, pieces

_SENTENCE = re.compile("[^。；;！!]+[。；;！!]?")
_SEVERAL = 2
_LONGEST = 200  # characters of a sentence
_MARKS = "，,。；;！! "
_ROLE = r"牵头|主办|主责|负责|承办|实施|落实"
_ROLE_LAST = re.compile(rf"(?:{_ROLE})(?:组织|负责|落实|实施|推进|办理|完成)*$")
_SHALL = re.compile("[要应须](?!急)")
_CHAPTER = re.compile("职责|分工|保障|组织|要求|领导|步骤|安排")  # no tasks of the plan
_DEMANDS = re.compile(  # 二、工作要求, 三、强化保障措施: what all shall do
    r"^(?:(?:工作|有关|相关|几[点项])*要求|(?:切实|强化|加强|落实|完善|健全|做好|工作)*"
    r"(?:保障措施|组织(?:领导|保障|实施)|督促检查|督[查导]考核))[。：:]?$"
)
_LEADS = re.compile("负责|牵头|主办|承办")
_HELP_LAST = re.compile("(?:配合|协助|参与|参加|协办|支持)$")
_BEGINS = re.compile(  # what a unit does begins so
    rf"(?:[要应须](?!急)|{_ROLE}|组织(?!部)|做好|抓好|开展|制定|制订|拟订|出台|研究|提出|推进|推动|加快|加强|完善|建立|健全|修订|编制"
    r"|梳理|安排|筹措|统筹|督促|指导|协调|协助|配合|完成|具体|尽快|抓紧|定期|进一步|及时|根据|按照?|对|将|于|在)"
)
_MEETING = re.compile(
    r"(?:会议|县政府|市政府|常务会议)?(?:确定|明确|要求|决定|议定|强调|同意)[，,：:]?$"
)
_NO_TASK = re.compile("解释|日常工作|办公室设在|任组长|组成|联系人")
NO_NUMBER = "这一段没有编号，句子里写了谁负责，读作一项任务：是不是任务？请核对"
IN_DEMANDS = "写在工作要求、保障措施一类的章节里：是不是任务？请核对"
IN_SENTENCE = "单位取自句子里的“{}”，请核对"


def acted(text: str) -> tuple[str, Said] | None:
    """Return what is done and who does it, where one sentence of a text says so; else None."""
    found = [
        (one, *read)
        for one in _SENTENCE.finditer(text)
        if len(one[0]) <= _LONGEST and (read := _of_sentence(one[0]))
    ]
    if len(found) != 1:
        return None
    sentence, rest, said = found[0]
    what = text[: sentence.start()] + rest + text[sentence.end() :]
    names = [one.text for units in (said.lead, said.duty) for one in pieces(units, {})]
    nobody = not names or all(map(is_group, names)) or bool(said.odd)
    nobody = nobody or cuts_bracket(text, text[: sentence.start()])
    nobody = nobody or bool(re.fullmatch(rf"(?:{_ROLE})*[：:]?", what))  # 县教育局牵头负责：
    if nobody or _NO_TASK.search(sentence[0]) or not re.search(r"\w", what):
        return None
    return what, said


@dataclass(frozen=True, slots=True)
class _Who:
    """Who acts in a clause, with the words that say as what; what stands before and behind."""

    names: str
    before: str = ""
    behind: str = ""


def _of_sentence(sentence: str) -> tuple[str, Said] | None:
    """Return a sentence without those who act in it, and these."""
    clauses = re.split("(?<=[，,])", sentence.strip())
    at = next((at for at, one in enumerate(clauses) if _who(one)), None)
    who = None if at is None or has_labels(sentence) else _who(clauses[at])
    if at is None or who is None:
        return None
    names, more = [who.names], clauses[at + 1 :]
    while not who.behind and more and only_units(more[0].strip(_MARKS)):
        names.append(more.pop(0).strip(_MARKS))
    before = "".join(clauses[:at]) + who.before
    if cuts_bracket(sentence, before):
        return None
    if clauses[:at] and not (who.before or who.behind or more or _MEETING.search(before)):
        return None  # …，县教育局牵头: what reads it is elsewhere
    names += [one.strip(_MARKS) for one in more if _helps(one)]
    more = [one for one in more if not _helps(one)]
    said = said_in("，".join(names))
    for clause in more:  # 县财政局筹措资金: it is told as well
        if also := _actor(clause.strip(_MARKS), 0):
            said.duty = "；".join(filter(None, (said.duty, also[0])))
    if before and not (who.behind or more):
        before = before.rstrip(_MARKS) + _mark(sentence)
    return before + who.behind + "".join(more), said


def _who(clause: str) -> _Who | None:
    """Return who acts in a clause, where it says that plainly."""
    plain = clause.strip(_MARKS)
    told = plain.startswith("由") or _ROLE_LAST.search(plain)
    if told and "由" not in plain[1:] and re.search(_ROLE, plain) and only_units(plain):
        return _Who(plain)
    if plain.startswith("由") and TOGETHER in plain and only_units(f"{plain}负责"):
        return _Who(plain)
    by = re.match("(?P<what>[^由]{0,40})由(?=..)", plain)
    if by and by["what"] and re.search(_ROLE, plain) and only_units(plain[by.end() - 1 :]):
        return _Who(plain[by.end() - 1 :], by["what"] + _mark(clause))
    acts = _actor(plain, by.end() if by else 0)
    return _acts(by["what"] if by else None, *acts, _mark(clause)) if acts else None


def _acts(what: str | None, names: str, does: str, mark: str) -> _Who | None:
    """Return who acts where units do something; `what` stands before 由, None without that word."""
    if what is None:
        if _SHALL.match(does):
            joint = _actor(does, 3) if does[1:3] == TOGETHER else None
            names, does = (
                (names + TOGETHER + joint[0], does[0] + joint[1]) if joint else (names, does)
            )
            return _Who(names, "", does + mark)
        leads = _LEADS.match(does)
        return _Who(names + leads[0], "", does[2:] + mark) if leads else None
    if _ROLE_LAST.fullmatch(does):
        return _Who(f"由{names}{does}", what + mark) if what else None
    begins = not what or _MEETING.search(what)
    return _Who(f"由{names}", what, does + mark) if begins else None


def _helps(clause: str) -> bool:
    """Return whether a clause behind says nothing but who helps: 县财政局配合."""
    plain = clause.strip(_MARKS)
    return bool(_HELP_LAST.search(plain)) and only_units(plain)


def _mark(text: str) -> str:
    """Return the marks at the end of a text."""
    return text[len(text.rstrip(_MARKS)) :]


def _actor(text: str, start: int) -> tuple[str, str] | None:
    """Return the units that a clause begins with, and what they do."""
    for at in range(start + 2, len(text)):
        if _BEGINS.match(text, at) and only_units(text[start:at]):
            return text[start:at], text[at:]
    return None


def mark_acting(items: Sequence[Passage], style: str) -> None:
    """Let paragraphs whose sentence says who does what be tasks.

    Beside tasks with brackets or labels only those numbered as the tasks are, and it is asked;
    else all, if several say so.
    """
    told = [one for one in items if one.said and one.said.names_units and one.text]
    explicit = any(_explicit(one) for item in items for one in (item, *item.more) if one.said)
    found = [(one, acted(one.text)) for one in items if one.said is None and not one.more]
    may = [(one, said) for one, said in found if said and not one.behind]
    may = _apart_from_demands(items, told, may, explicit=explicit)
    if explicit:
        beside = {*_in_chapters(items, _CHAPTER)}
        may = [one for one in may if one[0].label and one[0].style == style]
        may = [one for one in may if one[0].place not in beside]
    elif len(told) + len(may) < _SEVERAL:
        return
    for item, (what, said) in may:
        if _has_own(items, item):
            continue
        item.text, item.said = what.strip(), said
        item.asked = ""
        if explicit:
            item.asked = IN_SENTENCE.format("、".join(filter(None, (said.lead, said.duty))))
        elif not item.label:
            item.asked = NO_NUMBER


def _apart_from_demands(
    items: Sequence[Passage],
    told: Sequence[Passage],
    may: Sequence[tuple[Passage, tuple[str, Said]]],
    *,
    explicit: bool,
) -> list[tuple[Passage, tuple[str, Said]]]:
    """Return what may be a task, without what stands in a chapter on demands where others do not.

    What such a chapter says of a unit is asked about, read as a task or not.
    """
    demands = {*_in_chapters(items, _DEMANDS)}
    apart = [one for one in may if one[0].place not in demands]
    for item in told:
        if item.place in demands and not _explicit(item):
            item.asked = item.asked or IN_DEMANDS
    if len(apart) < _SEVERAL and all(one.place in demands for one in told):
        return [*may]
    for item, _ in may:
        if item.place in demands and not explicit:
            item.asked = item.asked or IN_DEMANDS
    return apart


def _in_chapters(items: Sequence[Passage], named: re.Pattern[str]) -> Iterator[str]:
    """Yield the places in chapters of such a name: 三、职责分工."""
    depth = 0
    for one in items:
        if depth and one.label and one.depth <= depth:
            depth = 0
        if not depth and one.heads and one.said is None and named.search(one.text):
            depth = one.depth
        elif depth:
            yield one.place


def _explicit(item: Passage) -> bool:
    """Return whether a label or a bracket says who answers."""
    said = item.said
    return (
        said is not None
        and said.names_units
        and bool(said.labels or re.search(r"[）)〕】\]］][。；;]?$", item.whole))
    )


def _has_own(items: Sequence[Passage], item: Passage) -> bool:
    """Return whether a line of units follows, or what is numbered below names its own."""
    at = next(place for place, one in enumerate(items) if one is item)
    for one in items[at + 1 :]:
        if one.label and one.depth <= item.depth:
            return False
        if one.said and one.said.names_units:
            return not one.text or bool(one.label)
        if not item.label and one.text:
            return False
    return False
