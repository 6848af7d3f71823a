"""Units that a list does not name, and that are none of its units: 县财政局等市级相关单位. Pure.

That they are left out is told; where they may be a group that has to answer too, it is asked.
"""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.draft import Draft
from edu_sheet.plan.issued.meaning import Meaning

UNNAMED = "没有点名的单位，没有另列"
_MANY = "部门|单位|机构|企业|机关|[科股]室|街道|园区|开发区|政府|团体|学校|[镇乡街县市区州省旗]"
_UNNAMED = re.compile(
    rf"等(?!级)(?P<many>(?:有关|相关|其他|各|[县市区省州旗][直级属]?|成员|直属|驻.|人民|事业|{_MANY}){{0,8}}"
    r"(?:(?:以及|和|及|与)(?:有关|相关|其他)?(?:部门|单位|机构)){0,2})"
    r"(?=[、，,；;。\n（(）)]|$|按|负责|牵头|配合|落实|共同|分别|分头|协|参|根|结|以?及|和|与|会同)"
)
_GROUP = re.compile(r"各|[县市区省州旗][直级属]|成员|乡|镇|街道|园区|驻")


def note_unnamed(tasks: Sequence[Draft]) -> None:
    """Note in each task which units its lists leave unnamed; of each group ask once."""
    asked: set[str] = set()
    for one in tasks:
        for meaning in (Meaning.LEAD, Meaning.DUTY):
            for found in _UNNAMED.finditer(one.text(meaning)):
                one.how.setdefault(found[0], UNNAMED)
                many = found["many"]
                if _GROUP.search(many) and many not in asked:
                    asked.add(many)
                    one.doubt(meaning, _asked(found[0], many))


def _asked(written: str, many: str) -> str:
    return f"“{written}”没有另算一个单位：“{many}”也要填报的，请用顿号隔开写上（别处同样）"
