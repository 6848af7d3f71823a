"""The rows of 总表, before anything is written: a row a task, the whole text in one cell. Pure."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from edu_sheet.kit.pieces import filling, pieces
from edu_sheet.kit.row_height import LIMIT, SHOWN, row_height
from edu_sheet.master.layout import CONTINUED, CUT_MARK, MAIN_SIZE, NEW_MARK
from edu_sheet.master.source import Source
from edu_sheet.rules.labels import labelled
from edu_sheet.rules.progress import PROGRESS_FIELD

_SEPARATOR = "·"
_MORE, _NEW, _CUT = "续", "新报送", "未显示完"
_KEY = re.compile(
    r"(?P<task>.+?)·(?:续(?P<more>\d+)|新报送(?P<new>\d*)·(?P<unit>.+)"
    r"|未显示完(?P<cut>\d*)(?:·(?P<whose>.+))?)"
)
_CUT_TEXT = "上面一行{}已到最大行高，文字可能没有显示完：全文见“打印版”，或点开该单元格查看。"
_NEW_TEXT = (
    "【新报送】上面一格有人工修改，没有动它；此后报来的内容没有并入，见本行右侧。"
    "请对照取舍：要用新内容，就把它抄到上面一行；"
    "处理完后删除本行，再合并一次。"
)


class Kind(StrEnum):
    """What a row of 总表 is."""

    TASK = "task"
    MORE = "more"  # what goes beyond the 32,767 characters of the cell above
    NEW = "new"  # 新报送: a new text beside one that was edited
    CUT = "cut"  # 未显示完: says that the row above is taller than a row can be


@dataclass(frozen=True, slots=True)
class RowKey:
    """What stands in a row's hidden key column, taken apart."""

    task: str
    kind: Kind = Kind.TASK
    part: int = 0  # of a text in several rows, from 0
    unit: str = ""  # of NEW, and of the CUT below it

    def __str__(self) -> str:
        if self.kind is Kind.TASK:
            return self.task
        if self.kind is Kind.MORE:
            return f"{self.task}{_SEPARATOR}{_MORE}{self.part}"
        if self.kind is Kind.CUT:
            unit = f"{_SEPARATOR}{self.unit}" if self.unit else ""
            return f"{self.task}{_SEPARATOR}{_CUT}{self.part or ''}{unit}"
        return f"{self.task}{_SEPARATOR}{_NEW}{self.part or ''}{_SEPARATOR}{self.unit}"


@dataclass(frozen=True, slots=True)
class MainRow:
    """One row of 总表: its texts by field, and its height in points."""

    key: RowKey
    fields: dict[str, str]
    height: float


def parse_key(text: str) -> RowKey:
    """Return what a key column's text says; a text of any other form is a task's key."""
    text = text.strip()
    if found := _KEY.fullmatch(text):
        if found["more"]:
            return RowKey(found["task"], Kind.MORE, int(found["more"]))
        if found["cut"] is not None:
            return RowKey(found["task"], Kind.CUT, int(found["cut"] or 0), found["whose"] or "")
        return RowKey(found["task"], Kind.NEW, int(found["new"] or 0), found["unit"])
    return RowKey(text)


def written_rows(
    key: str, fields: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[tuple[RowKey, dict[str, str]]]:
    """Yield the rows of a task: its own with the whole text, and one a text that is new beside it.

    `fields` are the cells of the task by their field, `new` the new texts by unit.
    """
    for part, text in enumerate(pieces(fields[PROGRESS_FIELD], filling)):
        if part:
            more = {"number": fields["number"], "goal": CONTINUED + fields["goal"]}
            own = dict.fromkeys(fields, "") | more | {PROGRESS_FIELD: text}
            yield RowKey(key, Kind.MORE, part), own
        else:
            yield RowKey(key), {**fields, PROGRESS_FIELD: text}
    for unit, text in new.items():
        for part, piece in enumerate(pieces(labelled([(unit, text)]), filling)):
            yield (
                RowKey(key, Kind.NEW, part, unit),
                dict.fromkeys(fields, "")
                | {
                    "number": fields["number"],
                    "goal": NEW_MARK + fields["goal"],
                    "requirements": "" if part else _NEW_TEXT,
                    PROGRESS_FIELD: piece,
                },
            )


def cut_parts(
    parts: Iterable[tuple[str, bool]], lengths: Sequence[int]
) -> Iterator[list[tuple[str, bool]]]:
    """Yield the pieces again, cut into texts of these lengths."""
    rest = deque(parts)
    for length in lengths:
        taken = []
        missing = length
        while missing > 0 and rest:
            text, label = rest.popleft()
            taken.append((text[:missing], label))
            if text[missing:]:
                rest.appendleft((text[missing:], label))
            missing -= len(text)
        yield taken


def main_rows(source: Source) -> list[MainRow]:
    """Return the rows of 总表 in the plan's order, every text whole or in consecutive rows.

    Below a row that cannot show all of its text stands one that says so.
    """
    widths = {column.field: column.width for column in source.columns if column.width}
    outcomes = ((task.key, source.outcomes[task.key]) for task in source.plan.tasks)
    return [
        row
        for task, outcome in outcomes
        for key, texts in written_rows(task, outcome.fields, outcome.new)
        for row in _shown(key, texts, outcome.fields, widths)
    ]


def cut_row(key: RowKey, fields: Mapping[str, str]) -> tuple[RowKey, dict[str, str]]:
    """Return the row below a row of a task with these fields that cannot show all its text."""
    which = "，".join(filter(None, (key.unit, f"续{key.part}" if key.part else "")))
    told = _CUT_TEXT.format(f"（{which}）" if which else "")  # no two of a task say the same
    texts = {"goal": CUT_MARK + fields["goal"], PROGRESS_FIELD: told}
    return replace(key, kind=Kind.CUT), dict.fromkeys(fields, "") | texts


def _shown(
    key: RowKey, texts: dict[str, str], fields: Mapping[str, str], widths: Mapping[str, float]
) -> Iterator[MainRow]:
    row = _row(key, texts, widths)
    yield replace(row, height=min(row.height, LIMIT))
    if row.height > SHOWN:
        yield _row(*cut_row(key, fields), widths)


def _row(key: RowKey, fields: dict[str, str], widths: Mapping[str, float]) -> MainRow:
    cells = [(text, widths[name]) for name, text in fields.items()]
    height = row_height(cells, MAIN_SIZE, most=SHOWN)
    return MainRow(key, fields, height)
