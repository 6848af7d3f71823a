"""Units that answer in different ways: 主体责任, 监管责任, 属地责任. Pure.

All of them answer for the task and report on it; which of them does so how is kept as issued, in a
column for each way, and asked about once.
"""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.draft import Draft, Read, column_name
from edu_sheet.plan.issued.meaning import Meaning, does_otherwise
from edu_sheet.plan.issued.roles import only_units
from edu_sheet.words.text import bare

_KIND = re.compile(
    r"(?:主体|监督?管理?|行业|属地|领导|直接|兜底|首要|建设|使用|执法)(?:管理|监管)?责任|责任主体|(?:实施|建设|业主|整改|监管|属地|承办|落实)(?:单位|部门|主体|责任)"
)


_OF_UNITS = re.compile("(?:单位|部门|主体|机构|政府|乡镇|镇街|街道)$")


def keep_kinds(read: Read) -> None:
    """Give the units of each kind a column of their own, where a plan tells several kinds apart.

    Units in a column that nobody reads as units on duty are asked about.
    """
    _ask_of_units_beside(read)
    headers = dict.fromkeys(header for one in read.tasks for header in one.duties)
    kinds = [one for one in headers if _KIND.search(one)]
    told = [one for one in read.tasks if len(one.duties) > 1]
    if len({*map(bare, headers)}) < 2 or not kinds or not told:
        return
    for one in read.tasks:
        for header in kinds:
            read.headers.setdefault(column_name(header), Meaning.OTHER)
            one.also(header, one.duties.get(header, ""))
    told[0].doubt(Meaning.DUTY, _asked([*headers], kinds, told))


def _asked(headers: Sequence[str], kinds: Sequence[str], told: Sequence[Draft]) -> str:
    named = "".join(f"“{header}”" for header in headers)
    more = f"（共 {len(told)} 项这样写）" if len(told) > 1 else ""
    leads = "" if any(one.text(Meaning.LEAD) for one in told) else "由谁牵头？"
    alike = [*headers] == [*kinds]
    kept = "同名的栏里" if alike else "".join(f"“{column_name(header)}”" for header in kinds)
    return f"{named}的单位都读作责任单位，谁是哪一种另列在{kept}{more}：{leads}请核对"


def _ask_of_units_beside(read: Read) -> None:
    """Ask of a column that holds nothing but units, and is not read as that of units on duty."""
    for header in read.headers:
        if not _OF_UNITS.search(bare(header)) or does_otherwise(header):
            continue
        held = [one for one in read.tasks if one.others.get(header)]
        if held and all(only_units(one.others[header]) for one in held):
            said = f"“{header}”里写的是单位，没有读作责任单位：是不是也要报送？请核对"
            held[0].doubt(Meaning.DUTY, said)
