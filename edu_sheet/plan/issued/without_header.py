"""What a column without a header holds: numbers, categories, days. Pure."""

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
    """Let a column without a header be until when, where it holds days, and ask of that."""
    if columns.places(Meaning.DEADLINE):
        return
    for place, header in columns.headers.items():
        texts = [one[place].text for one in rows if place < len(one) and one[place].text.strip()]
        days = sum(map(says_a_day, texts))
        if header or not days or not all(says_a_day(one) or is_deadline(one) for one in texts):
            continue
        columns.headers[place], columns.meanings[place] = Meaning.DEADLINE.value, Meaning.DEADLINE
        said = f"第{place + 1}列没有表头，写的都是日期，读作“{Meaning.DEADLINE}”：各项都是，请核对"
        columns.asked.append((Meaning.DEADLINE, said))
        return


def _left_of_task(columns: Columns, place: int) -> bool:
    return place < min(columns.places(*TASKS), default=0)
