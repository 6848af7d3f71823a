"""A plan as it was issued, in Word, Excel or Markdown → Plan."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path, PurePath

from edu_sheet.kit import clock
from edu_sheet.kit.damaged import DAMAGED
from edu_sheet.plan import keys, layout
from edu_sheet.plan.documents.markdown import read_markdown
from edu_sheet.plan.documents.word import read_word
from edu_sheet.plan.front import Front, read_front
from edu_sheet.plan.table import Block, Grid, Row, Table, find_table, has_table
from edu_sheet.plan.tasks import task
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.load import load_bytes
from edu_sheet.rules import units
from edu_sheet.words.columns import GOAL, LEAD, REQUIREMENTS, RESPONSIBLE
from edu_sheet.words.errors import PlanError
from edu_sheet.words.period import Month
from edu_sheet.words.plan import Plan, Roster, Unit
from edu_sheet.words.settings import Settings
from edu_sheet.words.step import Step, Verb
from edu_sheet.words.text import bare

_OURS = {layout.PLAN_SHEET, layout.ROSTER_SHEET, layout.SETTINGS_SHEET}
_MARKDOWN = frozenset({".md", ".markdown", ".txt"})


def read_document(path: Path) -> Plan:
    """Return the plan that a .docx, .md or .xlsx holds; every spelling of a unit is a unit.

    A plan workbook of this program is read with all that a clerk entered in it. PlanError if the
    file is missing, damaged, of another kind, or holds no table with the plan's columns.
    """
    return plan_of(sheets.read_bytes(path), path.name)


def plan_of(data: bytes, name: str) -> Plan:
    """Return the plan that a document of that name holds; PlanError as `read_document`."""
    kind = _kind(name, data)
    if kind == "xlsx":
        book = sheets.open_workbook(data, name)
        if set(map(bare, book.sheetnames)) >= _OURS:
            return load_bytes(data, name).valid()
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        blocks = list(_of_book(map(sheets.grid, shown)))
    else:
        blocks = _word(data, name) if kind == "docx" else read_markdown(_decoded(data, name))
    try:
        table = find_table(block for block in blocks if not isinstance(block, str))
    except PlanError as error:
        raise PlanError(f"{name}：{error.message}", error.hint) from error
    if table is None:
        raise _no_table(name)
    if not table.rows:
        raise PlanError(f"{name} 的表格里没有任务", "请检查“序号”一列：每项任务都要有序号。")
    return _plan(table, _front(blocks), PurePath(name).stem)


def _kind(name: str, data: bytes) -> str:
    """Return docx, xlsx or md, by content first; PlanError for all else."""
    if zipfile.is_zipfile(BytesIO(data)):
        try:
            members = zipfile.ZipFile(BytesIO(data)).namelist()
        except zipfile.BadZipFile:
            raise _damaged(name) from None
        if any(name.startswith("word/") for name in members):
            return "docx"
        if any(name.startswith("xl/") for name in members):
            return "xlsx"
    elif PurePath(name).suffix.lower() in _MARKDOWN:
        return "md"
    elif PurePath(name).suffix.lower() in (".docx", ".xlsx"):
        raise _damaged(name)
    raise PlanError(
        f"{name} 不是能读取的分工方案",
        "请用 Word、Excel 或 WPS 打开，另存为 .docx 或 .xlsx（不要用 .doc、.xls、PDF 或图片）。",
        Step(Verb.CREATE, file=Path(name).with_suffix(".docx")),
    )


def _damaged(name: str) -> PlanError:
    return PlanError(
        f"{name} 打不开：文件已损坏，或加了打开密码",
        "请用 Word、Excel 或 WPS 打开，去掉密码，另存为新的文件后重试。",
    )


def _no_table(name: str) -> PlanError:
    wanted = "、".join(column.header for column in layout.TABLE_COLUMNS)
    return PlanError(
        f"{name} 里没有找到分工方案的表格",
        f"表格的表头要有这几列：{wanted}；请核对表头文字后重试。",
    )


def _word(data: bytes, name: str) -> list[Block]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    broken: tuple[type[Exception], ...] = (PackageNotFoundError, *DAMAGED)
    try:
        document = Document(BytesIO(data))
    except broken as error:
        raise _damaged(name) from error
    return read_word(document)


def _decoded(data: bytes, name: str) -> str:
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlanError(f"{name} 的文字编码认不出", "请用记事本打开，另存为 UTF-8 编码后重试。")


def _of_book(grids: Iterable[Grid]) -> Iterator[Block]:
    """Yield each sheet's lines above the plan's header as paragraphs, the rest as a table."""
    for grid in grids:
        start = next((row for row in range(len(grid)) if has_table(grid[row : row + 1])), len(grid))
        yield from _lines(grid[:start])
        if start < len(grid):
            yield grid[start:]


def _lines(grid: Grid) -> Iterator[str]:
    for cells in grid:
        yield " ".join(cell.text for cell in cells if cell.text and not cell.merged)


def _front(blocks: Sequence[Block]) -> Front:
    """Return what the document says above its table; where no date stands there, all around it."""
    table = next(place for place, block in enumerate(blocks) if has_table(block))
    above = list(_paragraphs(blocks[:table]))
    front = read_front(above)
    return front if front.issued else read_front([*above, *_paragraphs(blocks[table + 1 :])])


def _paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield from block.splitlines()
        else:
            yield from _lines(block)  # a letterhead is often set as a table


def _plan(table: Table, front: Front, stem: str) -> Plan:
    spellings = _spellings(table.rows)
    today = clock.now()
    settings = Settings(
        title=front.title or stem,
        doc_number=front.doc_number,
        issuer=front.issuer,
        issued=front.issued,
        first_month=front.first_month or Month(today.year, today.month),
        addressee=front.addressee,
    )
    own = keys.assign(
        [keys.Keyed("", keys.of_task(row.text(GOAL), row.text(REQUIREMENTS))) for row in table.rows]
    )
    tasks = [
        task(row.number, _by_field(row), key, spellings, table.columns)
        for row, key in zip(table.rows, own, strict=True)
    ]
    named = dict.fromkeys(name for one in tasks for name in (*one.leads, *one.responsible))
    units = (Unit(name, group=name.startswith("各"), key=keys.of_unit(name)) for name in named)
    roster = Roster(tuple(units))
    return Plan(settings, roster, tuple(tasks), columns=table.columns)


def _by_field(row: Row) -> dict[str, str]:
    return {column.field: text for column, text in row.texts.items()}


def _spellings(rows: Iterable[Row]) -> dict[str, str]:
    """Return every name that stands whole between separators somewhere in the plan.

    A name that a line break or a page parted elsewhere is put together by it.
    """
    known: dict[str, str] = {}
    for row in rows:
        for column in (LEAD, RESPONSIBLE):
            lines = row.text(column).split("\n")
            for place, line in enumerate(lines):
                names = units.split(line, {})
                last = len(names) - (place + 1 < len(lines))
                known |= {name: name for name in names[place > 0 : last]}
    return known
