"""填报表: a Form, composed, written and found again; the only room that knows its layout."""

from edu_sheet.form.compose import columns_of, compose, form_rows
from edu_sheet.form.earlier import earlier_periods, earlier_sheets
from edu_sheet.form.find import Table, approval_text, find_table, row_said, table_as_issued
from edu_sheet.form.grid import (
    answer_places,
    approval_places,
    footer,
    issued_cells,
    progress_places,
)
from edu_sheet.form.identity import genuine, normalised, parse_token
from edu_sheet.form.layout import (
    APPROVAL_LABELS,
    FORM_SHEET,
    HEADER_ROW,
    META_FIELDS,
    META_SHEET,
    TOKEN_PROPERTY,
)
from edu_sheet.form.recover import recover
from edu_sheet.form.signal import Signal, Source, meta_fields, metadata_cells, signals
from edu_sheet.form.write import write

__all__ = [
    "APPROVAL_LABELS",
    "FORM_SHEET",
    "HEADER_ROW",
    "META_FIELDS",
    "META_SHEET",
    "TOKEN_PROPERTY",
    "Signal",
    "Source",
    "Table",
    "answer_places",
    "approval_places",
    "approval_text",
    "columns_of",
    "compose",
    "earlier_periods",
    "earlier_sheets",
    "find_table",
    "footer",
    "form_rows",
    "genuine",
    "issued_cells",
    "meta_fields",
    "metadata_cells",
    "normalised",
    "parse_token",
    "progress_places",
    "recover",
    "row_said",
    "signals",
    "table_as_issued",
    "write",
]
