"""Sheet 导入核对 → what of the document a person has still to look at."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from edu_sheet.plan import review
from edu_sheet.plan.workbook.located import Findings, locate, sheet_named
from edu_sheet.words.place import Place
from edu_sheet.words.text import bare

if TYPE_CHECKING:
    from openpyxl import Workbook


def report_review(book: "Workbook", places: Mapping[tuple[str, str], Place], to: Findings) -> None:
    """Note every line that is still 待核对: at its task's cell, where it is about one."""
    sheet = sheet_named(book, review.REVIEW_SHEET)
    located = locate(sheet, review.REVIEW_COLUMNS) if sheet is not None else None
    if located is None:
        return
    for line in located.lines:
        if bare(line.text(review.STATE)) != review.TO_CHECK:
            continue
        key, field = line.plain(review.TASK), line.plain(review.FIELD)
        where = places.get((key, field)) or located.place(line, review.TEXT)
        said = line.text(review.READ_AS)
        if not key:
            said = f"{line.text(review.WHAT)}“{line.text(review.TEXT)[:60]}”：{said}"
        to.add("import_doubt", where, text=said, where=line.text(review.WHERE), row=line.row)
