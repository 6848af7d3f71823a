"""The texts of a table that is not the form's: a unit's own, made at home. Pure."""

import re
from collections.abc import Iterator
from itertools import islice

from edu_sheet import form as forms
from edu_sheet.check.answers import taken
from edu_sheet.form import meta_fields, normalised
from edu_sheet.sentences import note
from edu_sheet.words.book import Book, Sheet
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Form
from edu_sheet.words.place import Place
from edu_sheet.words.substance import substantive

_LEAST = 6  # characters: what is shorter is a heading, a number, a unit's name
_MOST = 60  # findings: nobody places more by hand; that there are more is said
# What stands below such a heading is progress, however short: 已拨款.
_HEADING = re.compile("进展|进度|成效|(?:完成|落实|工作|办理)情况")
_LONGEST_HEADING = 20


def foreign_texts(book: Book, form: Form) -> list[Finding]:
    """Return the texts that may be progress, by place, so that a person can take each."""
    found = [*islice(_texts(book, form), _MOST + 1)]
    return [*found[:_MOST], note("table_texts_left")] if len(found) > _MOST else found


def _texts(book: Book, form: Form) -> Iterator[Finding]:
    issued = {
        normalised(text) for texts in forms.issued_cells(form).values() for text in texts.values()
    }
    for sheet in book.sheets:
        if sheet.state != "visible" or meta_fields(sheet):
            continue
        below = _headings(sheet)
        for (row, column), cell in sorted(sheet.cells.items()):
            text = taken(cell)
            told = len(text.strip()) >= _LEAST or row > below.get(column, row)
            if told and substantive(text) and normalised(text) not in issued:
                yield note("table_text", Place(sheet.name, row, column), text=text)


def _headings(sheet: Sheet) -> dict[int, int]:
    """Return the columns headed as progress, and in which row."""
    found: dict[int, int] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        said = taken(cell)
        if len(said) <= _LONGEST_HEADING and _HEADING.search(said):
            found.setdefault(column, row)
    return found
