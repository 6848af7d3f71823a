"""A unit's name that a line break parts in the middle, in a narrow cell. Pure."""

import re

from edu_sheet.rules.units import LEVEL, is_unit_name, without_tail

_MARKS = "\n、，,；;。：:（）()/／"
_AFTER_MARK = re.compile(rf"[^{_MARKS}]*$")
_UP_TO_MARK = re.compile(rf"[^{_MARKS}]*")
_WHOLE = re.compile(
    r"(?:政府|办事处|局|委|办|部|(?<!社)会|院|中心|单位|部门|公司|集团|镇|街道|室|厅|处|联|企业|队|站|所|校|馆|协|社|团|台)$"
)
_IN_A_NAME = re.compile(r"(?:城乡|农村|乡村)$")  # of 县住房和城乡建设局, though places end so
# Names that no unit has: what stands before them belongs to them.
_NO_NAMES = re.compile(
    r"[局委办部厅处科站所队会院联社镇乡]|公司|分公司|集团|分局|支局|[大中支总]队|中心|支行|分行|区?管委会|居委会"
    r"|委员会|管理局|办事处|街道办|办公室"
)
_OF_A_TOWN = frozenset({"人民政府", "政府", "党委", "党工委", "党委政府"})
_SHORTEST = 2  # characters that may be a person's or a firm's whole name
_BEGINS = re.compile(rf"{LEVEL}|[旗盟各全驻本由和及与等]|有关|相关|其他|牵头|责任|配合|[\d①-⑳★☆*]")


def rejoined(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a list of units with the names whole that line breaks part, and the parts of each.

    县农业农⏎村局 is one name: its first part is none, and both together are. Two whole names are
    never joined.
    """
    first, *rest = [line.strip() for line in text.splitlines() if line.strip()] or [text]
    parts: list[tuple[str, str]] = []
    for line in rest:
        before, behind = _AFTER_MARK.search(first), _UP_TO_MARK.match(line)
        left, right = before[0].strip() if before else "", behind[0].strip() if behind else ""
        if _one_name(left, right):
            parts.append((left, right))
            first += line
        else:
            first += f"\n{line}"
    return (first, parts) if parts else (text, [])


def _one_name(left: str, right: str) -> bool:
    """Return whether two parts are one name, and not both of them names."""
    right = without_tail(right) or right
    if not left or not right or not is_unit_name(left + right) or not _WHOLE.search(right):
        return False
    if _NO_NAMES.fullmatch(right):
        return not _WHOLE.search(left)
    if right in _OF_A_TOWN:
        return bool(re.search(r"(?:乡|镇|街道)$", left))
    if _BEGINS.match(right):
        return False
    if not is_unit_name(left):
        return bool(_BEGINS.match(left)) or len(left) > _SHORTEST
    level = _BEGINS.match(left) and len(left) > _SHORTEST
    return bool(level and _IN_A_NAME.search(left) and re.search("[局委办厅]$", right))
