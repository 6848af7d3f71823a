"""What stands in a bracket behind a unit that the plan names without it too. Pure.

县发改局（规划纲要） beside 县发改局 is the same office: two names would be two forms.
"""

import re
from collections.abc import Iterable, Iterator

from edu_sheet.plan.issued.draft import Draft
from edu_sheet.plan.issued.meaning import Meaning
from edu_sheet.rules.units import is_unit_name, pieces

REMARK_BEHIND = "单位后面的说明"
_BRACKETED = re.compile(r"(?P<name>[^（）]{3,30})（(?P<inner>[^（）]{2,40})）")
_TASK = re.compile(r"(?:牵头)?(?:负责|承担|做好|配合做好|抓好).{2,}")  # 县财政局（负责资金保障）
_NO_REMARK = re.compile(r"牵头|配合|责任|主办|协办|镇|乡|街道|各|含|局$|委$|办$|部$|党|[股科处室]")


def drop_remarks(drafts: Iterable[Draft]) -> None:
    """Take such brackets out of the units, and ask of each."""
    held = list(drafts)
    named = {name for one in held for _, name in _names(one)}
    for one in held:
        beside = {name for _, name in _names(one) if _is_remark(name, named)}
        for meaning, name in [*_names(one)]:
            found = _BRACKETED.fullmatch(name)
            if not found or not _is_remark(name, {found["name"]} if beside else named):
                continue
            base, inner = re.escape(found["name"]), re.escape(found["inner"])
            text = re.sub(rf"({base})[（(]{inner}[）)]", r"\1", one.text(meaning))
            if text != one.text(meaning):
                one.texts[meaning] = text
                one.how[found["inner"]] = REMARK_BEHIND
                one.doubt(meaning, f"“{name}”读作“{found['name']}”，括号里的话没有照写，请核对")


def _names(draft: Draft) -> Iterator[tuple[Meaning, str]]:
    for meaning in (Meaning.LEAD, Meaning.DUTY):
        yield from ((meaning, one.text) for one in pieces(draft.text(meaning), {}))


def _is_remark(name: str, named: set[str]) -> bool:
    found = _BRACKETED.fullmatch(name)
    if not found:
        return False
    told = found["name"] in named and _remark(found["inner"])
    return told or bool(_TASK.fullmatch(found["inner"]))


def _remark(inner: str) -> bool:
    return not (_NO_REMARK.search(inner) or is_unit_name(inner)) and bool(
        re.fullmatch(r"[\u4e00-\u9fff“”、]{4,16}", inner)
    )
