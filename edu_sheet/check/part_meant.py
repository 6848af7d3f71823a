"""Which of a quarter's three parts a text out of place is: by the header above it, or by its place.

Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from edu_sheet.form import Table
from edu_sheet.words.book import Book, Sheet
from edu_sheet.words.findings import Finding
from edu_sheet.words.forms import Form
from edu_sheet.words.parts import Part, part_named
from edu_sheet.words.place import Place

_HEADER_LIMIT = 30  # characters: what is longer is a text, whatever words are in it
_NEAR = 60  # rows: a header stands no further above
_UNTOLD = ("", "in_doubt")  # variants that do not say which part it is
_MAY_BE_TAKEN = {"answer_out_of_place", "table_text", "duplicate_row", "torn_row"}


def with_parts(
    findings: Iterable[Finding], book: Book, form: Form, tables: Iterable[Table] = ()
) -> Iterator[Finding]:
    """Yield findings; a text whose place tells which part it is says so.

    `tables` are the form's in that book.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    known = {table.sheet.name: table for table in tables}
    for one in findings:
        sheet = sheets.get(one.place.sheet)
        if (
            one.code not in _MAY_BE_TAKEN
            or one.variant not in _UNTOLD
            or sheet is None
            or one.place.last
        ):
            yield one
            continue
        part = _at(sheet, one.place, form, known.get(sheet.name))
        if part is None or (part is Part.PROGRESS and len(form.answers) == 1):
            yield one
        else:
            out = one.code == "answer_out_of_place"
            variant = "part" if out else one.variant
            yield replace(one, about=(*one.about, ("part", part.label)), variant=variant)


def part_told(findings: Iterable[Finding]) -> Part | None:
    """Return the part that findings say a text is; None if they do not."""
    told = {dict(one.about).get("part") for one in findings}
    return next((part for part in Part if part.label in told), None)


def _at(sheet: Sheet, where: Place, form: Form, table: Table | None) -> Part | None:
    if table and where.column in table.answers:
        return table.answers[where.column]
    if table and table.header_row:
        header = sheet.text(table.header_row, where.column)
        if header.strip():
            return part_named(header)
        return _issued_at(where.column, form, table.columns)
    return None if table else part_named(_above(sheet, where))


def _issued_at(column: int, form: Form, columns: Mapping[str, int]) -> Part | None:
    """Return the part that was issued where a column stands, as its neighbours have it."""
    fields, answers = form.fields, [*form.answers]
    first = fields.index(answers[0])
    left, right = columns.get(fields[first - 1]), columns.get(fields[first + len(answers)])
    if len(answers) == 1 or not (left and right) or right - left != len(answers) + 1:
        return None
    place = column - left - 1
    return form.answers[answers[place]] if 0 <= place < len(answers) else None


def _above(sheet: Sheet, where: Place) -> str:
    """Return the nearest text above a place that may be its header, "" if there is none."""
    rows = range(where.row - 1, max(0, where.row - _NEAR), -1)
    texts = (sheet.text(row, where.column).strip() for row in rows)
    return next((text for text in texts if text and len(text) <= _HEADER_LIMIT), "")
