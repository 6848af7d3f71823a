"""Labels in the run of a text: 牵头单位：甲；完成时限：6月底. Pure."""

import re
from collections.abc import Iterator

from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.rules.units import is_unit_name

_LABEL_TEXT = r"([^，,；;。、：:\s（）()〔〕【】\[\]［］]{2,14}(?:[（(][^（）()]{1,8}[）)])?)"
_LABEL = re.compile(rf"(?:(?<=^)|(?<=[，,；;。、\s（(〔\[［【：:])){_LABEL_TEXT}\s*[：:]")
_ADDRESSED = re.compile("各|有关|相关")
_LABELS = UNITS | {Meaning.PERSON, Meaning.DEADLINE, Meaning.PROGRESS, Meaning.LIAISON}
_OPENS, _CLOSES = "（(〔【［[", "）)〕】］]"
_BRACKETS = re.compile(f"[{re.escape(_OPENS + _CLOSES)}]")

_PARTED = re.compile(  # 牵头：甲／配合：乙
    r"(?:\s*[/／|｜]|(?<=[\u4e00-\u9fff）)])[.．])\s*(?=(?:(?:牵头|主办|主责|责任|承办|配合|协办|协助|参与)(?:单位|部门|领导|人)?"
    r"|(?:完成|办结)?时限|联系人)\s*[：:])"
)


def with_labels_parted(text: str) -> str:
    """Return a text with a mark instead of a stroke before its labels."""
    return _PARTED.sub("；", text)


def has_labels(text: str) -> bool:
    """Return whether a text labels units or the like."""
    return next(_labels(text), None) is not None


def labels_at(text: str) -> "list[re.Match[str]]":
    """Return where such labels stand; the first group is the label."""
    return list(_labels(text))


def label_line(text: str) -> bool:
    """Return whether a text begins with such a label."""
    first = next(_labels(text.strip()), None)
    return first is not None and first.start() == 0


def with_marks_before_labels(text: str) -> str:
    """Return a text with a mark where but white space stands before a label."""
    return re.sub(
        rf"(?<=[^\s：:，,；;。、])[ \t\u3000]+(?={_LABEL_TEXT}\s*[：:])",
        lambda gap: "；" if (at := _LABEL.match(text, gap.end())) and _may_label(at) else gap[0],
        text,
    )


def _is_label(found: "re.Match[str]") -> bool:
    meaning = meaning_of(found[1])
    if meaning in UNITS and _ADDRESSED.match(found[1]):  # 各责任单位：现将…印发
        first = re.split("[、，,；;。]", found.string[found.end() :])[0]
        return is_unit_name(first.strip())
    return meaning in _LABELS


def _labels(text: str) -> "Iterator[re.Match[str]]":
    """Yield them; 监督单位：… is one behind the units on duty, and kept as what it says."""
    named = False
    for found in _LABEL.finditer(text):
        if _is_label(found):
            named = named or meaning_of(found[1]) in UNITS
            yield found
        elif named and meaning_of(found[1]) is None and _OTHER_LABEL.fullmatch(found[1]):
            yield found


_OTHER_LABEL = re.compile(r"[^各有相局委办部院镇乡]{2,6}(?:单位|部门)")


def _may_label(found: "re.Match[str]") -> bool:
    return _is_label(found) or bool(_OTHER_LABEL.fullmatch(found[1]))


def segments(text: str, default: Meaning | None) -> Iterator[tuple[str, Meaning | None, str]]:
    """Yield label, what it means, and what follows it up to the next label."""
    label, meaning, at = "", default, 0
    for found in _labels(text):
        if (held := _closed(text[at : found.start()])).strip():
            yield label, meaning, held
        label, meaning, at = found[1], meaning_of(found[1]), found.end()
    if text[at:].strip() or label:
        yield label, meaning, _closed(text[at:])


def _closed(part: str) -> str:
    """Return a part of a text without the half of a bracket that its label stood in."""
    if not _BRACKETS.search(part):
        return part
    opened, closed = (sum(map(part.count, marks)) for marks in (_OPENS, _CLOSES))
    if opened > closed:
        return re.sub(rf"[{re.escape(_OPENS)}]\s*$", "", part)
    closes = rf"[{re.escape(_CLOSES)}]([。，,；;、\s]*)$"
    return re.sub(closes, r"\1", part) if closed > opened else part
