"""What a column without a header holds: numbers, categories, days. Pure."""

import re
from collections.abc import Sequence

from edu_sheet.plan.issued.blocks import Cells
from edu_sheet.plan.issued.columns import Columns
from edu_sheet.plan.issued.meaning import TASKS, Meaning
from edu_sheet.plan.issued.ordinals import is_label
from edu_sheet.plan.issued.roles import is_deadline
from edu_sheet.plan.workbook.deadline_cells import says_a_day


def find_numbers(columns: Columns, rows: Sequence[Cells], header: Cells) -> None:
    """Find the numbers under a header that is blank or meant for the column beside it."""
    for place, cell in enumerate(header):
        texts = [one[place].text for one in rows if place < len(one) and one[place].text.strip()]
        spans = place + 1 < len(header) and header[place + 1].text == cell.text and bool(cell.text)
        if columns.headers.get(place) and not spans:
            continue
        if texts and all(map(is_label, texts)) and not columns.places(Meaning.NUMBER):
            columns.meanings[place] = Meaning.NUMBER
        elif not columns.headers.get(place) and texts and _left_of_task(columns, place):
            columns.meanings[place] = Meaning.CATEGORY


def find_days(columns: Columns, rows: Sequence[Cells]) -> None:
    """Let the last column of days without a header be until when, and ask of that."""
    if columns.places(Meaning.DEADLINE):
        return
    days, like = list[int](), list[int]()
    for place in (place for place, header in columns.headers.items() if not header):
        texts = [one[place].text for one in rows if place < len(one) and one[place].text.strip()]
        if any(map(says_a_day, texts)) and all(
            says_a_day(one) or is_deadline(one) for one in texts
        ):
            days.append(place)
        elif texts and all(map(_MONTH_AND_DAY.fullmatch, map(str.strip, texts))):
            like.append(place)
    if days:
        columns.headers[days[-1]] = Meaning.DEADLINE.value
        columns.meanings[days[-1]] = Meaning.DEADLINE
        last = _named(days[-1:]) if days[1:] else ""
        told = f"{_named(days)}没有表头，写的都是日期，{last}读作“{Meaning.DEADLINE}”"
        columns.asked.append((Meaning.DEADLINE, f"{told}：各项都是，请核对"))
    elif like:
        told = f"{_named(like)}没有表头，写的像是日期，没有列入“时限节点”"
        columns.asked.append((Meaning.DEADLINE, f"{told}：是不是完成时限？是的，请在那张表里加行"))


_MONTH_AND_DAY = re.compile(r"(?:[1-9]|1[0-2])[./](?:[1-9]|[12]\d|3[01])")  # 6.30


def _named(places: Sequence[int]) -> str:
    return "、".join(f"第{place + 1}列" for place in places)


def _left_of_task(columns: Columns, place: int) -> bool:
    return place < min(columns.places(*TASKS), default=0)
