"""填报表: a Form, composed, written and found again; the only room that knows its layout."""

from edu_sheet.form.compose import columns_of, compose, form_rows
from edu_sheet.form.earlier import earlier_periods, earlier_sheets
from edu_sheet.form.find import Table, find_table
from edu_sheet.form.grid import approval_places, issued_cells, progress_places
from edu_sheet.form.identity import digest, genuine, parse_token
from edu_sheet.form.layout import FORM_SHEET, TOKEN_PROPERTY
from edu_sheet.form.signal import Signal, Source, signals
from edu_sheet.form.write import write

__all__ = [
    "FORM_SHEET",
    "TOKEN_PROPERTY",
    "Signal",
    "Source",
    "Table",
    "approval_places",
    "columns_of",
    "compose",
    "digest",
    "earlier_periods",
    "earlier_sheets",
    "find_table",
    "form_rows",
    "genuine",
    "issued_cells",
    "parse_token",
    "progress_places",
    "signals",
    "write",
]
