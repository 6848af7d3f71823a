"""A list of units with the duties of each: 县教育局：负责…. Pure.

It is read, each unit's duties as a task, where nothing else of a document says who answers.
"""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.meaning import meaning_of
from edu_sheet.plan.issued.passages import Passage
from edu_sheet.plan.issued.roles import only_units, said_in

_DUTIES = re.compile(r"(?P<units>[^：:。；;]{3,60})\s*(?:[：:]|——)\s*(?P<what>\S.{3,})")
_MARKED = re.compile(
    r"[【〖［\[](?P<units>[^】〗］\]：:]{3,60})[】〗］\]]\s*[：:]?\s*(?P<what>.{4,})"
)
_ACTS = re.compile(
    "负责|做好|组织|指导|协调|落实|承担|制定|开展|加强|推进|配合|协助|保障|统筹|牵头"
)
_SEVERAL = 3
_ASKED = (
    "原文按单位写职责（如“{}：……”），每个单位的职责读作一项任务（共 {} 项）：是不是要这样分？请核对"
)


def mark_duties(items: Sequence[Passage]) -> None:
    """Let each unit answer for its duties, where several lines name a unit so, and ask once."""
    if any(one.said and one.said.names_units for one in items):
        return
    found = [(one, said) for one in items if (said := duties_in(one.text))]
    marked = sum(bool(_MARKED.fullmatch(one.text)) for one, _ in found)
    if len(found) + (marked > 1) < _SEVERAL:
        return
    for item, (units, what) in found:
        item.said, item.text, item.field, item.asked = said_in(units), what, None, ""
    first, (units, _) = found[0]
    first.asked = _ASKED.format(units, len(found))


def duties_in(text: str) -> tuple[str, str] | None:
    """Return the units that a text begins with, and their duties."""
    marked, plain = _MARKED.fullmatch(text), _DUTIES.fullmatch(text)
    said = marked or (plain if plain and _ACTS.search(plain["what"]) else None)
    if said is None:
        return None
    if meaning_of(said["units"]) or not only_units(said["units"]):
        return None
    return said["units"], said["what"]
