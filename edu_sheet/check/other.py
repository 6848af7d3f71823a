"""Workbooks of this program that are no returns, though they lie in the inbox. Pure."""

from edu_sheet.sentences import note
from edu_sheet.words.book import Book
from edu_sheet.words.findings import Finding
from edu_sheet.words.sheets import (
    DETAIL_SHEET,
    PLAN_SHEET,
    PROBLEMS_SHEET,
    RETURNS_SHEET,
    ROSTER_SHEET,
    SETTINGS_SHEET,
)

# Sheets that only these workbooks have, all of them together.
_MASTER = {DETAIL_SHEET, RETURNS_SHEET, PROBLEMS_SHEET}
_PLAN = {PLAN_SHEET, ROSTER_SHEET, SETTINGS_SHEET}


def not_a_return(book: Book) -> Finding | None:
    """Return what a workbook is that nobody can have been sent to fill in; None for all else."""
    names = {sheet.name for sheet in book.sheets}
    if names >= _MASTER:
        return note("master")
    if names >= _PLAN:
        return note("plan_workbook")
    return None
