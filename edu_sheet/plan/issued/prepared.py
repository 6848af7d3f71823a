"""Paragraphs made ready to be read: labels with their colons, lists of units put together. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edu_sheet.plan.issued.blocks import Paragraph
from edu_sheet.plan.issued.labels import has_labels, label_line, labels_at, with_labels_parted
from edu_sheet.plan.issued.meaning import UNITS, Meaning, meaning_of
from edu_sheet.plan.issued.ordinals import ordinal_of, value_of
from edu_sheet.plan.issued.persons import with_person_labels
from edu_sheet.plan.issued.roles import only_units, said_in
from edu_sheet.rules.units import is_unit_name, without_tail
from edu_sheet.words.text import bare

_OPEN, _CLOSE = "（(〔【［[", "）)〕】］]"
_LABEL_LENGTH = 15
_SENTENCE = 300  # characters of one that says who answers


def with_labels_joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, a label that stands alone with the line that it is meant for."""
    label: Paragraph | None = None
    for one in paragraphs:
        begins = bool(ordinal_of(one.text) or one.number or label_line(one.text))
        if label is not None and not begins:
            yield replace(label, text=label.text + one.text)
            label = None
            continue
        if label is not None:
            yield label
        alone = one.text.endswith(("：", ":")) and label_line(one.text) and not one.number
        label = one if alone and len(one.text) <= _LABEL_LENGTH else None
        if label is None:
            yield one
    if label is not None:
        yield label


def with_units_joined(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, a list of units behind a label with the lines that it goes on in.

    责任单位：县财政局、 | 县住建局; a line of units alone goes on too, where it heads nothing.
    """
    held: Paragraph | None = None
    for one, behind in zip(paragraphs, [*paragraphs, None][1:], strict=True):
        if held is not None and _goes_on(held, one, behind):
            joint = "" if held.text.rstrip().endswith(("、", "，", ",")) else "、"
            held = replace(held, text=held.text.rstrip() + joint + one.text.strip())
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _open_bracket(text: str) -> bool:
    """Return whether the bracket that a label stands in is closed in a later line."""
    opened, closed = (sum(map(text.count, marks)) for marks in (_OPEN, _CLOSE))
    return opened > closed and has_labels(text[max(map(text.rfind, _OPEN)) :])


def _goes_on(line: Paragraph, one: Paragraph, behind: Paragraph | None) -> bool:
    labels = labels_at(line.text)
    if labels and not one.number and not ordinal_of(one.text) and _open_bracket(line.text):
        return True
    if not labels or meaning_of(labels[-1][1]) not in UNITS or not label_line(line.text):
        return False
    if one.number or ordinal_of(one.text) or has_labels(one.text) or not only_units(one.text):
        return False
    follows = ordinal_of(behind.number or behind.text) if behind else None
    heads = follows is not None and value_of(follows.label) == 1
    return line.text.rstrip().endswith(("、", "，", ",")) or not heads


_MARKED = re.compile(
    r"[【〖［\[〔]\s*([^【】〖〗［］\[\]〔〕：:]{2,14})\s*[】〗］\]〕]\s*[：:]?\s*"
)
_BARRED = re.compile(r"([^\s|｜—–\-：:，。；、]{2,10})\s*[|｜—–]+\s*(?=\S)")


_SPACED = re.compile(r"^\s*([\u4e00-\u9fff](?:[ \t\u3000\xa0]+[\u4e00-\u9fff]{1,3}){1,6})\s*[：:]")
# 增长8%，责任单位为县发改局，完成时限为6月底。
_IS = re.compile(
    r"(?:(?<=^)|(?<=[，,；;。、\s（(〔【\[]))(?P<label>(?:牵头|主办|主责|责任|承办|配合|协办|协助|参与)(?:单位|部门)"
    r"|(?:完成|办理|办结)?时限)\s*(?:[：:]?\s*(?:分别)?[为是]\s*|(?=[县市区省州旗镇乡]))(?=(?P<first>[^，,；;。、：:）)〕】\s]{2,30}))"
)


def with_label_marks(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph with a colon behind its labels.

    【牵头单位】…, 牵头单位|…, 牵头单位为… → 牵头单位：…
    """
    text = with_labels_parted(_SPACED.sub(_as_one_word, paragraph.text))  # 责 任 人：…
    text = with_person_labels(_IS.sub(_as_said, _MARKED.sub(_as_label, text)))
    barred = _BARRED.match(text)
    if barred and meaning_of(barred[1]) in UNITS | {Meaning.DEADLINE}:
        text = f"{barred[1]}：{text[barred.end() :]}"
    return paragraph if text == paragraph.text else replace(paragraph, text=text.strip())


def _as_label(found: "re.Match[str]") -> str:
    meaning = meaning_of(found[1])
    known = {*UNITS, Meaning.DEADLINE, Meaning.PERSON, Meaning.LIAISON}
    begins = not found.start() and meaning not in {None, Meaning.NUMBER}
    return f" {found[1]}：" if meaning in known or begins else found[0]


def _as_one_word(found: "re.Match[str]") -> str:
    word = bare(found[1])
    return f"{word}：" if meaning_of(word) not in {None, Meaning.NUMBER} else found[0]


def _as_said(found: "re.Match[str]") -> str:
    first = found["first"]
    dated = "时限" in found["label"] and bool(re.match(r"\d|[今本每全]年|年|持续|长期|立即", first))
    sentence = re.split("[。；;）)〕】]", found.string[found.end() :][:_SENTENCE])[0]
    named = is_unit_name(without_tail(first)) and not said_in(_IS.sub(r"\g<label>：", sentence)).odd
    return f"{found['label']}：" if dated or (named and "时限" not in found["label"]) else found[0]
