"""Forms mangled in many ways at once: where does each text end up?

`python -m tests.support.manglings 10000 1` is the long run; tests/collect/test_manglings.py the
short one. Every text bears a token of its own. It stands under its own task and unit, or is named
in a finding, or the whole file waits: there is no other outcome. `… 1 1 NUMBER` tries one again.
"""

import collections
import datetime
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from edu_sheet import form, reading
from edu_sheet.check import Arrival, Checked, Issued, Known, identify
from edu_sheet.check.verdict import check
from edu_sheet.form import FORM_SHEET, META_SHEET, issued_cells, progress_places, signals
from edu_sheet.reading.ods import workbook as ods
from edu_sheet.reading.xls import workbook as xls
from edu_sheet.sentences import sentence
from edu_sheet.words.book import Book
from edu_sheet.words.columns import PROGRESS
from edu_sheet.words.findings import Severity
from edu_sheet.words.forms import Form, Issue
from edu_sheet.words.place import Position
from edu_sheet.words.plan import Plan, Roster, Task, Unit
from edu_sheet.words.returns import Verdict
from tests.support import office
from tests.support.builders import CREATED, OCTOBER, PLAN_ID, SECRET, moment, small_plan, task

UNIT, OTHERS = (
    "县教育局",
    ("县教育局督导室", "县委", "县委编办", "县财政局", "县公安局", "县人社局", "各乡镇党委、政府"),
)
FORMATS = {"xlsx": office.XLSX, "xls": office.XLS, "ods": office.ODS}
_TOKEN = re.compile(r"〔\w+〕")
_READERS: dict[str, Callable[[bytes], Book]] = {"xls": xls.read, "ods": ods.read}
_GOALS = ("坚持教育优先发展", "加强教育系统党的建设", "落实立德树人根本任务", "提升教师综合素质", "深化教育评价改革",
          "推进义务教育优质均衡", "办好学前教育", "发展职业教育", "加强校园安全", "保障教育经费投入")  # fmt: skip
_WORKS = ("健全议教机制，每年听取专题汇报", "按师生比配齐专职教师", "推进县管校聘改革", "新建改扩建学校", "开展专项检查",
          "落实生均公用经费", "完善控辍保学台账", "加强法治副校长队伍", "推进智慧校园建设", "改善寄宿条件")  # fmt: skip
_DONE = (
    "召开专题会议2次。",
    "已完成。",
    "完成85%",
    "正在推进，\n下月完成。",
    "=已落实",
    "-推进中",
    "无新进展",
    "印发方案1份；培训3场",
)


@dataclass
class Mangled:
    """A form's sheet on its way back; `owner` says whose text each token is, "" is nobody's."""

    chance: random.Random
    form: Form
    cells: dict[Position, object]
    columns: dict[str, int]  # where each field of the form stands now
    rows: list[int]  # those of the table
    header: int = 4
    owner: dict[str, str] = field(default_factory=dict)
    sheets: list[tuple[str, str, dict[Position, object]]] = field(default_factory=list)
    title: str = FORM_SHEET
    state: str = "visible"
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: dict[Position, str] = field(default_factory=dict)
    formats: dict[Position, str] = field(default_factory=dict)
    metadata: bool = True

    def text(self, owner: str = "") -> str:
        """Return a new text with a token: a task's by its key, or nobody's."""
        token = f"〔{len(self.owner):x}{self.chance.randrange(16**4):04x}〕"
        self.owner[token] = owner
        return f"{token}{self.chance.choice(_DONE)}".replace(
            "〔", self.chance.choice(["〔", "其中〔"]), 1
        )

    @property
    def width(self) -> int:
        return max(column for _, column in self.cells)

    @property
    def progress(self) -> int:
        return self.columns.get("progress", 0)

    def some(self, most: int = 3) -> list[int]:
        """Return a few rows of the table."""
        return self.chance.sample(self.rows, min(len(self.rows), self.chance.randint(1, most)))

    def answered(self, most: int = 3) -> list[int]:
        """Return a few rows of the table in which a task's text stands: whose it is is known."""
        rows = [row for row in self.rows if self.progress and self.whose(row)]
        return self.chance.sample(rows, min(len(rows), self.chance.randint(1, most)))

    def whose(self, row: int) -> str:
        """Return the task whose text stands in a row's 进展情况."""
        found = _TOKEN.search(str(self.cells.get((row, self.progress), "")))
        return self.owner.get(found[0], "") if found else ""

    def moved(self, where: Callable[[Position], Position | None]) -> None:
        """Move every cell; None takes it away. What was told of rows and columns moves along."""
        for name in ("cells", "comments", "formats"):
            old = getattr(self, name)
            setattr(self, name, {new: one for at, one in old.items() if (new := where(at))})
        self.merges = [
            (*first, *last)
            for top, left, bottom, right in self.merges
            if (first := where((top, left))) and (last := where((bottom, right)))
        ]

    def insert_row(self, row: int) -> None:
        """Insert a blank row above a row."""
        self.moved(lambda at: (at[0] + (at[0] >= row), at[1]))
        self.rows = [one + (one >= row) for one in self.rows]
        self.hidden_rows = {one + (one >= row) for one in self.hidden_rows}
        self.header += self.header >= row

    def insert_column(self, column: int) -> None:
        """Insert a blank column left of a column."""
        self.moved(lambda at: (at[0], at[1] + (at[1] >= column)))
        self.columns = {name: one + (one >= column) for name, one in self.columns.items()}
        self.hidden_columns = {one + (one >= column) for one in self.hidden_columns}

    def delete_column(self, column: int) -> None:
        """Delete a column."""
        self.moved(lambda at: None if at[1] == column else (at[0], at[1] - (at[1] > column)))
        self.columns = {
            name: one - (one > column) for name, one in self.columns.items() if one != column
        }
        self.hidden_columns = {one - (one > column) for one in self.hidden_columns if one != column}

    def sort(self, first: str, last: str, needed: Set[str] = frozenset({"progress"})) -> None:
        """Put the rows of some columns, those from one field's to another's, in another order."""
        if first not in self.columns or last not in self.columns:
            return
        left, right = sorted((self.columns[first], self.columns[last]))
        inside = {name for name, column in self.columns.items() if left <= column <= right}
        # 具体要求 tells apart what shares its 目标任务: sorting 目标任务 without it may leave no trace.
        both = {"requirements"} & self.columns.keys() if "goal" in inside else set[str]()
        if not (needed | both) <= inside:
            return  # texts alone in another order leave no trace in a file
        order = self.rows[:]
        self.chance.shuffle(order)
        turned = dict(zip(self.rows, order, strict=True))
        self.merges = []
        self.moved(lambda at: (turned.get(at[0], at[0]), at[1]) if left <= at[1] <= right else at)


def a_form(chance: random.Random) -> Form:
    """Return a form of 4 to 22 tasks, alike as the tasks of a plan are."""
    numbers = sorted(chance.sample(range(1, 41), chance.randint(4, 22)))
    if chance.random() < 0.3:
        numbers = [*range(1, len(numbers) + 1)]
    tasks = list[Task]()
    for place, number in enumerate(numbers):
        others = chance.sample(OTHERS, chance.randint(1, 3))
        leads = [UNIT] if chance.random() < 0.5 else [others[0]]
        goal = f"{chance.choice(_GOALS)}，{chance.choice(_GOALS)}。"
        works = chance.sample(_WORKS, 2)
        one = task(
            number,
            leads,
            [*others[1:], UNIT],
            goal=goal if chance.random() < 0.8 or not tasks else tasks[-1].goal,
            requirements=f"①{works[0]}{chance.randint(2, 99)}所。②{works[1]}{place + 1}处。",
        )
        # Many tasks share their lead and their office; who is responsible differs, mostly.
        shared = f"{'、'.join(one.responsible)}，{chance.choice(OTHERS)}等{place + 2}家"
        tasks.append(replace(one, responsible_text=shared))
    plan = small_plan()
    roster = Roster(tuple(Unit(name) for name in (UNIT, *OTHERS)))
    plan = Plan(plan.settings, roster, tuple(tasks), columns=plan.columns)
    return form.compose(plan, UNIT, OCTOBER, version=1, plan_id=PLAN_ID, secret=SECRET)


def filled(one: Form, chance: random.Random) -> Mangled:
    """Return a form with its texts; some tasks have none."""
    cells: dict[Position, object] = dict(issued_cells(one)[FORM_SHEET])
    rows = [place[0] for place in progress_places(one).values()]
    columns = {name: column for column, name in enumerate(one.fields, 1)}
    found = Mangled(chance, one, cells, columns, rows, hidden_columns={columns["key"]})
    for key, at in progress_places(one).items():
        if chance.random() < 0.85:
            found.cells[at] = found.text(key)
    return found


# ---------------------------------------------------------------- manglings


def sorted_whole(one: Mangled) -> None:
    one.sort("number", "key")


def sorted_without_key(one: Mangled) -> None:
    one.sort("number", "role")


def sorted_without_number(one: Mangled) -> None:
    one.sort("goal", "key")


def sorted_without_number_and_key(one: Mangled) -> None:
    one.sort("goal", "role")


def sorted_left(one: Mangled) -> None:
    one.sort("number", "progress")


def sorted_right(one: Mangled) -> None:
    one.sort("progress", "role", {"progress", "responsible_text"})


def sorted_wording(one: Mangled) -> None:
    one.sort("goal", "requirements", set())


def renumbered(one: Mangled) -> None:
    if column := one.columns.get("number"):
        start = one.chance.choice([1, 1, 1, 0, 101])
        for place, row in enumerate(one.rows):
            one.cells[row, column] = start + place


def shortened(one: Mangled) -> None:
    for name in one.chance.sample(["goal", "requirements"], one.chance.randint(1, 2)):
        column, length = one.columns.get(name, 0), one.chance.randint(4, 14)
        for row in one.rows if column else ():
            text = str(one.cells.get((row, column), ""))
            cut = text[:length] + one.chance.choice(["", "…", "工作"])
            one.cells[row, column] = one.chance.choice([cut, cut, cut, "（略）"])


def reworded(one: Mangled) -> None:
    for row in one.some(8):
        for name in ("goal", "requirements"):
            if name in one.columns and one.chance.random() < 0.8:
                one.cells[row, one.columns[name]] = f"按上级要求办理事项{row}"


def column_inserted(one: Mangled) -> None:
    column = one.chance.randint(1, one.width)
    one.insert_column(column)
    header = one.chance.choice(["", "备注", "完成时限", "责任人", "下一步进展计划"])
    if header:
        one.cells[one.header, column] = header
        for row in one.some():
            one.cells[row, column] = one.text()


def column_moved(one: Mangled) -> None:
    name = one.chance.choice(sorted({*one.columns} - {"key"}))
    column = one.columns[name]
    texts = {
        row: cell for (row, at), cell in one.cells.items() if at == column and row >= one.header
    }
    one.delete_column(column)
    target = one.chance.randint(1, max(2, one.width))
    one.insert_column(target)
    one.columns[name] = target
    one.cells |= {(row, target): cell for row, cell in texts.items()}


def column_deleted(one: Mangled) -> None:
    names = {"number", "goal", "requirements", "liaison_text", "role", "key"} & one.columns.keys()
    if names:
        one.delete_column(one.columns[one.chance.choice(sorted(names))])


def header_renamed(one: Mangled) -> None:
    if one.progress:
        headers = [
            "本月进展情况",
            "10月进展情况",
            "进展情况（截至10月底）",
            "完成情况",
            "10月",
            "",
            "进 展 情 况",
        ]
        others = [text for at, text in one.cells.items() if at != (one.header, one.progress)]
        if PROGRESS.header in others:  # what is called so as it was issued is taken: only a month
            headers = headers[:2]  # can say that another column is this month's
        one.cells[one.header, one.progress] = one.chance.choice(headers)


def last_month_beside(one: Mangled) -> None:
    if not one.progress:
        return
    column = one.progress + one.chance.randint(0, 1)
    one.insert_column(column)
    header = one.chance.choice(["上月进展情况", "9月进展情况", "9月", "上期进展", "2022年9月情况"])
    one.cells[one.header, column] = header
    for row in one.rows:
        one.cells[row, column] = one.text()
    if one.chance.random() < 0.5:
        own = one.chance.choice(["本月进展情况", "10月进展情况", "10月"])
        one.cells[one.header, one.progress] = own


def two_months(one: Mangled) -> None:
    """The issued column holds the last month's texts, one more on the right this month's."""
    if not one.progress:
        return
    old, new = one.progress, one.width + 1
    one.cells[one.header, new] = one.chance.choice(["10月进展情况", "本月进展情况", "10月"])
    if one.chance.random() < 0.7:
        one.cells[one.header, old] = one.chance.choice(["9月进展情况", "上月进展情况", "9月"])
    for row in one.rows:
        if (row, old) in one.cells:
            one.cells[row, new] = one.cells[row, old]
        one.cells[row, old] = one.text()
    one.columns["progress"] = new


def row_inserted(one: Mangled) -> None:
    for row in one.answered(1):
        whose = one.whose(row)
        one.insert_row(row + 1)
        if one.chance.random() < 0.6:
            one.cells[row + 1, one.progress] = one.text(whose)


def row_deleted(one: Mangled) -> None:
    if len(one.rows) > 2:
        row = one.chance.choice(one.rows)
        one.moved(lambda at: None if at[0] == row else (at[0] - (at[0] > row), at[1]))
        one.rows = [line - (line > row) for line in one.rows if line != row]
        one.hidden_rows = {line - (line > row) for line in one.hidden_rows if line != row}
        one.merges = []


def row_duplicated(one: Mangled) -> None:
    for row in one.answered(1):
        whose = one.whose(row)
        one.insert_row(row + 1)
        one.rows = sorted([*one.rows, row + 1])
        for (line, column), cell in [*one.cells.items()]:
            if line == row:
                one.cells[row + 1, column] = cell
        if one.chance.random() < 0.7:
            one.cells[row + 1, one.progress] = one.text(whose)


def row_split(one: Mangled) -> None:
    for row in one.answered(1):
        whose = one.whose(row)
        one.insert_row(row + 1)
        for name in one.chance.sample(["number", "goal", "lead_text"], one.chance.randint(0, 2)):
            if name in one.columns and (row, one.columns[name]) in one.cells:
                one.cells[row + 1, one.columns[name]] = one.cells[row, one.columns[name]]
        one.cells[row + 1, one.progress] = one.text(whose)


def _copy(one: Mangled) -> dict[Position, object]:
    return dict(one.cells)


def hidden_copy(one: Mangled) -> None:
    cells = _copy(one)
    for row in one.some(8) if one.progress else ():
        cells[row, one.progress] = one.text()  # a draft: nobody's any more
    state = one.chance.choice(["hidden", "veryHidden"])
    one.sheets.append((one.chance.choice(["备份", "Sheet2", "填报表 (2)"]), state, cells))


def visible_copy(one: Mangled) -> None:
    cells = _copy(one)
    for row in one.answered():
        cells[row, one.progress] = one.text(one.whose(row))
    one.sheets.append((one.chance.choice(["填报表 (2)", "Sheet3", "10月"]), "visible", cells))


def last_months_sheet(one: Mangled) -> None:
    cells = _copy(one)
    for row in one.rows if one.progress else ():
        cells[row, one.progress] = one.text()
    one.sheets.append((one.chance.choice(["9月", "上月", "2022年9月"]), "visible", cells))


def original_hidden(one: Mangled) -> None:
    """The unit goes on in a copy, and hides the form with what it had typed there before."""
    drafts = _copy(one)
    for row in one.some(4) if one.progress else ():
        drafts[row, one.progress] = one.text()
    one.sheets.append((FORM_SHEET, "hidden", drafts))
    one.title = "填报"


def text_below(one: Mangled) -> None:
    row, column = (
        max(line for line, _ in one.cells) + one.chance.randint(1, 4),
        one.chance.randint(1, 6),
    )
    begun = one.chance.choice(
        ["", "联系人大代表", "负责单位", "单位：", "填报人：", "注：", "另："]
    )
    one.cells[row, column] = begun + one.text()


def text_right(one: Mangled) -> None:
    for row in one.answered(2):
        one.cells[row, one.width + one.chance.randint(1, 3)] = one.text(one.whose(row))


def text_above(one: Mangled) -> None:
    one.insert_row(1)
    one.cells[1, one.chance.randint(1, 5)] = one.text()


def progress_merged(one: Mangled) -> None:
    pairs = [(row, row + 1) for row in one.rows if row + 1 in one.rows]
    if pairs and one.progress:
        first, second = one.chance.choice(pairs)
        one.merges.append((first, one.progress, second, one.progress))
        one.cells.pop((second, one.progress), None)
        one.comments.pop((second, one.progress), None)  # no program keeps it below a merged cell


def keys_cleared(one: Mangled) -> None:
    if column := one.columns.get("key"):
        for row in one.rows:
            one.cells.pop((row, column), None)


def metadata_removed(one: Mangled) -> None:
    one.metadata = False


def rows_filtered(one: Mangled) -> None:
    one.hidden_rows |= {*one.some(20)}


def value_typed(one: Mangled) -> None:
    for row in one.answered():
        at, whose = (row, one.progress), one.whose(row)
        kind = one.chance.choice(["number", "date", "formula"])
        number = 40000 + len(one.owner)
        token, value, shown = str(number), object(), "General"
        if kind == "number":
            value = number
        elif kind == "date":
            value = datetime.date(2022, 1, 1) + datetime.timedelta(len(one.owner))
            token, shown = str(value), "yyyy-mm-dd"
        else:
            token = f"〔f{len(one.owner):x}〕"
            value = f'="已完成"&"{token}"'
        one.owner[token] = whose
        one.cells[at] = value
        one.formats[at] = shown


def commented(one: Mangled) -> None:
    for row in one.answered(2):
        one.comments[row, one.progress] = one.text(one.whose(row))


def sheet_added(one: Mangled) -> None:
    cells: dict[Position, object] = {
        (1, 1): one.chance.choice(["目录", "佐证材料清单", "补充说明"])
    }
    for row in range(2, one.chance.randint(2, 9)):
        cells[row, 2] = one.chance.choice([f"{row}.会议照片", "补充：" + one.text(), one.text()])
    name = one.chance.choice(["目录", "佐证材料", "补充", "Sheet9"])
    one.sheets.append((name, one.chance.choice(["visible", "visible", "hidden"]), cells))


def sheet_renamed(one: Mangled) -> None:
    one.title = one.chance.choice(["Sheet1", "10月", "县教育局", "9月"])


def unit_stamped(one: Mangled) -> None:
    for at, cell in one.cells.items():
        if str(cell).startswith("填报单位"):
            one.cells[at] = str(cell) + one.chance.choice(["（盖章）", " 张三", "（章）", "督导室"])


def header_deleted(one: Mangled) -> None:
    row = one.header
    one.moved(lambda at: None if at[0] == row else (at[0] - (at[0] > row), at[1]))
    one.rows = [line - 1 for line in one.rows]
    one.hidden_rows = {line - 1 for line in one.hidden_rows}


def answered_in_wording(one: Mangled) -> None:
    column = one.columns.get("requirements", 0)
    for row in one.answered() if column else ():
        text, whose = str(one.cells.get((row, column), "")), one.whose(row)
        old = str(one.cells.get((row, one.progress), ""))
        if whose and old not in text:
            # Three ways: see left; nothing there; both filled.
            left = one.chance.choice(["见左", "见具体要求", "", old])
            one.cells[row, column] = text + (one.text(whose) if left == old else old)
            one.cells[row, one.progress] = left


def progress_hidden(one: Mangled) -> None:
    one.hidden_columns.add(one.progress)


def key_shown(one: Mangled) -> None:
    one.hidden_columns.clear()


MANGLINGS: tuple[Callable[[Mangled], None], ...] = (
    sorted_whole, sorted_without_key, sorted_without_number, sorted_without_number_and_key, sorted_left,
    sorted_right, sorted_wording, renumbered, renumbered, shortened, shortened, reworded, column_inserted,
    column_moved, column_deleted, header_renamed, last_month_beside, two_months, row_inserted, row_deleted,
    row_duplicated, row_split, hidden_copy, visible_copy, last_months_sheet, original_hidden, text_below,
    text_right, text_above, progress_merged, keys_cleared, metadata_removed, rows_filtered, value_typed,
    commented, sheet_added, sheet_renamed, unit_stamped, header_deleted, answered_in_wording,
    progress_hidden, key_shown,
)  # fmt: skip


# Two of them can undo each other but for the texts, and that leaves no trace.
_TEARING = {
    sorted_without_key,
    sorted_without_number,
    sorted_without_number_and_key,
    sorted_left,
    sorted_right,
    sorted_wording,
}


# ---------------------------------------------------------------- one return


@dataclass
class Case:
    """A mangled form as a file, and what is known of it."""

    number: int
    names: tuple[str, ...]
    one: Mangled
    data: bytes
    ending: str = "openpyxl"  # by which program, in which format, it was saved last


def case(seed: int, number: int) -> Case:
    """Return a form with three to six manglings: always the same for a seed and a number."""
    chance = random.Random(f"{seed}:{number}")
    one = filled(a_form(chance), chance)
    chosen = chance.sample(MANGLINGS, chance.randint(3, 6))
    torn = [mangle for mangle in chosen if mangle in _TEARING]
    chosen = [mangle for mangle in chosen if mangle not in torn[1:]]
    for mangle in chosen:
        mangle(one)
    ending = chance.choice(["openpyxl", *FORMATS])
    return Case(number, tuple(mangle.__name__ for mangle in chosen), one, _written(one), ending)


def _written(one: Mangled) -> bytes:
    book: Any = openpyxl.load_workbook(io.BytesIO(form.write(one.form, 1, CREATED)))
    sheet = book[FORM_SHEET]
    book.remove(sheet)
    if not one.metadata:
        if META_SHEET in book.sheetnames:
            del book[META_SHEET]
        book.custom_doc_props.props.clear()
        for name in list(book.defined_names):
            del book.defined_names[name]
    titles = [one.title]
    _put(book.create_sheet(one.title, 0), one, one.cells)
    book[one.title].sheet_state = one.state
    for title, state, cells in one.sheets:
        name = title if title not in titles else f"{title}{len(titles)}"
        titles.append(name)
        book.create_sheet(name, len(titles) - 1).sheet_state = state
        _put(book[name], None, cells)
    seen = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    book.active = book.worksheets.index(seen or book.create_sheet("空表"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(sheet: Any, one: Mangled | None, cells: dict[Position, object]) -> None:
    for (row, column), value in cells.items():
        cell = sheet.cell(row, column)
        if isinstance(value, str) and not (one and (row, column) in one.formats):
            cell.value, cell.data_type, cell.number_format = value, "s", "@"
        else:
            cell.value = value
    if one is None:
        return
    for (row, column), shown in one.formats.items():
        sheet.cell(row, column).number_format = shown
    for (row, column), text in one.comments.items():
        sheet.cell(row, column).comment = Comment(text, "科员")
    for top, left, bottom, right in one.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row in one.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in one.hidden_columns:
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def saved(cases: Sequence[Case], folder: Path) -> Iterator[tuple[Case, bytes]]:
    """Yield each case with its bytes, those of a format saved by LibreOffice in one run."""
    for ending, filters in FORMATS.items():
        here = [one for one in cases if one.ending == ending]
        source, target = folder / f"for_{ending}", folder / ending
        for one in here:
            source.mkdir(exist_ok=True)
            (source / f"{one.number}.xlsx").write_bytes(one.data)
        if here:
            _convert(sorted(source.iterdir()), ending, filters, target)
        for one in here:
            yield one, (target / f"{one.number}.{ending}").read_bytes()
    for one in cases:
        if one.ending == "openpyxl":
            yield one, one.data


def _convert(files: Iterable[Path], ending: str, filters: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                office.require(),
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                f"{ending}:{filters}",
                "--outdir",
                str(folder),
                *map(str, files),
            ],
            check=True,
            capture_output=True,
            timeout=3600,
        )


# ---------------------------------------------------------------- what becomes of it


def checked(one: Form, data: bytes) -> Checked:
    """Return what is made of a file that came back."""
    kind = reading.kind_of(data)
    book = _READERS[kind](data) if kind in _READERS else reading.read(data, kind)
    index = [(1, str(OCTOBER), UNIT, one.number, 1)]
    index += [
        (place, str(OCTOBER), name, f"2022-10-AAAAAAA{place}", 1)
        for place, name in enumerate(OTHERS, 2)
    ]
    identified = identify(signals(book), Issued(index, PLAN_ID, SECRET))
    return check(
        book,
        identified,
        [Issue(1, one, "下发/x.xlsx", "ab" * 32, CREATED)] if identified.unit == UNIT else [],
        known=Known(),
        arrival=Arrival(moment("2022-10-30"), book.modified),
    )


def outcomes(one: Mangled, result: Checked) -> Iterator[tuple[str, str]]:
    """Yield (outcome, token) of every text of a file: taken, told, waits; or what is wrong."""
    entries = {entry.task: entry.text for entry in result.entries}
    told = "\n".join(_told(result))
    waits = result.verdict is Verdict.ATTENTION and not entries
    anothers = bool(result.unit and result.unit != UNIT and entries)
    for token in _tokens(one):
        where = [key for key, text in entries.items() if token in text]
        if anothers or any(key != one.owner[token] for key in where):
            yield ("WRONG" if one.owner[token] else "TAKEN though nobody's"), token
        elif where:
            yield "taken", token
        elif token in told:
            yield "told", token
        else:
            yield ("waits" if waits else "LOST"), token


def _told(result: Checked) -> Iterator[str]:
    for finding in result.findings:
        yield sentence(finding)
        yield str(dict(finding.about))
        if finding.severity is not Severity.INFO:
            yield finding.text


def _tokens(one: Mangled) -> list[str]:
    """Return the tokens that the file still holds."""
    covered = {
        (row, column)
        for top, left, bottom, right in one.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    texts = [str(cell) for at, cell in one.cells.items() if at not in covered]
    texts += [*one.comments.values()]
    texts += [str(cell) for _, _, cells in one.sheets for cell in cells.values()]
    held = "\n".join(texts)
    return [token for token in one.owner if token in held]


def run(count: int, seed: int, first: int = 0) -> tuple[collections.Counter[str], list[str]]:
    """Return how many texts had each outcome and how often each mangling was tried, and what went
    wrong, a line a text.
    """
    counted: collections.Counter[str] = collections.Counter()
    wrong = []
    folder = Path(tempfile.mkdtemp())
    try:
        cases = [case(seed, number) for number in range(first, first + count)]
        for one, data in saved(cases, folder):
            result = checked(one.one.form, data)
            counted[f"file {result.verdict.value}"] += 1
            counted.update(one.names)
            for outcome, token in outcomes(one.one, result):
                counted[outcome] += 1
                if outcome.partition(" ")[0].isupper():
                    names = ", ".join(one.names)
                    wrong.append(f"{outcome} {token} in {one.number}.{one.ending}: {names}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return counted, wrong


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    total: collections.Counter[str] = collections.Counter()
    for start in range(first, first + count, 200):
        counted, wrong = run(min(200, first + count - start), seed, start)
        total += counted
        sys.stdout.write("".join(f"{line}\n" for line in wrong))
        sys.stdout.write(f"{start}: {dict(sorted(total.items()))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
