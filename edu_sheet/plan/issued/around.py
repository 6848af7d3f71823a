"""Lines around the tasks of a text that belong to none: 单位：万元, 参会人员：…, 附件：1.… Pure."""

import re
from collections.abc import Iterator, Sequence

from edu_sheet.plan.issued.blocks import Paragraph
from edu_sheet.plan.issued.draft import MEASURE, Left
from edu_sheet.plan.issued.labels import has_labels
from edu_sheet.plan.issued.ordinals import ordinal_of, value_of
from edu_sheet.plan.issued.spoken import speaks_of_duty

# Above a table: 单位：万元 tells what its figures count.
_MEASURE = re.compile(
    r"[（(]?(?:计量|金额|面积)?单位[：:]\s*[百千万亿]{0,2}(?:元|美元|亩|人|人次|户|个|家|件|项|公里|米|吨|公斤"
    r"|平方米|平方公里|立方米|公顷|千瓦时?|%|％)(?:[、，,/][^：:]{1,8})?[）)]?"
)


def is_measure(text: str) -> bool:
    """Return whether a line says what the figures of a table count: 单位：万元."""
    return bool(_MEASURE.fullmatch(text.strip()))


_AROUND = re.compile(
    r"(?:(?:参会|出席|列席|与会|到会|请假|缺席)(?:人员|单位|领导|人|同志)?|主持人?|记录[人员]?|抄送|主送|分送|抄报|发送"
    r"|附[件表]|此件公开发布)\s*[：:](?P<rest>.*)|.{2,30}\d{4}年\d{1,2}月\d{1,2}日印发"
)
_FIRST_ANNEX = re.compile(r"附[件表]\s*[：:]\s*1\s*[.．、]")


def lines_around(paragraphs: Sequence[Paragraph]) -> Iterator[Left]:
    """Yield them, with what is counted on behind 附件：1.…"""
    last = 0
    for one in paragraphs:
        text = one.text.strip()
        ordinal = ordinal_of(text)
        number = value_of(ordinal.label) if ordinal else None
        if is_measure(text):
            yield Left(one.place, MEASURE, one.text)
        elif (found := _AROUND.fullmatch(text)) and not has_labels(found["rest"] or ""):
            last = int(bool(_FIRST_ANNEX.match(text)))
            yield Left(one.place, "正文", one.text)
        elif last and number == last + 1 and not speaks_of_duty(text):
            last += 1
            yield Left(one.place, "正文", one.text)
        else:
            last = 0
