"""The four pieces of work as edu-sheet does them, every check on, and what they must have given."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import work
from benchmarks.naive import report_units
from edu_sheet import collect, summary
from edu_sheet.facts.gather import for_summary
from edu_sheet.issue import generate
from edu_sheet.kit.workers import Crew
from edu_sheet.master.merging import merge as master
from edu_sheet.store.ledger import Ledger
from edu_sheet.store.workspace import Workspace
from edu_sheet.summary.content.content import Attachment
from edu_sheet.summary.typeset.table import table
from edu_sheet.summary.typeset.wordml import NAMESPACES
from edu_sheet.words.returns import State, Verdict
from edu_sheet.words.settings import SummaryStyle


class WrongError(Exception):
    """What came out is not what was put in."""


def make_forms(folder: Path, units: int, jobs: int = 1) -> None:
    """Issue every unit's form in a new workspace."""
    workspace = Workspace(folder)
    workspace.create()
    with Ledger.create(workspace.ledger) as ledger, Crew(jobs) as crew:
        plan = work.plan(units)
        made = generate.generate(
            workspace, plan, ledger, work.PERIOD, None, force=False, now=work.ISSUED, crew=crew
        )
        _require(len(made) == units, "forms")


def check_forms(folder: Path, units: int) -> None:
    """Raise WrongError unless every form holds its unit's name and the plan's texts."""
    from python_calamine import CalamineWorkbook

    wanted = [(one.goal, one.requirements) for one in work.plan(units).tasks]
    for unit in work.names(units):
        path = Workspace(folder).form(work.PERIOD, unit)
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        _require(rows[1][0] == f"填报单位：{unit}", f"name of {unit}")
        _require([(row[1], row[2]) for row in rows[4 : 4 + len(wanted)]] == wanted, unit)


def collect_returns(folder: Path) -> None:
    """Collect the inbox of a workspace, read in the reader and recorded here."""
    workspace = Workspace(folder)
    with Ledger.open(workspace.ledger) as ledger:
        collect.collect(workspace, ledger, None, received_at=work.RECEIVED, now=work.RECEIVED)


def check_collected(folder: Path, units: int) -> None:
    """Raise WrongError unless every text stands in the ledger, and nothing else does."""
    with Ledger.open(Workspace(folder).ledger) as ledger:
        entries = ledger.entries.of([work.PERIOD])
        submissions = ledger.returns.submissions()
    found = sorted((one.unit, one.task, one.text) for one in entries)
    _require(found == sorted(work.written(units)), "entries")
    _require(all(one.verdict is Verdict.ACCEPTED for one in submissions), "verdicts")
    _require(not any(one.findings for one in submissions), "findings")
    _require(not any(Workspace(folder).inbox.iterdir()), "inbox")


def merge(folder: Path, units: int) -> None:
    """Write the master."""
    workspace = Workspace(folder)
    with Ledger.open(workspace.ledger) as ledger:
        master.merge(workspace, work.plan(units), ledger, work.PERIOD, now=work.RECEIVED)


def check_merged(folder: Path, units: int) -> None:
    """Raise WrongError unless sheet 总表 holds every text under its unit's label."""
    from openpyxl import load_workbook

    path = Workspace(folder).master(work.PERIOD)
    book = load_workbook(path, read_only=True)
    said = "".join(str(row[3] or "") for row in book["总表"].iter_rows(min_row=4, values_only=True))
    book.close()
    for unit, _, text in work.written(units):
        _require(f"【{unit}】\n{text}" in said or text in said, f"总表: {unit}")


def report(folder: Path, units: int) -> None:
    """Write the quarter's summary, with every text."""
    workspace, plan, quarter = Workspace(folder), work.plan(units), work.PERIOD.quarter
    with Ledger.open(workspace.ledger) as ledger:
        summary.report(workspace, plan, ledger, quarter, now=work.RECEIVED, style=SummaryStyle.FULL)


def attachments(folder: Path, units: int) -> tuple[Attachment, ...]:
    """Return the tables of the quarter's summary, before they are written."""
    with Ledger.open(Workspace(folder).ledger) as ledger:
        facts = for_summary(ledger, work.plan(units), work.PERIOD.quarter)
    return summary.quarter_content(facts, SummaryStyle.FULL).attachments


def rows(attachments: Sequence[Attachment], units: int | None = None) -> list[list[list[str]]]:
    """Return the texts of tables: the header, and the rows of so many units."""
    return [
        [[column.header for column in one.columns], *map(list, one.rows[:units])]
        for one in attachments
    ]


def tables(attachments: Sequence[Attachment]) -> bytes:
    """Return the tables' XML as the summary has it."""
    return "".join(piece for one in attachments for piece in table(one)).encode()


def check_report(folder: Path, units: int) -> None:
    """Raise WrongError unless the document holds every text, and a line for every unit."""
    from docx import Document

    path = Workspace(folder).summary(work.PERIOD.quarter)
    document = Document(io.BytesIO(path.read_bytes()))
    said = "".join(one.text for one in document.paragraphs)
    for unit, _, text in work.written(units):
        # The name stands before the text, and not again at its beginning.
        _require(text.removeprefix(unit).replace("\n", "") in said, f"季度总结: {unit}")
    tasks, returns = table_texts(document.element.body)
    for row, task in zip(tasks[1:], work.plan(units).tasks, strict=True):
        _require(row[1] == task.goal, f"附件1: {task.number}")
        _require(work.text(work.LEAD, task.number) in row[3], f"附件1: {task.number}")
    wanted = [
        [str(place), unit, State.RETURNED.label] for place, unit in enumerate(work.names(units), 1)
    ]
    _require(returns[1:] == wanted, "附件2")


def check_tables(folder: Path, units: int, by_hand: Path) -> None:
    """Raise WrongError unless both ways' tables hold the same texts (the naive way's, in part)."""
    from docx import Document
    from docx.oxml.parser import parse_xml

    found = attachments(folder, units)
    written = f"<w:body {NAMESPACES}>{tables(found).decode()}</w:body>"
    _require(table_texts(parse_xml(written)) == rows(found), "tables")
    document = Document(io.BytesIO(by_hand.read_bytes()))
    in_part = rows(found, report_units(units))
    _require(table_texts(document.element.body) == in_part, "tables of the naive way")


def table_texts(body: Any) -> list[list[list[str]]]:
    """Return the texts of every table below an element; a line is a paragraph or ends in w:br."""
    from docx.oxml.ns import qn

    def text(paragraph: Any) -> str:
        written = paragraph.iter(qn("w:t"), qn("w:br"))
        return "".join("\n" if one.tag == qn("w:br") else one.text or "" for one in written)

    return [
        [
            [
                "\n".join(text(line) for line in cell.iter(qn("w:p")))
                for cell in row.iter(qn("w:tc"))
            ]
            for row in one.iter(qn("w:tr"))
        ]
        for one in body.iter(qn("w:tbl"))
    ]


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise WrongError(what)
