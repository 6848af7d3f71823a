"""A table with a column for each unit: a mark in a cell says which part the unit has. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from edu_sheet.plan.issued.blocks import Cells
from edu_sheet.plan.issued.meaning import TASKS, Meaning, meaning_of
from edu_sheet.rules.units import is_unit_name
from edu_sheet.words.text import bare

_FILLED, _HOLLOW, _TICKS = "★●▲■◆◎♦⬤", "☆○△□◇〇", "√✓✔*※＊#＃vVｖＶ"
_SYMBOL = f"[{_FILLED}{_HOLLOW}{_TICKS}]"
_LEADS, _HELPS = (
    "牵头|主办|主责|主抓|总牵头|主",
    "配合|协办|协助|协同|参与|参加|支持|协|配|参|次|辅",
)
_ANSWERS = "责任|落实|承办|负责|具体|实施|是|有|责"
_WORD = re.compile(rf"(?:{_LEADS}|{_HELPS}|{_ANSWERS})(?:单位|部门)?")
_MARK = re.compile(rf"{_SYMBOL}{{1,2}}|{_WORD.pattern}")
_PART = rf"(?P<part>{_LEADS}|{_HELPS}|{_ANSWERS})"
# “★”为牵头单位 and 牵头单位用★表示 alike.
_SAID = re.compile(
    rf"(?P<mark>{_SYMBOL})[”\"’」』）)]?(?:为|是|表示|代表|系|指|[：:＝=\-—])*[“\"]?{_PART}"
)
_SAID_AFTER = re.compile(
    rf"{_PART}(?:单位|部门|的)*(?:用|以|标|打|划|注|为|标注|标有)*"
    rf"[“\"‘「『（(]?(?P<mark>{_SYMBOL})[”\"’」』）)]?(?:表示|标|注|号)"
)
_LONG = 16  # characters of what is no mark, asked of thousands of cells
_FEWEST = 2  # units that make a matrix
_LONGEST = 200  # characters of a text that explains marks


def units_across(header: Sequence[str], rows: Sequence[Cells]) -> dict[int, str]:
    """Return the units that head a column of marks, by place; {} where the table is no matrix."""
    names = {
        place: text
        for place, text in enumerate(header)
        if text and meaning_of(text) is None and is_unit_name(text)
    }
    if len(names) < _FEWEST or not any(meaning_of(text) in TASKS for text in header):
        return {}
    said = [
        cells[place].text
        for cells in rows
        for place in names
        if place < len(cells) and cells[place].text.strip() and not cells[place].merged
        if cells[place].text.strip() != names[place]  # the header again
    ]
    marks = [text for text in said if is_mark(text)]
    return names if marks and 4 * len(marks) >= 3 * len(said) else {}


def is_mark(text: str) -> bool:
    """Return whether a cell holds nothing but a mark, or the name of a part."""
    return len(text) < _LONG and bool(_MARK.fullmatch(bare(text)))


def explained(texts: Iterable[str]) -> dict[str, Meaning]:
    """Return which part each mark stands for, where a text of the document says so."""
    found: dict[str, Meaning] = {}
    for text in texts:
        begins = text[:_LONGEST]
        if not re.search(_SYMBOL, begins):
            continue  # as most do, told before it is looked into
        plain = bare(begins)
        for pattern in (_SAID, _SAID_AFTER):
            for said in pattern.finditer(plain):
                found.setdefault(said["mark"], _part(said["part"]))
    return found


def guessed(rows: Sequence[Cells], places: Iterable[int]) -> dict[str, Meaning]:
    """Return what the marks of a table mean where nothing explains them.

    Beside a hollow one or a tick a filled mark leads; one kind of mark alone says who answers.
    """
    seen = {bare(cells[place].text) for cells in rows for place in places if place < len(cells)} - {
        ""
    }
    symbols = {mark for mark in seen if not _WORD.fullmatch(mark)}
    alone = len({_kind(mark) for mark in symbols}) < _FEWEST
    return {mark: Meaning.DUTY if alone else _kind(mark) for mark in symbols}


def part_of(mark: str, parts: Mapping[str, Meaning]) -> Meaning | None:
    """Return the part that a mark gives its unit, None where nothing is known of it."""
    plain = bare(mark)
    if _WORD.fullmatch(plain):
        return _part(plain)
    return parts.get(plain) or parts.get(plain[:1])


def _part(word: str) -> Meaning:
    if re.match(_LEADS, word):
        return Meaning.LEAD
    return Meaning.HELP if re.match(_HELPS, word) else Meaning.DUTY


def _kind(mark: str) -> Meaning:
    if mark[:1] in _FILLED:
        return Meaning.LEAD
    return Meaning.HELP if mark[:1] in _HOLLOW else Meaning.DUTY
