"""Workbooks of this program that are no returns, though they lie in the inbox. Pure."""

from edu_sheet.check.codes import say
from edu_sheet.words.book import Book
from edu_sheet.words.findings import Finding

# Sheets that only these workbooks have, all of them together.
_MASTER = {"明细", "报送情况", "问题清单"}
_PLAN = {"分工方案", "单位名录", "设置"}


def not_a_return(book: Book) -> Finding | None:
    """Return what a workbook is that nobody can have been sent to fill in; None for all else."""
    names = {sheet.name for sheet in book.sheets}
    if names >= _MASTER:
        return say("master")
    if names >= _PLAN:
        return say("plan_workbook")
    return None
