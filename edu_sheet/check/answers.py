"""The text of one 进展情况 cell, and what there is to say about it. Pure."""

import re
import unicodedata
from collections.abc import Iterator

from edu_sheet.sentences import note
from edu_sheet.words.book import Cell, CellKind
from edu_sheet.words.findings import Finding, NumberedTask
from edu_sheet.words.forms import FormRow
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Light
from edu_sheet.words.text import bare

_KINDS = {
    CellKind.NUMBER: "number_value",
    CellKind.DATE: "date_value",
    CellKind.PERCENT: "percent_value",
    CellKind.BOOLEAN: "boolean_value",
}
# Format characters (zero-width, BiDi, soft hyphen) and what shows as nothing though it is no space.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_EMPTY_WORDS = frozenset(
    [
        "无",
        "没有",
        "暂无",
        "略",
        "同上",
        "同前",
        "同上期",
        "同上月",
        "见附件",
        "详见附件",
        "附后",
        "见附表",
        "无进展",
        "暂无进展",
        "无变化",
        "无内容",
    ]
)
# Nothing in here is invisible: what people type is known at a glance, the rest is looked up.
_PLAIN = re.compile(r"[ \n\u3000-\u3011!-~\u4e00-\u9fff\uff01-\uff5e\u2460-\u2473“”]*")
_SHOWN = re.compile(r"[!-~\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e\u2460-\u2473]")
# More ideographs, whatever stands between them, than the longest of those words has.
_IDEOGRAPH = r"[^\u4e00-\u9fff]*[\u4e00-\u9fff]"
_LONGER = re.compile(f"(?:{_IDEOGRAPH}){{{1 + max(map(len, _EMPTY_WORDS))}}}")
_ENDS = re.compile(r"[。.!,;、…\-—_/\\*()\[\]]+")


def seen(text: str) -> bool:
    """Return whether a text shows anything: spaces and zero-width characters do not."""
    return bool(_SHOWN.search(text)) or any(
        not _invisible(letter) and not letter.isspace() for letter in text
    )


def substantive(text: str) -> bool:
    """Return whether a text says something: 无, 同上, 见附件, a dash and the like do not."""
    if _LONGER.match(text):
        return True
    if not _PLAIN.fullmatch(text):
        text = "".join(letter for letter in text if not _invisible(letter))
    said = _ENDS.sub("", bare(text))
    return bool(said) and said not in _EMPTY_WORDS


def answer(cell: Cell) -> str:
    """Return a cell's text as it is taken: verbatim, a formula that failed by its own text.

    "" where the cell only looks filled, or shows a picture (WPS: =DISPIMG).
    """
    if cell.formula and "DISPIMG" in cell.formula.upper():
        return ""
    if cell.kind is CellKind.ERROR and cell.formula:
        return f"={cell.formula}"
    return cell.text if seen(cell.text) else ""


def remarks(row: FormRow, cell: Cell, at: Place, previous: str) -> Iterator[Finding]:
    """Yield what is to be said about a cell of 进展情况; `previous` is last period's text."""
    text, task = answer(cell), NumberedTask(row.key, row.number)
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
    if not _PLAIN.fullmatch(text):
        codes = dict.fromkeys(f"U+{ord(letter):04X}" for letter in text if _invisible(letter))
        if codes:
            yield note("invisible_characters", at, task=task, characters=tuple(codes))
    if not substantive(text):
        yield note("non_substantive", at, task=task, text=text)
    elif previous and bare(previous) == bare(text):
        yield note("same_as_last_period", at, task=task)


def state_remarks(row: FormRow, state: str, at: Place) -> Iterator[Finding]:
    """Yield what is to be said about the 完成状态 beside a text that was taken."""
    if state not in tuple(Light):
        yield note("state_unknown", at, task=NumberedTask(row.key, row.number), text=state)


def _kind(cell: Cell) -> str | None:
    """Return the code of what a cell held before it became text, None if that was text."""
    if cell.kind is CellKind.ERROR:
        return "error_value" if cell.formula else "error_lost"
    if cell.formula is not None:
        return "formula" if cell.cached else "formula_uncached"
    return _KINDS.get(cell.kind)


def _invisible(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or letter in _BLANK_LETTERS
