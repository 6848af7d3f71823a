"""Sheet 明细: one row an entry, with the file and the cell that it came from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from edu_sheet.facts.period import NO_PROGRESS
from edu_sheet.kit.clock import shown
from edu_sheet.master.layout import DETAIL_COLUMNS, DETAIL_SIZE, as_issued
from edu_sheet.master.sheets.rows import rows_of
from edu_sheet.master.sheets.sheet import HEAD_ROWS, Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.rules.progress import says_nothing
from edu_sheet.rules.standing import cells_of
from edu_sheet.words.parts import Part
from edu_sheet.words.place import column_letter
from edu_sheet.words.plan import Task
from edu_sheet.words.returns import Entry, EntryCell
from edu_sheet.words.sheets import DETAIL_SHEET
from edu_sheet.words.substance import worded

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_EMPTY = "否，没有填写内容"  # a dash
_EDITED, _CUT = "是，有人工修改", "否，人工删去"
_NUMBER, _GOAL, _UNIT, _ROLE, _PERIOD, _PROGRESS, *_ = range(len(DETAIL_COLUMNS))


def write_details(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet; a text that no row is tall enough for goes on in a row marked （续）."""
    sheet = book.add_worksheet(DETAIL_SHEET)
    lines = list(_lines(source))
    line = (
        (4, f"期次：{source.period.label}", "left"),
        (7, f"共 {len(lines)} 条", "right"),
    )
    begin(sheet, styles, as_issued(DETAIL_COLUMNS, source.plan), "进展情况明细", line)
    widths = [column.width for column in DETAIL_COLUMNS]
    centred = styles.cell(DETAIL_SIZE, align="center", num_format="0")
    # With the quote prefix, a text that begins with = stays one even when it is edited in Excel.
    styled = styles.cell(DETAIL_SIZE, quote_prefix=True)
    for texts in lines:
        for row in rows_of(texts, widths, DETAIL_SIZE, repeated=(_NUMBER, _GOAL, _PERIOD, _UNIT)):
            number, *others = row.texts
            first = (int(number), centred) if number.isdecimal() else (number, styled)
            sheet.add_row([first, *((text, styled) for text in others)], row.height)
    last = column_letter(len(DETAIL_COLUMNS))
    sheet.ignore_errors({"number_stored_as_text": f"A1:{last}{sheet.next_row}"})
    bottom = max(sheet.next_row - 1, HEAD_ROWS)
    sheet.autofilter(HEAD_ROWS - 1, 0, bottom, len(DETAIL_COLUMNS) - 1)
    finish(sheet, DETAIL_COLUMNS, frozen=_ROLE)


def _lines(source: Source) -> Iterator[tuple[str, ...]]:
    now = {task.key: source.plan.roles(task) for task in source.plan.tasks}
    numbers = source.numbers
    for task, entry in source.placed:
        former = "" if entry.unit in now[task.key] else "原"
        adopted = _adopted(entry, source)
        for cell in cells_of(entry):
            partly = "，部分有更新的" if cell in entry.replaced and adopted[0] == "是" else ""
            unsaid = entry in source.with_month and cell.part is Part.PROGRESS
            own = f"否，{NO_PROGRESS}" if unsaid and says_nothing(cell.text) else adopted + partly
            said = _edited(cell, source) or own
            said = said if worded(cell.text) or not cell.text else _EMPTY
            yield _line(numbers[task.key], task, cell.alone(entry), said, former)
        for cell in entry.replaced:
            if cell not in entry.cells:
                said = _edited(cell, source) or "否，有更新的"
                yield _line(numbers[task.key], task, cell.alone(entry), said, former)
    for one in source.facts.left_out:
        yield _line("", None, one.entry, "否，方案已无", gone=one.task)


def _edited(cell: EntryCell, source: Source) -> str:
    """Return what the clerk made of one cell of a text, or before newer words came; else ""."""
    if cell in source.cut_cells:
        return _CUT
    if (printed := source.edited_cells.get(cell)) is None:
        return ""
    return _EDITED if printed else _CUT


def _adopted(entry: Entry, source: Source) -> str:
    if not entry.text.strip():
        return "只有完成状态"
    if entry in source.waiting:  # also where it came after she had emptied the cell
        return "否，待取舍"
    if entry in source.taken_out:
        return _CUT
    if entry not in source.adopted:
        return _not_adopted(entry, source)
    edited = "，只用其中的进展" if entry in source.standing_in else ""
    edited += "，有人工修改" if entry in source.edited else ""
    unsigned = "，未经审定" if entry.submission in source.unsigned else ""
    return f"是{edited}{unsigned}"


def _not_adopted(entry: Entry, source: Source) -> str:
    """Return why a text stands in no cell: the clerk decided so in its month, or another does."""
    for one in source.edited_in_months:
        if one.returned == entry and (one.newer is not None or one.unused):
            return "否，待取舍" if one.newer is not None else _CUT
    return f"否，{NO_PROGRESS}" if says_nothing(entry.text) else "否，有更新的"


def _line(
    number: str, task: Task | None, entry: Entry, adopted: str, former: str = "", gone: str = ""
) -> tuple[str, ...]:
    received = shown(entry.received_at) if entry.received_at else ""
    return (
        number,
        task.goal if task else gone,
        entry.unit,
        former + entry.role.label,
        entry.period.label,
        entry.text or f"（{NO_PROGRESS}，完成状态：{entry.state}）",
        entry.file,
        entry.place,
        received,
        str(entry.submission or ""),
        adopted,
    )
