"""A list of units with the duties of each: 县教育局：负责…, （一）县教育局。把…. Pure.

It is read, each unit's duties as a task, where nothing else of a document says who answers.
"""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.meaning import meaning_of
from edu_sheet.plan.issued.passages import Passage, due_apart
from edu_sheet.plan.issued.roles import only_units, said_in
from edu_sheet.rules.units import is_group, pieces

_DUTIES = re.compile(r"(?P<units>[^：:。；;]{3,60})\s*(?:[：:]|——)\s*(?P<what>\S.{3,})")
_HEADED = re.compile(r"(?P<units>[^：:。；;（）]{2,60}(?:（[^（）]{2,6}）)?)。\s*(?P<what>\S.{3,})")
_OF_DUTY = re.compile("的?(?:主要|工作|具体)?(?:职责任务|职责|任务|分工)")
_MARK = re.compile("[。：:—]")
_CALLED = re.compile(r"\d{3,}[-－—]?\d{3,}")
_MARKED = re.compile(
    r"[【〖［\[](?P<units>[^】〗］\]：:]{3,60})[】〗］\]]\s*[：:]?\s*(?P<what>.{4,})"
)
_ACTS = re.compile(
    "负责|做好|组织|指导|协调|落实|承担|制定|开展|加强|推进|配合|协助|保障|统筹|牵头"
)
_SEVERAL, _NUMBERED = 3, 2
_SENTENCE = 5  # characters
_ASKED = (
    "原文按单位写职责（如“{}{}……”），每个单位的职责读作一项任务（共 {} 项），"
    "只有一个单位的由它牵头：是不是要这样分？请核对"
)


def mark_duties(items: Sequence[Passage]) -> None:
    """Let each unit answer for its duties, where several lines name a unit so, and ask once."""
    if any(one.said and one.said.names_units for one in items):
        return
    found = [(one, said) for one in items if (said := duties_in(one.text))]
    marked = sum(bool(_MARKED.fullmatch(one.text)) for one, _ in found)
    numbered = all(one.label for one, _ in found)
    if len(found) < (_NUMBERED if numbered or marked > 1 else _SEVERAL):
        return
    first, (units, _) = found[0]
    mark = _MARK.search(first.text, first.text.index(units) + len(units))
    for item, (names, duties) in found:
        behind = item.text[item.text.index(names) + len(names) :]
        item.said, item.field, item.asked = said_in(names), None, ""
        item.said.words += [one[0] for one in [_OF_DUTY.match(behind)] if one]
        item.text, due = due_apart(duties)
        item.due += due
        if names == item.said.duty and _is_one(names):
            item.said.lead, item.said.duty = names, ""
    first.asked = _ASKED.format(units, mark[0] if mark else "：", len(found))


def duties_in(text: str) -> tuple[str, str] | None:
    """Return the units that a text begins with, and their duties."""
    plain = _DUTIES.fullmatch(text)
    tells = plain and (_ACTS.search(plain["what"]) or _tells(plain["what"]))
    headed = None if plain else _HEADED.fullmatch(text)
    said = _MARKED.fullmatch(text) or (plain if tells else headed)
    if said is None or _CALLED.search(said["what"]):
        return None
    units = re.sub(rf"{_OF_DUTY.pattern}$", "", said["units"])  # 县教育局主要职责：…
    if meaning_of(units) or not only_units(units):
        return None
    return units, said["what"]


def _tells(what: str) -> bool:
    """Return whether a text is a sentence, and no name of whom to call."""
    return what.endswith("。") and len(what) >= _SENTENCE


def _is_one(names: str) -> bool:
    """Return whether names are that of one unit, of which nothing says what it does."""
    return len(pieces(names, {})) == 1 and not is_group(names) and "（" not in names
