"""A return that differs from its form in nothing but the answers. Pure.

Most returns are such. What `find_table` and `Strays` would find out of one is known beforehand, so
that they need not look: the same table, and nothing stray. A test holds both ways side by side.
"""

from collections.abc import Mapping

from edu_sheet import form as forms
from edu_sheet.check.answers import answer
from edu_sheet.form import (
    FORM_SHEET,
    META_SHEET,
    Table,
    find_table,
    metadata_cells,
    table_as_issued,
)
from edu_sheet.words.book import Book, BookObject, ObjectKind, Sheet
from edu_sheet.words.columns import PROGRESS, STATE
from edu_sheet.words.forms import Form
from edu_sheet.words.place import Place, Position
from edu_sheet.words.plan import Light
from edu_sheet.words.text import bare


def untouched(book: Book, form: Form) -> Table | None:
    """Return the form's table if all that was issued stands in its place, and nothing beside it.

    None where anything is to be looked at more closely, and for a quarter's form: what its approval
    says may look like anything.
    """
    if book.objects or form.quarterly or any(_notable(sheet, form) for sheet in book.sheets):
        return None
    issued = forms.issued_cells(form)
    main = next((sheet for sheet in book.sheets if _is_seen(sheet, form)), None)
    others = [sheet for sheet in book.sheets if sheet is not main]
    if main is None or not _filled_in(main, issued[FORM_SHEET], form):
        return None
    if not all(_as_issued(sheet, issued) or _of_metadata(sheet) for sheet in others):
        return None
    # Earlier texts may repeat what was asked for: then another sheet, too, looks like a table.
    if any(find_table(sheet, form) for sheet in others):
        return None
    headers = [column.header for column in form.columns]
    # Two columns of one name: the first of them would be found for both.
    return table_as_issued(main, form) if len({*map(bare, headers)}) == len(headers) else None


def _is_seen(sheet: Sheet, form: Form) -> bool:
    """Return whether a sheet is the form's, and a person sees it and its 进展情况."""
    seen = sheet.state == "visible" and form.column_of(PROGRESS) not in sheet.hidden_columns
    return sheet.name == FORM_SHEET and seen


def _notable(sheet: Sheet, form: Form) -> bool:
    """Return whether there is more to a sheet than its cells and what it prints on each page."""
    printed = BookObject(ObjectKind.PAGE_TEXT, Place(sheet.name), forms.footer(form))
    several_rows = any(top != bottom for top, _, bottom, _ in sheet.merges)
    return several_rows or bool(sheet.hidden_rows or {*sheet.objects} - {printed})


def _filled_in(sheet: Sheet, issued: Mapping[Position, str], form: Form) -> bool:
    cells = sheet.cells
    if any(at not in cells or cells[at].text != text for at, text in issued.items()):
        return False
    answers = {
        at
        for at in forms.progress_places(form).values()
        if at not in issued and at in cells and answer(cells[at])
    }
    added = cells.keys() - issued.keys() - answers
    if not form.states:
        return not added
    column = form.column_of(STATE)
    answered = {row for row, _ in answers}
    return all(
        at[1] == column and at[0] in answered and cells[at].text.strip() in tuple(Light)
        for at in added
    )


def _as_issued(sheet: Sheet, issued: Mapping[str, Mapping[Position, str]]) -> bool:
    cells = issued.get(sheet.name, {})
    return len(sheet.cells) == len(cells) and all(
        at in sheet.cells and sheet.cells[at].text == text for at, text in cells.items()
    )


def _of_metadata(sheet: Sheet) -> bool:
    return sheet.name == META_SHEET and metadata_cells(sheet) == sheet.cells.keys()
