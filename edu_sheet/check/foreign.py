"""The texts of a table that is not the form's: a unit's own, made at home. Pure."""

from collections.abc import Iterator
from itertools import islice

from edu_sheet import form as forms
from edu_sheet.check.answers import taken
from edu_sheet.form import meta_fields, normalised
from edu_sheet.sentences import note
from edu_sheet.words.book import Book
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Form
from edu_sheet.words.place import Place
from edu_sheet.words.substance import substantive

_LEAST = 6  # characters: what is shorter is a heading, a number, a unit's name
_MOST = 60  # findings: nobody places more by hand


def foreign_texts(book: Book, form: Form) -> list[Finding]:
    """Return the texts that may be progress, by place, so that a person can take each."""
    return [*islice(_texts(book, form), _MOST)]


def _texts(book: Book, form: Form) -> Iterator[Finding]:
    issued = {
        normalised(text) for texts in forms.issued_cells(form).values() for text in texts.values()
    }
    for sheet in book.sheets:
        if sheet.state != "visible" or meta_fields(sheet):
            continue
        for at, cell in sorted(sheet.cells.items()):
            text = taken(cell)
            if len(text.strip()) >= _LEAST and substantive(text) and normalised(text) not in issued:
                yield note("table_text", Place(sheet.name, *at), text=text)
