"""What a person types or picks: names one after the other, who leads what has no lead."""

import re

from edu_sheet.words.errors import EduSheetError
from edu_sheet.words.settings import LeadRule

_BETWEEN = re.compile(r"[、，,；;\s]+")


def names_in(typed: str) -> tuple[str, ...]:
    """Return the names, in order, each once."""
    return tuple(dict.fromkeys(filter(None, _BETWEEN.split(typed))))


def rule_in(said: str) -> LeadRule:
    """Return who leads; EduSheetError for what is none of the choices."""
    if said not in (LeadRule.FIRST.value, LeadRule.NONE.value):
        raise EduSheetError("没有选由谁牵头", "请选“首位责任单位牵头”或“不设牵头”。")
    return LeadRule(said)
