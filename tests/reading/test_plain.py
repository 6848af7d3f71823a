"""The quick ways for the plain return give what the careful ones give, and nothing else."""

import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edu_sheet.check.strays import Strays
from edu_sheet.check.tables import Tables, find_tables
from edu_sheet.check.untouched import untouched
from edu_sheet.collect import collect, line
from edu_sheet.form import layout, write
from edu_sheet.issue import generate
from edu_sheet.kit.workers import Crew
from edu_sheet.reading import limits, read
from edu_sheet.reading.xlsx import plain as xlsx_plain
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.words.book import Book, Cell
from edu_sheet.words.forms import EarlierSheet, Form
from edu_sheet.words.place import Position
from edu_sheet.words.settings import StateAsked
from tests.collect.test_returns import CASES, RECEIVED, Case, Desk, desk
from tests.support import builders, office
from tests.support.builders import DECEMBER, EDUCATION, NOVEMBER, UNITS, fill, small_plan
from tests.support.returns import TEXTS
from tests.support.workbooks import Xlsx, styles

__all__ = ["desk"]  # a fixture

QUICK = settings(max_examples=200, suppress_health_check=list(HealthCheck))

# ---------------------------------------------------------------- reading


def carefully(data: bytes) -> Book:
    """Return what a file holds, every cell and string of it read by the parser."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(limits, "PLAIN_BYTES", -1)
        return read(data)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_needs_no_parser_reads_as_the_parser_reads_it(case: Case, desk: Desk) -> None:
    for data in case.make(desk.issued).values():
        assert read(data) == carefully(data)


def test_a_form_that_another_program_saved_needs_no_parser_for_its_cells(
    tmp_path: Path, desk: Desk
) -> None:
    source = tmp_path / "表.xlsx"
    source.write_bytes(desk.issued.filled)
    data = office.convert(source, "xlsx", tmp_path / "saved").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _, cells = xlsx_plain.take_cells(archive.read("xl/worksheets/sheet1.xml"))
    book = read(data)
    assert len(cells) == len(book.sheets[0].cells)
    assert book == carefully(data)


_CELLS = st.sampled_from(
    [
        '<c r="{}"><v>12</v></c>',
        '<c r="{}" s="1"><v>0.85</v></c>',
        '<c r="{}" s="0" t="s"><v>0</v></c>',
        '<c r="{}" s="1" t="s"><v>1</v></c>',
        '<c r="{}" t="s"><v>7</v></c>',
        '<c r="{}" t="n"><v>1e3</v></c>',
        '<c r="{}" t="n"><v>1-2</v></c>',
        '<c r="{}" s="2"/>',
        '<c r="{}" s="9" t="s"><v>1</v></c>',
        '<c t="s" r="{}"><v>0</v></c>',
        '<c r="{}" t="s"><f>A1</f><v>0</v></c>',
        '<c r="{}" t="str"><v>甲</v></c>',
        '<c r="{}" t="inlineStr"><is><t>乙</t></is></c>',
        '<c r="{}"><extLst><ext><c r="Z9"><v>9</v></c></ext></extLst><v>3</v></c>',
        '<c r="{}"><!-- <c r="Y8"><v>9</v></c> --><v>4</v></c>',
        '<c r="{}"><?pi <c r="Y8"><v>9</v></c> ?><v>4</v></c>',
        "<c><v>5</v></c>",
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="{}"/>',
    ]
)
_ROWS = st.sampled_from(
    [
        '<row r="{}">{}</row>',
        '<row r="{}" spans="1:3" ht="30" customHeight="1">{}</row>',
        '<row r="{}" hidden="1">{}</row>',
        '<row r="{}" ht="12" hidden="false">{}</row>',
        '<row ht="5" hidden="true" r="{}">{}</row>',
        "<!--{}--><row>{}</row>",
    ]
)
_STRINGS = st.sampled_from(
    [
        "<si><t>甲</t></si>",
        '<si><t xml:space="preserve"> 乙\n</t></si>',
        '<si><t>丙</t><phoneticPr fontId="1" type="noConversion"/></si>',
        "<si><t/></si>",
        "<si/>",
        "<si><t>a&amp;b</t></si>",
        "<si><t>_x000D_</t></si>",
        "<si><t>\x7f\x85</t></si>",
        "<si><r><rPr><strike/></rPr><t>丁</t></r></si>",
        "<si><t>一\r\n二</t></si>",
        "<si><t>&#10;</t></si>",
        "<!-- <si><t>无</t></si> -->",
    ]
)


@QUICK
@given(
    rows=st.lists(st.tuples(_ROWS, st.lists(_CELLS, max_size=3)), max_size=4),
    strings=st.lists(_STRINGS, max_size=4),
    tail=st.sampled_from(["", '<extLst><c r="A1"><v>1</v></c></extLst>', "<sheetData/>"]),
)
def test_however_cells_and_strings_are_written_they_read_the_same(
    rows: list[tuple[str, list[str]]], strings: list[str], tail: str
) -> None:
    data = "".join(
        form.format(row, "".join(cell.format(f"{'ABC'[at]}{row}") for at, cell in enumerate(cells)))
        for row, (form, cells) in enumerate(rows, 1)
    )
    book = Xlsx(data=data, tail=tail, strings="".join(strings), styles=styles("0%", struck=True))
    made = book.make()
    assert read(made) == carefully(made)


# ---------------------------------------------------------------- checking


def looked_at(book: Book, form: Form) -> None:
    """Require of a return that is taken for untouched what a careful look finds."""
    if table := untouched(book, form):
        tables = find_tables(book, [form])
        assert tables
        assert tables == Tables(table, tables.periods)
        assert [*Strays(book, tables, [form]).findings()] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_return_taken_for_untouched_is_so_at_a_careful_look(case: Case, desk: Desk) -> None:
    for data in case.make(desk.issued).values():
        looked_at(read(data), desk.issued.form)


@pytest.mark.parametrize("states", [False, True])
def test_a_form_that_was_only_filled_in_is_known_at_once(states: bool) -> None:
    plan = small_plan()
    plan = replace(
        plan,
        settings=replace(
            plan.settings, report_state=StateAsked.ALWAYS if states else StateAsked.NEVER
        ),
    )
    form = builders.small_form(EDUCATION, DECEMBER, plan)
    book = read(fill(builders.written(EDUCATION, DECEMBER, plan), TEXTS))
    assert form.states is states
    assert untouched(book, form) is not None
    looked_at(book, form)


_TEXTS = st.sampled_from(
    [
        "",
        " ",
        "无",
        "甲",
        "已完成",
        "进展情况",
        "目标任务",
        "任务键",
        "具体要求",
        "牵头部门",
        "具体要求牵头部门责任部门",
        "填报单位：县财政局",
        "表单编号：2022-12-ABCDEFGH",
        "1",
        "plan",
    ]
)
_PLACES = st.tuples(st.integers(1, 14), st.integers(1, 11))


@QUICK
@given(
    changes=st.lists(st.tuples(st.integers(0, 2), _PLACES, _TEXTS), max_size=3),
    moved=st.lists(st.tuples(_PLACES, _PLACES), max_size=1),
)
def test_whatever_is_changed_beside_the_answers_gets_a_careful_look(
    changes: list[tuple[int, Position, str]], moved: list[tuple[Position, Position]]
) -> None:
    form, book = sample()
    sheets = [dict(sheet.cells) for sheet in book.sheets]
    for number, at, text in changes:
        cells = sheets[number % len(sheets)]
        cells.pop(at, None)
        if text:
            cells[at] = Cell(text)
    assert untouched(book, form)
    for source, target in moved:
        if source in sheets[0]:
            sheets[0][target] = sheets[0][source]
    changed = replace(
        book,
        sheets=tuple(
            replace(sheet, cells=cells) for sheet, cells in zip(book.sheets, sheets, strict=True)
        ),
    )
    looked_at(changed, form)


_SAMPLE: list[tuple[Form, Book]] = []


def sample() -> tuple[Form, Book]:
    """Return a form and the same filled in, read."""
    if not _SAMPLE:
        form = builders.small_form(EDUCATION, DECEMBER)
        said = tuple((str(row.number), row.goal, "牵头", "上月的进展。") for row in form.rows)
        before = EarlierSheet(layout.EARLIER_SHEET, "上期进展", layout.EARLIER_HEADER, said[1:])
        form = replace(form, earlier=(before,))
        _SAMPLE.append((form, read(fill(write(form, 1, builders.CREATED), TEXTS))))
    return _SAMPLE[0]


# ---------------------------------------------------------------- elsewhere


def issued(folder: Path) -> Workspace:
    """Return a workspace in which two months' forms went out."""
    workspace, ledger = builders.new_workspace(folder)
    with ledger:
        for month in (NOVEMBER, DECEMBER):
            generate.generate(
                workspace, small_plan(), ledger, month, None, force=False, now=builders.CREATED
            )
    return workspace


def recorded(workspace: Workspace, crew: Crew) -> list[object]:
    with Ledger.open(workspace.ledger) as ledger:
        collect(workspace, ledger, None, received_at=RECEIVED, now=RECEIVED, crew=crew)
        entries = ledger.entries.of([NOVEMBER, DECEMBER])
        return [*ledger.returns.submissions(), *(one for one in entries)]


@pytest.mark.once
def test_a_hundred_odd_returns_give_elsewhere_what_they_give_here(
    tmp_path: Path, desk: Desk
) -> None:
    alone = issued(tmp_path / "one")
    for number, (case, data) in enumerate(returned(desk)):
        (alone.inbox / f"{number:03}{case}.xlsx").write_bytes(data)
    for unit in UNITS:
        (alone.inbox / f"再报{unit}.xlsx").write_bytes(alone.form(DECEMBER, unit).read_bytes())
    together = copied(alone, tmp_path / "two")
    with ThreadPoolExecutor(1) as other:
        there = recorded(together, Crew(executor=other))
    line.end_elsewhere()
    assert there == recorded(alone, Crew())


def returned(desk: Desk) -> Iterator[tuple[int, bytes]]:
    for number, case in enumerate(CASES):
        yield from ((number, data) for data in case.make(desk.issued).values())


def copied(workspace: Workspace, folder: Path) -> Workspace:
    shutil.copytree(workspace.root, folder)
    for path in sorted((folder / "收件箱").iterdir()):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return Workspace(folder)
