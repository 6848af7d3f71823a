"""Sheet 进展历程: month beside month, a row for each unit of a task, what is new marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edu_sheet.master.layout import HISTORY_FIXED, HISTORY_SIZE, HISTORY_WIDTH, as_issued
from edu_sheet.master.sheets.main import numbered
from edu_sheet.master.sheets.rows import rows_of
from edu_sheet.master.sheets.sheet import HEAD_ROWS, Styles, begin, finish
from edu_sheet.master.source import Source
from edu_sheet.master.table import cut_parts
from edu_sheet.words.columns import Column
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Role, Task
from edu_sheet.words.returns import State
from edu_sheet.words.sheets import HISTORY_SHEET
from edu_sheet.words.text import bare

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from edu_sheet.kit.xlsx_rows import Cell as SheetCell
    from edu_sheet.kit.xlsx_rows import RowSheet

IN_PLAN = "方案原有"
SAME, MISSING, NOT_ASKED = "与上期相同", "未报", "—"
WAITING = "待核实"  # the month's form, or what else came
UNUSED = "已报，汇总时未采用"  # the clerk took the text out
_FILLS = {
    SAME: "#DDEBF7",
    MISSING: "#F4B6B6",
    NOT_ASKED: "#F2F2F2",
    UNUSED: "#F2F2F2",
    WAITING: "#FFE699",
}
_FEW = 3  # months; fewer are no wider
_NEW = {"font_color": "#C00000", "underline": 1}
_SENTENCE = re.compile(r"[^。；！？\n]*(?:[。；！？]+[”’）】》]*\n*|\n+|$)")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a unit said in a month: its text in pieces (text, whether new), or a word instead."""

    parts: tuple[tuple[str, bool], ...]
    word: str = ""

    @property
    def text(self) -> str:
        """What the cell shows."""
        return self.word or "".join(text for text, _ in self.parts)


def history(source: Source, task: Task) -> Iterator[tuple[str, Role, list[Cell]]]:
    """Yield (unit, role, a cell for each of the source's months) of those who report on a task.

    A text is compared with the last one before it: sentence by sentence, blanks aside.
    """
    said = {
        month: {one.unit: one for one in source.voices(task, month)}
        for month in source.facts.history
    }
    for unit, role in source.speakers(task, source.facts.history).items():
        before, cells = "", []
        for month in source.facts.history:
            one = said[month].get(unit)
            text = one.entry.text if one and one.spoken else ""
            unused = one is not None and one.unused
            without = UNUSED if unused else _without_text(source, month, unit, task)
            cells.append(_cell(text, before) if text else Cell((), without))
            before = text or before
        yield unit, role, cells


def fresh_parts(text: str, before: str) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces: (piece, whether no sentence before says the same).

    Of a text that was mostly written anew nothing is new: less than half of the sentences before
    stand in it.
    """
    known = {bare(one) for one in _SENTENCE.findall(before)} - {""}
    stayed = known & {bare(one) for one in _SENTENCE.findall(text)}
    if 2 * len(stayed) < len(known):
        return ((text, False),)
    parts: list[tuple[str, bool]] = []
    for sentence in _SENTENCE.findall(text):
        new = bool(bare(sentence)) and bare(sentence) not in known
        if parts and parts[-1][1] == new:
            parts[-1] = (parts[-1][0] + sentence, new)
        elif sentence:
            parts.append((sentence, new))
    return tuple(parts)


def _without_text(source: Source, month: Month, unit: str, task: Task) -> str:
    if not source.facts.asked_in(month, unit, task):
        return NOT_ASKED
    line = source.facts.line_of(month, unit)
    return WAITING if line and line.state is State.ATTENTION else MISSING


def _cell(text: str, before: str) -> Cell:
    if not before:
        return Cell(((text, False),))
    if bare(text) == bare(before):
        return Cell((), SAME)
    return Cell(fresh_parts(text, before))


def write_history(book: "Workbook", styles: Styles, source: Source) -> None:
    """Add the sheet for the months that lead up to the period."""
    sheet = book.add_worksheet(HISTORY_SHEET)
    # A quarter for which no month was asked has one column, empty.
    labels = [month.label for month in source.facts.history] or ["各月进展"]
    issued = _begins(source)
    labels[:0] = [IN_PLAN] * issued
    width = HISTORY_WIDTH / max(len(labels), _FEW)
    first = as_issued(HISTORY_FIXED, source.plan)
    columns = [*first, *(Column("progress", label, width) for label in labels)]
    # Of one month nothing is new, and no column is wide enough to say so.
    legend = (
        ""
        if len(labels) == 1
        else "红色带下划线：比上一次新增或改动的内容（大半重写的不标）；“与上期相同”：一字未改"
    )
    line = ((3, f"期次：{source.period.label}", "left"), (len(labels), legend, "right"))
    begin(sheet, styles, columns, "重点任务进展历程", line)
    widths = [column.width for column in columns]
    looks = _Looks(styles)
    for task in source.plan.tasks:
        for unit, role, cells in history(source, task):
            fixed = (source.numbers[task.key], task.goal, f"{unit}（{role.label}）")
            own = Cell(((task.earlier, False),)) if task.earlier else Cell((), NOT_ASKED)
            _write_unit(sheet, looks, fixed, [own] * issued + cells, widths)
    if sheet.next_row > HEAD_ROWS:
        sheet.autofilter(HEAD_ROWS - 1, 0, sheet.next_row - 1, 2)
    finish(sheet, columns, frozen=3)


def _begins(source: Source) -> bool:
    """Return whether the plan itself tells how far tasks had come before the first month."""
    first = source.plan.settings.first_month
    shown = source.facts.history[:1] in ((), (first,), [first])
    return shown and any(task.earlier for task in source.plan.tasks)


class _Looks:
    """How the cells of 进展历程 look."""

    def __init__(self, styles: Styles) -> None:
        self.plain = styles.cell(HISTORY_SIZE)
        self.centred = styles.cell(HISTORY_SIZE, align="center", valign="vcenter")
        self.words = {
            word: styles.cell(HISTORY_SIZE, align="center", valign="vcenter", bg_color=fill)
            for word, fill in _FILLS.items()
        }
        self.text = styles.cell(HISTORY_SIZE, quote_prefix=True)
        self.new_text = styles.cell(HISTORY_SIZE, quote_prefix=True, **_NEW)
        self.fonts = {False: styles.font(HISTORY_SIZE), True: styles.font(HISTORY_SIZE, **_NEW)}

    def of(self, parts: Sequence[tuple[str, bool]]) -> "SheetCell":
        """Return a cell of a unit's text in pieces (text, whether new)."""
        if len(parts) == 1:
            (text, new) = parts[0]
            return text, self.new_text if new else self.text
        return [(text, self.fonts[new]) for text, new in parts], self.text


def _write_unit(
    sheet: "RowSheet",
    looks: _Looks,
    fixed: Sequence[str],
    cells: Sequence[Cell],
    widths: Sequence[float],
) -> None:
    texts = [*fixed, *(cell.text for cell in cells)]
    texts += [""] * (len(widths) - len(texts))
    rows = rows_of(texts, widths, HISTORY_SIZE, repeated=(0, 1, 2))
    start = len(fixed)
    cut = [
        [cell.parts]
        if len(rows) == 1
        else list(cut_parts(cell.parts, [len(row.texts[place]) for row in rows]))
        for place, cell in enumerate(cells, start=start)
    ]
    for part, row in enumerate(rows):
        line: list[SheetCell] = [(numbered(fixed[0]), looks.centred)]
        line += [(text, looks.plain) for text in row.texts[1:start]]
        for place, cell in enumerate(cells, start=start):
            if cell.word:
                line.append((row.texts[place], looks.words[cell.word]))
            else:
                line.append(looks.of(cut[place - start][part]))
        sheet.add_row(line, row.height)
