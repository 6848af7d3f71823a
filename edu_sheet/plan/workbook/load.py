"""分工方案.xlsx as the clerk keeps it → Plan, and what is wrong in it, cell by cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from edu_sheet.kit.files import refuse_if_open
from edu_sheet.plan import layout
from edu_sheet.plan.package import computed_cells
from edu_sheet.plan.read_plan import ReadPlan
from edu_sheet.plan.review import REVIEW_SHEET
from edu_sheet.plan.workbook import sheets
from edu_sheet.plan.workbook.closing_rows import read_closings
from edu_sheet.plan.workbook.deadline_rows import read_deadlines
from edu_sheet.plan.workbook.located import (
    Findings,
    Located,
    locate,
    report_formulas,
    report_header,
    sheet_named,
)
from edu_sheet.plan.workbook.review_rows import report_review
from edu_sheet.plan.workbook.roster_rows import read_roster
from edu_sheet.plan.workbook.settings_rows import further_headers, read_periods, read_settings
from edu_sheet.plan.workbook.task_rows import read_tasks, task_places, with_typed
from edu_sheet.words.columns import PLAN_COLUMNS, Column, held, with_further
from edu_sheet.words.findings import Finding
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Closing, Deadline, Plan, Roster, Task
from edu_sheet.words.sheets import (
    CLOSINGS_SHEET,
    DEADLINES_SHEET,
    PERIODS_SHEET,
    PLAN_SHEET,
    ROSTER_SHEET,
    SETTINGS_SHEET,
)
from edu_sheet.words.text import bare

if TYPE_CHECKING:
    from openpyxl import Workbook

_COLUMNS: dict[str, Sequence[Column]] = {
    ROSTER_SHEET: layout.ROSTER_COLUMNS,
    SETTINGS_SHEET: layout.SETTINGS_COLUMNS,
    PERIODS_SHEET: layout.PERIOD_COLUMNS,
    DEADLINES_SHEET: layout.DEADLINE_COLUMNS,
    CLOSINGS_SHEET: layout.CLOSING_COLUMNS,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan workbook as it was read. With errors the plan is what could be read, or None.

    What is added to the workbook gives another one, and nobody opens it again.
    """

    plan: Plan | None
    errors: tuple[Finding, ...]
    doubts: tuple[Finding, ...]
    name: str  # of its file
    data: bytes = field(repr=False)  # the file
    sheets: Mapping[str, Located] = field(repr=False)  # those that are there, by layout's names
    typed: frozenset[str] = frozenset()  # units that the tasks alone name, not yet in 单位名录

    @property
    def places(self) -> Mapping[tuple[str, str], Place]:
        """Where a column of a task stands (分工方案!C7), by the task's key and column's field."""
        located = self.sheets.get(PLAN_SHEET)
        return task_places(located) if located else {}

    @property
    def read(self) -> ReadPlan:
        """What was read, without the sheets."""
        return ReadPlan(self.plan, self.errors, self.doubts, self.name, self.data, self.places)

    def valid(self) -> Plan:
        """Return the plan; PlanError if it has errors: which, by cell."""
        return self.read.valid()


def load_bytes(data: bytes, name: str, known: Sequence[Column] = PLAN_COLUMNS) -> Loaded:
    """Return what a plan workbook holds, its errors and its doubts, each at its cell.

    `name` is its file's, `known` are the columns that its plan may have. PlanError if it is
    damaged, or protected with a password.
    """
    book = sheets.open_workbook(data, name)
    for title in (PLAN_SHEET, ROSTER_SHEET):
        if (sheet := sheet_named(book, title)) is not None:
            sheets.refuse_beyond(sheet, name)
    to = Findings()
    known = with_further(known, further_headers(book))
    located = dict(_located(book, known, to))
    for one in located.values():
        with sheets.undamaged(name):
            computed = computed_cells(data, one.name)
        report_formulas(one, computed, to)
    plan = _plan(located, known, to)
    places = task_places(located[PLAN_SHEET]) if PLAN_SHEET in located else {}
    report_review(book, places, to)
    found = _in_order(to.errors), _in_order(to.doubts)
    return Loaded(plan, *found, name, data, located, frozenset(to.typed))


def load(path: Path, known: Sequence[Column] = PLAN_COLUMNS) -> Loaded:
    """Return what the plan workbook at a place holds, as `load_bytes` does.

    PlanError if it is missing, damaged, or protected with a password; OutputError if it is open in
    Excel.
    """
    refuse_if_open(path)  # what is not saved yet cannot be read
    return load_bytes(sheets.read_bytes(path), path.name, known)


def _located(
    book: "Workbook", known: Sequence[Column], to: Findings
) -> Iterator[tuple[str, Located]]:
    """Yield the sheets that are there with their headers; note what is missing."""
    for name in layout.ALL_SHEETS:
        sheet = sheet_named(book, name)
        if sheet is None and name not in layout.SHEETS:
            continue
        if sheet is None:
            to.add("missing_sheet", Place(name), sheet=name, present=tuple(book.sheetnames))
            continue
        columns = _COLUMNS.get(name, known)
        located = locate(sheet, columns)
        report_header(located, name, columns, to)
        if located is not None:
            yield name, located


def _plan(located: dict[str, Located], known: Sequence[Column], to: Findings) -> Plan | None:
    tasks_at, roster_at, settings_at, periods_at = map(located.get, layout.SHEETS)
    settings = read_settings(settings_at, to) if settings_at else None
    filling = settings is not None and settings.fill_roster
    roster = (
        read_roster(roster_at, to, may_be_empty=filling or settings is None) if roster_at else None
    )
    headers = tasks_at.headers if tasks_at else {}
    columns = layout.as_issued(known, tasks_at.columns if tasks_at else (), headers)
    spellings = roster.spellings() if roster else None
    if roster is not None and tasks_at and filling:
        roster = with_typed(roster, tasks_at, to)
        spellings = roster.spellings()
    tasks = read_tasks(tasks_at, spellings, columns, settings, to) if tasks_at else ()
    periods = read_periods(periods_at, to) if periods_at else {}
    deadlines, closings = _tracked(located, tasks, to)
    if settings is None:
        return None
    columns = held(columns, tasks) if tasks else columns
    return Plan(settings, roster or Roster(), tasks, periods, deadlines, columns, closings)


def _tracked(
    located: Mapping[str, Located], tasks: Sequence[Task], to: Findings
) -> tuple[tuple[Deadline, ...], tuple[Closing, ...]]:
    """Return what the sheets hold that may be missing: deadlines, and what is closed."""
    at = located.get(DEADLINES_SHEET)
    deadlines = read_deadlines(at, tasks, to) if at else ()
    closed_at = located.get(CLOSINGS_SHEET)
    return deadlines, read_closings(closed_at, tasks, deadlines, to) if closed_at else ()


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of the sheets, those of one sheet as they were found."""
    order = {name: place for place, name in enumerate((*layout.ALL_SHEETS, REVIEW_SHEET))}
    return tuple(sorted(findings, key=lambda one: order[bare(one.place.sheet)]))
