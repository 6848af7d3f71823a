"""What people put below a table: who, when, a seal. Pure.

A line is a signature only as a whole: one that merely begins like one may be an answer.
"""

import re
from functools import lru_cache

from edu_sheet.words.text import bare

_ROLE = "填报|填表|制表|报送|报表|审核|审定|审批|签发|签批|复核|负责|分管|联系|经办|主要领导|单位"
_PERSON = f"(?:{_ROLE})?(?:负责人|领导|人)"
_LONGEST = 80  # characters: of several signatures in one cell
_NUMBER = r"[\d\-+()—]{1,20}+"
_DATE = r"[\d年月日.\-/]{1,12}+"
# What says that it is no name: 已完成, 正在推进.
_NAME = "(?:(?![已未正在将完推进落实无有])[\u4e00-\u9fff·]){0,4}"
_BRACKETS = r"\((?:盖章|公章|签字|签名|签章|主要领导|手机|座机)\)"
_BRACKET = f"(?:{_BRACKETS})?"


def is_signature(text: str, unit: str) -> bool:
    """Return whether a text is nothing but signatures, dates and the unit's name."""
    return len(text) <= _LONGEST and bool(_signature(bare(unit)).fullmatch(bare(text)))


@lru_cache(maxsize=64)
def _signature(unit: str) -> re.Pattern[str]:
    of_unit = f"(?:{re.escape(unit)})?(?:\\(?(?:盖章|公章|印章)\\)?)?"
    parts = (
        f"{_PERSON}{_BRACKET}(?::{_NAME}{_BRACKET})?",
        f"(?:{_ROLE})?(?:单位|部门){_BRACKET}(?::{of_unit})?",
        f"(?:{_ROLE})?(?:日期|时间){_BRACKET}(?::(?:{_DATE})?)?",
        f"(?:{_ROLE})?(?:联系)?(?:电话|手机|座机){_BRACKET}(?::(?:{_NUMBER})?)?",
        "(?:盖章|公章|印章|签字|签名|签章)(?::{0,1})",
        f"{re.escape(unit)}{_BRACKET}",
        _BRACKETS,
        _DATE,
    )
    return re.compile(f"(?:(?:{'|'.join(parts)})[,;、]?)+")
