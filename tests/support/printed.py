"""Where tokens stand in what is printed and handed on: by task, unit and period, as a reader sees."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl

_TOKEN = re.compile(r"X\d{4}Z")
_LABEL = re.compile(r"【(.+?)】")
_SPEAKER = re.compile(r"(?P<unit>[^：（）]+?)(?:（(?P<note>[^）]*)）)?：")


@dataclass(frozen=True)
class Standing:
    """A token under a task's 目标任务 and a unit's name ("" where none stands above it)."""

    token: str
    goal: str
    unit: str
    waits: bool = False  # in a row 新报送, beside a text that was edited
    note: str = ""  # behind the speaker's name


def tokens(text: object) -> list[str]:
    return _TOKEN.findall(str(text))


def in_sheet(path: Path, name: str) -> Iterator[Standing]:
    """Yield what stands in 总表 or 打印版."""
    sheet: Any = openpyxl.load_workbook(path)[name]
    unit, last = "", object()
    for number, goal, _, progress, *_ in sheet.iter_rows(min_row=4, values_only=True):
        waits = str(goal).startswith("〔新报送〕")
        if (number, waits) != last:
            unit, last = "", (number, waits)
        for line in str(progress or "").splitlines():
            if label := _LABEL.fullmatch(line):
                unit = label[1]
            yield from (Standing(one, str(goal), unit, waits) for one in tokens(line))


def in_details(path: Path) -> Iterator[tuple[Standing, str]]:
    """Yield what stands in 明细, each with the label of its period."""
    sheet: Any = openpyxl.load_workbook(path)["明细"]
    for _, goal, unit, _, period, text, *_ in sheet.iter_rows(min_row=4, values_only=True):
        yield from ((Standing(one, str(goal), str(unit)), str(period)) for one in tokens(text))


def in_history(path: Path) -> Iterator[tuple[Standing, str]]:
    """Yield what stands in 进展历程, each with the header of its column."""
    sheet: Any = openpyxl.load_workbook(path)["进展历程"]
    _, _, heads, *rows = sheet.iter_rows(values_only=True)
    for _, goal, unit, *texts in rows:
        name = str(unit).rsplit("（", 1)[0]
        for head, text in zip(heads[3:], texts, strict=True):
            yield from ((Standing(one, str(goal), name), str(head)) for one in tokens(text))


def in_summary(path: Path, goals: Mapping[int, str]) -> Iterator[Standing]:
    """Yield what stands in 重点任务进展情况 of a summary, below the headings of its tasks."""
    body, goal, unit, note = False, "", "", ""
    headings = {f"{number}.{text.rstrip('。')}": text for number, text in goals.items()}
    for paragraph in docx.Document(str(path)).paragraphs:
        text = paragraph.text.strip()
        if re.match(r"[一二三四]、", text):
            body = text.startswith("二、")
        elif body and text in headings:
            goal, unit, note = headings[text], "", ""
        elif body and text.startswith("（") and text.endswith("牵头的任务"):
            goal = ""
        elif body:
            if said := _SPEAKER.match(text):
                unit, note = said["unit"], said["note"] or ""
            yield from (Standing(one, goal, unit, note=note) for one in tokens(text))


def quoted(path: Path) -> str:
    """Return all that 问题清单 and 明细 of a master say."""
    book: Any = openpyxl.load_workbook(path)
    return "\n".join(
        str(cell)
        for name in ("问题清单", "明细")
        for row in book[name].iter_rows(values_only=True)
        for cell in row
        if cell
    )
