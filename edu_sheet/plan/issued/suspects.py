"""What no plan would say: a task that was read so is asked about, however it came about. Pure.

The rooms that read tables, cards and prose ask where they are in doubt themselves. This looks at
what came out of all of them, as a reader would who has only the result before him.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from edu_sheet.plan.issued.draft import Draft, Read
from edu_sheet.plan.issued.meaning import Meaning, meaning_of
from edu_sheet.plan.issued.ordinals import value_of
from edu_sheet.plan.issued.roles import only_units
from edu_sheet.rules.units import is_unit_name, split
from edu_sheet.words.text import bare, tidy

_WORD = re.compile(r"[^\W\d_]")
_ROLE = re.compile(
    r"(?:牵头|责任|配合|主办|协办|承办|主责|参与|负责|落实)(?:单位|部门)?|单位|部门|是|否|有|√"
)
_DATE = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}")
_CODE = re.compile(r"[A-Za-z]*[-\d./（）()%]+")
_OF_UNITS = re.compile(r"(?:单位|部门|主体|机构)(?:[(（].*)?$")
_BLOCK = re.compile(r"(?:任务|项目|事项|问题|举措|措施)[一二三四五六七八九十\d]{1,3}")
_LABEL = re.compile(
    r"(?:牵头|责任|配合|主办|协办|承办)(?:单位|部门)\s*[:：]"
    r"|(?:任务|项目|事项)[一二三四五六七八九十\d]{1,3}\s*[:：]"
)
_ITEM = re.compile(r"(?:^|[；。\n])\s*[(（]?(\d{1,2}|[一二三四五六七八九十]{1,3})[.．、)）](?!\d)")
_BRACKET = re.compile(r"[（(]([^（）()]{3,80})[）)](?=[、，,。；;]|$)")
_SHOWN = 20  # characters of a text that a doubt quotes


def suspect(read: Read) -> None:
    """Add a doubt to every task of `read` that says what no plan would say."""
    for one in read.tasks:
        _texts(one)
    _columns(read.tasks)
    _leads_alone(read.tasks)
    _leads_in_text(read.tasks)
    _counted_on(read.tasks)
    _headings(read.tasks)
    _places(read.tasks)


def _texts(one: Draft) -> None:
    goal = one.text(Meaning.GOAL)
    if goal and len(_WORD.findall(goal)) < 2:
        one.doubt(Meaning.GOAL, f"任务只有“{tidy(goal)}”：是不是序号，任务在另一栏？")
    for meaning in (Meaning.LEAD, Meaning.DUTY):
        for name in re.split("[、；\n]", one.text(meaning)):
            if _ROLE.fullmatch(bare(name)):
                one.doubt(meaning, f"“{tidy(name)}”不是单位名称，请照原文填写单位")
    for meaning in (Meaning.GOAL, Meaning.REQUIREMENTS):
        found = _LABEL.search(one.text(meaning))
        if found and not one.doubts and not one.odd:  # else somebody sends the reader there already
            said = tidy(found[0])
            one.doubt(meaning, f"文字里还有“{said}”：是不是几项任务，或者单位没有读出来？请核对")
        if meaning is Meaning.GOAL and not one.doubts and (unit := _unit_first(one)):
            one.doubt(meaning, f"开头的“{unit}”像是单位，没有读作责任单位：请核对")
        units = [] if one.doubts else _units_in_brackets(one, meaning)
        if units:
            one.doubt(meaning, f"文字里的“{units[0]}”像是单位，没有读作责任单位：请核对")


_UNIT_FIRST = re.compile(r"([^：:。；;，,]{3,30})[：:。](?=..)")


def _unit_first(one: Draft) -> str:
    """Return the units that a task begins with and that do not answer for it: 县教育局：建学校."""
    found = _UNIT_FIRST.match(one.text(Meaning.GOAL))
    named = {*split(one.text(Meaning.LEAD), {}), *split(one.text(Meaning.DUTY), {})}
    fits = found and only_units(found[1]) and not {*split(found[1], {})} <= named
    return found[1] if found and fits else ""


def _units_in_brackets(one: Draft, meaning: Meaning) -> list[str]:
    """Return the brackets in a text that name nothing but units which do not answer for it."""
    named = {*split(one.text(Meaning.LEAD), {}), *split(one.text(Meaning.DUTY), {})}
    return [
        found[0]
        for found in _BRACKET.finditer(one.text(meaning))
        if only_units(found[1]) and not {*split(found[1], {})} <= named
    ]


def _columns(tasks: Iterable[Draft]) -> None:
    """Ask of a column whose header looks like a cell: a row was taken for a header, or a task."""
    odd: dict[str, Draft] = {}
    for one in tasks:
        for header in one.others:
            if _is_value(header):
                odd.setdefault(header, one)
    if odd:
        names = "、".join(f"“{header[:_SHOWN]}”" for header in odd)
        first = next(iter(odd.values()))
        first.doubt(Meaning.GOAL, f"{names}读成了栏目的名称：是不是另一项任务的内容？请核对")


def _is_value(header: str) -> bool:
    plain = bare(header)
    return bool(
        _DATE.search(plain)
        or _CODE.fullmatch(plain)
        or _BLOCK.fullmatch(plain)
        or (meaning_of(plain) is None and all(map(_is_unit, plain.split("/"))))
    )


def _is_unit(name: str) -> bool:
    return is_unit_name(name) and not _OF_UNITS.search(name)


def _leads_alone(tasks: Sequence[Draft]) -> None:
    """Ask once where every task is led by all of its several units."""
    leads = [re.split("[、；\n]", one.text(Meaning.LEAD)) for one in tasks]
    none = not any(one.text(Meaning.DUTY) or one.helpers for one in tasks)
    if len(tasks) > 1 and none and all(len(names) > 1 for names in leads):
        said = "各项任务的单位都读作牵头单位，没有责任单位：是不是只有第一个牵头？请核对"
        tasks[0].doubt(Meaning.LEAD, said)


_TO_LEAD = re.compile(r"由(?P<unit>[^，,、；;。由]{2,20}?)(?:负责)?牵头")


def _leads_in_text(tasks: Iterable[Draft]) -> None:
    """Ask of 由县教育局牵头 in a task whose units are listed, where nothing says who leads."""
    for one in tasks:
        named = {*split(one.text(Meaning.DUTY), {})}
        for meaning in (Meaning.GOAL, Meaning.REQUIREMENTS):
            found = _TO_LEAD.search(one.text(meaning)) if named else None
            if found and not one.text(Meaning.LEAD) and found["unit"] in named:
                said = f"文字里写着“{found[0]}”，没有填作牵头单位：是不是由它牵头？请核对"
                one.doubt(Meaning.LEAD, said)
                break


def _counted_on(tasks: Sequence[Draft]) -> None:
    """Ask where the numbers of a task's items go on from those of the task before."""
    counted = [(one, _items(one)) for one in tasks]
    asked: Draft | None = None
    for (before, items), (one, more) in pairwise(counted):
        if not items or not more or more[0] != items[-1] + 1:
            continue
        if len(more) > 1:
            said = f"具体要求的编号从 {more[0]} 起，接着前一项任务的：每一条是不是各为一项任务？"
            one.doubt(Meaning.REQUIREMENTS, said)
            asked = one
        elif len(items) > 1 and before is not asked:  # the one behind is a task already
            said = f"具体要求的编号到 {items[-1]}，后一项任务接着编：每一条是不是各为一项任务？"
            before.doubt(Meaning.REQUIREMENTS, said)


def _items(one: Draft) -> list[int]:
    found = map(value_of, _ITEM.findall(one.text(Meaning.REQUIREMENTS)))
    return [value for value in found if value is not None]


def _headings(tasks: Sequence[Draft]) -> None:
    """Ask of a task that says no more than the heading of other tasks."""
    above = {bare(level) for one in tasks for level in one.under.split("／") if level}
    for one in tasks if above else ():
        goal = bare(one.text(Meaning.GOAL))
        if goal and not one.text(Meaning.REQUIREMENTS) and any(goal in level for level in above):
            one.doubt(Meaning.GOAL, "文字与别的任务的类别相同：是不是标题，不是任务？请核对")


_PLACE = re.compile(r"(?!各|有关|相关|全|本|其他)[\u4e00-\u9fff]{1,5}(?P<kind>[区县市])")
_BODY = re.compile(r"[\u4e00-\u9fff]{1,5}(?P<kind>[区县市])(?P<body>(?:人民)?政府|管委会)")


def _places(tasks: Iterable[Draft]) -> None:
    """Ask once of each name of a place before the government of another: 甲区、乙区政府."""
    asked: set[str] = set()
    for one in tasks:
        for meaning in (Meaning.LEAD, Meaning.DUTY):
            names = split(one.text(meaning), {})
            for at, name in enumerate(names):
                place = _PLACE.fullmatch(name)
                bodies = map(_BODY.fullmatch, names[at + 1 :])
                body = place and next((b for b in bodies if b and b["kind"] == place["kind"]), None)
                if body and name not in asked:
                    asked.add(name)
                    said = f"“{name}”后面是“{body[0]}”：是不是“{name}{body['body']}”？请核对"
                    one.doubt(meaning, said)
