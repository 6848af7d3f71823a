"""The bytes of a master."""

import io
from collections.abc import Mapping

from edu_sheet.kit.xlsx import new_book
from edu_sheet.master.layout import SHEETS_PROPERTY
from edu_sheet.master.sheets.deadlines import write_deadlines
from edu_sheet.master.sheets.details import write_details
from edu_sheet.master.sheets.fingerprint import said_in_short
from edu_sheet.master.sheets.glance import write_glance
from edu_sheet.master.sheets.history import write_history
from edu_sheet.master.sheets.lights import write_lights
from edu_sheet.master.sheets.main import write_main
from edu_sheet.master.sheets.missing import write_missing
from edu_sheet.master.sheets.paper import write_paper
from edu_sheet.master.sheets.problems import write_problems
from edu_sheet.master.sheets.returns import write_returns
from edu_sheet.master.sheets.sheet import Styles
from edu_sheet.master.source import Source
from edu_sheet.words.sheets import MAIN_SHEET

_SHEETS = (  # in this order
    write_glance,
    write_main,
    write_paper,
    write_history,
    write_lights,
    write_deadlines,
    write_returns,
    write_missing,
    write_details,
    write_problems,
)


def render(source: Source, marks: Mapping[str, str] | None = None) -> tuple[bytes, dict[str, str]]:
    """Return the bytes of a master of that source, and its sheets' fingerprints by name.

    `marks` is what it is known by, as custom properties: with them it bears the fingerprints too.
    总表 has none: what it says is known by its rows.
    """
    from edu_sheet.master.sheets.recorded import RecordedSheet

    target = io.BytesIO()
    title = f"{source.plan.settings.title}进展情况{MAIN_SHEET}（{source.period.label}）"
    book = new_book(target, title, source.made_on, streamed=True)
    book.worksheet_class = RecordedSheet
    for name, mark in (marks or {}).items():
        book.set_custom_property(name, mark)
    styles = Styles(book, source.plan.settings.fonts)
    for write in _SHEETS:
        write(book, styles, source)
    sheets: list[RecordedSheet] = book.worksheets()
    said = {one.name: one.fingerprint.digest for one in sheets if one.name != MAIN_SHEET}
    if marks:
        book.set_custom_property(SHEETS_PROPERTY, said_in_short(said))
    book.close()
    return target.getvalue(), said
