"""A workspace with a master in it, and how a person reads and edits it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from edu_sheet.master.merging import merge as master
from edu_sheet.words.findings import Finding, Severity
from edu_sheet.words.period import Period
from edu_sheet.words.place import NOWHERE, Place
from edu_sheet.words.returns import Submission, Verdict
from tests.support.builders import (
    CREATED,
    DECEMBER,
    moment,
    new_workspace,
    report,
    small_form,
    small_plan,
)
from tests.support.records import begin_delivery, record_issue

YEAR_END = moment("2022-12-31T17:00")
HEAD = 3  # title, line, header


def told(code: str, severity: Severity, message: str, place: Place = NOWHERE) -> Finding:
    """Return a finding as an older ledger keeps it: with its sentence."""
    return Finding(code, severity, place, (("told", message),))


class Desk:
    """A workspace in which forms went out and texts came back."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.ledger = new_workspace(folder)
        self.plan = small_plan()

    def issue(self, *periods: Period) -> None:
        for period in periods:
            for unit in self.plan.assignments(period):
                form = small_form(unit, period, self.plan)
                record_issue(self.ledger, form, f"下发/{period}/{unit}.xlsx", "s", CREATED)

    def report(
        self,
        unit: str,
        texts: Mapping[int, str],
        period: Period = DECEMBER,
        at: datetime = CREATED,
    ) -> Submission:
        return report(self.ledger, unit, period, texts, plan=self.plan, at=at)

    def set_aside(self, unit: str | None, period: Period | None, *findings: Finding) -> None:
        one = Submission(
            0,
            "谁的表.xlsx",
            "e" * 64,
            "xlsx",
            Verdict.ATTENTION,
            CREATED,
            unit,
            period,
            None,
            None,
            findings,
        )
        delivery = begin_delivery(self.ledger, one.file, "收件箱/谁的表.xlsx", one.sha256, CREATED)
        self.ledger.returns.record(delivery, one, [])

    def merge(self, period: Period = DECEMBER, at: datetime = YEAR_END) -> master.Merged:
        return master.merge(self.workspace, self.plan, self.ledger, period, at)

    def edit(self, change: Callable[[Any], object], period: Period = DECEMBER) -> None:
        """Let a person open the master, do something to the workbook, and save it."""
        path = self.path(period)
        book = openpyxl.load_workbook(path, rich_text=True)
        change(book)
        book.save(path)

    def path(self, period: Period = DECEMBER) -> Path:
        return self.workspace.results(period) / "总表.xlsx"

    def archived(self) -> list[bytes]:
        folder = self.workspace.archive / "成果"
        return [path.read_bytes() for path in sorted(folder.rglob("*.xlsx"))]

    def book(self, period: Period = DECEMBER) -> openpyxl.Workbook:
        return openpyxl.load_workbook(self.merge(period).path)


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    """Return the rows below the header, by the header's names."""
    rows = list(sheet.iter_rows(min_row=HEAD, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def progress(book: openpyxl.Workbook) -> dict[int, str]:
    """Return every task's 进展情况, continuation rows put together, as a person would."""
    return progress_of(book["总表"])


def progress_of(sheet: Worksheet) -> dict[int, str]:
    found: dict[int, str] = {}
    for row in table(sheet):
        found[row["序号"]] = found.get(row["序号"], "") + (row["进展情况"] or "")
    return found
