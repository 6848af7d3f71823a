"""The four pieces of work as edu-sheet does them, every check on, and what they must have given."""

import io
from pathlib import Path

from benchmarks import work
from edu_sheet import collect, generate, master, summary
from edu_sheet.ledger import Ledger
from edu_sheet.master.merge import FILE_NAME
from edu_sheet.model import Verdict
from edu_sheet.workers import Crew
from edu_sheet.workspace import Workspace


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


def collect_returns(folder: Path, jobs: int = 1) -> None:
    """Collect the inbox of a workspace."""
    workspace = Workspace(folder)
    with Ledger.open(workspace.ledger) as ledger, Crew(jobs) as crew:
        collect.collect(
            *(workspace, ledger, None), received_at=work.RECEIVED, now=work.RECEIVED, crew=crew
        )


def check_collected(folder: Path, units: int) -> None:
    """Raise WrongError unless every text stands in the ledger, and nothing else does."""
    with Ledger.open(Workspace(folder).ledger) as ledger:
        entries = ledger.entries([work.PERIOD])
        submissions = ledger.submissions()
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

    path = Workspace(folder).results(work.PERIOD) / FILE_NAME
    book = load_workbook(path, read_only=True)
    said = "".join(str(row[3] or "") for row in book["总表"].iter_rows(min_row=4, values_only=True))
    book.close()
    for unit, _, text in work.written(units):
        _require(f"【{unit}】\n{text}" in said or text in said, f"总表: {unit}")


def report(folder: Path, units: int) -> None:
    """Write the quarter's summary."""
    workspace = Workspace(folder)
    with Ledger.open(workspace.ledger) as ledger:
        summary.report(
            *(workspace, work.plan(units), ledger, work.PERIOD.quarter), now=work.RECEIVED
        )


def check_report(folder: Path, units: int) -> None:
    """Raise WrongError unless the document holds every text."""
    from docx import Document

    path = Workspace(folder).results(work.PERIOD.quarter) / "季度总结.docx"
    document = Document(io.BytesIO(path.read_bytes()))
    said = "".join(one.text for one in document.paragraphs)
    for unit, _, text in work.written(units):
        _require(text.replace("\n", "") in said, f"季度总结: {unit}")


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise WrongError(what)
