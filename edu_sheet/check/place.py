"""The text that stands at a place of a returned workbook. Pure."""

from edu_sheet.check.answers import answer
from edu_sheet.words.book import Book
from edu_sheet.words.place import Place, place_of


def clean_place(text: str, sheet: str) -> Place:
    """Return the place that a person writes: `h7` of the sheet, 填报表！H7 → 填报表!H7."""
    name, _, cell = text.strip().replace("！", "!").rpartition("!")
    found = place_of(name.strip("'") or sheet, cell)
    return found if found.row else Place(text.strip())


def texts_at(book: Book, where: Place) -> tuple[str, ...]:
    """Return the texts at a place: of its objects (a comment, a text box), else of its cell.

    An object on a cell of 进展情况 is what a person means: the cell itself is collected anyway.
    """
    objects = [thing for sheet in book.sheets for thing in sheet.objects] + [*book.objects]
    said = [thing.text for thing in objects if thing.text.strip() and thing.place == where]
    if said:
        return tuple(said)
    sheet = next((one for one in book.sheets if one.name == where.sheet), None)
    cell = sheet.cells.get((where.row, where.column)) if sheet and not where.last else None
    text = answer(cell) if cell else ""
    return (text,) if text else ()
