"""A plan as it was issued, in Word, Excel or Markdown → Plan, and what became of every text."""

import re
import zipfile
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from edu_sheet.kit.damaged import DAMAGED
from edu_sheet.plan.documents.convert import converted
from edu_sheet.plan.documents.drafted import Issued, issued_of
from edu_sheet.plan.documents.hidden import hidden_parts, hidden_sheets
from edu_sheet.plan.documents.markdown import read_markdown
from edu_sheet.plan.documents.word import has_body, read_notes, read_word
from edu_sheet.plan.front import Front, of_all_annexes, read_front
from edu_sheet.plan.issued.blocks import Block, Grid, Paragraph, as_merged, grids_of
from edu_sheet.plan.issued.both import read_prose_beside
from edu_sheet.plan.issued.broken_titles import same_title, titles_issued
from edu_sheet.plan.issued.draft import Left, Read
from edu_sheet.plan.issued.duties import duties_in
from edu_sheet.plan.issued.header import columns_at
from edu_sheet.plan.issued.headings import ANNEX
from edu_sheet.plan.issued.labels_above import labels_beside
from edu_sheet.plan.issued.meaning import TASKS, UNITS, meaning_of
from edu_sheet.plan.issued.passages import names_units
from edu_sheet.plan.issued.prose import read_prose
from edu_sheet.plan.issued.tables import read_tables
from edu_sheet.plan.issued.turned import upright
from edu_sheet.plan.package import unanswered_formulas
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.load import load_bytes
from edu_sheet.words.errors import PlanError
from edu_sheet.words.place import column_letter
from edu_sheet.words.plan import Plan
from edu_sheet.words.sheets import PLAN_SHEET, ROSTER_SHEET, SETTINGS_SHEET
from edu_sheet.words.step import Step, Verb
from edu_sheet.words.text import bare, tidy

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OURS = {PLAN_SHEET, ROSTER_SHEET, SETTINGS_SHEET}
_MARKDOWN = frozenset({".md", ".markdown", ".txt"})
_QUOTED = 12  # headers of a table in a message
_QUOTED_TEXT = 30  # characters of a paragraph in a message
_NAMES_PART = re.compile(
    r"(?:牵头|责任|配合|主办|承办|协办)(?:单位|部门)\s*(?:[^\w\s]{1,3}|[为是])?\s*[\w]|由.{2,20}(?:牵头|负责|承办)|[局委办]牵头"
)
_DRAWN = re.compile(r"[│┃║]\s*\w|\w\s*[│┃║]")


def read_document(path: Path) -> Plan:
    """Return the plan that a document holds, as `plan_of`; PlanError also if it cannot be read."""
    return plan_of(sheets.read_bytes(path), path.name)


def plan_of(data: bytes, name: str) -> Plan:
    """Return the plan that a document of that name holds, as `read_issued` does."""
    return read_issued(data, name).plan


def read_issued(data: bytes, name: str, given: str = "") -> Issued:
    """Return the plan that a document of that name holds; every spelling of a unit is a unit.

    With it stands what became of every text of the document. A plan workbook of this program is
    read with all that a clerk entered in it. PlanError if it is damaged, of another kind, or
    nothing like a task is in it; it names the file that was `given`, where `data` was made of it.
    """
    given = given or name
    sheets.refuse_empty(data, given)
    data, name = converted(data, name)
    kind = _kind(name, data)
    if kind == "xlsx":
        book = sheets.open_workbook(data, name)
        if set(map(bare, book.sheetnames)) >= _OURS:
            return Issued(load_bytes(data, name).valid())
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown:
            sheets.refuse_beyond(sheet, given)
        blocks: list[Block] = [*map(sheets.grid, shown)]
        beside = [*hidden_sheets(book), *hidden_parts(shown)]
        beside += [*_comments(data, shown), *_formulas(data, shown, name)]
    elif kind == "docx":
        blocks, beside = _word(data, name)
    else:
        blocks, beside = read_markdown(_decoded(data, name)), []
    blocks = [_set_straight(one) if isinstance(one, Grid) else one for one in blocks]
    blocks, read = _read(blocks)
    read.left += beside
    if not read.tasks:
        page = PurePath(given).suffix.lower() in (".htm", ".html")  # no office program garbles it
        raise _nothing(given, read, converted=given != name and not page)
    front, titles = _front_and_titles(blocks, read)
    return issued_of(read, front, PurePath(name).stem, titles)


def _front_and_titles(blocks: Sequence[Block], read: Read) -> tuple[Front, list[str]]:
    """Return what a document says of itself, and the titles of its parts where they are several."""
    titles = _titles(blocks, read)
    front = _front(blocks, read)
    if len(titles) > 1 and front.title in titles:  # a cover's stands for all
        over = _front(blocks, read, besides=titles).title
        front = replace(front, title=over) if over else front
    if bare(front.title) in read.used:  # of one table among several: it names who leads there
        lines = [tidy(one.text) for one in blocks if isinstance(one, Paragraph)]
        other = _front(blocks, read, besides=[one for one in lines if bare(one) in read.used])
        front = replace(front, title=other.title) if not other.guessed else front
    shared = {re.sub(r"（[^（）]{1,10}）$", "", title) for title in titles}
    if front.title in titles and len(titles) > 1 and len(shared) == 1:
        front = replace(front, title=shared.pop())  # 清单（硬件类）, 清单（管理类）
    several = not titles[1:] and front.title not in read.plans
    if several and front.title in (held := _issued(blocks, read)):
        titles = held
    return front, titles


def _set_straight(grid: Grid) -> Grid:
    """Return a table as most are set: tasks in rows, or labels beside their texts."""
    return upright(labels_beside(as_merged(grid)))


def _read(blocks: list[Block]) -> tuple[list[Block], Read]:
    """Return what was read, and of which blocks.

    Where nothing else is a task, what a table says each unit is there for is that unit's.
    """
    read = _read_as_headed(blocks)
    grids = grids_of(blocks)
    if read.tasks or not grids:
        return blocks, read
    lists = [replace(one, duties=True) if isinstance(one, Grid) else one for one in blocks]
    again = _read_as_headed(lists)
    if again.tasks:
        return lists, again
    if not read.counted and (lines := _as_paragraphs(grids)):
        alone = Read(seen=read.seen)
        read_prose(lines, alone)
        read = alone if alone.tasks else read
    return blocks, read


def _read_as_headed(blocks: Sequence[Block]) -> Read:
    read = Read()
    grids = grids_of(blocks)
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    read_tables(grids, read, [one.text for one in paragraphs])
    tables = bool(read.tasks)
    over = [one for one in paragraphs if bare(one.text) in read.used and names_units(one)]
    read.left += [Left(one.place, "标题", one.text) for one in over]
    paragraphs = [one for one in paragraphs if one not in over]
    if tables:
        read_prose_beside(paragraphs, blocks, read)
    else:
        read_prose(paragraphs, read)
    return read


def _comments(data: bytes, shown: "Iterable[Worksheet]") -> Iterator[Left]:
    if not any("comment" in one.lower() for one in zipfile.ZipFile(BytesIO(data)).namelist()):
        return
    for sheet in shown:
        last, right = min(sheet.max_row, sheets.ROWS), min(sheet.max_column, sheets.COLUMNS)
        for row in sheet.iter_rows(max_row=last, max_col=right):
            for cell in row:
                if cell.comment and cell.comment.text.strip():
                    place = f"“{sheet.title}”表 {cell.coordinate}"
                    yield Left(place, "批注", tidy(cell.comment.text))


def _formulas(data: bytes, shown: "Iterable[Worksheet]", name: str) -> Iterator[Left]:
    """Yield the formulas whose cells are read as empty: nothing has worked them out yet."""
    for sheet in shown:
        with sheets.undamaged(name):  # lxml is stricter than openpyxl
            formulas = unanswered_formulas(data, sheet.title)
        for (row, column), formula in formulas.items():
            place = f"“{sheet.title}”表 {column_letter(column)}{row}"
            yield Left(place, "没有结果的公式（用 Excel 打开、保存一次再导入）", formula, ask=True)


def _as_paragraphs(grids: Iterable[Grid]) -> list[Paragraph]:
    """Return the rows of tables as lines of text: a text may be set in cells."""
    lines = []
    for grid in grids:
        for row, cells in enumerate(grid.rows):
            text = " ".join(cell.text for cell in cells if cell.text.strip() and not cell.merged)
            lines += [
                Paragraph(one.strip(), grid.place(row)) for one in text.splitlines() if one.strip()
            ]
    return lines


# --- what kind of file


def _kind(name: str, data: bytes) -> str:
    """Return docx, xlsx or md, by content first; PlanError for all else."""
    if zipfile.is_zipfile(BytesIO(data)):
        try:
            members = zipfile.ZipFile(BytesIO(data)).namelist()
        except DAMAGED:
            raise _damaged(name) from None
        if any(name.startswith("word/") for name in members):
            return "docx"
        if any(name.startswith("xl/") for name in members):
            return "xlsx"
    elif PurePath(name).suffix.lower() in _MARKDOWN:
        return "md"
    elif PurePath(name).suffix.lower() in (".docx", ".xlsx"):
        raise _damaged(name)
    if data.startswith(b"%PDF"):
        raise PlanError(
            f"{name} 是 PDF，读不出任务",
            "请找印发时的原稿（Word、WPS 或 Excel 文档）；找不到的，用 Word 或 WPS 打开这个 PDF，"
            "另存为 .docx，核对以后重试。",
        )
    raise PlanError(
        f"{name} 不是能读取的分工方案（能读取 Word、WPS、Excel、Markdown 文档和网页，"
        "不能读取 PDF、图片和其他文件）",
        "请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx 后重试；"
        "是 PDF 或图片的，请找印发时的原稿。",
        Step(Verb.CREATE, file=Path(name).with_suffix(".docx")),
    )


def _damaged(name: str) -> PlanError:
    return PlanError(
        f"{name} 打不开：文件已损坏，或加了打开密码",
        "请用 Word、Excel 或 WPS 打开，去掉密码，另存为新的文件后重试。",
    )


def _word(data: bytes, name: str) -> tuple[list[Block], list[Left]]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    broken: tuple[type[Exception], ...] = (PackageNotFoundError, *DAMAGED)
    try:
        document = Document(BytesIO(data))
    except broken as error:
        raise _damaged(name) from error
    if not has_body(document):
        raise _damaged(name)
    notes = [Left(place, what, text) for place, what, text in read_notes(document)]
    return read_word(document), notes


def _decoded(data: bytes, name: str) -> str:
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlanError(f"{name} 的文字编码认不出", "请用记事本打开，另存为 UTF-8 编码后重试。")


# --- nothing found


def _nothing(name: str, read: Read, *, converted: bool) -> PlanError:
    """Return the refusal of a document without tasks: what was found in it, and what was not."""
    if read.counted:
        table, rows, _, _ = read.counted[0]
        return PlanError(
            f"{name} 的表格里没有任务（{table}，{rows} 行，只认出了表头）",
            "请检查表头下面的各行：每项任务要写明任务和责任单位。",
        )
    said = "；".join(
        f"第{place}张的表头是：{'、'.join(header[:_QUOTED])}（{_known(header)}）"
        for place, header in enumerate(read.seen[:3], 1)
    )
    found = f"找到 {len(read.seen)} 张表，{said}" if read.seen else "没有表格"
    if converted:
        found += "（是转换后读取的：用 Word、Excel 或 WPS 打开是乱码或打不开的，文件已损坏）"
    texts = [one.text for one in read.left]
    unread = next((one for one in texts if _NAMES_PART.search(one) or duties_in(one)), "")
    lines = (
        f"有的段落写着单位（如“{unread[:_QUOTED_TEXT]}”），没有读出任务"
        if unread
        else "也没有找到写明牵头单位、责任单位的段落"
    )
    if drawn := next((one for one in texts if _DRAWN.search(one)), ""):
        found = f"看到用线条字符画的表格（如“{drawn[:_QUOTED_TEXT]}”），这种表格读不了"
    return PlanError(
        f"{name} 里没有找到分工方案的表格，{lines}。{found}",
        "表格的表头要有任务和单位两列（如“工作任务”“责任单位”）；正文的每项任务后面要写明单位，"
        "如“（牵头单位：县教育局；责任单位：县财政局）”。改好后重试；"
        "也可以先建一个空的方案表，再把任务贴进去。",
    )


def _known(header: Sequence[str]) -> str:
    """Return which columns of a table were understood, and what was missing."""
    meanings = {text: meaning_of(text) for text in header}
    known = [f"“{text}”={one.value}" for text, one in meanings.items() if one]
    held = set(meanings.values())
    missing = []
    if not held & TASKS:
        unknown = [text for text, one in meanings.items() if one is None]
        missing.append(
            "没有认出哪一列是任务" + (f"（{'、'.join(unknown[:3])}？）" if unknown else "")
        )
    if not held & UNITS:
        missing.append("没有认出哪一列是单位")
    said = f"认出 {'、'.join(known)}" if known else "一列也没有认出"
    return "；".join([said, *missing])


# --- what it says of itself


def _front(blocks: Sequence[Block], read: Read, besides: Sequence[str] = ()) -> Front:
    """Return what the document says above its tasks; without a date there, all around them.

    Lines that read like those of `besides` are left out.
    """
    first = {place for task in read.tasks for place in task.places}
    above: list[str] = []
    below: list[str] = []
    found = False
    for block in blocks:
        if isinstance(block, Paragraph):
            found = found or block.place in first
            (below if found else above).append(block.number + block.text)
            continue
        start = 0 if block.name in first else len(block.rows)  # a card
        if any(block.place(row) in first for row in range(len(block.rows))):
            start = _top(block, first)
        lines = [
            " ".join(cell.text for cell in cells if cell.text and not cell.merged)
            for cells in block.rows[:start]
        ]
        (below if found else above).extend(one for line in lines for one in line.splitlines())
        found = found or start < len(block.rows)
    front = read_front(above, besides=besides)
    if not front.issued or front.loose_day:
        tasks = (one for one in blocks if isinstance(one, Paragraph) and one.place in first)
        own = {one.number + one.text for one in tasks}
        front = read_front([*above, *below], len(above), besides, own)
    return of_all_annexes(front, above) if _in_several_annexes(blocks, first) else front


def _issued(blocks: Sequence[Block], read: Read) -> list[str]:
    """Return the titles that the document says it issues together, where tasks stand below each."""
    first = {place for task in read.tasks for place in task.places}
    lines = [tidy(one.text) for one in blocks if isinstance(one, Paragraph)]
    named = {same_title(one) for one in titles_issued(lines)}
    title, held = "", dict[str, None]()
    for block in blocks:
        if isinstance(block, Paragraph):
            title = tidy(block.text) if same_title(block.text) in named else title
            tasks = block.place in first
        else:
            tasks = any(block.place(row) in first for row in range(len(block.rows)))
        held |= {title: None} if tasks and title else {}
    return list(held)


def _in_several_annexes(blocks: Sequence[Block], first: Container[str]) -> bool:
    """Return whether tasks stand below several of the lines 附件1, 附件2."""
    annex, held = 0, set[int]()
    for block in blocks:
        if isinstance(block, Paragraph):
            annex += bool(ANNEX.fullmatch(bare(block.text)))
            held |= {annex} if block.place in first else set()
        elif any(block.place(row) in first for row in range(len(block.rows))):
            held.add(annex)
    return len(held - {0}) > 1


def _top(grid: Grid, first: Container[str]) -> int:
    """Return the row of a table's header, else where its first task stands: several cards."""
    rows = range(len(grid.rows))
    return next(
        (row for row in rows if columns_at(grid, row)),
        next((row for row in rows if grid.place(row) in first), 0),
    )


def _titles(blocks: Sequence[Block], read: Read) -> list[str]:
    """Return what stands above the header of each table with tasks, where it may be a title."""
    first = {place for task in read.tasks for place in task.places}
    found = []
    for block in blocks:
        if not isinstance(block, Grid):
            continue
        if any(block.place(row) in first for row in range(len(block.rows))):
            start = _top(block, first)
            lines = [
                tidy(" ".join(cell.text for cell in cells if cell.text and not cell.merged))
                for cells in block.rows[:start]
            ]
            found += list(filter(None, [read_front(lines).title]))
    return list(dict.fromkeys(found))
