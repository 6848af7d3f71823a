"""The text of one 进展情况 cell, and what there is to say about it. Pure."""

import re
from collections.abc import Iterator

from edu_sheet.sentences import note
from edu_sheet.words.book import Cell, CellKind
from edu_sheet.words.findings import Finding, NumberedTask
from edu_sheet.words.forms import FormRow
from edu_sheet.words.parts import Part
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Light
from edu_sheet.words.substance import (
    EMPTY_WORDS,
    denies,
    invisible,
    letters_of,
    plain,
    says_something,
    seen,
)
from edu_sheet.words.text import bare

_KINDS = {
    CellKind.NUMBER: "number_value",
    CellKind.DATE: "date_value",
    CellKind.PERCENT: "percent_value",
    CellKind.BOOLEAN: "boolean_value",
}
# A short text that only says where in the workbook the answer stands: 见左, 详见具体要求, 同第3项.
_REFERENCE = re.compile(
    "(?:进展|情况|内容|具体|工作|本项|此项)*"
    "(?:请|详)?(?:参?见|看|参照|参考|如|同|填?写?在|已?填在|已?写在|附在)(?:本|该)?"
    "(?:[左右上下前后][侧边面方栏列格表页端]?|旁边?|背面|[A-Z]{1,2}\\d{0,4}[栏列格]?"
    "|(?:具体)?要求|目标(?:任务)?|任务|牵头部门|责任部门|备注|批注|附注|文本框|表外|表[下后尾末右]"
    "|第?\\d+[项行条]|[第上下前后]?[一二三四五六七八九十]?[项行条]"
    "|(?:另|附|补充|其他|后)[一1]?[张个份]?(?:工作)?(?:表|页)|(?:sheet|工作表)\\d*|补充说明?)"
    "(?:中|里|内|处|所[述示写填列]|[侧边面方栏列格表页]|内容|进展|情况|部分|文字|单元格)*"
)
_LONGEST_REFERENCE = 16  # characters


def answer(cell: Cell) -> str:
    """Return a cell's text as it is taken: verbatim, a formula that failed by its own text.

    "" where the cell only looks filled, or shows a picture (WPS: =DISPIMG).
    """
    if cell.formula and "DISPIMG" in cell.formula.upper():
        return ""
    if cell.kind is CellKind.ERROR and cell.formula:
        return f"={cell.formula}"
    return cell.text if seen(cell.text) else ""


def refers_elsewhere(text: str) -> bool:
    """Return whether a text says nothing but where in the workbook the answer stands."""
    if len(text) > 2 * _LONGEST_REFERENCE:
        return False
    said = letters_of(text)
    short = said not in EMPTY_WORDS and len(said) <= _LONGEST_REFERENCE
    return short and bool(_REFERENCE.fullmatch(said))


def taken(cell: Cell) -> str:
    """Return the text of a cell of 进展情况 that is a task's: "" where it only points elsewhere."""
    text = answer(cell)
    return "" if refers_elsewhere(text) else text


def remarks(row: FormRow, part: Part, cell: Cell, at: Place, previous: str) -> Iterator[Finding]:
    """Yield what is to be said about a cell of an answer; `previous` is last period's text."""
    text, task = answer(cell), row.named
    if cell.removed:
        yield note("removed_characters", at, task=task, removed=cell.removed)
    if not text:
        if cell.text:
            yield note("looks_blank", at, task=task)
        return
    if code := _kind(cell):
        yield note(code, at, task=task, formula=cell.formula, text=text)
    if cell.struck:
        yield note("struck_text", at, task=task)
    if cell.unseen:
        yield note("unseen_text", at, task=task, text=text)
    if not plain(text):
        codes = dict.fromkeys(f"U+{ord(letter):04X}" for letter in text if invisible(letter))
        if codes:
            yield note("invisible_characters", at, task=task, characters=tuple(codes))
    yield from _of_substance(text, part, task, at, previous)


def _of_substance(
    text: str, part: Part, task: NumberedTask, at: Place, previous: str
) -> Iterator[Finding]:
    if refers_elsewhere(text):
        yield note("refers_elsewhere", at, task=task, text=text)
    elif part is not Part.PROGRESS and denies(text):
        return  # that there is no problem is an answer
    elif not says_something(text):
        yield note("non_substantive", at, task=task, text=text)
    elif previous and bare(previous) == bare(text):
        yield note("same_as_last_period", at, task=task)


def state_remarks(row: FormRow, state: str, at: Place) -> Iterator[Finding]:
    """Yield what is to be said about the 完成状态 beside a text that was taken."""
    if state not in tuple(Light):
        yield note("state_unknown", at, task=row.named, text=state)


def _kind(cell: Cell) -> str | None:
    """Return the code of what a cell held before it became text, None if that was text."""
    if cell.kind is CellKind.ERROR:
        return "error_value" if cell.formula else "error_lost"
    if cell.formula is not None:
        return "formula" if cell.cached else "formula_uncached"
    return _KINDS.get(cell.kind)
